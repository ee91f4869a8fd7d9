//! A feature counted in bins, by class.

use ndarray::aview1;

use crate::dataset::{Columns, Feature};
use crate::error::{Error, Result};
use crate::plot::figure::finite_ends;
use crate::plot::hue::Classes;
use crate::plot::notes::LeftOut;
use crate::stats::{self, BinRule, Bins, HistogramOptions};
use crate::tensor::{DType, TensorView};

/// One feature counted in bins. Places are logarithms (of base 10) where the bins
/// are spaced by those.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub(super) edges: Vec<f64>,
    pub(super) widths: Vec<f64>,
    /// For each class, how many values (or how much weight) each bin holds.
    pub(super) sums: Vec<Vec<f64>>,
    /// The values that were counted, for each class; none where nobody asked.
    pub(super) samples: Vec<Sample>,
    pub(super) left_out: LeftOut,
    /// Bins are centred on false and true.
    pub(super) booleans: bool,
}

/// Finite values of one class, with their weights if they have any.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    pub(super) values: Vec<f64>,
    pub(super) weights: Option<Vec<f64>>,
}

/// The rows to count, what tells them apart and what they weigh.
pub(super) struct Rows<'a> {
    pub(super) classes: Option<&'a Classes>,
    pub(super) weights: Option<Vec<f64>>,
    /// The values themselves are wanted too.
    pub(super) kept: bool,
}

/// Which bins are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Counting {
    pub(super) bins: Option<Bins>,
    pub(super) range: Option<(f64, f64)>,
    pub(super) discrete: bool,
    pub(super) log: bool,
}

/// Finds the least and the greatest finite value, if there are any.
type Ends<'a> = dyn Fn() -> Result<Option<(f64, f64)>> + 'a;

/// As many bins as `stats` makes.
const MAX_BINS: f64 = 1e7;

impl Counted {
    /// Counts found elsewhere, of one class.
    pub(super) fn of_histogram(counted: stats::Histogram<f64>) -> Counted {
        Counted {
            widths: counted.widths().collect(),
            left_out: counted.dropped.into(),
            edges: counted.edges,
            sums: vec![counted.counts],
            ..Counted::default()
        }
    }

    pub(super) fn total(&self) -> f64 {
        self.sums.iter().flatten().sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sums.iter().flatten().all(|&sum| sum == 0.0)
    }

    /// The outer edges; nothing without bins.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        match (self.edges.first(), self.edges.last()) {
            (Some(&first), Some(&last)) if !self.widths.is_empty() => Some((first, last)),
            _ => None,
        }
    }
}

impl Counting {
    pub(super) fn check(&self) -> Result<()> {
        if self.discrete && self.log {
            return Err(Error::value(
                "expected discrete(true) or log_x(true), but found both: bins centred on whole numbers are equally wide",
            ));
        }
        Ok(())
    }

    /// Counts the values of each feature.
    pub(super) fn count_each(
        &self,
        columns: &Columns,
        features: &[Feature],
        rows: &Rows<'_>,
    ) -> Vec<Result<Counted>> {
        let runs = features.chunk_by(|a, b| a.is_before(b));
        let counted = runs.flat_map(|run| self.count_run(columns, run, rows));
        counted.collect()
    }

    /// Neighbouring columns in bins of their own are counted together.
    fn count_run(
        &self,
        columns: &Columns,
        features: &[Feature],
        rows: &Rows<'_>,
    ) -> Vec<Result<Counted>> {
        let view = columns.components[features[0].component].view();
        let alike = self.all_alike(rows) && !self.discrete && !self.are_booleans(view.dtype());
        let (true, Some(first)) = (alike, features[0].position) else {
            let each = features.iter().map(|feature| columns.feature(feature));
            return each.map(|view| self.count(&view, rows)).collect();
        };
        let options = self.options(self.bins.clone().unwrap_or_default());
        match options.count_columns(&view, first..first + features.len()) {
            Ok(counted) => counted
                .into_iter()
                .zip(features)
                .map(|(counted, feature)| self.plain(counted?, &columns.feature(feature), rows))
                .collect(),
            Err(err) => features.iter().map(|_| Err(err.clone())).collect(),
        }
    }

    /// Counts the values of a feature.
    fn count(&self, view: &TensorView<'_>, rows: &Rows<'_>) -> Result<Counted> {
        let booleans = self.are_booleans(view.dtype());
        let bins = match self.discrete || booleans {
            true => self.whole_numbers(view.dtype(), &|| Ok(finite_ends(view.numbers()?)))?,
            false => self.bins.clone().unwrap_or_default(),
        };
        let counted = match self.all_alike(rows) {
            true => self.plain(self.options(bins).count_of(view)?, view, rows)?,
            false => self.by_class(bins, view, rows)?,
        };
        Ok(Counted {
            booleans,
            ..counted
        })
    }

    /// Whether values are counted as they are, whatever their row.
    fn all_alike(&self, rows: &Rows<'_>) -> bool {
        rows.classes.is_none() && rows.weights.is_none() && !self.log
    }

    /// Whether bins are those of false and true.
    pub(super) fn are_booleans(&self, dtype: DType) -> bool {
        dtype == DType::Bool && self.is_free() && !self.log
    }

    /// Whether bins are left to the data: by default, or to a rule.
    fn is_free(&self) -> bool {
        match &self.bins {
            None | Some(Bins::Rule(_)) => true,
            Some(Bins::Named(name)) => name.parse::<BinRule>().is_ok(),
            Some(Bins::Count(_) | Bins::Edges(_)) => false,
        }
    }

    /// All values alike, in the arithmetic of their type, as NumPy counts.
    fn plain(
        &self,
        counted: stats::Histogram,
        view: &TensorView<'_>,
        rows: &Rows<'_>,
    ) -> Result<Counted> {
        let mut counted = Counted::of_histogram(counted.into());
        if rows.kept {
            (counted.samples, _) = self.samples(&view.numbers()?, rows);
        }
        Ok(counted)
    }

    /// The values of each class, in common bins.
    fn by_class(&self, bins: Bins, view: &TensorView<'_>, rows: &Rows<'_>) -> Result<Counted> {
        let (samples, mut left_out) = self.samples(&view.numbers()?, rows);
        let edges = match self.log {
            true => self.log_edges(bins, &samples)?,
            false => self.edges(bins, view, rows)?,
        };
        let in_bins = HistogramOptions::new(edges);
        let mut counted = Counted::default();
        for sample in &samples {
            let found = sample.count(&in_bins)?;
            left_out.outside += found.dropped.outside;
            counted.widths = found.widths().collect();
            counted.edges = found.edges;
            counted.sums.push(found.counts);
        }
        Ok(Counted {
            samples: if rows.kept { samples } else { Vec::new() },
            left_out,
            ..counted
        })
    }

    pub(super) fn options(&self, bins: Bins) -> HistogramOptions {
        let options = HistogramOptions::new(bins).finite_only();
        match self.range {
            Some((first, last)) => options.range(first, last),
            None => options,
        }
    }

    /// Edges for all values together, in the arithmetic of their type. Weights are
    /// looked at only to refuse a rule, which cannot take them into account.
    fn edges(&self, bins: Bins, view: &TensorView<'_>, rows: &Rows<'_>) -> Result<Vec<f64>> {
        let options = self.options(bins);
        match &rows.weights {
            None => options.edges_of(view),
            Some(weights) => {
                let weights = aview1(weights).into_dyn();
                Ok(options.weigh(view, weights)?.edges)
            }
        }
    }

    /// Edges between logarithms, of which `samples` are.
    fn log_edges(&self, bins: Bins, samples: &[Sample]) -> Result<Vec<f64>> {
        let bins = match bins {
            Bins::Edges(edges) => Bins::Edges(logarithms(edges)?),
            bins => bins,
        };
        let counting = Counting {
            range: match self.range {
                Some((first, last)) => {
                    let ends = logarithms(vec![first, last])?;
                    Some((ends[0], ends[1]))
                }
                None => None,
            },
            ..Counting::default()
        };
        let all: Vec<f64> = samples.iter().flat_map(|s| s.values.clone()).collect();
        let options = counting.options(bins);
        match samples.iter().any(|sample| sample.weights.is_some()) {
            true => Ok(options
                .weighted(&aview1(&all), &aview1(&vec![1.0; all.len()]))?
                .edges),
            false => options.edges(&aview1(&all)),
        }
    }

    /// One bin for each whole number from the least to the greatest value, which `ends`
    /// finds: seaborn's `discrete`.
    pub(super) fn whole_numbers(&self, dtype: DType, ends: &Ends<'_>) -> Result<Bins> {
        let ends = match self.range {
            Some((first, last)) if last - first >= 0.0 && (last - first).is_finite() => {
                Some((first, last))
            }
            // Told as for all other bins.
            Some(_) => return Ok(Bins::default()),
            None if dtype == DType::Bool => None,
            None => ends()?,
        };
        let (low, high) = match (dtype, ends) {
            (DType::Bool, _) => (0.0, 1.0),
            (_, ends) => ends.unwrap_or((0.0, 1.0)),
        };
        let (low, high) = (low.round(), high.round());
        let count = high - low + 1.0;
        if count > MAX_BINS || low.abs().max(high.abs()) > 2_f64.powi(52) {
            return Err(Error::value(format!(
                "expected values between at most {} whole numbers for discrete(true), but found {low:?} to {high:?}; give a range",
                crate::plot::number::count(MAX_BINS as usize),
            )));
        }
        let edges = (0..=count.max(1.0) as usize).map(|i| low - 0.5 + i as f64);
        Ok(Bins::Edges(edges.collect()))
    }

    /// The values that can be counted, by class, and how many cannot.
    fn samples(&self, values: &[f64], rows: &Rows<'_>) -> (Vec<Sample>, LeftOut) {
        let count = rows.classes.map_or(1, |classes| classes.names.len());
        let empty = Sample {
            values: Vec::new(),
            weights: rows.weights.is_some().then(Vec::new),
        };
        let mut samples = vec![empty; count];
        let mut left_out = LeftOut::default();
        for (row, &value) in values.iter().enumerate() {
            let Some(place) = left_out.place(value, self.log) else {
                continue;
            };
            let sample = &mut samples[rows.classes.map_or(0, |classes| classes.of[row])];
            if let (Some(known), Some(weights)) = (&mut sample.weights, &rows.weights) {
                if !weights[row].is_finite() {
                    left_out.weightless += 1;
                    continue;
                }
                known.push(weights[row]);
            }
            sample.values.push(place);
        }
        (samples, left_out)
    }
}

impl Sample {
    fn count(&self, options: &HistogramOptions) -> Result<stats::Histogram<f64>> {
        let values = aview1(&self.values);
        match &self.weights {
            None => Ok(options.count(&values)?.into()),
            Some(weights) => options.weighted(&values, &aview1(weights)),
        }
    }
}

fn logarithms(values: Vec<f64>) -> Result<Vec<f64>> {
    match values.iter().find(|v| **v <= 0.0) {
        None => Ok(values.into_iter().map(f64::log10).collect()),
        Some(value) => Err(Error::value(format!(
            "expected edges and ranges above 0 with log_x(true), but found {value:?}"
        ))),
    }
}
