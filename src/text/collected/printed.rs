//! Documents that a script printed between lines of its own (`Connecting to sw1 …`), as trees whose texts know their lines.

use super::tree::{self, Node};
use super::{json, python};
use crate::base::{Source, glance};

/// The documents of a text, each from the start of a line to the end of one, in order. `None` where there is none, or where a device
/// printed a line beside them.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let text = source.text();
    memchr::memmem::find(text.as_bytes(), br"\n")?;
    let begins = |it: &[u8]| memchr::memmem::find(text.as_bytes(), it).is_some();
    if !begins(b"\n{") && !begins(b"\n[") {
        return None;
    }
    let mut found = Vec::new();
    let (mut rest, mut line) = (text, 1_u32);
    while let Some(first) = glance::first_byte(rest) {
        let length = match first {
            b'{' | b'[' => {
                let (document, length) = json::first(rest, line).or_else(|| python::first(rest, line))?;
                found.push(document);
                length
            }
            _ => 0,
        };
        let (passed, behind) = rest.split_at_checked(length)?;
        let (end, next) = behind.split_once('\n').unwrap_or((behind, ""));
        if tree::is_of_device(end) || (length > 0 && !end.trim().is_empty()) {
            return None;
        }
        let breaks = memchr::memchr_iter(b'\n', passed.as_bytes()).count() + 1;
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        rest = next;
    }
    (!found.is_empty()).then_some(found)
}
