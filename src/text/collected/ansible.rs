//! What a playbook printed: `ok: [sw1] => {"stdout": […]}`, in one line or many, or YAML below `ok: [sw1] =>`; and what one module did
//! (`sw1 | SUCCESS => {…}`). As trees that name their device.

use super::tree::{self, Node};
use super::{json, yaml};
use crate::base::Source;

/// How the results of a device begin.
const STATES: &[&str] = &["ok: [", "changed: [", "fatal: [", "failed: ["];

/// What stands between a device and the result of one module.
const ALONE: &[&str] = &["SUCCESS", "CHANGED", "FAILED!", "UNREACHABLE!"];

/// The results of a text, in order. `None` where a device printed a line beside them, or there is none.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let text = source.text();
    memchr::memmem::find(text.as_bytes(), b" =>")?;
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let this = rest.split('\n').next().unwrap_or_default();
        let length = match result(this) {
            Some((host, body)) => {
                let (document, length) = match body {
                    Body::Json(start) => {
                        json::first(rest.get(start..)?, line).map(|(it, length)| (it, start + length))?
                    }
                    Body::Yaml => below(rest, line, source)?,
                };
                let host = Node::text(line, host);
                found.push(Node::Map(vec![("host".to_owned(), host), ("result".to_owned(), document)]));
                length
            }
            None if tree::is_of_script(this) => this.len(),
            None => return None,
        };
        let passed = rest.get(..length)?;
        // What follows a result on its line is nothing.
        let end = rest.get(length..)?.find('\n').map_or(rest.len(), |it| length + it + 1);
        let breaks = memchr::memchr_iter(b'\n', passed.as_bytes()).count() + usize::from(end > length);
        line += u32::try_from(breaks).unwrap_or(u32::MAX);
        at += end;
    }
    (!found.is_empty()).then_some(found)
}

/// How a result is written.
enum Body {
    /// From this byte of the line on.
    Json(usize),
    /// In the lines below that are indented.
    Yaml,
}

/// The device of a result, and what it is.
fn result(line: &str) -> Option<(&str, Body)> {
    let line = line.trim_end();
    let of_playbook =
        || STATES.iter().find_map(|state| line.strip_prefix(state)).and_then(|rest| rest.split_once(']'));
    let of_module =
        || line.split_once(" | ").filter(|(_, rest)| ALONE.iter().any(|state| rest.starts_with(state)));
    let (host, rest) = of_playbook().or_else(of_module)?;
    if let Some(start) = line.find("=> {") {
        return Some((host, Body::Json(start + "=> ".len())));
    }
    // `ok: [sw1] => changed=false` and `ok: [sw1] => (item=0) =>`.
    let (_, behind) = rest.rsplit_once("=>")?;
    behind.split_whitespace().all(|it| it.contains('=')).then_some((host, Body::Yaml))
}

/// The indented lines below the first one of a text as YAML, and how many bytes they take with it.
fn below(text: &str, line: u32, source: &Source) -> Option<(Node, usize)> {
    let start = text.find('\n')? + 1;
    let lines = text.get(start..)?.split_inclusive('\n');
    let length: usize =
        lines.take_while(|it| it.starts_with(' ') || it.trim().is_empty()).map(str::len).sum();
    let node = yaml::part(text.get(start..start + length)?, line.saturating_add(1), source)?;
    // The end of the last line is left, as behind JSON.
    Some((node, start + length.saturating_sub(1)))
}
