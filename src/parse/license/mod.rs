//! The licensing outputs: `show license all`, `status`, `summary`, `usage`, `udi`, `tech support`, of both eras.
//!
//! They are the same blocks in another order (DOMAIN 1.3, 1.4), and copies lose their indentation, so one walk over the lines
//! keeps the block in force, decided by the headings alone, and each block reads its own fields.

mod authorization;
mod block;
mod product;
mod registration;
mod reporting;
mod reservation;
mod statistics;
mod transport;
mod usage;

use crate::base::Era;
use crate::text::{Line, Section};

use super::Sink;
use block::Block;

/// What the walk carries from line to line.
#[derive(Default)]
pub(super) struct Walk {
    block: Block,
    registration: registration::Attempts,
    transport: transport::Open,
    usage: usage::Collector,
    product: product::Members,
    trust: product::Members,
    era: Era,
    era_line: u32,
    first_line: u32,
}

/// Reads a licensing output. The era of its fields is noted in the section and as `license.era`.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk { first_line: section.heading, ..Walk::default() };
    for line in &section.lines {
        walk.line(line, sink);
    }
    walk.finish(sink);
}

/// `Key: value` with both sides trimmed; the value may be empty.
pub(super) fn field(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    Some((key.trim(), value.trim()))
}

/// `FAILED on Oct 22 14:25:31 2018 EST` in its two halves; also ` as of `.
pub(super) fn dated(value: &str) -> (&str, Option<&str>) {
    for word in [" on ", " as of ", " As of "] {
        if let Some((state, date)) = value.split_once(word) {
            return (state.trim(), Some(date.trim()));
        }
    }
    (value.trim(), None)
}

impl Walk {
    fn line(&mut self, line: &Line<'_>, sink: &mut Sink<'_>) {
        let text = line.trimmed();
        if text.is_empty() || text.chars().all(|c| c == '=' || c == '-') {
            return;
        }
        if let Some((block, rest)) = block::heading(text, self.block) {
            self.enter(block, line.number);
            if !rest.is_empty() {
                let inner = Line::new(line.number, rest.to_owned());
                self.content(&inner, rest, sink);
            }
            return;
        }
        self.content(line, text, sink);
    }

    fn enter(&mut self, block: Block, number: u32) {
        self.block = block;
        let era = match block {
            Block::Registration => Era::Classic,
            Block::Policy | Block::Reporting | Block::Account | Block::TrustCode | Block::Statistics => {
                Era::Policy
            }
            _ => return,
        };
        self.note_era(era, number);
    }

    fn note_era(&mut self, era: Era, number: u32) {
        if self.era == Era::Unknown {
            (self.era, self.era_line) = (era, number);
        }
    }

    fn content(&mut self, line: &Line<'_>, text: &str, sink: &mut Sink<'_>) {
        let number = line.number;
        let known = match self.block {
            Block::Top => self.top(text, number, sink),
            Block::Registration => registration::line(&mut self.registration, text, number, sink),
            Block::Authorization => self.authorization(text, number, sink),
            Block::PolicyMode => self.policy_mode(text, number, sink),
            Block::Account => registration::account(text, number, sink),
            Block::Transport => transport::line(&mut self.transport, text, number, sink),
            Block::Policy => reporting::policy(text, number, sink),
            Block::Reporting => reporting::usage_reporting(text, number, sink),
            Block::TrustCode => self.trust.trust_line(text, number, sink),
            Block::Usage => self.usage(line, sink),
            Block::Product => self.product.line(text, number, sink),
            Block::Agent => product::agent(text, number, sink),
            Block::Statistics => statistics::head(text, number, sink),
            Block::Exchange(name) => statistics::line(name, text, number, sink),
            Block::Reports => reporting::summary(text, number, sink),
            Block::Reservation => reservation::line(text, number, sink),
            Block::Certificates => product::certificates(text, number, sink),
            Block::Other => product::other(text, number, sink),
            Block::Export => reservation::export(text, number, sink),
            Block::Utility => reservation::utility(text, number, sink),
            Block::Privacy => reservation::privacy(text, number, sink),
            Block::Ha => product::ha(text, number, sink),
            Block::Ignored => true,
        };
        if !known && !self.elsewhere(line, text, sink) {
            sink.unknown();
        }
    }

    /// Fields outside every block: the first lines, and excerpts that begin in the middle of a block.
    fn top(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if let Some(rest) = text.strip_prefix("Smart Licensing is ") {
            sink.flag("license.enabled", number, rest.trim().eq_ignore_ascii_case("ENABLED"));
            return true;
        }
        product::agent(text, number, sink)
    }

    fn authorization(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if let Some(("Status", value)) = field(text) {
            let era = if value.eq_ignore_ascii_case("Not Applicable") { Era::Policy } else { Era::Classic };
            self.note_era(era, number);
        }
        authorization::line(text, number, sink)
    }

    fn policy_mode(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        let Some(("Status", value)) = field(text) else {
            return matches!(field(text), Some(("Reporting Mode", _)));
        };
        let enabled = value.eq_ignore_ascii_case("ENABLED");
        sink.flag("license.policy_mode", number, enabled);
        if enabled {
            (self.era, self.era_line) = (Era::Policy, number);
        }
        true
    }

    fn usage(&mut self, line: &Line<'_>, sink: &mut Sink<'_>) -> bool {
        let known = self.usage.line(line, sink);
        if let Some(era) = self.usage.era {
            self.note_era(era, line.number);
        }
        known
    }

    /// A line that does not belong to the block in force: what identifies itself is read anyway.
    fn elsewhere(&mut self, line: &Line<'_>, text: &str, sink: &mut Sink<'_>) -> bool {
        let number = line.number;
        if registration::identifies(text) {
            self.note_era(Era::Classic, number);
            return registration::line(&mut self.registration, text, number, sink);
        }
        if authorization::identifies(text) {
            self.note_era(Era::Classic, number);
            return authorization::line(text, number, sink);
        }
        if usage::starts_licence(text) {
            self.block = Block::Usage;
            return self.usage(line, sink);
        }
        self.product.line(text, number, sink) || registration::account(text, number, sink)
    }

    fn finish(mut self, sink: &mut Sink<'_>) {
        self.registration.finish(sink);
        self.usage.finish(sink);
        self.product.finish("device.members", sink);
        self.trust.finish("license.trust.members", sink);
        if self.era != Era::Unknown {
            let line = if self.era_line == 0 { self.first_line } else { self.era_line };
            sink.text("license.era", line, self.era.name());
            sink.set_era(self.era);
        }
    }
}

#[cfg(test)]
mod tests;
