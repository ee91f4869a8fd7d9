//! Tables of described columns.

use crate::display::page::{Cell, Head, Table};
use crate::list::{IntoList, MapEach, MapInto, SortWith};
use crate::plot::number::{count, integer, percent, short};
use crate::profile::{CategoricalSummary, ColumnDescription, Description, Kind, NumericSummary};
use crate::stats::Distinct;
use crate::stats::summary::Number;

/// So many classes have a bar each; of more, the most frequent.
const BARS: usize = 20;

/// Each column in a row: what it is and what its values are like.
pub(super) fn glance(description: &Description) -> Table {
    let head = [
        Head::left("component"),
        Head::left("dtype"),
        Head::left("shape"),
        Head::left("histogram"),
        Head::right("range"),
        Head::right("mean ± std"),
        Head::right("NaN"),
        Head::right("inf"),
        Head::right("zeros"),
        Head::right("distinct"),
    ];
    Table::new(head.to_vec(), description.columns.map_each(at_a_glance))
}

fn at_a_glance(column: &ColumnDescription) -> Vec<Cell> {
    let mut cells = vec![
        Cell::Text(column.name().to_owned()),
        Cell::Text(column.dtype_text.clone()),
        Cell::Text(column.shape.clone()),
    ];
    cells.extend(match &column.kind {
        Kind::Numeric(numbers) => numeric(numbers),
        Kind::Categorical(classes) => categorical(classes),
        Kind::Opaque => Vec::new(),
    });
    cells
}

fn numeric(numbers: &NumericSummary) -> Vec<Cell> {
    let mean = numbers.mean().map(|mean| match numbers.std() {
        Some(std) => format!("{} ± {}", short(mean), short(std)),
        None => short(mean),
    });
    vec![
        Cell::Bars(numbers.histogram().map_each(|&n| n as f64)),
        number(range(numbers)),
        number(mean),
        times(numbers.missing()),
        times(numbers.infinite()),
        times(numbers.zeros()),
        Cell::Number(distinct(numbers.distinct())),
    ]
}

/// The least and the greatest finite value.
fn range(numbers: &NumericSummary) -> Option<String> {
    let (least, greatest) = numbers.ends()?;
    Some(match least == greatest {
        true => exact(least),
        false => format!("{} to {}", exact(least), exact(greatest)),
    })
}

fn categorical(classes: &CategoricalSummary) -> Vec<Cell> {
    let top = classes.top().map(|top| {
        let share = percent(classes.freq() as usize, classes.count() as usize);
        format!("top: {top} ({share})")
    });
    let range = classes.numbers().map(|(first, last)| match first == last {
        true => first.to_owned(),
        false => format!("{first} to {last}"),
    });
    vec![
        Cell::Bars(class_bars(classes)),
        number(range),
        number(top),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        times(classes.unique() as u64),
    ]
}

fn class_bars(classes: &CategoricalSummary) -> Vec<f64> {
    let mut counts: Vec<u64> = classes.classes().map(|(_, n)| n).into_list();
    if counts.len() > BARS {
        counts.sort_with(|a, b| b.cmp(a));
        counts.truncate(BARS);
    }
    counts.map_into(|n| n as f64)
}

/// The numbers of each column in a row, as pandas has them.
pub(super) fn numbers(description: &Description) -> Option<Table> {
    let heads = [
        "count", "mean", "std", "min", "25 %", "50 %", "75 %", "max", "skew", "NaN", "inf",
        "zeros", "distinct",
    ];
    let mut head = ["column", "histogram"].map_each(|name| Head::left(*name));
    head.extend(heads.map_each(|name| Head::right(*name)));
    let rows = description.columns.iter().filter_map(|column| {
        let numbers = column.numeric()?;
        let [low, median, high] = numbers.quartiles().map_or([None; 3], |q| q.map(Some));
        let real = |value: Option<f64>| number(value.map(short));
        Some(vec![
            Cell::Text(column.name().to_owned()),
            Cell::Bars(numbers.histogram().map_each(|&n| n as f64)),
            times(numbers.count()),
            real(numbers.mean()),
            real(numbers.std()),
            number(numbers.ends().map(|(least, _)| exact(least))),
            real(low),
            real(median),
            real(high),
            number(numbers.ends().map(|(_, greatest)| exact(greatest))),
            real(numbers.skewness()),
            times(numbers.missing()),
            times(numbers.infinite()),
            times(numbers.zeros()),
            Cell::Number(distinct(numbers.distinct())),
        ])
    });
    let rows: Vec<Vec<Cell>> = rows.into_list();
    (!rows.is_empty()).then(|| Table::new(head, rows))
}

/// The classes of each column in a row, as pandas has them.
pub(super) fn classes(description: &Description) -> Option<Table> {
    let mut head = ["column", "histogram"].map_each(|name| Head::left(*name));
    head.extend(["count", "unique", "top", "freq"].map_each(|name| Head::right(*name)));
    let rows = description.columns.iter().filter_map(|column| {
        let classes = column.categorical()?;
        Some(vec![
            Cell::Text(column.name().to_owned()),
            Cell::Bars(class_bars(classes)),
            times(classes.count()),
            times(classes.unique() as u64),
            number(classes.top().map(str::to_owned)),
            times(classes.freq()),
        ])
    });
    let rows: Vec<Vec<Cell>> = rows.into_list();
    (!rows.is_empty()).then(|| Table::new(head, rows))
}

fn number(text: Option<String>) -> Cell {
    text.map_or(Cell::Empty, Cell::Number)
}

fn times(n: u64) -> Cell {
    Cell::Number(count(n as usize))
}

/// How many different values, in words.
fn distinct(distinct: Distinct) -> String {
    match distinct {
        Distinct::Exactly(n) => count(n as usize),
        Distinct::MoreThan(n) => format!("> {}", count(n as usize)),
    }
}

/// With all digits of a whole number.
fn exact(value: Number) -> String {
    match value {
        Number::Integer(value) => integer(value),
        Number::Float(value) => short(value),
    }
}
