//! The panel of one feature.

use super::counted::Counted;
use super::curve::{Curves, curves};
use super::heights::{Measure, Spans, standing};
use super::shapes::{Binned, Shape};
use super::stat::{Multiple, Stat};
use crate::plot::figure::{Axis, Limits, Panel, finite_ends};

/// What a panel shows besides the counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    pub(super) measure: Measure,
    pub(super) shape: Shape,
    /// The axis of the counts is logarithmic.
    pub(super) log: bool,
    pub(super) rug: bool,
}

/// A panel, and what its caption has to say of it.
pub(super) struct Drawn {
    pub(super) panel: Panel,
    /// The classes without a density curve, and why.
    pub(super) missing: Vec<(usize, &'static str)>,
    /// How many bins make a bar.
    pub(super) step: usize,
}

impl Style {
    /// Bars over the bins; a frame that says so where no value is in a bin.
    pub(super) fn panel(self, title: String, counted: &Counted) -> Drawn {
        let ends = counted.ends().filter(|_| !counted.is_empty());
        let Some((first, last)) = ends else {
            return Drawn {
                panel: Panel::message("no data").titled(title),
                missing: Vec::new(),
                step: 1,
            };
        };
        let heights = self.measure.heights(counted);
        let multiple = self.shape.multiple;
        let binned = Binned::new(counted, standing(&heights, multiple));
        let curves = self
            .shape
            .kde
            .then(|| curves(counted, &heights, self.measure, multiple));
        let mut marks = self.shape.marks(&binned, curves.as_ref());
        if self.rug {
            marks.extend(self.shape.rugs(counted));
        }
        let x = self.x_axis(counted, (first, last));
        let y = self.y_axis(counted, &binned.spans, curves.as_ref());
        Drawn {
            panel: Panel::new(x, y, marks).titled(title),
            missing: curves.map_or_else(Vec::new, |curves| curves.missing),
            step: binned.step,
        }
    }

    fn x_axis(self, counted: &Counted, (first, last): (f64, f64)) -> Axis {
        let (low, high) = (self.shape.at(first), self.shape.at(last));
        match (counted.booleans, self.shape.log_x) {
            (true, _) => Axis::categories(vec!["false".to_owned(), "true".to_owned()]),
            (_, true) => Axis::log(low, high).padded(MARGIN),
            (_, false) => Axis::new(Limits::from_min_max(low, high).padded(MARGIN)),
        }
    }

    fn y_axis(self, counted: &Counted, spans: &[Spans], curves: Option<&Curves>) -> Axis {
        let bars = spans.iter().flatten();
        let curves = curves.into_iter().flat_map(|curves| &curves.spans);
        let curves = curves.flatten().flatten();
        let ends = |&(base, top): &(f64, f64)| [base, top];
        let all: Vec<f64> = bars.clone().chain(curves).flat_map(ends).collect();
        let (low, high) = finite_ends(all).unwrap_or((0.0, 1.0));
        if self.log {
            let positive = bars.flat_map(ends).filter(|height| *height > 0.0);
            let least = positive.fold(high, f64::min);
            // The lowest bar is to be seen, though a logarithm has no zero.
            return Axis::log(least / 2.0, high * 1.3);
        }
        if self.shape.multiple == Multiple::Fill {
            return Axis::new(Limits::from_min_max(0.0, 1.0));
        }
        let limits = match (low < 0.0, high > 0.0) {
            (false, true) => Limits::from_min_max(0.0, high * 1.05),
            (false, false) => Limits::from_min_max(0.0, 1.0),
            (true, _) => Limits::from_min_max(low * 1.05, high.max(0.0) * 1.05),
        };
        let whole = |sum: &f64| sum.fract() == 0.0;
        let mut axis = Axis::new(limits);
        axis.integer = self.measure.stat == Stat::Count && counted.sums.iter().flatten().all(whole);
        axis
    }
}

/// Beside the outer bins.
const MARGIN: f64 = 0.03;

/// Counts of several series in the same bins as densities, each of area 1, laid over
/// each other. Of booleans the bins are centred on false and true.
pub(in crate::plot) fn overlaid(
    title: String,
    edges: &[f64],
    series: &[Vec<u64>],
    booleans: bool,
) -> Panel {
    let sums = |counts: &Vec<u64>| counts.iter().map(|&n| n as f64).collect();
    let counted = Counted {
        edges: edges.to_vec(),
        widths: edges.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        sums: series.iter().map(sums).collect(),
        booleans,
        ..Counted::default()
    };
    let mut style = Style::default();
    style.measure.stat = Stat::Density;
    style.measure.common = false;
    style.panel(title, &counted).panel
}

/// Counts as plain bars.
pub(in crate::plot) fn bars(title: String, counted: crate::stats::Histogram) -> Panel {
    let counted = Counted::of_histogram(counted.into());
    Style::default().panel(title, &counted).panel
}
