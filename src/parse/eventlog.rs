//! `show license eventlog`: what the Smart Agent did, one event a line, wrapped at the terminal's width (DOMAIN 1.5).

use super::Sink;
use crate::base::Stamp;
use crate::facts::Event;
use crate::text::{Line, Section, stamp};

/// Reads the events.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut open = false;
    for line in &section.lines {
        let text = line.trimmed();
        if let Some((stamp, name, rest)) = event(text) {
            add(line, stamp, name, rest, sink);
            open = true;
        } else if is_frame(text) {
            open = false;
        } else if open {
            continue_event(text, sink);
        } else {
            sink.unknown();
        }
    }
}

/// `2021-09-10 14:04:21.233 UTC SAEVT_INIT_CRYPTO success="False"` in its three parts. Copies leave the time out, as the guide
/// does.
fn event(text: &str) -> Option<(Option<Stamp>, &str, &str)> {
    let (stamp, length) = stamp::stamp(text).map_or((None, 0), |(stamp, length)| (Some(stamp), length));
    let rest = text.get(length..)?.trim_start();
    let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    name.starts_with("SAEVT_").then_some((stamp, name, rest.trim()))
}

fn add(line: &Line<'_>, stamp: Option<Stamp>, name: &str, text: &str, sink: &mut Sink<'_>) {
    let place = sink.place(line.number);
    let section = sink.section();
    let event = Event { place, section, name: name.to_owned(), text: text.to_owned(), stamp };
    sink.capture().events.push(event);
}

/// Lines break between words, inside quotes as well.
fn continue_event(text: &str, sink: &mut Sink<'_>) {
    let Some(event) = sink.capture().events.last_mut() else { return };
    if !event.text.is_empty() {
        event.text.push(' ');
    }
    event.text.push_str(text);
}

/// `**** Event Log ****`, `No EventLog Found.`, rules and blank lines.
fn is_frame(text: &str) -> bool {
    text.is_empty() || text.starts_with(['*', '-', '=']) || text.starts_with("No EventLog Found")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::test_support::read;

    #[test]
    fn events_wrapped_and_not() {
        let capture = read(
            "show license eventlog",
            "**** Event Log ****\n\n\
             2024-05-10 14:04:21.233 UTC SAEVT_INIT_CRYPTO success=\"False\" error=\"Crypto\n\
             Initialization has not been completed\"\n\
             2024-05-10 14:04:22.000 UTC SAEVT_HA_EVENT \n\
             eventType=\"SmartAgentEvtHArmfInitialize\"\n\
             2024-05-10 14:04:51.243 UTC SAEVT_COMM_RESTORED\n\n\
             something else\n",
            parse,
        );
        let events: Vec<_> =
            capture.events.iter().map(|it| (it.place.line, it.name.as_str(), it.text.as_str())).collect();
        assert_eq!(
            events,
            [
                (
                    3,
                    "SAEVT_INIT_CRYPTO",
                    "success=\"False\" error=\"Crypto Initialization has not been completed\""
                ),
                (5, "SAEVT_HA_EVENT", "eventType=\"SmartAgentEvtHArmfInitialize\""),
                (7, "SAEVT_COMM_RESTORED", ""),
            ]
        );
        let times: Vec<_> = capture.events.iter().filter_map(|it| it.stamp.as_ref()?.epoch_ms()).collect();
        assert_eq!(times, [1_715_349_861_233, 1_715_349_862_000, 1_715_349_891_243]);
        assert_eq!(capture.unknown_lines, 1);
    }

    #[test]
    fn no_events() {
        let capture = read("show license eventlog", "**** Event Log ****\n\nNo EventLog Found.\n", parse);
        assert_eq!((capture.events.len(), capture.unknown_lines), (0, 0));
    }
}
