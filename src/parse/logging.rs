//! The head of `show logging`: which messages the buffer keeps. The messages themselves are read by `record`.

use super::Sink;
use crate::text::Section;

/// Reads the head, which ends where the buffer begins.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let head = section.lines.iter().take_while(|line| !line.trimmed().starts_with("Log Buffer"));
    for line in head {
        if let Some(level) = buffer_level(line.trimmed()) {
            sink.text("logging.buffer_level", line.number, level);
        }
    }
}

/// `debugging`, or `disabled`. IOS, ASA and IOS XR: `Buffer logging:  level debugging, 481 messages logged`; NX-OS writes to
/// a file: `Name - messages: Severity - notifications Size - 4194304`.
fn buffer_level(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("Buffer logging:") {
        let rest = rest.trim_start();
        return rest.strip_prefix("level ").unwrap_or(rest).split([',', ' ']).next();
    }
    let (_, rest) = text.strip_prefix("Name - ")?.split_once("Severity - ")?;
    rest.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::test_support::read;

    #[test]
    fn levels_of_every_system() {
        for (text, level) in [
            ("    Buffer logging:  level debugging, 481 messages logged, xml disabled,", Some("debugging")),
            ("    Buffer logging: level warnings, 10003 messages logged", Some("warnings")),
            ("    Buffer logging:  disabled, xml disabled,", Some("disabled")),
            (
                "Logging logfile:  enabled\n        Name - messages: Severity - notifications Size - 4194304",
                Some("notifications"),
            ),
            ("    Console logging: level debugging, 1 messages logged", None),
            ("Log Buffer (4096 bytes):\nBuffer logging: level debugging", None),
        ] {
            let capture = read("show logging", text, parse);
            assert_eq!(capture.facts.text("logging.buffer_level"), level, "{text}");
        }
    }
}
