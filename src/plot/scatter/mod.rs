//! Two features against each other; `tests` holds what the figures must be.

use super::Draw;
use super::figure::Figure;
use super::look::Look;
use super::points::{
    Chart, Choices, Coordinate, Density, Drawn, Source, chosen_points, colored, draw,
};
use crate::dataset::{Dataset, Key};
use crate::error::Result;
use crate::held::Held;

/// Two features against each other, a point for each row: `plt.scatter`,
/// `seaborn.scatterplot`, `jointplot` and `regplot`.
///
/// Made by [`Dataset::scatter`], and of batches and arrays. Rows in which a number
/// that is drawn (or one that gives colour or size) is NaN or infinite are left
/// out, and the caption says how many.
///
/// **Many points.** Points let through what is behind them, the more the more
/// crowded they are: so many as lie over one another, on the average, let 5 % of
/// the light through, within opacities of 0.15 to 0.85 ([`alpha`](Scatter::alpha)
/// chooses another). More than 10,000 points are counted in a fine grid instead,
/// each cell coloured by its count: see [`Density`]. Nothing is sampled: rows that
/// take more than a gigabyte are read in blocks, twice, of which 24 MB are held at
/// most. Only what tells points apart (a [`hue`](Scatter::hue), margins, a trend,
/// logarithmic axes) is then drawn of a sample, and the caption says so.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
///     .with_class_names(["setosa", "versicolor", "virginica"]);
///
/// let plot = iris.scatter("sepal length", "petal length").hue("labels").title("Iris");
/// assert!(plot.to_svg()?.contains("versicolor"));
///
/// let joint = plot.style("labels").trend(true).marginal(true);
/// assert!(joint.to_svg()?.contains("virginica (r = 0.86)"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Scatter(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    x: Key,
    y: Key,
    points: Choices,
    pub(super) look: Look,
}

settings!(Scatter);

impl Dataset {
    /// A scatter plot of two features, each by index from 0 or by name. By name,
    /// labels that are numbers can be drawn too.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.scatter(0, 1).to_svg()?.contains("Feature 2"));
    /// assert_eq!(
    ///     ds.scatter(0, "age").to_svg().unwrap_err().to_string(),
    ///     "there is no feature named 'age'; the features are 'Feature 1', 'Feature 2'",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn scatter(&self, x: impl Into<Key>, y: impl Into<Key>) -> Scatter {
        Scatter::of(self, x.into(), y.into())
    }
}

colored!(Scatter);
chosen_points!(Scatter);

impl Scatter {
    fn of(dataset: &Dataset, x: Key, y: Key) -> Self {
        Scatter(Held::new(Settings {
            dataset: dataset.clone(),
            x,
            y,
            points: Choices::default(),
            look: Look::default(),
        }))
    }

    /// Another name of [`hue`](Scatter::hue), for `c=` of matplotlib.
    pub fn color_by(&self, key: impl Into<Key>) -> Self {
        self.hue(key)
    }

    /// The straight line with the least squares, and the band in which the mean
    /// of y lies with a confidence of 95 %: `seaborn.regplot`, or with classes
    /// `lmplot`, a line for each. The caption says the equation and Pearson's r,
    /// with classes the legend says r. Along a logarithmic axis the line is that
    /// of the logarithms. Default: `false`.
    ///
    /// seaborn finds its band by resampling; this one is by Student's t, and the
    /// same each time.
    pub fn trend(&self, trend: bool) -> Self {
        let mut plot = self.clone();
        plot.points.trend = trend;
        plot
    }

    /// Whether the x axis is logarithmic: `plt.xscale("log")`. Rows with values of
    /// 0 or below are left out, and the caption says how many. Default: `false`.
    pub fn log_x(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.points.x.log = log;
        plot
    }

    /// Whether the y axis is logarithmic; see [`log_x`](Scatter::log_x).
    pub fn log_y(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.points.y.log = log;
        plot
    }

    /// Moves each point by up to half this share of the step between neighbouring
    /// numbers, along axes whose numbers lie on few even steps (whole numbers, say),
    /// so that points in the same place can be told apart; the caption says how far.
    /// From 0 to 1. Default: 0. Mirrors `x_jitter` and `y_jitter` of
    /// `seaborn.regplot`, in steps rather than in units, and the same each time.
    pub fn jitter(&self, share: f64) -> Self {
        let mut plot = self.clone();
        plot.points.jitter = share;
        plot
    }
}

impl Draw for Scatter {
    fn figure(&self) -> Result<Figure> {
        self.points.check()?;
        let (x, y) = (
            self.dataset.feature(&self.x)?,
            self.dataset.feature(&self.y)?,
        );
        let rows = match draw(&self.dataset, (&x, &y), &self.points, &self.look)? {
            Drawn::Density(figure) => return Ok(*figure),
            Drawn::Rows(rows) => rows,
        };
        let source = Source {
            dataset: &self.dataset,
            x: Coordinate::of(&rows, &x)?,
            y: Coordinate::of(&rows, &y)?,
            rows: &rows,
            what: "Scatter plot",
            notes: Vec::new(),
        };
        let chart = Chart {
            source,
            choices: &self.points,
            look: &self.look,
        };
        chart.figure()
    }
}

#[cfg(test)]
mod tests;
