//! What one of several threads does: begin with an input, or take over a part of one.

use std::cell::RefCell;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::kept::Kept;
use super::queue::{Queue, Turn, Work};
use super::{Context, Given, Reading, USUAL, each_reading, head_of, short};
use crate::base::Problem;
use crate::input::blocks::SHORT;
use crate::input::{self, Block, InputFile, Stream, ZipListing};

/// A part of an input.
pub(super) enum Job {
    /// A stretch of a long file.
    Stretch(Arc<Path>, u64),
    /// A member of a zip file.
    Member(Arc<(Box<Path>, ZipListing)>, usize),
    /// A short input that was read from a stream, and whether it is cut off.
    Short(String, Vec<u8>, bool),
}

/// What came of a part.
pub(super) enum Item<T> {
    /// Readings.
    Done(Done<T>),
    /// The number of a stretch and what was kept of it, or why it could not be read.
    Stretch(u64, Result<Kept, Problem>),
}

/// Readings in order, each as the caller wants it.
pub(super) struct Done<T> {
    pub(super) all: Vec<T>,
    /// Captures in them: one for each device in an input.
    captures: usize,
}

impl<T> Default for Done<T> {
    fn default() -> Self {
        Self { all: Vec::new(), captures: 0 }
    }
}

impl<T> Done<T> {
    fn add(&mut self, reading: Reading, map: &impl Fn(Reading) -> T) {
        self.captures += reading.captures.len();
        self.all.push(map(reading));
    }
}

/// So many captures weigh as much as a short input.
const CAPTURES: usize = 16;

/// One of several threads.
pub(super) struct Worker<'w, T, M> {
    pub(super) given: &'w [&'w Given],
    pub(super) context: &'w Context<'w>,
    pub(super) queue: &'w Queue<Job, Item<T>>,
    pub(super) jobs: usize,
    pub(super) map: &'w M,
}

impl<T, M: Fn(Reading) -> T> Worker<'_, T, M> {
    /// Works until all is done.
    pub(super) fn run(&self) {
        while let Some(work) = self.queue.take() {
            match work {
                Work::Begin(index) => self.begin(index),
                Work::Part(turn, job) => self.put(turn, self.part(job)),
            }
        }
    }

    fn put(&self, turn: Turn, item: Item<T>) {
        let weight = match &item {
            Item::Stretch(_, Ok(kept)) => 1 + kept.len() / USUAL,
            Item::Stretch(_, Err(_)) => 1,
            Item::Done(done) => 1 + done.captures / CAPTURES,
        };
        self.queue.put(turn, item, weight);
    }

    fn begin(&self, index: usize) {
        match self.given.get(index) {
            Some(Given::File(path)) if input::is_pipe(path) => {
                self.stream(index, |each| input::read_each(path, self.context.access, each));
            }
            Some(Given::File(path)) => match InputFile::open(path) {
                Ok(file) => self.begin_file(index, path, file),
                Err(problem) => self.stream(index, |_| vec![problem]),
            },
            Some(Given::Bytes(name, bytes)) => {
                self.stream(index, |each| input::read_each_of_bytes(name, bytes, self.context.access, each));
            }
            None => self.queue.end(index, 0),
        }
    }

    fn begin_file(&self, index: usize, path: &Path, mut file: InputFile<'_>) {
        // Where the name is not wanted, it may still be that of an archive.
        let is_wanted = self.context.access.filter.takes(&path.to_string_lossy());
        if let Some(parts) = is_wanted.then(|| file.stretches()).flatten() {
            let path: Arc<Path> = path.into();
            self.queue.end(index, parts);
            self.queue.add((0..parts).map(|it| ((index, it), Job::Stretch(path.clone(), it))));
        } else if !self.begin_zip(index, path, &mut file) {
            self.stream(index, |each| file.read_each(self.context.access, each));
        }
    }

    /// Leaves the members of a zip to all threads.
    fn begin_zip(&self, index: usize, path: &Path, file: &mut InputFile<'_>) -> bool {
        let Some((listing, problems)) = file.zip(&self.context.access.limits) else {
            return false;
        };
        let members = listing.members().len();
        if members < 2 {
            return false;
        }
        let shared = Arc::new((path.into(), listing));
        let told = Reading { problems, ..Reading::default() };
        self.queue.end(index, members as u64 + 1);
        self.queue.add((0..members).map(|it| ((index, it as u64), Job::Member(shared.clone(), it))));
        self.put((index, members as u64), self.done(told));
        true
    }

    /// Reads an input from its start to its end. Other threads take over the short ones of several inputs in it.
    fn stream(&self, index: usize, read: impl FnOnce(&mut input::Each<'_>) -> Vec<Problem>) {
        let mut parts = 0;
        let problems = read(&mut |path, stream| {
            self.one_of_stream((index, parts), path, stream);
            parts += 1;
        });
        if !problems.is_empty() {
            let told = Reading { problems, ..Reading::default() };
            self.put((index, parts), self.done(told));
            parts += 1;
        }
        // A stopped one may have more parts than were read.
        if !self.context.progress().is_stopped() {
            self.queue.end(index, parts);
        }
    }

    fn one_of_stream(&self, turn: Turn, path: &str, stream: &mut dyn Stream) {
        // The first may be the only one, and is then best done at once.
        let alone = turn.1 == 0;
        if alone {
            return self.put(turn, self.readings(path, stream));
        }
        let mut head = Vec::new();
        match head_of(stream, &mut head) {
            Ok(()) if head.len() <= SHORT && !head.is_empty() => {
                let job = Job::Short(path.to_owned(), head, stream.is_cut());
                if let Some(job) = self.queue.offer(turn, job, self.jobs * 4) {
                    self.put(turn, self.part(job));
                }
            }
            _ => {
                let mut whole = Rejoined { head: &head, stream };
                self.put(turn, self.readings(path, &mut whole));
            }
        }
    }

    fn done(&self, reading: Reading) -> Item<T> {
        let mut done = Done::default();
        done.add(reading, self.map);
        Item::Done(done)
    }

    fn readings(&self, path: &str, stream: &mut dyn Stream) -> Item<T> {
        let mut done = Done::default();
        each_reading(path, stream, self.context, &mut |reading| done.add(reading, self.map));
        Item::Done(done)
    }

    fn part(&self, job: Job) -> Item<T> {
        match job {
            Job::Stretch(path, number) => {
                Item::Stretch(number, stretch(&path, number, Kept::default(), self.context))
            }
            Job::Short(path, bytes, is_cut) => self.done(short(&path, &bytes, is_cut, self.context)),
            Job::Member(zip, index) => self.member(&zip.0, &zip.1, index),
        }
    }

    fn member(&self, path: &Path, listing: &ZipListing, index: usize) -> Item<T> {
        let mut done = Done::default();
        let problems = input::read_member(path, listing, index, self.context.access, &mut |name, stream| {
            each_reading(name, stream, self.context, &mut |reading| done.add(reading, self.map));
        });
        if !problems.is_empty() {
            done.add(Reading { problems, ..Reading::default() }, self.map);
        }
        Item::Done(done)
    }
}

/// A stream the first bytes of which were read.
struct Rejoined<'r> {
    head: &'r [u8],
    stream: &'r mut dyn Stream,
}

impl Read for Rejoined<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.head.is_empty() { self.stream.read(buffer) } else { self.head.read(buffer) }
    }
}

impl Stream for Rejoined<'_> {
    fn is_cut(&self) -> bool {
        self.stream.is_cut()
    }
}

/// Reads a stretch of a file and sifts it into `kept`.
pub(super) fn stretch(
    path: &Path,
    number: u64,
    mut kept: Kept,
    context: &Context<'_>,
) -> Result<Kept, Problem> {
    thread_local! {
        /// One for every thread, not for every stretch.
        static BUFFER: RefCell<Block> = RefCell::default();
    }
    BUFFER.with_borrow_mut(|block| {
        input::read_stretch(path, number, block, |block| {
            if !kept.is_again {
                context.progress().read.add_len(block.text().len());
            }
            kept.add(block, context);
        })
    })?;
    Ok(kept)
}
