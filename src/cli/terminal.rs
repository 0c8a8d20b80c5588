//! Where output goes and what the place can show. Everything about the surroundings is read once, so that tests can set it.

use std::collections::BTreeMap;
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::args::{Color, Shared};
use super::failure::Failure;
use crate::report::Style;
use crate::report::text::clean;

/// Columns of a report. A wider terminal does not make a longer line easier to read.
const WIDTH: usize = 80;
const NARROWEST: usize = 40;
/// Columns of a table: a longer cause is clipped.
const WIDEST: usize = 120;

/// The streams and the surroundings.
pub(crate) struct Terminal<'t> {
    /// Results.
    pub(crate) out: &'t mut dyn Write,
    /// Everything else.
    pub(crate) err: &'t mut dyn Write,
    /// What is known of the place that the program runs in.
    pub(crate) surroundings: Surroundings,
}

/// What the program runs in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    /// Nobody pipes anything in.
    pub(crate) stdin_is_terminal: bool,
    /// Results are read by a person.
    pub(crate) stdout_is_terminal: bool,
    /// Everything else is.
    pub(crate) stderr_is_terminal: bool,
    /// Columns of the terminal that results go to.
    pub(crate) columns: Option<usize>,
    /// The variables that matter here.
    pub(crate) variables: BTreeMap<&'static str, String>,
    /// The working directory; empty where it is not known.
    pub(crate) folder: PathBuf,
}

const VARIABLES: &[&str] = &[
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "TERM",
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "COLUMNS",
    "HOME",
    "XDG_CONFIG_HOME",
    "SLDIAG_CONFIG",
    "SLDIAG_RULES",
    "SLDIAG_FAIL_ON",
    "SLDIAG_MIN_SEVERITY",
];

impl Surroundings {
    /// Those of this process.
    pub(crate) fn of_process() -> Self {
        let read = |name: &&'static str| Some((*name, std::env::var(name).ok()?));
        Self {
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            columns: terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0.into()),
            variables: VARIABLES.iter().filter_map(read).collect(),
            folder: std::env::current_dir().unwrap_or_default(),
        }
    }

    /// A variable that is set to something.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether to colour. An option wins over a variable, NO_COLOR over CLICOLOR_FORCE (no-color.org, bixense.com/clicolors).
    fn colors(&self, color: Color, into_file: bool) -> bool {
        match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if self.variable("NO_COLOR").is_some() => false,
            Color::Auto if self.variable("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
            Color::Auto => {
                !into_file
                    && self.stdout_is_terminal
                    && self.variable("TERM").is_some_and(|term| term != "dumb")
            }
        }
    }

    /// Whether the locale takes more than ASCII. The first of the three that is set counts, as in POSIX.
    fn takes_unicode(&self) -> bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| self.variable(name));
        let locale = locale.unwrap_or_default().to_ascii_lowercase();
        locale.ends_with("utf-8")
            || locale.ends_with("utf8")
            || locale.contains(".utf-8@")
            || locale.contains(".utf8@")
    }

    /// Columns: 80, or what a narrower terminal has.
    fn width(&self) -> usize {
        let columns = self.variable("COLUMNS").filter(|_| self.stdout_is_terminal);
        columns.and_then(|it| it.parse().ok()).unwrap_or(WIDTH).clamp(NARROWEST, WIDTH)
    }

    /// Columns of a table: what the terminal has; where lines are not cut at its edge, what a screen has.
    fn table(&self, output: Option<&Path>) -> usize {
        if !self.stdout_is_terminal || output.is_some() {
            return WIDEST;
        }
        let said = self.variable("COLUMNS").and_then(|it| it.parse().ok());
        said.or(self.columns).unwrap_or(WIDTH).clamp(NARROWEST, WIDEST)
    }

    /// Whether a progress bar can be drawn and cleared.
    pub(crate) fn takes_a_bar(&self) -> bool {
        self.stderr_is_terminal && self.variable("TERM").is_some_and(|term| term != "dumb")
    }

    /// How a report is shown here.
    pub(crate) fn style(&self, shared: &Shared, output: Option<&Path>) -> Style {
        Style {
            color: self.colors(shared.color, output.is_some()),
            unicode: self.takes_unicode(),
            width: self.width(),
            table: self.table(output),
            detail: shared.verbose > 0,
        }
    }

    /// The inputs: those named, else standard input where something is piped in.
    pub(crate) fn paths(&self, named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
        match (named.is_empty(), self.stdin_is_terminal) {
            (false, _) => Ok(named.to_vec()),
            (true, false) => Ok(vec![PathBuf::from("-")]),
            (true, true) => Err(Failure::Usage(
                "no PATH is given and nothing is piped in\n  name a file, or pipe one in: \
                 ssh sw1 show tech-support license | sldiag analyze"
                    .to_owned(),
            )),
        }
    }
}

impl Terminal<'_> {
    /// Writes a result to standard output. A reader that went away (`| head`) is no failure.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        let written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::Write { path: "standard output".to_owned(), source: error })
            }
            _ => Ok(()),
        }
    }

    /// Writes a result to a file, or to standard output.
    pub(crate) fn deliver(&mut self, text: &str, output: Option<&Path>) -> Result<(), Failure> {
        let Some(path) = output.filter(|path| *path != Path::new("-")) else { return self.print(text) };
        let failure = |source| Failure::Write { path: path.display().to_string(), source };
        std::fs::write(path, text).map_err(failure)
    }

    /// Where a result goes that is written piece by piece.
    pub(crate) fn sink<'s>(&'s mut self, output: Option<&Path>) -> Result<Sink<'s>, Failure> {
        let Some(path) = output.filter(|path| *path != Path::new("-")) else {
            return Ok(Sink {
                to: Box::new(&mut *self.out),
                name: "standard output".to_owned(),
                is_gone: false,
            });
        };
        let name = path.display().to_string();
        match std::fs::File::create(path) {
            Ok(file) => Ok(Sink { to: Box::new(BufWriter::new(file)), name, is_gone: false }),
            Err(source) => Err(Failure::Write { path: name, source }),
        }
    }

    /// A failure, on stderr. Nothing can be done where that fails.
    pub(crate) fn complain(&mut self, text: &str) {
        self.note(&format!("error: {text}"));
    }

    /// A note, on stderr. Its lines are cleaned: a path may hold control bytes. Colours of drawn rule faults are off here.
    pub(crate) fn note(&mut self, text: &str) {
        let lines: Vec<String> = text.lines().map(clean).collect();
        let _ = writeln!(self.err, "sldiag: {}", lines.join("\n"));
    }
}

/// A place for a result that comes in pieces.
pub(crate) struct Sink<'s> {
    to: Box<dyn Write + 's>,
    name: String,
    is_gone: bool,
}

impl Sink<'_> {
    /// Writes a piece, so that a reader has it at once.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        if self.is_gone {
            return Ok(());
        }
        let written = self.to.write_all(text.as_bytes()).and_then(|()| self.to.flush());
        self.check(written)
    }

    /// Writes a whole document by its writer.
    pub(crate) fn all(
        mut self,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Failure> {
        let written = write(&mut self.to);
        self.check(written)?;
        self.finish()
    }

    /// Writes what is still held back.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let written = if self.is_gone { Ok(()) } else { self.to.flush() };
        self.check(written)
    }

    /// Whether the reader went away (`| head`), which is no failure.
    pub(crate) fn is_gone(&self) -> bool {
        self.is_gone
    }

    fn check(&mut self, written: std::io::Result<()>) -> Result<(), Failure> {
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_gone = true;
                Ok(())
            }
            Err(source) => Err(Failure::Write { path: self.name.clone(), source }),
            Ok(()) => Ok(()),
        }
    }
}
