//! What can be chosen about points, and the methods to choose it.

use crate::dataset::Key;
use crate::error::{Error, Result};
use crate::plot::figure::Scale;

/// When a plot of points is a picture of their density instead: each cell of a
/// fine grid (about two pixels wide) is coloured by how many points lie in it.
///
/// Colours follow the logarithm of the count, so that single points show beside
/// the densest places. Every row is counted, so that the picture is exact however
/// many there are. With `hue`, a cell mixes the colours of its classes by their
/// shares, or shows the mean of its amounts.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Density};
///
/// let ds = Dataset::from_npy("notebooks/data/iris.npy")?;
/// let picture = ds.scatter(0, 1).density(Density::Always);
/// assert!(picture.to_svg()?.contains("density of 150 points"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Where there are more than 10,000 points, unless something is asked for that
    /// needs points: sizes, markers or thumbnails.
    #[default]
    Auto,
    /// However few points there are.
    Always,
    /// Points always; a random sample of 100,000 of more rows.
    Never,
}

/// More points than this are a density by default: they would cover one another,
/// and a sample of them would hide what is rare.
pub(super) const MANY: usize = 10_000;

/// More points than this are never drawn one by one.
pub(super) const MAX_POINTS: usize = 100_000;

/// The choices about points, as they were asked for.
#[derive(Clone, Debug, Default)]
pub(in crate::plot) struct Choices {
    pub(in crate::plot) hue: Option<Key>,
    pub(in crate::plot) size: Option<Key>,
    pub(in crate::plot) style: Option<Key>,
    pub(in crate::plot) class_names: Option<Vec<String>>,
    pub(in crate::plot) alpha: Option<f64>,
    pub(in crate::plot) density: Density,
    pub(in crate::plot) thumbnails: bool,
    pub(in crate::plot) marginal: bool,
    pub(in crate::plot) trend: bool,
    pub(in crate::plot) equal: bool,
    pub(in crate::plot) jitter: f64,
    pub(in crate::plot) x: AxisChoices,
    pub(in crate::plot) y: AxisChoices,
}

/// What is chosen about one axis.
#[derive(Clone, Debug, Default)]
pub(in crate::plot) struct AxisChoices {
    pub(in crate::plot) label: Option<String>,
    pub(in crate::plot) range: Option<(f64, f64)>,
    pub(in crate::plot) log: bool,
}

impl AxisChoices {
    pub(super) fn scale(&self) -> Scale {
        match self.log {
            true => Scale::Log,
            false => Scale::Linear,
        }
    }
}

impl Choices {
    /// Whether it makes sense to be asked for all this at once.
    pub(in crate::plot) fn check(&self) -> Result<()> {
        if let Some(alpha) = self.alpha.filter(|alpha| !(0.0..=1.0).contains(alpha)) {
            return Err(Error::value(format!(
                "expected an alpha from 0 (transparent) to 1 (opaque), but found {alpha:?}"
            )));
        }
        if !(0.0..=1.0).contains(&self.jitter) {
            return Err(Error::value(format!(
                "expected a jitter from 0 to 1 (the step between neighbouring values), but found {:?}",
                self.jitter
            )));
        }
        if self.density == Density::Always && self.needs_points() {
            return Err(Error::value(
                "expected points for size, style or thumbnails, but density(Density::Always) draws none; leave out one or the other",
            ));
        }
        if self.equal && self.marginal {
            return Err(Error::value(
                "expected equal(true) or marginal(true), but found both: margins are as long as their axes, and equal units make those shorter",
            ));
        }
        check_range("x", &self.x)?;
        check_range("y", &self.y)
    }

    /// Whether something is asked for that a density does not show.
    pub(super) fn needs_points(&self) -> bool {
        self.size.is_some() || self.style.is_some() || self.thumbnails
    }

    /// Whether so many points, of all that there are, are a density.
    pub(in crate::plot) fn is_dense(&self, points: usize) -> bool {
        match self.density {
            Density::Auto => points > MANY && !self.needs_points(),
            Density::Always => true,
            Density::Never => false,
        }
    }
}

fn check_range(axis: &str, choices: &AxisChoices) -> Result<()> {
    let Some((low, high)) = choices.range else {
        return Ok(());
    };
    if !(low.is_finite() && high.is_finite() && low < high) {
        return Err(Error::value(format!(
            "expected a {axis}_range of two finite numbers, the lower first, but found {low:?} and {high:?}"
        )));
    }
    if choices.log && low <= 0.0 {
        return Err(Error::value(format!(
            "expected a {axis}_range above 0, as log_{axis}(true) has no place for others, but found {low:?} to {high:?}"
        )));
    }
    Ok(())
}

/// The methods by which plots with a field `points: Choices` are asked for what
/// concerns points.
macro_rules! chosen_points {
    ($($type:ident),* $(,)?) => {$(
        impl $type {
            /// The component or feature whose number gives each point its size, from
            /// the least (a radius of 2 pixels) to the greatest (7 pixels); areas
            /// grow evenly with the number, and a legend shows some of them. Large
            /// points are drawn first, so that small ones are seen. Default: one
            /// size. Mirrors `size` of seaborn.
            pub fn size(&self, key: impl Into<Key>) -> Self {
                let mut plot = self.clone();
                plot.points.size = Some(key.into());
                plot
            }

            /// The component or feature whose classes give each point its marker:
            /// disc, square, triangle, diamond, plus, cross. With the same key as
            /// [`hue`](Self::hue), one legend explains both. Classes from the sixth
            /// on share a marker. Default: discs. Mirrors `style` of seaborn.
            pub fn style(&self, key: impl Into<Key>) -> Self {
                let mut plot = self.clone();
                plot.points.style = Some(key.into());
                plot
            }

            /// Small pictures instead of points, for data with images: up to 200
            /// which do not cover one another, with a frame in the colour of their
            /// class; the caption says how many. The other rows are small points.
            /// Default: `false`.
            pub fn thumbnails(&self, thumbnails: bool) -> Self {
                let mut plot = self.clone();
                plot.points.thumbnails = thumbnails;
                plot
            }

            /// A histogram of x above the points and one of y beside them, as
            /// `seaborn.jointplot`; with classes, a density curve for each. Default:
            /// `false`.
            pub fn marginal(&self, marginal: bool) -> Self {
                let mut plot = self.clone();
                plot.points.marginal = marginal;
                plot
            }

            /// Whether one unit along x is as long as one along y:
            /// `plt.axis("equal")`. Default: `false`.
            pub fn equal(&self, equal: bool) -> Self {
                let mut plot = self.clone();
                plot.points.equal = equal;
                plot
            }

            /// The ends of the x axis, as `plt.xlim`. Points outside are not drawn,
            /// and the caption says how many. Default: what the points need.
            pub fn x_range(&self, low: f64, high: f64) -> Self {
                let mut plot = self.clone();
                plot.points.x.range = Some((low, high));
                plot
            }

            /// The ends of the y axis, as `plt.ylim`; see
            /// [`x_range`](Self::x_range).
            pub fn y_range(&self, low: f64, high: f64) -> Self {
                let mut plot = self.clone();
                plot.points.y.range = Some((low, high));
                plot
            }

            /// What is written at the x axis. Default: the name of what it shows.
            pub fn x_label(&self, label: impl Into<String>) -> Self {
                let mut plot = self.clone();
                plot.points.x.label = Some(label.into());
                plot
            }

            /// What is written at the y axis. Default: the name of what it shows.
            pub fn y_label(&self, label: impl Into<String>) -> Self {
                let mut plot = self.clone();
                plot.points.y.label = Some(label.into());
                plot
            }
        }
    )*};
}
pub(in crate::plot) use chosen_points;

/// The methods by which plots with a field `points: Choices` are asked for colours
/// and densities.
macro_rules! colored {
    ($($type:ident),* $(,)?) => {$(
        impl $type {
            /// The component or feature that colours the points, by name (components
            /// first) or by the component's index. Strings, booleans and whole
            /// numbers of at most ten different values are classes, with a legend;
            /// other numbers are amounts, with a colour bar: in viridis without its
            /// ends, which are lost on a dark or on a light page. Mirrors `hue` of
            /// seaborn.
            pub fn hue(&self, key: impl Into<Key>) -> Self {
                let mut plot = self.clone();
                plot.points.hue = Some(key.into());
                plot
            }

            /// What the integer labels 0, 1, … are called in the legend. Default: the
            /// data set's ([`Dataset::with_class_names`]), or their numbers.
            pub fn class_names<S: Into<String>>(
                &self,
                names: impl IntoIterator<Item = S>,
            ) -> Self {
                let mut plot = self.clone();
                plot.points.class_names = Some(names.into_iter().map(Into::into).collect());
                plot
            }

            /// How opaque the points are, from 0 to 1: `alpha` of matplotlib.
            /// Default: by how crowded they are, from 0.15 to 0.85.
            pub fn alpha(&self, alpha: f64) -> Self {
                let mut plot = self.clone();
                plot.points.alpha = Some(alpha);
                plot
            }

            /// When the picture is one of densities rather than of points. Default:
            /// [`Density::Auto`].
            pub fn density(&self, density: Density) -> Self {
                let mut plot = self.clone();
                plot.points.density = density;
                plot
            }
        }
    )*};
}
pub(in crate::plot) use colored;
