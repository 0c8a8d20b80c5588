//! Numbers that `cat -n`, `nl`, `grep -n` or an editor put before every line.

use super::Line;

/// Fewer lines may count something of their own.
const FEWEST: usize = 4;

/// Cuts the numbers off where every line has one, each one more than that of the line before.
pub(super) fn strip(lines: &mut [Line<'_>]) {
    // From the end, so that the last line tells most texts.
    let mut next = None;
    for line in lines.iter().rev().skip_while(|line| line.text.is_empty()) {
        match number(&line.text) {
            Some((found, _)) if next.is_none_or(|next| found.checked_add(1) == Some(next)) => {
                next = Some(found);
            }
            _ => return,
        }
    }
    if lines.len() < FEWEST || next != Some(1) {
        return;
    }
    for line in lines {
        if let Some((_, end)) = number(&line.text) {
            line.cut(end);
        }
    }
}

/// The number at the start of a line, and the bytes up to what it is the number of. Nothing follows that of an empty line.
fn number(text: &str) -> Option<(u32, usize)> {
    let blanks = text.bytes().take_while(|byte| *byte == b' ').count();
    let digits = text.bytes().skip(blanks).take_while(u8::is_ascii_digit).count();
    let end = blanks + digits;
    let found = text.get(blanks..end)?.parse().ok()?;
    match text.as_bytes().get(end) {
        None => Some((found, end)),
        Some(b'\t' | b':' | b' ' | b'|') => Some((found, end + 1)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line::after;

    fn stripped(text: &str) -> String {
        after(strip, text)
    }

    #[test]
    fn numbers_of_lines_go() {
        for text in [
            "     1\tsw1#show license status\n     2\tUtility:\n     3\n     4\t  Status: x",
            "1:sw1#show license status\n2:Utility:\n3:\n4:  Status: x\n\n",
            "  1 sw1#show license status\n  2 Utility:\n  3\n  4   Status: x",
        ] {
            assert_eq!(stripped(text).trim_end(), "sw1#show license status\nUtility:\n\n  Status: x");
        }
    }

    #[test]
    fn numbers_of_a_table_stay() {
        for text in [
            "1 a\n2 b\n3 c",
            "1 a\n2 b\n4 c\n5 d",
            "sw1#show x\n1 a\n2 b\n3 c\n4 d",
            "100 a\n101 b\n102 c\n103 d",
            "10:00:01 a\n11:00:01 b\n12:00:01 c\n13:00:01 d",
            "4294967295 a\n0 b\n1 c\n2 d",
        ] {
            assert_eq!(stripped(text), text);
        }
    }
}
