//! The JSON report: the contract of the diagnosis types, pretty-printed. Field order is that of the types, maps are sorted,
//! so equal diagnoses are equal bytes.

use crate::diagnose::finding::Diagnosis;

/// The document, ending in a line end.
pub fn render(diagnosis: &Diagnosis) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(diagnosis)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::report::sample;

    #[test]
    fn the_document_is_the_contract() {
        let text = render(&sample::clock_offset()).unwrap();
        snapbox::assert_data_eq!(text, snapbox::file!["text/snapshots/clock_offset.json"].raw());
    }
}
