//! What a pass over a column counts and adds up once its ends are known.

use super::bins::BinCounts;
use super::distinct::DistinctSet;
use super::wide::Wide;
use super::windows::Windows;
use crate::stats::moments::{Moments, Powers};

/// Of some of a column's finite values; tallies of parts merge.
#[derive(Clone, Debug)]
pub(super) struct Tally<T> {
    /// Not in later passes, which only look for ranks.
    pub(super) body: Option<Body<T>>,
    pub(super) windows: Option<Windows<T>>,
}

impl<T: Wide> Tally<T> {
    /// Adds finite values of the `part`-th part of the rows.
    pub(super) fn add(&mut self, part: usize, values: &[T]) {
        if let Some(body) = &mut self.body {
            body.add(part, values);
        }
        if let Some(windows) = &mut self.windows {
            windows.add(values);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        if let (Some(body), Some(other)) = (&mut self.body, other.body) {
            body.merge(other);
        }
        if let (Some(windows), Some(other)) = (&mut self.windows, other.windows) {
            windows.merge(other);
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Body<T> {
    /// Near the middle of the values: their powers are taken of distances from it.
    origin: T,
    /// Sums depend on their order, so each part of the rows has its own until all
    /// are there.
    moments: Vec<(usize, Moments)>,
    pub(super) zeros: u64,
    pub(super) whole: bool,
    pub(super) bins: BinCounts<T>,
    pub(super) distinct: DistinctSet,
}

impl<T: Wide> Body<T> {
    pub(super) fn new(ends: (T, T), origin: T) -> Self {
        Body {
            origin,
            moments: Vec::new(),
            zeros: 0,
            whole: true,
            bins: BinCounts::new(ends, origin),
            distinct: DistinctSet::default(),
        }
    }

    fn add(&mut self, part: usize, values: &[T]) {
        let mut powers = Powers::default();
        for value in values {
            powers.add(value.offset(self.origin));
        }
        let moments = Moments::about(self.origin, powers, values);
        match self.moments.last_mut() {
            Some((last, sum)) if *last == part => *sum = sum.merge(moments),
            _ => self.moments.push((part, moments)),
        }
        self.zeros += values.iter().filter(|v| v.to_f64() == 0.0).count() as u64;
        self.whole = self.whole && values.iter().all(|v| v.is_whole());
        self.bins.add(values);
        values.iter().for_each(|v| self.distinct.add(v.bits()));
    }

    fn merge(&mut self, other: Self) {
        self.moments.extend(other.moments);
        self.zeros += other.zeros;
        self.whole &= other.whole;
        self.bins.merge(&other.bins);
        self.distinct.merge(&other.distinct);
    }

    /// Of all parts, whatever the order in which they were added.
    pub(super) fn moments(&mut self) -> Moments {
        self.moments.sort_by_key(|(part, _)| *part);
        let parts = self.moments.iter().map(|(_, moments)| *moments);
        parts.fold(Moments::default(), Moments::merge)
    }
}
