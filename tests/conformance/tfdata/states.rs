//! The functions of the files that carry a state from element to element, for
//! `scan` and `reduce`.

use ndsight::{Structure, Tensor};
use serde_json::Value;

use super::arithmetic::{self, Operation};
use super::functions::{one_type, pair, single};
use super::{Parts, Spec, Stop, unclear};

/// What `scan` calls: from state and element to the next state and an output.
pub(super) type Scan = fn(Parts, Parts) -> Result<(Parts, Parts), String>;

/// What `reduce` calls: from state and element to the next state.
pub(super) type Reduce = fn(Parts, Parts) -> Result<Parts, String>;

/// The function to scan with that `f` writes down.
pub(super) fn scan(f: &Value, state: &Parts, spec: &Spec) -> Result<Scan, Stop> {
    check_types(f, state, spec)?;
    match f["op"].as_str().unwrap_or("none") {
        "cumsum" => Ok(|s, x| sum(&s, &x).map(|sum| (sum.clone(), sum))),
        "diff" => Ok(|s, x| calculate(Operation::Sub, &x, &s).map(|diff| (x, diff))),
        "count" => Ok(|s, x| Ok((next(&s)?, Structure::Tuple(vec![s, x])))),
        "bad_dtype" => Err(Stop::Static(
            "a state has one Rust type from first to last".to_owned(),
        )),
        other => Err(unclear(format!(
            "there is no function {other:?} to scan with"
        ))),
    }
}

/// The function to reduce with that `f` writes down.
pub(super) fn reduce(f: &Value, state: &Parts, spec: &Spec) -> Result<Reduce, Stop> {
    check_types(f, state, spec)?;
    match f["op"].as_str().unwrap_or("none") {
        "sum" => Ok(|s, x| sum(&s, &x)),
        "count" => Ok(|s, _| next(&s)),
        "max" => Ok(|s, x| calculate(Operation::Max, &s, &x)),
        "sum_count" => Ok(|s, x| {
            let (total, count) = pair(s)?;
            Ok(Structure::Tuple(vec![sum(&total, &x)?, next(&count)?]))
        }),
        "bad_dtype" => Err(Stop::Static(
            "a state has one Rust type from first to last".to_owned(),
        )),
        other => Err(unclear(format!(
            "there is no function {other:?} to reduce with"
        ))),
    }
}

fn calculate(operation: Operation, a: &Parts, b: &Parts) -> Result<Parts, String> {
    arithmetic::calculate(operation, single(a)?, single(b)?).map(Structure::Leaf)
}

fn sum(a: &Parts, b: &Parts) -> Result<Parts, String> {
    calculate(Operation::Add, a, b)
}

/// One more.
fn next(count: &Parts) -> Result<Parts, String> {
    let one = Tensor::from(1_i64).cast(single(count)?.dtype());
    sum(count, &Structure::Leaf(one.map_err(|err| err.to_string())?))
}

/// Refuses to calculate with a state and an element of two types, which does not
/// compile in Rust.
fn check_types(f: &Value, state: &Parts, spec: &Spec) -> Result<(), Stop> {
    let state = match state {
        Structure::Tuple(parts) => parts.first(),
        state => Some(state),
    };
    match (f["op"].as_str(), state, spec) {
        (Some("count"), ..) => Ok(()),
        (_, Some(Structure::Leaf(state)), Structure::Leaf(spec)) => {
            one_type(state.dtype(), spec.dtype())
        }
        _ => Ok(()),
    }
}
