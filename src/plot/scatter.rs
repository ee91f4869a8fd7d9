//! Two features against each other.

use super::colormap;
use super::figure::{
    Axis, Figure, Frame, Ink, Inks, Key as ColorKey, LegendEntry, Limits, Mark, Panel, finite_ends,
};
use super::images::{class_name, no_data};
use super::number::count;
use super::{Draw, notes};
use crate::dataset::{Columns, Dataset, Element, Key};
use crate::error::{Error, Result};
use crate::tensor::{DType, TensorView};

/// More points than this are sampled: the picture would not show more, and its
/// file would be too large for a notebook.
const MAX_POINTS: usize = 5_000;

/// Whole numbers of at most so many different values are classes; more are
/// amounts.
const MAX_CLASSES: usize = 10;

/// Two features against each other, a point for each row: `plt.scatter`.
///
/// Made by [`Dataset::scatter`] and [`Element::scatter`]. Rows in which either
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
    color_by: Option<Key>,
    class_names: Option<Vec<String>>,
    x_label: Option<String>,
    y_label: Option<String>,
    title: Option<String>,
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
            color_by: None,
            class_names: None,
            x_label: None,
            y_label: None,
            title: None,
        }
    }
}

impl Element {
    /// A scatter plot of two features of a batch; see [`Dataset::scatter`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices((vec![1.0, 2.0], vec![3.0, 4.0]))?;
    /// assert!(ds.batch(2)?.at(0)?.scatter(0, 1).to_png().is_ok());
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn scatter(&self, x: impl Into<Key>, y: impl Into<Key>) -> Scatter {
        self.to_dataset().scatter(x, y)
    }
}

impl Scatter {
    /// The component or feature that colours the points, by name (components
    /// first) or by the component's index. Strings, booleans and whole numbers of
    /// at most ten different values are classes, with a legend; other numbers
    /// are amounts, with a colour bar. Default: one colour.
    pub fn color_by(mut self, key: impl Into<Key>) -> Self {
        self.color_by = Some(key.into());
        self
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

    /// A line above the plot. Default: none.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// What gives the colour: a component of one value a row, or a feature.
    fn color_values<'a>(&self, key: &Key, rows: &'a Columns) -> Result<TensorView<'a>> {
        let names = rows.spec.names();
        let component = match (key.find(&names, "component"), key) {
            (Ok(index), _) => index,
            (Err(_), Key::Name(_)) if self.dataset.feature(key).is_ok() => {
                return self
                    .dataset
                    .feature(key)
                    .map(|feature| rows.feature(&feature));
            }
            (Err(err), _) => return Err(err),
        };
        match rows.components[component].ndim() {
            1 => Ok(rows.components[component].view()),
            _ => Err(Error::shape(format!(
                "expected one value a row to colour by, but component '{}' has {}",
                names[component],
                rows.spec.components()[component]
            ))),
        }
    }

    fn panel(&self, points: Points, x: String, y: String) -> Panel {
        let mut panel = match points.x.is_empty() {
            true => no_data(),
            false => Panel {
                title: None,
                frame: Frame::Axes,
                x: Axis::new(extent(&points.x).padded(MARGIN)),
                y: Axis::new(extent(&points.y).padded(MARGIN)),
                equal_aspect: false,
                marks: vec![Mark::Points {
                    x: points.x,
                    y: points.y,
                    inks: points.inks,
                    radius: 3.0,
                    opacity: points.opacity,
                }],
                message: None,
                key: points.key,
            },
        };
        panel.title = self.title.clone();
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
    inks: Inks,
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
        let colors = match &self.color_by {
            None => None,
            Some(key) => Some((self.color_values(key, &rows)?, color_title(key, &rows))),
        };
        let classes = self
            .class_names
            .as_deref()
            .or(rows.names.classes.as_deref());
        let points = points(&rows.feature(&x), &rows.feature(&y), colors, classes)?;
        let notes = [sampled, points.note.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        let description = format!(
            "Scatter plot of {} points: {} against {}",
            count(points.x.len()),
            self.y_label.as_ref().unwrap_or(&y.name),
            self.x_label.as_ref().unwrap_or(&x.name)
        );
        Ok(Figure {
            width: 560,
            height: 420 + 18 * notes.len() as u32,
            title: None,
            columns: 1,
            panels: vec![self.panel(points, x.name, y.name)],
            notes,
            description,
        })
    }
}

fn color_title(key: &Key, rows: &Columns) -> Option<String> {
    match key {
        Key::Name(name) => Some(name.clone()),
        Key::Index(index) => rows
            .spec
            .names()
            .get(*index)
            .filter(|name| name.parse::<usize>().is_err())
            .cloned(),
    }
}

fn points(
    x: &TensorView<'_>,
    y: &TensorView<'_>,
    colors: Option<(TensorView<'_>, Option<String>)>,
    classes: Option<&[String]>,
) -> Result<Points> {
    let numbers = |view: &TensorView<'_>| {
        view.to_f64()
            .ok_or_else(|| Error::dtype(format!("expected numbers, but found {}", view.dtype())))
    };
    let (x, y) = (numbers(x)?, numbers(y)?);
    let amounts = colors.as_ref().and_then(|(view, _)| view.to_f64());
    let drawn: Vec<usize> = (0..x.len())
        .filter(|&i| {
            x[i].is_finite()
                && y[i].is_finite()
                && amounts.as_ref().is_none_or(|a| a[i].is_finite())
        })
        .collect();
    let lost = x.len() - drawn.len();
    let (inks, key) = match colors {
        None => (Inks::One(Ink::Series(0)), None),
        Some((view, title)) => inks(&view, title, &drawn, classes),
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

/// A colour for each drawn row, and what the colours mean.
fn inks(
    values: &TensorView<'_>,
    title: Option<String>,
    drawn: &[usize],
    classes: Option<&[String]>,
) -> (Inks, Option<ColorKey>) {
    let texts = values.texts();
    let mut names: Vec<&String> = drawn.iter().map(|&i| &texts[i]).collect();
    names.sort_by(|a, b| in_reading_order(a, b));
    names.dedup();
    let countable = !values.dtype().is_float();
    match values.to_f64() {
        Some(amounts)
            if !countable || (names.len() > MAX_CLASSES && values.dtype() != DType::Bool) =>
        {
            by_amount(&amounts, title, drawn)
        }
        _ => by_class(&texts, &names, title, drawn, classes),
    }
}

/// Whole numbers by size, anything else by letters.
fn in_reading_order(a: &str, b: &str) -> std::cmp::Ordering {
    match (a.parse::<i128>(), b.parse::<i128>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

fn by_amount(amounts: &[f64], title: Option<String>, drawn: &[usize]) -> (Inks, Option<ColorKey>) {
    let shown: Vec<f64> = drawn.iter().map(|&i| amounts[i]).collect();
    let limits = extent(&shown);
    let inks = shown
        .iter()
        .map(|&v| Ink::Rgb(colormap::color(v, limits)))
        .collect();
    (
        Inks::Each(inks),
        Some(ColorKey::ColorBar {
            title,
            limits,
            colors: colormap::strip(64),
        }),
    )
}

/// Classes beyond the colours that can be told apart share the last, named
/// "other".
fn by_class(
    texts: &[String],
    names: &[&String],
    title: Option<String>,
    drawn: &[usize],
    classes: Option<&[String]>,
) -> (Inks, Option<ColorKey>) {
    let own = if names.len() > MAX_CLASSES {
        MAX_CLASSES - 1
    } else {
        names.len()
    };
    let index = |text: &String| {
        names
            .binary_search_by(|name| in_reading_order(name, text))
            .unwrap_or(0)
            .min(own)
    };
    let inks = drawn
        .iter()
        .map(|&i| Ink::Series(index(&texts[i])))
        .collect();
    let mut entries: Vec<LegendEntry> = names[..own]
        .iter()
        .enumerate()
        .map(|(i, name)| LegendEntry {
            label: class_name(name, classes),
            ink: Ink::Series(i),
        })
        .collect();
    if own < names.len() {
        entries.push(LegendEntry {
            label: format!("{} other classes", count(names.len() - own)),
            ink: Ink::Series(own),
        });
    }
    (Inks::Each(inks), Some(ColorKey::Legend { title, entries }))
}
