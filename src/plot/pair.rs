//! Two features of each row, for plots of one against the other.

use super::figure::Axis;
use super::notes;
use crate::dataset::{Dataset, Key};
use crate::error::Result;

/// The two features that a plot was asked for, and what is written at their axes.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    x: Key,
    y: Key,
    pub(super) x_label: Option<String>,
    pub(super) y_label: Option<String>,
}

/// Their numbers.
pub(super) struct Numbers {
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) x_name: String,
    pub(super) y_name: String,
    /// Which part of the data set this is, if not all.
    pub(super) extent: Option<String>,
}

impl Pair {
    pub(super) fn new(x: Key, y: Key) -> Self {
        Pair {
            x,
            y,
            x_label: None,
            y_label: None,
        }
    }

    pub(super) fn read(&self, dataset: &Dataset) -> Result<Numbers> {
        let (x, y) = (dataset.feature(&self.x)?, dataset.feature(&self.y)?);
        let rows = dataset.plot_rows()?;
        let numbers = |feature| rows.numbers(feature);
        Ok(Numbers {
            x: numbers(&x)?,
            y: numbers(&y)?,
            extent: notes::extent(rows.len, &rows.extent, "rows"),
            x_name: self.x_label.clone().unwrap_or(x.name),
            y_name: self.y_label.clone().unwrap_or(y.name),
        })
    }
}

impl Numbers {
    /// The axes with the features' names.
    pub(super) fn labelled(&self, x: Axis, y: Axis) -> (Axis, Axis) {
        (x.labelled(&self.x_name), y.labelled(&self.y_name))
    }
}
