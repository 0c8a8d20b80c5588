//! What scripts print above the outputs of a device: results of Ansible and Nornir, log lines of Unicon, and the headings of people's
//! own scripts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Line, command, signature};

/// What a line of a tool says of the lines below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said<'l> {
    /// They are of this device.
    Host(&'l str),
    /// The output above is over.
    End,
}

/// What a line of Ansible (`ok: [sw1] => {…`), Nornir (`* sw1 ** changed : False ***`) or Unicon (`… %UNICON-INFO: +++ sw1 with via
/// 'cli': executing command 'show version' +++`) says.
pub(super) fn said(text: &str) -> Option<Said<'_>> {
    let host = match text.as_bytes().first()? {
        b'o' | b'c' => of_ansible(text),
        b'*' => text.strip_prefix("* ").and_then(|it| it.split_once(" ** changed : ")).map(|(host, _)| host),
        b'v' if text.starts_with("vvvv ") => return text.contains(" ** changed : ").then_some(Said::End),
        b'^' => return text.starts_with("^^^^ END ").then_some(Said::End),
        _ if text.ends_with("+++") => of_unicon(text),
        _ => None,
    };
    host.filter(|it| !it.is_empty() && !it.contains(' ')).map(Said::Host)
}

fn of_ansible(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("ok: [").or_else(|| text.strip_prefix("changed: ["))?;
    let (host, rest) = rest.split_once(']')?;
    rest.starts_with(" =>").then_some(host)
}

fn of_unicon(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("%UNICON-INFO: +++ ")?;
    let (device, _) = rest.split_once(": executing command ")?;
    device.split(' ').next()
}

/// A heading that names a device, and the command where it names that, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) host: String,
    pub(super) command: Option<String>,
}

/// What stands around a name: `===== sw1 =====`.
const MARKS: [char; 4] = ['=', '-', '#', '*'];

/// What stands before a name: `Device: sw1 (192.0.2.1)`.
const LABELS: &[&str] = &["device:", "host:", "hostname:", "switch:", "router:"];

/// So many lines with something on them may stand between a heading and the first line of an output.
const NEAR: usize = 3;

/// The headings that name devices in a text without prompts, by the index of their lines. Only where they name several, and outputs
/// follow: one alone may be anything.
pub(super) fn headings(lines: &[Line<'_>]) -> BTreeMap<usize, Heading> {
    let found = lines.iter().enumerate().filter_map(|(index, line)| {
        let heading = heading(&line.text)?;
        let is_followed = || {
            let below = lines.iter().skip(index + 1).filter(|it| !it.trimmed().is_empty());
            below.take(NEAR).any(|it| begins_output(&it.text))
        };
        (heading.command.is_some() || is_followed()).then_some((index, heading))
    });
    let found: BTreeMap<usize, Heading> = found.collect();
    let names: BTreeSet<&str> = found.values().map(|it| it.host.as_str()).collect();
    if names.len() > 1 { found } else { BTreeMap::new() }
}

fn heading(text: &str) -> Option<Heading> {
    let inner = between_marks(text).or_else(|| behind_label(text))?;
    let (name, rest) = inner.split_once([' ', ':']).unwrap_or((inner, ""));
    let rest = rest.trim_matches([' ', ':', '-']);
    let command = Some(rest).filter(|it| command::resolve(it).is_some_and(|it| it.known));
    let is_address = rest.starts_with('(') && rest.ends_with(')');
    ((command.is_some() || rest.is_empty() || is_address) && is_name(name))
        .then(|| Heading { host: name.to_owned(), command: command.map(str::to_owned) })
}

/// The text between the same three marks or more.
fn between_marks(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|it| MARKS.contains(it))?;
    let inner = text.trim_matches(mark);
    let is_marked = |at: &str| at.len() >= 3;
    let (before, after) = text.split_once(inner).filter(|_| !inner.is_empty())?;
    let inner = inner.trim();
    (is_marked(before) && is_marked(after)).then(|| behind_label(inner).unwrap_or(inner))
}

fn behind_label(text: &str) -> Option<&str> {
    let label = LABELS
        .iter()
        .find(|label| text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label)))?;
    text.get(label.len()..).map(str::trim)
}

/// Whether a word is the name or address of a device. Nearly all have a digit in them; `BEFORE` and `Output` have none.
fn is_name(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.len() <= 64
        && word.chars().all(is_part)
        && word.contains(|c: char| c.is_ascii_digit())
        && word.contains(|c: char| c.is_ascii_alphabetic() || c == '.')
}

fn begins_output(text: &str) -> bool {
    let is_command = || text.starts_with("sh") && command::resolve(text).is_some_and(|it| it.known);
    is_command() || command::banner(text).is_some() || signature::signature(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_print() {
        for (text, expected) in [
            ("ok: [sw1] => {\"stdout\": [", Some(Said::Host("sw1"))),
            ("changed: [192.0.2.1] => changed=true", Some(Said::Host("192.0.2.1"))),
            ("ok: [sw1] =>", Some(Said::Host("sw1"))),
            ("ok: [sw1]", None),
            ("* sw1 ** changed : False *************", Some(Said::Host("sw1"))),
            ("vvvv show_license ** changed : False vvvvvvvv INFO", Some(Said::End)),
            ("^^^^ END show_license ^^^^^^^^", Some(Said::End)),
            (
                "2024-01-09 21:50:00,123: %UNICON-INFO: +++ sw1 with via 'cli': executing command 'show clock' +++",
                Some(Said::Host("sw1")),
            ),
            ("%UNICON-INFO: +++ sw1: executing command 'show clock' +++", Some(Said::Host("sw1"))),
            ("2024-01-09 21:50:00,123: %UNICON-INFO: +++ connection to sw1 +++", None),
            ("* 1 C9300-48P  sw1 ** x", None),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

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
            // One device, before and after.
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
