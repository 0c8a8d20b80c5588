//! The table of keys, a row for each: `licensing` has what the licensing agent and the tables of licences print, `system` the rest.

mod licensing;
mod system;

pub(super) use self::licensing::EXCHANGE;
use self::licensing::LICENSING;
use self::system::SYSTEM;
use super::{Key, Kind};

/// Every key that a parser writes and a rule may name.
pub const KEYS: &[Key] =
    &joined::<{ SYSTEM.len() + LICENSING.len() + EXCHANGE.len() }>([SYSTEM, LICENSING, EXCHANGE]);

/// The rooms as one table of `N` rows.
#[expect(clippy::indexing_slicing, reason = "worked out by the compiler")]
const fn joined<const N: usize>(rooms: [&[Key]; 3]) -> [Key; N] {
    let mut rows = [SYSTEM[0]; N];
    let (mut room, mut taken) = (0, 0);
    while room < rooms.len() {
        let mut at = 0;
        while at < rooms[room].len() {
            rows[taken] = rooms[room][at];
            (at, taken) = (at + 1, taken + 1);
        }
        room += 1;
    }
    rows
}

const VERSION: &[&str] = &["show version"];
const CONFIG: &[&str] = &["show running-config"];
const SMART_CALL_HOME: &[&str] = &["show call-home smart-licensing"];

const fn text(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Text, doc, shown_by }
}
const fn number(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Number, doc, shown_by }
}
const fn flag(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Bool, doc, shown_by }
}
const fn time(name: &'static str, doc: &'static str, shown_by: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Time, doc, shown_by }
}
const fn list(
    name: &'static str,
    fields: &'static [&'static str],
    doc: &'static str,
    shown_by: &'static [&'static str],
) -> Key {
    Key { name, kind: Kind::List(fields), doc, shown_by }
}
