//! Elements in random order, of the whole data set or within a buffer.

use std::sync::Arc;

use super::super::node::{Access, Node, Pass, RandomAccess, Sequential, Value};
use super::super::pass::pass_of;
use super::super::random::{Permutation, Random, seed_of_pass};
use super::super::run::Run;
use super::super::{Cardinality, Dataset};
use crate::error::{Error, Result};
use crate::tensor::{Rows, Tensor};

/// How [`Dataset::shuffle`] orders elements. A plain number is a seed.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Shuffle};
///
/// let ds = Dataset::range(0..1000);
/// let as_tensorflow = Shuffle::new(1).buffer_size(100)?.reshuffle_each_iteration(true);
/// let shuffled = ds.shuffle(as_tensorflow);
/// let first = |pass: ndsight::Iter| pass.take(1).last().expect("an element")?.scalar::<i64>(0);
/// assert!(first(shuffled.iter())? < 100);
/// assert_ne!(first(shuffled.iter())?, first(shuffled.iter())?);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shuffle {
    seed: u64,
    buffer_size: Option<usize>,
    reshuffle_each_iteration: bool,
}

impl Shuffle {
    /// The whole data set, in an order that depends on `seed` alone and is the same
    /// on every pass.
    #[must_use]
    pub fn new(seed: u64) -> Shuffle {
        Shuffle {
            seed,
            buffer_size: None,
            reshuffle_each_iteration: false,
        }
    }

    /// Picks each element from a buffer of as many, as TensorFlow does: an element
    /// comes at most `size` - 1 places early. A buffer as large as the data
    /// set shuffles it whole.
    ///
    /// # Errors
    ///
    /// `size` is 0 ([`Error::is_value`]).
    pub fn buffer_size(self, size: usize) -> Result<Shuffle> {
        if size == 0 {
            return Err(
                Error::value("expected a buffer size of at least 1, but found 0")
                    .coded("invalid_argument"),
            );
        }
        Ok(Shuffle {
            buffer_size: Some(size),
            ..self
        })
    }

    /// Whether each pass has an order of its own (default: no; TensorFlow's: yes).
    /// Plots and [`at`](Dataset::at) show the order of the first pass.
    #[must_use]
    pub fn reshuffle_each_iteration(self, reshuffle: bool) -> Shuffle {
        Shuffle {
            reshuffle_each_iteration: reshuffle,
            ..self
        }
    }

    fn seed_of_pass(&self, epoch: u64) -> u64 {
        let epoch = if self.reshuffle_each_iteration {
            epoch
        } else {
            0
        };
        seed_of_pass(self.seed, epoch)
    }

    fn words(&self) -> String {
        let buffer = self
            .buffer_size
            .map_or(String::new(), |n| format!(", buffer_size={n}"));
        let anew = if self.reshuffle_each_iteration {
            ", anew on each pass"
        } else {
            ""
        };
        format!("shuffle({}{buffer}{anew})", self.seed)
    }
}

impl From<u64> for Shuffle {
    fn from(seed: u64) -> Shuffle {
        Shuffle::new(seed)
    }
}

/// All elements, their order computed one position at a time.
struct Whole {
    input: Arc<dyn RandomAccess>,
    len: usize,
    options: Shuffle,
    /// Of the first pass, and of all where they agree.
    order: Permutation,
}

/// Elements picked from a buffer.
struct Buffered {
    input: Arc<Node>,
    options: Shuffle,
}

impl Dataset {
    /// All elements in an order that looks random and depends on `seed` alone:
    /// the same on every machine and on every pass. [`Shuffle`] sets a buffer and
    /// another order for each pass.
    ///
    /// TensorFlow shuffles within a buffer and anew on each pass; this shuffles
    /// the whole data set, as `shuffle(buffer_size=len(ds), seed=seed,
    /// reshuffle_each_iteration=False)`. Where elements can be reached in any order,
    /// that of the shuffle is computed element by element: nothing is
    /// allocated whatever the size, and `shuffle(1).take(10)` reads ten elements.
    /// Elements that come one after another are all held in memory, or as many as
    /// the buffer takes; without a buffer, a pass over endless ones is an error.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices((0..1000_i64).collect::<Vec<_>>())?;
    /// let first = |seed| ds.shuffle(seed).at(0)?.scalar::<i64>(0);
    /// assert_eq!(first(1)?, first(1)?);
    /// assert_ne!(first(1)?, first(2)?);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn shuffle(&self, options: impl Into<Shuffle>) -> Dataset {
        self.shuffled(options.into())
    }

    fn shuffled(&self, options: Shuffle) -> Dataset {
        let before = &self.node;
        let access = match (&before.access, before.cardinality) {
            (Access::Random(input), Cardinality::Finite(len))
                if options.buffer_size.is_none_or(|size| size >= len) =>
            {
                let order = Permutation::new(len, options.seed);
                Access::random(Whole {
                    input: Arc::clone(input),
                    len,
                    options,
                    order,
                })
            }
            _ => {
                let input = Arc::clone(before);
                Access::sequential(Buffered { input, options }, before.examples())
            }
        };
        self.then(Node::same_elements(before, options.words(), access))
    }
}

impl Whole {
    fn order(&self, epoch: u64) -> std::borrow::Cow<'_, Permutation> {
        match self.options.seed_of_pass(epoch) {
            seed if seed == self.options.seed => std::borrow::Cow::Borrowed(&self.order),
            seed => std::borrow::Cow::Owned(Permutation::new(self.len, seed)),
        }
    }
}

impl RandomAccess for Whole {
    fn get(&self, index: usize, epoch: u64) -> Result<Value> {
        self.input.get(self.order(epoch).at(index), epoch)
    }

    fn stack(&self, rows: &Rows, epoch: u64) -> Result<Value> {
        let order = self.order(epoch);
        self.input.stack(&rows.map(|row| order.at(row)), epoch)
    }

    fn component(&self, component: usize, rows: &Rows, epoch: u64) -> Result<Tensor> {
        let order = self.order(epoch);
        self.input
            .component(component, &rows.map(|row| order.at(row)), epoch)
    }
}

impl Sequential for Buffered {
    fn open(&self, run: &Run) -> Pass {
        let size = self.options.buffer_size.unwrap_or(usize::MAX);
        if size == usize::MAX && self.input.cardinality == Cardinality::Infinite {
            let err = Error::value(
                "shuffle: expected a data set with an end, but found an endless one; shuffle within a buffer: Shuffle::new(seed).buffer_size(1000)?",
            );
            return Box::new(std::iter::once(Err(err.coded("infinite"))));
        }
        let mut pass = self.input.open(run);
        let mut random = Random::new(self.options.seed_of_pass(run.epoch));
        let mut buffer = Vec::new();
        pass_of(move || {
            while buffer.len() < size {
                match pass.next() {
                    Some(Ok(value)) => buffer.push(value),
                    Some(Err(err)) => return Some(Err(err)),
                    None => break,
                }
            }
            if buffer.is_empty() {
                return None;
            }
            let picked = random.below(buffer.len());
            Some(Ok(buffer.swap_remove(picked)))
        })
    }
}
