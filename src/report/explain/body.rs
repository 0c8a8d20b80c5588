//! The text of a page's section: paragraphs, lists, numbered steps, and commands, which are indented by four blanks or more.

use crate::report::text::{Page, Tone};

/// What a line of a section begins.
enum Block {
    Nothing,
    Paragraph(String),
    /// Its mark and text.
    Item(String, String),
}

/// Writes a section. Wrapped lines of a paragraph or item are joined; commands stay as they are.
pub(super) fn write(page: &mut Page<'_>, indent: usize, text: &str) {
    let mut block = Block::Nothing;
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("    ") {
            end(page, indent, &mut block);
            page.command(indent + 3, command);
        } else if line.trim().is_empty() {
            end(page, indent, &mut block);
            page.gap();
        } else {
            block = go_on(page, indent, block, line);
        }
    }
    end(page, indent, &mut block);
}

fn go_on(page: &mut Page<'_>, indent: usize, block: Block, line: &str) -> Block {
    if let Some((mark, text)) = item(line) {
        end(page, indent, &mut { block });
        return Block::Item(mark.to_owned(), text.to_owned());
    }
    match block {
        Block::Nothing => Block::Paragraph(line.trim().to_owned()),
        Block::Paragraph(text) => Block::Paragraph(format!("{text} {}", line.trim())),
        Block::Item(mark, text) => Block::Item(mark, format!("{text} {}", line.trim())),
    }
}

/// `- text` or `1. text`.
fn item(line: &str) -> Option<(&str, &str)> {
    let (mark, text) = line.split_once(' ')?;
    let number = mark.strip_suffix('.').is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    (mark == "-" || (number && mark.len() > 1)).then_some((mark, text))
}

fn end(page: &mut Page<'_>, indent: usize, block: &mut Block) {
    match std::mem::replace(block, Block::Nothing) {
        Block::Nothing => {}
        Block::Paragraph(text) => page.paragraph(indent, Tone::Plain, &effect(&text)),
        Block::Item(mark, text) => page.hanging(indent, (Tone::Plain, &mark), Tone::Plain, &effect(&text)),
    }
}

/// The marks of steps are written short, and shown as those of rules are.
pub(super) fn effect(text: &str) -> String {
    text.replace("[config]", "[changes config]")
}
