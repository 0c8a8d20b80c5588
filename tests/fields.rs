//! Facts and eras against the labels of real captures. They are third-party data and stay outside the project: where the folder
//! is absent, there is nothing to compare.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at a damaged corpus"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use sldiag::facts::{Capture, Element, Kind, Value, key};
use sldiag::input::Input;
use sldiag::parse::{Wanted, captures};

/// Label to fact key.
const FIELDS: &[(&str, &str)] = &[
    ("registration_status", "license.registration.status"),
    ("authorization_status", "license.authorization.status"),
    ("smart_account", "license.registration.smart_account"),
    ("virtual_account", "license.registration.virtual_account"),
    ("transport_type", "license.transport.type"),
    ("udi_pid", "device.pid"),
    ("udi_serial", "device.serial"),
];

/// Kinds of capture that tell the era.
const ERA_KINDS: &[&str] = &[
    "show-license-all",
    "show-license-status",
    "show-license-summary",
    "show-license-tech-support",
    "show-version",
    "mixed-session",
];

struct Case {
    name: String,
    label: Json,
    captures: Vec<Capture>,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/corpus", "../../shared/corpus"].map(|it| root.join(it));
    let Some(entries) = folders.iter().find_map(|folder| fs::read_dir(folder).ok()) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| case(path)).collect()
}

fn case(folder: &Path) -> Option<Case> {
    let label = serde_json::from_str(&fs::read_to_string(folder.join("case.json")).ok()?).unwrap();
    let path = folder.join("input.txt");
    let (input, _) = Input::from_bytes(&path.to_string_lossy(), &fs::read(&path).unwrap());
    let captures = captures(&input.source, &Wanted::default());
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    Some(Case { name, label, captures })
}

/// Case and runs of blanks and underscores do not count.
fn norm(text: &str) -> String {
    text.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => norm(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Time(stamp) => norm(&stamp.text),
        Value::List(_) => String::new(),
    }
}

fn strings(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => vec![norm(text)],
        Json::Number(number) => vec![number.to_string()],
        Json::Array(all) => all.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// Counts what was compared and keeps what differed.
#[derive(Default)]
struct Tally {
    compared: usize,
    differing: String,
}

impl Tally {
    fn check(&mut self, case: &Case, what: &str, holds: bool) {
        self.compared += 1;
        if !holds {
            writeln!(self.differing, "{}: {what}", case.name).unwrap();
        }
    }
}

impl Case {
    fn all(&self, key: &str) -> Vec<String> {
        self.captures.iter().filter_map(|it| it.facts.get(key)).map(|it| shown(&it.value)).collect()
    }

    fn failure_reasons(&self) -> Vec<String> {
        let readings = self.captures.iter().flat_map(|it| it.facts.iter());
        readings
            .filter(|(key, _)| key.ends_with(".failure_reason"))
            .flat_map(|(_, all)| all.iter().map(|it| shown(&it.value)))
            .collect()
    }

    fn licences(&self) -> Vec<&Element> {
        let lists = self.captures.iter().filter_map(|it| match &it.facts.get("license.usage")?.value {
            Value::List(all) => Some(all),
            _ => None,
        });
        lists.flatten().collect()
    }

    fn compare(&self, tally: &mut Tally) {
        let want = &self.label["expect"]["fields"];
        for (label, key) in FIELDS {
            for wanted in strings(&want[label]) {
                let found = self.all(key);
                tally.check(self, &format!("{key} = {found:?}, not {wanted:?}"), found.contains(&wanted));
            }
        }
        let found = self.failure_reasons();
        for wanted in strings(&want["failure_reason"]) {
            let holds = found.iter().any(|it| it.contains(&wanted));
            tally.check(self, &format!("failure reason {wanted:?} not in {found:?}"), holds);
        }
        for licence in want["licenses"].as_array().into_iter().flatten() {
            let holds = self.licences().iter().any(|it| is_licence(it, licence));
            tally.check(self, &format!("licence {licence} not read"), holds);
        }
    }
}

fn is_licence(found: &Element, wanted: &Json) -> bool {
    let field = |name: &str| found.get(name).map(|it| shown(&it.value)).unwrap_or_default();
    let wants = |name: &str| strings(&wanted[name]).pop();
    wants("name").is_some_and(|name| name == field("name") || name == field("entitlement_tag"))
        && wants("count").is_none_or(|count| count == field("count"))
        && wants("status").is_none_or(|status| field("status").starts_with(&status))
}

#[test]
fn fields_of_real_captures() {
    let mut tally = Tally::default();
    for case in cases() {
        case.compare(&mut tally);
    }
    println!("{} fields compared\n{}", tally.compared, tally.differing);
    let missed = tally.differing.lines().count();
    assert!(missed * 100 <= tally.compared * 3, "more than 3 of 100 fields differ:\n{}", tally.differing);
}

#[test]
fn eras_of_real_captures() {
    let mut tally = Tally::default();
    for case in cases() {
        let (kind, era) = (case.label["kind"].as_str().unwrap(), case.label["era"].as_str().unwrap());
        let mut found = case.all("license.era");
        found.dedup();
        if ERA_KINDS.contains(&kind) && matches!(era, "classic" | "policy") {
            tally.check(&case, &format!("era {found:?}, not {era}"), found == [era]);
        }
    }
    assert_eq!(tally.differing, "", "{} eras compared", tally.compared);
}

#[test]
fn every_fact_is_in_the_table_with_its_kind() {
    for case in cases() {
        for (name, readings) in case.captures.iter().flat_map(|it| it.facts.iter()) {
            let key = key::find(name).unwrap_or_else(|| panic!("{}: {name} is not in the table", case.name));
            for reading in readings {
                assert!(fits(&reading.value, key.kind), "{}: {name} is no {:?}", case.name, key.kind);
            }
        }
    }
}

fn fits(value: &Value, kind: Kind) -> bool {
    match (value, kind) {
        (Value::List(elements), Kind::List(fields)) => {
            elements.iter().all(|it| it.iter().all(|(name, _)| fields.contains(&name)))
        }
        (Value::Text(_), Kind::Text)
        | (Value::Number(_), Kind::Number)
        | (Value::Bool(_), Kind::Bool)
        | (Value::Time(_), Kind::Time) => true,
        _ => false,
    }
}
