//! Work for several threads, what comes of which is in the order of the work.

use rayon::prelude::*;

/// Threads that work together, started once.
#[derive(Debug)]
pub struct Pool(Option<rayon::ThreadPool>);

impl Pool {
    /// A pool of so many threads, 0 for one per processor. With one, and where no threads can be had, the caller works alone.
    pub fn new(jobs: usize) -> Self {
        let pool = (jobs != 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs).build());
        Self(pool.and_then(Result::ok))
    }

    /// How many threads work.
    pub fn threads(&self) -> usize {
        self.0.as_ref().map_or(1, rayon::ThreadPool::current_num_threads)
    }

    /// Does each piece of work. What comes of it is in the order of the work.
    pub fn map<W: Send, R: Send>(&self, work: Vec<W>, of: impl Fn(W) -> R + Sync + Send) -> Vec<R> {
        match &self.0 {
            Some(pool) if work.len() > 1 => pool.install(|| work.into_par_iter().map(of).collect()),
            _ => work.into_iter().map(of).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pool;

    #[test]
    fn what_comes_is_in_the_order_of_the_work() {
        for jobs in [0, 1, 3] {
            let squares = Pool::new(jobs).map((0..100).collect(), |number: u32| number * number);
            assert_eq!(squares, (0..100).map(|number| number * number).collect::<Vec<u32>>(), "{jobs}");
        }
        assert_eq!(Pool::new(3).threads(), 3);
    }
}
