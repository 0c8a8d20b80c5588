//! The page of the examples file: the doc comments of its types, by way of the shipped JSON Schema, and one file in full.

use std::fmt::Write;

use serde_json::Value;

use super::reference::{definition, keys};
use crate::rules::EXAMPLES_SCHEMA;

const RULE: &str = include_str!("../../../../docs/language/not.yaml");
const EXAMPLES: &str = include_str!("../../../../docs/language/not.test.yaml");

const HEAD: &str = "\
# The examples of a rule

Beside `name.yaml` stands `name.test.yaml`: captures on which the rule must fire, stay silent, or not be able to tell. `sldiag
rules test` runs them, all rules in force, and says of each example that differs

| Word | Meaning |
|---|---|
| Missing | the rule should have fired, or should have said that it cannot tell, and stays silent |
| Noisy | the rule fires where it should be silent, or is sure where the capture does not tell |
| Wrong | it fires, but a key of the example says otherwise; `--update` writes what came out into the file |

A *near miss* is a silent example that holds what the rule looks at and yet not the problem: the same message with another
reason, the same field with a sound value. It shows that the rule tells the two apart. A *minimal* example is a firing one that
holds nothing but what the finding rests on.

Write captures yourself or replace names, serial numbers and addresses in real ones: a token or an account name in an example is
published with the rule.
";

/// The page.
pub(super) fn text() -> String {
    // The shipped file is made by a test from the types; that it reads as JSON is tested below.
    let schema: Value = serde_json::from_str(EXAMPLES_SCHEMA).unwrap_or_default();
    let mut out = format!("{HEAD}\n## The file\n\n{}", keys(&schema));
    for (heading, name) in [
        ("Under `fires`", "Firing"),
        ("Under `silent`", "Silent"),
        ("Under `unknown`", "Unknown"),
        ("Under `files`", "Files"),
    ] {
        let _ = write!(out, "\n## {heading}\n\n{}", keys(definition(&schema, name)));
    }
    let lines =
        |text: &str| text.lines().skip(1).map(|line| format!("{line}\n")).collect::<Vec<_>>().concat();
    let _ = write!(
        out,
        "\n## In full\n\nThis rule\n\n```yaml\n{}```\n\nhas these examples:\n\n```yaml\n{}```\n",
        lines(RULE),
        lines(EXAMPLES)
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_meaning_and_every_type_a_section() {
        let text = text();
        for line in text.lines().filter(|line| line.starts_with("| `")) {
            assert!(!line.ends_with("|  |"), "{line}");
        }
        let schema: Value = serde_json::from_str(EXAMPLES_SCHEMA).unwrap();
        let names = schema.pointer("/definitions").and_then(Value::as_object).unwrap();
        for (name, of) in names.iter().filter(|(_, of)| of.get("properties").is_some()) {
            for key in of.get("properties").and_then(Value::as_object).unwrap().keys() {
                assert!(text.contains(&format!("| `{key}` |")), "{name}: {key}");
            }
        }
        assert!(text.contains("near_miss: true") && text.contains("unknown:"));
    }
}
