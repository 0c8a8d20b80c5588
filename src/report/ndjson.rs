//! NDJSON: one typed object a line, for streams and for tools that load lines.
//!
//! First `tool`, then for each input its `input`, `device` and `problem` lines, and `summary` at the end. A line has the fields
//! that the same thing has in the JSON document, with `type` and `schema_version` before them. A device is what one input
//! holds of it: nothing is joined over inputs, so that nothing has to be kept.

use serde::Serialize;

use crate::base::Problem;
use crate::diagnose::finding::{Summary, Tool};
use crate::diagnose::{Examined, SCHEMA_VERSION};

#[derive(Serialize)]
struct Line<'l, T> {
    r#type: &'l str,
    schema_version: u32,
    #[serde(flatten)]
    fields: &'l T,
}

/// What all lines add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Inputs that were read.
    pub inputs: usize,
    /// Bytes of them.
    pub bytes: u64,
    /// Problems.
    pub problems: usize,
    /// Devices and their active findings. A device that is in several inputs counts in each.
    #[serde(flatten)]
    pub summary: Summary,
}

impl Totals {
    /// Adds what an input holds.
    pub fn add(&mut self, more: &Self) {
        self.inputs += more.inputs;
        self.bytes += more.bytes;
        self.problems += more.problems;
        self.summary.add(&more.summary);
    }

    /// What one input holds.
    pub fn of(examined: &Examined) -> Self {
        Self {
            inputs: usize::from(examined.input.is_some()),
            bytes: examined.input.as_ref().map_or(0, |it| it.bytes),
            problems: examined.problems.len(),
            summary: Summary::of(&examined.devices),
        }
    }
}

/// The first line.
pub fn tool(tool: &Tool) -> Result<String, serde_json::Error> {
    line("tool", tool)
}

/// The lines of an input.
pub fn input(examined: &Examined) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    if let Some(input) = &examined.input {
        text.push_str(&line("input", input)?);
    }
    for device in &examined.devices {
        text.push_str(&line("device", device)?);
    }
    Ok(text + &problems(&examined.problems)?)
}

/// A line for each problem.
pub fn problems(problems: &[Problem]) -> Result<String, serde_json::Error> {
    problems.iter().map(|problem| line("problem", problem)).collect()
}

/// The last line.
pub fn summary(totals: &Totals) -> Result<String, serde_json::Error> {
    line("summary", totals)
}

fn line(r#type: &str, fields: &impl Serialize) -> Result<String, serde_json::Error> {
    let line = Line { r#type, schema_version: SCHEMA_VERSION, fields };
    Ok(serde_json::to_string(&line)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_line_is_a_thing_with_its_type() {
        let fleet = sample::fleet();
        let examined = Examined {
            input: fleet.inputs.first().cloned(),
            devices: fleet.devices.into_iter().take(2).collect(),
            problems: fleet.problems,
            recognised: true,
        };
        let totals = Totals::of(&examined);
        let text = tool(&fleet.tool).unwrap() + &input(&examined).unwrap() + &summary(&totals).unwrap();
        let words = |line: &str| {
            let it: serde_json::Value = serde_json::from_str(line).unwrap();
            let name = ["name", "path", "hostname"].iter().find_map(|key| it.get(key)?.as_str());
            assert_eq!(it["schema_version"], 1);
            format!("{} {}", it["type"].as_str().unwrap(), name.unwrap_or("-"))
        };
        let lines: Vec<String> = text.lines().map(words).collect();
        let expected = [
            "tool sldiag",
            "input sw1.txt",
            "device sw1",
            "device sw2",
            "problem case.zip!sw9.txt.gz",
            "summary -",
        ];
        assert_eq!(lines, expected);
        assert!(text.ends_with(
            "{\"type\":\"summary\",\"schema_version\":1,\"inputs\":1,\"bytes\":12345,\"problems\":1,\"devices\":2,\
             \"by_scenario\":{\"3\":1,\"8\":1},\"by_severity\":{\"error\":2}}\n"
        ));
    }

    #[test]
    fn totals_add_up() {
        let fleet = sample::fleet();
        let one = Totals { inputs: 1, bytes: 2, problems: 3, summary: Summary::of(&fleet.devices) };
        let mut two = one.clone();
        two.add(&one);
        assert_eq!((two.inputs, two.bytes, two.problems, two.summary.devices), (2, 4, 6, 8));
        assert_eq!(two.summary.by_severity.get("error"), Some(&4));
    }
}
