//! Mean, variance and skewness, in chunks that merge.

use super::wide::Wide;

/// Number, mean and sums of the second and third powers of the deviations of
/// finite values.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Moments {
    pub(crate) count: u64,
    pub(crate) mean: f64,
    pub(crate) squares: f64,
    pub(crate) cubes: f64,
}

/// Sums of the first three powers of distances from an origin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Powers {
    pub(super) sum: f64,
    pub(super) squares: f64,
    pub(super) cubes: f64,
}

impl Powers {
    #[inline]
    pub(super) fn add(&mut self, offset: f64) {
        let square = offset * offset;
        self.sum += offset;
        self.squares += square;
        self.cubes += square * offset;
    }
}

impl Moments {
    /// Of a slice of finite values.
    ///
    /// Deviations are taken from the first value, where integers lose nothing
    /// however large they are. As that value is one of the slice's own, its
    /// distance from the mean is part of the spread, and what cancels is at
    /// most the slice's length in units of the last place.
    pub(super) fn of<T: Wide>(chunk: &[T]) -> Self {
        let Some(&origin) = chunk.first() else {
            return Moments::default();
        };
        let mut powers = Powers::default();
        for &value in chunk {
            powers.add(value.offset(origin));
        }
        Moments::about(origin, powers, chunk)
    }

    /// Of a slice of finite values whose distances from `origin` have these powers.
    pub(super) fn about<T: Wide>(origin: T, powers: Powers, chunk: &[T]) -> Self {
        let n = chunk.len() as f64;
        let Powers {
            sum,
            squares,
            cubes,
        } = powers;
        let shift = sum / n;
        let mean = origin.to_f64() + shift;
        let centred = squares - sum * shift;
        let moments = Moments {
            count: chunk.len() as u64,
            mean,
            squares: centred.max(0.0),
            cubes: cubes - shift * (squares + 2.0 * centred),
        };
        if mean.is_finite() && squares.is_finite() {
            moments
        } else {
            moments.overflowed(chunk)
        }
    }

    /// Sums of values near the largest number overflow: the mean is then
    /// summed in parts of the whole, and the variance is truly out of range.
    fn overflowed<T: Wide>(self, chunk: &[T]) -> Self {
        let n = chunk.len() as f64;
        Moments {
            mean: chunk.iter().map(|v| v.to_f64() / n).sum(),
            squares: f64::INFINITY,
            cubes: f64::NAN,
            ..self
        }
    }

    /// The moments of both parts together (Chan, Golub and LeVeque; Pébay for
    /// the third).
    pub(crate) fn merge(self, other: Self) -> Self {
        if self.count == 0 || other.count == 0 {
            return if self.count == 0 { other } else { self };
        }
        let count = self.count + other.count;
        let share = other.count as f64 / count as f64;
        let apart = other.mean - self.mean;
        let mean = if apart.is_finite() {
            self.mean + apart * share
        } else {
            self.mean * (1.0 - share) + other.mean * share
        };
        let rest = self.count as f64 / count as f64;
        let between = apart * apart * (self.count as f64 * share);
        Moments {
            count,
            mean,
            squares: self.squares + other.squares + between,
            cubes: self.cubes
                + other.cubes
                + apart * between * (rest - share)
                + 3.0 * apart * (rest * other.squares - share * self.squares),
        }
    }

    /// Variance with divisor `n`, as `numpy.var`; `None` without values.
    pub(crate) fn variance(self) -> Option<f64> {
        (self.count > 0).then(|| self.squares / self.count as f64)
    }

    /// Standard deviation with divisor `n`, as `numpy.std`.
    pub(crate) fn deviation(self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Standard deviation with divisor `n - 1`, as `pandas.Series.std`; `None`
    /// of fewer than two values.
    pub(crate) fn sample_deviation(self) -> Option<f64> {
        (self.count > 1).then(|| (self.squares / (self.count - 1) as f64).sqrt())
    }

    /// Skewness corrected for bias (Fisher's and Pearson's G1), as
    /// `pandas.Series.skew`; `None` of fewer than three values, of equal ones,
    /// and where the powers are beyond `f64`.
    pub(crate) fn skewness(self) -> Option<f64> {
        let n = self.count as f64;
        let skewness =
            n * (n - 1.0).sqrt() / (n - 2.0) * (self.cubes / (self.squares * self.squares.sqrt()));
        (self.count > 2 && skewness.is_finite()).then_some(skewness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_values_have_no_variance() {
        assert_eq!(Moments::of::<f64>(&[]).variance(), None);
        assert_eq!(Moments::of(&[4.0]).variance(), Some(0.0));
    }

    #[test]
    fn a_small_spread_far_from_zero_is_kept() {
        let moments = Moments::of(&[i64::MAX - 4, i64::MAX - 2, i64::MAX]);
        assert_eq!(moments.variance(), Some(8.0 / 3.0));
    }

    #[test]
    fn few_or_equal_values_have_no_skewness() {
        assert_eq!(Moments::of(&[1.0, 2.0]).skewness(), None);
        assert_eq!(Moments::of(&[0.1; 9]).skewness(), None);
        assert_eq!(Moments::of(&[1.0, 2.0, 3.0]).skewness(), Some(0.0));
        assert_eq!(Moments::of(&[1.0]).sample_deviation(), None);
    }

    #[test]
    fn the_largest_numbers_have_a_mean() {
        let moments = Moments::of(&[f64::MAX, -f64::MAX]);
        assert_eq!((moments.mean, moments.squares), (0.0, f64::INFINITY));
        let (a, b) = (Moments::of(&[f64::MAX]), Moments::of(&[-f64::MAX]));
        assert_eq!(a.merge(b).mean, 0.0);
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_whole(x in prop::collection::vec(-1e3..1e3, 1..200), at in 0usize..200) {
            let (a, b) = x.split_at(at.min(x.len()));
            let (whole, merged) = (Moments::of(&x), Moments::of(a).merge(Moments::of(b)));
            prop_assert_eq!(whole.count, merged.count);
            prop_assert!(close(whole.mean, merged.mean));
            prop_assert!(close(whole.squares, merged.squares));
            let n = x.len() as f64;
            let mean = x.iter().sum::<f64>() / n;
            let squares: f64 = x.iter().map(|v| (v - mean) * (v - mean)).sum();
            prop_assert!(close(whole.mean, mean) && close(whole.squares, squares));
            let cubes: f64 = x.iter().map(|v| (v - mean).powi(3)).sum();
            let size = x.iter().map(|v| (v - mean).abs().powi(3)).sum::<f64>();
            prop_assert!((whole.cubes - cubes).abs() <= 1e-9 * (1.0 + size));
            prop_assert!((merged.cubes - cubes).abs() <= 1e-9 * (1.0 + size));
        }
    }
}
