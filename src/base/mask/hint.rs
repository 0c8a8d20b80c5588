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

/// Whether a hint stands anywhere in a line. Two letters rule out most places.
pub(super) fn is_in(line: &str) -> bool {
    let bytes = line.as_bytes();
    let may_begin = |first: u8, second: u8| HINT_BEGINS.get(of_pair(first, second)) == Some(&true);
    let begins = |rest: &[u8], hint: &str| {
        rest.get(..hint.len()).is_some_and(|start| start.eq_ignore_ascii_case(hint.as_bytes()))
    };
    bytes.windows(2).enumerate().any(|(at, pair)| {
        matches!(pair, [first, second] if may_begin(*first, *second))
            && bytes.get(at..).is_some_and(|rest| HINTS.iter().any(|hint| begins(rest, hint)))
    })
}

/// Whether a hint begins with two letters, by `of_pair`.
static HINT_BEGINS: [bool; 1 << 10] = hint_begins();

#[expect(clippy::indexing_slicing, reason = "worked out by the compiler")]
const fn hint_begins() -> [bool; 1 << 10] {
    let mut begins = [false; 1 << 10];
    let mut at = 0;
    while at < HINTS.len() {
        let hint = HINTS[at].as_bytes();
        begins[of_pair(hint[0], hint[1])] = true;
        at += 1;
    }
    begins
}

/// Two letters as one number, whatever their case; other bytes share the numbers of letters.
const fn of_pair(first: u8, second: u8) -> usize {
    ((first as usize & 31) << 5) | (second as usize & 31)
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
