//! The command line as typed, and the groups of options that several commands share.

use std::cmp::Ordering;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::exit::FailOn;
use super::failure::Failure;
use super::{analyze, completions, config, explain, parse, rules, scan};
use crate::base::{Severity, Stamp};
use crate::diagnose::select::{Names, Selection};
use crate::input::{Filter, Limits};
use crate::text::stamp;

/// Says what is wrong with Cisco Smart Licensing on a device, from captures, offline.
#[derive(Debug, Parser)]
#[command(name = "sldiag", version, propagate_version = true, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub(crate) shared: Shared,
}

const EXIT_CODES: &str =
    "Exit codes: 0 nothing at or above --fail-on, 1 findings at or above it, 2 bad usage or rules, \
nothing readable or no output, 3 nothing recognised as licensing data, 130 interrupted: the result is of what was read till then.

Example: sldiag analyze sw1.log";

/// Options that leave something out.
const FILTERS: &str = "Filters (the exit code follows what is left, except for --min-severity)";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report in full what is wrong with each device
    Analyze(analyze::Analyze),
    /// One line a device, then causes over the fleet
    Scan(scan::Scan),
    /// The facts read, as JSON, each with file and line
    Parse(parse::Parse),
    /// The page of a scenario, rule, syslog mnemonic or failure reason
    Explain(explain::Explain),
    /// List, check and test rules
    Rules(rules::Rules),
    /// Every setting with its value and where it was said
    Config(config::show::ShowConfig),
    /// Completions for a shell
    Completions(completions::Completions),
    /// The manual pages, in roff
    Man,
}

/// Options of every command.
#[derive(Debug, Default, Args)]
pub(crate) struct Shared {
    /// Colours; auto also heeds NO_COLOR, CLICOLOR_FORCE and TERM=dumb
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// Nothing on stderr but failures
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Explanations, references and every step
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Even into a file or a pipe
    Always,
    /// Not at all
    Never,
}

/// More threads than that are a slip of the keyboard, and would stop the machine.
const MOST_THREADS: usize = 256;

/// What to read.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files, directories, archives, or - for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Threads; 0 is one per processor
    #[arg(short, long, value_name = "N", value_parser = threads, default_value = "0")]
    pub(crate) jobs: usize,
    /// Exit with 2 if any input cannot be read in full
    #[arg(long)]
    pub(crate) strict: bool,
    /// Read only inputs that match, members of archives too: '*.log', site1, 'case.zip!**'; repeatable
    #[arg(help_heading = FILTERS, long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,
    /// Pass over inputs that match, and folders and archives with all that is in them; repeatable
    #[arg(help_heading = FILTERS, long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// The time of the captures, such as 2024-03-01T10:00:00Z, in place of what they show
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub(crate) now: Option<Box<Stamp>>,
    /// Counts, the time of each stage and bytes per second on stderr
    #[arg(long)]
    pub(crate) stats: bool,
    /// No progress bar; there is none either where stderr is no terminal
    #[arg(long)]
    pub(crate) no_progress: bool,
    #[command(flatten)]
    pub(crate) archives: Archives,
}

/// What an archive may cost.
#[derive(Debug, Args)]
pub(crate) struct Archives {
    /// Archives inside each other that are opened; a .tar.gz counts as two
    #[arg(help_heading = "Archives", long = "max-nesting", value_name = "N", default_value_t = Limits::default().nesting)]
    nesting: u32,
    /// Bytes that may come out of an archive for each byte in it, from the first MiB on
    #[arg(help_heading = "Archives", long = "max-ratio", value_name = "N", default_value_t = Limits::default().ratio)]
    ratio: u64,
    /// Bytes that may come out of one archive; K, M, G and T are KiB to TiB
    #[arg(help_heading = "Archives", long = "max-unpacked", value_name = "SIZE", value_parser = size, default_value = "64G")]
    unpacked: u64,
    /// Members that one archive may have
    #[arg(help_heading = "Archives", long = "max-members", value_name = "N", default_value_t = Limits::default().members)]
    members: u64,
}

impl Archives {
    /// The same for the library.
    pub(crate) fn limits(&self) -> Limits {
        Limits { nesting: self.nesting, ratio: self.ratio, unpacked: self.unpacked, members: self.members }
    }
}

impl Inputs {
    /// Which names are read.
    pub(crate) fn filter(&self) -> Result<Filter, Failure> {
        Filter::new(&self.include, &self.exclude).map_err(|why| bad_pattern(&why))
    }
}

impl Shown {
    /// What is asked for.
    pub(crate) fn selection(&self) -> Result<Selection, Failure> {
        let names = (!self.device.is_empty()).then(|| Names::new(&self.device)).transpose();
        let span = self.since.as_deref().zip(self.until.as_deref());
        if span.is_some_and(|(since, until)| since.compare(until) == Some(Ordering::Greater)) {
            let why = "--since is later than --until\n  exchange the two times";
            return Err(Failure::Usage(why.to_owned()));
        }
        Ok(Selection {
            scenarios: self.scenario.iter().copied().collect(),
            devices: names.map_err(|why| bad_pattern(&why))?,
            since: self.since.as_deref().cloned(),
            until: self.until.as_deref().cloned(),
        })
    }
}

fn bad_pattern(why: &str) -> Failure {
    Failure::Usage(format!("{why}\n  write a name with *, ?, [abc] or {{a,b}} in it, in quotes: '*.log'"))
}

/// Which rules judge.
#[derive(Debug, Default, Args)]
pub(crate) struct RuleChoice {
    /// Rules from a file or directory, on top of the built-in ones; repeatable
    #[arg(long = "rules", value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    /// Only the rules of --rules and of the configuration
    #[arg(long)]
    pub(crate) no_builtin_rules: bool,
    /// This configuration file in place of the .sldiag.yaml of the working directory or above it
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
}

/// What is shown and what counts.
#[derive(Debug, Args)]
pub(crate) struct Shown {
    /// Form of the report; csv is one finding a row; ndjson is written input by input and joins no device over inputs
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Only devices with this host name or serial number, such as 'sw*'; repeatable
    #[arg(help_heading = FILTERS, long, value_name = "GLOB")]
    pub(crate) device: Vec<String>,
    /// Only findings of this scenario; repeatable
    #[arg(help_heading = FILTERS, long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) scenario: Vec<u8>,
    /// Only findings last seen at this time or later, such as 2024-03-01 or 2024-03-01T10:00:00Z; those without a date stay
    #[arg(help_heading = FILTERS, long, value_name = "TIME", value_parser = since)]
    pub(crate) since: Option<Box<Stamp>>,
    /// Only findings first seen at this time or earlier; those without a date stay
    #[arg(help_heading = FILTERS, long, value_name = "TIME", value_parser = until)]
    pub(crate) until: Option<Box<Stamp>>,
    /// Leave out findings below this severity; they still count for the exit code
    #[arg(help_heading = FILTERS, long, value_name = "SEVERITY", value_enum)]
    pub(crate) min_severity: Option<MinSeverity>,
    /// Exit with 1 for confirmed, active findings from this severity on; error where nothing is said
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(crate) fail_on: Option<FailOn>,
}

/// Where the result goes.
#[derive(Debug, Default, Args)]
pub(crate) struct Output {
    /// Write the result to a file in place of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One document
    Json,
    /// One typed object a line: tool, input, device, problem, summary
    Ndjson,
    /// One finding a row
    Csv,
}

/// The lowest severity shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MinSeverity {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Everything
    Info,
}

impl From<MinSeverity> for Severity {
    fn from(least: MinSeverity) -> Self {
        match least {
            MinSeverity::Error => Self::Error,
            MinSeverity::Warning => Self::Warning,
            MinSeverity::Info => Self::Info,
        }
    }
}

/// A time, or the start of a day.
fn since(text: &str) -> Result<Box<Stamp>, String> {
    time_or_day(text, "00:00:00")
}

/// A time, or the end of a day.
fn until(text: &str) -> Result<Box<Stamp>, String> {
    time_or_day(text, "23:59:59.999")
}

fn time_or_day(text: &str, time_of_day: &str) -> Result<Box<Stamp>, String> {
    let day = || time(&format!("{text} {time_of_day}")).ok();
    time(text).ok().or_else(day).ok_or_else(|| {
        "write a date with its year, such as 2024-03-01, or a date and time, such as 2024-03-01T10:00:00Z"
            .to_owned()
    })
}

fn threads(text: &str) -> Result<usize, String> {
    let number = text.parse().map_err(|_| "not a number".to_owned())?;
    if number > MOST_THREADS {
        return Err(format!("at most {MOST_THREADS}; without it there is one per processor"));
    }
    Ok(number)
}

fn time(text: &str) -> Result<Box<Stamp>, String> {
    match stamp::stamp(text) {
        Some((stamp, read)) if read == text.len() && stamp.year_known => Ok(Box::new(stamp)),
        _ => Err("write a date and time with its year, such as 2024-03-01T10:00:00Z".to_owned()),
    }
}

/// A number of bytes, with or without a unit.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.strip_prefix(digits).unwrap_or_default().to_ascii_uppercase();
    let shift = match unit.trim_end_matches('B').trim_end_matches('I') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return Err("write a number with K, M, G or T behind it, such as 64G".to_owned()),
    };
    let number = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << shift));
    number.ok_or_else(|| "write a number of bytes below 16 EiB, such as 500M or 64G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes() {
        for (text, expected) in [
            ("1000", Some(1000)),
            ("64G", Some(64 << 30)),
            ("2kib", Some(2048)),
            ("3MB", Some(3 << 20)),
            ("x", None),
            ("", None),
            ("64E", None),
            ("99999999T", None),
        ] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }
}
