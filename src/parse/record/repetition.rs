//! A relay writes one line for many equal messages: a count, not an event (DOMAIN 7.3).

use crate::base::glance;

/// How often the message before a line came again: `last message repeated 66 times`, as syslogd writes.
pub(in crate::parse) fn of_last(line: &str) -> Option<u32> {
    let (_, behind) = glance::split_once(line, "last message repeated ")?;
    Some(count(behind)?.0)
}

/// How often the message came that a header stands before, and the header without saying so: `message repeated 5 times: [ …`, as
/// rsyslog writes. The text of the message ends with the other bracket.
pub(super) fn of_this(header: &str) -> Option<(u32, String)> {
    let (before, behind) = glance::split_once(header, "message repeated ")?;
    let (count, rest) = count(behind)?;
    let rest = rest.strip_prefix(": [")?.trim_start();
    Some((count, format!("{before}{rest}")))
}

/// `66 times` and what stands behind it.
fn count(text: &str) -> Option<(u32, &str)> {
    let (number, behind) = text.split_once(' ')?;
    let behind = behind.strip_prefix("time")?;
    Some((number.parse().ok()?, behind.strip_prefix('s').unwrap_or(behind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_say_it() {
        for (line, expected) in [
            ("<190>Feb  8 04:00:48 192.0.2.1 last message repeated 66 times", Some(66)),
            ("Feb  8 04:00:48 sw1 last message repeated 1 time", Some(1)),
            ("the last message repeated itself", None),
            ("last message repeated 99999999999 times", None),
        ] {
            assert_eq!(of_last(line), expected, "{line}");
        }
        for (header, expected) in [
            (
                "sw1 message repeated 5 times: [ 46: *Feb  8 04:00:57: ",
                Some((5, "sw1 46: *Feb  8 04:00:57: ")),
            ),
            ("sw1 46: message repeated 2 times: [", Some((2, "sw1 46: "))),
            ("sw1 message repeated 5 times ", None),
            ("sw1 46: *Feb  8 04:00:57: ", None),
        ] {
            let expected = expected.map(|(count, rest)| (count, rest.to_owned()));
            assert_eq!(of_this(header), expected, "{header}");
        }
    }
}
