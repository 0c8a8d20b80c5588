//! The work of cutting: reads one line after the other and knows which output is open.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;
use std::vec::IntoIter;

use super::command::{self, Command};
use super::prompt::{self, Prompt};
use super::script::{self, Heading, Said};
use super::section::{Entry, LOOSE, Section, Session, which_license_output};
use super::signature::{self, SOME_LICENSE_OUTPUT, Signature};
use super::{Line, clean, logline, notice, wrap};
use crate::base::Wholeness;

/// No heading of an output is indented by so many blanks.
const DEEP: usize = 4;

/// Room that an output is given at first: nearly all have as many lines or fewer.
const SOME_LINES: usize = 64;

/// How the open section began.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// By a prompt or banner.
    Command,
    /// By a command on a line of its own; `true` where the one before it was followed by nothing, so that they may be a list of what
    /// is asked for.
    Alone(bool),
    /// By a heading; `true` where the output begins with it.
    Heading(bool),
    /// By nothing.
    Loose,
}

impl Start {
    fn is_command(self) -> bool {
        matches!(self, Self::Command | Self::Alone(_))
    }
}

struct Open<'a> {
    section: Section<'a>,
    start: Start,
    /// Log lines that were printed into the output.
    logs: Vec<Line<'a>>,
    /// Whether the last line was one of them.
    after_log: bool,
    /// Whether only blank lines came since: copies put one between all lines.
    near_log: bool,
    /// What ends the banner of a configuration that the last line was in.
    banner: Option<String>,
}

impl<'a> Open<'a> {
    fn new(section: Section<'a>, start: Start) -> Self {
        Self { section, start, logs: Vec::new(), after_log: false, near_log: false, banner: None }
    }

    /// Whether it is a command on a line of its own with nothing below it yet.
    fn is_bare(&self) -> bool {
        matches!(self.start, Start::Alone(_)) && self.section.lines.iter().all(|line| line.text.is_empty())
    }

    /// Whether a line is the text of a banner in a configuration, its last line included.
    fn is_of_banner(&mut self, line: &Line<'_>) -> bool {
        if let Some(end) = &self.banner {
            if line.text.contains(end.as_str()) {
                self.banner = None;
            }
            return true;
        }
        if is_configuration(&self.section.command) {
            self.banner = notice::delimiter(line.trimmed()).map(str::to_owned);
        }
        false
    }

    /// A log line, or one without a header that belongs to the one before it (DOMAIN 7.3).
    fn belongs_to_log(&self, line: &Line<'_>) -> bool {
        let before = self.logs.last().filter(|_| self.near_log);
        (logline::starts_as_log(&line.text) && logline::is_log(&line.text))
            || before.is_some_and(|before| logline::continues(before.trimmed(), &line.text))
    }
}

/// Cuts lines into sections.
pub(super) struct Cutter<'a> {
    /// Names that stand at a prompt with a command behind it: a bare prompt of theirs is one, too.
    hosts: BTreeSet<String>,
    /// Index of the next line, and of those that are prompts if their name is one of a device.
    next: usize,
    prompts: Peekable<IntoIter<usize>>,
    /// Headings with the name of a device, by the index of their lines; none where prompts tell the devices.
    headings: BTreeMap<usize, Heading>,
    session: Session<'a>,
    open: Option<Open<'a>>,
    host: Option<String>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(lines: &[Line<'_>]) -> Self {
        let mut hosts = BTreeSet::new();
        let mut prompts = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            if prompt::prompt(&line.text, |_| true).is_some() {
                prompts.push(index);
                let certain = prompt::prompt(&line.text, |_| false);
                hosts.extend(certain.map(|it| it.host.to_owned()).filter(|host| !host.is_empty()));
            }
        }
        let prompts = prompts.into_iter().peekable();
        let headings = if hosts.is_empty() { script::headings(lines) } else { BTreeMap::new() };
        Self { hosts, next: 0, prompts, headings, session: Session::default(), open: None, host: None }
    }

    pub(super) fn line(&mut self, line: Line<'a>) {
        let may_be_prompt = self.prompts.next_if_eq(&self.next).is_some();
        let heading = self.headings.remove(&self.next);
        self.next += 1;
        if let Some(heading) = heading {
            self.at_heading(heading, line.number);
        } else if let Some(announced) = command::banner(&line.text) {
            self.announced(announced, line.number);
        } else if line.text.starts_with("```") {
            // A fence of Markdown ends the output inside it.
            self.close(true);
        } else if may_be_prompt
            && let Some(found) = prompt::prompt(&line.text, |host| self.hosts.contains(host))
        {
            self.at_prompt(found, line.number);
        } else if !self.at_command_alone(&line) {
            self.output(line);
        }
    }

    pub(super) fn finish(mut self) -> Session<'a> {
        self.close(false);
        self.session
    }

    /// A heading of a script.
    fn at_heading(&mut self, heading: Heading, number: u32) {
        self.close(true);
        self.host = Some(heading.host);
        if let Some(command) = heading.command {
            self.announced(&command, number);
        }
    }

    /// A banner. What is no `show` command gets a section of its own as well, so that it does not run into the one before.
    fn announced(&mut self, text: &str, number: u32) {
        let other = || Command { name: text.to_owned(), rest: String::new(), pipe: None, known: false };
        let command = command::resolve(text).unwrap_or_else(other);
        self.close(true);
        self.start(&command, number, Start::Command);
    }

    fn at_prompt(&mut self, prompt: Prompt<'_>, number: u32) {
        let typed = prompt.typed.to_owned();
        let in_config = prompt.in_config;
        let host = Some(prompt.host.to_owned()).filter(|host| !host.is_empty());
        self.close(true);
        self.host = host.or(self.host.take());
        if typed.is_empty() {
            return;
        }
        if logline::starts_as_log(&typed) && logline::is_log(&typed) {
            self.output(Line::new(number, typed));
            return;
        }
        let found = command::resolve(&typed);
        let host = self.host.clone().unwrap_or_default();
        self.session.entries.push(Entry { line: number, host, command: typed, in_config });
        if let Some(command) = found {
            self.start(&command, number, Start::Command);
        }
    }

    /// `show license tech support` as a line of its own, echoed without a prompt.
    fn at_command_alone(&mut self, line: &Line<'a>) -> bool {
        if !line.text.starts_with("show ") && !line.text.starts_with("sh ") {
            return false;
        }
        let is_number = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit());
        let Some(command) = command::resolve(&line.text).filter(|it| it.known && is_number(&it.rest)) else {
            return false;
        };
        let follows_another = matches!(&self.open, Some(open) if open.is_bare());
        self.close(true);
        self.start(&command, line.number, Start::Alone(follows_another));
        true
    }

    fn start(&mut self, command: &Command, heading: u32, start: Start) {
        let is_part = is_part(command);
        let is_piped = command.pipe.is_some() || is_part;
        let wholeness = match start {
            Start::Alone(true) => Wholeness::Cut,
            _ if is_piped => Wholeness::Piped,
            _ => Wholeness::Whole,
        };
        let section = Section {
            pipe: command.pipe.clone(),
            arguments: command.rest.clone(),
            lines: Vec::with_capacity(SOME_LINES),
            ..self.section(&command.name, heading, wholeness)
        };
        self.open = Some(Open::new(section, start));
    }

    fn section(&self, command: &str, heading: u32, wholeness: Wholeness) -> Section<'a> {
        let (command, host) = (command.to_owned(), self.host.clone());
        Section { command, arguments: String::new(), pipe: None, host, heading, lines: Vec::new(), wholeness }
    }

    fn output(&mut self, line: Line<'a>) {
        if let Some(said) = script::said(&line.text) {
            let host = match said {
                Said::Host(host) => Some(host.to_owned()),
                Said::End => None,
            };
            self.close(true);
            self.host = host.or(self.host.take());
        }
        if let Some(open) = self.open.as_mut()
            && open.is_of_banner(&line)
        {
            open.section.lines.push(line);
            return;
        }
        if !matches!(&self.open, Some(open) if open.start == Start::Command)
            && let Some(found) = signature::signature(&line.text)
            && self.is_new(found, &line)
        {
            let is_first = found.is_first
                && !(found.command == "show call-home profile all" && self.is_within_profile());
            let before = self.take_preamble();
            self.close(true);
            self.begin(found.command, line.number, Start::Heading(is_first), before);
        }
        if self.open.is_none() {
            self.begin(LOOSE, line.number, Start::Loose, Vec::new());
        }
        self.push(line);
    }

    /// Adds a line to the open output, or to the log lines that were printed into it.
    fn push(&mut self, line: Line<'a>) {
        let Some(open) = &mut self.open else { return };
        if holds_logs(&open.section.command) {
            open.section.lines.push(line);
        } else if !open.belongs_to_log(&line) {
            open.after_log = false;
            open.near_log = open.near_log && line.trimmed().is_empty();
            open.section.lines.push(line);
        } else if open.after_log && !open.start.is_command() && logline::starts_as_log(&line.text) {
            self.end_at_logs(line);
        } else {
            (open.after_log, open.near_log) = (true, true);
            open.logs.push(line);
        }
    }

    /// Two log lines in a row behind an output without a prompt: a console after a boot, and the output is over.
    fn end_at_logs(&mut self, line: Line<'a>) {
        let before = self.open.as_mut().and_then(|open| open.logs.pop());
        self.close(true);
        let heading = before.as_ref().unwrap_or(&line).number;
        self.begin(LOOSE, heading, Start::Loose, before.into_iter().chain([line]).collect());
    }

    fn begin(&mut self, command: &str, heading: u32, start: Start, lines: Vec<Line<'a>>) {
        let whole = matches!(start, Start::Heading(true));
        let wholeness = if whole { Wholeness::Whole } else { Wholeness::Cut };
        let section = Section { lines, ..self.section(command, heading, wholeness) };
        self.open = Some(Open::new(section, start));
    }

    /// Whether the text begins within a profile of call-home, so that the next one is not the first.
    fn is_within_profile(&self) -> bool {
        let Some(Open { section, start: Start::Loose, .. }) = &self.open else { return false };
        let last = section.lines.iter().rev().find(|line| !line.trimmed().is_empty());
        last.is_some_and(|line| line.indent() >= DEEP)
    }

    /// The lines that `exec prompt timestamp` and IOS XR print before every output belong to the output.
    fn take_preamble(&mut self) -> Vec<Line<'a>> {
        match &mut self.open {
            Some(open) if open.start == Start::Loose => {
                let lines = &open.section.lines;
                let count = lines.iter().rev().take_while(|line| is_preamble(&line.text)).count();
                open.section.lines.split_off(open.section.lines.len().saturating_sub(count))
            }
            _ => Vec::new(),
        }
    }

    /// Whether a heading starts another output than the open one. Licensing outputs hold each other's headings.
    /// What is deep inside another output is a field of it (`Profile Name:` of TLS profiles in `show logging`).
    fn is_new(&self, found: Signature, line: &Line<'_>) -> bool {
        let Some(Open { section: open, start, .. }) = &self.open else { return true };
        if *start == Start::Alone(false) && !found.is_first {
            return false;
        }
        let is_license = |name: &str| name == SOME_LICENSE_OUTPUT || name == "show license tech support";
        let last = open.lines.last().map_or("", |line| &line.text);
        if self.is_begun_again(found, line) {
            return true;
        }
        let inside = found.command == open.command
            || (*start != Start::Loose && line.indent() >= DEEP)
            // The message goes on with the first lines of `show version`.
            || (holds_logs(&open.command) && last.contains("%SYS-5-RESTART"))
            || (is_license(&open.command)
                && (found.command == SOME_LICENSE_OUTPUT || found.command == "show license udi"))
            || (is_license(&open.command) && found.command == "show license tech support" && !found.is_first)
            || (open.command == "show license history message" && is_license(found.command))
            || (open.command == "show call-home" && found.command == "show call-home profile all")
            || (open.command == "show version" && found.command == "show running-config" && !found.is_first);
        !inside
    }

    /// Whether the line is the head of an output and the open one has begun with it, too: that of another device, or a later one.
    fn is_begun_again(&self, found: Signature, line: &Line<'_>) -> bool {
        let Some(Open { section: open, start, .. }) = &self.open else { return false };
        let first = || open.lines.iter().find(|line| !line.trimmed().is_empty());
        found.is_first
            && *start == Start::Heading(true)
            && found.command == open.command
            && first().is_some_and(|first| first.text == line.text)
    }

    /// Ends the open section. `before_next` tells that a prompt or heading follows; the end of the input may be a cut.
    fn close(&mut self, before_next: bool) {
        let Some(Open { mut section, start, logs, .. }) = self.open.take() else { return };
        drop_blank_end(&mut section.lines);
        let quit = section.lines.last().is_some_and(|line| clean::is_pager(&line.text));
        section.lines.retain(|line| !clean::is_pager(&line.text));
        drop_blank_end(&mut section.lines);
        if quit || section.lines.is_empty() || (!before_next && is_open_ended(&section)) {
            section.wholeness = Wholeness::Cut;
        }
        let host = section.host.clone();
        self.keep(section, start);
        if let Some(first) = logs.first() {
            let heading = first.number;
            let section = Section { lines: logs, ..self.section(LOOSE, heading, Wholeness::Cut) };
            self.session.sections.push(Section { host, ..section });
        }
    }

    fn keep(&mut self, mut section: Section<'a>, start: Start) {
        let is_refused =
            start.is_command() && section.lines.iter().take(4).any(|line| is_refusal(&line.text));
        if is_refused || (section.lines.is_empty() && start == Start::Loose) {
            return;
        }
        if section.command == SOME_LICENSE_OUTPUT {
            which_license_output(&section.lines).clone_into(&mut section.command);
        }
        if start != Start::Loose {
            section.lines = wrap::join(&section.command, section.lines);
        }
        self.session.sections.push(section);
    }
}

fn drop_blank_end(lines: &mut Vec<Line<'_>>) {
    while lines.last().is_some_and(|line| line.trimmed().is_empty()) {
        lines.pop();
    }
}

/// Whether the words behind a command ask for one of many: `show running-config interface x`, `show call-home profile x`,
/// `show license rum id 1624244637`, the names of one VRF.
fn is_part(command: &Command) -> bool {
    let one_of_many = match command.name.as_str() {
        "show license rum id" => !command.rest.starts_with("all"),
        "show crypto pki trustpool" => command.rest.starts_with("policy"),
        // Its other words print other tables.
        "show license right-to-use" => !"summary".starts_with(&command.rest),
        "show running-config"
        | "show call-home profile all"
        | "show hosts"
        | "show ip interface brief"
        | "show crypto pki trustpoints"
        | "show crypto pki certificates" => command.rest != "verbose",
        _ => false,
    };
    one_of_many && !command.rest.is_empty()
}

/// Whether an output that ends with the input lacks its last part. A configuration ends with `end` (`: end` on ASA); what the licensing
/// agent of the policy era prints has the same blocks on all systems, and in this order.
fn is_open_ended(section: &Section<'_>) -> bool {
    let holds = |start: &str| {
        let starts = |text: &str| text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
        section.lines.iter().any(|line| starts(line.trimmed()))
    };
    let last_block = match section.command.as_str() {
        "show running-config" => {
            return section.wholeness == Wholeness::Whole
                && section
                    .lines
                    .last()
                    .is_none_or(|line| line.trimmed().trim_start_matches([':', ' ']) != "end");
        }
        "show license status" => "Trust Code Installed",
        "show license all" => "Agent Version",
        "show license tech support" => "Other Info",
        _ => return false,
    };
    section.wholeness == Wholeness::Whole && holds("Smart Licensing Using Policy:") && !holds(last_block)
}

fn is_configuration(command: &str) -> bool {
    matches!(command, "show running-config" | "show startup-config")
}

/// Outputs that are made of log lines.
fn holds_logs(command: &str) -> bool {
    command == LOOSE || command.starts_with("show logging")
}

/// What stands before an output: the load and time lines, blank lines, the date of IOS XR (`Thu Nov 23 22:36:07.952 UTC`).
fn is_preamble(text: &str) -> bool {
    const DAYS: &[&str] = &["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "];
    text.trim().is_empty()
        || ["Load for five secs:", "Time source is", "No time source"].iter().any(|it| text.starts_with(it))
        || (DAYS.iter().any(|day| text.starts_with(day)) && text.len() < 40 && text.contains(':'))
}

/// The device did not take the command, so its output was not seen.
fn is_refusal(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("ERROR: ").unwrap_or(text);
    // `telnet` prints this of a name that does not resolve.
    if text.ends_with("unable to find computer address") {
        return false;
    }
    [
        "% Invalid input",
        "% Invalid command",
        "% Incomplete command",
        "% Ambiguous command",
        "% Unknown command",
        "Command authorization failed",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}
