//! Values as deviations from their mean, whatever their size.

use ndarray::aview1;

use super::vectors::dot;

/// The deviations of finite values from their mean.
pub(super) struct Centred {
    /// In units of `unit`, so that their squares neither overflow nor vanish.
    /// All exactly 0 where all values are equal.
    pub(super) deviations: Vec<f64>,
    /// In the units of the values.
    pub(super) mean: f64,
    /// The power of two next below the largest value, whatever its sign.
    pub(super) unit: f64,
}

impl Centred {
    pub(super) fn new(values: &[f64]) -> Self {
        let unit = unit(values);
        let origin = values.first().map_or(0.0, |first| first / unit);
        // From one of their own first: equal values then have no deviation at
        // all, and large values that are alike lose nothing.
        let mut deviations: Vec<f64> = values.iter().map(|v| v / unit - origin).collect();
        let mut mean = origin;
        // The second time takes away what rounding left of the first mean.
        for _ in 0..2 {
            let offset = aview1(&deviations).sum() / deviations.len().max(1) as f64;
            deviations.iter_mut().for_each(|d| *d -= offset);
            mean += offset;
        }
        Centred {
            deviations,
            mean: mean * unit,
            unit,
        }
    }

    /// The sum of the products of two sets of deviations, in both their units.
    pub(super) fn dot(&self, other: &Centred) -> f64 {
        dot(&self.deviations, &other.deviations)
    }

    /// Pearson's coefficient of correlation.
    pub(super) fn correlation(&self, other: &Centred) -> f64 {
        let squares = self.dot(self) * other.dot(other);
        (self.dot(other) / squares.sqrt()).clamp(-1.0, 1.0)
    }

    /// The deviations divided by the root of the sum of their squares: all NaN
    /// for equal values.
    pub(super) fn normalised(mut self) -> Vec<f64> {
        let length = self.dot(&self).sqrt();
        self.deviations.iter_mut().for_each(|d| *d /= length);
        self.deviations
    }
}

/// The power of two next below the largest value, whatever its sign: dividing
/// by it rounds nothing.
pub(super) fn unit<'a>(values: impl IntoIterator<Item = &'a f64>) -> f64 {
    const EXPONENT: u64 = 0x7ff << 52;
    let largest = |most: f64, value: &f64| most.max(value.abs());
    match values.into_iter().fold(0.0, largest) {
        0.0 => 1.0,
        largest => f64::from_bits(largest.to_bits() & EXPONENT).max(f64::MIN_POSITIVE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_no_deviation() {
        for value in [0.1, 1e300, f64::MAX, 5e-324, -0.0] {
            let centred = Centred::new(&[value; 7]);
            assert_eq!(centred.deviations, [0.0; 7]);
            assert_eq!(centred.mean, value);
        }
        assert!(Centred::new(&[]).deviations.is_empty());
    }

    #[test]
    fn large_values_that_are_alike_keep_their_differences() {
        let centred = Centred::new(&[1e15, 1e15 + 1.0, 1e15 + 2.0]);
        let deviations = centred.deviations.iter().map(|d| d * centred.unit);
        assert_eq!(deviations.collect::<Vec<_>>(), [-1.0, 0.0, 1.0]);
        assert_eq!(centred.mean, 1e15 + 1.0);
    }

    #[test]
    fn squares_of_any_size_are_numbers() {
        for size in [1e-320, 1e-200, 1.0, 1e200, f64::MAX] {
            let centred = Centred::new(&[size, -size]);
            assert_eq!(centred.mean, 0.0);
            let squares = centred.dot(&centred);
            assert!(squares > 0.0 && squares.is_finite());
            assert_eq!(centred.deviations[0] * centred.unit, size);
        }
    }
}
