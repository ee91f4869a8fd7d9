//! How many rows each class has.
//!
//! - this file: the choices
//! - `tally`: counting
//! - `chart`: the bars

mod chart;
mod tally;

use super::Draw;
use super::choice::chosen;
use super::figure::Figure;
use super::look::Look;
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::IntoList;
use crate::named::named;
use tally::Tally;

/// What the bars of a [`CountPlot`] measure: `stat=` of `seaborn.countplot`.
///
/// Default: [`Count`](CountStat::Count).
///
/// # Example
///
/// ```
/// use ndsight::CountStat;
///
/// assert_eq!("percent".parse::<CountStat>()?, CountStat::Percent);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountStat {
    /// Rows.
    #[default]
    Count,
    /// Rows of each hundred.
    Percent,
    /// Rows as shares of 1.
    Proportion,
}

named! {
    CountStat, "a measure of the bars", "":
    /// Seaborn's name of it, such as `"percent"`.
    Count = "count",
    Percent = "percent",
    Proportion = "proportion",
}

/// How many rows each class has, a bar for each: `seaborn.countplot`.
///
/// Made by [`Dataset::countplot`]. The classes are those of the label, or of the
/// component or feature that [`of`](CountPlot::of) names. The number of each bar is
/// written at its end, and the caption tells how far the classes are from balance
/// where the largest has at least twice as many rows as the smallest.
///
/// It differs from seaborn's in that
///
/// - classes are in reading order (0, 1, …, 10; names by letters) instead of in the
///   order in which they appear;
/// - classes that have a name ([`Dataset::with_class_names`]) but no row have a
///   place, and are said;
/// - of more than 30 classes the 30 largest are drawn, and a bar for all others
///   together;
/// - bars lie level where the names of the classes are long;
/// - [`against`](CountPlot::against) compares data sets.
///
/// # Example
///
/// ```
/// use ndsight::Dataset;
///
/// let wine = Dataset::from_npz("notebooks/data/wine.npz")?;
/// let counts = wine.countplot().title("Cultivars");
/// assert!(counts.to_svg()?.contains("71"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct CountPlot(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    of: Option<Key>,
    hue: Option<Key>,
    own_name: String,
    others: Vec<(String, Dataset)>,
    stat: Option<String>,
    stacked: bool,
    sort: bool,
    order: Option<Vec<String>>,
    horizontal: Option<bool>,
    bar_labels: bool,
    class_names: Option<Vec<String>>,
    x_label: Option<String>,
    y_label: Option<String>,
    pub(super) look: Look,
}

settings!(CountPlot);

impl Dataset {
    /// How many rows each class has; see [`CountPlot`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices((vec![1.0, 2.0, 3.0], vec!["cat", "dog", "cat"]))?;
    /// assert!(ds.countplot().to_svg()?.contains("dog"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn countplot(&self) -> CountPlot {
        CountPlot(Held::new(Settings {
            dataset: self.clone(),
            of: None,
            hue: None,
            own_name: "train".to_owned(),
            others: Vec::new(),
            stat: None,
            stacked: false,
            sort: false,
            order: None,
            horizontal: None,
            bar_labels: true,
            class_names: None,
            x_label: None,
            y_label: None,
            look: Look::default(),
        }))
    }
}

impl CountPlot {
    /// The component or feature whose values are counted, by name (components
    /// first) or by the component's index: `x=` of seaborn. Default: the label.
    pub fn of(&self, key: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.of = Some(key.into());
        plot
    }

    /// The component or feature by which each bar is divided, into bars side by
    /// side. Of more than ten values the last share a colour. Default: none.
    pub fn hue(&self, key: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.hue = Some(key.into());
        plot
    }

    /// Bars of [`hue`](CountPlot::hue) on top of each other instead of side by
    /// side. Default: `false`.
    pub fn stacked(&self, stacked: bool) -> Self {
        let mut plot = self.clone();
        plot.stacked = stacked;
        plot
    }

    /// The same counted in another data set, drawn beside this one as shares of
    /// each, as data sets of different sizes are to be compared: training data
    /// against test data. The legend tells how many rows each has; the caption,
    /// which classes one of them lacks. Can be called more than once. Default:
    /// none.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let (train, test) = Dataset::from_npz("notebooks/data/wine.npz")?.split(0.7)?;
    /// assert!(train.countplot().against(&test, "test").to_svg()?.contains("test"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn against(&self, other: &Dataset, name: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.others.push((name.into(), other.clone()));
        plot
    }

    /// What this data set is called beside others. Default: `train`.
    pub fn name(&self, name: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.own_name = name.into();
        plot
    }

    /// What the bars measure: a [`CountStat`] or its name, `"count"`, `"percent"`
    /// or `"proportion"`. Shares are those of all rows, and with
    /// [`against`](CountPlot::against) those of each data set. Default: rows;
    /// against others, percent.
    pub fn stat(&self, stat: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.stat = Some(stat.into());
        plot
    }

    /// The largest class first. Default: `false`.
    pub fn sort(&self, sort: bool) -> Self {
        let mut plot = self.clone();
        plot.sort = sort;
        plot
    }

    /// Only these classes, in this order, by name or by label. Default: all.
    pub fn order<S: Into<String>>(&self, classes: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.order = Some(classes.into_iter().map(Into::into).into_list());
        plot
    }

    /// Whether bars lie level. Default: where the classes' names would find no
    /// room below upright bars.
    pub fn horizontal(&self, horizontal: bool) -> Self {
        let mut plot = self.clone();
        plot.horizontal = Some(horizontal);
        plot
    }

    /// Whether its number is written at the end of each bar (`Axes.bar_label` of
    /// matplotlib), where all numbers find room. Default: `true`.
    pub fn bar_label(&self, written: bool) -> Self {
        let mut plot = self.clone();
        plot.bar_labels = written;
        plot
    }

    /// What the integer labels 0, 1, … are called. Default: the data set's
    /// ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.class_names = Some(names.into_iter().map(Into::into).into_list());
        plot
    }

    /// What is written at the x axis. Default: what is counted, or the measure of
    /// level bars.
    pub fn x_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.x_label = Some(label.into());
        plot
    }

    /// What is written at the y axis. Default: the measure, or what is counted
    /// where bars lie level.
    pub fn y_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.y_label = Some(label.into());
        plot
    }

    fn measure(&self) -> Result<CountStat> {
        let default = match self.others.is_empty() {
            true => CountStat::Count,
            false => CountStat::Percent,
        };
        chosen(self.stat.as_deref(), default)
    }

    /// What is counted.
    fn key(&self) -> Result<Key> {
        let spec = self.dataset.row_spec();
        match (&self.of, spec.label()) {
            (Some(key), _) => Ok(key.clone()),
            (None, Some(label)) => Ok(Key::Index(label)),
            (None, None) => Err(Error::name(format!(
                "expected a label to count, but the elements are {}; say what to count with of(key)",
                self.dataset.element_spec()
            ))),
        }
    }

    fn tally(&self) -> Result<Tally> {
        let key = self.key()?;
        if self.others.is_empty() {
            return Tally::of(&self.dataset, &key, self.hue.as_ref());
        }
        if self.hue.is_some() {
            return Err(Error::value(
                "expected either a hue or other data sets to compare with, but found both",
            ));
        }
        let own = (self.own_name.as_str(), &self.dataset);
        let others = self
            .others
            .iter()
            .map(|(name, other)| (name.as_str(), other));
        let all: Vec<(&str, &Dataset)> = std::iter::once(own).chain(others).into_list();
        Tally::of_several(&all, &key)
    }

    /// The classes to draw, in their order.
    fn arranged(&self, tally: Tally) -> Result<Tally> {
        let known = self.class_names.as_deref();
        let known = known
            .or(tally.class_names.as_deref())
            .map(<[String]>::to_vec);
        let mut tally = tally.named(known.as_deref(), self.of.is_none());
        if let Some(order) = &self.order {
            return tally.ordered(order);
        }
        if self.sort || tally.classes.len() > tally::MOST {
            tally.sort();
        }
        Ok(tally.at_most(tally::MOST))
    }
}

/// The height of upright bars in a larger picture, in logical pixels.
const LOW: u32 = 220;

/// The shares of classes in data sets side by side, of counts: rows of each class in each
/// of the `series`, and what is counted.
pub(super) fn of_counts(title: &str, classes: &[(&str, Vec<u64>)], series: &[String]) -> Figure {
    let mut tally = Tally::of_counts(title, classes, series);
    if tally.classes.len() > tally::MOST {
        tally.sort();
    }
    let tally = tally.at_most(tally::MOST);
    let plot = Dataset::range(0..0).countplot();
    let chart = chart::Chart::new(&plot, &tally, CountStat::Percent);
    let mut figure = chart.figure();
    if !chart.level {
        figure.height = LOW;
    }
    figure.with_notes(tally.notes().into_iter().map(Some))
}

impl Draw for CountPlot {
    fn figure(&self) -> Result<Figure> {
        let stat = self.measure()?;
        let tally = self.arranged(self.tally()?)?;
        let figure = chart::Chart::new(self, &tally, stat).figure();
        let several = self.hue.is_none() && self.others.is_empty();
        let mut notes = tally.extents.clone();
        notes.extend(tally.notes());
        notes.extend(several.then(|| tally.imbalance()).flatten());
        self.look
            .dress(figure.with_notes(notes.into_iter().map(Some)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::{Bars, Key as Legend, Mark, Panel};
    use super::*;
    use crate::dict;

    fn drawn(plot: &CountPlot) -> (Panel, Vec<String>) {
        let figure = plot.figure().unwrap();
        (figure.panels()[0].clone(), figure.notes)
    }

    fn bars(panel: &Panel) -> Vec<&Bars> {
        let bars = panel.marks.iter().filter_map(|mark| match mark {
            Mark::Bars(bars) => Some(bars),
            _ => None,
        });
        bars.collect()
    }

    fn heights(panel: &Panel) -> Vec<Vec<f64>> {
        let heights = |bars: &&Bars| bars.ends.iter().map(|ends| ends.1 - ends.0).collect();
        bars(panel).iter().map(heights).collect()
    }

    fn names(panel: &Panel) -> Vec<String> {
        let axis = panel.x.categories.as_ref().or(panel.y.categories.as_ref());
        axis.unwrap().clone()
    }

    fn pets() -> Dataset {
        Dataset::from_tensor_slices(dict! {
            "kind": vec!["dog", "cat", "dog", "dog", "eel", "cat"],
            "home": vec![true, true, true, false, false, true],
        })
        .unwrap()
    }

    #[test]
    fn classes_are_counted_in_reading_order() {
        let (panel, notes) = drawn(&pets().countplot().of("kind"));
        assert_eq!(names(&panel), ["cat", "dog", "eel"]);
        assert_eq!(heights(&panel), [[2.0, 3.0, 1.0]]);
        assert_eq!(
            notes,
            ["imbalanced: 3 times as many rows of dog (3) as of eel (1)"]
        );
        let Some(Mark::Texts(words)) = panel.marks.last() else {
            panic!("no words")
        };
        assert_eq!(words.texts, ["2", "3", "1"]);
        let (panel, _) = drawn(&pets().countplot().of("kind").sort(true));
        assert_eq!(names(&panel), ["dog", "cat", "eel"]);
    }

    #[test]
    fn bars_are_side_by_side_or_stacked() {
        let plot = pets().countplot().of("kind").hue("home");
        let (panel, notes) = drawn(&plot);
        assert_eq!(heights(&panel), [[0.0, 1.0, 1.0], [2.0, 2.0, 0.0]]);
        assert_eq!(bars(&panel)[1].spans[0], (0.0, 0.4));
        assert_eq!(notes, [""; 0]);
        let (panel, _) = drawn(&plot.stacked(true).stat("percent"));
        assert!((bars(&panel)[1].ends[1].1 - 50.0).abs() < 1e-12);
        let Some(Mark::Texts(words)) = panel.marks.last() else {
            panic!("no words")
        };
        assert_eq!(words.texts, ["33.3 %", "50.0 %", "16.7 %"]);
    }

    #[test]
    fn data_sets_are_compared_by_shares() {
        let test = pets().take(2);
        let (panel, notes) = drawn(&pets().countplot().of("kind").against(&test, "test"));
        assert_eq!(heights(&panel)[1], [50.0, 50.0, 0.0]);
        assert_eq!(notes, ["no rows in test of eel"]);
        let Legend::Legend { entries, .. } = &panel.keys[0] else {
            panic!("not a legend")
        };
        assert_eq!(
            (&*entries[0].label, &*entries[1].label),
            ("train (6)", "test (2)")
        );
    }

    #[test]
    fn only_some_in_an_order() {
        let plot = pets().countplot().of("kind");
        let (panel, notes) = drawn(&plot.clone().order(["eel", "cat"]));
        assert_eq!(names(&panel), ["eel", "cat"]);
        assert_eq!(notes, ["left out: 3 rows of 1 other class"]);
        let message = |order: &[&str]| {
            let plot = plot.clone().order(order.iter().copied());
            plot.figure().unwrap_err().to_string()
        };
        assert_eq!(
            message(&["cow"]),
            "there is no class named 'cow'; the classes are 'cat', 'dog', 'eel'"
        );
        assert_eq!(
            message(&["cat", "cat"]),
            "expected each class once in order([…]), but found 'cat' twice"
        );
    }

    #[test]
    fn named_classes_without_rows_are_said() {
        let ds = Dataset::from_tensor_slices((vec![1.0, 2.0], vec![0, 2]))
            .unwrap()
            .with_class_names(["cat", "dog", "eel"]);
        let (panel, notes) = drawn(&ds.countplot());
        assert_eq!(names(&panel), ["cat", "dog", "eel"]);
        assert_eq!(heights(&panel), [[1.0, 0.0, 1.0]]);
        assert_eq!(notes, ["no rows of dog"]);
    }

    #[test]
    fn a_million_classes_are_thirty_and_the_others() {
        let labels: Vec<i64> = (0..1_000_000).map(|i| i.max(10)).collect();
        let ds = Dataset::from_tensor_slices((labels.clone(), labels)).unwrap();
        let (panel, notes) = drawn(&ds.countplot());
        assert_eq!(names(&panel).len(), 31);
        assert_eq!(names(&panel)[30], "999,960 other classes");
        assert_eq!(heights(&panel)[0][0], 11.0);
        assert_eq!(
            notes,
            ["the 30 largest of 999,990 classes; the others share the last bar"]
        );
    }

    #[test]
    fn long_names_lie_beside_level_bars() {
        let long = |i: usize| format!("a name without end of number {}", i % 8);
        let names: Vec<String> = (0..20).map(long).collect();
        let ds = Dataset::from_tensor_slices((vec![0.0; 20], names)).unwrap();
        let (panel, _) = drawn(&ds.countplot());
        assert!(panel.y.categories.is_some() && bars(&panel)[0].level);
        assert!(
            drawn(&ds.countplot().horizontal(false))
                .0
                .x
                .categories
                .is_some()
        );
    }
}
