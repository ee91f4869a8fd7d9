//! The density of a group of values.

use crate::error::{Error, Result};
use crate::list::IntoList;
use crate::stats::{Bandwidth, BoxStats, Kde, boxplot_stats};

/// As many places as seaborn evaluates a density at.
const PLACES: usize = 100;

/// How densities are estimated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Smoothing {
    /// In bandwidths.
    pub(super) cut: f64,
    pub(super) adjust: f64,
}

impl Default for Smoothing {
    fn default() -> Self {
        Smoothing {
            cut: 2.0,
            adjust: 1.0,
        }
    }
}

/// What is drawn of a group.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// Values and their densities; none where there is no density.
    pub(super) curve: Vec<(f64, f64)>,
    pub(super) count: usize,
    pub(super) stats: BoxStats,
    /// The short name of why there is no density.
    pub(super) missing: Option<&'static str>,
}

impl Body {
    pub(super) fn peak(&self) -> f64 {
        self.curve.iter().map(|point| point.1).fold(0.0, f64::max)
    }

    /// The density at a value, between the places it is known at.
    pub(super) fn density(&self, value: f64) -> f64 {
        let above = self.curve.partition_point(|point| point.0 < value);
        let (Some(high), Some(low)) = (self.curve.get(above), self.curve.get(above.max(1) - 1))
        else {
            return 0.0;
        };
        let share = (value - low.0) / (high.0 - low.0);
        match share.is_finite() {
            true => low.1 + share * (high.1 - low.1),
            false => high.1,
        }
    }
}

impl Smoothing {
    pub(super) fn body(self, values: &[f64]) -> Result<Body> {
        if !(self.adjust > 0.0 && self.adjust.is_finite()) {
            return Err(Error::value(format!(
                "expected a finite number above 0 for bw_adjust, but found {:?}",
                self.adjust
            )));
        }
        let kde = Kde::new(values, Bandwidth::Scott).and_then(|kde| kde.adjusted(self.adjust));
        let (curve, missing) = match kde {
            Ok(kde) => {
                let (low, high) = kde.support(self.cut);
                (kde.curve(low, high, PLACES), None)
            }
            Err(err) => (Vec::new(), Some(err.code())),
        };
        Ok(Body {
            curve: curve
                .into_iter()
                .filter(|point| point.0.is_finite() && point.1.is_finite())
                .into_list(),
            count: values.len(),
            stats: boxplot_stats(&ndarray::aview1(values))?,
            missing,
        })
    }
}
