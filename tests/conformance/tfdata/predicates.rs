//! The predicates of the files: functions from an element to a truth value.

use std::cmp::Ordering;

use ndsight::{DType, Structure};
use serde_json::Value;

use super::arithmetic;
use super::functions::{Key, single};
use super::{Parts, Spec, Stop, unclear};

/// What a step asks of an element.
pub(super) type Predicate = Box<dyn Fn(&Parts) -> Result<bool, String> + Send + Sync>;

/// The predicate that `p` writes down, of elements of `spec`.
///
/// The crate takes closures that return one `bool`, so that predicates which
/// TensorFlow refuses for what they return cannot be written.
pub(super) fn predicate(p: &Value, spec: &Spec) -> Result<Predicate, Stop> {
    let op = p["op"].as_str().unwrap_or("none");
    Ok(match op {
        "lt" => comparison(p, spec, |order| order == Some(Ordering::Less))?,
        "le" => comparison(p, spec, |order| order.is_some_and(Ordering::is_le))?,
        "gt" => comparison(p, spec, |order| order == Some(Ordering::Greater))?,
        "ge" => comparison(p, spec, |order| order.is_some_and(Ordering::is_ge))?,
        "eq" => comparison(p, spec, |order| order == Some(Ordering::Equal))?,
        "ne" => comparison(p, spec, |order| order != Some(Ordering::Equal))?,
        "mod_eq" => mod_eq(p, spec)?,
        "always" => {
            let value = p["value"]
                .as_bool()
                .ok_or_else(|| unclear("always what?"))?;
            Box::new(move |_| Ok(value))
        }
        "is_finite" => {
            one_value(spec)?;
            Box::new(|x| arithmetic::is_finite(single(x)?))
        }
        "on" => {
            let key = Key::of(p)?;
            let pred = predicate(&p["pred"], key.find(spec).map_err(unclear)?)?;
            Box::new(move |parts| pred(key.find(parts)?))
        }
        "not_bool" => itself(spec)?,
        other => return Err(unclear(format!("there is no predicate {other:?}"))),
    })
}

/// Refuses what has more than one value, of which there is more than one answer.
fn one_value(spec: &Spec) -> Result<(), Stop> {
    match spec {
        Structure::Leaf(spec) if spec.shape().is_none_or(<[_]>::is_empty) => Ok(()),
        _ => Err(Stop::Static(
            "a predicate returns one bool, not several".to_owned(),
        )),
    }
}

fn comparison(
    p: &Value,
    spec: &Spec,
    accept: fn(Option<Ordering>) -> bool,
) -> Result<Predicate, Stop> {
    one_value(spec)?;
    let value = p["c"].clone();
    Ok(Box::new(move |x| {
        let x = single(x)?;
        let order = arithmetic::compare(x, &arithmetic::constant(&value, x.dtype())?)?;
        Ok(accept(order))
    }))
}

fn mod_eq(p: &Value, spec: &Spec) -> Result<Predicate, Stop> {
    one_value(spec)?;
    let (m, r) = (p["m"].clone(), p["r"].clone());
    Ok(Box::new(move |x| {
        let x = single(x)?;
        let constant = |value| arithmetic::constant(value, x.dtype());
        let rest = arithmetic::modulo(x, &constant(&m)?)?;
        Ok(arithmetic::compare(&rest, &constant(&r)?)? == Some(Ordering::Equal))
    }))
}

/// The element itself as the answer, which must be a truth value.
fn itself(spec: &Spec) -> Result<Predicate, Stop> {
    one_value(spec)?;
    match spec {
        Structure::Leaf(spec) if spec.dtype() == DType::Bool => Ok(Box::new(|x| {
            single(x)?.scalar().map_err(|err| err.to_string())
        })),
        _ => Err(Stop::Static(
            "a predicate returns a bool, as the compiler checks".to_owned(),
        )),
    }
}

/// What tells the group of an element.
pub(super) type GroupKey = Box<dyn Fn(&Parts) -> Result<i64, String> + Send + Sync>;

/// The key that `f` writes down.
pub(super) fn group_key(f: &Value) -> Result<GroupKey, Stop> {
    match f["op"].as_str().unwrap_or("none") {
        "mod" => {
            let m = f["m"].clone();
            Ok(Box::new(move |x| {
                let x = single(x)?;
                let rest = arithmetic::modulo(x, &arithmetic::constant(&m, x.dtype())?)?;
                whole(&Structure::Leaf(rest))
            }))
        }
        "on" => {
            let key = Key::of(f)?;
            Ok(Box::new(move |parts| whole(key.find(parts)?)))
        }
        other => Err(unclear(format!("there is no key {other:?}"))),
    }
}

/// A single whole number.
pub(super) fn whole(x: &Parts) -> Result<i64, String> {
    let whole = single(x)?
        .cast(DType::Int64)
        .and_then(|x| x.scalar::<i64>());
    whole.map_err(|err| err.to_string())
}
