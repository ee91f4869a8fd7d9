//! How often each class occurs on either side.

use crate::dataset::Names;
use crate::dataset::classes::{are_class_numbers, class_name, in_reading_order};
use crate::list::SortWith;
use crate::profile::CategoricalSummary;

/// How often a class of the label occurs in each of two data sets.
///
/// # Example
///
/// ```
/// use ndsight::{compare, Dataset};
///
/// let ds = |labels: Vec<i64>| Dataset::from_tensor_slices((labels.clone(), labels));
/// let comparison = compare(&ds(vec![0, 1, 1, 1])?, &ds(vec![0, 1])?)?;
/// let share = &comparison.class_shares()[1];
/// assert_eq!((share.class(), share.before(), share.after()), ("1", 0.75, 0.5));
/// assert_eq!(share.counts(), (3, 1));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ClassShare {
    class: String,
    counts: [u64; 2],
    rows: [u64; 2],
}

impl ClassShare {
    /// The class: its name, or the label itself.
    pub fn class(&self) -> &str {
        &self.class
    }

    /// Its share of the rows before, from 0 to 1; 0 of no rows.
    pub fn before(&self) -> f64 {
        self.share(0)
    }

    /// Its share of the rows after, from 0 to 1; 0 of no rows.
    pub fn after(&self) -> f64 {
        self.share(1)
    }

    /// Its rows before and after, among those that were looked at.
    pub fn counts(&self) -> (u64, u64) {
        (self.counts[0], self.counts[1])
    }

    fn share(&self, side: usize) -> f64 {
        self.counts[side] as f64 / self.rows[side].max(1) as f64
    }
}

/// The classes of both labels, numbers by size, then words by letters. Where one side
/// has no names for numbers, they are those of the other.
pub(super) fn class_shares(
    labels: [&CategoricalSummary; 2],
    names: [&Names; 2],
) -> Vec<ClassShare> {
    let mut all: Vec<(String, usize, u64)> = Vec::new();
    for side in [0, 1] {
        let known = names[side].classes.as_deref();
        let other = names[1 - side].classes.as_deref();
        let texts = || labels[side].classes().map(|(text, _)| text);
        let other = other.filter(|_| known.is_none() && are_class_numbers(texts()));
        let named = labels[side]
            .classes()
            .map(|(text, n)| (class_name(text, other), side, n));
        all.extend(named);
    }
    all.sort_with(|(a, ..), (b, ..)| in_reading_order(a, b));
    let rows = labels.map(CategoricalSummary::count);
    let mut shares: Vec<ClassShare> = Vec::new();
    for (class, side, n) in all {
        let same = shares.last_mut().filter(|last| last.class == class);
        match same {
            Some(same) => same.counts[side] += n,
            None => {
                let mut counts = [0; 2];
                counts[side] = n;
                shares.push(ClassShare {
                    class,
                    counts,
                    rows,
                });
            }
        }
    }
    shares
}
