//! How often classes occur, and whether equal rows have equal labels.

use super::chance::beyond_chance;
use super::duplicates::has_features;
use super::keys::{firsts, keys};
use super::words::{quoted, within};
use super::{Evidence, ImageKeys};
use crate::dataset::Look;
use crate::dataset::classes::class_name;
use crate::list::{Flat, IntoList};
use crate::profile::finding::Finding;
use crate::profile::rule::Rule;
use crate::profile::{Kind, Role};
use crate::tensor::number::{count, short};

pub(super) fn find(evidence: &Evidence<'_>, images: &ImageKeys<'_>) -> Vec<Finding> {
    let found = [conflicting(evidence, images), imbalanced(evidence)];
    found.flat()
}

/// Labels of which there is more than one for so many rows name rows, not classes.
const ROWS_OF_A_CLASS: u64 = 10;

fn imbalanced(evidence: &Evidence<'_>) -> Option<Finding> {
    if !evidence.follows(Rule::ImbalancedLabels) {
        return None;
    }
    let description = evidence.description;
    let label = description.columns.iter().find(|c| c.role == Role::Label)?;
    let Kind::Categorical(classes) = &label.kind else {
        return None;
    };
    let number = classes.unique();
    let (top, most) = (classes.top()?, classes.freq());
    let (rare, least) = classes.classes().min_by_key(|(_, n)| *n)?;
    let ratio = most as f64 / least as f64;
    let are_classes = number as u64 <= classes.count() / ROWS_OF_A_CLASS;
    if number < 2 || !are_classes || ratio < Rule::IMBALANCE || is_chance(number, most, least) {
        return None;
    }
    let message = format!(
        "{} has {} times the rows of {} ({} and {}){}",
        quoted(top),
        short(ratio),
        quoted(rare),
        rows(most),
        rows(least),
        within(&description.extent, description.rows)
    );
    let hint = format!(
        "ds.split(Split::new(0.8).stratify({:?})) keeps the shares in both parts; judge by the \
         recall of each class, not by accuracy",
        label.name
    );
    let finding = Finding::new(Rule::ImbalancedLabels, ratio, message, hint);
    Some(finding.about([&label.name]))
}

/// Whether equally frequent classes may well differ so much. Numbers of rows of `k` such
/// classes scatter by about their square roots, and the ends of `k` normal numbers lie
/// `2 √(2 ln k)` deviations apart; one more leaves room.
fn is_chance(classes: usize, most: u64, least: u64) -> bool {
    let deviations = (most - least) as f64 / ((most + least) as f64).sqrt();
    deviations < 1.0 + 2.0 * (classes as f64).ln().sqrt()
}

fn rows(number: u64) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX))
}

/// Equal rows, and the label of each.
type Set = Vec<(usize, u128)>;

fn conflicting(evidence: &Evidence<'_>, images: &ImageKeys<'_>) -> Option<Finding> {
    let look = evidence.look;
    let label = look.spec.label()?;
    if !evidence.follows(Rule::ConflictingLabels) {
        return None;
    }
    let (what, firsts) = match look.spec.image() {
        Some(_) => ("images", firsts(images.get()?)),
        None => ("rows of features", equal_features(look, label)?),
    };
    let sets = contradicting(&firsts, &keys(look, &[label])?);
    let example = sets.first()?;
    let message = message(evidence, what, &sets, example);
    let hint = "find out which label is right, and leave the others out";
    let rows = evidence.positions(sets.iter().flatten().map(|(row, _)| *row));
    let finding = Finding::new(Rule::ConflictingLabels, sets.len() as f64, message, hint);
    Some(finding.about(evidence.label_name()).at(rows))
}

/// The first row of the same features for each, if more are the same than by chance.
fn equal_features(look: &Look, label: usize) -> Option<Vec<usize>> {
    let others = (0..look.components.len()).filter(|i| *i != label);
    let features: Vec<usize> = others.into_list();
    if !has_features(&look.spec) {
        return None;
    }
    let firsts = firsts(&keys(look, &features)?);
    beyond_chance(look, &features, &firsts).then_some(firsts)
}

/// Sets of equal rows of which two differ in their label.
fn contradicting(firsts: &[usize], labels: &[u128]) -> Vec<Set> {
    let mut sets: Vec<Set> = vec![Set::new(); firsts.len()];
    for (row, (first, label)) in firsts.iter().zip(labels).enumerate() {
        sets[*first].push((row, *label));
    }
    let differ = |set: &Set| set.iter().any(|(_, label)| *label != set[0].1);
    sets.into_iter().filter(differ).into_list()
}

fn message(evidence: &Evidence<'_>, what: &str, sets: &[Set], example: &Set) -> String {
    let (first, own) = example[0];
    let other = example.iter().find(|(_, label)| *label != own);
    let other = other.map_or(first, |(row, _)| *row);
    let place = |row| count(evidence.position(row));
    let label = |row| quoted(&label_of(evidence, row));
    let (a, b, of_a, of_b) = (place(first), place(other), label(first), label(other));
    let within = within(&evidence.look.extent, evidence.look.len);
    match sets.len() {
        1 => format!("the {what} {a} and {b} are equal, but labelled {of_a} and {of_b}{within}"),
        n => format!(
            "{} sets of equal {what} have different labels, such as {a} ({of_a}) and {b} ({of_b}){within}",
            count(n)
        ),
    }
}

fn label_of(evidence: &Evidence<'_>, row: usize) -> String {
    let look = evidence.look;
    let label = look.spec.label().map(|i| look.components[i].row(row));
    let text = label.and_then(|label| label.view().texts().into_iter().next());
    class_name(&text.unwrap_or_default(), look.names.classes.as_deref())
}
