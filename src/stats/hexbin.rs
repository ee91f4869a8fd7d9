//! Counting pairs of numbers in hexagons, as `matplotlib.pyplot.hexbin`.

use super::finite::{FinitePairs, ends};
use super::histogram::Dropped;
use crate::error::{Error, Result};

/// How many pairs lie in each of the hexagons that cover them.
///
/// The hexagons stand on a corner. They form two lattices, each in columns from
/// the left and in them from below; the second lies half a step to the right of
/// the first and above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hexbin {
    /// The middle of each hexagon: those of the first lattice, then those of
    /// the second.
    pub centers: Vec<(f64, f64)>,
    /// The pairs in each hexagon, in the order of the centres. Many are 0.
    pub counts: Vec<u64>,
    /// Width and height of one hexagon, in the units of x and y.
    pub size: (f64, f64),
    /// The pairs that were left out because a number is not finite.
    pub dropped: Dropped,
}

/// More columns of hexagons than any screen can show apart.
const MAX_GRIDSIZE: usize = 1000;

/// Counts pairs of numbers in hexagons, `gridsize` of them across the range of
/// x and as many rows as make them regular on a square plot.
///
/// Mirrors [`matplotlib.pyplot.hexbin`]`(x, y, gridsize=n)`, whose default is
/// 100: `counts` and `centers` are its `get_array()` and `get_offsets()`. It
/// differs in that pairs that are not finite are left out and counted, and that
/// a grid of 1 has a row (matplotlib: an error).
///
/// [`matplotlib.pyplot.hexbin`]: https://matplotlib.org/stable/api/_as_gen/matplotlib.pyplot.hexbin.html
///
/// # Errors
///
/// - not as many x as y;
/// - a `gridsize` that is not between 1 and 1,000;
/// - a range of x or y that is beyond `f64`.
///
/// # Example
///
/// ```
/// use ndsight::stats::hexbin;
///
/// let grid = hexbin(&[0.0, 0.1, 2.0, 4.0], &[0.0, 0.1, 1.0, 2.0], 3)?;
/// assert_eq!(grid.counts.iter().sum::<u64>(), 4);
/// assert_eq!(grid.counts[0], 2);
/// assert!((grid.size.0 - 4.0 / 3.0).abs() < 1e-8);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn hexbin(x: &[f64], y: &[f64], gridsize: usize) -> Result<Hexbin> {
    let pairs = FinitePairs::new(x, y)?;
    if !(1..=MAX_GRIDSIZE).contains(&gridsize) {
        return Err(Error::value(format!(
            "expected a grid of 1 to {MAX_GRIDSIZE} hexagons across, but found {gridsize}"
        ))
        .coded("invalid_bins"));
    }
    let lattice = Lattice::new(&pairs, gridsize)?;
    let mut counts = vec![0; lattice.len()];
    for (&x, &y) in pairs.x.iter().zip(&pairs.y) {
        if let Some(count) = counts.get_mut(lattice.nearest(x, y)) {
            *count += 1;
        }
    }
    let (width, row) = lattice.step;
    Ok(Hexbin {
        centers: lattice.centers(),
        counts,
        size: (width, 2.0 * row / 3.0),
        dropped: pairs.dropped,
    })
}

/// Where the hexagons lie: in steps of `step` from `origin`, and once more half
/// a step further.
struct Lattice {
    origin: (f64, f64),
    step: (f64, f64),
    /// Steps along x and along y.
    steps: (usize, usize),
}

impl Lattice {
    fn new(pairs: &FinitePairs, gridsize: usize) -> Result<Self> {
        let (left, right) = outer(&pairs.x).ok_or_else(|| too_wide("x"))?;
        let (bottom, top) = outer(&pairs.y).ok_or_else(|| too_wide("y"))?;
        // Matplotlib's hair's breadth that keeps the outer values inside.
        let padding = 1e-9 * (right - left);
        let (left, right) = (left - padding, right + padding);
        let rows = ((gridsize as f64 / 3.0_f64.sqrt()) as usize).max(1);
        Ok(Lattice {
            origin: (left, bottom),
            step: (
                (right - left) / gridsize as f64,
                (top - bottom) / rows as f64,
            ),
            steps: (gridsize, rows),
        })
    }

    /// Hexagons of the first lattice.
    fn first_len(&self) -> usize {
        (self.steps.0 + 1) * (self.steps.1 + 1)
    }

    fn len(&self) -> usize {
        self.first_len() + self.steps.0 * self.steps.1
    }

    /// The index of the hexagon whose middle is nearest.
    fn nearest(&self, x: f64, y: f64) -> usize {
        let x = (x - self.origin.0) / self.step.0;
        let y = (y - self.origin.1) / self.step.1;
        let (column, row) = (x.round_ties_even(), y.round_ties_even());
        let (left, below) = (x.floor(), y.floor());
        // A step along y is √3 times as long as one along x.
        let square = |dx: f64, dy: f64| dx * dx + 3.0 * (dy * dy);
        if square(x - column, y - row) < square(x - left - 0.5, y - below - 0.5) {
            column as usize * (self.steps.1 + 1) + row as usize
        } else {
            self.first_len() + left as usize * self.steps.1 + below as usize
        }
    }

    fn centers(&self) -> Vec<(f64, f64)> {
        let (columns, rows) = self.steps;
        let place = |x: f64, y: f64| {
            (
                x * self.step.0 + self.origin.0,
                y * self.step.1 + self.origin.1,
            )
        };
        let mut centers = Vec::new();
        for (columns, rows, shift) in [(columns + 1, rows + 1, 0.0), (columns, rows, 0.5)] {
            for i in 0..columns {
                for j in 0..rows {
                    centers.push(place(i as f64 + shift, j as f64 + shift));
                }
            }
        }
        centers
    }
}

/// The range that is covered: that of the values, moved apart by a tenth where
/// it has no width to speak of, and 0 to 1 without any. `None` beyond `f64`.
fn outer(values: &[f64]) -> Option<(f64, f64)> {
    let (low, high) = ends(values).unwrap_or((0.0, 1.0));
    let size = low.abs().max(high.abs());
    let (low, high) = if size < 1e21 * f64::MIN_POSITIVE {
        (-0.1, 0.1)
    } else if high - low <= size * 1e-15 {
        (low - 0.1 * low.abs(), high + 0.1 * high.abs())
    } else {
        (low, high)
    };
    // Room for the padding, and for the squares of the steps.
    (1.001 * (high - low)).is_finite().then_some((low, high))
}

fn too_wide(name: &str) -> Error {
    Error::value(format!(
        "expected a range of {name} whose width is a finite number; scale the data down"
    ))
    .coded("overflow")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const X: [f64; 8] = [0.0, 1.0, 2.0, 3.0, 4.0, 4.0, 1.5, 2.5];
    const Y: [f64; 8] = [0.0, 1.0, 0.5, 2.0, 2.2, 2.2, 0.9, 1.1];

    #[track_caller]
    fn assert_center(found: (f64, f64), wanted: (f64, f64)) {
        assert!((found.0 - wanted.0).abs() < 1e-12 && (found.1 - wanted.1).abs() < 1e-12);
    }

    /// Matplotlib 3.11's `hexbin(X, Y, gridsize=3)`.
    #[test]
    fn counts_and_centers_are_matplotlibs() {
        let grid = hexbin(&X, &Y, 3).unwrap();
        assert_eq!(grid.counts, [1, 0, 0, 0, 0, 1, 0, 2, 1, 3, 0]);
        assert_center(grid.centers[0], (-4e-9, 0.0));
        assert_center(grid.centers[5], (2.6666666680000004, 2.2));
        assert_center(grid.centers[10], (3.3333333360000004, 1.1));
        assert_center(grid.size, (1.3333333360000001, 1.4666666666666668));
    }

    /// Matplotlib 3.11's `hexbin(x, y, gridsize=2)`.
    #[test]
    fn ranges_without_width_are_matplotlibs() {
        let cases = [
            (1.0, 2.0, (0.8999999998, 1.8), 6),
            (0.0, 0.0, (-0.10000000020000001, -0.1), 7),
        ];
        for (x, y, first, hit) in cases {
            let grid = hexbin(&[x; 2], &[y; 2], 2).unwrap();
            assert_center(grid.centers[0], first);
            assert_eq!((grid.counts.len(), grid.counts[hit]), (8, 2));
        }
        let none = hexbin(&[], &[], 2).unwrap();
        assert_center(none.centers[7], (0.7500000005000002, 0.5));
        assert_eq!(none.counts, [0; 8]);
    }

    #[test]
    fn pairs_that_are_not_finite_are_left_out() {
        let grid = hexbin(
            &[0.0, 1.0, f64::NAN, 3.0],
            &[0.0, 1.0, 2.0, f64::INFINITY],
            1,
        )
        .unwrap();
        assert_eq!(grid.counts.iter().sum::<u64>(), 2);
        assert_eq!((grid.dropped.nan, grid.dropped.infinite), (1, 1));
    }

    #[test]
    fn what_has_no_hexagons_is_told_why() {
        let message = |x: &[f64], n| hexbin(x, x, n).unwrap_err().to_string();
        assert_eq!(
            message(&[1.0], 0),
            "expected a grid of 1 to 1000 hexagons across, but found 0"
        );
        assert_eq!(
            message(&[-f64::MAX, f64::MAX], 5),
            "expected a range of x whose width is a finite number; scale the data down"
        );
        assert!(hexbin(&[1.0], &[], 5).unwrap_err().is_shape());
    }

    proptest! {
        #[test]
        fn every_pair_is_in_the_hexagon_nearest_to_it(
            pairs in prop::collection::vec((-1e3..1e3, -1e-3..1e-3), 1..50),
            gridsize in 1usize..12,
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let grid = hexbin(&x, &y, gridsize).unwrap();
            prop_assert_eq!(grid.counts.iter().sum::<u64>(), x.len() as u64);
            let lattice = Lattice::new(&FinitePairs::new(&x, &y).unwrap(), gridsize).unwrap();
            let (width, height) = grid.size;
            for (x, y) in x.iter().zip(&y) {
                let away = |center: &(f64, f64)| {
                    let (dx, dy) = ((x - center.0) / width, (y - center.1) / height);
                    dx * dx + dy * dy * (4.0 / 3.0)
                };
                let least = grid.centers.iter().map(away).fold(f64::INFINITY, f64::min);
                let found = away(&grid.centers[lattice.nearest(*x, *y)]);
                prop_assert!(found <= least + 1e-9);
            }
        }
    }
}
