//! `show license history message`: what was sent and answered, exchange by exchange. Only agents of the policy era keep one. No
//! public text of one that is not empty could be read, so its lines are accepted loosely: a line of an entry begins with
//! `REQUEST` or `RESPONSE`, and an answer may hold a status in JSON.

use super::{Fields, Sink};
use crate::base::Era;
use crate::facts::{Element, Value};
use crate::text::{Line, Section};

/// Reads the output.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut lines = section
        .lines
        .iter()
        .filter(|line| !line.trimmed().is_empty())
        .skip_while(|line| !line.trimmed().starts_with("Message History"));
    let Some(head) = lines.next() else { return };
    sink.era(Era::Policy, head.number);
    let mut walk = Walk::default();
    for line in lines.filter(|line| !line.trimmed().starts_with("===")) {
        walk.line(line);
    }
    let is_empty = walk.found.iter().all(|exchange| exchange.is_empty);
    sink.flag("license.history.empty", head.number, is_empty);
    let exchanges: Vec<Element> = walk.found.into_iter().map(|it| it.element(sink)).collect();
    if !exchanges.is_empty() {
        sink.list("license.history.exchanges", head.number, exchanges);
    }
}

#[derive(Default)]
struct Walk {
    found: Vec<Exchange>,
}

/// One exchange, with the lines of its newest entries.
struct Exchange {
    name: String,
    line: u32,
    is_empty: bool,
    requests: i64,
    responses: i64,
    last_request: Option<(u32, String)>,
    last_response: Option<(u32, String)>,
    status: Option<(u32, String)>,
}

impl Walk {
    fn line(&mut self, line: &Line<'_>) {
        let text = line.trimmed();
        if is_exchange(text) {
            self.found.push(Exchange::new(text.trim_end_matches(':'), line.number));
        } else if let Some(open) = self.found.last_mut() {
            open.line(text, line.number);
        }
    }
}

/// `Trust Establishment:`, `Import AUTH:`. The parts of an entry have a value behind the colon, or are JSON.
fn is_exchange(text: &str) -> bool {
    text.strip_suffix(':').is_some_and(|name| {
        !name.is_empty()
            && is_entry(name).is_none()
            && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ')
    })
}

/// The date behind `REQUEST:` (true) or `RESPONSE:` (false).
fn is_entry(text: &str) -> Option<(bool, &str)> {
    [("REQUEST", true), ("RESPONSE", false)].iter().find_map(|(word, is_request)| {
        let start = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
        let rest = text.get(start.len()..)?.trim_start();
        (rest.is_empty() || rest.starts_with(':')).then(|| (*is_request, rest.trim_start_matches(':').trim()))
    })
}

impl Exchange {
    fn new(name: &str, line: u32) -> Self {
        Self {
            name: name.to_owned(),
            line,
            is_empty: true,
            requests: 0,
            responses: 0,
            last_request: None,
            last_response: None,
            status: None,
        }
    }

    fn line(&mut self, text: &str, number: u32) {
        if text.starts_with("No past ") {
            return;
        }
        self.is_empty = false;
        match is_entry(text) {
            Some((true, when)) => {
                self.requests += 1;
                self.last_request = Some((number, when.to_owned()));
            }
            Some((false, when)) => {
                self.responses += 1;
                self.last_response = Some((number, when.to_owned()));
                self.status = None;
            }
            None => {}
        }
        if let Some(status) = json_status(text) {
            self.status = Some((number, status.to_owned()));
        }
    }

    fn element(self, sink: &Sink<'_>) -> Element {
        let mut fields = Fields::default();
        fields.text(sink, "name", self.line, &self.name);
        fields.add(sink, "empty", self.line, Value::Bool(self.is_empty));
        if !self.is_empty {
            fields.add(sink, "requests", self.line, Value::Number(self.requests));
            fields.add(sink, "responses", self.line, Value::Number(self.responses));
        }
        for (name, found) in [
            ("last_request", self.last_request),
            ("last_response", self.last_response),
            ("status", self.status),
        ] {
            if let Some((number, value)) = found {
                fields.text(sink, name, number, &value);
            }
        }
        fields.element()
    }
}

/// The value of `"status":"FAILED"`, its quotes escaped or not.
fn json_status(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("\"status\"").or_else(|| text.split_once("\\\"status\\\""))?;
    let value = rest.trim_start_matches([':', ' ', '\\', '"']);
    value.split(['"', '\\', ',', '}']).next().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    fn history(text: &str) -> String {
        facts(&read("show license history message", text, super::parse))
    }

    #[test]
    fn a_history_is_empty_where_every_exchange_has_none() {
        let text = "Message History (oldest to newest):\n====\nTrust Sync:\n  No past history\nImport AUTH:\n  No past Import history\n";
        let wanted = "license.era = policy\nlicense.history.empty = true\nlicense.history.exchanges = [empty=true name=Trust Sync] [empty=true name=Import AUTH]\n";
        assert_eq!(history(text), wanted);
    }

    #[test]
    fn the_newest_answer_of_an_exchange_counts() {
        let text = "\
Message History (oldest to newest):
====
Usage Reporting:
  REQUEST: Jul 02 2024 09:13:37 UTC
    {\"request_type\":\"RUM\"}
  RESPONSE: Jul 02 2024 09:13:39 UTC
    {\"status\":\"FAILED\",\"message\":\"x\"}
  REQUEST: Jul 03 2024 09:13:37 UTC
  RESPONSE: Jul 03 2024 09:13:39 UTC
    {\\\"status\\\":\\\"COMPLETE\\\"}
Trust Sync:
  No past history
";
        let wanted = "license.era = policy\nlicense.history.empty = false\nlicense.history.exchanges = [empty=false last_request=Jul 03 2024 09:13:37 UTC last_response=Jul 03 2024 09:13:39 UTC name=Usage Reporting requests=2 responses=2 status=COMPLETE] [empty=true name=Trust Sync]\n";
        assert_eq!(history(text), wanted);
        assert_eq!(history("Trust Sync:\n  No past history\n"), "");
    }
}
