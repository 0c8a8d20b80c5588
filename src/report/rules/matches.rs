//! Why a rule fired on a capture or did not: its conditions as a tree, each with yes, no or unknown and the lines behind it.

use crate::base::{Certainty, State, Truth};
use crate::diagnose::match_tree::{Ending, Match, Node};
use crate::report::Style;
use crate::report::text::{Page, Tone};
use crate::report::words::describe;
use crate::rules::{Condition, Rule};

/// More lines than these do not help to see why.
const MOST_LINES: usize = 5;

/// The rule on every device.
pub fn text(rule: &Rule, matches: &[Match<'_>], style: &Style) -> String {
    let mut page = Page::new(style);
    if matches.is_empty() {
        page.paragraph(0, Tone::Plain, "no device was recognised in the input");
    }
    for (number, it) in matches.iter().enumerate() {
        if number > 0 {
            page.gap();
        }
        let (tone, words) = ending(it.outcome);
        page.hanging(0, (Tone::Strong, &format!("{}:", it.device)), tone, &format!("{} {words}", rule.id));
        for (name, node) in &it.parts {
            page.gap();
            page.line(0, &[(Tone::Strong, name)]);
            write(&mut page, 2, node);
        }
    }
    page.finish()
}

/// What came of a rule, as the end of a sentence that begins with it.
pub(super) fn ending(outcome: Ending) -> (Tone, &'static str) {
    match outcome {
        Ending::NotApplicable => (Tone::Plain, "is about other devices: `applies` does not hold"),
        Ending::NotMatched => (Tone::Plain, "stays silent"),
        Ending::Undecided => (Tone::Uneasy, "cannot tell"),
        Ending::Found(Certainty::Confirmed, State::Active) => (Tone::Bad, "fires: confirmed, active"),
        Ending::Found(Certainty::Confirmed, State::Recovered) => (Tone::Good, "fires: confirmed, recovered"),
        Ending::Found(Certainty::Possible, State::Active) => (Tone::Uneasy, "fires: possible, active"),
        Ending::Found(Certainty::Possible, State::Recovered) => (Tone::Good, "fires: possible, recovered"),
    }
}

fn write(page: &mut Page<'_>, indent: usize, node: &Node<'_>) {
    let (tone, word) = match node.truth {
        Truth::Yes => (Tone::Good, "yes    "),
        Truth::No => (Tone::Bad, "no     "),
        Truth::Unknown => (Tone::Uneasy, "unknown"),
    };
    let inside = indent + word.len() + 1;
    let mut lines = words(node.condition).into_iter();
    page.hanging(indent, (tone, word), Tone::Plain, &lines.next().unwrap_or_default());
    for line in lines {
        page.paragraph(inside, Tone::Plain, &line);
    }
    if node.inner.is_empty() {
        proof(page, inside, node);
    }
    for inner in &node.inner {
        write(page, indent + 2, inner);
    }
}

/// The lines behind a condition, what it captured, and what would settle it.
fn proof(page: &mut Page<'_>, indent: usize, node: &Node<'_>) {
    for line in node.evidence.iter().take(MOST_LINES) {
        page.place(indent, &line.path, line.line, "");
        page.quote(indent, &line.text);
    }
    if let Some(more) = node.evidence.len().checked_sub(MOST_LINES).filter(|it| *it > 0) {
        page.line(indent, &[(Tone::Faint, &format!("and {more} more"))]);
    }
    for (name, value) in node.captured.iter() {
        page.hanging(indent, (Tone::Faint, &format!("{{{name}}} =")), Tone::Plain, value);
    }
    if node.truth == Truth::Unknown && !node.collect.is_empty() {
        page.items(indent, "would be settled by", &node.collect);
    }
}

/// The first line is the condition itself; those of a list condition follow it.
fn words(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::All(_) => vec!["all of:".to_owned()],
        Condition::Any(_) => vec!["one of:".to_owned()],
        Condition::AtLeast(count, _) => vec![format!("at least {count} of:")],
        Condition::Not(_) => vec!["not:".to_owned()],
        Condition::Era(_)
        | Condition::Fact(_)
        | Condition::List(_)
        | Condition::Log(_)
        | Condition::Event(_)
        | Condition::Typed(_)
        | Condition::Config(_)
        | Condition::Seen(_) => {
            let indented =
                |line: crate::report::words::Line| format!("{}{}", "  ".repeat(line.depth), line.text);
            describe(condition).into_iter().map(indented).collect()
        }
    }
}
