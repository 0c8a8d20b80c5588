//! Headings with the name of a device in a text without prompts: those of people's own scripts.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Line, command, signature};

/// A heading that names a device, and the command where it names that, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::text) struct Heading {
    pub(in crate::text) host: String,
    pub(in crate::text) command: Option<String>,
}

/// What stands around a name: `===== sw1 =====`.
const MARKS: [char; 4] = ['=', '-', '#', '*'];

/// What stands before a name: `Device: sw1 (192.0.2.1)`.
const LABELS: &[&str] = &["device", "hostname", "host", "switch", "router"];

/// Other words that may stand before it: `Output from sw1:`.
const WORDS: &[&str] = &["output from ", "output of ", "results for ", "result for "];

/// What stands behind a label and is no name: `Hostname: yes`.
const VALUES: &[&str] = &["yes", "no", "none", "enabled", "disabled", "unknown"];

/// Words that people number, as they do names, and none of them a name: `=== before1 ===`, `=== Step-2 ===`, `Slot1:`.
const NUMBERED: &[&str] = &[
    "after",
    "attempt",
    "before",
    "capture",
    "case",
    "change",
    "chassis",
    "check",
    "chg",
    "cmd",
    "collected",
    "collection",
    "command",
    "console",
    "day",
    "example",
    "inc",
    "iteration",
    "line",
    "log",
    "member",
    "module",
    "new",
    "no",
    "node",
    "note",
    "old",
    "output",
    "page",
    "part",
    "phase",
    "post",
    "pre",
    "question",
    "release",
    "round",
    "run",
    "section",
    "session",
    "shell",
    "slot",
    "snapshot",
    "sr",
    "state",
    "step",
    "t",
    "tac",
    "tech",
    "test",
    "ticket",
    "time",
    "try",
    "unit",
    "v",
    "version",
    "vlan",
    "window",
];

/// With these before a dash a word says when, whatever follows: `pre-change1`.
const WHEN: &[&str] = &["after", "before", "post", "pre"];

/// So many lines with something on them may stand between a heading and the first line of an output; lines of nothing but marks do
/// not count.
const NEAR: usize = 3;

/// The headings that name devices in a text without prompts, by the index of their lines. Only where they name several, and outputs
/// follow: one alone may be anything.
pub(in crate::text) fn headings(lines: &[Line<'_>]) -> BTreeMap<usize, Heading> {
    let found = lines.iter().enumerate().filter_map(|(index, line)| {
        let text = &line.text;
        let (heading, near) = if let Some(found) = heading(text) {
            (found, NEAR)
        } else if is_boxed(lines, index) {
            (alone(text.trim_matches(|c: char| MARKS.contains(&c) || c == ' '))?, NEAR)
        } else {
            // Next to nothing tells that `sw1:` is a device but what stands right below.
            (text.strip_suffix(':').map(without_words).and_then(alone)?, 1)
        };
        (heading.command.is_some() || is_followed(lines, index, near)).then_some((index, heading))
    });
    let found: BTreeMap<usize, Heading> = found.collect();
    let names: BTreeSet<&str> = found.values().map(|it| it.host.as_str()).collect();
    if names.len() > 1 { found } else { BTreeMap::new() }
}

/// Whether an output begins among so many lines below.
fn is_followed(lines: &[Line<'_>], index: usize, near: usize) -> bool {
    let below = lines.iter().skip(index + 1).filter(|it| !it.trimmed().is_empty() && !is_rule(&it.text));
    below.take(near).any(|it| begins_output(&it.text))
}

/// Whether a line is between two of nothing but marks, as the name of a group of nodes (`clush -b`) is.
fn is_boxed(lines: &[Line<'_>], index: usize) -> bool {
    let is_rule_at = |at: Option<usize>| at.and_then(|it| lines.get(it)).is_some_and(|it| is_rule(&it.text));
    is_rule_at(index.checked_add(1)) && is_rule_at(index.checked_sub(1))
}

fn is_rule(text: &str) -> bool {
    text.len() >= 3 && text.starts_with(MARKS) && text.bytes().all(|it| text.bytes().next() == Some(it))
}

fn heading(text: &str) -> Option<Heading> {
    if let Some(labelled) = behind_label(text) {
        return told(labelled);
    }
    let inner = between_marks(text).or_else(|| behind_marks(text))?;
    match behind_label(inner) {
        Some(labelled) => told(labelled),
        None => named(inner, is_name),
    }
}

/// A name behind a label: that says outright what it is, so that it needs no digit.
fn told(text: &str) -> Option<Heading> {
    let is_value = |word: &str| VALUES.iter().any(|it| it.eq_ignore_ascii_case(word));
    named(text, |word| {
        is_word(word) && word.contains(|c: char| c.is_ascii_alphabetic() || c == '.') && !is_value(word)
    })
}

/// A name and nothing else but its address.
fn alone(text: &str) -> Option<Heading> {
    let heading = match behind_label(text) {
        Some(labelled) => told(labelled),
        None => named(text, is_name),
    };
    heading.filter(|it| it.command.is_none())
}

fn named(inner: &str, is_name: impl Fn(&str) -> bool) -> Option<Heading> {
    if let Some((asked, host)) = inner.rsplit_once(" on ").filter(|(_, host)| is_name(host)) {
        return Some(Heading { host: host.to_owned(), command: Some(known(asked)?.to_owned()) });
    }
    let (name, rest) = inner.split_once([' ', ':']).unwrap_or((inner, ""));
    let rest = rest.trim_matches([' ', ':', '-', '|']);
    let command = known(rest).map(str::to_owned);
    let is_address = rest.starts_with('(') && rest.ends_with(')');
    let is_time = || rest.bytes().all(|it| it.is_ascii_digit() || b" -:./TZ".contains(&it));
    ((command.is_some() || is_address || is_time()) && is_name(name))
        .then(|| Heading { host: name.to_owned(), command })
}

fn known(text: &str) -> Option<&str> {
    Some(text).filter(|it| command::resolve(it).is_some_and(|it| it.known))
}

/// The text between the same three marks or more, or behind the arrow with which `tail` names a file (`==> sw1.txt <==`); the one that
/// points back is gone, as the arrows of notes are.
fn between_marks(text: &str) -> Option<&str> {
    if let Some(file) = text.strip_prefix("==> ") {
        let file = file.strip_suffix(" <==").unwrap_or(file).rsplit('/').next()?;
        return [".txt", ".log", ".out", ".cfg"].iter().find_map(|it| file.strip_suffix(it)).or(Some(file));
    }
    let mark = text.chars().next().filter(|it| MARKS.contains(it))?;
    let inner = text.trim_matches(mark);
    let is_marked = |at: &str| at.len() >= 3;
    let (before, after) = text.split_once(inner).filter(|_| !inner.is_empty())?;
    (is_marked(before) && is_marked(after)).then_some(inner.trim())
}

/// The text of a heading of Markdown, or of a script that writes one: `### sw1`.
fn behind_marks(text: &str) -> Option<&str> {
    text.trim_start_matches('#').strip_prefix(' ').filter(|_| text.starts_with('#')).map(str::trim)
}

/// What stands behind a label and its colon, which may be in a column of its own (`Host       : sw1`).
fn behind_label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once(':')?;
    let label = label.trim_end();
    LABELS.iter().any(|it| label.eq_ignore_ascii_case(it)).then(|| rest.trim())
}

fn without_words(text: &str) -> &str {
    let behind = |words: &&str| {
        let (start, rest) = text.split_at_checked(words.len())?;
        start.eq_ignore_ascii_case(words).then_some(rest)
    };
    WORDS.iter().find_map(behind).unwrap_or(text)
}

/// Whether a word can be the name or address of a device.
pub(in crate::text) fn is_word(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    word.starts_with(|c: char| c.is_ascii_alphanumeric()) && word.len() <= 64 && word.chars().all(is_part)
}

/// Whether a word is the name or address of a device by itself. Nearly all have a digit in them, or the name of a domain behind them;
/// `BEFORE` and `Output` have neither. A date (`11.01.2022`) and a release (`17.3.4a`) are no addresses.
pub(in crate::text) fn is_name(word: &str) -> bool {
    if !is_word(word) {
        return false;
    }
    if is_number(word) {
        return word.parse::<std::net::IpAddr>().is_ok();
    }
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    let is_one_of = |word: &str, words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(word));
    let is_time = word.split(['-', '_']).next().is_some_and(|first| is_one_of(first, WHEN));
    let is_of_domain = || word.split('.').filter(|it| !it.is_empty()).count() > 2;
    !is_time && !is_one_of(stem, NUMBERED) && (word.contains(|c: char| c.is_ascii_digit()) || is_of_domain())
}

/// Whether a word is a number, a date, or a release: it begins with a number and goes on with another.
fn is_number(word: &str) -> bool {
    let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let mut parts = number.split(['.', '-', ':']);
    let is_first = parts.next().is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    is_first && parts.next().is_none_or(|it| it.is_empty() || it.starts_with(|c: char| c.is_ascii_digit()))
}

fn begins_output(text: &str) -> bool {
    const ASKED: &[&str] = &["command:", "cmd:"];
    let asked = ASKED.iter().find_map(|label| {
        let (start, rest) = text.split_at_checked(label.len())?;
        start.eq_ignore_ascii_case(label).then_some(rest)
    });
    let is_command = |text: &str| text.starts_with("sh") && known(text).is_some();
    is_command(asked.unwrap_or(text).trim())
        || command::banner(text).is_some()
        || signature::signature(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each as `index host|command`.
    fn found(text: &str) -> Vec<String> {
        let lines: Vec<_> = text.lines().zip(1..).map(|(text, number)| Line::new(number, text)).collect();
        let show =
            |(at, it): (usize, Heading)| format!("{at} {}|{}", it.host, it.command.unwrap_or_default());
        headings(&lines).into_iter().map(show).collect()
    }

    #[test]
    fn what_people_print() {
        for (text, expected) in [
            (
                "===== sw1 =====\nshow clock\n10:00\n\n===== Device: sw2 =====\n\nUtility:\n",
                &["0 sw1|", "4 sw2|"][..],
            ),
            (
                "--- sw1: show clock ---\n10:00\n--- sw2: show clock ---\n10:00\n",
                &["0 sw1|show clock", "2 sw2|show clock"],
            ),
            (
                "Device: sw1 (192.0.2.1)\nAsked for show clock\nOutput:\nUtility:\nhost: 192.0.2.2\n---\nshow clock\n",
                &["0 sw1|", "4 192.0.2.2|"],
            ),
            // In a box, in Markdown, of `tail`, with a time, and with the command in front.
            ("----\nsw1\n----\nUtility:\n####\n# Device: core\n####\nshow clock\n", &["1 sw1|", "5 core|"]),
            ("## sw1\n\n### show clock\n```\n10:00\n```\n## sw2\n\n```\nUtility:\n", &["0 sw1|", "6 sw2|"]),
            ("==> a/sw1.txt <==\nshow clock\n==> sw2.txt\nshow clock\n", &["0 sw1|", "2 sw2|"]),
            ("=== sw1 2022-01-11 10:05 ===\nshow clock\n=== sw2 ===\nshow clock\n", &["0 sw1|", "2 sw2|"]),
            (
                "=== show clock on sw1 ===\n10:00\n=== sw2 | show clock ===\n10:00\n",
                &["0 sw1|show clock", "2 sw2|show clock"],
            ),
            ("sw1 (192.0.2.1):\n\nshow clock\n10:00\nOutput from sw2:\nUtility:\n", &["0 sw1|", "4 sw2|"]),
            ("Host       : sw1\nshow clock\n10:00\nsw2:\nUtility:\n", &["0 sw1|", "3 sw2|"]),
            // A label says outright what a name is; a domain does nearly.
            (
                "Device: berlin\n-----\nCommand: show clock\n-----\n10:00\n=== paris.example.com ===\nUtility:\n",
                &["0 berlin|", "5 paris.example.com|"],
            ),
            ("Hostname: yes\nUtility:\nHostname: no\nUtility:\n", &[]),
            // Not right above an output.
            ("slot0:\nbootflash\nUtility:\nslot1:\nbootflash\nUtility:\n", &[]),
            // One device, before and after.
            (
                "=== before1 ===\nshow clock\n=== Step-2 ===\nshow clock\n# 17.3.4a\nshow clock\nSlot1:\nshow clock\n",
                &[],
            ),
            (
                "=== 11.01.2022 ===\nshow clock\n=== 2022-01-12 ===\nshow clock\n## pre-change1\nshow clock\n",
                &[],
            ),
            ("=== BEFORE ===\nshow clock\n10:00\n=== AFTER ===\nshow clock\n11:00\n", &[]),
            ("=== sw1 ===\nshow clock\n10:00\n=== sw1 ===\nshow clock\n11:00\n", &[]),
            // Nothing follows that a device prints.
            ("=== part1 ===\nprose\n=== part2 ===\nprose\n", &[]),
            ("-- sw1 --\nshow clock\n-- sw2 --\nshow clock\n", &[]),
            ("---------- ---------- --------\nshow clock\n=== sw 1 ===\nshow clock\n", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
