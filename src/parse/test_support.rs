//! Runs a parser on a text, for tests.

use std::sync::Arc;

use super::Sink;
use crate::base::{Era, Source, Wholeness};
use crate::facts::{Capture, Element, Seen, Value};
use crate::text::{Section, clean};

/// The capture that a parser reads from the output of `command`, which may have words behind the name of a check.
pub(crate) fn read(command: &str, text: &str, parse: fn(&Section<'_>, &mut Sink<'_>)) -> Capture {
    let source = Arc::new(Source::new("test", text.to_owned()));
    let lines = clean::clean(&source);
    let last_line = lines.last().map_or(1, |line| line.number);
    let found = crate::text::command::resolve(command);
    let (name, arguments) =
        found.filter(|it| it.known).map_or((command.to_owned(), String::new()), |it| (it.name, it.rest));
    let section = Section {
        command: name.clone(),
        arguments,
        pipe: None,
        host: None,
        heading: 1,
        lines,
        wholeness: Wholeness::Whole,
    };
    let mut capture = Capture { path: "test".into(), ..Capture::default() };
    capture.seen.push(Seen {
        command: name,
        place: source.place(1),
        last_line,
        wholeness: Wholeness::Whole,
        era: Era::Unknown,
    });
    let mut sink = Sink::new(&mut capture, source.clone(), 0);
    parse(&section, &mut sink);
    capture
}

/// Every fact that counts, one a line: `key = value`, elements of lists in brackets.
pub(crate) fn facts(capture: &Capture) -> String {
    let newest = |key: &str| capture.facts.get(key).map(|it| shown(&it.value)).unwrap_or_default();
    let lines: Vec<_> = capture.facts.iter().map(|(key, _)| format!("{key} = {}", newest(key))).collect();
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Time(stamp) => stamp.to_json_text(),
        Value::List(elements) => elements.iter().map(element).collect::<Vec<_>>().join(" "),
    }
}

fn element(element: &Element) -> String {
    let fields: Vec<_> = element.iter().map(|(name, it)| format!("{name}={}", shown(&it.value))).collect();
    format!("[{}]", fields.join(" "))
}
