//! All features at a glance: rows along their principal components.
//!
//! - `table`: the numbers of all rows, in pieces
//! - `axes`: the components, and where the rows lie along them
//! - this file: the plot

mod axes;
mod table;

use super::Draw;
use super::chosen::Chosen;
use super::figure::Figure;
use super::look::Look;
use super::points::{Chart, Choices, Density, Source, chosen_points, colored, read};
use crate::dataset::{Dataset, Feature, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use axes::{Found, Wanted};
use table::Table;

/// Rows along the two directions in which they vary most:
/// `sklearn.decomposition.PCA(2).fit_transform(x)` and `plt.scatter` of its columns.
///
/// Made by [`Dataset::pca`]. Takes all features, or the pixels of the images where
/// there are no features. Points are coloured by the label if there is one
/// ([`hue`](Projection::hue) chooses another); the axes say how much of the variance
/// they show. Features are standardized, as their units differ; pixels are not, and
/// nothing is in scikit-learn: see [`standardize`](Projection::standardize). Rows
/// with a NaN or infinite value are left out, and the caption says how many. Of
/// tables of more than sixteen million numbers, the components are those of a random
/// sample of rows, and the caption says so; all rows are drawn.
///
/// What concerns points is as for [`Scatter`](crate::Scatter): crowded points let
/// through what is behind them, more than 10,000 are a density.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let wine = Dataset::from_npz("notebooks/data/wine.npz")?;
/// assert!(wine.pca().to_svg()?.contains("PC 1 (36.2 % of variance)"));
///
/// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
/// assert!(digits.pca().thumbnails(true).to_svg()?.contains("PC 2 (13.6 % of variance)"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Projection(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    chosen: Chosen,
    standardize: Option<bool>,
    components: (usize, usize),
    points: Choices,
    pub(super) look: Look,
}

settings!(Projection);

impl Dataset {
    /// The rows along their first two principal components; see [`Projection`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let iris = Dataset::from_npy("notebooks/data/iris.npy")?;
    /// assert!(iris.pca().to_svg()?.contains("PC 1 (73.0 % of variance)"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn pca(&self) -> Projection {
        Projection(Held::new(Settings {
            dataset: self.clone(),
            chosen: Chosen::default(),
            standardize: None,
            components: (1, 2),
            points: Choices::default(),
            look: Look::default(),
        }))
    }
}

colored!(Projection);
chosen_points!(Projection);

impl Projection {
    /// Only these features, by index or name. Default: all features, or all pixels
    /// where there are none.
    pub fn features<K: Into<Key>>(&self, features: impl IntoIterator<Item = K>) -> Self {
        let mut plot = self.clone();
        plot.chosen.features(features);
        plot
    }

    /// Whether each number is first taken less its feature's mean and divided by its
    /// standard deviation, so that all features weigh alike: `StandardScaler`.
    /// Default: `true` for features, `false` for pixels.
    pub fn standardize(&self, standardize: bool) -> Self {
        let mut plot = self.clone();
        plot.standardize = Some(standardize);
        plot
    }

    /// Which components lie along x and along y, counted from 1 as the axes name
    /// them. Default: 1 and 2.
    pub fn components(&self, x: usize, y: usize) -> Self {
        let mut plot = self.clone();
        plot.components = (x, y);
        plot
    }

    fn check_components(&self) -> Result<()> {
        match self.components {
            (x, y) if x == 0 || y == 0 => Err(Error::value(format!(
                "expected two components, counted from 1, but found {x} and {y}"
            ))),
            _ => Ok(()),
        }
    }

    /// The features to project; none where it is the pixels.
    fn features_or_none(&self) -> Result<Vec<Feature>> {
        let pixels = self.chosen.is_all() && self.dataset.features().is_empty();
        match pixels && self.dataset.row_spec().image().is_some() {
            true => Ok(Vec::new()),
            false => self.chosen.of(&self.dataset),
        }
    }
}

impl Draw for Projection {
    fn figure(&self) -> Result<Figure> {
        self.points.check()?;
        self.check_components()?;
        let features = self.features_or_none()?;
        let image = self.dataset.row_spec().image();
        let rows = read(&self.dataset, &self.points)?;
        let table = Table::of(&rows, &features, image)?;
        let wanted = Wanted {
            components: self.components,
            standardize: self.standardize.unwrap_or(!table.is_pixels()),
        };
        let found = Found::of(&table, wanted)?;
        let mut points = self.points.clone();
        points.hue = points.hue.or(rows.spec.label().map(Key::Index));
        let chart = Chart {
            source: Source {
                dataset: &self.dataset,
                rows: &rows,
                x: found.x,
                y: found.y,
                what: "Principal components",
                notes: found.notes,
            },
            choices: &points,
            look: &self.look,
        };
        chart.figure()
    }
}

#[cfg(test)]
mod tests;
