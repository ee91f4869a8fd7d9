//! What single columns hold: gaps, constants, long tails, whole numbers.

use std::collections::BTreeSet;

use super::code;
use super::words::{listed, quoted, things, those, within};
use super::{Evidence, Numbers};
use crate::profile::finding::Finding;
use crate::profile::numeric::NumericSummary;
use crate::profile::rule::Rule;
use crate::profile::{Kind, Role};
use crate::stats::Distinct;
use crate::tensor::DType;
use crate::tensor::number::{count, percent, short};

pub(super) fn find(evidence: &Evidence<'_>) -> Vec<Finding> {
    let features = evidence.features();
    let mut findings = Vec::new();
    for gap in [Gap::Missing, Gap::Infinite] {
        if evidence.follows(gap.rule()) {
            findings.extend(gaps(evidence, &features, gap));
        }
    }
    let of_features: [(Rule, fn(&Evidence<'_>, &[Numbers<'_>]) -> Option<Finding>); 5] = [
        (Rule::Constant, constant),
        (Rule::AlmostConstant, almost_constant),
        (Rule::Skewed, skewed),
        (Rule::Outliers, outliers),
        (Rule::IntegersAsFloats, integers_as_floats),
    ];
    for (rule, find) in of_features {
        if evidence.follows(rule) {
            findings.extend(find(evidence, &features));
        }
    }
    findings
}

/// Values that are no finite numbers.
#[derive(Clone, Copy)]
enum Gap {
    Missing,
    Infinite,
}

impl Gap {
    fn rule(self) -> Rule {
        match self {
            Gap::Missing => Rule::Missing,
            Gap::Infinite => Rule::Infinite,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Gap::Missing => "missing (NaN)",
            Gap::Infinite => "infinite",
        }
    }

    fn count(self, summary: &NumericSummary) -> u64 {
        match self {
            Gap::Missing => summary.missing(),
            Gap::Infinite => summary.infinite(),
        }
    }

    fn is(self, value: f64) -> bool {
        match self {
            Gap::Missing => value.is_nan(),
            Gap::Infinite => value.is_infinite(),
        }
    }

    /// How to leave rows out.
    fn hint(self, evidence: &Evidence<'_>, component: usize) -> String {
        let spec = &evidence.look.spec;
        let found = spec.components()[component];
        let condition = match (found.dtype(), self) {
            (DType::Float16, _) => "…".to_owned(),
            (_, Gap::Missing) if found.is_single() => "!x.is_nan()".to_owned(),
            (_, Gap::Missing) => "!x.iter().any(|v| v.is_nan())".to_owned(),
            (_, Gap::Infinite) if found.is_single() => "!x.is_infinite()".to_owned(),
            (_, Gap::Infinite) => "!x.iter().any(|v| v.is_infinite())".to_owned(),
        };
        let filter = code::filter(spec, component, &condition);
        format!("leave these rows out with {filter}, or put numbers in with map")
    }
}

/// One finding for all features, and one for each other column.
fn gaps(evidence: &Evidence<'_>, features: &[Numbers<'_>], gap: Gap) -> Vec<Finding> {
    let has = |numbers: &Numbers<'_>| gap.count(numbers.summary) > 0;
    let affected: Vec<Numbers<'_>> = features.iter().copied().filter(has).collect();
    let others = evidence.numbers().filter(has);
    let others = others.filter(|numbers| numbers.column.role != Role::Feature);
    let mut findings: Vec<Finding> = others
        .map(|other| gaps_of(evidence, &[other], 1, gap))
        .collect();
    if !affected.is_empty() {
        findings.push(gaps_of(evidence, &affected, features.len(), gap));
    }
    if let Gap::Missing = gap {
        findings.extend(missing_labels(evidence));
    }
    findings
}

fn gaps_of(evidence: &Evidence<'_>, found: &[Numbers<'_>], of: usize, gap: Gap) -> Finding {
    let total: u64 = found.iter().map(|n| gap.count(n.summary)).sum();
    let within = within(&evidence.description.extent, evidence.description.rows);
    let message = match found {
        [one] => {
            let (name, all) = (quoted(&one.column.name), one.summary.values());
            match (total, all) {
                (1, 1) => format!("the only value of {name} is {}", gap.words()),
                (n, all) if n == all => {
                    format!("all {} values of {name} are {}", big(n), gap.words())
                }
                (n, all) => {
                    let are = if n == 1 { "is" } else { "are" };
                    let of = format!("{} of {} values", big(n), big(all));
                    format!("{of} of {name} {are} {}", gap.words())
                }
            }
        }
        many => format!(
            "{} values of {} of {} features are {}: {}",
            big(total),
            count(many.len()),
            count(of),
            gap.words(),
            names(many)
        ),
    };
    let hint = gap.hint(evidence, found[0].column.component);
    let finding = Finding::new(gap.rule(), total as f64, message + &within, hint);
    finding.at(rows_where(evidence, found, |_, value| gap.is(value)))
}

/// Labels of floats may be NaN too.
fn missing_labels(evidence: &Evidence<'_>) -> Option<Finding> {
    let description = evidence.description;
    let label = description.columns.iter().find(|c| c.role == Role::Label)?;
    let Kind::Categorical(classes) = &label.kind else {
        return None;
    };
    let mut known = classes.classes();
    let (_, missing) = known.find(|(name, _)| label.dtype.is_float() && *name == "NaN")?;
    let message = format!(
        "{} of {} labels {} missing (NaN){}",
        big(missing),
        big(classes.count()),
        if missing == 1 { "is" } else { "are" },
        within(&description.extent, description.rows)
    );
    let values = evidence.values(label).unwrap_or_default().into_iter();
    let rows = values.enumerate().filter(|(_, value)| value.is_nan());
    let rows: Vec<usize> = rows.map(|(row, _)| evidence.position(row)).collect();
    let hint = Gap::Missing.hint(evidence, label.component);
    Some(Finding::new(Rule::Missing, missing as f64, message, hint).at(rows))
}

/// The rows of the data set, among those looked at, where a value is odd.
fn rows_where(
    evidence: &Evidence<'_>,
    found: &[Numbers<'_>],
    odd: impl Fn(&NumericSummary, f64) -> bool,
) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    for numbers in found {
        let Some(values) = evidence.values(numbers.column) else {
            continue;
        };
        let a_row = (values.len() / evidence.look.len.max(1)).max(1);
        for (row, values) in values.chunks(a_row).enumerate() {
            if values.iter().any(|value| odd(numbers.summary, *value)) {
                rows.insert(evidence.position(row));
            }
        }
    }
    rows
}

/// Of fewer rows, to be all the same says nothing.
const CONSTANT_ROWS: u64 = 3;

fn is_constant(summary: &NumericSummary) -> bool {
    summary.infinite() == 0 && summary.min().is_some() && summary.min() == summary.max()
}

fn constant(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
    let found = matching(features, |summary| {
        summary.count() >= CONSTANT_ROWS && is_constant(summary)
    });
    let all = those(
        &evidence.description.extent,
        evidence.description.rows,
        "row",
    );
    let message = match found[..] {
        [] => return None,
        [Numbers { column, summary }] => {
            let (value, name) = (value(summary.min()), quoted(&column.name));
            match summary.missing() {
                0 => format!("{name} is {value} in all {}", without_article(&all)),
                _ => format!(
                    "{name} is {value} or missing in all {}",
                    without_article(&all)
                ),
            }
        }
        _ => {
            let all = within(&evidence.description.extent, evidence.description.rows);
            some(&found, features, "constant", &names(&found)) + &all
        }
    };
    Some(Finding::new(
        Rule::Constant,
        found.len() as f64,
        message,
        "they tell rows apart in nothing: leave them out",
    ))
}

fn almost_constant(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
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
    let (number, message) = match (&found[..], &shares[..]) {
        ([Numbers { column, summary }], [(part, all)]) => (
            *part as f64 / *all as f64,
            format!(
                "{} is {} in {} of {}",
                quoted(&column.name),
                value(summary.median()),
                percent(*part, *all),
                those(&look.extent, *all, "row")
            ),
        ),
        ([], _) => return None,
        _ => (
            found.len() as f64,
            some(&found, features, "almost constant", &names(&found))
                + &within(&look.extent, look.len),
        ),
    };
    let hint = "look whether what is rare matters: if not, leave them out";
    Some(Finding::new(Rule::AlmostConstant, number, message, hint))
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

fn skewed(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
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
    let number = if found.len() == 1 {
        measured
    } else {
        found.len() as f64
    };
    let positive = most.summary.min().is_some_and(|least| least >= 0.0) && measured > 0.0;
    let hint = match positive {
        true => "logarithms spread the many small values: mapv(f64::ln_1p) in a map",
        false => "the mean says little of them: look at the median, and at ds.hist()",
    };
    Some(Finding::new(Rule::Skewed, number, message + &within, hint))
}

/// Beyond [`Rule::OUTLIERS`] times the interquartile range from the quartiles.
fn is_outlier(summary: &NumericSummary, value: f64) -> bool {
    let Some([low, _, high]) = summary.quartiles() else {
        return false;
    };
    let reach = Rule::OUTLIERS * (high - low);
    value.is_finite() && (value < low - reach || value > high + reach)
}

fn outliers(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
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
    Some(finding.at(rows_where(evidence, &found, is_outlier)))
}

/// The largest float up to which all whole numbers are floats too.
fn exact_up_to(dtype: DType) -> f64 {
    match dtype {
        DType::Float16 => 2048.0,
        DType::Float32 => 16_777_216.0,
        _ => 9_007_199_254_740_992.0,
    }
}

/// A component has one type: it could hold integers where all its features do.
fn integers_as_floats(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Option<Finding> {
    let mut found = Vec::new();
    for own in features.chunk_by(|a, b| a.column.component == b.column.component) {
        let whole = own.iter().all(|n| holds_integers(n, n.column.dtype));
        let ends = own.iter().flat_map(|n| [n.summary.min(), n.summary.max()]);
        let beyond_a_flag = ends.flatten().any(|end| !(0.0..=1.0).contains(&end));
        let varied = own.iter().any(|n| !is_constant(n.summary));
        if whole && beyond_a_flag && varied {
            found.extend_from_slice(own);
        }
    }
    let within = within(&evidence.description.extent, evidence.description.rows);
    let message = match found[..] {
        [] => return None,
        [Numbers { column, .. }] => format!(
            "{} holds whole numbers alone, stored as {}",
            quoted(&column.name),
            column.dtype
        ),
        [Numbers { column, .. }, ..] if found.len() == features.len() => format!(
            "all {} hold whole numbers alone, stored as {}",
            things(found.len(), "feature"),
            column.dtype
        ),
        [Numbers { column, .. }, ..] => format!(
            "{} of {} features hold whole numbers alone, stored as {}: {}",
            count(found.len()),
            count(features.len()),
            column.dtype,
            names(&found)
        ),
    };
    let component = found[0].column.component;
    let spec = &evidence.look.spec;
    let cast = match spec.components()[component].is_single() {
        true => "x as i64",
        false => "x.mapv(|v| v as i64)",
    };
    let hint = format!(
        "if they count or name things, integers say so: {}",
        code::map(spec, component, cast)
    );
    Some(Finding::new(
        Rule::IntegersAsFloats,
        found.len() as f64,
        message + &within,
        hint,
    ))
}

fn holds_integers(numbers: &Numbers<'_>, dtype: DType) -> bool {
    let summary = numbers.summary;
    let exact = |end: Option<f64>| end.is_some_and(|end| end.abs() <= exact_up_to(dtype));
    let gaps = summary.missing() + summary.infinite();
    dtype.is_float()
        && summary.is_whole()
        && gaps == 0
        && summary.finite() >= SHAPE_ROWS
        && exact(summary.min())
        && exact(summary.max())
}

fn matching<'a>(
    features: &[Numbers<'a>],
    odd: impl Fn(&NumericSummary) -> bool,
) -> Vec<Numbers<'a>> {
    let odd = features.iter().filter(|numbers| odd(numbers.summary));
    odd.copied().collect()
}

fn strongest<'a>(found: &[Numbers<'a>], size: impl Fn(&Numbers<'a>) -> f64) -> Option<Numbers<'a>> {
    let larger = |a: Numbers<'a>, b: Numbers<'a>| if size(&b) > size(&a) { b } else { a };
    found.iter().copied().reduce(larger)
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

fn value(value: Option<f64>) -> String {
    value.map_or_else(String::new, short)
}

fn big(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}

/// `all the 10,000 rows looked at` reads better as `all 10,000 rows looked at`.
fn without_article(those: &str) -> &str {
    those.strip_prefix("the ").unwrap_or(those)
}
