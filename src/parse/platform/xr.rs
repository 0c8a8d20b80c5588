//! The flexible consumption model of IOS XR: `show license platform summary` and `show license platform detail`.

use super::super::{Fields, Sink};
use crate::facts::Element;
use crate::text::Section;

/// Reads either output.
pub fn flexible(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk::default();
    for line in &section.lines {
        walk.line(&line.text, line.number, sink);
    }
    if let Some(number) = walk.table {
        sink.list("platform_license.entitlements", number, walk.found);
    }
}

#[derive(Default)]
struct Walk {
    /// `Collection` or `Reporting`: the line below holds its NEXT.
    block: &'static str,
    after_status: bool,
    /// Widths of the columns, from the rule below the head of the table.
    widths: Vec<usize>,
    table: Option<u32>,
    found: Vec<Element>,
}

impl Walk {
    fn line(&mut self, line: &str, number: u32, sink: &mut Sink<'_>) {
        let text = line.trim();
        let after_status = std::mem::take(&mut self.after_status);
        if let Some(status) = text.strip_prefix("SIA Status:") {
            sink.text("platform_license.sia_status", number, status);
            self.after_status = true;
        } else if after_status && line.starts_with(' ') && !text.starts_with("Count") && !text.contains("  ")
        {
            sink.text("platform_license.sia_note", number, text);
        } else if let Some(rest) = text.strip_prefix("Collection:") {
            self.block = "collection";
            self.dates(rest, number, sink);
        } else if let Some(rest) = text.strip_prefix("Reporting:") {
            self.block = "reporting";
            self.dates(rest, number, sink);
        } else if text.starts_with("NEXT:") {
            self.dates(text, number, sink);
        } else if text.starts_with("====") && text.contains(' ') {
            self.widths = text.split(' ').map(str::len).collect();
            self.table = self.table.or(Some(number));
        } else if !self.widths.is_empty() {
            self.row(line, number, sink);
        }
    }

    fn dates(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) {
        let Some((which, when)) = text.trim().split_once(':') else { return };
        match (self.block, which) {
            ("collection", "LAST") => sink.time("platform_license.last_collection", number, when),
            ("reporting", "LAST") => sink.time("platform_license.last_reporting", number, when),
            ("reporting", "NEXT") => sink.time("platform_license.next_reporting", number, when),
            _ => {}
        }
    }

    /// The cells of a row hold blanks, so the rule above tells where they end.
    fn row(&mut self, line: &str, number: u32, sink: &Sink<'_>) {
        let mut at = 0;
        let mut cells = self.widths.iter().map(|width| {
            let cell: String = line.chars().skip(at).take(*width).collect();
            at += width + 1;
            cell.trim().to_owned()
        });
        let mut fields = Fields::default();
        for name in ["area", "name", "last", "next"] {
            fields.text(sink, name, number, &cells.next().unwrap_or_default());
        }
        if fields.has("name") && fields.has("last") {
            self.found.push(fields.element());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{facts, read};

    #[test]
    fn summary_and_detail() {
        let text = "\
Tue Jul  2 13:48:07.272 UTC
Collection: LAST: Tue Jul 02 2024 13:13:37 UTC
            NEXT: Tue Jul 02 2024 14:13:37 UTC
Reporting:  LAST: Tue Jul 02 2024 09:13:37 UTC
            NEXT: Wed Jul 03 2024 09:13:37 UTC
********************IMPORTANT********************
SIA Status: Out of Compliance(Grace Period Expired)
            SW Upgrades are blocked as SIA grace period has expired
                                                                   Count
Feature/Area     Entitlement                                     Last Next
============ =================================================== ==== ====
FCM 2 Core/E Example Core RTU per 100G                              4    4
             Example Device SIA                                     2    3
";
        let wanted = "\
platform_license.entitlements = [area=FCM 2 Core/E last=4 name=Example Core RTU per 100G next=4] [last=2 name=Example Device SIA next=3]
platform_license.last_collection = 2024-07-02T13:13:37Z
platform_license.last_reporting = 2024-07-02T09:13:37Z
platform_license.next_reporting = 2024-07-03T09:13:37Z
platform_license.sia_note = SW Upgrades are blocked as SIA grace period has expired
platform_license.sia_status = Out of Compliance(Grace Period Expired)
";
        assert_eq!(facts(&read("show license platform detail", text, super::flexible)), wanted);
        let head = "SIA Status: In Compliance\n                             Count\n";
        let alone = facts(&read("show license platform summary", head, super::flexible));
        assert_eq!(alone, "platform_license.sia_status = In Compliance\n");
    }
}
