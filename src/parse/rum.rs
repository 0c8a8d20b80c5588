//! `show license rum id all` and `show license rum id N detail`: the usage reports that the device keeps (DOMAIN 1.5).

use super::{Fields, Sink};
use crate::base::Era;
use crate::facts::Element;
use crate::text::{Line, Section};

/// Reads the table of reports and the details of single ones, whichever the output holds.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk::default();
    for line in &section.lines {
        walk.line(line, sink);
    }
    walk.finish(sink);
}

#[derive(Default)]
struct Walk {
    /// Line of the head of the table.
    table: Option<u32>,
    reports: Vec<Element>,
    open: Option<Fields>,
    details: Vec<Element>,
    first: Option<u32>,
}

/// Fields of a detail, as printed in lower case and as in the list.
const FIELDS: &[(&str, &str)] = &[
    ("feature name", "feature"),
    ("state", "state"),
    ("state change reason", "state_change_reason"),
    ("close reason", "close_reason"),
    ("storage state", "storage_state"),
    ("start time", "start"),
    ("end time", "end"),
    ("transaction id", "transaction_id"),
    ("transaction message", "transaction_message"),
];

impl Walk {
    fn line(&mut self, line: &Line<'_>, sink: &Sink<'_>) {
        let text = line.trimmed();
        if is_head(text) {
            self.table = Some(line.number);
        } else if let Some(report) = self.table.and_then(|_| row(text, line.number, sink)) {
            self.reports.push(report);
        } else if let Some(id) = text.strip_prefix("Report Id:") {
            self.start(id, line.number, sink);
        } else if let Some(fields) = &mut self.open {
            // A transaction message may hold commas; the other lines may hold several fields.
            let is_message = text.starts_with("Transaction Message:");
            let parts = if is_message { vec![text] } else { text.split(", ").collect() };
            for part in parts {
                detail(fields, part, line.number, sink);
            }
        }
    }

    fn start(&mut self, id: &str, number: u32, sink: &Sink<'_>) {
        self.close();
        self.first = self.first.or(Some(number));
        let mut fields = Fields::default();
        fields.text(sink, "id", number, id);
        self.open = Some(fields);
    }

    fn close(&mut self) {
        if let Some(fields) = self.open.take() {
            self.details.push(fields.element());
        }
    }

    fn finish(mut self, sink: &mut Sink<'_>) {
        self.close();
        let Some(first) = self.table.or(self.first) else { return };
        sink.era(Era::Policy, first);
        if let Some(line) = self.table {
            sink.list("license.rum.reports", line, self.reports);
        }
        if let Some(line) = self.first {
            sink.list("license.rum.details", line, self.details);
        }
    }
}

/// `Report Id,          State,    Flag, Feature Name`.
fn is_head(text: &str) -> bool {
    let mut words = text.split(',').map(str::trim);
    words.next() == Some("Report Id") && words.next() == Some("State")
}

/// `1671840750          ACK       N     air-network-advantage`.
fn row(text: &str, number: u32, sink: &Sink<'_>) -> Option<Element> {
    let mut words = text.split_whitespace();
    let id = words.next().filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (state, flag) = (words.next()?, words.next()?);
    let feature: Vec<&str> = words.collect();
    let mut fields = Fields::default();
    fields.text(sink, "id", number, id);
    fields.text(sink, "state", number, state);
    fields.text(sink, "flag", number, flag);
    fields.text(sink, "feature", number, &feature.join(" "));
    Some(fields.element())
}

fn detail(fields: &mut Fields, part: &str, number: u32, sink: &Sink<'_>) {
    let Some((key, value)) = part.trim().trim_end_matches(',').split_once(':') else { return };
    let key = key.trim().to_ascii_lowercase();
    if let Some((_, name)) = FIELDS.iter().find(|(printed, name)| *printed == key && !fields.has(name)) {
        fields.text(sink, name, number, value);
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn reports() {
        let of = |text: &str| facts(&read("show license rum id all", text, super::parse));
        let table = "\
Smart Licensing Usage Report:
====================================
Report Id,          State,    Flag, Feature Name
1671840750          ACK       N     air-network-advantage
1671840751          CLOSED    N     air-dna-advantage
1671840752          OPEN      N     dna advantage
";
        let wanted = "\
license.era = policy
license.rum.reports = [feature=air-network-advantage flag=N id=1671840750 state=ACK] [feature=air-dna-advantage flag=N id=1671840751 state=CLOSED] [feature=dna advantage flag=N id=1671840752 state=OPEN]
";
        assert_eq!(of(table), wanted);
        let none = "Smart Licensing Usage Report:\n====\nReport Id,   State,   Flag,   Feature Name\n";
        assert_eq!(of(none), "license.era = policy\nlicense.rum.reports = \n");
        assert_eq!(of("1671840750 ACK N x\nState: ACK\n"), "");
    }

    #[test]
    fn details() {
        let text = "\
Smart Licensing Usage Report Detail:
====================================
Report Id: 1671840750
  Metric Name: ENTITLEMENT
  Feature Name: network-advantage
  Previous Report Id: 0,    Next Report Id: 1671840752
  State: ACK,      State Change Reason: ACKED
  Close Reason: SMART
  Start Time: Jun 21 03:03:57 2021 UTC,      End Time: Jun 22 03:03:57 2021 UTC
  Storage State: DELETED
  Transaction ID: 1001
  Transaction Message: Rejected, the signature: does not match
Report Id: 1671840752
  State: OPEN,      State Change Reason: None
";
        let wanted = "\
license.era = policy
license.rum.details = [close_reason=SMART end=Jun 22 03:03:57 2021 UTC feature=network-advantage id=1671840750 start=Jun 21 03:03:57 2021 UTC state=ACK state_change_reason=ACKED storage_state=DELETED transaction_id=1001 transaction_message=Rejected, the signature: does not match] [id=1671840752 state=OPEN]
";
        assert_eq!(facts(&read("show license rum id detail", text, super::parse)), wanted);
    }
}
