//! Cuts a capture into the outputs of commands: by the banners of `show tech-support`, by prompts with a command, by a
//! command line alone, and by the headings of outputs that stand without any command.

use std::collections::BTreeSet;

use super::command::{self, Command};
use super::signature::{self, SOME_LICENSE_OUTPUT, Signature};
use super::{Line, clean, wrap};
use crate::base::Wholeness;

/// Name of the section that holds log lines and all else outside every output.
pub const LOOSE: &str = "syslog";

/// The output of one command.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// Full name of the command, such as `show license all`; `syslog` for lines outside every command.
    pub command: String,
    /// What follows the first `|`.
    pub pipe: Option<String>,
    /// Name at the prompt in force.
    pub host: Option<String>,
    /// The line with the command or banner; the first line of an output that has neither.
    pub heading: u32,
    /// The output.
    pub lines: Vec<Line<'a>>,
    /// How much of it is there.
    pub wholeness: Wholeness,
}

/// A command typed at a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1-based line of the prompt.
    pub line: u32,
    /// Name at the prompt.
    pub host: String,
    /// As typed, without `do`.
    pub command: String,
    /// Whether in configuration mode.
    pub in_config: bool,
}

/// A capture cut up.
#[derive(Debug, Default)]
pub struct Session<'a> {
    /// Outputs in order.
    pub sections: Vec<Section<'a>>,
    /// Typed commands in order.
    pub entries: Vec<Entry>,
}

/// Cuts clean lines into sections.
pub fn cut<'a>(lines: Vec<Line<'a>>) -> Session<'a> {
    let hosts = hosts(&lines);
    let mut cutter = Cutter { hosts, session: Session::default(), open: None, host: None };
    for line in lines {
        cutter.line(line);
    }
    cutter.close(false);
    cutter.session
}

/// Names that stand at a prompt with a command behind it: a bare prompt of theirs is one, too.
fn hosts(lines: &[Line<'_>]) -> BTreeSet<String> {
    let at_prompt = |line: &Line<'_>| command::prompt(&line.text, |_| false).map(|it| it.host.to_owned());
    lines.iter().filter_map(at_prompt).collect()
}

/// How the open section began.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// By a prompt, banner or command line.
    Command,
    /// By a heading; `true` where the output begins with it.
    Heading(bool),
    /// By nothing.
    Loose,
}

struct Cutter<'a> {
    hosts: BTreeSet<String>,
    session: Session<'a>,
    open: Option<(Section<'a>, Start)>,
    host: Option<String>,
}

impl<'a> Cutter<'a> {
    fn line(&mut self, line: Line<'a>) {
        if let Some(command) = command::banner(&line.text).and_then(command::resolve) {
            self.close(true);
            self.start(&command, line.number);
        } else if !self.at_prompt(&line) && !self.at_command_alone(&line) {
            self.output(line);
        }
    }

    fn at_prompt(&mut self, line: &Line<'a>) -> bool {
        let Some(prompt) = command::prompt(&line.text, |host| self.hosts.contains(host)) else {
            return false;
        };
        let (host, typed) = (prompt.host.to_owned(), prompt.typed.to_owned());
        let entry = Entry {
            line: line.number,
            host: host.clone(),
            command: typed.clone(),
            in_config: prompt.in_config,
        };
        self.close(true);
        self.host = Some(host);
        if typed.is_empty() {
            return true;
        }
        self.session.entries.push(entry);
        if let Some(command) = command::resolve(&typed) {
            self.start(&command, line.number);
        }
        true
    }

    /// `show license tech support` as a line of its own, echoed without a prompt.
    fn at_command_alone(&mut self, line: &Line<'a>) -> bool {
        if !line.text.starts_with("show ") && !line.text.starts_with("sh ") {
            return false;
        }
        let Some(command) = command::resolve(&line.text).filter(|it| it.known && it.rest.is_empty()) else {
            return false;
        };
        self.close(true);
        self.start(&command, line.number);
        true
    }

    fn start(&mut self, command: &Command, heading: u32) {
        let partial =
            command.name == "show running-config" && !command.rest.is_empty() && command.rest != "all";
        let pipe = command.pipe.clone().or_else(|| partial.then(|| command.rest.clone()));
        let wholeness = if pipe.is_some() { Wholeness::Piped } else { Wholeness::Whole };
        let (name, host) = (command.name.clone(), self.host.clone());
        let section = Section { command: name, pipe, host, heading, lines: Vec::new(), wholeness };
        self.open = Some((section, Start::Command));
    }

    fn output(&mut self, line: Line<'a>) {
        let headed_by_command = matches!(&self.open, Some((_, Start::Command)));
        if !headed_by_command
            && let Some(found) = signature::signature(&line.text)
            && self.is_new(found)
        {
            self.close(true);
            self.begin(found.command, line.number, Start::Heading(found.is_first));
        }
        if self.open.is_none() {
            self.begin(LOOSE, line.number, Start::Loose);
        }
        if let Some((section, _)) = &mut self.open {
            section.lines.push(line);
        }
    }

    fn begin(&mut self, command: &str, heading: u32, start: Start) {
        let whole = matches!(start, Start::Heading(true));
        let wholeness = if whole { Wholeness::Whole } else { Wholeness::Cut };
        let host = self.host.clone();
        let section =
            Section { command: command.to_owned(), pipe: None, host, heading, lines: Vec::new(), wholeness };
        self.open = Some((section, start));
    }

    /// Whether a heading starts another output than the open one. Licensing outputs hold each other's headings.
    fn is_new(&self, found: Signature) -> bool {
        let Some((open, _)) = &self.open else { return true };
        let is_license = |name: &str| name == SOME_LICENSE_OUTPUT || name == "show license tech support";
        let inside = found.command == open.command
            || (is_license(&open.command)
                && (found.command == SOME_LICENSE_OUTPUT || found.command == "show license udi"))
            || (is_license(&open.command) && found.command == "show license tech support" && !found.is_first)
            || (open.command == "show call-home" && found.command == "show call-home profile all")
            || (open.command == "show version" && found.command == "show running-config" && !found.is_first);
        !inside
    }

    /// Ends the open section. `before_next` tells that a prompt or heading follows; the end of the input may be a cut.
    fn close(&mut self, before_next: bool) {
        let Some((mut section, start)) = self.open.take() else { return };
        while section.lines.last().is_some_and(|line| line.trimmed().is_empty()) {
            section.lines.pop();
        }
        let quit = section.lines.last().is_some_and(|line| clean::is_pager(&line.text));
        section.lines.retain(|line| !clean::is_pager(&line.text));
        if quit || (!before_next && start == Start::Command && section.lines.is_empty()) {
            section.wholeness = Wholeness::Cut;
        }
        if section.lines.iter().take(4).any(|line| is_refusal(&line.text)) {
            return;
        }
        if start != Start::Loose {
            section.lines = wrap::join(&section.lines);
        }
        if section.command == SOME_LICENSE_OUTPUT {
            section.command = which_license_output(&section.lines).to_owned();
        }
        if !(section.lines.is_empty() && start == Start::Loose) {
            self.session.sections.push(section);
        }
    }
}

/// The device did not take the command, so its output was not seen.
fn is_refusal(text: &str) -> bool {
    let text = text.trim();
    [
        "% Invalid input",
        "% Incomplete command",
        "% Ambiguous command",
        "% Unknown command",
        "Command authorization failed",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// Which licensing command prints these blocks (DOMAIN 1.3, 1.4).
fn which_license_output(lines: &[Line<'_>]) -> &'static str {
    let has = |start: &str| lines.iter().any(|line| line.trimmed().starts_with(start));
    let is_table = lines.iter().any(|line| {
        let text = line.trimmed();
        text.starts_with("License ") && text.contains("Entitlement")
    });
    if has("Communication Statistics") || has("Upcoming Scheduled Jobs") {
        "show license tech support"
    } else if has("Agent Version") || has("Product Information") {
        "show license all"
    } else if is_table {
        "show license summary"
    } else if has("Registration")
        || has("Utility")
        || has("Transport")
        || has("License Authorization")
        || has("Failure reason")
    {
        "show license status"
    } else {
        "show license usage"
    }
}
