//! Licensing outputs beside the two eras of the agent: the right-to-use and PAK tables of older systems, the flexible
//! consumption model of IOS XR, and the message history of the policy era.

use super::{Fields, Sink};
use crate::base::Era;
use crate::facts::Element;
use crate::text::{Line, Section};

/// Whether an output is the PAK table of NX-OS and not that of the licensing agent; both come from `show license usage`.
pub fn is_pak_table(section: &Section<'_>) -> bool {
    section.lines.iter().take(12).any(|line| is_pak_head(line.trimmed()))
}

fn is_pak_head(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(4).collect();
    words == ["Feature", "Ins", "Lic", "Status"]
}

/// Whether an output is the list of `show license` in the right-to-use era: `Index 1 Feature: appxk9`.
pub fn is_feature_list(section: &Section<'_>) -> bool {
    section.lines.iter().take(12).any(|line| feature_name(line.trimmed()).is_some())
}

fn feature_name(text: &str) -> Option<&str> {
    let (index, name) = text.strip_prefix("Index ")?.split_once("Feature:")?;
    index.trim().parse::<u32>().is_ok().then_some(name.trim())
}

/// Reads `show license` of the right-to-use era.
pub fn features(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut found: Vec<(u32, Fields)> = Vec::new();
    for line in &section.lines {
        let text = line.trimmed();
        if let Some(name) = feature_name(text) {
            let mut fields = Fields::default();
            fields.text(sink, "name", line.number, name);
            found.push((line.number, fields));
        } else if let (Some((key, value)), Some((_, fields))) = (text.split_once(':'), found.last_mut()) {
            let name = match key.trim() {
                "License State" => "status",
                "License Type" => "type",
                "Period left" => "period_left",
                _ => continue,
            };
            fields.text(sink, name, line.number, value);
        }
    }
    write_list("platform_license.features", found, sink);
}

/// Reads the PAK table of NX-OS: `MPLS_PKG  No  -  Unused  Never  Grace 10D 1H`.
pub fn packages(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut found = Vec::new();
    let rows = section.lines.iter().skip_while(|line| !is_pak_head(line.trimmed())).skip(1);
    for line in rows {
        if let Some(fields) = package(line, sink) {
            found.push((line.number, fields));
        }
    }
    write_list("platform_license.packages", found, sink);
}

/// The status may be two words (`In use`), and the date is empty where the feature is not in use.
fn package(line: &Line<'_>, sink: &Sink<'_>) -> Option<Fields> {
    let (name, rest) = line.trimmed().split_once(char::is_whitespace)?;
    let (installed, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    if !matches!(installed, "Yes" | "No") {
        return None;
    }
    let (count, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let status = ["In use", "In Use", "Unused"].iter().find(|status| rest.starts_with(**status))?;
    let rest = rest.get(status.len()..)?;
    let (expiry, comment) = match rest.trim_start() {
        tail if tail.starts_with("Grace") || tail == "-" => ("", tail),
        tail => tail.split_once(char::is_whitespace).unwrap_or((tail, "")),
    };
    let mut fields = Fields::default();
    for (field, value) in [
        ("name", name),
        ("installed", installed),
        ("count", count),
        ("status", *status),
        ("expiry", expiry),
        ("comment", comment),
    ] {
        fields.text(sink, field, line.number, value);
    }
    Some(fields)
}

fn write_list(key: &str, found: Vec<(u32, Fields)>, sink: &mut Sink<'_>) {
    let Some(first) = found.first().map(|(line, _)| *line) else { return };
    sink.era(Era::Rtu, first);
    let elements: Vec<Element> = found.into_iter().map(|(_, fields)| fields.element()).collect();
    sink.list(key, first, elements);
}

/// Reads `show license platform summary` of IOS XR.
pub fn summary(section: &Section<'_>, sink: &mut Sink<'_>) {
    for line in &section.lines {
        if let Some(status) = line.trimmed().strip_prefix("SIA Status:") {
            sink.text("platform_license.sia_status", line.number, status);
        }
    }
}

/// Reads `show license history message`: whether any exchange has a history. Only agents of the policy era keep one.
pub fn history(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut lines = section
        .lines
        .iter()
        .filter(|line| !line.trimmed().is_empty())
        .skip_while(|line| !line.trimmed().starts_with("Message History"));
    let Some(head) = lines.next() else { return };
    sink.era(Era::Policy, head.number);
    let is_empty = lines
        .map(Line::trimmed)
        .filter(|text| !text.starts_with("==="))
        .all(|text| text.ends_with(':') || text.starts_with("No past "));
    sink.flag("license.history.empty", head.number, is_empty);
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{facts, read};

    #[test]
    fn right_to_use_features() {
        let text = "\
Index 1 Feature: appxk9
        Period left: Life time
        License Type: Permanent
        License State: Active, In Use
Index 2 Feature: uck9
        Period left: Not Activated
        License State: Active, Not in Use, EULA not accepted
";
        let wanted = "\
license.era = rtu
platform_license.features = [name=appxk9 period_left=Life time status=Active, In Use type=Permanent] [name=uck9 period_left=Not Activated status=Active, Not in Use, EULA not accepted]
";
        assert_eq!(facts(&read("show license", text, super::features)), wanted);
    }

    #[test]
    fn packages_of_nx_os() {
        let text = "\
Feature                      Ins  Lic   Status Expiry Date Comments
                                 Count
--------------------------------------------------------------------------------
MPLS_PKG                      No    -   Unused             Grace 10D 1H
LAN_ENTERPRISE_SERVICES_PKG   Yes   -   In use Never       -
FCOE-N7K-F132XP               No    0   Unused             -
";
        let wanted = "\
license.era = rtu
platform_license.packages = [comment=Grace 10D 1H installed=No name=MPLS_PKG status=Unused] [expiry=Never installed=Yes name=LAN_ENTERPRISE_SERVICES_PKG status=In use] [count=0 installed=No name=FCOE-N7K-F132XP status=Unused]
";
        assert_eq!(facts(&read("show license usage", text, super::packages)), wanted);
    }

    #[test]
    fn a_history_is_empty_where_every_exchange_has_none() {
        let text = "Message History (oldest to newest):\n====\nTrust Sync:\n  No past history\nImport AUTH:\n  No past Import history\n";
        let history = |text: &str| facts(&read("show license history message", text, super::history));
        assert_eq!(history(text), "license.era = policy\nlicense.history.empty = true\n");
        let used = text.replace("  No past history", "  REQUEST: Jul 02 2024 09:13:37 UTC");
        assert_eq!(history(&used), "license.era = policy\nlicense.history.empty = false\n");
    }

    #[test]
    fn flexible_consumption() {
        let text = "SIA Status: Out Of Compliance\n";
        let read = read("show license platform summary", text, super::summary);
        assert_eq!(facts(&read), "platform_license.sia_status = Out Of Compliance\n");
    }
}
