//! The numbers along one axis, and the axis.

use super::choices::AxisChoices;
use super::grid::Band;
use crate::dataset::{Columns, Feature};
use crate::error::Result;
use crate::list::{IntoList, MapEach};
use crate::plot::figure::{Axis, Limits, Scale, finite_ends};

/// The margin around the points, as matplotlib's.
const MARGIN: f64 = 0.05;

/// A number for each row, and how they lie along their axis.
pub(in crate::plot) struct Coordinate {
    pub(in crate::plot) name: String,
    pub(in crate::plot) values: Vec<f64>,
    pub(super) scale: Scale,
    /// The ends that the axis was asked to have.
    pub(super) range: Option<(f64, f64)>,
    /// How far points are moved apart, if they are.
    pub(super) shift: Option<Shift>,
}

/// Moves points that lie in one place apart, each the same way every time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shift {
    /// The farthest that a point is moved.
    pub(super) most: f64,
    /// What the number of a row is multiplied by: the fractions of its multiples
    /// fill the unit interval evenly.
    pub(super) stride: f64,
}

impl Shift {
    fn of(self, row: usize) -> f64 {
        let share = (row as f64 * self.stride).fract();
        (2.0 * share - 1.0) * self.most
    }
}

impl Coordinate {
    pub(in crate::plot) fn new(name: impl Into<String>, values: Vec<f64>) -> Self {
        Coordinate {
            name: name.into(),
            values,
            scale: Scale::Linear,
            range: None,
            shift: None,
        }
    }

    /// The numbers of a feature.
    pub(in crate::plot) fn of(rows: &Columns, feature: &Feature) -> Result<Self> {
        let values = rows.numbers(feature)?;
        Ok(Coordinate::new(feature.name.clone(), values))
    }

    /// The same along the axis that was asked for.
    pub(super) fn along(mut self, axis: &AxisChoices) -> Self {
        self.scale = axis.scale();
        self.range = axis.range;
        if let Some(label) = &axis.label {
            self.name.clone_from(label);
        }
        self
    }

    /// Whether a finite number has a place on the axis, however long it is.
    pub(super) fn has_place(&self, value: f64) -> bool {
        self.scale == Scale::Linear || value > 0.0
    }

    pub(super) fn is_inside(&self, value: f64) -> bool {
        self.range
            .is_none_or(|(low, high)| (low..=high).contains(&value))
    }

    /// A number as its axis spreads it: equal differences are equal lengths.
    pub(super) fn spread(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => value,
            Scale::Log => value.log10(),
        }
    }

    /// The number that is spread so.
    pub(super) fn gathered(&self, spread: f64) -> f64 {
        match self.scale {
            Scale::Linear => spread,
            Scale::Log => 10_f64.powf(spread),
        }
    }

    /// The numbers of these rows as the axis spreads them.
    pub(super) fn spreads(&self, rows: &[usize]) -> Vec<f64> {
        rows.map_each(|&row| self.spread(self.values[row]))
    }

    /// The rows whose number is finite.
    pub(in crate::plot) fn finite(&self) -> Vec<usize> {
        let finite = |&row: &usize| self.values[row].is_finite();
        (0..self.values.len()).filter(finite).into_list()
    }

    /// The axis of all rows, as a density needs it along so many pixels or as
    /// points do.
    pub(in crate::plot) fn common_axis(&self, dense: Option<f64>) -> Axis {
        let rows = self.finite();
        let axis = self.axis(&rows);
        match dense {
            Some(pixels) => Band::of(self, &rows, &axis, pixels).fit(axis),
            None => axis,
        }
    }

    /// Where these rows are drawn.
    pub(super) fn places(&self, rows: &[usize]) -> Vec<f64> {
        rows.map_each(|&row| self.place(row))
    }

    /// Where a row is drawn.
    pub(super) fn place(&self, row: usize) -> f64 {
        self.values[row] + self.shift.map_or(0.0, |shift| shift.of(row))
    }

    /// The axis of these rows, with a margin unless its ends were asked for.
    pub(in crate::plot) fn axis(&self, rows: &[usize]) -> Axis {
        let values = || rows.iter().map(|&row| self.values[row]);
        let whole = self.may_be_whole() && values().all(|value| value.fract() == 0.0);
        self.axis_between(finite_ends(values()), whole)
    }

    /// Whether an axis may show only whole numbers: a range need not hold one.
    fn may_be_whole(&self) -> bool {
        self.range.is_none() && self.scale == Scale::Linear
    }

    /// The axis of numbers between these ends.
    pub(super) fn axis_between(&self, ends: Option<(f64, f64)>, whole: bool) -> Axis {
        let (low, high) = ends.unwrap_or((0.0, 1.0));
        let shift = self.shift.map_or(0.0, |shift| shift.most);
        let (low, high) = (low - shift, high + shift);
        let axis = match self.range {
            Some((low, high)) => self.between(low, high),
            None => self.between(low, high).padded(MARGIN),
        };
        Axis {
            integer: whole && self.may_be_whole(),
            label: Some(self.name.clone()),
            ..axis
        }
    }

    fn between(&self, low: f64, high: f64) -> Axis {
        match self.scale {
            Scale::Linear => Axis::new(Limits::from_min_max(low, high)),
            Scale::Log => Axis::log(low, high),
        }
    }
}
