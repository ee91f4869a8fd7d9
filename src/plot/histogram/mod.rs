//! A histogram for each feature.
//!
//! - `counted`: the values of a feature in bins, by class
//! - `passes`: the same of rows that do not fit into memory
//! - `stat`, `heights`: what heights say, and where the bars of classes stand
//! - `curve`: density curves over the bars
//! - `shapes`, `panel`: bars, outlines and curves as marks; a feature's panel
//! - this file: the choices, and the figure of all panels

mod counted;
mod curve;
mod heights;
mod panel;
mod passes;
mod shapes;
mod stat;

pub(super) use curve::reason;
pub(super) use panel::{bars, overlaid};
pub use stat::{HistType, Multiple, Stat};

use super::chosen::Chosen;
use super::figure::{Figure, Panel, Swatch};
use super::hue::{self, Classes, MAX_CLASSES};
use super::look::Look;
use super::number::count;
use super::{Draw, multiples, notes};
use crate::dataset::{AllRows, Columns, Dataset, Feature, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::stats::{self, Bins};
use counted::{Counted, Counting, Rows};
use panel::{Drawn, Style};

/// A histogram for each feature, one panel each: `plt.subplots(1, 5)` with
/// `axs[i].hist(x[:, i], bins=20)`, and much of seaborn's `histplot`.
///
/// Made by [`Dataset::hist`], and of batches and arrays; or of counts, by
/// [`Histogram::from_counts`]. Features are the numbers of every component of rank
/// 0 or 1, except the label; booleans count as 0 and 1. Counts equal
/// `numpy.histogram`'s. NaN and infinite values are left out, and the caption says
/// how many. A feature whose bins cannot be made says so in its panel; if none can
/// be drawn, that is an error.
///
/// Rows that take more than a gigabyte are read in blocks, of which 24 MB are held at
/// most: once to find where the bins are, if that is not told, and once to count.
/// Only what needs all values at once (a rule for the bins, [`hue`](Histogram::hue),
/// [`weights`](Histogram::weights), [`kde`](Histogram::kde), [`rug`](Histogram::rug),
/// [`log_x`](Histogram::log_x)) is then drawn of a sample, and the caption says so.
///
/// It differs from seaborn's `histplot` in its default of ten bins, which are
/// matplotlib's, and in that shares are of what lies in bins.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, Multiple};
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
///     .with_class_names(["setosa", "versicolor", "virginica"]);
/// assert!(iris.hist().bins(20).to_svg()?.contains("petal width"));
///
/// let by_class = iris.hist().features([2]).hue("labels").multiple(Multiple::Stack);
/// assert!(by_class.to_svg()?.contains("versicolor"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct Histogram(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    source: Source,
    chosen: Chosen,
    counting: Counting,
    weights: Option<Key>,
    hue: Option<Key>,
    class_names: Option<Vec<String>>,
    style: Style,
    labels: (Option<String>, Option<String>),
    columns: usize,
    pub(super) look: Look,
}

settings!(Histogram);

/// What there is to count.
#[derive(Clone, Debug)]
enum Source {
    Rows(Dataset),
    /// Counted already.
    Counts(Vec<Counted>),
}

impl Dataset {
    /// A histogram for each feature; see [`Histogram`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.hist().bins(2).to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn hist(&self) -> Histogram {
        Histogram::new(Source::Rows(self.clone()))
    }
}

impl Histogram {
    fn new(source: Source) -> Self {
        Histogram(Held::new(Settings {
            source,
            chosen: Chosen::default(),
            counting: Counting::default(),
            weights: None,
            hue: None,
            class_names: None,
            style: Style::default(),
            labels: (None, None),
            columns: multiples::COLUMNS,
            look: Look::default(),
        }))
    }

    /// A panel for each of some histograms that are counted already: by a database,
    /// or in parts of data that lie on many machines. [`names`](Histogram::names)
    /// are their titles. Mirrors `plt.stairs(counts, edges, fill=True)`.
    ///
    /// ```
    /// use ndsight::{Histogram, stats};
    ///
    /// let counted = stats::Histogram::from_counts(vec![3_u64, 9, 4], vec![0.0, 1.0, 2.0, 5.0])?;
    /// assert!(Histogram::from_counts([counted]).names(["age"]).to_svg()?.contains("age"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_counts<H: Into<stats::Histogram<f64>>>(
        histograms: impl IntoIterator<Item = H>,
    ) -> Histogram {
        let counted = histograms.into_iter().map(Into::into);
        Histogram::new(Source::Counts(counted.map(Counted::of_histogram).collect()))
    }

    /// How many bins, their edges, a rule or the rule's name, as in
    /// `numpy.histogram`. Default: 10. Booleans have two
    /// unless a number or edges are asked for.
    pub fn bins(&self, bins: impl Into<Bins>) -> Self {
        let mut plot = self.clone();
        plot.counting.bins = Some(bins.into());
        plot
    }

    /// The outer edges of the bins; values outside are left out, and the caption
    /// says how many. Default: the least and the greatest value of each feature.
    pub fn range(&self, first: f64, last: f64) -> Self {
        let mut plot = self.clone();
        plot.counting.range = Some((first, last));
        plot
    }

    /// A bin for each whole number, centred on it, instead of
    /// [`bins`](Histogram::bins): `discrete` of seaborn. Default: `false`.
    pub fn discrete(&self, discrete: bool) -> Self {
        let mut plot = self.clone();
        plot.counting.discrete = discrete;
        plot
    }

    /// What heights say. Default: [`Stat::Count`]. Mirrors `stat` of seaborn.
    pub fn stat(&self, stat: Stat) -> Self {
        let mut plot = self.clone();
        plot.style.measure.stat = stat;
        plot
    }

    /// Draws densities (area 1) instead of counts: another name for
    /// [`Stat::Density`]. Default: `false`.
    pub fn density(&self, density: bool) -> Self {
        self.stat(match density {
            true => Stat::Density,
            false => Stat::Count,
        })
    }

    /// Each bar holds also what lies in the bins before it. Default: `false`.
    pub fn cumulative(&self, cumulative: bool) -> Self {
        let mut plot = self.clone();
        plot.style.measure.cumulative = cumulative;
        plot.style.shape.cumulative = cumulative;
        plot
    }

    /// The component or feature that says how much each row counts. Rows whose
    /// weight is NaN or infinite are left out, and the caption says how many.
    /// Default: all the same, 1.
    pub fn weights(&self, key: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.weights = Some(key.into());
        plot
    }

    /// The component or feature that tells rows apart: bars in the colour of each
    /// class, over common bins, and a legend. Of more than ten classes the last are
    /// drawn as one. Default: all alike. Mirrors `hue` of seaborn.
    pub fn hue(&self, key: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.hue = Some(key.into());
        plot
    }

    /// What the integer labels 0, 1, … are called in the legend. Default: the
    /// data set's ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.class_names = Some(names.into_iter().map(Into::into).collect());
        plot
    }

    /// How the classes of [`hue`](Histogram::hue) share a panel. Default:
    /// [`Multiple::Layer`].
    pub fn multiple(&self, multiple: Multiple) -> Self {
        let mut plot = self.clone();
        plot.style.shape.multiple = multiple;
        plot
    }

    /// Whether shares and densities are of all classes of [`hue`](Histogram::hue)
    /// together, or of each. Default: `true`. Mirrors `common_norm` of seaborn.
    pub fn common_norm(&self, common: bool) -> Self {
        let mut plot = self.clone();
        plot.style.measure.common = common;
        plot
    }

    /// Bars, or their outline. Default: [`HistType::Bar`].
    pub fn histtype(&self, histtype: HistType) -> Self {
        let mut plot = self.clone();
        plot.style.shape.histtype = histtype;
        plot
    }

    /// A density curve over the bars, of the same area: a Gaussian kernel estimate
    /// with Scott's bandwidth from the least to the greatest value, as seaborn
    /// draws. Where there is none, the caption says why. Default: `false`.
    pub fn kde(&self, kde: bool) -> Self {
        let mut plot = self.clone();
        plot.style.shape.kde = kde;
        plot
    }

    /// A short line at the axis for each value. Default: `false`.
    pub fn rug(&self, rug: bool) -> Self {
        let mut plot = self.clone();
        plot.style.rug = rug;
        plot
    }

    /// The axis of the counts is logarithmic, as with `log=True` of matplotlib.
    /// Default: `false`.
    pub fn log(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.style.log = log;
        plot
    }

    /// The axis of the values is logarithmic, and bins are equally wide on it, as
    /// with `log_scale=True` of seaborn; densities are per decade. Values not above
    /// 0 are left out, and the caption says how many. Default: `false`.
    pub fn log_x(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.counting.log = log;
        plot.style.shape.log_x = log;
        plot
    }

    /// Only these features, by index or name. By name, labels that are numbers can be
    /// drawn too. Default: all features.
    pub fn features<K: Into<Key>>(&self, features: impl IntoIterator<Item = K>) -> Self {
        let mut plot = self.clone();
        plot.chosen.features(features);
        plot
    }

    /// The panels' titles, one for each feature shown. Default: the features'
    /// names, or `Feature 1`, `Feature 2`, ….
    pub fn names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.chosen.names(names);
        plot
    }

    /// What is written below every panel. Default: nothing.
    pub fn x_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.labels.0 = Some(label.into());
        plot
    }

    /// What is written left of the panels. Default: what heights say, unless they
    /// are counts.
    pub fn y_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.labels.1 = Some(label.into());
        plot
    }

    /// How many panels side by side before they wrap. Default: 5.
    pub fn columns(&self, columns: usize) -> Self {
        let mut plot = self.clone();
        plot.columns = columns;
        plot
    }
}

/// Every feature's counts or why there are none, and what they have in common.
struct Counts {
    features: Vec<(String, Result<Counted>)>,
    classes: Option<Classes>,
    /// What the rows weigh, in words.
    weights: Option<String>,
    notes: Vec<Option<String>>,
}

impl Histogram {
    fn counts(&self) -> Result<Counts> {
        match &self.source {
            Source::Rows(dataset) => self.counts_of(dataset),
            Source::Counts(counted) => self.counts_given(counted),
        }
    }

    fn counts_of(&self, dataset: &Dataset) -> Result<Counts> {
        self.counting.check()?;
        let features = self.chosen.of(dataset)?;
        let columns = match self.takes_passes() {
            true => dataset.all_rows_for_plot()?,
            false => AllRows::Held(dataset.plot_rows()?),
        };
        match columns {
            AllRows::Held(columns) => self.counts_of_rows(dataset, &features, &columns),
            AllRows::InPasses => self.counts_in_passes(dataset, &features),
        }
    }

    /// Whether each value counts by itself, and need not be held.
    fn takes_passes(&self) -> bool {
        let told_apart = self.hue.is_some() || self.weights.is_some();
        let kept = self.style.rug || self.style.shape.kde;
        !told_apart && !kept && self.counting.takes_passes()
    }

    fn counts_in_passes(&self, dataset: &Dataset, features: &[Feature]) -> Result<Counts> {
        let (shown, part) = multiples::shown(features);
        let counted = self.counting.count_passes(dataset, shown)?;
        let names = shown.iter().map(|feature| feature.name.clone());
        Ok(Counts {
            features: names.zip(counted).collect(),
            classes: None,
            weights: None,
            notes: vec![part],
        })
    }

    fn counts_of_rows(
        &self,
        dataset: &Dataset,
        features: &[Feature],
        columns: &Columns,
    ) -> Result<Counts> {
        let classes = self.classes(dataset, columns)?;
        let weights = self.weights.as_ref();
        let weights = weights.map(|key| weights_of(dataset, columns, key));
        let rows = Rows {
            classes: classes.as_ref(),
            weights: weights.transpose()?,
            kept: self.style.rug || self.style.shape.kde,
        };
        let (shown, part) = multiples::shown(features);
        let counted = self.counting.count_each(columns, shown, &rows);
        let names = shown.iter().map(|feature| feature.name.clone());
        let weighed = |key: &Key| hue::title(columns, key).unwrap_or_else(|| "weights".to_owned());
        Ok(Counts {
            features: names.zip(counted).collect(),
            weights: self.weights.as_ref().map(weighed),
            notes: vec![notes::extent(columns.len, &columns.extent, "rows"), part],
            classes,
        })
    }

    fn classes(&self, dataset: &Dataset, columns: &Columns) -> Result<Option<Classes>> {
        let Some(key) = &self.hue else {
            return Ok(None);
        };
        let classes = Classes::of(dataset, columns, key, self.class_names.as_deref())?;
        Ok(Some(classes.at_most(MAX_CLASSES)))
    }

    fn counts_given(&self, counted: &[Counted]) -> Result<Counts> {
        let unmet = [
            ("features", !self.chosen.is_all()),
            ("bins", self.counting.bins.is_some()),
            ("range", self.counting.range.is_some()),
            ("discrete", self.counting.discrete),
            ("log_x", self.counting.log),
            ("weights", self.weights.is_some()),
            ("hue", self.hue.is_some()),
            ("kde", self.style.shape.kde),
            ("rug", self.style.rug),
        ];
        if let Some((option, _)) = unmet.iter().find(|(_, asked)| *asked) {
            return Err(Error::value(format!(
                "expected rows of data to choose '{option}', but this histogram is made of counts"
            )));
        }
        let names = (1..=counted.len()).map(|i| format!("Feature {i}"));
        let names = self.chosen.renamed(names.collect())?;
        let (shown, part) = multiples::shown(counted);
        Ok(Counts {
            features: names
                .into_iter()
                .zip(shown.iter().cloned().map(Ok))
                .collect(),
            classes: None,
            weights: None,
            notes: vec![part],
        })
    }

    /// A panel for each feature, and the captions that they need.
    fn panels(&self, counts: &Counts) -> (Vec<Panel>, [Option<String>; 3]) {
        let (mut panels, mut left_out, mut missing, mut step) = (vec![], vec![], vec![], 1);
        for (name, counted) in &counts.features {
            let counted = match counted {
                Ok(counted) => counted,
                Err(err) => {
                    panels.push(Panel::message(err.to_string()).titled(name));
                    continue;
                }
            };
            let drawn = self.style.panel(name.clone(), counted);
            left_out.extend(counted.left_out.of(name));
            missing.extend(without_curve(name, &drawn, counts.classes.as_ref()));
            step = step.max(drawn.step);
            panels.push(drawn.panel);
        }
        let thinned =
            (step > 1).then(|| format!("each bar is the highest of up to {} bins", count(step)));
        let notes = [
            notes::left_out(&left_out),
            notes::listed("no density curve", &missing),
            thinned,
        ];
        (panels, notes)
    }

    fn label(&self, panels: &mut [Panel], weights: Option<&str>) {
        let measure = self.style.measure;
        let stat = measure.stat.label(measure.cumulative);
        let y = match (weights, stat) {
            _ if self.style.shape.multiple == Multiple::Fill && self.hue.is_some() => {
                Some("share of the bin".to_owned())
            }
            (Some(weights), None) => Some(format!("sum of {weights}")),
            (_, stat) => stat.map(str::to_owned),
        };
        let y = self.labels.1.clone().or(y);
        let columns = self.columns.max(1);
        for (i, panel) in panels.iter_mut().enumerate() {
            panel.x.label.clone_from(&self.labels.0);
            if i % columns == 0 {
                panel.y.label.clone_from(&y);
            }
        }
    }
}

/// "x (setosa, all values equal)" for each class that has no density curve.
fn without_curve(name: &str, drawn: &Drawn, classes: Option<&Classes>) -> Vec<String> {
    let one = |&(class, why): &(usize, &str)| match classes {
        Some(classes) => format!("{name} of {} ({why})", classes.names[class]),
        None => format!("{name} ({why})"),
    };
    drawn.missing.iter().map(one).collect()
}

fn weights_of(dataset: &Dataset, columns: &Columns, key: &Key) -> Result<Vec<f64>> {
    let weights = hue::values(dataset, columns, key)?;
    weights.to_f64().ok_or_else(|| {
        Error::dtype(format!(
            "expected numbers as weights, but '{key}' holds {}",
            weights.dtype()
        ))
    })
}

impl Draw for Histogram {
    fn figure(&self) -> Result<Figure> {
        multiples::check(self.columns)?;
        let counts = self.counts()?;
        if let Some(err) = all_failed(&counts.features) {
            return Err(err);
        }
        let (mut panels, notes) = self.panels(&counts);
        self.label(&mut panels, counts.weights.as_deref());
        let swatch = match self.style.shape.histtype {
            HistType::Step => Swatch::Line,
            _ => Swatch::Area,
        };
        let key = counts.classes.map(|classes| classes.legend(swatch));
        let figure = multiples::figure(panels, self.columns, key, "Histogram");
        let notes = counts.notes.into_iter().chain(notes);
        self.look.dress(figure.with_notes(notes))
    }
}

/// The first feature's error, if no feature could be counted.
fn all_failed(features: &[(String, Result<Counted>)]) -> Option<Error> {
    if features.iter().any(|(_, counted)| counted.is_ok()) {
        return None;
    }
    let (name, counted) = features.first()?;
    let err = counted.as_ref().err()?;
    Some(err.clone().context(format_args!("feature '{name}'")))
}

#[cfg(test)]
mod tests;
