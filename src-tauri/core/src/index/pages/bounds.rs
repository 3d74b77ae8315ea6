//! What reading one answer may cost. Whoever writes the answer also decides how much work it is, so
//! the work ends at a deadline, at an amount of text, or as soon as nobody waits for it any more.
//!
//! A reading happens on one thread from beginning to end, so its bounds are that thread's. What is
//! read after they were met is incomplete, and is thrown away as a whole.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::index::Error;

/// A list of 10,000 projects takes a fraction of it. A build for tests reads ten times slower.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 10 });
/// Texts of one answer together: parts that lie in each other could repeat the same text.
const MOST_TEXT: usize = 64 * 1024 * 1024;
/// Between two looks at the clock.
const STEPS: u32 = 1024;

thread_local! {
    /// The bounds of the reading that is going on here.
    static CURRENT: RefCell<Option<Bounds>> = const { RefCell::new(None) };
}

/// The bounds of one reading.
pub(in crate::index) struct Bounds {
    ends: Instant,
    given_up: Arc<AtomicBool>,
    is_met: Cell<bool>,
    text_left: Cell<usize>,
    steps: Cell<u32>,
}

impl Bounds {
    /// Bounds that begin to count now. The flag ends the reading from another thread.
    pub(in crate::index) fn new(given_up: Arc<AtomicBool>) -> Self {
        Self {
            ends: Instant::now() + LONGEST,
            given_up,
            is_met: Cell::new(false),
            text_left: Cell::new(MOST_TEXT),
            steps: Cell::new(0),
        }
    }

    /// Reads within these bounds.
    ///
    /// # Errors
    /// The bounds were met: whatever was read is incomplete.
    pub(in crate::index) fn read<T>(
        self,
        read: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        CURRENT.set(Some(self));
        let _reset = Reset;
        let found = read();
        let is_met = CURRENT.with_borrow(|bounds| bounds.as_ref().is_some_and(Self::has_ended));
        if is_met { Err(Error::TooLarge) } else { found }
    }

    fn has_ended(&self) -> bool {
        self.is_met.get()
    }

    fn look(&self) -> bool {
        if self.given_up.load(Ordering::Relaxed) || Instant::now() >= self.ends {
            self.is_met.set(true);
        }
        !self.is_met.get()
    }

    fn step(&self) -> bool {
        self.steps.set((self.steps.get() + 1) % STEPS);
        if self.steps.get() == 0 { self.look() } else { !self.is_met.get() }
    }

    fn take(&self, length: usize) -> bool {
        match self.text_left.get().checked_sub(length) {
            Some(left) => self.text_left.set(left),
            None => self.is_met.set(true),
        }
        self.step()
    }
}

/// A thread reads many answers, one after the other; also one that failed leaves nothing behind.
struct Reset;

impl Drop for Reset {
    fn drop(&mut self) {
        CURRENT.set(None);
    }
}

/// Looks at the clock; whether the reading goes on.
pub(super) fn look() -> bool {
    of_current(Bounds::look)
}

/// One small piece of work; whether the reading goes on.
pub(super) fn step() -> bool {
    of_current(Bounds::step)
}

/// So much text is kept; whether the reading goes on.
pub(super) fn take(length: usize) -> bool {
    of_current(|bounds| bounds.take(length))
}

/// The answer is not read any further, whatever time is left.
pub(super) fn end() {
    of_current(|bounds| {
        bounds.is_met.set(true);
        false
    });
}

/// Whether the reading that is going on here has to end.
#[cfg(test)]
pub(in crate::index) fn is_over() -> bool {
    !look()
}

/// Without bounds, in tests of a single page, everything goes on.
fn of_current(ask: impl FnOnce(&Bounds) -> bool) -> bool {
    CURRENT.with_borrow(|bounds| bounds.as_ref().is_none_or(ask))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds() -> (Bounds, Arc<AtomicBool>) {
        let given_up = Arc::new(AtomicBool::new(false));
        (Bounds::new(Arc::clone(&given_up)), given_up)
    }

    #[test]
    fn reading_within_its_bounds_keeps_what_it_found() {
        let found = bounds().0.read(|| {
            assert!(look() && step() && take(10));
            Ok(7)
        });
        assert!(matches!(found, Ok(7)));
    }

    #[test]
    fn reading_that_meets_a_bound_finds_nothing() {
        let (given_up, flag) = bounds();
        flag.store(true, Ordering::Relaxed);
        assert!(matches!(given_up.read(|| Ok(look())), Err(Error::TooLarge)), "nobody waits");

        let late = Bounds { ends: Instant::now(), ..bounds().0 };
        assert!(matches!(late.read(|| Ok(look())), Err(Error::TooLarge)), "the time is over");

        let much = bounds().0.read(|| Ok(take(MOST_TEXT) && take(1)));
        assert!(matches!(much, Err(Error::TooLarge)), "too much text");

        let found = bounds().0.read(|| Ok(7));
        assert!(matches!(found, Ok(7)), "the next reading has bounds of its own");
    }

    #[test]
    fn steps_look_at_the_clock_in_time() {
        let (bounds, flag) = bounds();
        flag.store(true, Ordering::Relaxed);
        let met = bounds.read(|| Ok((0..STEPS).all(|_| step())));
        assert!(matches!(met, Err(Error::TooLarge)));
    }
}
