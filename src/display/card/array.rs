//! The card of an array: type, shape, what the values are like, and the picture
//! that fits its rank; a small one's numbers.

use super::values::{Shades, words};
use crate::display::bundle::Bundle;
use crate::display::page::{Cell, Head, Page, Part, Table};
use crate::error::Result;
use crate::list::IntoList;
use crate::plot::array;
use crate::plot::number::{count, integer, short};
use crate::stats::summary::{Number, Summary};
use crate::tensor::{Shape, Tensor, TensorView};

/// The longest side of an array whose numbers are all written.
const MAX_WRITTEN: usize = 12;

/// A tensor; see [`view`].
pub(in crate::display) fn tensor(tensor: &Tensor) -> Result<Bundle> {
    view(&tensor.view())
}

/// An array.
pub(in crate::display) fn view(view: &TensorView<'_>) -> Result<Bundle> {
    let name = format!("{} {}", view.dtype(), Shape(view.shape()));
    let page = Page::headed(name, facts(view)).with_all(parts(view)?);
    Bundle::of_page(&page)
}

/// The numbers of a small array in a table: of a matrix in place of a picture, of a
/// vector above its curve.
fn parts(view: &TensorView<'_>) -> Result<Vec<Part>> {
    let small = |n: &usize| (1..=MAX_WRITTEN).contains(n);
    let written = view.dtype().is_number() && view.shape().iter().all(small);
    Ok(match view.shape() {
        [] => Vec::new(),
        _ if view.len() == 0 => Vec::new(),
        [_] if !view.dtype().is_number() => vec![Part::Table(listed(view))],
        [_, _] if written => vec![Part::Table(matrix(view))],
        // One point is no curve.
        [_] if written && finite(view) < 2 => vec![Part::Table(vector(view))],
        [_] if written => vec![
            Part::Table(vector(view)),
            Part::figure(array::figure(view)?),
        ],
        _ => vec![Part::figure(array::figure(view)?)],
    })
}

fn finite(view: &TensorView<'_>) -> usize {
    let numbers = view.to_f64().unwrap_or_default();
    numbers.iter().filter(|number| number.is_finite()).count()
}

/// Columns headed by their index, after one for that of the row.
fn heads(columns: usize) -> Vec<Head> {
    let indices = (0..columns).map(|i| Head::right(i.to_string()));
    [Head::right("")].into_iter().chain(indices).into_list()
}

fn vector(view: &TensorView<'_>) -> Table {
    let values = words(view).into_iter().map(Cell::Number);
    let row = [Cell::Text("value".to_owned())].into_iter().chain(values);
    let mut head = heads(view.len());
    head[0] = Head::left("index");
    Table::new(head, vec![row.into_list()])
}

/// Words below each other, as they may be long.
fn listed(view: &TensorView<'_>) -> Table {
    let row = |(i, text): (usize, String)| vec![Cell::Number(i.to_string()), Cell::Text(text)];
    let rows = words(view).into_iter().enumerate().map(row).into_list();
    let head = vec![Head::right("index"), Head::left("value")];
    Table::new(head, rows).cut(MAX_WRITTEN)
}

fn matrix(view: &TensorView<'_>) -> Table {
    let numbers = view.to_f64().unwrap_or_default();
    let shades = Shades::of(&numbers);
    let cells: Vec<Cell> = words(view)
        .into_iter()
        .zip(numbers)
        .map(|(text, number)| shades.cell(text, number))
        .into_list();
    let columns = view.shape().last().copied().unwrap_or(0).max(1);
    let rows = cells.chunks(columns).enumerate().map(|(i, row)| {
        let index = Cell::Number(i.to_string());
        [&[index], row].concat()
    });
    Table::new(heads(columns), rows.into_list())
}

/// Ends, mean and deviation of the finite values, with divisor `n` as `numpy.std`;
/// how many are not finite or zero; bytes of memory.
fn facts(view: &TensorView<'_>) -> String {
    let summary = Summary::of(view);
    let mut facts = match (view.shape(), summary) {
        ([], _) => words(view),
        (_, Some(summary)) => summarized(&summary),
        (_, None) => Vec::new(),
    };
    let bytes = view
        .dtype()
        .size()
        .and_then(|size| size.checked_mul(view.len()));
    facts.extend(bytes.map(|bytes| match bytes {
        1 => "1 byte".to_owned(),
        bytes => format!("{} bytes", count(bytes)),
    }));
    facts.join(", ")
}

fn summarized(summary: &Summary) -> Vec<String> {
    let mut facts = Vec::new();
    match (summary.min(), summary.max(), summary.mean()) {
        (Some(least), Some(greatest), Some(mean)) => {
            facts.push(format!("from {} to {}", number(least), number(greatest)));
            if summary.finite() > 1 {
                let deviation = summary.deviation().unwrap_or(0.0);
                facts.push(format!("mean {} ± {}", short(mean), short(deviation)));
            }
        }
        _ if summary.count == 0 => facts.push("no values".to_owned()),
        _ => facts.push("no finite values".to_owned()),
    }
    let zeros = match summary.zeros {
        1 => "zero",
        _ => "zeros",
    };
    for (n, what) in [
        (summary.nan, "NaN"),
        (summary.infinite(), "infinite"),
        (summary.zeros, zeros),
    ] {
        if n > 0 {
            facts.push(format!("{} {what}", count(n as usize)));
        }
    }
    facts
}

fn number(value: Number) -> String {
    match value {
        Number::Integer(value) => integer(value),
        Number::Float(value) => short(value),
    }
}
