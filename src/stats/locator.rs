//! Finding the bin of a value: the edges that are asked for, checked, and the
//! search among them.

use super::bins::{BinRule, Bins};
use super::edges::Outer;
use super::histogram::HistogramOptions;
use super::rules;
use super::survey::Survey;
use super::wide::{Arithmetic, Wide};
use crate::error::{Error, Result};

/// Finds the bin of a value.
pub(super) struct Locator {
    pub(super) edges: Vec<f64>,
    /// Bins per unit where all are equally wide; 0 elsewhere.
    scale: f64,
    /// The edges are `f32` numbers.
    pub(super) single: bool,
    /// All values that were surveyed lie between the outer edges.
    pub(super) spans: bool,
}

impl Locator {
    /// For values that were surveyed, if `options` [need](HistogramOptions::need_survey)
    /// it; a rule asks for the values themselves too.
    pub(super) fn new<T: Wide>(
        arithmetic: Arithmetic,
        options: &HistogramOptions,
        survey: &Survey<T>,
        values: &dyn Fn() -> Vec<T>,
    ) -> Result<Self> {
        if let Bins::Edges(edges) = &options.bins {
            check_edges(edges)?;
            return Ok(Locator {
                edges: edges.clone(),
                scale: 0.0,
                single: false,
                spans: false,
            });
        }
        let rule = rule_of(&options.bins)?;
        let count = checked_count(&options.bins)?;
        let outer = outer(arithmetic, options, survey)?;
        let count = match rule {
            Some(rule) => rules::bin_count(rule, arithmetic, values(), &outer)?,
            None => count,
        };
        let (edges, outer) = spaced(outer, count, options)?;
        let (first, last) = outer.ends();
        Ok(Locator {
            edges,
            scale: count as f64 / (last - first),
            single: arithmetic == Arithmetic::Single,
            spans: options.need_survey() && survey.all_finite(),
        })
    }

    pub(super) fn bins(&self) -> usize {
        self.edges.len() - 1
    }

    /// The last bin whose left edge is not above `value`; `None` beyond the
    /// outer edges.
    #[inline]
    pub(super) fn bin(&self, value: f64) -> Option<usize> {
        let last = self.edges.len() - 1;
        if last == 0 || !(self.edges[0] <= value && value <= self.edges[last]) {
            return None;
        }
        // Scaling lands in the right bin or, by rounding, beside it: the edges
        // decide. With uneven bins it lands anywhere, and a search follows.
        let guess = ((value - self.edges[0]) * self.scale) as usize;
        let guess = guess.min(last - 1);
        let low = self.edges[guess] <= value;
        let high = value < self.edges[guess + 1] || guess == last - 1;
        Some(match (low, high) {
            (true, true) => guess,
            (false, _) if self.edges[guess - 1] <= value => guess - 1,
            (true, false) if value < self.beyond(guess + 1) => guess + 1,
            _ => self.search(value),
        })
    }

    /// The right edge of a bin as values are compared with it: the last bin
    /// holds its own.
    fn beyond(&self, bin: usize) -> f64 {
        if bin + 2 == self.edges.len() {
            f64::INFINITY
        } else {
            self.edges[bin + 1]
        }
    }

    fn search(&self, value: f64) -> usize {
        let above = self.edges.partition_point(|&edge| edge <= value);
        (above - 1).min(self.edges.len() - 2)
    }
}

pub(super) fn rule_of(bins: &Bins) -> Result<Option<BinRule>> {
    match bins {
        Bins::Rule(rule) => Ok(Some(*rule)),
        Bins::Named(name) => name.parse().map(Some),
        Bins::Count(_) | Bins::Edges(_) => Ok(None),
    }
}

pub(super) fn check_edges(edges: &[f64]) -> Result<()> {
    let invalid = |message: String| Err(Error::value(message).coded("invalid_bins"));
    if edges.is_empty() {
        return invalid("expected at least two edges of bins, but found none".to_string());
    }
    if let Some(i) = edges.iter().position(|edge| edge.is_nan()) {
        return invalid(format!(
            "expected numbers as edges of bins, but edge {i} is NaN"
        ));
    }
    match edges.windows(2).position(|pair| pair[0] > pair[1]) {
        None => Ok(()),
        Some(i) => invalid(format!(
            "expected edges of bins that do not fall, but edge {} is {} and the next one {}",
            i,
            edges[i],
            edges[i + 1]
        )),
    }
}

fn checked_count(bins: &Bins) -> Result<usize> {
    match bins {
        Bins::Count(count) if *count < 1 => Err(Error::value(format!(
            "expected at least one bin, but found {count}"
        ))
        .coded("invalid_bins")),
        Bins::Count(count) => Ok(usize::try_from(*count).unwrap_or(usize::MAX)),
        _ => Ok(1),
    }
}

/// The edges between the outer ones, which move apart where that is wanted and
/// no numbers lie between them.
fn spaced(outer: Outer, count: usize, options: &HistogramOptions) -> Result<(Vec<f64>, Outer)> {
    let edges = outer.edges(count);
    if edges.is_ok() || !options.finite_only || options.range.is_some() {
        return Ok((edges?, outer));
    }
    let wider = outer.wider();
    // Where that does not help, the values as they are say why.
    match wider.edges(count) {
        Ok(edges) => Ok((edges, wider)),
        Err(_) => Ok((edges?, outer)),
    }
}

fn outer<T: Wide>(
    arithmetic: Arithmetic,
    options: &HistogramOptions,
    survey: &Survey<T>,
) -> Result<Outer> {
    if let Some(range) = options.range {
        return Outer::of_range(arithmetic, range);
    }
    let (nan, infinite) = (survey.nan, survey.infinite());
    if !options.finite_only && nan + infinite > 0 {
        return Err(Error::value(format!(
            "expected finite values to find the range of the bins, but found {nan} NaN and \
             {infinite} infinite of {} values; give a range, or leave them out with finite_only()",
            survey.count()
        ))
        .coded("not_finite"));
    }
    Ok(Outer::of_data(arithmetic, survey.ends))
}
