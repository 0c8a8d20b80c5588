//! Puts new values into an examples file in place: what stands around them, comments above all, stays byte for byte.
//!
//! The file is edited as lines and not written anew from its values, because that would lose every comment and fold. Where a
//! value cannot be found as lines of its own, or holds a comment, nothing is changed and the reason is given.

use super::examples::Examples;
use super::yaml;

/// Columns of a rewritten file.
const WIDTH: usize = 118;

/// A new value of a key of one example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Byte offset of the example's name.
    pub example: usize,
    /// `message`, `evidence`, `steps` or `collect`.
    pub key: &'static str,
    /// What it shall say.
    pub value: NewValue,
}

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewValue {
    /// A text.
    Text(String),
    /// A list of lines, each on a line of its own.
    Lines(Vec<String>),
    /// A list of words, in brackets.
    Words(Vec<String>),
}

/// A file with the edits made, and those that could not be made, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// The new text.
    pub text: String,
    /// How many edits were made.
    pub made: usize,
    /// What could not be changed, and why.
    pub refused: Vec<(Edit, String)>,
}

/// Makes edits in the text of an examples file.
pub fn rewrite(text: &str, edits: &[Edit]) -> Rewritten {
    let mut out = Rewritten { text: text.to_owned(), made: 0, refused: Vec::new() };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut found = Vec::new();
    for edit in edits {
        match find(&lines, text, edit) {
            Ok(block) => found.push((block, edit)),
            Err(why) => out.refused.push((edit.clone(), why.to_owned())),
        }
    }
    // From the end of the file to its beginning, so that the lines of earlier blocks still hold.
    found.sort_by_key(|(block, _)| std::cmp::Reverse(block.from));
    for (block, edit) in found {
        match edited(&out.text, &block, edit) {
            Ok(text) => {
                out.text = text;
                out.made += 1;
            }
            Err(why) => out.refused.push((edit.clone(), why.to_owned())),
        }
    }
    out.refused.sort_by_key(|(edit, _)| (edit.example, edit.key));
    out
}

fn edited(text: &str, block: &Block, edit: &Edit) -> Result<String, &'static str> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let old = lines.get(block.from..block.to).unwrap_or_default();
    if !matches!(edit.value, NewValue::Text(_)) && old.iter().any(|line| has_comment(line)) {
        return Err("it holds a comment, which would be lost");
    }
    let ending = if old.first().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let mut new: String = lines.get(..block.from).unwrap_or_default().concat();
    let first = old.first().copied().unwrap_or_default();
    // The key may stand behind the hyphen of its example.
    new.push_str(first.get(..block.column).unwrap_or_default());
    new.push_str(&written(edit, block.column).replace('\n', ending));
    new.push_str(&lines.get(block.to..).unwrap_or_default().concat());
    match (yaml::read::<Examples>(text.as_bytes()), yaml::read::<Examples>(new.as_bytes())) {
        (Ok(before), Ok(after)) if names(&before) == names(&after) => Ok(new),
        _ => Err("the file would no longer read as before"),
    }
}

fn names(examples: &Examples) -> Vec<&str> {
    let fires = examples.fires.iter().map(|it| it.name.as_str());
    let silent = examples.silent.iter().map(|it| it.name.as_str());
    fires.chain(silent).chain(examples.unknown.iter().map(|it| it.name.as_str())).collect()
}

/// The lines of a key with its value, and the column of the key.
struct Block {
    from: usize,
    to: usize,
    column: usize,
}

fn find(lines: &[&str], text: &str, edit: &Edit) -> Result<Block, &'static str> {
    let before = text.get(..edit.example).unwrap_or_default();
    let at = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let head = before.get(start..).unwrap_or_default();
    if head.contains('{') {
        return Err("the example is written in braces");
    }
    let column = head.find("name:").ok_or("the name of the example does not stand behind `name:`")?;
    let (from, to) = item(lines, at, column);
    let is_key_at = |line: &&str| starts_key(line, column, edit.key);
    let inside = lines.get(from..to).unwrap_or_default();
    let key =
        from + inside.iter().position(is_key_at).ok_or("the key does not stand on a line of its own")?;
    let rest = lines.get(key + 1..to).unwrap_or_default();
    let mut length = rest.iter().take_while(|line| belongs(line, column)).count();
    // Blank lines behind the value part it from what follows.
    while length > 0 && rest.get(length - 1).is_some_and(|line| line.trim().is_empty()) {
        length -= 1;
    }
    Ok(Block { from: key, to: key + 1 + length, column })
}

/// The lines of the example that `at` stands in; its keys stand at `column`.
fn item(lines: &[&str], at: usize, column: usize) -> (usize, usize) {
    let begins = |line: &&str| indent(line).is_some_and(|it| it < column);
    let from = lines.iter().take(at + 1).rposition(begins).unwrap_or(at);
    let length = lines.iter().skip(from + 1).take_while(|line| !begins(line)).count();
    (from, from + 1 + length)
}

fn starts_key(line: &str, column: usize, key: &str) -> bool {
    let lead = line.get(..column).unwrap_or("x");
    let rest = line.get(column..).unwrap_or_default();
    lead.chars().all(|c| c == ' ' || c == '-') && rest.strip_prefix(key).is_some_and(|it| it.starts_with(':'))
}

/// Whether a line goes on with the value of a key at `column`: indented more, blank, or an item of a list at its column.
fn belongs(line: &str, column: usize) -> bool {
    match indent(line) {
        None => true,
        Some(depth) => depth > column || (depth == column && line.trim_start().starts_with("- ")),
    }
}

/// Blanks before the first character; `None` for a blank line.
fn indent(line: &str) -> Option<usize> {
    let trimmed = line.trim_start_matches(' ');
    (!trimmed.trim().is_empty()).then(|| line.len() - trimmed.len())
}

/// A `#` after a blank outside quotes begins a comment.
fn has_comment(line: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for c in line.chars() {
        match quote {
            None if c == '#' && before.is_whitespace() => return true,
            None if c == '\'' || c == '"' => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ => {}
        }
        before = c;
    }
    false
}

fn written(edit: &Edit, column: usize) -> String {
    let key = edit.key;
    let inner = " ".repeat(column + 2);
    match &edit.value {
        NewValue::Text(text) => {
            let short = format!("{key}: {}\n", quoted(text));
            if column + short.len() <= WIDTH || !can_fold(text) {
                return short;
            }
            let lines = folded(text, WIDTH - column - 2);
            let lines = lines.iter().map(|line| format!("{inner}{line}\n")).collect::<Vec<String>>().concat();
            format!("{key}: >-\n{lines}")
        }
        NewValue::Lines(list) | NewValue::Words(list) if list.is_empty() => format!("{key}: []\n"),
        NewValue::Words(list) => {
            let words: Vec<String> = list.iter().map(|it| word(it)).collect();
            format!("{key}: [{}]\n", words.join(", "))
        }
        NewValue::Lines(list) => {
            let lines = list
                .iter()
                .map(|line| format!("{inner}- {}\n", quoted(line)))
                .collect::<Vec<String>>()
                .concat();
            format!("{key}:\n{lines}")
        }
    }
}

fn word(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_ascii_lowercase());
    if is_plain && !text.is_empty() { text.to_owned() } else { quoted(text) }
}

/// In single quotes, in which nothing but the quote itself has a meaning; control characters need double ones.
fn quoted(text: &str) -> String {
    if text.chars().any(char::is_control) {
        return serde_json::Value::from(text).to_string();
    }
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether a folded block gives the same text: single blanks between words, none at the ends.
fn can_fold(text: &str) -> bool {
    !text.contains("  ") && text.trim() == text && !text.is_empty() && !text.chars().any(char::is_control)
}

fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# Above.
fires:
  - name: one   # the first
    # Before the message.
    message: old
    input: |
      message: not this
      evidence: nor this

    evidence:   # kept? no
      - 'a'
    steps: [open]

  # Between.
  - message: >-
      old and
      long
    name: two
    collect:
    - show x
    input: x
silent:
  - { name: three, input: y }
";

    fn edit(name: &str, key: &'static str, value: NewValue) -> Edit {
        Edit { example: FILE.find(name).unwrap(), key, value }
    }

    #[test]
    fn only_the_value_changes() {
        let long = "word ".repeat(40).trim().to_owned();
        let edits = [
            edit("one", "message", NewValue::Text("it's new".into())),
            edit("one", "steps", NewValue::Words(vec!["done".into(), "open".into()])),
            edit("two", "message", NewValue::Text(long)),
            edit("two", "collect", NewValue::Words(vec!["show clock".into()])),
        ];
        let out = rewrite(FILE, &edits);
        assert_eq!((out.made, out.refused), (4, Vec::new()));
        let folded = format!("{}\n      {}", ["word"; 22].join(" "), ["word"; 18].join(" "));
        let expected = FILE
            .replace("    message: old\n", "    message: 'it''s new'\n")
            .replace("steps: [open]", "steps: [done, open]")
            .replace("old and\n      long", &folded)
            .replace("collect:\n    - show x\n", "collect: ['show clock']\n");
        assert_eq!(out.text, expected);
    }

    #[test]
    fn what_cannot_be_changed_is_said() {
        let edits = [
            edit("one", "evidence", NewValue::Lines(vec!["b".into()])),
            edit("one", "collect", NewValue::Words(Vec::new())),
            edit("three", "message", NewValue::Text("x".into())),
        ];
        let out = rewrite(FILE, &edits);
        assert_eq!((out.text.as_str(), out.made), (FILE, 0));
        let why: Vec<&str> = out.refused.iter().map(|(_, why)| why.as_str()).collect();
        assert_eq!(
            why,
            [
                "the key does not stand on a line of its own",
                "it holds a comment, which would be lost",
                "the example is written in braces",
            ]
        );
    }

    #[test]
    fn values_survive_quoting_and_line_ends() {
        let value = "quote ' \" \\ # : {x}";
        let file = FILE.replace("   # kept? no", "").replace('\n', "\r\n");
        let at = file.find("one").unwrap();
        let edits = [
            Edit { example: at, key: "message", value: NewValue::Text(value.into()) },
            Edit {
                example: at,
                key: "evidence",
                value: NewValue::Lines(vec![value.into(), "tab\there".into()]),
            },
        ];
        let out = rewrite(&file, &edits);
        assert_eq!(out.refused, Vec::new());
        assert_eq!(out.text.matches('\n').count(), out.text.matches("\r\n").count());
        let read: Examples = yaml::read(out.text.as_bytes()).unwrap();
        let first = &read.fires[0];
        assert_eq!(first.message.as_deref(), Some(value));
        assert_eq!(first.evidence.as_deref(), Some(&[value.to_owned(), "tab\there".to_owned()][..]));
    }
}
