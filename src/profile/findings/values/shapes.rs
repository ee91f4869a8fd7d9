//! Features with long tails, and values far out.

use super::super::words::{quoted, within};
use super::{Distinct, Evidence, Finding, Numbers, NumericSummary, Rule};
use super::{big, matching, names, rows_where, some};
use crate::tensor::number::{count, short};

/// Shapes of fewer values are chance.
const SHAPE_ROWS: u64 = 20;

/// Fewer different values are codes, not measurements.
const SHAPE_DISTINCT: u64 = 10;

/// Whether the values are measurements of which many differ, so that their
/// distribution has a shape.
fn has_a_shape(summary: &NumericSummary) -> bool {
    let distinct = match summary.distinct() {
        Distinct::Exactly(n) | Distinct::MoreThan(n) => n,
    };
    let spread = summary.quartiles().is_some_and(|[low, _, high]| low < high);
    summary.finite() >= SHAPE_ROWS && distinct > SHAPE_DISTINCT && spread
}

pub(super) fn skewed(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
    let skewness = |summary: &NumericSummary| summary.skewness().unwrap_or(0.0);
    let found = matching(features, |summary| {
        has_a_shape(summary) && skewness(summary).abs() >= Rule::SKEWED
    });
    let most = strongest(&found, |numbers| skewness(numbers.summary).abs())?;
    let (name, measured) = (quoted(&most.column.name), skewness(most.summary));
    let within = within(&evidence.description.extent, evidence.description.rows);
    let message = match found.len() {
        1 => format!("{name} is skewed: its skewness is {}", short(measured)),
        _ => {
            let most = format!("{name} most, with a skewness of {}", short(measured));
            some(&found, features, "skewed", &names(&found)) + "; " + &most
        }
    };
    let positive = most.summary.min().is_some_and(|least| least >= 0.0) && measured > 0.0;
    let hint = match positive {
        true => "logarithms spread the many small values: mapv(f64::ln_1p) in a map",
        false => "the mean says little of them: look at the median, and at ds.hist()",
    };
    let finding = Finding::new(Rule::Skewed, measured, message + &within, hint);
    Some(finding.about(found.iter().map(Numbers::name)))
}

/// Beyond [`Rule::OUTLIERS`] times the interquartile range from the quartiles.
fn is_outlier(summary: &NumericSummary, value: f64) -> bool {
    let Some([low, _, high]) = summary.quartiles() else {
        return false;
    };
    let reach = Rule::OUTLIERS * (high - low);
    value.is_finite() && (value < low - reach || value > high + reach)
}

pub(super) fn outliers(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
    let found = matching(features, |summary| {
        has_a_shape(summary) && summary.outliers() > 0
    });
    let total: u64 = found.iter().map(|n| n.summary.outliers()).sum();
    let values = match total {
        1 => "1 value".to_owned(),
        n => format!("{} values", big(n)),
    };
    let far = match total {
        1 => "lies far from the others",
        _ => "lie far from the others",
    };
    let subject = match found[..] {
        [] => return None,
        [Numbers { column, .. }] => format!("{values} of {} {far}", quoted(&column.name)),
        _ => format!(
            "{values} of {} of {} features {far} ({})",
            count(found.len()),
            count(features.len()),
            names(&found)
        ),
    };
    let within = within(&evidence.description.extent, evidence.description.rows);
    let message = format!("{subject}, beyond 3 interquartile ranges from the quartiles{within}");
    let hint = "ds.boxplot() shows them: are they mistakes, or the tail of what is measured?";
    let finding = Finding::new(Rule::Outliers, total as f64, message, hint);
    let finding = finding.about(found.iter().map(Numbers::name));
    Some(finding.at(rows_where(evidence, &found, is_outlier)))
}

fn strongest<'a>(found: &[Numbers<'a>], size: impl Fn(&Numbers<'a>) -> f64) -> Option<Numbers<'a>> {
    let larger = |a: Numbers<'a>, b: Numbers<'a>| if size(&b) > size(&a) { b } else { a };
    found.iter().copied().reduce(larger)
}
