//! `show license right-to-use` and its `summary`, of switches before Smart Licensing.

use super::super::{Fields, Sink};
use crate::base::Era;
use crate::facts::Element;
use crate::text::{Line, Section};

/// The columns that not every release prints.
#[derive(Clone, Copy)]
struct Columns {
    /// `Slot#`, the member of the stack; the summary is of the active one and has none.
    slot: bool,
    /// `Count`, where licences are counted: those of access points.
    count: bool,
}

/// Reads the table `1  ipservices  permanent  N/A  Lifetime` and the levels below it. Its heading alone tells the era.
pub fn rights(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut table = None;
    let mut found = Vec::new();
    for line in &section.lines {
        let text = line.trimmed();
        if let Some(columns) = head(text) {
            table = Some((line.number, columns));
        } else if let Some((key, value)) = text.split_once(':') {
            level(key, value, line.number, sink);
        } else if let Some((_, columns)) = table {
            found.extend(right(line, columns, sink));
        }
    }
    let Some((number, _)) = table else { return };
    sink.era(Era::Rtu, number);
    if !found.is_empty() {
        sink.list("platform_license.features", number, found);
    }
}

/// `Slot#  License name   Type     Count   Period left`; other tables of the command (`usage`, `mismatch`) have other columns.
fn head(text: &str) -> Option<Columns> {
    let text = text.to_ascii_lowercase();
    let (slot, rest) =
        text.strip_prefix("slot#").map_or((false, text.as_str()), |rest| (true, rest.trim_start()));
    let is_head = rest.starts_with("license name") && rest.ends_with("period left");
    is_head.then(|| Columns { slot, count: rest.contains(" count ") })
}

fn level(key: &str, value: &str, number: u32, sink: &mut Sink<'_>) {
    match key.trim() {
        "License Level In Use" => sink.text("platform_license.level_in_use", number, value),
        "License Level on Reboot" => sink.text("platform_license.level_on_reboot", number, value),
        _ => {}
    }
}

fn right(line: &Line<'_>, columns: Columns, sink: &Sink<'_>) -> Option<Element> {
    let mut words = line.text.split_whitespace();
    let slot =
        if columns.slot { Some(words.next().filter(|slot| slot.parse::<u32>().is_ok())?) } else { None };
    let (name, kind) = (words.next()?, words.next()?);
    let count = if columns.count { Some(words.next()?) } else { None };
    let left = words.collect::<Vec<_>>().join(" ");
    if left.is_empty() {
        return None;
    }
    let mut fields = Fields::default();
    for (key, cell) in [
        ("slot", slot.unwrap_or_default()),
        ("name", name),
        ("type", kind),
        ("count", count.unwrap_or_default()),
        ("period_left", &left),
    ] {
        fields.text(sink, key, line.number, cell);
    }
    Some(fields.element())
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{facts, read};
    use super::rights;

    fn of(text: &str) -> String {
        facts(&read("show license right-to-use", text, rights))
    }

    #[test]
    fn summary() {
        let text = "\
  License Name    Type     Count   Period left
----------------------------------------------
  ipservices   permanent   N/A   Lifetime
  apcount      evaluation  0     90 days
----------------------------------------------

License Level In Use: ipservices
License Level on Reboot: ipservices
Evaluation AP-Count: Disabled
";
        let wanted = "\
license.era = rtu
platform_license.features = [count=N/A name=ipservices period_left=Lifetime type=permanent] [count=0 name=apcount period_left=90 days type=evaluation]
platform_license.level_in_use = ipservices
platform_license.level_on_reboot = ipservices
";
        assert_eq!(of(text), wanted);
    }

    #[test]
    fn by_slot() {
        let text = "\
Slot#  License name   Type     Count   Period left
----------------------------------------------------------
1      ipbase         permanent   N/A   Lifetime
2      apcount        adder       25    Lifetime

License Level on Reboot: ipbase
";
        let wanted = "\
license.era = rtu
platform_license.features = [count=N/A name=ipbase period_left=Lifetime slot=1 type=permanent] [count=25 name=apcount period_left=Lifetime slot=2 type=adder]
platform_license.level_on_reboot = ipbase
";
        assert_eq!(of(text), wanted);
    }

    #[test]
    fn without_a_count() {
        let text = "\
License Name                 Type                       Period left
-------------------------------------------------------------------
network-advantage            Permanent                  Lifetime
dna-advantage                Subscription               CSSM Managed
";
        let wanted = "\
license.era = rtu
platform_license.features = [name=network-advantage period_left=Lifetime type=Permanent] [name=dna-advantage period_left=CSSM Managed type=Subscription]
";
        assert_eq!(of(text), wanted);
    }

    #[test]
    fn another_table_is_not_read_and_an_empty_one_tells_the_era() {
        assert_eq!(
            of(
                "Slot#  License Name  Type  usage-duration(y:m:d)  In-Use  EULA\n1  ipbase  permanent  0 :2 :1  yes  yes\n"
            ),
            ""
        );
        assert_eq!(of("Slot#  License name  Type  Count  Period left\n----\n"), "license.era = rtu\n");
    }
}
