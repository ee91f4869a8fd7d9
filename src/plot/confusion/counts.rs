//! Pairs of classes, counted.

use std::collections::HashMap;

use ndarray::{Array2, Axis};

use super::super::hue::Classes;
use super::super::matrix::picked;
use super::super::notes;
use super::super::number::{count, short};
use crate::dataset::classes::in_reading_order;
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use crate::list::{Flat, IntoList, MapEach, MapNumbers, SortWith, sort_positions};

/// As many classes as a matrix is made for before the largest are chosen.
const MOST: usize = 4_000;

#[derive(Clone, Debug)]
pub(super) struct Counts {
    /// True classes down, predicted ones across.
    pub(super) counts: Array2<u64>,
    pub(super) names: Vec<String>,
}

impl Counts {
    /// As they were given.
    pub(super) fn given(counts: Array2<u64>, names: Vec<String>) -> Result<Counts> {
        let (rows, columns) = counts.dim();
        if rows != columns {
            return Err(Error::shape(format!(
                "expected as many true as predicted classes, but found {rows} × {columns} counts"
            )));
        }
        Counts {
            counts,
            names: Vec::new(),
        }
        .with_names(names)
    }

    fn with_names(mut self, names: Vec<String>) -> Result<Counts> {
        let classes = self.counts.nrows();
        if names.len() != classes {
            return Err(Error::shape(format!(
                "expected {classes} names, one for each class, but found {}",
                names.len()
            )));
        }
        self.names = names;
        Ok(self)
    }

    pub(super) fn renamed(&self, names: Option<&[String]>) -> Result<Counts> {
        match names {
            None => Ok(self.clone()),
            Some(names) => self.clone().with_names(names.to_vec()),
        }
    }

    /// Of the rows of a data set, and what part of them was read.
    pub(super) fn of(
        dataset: &Dataset,
        (truth, predicted): (&Key, &Key),
        names: Option<&[String]>,
    ) -> Result<(Counts, Option<String>)> {
        let (dataset, keys) = dataset.only(&[truth, predicted]);
        let rows = dataset.plot_rows()?;
        let extent = notes::extent(rows.len, &rows.extent, "rows");
        let known = names.or(rows.names.classes.as_deref());
        let classes = |key: usize| Classes::of(&dataset, &rows, &keys[key], known);
        let (truth, predicted) = (classes(0)?, classes(1)?);
        let named = order(&truth, &predicted, known);
        if named.len() > MOST {
            return Err(Error::value(format!(
                "expected at most {} classes, but found {}; are these labels? numbers that are amounts belong in scatter(…)",
                count(MOST),
                count(named.len())
            )));
        }
        let counts = pairs(&truth, &predicted, &named);
        Ok((
            Counts {
                counts,
                names: named,
            },
            extent,
        ))
    }

    pub(super) fn rows(&self) -> u64 {
        self.counts.iter().fold(0, |sum, &n| sum.saturating_add(n))
    }

    fn right(&self) -> u64 {
        self.counts
            .diag()
            .iter()
            .fold(0, |sum, &n| sum.saturating_add(n))
    }

    /// "accuracy 94.7 % (142 of 150)".
    pub(super) fn accuracy(&self) -> Option<String> {
        let (right, rows) = (self.right(), self.rows());
        (rows > 0).then(|| {
            format!(
                "accuracy {} ({} of {})",
                percent(right as f64 / rows as f64),
                count(right as usize),
                count(rows as usize)
            )
        })
    }

    /// The mean of the recalls, where it is not the accuracy.
    pub(super) fn balanced_accuracy(&self) -> Option<String> {
        let recalls: Vec<f64> = self.recalls().flat();
        if recalls.is_empty() {
            return None;
        }
        let mean = percent(recalls.iter().sum::<f64>() / recalls.len() as f64);
        (mean != percent(self.right() as f64 / self.rows().max(1) as f64))
            .then(|| format!("balanced accuracy (mean recall) {mean}"))
    }

    /// The share of each true class that is predicted as such; none without rows.
    pub(super) fn recalls(&self) -> Vec<Option<f64>> {
        self.rates(Axis(1))
    }

    /// The share of each predicted class that is such; none without rows.
    pub(super) fn precisions(&self) -> Vec<Option<f64>> {
        self.rates(Axis(0))
    }

    /// The sum along an axis of the counts of a class on the other.
    fn sum(&self, axis: Axis, class: usize) -> f64 {
        let counts = self.counts.index_axis(Axis(1 - axis.index()), class);
        counts.iter().map(|&n| n as f64).sum()
    }

    /// The diagonal by the sums along an axis.
    fn rates(&self, axis: Axis) -> Vec<Option<f64>> {
        (0..self.names.len()).map_each(|class| {
            let sum = self.sum(axis, class);
            (sum > 0.0).then(|| self.counts[[class, class]] as f64 / sum)
        })
    }

    /// The classes with most rows and predictions, in their order.
    pub(super) fn at_most(self, most: usize) -> Counts {
        if self.names.len() <= most {
            return self;
        }
        let size = |class| self.sum(Axis(1), class) + self.sum(Axis(0), class);
        let sizes: Vec<f64> = (0..self.names.len()).map_each(size);
        let mut largest: Vec<usize> = (0..self.names.len()).collect();
        sort_positions(&mut largest, |a, b| sizes[b].total_cmp(&sizes[a]));
        largest.truncate(most);
        largest.sort_unstable();
        Counts {
            counts: picked(&self.counts, &largest, &largest),
            names: largest.map_each(|&i| self.names[i].clone()),
        }
    }
}

/// A share in words, `94.7 %`: never none of what there is, nor all of what lacks
/// something.
pub(super) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round();
    match tenths {
        0.0 if share > 0.0 => "<0.1 %".to_owned(),
        1000.0 if share < 1.0 => ">99.9 %".to_owned(),
        tenths => format!("{} %", short(tenths / 10.0)),
    }
}

/// The names of all classes: in the order of the names known, of which all are
/// taken where all classes are among them, or else in reading order.
fn order(truth: &Classes, predicted: &Classes, known: Option<&[String]>) -> Vec<String> {
    let mut names: Vec<String> = truth
        .names
        .iter()
        .chain(&predicted.names)
        .cloned()
        .into_list();
    let known = known.unwrap_or_default();
    let places: HashMap<&str, usize> = known
        .iter()
        .enumerate()
        .rev()
        .map(|(i, name)| (name.as_str(), i))
        .collect();
    let all_known = names.iter().all(|name| places.contains_key(name.as_str()));
    if all_known && !names.is_empty() {
        names = known.to_vec();
    }
    let place = |name: &String| places.get(name.as_str()).copied().unwrap_or(usize::MAX);
    names.sort_with(|a, b| place(a).cmp(&place(b)).then_with(|| in_reading_order(a, b)));
    names.dedup();
    names
}

fn pairs(truth: &Classes, predicted: &Classes, names: &[String]) -> Array2<u64> {
    let places: HashMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(i, name)| (name.as_str(), i))
        .collect();
    let of = |classes: &Classes| -> Vec<usize> {
        let own: Vec<usize> = classes.names.map_each(|name| places[name.as_str()]);
        classes.of.map_each(|&class| own[class])
    };
    crate::stats::confusion(&of(truth), &of(predicted), names.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_not_rounded_to_what_they_are_not() {
        let cases = [
            (0.0, "0 %"),
            (1e-9, "<0.1 %"),
            (0.9469, "94.7 %"),
            (0.9999, ">99.9 %"),
            (1.0, "100 %"),
        ];
        for (share, text) in cases {
            assert_eq!(percent(share), text);
        }
    }
}
