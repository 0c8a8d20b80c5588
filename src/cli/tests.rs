//! The command line without a process: arguments, surroundings, streams, exit codes.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

use clap::{CommandFactory, Parser};

use super::args::{Cli, Color, Command, Shared};
use super::exit::{self, Ending, Exit, FailOn};
use super::run;
use super::terminal::{Surroundings, Terminal};
use crate::base::{Certainty, Severity, State};
use crate::report::sample;

fn surroundings(variables: &[(&'static str, &str)]) -> Surroundings {
    Surroundings {
        stdin_is_terminal: true,
        stdout_is_terminal: true,
        stderr_is_terminal: true,
        columns: None,
        variables: variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
        folder: std::path::PathBuf::new(),
    }
}

fn sldiag(arguments: &[&str]) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, surroundings: surroundings(&[]) };
    let arguments = std::iter::once("sldiag").chain(arguments.iter().copied()).map(OsString::from);
    let exit = run(arguments, &mut terminal);
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn the_definition_of_the_command_line_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn help_is_a_result_and_bad_usage_is_not() {
    let (exit, out, err) = sldiag(&["--help"]);
    assert_eq!((exit, err.as_str()), (Exit::Clean, ""));
    assert!(out.contains("Usage: sldiag [OPTIONS] <COMMAND>"), "{out}");
    let (exit, out, err) = sldiag(&["analyse"]);
    assert_eq!((exit, out.as_str()), (Exit::Failed, ""));
    assert!(err.starts_with("sldiag: error: unrecognized subcommand 'analyse'"), "{err}");
    assert!(err.contains("'analyze'"), "{err}");
    assert_eq!(sldiag(&[]).0, Exit::Failed);
    assert_eq!(sldiag(&["--version"]), (Exit::Clean, "sldiag 0.1.0\n".into(), String::new()));
}

#[test]
fn no_path_on_a_terminal_is_bad_usage_with_a_hint() {
    let (exit, out, err) = sldiag(&["analyze"]);
    assert_eq!((exit, out.as_str()), (Exit::Failed, ""));
    assert_eq!(
        err,
        "sldiag: error: no PATH is given and nothing is piped in\n  name a file, or pipe one in: \
         ssh sw1 show tech-support license | sldiag analyze\n"
    );
    let piped = Surroundings { stdin_is_terminal: false, ..Surroundings::default() };
    assert_eq!(piped.paths(&[]).unwrap(), [Path::new("-")]);
    assert_eq!(piped.paths(&["a".into()]).unwrap(), [Path::new("a")]);
}

#[test]
fn every_command_explains_itself() {
    for command in ["analyze", "scan", "parse", "explain", "rules", "config", "completions", "man"] {
        let (exit, out, _) = sldiag(&[command, "--help"]);
        assert_eq!(exit, Exit::Clean, "{command}");
        assert!(out.contains("Usage: sldiag "), "{command}: {out}");
    }
}

#[test]
fn options_of_the_contract_are_taken() {
    let line = "sldiag analyze a b - -f ndjson -o x --rules r --rules s --no-builtin-rules --fail-on never \
                --min-severity warning --color never -j 4 --stats -v --strict";
    let cli = Cli::try_parse_from(line.split(' ')).unwrap();
    assert!(matches!(cli.command, Command::Analyze(_)));
    assert_eq!((cli.shared.color, cli.shared.verbose), (Color::Never, 1));
    assert!(Cli::try_parse_from("sldiag analyze a -q -v".split(' ')).is_err());
    assert!(Cli::try_parse_from("sldiag analyze a --now yesterday".split(' ')).is_err());
    assert!(Cli::try_parse_from("sldiag analyze a --now 2024-03-01".split(' ')).is_ok());
}

#[test]
fn completions_and_man_are_written_without_rules() {
    for arguments in [&["completions", "bash"][..], &["completions", "zsh"], &["man"]] {
        let (exit, out, err) = sldiag(arguments);
        assert_eq!((exit, err.as_str()), (Exit::Clean, ""), "{arguments:?}");
        assert!(out.contains("sldiag") && out.contains("analyze"), "{arguments:?}");
    }
}

#[test]
fn colour_follows_option_then_variables_then_the_terminal() {
    let term = ("TERM", "xterm");
    for (variables, option, expected) in [
        (&[term][..], Color::Auto, true),
        (&[("TERM", "dumb")], Color::Auto, false),
        (&[], Color::Auto, false),
        (&[term, ("NO_COLOR", "1")], Color::Auto, false),
        (&[term, ("NO_COLOR", "")], Color::Auto, true),
        (&[("CLICOLOR_FORCE", "1")], Color::Auto, true),
        (&[("CLICOLOR_FORCE", "0"), ("TERM", "dumb")], Color::Auto, false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], Color::Auto, false),
        (&[term, ("NO_COLOR", "1")], Color::Always, true),
        (&[term], Color::Never, false),
    ] {
        let shared = Shared { color: option, ..Shared::default() };
        assert_eq!(surroundings(variables).style(&shared, None).color, expected, "{variables:?} {option:?}");
    }
    let shared = Shared::default();
    assert!(!surroundings(&[term]).style(&shared, Some(Path::new("x"))).color, "into a file");
    let piped = Surroundings { stdout_is_terminal: false, ..surroundings(&[term]) };
    assert!(!piped.style(&shared, None).color, "into a pipe");
}

#[test]
fn unicode_only_where_the_locale_takes_it() {
    for (variables, expected) in [
        (&[("LANG", "en_US.UTF-8")][..], true),
        (&[("LANG", "C.utf8")], true),
        (&[("LANG", "de_DE.UTF-8@euro")], true),
        (&[("LANG", "C")], false),
        (&[], false),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], false),
        (&[("LANG", "C"), ("LC_CTYPE", "en_US.UTF-8")], true),
        (&[("LC_ALL", ""), ("LANG", "en_US.UTF-8")], true),
    ] {
        assert_eq!(
            surroundings(variables).style(&Shared::default(), None).unicode,
            expected,
            "{variables:?}"
        );
    }
}

#[test]
fn width_is_80_or_what_a_narrower_terminal_has() {
    for (columns, expected) in [("200", 80), ("60", 60), ("5", 40), ("x", 80)] {
        let variables = BTreeMap::from([("COLUMNS", columns.to_owned())]);
        let narrow = Surroundings { variables, ..surroundings(&[]) };
        assert_eq!(narrow.style(&Shared::default(), None).width, expected, "{columns}");
    }
}

#[test]
fn exit_codes_of_the_contract() {
    let with = |severity, certainty, state| {
        let mut device = sample::device("sw1");
        let mut finding = sample::finding("x", None, severity, "x");
        (finding.certainty, finding.state) = (certainty, state);
        device.findings = vec![finding];
        exit::worst(&[device])
    };
    for (severity, certainty, state, fail_on, expected) in [
        (Severity::Error, Certainty::Confirmed, State::Active, FailOn::Error, Exit::Findings),
        (Severity::Error, Certainty::Possible, State::Active, FailOn::Error, Exit::Clean),
        (Severity::Error, Certainty::Confirmed, State::Recovered, FailOn::Error, Exit::Clean),
        (Severity::Warning, Certainty::Confirmed, State::Active, FailOn::Error, Exit::Clean),
        (Severity::Warning, Certainty::Confirmed, State::Active, FailOn::Warning, Exit::Findings),
        (Severity::Info, Certainty::Confirmed, State::Active, FailOn::Warning, Exit::Clean),
        (Severity::Info, Certainty::Confirmed, State::Active, FailOn::Info, Exit::Findings),
        (Severity::Error, Certainty::Confirmed, State::Active, FailOn::Never, Exit::Clean),
    ] {
        let worst = with(severity, certainty, state);
        let got = exit::of(Ending { readable: true, recognised: true, worst, fail_on, ..Ending::default() });
        assert_eq!(got, expected, "{severity:?} {certainty:?} {state:?} {fail_on:?}");
    }
}

#[test]
fn what_could_not_be_read_comes_before_findings() {
    let of = |readable, recognised, strict, has_problems| {
        let worst = Some(Severity::Error);
        exit::of(Ending { readable, recognised, has_problems, worst, strict, fail_on: FailOn::Error })
    };
    assert_eq!(of(false, false, false, false), Exit::Failed);
    assert_eq!(of(true, false, false, false), Exit::NotRecognised);
    assert_eq!(of(true, true, true, false), Exit::Findings);
    assert_eq!(of(true, true, false, true), Exit::Findings);
    assert_eq!(of(true, true, true, true), Exit::Failed);
}

/// A stream that fails in one way.
struct Broken(ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(Error::from(self.0))
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_broken_pipe_is_silent_and_a_full_disk_is_not() {
    for (kind, exit, message) in [
        (ErrorKind::BrokenPipe, Exit::Clean, ""),
        (
            ErrorKind::StorageFull,
            Exit::Failed,
            "sldiag: error: cannot write standard output: no storage space\n",
        ),
    ] {
        let (mut out, mut err) = (Broken(kind), Vec::new());
        let mut terminal = Terminal { out: &mut out, err: &mut err, surroundings: surroundings(&[]) };
        let got = run(["sldiag", "man"].into_iter().map(OsString::from), &mut terminal);
        assert_eq!((got, String::from_utf8(err).unwrap().as_str()), (exit, message), "{kind:?}");
    }
}

#[test]
fn a_result_goes_to_a_file_where_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut terminal = Terminal { out: &mut out, err: &mut err, surroundings: surroundings(&[]) };
    terminal.deliver("text\n", Some(&file)).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "text\n");
    let failure = terminal.deliver("text\n", Some(&folder.path().join("no/such"))).unwrap_err();
    assert!(failure.to_string().starts_with("cannot write "), "{failure}");
    assert!(out.is_empty());
}
