//! Reads inputs on several threads, in bounded memory, and gives what they hold in the order of their names.
//!
//! A short input is decoded and parsed whole. Of a long one, and of a short one that is a log and nothing else, a sieve keeps what is
//! worth parsing. A long one is read in blocks; the stretches of a file, the members of a zip and those of a tar are worked on by
//! all threads.

mod batch;
mod devices;
mod kept;
mod long;
mod queue;
mod worker;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;

use super::finding::InputSummary;
use super::known::Known;
use super::spill::Spill;
use crate::base::pool::Pool;
use crate::base::{Problem, Progress};
use crate::facts::Capture;
use crate::input::blocks::SHORT;
use crate::input::decode::{self, LONGEST_DOCUMENT};
use crate::input::{self, Access, Input, Stream};
use crate::parse::{self, Sieve, Wanted};
use crate::text::section::LOOSE;
use kept::Kept;
use long::Long;
use queue::{Leaving, Queue, Watch};
use worker::{Item, Worker};

/// Something to read.
#[derive(Clone, Debug)]
pub enum Given {
    /// A file, which may be an archive; `-` is standard input.
    File(PathBuf),
    /// Bytes that were read already, under the name that findings shall give: a caller's buffer.
    Bytes(String, Vec<u8>),
}

impl Given {
    /// The path, or the name of the bytes.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Bytes(name, _) => name.clone(),
        }
    }
}

/// What one input holds.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// `None` where it could not be read.
    pub(super) summary: Option<InputSummary>,
    /// One for each device in it, or for each long part of it.
    pub(super) captures: Vec<Known>,
    /// What could not be read, of it or of the archive it is in.
    pub(super) problems: Vec<Problem>,
}

/// What all threads share.
pub(super) struct Context<'c> {
    pub(super) wanted: &'c Wanted,
    /// Built for the first long input.
    sieve: OnceLock<Sieve>,
    pub(super) access: &'c Access,
    /// Where captures are put aside.
    pub(super) spill: Spill,
    /// Number of threads; 0 for one per processor.
    jobs: usize,
    /// Started for the first work that they share.
    pool: OnceLock<Pool>,
}

impl<'c> Context<'c> {
    pub(super) fn new(wanted: &'c Wanted, access: &'c Access, jobs: usize) -> Self {
        Self { wanted, sieve: OnceLock::new(), access, spill: Spill::new(), jobs, pool: OnceLock::new() }
    }

    /// Threads for work that is there all at once.
    pub(super) fn pool(&self) -> &Pool {
        self.pool.get_or_init(|| Pool::new(self.jobs))
    }

    fn sieve(&self) -> &Sieve {
        self.sieve.get_or_init(|| Sieve::new(self.wanted))
    }

    /// Where the run counts what it did.
    fn progress(&self) -> &Progress {
        &self.access.progress
    }
}

/// Reads every input, each once, in the order of their names. What `map` makes of a reading, on any thread, goes to `each`.
/// Where the run is stopped, the last reading has the problem that says so.
pub(super) fn read_all<T: Send>(
    given: &[Given],
    context: &Context<'_>,
    map: &(impl Fn(Reading) -> T + Sync),
    each: &mut dyn FnMut(T),
) {
    let mut named: Vec<(String, &Given)> = given.iter().map(|it| (it.name(), it)).collect();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    named.dedup_by(|(a, _), (b, _)| a == b);
    let sorted: Vec<&Given> = named.into_iter().map(|(_, it)| it).collect();
    if let [one] = sorted.as_slice()
        && !one.is_long()
    {
        read_one(one, context, &mut |reading| each(map(reading)));
        if context.progress().is_stopped() {
            each(map(interrupted(&sorted, &[false])));
        }
        return;
    }
    let jobs = match context.jobs {
        0 => thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs,
    };
    let queue = Queue::new(sorted.len(), jobs, context.progress().stop.clone());
    thread::scope(|scope| {
        for _ in 0..jobs {
            let worker = Worker { given: &sorted, context, queue: &queue, jobs, map };
            scope.spawn(move || {
                let _watch = Watch(worker.queue);
                worker.run();
            });
        }
        let complete = collect(&sorted, &queue, context, map, each);
        if context.progress().is_stopped() && complete.contains(&false) {
            each(map(interrupted(&sorted, &complete)));
        }
    });
}

/// What a stopped run says in the end.
fn interrupted(sorted: &[&Given], complete: &[bool]) -> Reading {
    let left = complete.iter().filter(|it| !**it).count();
    let first = sorted.iter().zip(complete).find(|(_, is_complete)| !**is_complete);
    let name = first.map(|(given, _)| given.name()).unwrap_or_default();
    let what = match sorted.len() {
        1 => "this input".to_owned(),
        all => format!("{left} of {all} inputs, of which this is the first"),
    };
    let text = format!("the run was interrupted before the end of {what}: run it again for the rest");
    let problems = vec![Problem::of_input("input::interrupted", &name, text)];
    Reading { problems, ..Reading::default() }
}

/// Takes results in order, and puts long inputs together. Returns which inputs were read to their end.
fn collect<T>(
    sorted: &[&Given],
    queue: &Queue<worker::Job, Item<T>>,
    context: &Context<'_>,
    map: &impl Fn(Reading) -> T,
    each: &mut dyn FnMut(T),
) -> Vec<bool> {
    // With the number of the stretch that it goes on with.
    let mut long: Option<(u64, Long<'_>)> = None;
    let mut complete = vec![false; sorted.len()];
    while let Some(leaving) = queue.leave() {
        match leaving {
            Leaving::Result(_, Item::Done(done)) => done.all.into_iter().for_each(&mut *each),
            Leaving::Result(index, Item::Stretch(number, kept)) => {
                let Some(Given::File(path)) = sorted.get(index) else { continue };
                if number == 0 {
                    long = Some((0, Long::new(&path.to_string_lossy(), context)));
                }
                // Behind a gap, of a stopped run, the numbers of the lines are not known.
                let Some((next, long)) = long.as_mut().filter(|(next, _)| *next == number) else { continue };
                *next += 1;
                // What the end of the stretch before asks for was not known when this one was sifted.
                let again =
                    (long.carry > 0).then(|| worker::stretch(path, number, Kept::again(long.carry), context));
                match again.unwrap_or(kept) {
                    Ok(kept) => long.add(kept),
                    Err(problem) => long.fail(problem),
                }
            }
            Leaving::Gap => {
                if let Some((_, long)) = long.take() {
                    each(map(long.finish(true)));
                }
            }
            Leaving::End(index) => {
                complete.iter_mut().skip(index).take(1).for_each(|it| *it = true);
                if let Some((_, long)) = long.take() {
                    each(map(long.finish(false)));
                }
            }
        }
    }
    if let Some((_, long)) = long {
        each(map(long.finish(true)));
    }
    complete
}

/// Reads an input without other threads.
fn read_one(given: &Given, context: &Context<'_>, each: &mut dyn FnMut(Reading)) {
    let mut add = |path: &str, stream: &mut dyn Stream| each_reading(path, stream, context, &mut *each);
    let problems = match given {
        Given::File(path) => input::read_each(path, context.access, &mut add),
        Given::Bytes(name, bytes) => input::read_each_of_bytes(name, bytes, context.access, &mut add),
    };
    if !problems.is_empty() {
        each(Reading { problems, ..Reading::default() });
    }
}

/// Reads a stream to its end.
fn each_reading(path: &str, stream: &mut dyn Stream, context: &Context<'_>, each: &mut dyn FnMut(Reading)) {
    let mut head = Vec::new();
    let reading = match head_of(stream, &mut head) {
        Err(error) => Reading { problems: vec![input::problem_of(path, &error)], ..Reading::default() },
        Ok(()) if head.len() <= SHORT => short(path, &head, stream.is_cut(), context),
        Ok(()) if decode::is_document(&head) => document(path, head, stream, context),
        Ok(()) if decode::is_in_lines(&head) => long::of_stream(path, head, stream, context),
        Ok(()) => match input::read_limited(&mut &mut *stream, path, head) {
            Ok(bytes) => short(path, &bytes, stream.is_cut(), context),
            Err(problem) => Reading { problems: vec![problem], ..Reading::default() },
        },
    };
    each(reading);
}

/// Reads a document as a whole, unless it is longer than any of a script is.
fn document(path: &str, mut head: Vec<u8>, stream: &mut dyn Stream, context: &Context<'_>) -> Reading {
    use std::io::Read;
    let more = (LONGEST_DOCUMENT + 1).saturating_sub(head.len() as u64);
    match (&mut *stream).take(more).read_to_end(&mut head) {
        Err(error) => Reading { problems: vec![input::problem_of(path, &error)], ..Reading::default() },
        Ok(_) if head.len() as u64 > LONGEST_DOCUMENT => long::of_stream(path, head, stream, context),
        Ok(_) => whole(path, &head, stream.is_cut(), context),
    }
}

/// Bytes of a usual capture: read without asking again and again whether there is more.
const USUAL: usize = 32 << 10;

/// Reads one byte more than a short input has, where there is one.
fn head_of(stream: &mut dyn Stream, head: &mut Vec<u8>) -> std::io::Result<()> {
    use std::io::Read;
    if let Some(whole) = stream.whole() {
        *head = whole;
        return Ok(());
    }
    head.reserve(USUAL);
    stream.take(SHORT as u64 + 1).read_to_end(head).map(|_| ())
}

/// What an input in memory holds.
fn short(path: &str, bytes: &[u8], is_cut: bool, context: &Context<'_>) -> Reading {
    long::of_log(path, bytes, is_cut, context).unwrap_or_else(|| whole(path, bytes, is_cut, context))
}

/// The same, parsed whole. Where nothing came before a fault, the fault is told: that is no empty file.
fn whole(path: &str, bytes: &[u8], is_cut: bool, context: &Context<'_>) -> Reading {
    let parsing = &context.progress().parsing;
    let (input, mut problems) = parsing.time(|| Input::decoded(path, bytes, is_cut));
    if is_cut && problems.iter().any(|it| it.code == "input::empty") {
        return Reading::default();
    }
    let mut captures = parsing.time(|| parse::captures(&input.source, context.wanted));
    let lines = input.source.line_count();
    context.progress().lines.add_len(lines);
    context.progress().parsed.add_len(lines);
    let mut sections = Sections::default();
    sections.add(&captures, context);
    problems.extend(captures.iter_mut().flat_map(|it| std::mem::take(&mut it.problems)));
    let summary = sections.summary(path, input.bytes, input.encoding, context);
    Reading { summary: Some(summary), captures: captures.into_iter().map(Known::of).collect(), problems }
}

/// The outputs that an input holds, each once, in order.
#[derive(Debug, Default)]
struct Sections {
    commands: Vec<String>,
    /// Whether there is any log message that is kept: without one, lines outside every output are prose.
    has_records: bool,
}

impl Sections {
    /// Adds those of some captures of it.
    fn add(&mut self, captures: &[Capture], context: &Context<'_>) {
        context.progress().records.add_len(captures.iter().map(|it| it.records.len()).sum());
        self.has_records |= captures.iter().any(|it| !it.records.is_empty());
        for seen in captures.iter().flat_map(|it| &it.seen) {
            if !self.commands.contains(&seen.command) {
                self.commands.push(seen.command.clone());
            }
        }
    }

    /// Adds those of a later part of it.
    fn append(&mut self, later: Self) {
        self.has_records |= later.has_records;
        for command in later.commands {
            if !self.commands.contains(&command) {
                self.commands.push(command);
            }
        }
    }

    /// What is told of the input in the end.
    fn summary(self, path: &str, bytes: u64, encoding: &'static str, context: &Context<'_>) -> InputSummary {
        context.progress().inputs.add(1);
        let Self { commands: mut sections, has_records } = self;
        sections.retain(|command| has_records || command != LOOSE);
        InputSummary { path: path.to_owned(), bytes, encoding, sections }
    }
}

impl Given {
    /// Whether several threads can read it.
    fn is_long(&self) -> bool {
        match self {
            Self::File(path) => input::is_shareable(path),
            Self::Bytes(..) => false,
        }
    }
}

#[cfg(test)]
mod tests;
