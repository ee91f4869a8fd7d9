//! How one coordinate is distributed: bars, or a curve for each class.

use ndarray::aview1;

use super::coordinate::Coordinate;
use crate::error::Result;
use crate::list::{IntoList, MapEach};
use crate::plot::figure::{Axis, Bars, Ink, Lines, Mark, Per, Polygons};
use crate::stats::{Bandwidth, HistogramOptions, Kde};

/// More bars than this are too thin for a margin.
const MOST_BARS: usize = 60;

/// Points of a curve.
const POINTS: usize = 160;

/// How far a curve goes beyond its data, in bandwidths, as seaborn's.
const CUT: f64 = 3.0;

/// How a distribution is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plot) enum Kind {
    Bars,
    Curves,
}

/// The distribution of some rows, by class.
pub(in crate::plot) struct Spread {
    kind: Kind,
    shapes: Vec<Shape>,
    /// The greatest height.
    pub(in crate::plot) top: f64,
}

struct Shape {
    ink: Ink,
    /// Edges of bars, or places of a curve, in data units.
    at: Vec<f64>,
    heights: Vec<f64>,
}

impl Spread {
    /// Of rows by ink, along `axis`.
    pub(in crate::plot) fn of(
        coordinate: &Coordinate,
        groups: &[(Ink, Vec<usize>)],
        axis: &Axis,
        kind: Kind,
    ) -> Result<Spread> {
        let shapes = match kind {
            Kind::Bars => bars(coordinate, groups, axis)?,
            Kind::Curves => curves(coordinate, groups, axis),
        };
        let heights = shapes.iter().flat_map(|shape| &shape.heights);
        let top = heights.copied().fold(0.0, f64::max);
        Ok(Spread { kind, shapes, top })
    }

    /// Bars or curves whose heights lie `at` places of the other axis: along y, or
    /// along x where they are `level`.
    pub(in crate::plot) fn marks(&self, level: bool, at: impl Fn(f64) -> f64) -> Vec<Mark> {
        let opacity = if self.shapes.len() > 1 { 0.5 } else { 1.0 };
        let marks = |shape: &Shape| match self.kind {
            Kind::Bars => vec![shape.bars(level, opacity, &at)],
            Kind::Curves => shape.curve(level, &at),
        };
        self.shapes.flat_map_each(marks)
    }
}

impl Shape {
    fn bars(&self, level: bool, opacity: f64, at: impl Fn(f64) -> f64) -> Mark {
        let bars = Bars::histogram(&self.at, &self.heights, self.ink);
        Mark::Bars(Bars {
            ends: bars.ends.map_each(|&(base, tip)| (at(base), at(tip))),
            opacity,
            level,
            ..bars
        })
    }

    fn curve(&self, level: bool, at: impl Fn(f64) -> f64) -> Vec<Mark> {
        let point = |along: f64, height: f64| match level {
            true => (at(height), along),
            false => (along, at(height)),
        };
        let places = self.at.iter().zip(&self.heights);
        let line: Vec<(f64, f64)> = places
            .map(|(&along, &height)| point(along, height))
            .into_list();
        let (Some(&first), Some(&last)) = (self.at.first(), self.at.last()) else {
            return Vec::new();
        };
        let mut shape = vec![point(first, 0.0)];
        shape.extend(&line);
        shape.push(point(last, 0.0));
        let area = Polygons {
            shapes: vec![shape],
            inks: Per::All(self.ink),
            opacity: 0.25,
        };
        vec![
            Mark::Polygons(area),
            Mark::Lines(Lines::new(vec![line], self.ink, 1.5)),
        ]
    }
}

fn bars(coordinate: &Coordinate, groups: &[(Ink, Vec<usize>)], axis: &Axis) -> Result<Vec<Shape>> {
    let groups: Vec<(Ink, Vec<f64>)> =
        groups.map_each(|(ink, rows)| (*ink, coordinate.spreads(rows)));
    let all: Vec<f64> = groups
        .iter()
        .flat_map(|(_, values)| values)
        .copied()
        .collect();
    let edges = edges(&all, ends(coordinate, axis))?;
    let shape = |(ink, values): (Ink, Vec<f64>)| {
        let counted = HistogramOptions::new(edges.clone())
            .finite_only()
            .count(&aview1(&values))?;
        Ok(Shape {
            ink,
            at: edges.map_each(|&edge| coordinate.gathered(edge)),
            heights: counted.counts.map_each(|&n| n as f64),
        })
    };
    groups.into_iter().map(shape).collect()
}

/// By NumPy's rule "auto", as seaborn's, unless those are too many; from end to end
/// of the axis where the numbers are too far apart for edges between them.
fn edges(values: &[f64], (low, high): (f64, f64)) -> Result<Vec<f64>> {
    let edges = |bins: HistogramOptions| bins.finite_only().edges(&aview1(values));
    match edges(HistogramOptions::new("auto")) {
        Ok(found) if found.len() <= MOST_BARS + 1 => Ok(found),
        _ => edges(HistogramOptions::new(MOST_BARS))
            .or_else(|_| edges(HistogramOptions::new(MOST_BARS).range(low, high))),
    }
}

/// The ends of an axis as it spreads them.
fn ends(coordinate: &Coordinate, axis: &Axis) -> (f64, f64) {
    (
        coordinate.spread(axis.limits.min()),
        coordinate.spread(axis.limits.max()),
    )
}

/// A density for each group, their areas in the proportion of their rows. Groups
/// of equal numbers have none.
fn curves(coordinate: &Coordinate, groups: &[(Ink, Vec<usize>)], axis: &Axis) -> Vec<Shape> {
    let all: usize = groups.iter().map(|(_, rows)| rows.len()).sum();
    let ends = ends(coordinate, axis);
    let shape = |(ink, rows): &(Ink, Vec<usize>)| {
        let kde = Kde::new(&coordinate.spreads(rows), Bandwidth::Scott).ok()?;
        let (low, high) = kde.support(CUT);
        let curve = kde.curve(low.max(ends.0), high.min(ends.1), POINTS);
        let share = rows.len() as f64 / all as f64;
        Some(Shape {
            ink: *ink,
            at: curve.map_each(|(x, _)| coordinate.gathered(*x)),
            heights: curve.map_each(|(_, density)| density * share),
        })
    };
    groups.flat_map_each(shape)
}
