//! What bytes tell of a line at a glance, before anything looks at its characters. Nearly every line of a capture is of no interest
//! to nearly every question, and the answers here say so in a few instructions. They are those of the slow ways, always.

/// The first byte of a text without leading blanks, as `trim_start` leaves it.
#[inline]
pub(crate) fn first_byte(text: &str) -> Option<u8> {
    trim_start(text).bytes().next()
}

/// The same as the method of this name.
#[inline]
pub(crate) fn trim_start(text: &str) -> &str {
    let text = text.trim_ascii_start();
    match text.bytes().next() {
        Some(first) if !first.is_ascii_graphic() => text.trim_start(),
        _ => text,
    }
}

/// The same as the method of this name.
#[inline]
pub(crate) fn trim(text: &str) -> &str {
    let text = text.trim_ascii();
    match text.as_bytes() {
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Whether `test` gives something other than 0 for any byte; it gives 0 for a blank. Sixteen bytes are tested at once, which works only
/// with comparisons joined by `|` and `&`: what decides early (`||`, `matches!`) is done byte by byte.
#[inline]
pub(crate) fn any_byte(bytes: &[u8], test: impl Fn(u8) -> u8 + Copy) -> bool {
    let in_block = |block: &[u8; 16]| {
        let mut found = [0; 16];
        for (to, byte) in found.iter_mut().zip(block) {
            *to = test(*byte);
        }
        found.iter().fold(0, |all, it| all | it) != 0
    };
    let mut short = [b' '; 16];
    // The last block overlaps the one before it where the length is no multiple.
    let last = bytes.last_chunk().unwrap_or_else(|| {
        for (to, byte) in short.iter_mut().zip(bytes) {
            *to = *byte;
        }
        &short
    });
    bytes.as_chunks().0.iter().any(in_block) || in_block(last)
}

/// The same as the method of this name, for words that are no blanks. The method prepares a search anew in every call, which costs
/// more than a line is long.
#[inline]
pub(crate) fn find(text: &str, words: &str) -> Option<usize> {
    let blanks = words.bytes().position(|byte| byte != b' ')?;
    let first = words.as_bytes().get(blanks)?;
    let starts = memchr::memchr_iter(*first, text.as_bytes()).filter_map(|at| at.checked_sub(blanks));
    let is_one = |at: &usize| text.as_bytes().get(*at..).is_some_and(|it| it.starts_with(words.as_bytes()));
    { starts }.find(is_one)
}

/// The same as the method of this name, for words that are no blanks.
#[inline]
pub(crate) fn split_once<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text, words)?;
    Some((text.get(..at)?, text.get(at + words.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_says_what_a_close_look_does() {
        let blanks = ["", " ", "  ", "\t", " \t ", "\u{b}", "\u{a0}", "\u{3000} ", "\r\n", "\u{1f}", "\0"];
        for before in blanks {
            for text in ["", "a", "!", "a b", "ä", "aä", "äa", "<none>", "\u{1b}[K"] {
                for after in blanks {
                    let line = format!("{before}{text}{after}");
                    assert_eq!(first_byte(&line), line.trim_start().bytes().next(), "{line:?}");
                    assert_eq!(trim_start(&line), line.trim_start(), "{line:?}");
                    assert_eq!(trim(&line), line.trim(), "{line:?}");
                }
            }
        }
    }

    #[test]
    fn words_are_found_where_they_are() {
        for words in ["up", " up ", "  a", "ä", "abab", " "] {
            for text in ["", "up", " up", "sw1 up 4 up ", "  up ", "   a", "xä ä", "ababab", "aabab", "a"] {
                let expected = text.find(words).filter(|_| words != " ");
                assert_eq!(find(text, words), expected, "{text} {words}");
                let expected = text.split_once(words).filter(|_| words != " ");
                assert_eq!(split_once(text, words), expected, "{text} {words}");
            }
        }
    }

    #[test]
    fn every_byte_is_looked_at() {
        for length in 0..70 {
            let mut bytes = vec![b'a'; length];
            assert!(!any_byte(&bytes, |byte| u8::from(byte == b'x')));
            for at in 0..length {
                bytes[at] = b'x';
                assert!(any_byte(&bytes, |byte| u8::from(byte == b'x')), "{at} of {length}");
                bytes[at] = b'a';
            }
        }
    }
}
