//! A `Failure reason:` that stands below no attempt and no heading: what `| include Failure` or a careless copy leaves.

use super::super::Sink;
use super::{authorization, registration, strip_word};

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
}

impl Reasons {
    /// Takes a line that stands outside every block, if it is a reason. The `Failure Reason` of the other era is not: it belongs
    /// to an exchange (DOMAIN 3.0).
    pub(super) fn takes(&mut self, text: &str, number: u32) -> bool {
        let Some(reason) = text.strip_prefix("Failure reason:").map(str::trim).filter(|it| !it.is_empty())
        else {
            return false;
        };
        self.open.push((number, reason.to_owned()));
        true
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
            ("    Failure Reason: Communication send error\n", authorization, None),
        ] {
            let capture = read("show license all", text, parse);
            assert_eq!(capture.facts.text(key), reason, "{text}");
        }
    }
}
