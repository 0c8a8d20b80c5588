//! `sldiag config`: every setting with its value and where it was said.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Config, Options, Source};
use crate::cli::args::{MinSeverity, Output, RuleChoice, Shared};
use crate::cli::exit::{Exit, FailOn};
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Options of config.
#[derive(Debug, Args)]
#[command(
    after_help = "Stronger before weaker: options, environment (SLDIAG_CONFIG, SLDIAG_RULES, SLDIAG_FAIL_ON, SLDIAG_MIN_SEVERITY), \
.sldiag.yaml in the working directory or above it, sldiag/config.yaml in the user's configuration folder, defaults.

Example: sldiag config --fail-on warning"
)]
pub(crate) struct ShowConfig {
    #[command(flatten)]
    rules: RuleChoice,
    /// As for analyze
    #[arg(long, value_name = "SEVERITY", value_enum)]
    fail_on: Option<FailOn>,
    /// As for analyze
    #[arg(long, value_name = "SEVERITY", value_enum)]
    min_severity: Option<MinSeverity>,
    /// Form of the list
    #[arg(short, long, value_enum, default_value_t = ConfigFormat::Text)]
    format: ConfigFormat,
    #[command(flatten)]
    output: Output,
}

/// Forms of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ConfigFormat {
    /// A line a setting
    Text,
    /// One document
    Json,
}

/// A setting as it is shown.
#[derive(Serialize)]
struct Setting {
    name: String,
    value: String,
    source: String,
}

#[derive(Serialize)]
struct Document {
    schema_version: u32,
    settings: Vec<Setting>,
}

/// Runs it.
pub(crate) fn run(args: &ShowConfig, shared: &Shared, terminal: &mut Terminal<'_>) -> Result<Exit, Failure> {
    let output = args.output.output.as_deref();
    let style = terminal.surroundings.style(shared, output);
    let options = Options { rules: &args.rules, fail_on: args.fail_on, min_severity: args.min_severity };
    let config = Config::new(options, &terminal.surroundings, &style)?;
    // Rules that cannot be used, and severities of rules that do not exist, are told here too.
    crate::cli::engine::rules(&config, &style)?;
    let settings = settings(&config);
    let document = match args.format {
        ConfigFormat::Text => text(&settings),
        ConfigFormat::Json => serde_json::to_string_pretty(&Document { schema_version: 1, settings })? + "\n",
    };
    terminal.deliver(&document, output)?;
    Ok(Exit::Clean)
}

fn settings(config: &Config) -> Vec<Setting> {
    let mut all = Vec::new();
    let mut add = |name: &str, value: String, source: &Source| {
        all.push(Setting { name: name.to_owned(), value, source: words(source) });
    };
    let word = config.fail_on.value.to_possible_value().map(|it| it.get_name().to_owned());
    add("fail_on", word.unwrap_or_default(), &config.fail_on.source);
    add("min_severity", config.min_severity.value.name().to_owned(), &config.min_severity.source);
    add("builtin_rules", config.builtin_rules.value.to_string(), &config.builtin_rules.source);
    for said in &config.rules {
        add("rules", said.value.display().to_string(), &said.source);
    }
    for (id, said) in &config.severity {
        add(&format!("severity.{id}"), said.value.name().to_owned(), &said.source);
    }
    all
}

fn words(source: &Source) -> String {
    match source {
        Source::Default => "default".to_owned(),
        Source::File(path) => path.display().to_string(),
        Source::Environment(name) | Source::Option(name) => (*name).to_owned(),
    }
}

/// Columns, the last one as long as it is.
fn text(settings: &[Setting]) -> String {
    let widest = |of: fn(&Setting) -> &str| {
        settings.iter().map(|it| crate::report::text::width(of(it))).max().unwrap_or_default()
    };
    let (names, values) = (widest(|it| &it.name), widest(|it| &it.value));
    let line = |it: &Setting| format!("{:<names$}  {:<values$}  {}\n", it.name, it.value, it.source);
    settings.iter().map(line).collect::<Vec<String>>().concat()
}
