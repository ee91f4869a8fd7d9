//! Elements kept in memory once they were made.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::super::Dataset;
use super::super::node::{Access, Node, Pass, RandomAccess, Sequential, Value};
use super::super::pass::pass_of;
use super::super::run::Run;
use crate::error::Result;

/// One place for each element, filled when it is first asked for.
struct Places {
    input: Arc<dyn RandomAccess>,
    len: usize,
    /// Made at first use, so that a data set nobody reads costs nothing.
    places: OnceLock<Box<[OnceLock<Value>]>>,
}

/// All elements of the first pass that went to its end.
struct Recorded {
    input: Arc<Node>,
    elements: Arc<Mutex<Option<Arc<[Value]>>>>,
}

impl Dataset {
    /// Keeps elements in memory once they were made, as `tf.data.Dataset.cache`: what
    /// comes before this step is run once for each element, whatever is shown,
    /// plotted or iterated after it.
    ///
    /// Elements that can be reached in any order are kept one by one. Of those that
    /// come one after another the first pass that goes to its end is kept. An
    /// order that changes with each pass stays that of the first; elements that
    /// failed are tried again.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    /// use ndsight::Dataset;
    ///
    /// let calls = Arc::new(AtomicUsize::new(0));
    /// let count = Arc::clone(&calls);
    /// let slow = Dataset::range(0..100).map(move |x: i64| {
    ///     count.fetch_add(1, SeqCst);
    ///     x * x
    /// })?;
    /// let cached = slow.cache();
    /// let learning = calls.load(SeqCst);
    /// assert_eq!(cached.iter().count() + cached.iter().count(), 200);
    /// assert_eq!(calls.load(SeqCst) - learning, 100);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn cache(&self) -> Dataset {
        let before = &self.node;
        let access = match (&before.access, before.cardinality.finite()) {
            (Access::Random(input), Some(len)) => {
                let input = Arc::clone(input);
                Access::random(Places {
                    input,
                    len,
                    places: OnceLock::new(),
                })
            }
            _ => {
                let recorded = Recorded {
                    input: Arc::clone(before),
                    elements: Arc::default(),
                };
                Access::sequential(recorded, before.examples())
            }
        };
        self.then(Node::same_elements(before, "cache()", access))
    }
}

impl RandomAccess for Places {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        let places = self
            .places
            .get_or_init(|| (0..self.len).map(|_| OnceLock::new()).collect());
        if let Some(value) = places[index].get() {
            return Ok(value.clone());
        }
        let value = self.input.get(index, 0)?;
        Ok(places[index].get_or_init(|| value).clone())
    }
}

impl Sequential for Recorded {
    fn open(&self, run: &Run) -> Pass {
        let kept = self
            .elements
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(kept) = kept {
            let run = run.clone();
            let mut places = 0..kept.len();
            return pass_of(move || {
                let i = places.next()?;
                Some(run.spend().map(|()| kept[i].clone()))
            });
        }
        let (elements, mut pass) = (Arc::clone(&self.elements), self.input.open(&run.frozen()));
        let mut seen = Some(Vec::new());
        pass_of(move || {
            let next = pass.next();
            match (&next, &mut seen) {
                (Some(Ok(value)), Some(seen)) => seen.push(value.clone()),
                // Something is missing: this pass is not kept.
                (Some(Err(_)), _) => seen = None,
                (None, _) => {
                    if let Some(seen) = seen.take() {
                        let mut kept = elements.lock().unwrap_or_else(PoisonError::into_inner);
                        kept.get_or_insert_with(|| seen.into());
                    }
                }
                _ => {}
            }
            next
        })
    }
}
