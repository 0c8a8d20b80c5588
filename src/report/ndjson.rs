//! NDJSON: one device a line, for streams and for tools that load lines. A line is a device of the JSON contract with
//! `schema_version` before its fields.

use serde::Serialize;

use crate::diagnose::finding::{Device, Diagnosis};

#[derive(Serialize)]
struct Line<'d> {
    schema_version: u32,
    #[serde(flatten)]
    device: &'d Device,
}

/// One line a device, in the order of the diagnosis. No device: no line.
pub fn render(diagnosis: &Diagnosis) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for device in &diagnosis.devices {
        let line = Line { schema_version: diagnosis.schema_version, device };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::report::sample;

    #[test]
    fn a_line_is_a_device() {
        let text = render(&sample::fleet()).unwrap();
        let names: Vec<_> = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|device| (device["schema_version"].as_u64(), device["hostname"].as_str().map(str::to_owned)))
            .collect();
        let named = |name: &str| (Some(1), Some(name.to_owned()));
        assert_eq!(names, [named("sw1"), named("sw2"), named("sw3"), named("sw4")]);
        assert_eq!(render(&sample::nothing_read()).unwrap(), "");
    }
}
