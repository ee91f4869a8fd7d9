//! Two data sets side by side.
//!
//! - `matching`: which columns are the same
//! - `drift`: how the values of a feature changed
//! - `shares`: how often each class occurs
//! - `identity`: which rows are equal; `overlap`: those on both sides
//! - `pictures`: the first images of both
//! - this file: all of it

mod drift;
mod identity;
mod matching;
mod overlap;
mod pictures;
mod shares;

use std::collections::HashMap;
use std::sync::Arc;

use super::{CategoricalSummary, Finding, Profile, Role};
use crate::dataset::{Dataset, Extent, Key};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach};
use crate::profile::rule::Rules;
pub use drift::FeatureDrift;
use matching::{Matched, Pair, matched};
use overlap::{By, Overlap, Side};
use pictures::Pictures;
pub use shares::ClassShare;

pub(crate) use overlap::Kind as OverlapKind;
pub(crate) use pictures::Picture;

/// Compares two data sets: training data with test data, or data before and after a step.
///
/// Features are matched by name, those without a name by their place; labels and images
/// of both sides are matched whatever they are called. What is measured is what a card
/// looks at: all rows where that is quick, else a random sample of 10,000 (seed 0).
///
/// To find rows of the one in the other all rows of both are read where those have at
/// most 256 MiB, which may take 2 seconds; otherwise those looked at, and the finding
/// says so.
///
/// # Errors
///
/// The data sets have nothing in common ([`Error::is_name`]), or no element of one can be
/// read. If some can, the others are left out:
/// [`problem_before`](Comparison::problem_before) tells the first that failed.
///
/// # Example
///
/// ```
/// use ndsight::{compare, Dataset, dict};
///
/// let iris = Dataset::from_npz("notebooks/data/iris.npz")?
///     .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?;
/// let (train, test) = iris.split(0.8)?; // the rows are in the order of the species
/// let comparison = compare(&train, &test)?.names("train", "test");
/// assert_eq!(comparison.class_shares()[2].after(), 1.0);
/// assert!(comparison.feature("petal length")?.ks().unwrap() > 0.7);
///
/// let (train, test) = iris.shuffle(1).split(0.8)?;
/// let comparison = compare(&train, &test)?.names("train", "test");
/// assert!(comparison.feature("petal length")?.ks().unwrap() < 0.3);
/// comparison.show(); // in a notebook; here, as text
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn compare(before: &Dataset, after: &Dataset) -> Result<Comparison> {
    Comparison::of([before, after])
}

/// Two data sets side by side: how the features drifted, how often each class occurs, what
/// looks wrong in only one of them, which rows are in both, and the first images of both.
///
/// Made by [`compare`](crate::compare()). On a cell's last line it shows itself; its
/// figure lays the histograms of both sides over each other, those that differ most first.
///
/// # Example
///
/// ```
/// use ndsight::{compare, Dataset, dict};
/// use ndarray::Array2;
///
/// let digits = Dataset::from_npz("notebooks/data/digits.npz")?;
/// let scaled = digits.map(|(image, label): (Array2<u8>, i64)| {
///     dict! { "images": image.mapv(f32::from) / 255.0, "labels": label }
/// })?;
/// let comparison = compare(&digits, &scaled)?;
/// let pixels = comparison.feature("images")?;
/// assert_eq!((pixels.before().max(), pixels.after().max()), (Some(255.0), Some(1.0)));
/// assert!(comparison.to_svg()?.contains("KS"));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Comparison {
    pub(crate) found: Arc<Found>,
    pub(crate) names: [String; 2],
    leakage: Option<Finding>,
}

/// All that was found; both sides are in arrays of two, before and after.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) sizes: [Size; 2],
    pub(crate) drift: Vec<FeatureDrift>,
    pub(crate) only: [Vec<String>; 2],
    pub(crate) label: Option<String>,
    pub(crate) shares: Vec<ClassShare>,
    pub(crate) findings: [Vec<Finding>; 2],
    pub(crate) overlap: Option<Overlap>,
    pub(crate) pictures: Option<Pictures>,
}

/// How much of a side was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Size {
    pub(crate) rows: usize,
    pub(crate) extent: Extent,
    pub(crate) problem: Option<Error>,
}

impl Comparison {
    fn of(datasets: [&Dataset; 2]) -> Result<Comparison> {
        let profiles = datasets.map(|dataset| Profile::of(dataset, Rules::ALL, false));
        let names = ["before", "after"].map(str::to_owned);
        for (profile, name) in profiles.iter().zip(&names) {
            if let (0, Some(err)) = (profile.look.len, &profile.look.problem) {
                return Err(err.clone().context(format_args!("data set '{name}'")));
            }
        }
        let found = Found::of(datasets, &profiles)?;
        Ok(Comparison {
            leakage: found.overlap.as_ref().and_then(|o| o.finding(&names)),
            found: Arc::new(found),
            names,
        })
    }

    /// What the two data sets are called. Default: `before` and `after`.
    ///
    /// ```
    /// # use ndsight::{compare, Dataset};
    /// let (train, test) = Dataset::from_npz("notebooks/data/wine.npz")?.split(0.7)?;
    /// let comparison = compare(&train, &test)?.names("train", "test");
    /// assert!(comparison.to_svg()?.contains("test (53)"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    #[must_use]
    pub fn names(&self, before: impl Into<String>, after: impl Into<String>) -> Comparison {
        let names = [before.into(), after.into()];
        let overlap = self.found.overlap.as_ref();
        Comparison {
            leakage: overlap.and_then(|overlap| overlap.finding(&names)),
            found: Arc::clone(&self.found),
            names,
        }
    }

    /// Each feature that both data sets have, and the pixels of all images together, in
    /// the order of the data set before.
    pub fn drift(&self) -> &[FeatureDrift] {
        &self.found.drift
    }

    /// The feature of this name or number among those in [`drift`](Comparison::drift).
    ///
    /// # Errors
    ///
    /// There is none ([`Error::is_name`]); the names are listed.
    pub fn feature(&self, key: impl Into<Key>) -> Result<&FeatureDrift> {
        let drift = self.drift();
        let names: Vec<String> = drift.map_each(|f| f.name().to_owned());
        let index = key.into().find(&names, "feature in common")?;
        Ok(&drift[index])
    }

    /// What only the data set before has: features, labels, images, other components.
    pub fn only_before(&self) -> &[String] {
        &self.found.only[0]
    }

    /// What only the data set after has.
    pub fn only_after(&self) -> &[String] {
        &self.found.only[1]
    }

    /// How often each class of the label occurs on either side, numbers by size, then
    /// words by letters; none where a side has no label.
    pub fn class_shares(&self) -> &[ClassShare] {
        &self.found.shares
    }

    /// What looks wrong only before. A finding is in both if its rule and its
    /// [subjects](Finding::subjects) are.
    pub fn findings_only_before(&self) -> &[Finding] {
        &self.found.findings[0]
    }

    /// What looks wrong only after.
    pub fn findings_only_after(&self) -> &[Finding] {
        &self.found.findings[1]
    }

    /// Rows after that are also before, as [`Rule::Leakage`](crate::Rule::Leakage) has
    /// it: images equal in all pixels, or rows equal in all features in common, whatever
    /// their labels. None where most rows are [`unchanged`](Comparison::unchanged), or
    /// where less than half of the rows of features before differ from each other, as equal
    /// ones then say nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{compare, Dataset};
    ///
    /// let train = Dataset::from_tensor_slices(vec![0.1, 0.2, 0.3, 0.4])?;
    /// let test = Dataset::from_tensor_slices(vec![0.7, 0.3])?;
    /// let comparison = compare(&train, &test)?.names("train", "test");
    /// let leakage = comparison.leakage().unwrap();
    /// assert_eq!(leakage.message(), "1 of 2 rows of 'test' is also in 'train'");
    /// assert_eq!(comparison.leaks(), [(2, 1)]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn leakage(&self) -> Option<&Finding> {
        self.leakage.as_ref()
    }

    /// The first 100 rows that leak: the row before, and the equal one after.
    pub fn leaks(&self) -> &[(usize, usize)] {
        match self.found.overlap.as_ref().map(|overlap| &overlap.kind) {
            Some(OverlapKind::Leaked(_, pairs)) => pairs,
            _ => &[],
        }
    }

    /// How many rows equal those at the same place, of how many; `None` unless both data
    /// sets have as many rows, and more than half of them are equal so: the one then is
    /// the other after a step that left them as they were.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::{compare, Dataset};
    ///
    /// let ds = Dataset::from_tensor_slices(vec![0.5, -1.0, 2.0, 3.0])?;
    /// let positive = ds.map(|x: f64| x.max(0.0))?;
    /// assert_eq!(compare(&ds, &positive)?.unchanged(), Some((3, 4)));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn unchanged(&self) -> Option<(usize, usize)> {
        match self.found.overlap.as_ref()?.kind {
            OverlapKind::Unchanged(equal, of) => Some((equal, of)),
            _ => None,
        }
    }

    /// The first element before that could not be read; it is left out.
    pub fn problem_before(&self) -> Option<&Error> {
        self.found.sizes[0].problem.as_ref()
    }

    /// The first element after that could not be read; it is left out.
    pub fn problem_after(&self) -> Option<&Error> {
        self.found.sizes[1].problem.as_ref()
    }
}

impl Found {
    fn of(datasets: [&Dataset; 2], profiles: &[Profile; 2]) -> Result<Found> {
        let matched = matched(profiles.each_ref().map(|p| &p.description));
        let Matched { pairs, only } = &matched;
        let looks = profiles.each_ref().map(|profile| &profile.look);
        let drift = pairs
            .iter()
            .filter_map(|pair| FeatureDrift::of(pair, looks));
        let drift: Vec<FeatureDrift> = drift.into_list();
        let labels = pairs.iter().find_map(labels);
        if drift.is_empty() && labels.is_none() {
            return Err(nothing_in_common(datasets));
        }
        let names = looks.map(|look| &look.names);
        Ok(Found {
            sizes: looks.map(|look| Size {
                rows: look.len,
                extent: look.extent.clone(),
                problem: look.problem.clone(),
            }),
            drift,
            label: labels.map(|(name, _)| name.to_owned()),
            shares: labels.map_or_else(Vec::new, |(_, of)| shares::class_shares(of, names)),
            findings: only_in_one(profiles.each_ref().map(|p| &p.findings[..]), pairs),
            overlap: overlap(datasets, profiles, pairs),
            pictures: pictures(datasets, pairs),
            only: only.clone(),
        })
    }
}

fn labels<'a>(pair: &'a Pair<'_>) -> Option<(&'a str, [&'a CategoricalSummary; 2])> {
    let [before, after] = pair.columns;
    let are_labels = before.role == Role::Label && after.role == Role::Label;
    let of = [before.categorical()?, after.categorical()?];
    are_labels.then_some((pair.name.as_str(), of))
}

fn nothing_in_common(datasets: [&Dataset; 2]) -> Error {
    Error::name(format!(
        "expected data sets with a feature, a label or images in common, but the elements before are {} and those after are {}; name features alike with with_feature_names([…])",
        datasets[0].element_spec(),
        datasets[1].element_spec()
    ))
}

/// Findings without those that the other side has too, by rule and by what they are about.
fn only_in_one(findings: [&[Finding]; 2], pairs: &[Pair<'_>]) -> [Vec<Finding>; 2] {
    // Images and labels may have another name on either side.
    let renamed = pairs.iter().map(|pair| {
        let [before, after] = pair.columns.map(|column| column.name());
        (after, before)
    });
    let renamed: HashMap<&str, &str> = renamed.collect();
    let subject = |side: usize, finding: &Finding| {
        let before = |name: &String| match renamed.get(name.as_str()) {
            Some(before) if side == 1 => (*before).to_owned(),
            _ => name.clone(),
        };
        let mut names: Vec<String> = finding.subjects().map_each(before);
        names.sort();
        names.dedup();
        (finding.rule(), names)
    };
    let own = |side: usize| {
        let other = 1 - side;
        let others = findings[other].map_each(|f| subject(other, f));
        let only = findings[side].iter();
        let only = only.filter(|finding| !others.contains(&subject(side, finding)));
        only.cloned().into_list()
    };
    [own(0), own(1)]
}

/// Equal rows, by the images if there are some, or else by all features in common.
fn overlap(
    datasets: [&Dataset; 2],
    profiles: &[Profile; 2],
    pairs: &[Pair<'_>],
) -> Option<Overlap> {
    let images: Vec<&Pair<'_>> = pairs.iter().filter(|p| is_image(p)).into_list();
    let features = || {
        let both = |p: &&Pair<'_>| p.columns.iter().all(|c| c.role == Role::Feature);
        pairs.iter().filter(both).into_list()
    };
    let (telling, by): (Vec<&Pair<'_>>, By) = match images.is_empty() {
        true => (features(), By::Features),
        false => (images, By::Images),
    };
    if telling.is_empty() {
        return None;
    }
    let side = |side: usize| Side {
        dataset: datasets[side],
        look: &profiles[side].look,
        columns: telling
            .map_each(|pair| (pair.columns[side].component, pair.columns[side].position)),
    };
    Overlap::of(&[side(0), side(1)], by)
}

fn pictures(datasets: [&Dataset; 2], pairs: &[Pair<'_>]) -> Option<Pictures> {
    let pair = pairs.iter().find(|pair| is_image(pair))?;
    let components = pair.columns.map(|column| column.component);
    Some(Pictures::of(datasets, components))
}

fn is_image(pair: &Pair<'_>) -> bool {
    pair.columns.iter().all(|c| c.role == Role::Image)
}

#[cfg(test)]
mod tests;
