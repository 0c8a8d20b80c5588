//! The JSON report: the contract of the diagnosis types, pretty-printed. Field order is that of the types, maps are sorted,
//! so equal diagnoses are equal bytes.

use std::io::{self, BufWriter, Write};

use crate::diagnose::finding::Diagnosis;

/// Bytes that are written at a time.
const PIECE: usize = 64 << 10;

/// Writes the document, ending in a line end, piece by piece: that of a fleet is as large as what it was read from.
pub fn write(diagnosis: &Diagnosis, to: &mut dyn Write) -> io::Result<()> {
    // A document is made of words; each is put into a buffer without asking what is behind it.
    let mut buffer = BufWriter::with_capacity(PIECE, to);
    serde_json::to_writer_pretty(&mut buffer, diagnosis)?;
    buffer.write_all(b"\n")?;
    buffer.flush()
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::report::sample;

    #[test]
    fn the_document_is_the_contract() {
        let mut text = Vec::new();
        write(&sample::clock_offset(), &mut text).unwrap();
        snapbox::assert_data_eq!(
            String::from_utf8(text).unwrap(),
            snapbox::file!["text/snapshots/clock_offset.json"].raw()
        );
    }
}
