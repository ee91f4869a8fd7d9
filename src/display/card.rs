//! Data sets, elements and arrays with what is known of them above the picture.

use super::bundle::Bundle;
use super::html;
use crate::dataset::{Cardinality, Dataset, Element, ElementSpec};
use crate::error::Result;
use crate::plot::number::{count, integer, short};
use crate::plot::{Draw, array};
use crate::stats::summary::{Number, Summary};
use crate::tensor::{Shape, Tensor, TensorView, with_numbers};

/// A data set: its size, its components, its steps, and a picture.
pub(super) fn dataset(dataset: &Dataset) -> Result<Bundle> {
    let name = if dataset.is_batched() {
        "Batched dataset"
    } else {
        "Dataset"
    };
    let size = size(dataset);
    let steps = format!("{size} — {}", dataset.steps().join(" → "));
    with_components(name, &steps, &dataset.element_spec(), dataset)
}

/// How many elements there are, in words.
fn size(dataset: &Dataset) -> String {
    let (one, many) = match dataset.is_batched() {
        true => ("batch", "batches"),
        false => ("element", "elements"),
    };
    match dataset.cardinality() {
        Cardinality::Finite(1) => format!("1 {one}"),
        Cardinality::Finite(n) => format!("{} {many}", count(n)),
        Cardinality::Infinite => format!("endless {many}"),
        Cardinality::Unknown => format!("an unknown number of {many}"),
    }
}

/// An element or a batch: its components and a picture.
pub(super) fn element(element: &Element) -> Result<Bundle> {
    let spec = element.spec();
    let (name, size) = match element.is_batch() {
        true => (
            "Batch",
            match spec.components().first().and_then(|spec| spec.first_axis()) {
                Some(1) => "of 1 row".to_owned(),
                rows => format!("of {} rows", count(rows.unwrap_or(0))),
            },
        ),
        false => ("Element", String::new()),
    };
    with_components(name, &size, &spec, element)
}

/// The most components a table lists; the card says how many more there are.
const MAX_COMPONENTS: usize = 40;

fn with_components(
    name: &str,
    rest: &str,
    spec: &ElementSpec,
    picture: &impl Draw,
) -> Result<Bundle> {
    let names = spec.names();
    let rows: Vec<Vec<String>> = names
        .iter()
        .zip(spec.components())
        .take(MAX_COMPONENTS)
        .map(|(name, spec)| vec![name.clone(), spec.dtype_text(), spec.shape_text()])
        .collect();
    let more = (names.len() > MAX_COMPONENTS).then(|| {
        format!(
            "and {} more components",
            count(names.len() - MAX_COMPONENTS)
        )
    });
    let mut head =
        html::heading(name, rest) + &html::table(&["component", "dtype", "shape"], &rows);
    let mut text = vec![format!("{name} {rest}").trim_end().to_owned()];
    text.extend(aligned(&rows));
    if let Some(more) = more {
        head.push_str(&html::heading("", &more));
        text.push(format!("  {more}"));
    }
    Bundle::of_card(head, text.join("\n"), &picture.figure()?)
}

/// Rows as lines with aligned columns.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths = [width(0), width(1)];
    rows.iter()
        .map(|row| {
            format!(
                "  {:<a$}  {:<b$}  {}",
                row[0],
                row[1],
                row[2],
                a = widths[0],
                b = widths[1]
            )
        })
        .collect()
}

/// A tensor; see [`view`].
pub(super) fn tensor(tensor: &Tensor) -> Result<Bundle> {
    view(&tensor.view())
}

/// An array: type, shape, what the values are like, and the picture that fits its
/// rank.
pub(super) fn view(view: &TensorView<'_>) -> Result<Bundle> {
    let facts = facts(view);
    let head = html::heading(&format!("{} {}", view.dtype(), Shape(view.shape())), &facts);
    let text = format!("{} {}  {facts}", view.dtype(), Shape(view.shape()));
    Bundle::of_card(head, text.trim_end().to_owned(), &array::figure(view)?)
}

/// A picture under a heading of its own.
#[cfg(feature = "image")]
pub(super) fn picture(view: &TensorView<'_>, what: &str) -> Result<Bundle> {
    let figure = array::picture(view)?;
    Bundle::of_card(
        html::heading("image", what),
        format!("image {what}"),
        &figure,
    )
}

fn facts(view: &TensorView<'_>) -> String {
    let summary = with_numbers!(view, array => Summary::of(array), else return String::new());
    let (Some(least), Some(greatest), Some(mean)) = (summary.min(), summary.max(), summary.mean())
    else {
        return match summary.count {
            0 => "no values".to_owned(),
            _ => "no finite values".to_owned(),
        };
    };
    let mut facts = vec![format!("from {} to {}", number(least), number(greatest))];
    if summary.finite() > 1 {
        let deviation = summary.deviation().unwrap_or(0.0);
        facts.push(format!("mean {} ± {}", short(mean), short(deviation)));
    }
    for (n, what) in [(summary.nan, "NaN"), (summary.infinite(), "infinite")] {
        if n > 0 {
            facts.push(format!("{} {what}", count(n as usize)));
        }
    }
    facts.join(", ")
}

fn number(value: Number) -> String {
    match value {
        Number::Integer(value) => integer(value),
        Number::Float(value) => short(value),
    }
}

/// A picture alone.
pub(super) fn plot(plot: &impl Draw) -> Result<Bundle> {
    Bundle::of_figure(&plot.figure()?)
}
