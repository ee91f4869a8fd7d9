//! Predictions against what is true: which are wrong, in what order they are shown,
//! and what is said of them.
//!
//! - `guesses`: the classes that rows are taken for
//! - `verdict`: what is said of a row
//! - this file: what is asked, what is read, and all rows together

mod guesses;
mod verdict;

use std::cmp::Ordering;

use super::Images;
use super::per_row::{PerRow, Source};
use crate::dataset::{Extent, Leading};
use crate::error::{Error, Result};
use crate::list::{Flat, IntoList, MapNumbers, sort_positions};
use crate::plot::notes;
use crate::plot::number::{count, percent};
use crate::tensor::Tensor;
use guesses::{Guesses, share_of_guess, shares};

pub(super) use verdict::{Style, Verdict, style};

/// So many rows are judged at most.
const MAX_JUDGED: usize = 1_000_000;

/// What stands before a wrong prediction.
const WRONG: char = '✗';

/// What is asked about predictions.
#[derive(Clone, Debug, Default)]
pub(super) struct Predictions {
    predicted: Option<PerRow>,
    confidence: Option<PerRow>,
    worst_first: bool,
    only_wrong: bool,
}

impl Predictions {
    /// Why there is no picture.
    pub(super) fn nothing(&self) -> &'static str {
        match self.only_wrong {
            true => "no wrong images",
            false => "no data",
        }
    }
}

impl Images {
    /// What a model says each image is, against the label (or
    /// [`titles_by`](Images::titles_by)): a component by name or number, or a value for
    /// each row of the data set. Two axes are a row of scores for each image, of which
    /// the greatest counts: what `model.predict` returns.
    ///
    /// A title is then the prediction; that of a wrong one `✗ dog (true: cat)` in
    /// another colour, with a frame around the image. The caption gives the accuracy
    /// over all rows. Names of classes apply to both.
    ///
    /// Mirrors the plots of TensorFlow's tutorial on image classification.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// let mut guesses = digits.array::<i64, ndarray::Ix1>("labels")?.to_vec();
    /// guesses[1] = 7;
    /// let svg = digits.images().predicted(guesses).to_svg()?;
    /// assert!(svg.contains("✗ 7 (true: 1)"));
    /// assert!(svg.contains("1 of 1,797 wrong"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn predicted(&self, predicted: impl Into<PerRow>) -> Self {
        let mut plot = self.clone();
        plot.predictions.predicted = Some(predicted.into());
        plot
    }

    /// How sure the model is, from 0 to 1, shown in percent: a value for each row, or a
    /// row of probabilities, of which that of the prediction counts (the greatest,
    /// which is then the prediction, where none is given).
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// # let images = ndarray::Array3::<u8>::zeros((2, 8, 8));
    /// let ds = Dataset::from_tensor_slices((images, vec![0, 1]))?;
    /// let probabilities = ndarray::array![[0.9, 0.1], [0.75, 0.25]];
    /// let svg = ds.images().confidence(probabilities).to_svg()?;
    /// assert!(svg.contains("✗ 0 75 % (true: 1)"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn confidence(&self, confidence: impl Into<PerRow>) -> Self {
        let mut plot = self.clone();
        plot.predictions.confidence = Some(confidence.into());
        plot
    }

    /// Whether wrong predictions come first, the most confident at the head. Without
    /// confidence they keep their order. Default: no.
    pub fn worst_first(&self, worst_first: bool) -> Self {
        let mut plot = self.clone();
        plot.predictions.worst_first = worst_first;
        plot
    }

    /// Whether only images whose prediction is wrong are shown. Default: no.
    pub fn only_wrong(&self, only_wrong: bool) -> Self {
        let mut plot = self.clone();
        plot.predictions.only_wrong = only_wrong;
        plot
    }

    /// All predictions against the truth, if there are any.
    pub(super) fn judged(&self) -> Result<Option<Judged>> {
        let asked = &self.predictions;
        if asked.predicted.is_none() && asked.confidence.is_none() {
            return match asked.worst_first || asked.only_wrong {
                true => Err(no_predictions()),
                false => Ok(None),
            };
        }
        let source = |given: &Option<PerRow>| {
            let source = given.as_ref().map(|given| given.source(&self.dataset));
            source.transpose()
        };
        let sources = Sources {
            predicted: source(&asked.predicted)?,
            confidence: source(&asked.confidence)?,
            truth: self.truth()?,
        };
        let answers = sources.read(self)?;
        answers.judged(self.classes(), asked).map(Some)
    }

    /// Where it says what is true.
    fn truth(&self) -> Result<Source> {
        let label = self.dataset.row_spec().label().map(Source::Component);
        self.title_source()?.or(label).ok_or_else(|| {
            Error::name(format!(
                "expected a label to compare predictions with, but the elements are {}; say with titles_by(…) which component holds what is true",
                self.dataset.element_spec()
            ))
        })
    }
}

fn no_predictions() -> Error {
    Error::value(
        "expected predictions to tell which images are wrong, but found none; give them with predicted(…)",
    )
}

/// Where everything about predictions comes from.
struct Sources {
    predicted: Option<Source>,
    confidence: Option<Source>,
    truth: Source,
}

impl Sources {
    fn read(&self, images: &Images) -> Result<Answers> {
        let all = [
            self.predicted.as_ref(),
            self.confidence.as_ref(),
            Some(&self.truth),
        ];
        let mut which: Vec<usize> = all
            .flat()
            .into_iter()
            .filter_map(Source::component)
            .into_list();
        which.sort_unstable();
        which.dedup();
        let leading = images.dataset.leading(&which, MAX_JUDGED)?;
        let values = |source: &Option<Source>, what| {
            let values = source
                .as_ref()
                .map(|source| source.of_rows(&leading, &which, what));
            values.transpose()
        };
        Ok(Answers {
            predicted: values(&self.predicted, "predictions")?,
            confidence: values(&self.confidence, "confidences")?
                .map(flat)
                .transpose()?,
            truth: self.truth.of_rows(&leading, &which, "true values")?,
            leading,
        })
    }
}

/// A single column as the values that it holds.
fn flat(values: Tensor) -> Result<Tensor> {
    match *values.shape() {
        [n, 1] => values.reshape(&[n]),
        _ => Ok(values),
    }
}

/// What was read.
struct Answers {
    predicted: Option<Tensor>,
    confidence: Option<Tensor>,
    truth: Tensor,
    leading: Leading,
}

impl Answers {
    fn judged(self, classes: Option<&[String]>, asked: &Predictions) -> Result<Judged> {
        let truth = Guesses::of(&self.truth, "true values")?;
        let scores = match &self.confidence {
            Some(tensor) if tensor.ndim() > 1 => Some(Guesses::of(tensor, "confidences")?),
            _ => None,
        };
        let guesses = match (&self.predicted, &scores) {
            (Some(predicted), _) => Guesses::of(predicted, "predictions")?,
            (None, Some(scores)) => scores.clone(),
            (None, None) => return Err(no_predictions()),
        };
        let shares = match (&self.confidence, &scores) {
            (Some(single), None) => Some(shares(single)?),
            (Some(rows), Some(_)) => Some(share_of_guess(rows, &guesses)?),
            (None, _) => guesses.shares.clone(),
        };
        let wrong = guesses.wrong(&truth, classes);
        let verdict = |i: usize| Verdict {
            predicted: guesses.name(i, classes),
            truth: truth.name(i, classes),
            confidence: shares.as_ref().and_then(|shares| shares[i]),
            wrong: wrong[i],
        };
        Ok(Judged {
            verdicts: (0..self.leading.len).map_each(verdict),
            extent: self.leading.extent,
            worst_first: asked.worst_first,
            only_wrong: asked.only_wrong,
        })
    }
}

/// All predictions of the rows that were looked at.
pub(super) struct Judged {
    pub(super) verdicts: Vec<Verdict>,
    extent: Extent,
    worst_first: bool,
    only_wrong: bool,
}

impl Judged {
    /// The rows in the order in which they are shown, if that is not theirs.
    pub(super) fn order(&self) -> Option<Vec<usize>> {
        if !self.worst_first && !self.only_wrong {
            return None;
        }
        let all = 0..self.verdicts.len();
        let mut order: Vec<usize> = all
            .filter(|&i| !self.only_wrong || self.verdicts[i].wrong)
            .into_list();
        if self.worst_first {
            sort_positions(&mut order, |a, b| self.worse(a, b));
        }
        Some(order)
    }

    /// Wrong before right; of the wrong, the surer first.
    fn worse(&self, a: usize, b: usize) -> Ordering {
        let (a, b) = (&self.verdicts[a], &self.verdicts[b]);
        let sure = |verdict: &Verdict| match verdict.wrong {
            true => verdict.confidence.unwrap_or(-1.0),
            false => -1.0,
        };
        b.wrong.cmp(&a.wrong).then(sure(b).total_cmp(&sure(a)))
    }

    fn wrong(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.wrong).count()
    }

    /// Which part is shown: "10 of 23 wrong images", or nothing where it is all.
    pub(super) fn part(&self, shown: usize, what: &str) -> Option<String> {
        match self.only_wrong {
            true => notes::part_of(shown, self.wrong(), &format!("wrong {what}")),
            false => notes::part_of(shown, self.verdicts.len(), what),
        }
    }

    /// The accuracy, and in what order the images are.
    pub(super) fn note(&self) -> String {
        let (all, wrong) = (self.verdicts.len(), self.wrong());
        if all == 0 {
            return "no predictions".to_owned();
        }
        let sure = self
            .verdicts
            .iter()
            .any(|verdict| verdict.confidence.is_some());
        let order = match (self.worst_first, self.only_wrong, sure) {
            (true, false, true) => "wrong ones first, the most confident at the head; ",
            (true, false, false) => "wrong ones first; ",
            (true, true, true) => "only wrong ones, the most confident first; ",
            (_, true, _) => "only wrong ones; ",
            (false, false, _) => "",
        };
        let counted = match notes::extent(all, &self.extent, "rows") {
            None => String::new(),
            Some(part) => format!(" in {part}"),
        };
        format!(
            "{order}accuracy {}: {} of {} wrong ({WRONG}){counted}",
            percent(all - wrong, all),
            count(wrong),
            count(all)
        )
    }

    /// How the titles are read, if there are wrong ones among them.
    pub(super) fn reading(&self, shown: &[&Verdict], style: Style) -> Option<String> {
        let sure = shown.iter().any(|verdict| verdict.confidence.is_some());
        let wrong = shown.iter().any(|verdict| verdict.wrong);
        let sure = if sure { " confidence" } else { "" };
        match style {
            _ if !wrong => None,
            Style::Full | Style::Broken => None,
            Style::Short => Some(format!("titles: {WRONG} prediction{sure} (true label)")),
            Style::Least => Some(format!("titles: {WRONG} prediction (true label)")),
        }
    }
}
