//! The rows of the table by name, laid out when the program is compiled: rules ask for them hundreds of times a device, and a
//! table of hashes answers in a third of the time of a map that is filled at run time.

use super::Key;
use super::table::KEYS;

/// Places for rows, a power of two. At least half of them are free, so that a search ends soon.
const PLACES: usize = 512;

const _: () = assert!(KEYS.len() * 2 <= PLACES, "the index of keys is too small: double PLACES");

/// At each place the number of a row, counted from 1, or 0. A row stands at the place of its hash or, where that is taken, at the
/// next one that is free.
static ROWS: [u16; PLACES] = rows();

/// The row of exactly this name.
pub(super) fn row(name: &str) -> Option<&'static Key> {
    let mut place = place(name.as_bytes());
    loop {
        let number = usize::from(*ROWS.get(place)?);
        let key = KEYS.get(number.checked_sub(1)?)?;
        if key.name == name {
            return Some(key);
        }
        place = after(place);
    }
}

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "worked out by the compiler")]
const fn rows() -> [u16; PLACES] {
    let mut rows = [0; PLACES];
    let mut number = 0;
    while number < KEYS.len() {
        let mut place = place(KEYS[number].name.as_bytes());
        while rows[place] != 0 {
            place = after(place);
        }
        number += 1;
        rows[place] = number as u16;
    }
    rows
}

const fn after(place: usize) -> usize {
    (place + 1) % PLACES
}

/// The place where the search for a name begins.
const fn place(name: &[u8]) -> usize {
    let mut hash = 0;
    let mut rest = name;
    while let Some((word, after)) = rest.split_first_chunk() {
        hash = mixed(hash, u64::from_le_bytes(*word));
        rest = after;
    }
    while let Some((byte, after)) = rest.split_first() {
        hash = mixed(hash, u64::from_le_bytes([*byte, 0, 0, 0, 0, 0, 0, 0]));
        rest = after;
    }
    // The upper bits depend on all bytes.
    (hash >> 48) as usize % PLACES
}

/// A hash with eight more bytes, as `rustc-hash` mixes them.
const fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::{KEYS, row};

    #[test]
    fn every_row_is_found_by_its_name() {
        for key in KEYS {
            assert_eq!(row(key.name).map(|it| it.name), Some(key.name));
        }
        for name in ["", "license", "license.era.", "license.erb", "License.era"] {
            assert!(row(name).is_none(), "{name}");
        }
    }
}
