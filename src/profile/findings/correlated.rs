//! Features that say nearly the same.

use super::words::{quoted, within};
use super::{Evidence, Numbers};
use crate::list::{IntoList, MapEach, MapNumbers, SortWith};
use crate::profile::finding::Finding;
use crate::profile::rule::Rule;
use crate::stats::{Correlation, correlation};
use crate::tensor::number::{count, short};

/// So many features are compared at most: pairs grow with the square.
const FEATURES: usize = 200;

/// So many products of two values are formed at most, a few hundredths of a second.
const PRODUCTS: usize = 80_000_000;

/// Pairs of columns with gaps are met one by one, at about so many times the cost.
const COST_OF_GAPS: usize = 10;

/// Fewer rows correlate by chance: of so many, one pair in 10¹⁰ reaches 0.95.
const LEAST_ROWS: usize = 20;

/// So many pairs are named.
const NAMED: usize = 3;

pub(super) fn find(evidence: &Evidence<'_>) -> Option<Finding> {
    let rows = evidence.look.len;
    if !evidence.follows(Rule::Correlated) || rows < LEAST_ROWS {
        return None;
    }
    let features: Vec<Numbers<'_>> = (evidence.features().into_iter())
        .filter(is_comparable)
        .into_list();
    let compared = &features[..features.len().min(FEATURES)];
    let rows = affordable_rows(compared, rows);
    let pairs = strong_pairs(evidence, compared, rows);
    let (_, _, strongest) = *pairs.first()?;
    let named = pairs.iter().take(NAMED).enumerate().map(|(at, (a, b, r))| {
        let name = |i: usize| quoted(&compared[i].column.name);
        let (a, b) = (name(*a), name(*b));
        let verb = if at == 0 { "correlate at" } else { "at" };
        format!("{a} and {b} {verb} {}", short(*r))
    });
    let named = named.into_list().join(", ");
    let more = match pairs.len().saturating_sub(NAMED) {
        0 => String::new(),
        1 => " and 1 more pair".to_owned(),
        n => format!(" and {} more pairs", count(n)),
    };
    let message = format!("{named}{more}{}", part(evidence, features.len(), rows));
    let hint = "one of each two may do: ds.scatter shows a pair, ds.correlation() all";
    let mut of_pairs: Vec<usize> = pairs.flat_map_each(|(a, b, _)| [*a, *b]);
    of_pairs.sort_unstable();
    of_pairs.dedup();
    let names = of_pairs.into_iter().map(|i| compared[i].name());
    Some(Finding::new(Rule::Correlated, strongest, message, hint).about(names))
}

/// Whether a feature varies and has at most a quarter of gaps, so that any two have
/// half of the rows in common.
fn is_comparable(numbers: &Numbers<'_>) -> bool {
    let summary = numbers.summary;
    let gaps = summary.missing() + summary.infinite();
    gaps <= summary.finite() / 3 && summary.min() < summary.max()
}

fn affordable_rows(features: &[Numbers<'_>], rows: usize) -> usize {
    let gaps = |n: &Numbers<'_>| n.summary.missing() + n.summary.infinite() > 0;
    let with_gaps = features.iter().filter(|n| gaps(n)).count();
    let pairs = features.len().pow(2) + with_gaps * features.len() * COST_OF_GAPS;
    rows.min(PRODUCTS / pairs.max(1))
}

/// Pairs of features, the strongest first.
fn strong_pairs(
    evidence: &Evidence<'_>,
    features: &[Numbers<'_>],
    rows: usize,
) -> Vec<(usize, usize, f64)> {
    let columns: Vec<Vec<f64>> = features
        .map_each(|numbers| evenly(&evidence.values(numbers.column).unwrap_or_default(), rows));
    let matrix = correlation(&columns, Correlation::Pearson);
    let upper = matrix.indexed_iter().filter(|((a, b), _)| a < b);
    let strong = upper.filter(|(_, r)| r.abs() >= Rule::CORRELATED);
    let mut pairs: Vec<_> = strong.map(|((a, b), r)| (a, b, *r)).into_list();
    pairs.sort_with(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    pairs
}

/// So many values at even distances.
fn evenly(values: &[f64], wanted: usize) -> Vec<f64> {
    let wanted = wanted.min(values.len());
    let at = |i: usize| values[i * values.len() / wanted];
    (0..wanted).map_each(at)
}

/// Which part of the data was compared, where it is not all.
fn part(evidence: &Evidence<'_>, features: usize, rows: usize) -> String {
    let look = evidence.look;
    let among = match features > FEATURES {
        true => format!(" among the first {FEATURES} features that vary"),
        false => String::new(),
    };
    let within = match rows < look.len {
        true => format!(" in {} of the rows", count(rows)),
        false => within(&look.extent, look.len),
    };
    among + &within
}
