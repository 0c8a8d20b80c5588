//! docs/WRITING-RULES.md as a reader follows it: its files are written, its commands run, and what they print is compared.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

const TUTORIAL: &str = include_str!("../docs/WRITING-RULES.md");

/// A piece of the tutorial that is acted on.
#[derive(Debug)]
enum Piece {
    /// A file: name and text.
    File(String, String),
    /// A command with its output.
    Run(String, String),
}

/// Blocks in order. The name of a file is the line in backticks above its block.
fn pieces() -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut name = None;
    let mut lines = TUTORIAL.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let text =
                |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<Vec<_>>().concat();
            if kind == "console" {
                let (command, output) = block.split_first().unwrap();
                let command = command.strip_prefix("$ sldiag ").unwrap().to_owned();
                pieces.push(Piece::Run(command, text(output)));
            } else if let Some(name) = name.take() {
                pieces.push(Piece::File(name, text(&block)));
            }
        } else if let Some(file) = line.strip_prefix('`').and_then(|it| it.strip_suffix('`')) {
            name = (!file.contains('`')).then(|| file.to_owned());
        }
    }
    pieces
}

/// Standard error, then standard output, as a reader sees them who runs one command after the other.
fn run(folder: &Path, command: &str) -> String {
    let mut sldiag = Command::new(env!("CARGO_BIN_EXE_sldiag"));
    sldiag.current_dir(folder).args(command.split(' ')).env_clear().env("LC_ALL", "C.UTF-8");
    let output = sldiag.output().unwrap();
    String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_prints_what_the_tutorial_says() {
    let folder = tempfile::tempdir().unwrap();
    let (mut files, mut commands) = (0, 0);
    for piece in pieces() {
        match piece {
            Piece::File(name, text) => {
                fs::write(folder.path().join(name), text).unwrap();
                files += 1;
            }
            Piece::Run(command, expected) => {
                assert_eq!(run(folder.path(), &command), expected, "$ sldiag {command}");
                commands += 1;
            }
        }
    }
    assert!(files >= 5 && commands >= 8, "{files} files, {commands} commands");
}
