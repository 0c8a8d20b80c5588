//! Telling log lines from output lines, by the message name alone; reading them is the parse layer's work.

/// Whether a line is, or ends in, a log message: it holds `%FACILITY-SEVERITY-MNEMONIC` (DOMAIN 7.3), at its start or after
/// a blank, colon, bracket or equals sign, or as a field of an export.
pub(crate) fn is_log(text: &str) -> bool {
    start_of_name(text).is_some()
}

/// Whether a line begins as the header of a log message does: a mark or priority, a sequence number, a month, a node of
/// IOS XR, or the message name itself. Configurations and patterns hold message names, too, but never begin so.
pub(crate) fn starts_as_log(text: &str) -> bool {
    match text.as_bytes() {
        [b'%' | b'*' | b'.' | b'<' | b'0'..=b'9', ..] | [b'R' | b'L', _, b'/', ..] => true,
        [a, b, c, b' ', ..] => MONTHS.iter().any(|month| month.as_bytes() == [*a, *b, *c]),
        _ => false,
    }
}

/// Whether a line without a header goes on with the message before it, wherever it stands: `      Reason : Enrollment URL not
/// configured.` of CRL_FETCH_FAIL, the lines of CERTIFICATE_INVALID_EXPIRED (DOMAIN 2.4), and the URL of SL_MESSAGE_FAILED
/// on a line of its own (guide, scenario 5). `before` is the message so far.
pub(crate) fn continues(before: &str, line: &str) -> bool {
    let line = line.trim_start();
    let after_reason = line.strip_prefix("Reason").map(str::trim_start);
    after_reason.is_some_and(|it| it.starts_with(':'))
        || ["The certificate (SN", "Validity period ", "connection id="].iter().any(|it| line.starts_with(it))
        || (before.ends_with(" to:") && line.starts_with("http"))
}

pub(super) const MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Byte offset of the `%` of the first message name.
fn start_of_name(text: &str) -> Option<usize> {
    text.match_indices('%').map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        (before.is_empty() || before.ends_with([' ', ':', '\t', ',', ';', '=', '[']) || opens_field(before))
            && is_name(after)
    })
}

/// Whether a text ends in the quote that opens a field of CSV or a value of JSON or of a key (`msg="%SMART_LIC-…`). One behind a word (`pattern "%SMART_LIC-…`) does not.
fn opens_field(before: &str) -> bool {
    before.strip_suffix('"').is_some_and(|it| {
        it.is_empty() || it.ends_with([',', ';', '\t', '=']) || it.trim_end().ends_with(':')
    })
}

/// `SMART_LIC-3-COMM_FAILED`, `LICENSE-SMART_LIC-3-COMM_FAILED`, `ASA-3-444303`.
fn is_name(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(text.len());
    let mut parts = text.get(..end).unwrap_or_default().split('-');
    let starts_in_upper_case = text.starts_with(|c: char| c.is_ascii_uppercase());
    starts_in_upper_case
        && parts.next().is_some_and(|facility| !facility.is_empty())
        && parts.any(|part| matches!(part.as_bytes(), [b'0'..=b'7']))
        && parts.next().is_some_and(|mnemonic| !mnemonic.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{continues, is_log, starts_as_log};

    #[test]
    fn lines_that_go_on_with_a_message() {
        for (before, line, expected) in [
            ("CRL fetch for trustpoint X failed", "     Reason : Enrollment URL not configured.", true),
            ("Certificate chain validation has failed.", "The certificate (SN: 01) has expired.", true),
            (
                "Fail to send out Smart Licensing message to:",
                "https://10.0.0.1/x (ERR 205 : Request Aborted)",
                true,
            ),
            ("Something else", "https://10.0.0.1/x", false),
            ("Fail to send out Smart Licensing message to:", "Type: Callhome", false),
        ] {
            assert_eq!(continues(before, line), expected, "{before} {line}");
        }
    }

    #[test]
    fn by_header() {
        for (text, expected) in [
            ("*Mar  1 00:00:00.000: x", true),
            ("Nov 17 18:05:09: x", true),
            ("<190>1: x", true),
            ("RP/0/RP0/CPU0:Aug 20", true),
            ("%SYS-5-X: y", true),
            (" event syslog pattern %SYS-5-X", false),
            ("Note this", false),
            ("", false),
        ] {
            assert_eq!(starts_as_log(text), expected, "{text}");
        }
    }

    #[test]
    fn by_message_name() {
        for (text, expected) in [
            ("%SMART_LIC-3-COMM_FAILED: x", true),
            ("*Mar  1 00:00:00.000: %SYS-5-CONFIG_I: x", true),
            (
                "RP/0/RP0/CPU0:Aug 20 18:41:28.381 UTC: smartlicserver[266]: %LICENSE-SMART_LIC-3-COMM_FAILED : x",
                true,
            ),
            ("Aug 15 2019 13:44:38: %ASA-3-444303: x", true),
            ("% Invalid input detected", false),
            ("CPU utilization: 5%/0%", false),
            ("%Error opening tftp", false),
            ("  url http://h/a%20SMART-3-X", false),
        ] {
            assert_eq!(is_log(text), expected, "{text}");
        }
    }
}
