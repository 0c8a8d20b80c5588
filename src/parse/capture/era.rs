//! The era that log messages and typed commands tell (DOMAIN 1.2, 2). Fields of an output and the release count more: a buffer
//! may hold messages from before an upgrade, and a command may have been refused.

use std::cmp::Ordering;

use crate::base::Era;
use crate::facts::{Record, Typed};
use crate::parse::Sink;

/// Beginnings of mnemonics of the facility SMART_LIC that only one era prints.
const MNEMONICS: &[(&str, Era)] = &[
    ("REPORTING_", Era::Policy),
    ("POLICY_", Era::Policy),
    ("TRUST_", Era::Policy),
    ("AUTHORIZATION_INSTALL", Era::Policy),
    ("AUTHORIZATION_REMOVED", Era::Policy),
    ("RUM_", Era::Policy),
    ("AGENT_REG_", Era::Classic),
    ("AGENT_DEREG_", Era::Classic),
    ("AUTH_RENEW_", Era::Classic),
    ("ENTITLEMENT_RENEW_", Era::Classic),
    ("OUT_OF_COMPLIANCE", Era::Classic),
    ("IN_COMPLIANCE", Era::Classic),
    ("EVAL_", Era::Classic),
    ("ID_CERT_", Era::Classic),
    ("REG_EXPIRED", Era::Classic),
];

/// Writes the era of the newest message that tells one; the section gets it where no field told another.
pub(super) fn of_records(records: &[Record], sink: &mut Sink<'_>) {
    let telling = |record: &Record| of_record(record).map(|era| (era, record.place.line));
    let newest = if goes_backward(records) {
        records.iter().find_map(telling)
    } else {
        records.iter().rev().find_map(telling)
    };
    if let Some((era, line)) = newest {
        sink.set_era(era);
        sink.weak().text("license.era", line, era.name());
    }
}

/// Log collectors export the newest message first.
fn goes_backward(records: &[Record]) -> bool {
    let mut stamps = records.iter().filter_map(|record| record.stamp.as_ref());
    let ends = stamps.next().zip(stamps.next_back());
    ends.and_then(|(first, last)| first.compare(last)) == Some(Ordering::Greater)
}

/// What the message is called, and the name of the peer in it.
fn of_record(record: &Record) -> Option<Era> {
    if &*record.facility != "SMART_LIC" {
        return None;
    }
    let by_name = || MNEMONICS.iter().find(|(start, _)| record.mnemonic.starts_with(start));
    record.era_of_peer().or_else(|| by_name().map(|(_, era)| *era))
}

/// Commands that belong to one era, in words that may be abbreviated.
const COMMANDS: &[(&str, bool, Era)] = &[
    ("license smart register idtoken", false, Era::Classic),
    ("license smart trust idtoken", false, Era::Policy),
    ("license smart sync", false, Era::Policy),
    ("license smart save usage", false, Era::Policy),
    ("license smart transport cslu", true, Era::Policy),
    ("license smart url cslu", true, Era::Policy),
];

/// The era that a typed command belongs to.
pub(super) fn of_typed(typed: &Typed) -> Option<Era> {
    let words: Vec<String> = typed.command.split_whitespace().map(str::to_ascii_lowercase).collect();
    let is_typed = |(command, in_config, _): &&(&str, bool, Era)| {
        typed.in_config == *in_config && is_abbreviation(&words, command)
    };
    COMMANDS.iter().find(is_typed).map(|(_, _, era)| *era)
}

/// `lic smart reg idtoken` for `license smart register idtoken`; a letter or two would fit too much.
fn is_abbreviation(words: &[String], command: &str) -> bool {
    let mut typed = words.iter();
    command.split(' ').all(|full| {
        typed.next().is_some_and(|word| word.len() >= full.len().min(3) && full.starts_with(word.as_str()))
    })
}
