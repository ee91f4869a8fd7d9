//! What a first look at a column tells: how many values of each kind, and how
//! far they reach.

use super::wide::Wide;

/// Counts by kind, and the ends of the finite values. Surveys of parts merge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Survey<T> {
    pub(super) finite: u64,
    pub(super) nan: u64,
    pub(super) positive_infinite: u64,
    pub(super) negative_infinite: u64,
    pub(super) ends: Option<(T, T)>,
}

impl<T: Wide> Survey<T> {
    pub(super) fn new() -> Self {
        Survey {
            finite: 0,
            nan: 0,
            positive_infinite: 0,
            negative_infinite: 0,
            ends: None,
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.finite + self.nan + self.positive_infinite + self.negative_infinite
    }

    /// Whether there were only finite values.
    pub(super) fn all_finite(&self) -> bool {
        self.finite == self.count()
    }

    pub(super) fn add(&mut self, values: &[T]) {
        self.add_each(values);
    }

    fn add_each(&mut self, values: &[T]) {
        for &value in values {
            if value.is_finite() {
                self.finite += 1;
                self.stretch(value, value);
            } else {
                let value = value.to_f64();
                self.nan += u64::from(value.is_nan());
                self.positive_infinite += u64::from(value == f64::INFINITY);
                self.negative_infinite += u64::from(value == f64::NEG_INFINITY);
            }
        }
    }

    fn stretch(&mut self, least: T, greatest: T) {
        let (a, b) = self.ends.unwrap_or((least, greatest));
        let least = if least < a { least } else { a };
        let greatest = if greatest > b { greatest } else { b };
        self.ends = Some((least, greatest));
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        self.finite += other.finite;
        self.nan += other.nan;
        self.positive_infinite += other.positive_infinite;
        self.negative_infinite += other.negative_infinite;
        if let Some((least, greatest)) = other.ends {
            self.stretch(least, greatest);
        }
        self
    }
}
