//! Lines to a tree: a line is the parent of the deeper indented lines after it, whatever the width of a step is.

use super::lines::Kept;
use crate::facts::ConfigLine;
use crate::parse::Sink;

/// Builds the tree. Blocks that are indented as a whole, or whose first line is deeper than the next, keep their order.
pub(super) fn tree(kept: &[Kept<'_>], sink: &Sink<'_>) -> Vec<ConfigLine> {
    let mut roots = Vec::new();
    let mut open: Vec<(usize, ConfigLine)> = Vec::new();
    for line in kept {
        close(&mut open, &mut roots, line.indent);
        let place = sink.place(line.number);
        let text = if *place.text == *line.text { place.text.clone() } else { line.text.into() };
        open.push((line.indent, ConfigLine { text, place, children: Vec::new() }));
    }
    close(&mut open, &mut roots, 0);
    roots
}

/// Ends every open line that is not less indented than the next one.
fn close(open: &mut Vec<(usize, ConfigLine)>, roots: &mut Vec<ConfigLine>, indent: usize) {
    while open.last().is_some_and(|(at, _)| *at >= indent) {
        let Some((_, line)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(line),
            None => roots.push(line),
        }
    }
}
