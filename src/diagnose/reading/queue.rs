//! Work for several threads whose results leave in order. Some work comes in parts that other threads take over: the blocks of
//! a long file, the members of an archive.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The weight of the results that wait for their turn, about. More would be held for nothing while an early input takes long.
const WINDOW: usize = 256;

/// The weight of the results for which it is worth waking the thread that takes them; it wakes by itself from time to time.
const WORTH_WAKING: usize = 16;
const PATIENCE: Duration = Duration::from_millis(5);

/// The place of a result: the index of the input, and the part of it.
pub(super) type Turn = (usize, u64);

/// Something for a worker to do.
pub(super) enum Work<J> {
    /// Begin with the input of this index.
    Begin(usize),
    /// Do a part of an input that was begun.
    Part(Turn, J),
}

/// What leaves the queue.
pub(super) enum Leaving<T> {
    /// A result of the input with this index.
    Result(usize, T),
    /// There are no more of the input with this index.
    End(usize),
    /// The work was stopped, and what leaves next does not follow what left last.
    Gap,
}

/// The queue; `J` is the work of a part, `T` a result.
pub(super) struct Queue<J, T> {
    state: Mutex<State<J, T>>,
    /// Something may be there for a worker.
    work: Condvar,
    /// Something may leave.
    turn: Condvar,
    /// Number of inputs.
    inputs: usize,
    /// Whether no more work shall be taken.
    stop: Arc<AtomicBool>,
}

struct State<J, T> {
    /// The next input to begin with.
    next: usize,
    /// The next result to leave.
    turn: Turn,
    /// Number of parts of the inputs of which it is known.
    parts: BTreeMap<usize, u64>,
    /// Results with their weights.
    ready: BTreeMap<Turn, (T, usize)>,
    /// The sum of these weights.
    held: usize,
    jobs: BTreeMap<Turn, J>,
    /// Whether a worker died: its results will never come.
    is_broken: bool,
    /// Workers that may still give results.
    workers: usize,
    /// Those of them that wait for work.
    idle: usize,
    /// Whether the thread that takes the results waits for one.
    is_awaited: bool,
}

/// Tells the queue when its thread ends or dies, so that nobody waits for it for ever.
pub(super) struct Watch<'q, J, T>(pub(super) &'q Queue<J, T>);

impl<J, T> Drop for Watch<'_, J, T> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.workers = state.workers.saturating_sub(1);
        state.is_broken |= std::thread::panicking();
        drop(state);
        self.0.work.notify_all();
        self.0.turn.notify_all();
    }
}

impl<J, T> State<J, T> {
    /// What is wanted soonest, of so many inputs. While much is held that is only what must leave next.
    fn work(&mut self, inputs: usize) -> Option<Work<J>> {
        let has_room = self.held < WINDOW;
        let turn = self.turn;
        if let Some(first) = self.jobs.first_entry()
            && (has_room || *first.key() == turn)
        {
            let (turn, job) = first.remove_entry();
            return Some(Work::Part(turn, job));
        }
        let may_begin = self.next == turn.0 || (has_room && self.next - turn.0 < WINDOW);
        if self.next < inputs && may_begin {
            self.next += 1;
            return Some(Work::Begin(self.next - 1));
        }
        None
    }
}

impl<J, T> Queue<J, T> {
    pub(super) fn new(inputs: usize, workers: usize, stop: Arc<AtomicBool>) -> Self {
        let state = State {
            next: 0,
            turn: (0, 0),
            parts: BTreeMap::new(),
            ready: BTreeMap::new(),
            held: 0,
            jobs: BTreeMap::new(),
            is_broken: false,
            workers,
            idle: 0,
            is_awaited: false,
        };
        Self { state: Mutex::new(state), work: Condvar::new(), turn: Condvar::new(), inputs, stop }
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The next thing to do; waits for one. `None` when all is done, or nothing more shall be.
    pub(super) fn take(&self) -> Option<Work<J>> {
        let mut state = self.lock();
        loop {
            if self.is_stopped() {
                return None;
            }
            if let Some(work) = state.work(self.inputs) {
                return Some(work);
            }
            if state.turn.0 >= self.inputs || state.is_broken {
                return None;
            }
            // Nobody else will say that there is something to take.
            self.tell_taker(&state);
            state.idle += 1;
            state = wait(&self.work, state);
            state.idle -= 1;
        }
    }

    /// Wakes workers that wait. To wake is a call of the system, and mostly nobody waits.
    fn tell_workers(&self, state: MutexGuard<'_, State<J, T>>) {
        let is_needed = state.idle > 0;
        drop(state);
        if is_needed {
            self.work.notify_all();
        }
    }

    /// Wakes the thread that takes the results, where it waits.
    fn tell_taker(&self, state: &State<J, T>) {
        if state.is_awaited {
            self.turn.notify_one();
        }
    }

    /// Leaves a part to any thread that has nothing to do; gives it back where enough is waiting.
    pub(super) fn offer(&self, turn: Turn, job: J, most: usize) -> Option<J> {
        let mut state = self.lock();
        if state.jobs.len() >= most {
            return Some(job);
        }
        state.jobs.insert(turn, job);
        self.tell_workers(state);
        None
    }

    /// Adds parts for all threads.
    pub(super) fn add(&self, jobs: impl IntoIterator<Item = (Turn, J)>) {
        let mut state = self.lock();
        state.jobs.extend(jobs);
        self.tell_workers(state);
    }

    /// Gives a result, which weighs as much as so many short inputs. Waits while too much is held and it is not the turn of this
    /// input.
    pub(super) fn put(&self, turn: Turn, result: T, weight: usize) {
        let mut state = self.lock();
        let may_wait = |it: &State<J, T>| {
            it.turn.0 != turn.0 && it.jobs.is_empty() && !it.is_broken && !self.is_stopped()
        };
        while state.held >= WINDOW && may_wait(&state) {
            self.tell_taker(&state);
            state.idle += 1;
            state = wait(&self.work, state);
            state.idle -= 1;
        }
        state.held += weight;
        state.ready.insert(turn, (result, weight));
        if state.held >= WORTH_WAKING && state.ready.contains_key(&state.turn) {
            self.tell_taker(&state);
        }
    }

    /// Says how many parts an input has in all.
    pub(super) fn end(&self, input: usize, parts: u64) {
        self.lock().parts.insert(input, parts);
    }

    /// What leaves next; waits for it. `None` after the end of the last input.
    pub(super) fn leave(&self) -> Option<Leaving<T>> {
        let mut state = self.lock();
        loop {
            let turn = state.turn;
            if turn.0 >= self.inputs || state.is_broken {
                return None;
            }
            if let Some((result, weight)) = state.ready.remove(&turn) {
                state.turn.1 += 1;
                // Workers wait only while much is held.
                let frees = state.held >= WINDOW;
                state.held -= weight;
                if frees {
                    self.tell_workers(state);
                }
                return Some(Leaving::Result(turn.0, result));
            }
            if state.parts.get(&turn.0) == Some(&turn.1) {
                state.parts.remove(&turn.0);
                state.turn = (turn.0 + 1, 0);
                self.tell_workers(state);
                return Some(Leaving::End(turn.0));
            }
            if state.workers == 0 {
                // What was begun and not done will never come.
                let next = *state.ready.keys().next()?;
                if next.1 > 0 {
                    // Without that part its end is none.
                    state.parts.remove(&next.0);
                }
                state.turn = next;
                return Some(Leaving::Gap);
            }
            state.is_awaited = true;
            let woken = self.turn.wait_timeout(state, PATIENCE);
            (state, _) = woken.unwrap_or_else(PoisonError::into_inner);
            state.is_awaited = false;
        }
    }

    /// A thread that panicked left the state whole: every change is one statement.
    fn lock(&self) -> MutexGuard<'_, State<J, T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wait<'s, J, T>(on: &Condvar, state: MutexGuard<'s, State<J, T>>) -> MutexGuard<'s, State<J, T>> {
    on.wait(state).unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What leaves, in words.
    fn leaving(queue: &Queue<(), char>) -> Vec<String> {
        let words = |it| match it {
            Leaving::Result(input, result) => format!("{input}{result}"),
            Leaving::End(input) => format!("{input} ends"),
            Leaving::Gap => "gap".to_owned(),
        };
        std::iter::from_fn(|| queue.leave()).map(words).collect()
    }

    #[test]
    fn a_stopped_queue_gives_what_was_done_and_shows_the_gaps() {
        let stop = Arc::new(AtomicBool::new(false));
        let queue: Queue<(), char> = Queue::new(4, 1, stop.clone());
        let watch = Watch(&queue);
        assert!(matches!(queue.take(), Some(Work::Begin(0))));
        queue.put((0, 0), 'a', 1);
        queue.put((0, 2), 'c', 1);
        queue.end(0, 3);
        queue.put((2, 0), 'x', 1);
        queue.end(2, 1);
        stop.store(true, Ordering::Relaxed);
        assert!(queue.take().is_none());
        drop(watch);
        assert_eq!(leaving(&queue), ["0a", "gap", "0c", "gap", "2x", "2 ends"]);
    }

    #[test]
    fn while_much_is_held_only_what_must_leave_next_is_handed_out() {
        let queue: Queue<(), char> = Queue::new(1, 1, Arc::default());
        assert!(matches!(queue.take(), Some(Work::Begin(0))));
        queue.end(0, 3);
        queue.add([((0, 2), ()), ((0, 1), ()), ((0, 0), ())]);
        assert!(matches!(queue.take(), Some(Work::Part((0, 0), ()))));
        assert!(matches!(queue.take(), Some(Work::Part((0, 1), ()))));
        queue.put((0, 1), 'b', WINDOW);
        let next = |queue: &Queue<(), char>| queue.lock().work(queue.inputs).is_some();
        assert!(!next(&queue), "the first is still worked on");
        queue.put((0, 0), 'a', 1);
        assert!(matches!(queue.leave(), Some(Leaving::Result(0, 'a'))));
        assert!(!next(&queue));
        assert!(matches!(queue.leave(), Some(Leaving::Result(0, 'b'))));
        assert!(matches!(queue.take(), Some(Work::Part((0, 2), ()))));
        queue.put((0, 2), 'c', 1);
        assert_eq!(leaving(&queue).len(), 2);
    }
}
