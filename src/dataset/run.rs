//! What a pass over a data set is told when it begins.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// One pass: which it is, and how far it may go.
#[derive(Clone, Default)]
pub(crate) struct Run {
    /// Counts passes, from 0; see `RandomAccess::get`.
    pub(crate) epoch: u64,
    fuel: Option<Arc<Fuel>>,
    /// Set when nobody waits for the elements any more.
    given_up: Option<Arc<AtomicBool>>,
}

/// Ends the pass that it was made with when it is dropped: a thread that reads ahead
/// would otherwise go on for as long as its source does.
pub(crate) struct EndsWithDrop(Arc<AtomicBool>);

impl Drop for EndsWithDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What is left of the elements that a pass may read at its sources. Every step
/// that could go on for ever reads from a source for ever, so counting there
/// ends it, wherever it is: `counter(0, 1).filter(|_| false)` too.
struct Fuel {
    left: AtomicU64,
    until: Instant,
}

/// A display gives up after this many elements read at the sources: about a
/// second of a cheap filter that lets nothing through. The message below says it in
/// words.
pub(crate) const DISPLAY_READS: u64 = 1_000_000;

/// A display gives up on slow sources after this time.
pub(crate) const DISPLAY_TIME: Duration = Duration::from_secs(10);

impl Run {
    /// A pass to the end.
    pub(crate) fn epoch(epoch: u64) -> Run {
        Run {
            epoch,
            ..Run::default()
        }
    }

    /// The first pass, as far as a display goes.
    pub(crate) fn for_display() -> Run {
        let fuel = Fuel {
            left: AtomicU64::new(DISPLAY_READS),
            until: Instant::now() + DISPLAY_TIME,
        };
        Run {
            fuel: Some(Arc::new(fuel)),
            ..Run::default()
        }
    }

    /// The pass `k` within this one of something that is passed over `times`
    /// times: no two passes of a repetition get the same epoch, nor do two of
    /// different passes of a finite repetition.
    pub(crate) fn within(&self, k: u64, times: Option<u64>) -> Run {
        Run {
            epoch: epoch_within(self.epoch, k, times),
            ..self.clone()
        }
    }

    /// The same pass with the epoch of the first.
    pub(crate) fn frozen(&self) -> Run {
        Run {
            epoch: 0,
            ..self.clone()
        }
    }

    /// The same pass, and what ends it.
    pub(crate) fn ending(&self) -> (Run, EndsWithDrop) {
        let given_up = Arc::new(AtomicBool::new(false));
        let run = Run {
            given_up: Some(Arc::clone(&given_up)),
            ..self.clone()
        };
        (run, EndsWithDrop(given_up))
    }

    /// Counts one element read at a source.
    pub(crate) fn spend(&self) -> Result<()> {
        let given_up = self.given_up.as_ref();
        if given_up.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
            return Err(Error::stopped("given up: nobody waits for the elements"));
        }
        match &self.fuel {
            None => Ok(()),
            Some(fuel) => fuel.spend(),
        }
    }
}

pub(crate) fn epoch_within(epoch: u64, k: u64, times: Option<u64>) -> u64 {
    epoch.wrapping_mul(times.unwrap_or(1)).wrapping_add(k)
}

impl Fuel {
    fn spend(&self) -> Result<()> {
        let before = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            });
        let late = Instant::now() > self.until;
        match (before, late) {
            (Err(_), _) => Err(Error::stopped(
                "given up after reading 1,000,000 elements at the source",
            )),
            (_, true) => Err(Error::stopped(format!(
                "given up after {} s",
                DISPLAY_TIME.as_secs()
            ))),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_ends_by_itself_and_other_passes_do_not() {
        let run = Run::for_display();
        let reads = (0..).take_while(|_| run.spend().is_ok()).count() as u64;
        assert_eq!(reads, DISPLAY_READS);
        assert!(run.spend().unwrap_err().is_stopped());
        assert!((0..DISPLAY_READS * 2).all(|_| Run::epoch(3).spend().is_ok()));
    }

    #[test]
    fn passes_within_passes_are_told_apart() {
        let epochs = |pass| (0..3).map(move |k| Run::epoch(pass).within(k, Some(3)).epoch);
        let all: Vec<u64> = (0..3).flat_map(epochs).collect();
        assert_eq!(all, (0..9).collect::<Vec<u64>>());
    }
}
