//! One input at a time, judged as it is read. One with few devices is done where it was read; one with many is handed on as it is, and
//! what comes of its devices is never together in memory.

use super::Examined;
use super::judging::{FEW, Judging};
use super::reading::{Context, Reading};

/// How far an input is when it leaves the thread that read it.
pub(super) enum Step<T> {
    Done(T),
    Many(Reading),
}

/// Judges inputs; shared by all threads.
pub(super) struct Examine<'e, M> {
    pub(super) judging: &'e Judging<'e>,
    pub(super) context: &'e Context<'e>,
    /// What is made of each.
    pub(super) map: &'e M,
}

impl<T: Send, M: Fn(Examined) -> T + Sync> Examine<'_, M> {
    /// Judges an input unless it has many devices.
    pub(super) fn few(&self, reading: Reading) -> Step<T> {
        if reading.captures.len() > FEW {
            return Step::Many(reading);
        }
        let recognised = is_recognised(&reading);
        let (devices, lost) = self.judging.devices(reading.captures, &self.context.spill);
        let mut problems = [reading.problems, lost].concat();
        super::sort(&mut problems);
        Step::Done((self.map)(Examined { input: reading.summary, devices, problems, recognised }))
    }

    /// Judges the devices of an input on several threads, and gives what comes of them piece by piece.
    pub(super) fn many(&self, reading: Reading, each: &mut dyn FnMut(T)) {
        let recognised = is_recognised(&reading);
        let Reading { summary, captures, mut problems } = reading;
        each((self.map)(Examined { input: summary, recognised, ..Examined::default() }));
        let few = |(devices, lost)| ((self.map)(Examined { devices, ..Examined::default() }), lost);
        self.judging.a_few_at_a_time(captures, self.context, &few, &mut |(done, mut lost)| {
            problems.append(&mut lost);
            each(done);
        });
        super::sort(&mut problems);
        each((self.map)(Examined { problems, ..Examined::default() }));
    }
}

fn is_recognised(reading: &Reading) -> bool {
    reading.captures.iter().any(|it| it.is_licensing)
}
