//! How things that look wrong are found.
//!
//! - `values`: what single columns hold: gaps, constants, long tails
//! - `scales`, `correlated`: columns beside each other
//! - `duplicates`: rows and images that occur again
//! - `labels`: how often classes occur, and whether they contradict each other
//! - `images`: the range and the axes of images; `quality`: dark, bright, blurry, empty
//!   and nearly equal ones, seen as `pictures` of 8 bits
//! - `words`, `code`: messages and hints
//! - `keys`: what tells rows apart; `chance`: how many equal rows are to be expected

use crate::list::SortWith;

mod chance;
mod code;
mod correlated;
mod duplicates;
mod images;
mod keys;
mod labels;
mod pictures;
mod quality;
mod scales;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::cell::OnceCell;

use super::description::{ColumnDescription, Description, Kind, Role};
use super::finding::Finding;
use super::numeric::NumericSummary;
use super::rule::{Rule, Rules};
use crate::dataset::Look;

/// What is judged.
pub(crate) struct Evidence<'a> {
    /// Some rows.
    pub(crate) look: &'a Look,
    /// Of all rows, or of those that were looked at.
    pub(crate) description: &'a Description,
    /// What is looked for.
    pub(crate) rules: Rules,
}

/// What looks wrong, the most important first.
pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Finding> {
    let images = ImageKeys::new(evidence.look);
    let mut findings = Vec::new();
    findings.extend(values::find(evidence));
    findings.extend(scales::find(evidence));
    findings.extend(correlated::find(evidence));
    findings.extend(duplicates::find(evidence, &images));
    findings.extend(labels::find(evidence, &images));
    findings.extend(images::find(evidence));
    findings.extend(quality::find(evidence, &images));
    findings.sort_with(|a, b| {
        let place = |finding: &Finding| Rule::ALL.iter().position(|rule| *rule == finding.rule());
        let level = a.level().cmp(&b.level());
        let size = b.number().abs().total_cmp(&a.number().abs());
        level.then(place(a).cmp(&place(b))).then(size)
    });
    findings
}

/// What tells images apart, once it is asked for: several rules do.
struct ImageKeys<'a> {
    look: &'a Look,
    keys: OnceCell<Option<Vec<u128>>>,
}

impl<'a> ImageKeys<'a> {
    fn new(look: &'a Look) -> ImageKeys<'a> {
        ImageKeys {
            look,
            keys: OnceCell::new(),
        }
    }

    /// `None` without images.
    fn get(&self) -> Option<&[u128]> {
        let keys = self.keys.get_or_init(|| {
            let image = self.look.spec.image()?;
            keys::keys(self.look, &[image])
        });
        keys.as_deref()
    }
}

/// A column of numbers.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    column: &'a ColumnDescription,
    summary: &'a NumericSummary,
}

impl Numbers<'_> {
    fn name(&self) -> &str {
        &self.column.name
    }
}

impl<'a> Evidence<'a> {
    /// Every column of numbers.
    fn numbers(&self) -> impl Iterator<Item = Numbers<'a>> {
        let columns = self.description.columns.iter();
        columns.filter_map(|column| match &column.kind {
            Kind::Numeric(summary) => Some(Numbers { column, summary }),
            _ => None,
        })
    }

    /// Those of them that are features.
    fn features(&self) -> Vec<Numbers<'a>> {
        let features = self.numbers();
        features
            .filter(|numbers| numbers.column.role == Role::Feature)
            .collect()
    }

    /// The column's numbers in the rows that were looked at; `None` where rows are not alike.
    fn values(&self, column: &ColumnDescription) -> Option<Vec<f64>> {
        let view = self
            .look
            .components
            .get(column.component)?
            .stacked()?
            .view();
        match column.position {
            Some(position) => view.index(1, position).to_f64(),
            None => view.to_f64(),
        }
    }

    /// The rows of the data set where some of those looked at were found, in rising order.
    fn positions(&self, rows: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut positions: Vec<usize> = rows.into_iter().map(|row| self.position(row)).collect();
        positions.sort_unstable();
        positions
    }

    /// The row of the data set where the `row`-th one looked at was found.
    fn position(&self, row: usize) -> usize {
        self.look.positions.get(row).copied().unwrap_or(row)
    }

    /// What the images are called, if there are some.
    fn image_name(&self) -> Option<String> {
        let spec = &self.look.spec;
        Some(spec.names().swap_remove(spec.image()?))
    }

    /// What the label is called, if there is one.
    fn label_name(&self) -> Option<String> {
        let spec = &self.look.spec;
        Some(spec.names().swap_remove(spec.label()?))
    }

    fn follows(&self, rule: Rule) -> bool {
        self.rules.follow(rule)
    }
}
