//! Whether a pasted text is one of the texts that devices print: failure reasons drift in case, blanks, quotes and wraps
//! between releases and copies (DOMAIN 3.0), and carry values of their own.

/// A text as it is compared: lower case, single blanks, straight quotes, without backslashes, a final full stop, and the UDI
/// that the log appends.
pub(super) fn plain(text: &str) -> String {
    let straight = |c: char| match c {
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let text: String = text.chars().filter(|c| *c != '\\').map(straight).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    let text = text.split(" for udi pid:").next().unwrap_or_default();
    text.trim_matches(['.', ' ']).to_owned()
}

/// How many characters of a known text stand in a pasted one, both plain, the pieces between `<...>` in their order; `None`
/// where one is missing.
pub(super) fn found_in(known: &str, pasted: &str) -> Option<usize> {
    let mut rest = pasted;
    let mut length = 0;
    for piece in pieces(known) {
        rest = rest.split_once(piece)?.1;
        length += piece.len();
    }
    (length > 0).then_some(length)
}

/// The fixed pieces of a text with place-holders.
fn pieces(known: &str) -> impl Iterator<Item = &str> {
    known.split('<').enumerate().filter_map(|(number, part)| {
        let fixed = if number == 0 { part } else { part.split_once('>').map_or(part, |(_, after)| after) };
        Some(fixed.trim()).filter(|piece| !piece.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_plain() {
        for (text, result) in [
            ("Waiting  for\n   reply.", "waiting for reply"),
            ("\u{201c}Waiting\u{201d}", "\"waiting\""),
            (r#"{\"token\":[\"x\"]}"#, r#"{"token":["x"]}"#),
            ("send error for udi PID:C9300,SN:F1", "send error"),
        ] {
            assert_eq!(plain(text), result, "{text}");
        }
    }

    #[test]
    fn place_holders_stand_for_anything() {
        for (known, pasted, found) in [
            ("the device date '<ms>' is offset", "{[\"the device date '12' is offset beyond", Some(28)),
            ("waiting for reply", "failure reason: waiting for reply", Some(17)),
            ("waiting for reply", "waiting", None),
            ("a <x> b", "b a", None),
            ("<none>", "anything", None),
        ] {
            assert_eq!(found_in(known, pasted), found, "{known} in {pasted}");
        }
    }
}
