//! The house: a layer imports only layers below it. Reads every `crate::` path of the source.

#![expect(clippy::string_slice, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

/// Layer to what it may import (ARCHITECTURE.md, "Layers").
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("input", &["base"]),
    ("text", &["base"]),
    ("facts", &["base"]),
    ("parse", &["base", "text", "facts"]),
    ("rules", &["base", "facts"]),
    ("diagnose", &["base", "input", "text", "facts", "parse", "rules"]),
    ("report", &["base", "facts", "rules", "diagnose"]),
    ("cli", &["base", "input", "text", "facts", "parse", "rules", "diagnose", "report"]),
];

#[test]
fn layers_only_look_down() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut files = 0;
    for entry in walkdir::WalkDir::new(&source).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&source).unwrap();
        let Some(layer) = path.components().next().and_then(|it| it.as_os_str().to_str()) else { continue };
        if path.extension().is_none_or(|it| it != "rs") || path.components().count() == 1 {
            continue;
        }
        files += 1;
        let may = allowed.get(layer).unwrap_or_else(|| panic!("{layer} is no layer of ARCHITECTURE.md"));
        let text = std::fs::read_to_string(entry.path()).unwrap();
        for (number, line) in text.lines().enumerate() {
            for target in imports(line) {
                if target != layer && !may.contains(&target) {
                    wrong.push(format!("{}:{}: {layer} may not import {target}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(files > 50, "only {files} files were looked at");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn an_import_upwards_would_be_seen() {
    assert_eq!(imports("use crate::diagnose::finding::Finding;"), ["diagnose"]);
    assert_eq!(imports("    let x = crate::cli::run(); // crate::report"), ["cli"]);
    assert!(imports("/// see crate::report").is_empty());
}

/// The layers that a line of code names.
fn imports(line: &str) -> Vec<&str> {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("crate::")
        .map(|(at, word)| {
            let rest = &code[at + word.len()..];
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
        })
        .filter(|name| !name.is_empty())
        .collect()
}
