//! The name of a message in its line: `%FACILITY-SEVERITY-MNEMONIC`, and what systems wrap round it (DOMAIN 2.0, 7.3).

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, one_of, space1};
use nom::combinator::{map_opt, opt, recognize};
use nom::{IResult, Parser};

use super::EVENT;

/// The facility that licensing speaks in.
const AGENT: &str = "SMART_LIC";
/// NX-OS puts licensing messages under its licence manager.
const NXOS_AGENT: &str = "LOG_SMART_LIC_";
/// Facilities that some systems put a category before: `LICENSE-SMART_LIC`, `SECURITY-PKI` on IOS XR.
const PREFIXED: [&str; 3] = [AGENT, "CALL_HOME", "PKI"];
/// Facilities whose messages carry those of others: `%ASA-3-444303: %SMART_LIC-3-…`, `%USER-2-SYSTEM_MSG: %SMART_LIC-2-…`,
/// `%IOSXE-6-PLATFORM: R0/0: cpp_cp: … %FW-6-DROP_PKT: …`.
const WRAPPERS: [&str; 9] = ["ASA", "FTD", "IOSXE", "USER", "DAEMON", "KERN", "AUTHPRIV", "AUTH", "SYSLOG"];

/// A message found in a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message<'a> {
    /// Bytes before the name: the header.
    pub(super) header: usize,
    /// Folded facility.
    pub(super) facility: String,
    /// Severity digit.
    pub(super) severity: u8,
    /// Folded mnemonic.
    pub(super) mnemonic: String,
    /// What the message says, without the process that XE puts first.
    pub(super) text: Cow<'a, str>,
    /// Whether a colon ends the name. Without one, prose may merely mention the message.
    pub(super) colon: bool,
}

impl Message<'_> {
    /// The same with a text of its own.
    pub(super) fn into_owned(self) -> Message<'static> {
        Message { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}

/// Finds the message of a line. A message inside another is the real one.
pub(super) fn message(line: &str) -> Option<Message<'_>> {
    let Some(outer) = marked(line, 0).or_else(|| unmarked(line)) else { return event(line) };
    let header = outer.start;
    let mut name = outer;
    while let Some(inner) = nested(line, &name) {
        name = inner;
    }
    let (behind, colon) = after_name(line.get(name.end..)?);
    if is_of_manual(line.get(..header)?, behind) {
        return None;
    }
    let (facility, mnemonic) = fold(name.facility, name.mnemonic);
    Some(Message {
        header,
        facility,
        severity: name.severity,
        mnemonic,
        text: without_process(behind).into(),
        colon,
    })
}

/// What Cisco's message guides put where a device prints a value.
const VALUES: [&str; 5] = ["[chars]", "[dec]", "[int]", "[hex]", "[char]"];

/// Whether a message stands in a message guide, which explains it: `Error Message  %SMART_LIC-3-COMM_FAILED:Communications failure with
/// the [chars] : [chars]`. No device has said it.
fn is_of_manual(before: &str, text: &str) -> bool {
    const HEADING: &str = "error message";
    let is_markup = |c: char| c.is_whitespace() || ":*_`".contains(c);
    let mut before = before.trim_end_matches(is_markup);
    // `<b>Error Message</b> <code>%…`
    while let Some((rest, _)) = before.ends_with('>').then(|| before.rsplit_once('<')).flatten() {
        before = rest.trim_end_matches(is_markup);
    }
    let start = before.len().checked_sub(HEADING.len());
    let heading = start.and_then(|start| before.get(start..));
    heading.is_some_and(|it| it.eq_ignore_ascii_case(HEADING)) || VALUES.iter().any(|it| text.contains(it))
}

/// An event of the licensing agent, `SAEVT_DEREGISTER_STATUS msgStatus="LS_INVALID_DATA" error="…"`, behind any header.
fn event(line: &str) -> Option<Message<'_>> {
    let header = line.find(EVENT)?;
    let before = line.get(..header)?;
    let (name, text) = line.get(header + EVENT.len()..)?.strip_prefix('_')?.split_once(' ')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let stands_alone = before.is_empty() || before.ends_with([' ', ':', '\t']);
    (is_name && stands_alone && text.contains("=\"")).then(|| Message {
        header,
        facility: EVENT.to_owned(),
        severity: 6,
        mnemonic: name.to_owned(),
        text: text.trim().into(),
        colon: true,
    })
}

/// A name as printed, with the byte offsets of its first (the `%`, where there is one) and behind its last character.
struct Name<'a> {
    start: usize,
    end: usize,
    facility: &'a str,
    severity: u8,
    mnemonic: &'a str,
}

/// The first name with a `%` at or after `from`.
fn marked(line: &str, from: usize) -> Option<Name<'_>> {
    let text = line.get(from..)?;
    text.match_indices('%').find_map(|(at, _)| {
        let start = from + at;
        starts_message(line.get(..start)?).then_some(())?;
        name_at(line, start, start + 1)
    })
}

/// A `%` inside quotes or a pattern (`event syslog pattern ".*%SMART_LIC-…"`) names a message without being one.
fn starts_message(before: &str) -> bool {
    before.chars().last().is_none_or(|c| c.is_whitespace() || ":])>?#<$|,=[".contains(c))
}

/// Older IOS XR prints `smartlicserver[186]: SMART_LIC-6-AGENT_READY:text`; copies lose the `%` at the start of a line.
fn unmarked(line: &str) -> Option<Name<'_>> {
    let has_colon = |name: &Name<'_>| line.get(name.end..).is_some_and(|it| after_name(it).1);
    let after_process = line.match_indices("]: ").find_map(|(at, mark)| {
        let start = at + mark.len();
        name_at(line, start, start).filter(has_colon)
    });
    after_process.or_else(|| {
        let at = line.find(AGENT)?;
        let before = line.get(..at)?;
        let stands_alone = before.trim().is_empty() || before.ends_with(": ");
        if stands_alone { name_at(line, at, at).filter(has_colon) } else { None }
    })
}

fn name_at(line: &str, start: usize, letters: usize) -> Option<Name<'_>> {
    let text = line.get(letters..)?;
    let (rest, (facility, severity, mnemonic)) = name(text).ok()?;
    Some(Name { start, end: line.len() - rest.len(), facility, severity, mnemonic })
}

/// `SYS-5-CONFIG_I`, `DEVICE_TEST-SLOT1-2-ASICMEM_FAIL`, `ASA-3-444303`. Letters for a severity are not Cisco IOS.
fn name(input: &str) -> IResult<&str, (&str, u8, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    map_opt(take_while1(is_part), split_name).parse(input)
}

fn split_name(run: &str) -> Option<(&str, u8, &str)> {
    run.starts_with(|c: char| c.is_ascii_uppercase()).then_some(())?;
    run.match_indices('-').find_map(|(at, _)| {
        let (severity, mnemonic) = run.get(at + 1..)?.split_once('-')?;
        let severity = severity.parse().ok().filter(|digit| *digit <= 7 && severity.len() == 1)?;
        let is_word = !mnemonic.is_empty() && !mnemonic.contains('-');
        is_word.then_some((run.get(..at)?, severity, mnemonic))
    })
}

fn nested<'a>(line: &'a str, outer: &Name<'_>) -> Option<Name<'a>> {
    let inner = marked(line, outer.end)?;
    let between = line.get(outer.end..inner.start)?;
    let at_once = between.chars().all(|c| c.is_whitespace() || c == ':' || c == '<') && between.contains(':');
    (at_once || WRAPPERS.contains(&outer.facility)).then_some(inner)
}

/// What follows the name, and whether a colon ended the name; `>>` ends one that NX-OS quotes.
fn after_name(text: &str) -> (&str, bool) {
    let text = text.trim_start();
    let behind = text.strip_prefix(':').or_else(|| text.strip_prefix(">>"));
    (behind.unwrap_or(text).trim(), behind.is_some())
}

/// `Switch 1 R0/0: ioxman: text` to `text`.
fn without_process(text: &str) -> &str {
    process(text).map_or(text, |(rest, _)| rest)
}

fn process(input: &str) -> IResult<&str, &str> {
    let member = (alt((tag("Switch"), tag("Chassis"))), space1, digit1, space1);
    let slot = (one_of("RFCPS"), digit1, opt((char('/'), digit1)), char(':'), space1);
    let name = take_while1(|c: char| c.is_ascii_alphanumeric() || "_-.".contains(c));
    recognize((opt(member), slot, name, char(':'), space1)).parse(input)
}

/// The name that rules use: `LICENSE-SMART_LIC`/`COMM_FAILED` and `LICMGR`/`LOG_SMART_LIC_COMM_FAILED` are one message.
fn fold(facility: &str, mnemonic: &str) -> (String, String) {
    if let Some(name) = mnemonic.strip_prefix(NXOS_AGENT) {
        return (AGENT.to_owned(), name.to_owned());
    }
    let last = facility.rsplit('-').next().unwrap_or(facility);
    let facility = if PREFIXED.contains(&last) { last } else { facility };
    (facility.to_owned(), mnemonic.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_for_every_form() {
        for line in [
            "%SMART_LIC-3-COMM_FAILED: Reason",
            "%SMART_LIC-3-COMM_FAILED :Reason",
            "%SMART_LIC-3-COMM_FAILED:Reason",
            "%LICENSE-SMART_LIC-3-COMM_FAILED : Reason",
            "%LICMGR-3-LOG_SMART_LIC_COMM_FAILED: Reason",
            "%ASA-3-444303: %SMART_LIC-3-COMM_FAILED: Reason",
            "%USER-3-SYSTEM_MSG: <<%SMART_LIC-3-COMM_FAILED>> Reason",
            "%IOSXE-3-PLATFORM: R0/0: cpp_cp: QFP:0.0 %SMART_LIC-3-COMM_FAILED: Reason",
            "%SMART_LIC-3-COMM_FAILED: R0/0: smart_agent: Reason",
            "%SMART_LIC-3-COMM_FAILED: Switch 1 R0/0: smart_agent: Reason",
            "smartlicserver[186]: SMART_LIC-3-COMM_FAILED:Reason",
            "SMART_LIC-3-COMM_FAILED: Reason",
            "Mar  1 00:00:00.000: SMART_LIC-3-COMM_FAILED: Reason",
            "%$ VDC-1 %$ %SMART_LIC-3-COMM_FAILED: Reason",
        ] {
            let found = message(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.facility.as_str(), found.severity), ("SMART_LIC", 3), "{line}");
            assert_eq!((found.mnemonic.as_str(), &*found.text), ("COMM_FAILED", "Reason"), "{line}");
        }
    }

    #[test]
    fn names_of_others_are_kept_whole() {
        for (line, facility, mnemonic) in [
            ("%LICENSE-PLAT_CLIENT-6-STATE_CHANGE : x", "LICENSE-PLAT_CLIENT", "STATE_CHANGE"),
            ("%DEVICE_TEST-SLOT1-2-ASICMEM_FAIL: x", "DEVICE_TEST-SLOT1", "ASICMEM_FAIL"),
            ("%OSPFv3-5-ADJCHG: x", "OSPFv3", "ADJCHG"),
            ("%ASA-3-710003: TCP access denied", "ASA", "710003"),
            ("%SECURITY-PKI-6-LOG_INFO : x", "PKI", "LOG_INFO"),
            ("%IOSXE-6-PLATFORM: R0/0: cpp_cp: %FW-6-DROP_PKT: x", "FW", "DROP_PKT"),
            ("%SYS-5-CONFIG_I: changed %SMART_LIC-3-COMM_FAILED: quoted", "SYS", "CONFIG_I"),
        ] {
            let found = message(line).unwrap();
            assert_eq!((found.facility.as_str(), found.mnemonic.as_str()), (facility, mnemonic), "{line}");
        }
    }

    #[test]
    fn mentions_are_no_messages() {
        for line in [
            "",
            "%",
            "% Invalid input detected at '^' marker.",
            "%SNMP-W-SNMPAUTHFAIL: Access attempted",
            "%Unrecognized message ID 2504",
            " event syslog pattern \".*%SMART_LIC-3-COMM_FAILED.*\"",
            "100%SMART_LIC-3-COMM_FAILED: x",
            "the message SMART_LIC-3-COMM_FAILED: is printed",
            "SMART_LIC-3-COMM_FAILED",
            "CPU utilization 2%/0%",
            "%SYS-5-",
            "%SYS-9-RESTART: x",
            "Error Message    %SMART_LIC-3-COMM_FAILED:Communications failure with the [chars] : [chars]",
            "%SMART_LIC-3-EVAL_EXPIRED_WARNING: Evaluation period expired on [chars]",
            "Error Message %SMART_LIC-3-OUT_OF_COMPLIANCE: One or more entitlements are out of compliance",
            "<p><b>Error Message</b> <code>%SMART_LIC-3-EVAL_EXPIRED: Evaluation period expired</code></p>",
            "**Error Message**: `%SMART_LIC-3-EVAL_EXPIRED: Evaluation period expired`",
        ] {
            assert_eq!(message(line), None, "{line}");
        }
    }
}
