//! What a playbook printed: `ok: [sw1] => {"stdout": […]}`, in one line or many, as trees that name their device.

use super::json;
use super::tree::Node;
use crate::base::Source;

/// How the lines of a playbook begin that are no result.
const OTHER: &[&str] =
    &["PLAY ", "TASK ", "RUNNING HANDLER ", "[WARNING]", "skipping: [", "included: ", "...ignoring"];

/// The results of a text, in order. `None` where it holds any line that no playbook prints, or no result.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let text = source.text();
    memchr::memmem::find(text.as_bytes(), b"] => {")?;
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let this = rest.split('\n').next().unwrap_or_default();
        let length = match result(this) {
            Some((host, start)) => {
                let (document, length) = json::first(rest.get(start..)?, line)?;
                let host = Node::text(line, host);
                found.push(Node::Map(vec![("host".to_owned(), host), ("result".to_owned(), document)]));
                start + length
            }
            None if is_other(this) => this.len(),
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

/// The device of a result, and where its JSON begins in the line.
fn result(line: &str) -> Option<(&str, usize)> {
    const STATES: &[&str] = &["ok: [", "changed: [", "fatal: ["];
    let rest = STATES.iter().find_map(|state| line.strip_prefix(state))?;
    let (host, _) = rest.split_once(']')?;
    let start = line.find("=> {")? + "=> ".len();
    Some((host, start))
}

/// A line between results: the names of plays and tasks, and the counts in the end (`sw1 : ok=2 changed=0 …`).
fn is_other(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.contains(": ok=") || OTHER.iter().any(|start| line.starts_with(start))
}
