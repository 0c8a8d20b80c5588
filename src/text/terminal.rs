//! What a terminal shows of a line: escape sequences, backspaces, overwriting CRs and pager prompts carried out.

use std::iter::Peekable;
use std::str::Chars;

/// How pagers ask; IOS and NX-OS, then ASA and AireOS.
const PAGERS: &[&str] = &["--More--", "<--- More --->"];

/// No screen is wider; a larger column in an escape sequence is nonsense.
const WIDEST: usize = 512;

/// A line as shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// Whether a pager prompt stood at its start.
    pub(super) pager: bool,
    /// The rest.
    pub(super) text: String,
}

/// Whether a line holds anything that `show` would change. A CR at its end does not count: it is the line end.
pub(super) fn has_residue(line: &str) -> bool {
    line.bytes().any(|byte| (byte < 0x20 && byte != b'\t') || byte == 0x7f)
        || line.contains("^@")
        || line.contains('\u{9b}')
}

/// Plays a line as a terminal does. A CR starts the line over: what was there before it is gone, as progress counters and
/// pagers mean it. A backspace moves left, and what follows overwrites.
pub(super) fn show(line: &str) -> Shown {
    let mut screen = Screen::default();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => screen.escape(&mut chars),
            '\u{9b}' => screen.control_sequence(&mut chars),
            '\u{8}' => screen.left(1),
            '\r' => screen.restart(),
            '^' if chars.next_if_eq(&'@').is_some() => {}
            '\t' => screen.put('\t'),
            c if c.is_control() => {}
            c => screen.put(c),
        }
    }
    screen.finish()
}

/// Parts a pager prompt at the start from what follows it, where no control byte survived: the ten blanks that wiped the
/// prompt out go with it.
pub(super) fn after_pager(text: &str) -> Option<&str> {
    let start = text.trim_start();
    let rest = PAGERS.iter().find_map(|pager| start.strip_prefix(pager))?;
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    rest.get(if blanks >= 10 { blanks.min(11) } else { blanks.min(1) }..)
}

#[derive(Default)]
struct Screen {
    cells: Vec<char>,
    column: usize,
    /// A CR came, and nothing was written since.
    restarted: bool,
    pager: bool,
    /// Blanks since the last control byte while a pager prompt is being wiped out; they are indentation if text follows.
    wiping: Option<usize>,
}

impl Screen {
    fn put(&mut self, c: char) {
        if let Some(blanks) = &mut self.wiping {
            if c == ' ' {
                *blanks += 1;
                return;
            }
            let blanks = std::mem::take(blanks);
            self.wiping = None;
            self.cells.extend(std::iter::repeat_n(' ', blanks));
            self.column = self.cells.len();
        }
        if std::mem::take(&mut self.restarted) {
            self.cells.clear();
            self.column = 0;
        }
        match self.cells.get_mut(self.column) {
            Some(cell) => *cell = c,
            None => self.cells.push(c),
        }
        self.column += 1;
    }

    /// Every control byte right after a pager prompt is part of wiping it out.
    fn is_wiping(&mut self) -> bool {
        if self.wiping.is_some() || self.shows_pager() {
            self.pager = true;
            self.wiping = Some(0);
            self.cells.clear();
            self.column = 0;
            self.restarted = false;
        }
        self.wiping.is_some()
    }

    fn shows_pager(&self) -> bool {
        self.cells.len() < 24 && {
            let text: String = self.cells.iter().collect();
            PAGERS.contains(&text.trim())
        }
    }

    fn left(&mut self, by: usize) {
        if !self.is_wiping() {
            self.column = self.column.saturating_sub(by);
        }
    }

    fn restart(&mut self) {
        if !self.is_wiping() {
            self.restarted = true;
        }
    }

    /// After ESC: a control sequence, a string such as a window title, or one more character.
    fn escape(&mut self, chars: &mut Peekable<Chars<'_>>) {
        match chars.peek().copied() {
            Some('[') => {
                chars.next();
                self.control_sequence(chars);
            }
            Some(']' | 'P' | 'X' | '^' | '_') => {
                chars.next();
                skip_string(chars);
            }
            Some(' '..='/') => {
                while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
                chars.next_if(|c| matches!(c, '0'..='~'));
            }
            Some('0'..='~') => {
                chars.next();
            }
            _ => {}
        }
    }

    /// After CSI. Only moves within the line and erasing it change what is shown.
    fn control_sequence(&mut self, chars: &mut Peekable<Chars<'_>>) {
        let mut count = 0_usize;
        while let Some(c) = chars.next_if(|c| matches!(c, ' '..='?')) {
            count = c.to_digit(10).map_or(count, |digit| count * 10 + digit as usize).min(WIDEST);
        }
        let last = chars.next_if(|c| matches!(c, '@'..='~'));
        if self.is_wiping() {
            return;
        }
        match last {
            Some('D') => self.left(count.max(1)),
            Some('C') => (0..count.max(1)).for_each(|_| self.put(' ')),
            Some('K') if count == 2 => self.cells.clear(),
            Some('K') if count == 0 && self.restarted => self.cells.clear(),
            Some('K') if count == 0 => self.cells.truncate(self.column),
            _ => {}
        }
        self.column = self.column.min(self.cells.len());
    }

    fn finish(self) -> Shown {
        let text: String = self.cells.iter().collect();
        Shown { pager: self.pager, text }
    }
}

/// Skips to BEL or ST. A string without an end is none: only its introducer goes.
fn skip_string(chars: &mut Peekable<Chars<'_>>) {
    let mut ahead = chars.clone();
    while let Some(c) = ahead.next() {
        let ends = c == '\u{7}' || c == '\u{9c}' || (c == '\u{1b}' && ahead.next_if_eq(&'\\').is_some());
        if ends {
            *chars = ahead;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_shown() {
        for (line, pager, text) in [
            ("a\u{1b}[1;31mred\u{1b}[0m b", false, "ared b"),
            ("\u{1b}]0;sw1 - PuTTY\u{7}sw1#show clock", false, "sw1#show clock"),
            ("\u{1b}(Bplain\u{1b}=", false, "plain"),
            ("a\u{1b}]never ended", false, "anever ended"),
            ("sw1#sh vv\u{8} \u{8}er", false, "sw1#sh ver"),
            ("sw1#sh vr\u{8}er\u{8}", false, "sw1#sh ver"),
            ("10%\r20%\rdone", false, "done"),
            ("Status: OK\r", false, "Status: OK"),
            ("Sta\0tus^@: OK", false, "Status: OK"),
            ("Status: OK\u{1b}[K", false, "Status: OK"),
            ("Status:\u{1b}[2COK", false, "Status:  OK"),
            (
                " --More-- \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}          \
                 \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}  Status: OK",
                true,
                "  Status: OK",
            ),
            (
                " --More-- \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}        \u{8}\u{8}\u{8}\u{8}\u{8}sw1#",
                true,
                "sw1#",
            ),
            ("--More--\r        \rTransport:", true, "Transport:"),
            ("\u{1b}[7m--More--\u{1b}[27m\r\u{1b}[K  Type: Smart", true, "  Type: Smart"),
            ("<--- More --->\r              \r\rLicense Usage", true, "License Usage"),
        ] {
            assert_eq!(show(line), Shown { pager, text: text.into() }, "{line:?}");
        }
    }

    #[test]
    fn pagers_without_control_bytes() {
        for (text, rest) in [
            (" --More-- ", Some("")),
            (" --More--           Transport:", Some("Transport:")),
            (" --More--             Type: Smart", Some("  Type: Smart")),
            ("--More-- Transport:", Some("Transport:")),
            ("Press --More-- now", None),
        ] {
            assert_eq!(after_pager(text), rest, "{text:?}");
        }
    }
}
