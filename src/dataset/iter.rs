//! Elements in order.

use super::{Dataset, Element};
use crate::error::Result;

/// The elements of a [`Dataset`] in order. It owns what it needs, so it can be
/// kept from one notebook cell to the next.
///
/// ```
/// use ndsight::Dataset;
///
/// let ds = Dataset::from_tensor_slices(vec![1_i64, 2, 3])?;
/// let last = ds.iter().next_back().expect("three elements")?;
/// assert_eq!(last.scalar::<i64>(0)?, 3);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Iter {
    dataset: Dataset,
    left: std::ops::Range<usize>,
}

impl Iter {
    pub(super) fn new(dataset: Dataset) -> Iter {
        let left = 0..dataset.elements.len();
        Iter { dataset, left }
    }
}

impl Iterator for Iter {
    type Item = Result<Element>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left.next().map(|index| self.dataset.at(index))
    }

    /// Steps over elements without reading them.
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.left.nth(n).map(|index| self.dataset.at(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl DoubleEndedIterator for Iter {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left.next_back().map(|index| self.dataset.at(index))
    }
}

impl ExactSizeIterator for Iter {}

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
        Iter::new(self)
    }
}
