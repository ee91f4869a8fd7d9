//! Values by category: what box plots, violin plots and strip plots have in common.
//!
//! - this file: the choices, and the methods that ask for them
//! - `groups`: the values of each category and class, made into what a plot draws
//! - `slot`: where a group stands on the axis of the categories
//! - `facet`: marks turned to the axes asked for, panels and the figure

mod facet;
mod groups;
mod slot;

pub(super) use facet::{Drawn, Facet, Group, Groups};
pub(super) use groups::Whole;
pub(super) use slot::Slot;

use super::chosen::Chosen;
use crate::dataset::Key;
use crate::list::IntoList;

/// What plots of values by category are asked for alike.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    pub(super) chosen: Chosen,
    pub(super) by: Option<Key>,
    pub(super) hue: Option<Key>,
    pub(super) class_names: Option<Vec<String>>,
    /// Classes of the hue stand side by side.
    pub(super) dodge: bool,
    pub(super) separate: bool,
    /// Categories lie along y.
    pub(super) level: bool,
    pub(super) log: bool,
    /// At the x axis and at the y axis.
    pub(super) labels: (Option<String>, Option<String>),
    /// As many as find room, if none are asked for.
    pub(super) columns: Option<usize>,
}

impl Default for Choices {
    fn default() -> Self {
        Choices {
            chosen: Chosen::default(),
            by: None,
            hue: None,
            class_names: None,
            dodge: true,
            separate: false,
            level: false,
            log: false,
            labels: (None, None),
            columns: None,
        }
    }
}

/// The methods by which plots with a field `choices: Choices` are asked for them.
macro_rules! categorical {
    ($($type:ident),* $(,)?) => {$(
        impl super::$type {
            /// Only these features, by index or name. By name, labels that are
            /// numbers can be drawn too. Default: all features.
            pub fn features<K: Into<Key>>(&self, features: impl IntoIterator<Item = K>) -> Self {
                let mut plot = self.clone();
                plot.choices.chosen.features(features);
                plot
            }

            /// What the features are called, one name for each that is shown.
            /// Default: the features' names, or `Feature 1`, `Feature 2`, ….
            pub fn names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
                let mut plot = self.clone();
                plot.choices.chosen.names(names);
                plot
            }

            /// The component or feature whose classes are the categories, with a
            /// panel for each feature: `by` of pandas, `x` of seaborn. Of more than
            /// 40 classes the last are drawn as one. Default: none; the features are
            /// the categories.
            pub fn by(&self, key: impl Into<Key>) -> Self {
                let mut plot = self.clone();
                plot.choices.by = Some(key.into());
                plot
            }

            /// The component or feature that tells rows apart within each category:
            /// a colour for each class, and a legend. Of more than ten classes the
            /// last are drawn as one. Default: all alike. Mirrors `hue` of seaborn.
            pub fn hue(&self, key: impl Into<Key>) -> Self {
                let mut plot = self.clone();
                plot.choices.hue = Some(key.into());
                plot
            }

            /// What integer labels 0, 1, … are called. Default: the data set's
            /// ([`Dataset::with_class_names`](crate::Dataset::with_class_names)), or
            /// their numbers.
            pub fn class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
                let mut plot = self.clone();
                plot.choices.class_names = Some(names.into_iter().map(Into::into).into_list());
                plot
            }

            /// A panel with a scale of its own for each feature, for features of very
            /// different sizes. Default: `false`; all on one scale, as matplotlib
            /// draws, and where scales differ by more than a hundred times the
            /// caption says so.
            pub fn separate(&self, separate: bool) -> Self {
                let mut plot = self.clone();
                plot.choices.separate = separate;
                plot
            }

            /// Upright, with the categories along x: `vert` of matplotlib. `false` is
            /// seaborn's `orient="h"`: categories along y, which leaves room for long
            /// names. Default: `true`.
            #[doc(alias = "orient")]
            pub fn vert(&self, vert: bool) -> Self {
                let mut plot = self.clone();
                plot.choices.level = !vert;
                plot
            }

            /// The axis of the values is logarithmic, and statistics are those of the
            /// logarithms, as with `log_scale=True` of seaborn. Values not above 0 are
            /// left out, and the caption says how many. Default: `false`.
            pub fn log(&self, log: bool) -> Self {
                let mut plot = self.clone();
                plot.choices.log = log;
                plot
            }

            /// What is written at the x axis. Default: at the axis of the categories
            /// what they are classes of, at that of the values the feature's name if
            /// there is one alone.
            pub fn x_label(&self, label: impl Into<String>) -> Self {
                let mut plot = self.clone();
                plot.choices.labels.0 = Some(label.into());
                plot
            }

            /// What is written at the y axis. Default: as for
            /// [`x_label`](Self::x_label).
            pub fn y_label(&self, label: impl Into<String>) -> Self {
                let mut plot = self.clone();
                plot.choices.labels.1 = Some(label.into());
                plot
            }

            /// How many panels side by side before they wrap. Default: as many as
            /// 900 pixels have room for.
            pub fn columns(&self, columns: usize) -> Self {
                let mut plot = self.clone();
                plot.choices.columns = Some(columns);
                plot
            }
        }
    )*};
}

categorical!(BoxPlot, StripPlot, ViolinPlot);
