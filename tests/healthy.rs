//! Healthy devices stay healthy when what carries no meaning changes: all dates move by the same number of days, names and
//! serial numbers are others, counters of success are higher, sections stand in another order. The captures are third-party
//! data and stay outside the project: where the folder is absent, there is nothing to try.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stop at a damaged corpus"
)]

use std::fs;
use std::path::Path;

use jiff::ToSpan as _;
use jiff::civil::Date;
use regex::{Captures, Regex};
use serde_json::Value as Json;
use sldiag::base::{Severity, State};
use sldiag::diagnose::{Given, Options, Outcome, diagnose};
use sldiag::rules::RuleSet;

const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `Wed Mar 19 2015`, `Mar 13 08:09:24 2024`, `2023 Mar 10`, `Mon Jul 25 15:07:18.981 UTC`, `*Sep 16 06:57:21.433`.
const WORDS: &str = concat!(
    r"\b(?:(?<before>\d{4}) )?(?:(?<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun) +)?",
    r"(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?<gap> +)(?<day>\d{1,2})\b",
    r"(?:(?<between> (?:[\d:.]{5,}(?: [A-Z]{2,5})? )?)(?<after>\d{4})\b)?"
);
const ISO: &str = r"\b(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)\b";
/// `Compiled Mon 15-Nov-21`.
const DASHED: &str = r"\b(?<weekday>[A-Z][a-z]{2}) (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d)\b";

/// What stands for one device or one customer; the group is changed.
const NAMES: &[&str] = &[
    r"(?m)^(?:RP/\S+?:)?(?<name>[A-Za-z][\w.-]*)[#>]",
    r"(?m)^hostname (?<name>\S+)",
    r"(?m)^(?<name>\S+) (?:uptime is|up \d+)",
    r"(?m)^ *(?:Smart|Virtual) Account: (?<name>[^<\r\n]+?)(?: As [Oo]f .*)? *\r?$",
    r"\bSN?:(?<name>\w+)",
    r"(?m)^\*[ \t]+\w+[ \t]+(?<name>\w+)[ \t]+\w+:\w+",
    r"(?m)^\*[ \t]+\w+[ \t]+\w+[ \t]+\w+:(?<name>\w+)",
    r"\bProcessor board ID (?<name>\w+)",
    r"\bSerial Number: (?<name>\w+)",
];

/// The crate goes without Unicode tables: classes are those of ASCII.
fn pattern(text: &str) -> Regex {
    let classes = [
        (r"\d", "[0-9]"),
        (r"\w", "[A-Za-z0-9_]"),
        (r"\s", r"[ \t\r\n]"),
        (r"\S", "[!-~]"),
        (r"\b", r"(?-u:\b)"),
    ];
    Regex::new(&classes.iter().fold(text.to_owned(), |text, (class, ascii)| text.replace(class, ascii)))
        .unwrap()
}

fn moved(date: Date, days: i64) -> Date {
    // 1970 says "never" on these devices.
    if date.year() == 1970 { date } else { date.checked_add(days.days()).unwrap() }
}

fn weekday(date: Date) -> &'static str {
    WEEKDAYS[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap()]
}

fn month(date: Date) -> &'static str {
    MONTHS[usize::try_from(date.month()).unwrap() - 1]
}

/// The date of a match, where it is one.
fn date(year: i16, month: &str, day: &str) -> Option<Date> {
    let month =
        MONTHS.iter().position(|it| *it == month).map_or_else(|| month.parse().ok(), |at| Some(at + 1));
    Date::new(year, i8::try_from(month?).ok()?, day.parse().ok()?).ok()
}

/// A date without a year lies in the first year seen in the capture, or in the newest in which it exists with its weekday.
fn date_without_year(text: &str, found: &Captures<'_>) -> Option<Date> {
    let first = pattern(r"\b20[12]\d\b").find(text).map(|it| it.as_str().parse::<i16>().unwrap());
    let fits = |date: &Date| found.name("weekday").is_none_or(|it| it.as_str() == weekday(*date));
    let mut years = first.into_iter().chain((2010..=2024).rev());
    years.find_map(|year| date(year, &found["month"], &found["day"]).filter(fits))
}

/// Moves every date by so many days; the weekday, the blanks and what stands between stay in the form they had.
fn shifted(text: &str, days: i64) -> String {
    let words = pattern(WORDS).replace_all(text, |found: &Captures<'_>| {
        let year = found.name("before").or_else(|| found.name("after"));
        let date = match year {
            Some(year) => date(year.as_str().parse().unwrap(), &found["month"], &found["day"]),
            None => date_without_year(text, found),
        };
        let Some(date) = date.map(|it| moved(it, days)) else { return found[0].to_owned() };
        let before = found.name("before").map_or(String::new(), |_| format!("{} ", date.year()));
        let named = found.name("weekday").map_or(String::new(), |_| format!("{} ", weekday(date)));
        let day = match (found["gap"].len(), found["day"].len()) {
            (1, 1) => date.day().to_string(),
            (_, 1) => format!("{:>2}", date.day()),
            _ => format!("{:02}", date.day()),
        };
        let after =
            found.name("after").map_or(String::new(), |_| format!("{}{}", &found["between"], date.year()));
        format!("{before}{named}{} {day}{after}", month(date))
    });
    let iso = pattern(ISO).replace_all(&words, |found: &Captures<'_>| {
        let date = date(found["year"].parse().unwrap(), &found["month"], &found["day"]);
        date.map_or(found[0].to_owned(), |it| moved(it, days).to_string())
    });
    let dashed = pattern(DASHED).replace_all(&iso, |found: &Captures<'_>| {
        let date = date(2000 + found["year"].parse::<i16>().unwrap(), &found["month"], &found["day"]);
        let Some(date) = date.map(|it| moved(it, days)) else { return found[0].to_owned() };
        format!("{} {:02}-{}-{:02}", weekday(date), date.day(), month(date), date.year() % 100)
    });
    dashed.into_owned()
}

/// The same letters give the same letters, so one name stays one name.
fn other_name(name: &str) -> String {
    let next = |letter: char, first: u8, count: u8| char::from(first + (letter as u8 - first + 1) % count);
    let other = |letter: char| match letter {
        'a'..='z' => next(letter, b'a', 26),
        'A'..='Z' => next(letter, b'A', 26),
        '0'..='9' => next(letter, b'0', 10),
        _ => letter,
    };
    name.chars().map(other).collect()
}

fn renamed(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, names| {
        let other = |found: &Captures<'_>| {
            let (whole, name) = (found.get(0).unwrap(), found.name("name").unwrap());
            let (start, end) = (name.start() - whole.start(), name.end() - whole.start());
            let mut line = whole.as_str().to_owned();
            line.replace_range(start..end, &other_name(name.as_str()));
            line
        };
        pattern(names).replace_all(&text, other).into_owned()
    })
}

/// What was tried with success was tried more often.
fn counted(text: &str) -> String {
    let more = |number: &str| number.parse::<u64>().unwrap() + 41;
    pattern(r"Total=([1-9]\d*), Success=([1-9]\d*)")
        .replace_all(text, |found: &Captures<'_>| {
            format!("Total={}, Success={}", more(&found[1]), more(&found[2]))
        })
        .into_owned()
}

/// The text cut before each match.
fn cut<'t>(text: &'t str, before: &str) -> Vec<&'t str> {
    let starts: Vec<usize> =
        pattern(before).find_iter(text).map(|it| it.start()).filter(|at| *at > 0).collect();
    let ends = starts.iter().copied().chain([text.len()]);
    [0].into_iter()
        .chain(starts.iter().copied())
        .zip(ends)
        .filter_map(|(from, to)| text.get(from..to))
        .collect()
}

/// Turns the order of neighbours round that begin with `head`; the others, log lines for instance, stay where they are.
fn turned(parts: Vec<String>, head: &str) -> String {
    let head = pattern(head);
    let runs = parts.chunk_by(|a, b| head.is_match(a) && head.is_match(b));
    runs.flat_map(|run| run.iter().rev().map(|it| it.trim_end_matches(['\r', '\n']).to_owned() + "\n\n"))
        .collect()
}

/// Commands at prompts, titles with a line below them, and blocks with a heading: each in the opposite order.
fn reordered(text: &str) -> String {
    const COMMAND: &str = r"(?m)^(?:RP/\S+?:)?[A-Za-z][\w.-]*[#>] *sh";
    const TITLE: &str = r"(?m)^[A-Z][^\r\n]*\r?\n=====+ *\r?$";
    const BLOCK: &str = r"(?m)^[A-Z][A-Za-z ()/-]*:";
    let blocks = |title: &&str| {
        let parts =
            cut(title, r"(?m)^[ \t\r]*\n[A-Z]").into_iter().map(|it| it.trim_start_matches(['\r', '\n']));
        turned(parts.map(str::to_owned).collect(), &BLOCK.replace("(?m)^", r"\A\s*"))
    };
    let titles = |command: &&str| {
        let parts = cut(command, TITLE).iter().map(blocks).collect();
        turned(parts, &TITLE.replace("(?m)^", r"(?m)\A"))
    };
    turned(cut(text, COMMAND).iter().map(titles).collect(), &COMMAND.replace("(?m)^", r"\A"))
}

fn outcome(text: &str) -> Outcome {
    let given = Given::Bytes("capture.txt".to_owned(), text.as_bytes().to_vec());
    diagnose(&[given], &RuleSet::builtin(), &Options::default())
}

/// Rules that say more than information about the present, beyond the tolerated names and scenario numbers.
fn alarms(outcome: &Outcome, tolerated: &[Json]) -> Vec<String> {
    let findings = outcome.diagnosis.devices.iter().flat_map(|it| &it.findings);
    findings
        .filter(|it| it.state == State::Active && matches!(it.severity, Severity::Error | Severity::Warning))
        .filter(|it| {
            !tolerated.iter().any(|name| *name == *it.rule || it.scenario.is_some_and(|at| *name == at))
        })
        .map(|it| it.rule.to_string())
        .collect()
}

/// Name, text and what is tolerated of each healthy capture.
fn healthy() -> Vec<(String, String, Vec<Json>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/corpus", "../../shared/corpus"].map(|it| root.join(it));
    let Some(entries) = folders.iter().find_map(|folder| fs::read_dir(folder).ok()) else {
        return Vec::new();
    };
    let case = |folder: &Path| {
        let label: Json = serde_json::from_str(&fs::read_to_string(folder.join("case.json")).ok()?).unwrap();
        let list = |key: &str| label["expect"][key].as_array().cloned().unwrap_or_default();
        let text = String::from_utf8_lossy(&fs::read(folder.join("input.txt")).unwrap()).into_owned();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        (list("scenarios").is_empty() && list("beyond").is_empty()).then(|| (name, text, list("tolerate")))
    };
    let mut all: Vec<_> = entries.filter_map(|it| case(&it.unwrap().path())).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn healthy_devices_stay_healthy() {
    let mut wrong = Vec::new();
    for (name, text, tolerated) in healthy() {
        let plain = outcome(&text);
        for days in [-400, 37, 700] {
            let changed = outcome(&reordered(&counted(&renamed(&shifted(&text, days)))));
            let rules = alarms(&changed, &tolerated);
            if !rules.is_empty() || changed.recognised != plain.recognised {
                wrong.push(format!("{name} {days:+} days: {rules:?}, recognised: {}", changed.recognised));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_form_of_date_moves() {
    for (days, before, after) in [
        (37, "on Mar 13 08:09:24 2024 UTC", "on Apr 19 08:09:24 2024 UTC"),
        (
            700,
            "Registration Expires: Jan 05 2023 12:19:01 UTC",
            "Registration Expires: Dec 05 2024 12:19:01 UTC",
        ),
        (-400, "15:08:49.347 IST Wed Mar 19 2015", "15:08:49.347 IST Wed Feb 12 2014"),
        (37, "2021-09-10 14:04:21.233 UTC SAEVT", "2021-10-17 14:04:21.233 UTC SAEVT"),
        (
            37,
            "*Sep 16 06:57:21.433: %SYS-5-X: at UTC Wed Sep 16 2020",
            "*Oct 23 06:57:21.433: %SYS-5-X: at UTC Fri Oct 23 2020",
        ),
        (37, "Fri Sep 25 23:34:26.169 UTC", "Sun Nov 01 23:34:26.169 UTC"),
        (37, "2023 Mar  1 12:00:00 n7k", "2023 Apr  7 12:00:00 n7k"),
        (37, "Compiled Mon 15-Nov-21 08:46", "Compiled Wed 22-Dec-21 08:46"),
        (700, "until Jan 01 00:00:00 1970 UTC, Next: <none>", "until Jan 01 00:00:00 1970 UTC, Next: <none>"),
    ] {
        assert_eq!(shifted(before, days), after);
    }
}

#[test]
fn names_and_counters_change_in_step() {
    let before = "r1#show\nr1 uptime is 4 weeks\nSmart Account: Ab z As of Oct 11\nSmart Account: <none>\nPID:X,SN:F9Z\nP:X,S:F9Z:\n*\tX  F9Z  X:F9Z\n";
    let after = "s2#show\ns2 uptime is 4 weeks\nSmart Account: Bc a As of Oct 11\nSmart Account: <none>\nPID:X,SN:G0A\nP:X,S:G0A:\n*\tX  G0A  X:G0A\n";
    assert_eq!(renamed(before), after);
    let attempts = "Total=2, Success=2, Fail=0\nTotal=0, Success=0, Fail=0";
    assert_eq!(counted(attempts), "Total=43, Success=43, Fail=0\nTotal=0, Success=0, Fail=0");
}

#[test]
fn sections_turn_round_and_log_lines_stay() {
    for (before, after) in [
        ("Intro\n\nA:\n  x: 1\n\nB:\n  y: 2\n", "Intro\n\nB:\n  y: 2\n\nA:\n  x: 1\n\n"),
        ("One\n=====\nA: 1\n\nTwo\n=====\nB: 2\n", "Two\n=====\nB: 2\n\nOne\n=====\nA: 1\n\n"),
        ("r1#show a\nx\nr1#show b\ny\n", "r1#show b\ny\n\nr1#show a\nx\n\n"),
        ("Sep 16 06:57: %A\n\nSep 17 06:57: %B\n", "Sep 16 06:57: %A\n\nSep 17 06:57: %B\n\n"),
    ] {
        assert_eq!(reordered(before), after);
    }
}

#[test]
fn an_alarm_is_seen_unless_tolerated() {
    let out = outcome(
        "r1#show license status\nSmart Licensing is ENABLED\n\nRegistration:\n  Status: UNREGISTERED\n",
    );
    let rules = alarms(&out, &[]);
    assert_eq!(rules, ["unregistered"]);
    assert!(alarms(&out, &[Json::from("unregistered")]).is_empty());
}
