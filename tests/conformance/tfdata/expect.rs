//! What a case expects, held against what the crate answers.

use ndsight::{Dataset, Error};
use serde_json::{Value, json};

use super::inputs::{Inputs, Scratch};
use super::item::{Item, cardinality_json, spec_json, spec_of};
use super::pipeline::{Answer, Built};
use super::{Stop, properties, unclear, wrong};

/// Runs a case; an error says what is not as expected.
pub(super) fn check(case: &Value, scratch: &Scratch) -> Result<(), Stop> {
    let inputs = Inputs {
        arrays: &case["inputs"],
        scratch,
    };
    let (pipeline, expect) = (&case["pipeline"], &case["expect"]);
    let built = inputs.build(pipeline);
    if let (Err(stop @ Stop::Negative(_)), true) = (&built, case["may_be_static"] == true) {
        return Err(stop.clone());
    }
    match expect["kind"].as_str() {
        Some("elements") => elements(&dataset(built?)?, expect),
        Some("value") => value(built?, expect),
        Some("error") => error(built, expect),
        Some("property") => {
            let dataset = dataset(built?)?;
            known_before(&dataset, expect)?;
            properties::check(&dataset, &inputs, pipeline, expect)
        }
        _ => Err(unclear(format!("what is expected? {expect}"))),
    }
}

pub(super) fn dataset(built: Built) -> Result<Dataset, Stop> {
    match built {
        Built::Dataset(dataset) => Ok(dataset),
        Built::Value(..) => Err(unclear("a pipeline that ends in a value has no elements")),
    }
}

/// Compares what is known before iteration, as far as the case lists it.
fn known_before(dataset: &Dataset, expect: &Value) -> Result<(), Stop> {
    let found = spec_json(&dataset.element_spec());
    let wanted = &expect["element_spec"];
    if !wanted.is_null() && found != *wanted {
        return wrong(format!("element_spec: wanted {wanted}, found {found}"));
    }
    let found = cardinality_json(dataset.cardinality());
    let wanted = &expect["cardinality"];
    let accepted = expect["cardinality_accept"].as_array();
    let accepted = accepted.is_some_and(|accepted| accepted.contains(&found));
    match wanted.is_null() || found == *wanted || accepted {
        true => Ok(()),
        false => wrong(format!("cardinality: wanted {wanted}, found {found}")),
    }
}

/// The elements that a case lists.
fn listed(dataset: &Dataset, expect: &Value) -> Result<Vec<Item>, Stop> {
    let list = expect["elements"].as_array().map_or(&[][..], Vec::as_slice);
    let spec = match &expect["element_spec"] {
        Value::Null => &spec_json(&dataset.element_spec()),
        spec => spec,
    };
    list.iter()
        .map(|element| Item::from_json(element, spec))
        .collect()
}

fn elements(dataset: &Dataset, expect: &Value) -> Result<(), Stop> {
    known_before(dataset, expect)?;
    let wanted = listed(dataset, expect)?;
    let limit = match (expect["truncated"] == true, expect["limit"].as_u64()) {
        (true, limit) => limit.map_or(wanted.len(), |limit| limit as usize),
        // One more, to see that there is none.
        (false, _) => wanted.len() + 1,
    };
    let found = pass(dataset, limit);
    same_elements(&found, &wanted)?;
    match found.get(wanted.len()) {
        None => Ok(()),
        Some(Ok(extra)) => wrong(format!(
            "wanted {} elements, found also {extra}",
            wanted.len()
        )),
        Some(Err(err)) => wrong(format!("found error {:?} at the end: {err}", err.code())),
    }
}

fn pass(dataset: &Dataset, limit: usize) -> Vec<Result<Item, Error>> {
    dataset
        .iter()
        .take(limit)
        .map(|element| Item::of(&element?))
        .collect()
}

/// Compares the first elements, as many as are wanted.
fn same_elements(found: &[Result<Item, Error>], wanted: &[Item]) -> Result<(), Stop> {
    for (i, wanted) in wanted.iter().enumerate() {
        match found.get(i) {
            Some(Ok(found)) if found == wanted => {}
            Some(Ok(found)) => {
                return wrong(format!("element {i}: wanted {wanted}, found {found}"));
            }
            Some(Err(err)) => {
                let code = err.code();
                return wrong(format!(
                    "element {i}: wanted {wanted}, found error {code:?}: {err}"
                ));
            }
            None => return wrong(format!("element {i}: wanted {wanted}, found the end")),
        }
    }
    Ok(())
}

fn value(built: Built, expect: &Value) -> Result<(), Stop> {
    let Built::Value(dataset, answer) = built else {
        return Err(unclear("a pipeline that ends in no value"));
    };
    let wanted = &expect["value"];
    let (item, spec) = match answer? {
        Answer::Count(count) => return same(&json!(count), wanted),
        Answer::Cardinality(found) => return same(&cardinality_json(found), wanted),
        Answer::State(state) => (Item::of_arrays(&state)?, spec_of(&state)),
        Answer::Element(element) => (Item::of(&element)?, spec_of(element.structure())),
    };
    let listed = match &expect["element_spec"] {
        Value::Null => &spec,
        listed => listed,
    };
    // The spec of a value may be its own, or that of the elements it comes from.
    if *listed != spec && *listed != spec_json(&dataset.element_spec()) {
        return wrong(format!("element_spec: wanted {listed}, found {spec}"));
    }
    let wanted = Item::from_json(wanted, listed)?;
    match item == wanted {
        true => Ok(()),
        false => wrong(format!("wanted {wanted}, found {item}")),
    }
}

fn same(found: &Value, wanted: &Value) -> Result<(), Stop> {
    match found == wanted {
        true => Ok(()),
        false => wrong(format!("wanted {wanted}, found {found}")),
    }
}

fn error(built: Result<Built, Stop>, expect: &Value) -> Result<(), Stop> {
    let stage = expect["error"]["stage"].as_str().unwrap_or("none");
    let kind = &expect["error"]["kind"];
    match (stage, built) {
        ("construct", Err(stop)) => same_error(stop, expect),
        ("construct", Ok(Built::Value(_, Err(stop)))) => {
            let found = stop
                .error()
                .map_or(String::new(), |(code, text)| format!("{code}: {text}"));
            wrong(format!(
                "wanted error {kind} where it is built, found it at the end: {found}"
            ))
        }
        ("construct", Ok(_)) => Err(Stop::Built(format!(
            "wanted error {kind}, but it was built"
        ))),
        ("iterate" | "terminal", Ok(Built::Value(_, Err(stop)))) => same_error(stop, expect),
        ("iterate" | "terminal", Ok(Built::Value(_, Ok(_)))) => {
            wrong(format!("wanted error {kind}, found a value"))
        }
        ("iterate", Ok(Built::Dataset(dataset))) => iterate_error(&dataset, expect),
        (_, Err(stop)) => Err(stop),
        (stage, _) => Err(unclear(format!("an error of stage {stage:?}"))),
    }
}

fn same_error(stop: Stop, expect: &Value) -> Result<(), Stop> {
    let wanted = &expect["error"]["kind"];
    match stop.error() {
        Some((code, _)) if *wanted == code => Ok(()),
        Some((code, text)) => wrong(format!("wanted error {wanted}, found {code:?}: {text}")),
        None => Err(stop),
    }
}

fn iterate_error(dataset: &Dataset, expect: &Value) -> Result<(), Stop> {
    known_before(dataset, expect)?;
    let wanted = listed(dataset, expect)?;
    let after = expect["error"]["after"]
        .as_u64()
        .map_or(wanted.len(), |after| after as usize);
    let mut found = pass(dataset, after + 1);
    same_elements(&found, &wanted)?;
    match (found.len() > after).then(|| found.pop()).flatten() {
        Some(Err(err)) => same_error(Stop::Crate(err), expect),
        Some(Ok(item)) => wrong(format!("element {after}: wanted an error, found {item}")),
        None => wrong(format!(
            "wanted an error after {after} elements, found the end"
        )),
    }
}
