//! Empirical distributions: the share of the values up to each.

use super::chosen::Chosen;
use super::figure::{Axis, Figure, Ink, Limits, Lines, Mark, Panel, Swatch, finite_ends};
use super::histogram::Stat;
use super::hue::{Classes, MAX_CLASSES};
use super::look::Look;
use super::notes::LeftOut;
use super::number::count;
use super::{Draw, multiples, notes};
use crate::dataset::{Columns, Dataset, Feature, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::{IntoList, MapEach, MapInto};
use crate::stats;

/// For each feature the share of its values up to each, as a flight of steps, one
/// panel each: seaborn's `ecdfplot`.
///
/// Made by [`Dataset::ecdfplot`]. Every step is where it is, unlike the bars of a
/// histogram; of more values than a page has pixels, steps below a pixel are drawn
/// together. NaN and infinite values are left out, and the caption says how many.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_class_names(["setosa", "versicolor", "virginica"]);
/// assert!(iris.ecdfplot().features([2]).hue("labels").to_svg()?.contains("virginica"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct EcdfPlot(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    chosen: Chosen,
    hue: Option<Key>,
    class_names: Option<Vec<String>>,
    steps: Flight,
    labels: (Option<String>, Option<String>),
    columns: usize,
    pub(super) look: Look,
}

settings!(EcdfPlot);

/// What the steps say, and along which axis.
#[derive(Clone, Copy, Debug)]
struct Flight {
    stat: Stat,
    complementary: bool,
    log_x: bool,
}

impl Dataset {
    /// The empirical distribution of each feature; see [`EcdfPlot`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(vec![1.0, 2.0, 2.0, 4.0])?;
    /// assert!(ds.ecdfplot().to_svg()?.contains("proportion"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn ecdfplot(&self) -> EcdfPlot {
        EcdfPlot(Held::new(Settings {
            dataset: self.clone(),
            chosen: Chosen::default(),
            hue: None,
            class_names: None,
            steps: Flight {
                stat: Stat::Probability,
                complementary: false,
                log_x: false,
            },
            labels: (None, None),
            columns: multiples::COLUMNS,
            look: Look::default(),
        }))
    }
}

impl EcdfPlot {
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

    /// The component or feature that tells rows apart: a line for each class, whose
    /// shares are of the class. Of more than ten classes the last are drawn as one.
    /// Default: all alike. Mirrors `hue` of seaborn.
    pub fn hue(&self, key: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.hue = Some(key.into());
        plot
    }

    /// What the integer labels 0, 1, … are called in the legend. Default: the
    /// data set's ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.class_names = Some(names.into_iter().map(Into::into).into_list());
        plot
    }

    /// What the height of a step says: [`Stat::Probability`] (the default, seaborn's
    /// `"proportion"`), [`Stat::Percent`] or [`Stat::Count`].
    pub fn stat(&self, stat: Stat) -> Self {
        let mut plot = self.clone();
        plot.steps.stat = stat;
        plot
    }

    /// The share of the values above each instead. Default: `false`.
    pub fn complementary(&self, complementary: bool) -> Self {
        let mut plot = self.clone();
        plot.steps.complementary = complementary;
        plot
    }

    /// The axis of the values is logarithmic. Values not above 0 count in the shares,
    /// but lie left of the axis, and the caption says how many. Default: `false`.
    pub fn log_x(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.steps.log_x = log;
        plot
    }

    /// What is written below every panel. Default: nothing.
    pub fn x_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.labels.0 = Some(label.into());
        plot
    }

    /// What is written left of the panels. Default: `proportion`, `percent` or
    /// `count`.
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

    fn classes(&self, rows: &Columns) -> Result<Option<Classes>> {
        let hue = self.hue.as_ref();
        let classes =
            hue.map(|key| Classes::of(&self.dataset, rows, key, self.class_names.as_deref()));
        Ok(classes
            .transpose()?
            .map(|classes| classes.at_most(MAX_CLASSES)))
    }
}

impl Draw for EcdfPlot {
    fn figure(&self) -> Result<Figure> {
        multiples::check(self.columns)?;
        let label = self.steps.label()?;
        let features = self.chosen.of(&self.dataset)?;
        let rows = self.dataset.plot_rows()?;
        let classes = self.classes(&rows)?;
        let (shown, part) = multiples::shown(&features);
        let mut captions = Captions::default();
        let mut panels = Vec::with_capacity(shown.len());
        for (i, feature) in shown.iter().enumerate() {
            let mut panel = self
                .steps
                .panel(&rows, feature, classes.as_ref(), &mut captions)?;
            panel.x.label.clone_from(&self.labels.0);
            if i % self.columns == 0 {
                panel.y.label = Some(self.labels.1.clone().unwrap_or(label.to_owned()));
            }
            panels.push(panel);
        }
        let key = classes.map(|classes| classes.legend(Swatch::Line));
        let what = "Empirical distribution";
        let figure = multiples::figure(panels, self.columns, key, what).with_notes([
            notes::extent(rows.len, &rows.extent, "rows"),
            part,
            notes::left_out(&captions.left_out),
            notes::listed("left of the axis", &captions.left_of_axis),
        ]);
        self.look.dress(figure)
    }
}

/// The steps of one class, and of how many values they are.
struct Steps {
    steps: stats::Ecdf,
    total: usize,
}

impl Steps {
    fn of(values: &[f64]) -> Steps {
        Steps {
            steps: stats::ecdf(values),
            total: values.iter().filter(|v| v.is_finite()).count(),
        }
    }
}

#[derive(Default)]
struct Captions {
    left_out: Vec<String>,
    left_of_axis: Vec<String>,
}

impl Flight {
    fn label(self) -> Result<&'static str> {
        match self.stat {
            Stat::Probability => Ok("proportion"),
            Stat::Percent => Ok("percent"),
            Stat::Count => Ok("count"),
            other => Err(Error::value(format!(
                "expected Stat::Probability, Stat::Percent or Stat::Count for steps, but found Stat::{other:?}"
            ))),
        }
    }

    fn panel(
        self,
        rows: &Columns,
        feature: &Feature,
        classes: Option<&Classes>,
        captions: &mut Captions,
    ) -> Result<Panel> {
        let values = rows.numbers(feature)?;
        let samples = by_class(&values, classes);
        let mut left_out = LeftOut::default();
        for sample in &samples {
            left_out.nan += sample.steps.dropped.nan;
            left_out.infinite += sample.steps.dropped.infinite;
        }
        captions.left_out.extend(left_out.of(&feature.name));
        let below = values
            .iter()
            .filter(|v| v.is_finite() && **v <= 0.0)
            .count();
        if self.log_x && below > 0 {
            let text = format!("{} not above 0 of {}", count(below), feature.name);
            captions.left_of_axis.push(text);
        }
        Ok(self.drawn(&samples).titled(&feature.name))
    }

    fn drawn(self, samples: &[Steps]) -> Panel {
        let shown = |&v: &f64| !self.log_x || v > 0.0;
        let all = samples
            .iter()
            .flat_map(|sample| sample.steps.values.iter().copied());
        let Some((low, high)) = finite_ends(all.filter(shown)) else {
            return Panel::message("no data");
        };
        let x = match self.log_x {
            true => Axis::log(low, high).padded(MARGIN),
            false => Axis::new(Limits::from_min_max(low, high).padded(MARGIN)),
        };
        let most = samples.iter().map(|sample| self.height(sample, 1.0));
        let top = most.fold(0.0, f64::max);
        let mut y = Axis::new(Limits::from_min_max(0.0, top));
        y.integer = self.stat == Stat::Count;
        let line = |(class, sample): (usize, &Steps)| {
            let run = self.run(sample, x.limits);
            Mark::Lines(Lines::new(vec![run], Ink::Series(class), 1.75))
        };
        let marks = samples.map_indexed(line);
        Panel::new(x, y, marks)
    }

    /// How high a share of a sample is.
    fn height(self, sample: &Steps, share: f64) -> f64 {
        match self.stat {
            Stat::Percent => share * 100.0,
            // The least share is that of one value, or of as many as are equal.
            Stat::Count => (share * sample.total as f64).round(),
            _ => share,
        }
    }

    /// Up (or down) at every value, from the first to the last.
    fn run(self, sample: &Steps, limits: Limits) -> Vec<(f64, f64)> {
        let steps = &sample.steps;
        let height = |share: f64| match self.complementary {
            true => self.height(sample, 1.0 - share),
            false => self.height(sample, share),
        };
        let hidden = match self.log_x {
            true => steps.values.partition_point(|value| *value <= 0.0),
            false => 0,
        };
        let mut level = match hidden {
            0 => 0.0,
            hidden => steps.shares[hidden - 1],
        };
        let mut run = Vec::new();
        if hidden > 0 {
            run.push((limits.min(), height(level)));
        }
        for i in self.seen(steps, hidden) {
            let (value, share) = (steps.values[i], steps.shares[i]);
            run.extend([(value, height(level)), (value, height(share))]);
            level = share;
        }
        run
    }

    /// The steps from number `from` on that can be told apart: of those that are both
    /// narrower and lower than a part of a pixel, the last of a run.
    fn seen(self, steps: &stats::Ecdf, from: usize) -> Vec<usize> {
        let last = steps.values.len();
        if last - from < FEW {
            return (from..last).into_list();
        }
        const WIDTH: f64 = 1.0 / 4_000.0;
        const HEIGHT: f64 = 1.0 / 2_000.0;
        let place = |i: usize| match self.log_x {
            true => steps.values[i].log10(),
            false => steps.values[i],
        };
        let span = place(last - 1) - place(from);
        let mut kept = vec![from];
        let mut before = from;
        for i in from + 1..last {
            let wide = place(i) - place(before) >= span * WIDTH;
            let high = steps.shares[i] - steps.shares[before] >= HEIGHT;
            if wide || high || i + 1 == last {
                kept.push(i);
                before = i;
            }
        }
        kept
    }
}

/// Beside the first and the last step.
const MARGIN: f64 = 0.03;

/// Fewer steps than these are drawn one by one.
const FEW: usize = 2_000;

/// The steps of each class.
fn by_class(values: &[f64], classes: Option<&Classes>) -> Vec<Steps> {
    let Some(classes) = classes else {
        return vec![Steps::of(values)];
    };
    let of_rows = |rows: Vec<usize>| {
        let values: Vec<f64> = rows.map_into(|row| values[row]);
        Steps::of(&values)
    };
    classes.rows().map_into(of_rows)
}

#[cfg(test)]
mod tests;
