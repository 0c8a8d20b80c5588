//! Captures of which is known whose they are: held in memory, or put aside where that costs more than it is worth.

use super::device;
use super::identity::Identity;
use super::spill::{Span, Spill};
use super::system;
use crate::base::{Problem, Stamp};
use crate::facts::Capture;
use crate::text::section::LOOSE;

/// What one input shows of a device.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) identity: Identity,
    /// Whether anything in it was recognised as licensing data.
    pub(super) is_licensing: bool,
    kind: Kind,
    /// In the order of the input.
    parts: Vec<Part>,
}

/// What there is of a device.
#[derive(Debug)]
enum Kind {
    /// Outputs of commands.
    Outputs,
    /// Messages of a log, with the newest time among them, where all are of this device.
    Log(Option<Box<Stamp>>),
    /// Messages between the commands of a session.
    Console,
}

/// How a capture is held.
#[derive(Debug)]
enum Part {
    Held(Box<Capture>),
    Aside(Span),
}

impl Known {
    /// Finds out whose it is.
    pub(super) fn of(mut capture: Capture) -> Self {
        device::add_identity(&mut capture);
        system::add(&mut capture);
        Self {
            identity: Identity::of(&capture),
            is_licensing: super::is_licensing(&capture),
            kind: kind_of(&capture),
            parts: vec![Part::Held(Box::new(capture))],
        }
    }

    /// Whether it holds outputs: the facts of those are many times as large as the few messages of a log.
    pub(super) fn shows_outputs(&self) -> bool {
        matches!(self.kind, Kind::Outputs)
    }

    /// Whether it is of a log, of which later parts may tell more.
    pub(super) fn is_log(&self) -> bool {
        matches!(self.kind, Kind::Log(_))
    }

    /// Whether a later part of the input is of the same log and device, and can be joined. Parts that are not in the order of their
    /// times are put in order before they are.
    pub(super) fn goes_on_with(&self, later: &Self) -> bool {
        let in_order = match (&self.kind, &later.kind) {
            (Kind::Log(None), Kind::Log(None)) => true,
            (Kind::Log(Some(newest)), Kind::Log(Some(next))) => {
                newest.seconds_until(next).is_some_and(|seconds| seconds >= 0)
            }
            _ => false,
        };
        in_order && self.identity == later.identity
    }

    /// How many messages it holds in memory.
    pub(super) fn messages(&self) -> usize {
        self.captures().map(|it| it.records.len()).sum()
    }

    /// Joins what a later part of the same log says of the device. Equal messages fold.
    pub(super) fn go_on(&mut self, later: Self) {
        self.is_licensing |= later.is_licensing;
        self.kind = later.kind;
        for part in later.parts {
            match (self.parts.last_mut(), part) {
                (Some(Part::Held(before)), Part::Held(capture)) => join(before, *capture),
                (_, part) => self.parts.push(part),
            }
        }
    }

    /// Puts aside what is in memory, and gives the last of it back for the last time. Where nothing can be put aside it stays: memory
    /// is the smaller evil.
    pub(super) fn put_aside(&mut self, spill: &Spill) -> Option<Capture> {
        let mut last = None;
        for part in &mut self.parts {
            let Part::Held(capture) = part else { continue };
            let span = spill.put(&postcard::to_stdvec(capture).ok()?).ok()?;
            if let Part::Held(capture) = std::mem::replace(part, Part::Aside(span)) {
                last = Some(*capture);
            }
        }
        last
    }

    /// What is in memory.
    pub(super) fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.parts.iter().filter_map(|part| match part {
            Part::Held(capture) => Some(&**capture),
            Part::Aside(_) => None,
        })
    }

    /// Adds all of it to `captures`, what was put aside taken out again. Fails where the file without a name is damaged, or its disk is:
    /// what was in it is told, not passed over.
    fn add_to(self, captures: &mut Vec<Capture>, spill: &Spill) -> Result<(), Problem> {
        let path = self.identity.path();
        let first = captures.len();
        for part in self.parts {
            let capture = match part {
                Part::Held(capture) => *capture,
                Part::Aside(span) => {
                    let bytes = spill.get(span).map_err(|error| lost(&path, &error))?;
                    let mut capture: Capture =
                        postcard::from_bytes(&bytes).map_err(|error| lost(&path, &error))?;
                    capture.place_in(&path);
                    capture
                }
            };
            match captures.get_mut(first) {
                Some(before) => join(before, capture),
                None => captures.push(capture),
            }
        }
        Ok(())
    }
}

/// Joins a later part of the same log. Equal messages fold.
fn join(before: &mut Capture, later: Capture) {
    before.go_on(later);
    before.fold();
}

fn kind_of(capture: &Capture) -> Kind {
    if capture.seen.iter().any(|seen| seen.command != LOOSE) {
        Kind::Outputs
    } else if capture.prompt.is_none() && capture.typed.is_empty() {
        Kind::Log(capture.facts.time("clock.newest_message").cloned().map(Box::new))
    } else {
        Kind::Console
    }
}

/// The captures, with why some could not be read again.
pub(super) fn captures(known: Vec<Known>, spill: &Spill) -> (Vec<Capture>, Vec<Problem>) {
    let (mut captures, mut problems) = (Vec::with_capacity(known.len()), Vec::new());
    for known in known {
        problems.extend(known.add_to(&mut captures, spill).err());
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

    /// All that is known, taken out again.
    fn whole(known: Known, spill: &Spill) -> (Vec<Capture>, Vec<Problem>) {
        captures(vec![known], spill)
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
        let expected = format!("{:?}", whole(known(text), &spill));
        let mut aside = known(text);
        assert!(
            aside.shows_outputs() && aside.put_aside(&spill).is_some() && aside.captures().next().is_none()
        );
        let again = whole(aside, &spill);
        assert!(again.0[0].facts.denials().next().is_some() && !again.0[0].events.is_empty());
        assert_eq!(format!("{again:?}"), expected);
    }

    fn log(times: usize, day: u8) -> Known {
        known(&format!("Jan {day} 2022 09:00:00: %SMART_LIC-3-COMM_FAILED: no answer\n").repeat(times))
    }

    #[test]
    fn the_parts_of_a_log_are_joined() {
        let spill = Spill::new();
        let mut all = log(20, 11);
        assert!(all.is_log() && all.put_aside(&spill).is_some());
        for (times, day) in [(10, 11), (30, 12)] {
            let later = log(times, day);
            assert!(all.goes_on_with(&later));
            all.go_on(later);
        }
        assert_eq!((all.parts.len(), all.messages()), (2, 32));
        let (captures, problems) = whole(all, &spill);
        assert!(captures.len() == 1 && captures[0].seen.len() == 1 && problems.is_empty());
        let records = captures[0].records.iter();
        assert_eq!(records.map(|it| 1 + it.repeats).sum::<u32>(), 60);
        assert!(
            captures[0].facts.time("clock.newest_message").is_some_and(|it| it.text.starts_with("Jan 12"))
        );
    }

    #[test]
    fn what_is_not_in_order_or_of_another_device_is_not_joined() {
        let is_joined = |text: &str| log(1, 11).goes_on_with(&known(text));
        for text in [
            "Jan 10 2022 09:00:00: %SMART_LIC-3-COMM_FAILED: no answer\n",
            "Jan 12 2022 09:00:00 sw1 7: %SMART_LIC-3-COMM_FAILED: no answer\n",
            "sw1#terminal length 0\nsw1#\nJan 12 2022 09:00:00: %SMART_LIC-3-COMM_FAILED: no answer\n",
            "sw1#show clock\n10:00:00 UTC Tue Jan 11 2022\n",
        ] {
            assert!(!is_joined(text), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_again_is_told() {
        let mut aside = known("sw1#show clock\n10:00:00 UTC Tue Jan 11 2022\n");
        aside.put_aside(&Spill::new()).unwrap();
        let (captures, problems) = whole(aside, &Spill::new());
        let problem = &problems[0];
        assert!(captures.is_empty());
        assert_eq!((problem.code.as_str(), problem.path.as_str()), ("input::unreadable", "sw1.txt"));
        assert!(problem.text.contains("TMPDIR"), "{}", problem.text);
    }
}
