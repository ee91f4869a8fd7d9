//! The card of two data sets side by side.

use super::finding::remark;
use crate::display::bundle::Bundle;
use crate::display::page::{Cell, Head, Page, Part, Table};
use crate::error::Result;
use crate::list::{Flat, IntoList, MapEach, MapInto, SortWith};
use crate::plot::number::{MINUS, count, short};
use crate::profile::{ClassShare, Comparison, FeatureDrift, NumericSummary};

/// The most features with a row in the table, and classes in theirs.
const MAX_FEATURES: usize = 40;
const MAX_CLASSES: usize = 20;

/// The most names in a list of what only one side has.
const MAX_NAMES: usize = 12;

/// Bars of a small histogram.
const BARS: usize = 16;

pub(in crate::display) fn comparison(comparison: &Comparison) -> Result<Bundle> {
    let tables = [drift(comparison), shares(comparison)];
    let figures = [comparison.histograms(), comparison.pictures()?];
    let page = Page::headed("Comparison", sizes(comparison))
        .with_all(problems(comparison))
        .with_all(common_rows(comparison))
        .with_all(tables.flat().into_iter().map(Part::Table))
        .with_all(only(comparison, 0))
        .with_all(only(comparison, 1))
        .with_all(figures.flat().into_iter().map(Part::figure));
    Bundle::of_page(&page)
}

/// How much was looked at, in words.
fn sizes(comparison: &Comparison) -> String {
    [0, 1].map(|side| comparison.size(side)).join(" — ")
}

/// The first element of each side that failed.
fn problems(comparison: &Comparison) -> impl Iterator<Item = Part> {
    let problems = [0, 1].map(|side| comparison.problem(side));
    problems.flat().into_iter().map(Part::Error)
}

/// Rows on both sides: a finding, or a note.
fn common_rows(comparison: &Comparison) -> impl Iterator<Item = Part> {
    let leakage = comparison.leakage().map(remark);
    let leakage = leakage.map(|remark| Part::Findings(vec![remark]));
    leakage
        .into_iter()
        .chain(comparison.common_rows().map(Part::Note))
}

/// A row for each feature, the largest distance first.
fn drift(comparison: &Comparison) -> Option<Table> {
    let [before, after] = &comparison.names;
    let rows: Vec<Vec<Cell>> = comparison.largest_first().map_into(row);
    if rows.is_empty() {
        return None;
    }
    let head = vec![
        Head::left("feature"),
        Head::right(before),
        Head::right(after),
        Head::right("shift"),
        Head::right("KS"),
        Head::left(before),
        Head::left(after),
    ];
    Some(Table {
        caption: Some(format!(
            "mean ± std; shift of the mean in std of '{before}'; KS distance from 0 to 1"
        )),
        ..Table::new(head, rows).cut(MAX_FEATURES)
    })
}

fn row(drift: &FeatureDrift) -> Vec<Cell> {
    let number = |text: Option<String>| text.map_or(Cell::Empty, Cell::Number);
    let [before, after] = bars(drift);
    vec![
        Cell::Text(drift.name().to_owned()),
        number(mean(drift.before())),
        number(mean(drift.after())),
        number(drift.mean_shift().map(signed)),
        number(drift.ks().map(|ks| format!("{ks:.2}"))),
        before,
        after,
    ]
}

fn mean(summary: &NumericSummary) -> Option<String> {
    let mean = short(summary.mean()?);
    Some(match summary.std() {
        Some(std) => format!("{mean} ± {}", short(std)),
        None => mean,
    })
}

/// With its sign, as it is a difference.
fn signed(value: f64) -> String {
    let text = match value.abs() {
        size if size < 0.005 => "0.00".to_owned(),
        size if size < 1e4 => format!("{value:+.2}"),
        _ if value > 0.0 => format!("+{}", short(value)),
        _ => short(value),
    };
    text.replace('-', &MINUS.to_string())
}

/// Small histograms over common bins.
fn bars(drift: &FeatureDrift) -> [Cell; 2] {
    let Ok(bins) = &drift.counted else {
        return [Cell::Empty, Cell::Empty];
    };
    let together = bins.edges.len().div_ceil(BARS).max(1);
    bins.counts.each_ref().map(|counts| {
        let sums = counts.chunks(together).map(|part| part.iter().sum::<u64>());
        Cell::Bars(sums.map(|n| n as f64).into_list())
    })
}

/// The shares of the classes on both sides; of many, those that differ most come first.
fn shares(comparison: &Comparison) -> Option<Table> {
    let label = comparison.found.label.clone()?;
    let mut classes: Vec<&ClassShare> = comparison.class_shares().iter().into_list();
    let change = |class: &ClassShare| (class.after() - class.before()).abs();
    if classes.len() > MAX_CLASSES {
        classes.sort_with(|a, b| change(b).total_cmp(&change(a)));
    }
    let rows = classes.into_iter().map(class);
    let [before, after] = &comparison.names;
    let head = vec![Head::left(label), Head::left(before), Head::left(after)];
    Some(Table::new(head, rows.into_list()).cut(MAX_CLASSES))
}

fn class(class: &ClassShare) -> Vec<Cell> {
    let share = |share: f64| Cell::Share {
        text: format!("{} %", short((share * 1e3).round() / 10.0)),
        share,
    };
    vec![
        Cell::Text(class.class().to_owned()),
        share(class.before()),
        share(class.after()),
    ]
}

/// What only one side has, and what looks wrong only there.
fn only(comparison: &Comparison, side: usize) -> Vec<Part> {
    let (names, findings) = match side {
        0 => (comparison.only_before(), comparison.findings_only_before()),
        _ => (comparison.only_after(), comparison.findings_only_after()),
    };
    let name = &comparison.names[side];
    let mut parts = Vec::new();
    if !names.is_empty() {
        parts.push(Part::Note(format!("only in '{name}': {}", listed(names))));
    }
    if !findings.is_empty() {
        parts.push(Part::heading(format!("Only in '{name}'"), ""));
        parts.push(Part::Findings(findings.map_each(remark)));
    }
    parts
}

fn listed(names: &[String]) -> String {
    let shown = names[..names.len().min(MAX_NAMES)].join(", ");
    match names.len() {
        n if n > MAX_NAMES => format!("{shown} and {} more", count(n - MAX_NAMES)),
        _ => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dataset, compare};

    fn slices(components: impl crate::IntoStructure) -> Dataset {
        Dataset::from_tensor_slices(components).unwrap()
    }

    fn text(before: &Dataset, after: &Dataset) -> String {
        let compared = compare(before, after).unwrap();
        comparison(&compared.names("train", "test")).unwrap().text
    }

    #[test]
    fn a_card_says_what_differs() {
        let before = slices((vec![1.0, 2.0, 3.0, 4.0], vec!["a", "a", "b", "b"]));
        let after = slices((vec![3.0, 9.0], vec!["a", "c"]));
        let text = text(&before, &after);
        for line in [
            "Comparison train: 4 rows — test: 2 rows",
            "  leakage (problem): 1 of 2 rows of 'test' is also in 'train'",
            "  feature          train       test  shift    KS  train      test",
            "  Feature 1  2.5 ± 1.291  6 ± 4.243  +2.71  0.50  ████         █     █",
            "  c                   0 %   ██████       50 %",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }

    #[test]
    fn what_only_one_side_has_is_listed() {
        let wide = slices(ndarray::Array2::<f64>::zeros((2, 20)));
        let text = text(&wide, &slices(ndarray::array![[1.0], [2.0]]));
        let listed = "only in 'train': Feature 2, Feature 3, Feature 4";
        assert!(text.contains(listed), "{text}");
        assert!(text.contains("and 7 more"), "{text}");
    }

    #[test]
    fn what_fails_is_told() {
        let before = slices(vec![1, 2, 3]);
        let after = before.map(|x: i32| match x {
            2 => Err("no such thing"),
            x => Ok(x),
        });
        let text = text(&before, &after.unwrap());
        let told = "error: some elements of 'test' are missing: map: element 1: no such thing";
        assert!(text.contains(told), "{text}");
        assert!(text.contains("2 of 2 rows are unchanged"), "{text}");
    }

    #[test]
    fn differences_have_a_sign() {
        assert_eq!(signed(1.234), "+1.23");
        assert_eq!(signed(-0.5), "−0.50");
        assert_eq!((signed(-1e-9), signed(0.0)), ("0.00".into(), "0.00".into()));
        assert_eq!(signed(123_456.0), "+123,456");
        assert_eq!(signed(f64::NEG_INFINITY), "−∞");
    }
}
