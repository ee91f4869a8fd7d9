//! The curve of a density estimate, quick for many values.

use super::kde::Kde;
use crate::list::{IntoList, MapNumbers};

/// Beyond this many bandwidths a kernel is less than 10^-15 of its height, and
/// is left out of a curve.
const REACH: f64 = 8.5;

/// Cells of a curve's grid in one bandwidth. Sharing a value between the ends
/// of its cell moves the curve by up to `1 / (8 · 256²)` of a kernel's height.
const CELLS: f64 = 256.0;

/// A grid with more cells than this (32 MB) would mostly be empty: there, each
/// value reaches a few points of the curve only, and is added to those.
const MOST_CELLS: f64 = 4_194_304.0;

/// More points of a curve than any screen has.
const MOST_POINTS: usize = 10_000;

impl Kde {
    /// `points` points of the density, as evenly spaced from `low` to `high` as
    /// `numpy.linspace` has them, for a plot.
    ///
    /// Costs time in proportion to the values and, separately, to the points:
    /// many values are first shared out over a fine grid (linear binning). The
    /// densities are those of [`evaluate`](Kde::evaluate) to within 2·10^-6 of
    /// the height that all values in one place would have, or better.
    ///
    /// At most 10,000 points, more than a screen has; more than that count as
    /// so many. All are NaN where `low` or `high` is not finite.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::{Bandwidth, Kde};
    ///
    /// let values: Vec<f64> = (0..100_000).map(|i| f64::from(i % 1000)).collect();
    /// let kde = Kde::new(&values, Bandwidth::Scott)?;
    /// let curve = kde.curve(0.0, 1000.0, 3);
    /// assert_eq!(curve.iter().map(|(x, _)| *x).collect::<Vec<_>>(), [0.0, 500.0, 1000.0]);
    /// assert!((curve[1].1 - 0.001).abs() < 1e-5);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn curve(&self, low: f64, high: f64, points: usize) -> Vec<(f64, f64)> {
        let at = linspace(low, high, points.min(MOST_POINTS));
        let densities = if !(low.is_finite() && high.is_finite()) {
            vec![f64::NAN; at.len()]
        } else if low < high {
            self.along(&at)
        } else if low > high {
            let rising: Vec<f64> = at.iter().rev().copied().collect();
            self.along(&rising).into_iter().rev().into_list()
        } else {
            vec![self.density(low); at.len()]
        };
        at.into_iter().zip(densities).into_list()
    }

    /// The densities at evenly spaced rising places, by the cheaper way.
    fn along(&self, at: &[f64]) -> Vec<f64> {
        let (Some(low), Some(high)) = (at.first(), at.last()) else {
            return Vec::new();
        };
        let reach = REACH * self.bandwidth;
        let (origin, span) = (low - reach, high - low + 2.0 * reach);
        let cells = span / self.bandwidth * CELLS;
        let (values, points) = (self.values.len() as f64, at.len() as f64);
        let reached = (points * (2.0 * reach / span) + 1.0).min(points);
        let by_grid = values + points * 2.0 * REACH * CELLS;
        if origin.is_finite() && cells <= MOST_CELLS && by_grid < values * reached {
            self.gridded(at, origin, cells as usize + 1)
        } else {
            self.scattered(at)
        }
    }

    /// Adds each value's kernel to the places that it reaches.
    fn scattered(&self, at: &[f64]) -> Vec<f64> {
        let mut densities = vec![0.0; at.len()];
        let reach = REACH * self.bandwidth;
        for (value, weight) in self.weighted_values() {
            let from = at.partition_point(|x| *x < value - reach);
            let reached = at.iter().zip(&mut densities).skip(from);
            for (x, density) in reached.take_while(|(x, _)| **x <= value + reach) {
                *density += weight * self.kernel(x - value);
            }
        }
        self.scaled(densities)
    }

    /// Shares the values out over a grid, and adds the kernels of its cells.
    fn gridded(&self, at: &[f64], origin: f64, cells: usize) -> Vec<f64> {
        let cell = self.bandwidth / CELLS;
        let grid = self.grid(origin, cell, cells);
        let densities = at.iter().map(|x| {
            let middle = (x - origin) / cell;
            let from = (middle - REACH * CELLS).max(0.0) as usize;
            let inside = grid.iter().enumerate().skip(from);
            let inside = inside.take((2.0 * REACH * CELLS) as usize + 1);
            let kernel = |node: usize| {
                let z = (middle - node as f64) / CELLS;
                (-0.5 * z * z).exp()
            };
            inside.map(|(node, weight)| weight * kernel(node)).sum()
        });
        self.scaled(densities.into_list())
    }

    /// The weight at each node of a grid, each value's shared between its two
    /// neighbours by its distance from them.
    fn grid(&self, origin: f64, cell: f64, cells: usize) -> Vec<f64> {
        let mut grid = vec![0.0; cells + 1];
        for (value, weight) in self.weighted_values() {
            let position = (value - origin) / cell;
            if position >= 0.0 && position < cells as f64 {
                let below = position as usize;
                let share = position - below as f64;
                grid[below] += weight * (1.0 - share);
                grid[below + 1] += weight * share;
            }
        }
        grid
    }

    fn scaled(&self, mut densities: Vec<f64>) -> Vec<f64> {
        let area = self.area();
        densities.iter_mut().for_each(|density| *density /= area);
        densities
    }
}

/// As `numpy.linspace`, also where the span is beyond `f64`.
fn linspace(low: f64, high: f64, points: usize) -> Vec<f64> {
    let last = points.saturating_sub(1).max(1) as f64;
    let step = (high - low) / last;
    let place = |i: usize| match i as f64 {
        i if i > 0.0 && i == last => high,
        i if step.is_finite() => low + i * step,
        i => low * (1.0 - i / last) + high * (i / last),
    };
    (0..points).map_each(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Bandwidth;
    use proptest::prelude::*;

    /// As many values as are wanted of a bell with a second, narrow one beside
    /// it, the same on each run.
    fn bells(n: usize) -> Vec<f64> {
        let wave = |i: usize| {
            (0..12)
                .map(|k| ((i * (2 * k + 3)) as f64).sin())
                .sum::<f64>()
        };
        let value = |i| {
            if i % 4 == 0 {
                7.0 + 0.2 * wave(i)
            } else {
                wave(i)
            }
        };
        (1..=n).map(value).collect()
    }

    fn greatest_gap(kde: &Kde, curve: &[(f64, f64)]) -> f64 {
        let at: Vec<f64> = curve.iter().map(|(x, _)| *x).collect();
        let exact = kde.evaluate(&at);
        let gaps = curve.iter().zip(&exact).map(|((_, a), b)| (a - b).abs());
        gaps.fold(0.0, f64::max) * kde.area()
    }

    #[test]
    fn a_curve_by_either_way_is_what_evaluate_says() {
        let kde = Kde::new(&bells(2000), Bandwidth::Scott).unwrap();
        let (low, high) = kde.support(3.0);
        let at = linspace(low, high, 50);
        let curve = |densities: Vec<f64>| -> Vec<(f64, f64)> {
            at.iter().copied().zip(densities).collect()
        };
        assert!(greatest_gap(&kde, &curve(kde.scattered(&at))) < 1e-15);
        let reach = REACH * kde.bandwidth();
        let cells = (high - low + 2.0 * reach) / kde.bandwidth() * CELLS;
        let by_grid = curve(kde.gridded(&at, low - reach, cells as usize + 1));
        assert!(greatest_gap(&kde, &by_grid) < 1e-6);
    }

    /// All values halfway between two nodes of the grid, which is the worst.
    #[test]
    fn the_grid_is_as_exact_as_is_said() {
        let mut values = vec![0.0; 100_000];
        values[0] = 1.0;
        let kde = Kde::new(&values, Bandwidth::Factor(1.0)).unwrap();
        let half = kde.bandwidth() / CELLS / 2.0;
        let at = linspace(half, 1.0 + half, 11);
        let reach = REACH * kde.bandwidth();
        let cells = ((1.0 + 2.0 * reach) / kde.bandwidth() * CELLS) as usize + 1;
        let densities = kde.gridded(&at, half - reach, cells);
        let curve: Vec<(f64, f64)> = at.into_iter().zip(densities).collect();
        let gap = greatest_gap(&kde, &curve);
        assert!(gap < 2e-6, "{gap:e}");
    }

    #[test]
    fn part_of_the_range_and_falling_ends_are_a_curve_too() {
        let kde = Kde::new(&bells(30_000), Bandwidth::Silverman).unwrap();
        for (low, high) in [(1.0, 1.01), (7.5, 6.5), (40.0, 50.0), (2.0, 2.0)] {
            let curve = kde.curve(low, high, 20);
            assert_eq!((curve[0].0, curve[19].0), (low, high));
            assert!(greatest_gap(&kde, &curve) < 2e-6);
        }
    }

    #[test]
    fn values_far_apart_need_no_grid() {
        let mut values = bells(10_000);
        values.push(1e9);
        let kde = Kde::new(&values, 1e-9).unwrap();
        let curve = kde.curve(0.0, 1e9, 101);
        assert!(greatest_gap(&kde, &curve) < 1e-15);
        assert!(curve[0].1 > 0.0 && curve[50].1 == 0.0);
    }

    #[test]
    fn ends_that_are_no_numbers_give_no_densities() {
        let kde = Kde::new(&[1.0, 2.0], Bandwidth::Scott).unwrap();
        for ends in [
            (f64::NAN, 1.0),
            (0.0, f64::INFINITY),
            (f64::NEG_INFINITY, f64::INFINITY),
        ] {
            let curve = kde.curve(ends.0, ends.1, 5);
            assert!(curve.len() == 5 && curve.iter().all(|(_, density)| density.is_nan()));
        }
        let far = kde.curve(-f64::MAX, f64::MAX, 3);
        assert_eq!(far[1].0, 0.0);
        assert!(far.iter().all(|(_, density)| density.is_finite()));
        assert_eq!(kde.curve(0.0, 1.0, 0), []);
        assert_eq!(kde.curve(0.0, 1.0, 1).len(), 1);
        assert_eq!(kde.curve(0.0, 1.0, usize::MAX).len(), MOST_POINTS);
    }

    #[test]
    fn the_largest_numbers_have_a_curve() {
        let values = [-0.4, 0.0, 0.1, 0.4].map(|share| share * f64::MAX);
        let kde = Kde::new(&values, Bandwidth::Scott).unwrap();
        let (low, high) = kde.support(1.0);
        let curve = kde.curve(low, high, 9);
        assert!(curve.iter().all(|(_, density)| *density > 0.0));
    }

    proptest! {
        #[test]
        fn a_density_has_the_area_1(
            values in prop::collection::vec(-1e3..1e3, 2..300),
            factor in 0.05..2.0,
        ) {
            prop_assume!(values.iter().any(|v| *v != values[0]));
            let kde = Kde::new(&values, factor).unwrap();
            let (low, high) = kde.support(8.0);
            let curve = kde.curve(low, high, 2000);
            let step = curve[1].0 - curve[0].0;
            let area: f64 = curve.iter().map(|(_, density)| density * step).sum();
            prop_assert!((area - 1.0).abs() < 1e-6, "{}", area);
        }
    }
}
