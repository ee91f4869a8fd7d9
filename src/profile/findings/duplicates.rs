//! Rows and images that occur again.

use super::chance::beyond_chance;
use super::keys::{firsts, keys};
use super::words::those;
use super::{Evidence, ImageKeys};
use crate::dataset::ElementSpec;
use crate::list::Flat;
use crate::profile::finding::Finding;
use crate::profile::rule::Rule;
use crate::tensor::number::{count, percent};

pub(super) fn find(evidence: &Evidence<'_>, images: &ImageKeys<'_>) -> Vec<Finding> {
    let found = [rows(evidence), of_images(evidence, images)];
    found.flat()
}

fn rows(evidence: &Evidence<'_>) -> Option<Finding> {
    let look = evidence.look;
    let all: Vec<usize> = (0..look.components.len()).collect();
    if !evidence.follows(Rule::DuplicateRows) || !has_features(&look.spec) {
        return None;
    }
    let firsts = firsts(&keys(look, &all)?);
    if !beyond_chance(look, &all, &firsts) {
        return None;
    }
    told(evidence, Rule::DuplicateRows, "row", &firsts)
}

/// Whether rows consist of at least two features and of no image.
pub(super) fn has_features(spec: &ElementSpec) -> bool {
    let label = spec.label();
    let specs = spec.components().into_iter().enumerate();
    let features = specs.filter(|(i, _)| Some(*i) != label);
    let sizes = features.map(|(_, part)| match part.shape() {
        Some([]) => 1,
        Some([Some(n)]) => *n,
        _ => 2,
    });
    spec.image().is_none() && sizes.fold(0, usize::saturating_add) >= 2
}

fn of_images(evidence: &Evidence<'_>, images: &ImageKeys<'_>) -> Option<Finding> {
    if !evidence.follows(Rule::DuplicateImages) {
        return None;
    }
    let firsts = firsts(images.get()?);
    told(evidence, Rule::DuplicateImages, "image", &firsts)
}

/// `firsts` gives the first equal one of each.
fn told(evidence: &Evidence<'_>, rule: Rule, one: &str, firsts: &[usize]) -> Option<Finding> {
    let again = (firsts.iter().enumerate()).filter(|(row, first)| *row != **first);
    let rows = evidence.positions(again.map(|(row, _)| row));
    let (n, all) = (rows.len(), firsts.len());
    if n == 0 {
        return None;
    }
    let message = format!(
        "{} of {} ({}) {} an earlier one",
        count(n),
        those(&evidence.look.extent, all, one),
        percent(n, all),
        if n == 1 { "equals" } else { "equal" }
    );
    let hint = match rule {
        Rule::DuplicateRows => "ds.unique() keeps one of each".to_owned(),
        _ => format!(
            "look at them, and keep {} out of the other part when you split",
            if n == 1 { "it" } else { "them" }
        ),
    };
    let images = evidence
        .image_name()
        .filter(|_| rule == Rule::DuplicateImages);
    let finding = Finding::new(rule, n as f64, message, hint);
    Some(finding.about(images).at(rows))
}
