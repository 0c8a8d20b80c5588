//! The era that the fields of a licensing output belong to (DOMAIN 1.2).

use super::super::Sink;
use super::block::Block;
use super::{field, strip_word};
use crate::base::Era;

/// The evidence met so far. The first field of one era counts, because tech-support outputs of either era hold a few words of
/// the other; `Smart Licensing Using Policy: Status: ENABLED` overrules them all.
#[derive(Default)]
pub(super) struct Evidence {
    found: Option<(Era, u32)>,
    /// The agent's major version, for outputs without any field that tells.
    agent: Option<(Era, u32)>,
}

impl Evidence {
    /// Notes a field of one era.
    pub(super) fn note(&mut self, era: Era, line: u32) {
        self.found.get_or_insert((era, line));
    }

    /// Notes a field that overrules.
    pub(super) fn settle(&mut self, era: Era, line: u32) {
        self.found = Some((era, line));
    }

    /// Notes a heading.
    pub(super) fn block(&mut self, block: Block, line: u32) {
        match block {
            Block::Registration => self.note(Era::Classic, line),
            Block::Policy
            | Block::Reporting
            | Block::Account
            | Block::TrustCode
            | Block::Statistics
            | Block::Reports
            | Block::Codes => self.note(Era::Policy, line),
            _ => {}
        }
    }

    /// Notes the status of License Authorization: `Not Applicable` in the policy era, a state in the classic one.
    pub(super) fn authorization(&mut self, status: &str, line: u32) {
        let era = if status.eq_ignore_ascii_case("Not Applicable") { Era::Policy } else { Era::Classic };
        self.note(era, line);
    }

    /// Notes fields that tell in any block.
    pub(super) fn line(&mut self, text: &str, line: u32) {
        match field(text) {
            Some(("Enforcement type", _)) => self.note(Era::Policy, line),
            // AireOS and the right-to-use era have this line, too, with words of their own: `Permanent`, `Evaluation`, `RTU`.
            Some(("License type", kind)) if is_kind_of_policy(kind) => self.note(Era::Policy, line),
            Some(("Smart Agent for Licensing", version)) => {
                self.agent = agent_era(version).map(|era| (era, line));
            }
            _ => {}
        }
    }

    /// Writes the era.
    pub(super) fn finish(self, sink: &mut Sink<'_>) {
        if let Some((era, line)) = self.found.or(self.agent) {
            sink.era(era, line);
        }
    }
}

/// In the case in which the policy era prints it: a reservation of the classic one has `License type: PERPETUAL`.
fn is_kind_of_policy(kind: &str) -> bool {
    ["Perpetual", "Subscription", "Generic"].iter().any(|start| kind.starts_with(start))
}

/// Agents 1.x to 4.x are classic, 5.x and later are of the policy era.
fn agent_era(version: &str) -> Option<Era> {
    let version = strip_word(version, "version ").unwrap_or(version);
    let major: u32 = version.split('.').next()?.parse().ok()?;
    Some(if major < 5 { Era::Classic } else { Era::Policy })
}
