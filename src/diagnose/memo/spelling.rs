//! What a device shows as bytes: equal bytes where a rule cannot tell two devices apart, and only there.

use std::collections::BTreeSet;

use crate::base::{Clock, Stamp, Wholeness, Zone};
use crate::diagnose::device::Device;
use crate::facts::{Denial, Reading, Value};

/// Bytes that are written one after the other; each part tells its length or has a fixed one.
#[derive(Default)]
pub(super) struct Spelling(Vec<u8>);

impl Spelling {
    /// What was written.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// A text.
    pub(super) fn add_text(&mut self, text: &str) {
        self.add_number(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// The era of a device, and which outputs were seen.
    pub(super) fn add_setting(&mut self, device: &Device) {
        self.add_text(device.era.name());
        for seen in &device.capture.seen {
            self.add_text(&seen.command);
            self.0.push(match seen.wholeness {
                Wholeness::Whole => 0,
                Wholeness::Piped => 1,
                Wholeness::Cut => 2,
            });
        }
    }

    /// The sections that show something of a block.
    pub(super) fn add_sections(&mut self, block: &str, sections: &BTreeSet<usize>) {
        self.add_text(block);
        self.add_number(sections.len());
        for section in sections {
            self.add_number(*section);
        }
    }

    /// The sections whose lines deny a key.
    pub(super) fn add_denials(&mut self, key: &str, denials: &[Denial]) {
        self.add_text(key);
        self.add_number(denials.len());
        for denial in denials {
            self.add_number(denial.section);
        }
    }

    /// Some lines of each configuration, by their numbers, each with those it stands under.
    pub(super) fn add_lines(&mut self, device: &Device, numbers: &[Vec<usize>]) {
        for ((config, lines), numbers) in device.capture.configs.iter().zip(&device.config_lines).zip(numbers)
        {
            self.add_number(config.section);
            self.0.extend([u8::from(config.whole), u8::from(config.with_defaults)]);
            for (line, parents) in numbers.iter().filter_map(|number| lines.line(config, *number)) {
                self.0.push(b'+');
                self.add_text(&line.text);
                self.add_number(parents.len());
                for parent in parents {
                    self.add_text(parent);
                }
            }
            self.0.push(b'.');
        }
    }

    /// All readings of a key.
    pub(super) fn add_readings(&mut self, key: &str, readings: &[Reading]) {
        self.add_text(key);
        self.add_number(readings.len());
        for reading in readings {
            self.add_reading(reading);
        }
    }

    fn add_reading(&mut self, reading: &Reading) {
        self.add_number(reading.section);
        self.0.push(u8::from(reading.weak));
        match &reading.value {
            Value::Text(text) => {
                self.0.push(b't');
                self.add_text(text);
            }
            Value::Number(number) => {
                self.0.push(b'n');
                self.0.extend_from_slice(&number.to_le_bytes());
            }
            Value::Bool(yes) => self.0.extend([b'b', u8::from(*yes)]),
            Value::Time(stamp) => {
                self.0.push(b'd');
                self.add_stamp(stamp);
            }
            Value::List(elements) => {
                self.0.push(b'l');
                self.add_number(elements.len());
                for element in elements {
                    self.add_number(element.iter().len());
                    for (name, field) in element.iter() {
                        self.add_text(name);
                        self.add_reading(field);
                    }
                }
            }
        }
    }

    fn add_stamp(&mut self, stamp: &Stamp) {
        let (date, time) = (stamp.civil.date(), stamp.civil.time());
        self.0.extend_from_slice(&date.year().to_le_bytes());
        self.0.extend_from_slice(&time.subsec_nanosecond().to_le_bytes());
        for part in [date.month(), date.day(), time.hour(), time.minute(), time.second()] {
            self.0.extend_from_slice(&part.to_le_bytes());
        }
        self.0.extend([stamp.year_known, stamp.is_counted].map(u8::from));
        self.0.push(match stamp.clock {
            Clock::Trusted => 0,
            Clock::NotSet => 1,
            Clock::NotSynchronised => 2,
        });
        match &stamp.zone {
            Zone::None => self.0.push(b'-'),
            Zone::Offset(east) => {
                self.0.push(b'o');
                self.0.extend_from_slice(&east.to_le_bytes());
            }
            Zone::Label(label) => {
                self.0.push(b'l');
                self.add_text(label);
            }
        }
        self.add_text(&stamp.text);
    }

    fn add_number(&mut self, number: usize) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }
}
