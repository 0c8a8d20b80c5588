//! CSV: one row a finding, for spreadsheets. Columns are named as the keys of the JSON document; quoted as in RFC 4180.

use crate::diagnose::finding::{Device, Diagnosis, Finding};

const COLUMNS: [&str; 23] = [
    "hostname",
    "serial",
    "pid",
    "os",
    "version",
    "era",
    "rule",
    "scenario",
    "severity",
    "certainty",
    "state",
    "count",
    "first_seen",
    "last_seen",
    "title",
    "message",
    "caused_by",
    "path",
    "line",
    "section",
    "text",
    "commands",
    "fingerprint",
];

/// A heading, then a row for each finding of each device, in the order of the diagnosis. A device without findings has no row.
/// `path`, `line`, `section` and `text` are those of the first line of evidence;
/// several values in a cell are parted by line ends.
pub fn render(diagnosis: &Diagnosis) -> String {
    let mut text = String::new();
    row(&mut text, COLUMNS);
    for device in &diagnosis.devices {
        for finding in &device.findings {
            row(&mut text, cells(device, finding).iter().map(String::as_str));
        }
    }
    text
}

fn cells(device: &Device, finding: &Finding) -> [String; COLUMNS.len()] {
    let or_none = |value: &Option<String>| value.clone().unwrap_or_default();
    let proof = finding.evidence.first();
    let commands: Vec<&str> =
        finding.next_steps.iter().flat_map(|step| &step.commands).map(String::as_str).collect();
    [
        or_none(&device.hostname),
        or_none(&device.serial),
        or_none(&device.pid),
        or_none(&device.os),
        or_none(&device.version),
        device.era.name().to_owned(),
        finding.rule.to_string(),
        finding.scenario.map(|it| it.to_string()).unwrap_or_default(),
        finding.severity.name().to_owned(),
        finding.certainty.name().to_owned(),
        finding.state.name().to_owned(),
        finding.count.to_string(),
        or_none(&finding.first_seen),
        or_none(&finding.last_seen),
        finding.title.to_string(),
        finding.message.clone(),
        finding.caused_by.join("\n"),
        proof.map(|it| it.path.clone()).unwrap_or_default(),
        proof.map(|it| it.line.to_string()).unwrap_or_default(),
        proof.map(|it| it.section.clone()).unwrap_or_default(),
        proof.map(|it| it.text.clone()).unwrap_or_default(),
        commands.join("\n"),
        finding.fingerprint.clone(),
    ]
}

fn row<'c>(text: &mut String, cells: impl IntoIterator<Item = &'c str>) {
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        add_cell(text, cell);
    }
    text.push_str("\r\n");
}

/// What a formula begins with; those of full width do in East Asian spreadsheets.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell that a spreadsheet would take for a formula gets a `'` before it: what a device printed must not run.
fn add_cell(text: &mut String, cell: &str) {
    let guard = if cell.starts_with(FORMULA_STARTS) { "'" } else { "" };
    if cell.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(guard);
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::{add_cell, render};
    use crate::report::sample;

    #[test]
    fn a_row_is_a_finding() {
        let text = render(&sample::fleet());
        snapbox::assert_data_eq!(text, snapbox::file!["text/snapshots/fleet.csv"].raw());
        assert_eq!(render(&sample::nothing_read()).lines().count(), 1);
    }

    #[test]
    fn cells_are_quoted_and_no_formula() {
        for (cell, expected) in [
            ("plain text", "plain text"),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("＝1", "'＝1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("", ""),
        ] {
            let mut text = String::new();
            add_cell(&mut text, cell);
            assert_eq!(text, expected);
        }
    }
}
