//! Features that hardly vary.

use super::super::words::{quoted, those, within};
use super::{Evidence, Finding, Numbers, Rule, is_constant, matching, names, some};
use crate::dataset::Extent;
use crate::tensor::number::{integer, percent, short};

/// Of fewer rows, to be all the same says nothing.
const CONSTANT_ROWS: u64 = 3;

pub(super) fn constant(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
    let found = matching(features, |summary| {
        summary.count() >= CONSTANT_ROWS && is_constant(summary)
    });
    let description = evidence.description;
    let all = match those(&description.extent, description.rows, "row") {
        rows if description.extent == Extent::All => format!("all {rows}"),
        rows => format!("all of {rows}"),
    };
    let message = match found[..] {
        [] => return None,
        [Numbers { column, summary }] => {
            let (value, name) = (value(summary.min()), quoted(&column.name));
            match summary.missing() {
                0 => format!("{name} is {value} in {all}"),
                _ => format!("{name} is {value} or missing in {all}"),
            }
        }
        _ => {
            let within = within(&description.extent, description.rows);
            some(&found, features, "constant", &names(&found)) + &within
        }
    };
    let hint = match found.len() {
        1 => "it tells no row from another: leave it out",
        _ => "they tell no row from another: leave them out",
    };
    let finding = Finding::new(Rule::Constant, found.len() as f64, message, hint);
    Some(finding.about(found.iter().map(Numbers::name)))
}

pub(super) fn almost_constant(
    evidence: &Evidence<'_>,
    features: &[Numbers<'_>],
) -> Option<Finding> {
    let mut shares = Vec::new();
    let mut found = Vec::new();
    for numbers in features {
        if let Some(share) = share_of_most_frequent(evidence, *numbers)
            && share.0 < share.1
            && share.0 as f64 >= Rule::ALMOST_CONSTANT * share.1 as f64
        {
            shares.push(share);
            found.push(*numbers);
        }
    }
    let look = evidence.look;
    let message = match (&found[..], &shares[..]) {
        ([Numbers { column, summary }], [(part, all)]) => format!(
            "{} is {} in {} of {}",
            quoted(&column.name),
            value(summary.median()),
            percent(*part, *all),
            those(&look.extent, *all, "row")
        ),
        ([], _) => return None,
        _ => {
            some(&found, features, "almost constant", &names(&found))
                + &within(&look.extent, look.len)
        }
    };
    let hint = "does what is rare matter? If not, leave it out";
    let finding = Finding::new(Rule::AlmostConstant, found.len() as f64, message, hint);
    Some(finding.about(found.iter().map(Numbers::name)))
}

/// How many of how many values are the most frequent one, where that may be nearly all.
fn share_of_most_frequent(evidence: &Evidence<'_>, numbers: Numbers<'_>) -> Option<(usize, usize)> {
    // What more than three quarters of the values are, all quartiles are.
    let [low, middle, high] = numbers.summary.quartiles()?;
    if low != high || is_constant(numbers.summary) {
        return None;
    }
    let values = evidence.values(numbers.column)?;
    let present = values.iter().filter(|value| !value.is_nan());
    let (mut part, mut all) = (0, 0);
    for value in present {
        all += 1;
        part += usize::from(*value == middle);
    }
    Some((part, all))
}

/// Whole numbers with all their digits: they may be names.
fn value(value: Option<f64>) -> String {
    match value {
        Some(v) if v.fract() == 0.0 && (1e6..1e15).contains(&v.abs()) => integer(v as i128),
        value => value.map_or_else(String::new, short),
    }
}
