//! How often each class is taken for each other.
//!
//! - this file: the choices
//! - `counts`: pairs of classes counted
//! - `chart`: the cells

mod chart;
mod counts;

use std::sync::Arc;

use ndarray::{AsArray, Ix2};

use super::choice::chosen;
use super::figure::Figure;
use super::look::Look;
use super::{Draw, notes};
use crate::dataset::{Dataset, IntoStructure, Key, Structure};
use crate::error::Result;
use crate::held::Held;
use crate::list::IntoList;
use crate::stats::Normalize;
use counts::Counts;

/// How often each true class (row) is predicted as each class (column): a
/// confusion matrix, as `sklearn.metrics.ConfusionMatrixDisplay`.
///
/// Made by [`Dataset::confusion_matrix`] of two components, by [`confusion_matrix`]
/// of two arrays, and by [`from_counts`](ConfusionMatrix::from_counts) of counts.
/// Counts equal those of `sklearn.metrics.confusion_matrix`.
///
/// It differs from scikit-learn's picture in that
///
/// - each cell holds the count and a share, that of the true class unless another is
///   chosen with [`normalize`](ConfusionMatrix::normalize);
/// - colours are these shares, from 0 to 1, so that mistakes with a rare class are
///   seen beside a frequent one;
/// - recall stands beside each row and precision below each column, and the caption
///   tells the accuracy;
/// - classes that have a name ([`Dataset::with_class_names`]) but no row have a
///   place.
///
/// More than 60 classes have no numbers in their cells; of more than 200 the 200 with
/// most rows are drawn, and the caption says so.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, dict};
///
/// let ds = Dataset::from_tensor_slices(dict! {
///     "label": vec![0, 0, 1, 1, 1],
///     "predicted": vec![0, 1, 1, 1, 1],
/// })?
/// .with_class_names(["cat", "dog"]);
///
/// let svg = ds.confusion_matrix("label", "predicted").to_svg()?;
/// assert!(svg.contains("accuracy 80 % (4 of 5)"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a plot does nothing until it is shown or saved"]
pub struct ConfusionMatrix(Held<Settings>);

/// What it shows, and what was chosen for it.
#[derive(Clone, Debug)]
pub struct Settings {
    source: Source,
    normalize: Option<String>,
    class_names: Option<Vec<String>>,
    margins: bool,
    annot: bool,
    cmap: Option<String>,
    x_label: Option<String>,
    y_label: Option<String>,
    pub(super) look: Look,
}

settings!(ConfusionMatrix);

/// Where the counts come from.
#[derive(Clone, Debug)]
enum Source {
    Rows {
        dataset: Dataset,
        truth: Key,
        predicted: Key,
    },
    Counted(Arc<Counts>),
}

impl Dataset {
    /// How often each class of component `truth` is predicted as each class in
    /// component `predicted`; see [`ConfusionMatrix`].
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let ds = Dataset::from_tensor_slices((vec!["a", "b", "b"], vec!["a", "b", "a"]))?;
    /// assert!(ds.confusion_matrix(0, 1).to_svg()?.contains("predicted"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn confusion_matrix(
        &self,
        truth: impl Into<Key>,
        predicted: impl Into<Key>,
    ) -> ConfusionMatrix {
        ConfusionMatrix::of(Source::Rows {
            dataset: self.clone(),
            truth: truth.into(),
            predicted: predicted.into(),
        })
    }
}

/// How often each class of `truth` is predicted as each class in `predicted`, two
/// arrays or `Vec`s of one value a row:
/// `ConfusionMatrixDisplay.from_predictions(y_true, y_pred)`.
///
/// # Errors
///
/// They are not equally long, or hold more than one value a row.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::confusion_matrix;
///
/// let plot = confusion_matrix(&array![0, 1, 2, 2], &array![0, 1, 1, 2])?;
/// assert!(plot.to_svg()?.contains("accuracy 75 % (3 of 4)"));
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn confusion_matrix(
    truth: impl IntoStructure,
    predicted: impl IntoStructure,
) -> Result<ConfusionMatrix> {
    let pair = Structure::Tuple(vec![truth.into_structure(), predicted.into_structure()]);
    let dataset = Dataset::from_tensor_slices(pair)?;
    Ok(dataset.confusion_matrix(0, 1))
}

impl ConfusionMatrix {
    fn of(source: Source) -> Self {
        ConfusionMatrix(Held::new(Settings {
            source,
            normalize: None,
            class_names: None,
            margins: true,
            annot: true,
            cmap: None,
            x_label: None,
            y_label: None,
            look: Look::default(),
        }))
    }

    /// Of counts, true classes down the rows and predicted ones along the columns:
    /// `ConfusionMatrixDisplay(confusion_matrix, display_labels=names)`.
    ///
    /// # Errors
    ///
    /// The matrix is not square, or there is not one name for each class.
    ///
    /// # Example
    ///
    /// ```
    /// use ndarray::array;
    /// use ndsight::ConfusionMatrix;
    ///
    /// let plot = ConfusionMatrix::from_counts(&array![[50, 0], [3, 47]], ["cat", "dog"])?;
    /// assert!(plot.normalize("pred").to_svg()?.contains("dog"));
    /// assert_eq!(
    ///     ConfusionMatrix::from_counts(&array![[1, 2, 3]], ["a"]).unwrap_err().to_string(),
    ///     "expected as many true as predicted classes, but found 1 × 3 counts",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_counts<'a, S: Into<String>>(
        counts: impl AsArray<'a, u64, Ix2>,
        names: impl IntoIterator<Item = S>,
    ) -> Result<ConfusionMatrix> {
        let names = names.into_iter().map(Into::into).into_list();
        let counts = Counts::given(counts.into().to_owned(), names)?;
        Ok(ConfusionMatrix::of(Source::Counted(Arc::new(counts))))
    }

    /// What the shares in the cells and their colours are shares of: `"true"`, of
    /// the row (the diagonal is the recall); `"pred"`, of the column (the
    /// precision); `"all"`, of all rows; or a
    /// [`Normalize`]. Default: of the row.
    pub fn normalize(&self, of: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.normalize = Some(of.into());
        plot
    }

    /// What the integer labels 0, 1, … are called. Default: the data set's
    /// ([`Dataset::with_class_names`]), or their numbers.
    pub fn class_names<S: Into<String>>(&self, names: impl IntoIterator<Item = S>) -> Self {
        let mut plot = self.clone();
        plot.class_names = Some(names.into_iter().map(Into::into).into_list());
        plot
    }

    /// Whether recall and precision stand in the margins, where numbers are written.
    /// Default: `true`.
    pub fn margins(&self, shown: bool) -> Self {
        let mut plot = self.clone();
        plot.margins = shown;
        plot
    }

    /// Whether counts and shares are written in the cells, where all of them find
    /// room. Default: `true`.
    pub fn annot(&self, written: bool) -> Self {
        let mut plot = self.clone();
        plot.annot = written;
        plot
    }

    /// The colormap, by its name of matplotlib or as a
    /// [`Colormap`](crate::Colormap). Default: `Blues`.
    pub fn cmap(&self, colormap: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.cmap = Some(colormap.into());
        plot
    }

    /// What is written at the x axis. Default: `predicted`.
    pub fn x_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.x_label = Some(label.into());
        plot
    }

    /// What is written at the y axis. Default: `true`.
    pub fn y_label(&self, label: impl Into<String>) -> Self {
        let mut plot = self.clone();
        plot.y_label = Some(label.into());
        plot
    }

    fn counts(&self) -> Result<(Counts, Option<String>)> {
        let names = self.class_names.as_deref();
        match &self.source {
            Source::Rows {
                dataset,
                truth,
                predicted,
            } => Counts::of(dataset, (truth, predicted), names),
            Source::Counted(counts) => Ok((counts.renamed(names)?, None)),
        }
    }
}

impl Draw for ConfusionMatrix {
    fn figure(&self) -> Result<Figure> {
        let normalize = chosen(self.normalize.as_deref(), Normalize::True)?;
        let (counts, extent) = self.counts()?;
        let (all, rows) = (counts.names.len(), counts.rows());
        let accuracy = counts.accuracy();
        let balanced = counts.balanced_accuracy();
        let counts = counts.at_most(chart::MOST);
        let left = rows - counts.rows();
        let figure = chart::Chart::new(self, &counts, normalize).figure()?;
        let notes = [
            accuracy,
            balanced,
            extent,
            notes::part_of(counts.names.len(), all, "classes, those with most rows"),
            (left > 0).then(|| {
                format!(
                    "left out: {} rows of other classes",
                    super::number::count(left as usize)
                )
            }),
        ];
        self.look.dress(figure.with_notes(notes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure::{Mark, Panel};
    use super::*;
    use ndarray::array;

    fn drawn(plot: &ConfusionMatrix) -> (Panel, Vec<String>) {
        let figure = plot.figure().unwrap();
        (figure.panels()[0].clone(), figure.notes)
    }

    /// Counts in cells that have any, shares, rates in the margins.
    fn texts(panel: &Panel) -> Vec<Vec<String>> {
        let words = panel.marks.iter().filter_map(|mark| match mark {
            Mark::Texts(words) => Some(words.texts.clone()),
            _ => None,
        });
        words.collect()
    }

    /// scikit-learn 1.9's `confusion_matrix`, `recall_score(average=None)` and
    /// `accuracy_score` of these.
    #[test]
    fn counts_and_rates_are_scikit_learns() {
        let truth: Vec<i64> = (0..30).map(|i| i % 3).collect();
        let wrong = |i: i64| if i % 5 > 0 { 0 } else { 2 - i % 2 };
        let predicted: Vec<i64> = (0..30).map(|i| (i % 3 + wrong(i)) % 3).collect();
        let (panel, notes) = drawn(&confusion_matrix(truth, predicted).unwrap());
        let [zeros, counts, shares, rates] = &texts(&panel)[..] else {
            panic!("not the words expected")
        };
        assert!(zeros.is_empty());
        assert_eq!(counts[..], ["8", "1", "1", "1", "8", "1", "1", "1", "8"]);
        assert_eq!(shares[..2], ["80 %", "10 %"]);
        assert_eq!(rates[..], ["80 %"; 6]);
        assert_eq!(notes, ["accuracy 80 % (24 of 30)"]);
        assert_eq!(panel.y.label.unwrap(), "true");
        assert_eq!(panel.x.categories.unwrap(), ["0", "1", "2", "recall"]);
    }

    #[test]
    fn shares_are_of_what_was_chosen() {
        let counts = array![[90, 10], [0, 1]];
        let plot = ConfusionMatrix::from_counts(&counts, ["a", "b"]).unwrap();
        let shares = |of: &str| texts(&drawn(&plot.clone().normalize(of)).0)[2].clone();
        assert_eq!(shares("true"), ["90 %", "10 %", "100 %"]);
        assert_eq!(shares("pred"), ["100 %", "90.9 %", "9.1 %"]);
        assert_eq!(shares("all"), ["89.1 %", "9.9 %", "1 %"]);
        let (panel, notes) = drawn(&plot);
        assert_eq!(texts(&panel)[3], ["90 %", "100 %", "100 %", "9.1 %"]);
        assert_eq!(notes[1], "balanced accuracy (mean recall) 95 %");
    }

    #[test]
    fn named_classes_without_rows_have_a_place() {
        let ds = Dataset::from_tensor_slices((vec![0, 2], vec![0.0, 0.0]))
            .unwrap()
            .with_class_names(["cat", "dog", "eel"]);
        let (panel, _) = drawn(&ds.confusion_matrix(0, 1).margins(false));
        assert_eq!(panel.x.categories.unwrap(), ["cat", "dog", "eel"]);
        let (panel, _) = drawn(&ds.confusion_matrix(0, 1));
        assert_eq!(texts(&panel)[3][..3], ["100 %", "–", "0 %"]);
    }

    #[test]
    fn many_classes_are_cut_and_said() {
        let labels: Vec<i64> = (0..1_000).map(|i| i % 300).collect();
        let (panel, notes) = drawn(&confusion_matrix(labels.clone(), labels).unwrap());
        assert!(texts(&panel).is_empty());
        assert_eq!(
            notes,
            [
                "accuracy 100 % (1,000 of 1,000)",
                "200 of 300 classes, those with most rows",
                "left out: 300 rows of other classes"
            ]
        );
    }
}
