//! The first line of a shipped rule names its JSON Schema, so that editors complete keys and show their meaning.
//!
//! `SCHEMA_LINES=write cargo test --test schema_lines` writes the line into every rule and examples file that lacks it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

const FOLDERS: &[&str] = &["rules", "docs/language"];

fn files() -> Vec<PathBuf> {
    let entries = FOLDERS.iter().flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name());
    let paths = entries.map(|entry| entry.unwrap().into_path());
    paths.filter(|path| path.extension().is_some_and(|it| it == "yaml")).collect()
}

/// Both folders have their rules two levels below the root.
fn line(path: &std::path::Path) -> String {
    let is_examples = path.to_string_lossy().ends_with(".test.yaml");
    let schema = if is_examples { "rule-examples.schema.json" } else { "rule.schema.json" };
    format!("# yaml-language-server: $schema=../../schema/{schema}\n")
}

/// A file without it would look in an editor as if its keys were not checked.
#[test]
fn all_shipped_rules_name_their_schema() {
    let mut without = Vec::new();
    for path in files() {
        let (line, text) = (line(&path), fs::read_to_string(&path).unwrap());
        if text.starts_with(&line) {
            continue;
        }
        if std::env::var("SCHEMA_LINES").is_ok_and(|it| it == "write") {
            assert!(!text.starts_with("# yaml-language-server"), "{} names another schema", path.display());
            fs::write(&path, line + &text).unwrap();
        } else {
            without.push(path);
        }
    }
    assert!(without.is_empty(), "these have no schema line: {without:?}");
}
