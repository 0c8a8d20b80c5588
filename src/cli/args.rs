//! The command line as typed, and the groups of options that several commands share.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::exit::FailOn;
use super::{analyze, completions, config, explain, parse, rules, scan};
use crate::base::{Severity, Stamp};
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
nothing readable or no output, 3 nothing recognised as licensing data.

Example: sldiag analyze sw1.log";

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

/// What to read.
#[derive(Debug, Default, Args)]
pub(crate) struct Inputs {
    /// Files, directories, or - for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Threads; 0 is one per processor
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    /// Exit with 2 if any input cannot be read in full
    #[arg(long)]
    pub(crate) strict: bool,
    /// The time of the captures, such as 2024-03-01T10:00:00Z, in place of what they show
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) now: Option<Box<Stamp>>,
    /// Counts and duration on stderr
    #[arg(long)]
    pub(crate) stats: bool,
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
    /// Form of the report; ndjson is one device a line
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Leave out findings below this severity; info where nothing is said
    #[arg(long, value_name = "SEVERITY", value_enum)]
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
    /// One device a line
    Ndjson,
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

fn time(text: &str) -> Result<Box<Stamp>, String> {
    match stamp::stamp(text) {
        Some((stamp, read)) if read == text.len() && stamp.year_known => Ok(Box::new(stamp)),
        _ => Err("write a date and time with its year, such as 2024-03-01T10:00:00Z".to_owned()),
    }
}
