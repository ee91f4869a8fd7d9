//! Features over the rows, or over another feature.

use ndarray::ArrayView2;

use super::super::hue::{Classes, MAX_CLASSES};
use super::super::notes;
use super::LinePlot;
use super::curves::{Curve, Curves};
use crate::dataset::{Columns, Feature};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapNumbers, sort_positions};
use crate::stats::{Spread, mean_band};

/// More features than this are not drawn.
const MAX_FEATURES: usize = 500;

/// More rows than this are not read, and fewer of more features than twenty: a sample
/// would not be in order.
const MAX_ROWS: usize = 1_000_000;
const MAX_POINTS: usize = 20 * MAX_ROWS;

pub(super) fn read(plot: &LinePlot) -> Result<Curves> {
    let x = plot
        .x
        .as_ref()
        .map(|key| plot.dataset.feature(key))
        .transpose()?;
    let mut features = plot.chosen.of(&plot.dataset)?;
    if let (Some(x), true) = (&x, plot.chosen.is_all()) {
        let is_x =
            |feature: &Feature| (feature.component, feature.position) == (x.component, x.position);
        features.retain(|feature| !is_x(feature));
    }
    if features.is_empty() {
        return Err(Error::value(
            "expected a feature to draw besides that of x, but found none",
        ));
    }
    if plot.hue.is_some() && features.len() > 1 {
        return Err(Error::value(format!(
            "expected one feature to tell rows of apart by a hue, but found {}; choose it with y(feature)",
            features.len()
        )));
    }
    let shown = &features[..features.len().min(MAX_FEATURES)];
    let rows = plot
        .dataset
        .ordered_rows(MAX_ROWS.min(MAX_POINTS / shown.len()))?;
    let mut curves = Curves {
        x_name: x.as_ref().map_or("row".to_owned(), |x| x.name.clone()),
        y_name: (shown.len() == 1).then(|| shown[0].name.clone()),
        whole_x: x.is_none(),
        notes: notes::extent(rows.len, &rows.extent, "rows")
            .into_iter()
            .chain(notes::part_of(
                shown.len(),
                features.len(),
                "features; choose others with features([…])",
            ))
            .into_list(),
        ..Curves::default()
    };
    let along = Along::of(plot, &rows, x.as_ref(), &mut curves)?;
    let lines = match &plot.hue {
        Some(key) => by_class(plot, &rows, &shown[0], &along, key, &mut curves)?,
        None => by_feature(&rows, shown, &along, &mut curves)?,
    };
    curves.add(lines, |lines| vec![mean_of(lines)]);
    Ok(curves)
}

fn not_finite(numbers: &[f64]) -> usize {
    numbers.iter().filter(|v| !v.is_finite()).count()
}

/// Where the rows lie along x.
struct Along {
    /// None by the row's number.
    x: Option<Vec<f64>>,
    /// Rows of a finite x, in the order in which lines go through them.
    order: Vec<usize>,
    /// Rows of one x have a mean.
    grouped: bool,
    spread: Option<Spread>,
}

impl Along {
    fn of(
        plot: &LinePlot,
        rows: &Columns,
        x: Option<&Feature>,
        curves: &mut Curves,
    ) -> Result<Along> {
        let x = x.map(|feature| rows.numbers(feature)).transpose()?;
        let mut order: Vec<usize> = (0..rows.len).collect();
        if let Some(x) = &x {
            order.retain(|&row| x[row].is_finite());
            let lost = rows.len - order.len();
            curves.notes.extend(notes::rows_without(lost, "x"));
            if plot.sort {
                sort_positions(&mut order, |a, b| x[a].total_cmp(&x[b]));
            }
        }
        Ok(Along {
            grouped: x.is_some() && plot.sort,
            x,
            order,
            spread: plot.errorbar.spread()?,
        })
    }

    fn place(&self, row: usize) -> f64 {
        self.x.as_ref().map_or(row as f64, |x| x[row])
    }

    /// The line through the numbers of these rows, which are in order.
    fn line(&self, name: String, series: usize, values: &[f64], rows: &[usize]) -> Curve {
        let mut curve = Curve {
            name,
            series,
            ..Curve::default()
        };
        if !self.grouped {
            let value = |&row: &usize| match values[row].is_finite() {
                true => (self.place(row), values[row]),
                false => (self.place(row), f64::NAN),
            };
            curve.points = rows.map_each(value);
            return curve;
        }
        let mut several = false;
        for group in rows.chunk_by(|&a, &b| self.place(a) == self.place(b)) {
            several |= group.len() > 1;
            let (mean, ends) = self.mean(values, group);
            curve.points.push((self.place(group[0]), mean));
            curve.band.push(ends);
        }
        if !several || self.spread.is_none() {
            curve.band.clear();
        }
        curve
    }

    /// Of the numbers of rows of one x, with the ends of the band.
    fn mean(&self, values: &[f64], rows: &[usize]) -> (f64, (f64, f64)) {
        if let [row] = rows {
            let value = if values[*row].is_finite() {
                values[*row]
            } else {
                f64::NAN
            };
            return (value, (f64::NAN, f64::NAN));
        }
        let numbers: Vec<f64> = rows.map_each(|&row| values[row]);
        let column = ArrayView2::from_shape((numbers.len(), 1), &numbers);
        let Ok(column) = column else {
            return (f64::NAN, (f64::NAN, f64::NAN));
        };
        let band = mean_band(column, self.spread.unwrap_or_default());
        (band.mean[0], (band.low[0], band.high[0]))
    }
}

fn by_feature(
    rows: &Columns,
    features: &[Feature],
    along: &Along,
    curves: &mut Curves,
) -> Result<Vec<Curve>> {
    let mut lines = Vec::with_capacity(features.len());
    for (i, feature) in features.iter().enumerate() {
        let values = rows.numbers(feature)?;
        curves.lost += not_finite(&values);
        lines.push(along.line(feature.name.clone(), i, &values, &along.order));
    }
    Ok(lines)
}

fn by_class(
    plot: &LinePlot,
    rows: &Columns,
    feature: &Feature,
    along: &Along,
    key: &crate::dataset::Key,
    curves: &mut Curves,
) -> Result<Vec<Curve>> {
    let classes = Classes::of(&plot.dataset, rows, key, plot.class_names.as_deref())?;
    let classes = classes.at_most(MAX_CLASSES);
    let values = rows.numbers(feature)?;
    curves.lost += not_finite(&values);
    curves.title.clone_from(&classes.title);
    let mut order = vec![Vec::new(); classes.names.len()];
    for &row in &along.order {
        order[classes.of[row]].push(row);
    }
    let line =
        |(class, name): (usize, &String)| along.line(name.clone(), class, &values, &order[class]);
    Ok(classes.names.map_indexed(line))
}

/// The mean of lines over the same x.
fn mean_of(lines: &[Curve]) -> Curve {
    let longest = lines
        .iter()
        .map(|line| line.points.len())
        .max()
        .unwrap_or(0);
    let mean = |i: usize| {
        let there = || lines.iter().filter_map(|line| line.points.get(i));
        let x = there().next().map_or(f64::NAN, |point| point.0);
        let mut mean = super::super::matrix::Mean::default();
        there().for_each(|point| mean.add(point.1));
        (x, mean.get())
    };
    Curve {
        name: format!("mean of {}", super::super::number::count(lines.len())),
        points: (0..longest).map_each(mean),
        ..Curve::default()
    }
}
