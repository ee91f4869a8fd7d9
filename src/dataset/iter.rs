//! Elements in order.

use std::fmt;
use std::sync::atomic::Ordering;

use super::node::Pass;
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
    pass: Pass,
    /// What the pass may still give.
    left: Cardinality,
    batched: bool,
    names: Names,
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
            pass: self.node.open(run),
            left: self.node.cardinality,
            batched: self.node.batched,
            names: self.names.clone(),
        }
    }
}

impl Iterator for Iter {
    type Item = Result<Element>;

    fn next(&mut self) -> Option<Self::Item> {
        self.nth(0)
    }

    /// Steps over elements, without reading them where they can be reached in any
    /// order.
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let next = self.pass.nth(n);
        self.left = self.left.map(|left| match next {
            Some(_) => left.saturating_sub(n.saturating_add(1)),
            None => 0,
        });
        Some(next?.map(|value| Element::new(value, self.batched, self.names.clone())))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.left {
            Cardinality::Finite(n) => (n, Some(n)),
            Cardinality::Infinite => (usize::MAX, None),
            Cardinality::Unknown => (0, None),
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
