//! Conditions in words, for the page of a rule: what a rule looks for, without its YAML.

use crate::base::time::spell_seconds;
use crate::facts::key;
use crate::rules::Condition;
use crate::rules::condition::{
    ConfigTest, EventTest, FactTest, Instant, ListTest, LogTest, Neighbour, Order, Quantifier, Test,
};
use crate::rules::schema::{Range, Scalar};

/// One line of a description, indented by `depth` steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 0 for the outermost.
    pub depth: usize,
    /// A phrase without a full stop.
    pub text: String,
}

/// A condition as lines. What must all hold stands side by side; choices are indented under `one of:`.
pub fn describe(condition: &Condition) -> Vec<Line> {
    let mut lines = Vec::new();
    match condition {
        Condition::All(parts) => {
            for part in parts {
                add(part, 0, "", &mut lines);
            }
        }
        other => add(other, 0, "", &mut lines),
    }
    lines
}

fn add(condition: &Condition, depth: usize, before: &str, lines: &mut Vec<Line>) {
    let heading = |text: &str| Line { depth, text: format!("{before}{text}") };
    match condition {
        Condition::All(parts) => group(heading("all of:"), parts, lines),
        Condition::Any(parts) => group(heading("one of:"), parts, lines),
        Condition::AtLeast(count, parts) => group(heading(&format!("at least {count} of:")), parts, lines),
        Condition::Not(part) => add(part, depth, &format!("{before}not: "), lines),
        Condition::List(test) => {
            lines.push(heading(&list(test)));
            add(&test.condition, depth + 1, "", lines);
        }
        Condition::Era(eras) => {
            let names: Vec<&str> = eras.iter().map(|era| era.name()).collect();
            lines.push(heading(&format!("the licensing era is {}", names.join(" or "))));
        }
        Condition::Fact(test) => lines.push(heading(&fact(test))),
        Condition::Log(test) => lines.push(heading(&log(test))),
        Condition::Event(test) => lines.push(heading(&event(test))),
        Condition::Typed(command) => {
            lines.push(heading(&format!("a command was entered that matches `{}`", command.as_str())));
        }
        Condition::Config(test) => lines.push(heading(&config(test))),
        Condition::Seen(command) => {
            lines.push(heading(&format!("the capture holds the output of {command}")));
        }
    }
}

fn group(heading: Line, parts: &[Condition], lines: &mut Vec<Line>) {
    let depth = heading.depth + 1;
    lines.push(heading);
    for part in parts {
        add(part, depth, "", lines);
    }
}

fn list(test: &ListTest) -> String {
    let elements = named(&test.list);
    match test.quantifier {
        Quantifier::Some => format!("at least one element of {elements} has:"),
        Quantifier::Every => format!("every element of {elements} has:"),
        Quantifier::Count(allowed) => format!("{} of {elements} have:", range(allowed, "elements")),
    }
}

/// A key with its meaning: `Failure reason under Registration (license.registration.failure_reason)`.
fn named(name: &str) -> String {
    key::find(name).map_or_else(|| name.to_owned(), |row| format!("{} ({name})", row.doc))
}

fn fact(test: &FactTest) -> String {
    let tests: Vec<String> = test.tests.iter().map(one_test).collect();
    let tests = if tests.is_empty() { "is shown".to_owned() } else { tests.join(" and ") };
    let shown = if test.shown { "is shown and " } else { "" };
    format!("{} {shown}{tests}", named(&test.key))
}

fn one_test(test: &Test) -> String {
    match test {
        Test::OneOf(values) => {
            let values: Vec<String> = values.iter().map(scalar).collect();
            format!("is {}", values.join(" or "))
        }
        Test::Matches(pattern) => format!("matches `{}`", pattern.as_str()),
        Test::Exists(true) => "is shown".to_owned(),
        Test::Exists(false) => "is not shown".to_owned(),
        Test::Length(allowed) => format!("has {}", range(*allowed, "elements")),
        Test::Number(min, max) => number(*min, *max),
        Test::Same(other, true) => format!("is the same as {}", named(other)),
        Test::Same(other, false) => format!("differs from {}", named(other)),
        Test::Before(when) => format!("is before {}", instant(when)),
        Test::After(when) => format!("is after {}", instant(when)),
        Test::Within(seconds) => format!("is less than {} from now", spell_seconds(*seconds)),
        Test::Gap { from, less, more } => {
            let bounds = [("less", less), ("more", more)];
            let bounds = bounds.iter().filter_map(|(word, seconds)| {
                seconds.map(|seconds| format!("{word} than {}", spell_seconds(seconds)))
            });
            format!("is {} after {}", bounds.collect::<Vec<_>>().join(" and "), instant(from))
        }
        Test::Release(_) => "is one of the affected releases".to_owned(),
    }
}

fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::Bool(true) => "yes".to_owned(),
        Scalar::Bool(false) => "no".to_owned(),
        Scalar::Number(number) => number.to_string(),
        Scalar::Text(text) => text.clone(),
    }
}

fn instant(when: &Instant) -> String {
    match when {
        Instant::Now => "the time of the capture".to_owned(),
        Instant::Fact(key) => named(key),
    }
}

fn number(min: Option<i64>, max: Option<i64>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("is {min}"),
        (Some(min), Some(max)) => format!("is {min} to {max}"),
        (Some(min), None) => format!("is at least {min}"),
        (None, Some(max)) => format!("is at most {max}"),
        (None, None) => "is a number".to_owned(),
    }
}

fn range(allowed: Range, noun: &str) -> String {
    match (allowed.min, allowed.max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min} {noun}"),
        (Some(min), Some(max)) => format!("{min} to {max} {noun}"),
        (Some(min), None) => format!("at least {min} {noun}"),
        (None, Some(max)) => format!("at most {max} {noun}"),
        (None, None) => format!("any number of {noun}"),
    }
}

fn log(test: &LogTest) -> String {
    let count = (test.count > 1).then(|| format!(", at least {} times", test.count));
    let text = test.text.as_ref().map(|text| format!(", its text matching `{}`", text.as_str()));
    let within = test.within.map(|seconds| {
        let before_now = if test.count > 1 { "" } else { " before now" };
        format!(", within {}{before_now}", spell_seconds(seconds))
    });
    let except = match test.except.len() {
        0 => None,
        count => Some(format!(" but for {count} that are known")),
    };
    let severity = test.severity.map(|digit| format!(", of severity {digit} or more severe"));
    let parts = [except, severity, count, text, within].into_iter().flatten();
    let parts = parts.chain(test.neighbours.iter().map(neighbour));
    format!("the log holds {}{}", test.names.join(" or "), parts.collect::<String>())
}

fn neighbour(other: &Neighbour) -> String {
    let order = match other.order {
        Order::After => "after",
        Order::Before => "before",
        Order::Near => "near",
    };
    let within = other.within.map(|seconds| format!(" within {}", spell_seconds(seconds)));
    format!(", {order} {}{}", other.log.names.join(" or "), within.unwrap_or_default())
}

fn event(test: &EventTest) -> String {
    let text = test.text.as_ref().map(|text| format!(", its text matching `{}`", text.as_str()));
    let names = if test.names.is_empty() { "an event".to_owned() } else { test.names.join(" or ") };
    format!("the licensing event log holds {names}{}", text.unwrap_or_default())
}

fn config(test: &ConfigTest) -> String {
    let under = test.under.as_ref().map(|under| format!(" under `{}`", under.as_str()));
    format!("the configuration has a line matching `{}`{}", test.line.as_str(), under.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Pattern;

    fn fact(key: &str, test: Test) -> Condition {
        Condition::Fact(FactTest { key: key.into(), tests: vec![test], shown: false, collect: None })
    }

    #[test]
    fn conditions_read_as_sentences() {
        let condition = Condition::All(vec![
            fact("license.registration.failure_reason", Test::Matches(Pattern::new("(?i)offset"))),
            Condition::Any(vec![
                fact("ntp.stratum", Test::Number(Some(16), Some(16))),
                Condition::Not(Box::new(Condition::Seen("show clock".into()))),
            ]),
        ]);
        let lines: Vec<String> = describe(&condition)
            .iter()
            .map(|line| format!("{}{}", "  ".repeat(line.depth), line.text))
            .collect();
        assert_eq!(
            lines,
            [
                "Failure reason under Registration (license.registration.failure_reason) matches `(?i)offset`",
                "one of:",
                "  Stratum; 16 is unsynchronised (ntp.stratum) is 16",
                "  not: the capture holds the output of show clock",
            ]
        );
    }
}
