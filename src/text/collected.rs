//! Outputs that a script collected in one document: JSON of Nornir, Netmiko, pyATS or Ansible, YAML with one block a command,
//! a table with an output in a cell.
//!
//! The document says by its keys which device was asked what. That is told to the cutter in the words it knows: a result of a
//! script (`ok: [sw1] => {`) before the outputs of a device, a banner (`--- show clock ---`) before each of them.

mod csv;
mod json;
mod owner;
mod tree;
mod yaml;

use super::{Line, command, prompt};
use crate::base::{Source, glance};
use owner::Owners;

/// An output in a document.
struct Output {
    /// Keys above it that may name its device, outermost first. One only where the document says outright which it is.
    hosts: Vec<String>,
    /// The command that printed it, as the document has it.
    command: Option<String>,
    /// The lines, each with its 1-based number in the original; those of a JSON text share one.
    lines: Vec<(u32, String)>,
}

/// The lines of all outputs in a document, with what tells their devices and commands. `None` where the text is no such
/// document: then its lines are what they are.
pub(super) fn lines(source: &Source) -> Option<Vec<Line<'static>>> {
    let documents = match glance::first_byte(source.text())? {
        b'{' | b'[' => json::documents(source)?,
        _ => yaml::documents(source).or_else(|| csv::documents(source))?,
    };
    let mut outputs = Vec::new();
    for document in documents {
        tree::outputs(document, &mut outputs)?;
    }
    (!outputs.is_empty()).then(|| told(outputs))
}

fn told(outputs: Vec<Output>) -> Vec<Line<'static>> {
    let owners = Owners::of(&outputs);
    let mut lines = Vec::new();
    let mut last = None;
    for output in outputs {
        let Some(number) = output.lines.first().map(|(number, _)| *number) else { continue };
        let host = owners.host(&output.hosts).map(str::to_owned);
        if let Some(host) = &host
            && last.as_ref() != Some(host)
        {
            lines.push(Line::new(number, format!("ok: [{host}] => {{")));
            last = Some(host.clone());
        }
        if let Some(command) = output.command.as_ref().filter(|_| !begins_with_prompt(&output.lines)) {
            lines.push(Line::new(number, format!("------------------ {command} ------------------")));
        }
        lines.extend(output.lines.into_iter().map(|(number, text)| Line::new(number, text)));
    }
    lines
}

/// Whether an output was recorded with the prompt and the command before it.
fn begins_with_prompt(lines: &[(u32, String)]) -> bool {
    let first = lines.iter().find(|(_, text)| !text.trim().is_empty());
    first.is_some_and(|(_, text)| prompt::prompt(text, |_| false).is_some())
}

/// The `show` command or check that a text is; keys write blanks as `_`, too (`show_license_status`).
fn command_of(text: &str) -> Option<String> {
    let text = text.trim();
    let text = if text.contains(' ') { text.to_owned() } else { text.replace('_', " ") };
    let found = command::resolve(&text)?;
    (found.known || text.starts_with("show ")).then_some(text)
}

#[cfg(test)]
mod tests;
