//! How many different values there are, counted up to a limit.

use std::collections::HashSet;

/// Different values are counted exactly up to so many.
pub(crate) const DISTINCT: usize = 10_000;

/// A number of different values. NaN is none, and zeros of either sign are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distinct {
    /// So many.
    Exactly(u64),
    /// More than so many: they are counted no further.
    MoreThan(u64),
}

/// Different bit patterns, until there are too many. Sets of parts merge.
#[derive(Clone, Debug, Default)]
pub(super) struct DistinctSet {
    seen: HashSet<u64>,
    full: bool,
}

impl DistinctSet {
    pub(super) fn add(&mut self, bits: u64) {
        if !self.full {
            self.seen.insert(bits);
            self.full = self.seen.len() > DISTINCT;
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.full |= other.full;
        other.seen.iter().for_each(|&bits| self.add(bits));
    }

    /// With so many values that were not added.
    pub(super) fn count(&self, others: usize) -> Distinct {
        match self.seen.len() + others {
            found if found <= DISTINCT && !self.full => Distinct::Exactly(found as u64),
            _ => Distinct::MoreThan(DISTINCT as u64),
        }
    }
}
