//! Rows that are on both sides: leakage, or what a step left as it was.

use std::collections::HashMap;

use super::identity::{Columns, Hashes};
use crate::dataset::{Dataset, Extent, Look};
use crate::profile::key::Key as RowKey;
use crate::profile::{Finding, Rule};
use crate::tensor::number::count;

/// Pairs of equal rows that are kept.
const MAX_PAIRS: usize = 100;

/// Of two data sets of one length, so large a share of rows that equal those at the
/// same place means that the one is made of the other.
const UNCHANGED: f64 = 0.5;

/// Rows of features say which they are if at least so large a share of those before
/// differ from each other.
const DISTINCT: f64 = 0.5;

/// What the rows of two data sets have in common.
#[derive(Clone, Debug)]
pub(crate) struct Overlap {
    pub(crate) kind: Kind,
    pub(crate) by: By,
    /// How many rows of each side were read for it.
    pub(crate) read: [usize; 2],
    /// Which part of the data sets these are.
    pub(crate) extents: [Extent; 2],
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// So many rows after equal one before; the first, as positions on both sides.
    Leaked(usize, Vec<(usize, usize)>),
    /// So many of so many rows equal those at the same place.
    Unchanged(usize, usize),
    /// Rows before equal each other so often that it says nothing if some after do.
    Alike,
}

/// What tells rows apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Images,
    /// Few numbers may be equal by chance.
    Features,
}

impl By {
    pub(crate) fn what(self) -> &'static str {
        match self {
            By::Images => "images",
            By::Features => "rows",
        }
    }
}

/// One side: a data set, its first look, and what tells its rows apart.
pub(super) struct Side<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) look: &'a Look,
    pub(super) columns: Columns,
}

impl Overlap {
    /// Nothing where there is nothing by which rows could be compared.
    pub(super) fn of(sides: &[Side<'_>; 2], by: By) -> Option<Overlap> {
        let hashes = |side: &Side<'_>| Hashes::of(side.dataset, side.look, &side.columns);
        let [before, after] = [hashes(&sides[0])?, hashes(&sides[1])?];
        let lengths = sides.each_ref().map(|side| length(side));
        let same_length = lengths[0].is_some() && lengths[0] == lengths[1];
        Some(Overlap {
            kind: kind(&before.rows, &after.rows, same_length, by),
            by,
            read: [before.rows.len(), after.rows.len()],
            extents: [before.extent, after.extent],
        })
    }

    /// The finding, with the sides under their names; none without leaked rows.
    pub(super) fn finding(&self, names: &[String; 2]) -> Option<Finding> {
        let Kind::Leaked(leaked, pairs) = &self.kind else {
            return None;
        };
        if *leaked == 0 {
            return None;
        }
        let [before, after] = names;
        let looked = |side: usize| match self.extents[side] {
            Extent::All => "",
            _ => " looked at",
        };
        let message = format!(
            "{} of {} {}{} of '{after}' {} also in '{before}'{}",
            count(*leaked),
            count(self.read[1]),
            self.by.what(),
            looked(1),
            if *leaked == 1 { "is" } else { "are" },
            match self.extents[0] {
                Extent::All => String::new(),
                _ => format!(" (among the {} looked at)", count(self.read[0])),
            },
        );
        let hint = "a score on them tells how well they were learnt by heart; take them out of one of the two";
        let rows = pairs.iter().map(|(_, row)| *row);
        Some(Finding::new(Rule::Leakage, *leaked as f64, message, hint).at(rows))
    }
}

fn length(side: &Side<'_>) -> Option<usize> {
    match (side.dataset.is_batched(), &side.look.extent) {
        (false, _) => side.dataset.cardinality().finite(),
        (true, Extent::All) => Some(side.look.len),
        (true, _) => None,
    }
}

fn kind(before: &[(usize, RowKey)], after: &[(usize, RowKey)], same_length: bool, by: By) -> Kind {
    if same_length {
        let (equal, compared) = at_the_same_place(before, after);
        if equal as f64 > UNCHANGED * compared as f64 {
            return Kind::Unchanged(equal, compared);
        }
    }
    let mut known: HashMap<RowKey, usize> = HashMap::with_capacity(before.len());
    for &(position, hash) in before {
        known.entry(hash).or_insert(position);
    }
    let mut pairs = Vec::new();
    let mut leaked = 0;
    for (position, hash) in after {
        if let Some(&first) = known.get(hash) {
            leaked += 1;
            if pairs.len() < MAX_PAIRS {
                pairs.push((first, *position));
            }
        }
    }
    let few = (known.len() as f64) < DISTINCT * before.len() as f64;
    match leaked > 0 && few && by == By::Features {
        true => Kind::Alike,
        false => Kind::Leaked(leaked, pairs),
    }
}

/// How many rows equal those at the same place, and how many places were read on both
/// sides. Rows are in rising order of their places.
fn at_the_same_place(before: &[(usize, RowKey)], after: &[(usize, RowKey)]) -> (usize, usize) {
    let (mut equal, mut compared, mut rest) = (0, 0, after.iter().peekable());
    for (position, hash) in before {
        while rest.next_if(|(other, _)| other < position).is_some() {}
        if let Some((_, other)) = rest.next_if(|(other, _)| other == position) {
            compared += 1;
            equal += usize::from(hash == other);
        }
    }
    (equal, compared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(values: &[u64]) -> Vec<(usize, RowKey)> {
        values.iter().map(|&v| key(v)).enumerate().collect()
    }

    fn key(value: u64) -> RowKey {
        let mut key = RowKey::default();
        key.mix(value);
        key
    }

    fn found(before: &[u64], after: &[u64]) -> Kind {
        let same_length = before.len() == after.len();
        kind(&rows(before), &rows(after), same_length, By::Features)
    }

    #[test]
    fn rows_of_the_other_side_leak() {
        assert_eq!(
            found(&[7, 8, 9], &[1, 9, 9, 7]),
            Kind::Leaked(3, vec![(2, 1), (2, 2), (0, 3)])
        );
        assert_eq!(found(&[1, 2], &[3, 4]), Kind::Leaked(0, vec![]));
        assert_eq!(found(&[], &[]), Kind::Leaked(0, vec![]));
    }

    #[test]
    fn what_was_left_as_it_was_does_not() {
        assert_eq!(found(&[1, 2, 3, 4], &[1, 2, 3, 9]), Kind::Unchanged(3, 4));
        // Half is not most.
        assert_eq!(found(&[1, 2], &[1, 9]), Kind::Leaked(1, vec![(0, 0)]));
        // Rows of another order are not those at the same place.
        assert!(matches!(found(&[1, 2, 3], &[3, 1, 2]), Kind::Leaked(3, _)));
    }

    #[test]
    fn rows_that_are_alike_say_nothing() {
        assert_eq!(found(&[1, 1, 1, 1, 2], &[1, 2]), Kind::Alike);
        assert_eq!(found(&[1, 1, 1, 1, 2], &[5]), Kind::Leaked(0, vec![]));
        let images = kind(&rows(&[1, 1, 1, 2]), &rows(&[1]), false, By::Images);
        assert_eq!(images, Kind::Leaked(1, vec![(0, 0)]));
    }

    #[test]
    fn places_are_those_read_on_both_sides() {
        let before = [(0, key(1)), (4, key(2)), (9, key(3))];
        let after = [(4, key(2)), (5, key(7)), (9, key(8))];
        assert_eq!(at_the_same_place(&before, &after), (1, 2));
    }

    proptest! {
        #[test]
        fn every_leaked_row_is_in_both(
            before in prop::collection::vec(0_u64..50, 0..40),
            after in prop::collection::vec(0_u64..50, 0..40),
        ) {
            let expected = after.iter().filter(|v| before.contains(v)).count();
            match kind(&rows(&before), &rows(&after), false, By::Features) {
                Kind::Leaked(n, pairs) => {
                    prop_assert_eq!(n, expected);
                    prop_assert_eq!(pairs.len(), expected);
                    prop_assert!(pairs.iter().all(|&(i, j)| before[i] == after[j]));
                }
                Kind::Alike => prop_assert!(expected > 0),
                Kind::Unchanged(..) => prop_assert!(false),
            }
        }
    }
}
