//! The JSON report: the contract of the diagnosis types, pretty-printed. Field order is that of the types, maps are sorted,
//! so equal diagnoses are equal bytes.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::base::pool::Pool;
use crate::diagnose::finding::{Device, Diagnosis};

/// Bytes that are written at a time.
const PIECE: usize = 64 << 10;

/// So many devices a thread are put into words before they are written: the document of a fleet is never in memory as a whole.
const DEVICES: usize = 32;

/// Writes the document, ending in a line end, piece by piece: that of a fleet is as large as what it was read from. Its devices
/// are put into words on all threads of the pool.
pub fn write(diagnosis: &Diagnosis, pool: &Pool, to: &mut dyn Write) -> io::Result<()> {
    let Diagnosis { schema_version, tool, inputs, devices, problems, fleet, summary, left_out: _ } =
        diagnosis;
    // A document is made of words; each is put into a buffer without asking what is behind it.
    let mut document = Document { to: BufWriter::with_capacity(PIECE, to), before: "{" };
    document.field("schema_version", schema_version)?;
    document.field("tool", tool)?;
    document.field("inputs", inputs)?;
    document.devices(devices, pool)?;
    document.field("problems", problems)?;
    document.field("fleet", fleet)?;
    document.field("summary", summary)?;
    document.to.write_all(b"\n}\n")?;
    document.to.flush()
}

/// A document that is being written.
struct Document<W> {
    to: W,
    /// What stands before the next field.
    before: &'static str,
}

impl<W: Write> Document<W> {
    fn field(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.begin(name)?;
        value.serialize(&mut indented(&mut self.to, 1)?)?;
        Ok(())
    }

    fn begin(&mut self, name: &str) -> io::Result<()> {
        let before = std::mem::replace(&mut self.before, ",");
        write!(self.to, "{before}\n  \"{name}\": ")
    }

    fn devices(&mut self, devices: &[Device], pool: &Pool) -> io::Result<()> {
        if devices.is_empty() {
            return self.field("devices", &devices);
        }
        self.begin("devices")?;
        let mut before = "[\n    ";
        for some in devices.chunks(DEVICES * pool.threads()) {
            for device in pool.map(some.iter().collect(), in_words) {
                self.to.write_all(before.as_bytes())?;
                self.to.write_all(&device?)?;
                before = ",\n    ";
            }
        }
        self.to.write_all(b"\n  ]")
    }
}

/// A device as it stands in the list of the document.
fn in_words(device: &Device) -> io::Result<Vec<u8>> {
    let mut words = Vec::new();
    device.serialize(&mut indented(&mut words, 2)?)?;
    Ok(words)
}

/// Writes values that stand so many levels deep.
fn indented<W: Write>(to: W, levels: usize) -> io::Result<Serializer<W, PrettyFormatter<'static>>> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..levels {
        formatter.begin_object(&mut io::sink())?;
    }
    Ok(Serializer::with_formatter(to, formatter))
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::base::pool::Pool;
    use crate::report::sample;

    #[test]
    fn the_document_is_the_contract() {
        let mut text = Vec::new();
        write(&sample::clock_offset(), &Pool::new(1), &mut text).unwrap();
        snapbox::assert_data_eq!(
            String::from_utf8(text).unwrap(),
            snapbox::file!["text/snapshots/clock_offset.json"].raw()
        );
    }

    #[test]
    fn it_is_what_one_thread_would_write_in_one_go() {
        let mut diagnosis = sample::clock_offset();
        let device = diagnosis.devices.remove(0);
        for (devices, jobs) in [(0, 2), (1, 2), (3, 1), (200, 3)] {
            diagnosis.devices = vec![device.clone(); devices];
            let mut text = Vec::new();
            write(&diagnosis, &Pool::new(jobs), &mut text).unwrap();
            let expected = serde_json::to_string_pretty(&diagnosis).unwrap() + "\n";
            assert!(text == expected.as_bytes(), "{devices} devices on {jobs} threads");
        }
    }
}
