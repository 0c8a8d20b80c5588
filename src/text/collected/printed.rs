//! Documents that a script printed between lines of its own (`Connecting to sw1 …`), as trees whose texts know their lines.

use super::label::{self, Label};
use super::tree::{self, Node};
use super::{json, python};
use crate::base::Source;

/// How a document may begin behind other words on its line.
const BEGINNINGS: &[&str] = &["{'", "{\"", "[{"];

/// The documents of a text, each from its beginning to the end of a line, in order. `None` where there is none, or where a device
/// printed a line beside them.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let text = source.text();
    memchr::memmem::find(text.as_bytes(), br"\n")?;
    let begins = |it: &str| memchr::memmem::find(text.as_bytes(), it.as_bytes()).is_some();
    if !begins("\n{") && !begins("\n[") && !BEGINNINGS.iter().any(|it| begins(it)) {
        return None;
    }
    let mut found = Vec::new();
    let mut labels: Vec<Label> = Vec::new();
    let mut above: Option<Label> = None;
    let (mut rest, mut line) = (text, 1_u32);
    while !rest.is_empty() {
        let this = rest.split('\n').next().unwrap_or_default();
        let mut length = 0;
        if let Some(start) = beginning(this) {
            let (document, size) = at(rest.get(start..)?, line)?;
            let before = this.get(..start).unwrap_or_default();
            if tree::is_of_device(before) {
                return None;
            }
            match Label::of(before) {
                Some(label) => found.push((None, label.above(document))),
                None => found.push((above.take(), document)),
            }
            length = start + size;
        } else if !this.trim().is_empty() {
            above = Label::of(this);
            labels.extend(above.clone());
        }
        let (passed, behind) = rest.split_at_checked(length)?;
        let (end, next) = behind.split_once('\n').unwrap_or((behind, ""));
        if !tree::is_of_script(end) || (length > 0 && !end.trim().is_empty()) {
            return None;
        }
        let breaks = memchr::memchr_iter(b'\n', passed.as_bytes()).count() + 1;
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        rest = next;
    }
    (!found.is_empty()).then(|| label::labelled(found, &labels))
}

/// Where a document begins in a line: at its start, or behind words that may name its device. `[INFO] …` begins none.
fn beginning(line: &str) -> Option<usize> {
    let text = line.trim();
    let is_list = text == "[" || ["['", "[\"", "[{", "[[", "[("].iter().any(|it| text.starts_with(it));
    if text.starts_with('{') || is_list {
        return Some(line.len() - line.trim_start().len());
    }
    let start = BEGINNINGS.iter().filter_map(|it| line.find(it)).min()?;
    line.get(..start).filter(|before| before.ends_with([' ', ':', '='])).map(str::len)
}

fn at(text: &str, line: u32) -> Option<(Node, usize)> {
    json::first(text, line).or_else(|| python::first(text, line))
}
