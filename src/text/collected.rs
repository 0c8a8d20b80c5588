//! Outputs that a script collected in one document: JSON of Nornir, Netmiko, pyATS or Ansible, what Python prints of a dictionary,
//! YAML with one block a command, a table with an output in a cell, lines with a name before each of them.
//!
//! The document says by its keys which device was asked what. That is told to the cutter in the words it knows: a result of a
//! script (`ok: [sw1] => {`) before the outputs of a device, a banner (`--- show clock ---`) before each of them.

mod ansible;
mod csv;
mod host;
mod json;
mod label;
mod owner;
mod prefixed;
mod printed;
mod python;
mod tree;
mod yaml;

use std::sync::Arc;

use super::{command, prompt};
use crate::base::{Piece, Source, glance};
use owner::Owners;

/// An output in a document.
struct Output {
    /// Keys above it that may name its device, outermost first. One only where the document says outright which it is.
    hosts: Vec<String>,
    /// The command that printed it, as the document has it.
    command: Option<String>,
    /// The lines, each with its 1-based number; those of a JSON text share one.
    lines: Vec<(u32, String)>,
}

/// The lines of all outputs in a document, with what tells their devices and commands. `None` where the text is no such
/// document: then its lines are what they are.
pub fn outputs(source: &Arc<Source>) -> Option<Source> {
    let documents = match glance::first_byte(source.text())? {
        b'{' | b'[' => json::documents(source)
            .or_else(|| python::documents(source))
            .or_else(|| printed::documents(source))?,
        _ => {
            let yaml_or_table = || yaml::documents(source).or_else(|| csv::documents(source));
            let by_lines = || printed::documents(source).or_else(|| prefixed::documents(source));
            ansible::documents(source).or_else(yaml_or_table).or_else(by_lines)?
        }
    };
    let mut outputs = Vec::new();
    for document in documents {
        tree::outputs(document, &mut outputs)?;
    }
    // Documents count the lines of the text, which may be an excerpt of the original.
    for (line, _) in outputs.iter_mut().flat_map(|it| it.lines.iter_mut()) {
        *line = source.number(*line);
    }
    let Told { text, pieces } = Told::of(outputs);
    (!pieces.is_empty()).then(|| Source::of_document(source.clone(), text, pieces))
}

/// What the cutter is told.
#[derive(Default)]
struct Told {
    text: String,
    pieces: Vec<Piece>,
}

impl Told {
    fn of(outputs: Vec<Output>) -> Self {
        let owners = Owners::of(&outputs);
        let (mut told, mut last) = (Self::default(), None);
        for output in outputs {
            let Some(number) = output.lines.first().map(|(number, _)| *number) else { continue };
            let host = owners.host(&output.hosts).map(str::to_owned);
            if let Some(host) = &host
                && last.as_ref() != Some(host)
            {
                told.add(number, true, &format!("ok: [{host}] => {{"));
                last = Some(host.clone());
            }
            if let Some(command) = output.command.as_ref().filter(|_| !begins_with_prompt(&output.lines)) {
                told.add(number, true, &format!("------------------ {command} ------------------"));
            }
            told.output(&output.lines);
        }
        told
    }

    fn output(&mut self, lines: &[(u32, String)]) {
        for (index, (number, text)) in lines.iter().enumerate() {
            let near = [index.checked_sub(1), index.checked_add(1)].into_iter().flatten();
            let is_alone = near.filter_map(|at| lines.get(at)).all(|(other, _)| other != number);
            self.add(*number, is_alone, text);
        }
    }

    fn add(&mut self, line: u32, is_alone: bool, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.pieces.push(Piece { line, is_alone });
    }
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
