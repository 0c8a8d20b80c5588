//! The licences that `show version` of ASA lists: `Licensed features for this platform` and, with Smart Licensing, the active
//! entitlements.

use super::super::{Fields, Sink};
use crate::facts::Element;

/// What was listed so far.
#[derive(Default)]
pub(super) struct Features {
    /// Line of the heading while the list below it goes on.
    is_open: bool,
    list: Vec<Element>,
    entitlements: Vec<Element>,
    first: u32,
    first_entitlement: u32,
}

impl Features {
    /// Reads a line of the output; an empty one ends the list.
    pub(super) fn line(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        if text.starts_with("Licensed features for this ") {
            self.is_open = true;
            self.first = number;
            self.list.clear();
        } else if let Some(entitlement) = text.strip_prefix("Active entitlement:") {
            self.entitlement(entitlement, number, sink);
        } else if self.is_open {
            match text.split_once(" : ") {
                Some((name, value)) => self.feature(name, value, number, sink),
                None => self.is_open = false,
            }
        }
    }

    /// `Encryption-3DES-AES               : Enabled        perpetual`.
    fn feature(&mut self, name: &str, value: &str, number: u32, sink: &Sink<'_>) {
        let (value, duration) = value.trim().split_once("  ").unwrap_or((value, ""));
        let mut fields = Fields::default();
        fields.text(sink, "name", number, name);
        fields.text(sink, "value", number, value);
        fields.text(sink, "duration", number, duration);
        self.list.push(fields.element());
    }

    /// `ASAv-STD-1G, enforce mode: Authorized`.
    fn entitlement(&mut self, text: &str, number: u32, sink: &Sink<'_>) {
        let (name, mode) = text.split_once(", enforce mode:").unwrap_or((text, ""));
        let mut fields = Fields::default();
        fields.text(sink, "name", number, name);
        fields.text(sink, "mode", number, mode);
        if self.first_entitlement == 0 {
            self.first_entitlement = number;
        }
        self.entitlements.push(fields.element());
    }

    pub(super) fn finish(self, sink: &mut Sink<'_>) {
        if !self.list.is_empty() {
            sink.list("platform_license.asa_features", self.first, self.list);
        }
        if !self.entitlements.is_empty() {
            sink.list("platform_license.asa_entitlements", self.first_entitlement, self.entitlements);
        }
    }
}
