//! Results compared with those of other libraries, recorded in files of cases.
//!
//! `cargo test --test conformance` runs every runner, and arguments choose
//! among them: the runner of that name, or else all whose names contain it. The
//! last line of each is
//! `<runner>: P passed, F failed, S skipped`. There is no test harness, which
//! would hold that line back.

mod histogram;
mod statistics;
mod tfdata;

use std::process::ExitCode;

/// What became of the cases of one runner.
#[derive(Default)]
pub(crate) struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// The outcome of one case.
pub(crate) enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

impl Tally {
    /// Counts an outcome, and prints it unless it passed.
    pub(crate) fn add(&mut self, case: &str, outcome: Outcome) {
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(why) => {
                self.failed += 1;
                println!("{case}: FAILED: {why}");
            }
            Outcome::Skipped(why) => {
                self.skipped += 1;
                println!("{case}: skipped: {why}");
            }
        }
    }
}

/// A name and what runs the cases of that name.
type Runner = (&'static str, fn() -> Result<Tally, String>);

const RUNNERS: [Runner; 5] = [
    ("histogram", histogram::run),
    ("statistics", statistics::run),
    ("tfdata_self", tfdata::run_itself),
    ("tfdata_extra", tfdata::run_extra),
    ("tfdata", tfdata::run),
];

fn main() -> ExitCode {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let chosen: Vec<&String> = chosen.iter().filter(|a| !a.starts_with('-')).collect();
    let mut all_passed = true;
    for (name, run) in RUNNERS {
        if chosen.is_empty() || chosen.iter().any(|part| chooses(part, name)) {
            all_passed &= report(name, run());
        }
    }
    if all_passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether the argument `part` stands for the runner `name`.
fn chooses(part: &str, name: &str) -> bool {
    let is_a_name = RUNNERS.iter().any(|(known, _)| *known == part);
    if is_a_name {
        name == part
    } else {
        name.contains(part)
    }
}

/// Prints the last line of a runner, and returns whether nothing failed.
fn report(name: &str, result: Result<Tally, String>) -> bool {
    match result {
        Ok(t) => {
            println!(
                "{name}: {} passed, {} failed, {} skipped",
                t.passed, t.failed, t.skipped
            );
            t.failed == 0
        }
        Err(why) => {
            println!("{name}: could not run: {why}");
            false
        }
    }
}
