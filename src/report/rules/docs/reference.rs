//! The language reference: the doc comments of the rule types, by way of the shipped JSON Schema, and for every kind of
//! condition an example that a test runs (`docs/language`).

use std::fmt::Write;

use serde_json::Value;

use super::cell;
use crate::rules::RULE_SCHEMA;

/// A rule of `docs/language` with its examples.
type Pair = (&'static str, &'static str);

macro_rules! pair {
    ($name:literal) => {
        (
            include_str!(concat!("../../../../docs/language/", $name, ".yaml")),
            include_str!(concat!("../../../../docs/language/", $name, ".test.yaml")),
        )
    };
}

/// The examples of each kind of condition.
const SHOWN: &[(&str, &[Pair])] = &[
    ("all", &[pair!("all")]),
    ("any", &[pair!("any")]),
    ("not", &[pair!("not")]),
    ("at_least", &[pair!("at-least")]),
    ("era", &[pair!("era")]),
    ("fact", &[pair!("fact"), pair!("fact-release"), pair!("fact-gap"), pair!("fact-shown")]),
    ("some", &[pair!("some")]),
    ("every", &[pair!("every")]),
    ("count", &[pair!("count")]),
    ("log", &[pair!("log"), pair!("log-after"), pair!("log-any")]),
    ("event", &[pair!("event")]),
    ("typed", &[pair!("typed")]),
    ("config", &[pair!("config"), pair!("capture")]),
    ("seen", &[pair!("seen")]),
];

const SEVERITY: Pair = pair!("severity");

const HEAD: &str = "\
# The rule language

A rule is a YAML file, `name.yaml`; its examples stand beside it in `name.test.yaml`. `sldiag rules new` makes a first pair,
`sldiag rules check` says what is wrong with it, `sldiag rules test` runs the examples ([their keys](examples.md)), and `sldiag
rules explain-match` shows why a rule fires on a capture or does not.

A device is of one licensing *era*: `classic` is Smart Licensing with registration and a token (IOS XE to 17.3.1, ASA, FTD, UCM),
`policy` is Smart Licensing Using Policy (IOS XE 17.3.2 and later), `rtu` is right-to-use and PAK licensing, older than both. The eras
need opposite advice, so a rule says under `applies` which one it is about, and never fires on another. An era that the capture
does not show gates nothing.

Conditions are *true*, *false*, or *unknown* where the capture does not tell. `all` is as true as its least true part, `any` as
its most true one; the opposite of unknown is unknown. A rule whose `when` is true makes a confirmed finding. Where `when` is
unknown but something in it was positively seen, the finding is a possible one. What is absent, and what `not` says, is never
such a sight; nor is `applies`.
";

const TEXTS: &str = "
## Texts

`message`, `do` and `commands` are filled in with the values of the device:

| Written | Filled in with |
|---|---|
| `{name}` | what `(?<name>...)` captured in a condition, see *Captured names* |
| `{license.registration.status}` | the newest value of a fact |
| `{device}` | the name of the device |
| `{log.count}`, `{log.first}`, `{log.last}` | how often the messages were seen, and when |
| `{name\\|epoch_ms}` | milliseconds since 1970 as a date and time |
| `{license.registration.expires\\|days_until}` | days from the time of the capture to a time |
| `{license.registration.last_attempt\\|age}` | how long ago a time was |
| `[[ text with {name}]]` | nothing, unless every value in it is known |
| `{{`, `}}` | braces |

A value that is not in evidence stays a visible `<placeholder>`. Patterns are regular expressions of the Rust crate `regex`: no
look-around and no backreferences.

## Captured names

`(?<name>...)` in a pattern captures what it finds: letters, digits and `_`, beginning with a small letter. In a later pattern
`{name}` stands for that value, escaped; in texts for the value as it is. A fact such as `{license.destination.host}` stands in
texts only: for a pattern, capture it first.

Conditions are judged in this order, and each knows what those before it captured: `applies`, `when` (a list from top to
bottom), then `unless`, `recovered_by` and the cases of `severity`, then `applies` and `verify` of each step. A pattern with a
name that has no value yet makes its condition unknown; `sldiag rules check` refuses a name that can never have one. Where two
conditions capture the same name, the value is that of the first that holds.

| Captured in | Known in |
|---|---|
| `applies`, `when` | everything that is judged later, and all texts |
| a case of `severity` | all texts, where this case is the one that decides |
| `applies` of a step | `verify`, `do` and `commands` of the same step |
| `verify` of a step | `do` and `commands` of the same step |
| `not`, `unless`, `recovered_by`, and the `log` of `after`, `before` or `near` | only that place itself |

Which record or line a value comes from, where several match, stands below at each condition. In short: the last matching log
record or event, the newest reading of a fact, the first matching line of the newest configuration, and for `some` and `count`
all matching elements with commas between.
";

/// The page.
pub(super) fn text() -> String {
    // The shipped file is made by a test from the types; that it reads as JSON is tested below.
    let schema: Value = serde_json::from_str(RULE_SCHEMA).unwrap_or_default();
    let mut out = format!("{HEAD}\n## A rule\n\n{}", keys(&schema));
    out.push_str("\n### Severity by case\n\n");
    out.push_str(&example(SEVERITY));
    for (heading, name) in [("A next step", "Step"), ("A reference", "Reference")] {
        let _ = write!(out, "\n## {heading}\n\n{}", keys(definition(&schema, name)));
    }
    out.push_str(TEXTS);
    out.push_str("\n## Conditions\n");
    for (kind, of) in conditions(&schema) {
        let _ = write!(out, "\n### `{kind}`\n\n{}\n", description(of));
        if let Some(name) = of.pointer(&format!("/properties/{kind}/$ref")).and_then(Value::as_str) {
            let keys = keys(definition(&schema, name.rsplit('/').next().unwrap_or_default()));
            let gap = if keys.is_empty() { "" } else { "\n" };
            let _ = write!(out, "{gap}{keys}");
        }
        let pairs = SHOWN.iter().find(|(name, _)| *name == kind).map(|(_, pairs)| *pairs).unwrap_or_default();
        for pair in pairs {
            let _ = write!(out, "\n{}", example(*pair));
        }
    }
    for (heading, name) in
        [("`gap`", "Gap"), ("`length`", "Range"), ("`after`, `before` and `near`", "Neighbour")]
    {
        let of = definition(&schema, name);
        let _ = write!(out, "\n### Inside {heading}\n\n{}\n\n{}", description(of), keys(of));
    }
    out
}

/// Kinds of conditions with their schemas, in the order of the types.
fn conditions(schema: &Value) -> Vec<(&str, &Value)> {
    let all = schema.pointer("/definitions/Condition/oneOf").and_then(Value::as_array);
    let name = |of: &Value| of.pointer("/required/0").and_then(Value::as_str).map(str::to_owned);
    all.into_iter()
        .flatten()
        .filter_map(|of| {
            let name = name(of)?;
            let kind = SHOWN.iter().map(|(kind, _)| *kind).find(|kind| *kind == name)?;
            Some((kind, of))
        })
        .collect()
}

/// The schema of a type.
pub(super) fn definition<'s>(schema: &'s Value, name: &str) -> &'s Value {
    schema.pointer(&format!("/definitions/{name}")).unwrap_or(&Value::Null)
}

fn description(of: &Value) -> &str {
    of.get("description").and_then(Value::as_str).unwrap_or_default()
}

/// A table of the keys of a map, those that must be there first.
pub(super) fn keys(of: &Value) -> String {
    let Some(properties) = of.get("properties").and_then(Value::as_object) else { return String::new() };
    let required = of.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
    if properties.is_empty() {
        return String::new();
    }
    let mut names: Vec<&String> = properties.keys().collect();
    names.sort_by_key(|name| !is_required(name));
    let row = |name: &&String| {
        let of = properties.get(*name).unwrap_or(&Value::Null);
        let must = if is_required(name) { "yes" } else { "" };
        format!("| `{name}` | {must} | {} |\n", cell(description(of)))
    };
    let rows = names.iter().map(row).collect::<Vec<String>>().concat();
    format!("| Key | Required | Meaning |\n|---|---|---|\n{rows}")
}

/// What a rule looks for, and the first capture on which it fires.
fn example((rule, examples): Pair) -> String {
    let title = value(rule, "title: ");
    let body = rule.lines().skip_while(|line| !line.starts_with("title: ")).skip(1);
    let body = body.take_while(|line| !line.starts_with("explain: "));
    let body = body
        .filter(|line| *line != "severity: info")
        .map(|line| format!("{line}\n"))
        .collect::<Vec<String>>()
        .concat();
    let capture = examples.lines().skip_while(|line| *line != "    input: |").skip(1);
    let capture = capture.take_while(|line| line.is_empty() || line.starts_with("      "));
    let capture = capture
        .map(|line| format!("{}\n", line.strip_prefix("      ").unwrap_or_default()))
        .collect::<Vec<String>>()
        .concat();
    format!("{title}:\n\n```yaml\n{body}```\n\nfires on\n\n```text\n{}\n```\n", capture.trim_end())
}

fn value<'t>(text: &'t str, key: &str) -> &'t str {
    text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_condition_has_a_section_with_an_example() {
        let schema: Value = serde_json::from_str(RULE_SCHEMA).unwrap();
        let all = schema.pointer("/definitions/Condition/oneOf").and_then(Value::as_array).unwrap();
        let text = text();
        for of in all {
            let kind = of.pointer("/required/0").and_then(Value::as_str).unwrap();
            let (_, rest) = text.split_once(&format!("\n### `{kind}`\n")).unwrap_or_else(|| panic!("{kind}"));
            let section = rest.split("\n### ").next().unwrap();
            assert!(section.contains(&format!("{kind}:")), "{kind} is not in its example:\n{section}");
            assert!(section.contains("fires on\n\n```text\n"), "{kind}:\n{section}");
        }
        assert_eq!(all.len(), SHOWN.len());
    }

    #[test]
    fn every_key_has_a_meaning() {
        for line in text().lines().filter(|line| line.starts_with("| `")) {
            assert!(!line.ends_with("|  |"), "{line}");
        }
    }
}
