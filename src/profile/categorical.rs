//! A column of labels or words: how often each class occurs.

use std::collections::HashMap;

use crate::dataset::classes::{are_class_numbers, class_name, in_reading_order};
use crate::tensor::TensorView;

/// How often each class of a column occurs: the rows of `pandas.DataFrame.describe` for
/// text, and all counts.
///
/// # Example
///
/// ```
/// use ndsight::{Dataset, dict};
///
/// let ds = Dataset::from_tensor_slices(dict! { "label": vec!["cat", "dog", "cat"] })?;
/// let description = ds.describe()?;
/// let labels = description.categorical("label")?;
/// assert_eq!((labels.count(), labels.unique()), (3, 2));
/// assert_eq!((labels.top(), labels.freq()), (Some("cat"), 2));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CategoricalSummary {
    /// Numbers by size, then words by letters.
    classes: Vec<(String, u64)>,
}

impl CategoricalSummary {
    /// Of texts, each with how often it occurs; the same text may come several times.
    pub(crate) fn of(
        texts: impl IntoIterator<Item = (String, u64)>,
        names: Option<&[String]>,
    ) -> CategoricalSummary {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for (text, n) in texts {
            *counts.entry(text).or_default() += n;
        }
        let mut classes: Vec<(String, u64)> = counts.into_iter().collect();
        classes.sort_by(|(a, _), (b, _)| in_reading_order(a, b));
        let names =
            names.filter(|_| are_class_numbers(classes.iter().map(|(text, _)| text.as_str())));
        for (text, _) in &mut classes {
            *text = class_name(text, names);
        }
        CategoricalSummary { classes }
    }

    /// Of the values of one component.
    pub(crate) fn of_view(view: &TensorView<'_>, names: Option<&[String]>) -> CategoricalSummary {
        CategoricalSummary::of(view.texts().into_iter().map(|text| (text, 1)), names)
    }

    /// How many values there are.
    pub fn count(&self) -> u64 {
        self.classes.iter().map(|(_, n)| n).sum()
    }

    /// How many different ones.
    pub fn unique(&self) -> usize {
        self.classes.len()
    }

    /// The most frequent one, the first of several; `None` without values.
    pub fn top(&self) -> Option<&str> {
        self.most().map(|(text, _)| text.as_str())
    }

    /// How often [`top`](CategoricalSummary::top) occurs.
    pub fn freq(&self) -> u64 {
        self.most().map_or(0, |(_, n)| *n)
    }

    /// How often each class occurs: numbers by size, then words by letters.
    pub fn classes(&self) -> impl Iterator<Item = (&str, u64)> {
        self.classes.iter().map(|(text, n)| (text.as_str(), *n))
    }

    fn most(&self) -> Option<&(String, u64)> {
        self.classes
            .iter()
            .reduce(|most, next| if next.1 > most.1 { next } else { most })
    }
}
