//! tf.data's pipelines, put to [`Dataset`](ndsight::Dataset).
//!
//! The cases are those of `tests/data/tfdata_cases_open.json`, or of the file
//! that `NDSIGHT_TFDATA_CASES` names; the file's `readme` says what its fields
//! mean. `tests/data/tfdata_extra.json` has more of the same form, recorded from
//! TensorFlow 2.21, for what the open ones leave out.
//!
//! A case is skipped only where no program of the crate could be written for it
//! and the file allows for that, where a step that is merely nice to have does
//! not exist, or where the crate takes what TensorFlow refuses for a reason that
//! the file calls a quirk.

mod args;
mod arithmetic;
mod expect;
mod functions;
mod inputs;
mod item;
mod itself;
mod padding;
mod pipeline;
mod predicates;
mod properties;
mod states;
mod steps;
mod values;

use ndsight::{Error, Structure, Tensor, TensorSpec};
use serde_json::Value;

use crate::{Outcome, Tally};
use inputs::Scratch;

pub(crate) use itself::run as run_itself;

const CASES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/data/tfdata_cases_open.json"
);
const EXTRA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tfdata_extra.json");

pub(crate) fn run() -> Result<Tally, String> {
    run_file(&std::env::var("NDSIGHT_TFDATA_CASES").unwrap_or_else(|_| CASES.to_owned()))
}

pub(crate) fn run_extra() -> Result<Tally, String> {
    run_file(EXTRA)
}

fn run_file(path: &str) -> Result<Tally, String> {
    let file = read(path)?;
    let cases = file["cases"].as_array().filter(|cases| !cases.is_empty());
    let cases = cases.ok_or_else(|| format!("{path}: no cases"))?;
    let scratch = Scratch::new("tfdata")?;
    let mut tally = Tally::default();
    for case in cases {
        tally.add(case["id"].as_str().unwrap_or("?"), outcome(case, &scratch));
    }
    Ok(tally)
}

fn read(path: &str) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|err| format!("{path}: {err}"))?;
    serde_json::from_str(&text).map_err(|err| format!("{path}: {err}"))
}

/// The components of an element.
type Parts = Structure<Tensor>;

/// What is known of them.
type Spec = Structure<TensorSpec>;

/// Why a case did not pass.
#[derive(Clone)]
enum Stop {
    /// An error of the crate's.
    Crate(Error),
    /// A number that cannot be turned into the type that the crate takes.
    Negative(String),
    /// What the crate's types rule out: no such program compiles.
    Static(String),
    /// A pipeline that TensorFlow refuses, and the crate does not.
    Built(String),
    /// A step that there is not.
    NoStep(String),
    /// The crate answered otherwise.
    Wrong(String),
    /// Nothing that the runner understands.
    Unclear(String),
}

impl From<Error> for Stop {
    fn from(err: Error) -> Stop {
        Stop::Crate(err)
    }
}

fn unclear(why: impl Into<String>) -> Stop {
    Stop::Unclear(why.into())
}

fn wrong<T>(why: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Wrong(why.into()))
}

impl Stop {
    /// The neutral name of an error, and its words, where this is one that a
    /// caller of the crate would meet.
    fn error(&self) -> Option<(&str, String)> {
        match self {
            Stop::Crate(err) => Some((err.code(), err.to_string())),
            Stop::Negative(why) => Some(("invalid_argument", why.clone())),
            _ => None,
        }
    }
}

fn outcome(case: &Value, scratch: &Scratch) -> Outcome {
    let stop = match expect::check(case, scratch) {
        Ok(()) => return Outcome::Passed,
        Err(stop) => stop,
    };
    let may_be_static = case["may_be_static"] == true;
    match stop {
        Stop::Static(why) | Stop::Negative(why) if may_be_static => Outcome::Skipped(why),
        Stop::NoStep(why) if case["level"] == "nice" => Outcome::Skipped(why),
        Stop::Built(why) if may_be_static && case["quirk"].is_string() => {
            Outcome::Skipped(format!("{why}, which the case allows: {}", case["quirk"]))
        }
        Stop::Crate(err) => Outcome::Failed(format!("found error {:?}: {err}", err.code())),
        Stop::Negative(why)
        | Stop::Static(why)
        | Stop::Built(why)
        | Stop::NoStep(why)
        | Stop::Wrong(why)
        | Stop::Unclear(why) => Outcome::Failed(why),
    }
}

/// Reads `{tuple}` and `{dict}`, and everything else as a leaf.
fn arrange<T>(
    value: &Value,
    leaf: &mut dyn FnMut(&Value) -> Result<T, Stop>,
) -> Result<Structure<T>, Stop> {
    if let Some(parts) = value["tuple"].as_array() {
        let parts = parts.iter().map(|part| arrange(part, leaf));
        return parts.collect::<Result<_, _>>().map(Structure::Tuple);
    }
    if let Some(parts) = value["dict"].as_object() {
        let parts = parts.iter();
        let named = parts.map(|(key, part)| Ok((key.clone(), arrange(part, leaf)?)));
        return named.collect::<Result<_, _>>().map(Structure::Dict);
    }
    leaf(value).map(Structure::Leaf)
}
