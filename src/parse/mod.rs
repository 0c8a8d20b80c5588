//! Parsers: one file a command or record. They never fail: value plus problems, unknown lines counted.

pub mod call_home;
pub mod capture;
pub mod clock;
pub mod config;
pub mod connectivity;
pub mod cpu;
pub mod destination;
pub mod eventlog;
pub mod history;
pub mod hosts;
pub mod http_client;
pub mod interfaces;
pub mod license;
pub mod logging;
pub mod ntp;
pub mod pki;
pub mod platform;
pub mod record;
pub mod redundancy;
pub mod rum;
pub mod sieve;
pub mod sink;
#[cfg(test)]
mod test_support;
pub mod ucm;
pub mod version;

pub use capture::captures;
pub use record::{Records, Setting, Wanted, records};
pub use sieve::Sieve;
pub use sink::{Fields, Sink};
