//! `show ntp status`, `show ntp associations` of IOS XE and IOS XR, and `show ntp peer-status` of NX-OS.

use super::{Fields, Sink};
use crate::facts::{Element, Value};
use crate::text::Section;

/// Reads status and associations, whichever the output holds.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut table: Option<Table> = None;
    for line in &section.lines {
        let text = line.trimmed();
        if let Some(columns) = columns(text) {
            table = Some(Table { columns, heading: line.number, peers: Vec::new(), waiting: None });
        } else if let Some(table) = &mut table {
            table.row(text, line.number, sink);
        } else {
            status(text, line.number, sink);
        }
    }
    if let Some(table) = table {
        sink.list("ntp.associations", table.heading, table.peers);
    }
}

/// `Clock is synchronized, stratum 4, reference is 192.0.2.1`, `Clock is unsynchronized, stratum 16, no reference clock`.
fn status(text: &str, number: u32, sink: &mut Sink<'_>) {
    if text.trim_start_matches('%').trim_start().starts_with("NTP is not enabled") {
        sink.flag("ntp.enabled", number, false);
        return;
    }
    let Some(rest) = text.strip_prefix("Clock is ") else { return };
    for part in rest.split(',').map(str::trim) {
        if let Some(stratum) = part.strip_prefix("stratum ") {
            sink.number("ntp.stratum", number, stratum);
        } else if let Some(reference) = part.strip_prefix("reference is ") {
            sink.text("ntp.reference", number, reference);
        } else if part == "synchronized" || part == "unsynchronized" {
            sink.flag("ntp.synchronized", number, part == "synchronized");
        }
    }
}

/// The columns behind the address that are read, by their place; IOS prints the peer's own reference, NX-OS the local address.
#[derive(Clone, Copy)]
struct Columns {
    reference: Option<usize>,
    stratum: usize,
    reach: usize,
}

fn columns(text: &str) -> Option<Columns> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["address", "ref", "clock", "st", "when", "poll", "reach", ..] => {
            Some(Columns { reference: Some(0), stratum: 1, reach: 4 })
        }
        ["remote", "local", "st", "poll", "reach", ..] => {
            Some(Columns { reference: None, stratum: 1, reach: 3 })
        }
        _ => None,
    }
}

struct Table {
    columns: Columns,
    heading: u32,
    peers: Vec<Element>,
    /// A peer whose name filled its line: the numbers stand on the next.
    waiting: Option<(Peer, u32)>,
}

struct Peer {
    address: String,
    selected: bool,
}

impl Table {
    fn row(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        if is_legend(text) {
            return;
        }
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let (peer, number) = if let Some(waiting) = self.waiting.take() {
            waiting
        } else {
            let Some((peer, taken)) = peer(&words) else { return };
            words.drain(..taken);
            (peer, number)
        };
        if words.is_empty() {
            self.waiting = Some((peer, number));
        } else if let Some(element) = self.element(&peer, number, &words, sink) {
            self.peers.push(element);
        }
    }

    /// `None` where the words are no numbers of a peer.
    fn element(&self, peer: &Peer, number: u32, words: &[&str], sink: &Sink<'_>) -> Option<Element> {
        let at = |column: usize| words.get(column)?.parse::<i64>().ok();
        let stratum = at(self.columns.stratum)?;
        let mut fields = Fields::default();
        fields.text(sink, "address", number, &peer.address);
        if let Some(reference) = self.columns.reference.and_then(|column| words.get(column)) {
            fields.text(sink, "reference", number, reference);
        }
        fields.add(sink, "stratum", number, Value::Number(stratum));
        if let Some(reach) = at(self.columns.reach) {
            fields.add(sink, "reach", number, Value::Number(reach));
        }
        fields.add(sink, "selected", number, Value::Bool(peer.selected));
        Some(fields.element())
    }
}

/// The peer at the start of a row and the number of words it took: `*~192.0.2.1`, `x~192.0.2.1`, `~2001:db8::1 vrf Mgmt`.
fn peer(words: &[&str]) -> Option<(Peer, usize)> {
    let (mut first, mut taken) = (*words.first()?, 1);
    let mut marks = String::new();
    if first.chars().all(|c| "*#+-x~=".contains(c)) {
        marks.push_str(first);
        first = words.get(1)?;
        taken = 2;
    }
    let address = match first.split_once('~') {
        Some((before, address)) => {
            marks.push_str(before);
            address
        }
        None => first.trim_start_matches(['*', '#', '+', '-', '=']),
    };
    marks.push_str(first.strip_suffix(address).unwrap_or_default());
    if words.get(taken) == Some(&"vrf") {
        taken += 2;
    }
    let peer = Peer { address: address.to_owned(), selected: marks.contains('*') };
    (!address.is_empty() && taken <= words.len()).then_some((peer, taken))
}

/// ` * sys.peer, # selected, + candidate, …`, and the rule under NX-OS headings.
fn is_legend(text: &str) -> bool {
    text.is_empty()
        || text.starts_with("---")
        || text.contains("sys.peer")
        || text.contains("sys_peer")
        || text.contains("candidate")
        || text.contains("peer mode(")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Capture;
    use crate::parse::test_support::read;

    fn status_of(capture: &Capture) -> String {
        let facts = &capture.facts;
        let value = |key| facts.get(key).map(|it| it.value.clone());
        let synchronized = value("ntp.synchronized").map(|it| it == Value::Bool(true));
        let stratum = match value("ntp.stratum") {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        format!("{synchronized:?} {stratum:?} {:?}", facts.text("ntp.reference"))
    }

    #[test]
    fn status_lines() {
        for (text, expected) in [
            (
                "Clock is synchronized, stratum 4, reference is 192.0.2.1   ",
                "Some(true) Some(4) Some(\"192.0.2.1\")",
            ),
            ("Clock is unsynchronized, stratum 16, no reference clock", "Some(false) Some(16) None"),
            ("%NTP is not enabled.", "None None None"),
            ("Distribution : Disabled", "None None None"),
            ("system poll interval is 64, never updated.", "None None None"),
        ] {
            assert_eq!(status_of(&read("show ntp status", text, parse)), expected, "{text}");
        }
    }

    /// `address reference stratum reach selected`, one peer a line.
    fn peers_of(text: &str) -> String {
        let capture = read("show ntp associations", text, parse);
        let Some(Value::List(peers)) = capture.facts.get("ntp.associations").map(|it| it.value.clone())
        else {
            return "no table".to_owned();
        };
        let field = |peer: &Element, name: &str| match peer.get(name).map(|it| it.value.clone()) {
            Some(Value::Text(text)) => text,
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(flag)) => flag.to_string(),
            _ => "?".to_owned(),
        };
        let names = ["address", "reference", "stratum", "reach", "selected"];
        let spell = |peer: &Element| names.map(|name| field(peer, name)).join(" ");
        peers.iter().map(spell).collect::<Vec<_>>().join("\n")
    }

    const IOS: &str = "  address         ref clock       st   when   poll reach  delay  offset   disp\n";

    #[test]
    fn tables_of_every_system() {
        let rows = "*~192.0.2.1       .GPS.            1    611   1024   377  0.000   0.000  1.000\n \
                     ~192.0.2.2       .INIT.          16      -   1024     0  0.000   0.000 15937.\n\
                    x~192.0.2.3       192.0.2.9        3      5     64   377  0.000   0.000  1.000\n \
                     * sys.peer, # selected, + candidate, - outlyer, x falseticker, ~ configured\n";
        assert_eq!(
            peers_of(&format!("{IOS}{rows}")),
            "192.0.2.1 .GPS. 1 377 true\n192.0.2.2 .INIT. 16 0 false\n192.0.2.3 192.0.2.9 3 377 false"
        );
        let xr = "*~2001:db8::1 vrf Mgmt\n                 192.0.2.9   2     1    64   377    7.98  -0.560   0.108\n \
                   * sys_peer, # selected, + candidate\n";
        assert_eq!(peers_of(&format!("{IOS}{xr}")), "2001:db8::1 192.0.2.9 2 377 true");
        let nxos = "Total peers : 2\n* - selected for sync, + -  peer mode(active), \n- - peer mode(passive), = - polled in client mode \n    \
                    remote                local              st  poll  reach   delay   vrf\n\
                    ------------------------------------------------------------------\n\
                    *192.0.2.1            0.0.0.0             8   16    377     0.01311 default\n\
                    =192.0.2.4            0.0.0.0            16   16      0     0.00000 default\n";
        assert_eq!(peers_of(nxos), "192.0.2.1 ? 8 377 true\n192.0.2.4 ? 16 0 false");
        assert_eq!(peers_of(IOS), "");
        assert_eq!(peers_of("no such thing"), "no table");
    }
}
