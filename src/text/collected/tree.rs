//! A document as a tree, and the outputs in it.

use super::{Output, command_of, host};
use crate::text::{logline, prompt, signature};

/// A part of a document.
pub(super) enum Node {
    /// The lines of a text, each with its 1-based number in the original.
    Text(Vec<(u32, String)>),
    List(Vec<Node>),
    /// Entries in their order.
    Map(Vec<(String, Node)>),
    /// Numbers and the like.
    Other,
}

/// Keys beside an output that name its command.
const COMMAND_KEYS: &[&str] = &["command", "cmd", "show", "cli", "input", "command_name"];

/// Keys of the list of commands beside a list of outputs.
const COMMAND_LISTS: &[&str] = &["commands", "command_list", "cmds"];

/// Keys of what a device printed.
const OUTPUT_KEYS: &[&str] = &[
    "output",
    "outputs",
    "stdout",
    "result",
    "results",
    "response",
    "responses",
    "text",
    "raw",
    "content",
    "data",
];

/// Fewer lines than these are an output only where the document says that they are one.
const FEWEST_LINES: usize = 3;

impl Node {
    /// A text all of whose lines are on one line of the original.
    pub(super) fn text(line: u32, text: &str) -> Self {
        let text = text.strip_suffix('\n').unwrap_or(text);
        Self::Text(text.split('\n').map(|it| (line, it.trim_end().to_owned())).collect())
    }

    /// A text whose lines are lines of the original.
    pub(super) fn block(first: u32, text: &str) -> Self {
        let lines = text.strip_suffix('\n').unwrap_or(text).split('\n').zip(0..);
        Self::Text(lines.map(|(it, index)| (first.saturating_add(index), it.trim_end().to_owned())).collect())
    }

    /// A text of one line.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Text(lines) => match lines.as_slice() {
                [(_, text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    fn entry(&self, keys: &[&str]) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(key, _)| is_one_of(key, keys)).map(|(_, value)| value)
    }
}

/// What is known where a part of a document stands.
#[derive(Clone, Default)]
struct Above {
    /// As `Output::hosts`.
    hosts: Vec<String>,
    /// Whether the last of them was named outright.
    is_told: bool,
    command: Option<String>,
    /// Whether the key says that it is an output.
    is_output: bool,
}

/// Adds the outputs of a document in their order. `None` where a text is one message of a log: the fields around it matter, and
/// this is not the reader for them.
pub(super) fn outputs(document: Node, found: &mut Vec<Output>) -> Option<()> {
    visit(document, &Above::default(), found)
}

fn visit(node: Node, above: &Above, found: &mut Vec<Output>) -> Option<()> {
    match node {
        Node::Map(_) => map(node, above, found),
        Node::List(elements) => list(elements, &[], above, found),
        Node::Text(lines) => text(lines, above, found),
        Node::Other => Some(()),
    }
}

fn map(node: Node, above: &Above, found: &mut Vec<Output>) -> Option<()> {
    let mut here = above.clone();
    // What the document calls a device is one, whatever it is called: else its outputs would be taken for those of another.
    if let Some(host) = host::told(&node) {
        (here.hosts, here.is_told) = (vec![host.to_owned()], true);
    } else if here.hosts.is_empty()
        && let Some(host) = host::maybe(&node)
    {
        here.hosts.push(host.to_owned());
    }
    if let Some(command) = node.entry(COMMAND_KEYS).and_then(Node::word).and_then(command_of) {
        here.command = Some(command);
    }
    let commands = commands_of(&node);
    let Node::Map(entries) = node else { return Some(()) };
    let keys: Vec<String> = entries.iter().map(|(key, _)| key.clone()).collect();
    for (key, value) in entries {
        // `stdout_lines` says again what `stdout` says.
        if key.strip_suffix("_lines").is_some_and(|whole| keys.iter().any(|it| it == whole)) {
            continue;
        }
        let below = below(&here, &key, &value);
        match value {
            Node::List(elements) => list(elements, &commands, &below, found)?,
            value => visit(value, &below, found)?,
        }
    }
    Some(())
}

/// What a key adds to what is known.
fn below(here: &Above, key: &str, value: &Node) -> Above {
    let mut below = here.clone();
    if let Some(command) = command_of(key) {
        (below.command, below.is_output) = (Some(command), true);
    } else if is_output_key(key) || key.ends_with("_lines") {
        below.is_output = true;
    } else if !here.is_told && may_be_host(key) && value.word().is_none() {
        below.hosts.push(key.to_owned());
    }
    below
}

/// The commands that a script says it sent, beside what came back or among the arguments of its module (Ansible).
fn commands_of(node: &Node) -> Vec<Option<String>> {
    let arguments = || node.entry(&["invocation"]).and_then(|it| it.entry(&["module_args"]));
    let list = node.entry(COMMAND_LISTS).or_else(|| arguments().and_then(|it| it.entry(COMMAND_LISTS)));
    match list {
        Some(Node::List(elements)) => elements.iter().map(|it| it.word().and_then(command_of)).collect(),
        _ => Vec::new(),
    }
}

/// A list of outputs, of which `commands` were the commands if there are as many; or one output, line by line.
fn list(
    elements: Vec<Node>,
    commands: &[Option<String>],
    above: &Above,
    found: &mut Vec<Output>,
) -> Option<()> {
    let is_of_commands = above.is_output && above.command.is_none() && elements.len() == commands.len();
    if !is_of_commands && let Some(lines) = line_by_line(&elements, above) {
        found.push(Output { hosts: above.hosts.clone(), command: above.command.clone(), lines });
        return Some(());
    }
    let mut commands = commands.iter().filter(|_| is_of_commands);
    for element in elements {
        let mut here = above.clone();
        if let Some(command) = commands.next() {
            here.command.clone_from(command);
        }
        match element {
            // What is in a list of a list is of the same command.
            Node::List(inner) => list(inner, &[], &here, found)?,
            element => visit(element, &here, found)?,
        }
    }
    Some(())
}

/// The lines of an output that was written as a list of them.
fn line_by_line(elements: &[Node], above: &Above) -> Option<Vec<(u32, String)>> {
    let lines: Option<Vec<_>> = elements
        .iter()
        .map(|it| match it {
            Node::Text(lines) => match lines.as_slice() {
                [line] => Some(line.clone()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let lines = lines.filter(|it| it.len() >= FEWEST_LINES)?;
    (above.is_output && (above.command.is_some() || shows_output(&lines))).then_some(lines)
}

fn text(lines: Vec<(u32, String)>, above: &Above, found: &mut Vec<Output>) -> Option<()> {
    let is_known = above.command.is_some() && above.is_output;
    let first = lines.iter().map(|(_, text)| text).find(|it| !it.trim().is_empty());
    if !is_known && first.is_some_and(|it| logline::is_log(it)) && !is_dump(&lines) {
        return None;
    }
    let is_long = above.is_output || lines.len() >= FEWEST_LINES;
    if first.is_some() && (is_known || (is_long && shows_output(&lines))) {
        found.push(Output { hosts: above.hosts.clone(), command: above.command.clone(), lines });
    }
    Some(())
}

/// Whether lines are several messages; one may go on for many (`%SYS-5-RESTART`).
fn is_dump(lines: &[(u32, String)]) -> bool {
    let starts = |(_, text): &&(u32, String)| logline::starts_as_log(text) && logline::is_log(text);
    lines.iter().filter(starts).count() > 1
}

/// Whether lines show by themselves that a device printed them.
fn shows_output(lines: &[(u32, String)]) -> bool {
    lines.iter().any(|(_, text)| is_of_device(text))
}

/// Whether a line shows by itself that a device printed it.
pub(super) fn is_of_device(text: &str) -> bool {
    signature::signature(text).is_some() || prompt::prompt(text, |_| false).is_some() || logline::is_log(text)
}

/// Whether a line between documents may be one of the script's own. A text in quotes is a part of a document of which the beginning is
/// missing.
pub(super) fn is_of_script(text: &str) -> bool {
    !text.trim_start().starts_with(['"', '\'']) && !is_of_device(text)
}

/// Whether a key stands beside an output and names its command.
pub(super) fn is_command_key(key: &str) -> bool {
    is_one_of(key, COMMAND_KEYS)
}

/// Whether a key is one of what a device printed.
pub(super) fn is_output_key(key: &str) -> bool {
    is_one_of(key, OUTPUT_KEYS)
}

fn is_one_of(key: &str, keys: &[&str]) -> bool {
    keys.iter().any(|it| key.eq_ignore_ascii_case(it))
}

/// Whether a key may be the name or address of a device. Keys that say what is below them are no names.
fn may_be_host(text: &str) -> bool {
    const OTHER: &[&str] = &[
        "after",
        "all",
        "before",
        "body",
        "clock",
        "commands",
        "config",
        "contacted",
        "devices",
        "facts",
        "hosts",
        "invocation",
        "item",
        "license",
        "licensing",
        "log",
        "logging",
        "logs",
        "message",
        "module_args",
        "msg",
        "parsed",
        "plays",
        "running_config",
        "show",
        "status",
        "stderr",
        "syslog",
        "tasks",
        "tests",
        "value",
        "values",
        "version",
    ];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/');
    host::is_name(text)
        && text.chars().all(is_part)
        && ![OTHER, OUTPUT_KEYS, COMMAND_KEYS].iter().any(|keys| is_one_of(text, keys))
}
