//! The card of a data set: its size, its steps, each column described, its pictures and
//! classes, and what was found.

use super::columns;
use super::finding::remark;
use crate::dataset::{Cardinality, Dataset, Extent, Look};
use crate::display::bundle::Bundle;
use crate::display::page::{Cell, Head, Page, Part, Table};
use crate::error::Result;
use crate::list::{Flat, IntoList, MapEach, MapInto, SortWith};
use crate::plot::number::{bytes, count, percent};
use crate::plot::{Figure, notes};
use crate::profile::{Card, CategoricalSummary, Description, Finding, Profile, Role};
use crate::tensor::Tensor;

/// More columns than this are cut in the middle of the table.
const MAX_COLUMNS: usize = 20;

/// So many classes are listed, the most frequent ones.
const MAX_CLASSES: usize = 10;

/// Room for the first images, in logical pixels, so that the classes lie beside them.
const THUMBNAILS: (u32, u32) = (520, 260);

pub(in crate::display) fn dataset(dataset: &Dataset) -> Result<Bundle> {
    card(&dataset.card())
}

pub(in crate::display) fn card(card: &Card) -> Result<Bundle> {
    Bundle::of_page(&page(card))
}

fn page(card: &Card) -> Page {
    let (dataset, profile) = (&card.dataset, card.profile());
    let name = match dataset.is_batched() {
        true => "Batched dataset",
        false => "Dataset",
    };
    Page::headed(name, size(dataset, &profile.description))
        .with(Part::Chain(dataset.steps()))
        .with(Part::Table(
            columns::glance(&profile.description).cut(MAX_COLUMNS),
        ))
        .with_all(pictures(dataset, &profile))
        .with_all(
            profile
                .look
                .problem
                .iter()
                .map(|err| Part::Error(err.to_string())),
        )
        .with_all(found(&profile.findings))
        .with_all(looked_at(&profile).into_iter().map(Part::Note))
}

/// How many elements there are, of batches how many rows, and how much memory they
/// take, in words.
fn size(dataset: &Dataset, description: &Description) -> String {
    let (one, many) = match dataset.is_batched() {
        true => ("batch", "batches"),
        false => ("element", "elements"),
    };
    let size = match dataset.cardinality() {
        Cardinality::Finite(1) => format!("1 {one}"),
        Cardinality::Finite(n) => format!("{} {many}", count(n)),
        Cardinality::Infinite => format!("endless {many}"),
        Cardinality::Unknown => format!("an unknown number of {many}"),
    };
    let all_rows =
        dataset.is_batched() && description.rows > 0 && description.extent == Extent::All;
    let rows = all_rows.then(|| notes::rows(description.rows));
    let facts = [Some(size), rows, dataset.bytes().map(bytes)];
    facts.flat().join(", ")
}

/// The images, beside how often each class occurs.
fn pictures(dataset: &Dataset, profile: &Profile) -> Vec<Part> {
    let mut parts = Vec::new();
    let spec = &profile.look.spec;
    let opaque = profile
        .description
        .columns
        .iter()
        .all(|column| column.is_opaque());
    let images = spec.image().or(spec.video()).is_some();
    let failed = profile.look.problem.is_some();
    // What an element that failed would show is told once, as an error.
    if images && failed {
        let figure = readable(&profile.look).and_then(|rows| thumbnails(&rows).ok());
        parts.extend(figure.map(Part::figure));
    } else if images || (opaque && !failed) {
        let figure = match images {
            true => thumbnails(dataset),
            false => dataset.figure(),
        };
        parts.push(match figure {
            Ok(figure) => Part::figure(figure),
            Err(err) => Part::Error(err.to_string()),
        });
    }
    let labels = profile
        .description
        .columns
        .iter()
        .filter(|c| c.role == Role::Label);
    let labels = labels.filter_map(|column| Some((column.name(), column.categorical()?)));
    parts.extend(labels.filter_map(|(name, classes)| class_counts(name, classes)));
    match parts.len() {
        0 | 1 => parts,
        _ => vec![Part::Row(parts)],
    }
}

fn thumbnails(dataset: &Dataset) -> Result<Figure> {
    let (width, height) = THUMBNAILS;
    dataset.images().figsize(width, height).figure()
}

/// The rows that could be read, if they are alike.
fn readable(look: &Look) -> Option<Dataset> {
    let stacked = look.components.iter().map(|rows| rows.stacked().cloned());
    let mut stacked = stacked.collect::<Option<Vec<Tensor>>>()?.into_iter();
    // There are as many as the spec has components.
    let next = &mut |_: &_| stacked.next().unwrap_or_else(|| Tensor::from(0));
    let rows = look.spec.structure().map(next);
    let rows = Dataset::from_tensor_slices(rows).ok()?;
    Some(match &look.names.classes {
        Some(classes) => rows.with_class_names(classes.iter()),
        None => rows,
    })
}

/// The most frequent classes, with the others as one. Nothing where there are hardly two
/// rows of a class: the labels are then no classes but numbers of rows.
fn class_counts(name: &str, classes: &CategoricalSummary) -> Option<Part> {
    let all = classes.count();
    if classes.unique() == 0 || classes.unique() as u64 * 2 > all.max(4) {
        return None;
    }
    let (listed, others) = most_frequent(classes);
    let left = all - listed.iter().map(|(_, n)| n).sum::<u64>();
    let most = listed.iter().map(|(_, n)| *n).max().unwrap_or(1);
    let share = |n: u64| percent(n as usize, all as usize);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (class, n) in listed {
        let bar = Cell::Share {
            text: share(n),
            share: n as f64 / most as f64,
        };
        rows.push(vec![
            Cell::from(class),
            Cell::Number(count(n as usize)),
            bar,
        ]);
    }
    if others > 0 {
        let name = format!("{} other classes", count(others));
        rows.push(vec![
            Cell::from(name),
            Cell::Number(count(left as usize)),
            Cell::Text(share(left)),
        ]);
    }
    // The components of a tuple have numbers for names.
    let name = if name.parse::<usize>().is_ok() {
        "label"
    } else {
        name
    };
    let head = vec![Head::left(name), Head::right("rows"), Head::left("share")];
    Some(Part::Table(Table::new(head, rows)))
}

/// The classes to list, in their order, and how many others there are.
fn most_frequent(classes: &CategoricalSummary) -> (Vec<(&str, u64)>, usize) {
    let mut all: Vec<(usize, (&str, u64))> = classes.classes().enumerate().into_list();
    let others = all.len().saturating_sub(MAX_CLASSES);
    if others > 0 {
        all.sort_with(|(_, (_, a)), (_, (_, b))| b.cmp(a));
        all.truncate(MAX_CLASSES);
        all.sort_with(|(a, _), (b, _)| a.cmp(b));
    }
    (all.map_into(|(_, class)| class), others)
}

/// What was found, if something was.
fn found(findings: &[Finding]) -> Option<Part> {
    (!findings.is_empty()).then(|| Part::Findings(findings.map_each(remark)))
}

/// Which rows the table and the findings are about, where it is not all of them.
fn looked_at(profile: &Profile) -> Vec<String> {
    let (table, look) = (&profile.description, &profile.look);
    let both = table.extent == look.extent;
    let what = if both {
        "summary and findings"
    } else {
        "summary"
    };
    let summary = about(what, table.rows, &table.extent);
    let findings = about("findings", look.len, &look.extent).filter(|_| !both);
    summary.into_iter().chain(findings).into_list()
}

fn about(what: &str, rows: usize, extent: &Extent) -> Option<String> {
    let rows = notes::extent(rows, extent, "rows")?;
    // Only what ends and does not fail can be read to its end.
    let way_out = match extent {
        Extent::Sample { .. } | Extent::First(Cardinality::Finite(_) | Cardinality::Unknown) => {
            "; describe() reads all"
        }
        _ => "",
    };
    Some(format!("{what}: {rows}{way_out}"))
}
