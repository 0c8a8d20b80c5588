//! Log records, licensing events and typed commands.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Era, Place, Stamp};

/// A syslog message in whatever form it was written, folded to one name. Messages of an input that say the same share their texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// First line of the message.
    pub place: Place,
    /// Index into `Capture::seen` of the section it stands in.
    pub section: usize,
    /// Facility without prefixes of other systems: `SMART_LIC`, `CALL_HOME`, `PKI`.
    pub facility: Arc<str>,
    /// Severity digit, 0 to 7, where the message has one.
    pub severity: Option<u8>,
    /// Mnemonic, such as `COMM_FAILED`.
    pub mnemonic: Arc<str>,
    /// The text after the mnemonic with its continuation lines, joined by a blank.
    pub text: Arc<str>,
    /// The device's own time, else the relay's.
    pub stamp: Option<Stamp>,
    /// The device that sent it, where the header names one: origin-id, host name or address.
    pub origin: Option<Arc<str>>,
    /// How many equal records after it are left out here.
    pub repeats: u32,
}

impl Record {
    /// `FACILITY-MNEMONIC`, the name rules use.
    pub fn name(&self) -> String {
        format!("{}-{}", self.facility, self.mnemonic)
    }

    /// The era that the peer's name in a licensing message tells: releases before the policy era say "or satellite", and only that
    /// era has a CSLU. A plain "Cisco Smart Software Manager (CSSM)" occurs in both.
    pub fn era_of_peer(&self) -> Option<Era> {
        if &*self.facility != "SMART_LIC" {
            return None;
        }
        if self.text.contains("(CSLU)") || self.text.contains("Smart License Utility") {
            return Some(Era::Policy);
        }
        self.text.contains("or satellite").then_some(Era::Classic)
    }
}

/// An event of `show license eventlog`: `2021-09-10 14:04:21.233 UTC SAEVT_INIT_CRYPTO success="False"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// First line of the event.
    pub place: Place,
    /// Index into `Capture::seen`.
    pub section: usize,
    /// Name, such as `SAEVT_INIT_CRYPTO`.
    pub name: String,
    /// The `key="value"` part with wrapped lines joined.
    pub text: String,
    /// Its time.
    pub stamp: Option<Stamp>,
}

/// A command that was entered at a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The line with the prompt.
    pub place: Place,
    /// The command as typed, without `do`.
    pub command: String,
    /// Whether the prompt was one of configuration mode.
    pub in_config: bool,
}
