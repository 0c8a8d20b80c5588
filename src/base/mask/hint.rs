//! Words that tell at little cost that a line may hold a secret.

/// One of these stands in every line with a secret that words introduce. Lower-case.
const HINTS: &[&str] = &[
    "token",
    "passw",
    "passphrase",
    "secret",
    "key",
    "psk",
    "snmp-server",
    "auth md5",
    "auth sha",
    "authentication",
    "priv ",
];

/// Whether a hint stands anywhere in a line. Three letters rule out nearly every place.
pub(super) fn is_in(line: &str) -> bool {
    let bytes = line.as_bytes();
    let begins = |rest: &[u8], hint: &str| {
        rest.get(..hint.len()).is_some_and(|start| start.eq_ignore_ascii_case(hint.as_bytes()))
    };
    let mut letters = 0;
    bytes.iter().enumerate().any(|(at, byte)| {
        letters = with_letter(letters, *byte);
        HINT_BEGINS.get(letters / 64).is_some_and(|some| some & (1 << (letters % 64)) != 0)
            && bytes
                .get(at.saturating_sub(2)..)
                .is_some_and(|rest| HINTS.iter().any(|hint| begins(rest, hint)))
    })
}

/// A bit for every three letters, by `with_letter`: whether a hint begins with them.
static HINT_BEGINS: [u64; 512] = hint_begins();

#[expect(clippy::indexing_slicing, reason = "worked out by the compiler")]
const fn hint_begins() -> [u64; 512] {
    let mut begins = [0; 512];
    let mut at = 0;
    while at < HINTS.len() {
        let hint = HINTS[at].as_bytes();
        let letters = with_letter(with_letter(with_letter(0, hint[0]), hint[1]), hint[2]);
        begins[letters / 64] |= 1 << (letters % 64);
        at += 1;
    }
    begins
}

/// The last three letters as one number, whatever their case; other bytes share the numbers of letters.
const fn with_letter(letters: usize, byte: u8) -> usize {
    (letters << 5 | byte as usize & 31) & 0x7fff
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn hints_are_found_anywhere_in_any_case() {
        for line in [
            "key",
            "license smart register idToken x",
            "ppSK",
            "neighbor 192.0.2.1 PASSWORD 7 x",
            "snmp-server community x",
            "a priv aes 128 x",
            "\u{fffd}secret",
        ] {
            assert!(is_in(line), "{line}");
        }
        for line in ["", "k", "ke", "kez", "toke", "snmp server", "Status: REGISTERED", "private"] {
            assert!(!is_in(line), "{line}");
        }
    }
}
