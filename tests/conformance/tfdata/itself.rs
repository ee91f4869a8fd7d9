//! The runner under test: expectations that are wrong must fail.
//!
//! Each case of `tests/data/tfdata_wrong.json` passes as it is, and fails with
//! each of its `wrong` changes, which name what they set by JSON pointers. A
//! change whose `outcome` is `skipped` must have the case skipped.

use serde_json::Value;

use super::inputs::Scratch;
use super::{outcome, read};
use crate::{Outcome, Tally};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tfdata_wrong.json");

pub(crate) fn run() -> Result<Tally, String> {
    let file = read(CASES)?;
    let cases = file["cases"].as_array().ok_or("no list of cases")?;
    let scratch = Scratch::new("tfdata-self")?;
    let mut tally = Tally::default();
    for case in cases {
        let id = case["id"].as_str().unwrap_or("?");
        tally.add(id, outcome(case, &scratch));
        for change in case["wrong"]
            .as_array()
            .ok_or_else(|| format!("{id}: nothing wrong"))?
        {
            let why = change["why"].as_str().unwrap_or("?");
            tally.add(
                &format!("{id}, {why}"),
                judge(changed(case, change)?, change, &scratch),
            );
        }
    }
    Ok(tally)
}

fn judge(case: Value, change: &Value, scratch: &Scratch) -> Outcome {
    let wanted = change["outcome"].as_str().unwrap_or("failed");
    match (outcome(&case, scratch), wanted) {
        (Outcome::Failed(_), "failed") | (Outcome::Skipped(_), "skipped") => Outcome::Passed,
        (Outcome::Passed, _) => Outcome::Failed("passed all the same".to_owned()),
        (Outcome::Failed(why), _) => Outcome::Failed(format!("was not skipped: {why}")),
        (Outcome::Skipped(why), _) => Outcome::Failed(format!("was skipped: {why}")),
    }
}

fn changed(case: &Value, change: &Value) -> Result<Value, String> {
    let mut case = case.clone();
    let set = change["set"]
        .as_object()
        .ok_or("a change that sets nothing")?;
    for (pointer, value) in set {
        let (parent, name) = pointer
            .rsplit_once('/')
            .ok_or(format!("{pointer} is no pointer"))?;
        let parent = case
            .pointer_mut(parent)
            .ok_or(format!("{pointer} leads nowhere"))?;
        match parent {
            Value::Array(list) => {
                let index: usize = name.parse().map_err(|_| format!("{pointer} is no index"))?;
                list[index] = value.clone();
            }
            parent => parent[name] = value.clone(),
        }
    }
    Ok(case)
}
