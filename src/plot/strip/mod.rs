//! Strip plots: every value as a point.

use super::category::{Choices, Drawn, Group, Groups};
use super::figure::{Figure, Ink, Mark, Marker, Points, Swatch};
use super::look::Look;
use super::{Draw, notes};
use crate::dataset::{Dataset, Random};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::IntoList;

/// More rows than this are sampled: points would lie on one another.
const MAX_ROWS: usize = 5_000;

/// Of the points, in logical pixels.
const RADIUS: f64 = 2.5;

/// Of seaborn.
const JITTER: f64 = 0.1;

/// Every value of each feature, or of each class of one, as a point, moved aside at
/// random so that equal ones can be told apart: seaborn's `stripplot`.
///
/// Made by [`Dataset::stripplot`]. Points are moved the same way every time. Of more
/// than 5,000 rows a random sample of that size is drawn (seed 0), and the caption
/// says so. NaN and infinite values are left out, and the caption says how many.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
///     .with_class_names(["setosa", "versicolor", "virginica"]);
/// assert!(iris.stripplot().hue("labels").dodge(true).to_svg()?.contains("versicolor"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct StripPlot(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    pub(super) choices: Choices,
    jitter: f64,
    pub(super) look: Look,
}

settings!(StripPlot);

impl Dataset {
    /// Every value of each feature as a point; see [`StripPlot`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.stripplot().to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn stripplot(&self) -> StripPlot {
        StripPlot(Held::new(Settings {
            dataset: self.clone(),
            choices: Choices {
                dodge: false,
                ..Choices::default()
            },
            jitter: JITTER,
            look: Look::default(),
        }))
    }
}

impl StripPlot {
    /// How far points are moved aside at most, where categories are 1 apart; 0 keeps
    /// them in line. Default: 0.1.
    pub fn jitter(&self, jitter: f64) -> Self {
        let mut plot = self.clone();
        plot.jitter = jitter;
        plot
    }

    /// The classes of [`hue`](StripPlot::hue) stand side by side instead of in one
    /// strip. Default: `false`.
    pub fn dodge(&self, dodge: bool) -> Self {
        let mut plot = self.clone();
        plot.choices.dodge = dodge;
        plot
    }

    fn marks(&self, groups: &[Group<Vec<f64>>], random: &mut Random) -> Vec<Mark> {
        let classes = groups.iter().map(|group| group.slot.class + 1).max();
        let count: usize = groups.iter().map(|group| group.what.len()).sum();
        let mut classes = vec![(Vec::new(), Vec::new()); classes.unwrap_or(0)];
        for group in groups {
            let (x, y) = &mut classes[group.slot.class];
            let (center, beside) = (group.slot.center(), group.slot.beside.max(1));
            let reach = self.jitter / beside as f64;
            for &value in &group.what {
                x.push(center + reach * (2.0 * random.unit() - 1.0));
                y.push(value);
            }
        }
        // Crowded points show through one another.
        let opacity = if count > 1_000 { 0.5 } else { 0.85 };
        let there = classes
            .into_iter()
            .enumerate()
            .filter(|(_, points)| !points.0.is_empty());
        there
            .map(|(class, (x, y))| {
                Mark::Points(Points {
                    opacity,
                    ..Points::new(x, y, Ink::Series(class), RADIUS)
                })
            })
            .into_list()
    }

    fn groups(&self) -> Result<Groups<Vec<f64>>> {
        if !(0.0..=0.5).contains(&self.jitter) {
            return Err(Error::value(format!(
                "expected a jitter from 0 to 0.5, but found {:?}",
                self.jitter
            )));
        }
        let rows = self.dataset.sampled_rows(MAX_ROWS, 0)?;
        self.choices
            .groups(&self.dataset, &rows, &|values| Ok(values.to_vec()))
    }
}

impl Draw for StripPlot {
    fn figure(&self) -> Result<Figure> {
        let groups = self.groups()?;
        let mut random = Random::new(0);
        let marks = groups
            .facets
            .iter()
            .map(|facet| self.marks(&facet.groups, &mut random));
        let marks = marks.into_list();
        let all = groups.facets.iter().flat_map(|facet| &facet.groups);
        let empty = all.filter(|group| group.what.is_empty());
        let empty: Vec<String> = empty.map(|group| group.name.clone()).into_list();
        let drawn = Drawn {
            marks,
            swatch: Swatch::Marker(Marker::Disc, RADIUS),
            what: "Strip plot",
            notes: vec![notes::listed("no values", &empty)],
        };
        self.look.dress(self.choices.figure(groups, drawn))
    }
}

#[cfg(test)]
mod tests;
