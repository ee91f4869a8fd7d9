//! How many different values there are, counted up to a limit.

/// Different values are counted exactly up to so many.
pub(crate) const DISTINCT: usize = 10_000;

/// A number of different values. NaN is none, and zeros of either sign are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distinct {
    Exactly(u64),
    /// More than so many.
    MoreThan(u64),
}

/// Slots of a new set, as a power of two.
const SLOTS: u32 = 10;

/// The mark of a free slot: the bits of a NaN, or else [`DistinctSet::free_seen`].
const FREE: u64 = u64::MAX;

/// Different bit patterns, until there are too many. Sets of parts merge.
///
/// A table with open addresses, at most half full, so that a value seen before is
/// mostly found where it is first looked for.
#[derive(Clone, Debug)]
pub(super) struct DistinctSet {
    slots: Vec<u64>,
    /// Slots are two to the power of this.
    power: u32,
    len: usize,
    /// Whether the bits that mark a free slot were added.
    free_seen: bool,
    full: bool,
}

impl DistinctSet {
    pub(super) fn new() -> Self {
        Self::with_power(SLOTS)
    }

    fn with_power(power: u32) -> Self {
        DistinctSet {
            slots: vec![FREE; 1 << power],
            power,
            len: 0,
            free_seen: false,
            full: false,
        }
    }

    /// Whether there are too many to count, and adding more is no use.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    #[inline]
    pub(super) fn add(&mut self, bits: u64) {
        let mut slot = self.first_slot(bits);
        // The mask is the length less one: every slot is in bounds.
        while self.slots[slot] != bits {
            if self.slots[slot] == FREE {
                return self.insert(slot, bits);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.free_seen |= bits == FREE;
    }

    /// Fibonacci hashing (Knuth): the upper bits of a product depend on all bits.
    #[inline]
    fn first_slot(&self, bits: u64) -> usize {
        (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - self.power)) as usize
    }

    fn insert(&mut self, slot: usize, bits: u64) {
        if self.full {
            return;
        }
        self.slots[slot] = bits;
        self.len += 1;
        self.full = self.found() > DISTINCT;
        if self.len * 2 > self.slots.len() {
            let mut larger = Self::with_power(self.power + 1);
            larger.free_seen = self.free_seen;
            larger.merge(self);
            *self = larger;
        }
    }

    fn found(&self) -> usize {
        self.len + usize::from(self.free_seen)
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let seen = other.slots.iter().filter(|&&bits| bits != FREE);
        seen.for_each(|&bits| self.add(bits));
        self.free_seen |= other.free_seen;
        self.full |= other.full;
    }

    /// With so many values that were not added.
    pub(super) fn count(&self, others: usize) -> Distinct {
        match self.found() + others {
            found if found <= DISTINCT && !self.full => Distinct::Exactly(found as u64),
            _ => Distinct::MoreThan(DISTINCT as u64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn set(values: impl IntoIterator<Item = u64>) -> DistinctSet {
        let mut set = DistinctSet::new();
        values.into_iter().for_each(|bits| set.add(bits));
        set
    }

    #[test]
    fn values_are_counted_up_to_the_limit() {
        let limit = DISTINCT as u64;
        assert_eq!(set(0..limit).count(0), Distinct::Exactly(limit));
        assert_eq!(set(0..limit).count(1), Distinct::MoreThan(limit));
        let mut all = set(0..limit * 3);
        assert!(all.is_full());
        all.merge(&set(0..limit * 3));
        assert_eq!(all.count(0), Distinct::MoreThan(limit));
        let halves = (set(0..limit / 2), set(limit / 2..limit + 1));
        let mut both = halves.0;
        both.merge(&halves.1);
        assert_eq!(both.count(0), Distinct::MoreThan(limit));
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_whole(
            a in prop::collection::vec(prop_oneof![0u64..999, Just(u64::MAX), any::<u64>()], 0..2000),
            b in prop::collection::vec(prop_oneof![0u64..999, Just(u64::MAX)], 0..2000),
        ) {
            let mut merged = set(a.clone());
            merged.merge(&set(b.clone()));
            let wanted: HashSet<u64> = a.into_iter().chain(b).collect();
            prop_assert_eq!(merged.count(0), Distinct::Exactly(wanted.len() as u64));
        }
    }
}
