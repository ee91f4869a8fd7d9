//! What single columns hold. Features with the same trouble are one finding.
//!
//! - `gaps`: values that are missing or infinite
//! - `constants`: features that hardly vary
//! - `shapes`: long tails and outliers
//! - `integers`: whole numbers stored as floats

mod constants;
mod gaps;
mod integers;
mod shapes;

use super::words::listed;
use super::{Evidence, Numbers};
use crate::profile::finding::Finding;
use crate::profile::numeric::NumericSummary;
use crate::profile::rule::Rule;
use crate::stats::Distinct;
use crate::tensor::number::count;

/// What looks for one trouble of features.
type OfFeatures = fn(&Evidence<'_>, &[Numbers<'_>]) -> Option<Finding>;

pub(super) fn find(evidence: &Evidence<'_>) -> Vec<Finding> {
    let features = evidence.features();
    let mut findings = gaps::find(evidence, &features);
    let of_features: [(Rule, OfFeatures); 5] = [
        (Rule::Constant, constants::constant),
        (Rule::AlmostConstant, constants::almost_constant),
        (Rule::Skewed, shapes::skewed),
        (Rule::Outliers, shapes::outliers),
        (Rule::IntegersAsFloats, integers::integers_as_floats),
    ];
    for (rule, find) in of_features {
        if evidence.follows(rule) {
            findings.extend(find(evidence, &features));
        }
    }
    findings
}

/// The rows of the data set, among those looked at, where a value is odd.
fn rows_where(
    evidence: &Evidence<'_>,
    found: &[Numbers<'_>],
    odd: impl Fn(&NumericSummary, f64) -> bool,
) -> Vec<usize> {
    let mut rows = Vec::new();
    // Row by row, as they lie in memory: columns of many features are far slower to read.
    for own in found.chunk_by(|a, b| a.column.component == b.column.component) {
        let stacked = evidence.look.components[own[0].column.component].stacked();
        for row in 0..stacked.map_or(0, |_| evidence.look.len) {
            let values = stacked.and_then(|rows| rows.view().index(0, row).to_f64());
            let values = values.unwrap_or_default();
            let is_odd = |numbers: &Numbers<'_>| match numbers.column.position {
                Some(position) => odd(numbers.summary, values[position]),
                None => values.iter().any(|value| odd(numbers.summary, *value)),
            };
            if own.iter().any(is_odd) {
                rows.push(row);
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    evidence.positions(rows)
}

fn is_constant(summary: &NumericSummary) -> bool {
    summary.infinite() == 0 && summary.distinct() == Distinct::Exactly(1)
}

fn matching<'a>(
    features: &[Numbers<'a>],
    odd: impl Fn(&NumericSummary) -> bool,
) -> Vec<Numbers<'a>> {
    let odd = features.iter().filter(|numbers| odd(numbers.summary));
    odd.copied().collect()
}

/// `3 of 13 features are constant: 'a', 'b', 'c'`.
fn some(found: &[Numbers<'_>], of: &[Numbers<'_>], what: &str, names: &str) -> String {
    match found.len() {
        n if n == of.len() => format!("all {} features are {what}", count(n)),
        n => format!(
            "{} of {} features are {what}: {names}",
            count(n),
            count(of.len())
        ),
    }
}

fn names(found: &[Numbers<'_>]) -> String {
    listed(found.iter().map(|numbers| numbers.column.name.as_str()))
}

fn big(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}
