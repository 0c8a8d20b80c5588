//! A capture of which is known whose it is: held in memory, or put aside where that costs more than it is worth.

use super::device;
use super::identity::Identity;
use super::spill::{Span, Spill};
use super::system;
use crate::base::Problem;
use crate::facts::Capture;
use crate::text::section::LOOSE;

/// A capture of one device in one input.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) identity: Identity,
    /// Whether anything in it was recognised as licensing data.
    pub(super) is_licensing: bool,
    held: Held,
}

/// How a capture is held.
#[derive(Debug)]
enum Held {
    Whole(Box<Capture>),
    /// The input that it is of, and where it was put.
    Aside(Box<str>, Span),
}

impl Known {
    /// Finds out whose it is.
    pub(super) fn of(mut capture: Capture) -> Self {
        device::add_identity(&mut capture);
        system::add(&mut capture);
        Self {
            identity: Identity::of(&capture),
            is_licensing: super::is_licensing(&capture),
            held: Held::Whole(Box::new(capture)),
        }
    }

    /// Puts the capture aside where it holds outputs, and gives it back for the last time: the facts of outputs are many times as
    /// large as the few messages of a log. Where nothing can be put aside it stays: memory is the smaller evil.
    pub(super) fn put_aside(&mut self, spill: &Spill) -> Option<Capture> {
        let capture = self.capture().filter(|it| it.seen.iter().any(|seen| seen.command != LOOSE))?;
        let span = spill.put(&postcard::to_stdvec(capture).ok()?).ok()?;
        let aside = Held::Aside(capture.path.as_str().into(), span);
        match std::mem::replace(&mut self.held, aside) {
            Held::Whole(capture) => Some(*capture),
            Held::Aside(..) => None,
        }
    }

    /// The capture, unless it was put aside.
    pub(super) fn capture(&self) -> Option<&Capture> {
        match &self.held {
            Held::Whole(capture) => Some(capture),
            Held::Aside(..) => None,
        }
    }

    /// The capture, taken out again. Fails where the file without a name is damaged, or its disk is: what was in it is told, not
    /// passed over.
    pub(super) fn into_capture(self, spill: &Spill) -> Result<Capture, Problem> {
        let (path, span) = match self.held {
            Held::Whole(capture) => return Ok(*capture),
            Held::Aside(path, span) => (path, span),
        };
        let bytes = spill.get(span).map_err(|error| lost(&path, &error))?;
        let mut capture: Capture = postcard::from_bytes(&bytes).map_err(|error| lost(&path, &error))?;
        capture.place_in(&path.into());
        Ok(capture)
    }
}

/// The captures, with why some could not be read again.
pub(super) fn captures(known: Vec<Known>, spill: &Spill) -> (Vec<Capture>, Vec<Problem>) {
    let (mut captures, mut problems) = (Vec::with_capacity(known.len()), Vec::new());
    for known in known {
        match known.into_capture(spill) {
            Ok(capture) => captures.push(capture),
            Err(problem) => problems.push(problem),
        }
    }
    (captures, problems)
}

fn lost(path: &str, error: &dyn std::error::Error) -> Problem {
    let text = format!(
        "what `{path}` shows of a device was put aside in the folder for temporary files and could not be read again ({error}): the \
         device is judged without it; run again, with TMPDIR on another disk"
    );
    Problem::of_input("input::unreadable", path, text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::Source;
    use crate::parse::{self, Wanted};

    fn known(text: &str) -> Known {
        let source = Arc::new(Source::new("sw1.txt", text.to_owned()));
        Known::of(parse::captures(&source, &Wanted::default()).remove(0))
    }

    #[test]
    fn what_was_put_aside_comes_back_as_it_was() {
        let text = "sw1#show clock\n*10:00:00.000 UTC Tue Jan 11 2022\nsw1#show license all\nSmart Licensing Status\n\
                    ======================\n\nSmart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERED\n\n\
                    Usage Reporting:\n  Last ACK received: <none>\n\
                    sw1#show call-home profile all\nProfile Name: CiscoTAC-1\n    Profile status: ACTIVE\n\
                    sw1#show license eventlog\n**** Event Log ****\n\n\
                    2021-09-10 14:04:21.233 UTC SAEVT_INIT_CRYPTO success=\"False\"\n\
                    sw1#show running-config\ninterface Vlan1\n no shutdown\nend\n\
                    *Jan 11 09:00:00.000: %SMART_LIC-3-COMM_FAILED: no answer\n";
        let spill = Spill::new();
        let whole = format!("{:?}", known(text).into_capture(&spill));
        let mut aside = known(text);
        assert!(aside.put_aside(&spill).is_some() && aside.capture().is_none());
        let again = aside.into_capture(&spill).unwrap();
        assert!(again.facts.denials().next().is_some() && !again.events.is_empty());
        assert_eq!(format!("{:?}", Ok::<_, Problem>(again)), whole);
    }

    #[test]
    fn the_messages_of_a_log_stay_in_memory() {
        let mut log = known("Jan 11 09:00:00: %SMART_LIC-3-COMM_FAILED: no answer\n");
        assert!(log.put_aside(&Spill::new()).is_none());
        assert_eq!(log.into_capture(&Spill::new()).unwrap().records.len(), 1);
    }

    #[test]
    fn what_cannot_be_read_again_is_told() {
        let mut aside = known("sw1#show clock\n10:00:00 UTC Tue Jan 11 2022\n");
        aside.put_aside(&Spill::new()).unwrap();
        let problem = aside.into_capture(&Spill::new()).unwrap_err();
        assert_eq!((problem.code.as_str(), problem.path.as_str()), ("input::unreadable", "sw1.txt"));
        assert!(problem.text.contains("TMPDIR"), "{}", problem.text);
    }
}
