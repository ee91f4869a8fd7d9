//! Features on very different scales.

use super::words::{quoted, within};
use super::{Evidence, Numbers};
use crate::profile::finding::Finding;
use crate::profile::rule::Rule;
use crate::stats::Distinct;
use crate::tensor::number::short;

/// Fewer different values are flags, which are not scaled.
const LEAST_DISTINCT: u64 = 3;

pub(super) fn find(evidence: &Evidence<'_>) -> Option<Finding> {
    if !evidence.follows(Rule::Scales) {
        return None;
    }
    let features = evidence.features();
    let mut spreads = features.iter().filter_map(spread);
    let first = spreads.next()?;
    let ((narrow, least), (wide, most)) = spreads.fold((first, first), |(low, high), next| {
        let low = if next.1 < low.1 { next } else { low };
        let high = if next.1 > high.1 { next } else { high };
        (low, high)
    });
    let ratio = most / least;
    if ratio < Rule::SCALES {
        return None;
    }
    let message = format!(
        "{} spreads {} times as wide as {} (std {} and {}){}",
        quoted(wide),
        short(ratio),
        quoted(narrow),
        short(most),
        short(least),
        within(&evidence.description.extent, evidence.description.rows)
    );
    let hint = "distances and gradients see the widest alone: in a map, subtract each feature's mean and \
                divide by its std, both of ds.describe()";
    Some(Finding::new(Rule::Scales, ratio, message, hint).about([wide, narrow]))
}

/// The name and the standard deviation of a feature that is measured.
fn spread<'a>(numbers: &Numbers<'a>) -> Option<(&'a str, f64)> {
    let Numbers { column, summary } = numbers;
    let (Distinct::Exactly(distinct) | Distinct::MoreThan(distinct)) = summary.distinct();
    let varied = summary.quartiles().is_some_and(|[low, _, high]| low < high);
    let std = summary.std().filter(|std| std.is_finite() && *std > 0.0)?;
    (distinct >= LEAST_DISTINCT && varied).then_some((column.name.as_str(), std))
}
