//! Turns the built-in rules, `rules/**/*.yaml`, into one table, so that the program parses no YAML at start, and embeds the
//! texts of `knowledge/`, which only `sldiag explain` reads.
//!
//! The shape of every rule is checked here, with the same types as at run time; the meaning is checked by a test.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

#[path = "src/rules/digest.rs"]
#[expect(dead_code, reason = "shared with the crate, of which this needs a part")]
mod digest;
#[path = "src/rules/expression.rs"]
#[expect(unreachable_pub, reason = "shared with the crate")]
mod expression;
#[path = "src/rules/fault.rs"]
#[expect(dead_code, reason = "shared with the crate, of which this needs a part")]
mod fault;
#[path = "src/base/level.rs"]
#[expect(dead_code, unreachable_pub, reason = "shared with the crate, of which this needs a part")]
mod level;
#[path = "src/rules/literals.rs"]
mod literals;
#[path = "src/rules/schema.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "shared with the crate, of which this needs a part"
)]
mod schema;
#[path = "src/rules/severity.rs"]
#[expect(unreachable_pub, reason = "shared with the crate")]
mod severity;
#[path = "src/rules/written.rs"]
#[expect(dead_code, unreachable_pub, reason = "shared with the crate, of which this needs a part")]
mod written;
#[path = "src/rules/yaml.rs"]
mod yaml;

/// The paths by which the shared files name the scales.
mod base {
    pub(crate) use crate::level::{Effect, Era, Severity};
}

const RULES: &str = "rules";
const KNOWLEDGE: &str = "knowledge";

fn main() -> Result<(), Failure> {
    writeln!(io::stdout(), "cargo::rerun-if-changed={RULES}")?;
    for shared in ["build.rs", "src/base/level.rs", "src/rules", KNOWLEDGE] {
        writeln!(io::stdout(), "cargo::rerun-if-changed={shared}")?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let mut files = Vec::new();
    if Path::new(RULES).is_dir() {
        collect(Path::new(RULES), &mut files)?;
    }
    files.sort();
    fs::write(out.join("builtin_rules.postcard"), table(&files)?)?;
    fs::write(out.join("builtin_rules.rs"), texts(&files))?;
    fs::write(out.join("knowledge.rs"), knowledge()?)?;
    Ok(())
}

/// The Rust file that embeds the pages and tables of `knowledge/`, by path.
fn knowledge() -> Result<String, Failure> {
    let mut files = Vec::new();
    collect_texts(Path::new(KNOWLEDGE), &mut files)?;
    files.sort();
    let all: Vec<String> = files.iter().map(embedded).collect();
    Ok(format!("const TEXTS: &[(&str, &str)] = &[{}];\n", all.join(",\n")))
}

/// All pages (`.md`) and tables (`.txt`) below a directory.
fn collect_texts(directory: &Path, files: &mut Vec<String>) -> Result<(), Failure> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            collect_texts(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "md" || ending == "txt") {
            let name = path.to_str().ok_or("a path below knowledge/ is not UTF-8")?;
            files.push(name.replace('\\', "/"));
        }
    }
    Ok(())
}

/// Path and text of a file as the code of a pair.
fn embedded(path: &String) -> String {
    format!("({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?})))")
}

/// All YAML files below a directory, as paths with `/`.
fn collect(directory: &Path, files: &mut Vec<String>) -> Result<(), Failure> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.to_str().ok_or("a path below rules/ is not UTF-8")?.replace('\\', "/");
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(name);
        } else if path.extension().is_some_and(|ending| ending == "yml") {
            return Err(Failure(format!("{name}: built-in rules are named `*.yaml`")));
        }
    }
    Ok(())
}

/// The rules as written with the SHA-256 of their texts, in order of path.
fn table(files: &[String]) -> Result<Vec<u8>, Failure> {
    let mut rules: Vec<(schema::Rule, [u8; 32])> = Vec::new();
    let mut bad = Vec::new();
    for path in files.iter().filter(|path| !path.ends_with(".test.yaml")) {
        let text = fs::read_to_string(path)?;
        match yaml::read(text.as_bytes()) {
            Ok(rule) => rules.push((rule, digest::of_text(&text))),
            Err(fault) => {
                let (line, kind) = (fault.line(&text), &fault.kind);
                bad.push(format!("{path}:{line}: {}: {kind}", kind.code()));
            }
        }
    }
    if !bad.is_empty() {
        return Err(Failure(bad.join("\n")));
    }
    postcard::to_stdvec(&rules).map_err(|error| Failure(error.to_string()))
}

/// The Rust file that embeds the table and the texts.
fn texts(files: &[String]) -> String {
    let table =
        "const TABLE: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/builtin_rules.postcard\"));";
    let all: Vec<String> = files.iter().map(embedded).collect();
    format!("{table}\nconst TEXTS: &[(&str, &str)] = &[{}];\n", all.join(",\n"))
}

/// Why the build stops: shown as it is, one line a file.
struct Failure(String);

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the built-in rules are not usable:\n{}", self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
