//! The marks of lines, bands and areas.

use super::super::figure::{
    Axis, Figure, Ink, Key, LegendEntry, Limits, Lines, Mark, Panel, Per, Points, Polygons, Swatch,
    finite_ends,
};
use super::super::number::count;
use super::LinePlot;
use super::curves::{Curve, Curves, Point};
use crate::list::{IntoList, MapEach};

/// Lines from this on in the colour cycle are dashed, as colours repeat.
const DASHED: usize = 10;

const WIDTH: f64 = 1.5;
const RADIUS: f64 = 3.0;

pub(super) fn figure(plot: &LinePlot, curves: &Curves) -> Figure {
    let panel = panel(plot, curves);
    let width = if panel.keys.is_empty() { 560 } else { 640 };
    let lines = match curves.all().count() {
        1 => "1 line".to_owned(),
        n => format!("{} lines", count(n)),
    };
    let description = format!("Line plot of {lines} over {}", curves.x_name);
    Figure::of_panels((width, 320), 1, vec![panel], description)
}

fn panel(plot: &LinePlot, curves: &Curves) -> Panel {
    let mut panel = match axes(plot, curves) {
        None => Panel::message("no data"),
        Some((x, y)) => {
            let marks = marks(plot, curves, &y);
            Panel {
                keys: legend(plot, curves).into_iter().into_list(),
                ..Panel::new(x, y, marks)
            }
        }
    };
    panel.x.label = Some(
        plot.x_label
            .clone()
            .unwrap_or_else(|| curves.x_name.clone()),
    );
    panel.y.label = plot.y_label.clone().or_else(|| curves.y_name.clone());
    panel
}

/// The axes, if there is anything to draw.
fn axes(plot: &LinePlot, curves: &Curves) -> Option<(Axis, Axis)> {
    let (mut places, mut heights) = (Vec::new(), Vec::new());
    for curve in curves.all() {
        for point in curve.points.iter().filter(|point| point.1.is_finite()) {
            places.push(point.0);
            heights.push(point.1);
        }
        heights.extend_from_slice(&curve.base);
    }
    let (left, right) = finite_ends(places)?;
    let zero = (is_filled(plot) && !plot.log_y).then_some(0.0);
    heights.extend(zero);
    let (low, high) = with_bands(finite_ends(heights)?, curves);
    let mut x = Axis::new(Limits::from_min_max(left, right).padded(0.03));
    x.integer = curves.whole_x;
    let limits = Limits::from_min_max(low, high).padded(0.05);
    let y = match plot.log_y {
        true => Axis::log(low, high).padded(0.05),
        // Areas stand on the axis.
        false if zero.is_some() && low == 0.0 => Axis::new(Limits::from_min_max(0.0, limits.max())),
        false => Axis::new(limits),
    };
    Some((x, y))
}

/// The ends of what is drawn with the bands about it, as far as these are no longer
/// than that: the band of a mean of two or three numbers can be a hundred times as
/// wide, and would leave nothing to see of the line.
fn with_bands((low, high): (f64, f64), curves: &Curves) -> (f64, f64) {
    let Some((least, most)) = band_ends(curves) else {
        return (low, high);
    };
    let most_room = (high - low).max(median_band(curves));
    (
        low.min(least.max(low - most_room)),
        high.max(most.min(high + most_room)),
    )
}

fn bands(curves: &Curves) -> Vec<(f64, f64)> {
    let mut bands = Vec::new();
    for curve in curves.all() {
        bands.extend_from_slice(&curve.band);
    }
    bands
}

fn band_ends(curves: &Curves) -> Option<(f64, f64)> {
    let bands = bands(curves);
    let (low, high) = (
        bands.iter().map(|ends| ends.0),
        bands.iter().map(|ends| ends.1),
    );
    finite_ends(low.chain(high))
}

/// The height of a band that half of the bands exceed.
fn median_band(curves: &Curves) -> f64 {
    let mut heights: Vec<f64> = bands(curves).map_each(|ends| ends.1 - ends.0);
    heights.retain(|height| height.is_finite());
    heights.sort_by(f64::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.0)
}

/// Says so where bands do not fit into the axes.
pub(super) fn bands_beyond(plot: &LinePlot, curves: &Curves) -> Option<String> {
    let (_, y) = axes(plot, curves)?;
    let (least, most) = band_ends(curves)?;
    let beyond = least < y.limits.min() || most > y.limits.max();
    (beyond && !plot.log_y).then(|| ", some reach beyond the axes".to_owned())
}

fn is_filled(plot: &LinePlot) -> bool {
    plot.area || plot.stacked
}

fn marks(plot: &LinePlot, curves: &Curves, y: &Axis) -> Vec<Mark> {
    let mut marks = faint(&curves.faint);
    let alone = curves.curves.len() == 1 && !curves.faint.is_empty();
    let floor = if plot.log_y { y.limits.min() } else { 0.0 };
    for curve in &curves.curves {
        // The only mean stands out from the lines that it is of.
        let ink = if alone {
            Ink::Text
        } else {
            Ink::Series(curve.series)
        };
        marks.extend(band(curve, ink));
        marks.extend(lone_bands(curve, ink));
        if is_filled(plot) {
            marks.extend(area(curve, ink, floor, plot.stacked));
        }
        if !plot.stacked {
            let width = if curves.faint.is_empty() { WIDTH } else { 2.5 };
            marks.extend(line(curve, ink, width));
        }
        marks.extend(points(curve, ink, plot.markers));
    }
    marks
}

/// Thin lines of each colour, the more of them the paler.
fn faint(curves: &[Curve]) -> Vec<Mark> {
    let opacity = (20.0 / curves.len().max(1) as f64).clamp(0.1, 0.4);
    let most = curves.iter().map(|curve| curve.series).max().unwrap_or(0);
    let lines = |series: usize| {
        let mut runs: Vec<Vec<Point>> = Vec::new();
        for curve in curves.iter().filter(|curve| curve.series == series) {
            runs.extend(run_points(curve));
        }
        let lines = Lines {
            opacity,
            ..Lines::new(runs, Ink::Series(series), 1.0)
        };
        (!lines.runs.is_empty()).then_some(Mark::Lines(lines))
    };
    match curves.is_empty() {
        true => Vec::new(),
        false => (0..=most).filter_map(lines).into_list(),
    }
}

fn run_points(curve: &Curve) -> Vec<Vec<Point>> {
    let long = curve.runs().into_iter().filter(|run| run.len() > 1);
    long.map(|run| curve.points[run].to_vec()).into_list()
}

fn line(curve: &Curve, ink: Ink, width: f64) -> Option<Mark> {
    let runs = run_points(curve);
    (!runs.is_empty()).then(|| {
        Mark::Lines(Lines {
            dashed: curve.series >= DASHED,
            ..Lines::new(runs, ink, width)
        })
    })
}

/// All points, or those that no line goes through.
fn points(curve: &Curve, ink: Ink, all: bool) -> Option<Mark> {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for run in curve.runs() {
        if all || run.len() == 1 {
            x.extend(curve.points[run.clone()].iter().map(|point| point.0));
            y.extend(curve.points[run].iter().map(|point| point.1));
        }
    }
    let radius = if all { RADIUS } else { WIDTH };
    (!x.is_empty()).then(|| Mark::Points(Points::new(x, y, ink, radius)))
}

/// The band where it has neighbours.
fn band(curve: &Curve, ink: Ink) -> Option<Mark> {
    let shape = |run: std::ops::Range<usize>| {
        let upper = run.clone().map(|i| (curve.points[i].0, curve.band[i].1));
        let lower = run.rev().map(|i| (curve.points[i].0, curve.band[i].0));
        upper.chain(lower).into_list()
    };
    let runs = curve.band_runs().into_iter().filter(|run| run.len() > 1);
    polygons(runs.map(shape).into_list(), ink, 0.2)
}

/// The band at a lone x: a line from end to end.
fn lone_bands(curve: &Curve, ink: Ink) -> Option<Mark> {
    let lone = curve.band_runs().into_iter().filter(|run| run.len() == 1);
    let line = |run: std::ops::Range<usize>| {
        let (x, (low, high)) = (curve.points[run.start].0, curve.band[run.start]);
        vec![(x, low), (x, high)]
    };
    let runs: Vec<Vec<Point>> = lone.map(line).into_list();
    (!runs.is_empty()).then(|| {
        Mark::Lines(Lines {
            opacity: 0.4,
            ..Lines::new(runs, ink, 2.0)
        })
    })
}

fn area(curve: &Curve, ink: Ink, floor: f64, stacked: bool) -> Option<Mark> {
    let base = |i: usize| curve.base.get(i).copied().unwrap_or(floor);
    let shape = |run: std::ops::Range<usize>| {
        let upper = curve.points[run.clone()].iter().copied();
        let lower = run.rev().map(|i| (curve.points[i].0, base(i)));
        upper.chain(lower).into_list()
    };
    let runs = curve.runs().into_iter().filter(|run| run.len() > 1);
    let opacity = if stacked { 0.85 } else { 0.3 };
    polygons(runs.map(shape).into_list(), ink, opacity)
}

fn polygons(shapes: Vec<Vec<Point>>, ink: Ink, opacity: f64) -> Option<Mark> {
    (!shapes.is_empty()).then_some(Mark::Polygons(Polygons {
        shapes,
        inks: Per::All(ink),
        opacity,
    }))
}

/// A line for each name, once.
fn legend(plot: &LinePlot, curves: &Curves) -> Option<Key> {
    let alone = curves.curves.len() == 1;
    let named = curves
        .curves
        .iter()
        .any(|curve| Some(&curve.name) == curves.y_name.as_ref());
    if alone && curves.faint.is_empty() && (named || !curves.has_band()) {
        return None;
    }
    let mut entries: Vec<LegendEntry> = Vec::new();
    for curve in &curves.curves {
        let entry = LegendEntry {
            label: curve.name.clone(),
            ink: match alone && !curves.faint.is_empty() {
                true => Ink::Text,
                false => Ink::Series(curve.series),
            },
            swatch: match (plot.stacked, curve.series >= DASHED) {
                (true, _) => Swatch::Area,
                (false, true) => Swatch::Dashes,
                (false, false) => Swatch::Line,
            },
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    // Stacked areas lie in the order of the legend, the last on top.
    if plot.stacked {
        entries.reverse();
    }
    Some(Key::Legend {
        title: curves.title.clone(),
        entries,
    })
}
