//! Long work in short slices: a page goes on drawing between them.
//!
//! The work is written as a plain `async` function that asks for units as it goes; the compiler makes the state machine.
//! There is no executor and no clock: who calls [`Job::step`] knows how long a slice may take. Dropping a job ends it.

use std::cell::Cell;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// What a job and its work share.
#[derive(Debug, Default)]
struct Shared {
    left: Cell<usize>,
    progress: Cell<f32>,
}

/// The side of the one who works.
#[derive(Clone, Debug, Default)]
pub(super) struct Pace(Rc<Shared>);

impl Pace {
    /// Takes units, of which one is about what a triangle costs that is looked at once; waits for the next slice when none
    /// are left.
    pub(super) async fn spend(&self, units: usize) {
        match self.0.left.get().checked_sub(units) {
            Some(left) => self.0.left.set(left),
            None => {
                self.0.left.set(0);
                let mut waited = false;
                let wait = |_: &mut Context<'_>| {
                    if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
                };
                poll_fn(wait).await;
                self.0.left.set(self.0.left.get().saturating_sub(units));
            }
        }
    }

    /// Says how much is done, `[0, 1]`; never less than before.
    pub(super) fn reach(&self, progress: f32) {
        self.0.progress.set(self.0.progress.get().max(progress.clamp(0.0, 1.0)));
    }
}

/// Work that is done slice by slice.
pub struct Job<T> {
    pace: Pace,
    work: Option<Pin<Box<dyn Future<Output = T>>>>,
}

impl<T> Job<T> {
    pub(super) fn new<F: Future<Output = T> + 'static>(work: impl FnOnce(Pace) -> F) -> Self {
        let pace = Pace::default();
        Self { work: Some(Box::pin(work(pace.clone()))), pace }
    }

    /// What is there already.
    pub fn ready(made: T) -> Self
    where
        T: 'static,
    {
        Self::new(|_| async { made })
    }

    /// Works for so many units, of which one is about what a triangle costs that is looked at once; gives what comes of it
    /// when it is done, and nothing after that.
    pub fn step(&mut self, units: usize) -> Option<T> {
        self.pace.0.left.set(units);
        let work = self.work.as_mut()?;
        match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => {
                self.work = None;
                self.pace.reach(1.0);
                Some(done)
            }
            Poll::Pending => None,
        }
    }

    /// How much is done, `[0, 1]`.
    pub fn progress(&self) -> f32 {
        self.pace.0.progress.get()
    }

    /// All of it at once, where nobody waits. None when it was done before.
    pub fn run(mut self) -> Option<T> {
        while self.work.is_some() {
            if let Some(done) = self.step(usize::MAX) {
                return Some(done);
            }
        }
        None
    }
}

impl<T> fmt::Debug for Job<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Job").field("progress", &self.progress()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Job;

    #[test]
    fn a_slice_does_as_much_as_it_is_given_and_no_more() {
        let mut job = Job::new(|pace| async move {
            for done in 0..100_u8 {
                pace.spend(10).await;
                pace.reach(f32::from(done) / 100.0);
            }
            7
        });
        let mut slices = 1;
        while job.step(100).is_none() {
            slices += 1;
            assert!((job.progress() - slices as f32 * 0.1 + 0.11).abs() < 0.02, "{slices}: {}", job.progress());
        }
        assert_eq!((slices, job.progress()), (10, 1.0));
        assert_eq!(job.step(100), None);
    }

    #[test]
    fn one_step_that_is_dearer_than_a_slice_is_done_all_the_same() {
        let mut job = Job::new(|pace| async move {
            pace.spend(1_000_000).await;
            1
        });
        assert_eq!((job.step(10), job.step(10)), (None, Some(1)));
        assert_eq!(Job::new(|_| async { 2 }).run(), Some(2));
    }
}
