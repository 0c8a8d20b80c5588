//! What Python prints of its dictionaries and lists, on one line or by `pprint`, as trees whose texts know their lines.

mod text;

use super::tree::Node;
use crate::base::Source;

/// No document of a script is nested deeper.
const DEEPEST: usize = 24;

/// The documents of a text, one or one behind the other. `None` where it is not what Python prints to its end, or holds no text of
/// several lines.
pub(super) fn documents(source: &Source) -> Option<Vec<Node>> {
    let text = source.text();
    memchr::memmem::find(text.as_bytes(), br"\n")?;
    let mut reader = Reader { rest: text, line: 1 };
    let mut documents = Vec::new();
    loop {
        reader.skip_blanks();
        if reader.rest.is_empty() {
            return Some(documents);
        }
        let is_container = reader.rest.starts_with(['{', '[', '(']);
        documents.push(reader.value(0).filter(|_| is_container)?.into_node());
    }
}

/// The first document of a text whose first line has this number in the original, and how many bytes it takes.
pub(super) fn first(text: &str, line: u32) -> Option<(Node, usize)> {
    let mut reader = Reader { rest: text, line };
    let document = reader.value(0)?.into_node();
    Some((document, text.len() - reader.rest.len()))
}

/// A value as it was read.
enum Value {
    Node(Node),
    /// `('sw1', …)`: of such pairs a dictionary is made.
    Pair(String, Node),
}

impl Value {
    fn into_node(self) -> Node {
        match self {
            Self::Node(node) => node,
            Self::Pair(name, node) => Node::Map(vec![(name, node)]),
        }
    }
}

/// Reads from the front, and counts lines on the way.
struct Reader<'t> {
    rest: &'t str,
    /// The 1-based line on which the rest begins.
    line: u32,
}

impl<'t> Reader<'t> {
    /// Goes on by so many bytes, and returns them.
    fn pass(&mut self, bytes: usize) -> Option<&'t str> {
        let (passed, rest) = self.rest.split_at_checked(bytes)?;
        let breaks = memchr::memchr_iter(b'\n', passed.as_bytes()).count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.rest = rest;
        Some(passed)
    }

    fn skip_blanks(&mut self) {
        self.pass(self.rest.len() - self.rest.trim_start().len());
    }

    /// Whether this comes next, behind blanks. Then it is passed.
    fn takes(&mut self, sign: char) -> bool {
        self.skip_blanks();
        let takes = self.rest.starts_with(sign);
        if takes {
            self.pass(sign.len_utf8());
        }
        takes
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        if self.takes('{') {
            return self.entries(depth).map(|it| Value::Node(Node::Map(it)));
        }
        if self.takes('[') {
            return self.elements(']', depth).map(|it| Value::Node(list(it)));
        }
        if self.takes('(') {
            return self.elements(')', depth).map(tuple);
        }
        if text::is_next(self) { text::text(self) } else { self.name(depth) }.map(Value::Node)
    }

    /// The entries of a dictionary up to its end, in their order. A set has elements: they are nobody's.
    fn entries(&mut self, depth: usize) -> Option<Vec<(String, Node)>> {
        let mut entries = Vec::new();
        while !self.takes('}') {
            let key = self.value(depth + 1)?.into_node();
            if self.takes(':') {
                let value = self.value(depth + 1)?.into_node();
                entries.push((key.word().unwrap_or_default().to_owned(), value));
            }
            if !self.takes(',') {
                return self.takes('}').then_some(entries);
            }
        }
        Some(entries)
    }

    fn elements(&mut self, end: char, depth: usize) -> Option<Vec<Value>> {
        let mut elements = Vec::new();
        while !self.takes(end) {
            elements.push(self.value(depth + 1)?);
            // `name=value` is an argument; the name says nothing that is asked here.
            if self.takes('=') {
                elements.pop();
                elements.push(self.value(depth + 1)?);
            }
            if !self.takes(',') {
                return self.takes(end).then_some(elements);
            }
        }
        Some(elements)
    }

    /// A number, `None`, or what a class prints of itself: `OrderedDict([…])`, `defaultdict(<class 'list'>, {…})`.
    fn name(&mut self, depth: usize) -> Option<Node> {
        if self.rest.starts_with('<') {
            self.pass(self.rest.find('>')? + 1)?;
            return Some(Node::Other);
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
        let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        self.pass(length).filter(|it| !it.is_empty())?;
        if !self.rest.starts_with('(') {
            return Some(Node::Other);
        }
        self.takes('(');
        self.elements(')', depth).map(list)
    }
}

/// A list; of nothing but pairs it is a dictionary.
fn list(elements: Vec<Value>) -> Node {
    if elements.iter().all(|it| matches!(it, Value::Pair(..))) {
        let pair = |it| match it {
            Value::Pair(name, node) => Some((name, node)),
            Value::Node(_) => None,
        };
        return Node::Map(elements.into_iter().filter_map(pair).collect());
    }
    Node::List(elements.into_iter().map(Value::into_node).collect())
}

fn tuple(elements: Vec<Value>) -> Value {
    let mut nodes: Vec<Node> = elements.into_iter().map(Value::into_node).collect();
    match nodes.as_slice() {
        [name, _] if name.word().is_some() => {
            let (second, first) = (nodes.pop(), nodes.pop());
            let name = first.as_ref().and_then(Node::word).unwrap_or_default().to_owned();
            Value::Pair(name, second.unwrap_or(Node::Other))
        }
        _ => Value::Node(Node::List(nodes)),
    }
}
