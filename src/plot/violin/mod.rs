//! Violin plots.
//!
//! - this file: the choices
//! - `body`: the density of a group, and how wide it is drawn
//! - `shapes`: bodies and what is drawn inside as marks

mod body;
mod shapes;

use super::category::{Choices, Groups};
use super::figure::Figure;
use super::look::Look;
use super::{Draw, histogram, notes};
use crate::dataset::Dataset;
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::IntoList;
use body::{Body, Smoothing};
use shapes::Shape;

/// What the widths of violins say: `density_norm` of seaborn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DensityNorm {
    /// The violins of one feature and colour have equal areas; where features are the
    /// categories, all violins of one feature.
    #[default]
    Area,
    /// The widest place of each says how many values it is of.
    Count,
    /// All are equally wide.
    Width,
}

/// What is drawn inside a violin: `inner` of seaborn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViolinInner {
    /// A small box plot.
    #[default]
    Box,
    /// Dashed lines at the quartiles.
    Quart,
    /// Nothing.
    None,
}

/// A density curve for each feature, or for each class of one, mirrored: seaborn's
/// `violinplot`.
///
/// Made by [`Dataset::violinplot`]. Densities are Gaussian kernel estimates with
/// Scott's bandwidth ([`Kde`](crate::stats::Kde)). What has no density (equal
/// values, a single one) is a line at the value, and the caption says so. NaN and
/// infinite values are left out, and the caption says how many.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
///     .with_class_names(["setosa", "versicolor", "virginica"]);
/// assert!(iris.violinplot().to_svg()?.contains("petal width"));
///
/// let by_class = iris.violinplot().features(["petal length"]).by("labels");
/// assert!(by_class.to_svg()?.contains("virginica"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct ViolinPlot(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    pub(super) choices: Choices,
    smoothing: Smoothing,
    shape: Shape,
    pub(super) look: Look,
}

settings!(ViolinPlot);

impl Dataset {
    /// A violin for each feature; see [`ViolinPlot`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.violinplot().to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn violinplot(&self) -> ViolinPlot {
        ViolinPlot(Held::new(Settings {
            dataset: self.clone(),
            choices: Choices::default(),
            smoothing: Smoothing::default(),
            shape: Shape::default(),
            look: Look::default(),
        }))
    }
}

impl ViolinPlot {
    /// What widths say. Default: [`DensityNorm::Area`].
    pub fn density_norm(&self, norm: DensityNorm) -> Self {
        let mut plot = self.clone();
        plot.shape.norm = norm;
        plot
    }

    /// What is drawn inside. Default: [`ViolinInner::Box`].
    pub fn inner(&self, inner: ViolinInner) -> Self {
        let mut plot = self.clone();
        plot.shape.inner = inner;
        plot
    }

    /// How many bandwidths a violin goes on beyond the least and the greatest value;
    /// with 0 it ends there. Default: 2.
    pub fn cut(&self, cut: f64) -> Self {
        let mut plot = self.clone();
        plot.smoothing.cut = cut;
        plot
    }

    /// How many times as wide as by Scott's rule the kernel is: more is smoother.
    /// Default: 1.
    pub fn bw_adjust(&self, times: f64) -> Self {
        let mut plot = self.clone();
        plot.smoothing.adjust = times;
        plot
    }

    /// The two classes of [`hue`](ViolinPlot::hue) are the halves of one violin.
    /// Default: `false`.
    pub fn split(&self, split: bool) -> Self {
        let mut plot = self.clone();
        plot.shape.split = split;
        plot.choices.dodge = !split;
        plot
    }

    fn check(&self, groups: &Groups<Body>) -> Result<()> {
        let cut = self.smoothing.cut;
        if !(cut >= 0.0 && cut.is_finite()) {
            return Err(Error::value(format!(
                "expected a finite number of bandwidths from 0 on for cut, but found {cut:?}"
            )));
        }
        let classes = groups.hue.as_ref().map_or(0, |hue| hue.names.len());
        if self.shape.split && classes != 2 {
            return Err(Error::value(match &self.choices.hue {
                None => {
                    "expected hue(key) with two classes for split(true), but found none".to_owned()
                }
                Some(key) => {
                    format!("expected two classes for split(true), but '{key}' has {classes}")
                }
            }));
        }
        if self.shape.split && self.choices.separate && self.choices.by.is_none() {
            return Err(Error::value(
                "expected split(true) or separate(true), but found both: the classes are categories then; give by(key)",
            ));
        }
        Ok(())
    }
}

impl Draw for ViolinPlot {
    fn figure(&self) -> Result<Figure> {
        let rows = self.dataset.plot_rows()?;
        let body = |values: &[f64]| self.smoothing.body(values);
        let groups = self.choices.groups(&self.dataset, &rows, &body)?;
        self.check(&groups)?;
        let mut drawn = self.shape.drawn(&groups);
        let all = groups.facets.iter().flat_map(|facet| &facet.groups);
        let missing = all.filter_map(|group| {
            let why = histogram::reason(group.what.missing?);
            Some(format!("{} ({why})", group.name))
        });
        let missing: Vec<String> = missing.into_list();
        drawn.notes.push(notes::listed("no density", &missing));
        self.look.dress(self.choices.figure(groups, drawn))
    }
}

#[cfg(test)]
mod tests;
