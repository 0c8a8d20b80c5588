//! Lines with the name of their device before each of them (`sw1: Utility:`), as `clush`, `pdsh` and `parallel --tag` print them, those of
//! several devices mixed.

use std::collections::BTreeMap;

use super::tree::Node;
use crate::base::Source;
use crate::text::{logline, script, signature};

/// The lines of a device, each with its number.
struct Spoken<'t> {
    host: &'t str,
    lines: Vec<(u32, String)>,
}

/// The outputs of a text, device by device. `None` where a line has no name before it, where there are not several names, or where what
/// stands behind one shows no output: a log has names before its messages, too.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    // The lines of an output that tell what it is may be gone.
    if source.is_excerpt() {
        return None;
    }
    let mut spoken: Vec<Spoken<'_>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, number) in source.text().lines().zip(1..) {
        if line.is_empty() {
            continue;
        }
        let (host, text) = parts(line)?;
        let at = *places.entry(host).or_insert(spoken.len());
        if at == spoken.len() {
            spoken.push(Spoken { host, lines: Vec::new() });
        }
        spoken.get_mut(at)?.lines.push((number, text.trim_end().to_owned()));
    }
    let is_output = |it: &Spoken<'_>| it.lines.iter().any(|(_, text)| signature::signature(text).is_some());
    let is_log = |it: &Spoken<'_>| it.lines.iter().any(|(_, text)| logline::is_log(text));
    let are_outputs = spoken.iter().all(|it| is_output(it) || !is_log(it));
    let count = spoken.iter().filter(|it| is_output(it)).count();
    (count > 1 && are_outputs).then(|| spoken.into_iter().map(node).collect())
}

/// What stands before and after the first `: ` or tab.
fn parts(line: &str) -> Option<(&str, &str)> {
    let stop = line.find([':', '\t', ' '])?;
    let (host, rest) = line.split_at_checked(stop)?;
    let rest = match rest.strip_prefix('\t') {
        Some(rest) => rest,
        None => rest.strip_prefix(": ").or_else(|| (rest == ":").then_some(""))?,
    };
    script::is_word(host).then_some((host, rest))
}

fn node(spoken: Spoken<'_>) -> Node {
    let host = spoken.lines.first().map_or(1, |(number, _)| *number);
    Node::Map(vec![
        ("host".to_owned(), Node::text(host, spoken.host)),
        ("output".to_owned(), Node::Text(spoken.lines)),
    ])
}
