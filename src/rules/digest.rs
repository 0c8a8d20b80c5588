//! SHA-256 of rule texts: tells which rules judged. The build script reads this file too.

use sha2::{Digest, Sha256};

/// The digest of one text. Line ends do not count, so that a checkout with CRLF has the same rules.
pub(super) fn of_text(text: &str) -> [u8; 32] {
    Sha256::digest(text.replace("\r\n", "\n").as_bytes()).into()
}

/// The digest of a set of rules, hexadecimal: ids with the digests of their texts, in order of id.
pub(super) fn of_set<'r>(rules: impl Iterator<Item = (&'r str, &'r [u8; 32])>) -> String {
    let mut all = Sha256::new();
    for (id, text) in rules {
        all.update(id.as_bytes());
        all.update([0]);
        all.update(text);
    }
    let bytes: [u8; 32] = all.finalize().into();
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|it| char::from_digit(it.into(), 16))
        .collect()
}
