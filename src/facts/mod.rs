//! What was read from the captures of one device: facts by key, log records, events, typed commands, the configuration.
//!
//! `key` is the one table of fact keys; parsers write by it and rules are checked against it.

pub mod capture;
pub mod config;
pub mod element;
pub mod key;
pub mod record;
pub mod store;

pub use capture::{Capture, Seen};
pub use config::{Config, ConfigLine};
pub use element::Element;
pub use key::{Key, Kind};
pub use record::{Event, Record, Typed};
pub use store::{Denial, Facts, Reading, Value};
