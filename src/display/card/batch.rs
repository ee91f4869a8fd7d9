//! The card of a batch: its components, and its pictures or its rows as a table
//! with the numbers of each feature in colours from least to greatest.

use super::spec;
use super::values::{Shades, words};
use crate::dataset::classes::class_name;
use crate::dataset::{Dataset, Element};
use crate::display::bundle::Bundle;
use crate::display::page::{Cell, Gap, Head, Page, Part, Table};
use crate::error::Result;
use crate::list::{Flat, IntoList, MapEach, MapNumbers};
use crate::plot::number::count;
use crate::tensor::{Shape, Tensor, TensorView};

/// Rows at the start and at the end of the table of a batch with more.
const FIRST_ROWS: usize = 10;
const LAST_ROWS: usize = 2;

/// Columns at the left and at the right of the table of a batch with more.
const FIRST_COLUMNS: usize = 10;
const LAST_COLUMNS: usize = 4;

pub(super) fn batch(element: &Element) -> Result<Bundle> {
    let spec = element.spec();
    let leaves = element.structure().leaves();
    let rows = leaves.first().map_or(0, |tensor| row_count(tensor));
    let size = match rows {
        1 => "of 1 row".to_owned(),
        rows => format!("of {} rows", count(rows)),
    };
    let page = Page::headed("Batch", size).with(Part::Table(spec::table(&spec)));
    let data = element.to_dataset();
    let of_rows = data.row_spec();
    let windows = of_rows
        .components()
        .iter()
        .any(|spec| spec.window().is_some());
    let pictures = of_rows.image().or(of_rows.video()).is_some();
    let page = match windows || pictures || rows == 0 {
        true => page.with(Part::figure(element.figure()?)),
        false => page.with_all(table(&data, &leaves, rows)),
    };
    Bundle::of_page(&page)
}

fn row_count(tensor: &Tensor) -> usize {
    tensor.shape().first().copied().unwrap_or(0)
}

/// The rows, and a note of the columns left out.
fn table(data: &Dataset, leaves: &[&Tensor], rows: usize) -> Vec<Part> {
    let all = columns(data);
    let cut = all.len() > FIRST_COLUMNS + LAST_COLUMNS;
    let (left, right) = match cut {
        true => (&all[..FIRST_COLUMNS], &all[all.len() - LAST_COLUMNS..]),
        false => (&all[..], &all[..0]),
    };
    let at = shown_rows(rows);
    let filled = |column: &Column| column.filled(leaves[column.component], &at, data);
    let mut shown: Vec<(Head, Vec<Cell>)> = vec![numbers(&at)];
    shown.extend(left.iter().map(filled));
    if cut {
        shown.push((Head::left("…"), vec!["…".into(); at.len()]));
    }
    shown.extend(right.iter().map(filled));
    let mut table = transposed(shown, at.len());
    table.gap = (at.len() < rows).then(|| Gap {
        after: FIRST_ROWS,
        left_out: rows - at.len(),
    });
    let note = cut.then(|| {
        let all = count(all.len());
        Part::Note(format!(
            "of {all} columns, those in the middle are left out"
        ))
    });
    [Some(Part::Table(table)), note].flat()
}

/// The positions of the rows that are shown.
fn shown_rows(rows: usize) -> Vec<usize> {
    match rows > FIRST_ROWS + LAST_ROWS {
        true => (0..FIRST_ROWS).chain(rows - LAST_ROWS..rows).into_list(),
        false => (0..rows).collect(),
    }
}

/// Each row's number, which heads it.
fn numbers(at: &[usize]) -> (Head, Vec<Cell>) {
    let numbers = at.iter().map(|&row| Cell::Number(row.to_string()));
    (Head::right(""), numbers.into_list())
}

fn transposed(columns: Vec<(Head, Vec<Cell>)>, rows: usize) -> Table {
    let row = |i: usize| columns.map_each(|(_, cells)| cells[i].clone());
    let rows = (0..rows).map_each(row);
    Table::new(columns.map_each(|(head, _)| head.clone()), rows)
}

/// What one column of the table shows of each row.
struct Column {
    component: usize,
    name: String,
    kind: Kind,
}

enum Kind {
    /// A number: the component's, or the one at this position of it.
    Feature(Option<usize>),
    Label,
    Other,
}

/// A column for each feature, and for each component that has none.
fn columns(data: &Dataset) -> Vec<Column> {
    let spec = data.row_spec();
    let label = spec.label();
    let mut features = data.features().into_iter().peekable();
    let mut columns = Vec::new();
    for (component, name) in spec.names().into_iter().enumerate() {
        let before = columns.len();
        while let Some(feature) = features.next_if(|feature| feature.component == component) {
            columns.push(Column {
                component,
                name: feature.name,
                kind: Kind::Feature(feature.position),
            });
        }
        if columns.len() == before {
            let kind = match label == Some(component) {
                true => Kind::Label,
                false => Kind::Other,
            };
            columns.push(Column {
                component,
                name,
                kind,
            });
        }
    }
    columns
}

impl Column {
    /// Its head, and its cells at these rows.
    fn filled(&self, tensor: &Tensor, at: &[usize], data: &Dataset) -> (Head, Vec<Cell>) {
        let name = self.name.clone();
        let view = tensor.view();
        match self.kind {
            Kind::Feature(position) => {
                let view = position.map_or(view.clone(), |i| view.index(1, i));
                (Head::right(name), shaded(&view, at))
            }
            Kind::Label => {
                let label = |&row: &usize| label(&view.clone().index(0, row), data.class_names());
                (Head::left(name), at.map_each(label))
            }
            Kind::Other => {
                let cell = |&row: &usize| Cell::Text(brief(&view.clone().index(0, row)));
                (Head::left(name), at.map_each(cell))
            }
        }
    }
}

/// Numbers in the colours of all of their column, also of rows that are not shown.
fn shaded(column: &TensorView<'_>, at: &[usize]) -> Vec<Cell> {
    let numbers = column.to_f64().unwrap_or_default();
    let shades = Shades::of(&numbers);
    let cell = |&row: &usize| {
        let text = words(&column.clone().index(0, row)).concat();
        shades.cell(text, numbers.get(row).copied().unwrap_or(f64::NAN))
    };
    at.map_each(cell)
}

/// A label with the name of its class.
fn label(value: &TensorView<'_>, classes: Option<&[String]>) -> Cell {
    Cell::Text(labelled(value, classes))
}

/// `virginica (2)`, or the value alone where its class has no name.
pub(super) fn labelled(value: &TensorView<'_>, classes: Option<&[String]>) -> String {
    let number = value.texts().concat();
    match class_name(&number, classes) {
        same if same == number => words(value).concat(),
        name => format!("{name} ({number})"),
    }
}

/// As many values of a small array as a cell has room for.
const MAX_VALUES: usize = 12;

/// A value, a few values, or the shape of many.
pub(super) fn brief(value: &TensorView<'_>) -> String {
    match value.shape() {
        [] => words(value).concat(),
        [n] if *n <= MAX_VALUES => format!("[{}]", words(value).join(", ")),
        shape => format!("{} {}", value.dtype(), Shape(shape)),
    }
}
