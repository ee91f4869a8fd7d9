//! Density curves over the bars.

use super::counted::{Counted, Sample};
use super::heights::{Measure, Spans, standing};
use super::stat::Multiple;
use crate::error::Result;
use crate::plot::figure::finite_ends;
use crate::stats::{Bandwidth, Kde};

/// As many places as seaborn evaluates a curve at.
const PLACES: usize = 200;

/// The curves of the classes at common places.
pub(super) struct Curves {
    pub(super) places: Vec<f64>,
    /// For each class from where to where, as bars; nothing where there is no curve.
    pub(super) spans: Vec<Option<Spans>>,
    /// The classes without a curve, and why.
    pub(super) missing: Vec<(usize, &'static str)>,
}

/// One for each class, over the values that lie in bins, from the least to the
/// greatest of all.
pub(super) fn curves(
    counted: &Counted,
    heights: &[Vec<f64>],
    measure: Measure,
    multiple: Multiple,
) -> Curves {
    let (first, last) = counted.ends().unwrap_or((0.0, 1.0));
    let samples: Vec<Sample> = counted
        .samples
        .iter()
        .map(|sample| sample.within(first, last))
        .collect();
    let all = samples.iter().flat_map(|sample| &sample.values);
    let (low, high) = finite_ends(all.copied()).unwrap_or((0.0, 1.0));
    let mut missing = Vec::new();
    let mut places = Vec::new();
    let mut curves = Vec::new();
    for (class, (sample, heights)) in samples.iter().zip(heights).enumerate() {
        let curve = match sample.kde() {
            Ok(kde) => kde.curve(low, high, PLACES),
            Err(err) => {
                missing.push((class, reason(err.code())));
                curves.push(None);
                continue;
            }
        };
        let densities = match measure.cumulative {
            true => summed(&curve),
            false => curve.iter().map(|(_, density)| *density).collect(),
        };
        places = curve.into_iter().map(|(place, _)| place).collect();
        let scale = measure.curve_scale(heights, &counted.widths);
        curves.push(Some(
            densities
                .into_iter()
                .map(|density| density * scale)
                .collect(),
        ));
    }
    let spans = together(curves, places.len(), multiple);
    Curves {
        places,
        spans,
        missing,
    }
}

/// Where the curves stand; missing ones count as zero to the others.
fn together(
    curves: Vec<Option<Vec<f64>>>,
    places: usize,
    multiple: Multiple,
) -> Vec<Option<Spans>> {
    let there: Vec<bool> = curves.iter().map(Option::is_some).collect();
    let filled = curves
        .into_iter()
        .map(|curve| curve.unwrap_or_else(|| vec![0.0; places]));
    let spans = standing(&filled.collect::<Vec<_>>(), multiple);
    let spans = spans.into_iter().zip(there);
    spans.map(|(spans, there)| there.then_some(spans)).collect()
}

/// The area up to each place, by trapezoids.
fn summed(curve: &[(f64, f64)]) -> Vec<f64> {
    let mut area = 0.0;
    let steps = curve.windows(2).map(|pair| {
        area += (pair[1].0 - pair[0].0) * (pair[0].1 + pair[1].1) / 2.0;
        area
    });
    std::iter::once(0.0).chain(steps).collect()
}

/// Why there is no density, in a word or two.
pub(in crate::plot) fn reason(code: &str) -> &'static str {
    match code {
        "constant" => "all values equal",
        "no_data" => "fewer than two values",
        "invalid_weights" => "negative weights",
        _ => "values too far apart or too close",
    }
}

impl Sample {
    fn kde(&self) -> Result<Kde> {
        match &self.weights {
            None => Kde::new(&self.values, Bandwidth::Scott),
            Some(weights) => Kde::weighted(&self.values, weights, Bandwidth::Scott),
        }
    }

    /// The values between the outer edges.
    fn within(&self, first: f64, last: f64) -> Sample {
        let inside: Vec<usize> = (0..self.values.len())
            .filter(|&i| (first..=last).contains(&self.values[i]))
            .collect();
        let pick = |values: &Vec<f64>| inside.iter().map(|&i| values[i]).collect();
        Sample {
            values: pick(&self.values),
            weights: self.weights.as_ref().map(pick),
        }
    }
}
