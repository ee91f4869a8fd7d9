//! Numbers as lines and areas.
//!
//! - this file: the choices
//! - `curves`: lines as numbers, and what is left out of them
//! - `features`: features over the rows or over another feature
//! - `sequences`: components of rank 1, a line for each row
//! - `chart`: the marks

mod chart;
mod curves;
mod features;
mod sequences;

use super::chosen::Chosen;
use super::figure::Figure;
use super::look::Look;
use super::{Draw, notes};
use crate::dataset::{Dataset, Key};
use crate::error::{Error, Result};
use crate::held::Held;
use crate::list::IntoList;
use crate::stats::Spread;
use curves::Curves;

/// What the band about a mean shows: `errorbar=` of `seaborn.lineplot`.
///
/// Default: an interval of 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ErrorBar {
    /// Where the true mean lies with this confidence in percent, by Student's t:
    /// `("ci", 95)` of seaborn, which resamples instead.
    Ci(f64),
    /// One standard deviation to each side: `"sd"`.
    Sd,
    /// One standard error of the mean to each side: `"se"`.
    Se,
    /// No band.
    None,
}

impl Default for ErrorBar {
    fn default() -> Self {
        ErrorBar::Ci(95.0)
    }
}

impl ErrorBar {
    fn spread(self) -> Result<Option<Spread>> {
        match self {
            ErrorBar::Ci(level) if level > 0.0 && level < 100.0 => {
                Ok(Some(Spread::Confidence(level / 100.0)))
            }
            ErrorBar::Ci(level) => Err(Error::value(format!(
                "expected a confidence above 0 and below 100 percent, but found {level}"
            ))),
            ErrorBar::Sd => Ok(Some(Spread::Deviations(1.0))),
            ErrorBar::Se => Ok(Some(Spread::Errors(1.0))),
            ErrorBar::None => Ok(None),
        }
    }

    fn told(self) -> String {
        match self {
            ErrorBar::Ci(level) => format!("{} % confidence interval", super::number::short(level)),
            ErrorBar::Sd => "standard deviation".to_owned(),
            ErrorBar::Se => "standard error".to_owned(),
            ErrorBar::None => "nothing".to_owned(),
        }
    }
}

/// Numbers as lines: `plt.plot`, `seaborn.lineplot` and, filled, `plt.stackplot`.
///
/// Made by [`Dataset::lineplot`]. There are three things to draw:
///
/// - features over the rows, a line for each feature: the default;
/// - features over another one, [`x`](LinePlot::x): where several rows have the same
///   x, the mean of their numbers with a band about it, as in seaborn;
/// - [`sequences`](LinePlot::sequences): components that hold a vector a row, a line
///   for each row, or their [`mean`](LinePlot::mean).
///
/// Lines are interrupted where a number is NaN or infinite, and the caption says how
/// many are. More than 20 lines are thin and translucent, with their mean over
/// them. Of more than 1,000,000 rows the first are drawn, of more than 1,000
/// sequences a random sample, of more than 500 features the first; the caption says
/// so.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, dict};
///
/// let x: Vec<f64> = (0..200).map(|i| f64::from(i) / 20.0).collect();
/// let waves = Dataset::from_tensor_slices(dict! {
///     "t": x.clone(),
///     "sin": x.iter().map(|x| x.sin()).collect::<Vec<_>>(),
///     "cos": x.iter().map(|x| x.cos()).collect::<Vec<_>>(),
/// })?;
/// let plot = waves.lineplot().x("t").features(["sin", "cos"]).title("Waves");
/// assert!(plot.to_svg()?.contains("cos"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct LinePlot(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    dataset: Dataset,
    chosen: Chosen,
    x: Option<Key>,
    sequences: Option<Key>,
    hue: Option<Key>,
    mean: bool,
    errorbar: ErrorBar,
    sort: bool,
    area: bool,
    stacked: bool,
    markers: bool,
    log_y: bool,
    class_names: Option<Vec<String>>,
    x_label: Option<String>,
    y_label: Option<String>,
    pub(super) look: Look,
}

settings!(LinePlot);

impl Dataset {
    /// Features as lines, over the rows or over another feature, or sequences; see
    /// [`LinePlot`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices(ndarray::array![[0.1, 0.2], [0.4, 0.9]])?;
    /// assert!(ds.lineplot().to_svg()?.contains("Feature 2"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn lineplot(&self) -> LinePlot {
        LinePlot(Held::new(Settings {
            dataset: self.clone(),
            chosen: Chosen::default(),
            x: None,
            sequences: None,
            hue: None,
            mean: false,
            errorbar: ErrorBar::default(),
            sort: true,
            area: false,
            stacked: false,
            markers: false,
            log_y: false,
            class_names: None,
            x_label: None,
            y_label: None,
            look: Look::default(),
        }))
    }
}

impl LinePlot {
    /// Only these features, by index or name: `y=` of seaborn. By name, labels that
    /// are numbers can be drawn too. Default: all features but that of x.
    pub fn features<K: Into<Key>>(&self, features: impl IntoIterator<Item = K>) -> Self {
        let mut plot = self.clone();
        plot.chosen.features(features);
        plot
    }

    /// Only this feature.
    pub fn y(&self, feature: impl Into<Key>) -> Self {
        self.features([feature])
    }

    /// What the lines are called, one for each feature shown. Default: the features'
    /// names.
    pub fn names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.chosen.names(names);
        plot
    }

    /// The feature along the x axis, by index or name. Rows are put in its order;
    /// where several have the same x, the mean of their numbers is drawn, with
    /// a band. Default: the number of the row.
    pub fn x(&self, feature: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.x = Some(feature.into());
        plot
    }

    /// The component, a vector a row, of which each row is a line over the positions in
    /// it. Default: none.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let iris = Dataset::from_npz("notebooks/data/iris.npz")?;
    /// let profiles = iris.lineplot().sequences("features").hue("labels").mean(true);
    /// assert!(profiles.to_svg()?.contains("labels"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn sequences(&self, component: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.sequences = Some(component.into());
        plot
    }

    /// The component or feature whose values have lines of their own colour: of one
    /// feature, or of sequences. Of more than ten values the last share a colour.
    /// Default: none.
    pub fn hue(&self, key: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.hue = Some(key.into());
        plot
    }

    /// The mean of all sequences, with a band, instead of a line for each. Default:
    /// `false`.
    pub fn mean(&self, mean: bool) -> Self {
        let mut plot = self.clone();
        plot.mean = mean;
        plot
    }

    /// What the band about a mean shows. Default: [`ErrorBar::Ci`] of 95 %.
    pub fn errorbar(&self, errorbar: ErrorBar) -> Self {
        let mut plot = self.clone();
        plot.errorbar = errorbar;
        plot
    }

    /// Whether rows are put in the order of x. If not, lines go from row to row as
    /// `plt.plot` draws them, and there are no means. Default: `true`.
    pub fn sort(&self, sort: bool) -> Self {
        let mut plot = self.clone();
        plot.sort = sort;
        plot
    }

    /// Whether the area between each line and 0 is filled: `plt.fill_between`.
    /// Default: `false`.
    pub fn area(&self, filled: bool) -> Self {
        let mut plot = self.clone();
        plot.area = filled;
        plot
    }

    /// Areas on top of each other: `plt.stackplot`. NaN counts as 0, and the caption
    /// says so. Default: `false`.
    pub fn stacked(&self, stacked: bool) -> Self {
        let mut plot = self.clone();
        plot.stacked = stacked;
        plot
    }

    /// Whether each number has a marker. Default: `false`.
    pub fn markers(&self, markers: bool) -> Self {
        let mut plot = self.clone();
        plot.markers = markers;
        plot
    }

    /// A logarithmic y axis (`plt.semilogy`). Numbers of 0 and below are left out, and
    /// the caption says how many. Default: `false`.
    pub fn log_y(&self, log: bool) -> Self {
        let mut plot = self.clone();
        plot.log_y = log;
        plot
    }

    /// What the integer labels 0, 1, … are called in the legend. Default: the
    /// data set's ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.class_names = Some(names.into_iter().map(Into::into).into_list());
        plot
    }

    /// What is written at the x axis. Default: the feature's name, `row`, or `index` of
    /// sequences.
    pub fn x_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.x_label = Some(label.into());
        plot
    }

    /// What is written at the y axis. Default: the name of the only feature, or of
    /// the component.
    pub fn y_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.y_label = Some(label.into());
        plot
    }

    fn check(&self) -> Result<()> {
        let message = match (&self.sequences, &self.x) {
            _ if self.stacked && self.log_y => {
                "expected either stacked areas or a logarithmic y axis, but found both"
            }
            (Some(_), Some(_)) => {
                "expected either an x or sequences, which have their positions along x, but found both"
            }
            (None, _) if self.mean => {
                "expected sequences(component) to take the mean of, but found none; features over x(feature) have means of their own"
            }
            _ => return Ok(()),
        };
        Err(Error::value(message))
    }
}

impl Draw for LinePlot {
    fn figure(&self) -> Result<Figure> {
        self.check()?;
        let mut curves: Curves = match &self.sequences {
            Some(component) => sequences::read(self, component)?,
            None => features::read(self)?,
        };
        if self.log_y {
            curves.drop_not_positive();
        }
        if self.stacked {
            curves.stack()?;
        }
        curves.thin();
        let figure = chart::figure(self, &curves);
        let notes = curves.notes.iter().cloned().map(Some);
        let band = curves.has_band().then(|| {
            let beyond = chart::bands_beyond(self, &curves).unwrap_or_default();
            format!("bands: {}{beyond}", self.errorbar.told())
        });
        let lost = notes::interrupted(curves.lost, self.stacked);
        let figure = figure.with_notes(notes.chain([band, lost, curves.not_positive_note()]));
        self.look.dress(figure)
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::{Ink, Key as Legend, Lines, Mark, Panel};
    use super::*;
    use crate::dict;

    fn drawn(plot: &LinePlot) -> (Panel, Vec<String>) {
        let figure = plot.figure().unwrap();
        (figure.panels()[0].clone(), figure.notes)
    }

    fn lines(panel: &Panel) -> Vec<&Lines> {
        let lines = panel.marks.iter().filter_map(|mark| match mark {
            Mark::Lines(lines) => Some(lines),
            _ => None,
        });
        lines.collect()
    }

    fn legend(panel: &Panel) -> Vec<&str> {
        match panel.keys.first() {
            Some(Legend::Legend { entries, .. }) => {
                entries.iter().map(|entry| &*entry.label).collect()
            }
            _ => Vec::new(),
        }
    }

    fn iris() -> Dataset {
        Dataset::from_npz("notebooks/data/iris.npz").unwrap()
    }

    #[test]
    fn features_are_lines_over_the_rows() {
        let ds = Dataset::from_tensor_slices(dict! {
            "a": vec![1.0, 2.0, f64::NAN, 4.0, 5.0, f64::NAN, 7.0],
            "b": vec![0, 1, 2, 3, 4, 5, 6],
        })
        .unwrap();
        let (panel, notes) = drawn(&ds.lineplot());
        assert_eq!(
            lines(&panel)[0].runs,
            [[(0.0, 1.0), (1.0, 2.0)], [(3.0, 4.0), (4.0, 5.0)]]
        );
        let Some(Mark::Points(lone)) = panel.marks.iter().find(|m| matches!(m, Mark::Points(_)))
        else {
            panic!("the lone number is not drawn")
        };
        assert_eq!((lone.x[0], lone.y[0]), (6.0, 7.0));
        assert_eq!(legend(&panel), ["a", "b"]);
        assert_eq!(
            notes,
            ["left out: 2 NaN or infinite; lines are interrupted there"]
        );
    }

    /// pandas 3.1's `groupby(0)[2].mean()`.
    #[test]
    fn rows_of_one_x_have_their_mean() {
        let (panel, notes) = drawn(&iris().lineplot().x(0).y(2));
        let line = &lines(&panel).last().unwrap().runs[0];
        assert_eq!(line.len(), 35);
        let wanted = [1.1, 4.0 / 3.0, 1.3, 1.325];
        for (point, wanted) in line.iter().zip(wanted) {
            assert!((point.1 - wanted).abs() < 1e-12);
        }
        assert!(matches!(panel.marks[0], Mark::Polygons(_)));
        assert_eq!(notes, ["bands: 95 % confidence interval"]);
        assert_eq!(legend(&panel), [""; 0]);
        let (panel, _) = drawn(&iris().lineplot().x(0).y(2).errorbar(ErrorBar::None));
        assert!(
            panel
                .marks
                .iter()
                .all(|mark| matches!(mark, Mark::Lines(_)))
        );
        let (panel, _) = drawn(&iris().lineplot().x(0).y(2).sort(false));
        assert_eq!(lines(&panel)[0].runs[0].len(), 150);
    }

    #[test]
    fn sequences_are_few_lines_or_thin_ones_with_their_mean() {
        let (panel, _) = drawn(&iris().take(3).lineplot().sequences("features"));
        assert_eq!(legend(&panel), ["0", "1", "2"]);
        let (panel, _) = drawn(&iris().lineplot().sequences("features"));
        let lines = lines(&panel);
        assert_eq!((lines[0].runs.len(), lines[1].runs.len()), (150, 1));
        assert!(lines[0].opacity < 0.5 && lines[1].ink == Ink::Text);
        assert!((lines[1].runs[0][2].1 - 3.758).abs() < 1e-3);
        assert_eq!(legend(&panel), ["mean of 150"]);
    }

    #[test]
    fn sequences_have_means_by_class() {
        let plot = iris()
            .lineplot()
            .sequences("features")
            .hue("labels")
            .mean(true);
        let (panel, notes) = drawn(&plot.errorbar(ErrorBar::Sd));
        assert_eq!(legend(&panel), ["0", "1", "2"]);
        assert!((lines(&panel)[0].runs[0][0].1 - 5.006).abs() < 1e-12);
        assert_eq!(notes, ["bands: standard deviation"]);
    }

    #[test]
    fn areas_lie_on_each_other() {
        let ds = Dataset::from_tensor_slices(ndarray::array![[1.0, 2.0], [3.0, 4.0]]).unwrap();
        let (panel, _) = drawn(&ds.lineplot().stacked(true));
        let Mark::Polygons(upper) = &panel.marks[1] else {
            panic!("not an area")
        };
        assert_eq!(
            upper.shapes,
            [[(0.0, 3.0), (1.0, 7.0), (1.0, 3.0), (0.0, 1.0)]]
        );
        assert_eq!(legend(&panel), ["Feature 2", "Feature 1"]);
    }

    #[test]
    fn a_logarithmic_axis_counts_what_it_lacks() {
        let values: Vec<f64> = (0..100_000).map(|i| f64::from(i % 4)).collect();
        let ds = Dataset::from_tensor_slices(values).unwrap();
        let (panel, notes) = drawn(&ds.lineplot().log_y(true));
        assert_eq!(
            notes,
            ["left out: 25,000 not above 0, as they have no logarithm"]
        );
        let corners: usize = lines(&panel)[0].runs.iter().map(Vec::len).sum();
        assert!(corners <= 8_000, "{corners}");
    }

    #[test]
    fn choices_that_contradict_each_other_are_refused() {
        let message = |plot: LinePlot| plot.figure().unwrap_err().to_string();
        let plot = || iris().lineplot();
        for refused in [
            plot().stacked(true).log_y(true),
            plot().x(0).sequences("features"),
            plot().mean(true),
            plot().hue("labels"),
            plot().x(0).y(1).errorbar(ErrorBar::Ci(100.0)),
            plot().x(0).y(1).hue("labels").stacked(true),
        ] {
            assert!(message(refused).starts_with("expected "));
        }
        assert_eq!(
            message(plot().sequences("labels")),
            "expected a vector of numbers a row to draw as a line, but component 'labels' has int64 ()"
        );
    }
}
