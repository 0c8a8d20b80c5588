//! `show status` of Unified Communications Manager: the name of the node, its release and its clock, all in one output.

use super::Sink;
use crate::facts::Value;
use crate::text::{Section, stamp};

/// Reads the fields at the head; what follows, the load of the node, is not looked at.
pub fn status(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut date = None;
    let mut is_utc = false;
    for line in &section.lines {
        let Some((key, value)) = line.trimmed().split_once(':') else { continue };
        let value = value.trim();
        match key.trim() {
            "Host Name" => sink.text("device.hostname", line.number, value),
            "Product Ver" => {
                sink.text("device.version", line.number, value);
                sink.text("device.os", line.number, "UCM");
            }
            "Date" => date = Some((line.number, value)),
            "Time Zone" => is_utc = value.contains("UTC"),
            _ => {}
        }
    }
    // `Wed Mar 20, 2024 10:22:40`, in the zone that the next line names.
    let Some((number, text)) = date else { return };
    let words = text.split_once(' ').map_or(text, |(_, date)| date).replace(',', "");
    let zone = if is_utc { " UTC" } else { "" };
    if let Some((time, _)) = stamp::stamp(&format!("{words}{zone}")) {
        sink.add("clock.time", number, Value::Time(time));
    }
}

#[cfg(test)]
mod tests {
    use super::status;
    use crate::parse::test_support::{facts, read};

    #[test]
    fn the_head_of_a_node() {
        let head = "Host Name          : cucm-pub01\nDate               : Wed Mar 20, 2024 10:22:40\n\
                    Time Zone          : Coordinated Universal Time (Etc/UTC)\nLocale             : en_US.UTF-8\n\
                    Product Ver        : 12.5.1.17900-64\n\nUptime:\n 10:22:42 up 41 days,  2:11,  1 user\n";
        let capture = read("show status", head, status);
        assert_eq!(
            facts(&capture),
            "clock.time = 2024-03-20T10:22:40Z\ndevice.hostname = cucm-pub01\ndevice.os = UCM\ndevice.version = 12.5.1.17900-64\n"
        );
    }
}
