//! Elements in order.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::node::{Node, Pass};
use super::run::Run;
use super::{Cardinality, Dataset, Element, Names};
use crate::error::Result;

/// One pass over the elements of a [`Dataset`], in order. It owns what it needs, so
/// it can be kept from one notebook cell to the next.
///
/// After an error the pass goes on with the next element, as TensorFlow's does, so
/// a loop that is to end there says so: `for e in &ds { let e = e?; … }`.
///
/// ```
/// use ndsight::Dataset;
///
/// let ds = Dataset::from_tensor_slices(vec![1_i64, 2, 3])?;
/// let last = ds.iter().last().expect("three elements")?;
/// assert_eq!(last.scalar::<i64>(0)?, 3);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub struct Iter {
    node: Arc<Node>,
    names: Names,
    run: Run,
    pass: Pass,
    /// How many elements were given or stepped over, and what the pass may still give.
    position: usize,
    left: Cardinality,
}

impl Dataset {
    /// A pass over the elements in order. Where a shuffle was asked to order each
    /// pass anew, it counts as one.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let ds = Dataset::from_tensor_slices(vec![1_i64, 2, 3])?;
    /// let mut sum = 0;
    /// for element in ds.iter() {
    ///     sum += element?.scalar::<i64>(0)?;
    /// }
    /// assert_eq!(sum, 6);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn iter(&self) -> Iter {
        self.pass(&Run::epoch(self.passes.fetch_add(1, Ordering::Relaxed)))
    }

    pub(super) fn pass(&self, run: &Run) -> Iter {
        Iter {
            node: Arc::clone(&self.node),
            names: self.names.clone(),
            run: run.clone(),
            pass: self.node.open(run),
            position: 0,
            left: self.node.cardinality,
        }
    }
}

impl Iter {
    /// Steps over `n` elements: without reading them where they can be reached in any
    /// order.
    fn step_over(&mut self, n: usize) {
        self.position = self.position.saturating_add(n);
        self.left = self.left.map(|left| left.saturating_sub(n));
        match self.node.random() {
            Some(access) => {
                let end = self.node.cardinality.reach();
                let rest = self.position.min(end)..end;
                self.pass = Arc::clone(access).open(rest, &self.run);
            }
            None => drop(self.pass.nth(n - 1)),
        }
    }
}

impl Iterator for Iter {
    type Item = Result<Element>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(value) = self.pass.next() else {
            self.left = self.left.map(|_| 0);
            return None;
        };
        self.position = self.position.saturating_add(1);
        self.left = self.left.map(|left| left.saturating_sub(1));
        let batched = self.node.batched;
        Some(value.map(|value| Element::new(value, batched, self.names.clone())))
    }

    /// Steps over elements, without reading them where they can be reached in any
    /// order.
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        if n > 0 {
            self.step_over(n);
        }
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.left {
            Cardinality::Finite(n) => (n, Some(n)),
            Cardinality::Infinite if self.node.random().is_some() => (usize::MAX, None),
            _ => (0, None),
        }
    }
}

impl fmt::Debug for Iter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iter({} left)", self.left)
    }
}

impl IntoIterator for &Dataset {
    type Item = Result<Element>;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}

impl IntoIterator for Dataset {
    type Item = Result<Element>;
    type IntoIter = Iter;

    fn into_iter(self) -> Iter {
        self.iter()
    }
}
