//! A column of labels or words: how often each class occurs.

use std::collections::HashMap;

use crate::dataset::classes::{are_class_numbers, class_name, in_reading_order};
use crate::list::{IntoList, MapInto, SortWith};
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
        let mut classes: Vec<(String, u64)> = counts.into_iter().into_list();
        classes.sort_with(|(a, _), (b, _)| in_reading_order(a, b));
        let names =
            names.filter(|_| are_class_numbers(classes.iter().map(|(text, _)| text.as_str())));
        for (text, _) in &mut classes {
            *text = class_name(text, names);
        }
        CategoricalSummary { classes }
    }

    /// The texts of the values of one component, each with how often it occurs; the same
    /// text may come several times.
    pub(crate) fn counts(view: &TensorView<'_>) -> Vec<(String, u64)> {
        match whole_numbers(view) {
            Some(counts) => {
                let texts = counts
                    .into_iter()
                    .map(|(number, n)| (number.to_string(), n));
                texts.into_list()
            }
            None => view.texts().map_into(|text| (text, 1)),
        }
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

    /// The first and the last class, where they are numbers.
    pub(crate) fn numbers(&self) -> Option<(&str, &str)> {
        let (first, last) = (self.classes.first()?, self.classes.last()?);
        // Words come after numbers.
        last.0.parse::<f64>().ok().map(|_| (&*first.0, &*last.0))
    }

    fn most(&self) -> Option<&(String, u64)> {
        self.classes
            .iter()
            .reduce(|most, next| if next.1 > most.1 { next } else { most })
    }
}

/// The numbers that occur in so narrow a range are counted in an array, without a text
/// for each row: ten million labels in tens of milliseconds.
const MAX_SPAN: i64 = 1 << 16;

/// How often each whole number occurs, where few can.
fn whole_numbers(view: &TensorView<'_>) -> Option<Vec<(i64, u64)>> {
    if !view.dtype().is_integer() {
        return None;
    }
    let values = view.to_f64()?;
    let (low, high) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| {
            (v.min(a), v.max(b))
        });
    // All whole numbers of this size are `f64`.
    const EXACT: f64 = 9e15;
    if values.is_empty() || low < -EXACT || high > EXACT || high - low > MAX_SPAN as f64 {
        return None;
    }
    let first = low as i64;
    let mut counts = vec![0; (high as i64 - first) as usize + 1];
    for value in values {
        counts[(value as i64 - first) as usize] += 1;
    }
    let numbered = (first..).zip(counts);
    Some(numbered.filter(|(_, n)| *n > 0).into_list())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tensor;

    fn of(values: impl Into<Tensor>, names: Option<&[String]>) -> CategoricalSummary {
        CategoricalSummary::of(CategoricalSummary::counts(&values.into().view()), names)
    }

    fn listed(summary: &CategoricalSummary) -> Vec<(&str, u64)> {
        summary.classes().collect()
    }

    #[test]
    fn classes_are_counted_in_reading_order() {
        let numbers = of(vec![10_i64, -2, 10, 3], None);
        assert_eq!(listed(&numbers), [("-2", 1), ("3", 1), ("10", 2)]);
        assert_eq!(
            (numbers.count(), numbers.top(), numbers.freq()),
            (4, Some("10"), 2)
        );
        assert_eq!(numbers.numbers(), Some(("-2", "10")));
        let words = of(vec!["b", "a", "b"], None);
        assert_eq!(listed(&words), [("a", 1), ("b", 2)]);
        assert_eq!(words.numbers(), None);
        assert_eq!(of(Vec::<i32>::new(), None).top(), None);
    }

    #[test]
    fn far_apart_and_large_numbers_are_classes_too() {
        let far = of(vec![u64::MAX, u64::MAX - 1, 0], None);
        let texts: Vec<&str> = far.classes().map(|(text, _)| text).collect();
        assert_eq!(texts, ["0", "18446744073709551614", "18446744073709551615"]);
        assert_eq!(of(vec![i64::MIN, i64::MAX], None).unique(), 2);
        assert_eq!(of(vec![true, false, true], None).freq(), 2);
    }

    #[test]
    fn numbers_of_classes_have_their_names() {
        let names = ["cat".to_owned(), "dog".to_owned()];
        let named = of(vec![1, 0, 1, 7], Some(&names));
        assert_eq!(listed(&named), [("cat", 1), ("dog", 2), ("7", 1)]);
    }
}
