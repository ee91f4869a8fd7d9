//! Box plots.
//!
//! - this file: the choices
//! - `shapes`: boxes, whiskers and fliers as marks

mod shapes;

use std::ops::Range;

use super::category::{Choices, Facet, Group, Groups, Slot, Whole};
use super::figure::Figure;
use super::look::Look;
use super::{Draw, multiples, notes};
use crate::dataset::{AllRows, Dataset};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::stats::{BoxColumn, BoxStats, BoxplotOptions, Whiskers};
use crate::tensor::TensorView;
use shapes::{Boxed, Shape};

/// A box for each feature, or for each class of one: `plt.boxplot`, seaborn's
/// `boxplot`, and `boxplot(by=…)` of pandas.
///
/// Made by [`Dataset::boxplot`], or of statistics by [`BoxPlot::from_stats`]. The
/// statistics are those of [`boxplot_stats`](crate::stats::boxplot_stats), which
/// equal matplotlib's: a box from the lower to the upper quartile with a line at the
/// median, whiskers to the furthest values within 1.5 interquartile ranges of it,
/// and a point for each value beyond. Points of equal values are drawn as one.
///
/// Rows that take more than a gigabyte are read in blocks, three or four times, and
/// 100 MB of them are held at most: fliers that cannot be told apart are then kept once,
/// and the caption says how many there are. Only boxes by class, or along a logarithmic
/// axis, are of a sample, and the caption says so.
///
/// It differs from matplotlib in that NaN and infinite values are left out, and the
/// caption says how many, where matplotlib draws no box.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
///     .with_class_names(["setosa", "versicolor", "virginica"]);
/// assert!(iris.boxplot().to_svg()?.contains("petal width"));
///
/// let by_class = iris.boxplot().features(["petal length"]).by("labels").notch(true);
/// assert!(by_class.to_svg()?.contains("virginica"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct BoxPlot(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    source: Source,
    pub(super) choices: Choices,
    whiskers: Whiskers,
    shape: Shape,
    pub(super) look: Look,
}

settings!(BoxPlot);

/// What the boxes are of.
#[derive(Clone, Debug)]
enum Source {
    Rows(Dataset),
    /// Named statistics, found already.
    Stats(Vec<(String, BoxStats)>),
}

impl Dataset {
    /// A box for each feature; see [`BoxPlot`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.boxplot().to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn boxplot(&self) -> BoxPlot {
        BoxPlot::new(Source::Rows(self.clone()))
    }
}

impl BoxPlot {
    fn new(source: Source) -> Self {
        BoxPlot(Held::new(Settings {
            source,
            choices: Choices::default(),
            whiskers: Whiskers::default(),
            shape: Shape::default(),
            look: Look::default(),
        }))
    }

    /// A box for each of some statistics that were found already: beside the data, by
    /// a database or on other machines. Mirrors `Axes.bxp`.
    ///
    /// ```
    /// use ndsight::{BoxPlot, stats};
    ///
    /// let stats = [[1.0, 2.0, 4.0], [2.0, 3.0, 9.0]]
    ///     .map(|values| stats::boxplot_stats(&ndarray::arr1(&values)));
    /// let plot = BoxPlot::from_stats(["before", "after"], stats.into_iter().collect::<Result<Vec<_>, _>>()?);
    /// assert!(plot.to_svg()?.contains("after"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_stats<S: Into<String>>(
        names: impl IntoIterator<Item = S>,
        stats: impl IntoIterator<Item = BoxStats>,
    ) -> BoxPlot {
        // Names that are too few or too many are told when the plot is drawn.
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let stats = stats.into_iter().enumerate().map(|(i, stats)| {
            let name = names.get(i).cloned();
            (name.unwrap_or_else(|| format!("Feature {}", i + 1)), stats)
        });
        let mut plot = BoxPlot::new(Source::Stats(stats.collect()));
        plot.choices.chosen.names(names);
        plot
    }

    /// How far the whiskers reach: so many interquartile ranges beyond the box, or
    /// to a pair of percentiles, such as `(5.0, 95.0)`. Default: 1.5. Mirrors `whis`
    /// of matplotlib.
    pub fn whis(&self, whis: impl Into<Whiskers>) -> Self {
        let mut plot = self.clone();
        plot.whiskers = whis.into();
        plot
    }

    /// Boxes with a notch: the 95 % confidence interval of the median. Where the
    /// notches of two boxes do not overlap, their medians differ. Default: `false`.
    pub fn notch(&self, notch: bool) -> Self {
        let mut plot = self.clone();
        plot.shape.notch = notch;
        plot
    }

    /// A triangle at the mean. Default: `false`.
    pub fn showmeans(&self, showmeans: bool) -> Self {
        let mut plot = self.clone();
        plot.shape.means = showmeans;
        plot
    }

    /// Whether values beyond the whiskers are drawn; where they are not, the caption
    /// says how many. Default: `true`.
    pub fn showfliers(&self, showfliers: bool) -> Self {
        let mut plot = self.clone();
        plot.shape.no_fliers = !showfliers;
        plot
    }

    fn groups(&self) -> Result<Groups<Boxed>> {
        match &self.source {
            Source::Rows(dataset) => {
                let rows = match self.choices.takes_columns() {
                    true => dataset.all_rows_for_plot()?,
                    false => AllRows::Held(dataset.plot_rows()?),
                };
                let AllRows::Held(rows) = rows else {
                    return self.groups_in_passes(dataset);
                };
                let options = self.options();
                let boxed = |values: &[f64]| boxed(&options, values);
                let whole = |view: &TensorView<'_>, columns: Range<usize>| {
                    let found = options.of_columns(view, columns)?;
                    Ok(found.into_iter().map(whole).collect())
                };
                self.choices
                    .groups_or_columns(dataset, &rows, &boxed, &whole)
            }
            Source::Stats(stats) => self.given(stats),
        }
    }

    /// Of rows that do not fit into memory.
    fn groups_in_passes(&self, dataset: &Dataset) -> Result<Groups<Boxed>> {
        let options = self.options();
        self.choices.groups_of_components(dataset, &|component| {
            let passes = dataset.passes(vec![component], "box plot", None);
            let found = options.of_blocks(&mut || Ok(passes.open_one()))?;
            Ok(found.unwrap_or_default().into_iter().map(whole).collect())
        })
    }

    fn options(&self) -> BoxplotOptions {
        BoxplotOptions::new().whiskers(self.whiskers)
    }

    fn given(&self, stats: &[(String, BoxStats)]) -> Result<Groups<Boxed>> {
        let unmet = [
            ("features", !self.choices.chosen.is_all()),
            ("by", self.choices.by.is_some()),
            ("hue", self.choices.hue.is_some()),
            ("log", self.choices.log),
            ("separate", self.choices.separate),
            ("whis", self.whiskers != Whiskers::default()),
        ];
        if let Some((option, _)) = unmet.iter().find(|(_, asked)| *asked) {
            return Err(Error::value(format!(
                "expected rows of data to choose '{option}', but these boxes are made of statistics"
            )));
        }
        let names = stats.iter().map(|(name, _)| name.clone()).collect();
        let names = self.choices.chosen.renamed(names)?;
        let (shown, part) = multiples::shown(stats);
        let group = |(i, (name, stats)): (usize, &(String, BoxStats))| Group {
            slot: Slot {
                category: i,
                ..Slot::default()
            },
            name: name.clone(),
            what: stats.clone().into(),
        };
        let facet = Facet {
            groups: shown.iter().enumerate().map(group).collect(),
            categories: names.into_iter().take(shown.len()).collect(),
            ..Facet::default()
        };
        Ok(Groups {
            facets: vec![facet],
            hue: None,
            notes: vec![part],
        })
    }

    fn figure_of(&self, groups: Groups<Boxed>) -> Result<Figure> {
        let mut drawn = self.shape.drawn(&groups);
        let all = groups.facets.iter().flat_map(|facet| &facet.groups);
        let empty = all.filter(|group| !shapes::is_drawn(&group.what.stats));
        let empty: Vec<String> = empty.map(|group| group.name.clone()).collect();
        drawn.notes.push(notes::listed("no values", &empty));
        self.look.dress(self.choices.figure(groups, drawn))
    }
}

fn boxed(options: &BoxplotOptions, values: &[f64]) -> Result<Boxed> {
    Ok(options.of(&ndarray::aview1(values))?.into())
}

fn whole(column: BoxColumn) -> Whole<Boxed> {
    Whole {
        what: Boxed {
            stats: column.stats,
            fliers: column.fliers,
        },
        ends: column.ends,
        left_out: column.dropped.into(),
    }
}

impl Draw for BoxPlot {
    fn figure(&self) -> Result<Figure> {
        self.figure_of(self.groups()?)
    }
}

#[cfg(test)]
mod tests;
