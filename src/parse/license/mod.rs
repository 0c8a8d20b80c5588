//! The licensing outputs: `show license all`, `status`, `summary`, `usage`, `udi`, `tech support`, `authorization` and
//! `reservation`, of both eras.
//!
//! They are the same blocks in another order (DOMAIN 1.3, 1.4), and copies lose their indentation, so one walk over the lines
//! keeps the block in force, decided by the headings alone, and each block reads its own fields.

mod authorization;
mod block;
mod era;
mod grants;
mod loose;
mod members;
mod product;
mod registration;
mod reporting;
mod reservation;
mod statistics;
mod transport;
mod trust;
mod usage;

use crate::base::{Era, glance};
use crate::text::{Line, Section};

use super::Sink;
use block::Block;
pub(super) use members::udi;

/// What the walk carries from line to line.
#[derive(Default)]
struct Walk {
    block: Block,
    registration: registration::Attempts,
    authorization: authorization::Open,
    reasons: loose::Reasons,
    transport: transport::Open,
    usage: usage::Collector,
    members: members::Members,
    trust: trust::Codes,
    codes: members::Members,
    data: members::Members,
    authorized: grants::Grants,
    reserved: grants::Grants,
    certificates: product::Certificates,
    reservation: reservation::Open,
    era: era::Evidence,
}

/// Reads a licensing output. The era of its fields is noted in the section and as `license.era`.
pub fn parse(section: &Section<'_>, sink: &mut Sink<'_>) {
    let mut walk = Walk::default();
    for line in &section.lines {
        walk.line(line, sink);
    }
    walk.finish(sink);
}

/// `Key: value` with both sides trimmed; the value may be empty.
fn field(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    Some((key.trim(), value.trim()))
}

/// `Key: value` with the key in lower case: the same field is `Custom Id` on one system and `Custom id` on another.
fn lower_field(text: &str) -> Option<(String, &str)> {
    let (key, value) = field(text)?;
    Some((key.to_ascii_lowercase(), value))
}

/// What follows `word` at the start of `text`, compared without case.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    // Dozens of words are tried on a line; the first letter tells nearly all of them.
    if !text.bytes().next()?.eq_ignore_ascii_case(&word.bytes().next()?) {
        return None;
    }
    let start = text.get(..word.len())?;
    if start.eq_ignore_ascii_case(word) { text.get(word.len()..) } else { None }
}

/// `FAILED on Oct 22 14:25:31 2018 EST` in its two halves; also ` as of `.
fn dated(value: &str) -> (&str, Option<&str>) {
    for word in [" on ", " On ", " as of ", " As of "] {
        if let Some((state, date)) = glance::split_once(value, word) {
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
        let Some((block, rest)) = block::heading(text, self.block) else {
            return self.content(line, text, sink);
        };
        self.block = block;
        self.era.block(block, line.number);
        if !rest.is_empty() {
            let inner = Line::new(line.number, rest.to_owned());
            self.content(&inner, rest, sink);
        }
    }

    fn content(&mut self, line: &Line<'_>, text: &str, sink: &mut Sink<'_>) {
        let number = line.number;
        self.reasons.before(text, sink);
        let known = match self.block {
            Block::Top => self.top(text, number, sink),
            Block::Registration => registration::line(&mut self.registration, text, number, sink),
            Block::Authorization => self.authorization(text, number, sink),
            Block::Evaluation => authorization::evaluation(text, number, sink),
            Block::PolicyMode => self.policy_mode(text, number, sink),
            Block::Account => registration::account(text, number, sink),
            Block::Transport => transport::line(&mut self.transport, text, number, sink),
            Block::Policy => reporting::policy(text, number, sink),
            Block::Reporting => reporting::usage_reporting(text, number, sink),
            Block::TrustCode => self.trust.line(text, number, sink),
            Block::Usage => self.usage(line, sink),
            Block::Product => product::line(&mut self.members, text, number, sink),
            Block::Agent => product::agent(text, number, sink),
            Block::Jobs => product::job(text, number, sink),
            Block::Statistics => statistics::head(text, number, sink),
            Block::Exchange(name) => statistics::line(name, text, number, sink),
            Block::Reports => reporting::summary(text, number, sink),
            Block::Reservation => self.reservation.line(text, number, sink),
            Block::Authorized => {
                self.authorized.line(text, number, sink);
                true
            }
            Block::Reserved => {
                self.reserved.line(text, number, sink);
                true
            }
            Block::Codes => product::code(&mut self.codes, text, number, sink),
            Block::Certificates => self.certificates.line(text, number, sink),
            Block::Other => product::other(&mut self.data, text, number, sink),
            Block::Export => reservation::export(text, number, sink),
            Block::Utility => reservation::utility(text, number, sink),
            Block::Privacy => reservation::privacy(text, number, sink),
            Block::Ha => product::ha(text, number, sink),
            Block::Analytics => product::analytics(text, number, sink),
            Block::Ignored | Block::UnknownExchange => true,
        };
        // A reserved licence of the classic era has a `License type`, too.
        if self.block != Block::Reserved {
            self.era.line(text, number);
        }
        if !known && !self.elsewhere(line, text, sink) {
            sink.unknown();
        }
    }

    /// Fields outside every block: the first lines, and outputs without a heading of their own.
    fn top(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if let Some(rest) = strip_word(text, "Smart Licensing is ") {
            sink.flag("license.enabled", number, rest.trim().eq_ignore_ascii_case("ENABLED"));
            return true;
        }
        if let Some(rest) = strip_word(text, "License Reservation is ") {
            sink.text("license.reservation.enabled", number, rest);
            return true;
        }
        if strip_word(text, "License reservation:").is_some() {
            self.block = Block::Reservation;
            return self.reservation.line(text, number, sink);
        }
        if strip_word(text, "Overall status:").is_some() {
            self.block = Block::Codes;
            return true;
        }
        self.reasons.takes(text, number, sink)
            || self.reasons.status(text, number, sink)
            || product::agent(text, number, sink)
    }

    fn authorization(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        if let Some(status) = strip_word(text, "Status:") {
            self.era.authorization(status.trim(), number);
        }
        authorization::line(&mut self.authorization, text, number, sink)
    }

    fn policy_mode(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        let Some(value) = strip_word(text, "Status:") else {
            return strip_word(text, "Reporting Mode:").is_some();
        };
        let enabled = value.trim().eq_ignore_ascii_case("ENABLED");
        sink.flag("license.policy_mode", number, enabled);
        if enabled {
            self.era.settle(Era::Policy, number);
        }
        true
    }

    fn usage(&mut self, line: &Line<'_>, sink: &mut Sink<'_>) -> bool {
        let known = self.usage.line(line, sink);
        if let Some(era) = self.usage.era.take() {
            self.era.note(era, line.number);
        }
        known
    }

    /// A line that does not belong to the block in force: what identifies itself is read anyway, and opens its block, so that
    /// a `Failure reason` below an attempt stays with it in an excerpt that lost its headings.
    fn elsewhere(&mut self, line: &Line<'_>, text: &str, sink: &mut Sink<'_>) -> bool {
        let number = line.number;
        if registration::identifies(text) {
            self.block = Block::Registration;
            self.era.note(Era::Classic, number);
            return registration::line(&mut self.registration, text, number, sink);
        }
        if authorization::identifies(text) {
            self.block = Block::Authorization;
            self.era.note(Era::Classic, number);
            return authorization::line(&mut self.authorization, text, number, sink);
        }
        if transport::identifies(text) {
            self.block = Block::Transport;
            return transport::line(&mut self.transport, text, number, sink);
        }
        if reporting::identifies(text) {
            self.block = Block::Reporting;
            self.era.note(Era::Policy, number);
            return reporting::usage_reporting(text, number, sink);
        }
        if usage::starts_licence(text) {
            self.block = Block::Usage;
            return self.usage(line, sink);
        }
        product::line(&mut self.members, text, number, sink) || registration::account(text, number, sink)
    }

    fn finish(self, sink: &mut Sink<'_>) {
        self.registration.finish(sink);
        self.reasons.finish(sink);
        self.usage.finish(sink);
        self.members.count("device.member_count", sink);
        self.members.finish("device.members", sink);
        self.trust.finish(sink);
        self.codes.identify(sink);
        self.codes.finish("license.authorizations", sink);
        self.data.finish("license.trust.data", sink);
        self.authorized.finish("license.authorized", sink);
        self.reserved.finish("license.reservation.licenses", sink);
        self.reservation.finish(sink);
        self.era.finish(sink);
    }
}

#[cfg(test)]
mod tests;
