//! Licensing outputs beside the two eras of the agent: the right-to-use and PAK tables of older systems, and the flexible
//! consumption model of IOS XR.

mod rights;
mod xr;

pub use rights::rights;
pub use xr::flexible;

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
                "License Count" => "count",
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
}
