//! Features of floats that are all whole numbers.

use super::super::code;
use super::super::words::{quoted, things, within};
use super::{Evidence, Finding, Numbers, Rule, is_constant, names};
use crate::tensor::DType;
use crate::tensor::number::count;

/// Of fewer numbers, all may be whole by chance.
const LEAST_ROWS: u64 = 20;

/// The largest float up to which all whole numbers are floats too.
fn exact_up_to(dtype: DType) -> f64 {
    match dtype {
        DType::Float16 => 2048.0,
        DType::Float32 => 16_777_216.0,
        _ => 9_007_199_254_740_992.0,
    }
}

/// A component has one type: it could hold integers where all its features do.
pub(super) fn integers_as_floats(
    evidence: &Evidence<'_>,
    features: &[Numbers<'_>],
) -> Option<Finding> {
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
    let number = found.len() as f64;
    let finding = Finding::new(Rule::IntegersAsFloats, number, message + &within, hint);
    Some(finding.about(found.iter().map(Numbers::name)))
}

fn holds_integers(numbers: &Numbers<'_>, dtype: DType) -> bool {
    let summary = numbers.summary;
    let exact = |end: Option<f64>| end.is_some_and(|end| end.abs() <= exact_up_to(dtype));
    let gaps = summary.missing() + summary.infinite();
    dtype.is_float()
        && summary.is_whole()
        && gaps == 0
        && summary.finite() >= LEAST_ROWS
        && exact(summary.min())
        && exact(summary.max())
}
