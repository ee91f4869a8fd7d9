//! Values that are missing or infinite.

use super::super::code;
use super::super::words::{given_name, quoted, within};
use super::{Evidence, Finding, Numbers, NumericSummary, Rule, big, names, rows_where};
use crate::list::IntoList;
use crate::profile::{Kind, Role};
use crate::tensor::DType;
use crate::tensor::number::count;

pub(super) fn find(evidence: &Evidence<'_>, features: &[Numbers<'_>]) -> Vec<Finding> {
    let gaps_of_both = [Gap::Missing, Gap::Infinite].into_iter();
    let followed = gaps_of_both.filter(|gap| evidence.follows(gap.rule()));
    followed
        .flat_map(|gap| gaps(evidence, features, gap))
        .into_list()
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
    let affected: Vec<Numbers<'_>> = features.iter().copied().filter(has).into_list();
    let others = evidence.numbers().filter(has);
    let others = others.filter(|numbers| numbers.column.role != Role::Feature);
    let mut findings: Vec<Finding> = others
        .map(|other| gaps_of(evidence, &[other], 1, gap))
        .into_list();
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
            let all = one.summary.count() + one.summary.missing();
            let name = column_name(evidence, *one);
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
    let finding = finding.about(found.iter().map(Numbers::name));
    finding.at(rows_where(evidence, found, |_, value| gap.is(value)))
}

/// A feature's name; that of another component if it was given one.
fn column_name(evidence: &Evidence<'_>, numbers: Numbers<'_>) -> String {
    let column = numbers.column;
    match (
        column.role,
        given_name(&evidence.look.spec, column.component),
    ) {
        (Role::Feature, _) => quoted(&column.name),
        (_, Some(given)) => given,
        (Role::Image, None) => "the images".to_owned(),
        _ => format!("component {}", column.name),
    }
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
    let rows = evidence.positions(rows.map(|(row, _)| row));
    let hint = Gap::Missing.hint(evidence, label.component);
    let finding = Finding::new(Rule::Missing, missing as f64, message, hint);
    Some(finding.about([&label.name]).at(rows))
}
