//! Two features against each other.

use super::figure::{
    Axis, Figure, Ink, Key as ColorKey, Limits, Mark, Marker, Panel, Per, Points as Dots, Swatch,
    finite_ends,
};
use super::hue::{Hue, MAX_CLASSES};
use super::look::Look;
use super::number::count;
use super::{Draw, notes};
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use crate::tensor::TensorView;

/// More points than this are sampled: the picture would not show more, and its
/// file would be too large for a notebook.
const MAX_POINTS: usize = 5_000;

/// Of the points, in logical pixels.
const RADIUS: f64 = 3.0;
const DISC: Swatch = Swatch::Marker(Marker::Disc, RADIUS);

/// Two features against each other, a point for each row: `plt.scatter`.
///
/// Made by [`Dataset::scatter`], and of batches and arrays. Rows in which either
/// number (or the number that gives the colour) is NaN or infinite are left out,
/// and the caption says how many. Of more than 5,000 rows a random sample of that
/// size is drawn (seed 0), and the caption says so.
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
/// let plot = iris.scatter("sepal length", "petal length").color_by("labels").title("Iris");
/// assert!(plot.to_svg()?.contains("versicolor"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Scatter {
    dataset: Dataset,
    x: Key,
    y: Key,
    hue: Option<Key>,
    class_names: Option<Vec<String>>,
    x_label: Option<String>,
    y_label: Option<String>,
    pub(super) look: Look,
}

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
        Scatter {
            dataset: self.clone(),
            x: x.into(),
            y: y.into(),
            hue: None,
            class_names: None,
            x_label: None,
            y_label: None,
            look: Look::default(),
        }
    }
}

impl Scatter {
    /// The component or feature that colours the points, by name (components
    /// first) or by the component's index. Strings, booleans and whole numbers of
    /// at most ten different values are classes, with a legend; other numbers
    /// are amounts, with a colour bar. Default: one colour. Mirrors `hue` of
    /// seaborn.
    pub fn hue(mut self, key: impl Into<Key>) -> Self {
        self.hue = Some(key.into());
        self
    }

    /// Another name of [`hue`](Scatter::hue), for `c=` of matplotlib.
    pub fn color_by(self, key: impl Into<Key>) -> Self {
        self.hue(key)
    }

    /// What the integer labels 0, 1, … are called in the legend. Default: the
    /// data set's ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.class_names = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// What is written at the x axis. Default: the feature's name.
    pub fn x_label(mut self, label: impl Into<String>) -> Self {
        self.x_label = Some(label.into());
        self
    }

    /// What is written at the y axis. Default: the feature's name.
    pub fn y_label(mut self, label: impl Into<String>) -> Self {
        self.y_label = Some(label.into());
        self
    }

    fn panel(&self, points: Points, x: String, y: String) -> Panel {
        let mut panel = match points.x.is_empty() {
            true => Panel::message("no data"),
            false => {
                let axis = |values: &[f64]| Axis::new(extent(values).padded(MARGIN));
                let (x, y) = (axis(&points.x), axis(&points.y));
                let dots = Dots {
                    inks: points.inks,
                    opacity: points.opacity,
                    ..Dots::new(points.x, points.y, Ink::Text, RADIUS)
                };
                Panel {
                    keys: points.key.into_iter().collect(),
                    ..Panel::new(x, y, vec![Mark::Points(dots)])
                }
            }
        };
        panel.x.label = Some(self.x_label.clone().unwrap_or(x));
        panel.y.label = Some(self.y_label.clone().unwrap_or(y));
        panel
    }
}

/// From the least to the greatest value; from 0 to 1 where there are none.
fn extent(values: &[f64]) -> Limits {
    let (low, high) = finite_ends(values.iter().copied()).unwrap_or((0.0, 1.0));
    Limits::from_min_max(low, high)
}

/// The margin around the points, as matplotlib's.
const MARGIN: f64 = 0.05;

/// The rows that can be drawn.
struct Points {
    x: Vec<f64>,
    y: Vec<f64>,
    inks: Per<Ink>,
    key: Option<ColorKey>,
    opacity: f64,
    note: Option<String>,
}

impl Draw for Scatter {
    fn figure(&self) -> Result<Figure> {
        let (x, y) = (
            self.dataset.feature(&self.x)?,
            self.dataset.feature(&self.y)?,
        );
        let rows = self.dataset.sampled_rows(MAX_POINTS, 0)?;
        let sampled = notes::extent(rows.len, &rows.extent, "points");
        let hue = self.hue.as_ref();
        let hue = hue.map(|key| Hue::of(&self.dataset, &rows, key, self.class_names.as_deref()));
        let points = points(&rows.feature(&x), &rows.feature(&y), hue.transpose()?)?;
        let notes = [sampled, points.note.clone()];
        let description = format!(
            "Scatter plot of {} points: {} against {}",
            count(points.x.len()),
            self.y_label.as_ref().unwrap_or(&y.name),
            self.x_label.as_ref().unwrap_or(&x.name)
        );
        let panels = vec![self.panel(points, x.name, y.name)];
        let figure = Figure::of_panels((560, 420), 1, panels, description);
        self.look.dress(figure.with_notes(notes))
    }
}

fn points(x: &TensorView<'_>, y: &TensorView<'_>, hue: Option<Hue>) -> Result<Points> {
    let numbers = |view: &TensorView<'_>| {
        view.to_f64()
            .ok_or_else(|| Error::dtype(format!("expected numbers, but found {}", view.dtype())))
    };
    let (x, y) = (numbers(x)?, numbers(y)?);
    let amounts = match &hue {
        Some(Hue::Amounts(amounts)) => Some(&amounts.values),
        _ => None,
    };
    let known = |i: usize| amounts.is_none_or(|values| values[i].is_finite());
    let drawn: Vec<usize> = (0..x.len())
        .filter(|&i| x[i].is_finite() && y[i].is_finite() && known(i))
        .collect();
    let lost = x.len() - drawn.len();
    let (inks, key) = match hue {
        None => (Per::All(Ink::Series(0)), None),
        Some(Hue::Amounts(amounts)) => (amounts.inks(), Some(amounts.color_bar())),
        Some(Hue::Classes(classes)) => {
            let classes = classes.at_most(MAX_CLASSES);
            let inks = classes.of.iter().map(|&class| Ink::Series(class));
            (Per::Each(inks.collect()), Some(classes.legend(DISC)))
        }
    };
    let inks = match inks {
        Per::All(ink) => Per::All(ink),
        Per::Each(inks) => Per::Each(drawn.iter().map(|&i| inks[i]).collect()),
    };
    let pick = |values: &[f64]| drawn.iter().map(|&i| values[i]).collect::<Vec<f64>>();
    // Crowded points show through one another.
    let opacity = if drawn.len() > 1_000 { 0.5 } else { 0.85 };
    let note = (lost > 0).then(|| match lost {
        1 => "left out: 1 row with a NaN or infinite value".to_owned(),
        n => format!("left out: {} rows with NaN or infinite values", count(n)),
    });
    Ok(Points {
        x: pick(&x),
        y: pick(&y),
        inks,
        key,
        opacity,
        note,
    })
}
