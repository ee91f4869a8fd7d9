//! What stands above each image.

use super::Images;
use super::per_row::{PerRow, Source};
use super::predictions::{Style, Verdict};
use crate::dataset::ListedRows;
use crate::dataset::classes::class_name;
use crate::error::{Error, Result};
use crate::list::{MapEach, MapInto};
use crate::plot::figure::Ink;
use crate::plot::number::short;
use crate::tensor::{Rows, Tensor};

/// What the titles say.
#[derive(Clone, Debug, Default)]
pub(super) enum Titles {
    #[default]
    Label,
    By(PerRow),
    None,
}

/// What stands above an image, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heading {
    pub(super) text: Option<String>,
    pub(super) ink: Option<Ink>,
    /// Whether the image is marked as one whose prediction is wrong.
    pub(super) wrong: bool,
}

impl Images {
    /// The titles: a component by name or number, or a title for each row. With
    /// [`predicted`](Images::predicted), it holds what is true. Default: the label.
    ///
    /// ```
    /// use ndsight::{Dataset, dict};
    ///
    /// let ds = Dataset::from_tensor_slices(dict! {
    ///     "image": ndarray::Array3::<u8>::zeros((2, 8, 8)),
    ///     "label": vec![0, 1],
    ///     "file": vec!["a.png", "b.png"],
    /// })?;
    /// assert!(ds.images().titles_by("file").to_svg()?.contains("file: b.png"));
    /// assert!(ds.images().titles_by(["one", "two"]).to_svg()?.contains(">two<"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn titles_by(&self, titles: impl Into<PerRow>) -> Self {
        let mut plot = self.clone();
        plot.titles = Titles::By(titles.into());
        plot
    }

    /// Whether there are titles. Default: yes, where there is a label.
    ///
    /// ```
    /// # use ndsight::Dataset;
    /// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
    /// assert!(!digits.images().titles(false).to_svg()?.contains("Label"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn titles(&self, titles: bool) -> Self {
        let mut plot = self.clone();
        match (titles, &self.titles) {
            (false, _) => plot.titles = Titles::None,
            (true, Titles::None) => plot.titles = Titles::Label,
            (true, _) => {}
        }
        plot
    }

    /// Where the titles come from, if there are any.
    pub(super) fn title_source(&self) -> Result<Option<Source>> {
        match &self.titles {
            Titles::By(per_row) => per_row.source(&self.dataset).map(Some),
            Titles::Label => Ok(self.dataset.row_spec().label().map(Source::Component)),
            Titles::None => Ok(None),
        }
    }

    /// The titles of rows without predictions; `positions` are theirs in the data set.
    pub(super) fn headings(&self, rows: &ListedRows, positions: &[usize]) -> Result<Vec<Heading>> {
        let Some(source) = self.title_source()? else {
            return Ok(vec![Heading::default(); positions.len()]);
        };
        let texts = match &source {
            Source::Component(component) => self.component_titles(rows, *component)?,
            Source::Values(values) => self.own_titles(values, positions)?,
        };
        let heading = |text| Heading {
            text: Some(text),
            ..Heading::default()
        };
        Ok(texts.map_into(heading))
    }

    /// `Label: cat`, or `file: a.png`.
    fn component_titles(&self, rows: &ListedRows, component: usize) -> Result<Vec<String>> {
        let names = rows.spec.names();
        let is_label = rows.spec.label() == Some(component);
        let before = match names[component].parse::<usize>() {
            _ if is_label => "Label: ".to_owned(),
            Ok(_) => String::new(),
            Err(_) => format!("{}: ", names[component]),
        };
        // The names of classes are those of labels, not of any whole number.
        let known = rows.names.classes.as_deref().filter(|_| is_label);
        let classes = self.class_names.as_deref().or(known);
        let title = |row: &Vec<Tensor>| {
            let value = &row[component];
            if value.ndim() > 0 {
                return Err(Error::shape(format!(
                    "expected one value a row as its title, but component '{}' has {}",
                    names[component],
                    rows.spec.components()[component]
                )));
            }
            let text = texts(value).pop().unwrap_or_default();
            Ok(format!("{before}{}", class_name(&text, classes)))
        };
        rows.rows.iter().map(title).collect()
    }

    fn own_titles(&self, values: &Tensor, positions: &[usize]) -> Result<Vec<String>> {
        let found = values.shape().first().copied().unwrap_or(0);
        let expected = self
            .dataset
            .cardinality()
            .finite()
            .filter(|_| !self.dataset.is_batched());
        let needed = positions.iter().max().map_or(0, |last| last + 1);
        if values.ndim() != 1 || found < needed || expected.is_some_and(|all| all != found) {
            return Err(Error::shape(format!(
                "expected {} titles, one for each row, but found an array of shape {}",
                expected.unwrap_or(needed),
                crate::tensor::Shape(values.shape())
            )));
        }
        let picked = values.rows(&Rows::List(positions.to_vec()));
        let classes = self.class_names.as_deref();
        Ok(texts(&picked).map_each(|text| class_name(text, classes)))
    }

    /// The titles of rows with predictions.
    pub(super) fn verdict_headings(&self, verdicts: &[&Verdict], style: Style) -> Vec<Heading> {
        let heading = |verdict: &&Verdict| Heading {
            text: match self.titles {
                Titles::None => None,
                _ => Some(verdict.title(style)),
            },
            ink: Some(if verdict.wrong {
                Ink::Alert
            } else {
                Ink::Muted
            }),
            wrong: verdict.wrong,
        };
        verdicts.map_each(heading)
    }
}

/// Values in words; floats with the digits that matter.
fn texts(values: &Tensor) -> Vec<String> {
    match values.view().to_f64() {
        Some(numbers) if values.dtype().is_float() => numbers.map_into(short),
        _ => values.view().texts(),
    }
}
