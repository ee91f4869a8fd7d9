//! The cells in which points are counted.
//!
//! About two pixels wide; but numbers that lie on even steps (whole numbers,
//! hundredths) get cells of whole steps, as cells with one step beside cells with
//! two would be stripes that are not in the data.

use super::coordinate::Coordinate;
use crate::dataset::Permutation;
use crate::list::IntoList;
use crate::plot::figure::{Axis, Limits, Scale, finite_ends};

/// Side of a cell, in logical pixels.
const CELL: f64 = 2.0;

/// So many numbers are looked at to find out whether they lie on even steps.
pub(super) const LOOKED_AT: usize = 4_000;

/// The cells along one axis, in the numbers that the axis spreads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Band {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) cells: usize,
}

impl Band {
    /// Those of `coordinate` along `pixels` of the page. `axis` spans the rows.
    pub(super) fn of(coordinate: &Coordinate, rows: &[usize], axis: &Axis, pixels: f64) -> Band {
        let sample = || {
            looked_at(rows.len())
                .map(|i| coordinate.values[rows[i]])
                .into_list()
        };
        let values = rows.iter().map(|&row| coordinate.values[row]);
        Band::between(coordinate, finite_ends(values), &sample, axis, pixels)
    }

    /// Those of numbers between two ends; some of them tell whether they lie on steps.
    pub(super) fn between(
        coordinate: &Coordinate,
        ends: Option<(f64, f64)>,
        sample: &dyn Fn() -> Vec<f64>,
        axis: &Axis,
        pixels: f64,
    ) -> Band {
        let spread = |value: f64| coordinate.spread(value);
        let limits = match coordinate.range {
            Some((low, high)) => (low, high),
            None => within(ends, axis),
        };
        let (low, high) = (spread(limits.0), spread(limits.1));
        let whole = spread(axis.limits.max()) - spread(axis.limits.min());
        let most = (pixels * (high - low) / whole / CELL)
            .round()
            .clamp(1.0, 2000.0);
        let plain = Band {
            low,
            high,
            cells: most as usize,
        };
        if coordinate.range.is_some() || coordinate.scale == Scale::Log {
            return plain;
        }
        step_of(sample()).map_or(plain, |step| Band::stepped(low, high, step, most))
    }

    /// Cells of as many whole steps as there must be for at most `most` cells.
    fn stepped(low: f64, high: f64, step: f64, most: f64) -> Band {
        let steps = ((high - low) / step).round() + 1.0;
        let each = (steps / most).ceil();
        let cells = (steps / each).ceil();
        let low = low - step / 2.0;
        Band {
            low,
            high: low + cells * each * step,
            cells: cells as usize,
        }
    }

    /// The cell of a number; none outside.
    pub(super) fn cell(&self, spread: f64) -> Option<usize> {
        let share = (spread - self.low) / (self.high - self.low);
        let cell = ((share * self.cells as f64) as usize).min(self.cells - 1);
        (0.0..=1.0).contains(&share).then_some(cell)
    }

    /// The axis made long enough for all cells.
    pub(super) fn fit(&self, axis: Axis) -> Axis {
        if axis.scale == Scale::Log {
            return axis;
        }
        let (low, high) = (axis.limits.min(), axis.limits.max());
        Axis {
            limits: Limits::from_min_max(low.min(self.low), high.max(self.high)),
            ..axis
        }
    }
}

/// From the least to the greatest number, set apart as the ends of an axis are.
fn within(ends: Option<(f64, f64)>, axis: &Axis) -> (f64, f64) {
    let whole = (axis.limits.min(), axis.limits.max());
    let inside = |v: f64| v.clamp(whole.0, whole.1);
    match ends.map(|(low, high)| (inside(low), inside(high))) {
        Some((low, high)) if low < high => (low, high),
        _ => whole,
    }
}

/// Which of so many numbers are looked at: at random, as what is looked at in steps may
/// itself go in steps.
pub(super) fn looked_at(count: usize) -> impl Iterator<Item = usize> {
    let order = Permutation::new(count, 0);
    (0..count.min(LOOKED_AT)).map(move |i| order.at(i))
}

/// The step of the numbers of these rows.
pub(super) fn step(coordinate: &Coordinate, rows: &[usize]) -> Option<f64> {
    step_of(
        looked_at(rows.len())
            .map(|i| coordinate.values[rows[i]])
            .into_list(),
    )
}

/// The step of numbers that lie on even steps; none where they do not, or where
/// nearly every number has a step of its own.
fn step_of(mut values: Vec<f64>) -> Option<f64> {
    let seen = values.len();
    values.sort_by(f64::total_cmp);
    values.dedup();
    if values.len() < 2 || values.len() * 4 > seen {
        return None;
    }
    let first = values[0];
    let gaps = values.windows(2).map(|pair| pair[1] - pair[0]);
    let step = gaps.fold(f64::INFINITY, f64::min);
    let even = |value: &f64| {
        let steps = (value - first) / step;
        steps < 1e9 && (steps - steps.round()).abs() < 1e-3
    };
    (step > 0.0 && values.iter().all(even)).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(values: Vec<f64>, pixels: f64) -> Band {
        let rows: Vec<usize> = (0..values.len()).collect();
        let coordinate = Coordinate::new("x", values);
        let axis = coordinate.axis(&rows);
        Band::of(&coordinate, &rows, &axis, pixels)
    }

    #[test]
    fn numbers_without_steps_have_cells_of_two_pixels() {
        let band = band((0..500).map(|i| f64::from(i).sqrt()).collect(), 440.0);
        assert_eq!((band.low, band.cells), (0.0, 200));
        assert_eq!(band.cell(band.high), Some(199));
        assert_eq!(band.cell(-0.1), None);
    }

    #[test]
    fn numbers_on_steps_have_cells_of_whole_steps() {
        let whole = band((0..100).map(|i| f64::from(i % 10)).collect(), 440.0);
        assert_eq!(
            whole,
            Band {
                low: -0.5,
                high: 9.5,
                cells: 10
            }
        );
        let tenths = band(
            (0..5000).map(|i| f64::from(i % 500) / 10.0).collect(),
            220.0,
        );
        assert_eq!(tenths.cells, 100);
        assert!((tenths.high - tenths.low - 50.0).abs() < 1e-9);
    }

    #[test]
    fn equal_numbers_have_cells() {
        let band = band(vec![3.0; 9], 440.0);
        assert!(band.low < 3.0 && band.high > 3.0 && band.cells > 1);
    }
}
