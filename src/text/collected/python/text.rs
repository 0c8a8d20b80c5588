//! Texts as Python prints them, which may stand in several pieces (`'one\n' 'two'`).

use super::{Node, Reader};

/// What is read of a text so far.
#[derive(Default)]
struct Lines {
    /// Each with the 1-based line on which it begins.
    whole: Vec<(u32, String)>,
    /// The one that goes on, and where it began.
    last: String,
    began: Option<u32>,
}

impl Lines {
    fn add(&mut self, text: &str, line: u32) {
        self.began.get_or_insert(line);
        self.last.push_str(text);
    }

    fn end_line(&mut self, line: u32) {
        let began = self.began.take().unwrap_or(line);
        let last = std::mem::take(&mut self.last);
        self.whole.push((began, last.trim_end().to_owned()));
    }

    fn into_node(mut self, line: u32) -> Node {
        if !self.last.is_empty() || self.whole.is_empty() {
            self.end_line(line);
        }
        Node::Text(self.whole)
    }
}

/// Whether a text comes next.
pub(super) fn is_next(reader: &Reader<'_>) -> bool {
    opening(reader).is_some()
}

/// All pieces of a text. `None` where one has no end.
pub(super) fn text(reader: &mut Reader<'_>) -> Option<Node> {
    let mut lines = Lines::default();
    let line = reader.line;
    while let Some(quote) = opening(reader) {
        piece(reader, quote, &mut lines)?;
        reader.skip_blanks();
    }
    Some(lines.into_node(line))
}

/// The quote with which a piece begins; that of bytes has a letter before it.
fn opening(reader: &Reader<'_>) -> Option<char> {
    let text = reader.rest.strip_prefix(['b', 'u']).unwrap_or(reader.rest);
    text.chars().next().filter(|it| matches!(it, '\'' | '"'))
}

fn piece(reader: &mut Reader<'_>, quote: char, lines: &mut Lines) -> Option<()> {
    reader.pass(reader.rest.find(quote)? + 1)?;
    loop {
        let line = reader.line;
        let length = reader.rest.find([quote, '\\', '\n'])?;
        let plain = reader.pass(length)?;
        if !plain.is_empty() {
            lines.add(plain, line);
        }
        match reader.rest.chars().next()? {
            '\\' => escape(reader, lines)?,
            // No text that is printed goes over the end of a line.
            '\n' => return None,
            _ => return reader.pass(1).map(drop),
        }
    }
}

fn escape(reader: &mut Reader<'_>, lines: &mut Lines) -> Option<()> {
    reader.pass(1)?;
    let sign = reader.rest.chars().next()?;
    let line = reader.line;
    reader.pass(sign.len_utf8())?;
    match sign {
        'n' => lines.end_line(line),
        'r' => {}
        't' => lines.add("\t", line),
        'x' => code(reader, 2, lines)?,
        'u' => code(reader, 4, lines)?,
        'U' => code(reader, 8, lines)?,
        '\\' | '\'' | '"' => lines.add(sign.encode_utf8(&mut [0; 4]), line),
        _ => return None,
    }
    Some(())
}

/// The character of so many hexadecimal digits. A control character would be residue: it becomes a blank.
fn code(reader: &mut Reader<'_>, digits: usize, lines: &mut Lines) -> Option<()> {
    let line = reader.line;
    let number = u32::from_str_radix(reader.pass(digits)?, 16).ok()?;
    let c = char::from_u32(number).filter(|c| !c.is_control()).unwrap_or(' ');
    lines.add(c.encode_utf8(&mut [0; 4]), line);
    Some(())
}
