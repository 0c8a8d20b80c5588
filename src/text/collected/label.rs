//! What a script printed before a document that does not name its device: `Connecting to sw1 ...`, `INFO sw1: {…}`.

use super::tree::Node;
use crate::text::script;

/// A line with a name in it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Label {
    name: String,
    /// The line without the name.
    around: (String, String),
}

impl Label {
    /// `None` where no word is a name, or several are.
    pub(super) fn of(line: &str) -> Option<Self> {
        let is_around =
            |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '(' | ')' | '[' | ']' | '=' | ',');
        let words = line.split(is_around).map(|it| it.trim_end_matches(['.', ':', '-', '>']));
        let mut names = words.filter(|it| script::is_name(it));
        let name = names.next().filter(|name| names.all(|it| it == *name))?;
        let (before, behind) = line.split_once(name)?;
        let around = (digitless(before), digitless(behind));
        Some(Self { name: name.to_owned(), around })
    }

    /// A document below the name. It may be the device's, or what holds several of them.
    pub(super) fn above(self, document: Node) -> Node {
        Node::Map(vec![(self.name, document)])
    }
}

/// Times and counts differ from line to line.
fn digitless(text: &str) -> String {
    text.chars().filter(|it| !it.is_ascii_digit()).collect()
}

/// Documents with the labels that stand right above them. Only where each has one of its own and there are no more of them: outputs of a
/// script that asks several devices at once may come in any order.
pub(super) fn labelled(documents: Vec<(Option<Label>, Node)>, labels: &[Label]) -> Vec<Node> {
    let is_alike = |it: &Label, other: &Label| it.around == other.around;
    let first = documents.first().and_then(|(label, _)| label.clone());
    let is_of_each = first.is_some_and(|first| {
        documents.iter().all(|(it, _)| it.as_ref().is_some_and(|it| is_alike(it, &first)))
            && labels.iter().filter(|it| is_alike(it, &first)).count() == documents.len()
    });
    let with_label = |(label, document): (Option<Label>, Node)| match label.filter(|_| is_of_each) {
        Some(label) => label.above(document),
        None => document,
    };
    documents.into_iter().map(with_label).collect()
}
