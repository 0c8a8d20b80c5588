//! A `Failure reason:` that stands below no attempt and no heading: what `| include Failure` or a careless copy leaves.

use super::super::Sink;
use super::{authorization, dated, registration, strip_word};

/// Words of reasons that only a registration ends in (DOMAIN 3.2: C1 to C4, C15, C16).
const OF_REGISTRATION: &[&str] =
    &["already registered", "already been registered", "force flag", "could not be processed", "token"];

/// Words of reasons that an authorization ends in, or either of the two: the rules for those look at both, and an authorization
/// is asked for every month where a registration happens once. A reason in other words stays without an attempt.
const OF_AUTHORIZATION: &[&str] = &[
    "waiting for reply",
    "call home http",
    "send error",
    "signature",
    "transport not available",
    "transport is disabled",
    "offset beyond",
];

/// Reasons whose attempt is not known yet.
#[derive(Default)]
pub(super) struct Reasons {
    open: Vec<(u32, String)>,
    /// The fact of a reason that comes next, where a status above it tells: `| include Status|reason` leaves both.
    next: Option<&'static str>,
}

impl Reasons {
    /// Takes a line that stands outside every block, if it is a reason. The `Failure Reason` of the other era is not: it belongs
    /// to an exchange (DOMAIN 3.0).
    pub(super) fn takes(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        let Some(reason) = text.strip_prefix("Failure reason:").map(str::trim).filter(|it| !it.is_empty())
        else {
            return false;
        };
        match self.next.take() {
            Some(key) => sink.text(key, number, reason),
            None => self.open.push((number, reason.to_owned())),
        }
        true
    }

    /// Reads a status that stands outside every block: that of a registration tells which it is. A licence may be AUTHORIZED as well as
    /// the device, so of that only the reason below it is known.
    pub(super) fn status(&mut self, text: &str, number: u32, sink: &mut Sink<'_>) -> bool {
        let Some(status) = strip_word(text, "Status:").map(str::trim) else { return false };
        let is_registration = registration::is_status(status);
        if is_registration {
            sink.text("license.registration.status", number, dated(status).0);
        }
        self.next = if is_registration {
            Some("license.registration.failure_reason")
        } else {
            authorization::is_status(status).then_some("license.authorization.failure_reason")
        };
        is_registration
    }

    /// Gives the open reason to the block that the next line identifies: `Next Registration Attempt` follows a registration.
    pub(super) fn before(&mut self, text: &str, sink: &mut Sink<'_>) {
        if self.open.is_empty() || strip_word(text, "Failure reason:").is_some() {
            return;
        }
        if registration::identifies(text) {
            self.give("license.registration.failure_reason", sink);
        } else if authorization::identifies(text) {
            self.give("license.authorization.failure_reason", sink);
        }
    }

    fn give(&mut self, key: &str, sink: &mut Sink<'_>) {
        for (number, reason) in self.open.drain(..) {
            sink.text(key, number, &reason);
        }
    }

    /// What no line told is told by the words of the reason, where they can tell.
    pub(super) fn finish(self, sink: &mut Sink<'_>) {
        for (number, reason) in self.open {
            let words = reason.to_ascii_lowercase();
            let has = |any: &[&str]| any.iter().any(|it| words.contains(it));
            if has(OF_REGISTRATION) {
                sink.text("license.registration.failure_reason", number, &reason);
            } else if has(OF_AUTHORIZATION) {
                sink.text("license.authorization.failure_reason", number, &reason);
            } else {
                sink.unknown();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::parse::test_support::read;

    #[test]
    fn a_reason_alone_finds_its_attempt() {
        let (registration, authorization) =
            ("license.registration.failure_reason", "license.authorization.failure_reason");
        for (text, key, reason) in [
            (
                "    Failure reason: Product Already Registered\n",
                registration,
                Some("Product Already Registered"),
            ),
            ("    Failure reason: Waiting for reply\n", authorization, Some("Waiting for reply")),
            (
                "Failure reason: Waiting for reply\n  Next Registration Attempt: Oct 22 14:45:34 2018 EST\n",
                registration,
                Some("Waiting for reply"),
            ),
            (
                "  Last Communication Attempt: FAILED\n    Failure reason: Product Already Registered\n",
                authorization,
                Some("Product Already Registered"),
            ),
            ("    Failure reason: something new\n", authorization, None),
            (
                "  Status: UNREGISTERED - REGISTRATION FAILED\n    Failure reason: something new\n  Status: EVAL MODE\n",
                registration,
                Some("something new"),
            ),
            (
                "  Status: REGISTERED\n  Status: AUTHORIZED\n    Failure reason: something new\n  Status: IN USE\n",
                authorization,
                Some("something new"),
            ),
            ("  Status: DISABLED\n    Failure reason: something new\n", authorization, None),
            ("    Failure Reason: Communication send error\n", authorization, None),
        ] {
            let capture = read("show license all", text, parse);
            assert_eq!(capture.facts.text(key), reason, "{text}");
        }
    }
}
