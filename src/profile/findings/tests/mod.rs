//! Every rule: what it tells, word by word, and where it is silent.

mod images;
mod labels;
mod real;
mod rows;
mod values;
mod whole;

use super::find;
use crate::Dataset;
use crate::profile::findings::Evidence;
use crate::profile::rule::{Rule, Rules};
use crate::profile::{Description, Finding};

/// What one rule finds.
fn of_rule(dataset: &Dataset, rule: Rule) -> Vec<Finding> {
    let findings = dataset.findings().unwrap().into_iter();
    findings.filter(|finding| finding.rule() == rule).collect()
}

/// The message and the number of the only finding of a rule.
#[track_caller]
fn told(dataset: &Dataset, rule: Rule) -> (String, f64) {
    let found = of_rule(dataset, rule);
    assert_eq!(found.len(), 1, "{found:?}");
    (found[0].message().to_owned(), found[0].number())
}

#[track_caller]
fn assert_silent(dataset: &Dataset, rule: Rule) {
    assert_eq!(of_rule(dataset, rule), []);
}

/// The rules that find something.
fn rules(dataset: &Dataset) -> Vec<Rule> {
    let findings = dataset.findings().unwrap();
    findings.iter().map(Finding::rule).collect()
}

/// What is found by some rules alone.
fn following(dataset: &Dataset, rules: Rules) -> Vec<Finding> {
    let look = dataset.look();
    let description = Description::at_a_look(dataset, &look);
    find(&Evidence {
        look: &look,
        description: &description,
        rules,
    })
}

/// Numbers without a pattern, from 0 up to 1: a linear congruential generator's.
fn random(n: usize) -> Vec<f64> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005);
        state = state.wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    };
    (0..n).map(|_| next()).collect()
}
