//! NumPy's histograms and percentiles, and matplotlib's box-plot statistics.
//!
//! The cases are those of `tests/data/numpy_hist_cases_open.json`, or of the
//! file that `NDSIGHT_HIST_CASES` names; the file's `readme` says what its
//! fields mean and how close is close enough.

use ndarray::{ArrayD, ArrayRef, IxDyn};
use ndsight::stats::{self, Bins, BoxplotOptions, HistogramOptions, Real};
use ndsight::{Error, F16};
use serde_json::Value;

use crate::{Outcome, Tally};

const CASES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/data/numpy_hist_cases_open.json"
);

pub(crate) fn run() -> Result<Tally, String> {
    let path = std::env::var("NDSIGHT_HIST_CASES").unwrap_or_else(|_| CASES.to_string());
    let text = std::fs::read_to_string(&path).map_err(|err| format!("{path}: {err}"))?;
    let file: Value = serde_json::from_str(&text).map_err(|err| format!("{path}: {err}"))?;
    let cases = file["cases"].as_array().ok_or("no list of cases")?;
    let mut tally = Tally::default();
    for case in cases {
        tally.add(
            case["id"].as_str().unwrap_or("?"),
            outcome(case, &file["arrays"]),
        );
    }
    Ok(tally)
}

fn outcome(case: &Value, arrays: &Value) -> Outcome {
    let found = match call(&case["call"], arrays) {
        Ok(found) => found,
        Err(Unusable(why)) => return Outcome::Skipped(why),
    };
    let accepted = [&case["expect"], &case["accept"]];
    let wanted = accepted.into_iter().filter(|wanted| !wanted.is_null());
    let mut reasons = Vec::new();
    for wanted in wanted {
        match compare(&found, wanted) {
            Ok(()) => return Outcome::Passed,
            Err(why) => reasons.push(why),
        }
    }
    Outcome::Failed(reasons.join("; or: "))
}

/// Why a case cannot be put to the crate.
struct Unusable(String);

/// What the crate answered.
struct Found {
    /// Every number as the crate gave it, under the name that the file has.
    answer: Result<Vec<(&'static str, Vec<f64>)>, Error>,
    /// The data are `f32`.
    single: bool,
}

fn call(call: &Value, arrays: &Value) -> Result<Found, Unusable> {
    let name = call["a"].as_str().or(call["x"].as_str()).unwrap_or("");
    let array = &arrays[name];
    macro_rules! with {
        ($type:ty) => {
            ask::<$type>(call, &elements(array)?, arrays)
        };
    }
    let dtype = array["dtype"].as_str().unwrap_or("none");
    let answer = match dtype {
        "bool" => with!(bool),
        "int8" => with!(i8),
        "int16" => with!(i16),
        "int32" => with!(i32),
        "int64" => with!(i64),
        "uint8" => with!(u8),
        "uint16" => with!(u16),
        "uint32" => with!(u32),
        "uint64" => with!(u64),
        "float16" => with!(F16),
        "float32" => with!(f32),
        "float64" => with!(f64),
        other => return Err(Unusable(format!("there are no arrays of {other}"))),
    };
    Ok(Found {
        answer: answer?,
        single: dtype == "float32",
    })
}

type Answer = Result<Vec<(&'static str, Vec<f64>)>, Error>;

fn ask<T: Real>(call: &Value, a: &ArrayD<T>, arrays: &Value) -> Result<Answer, Unusable> {
    match call["fn"].as_str().unwrap_or("") {
        "histogram" => ask_histogram(call, a, arrays),
        "histogram_bin_edges" => Ok(options(call)?.edges(a).map(|edges| vec![("edges", edges)])),
        "percentile" => Ok(ask_percentile(call, a)),
        "boxplot_stats" => Ok(ask_boxplot(call, a)),
        other => Err(Unusable(format!("there is no function {other:?}"))),
    }
}

fn ask_histogram<T: Real>(
    call: &Value,
    a: &ArrayRef<T, IxDyn>,
    arrays: &Value,
) -> Result<Answer, Unusable> {
    let options = options(call)?;
    let density = call["density"] == true;
    if let Some(weights) = call["weights"].as_str() {
        let weights: ArrayD<f64> = elements(&arrays[weights])?;
        return Ok(options.weighted(a, &weights).map(|h| {
            let counts = if density {
                h.density()
            } else {
                h.counts.clone()
            };
            vec![("counts", counts), ("edges", h.edges)]
        }));
    }
    Ok(options.count(a).map(|h| {
        let counts = if density {
            h.density()
        } else {
            h.counts.iter().map(|&n| n as f64).collect()
        };
        vec![("counts", counts), ("edges", h.edges)]
    }))
}

fn ask_percentile<T: Real>(call: &Value, a: &ArrayRef<T, IxDyn>) -> Answer {
    let q = numbers(&call["q"]).unwrap_or_else(|| vec![number(&call["q"])]);
    Ok(vec![("values", stats::percentile(a, &q)?)])
}

fn ask_boxplot<T: Real>(call: &Value, x: &ArrayRef<T, IxDyn>) -> Answer {
    let mut options = BoxplotOptions::new().autorange(call["autorange"] == true);
    match (numbers(&call["whis"]), call["whis"].as_f64()) {
        (Some(pair), _) => options = options.whiskers((pair[0], pair[1])),
        (None, Some(whis)) => options = options.whiskers(whis),
        (None, None) => {}
    }
    let stats = options.of(x)?;
    Ok(vec![
        ("mean", vec![stats.mean]),
        ("med", vec![stats.median]),
        ("q1", vec![stats.q1]),
        ("q3", vec![stats.q3]),
        ("iqr", vec![stats.iqr]),
        ("cilo", vec![stats.notch.0]),
        ("cihi", vec![stats.notch.1]),
        ("whislo", vec![stats.whiskers.0]),
        ("whishi", vec![stats.whiskers.1]),
        ("fliers", stats.fliers),
    ])
}

fn options(call: &Value) -> Result<HistogramOptions, Unusable> {
    let bins = match &call["bins"] {
        Value::Null => Bins::default(),
        Value::String(name) => Bins::from(name.as_str()),
        Value::Number(n) => n
            .as_i64()
            .map(Bins::from)
            .ok_or_else(|| Unusable(format!("{n} bins")))?,
        edges => numbers(&edges["edges"])
            .map(Bins::from)
            .ok_or_else(|| Unusable(format!("bins: {edges}")))?,
    };
    let options = HistogramOptions::new(bins);
    Ok(match numbers(&call["range"]).as_deref() {
        Some([first, last]) => options.range(*first, *last),
        _ => options,
    })
}

/// Elements that can be read from the file.
trait FromJson: Sized {
    fn from_json(value: &Value) -> Option<Self>;
}

macro_rules! from_json {
    ($($type:ty: $read:expr),* $(,)?) => {$(
        impl FromJson for $type {
            fn from_json(value: &Value) -> Option<Self> {
                $read(value)
            }
        }
    )*};
}

fn integer<T: TryFrom<i128>>(value: &Value) -> Option<T> {
    let integer = value.as_i64().map(i128::from);
    T::try_from(integer.or(value.as_u64().map(i128::from))?).ok()
}

from_json! {
    bool: |v: &Value| v.as_bool().or(v.as_i64().map(|n| n != 0)),
    i8: integer, i16: integer, i32: integer, i64: integer,
    u8: integer, u16: integer, u32: integer, u64: integer,
    F16: |v| Some(F16::from_f32(number(v) as f32)),
    f32: |v| Some(number(v) as f32),
    f64: |v| Some(number(v)),
}

fn elements<T: FromJson>(array: &Value) -> Result<ArrayD<T>, Unusable> {
    let read = || {
        let shape: Vec<usize> = array["shape"]
            .as_array()?
            .iter()
            .map(integer)
            .collect::<Option<_>>()?;
        let data = array["data"].as_array()?.iter().map(T::from_json);
        ArrayD::from_shape_vec(shape, data.collect::<Option<_>>()?).ok()
    };
    read().ok_or_else(|| Unusable("an array that cannot be read".to_string()))
}

/// A number, with `"NaN"`, `"Infinity"` and `"-Infinity"` as JSON has none.
pub(crate) fn number(value: &Value) -> f64 {
    match value.as_str() {
        Some("Infinity") => f64::INFINITY,
        Some("-Infinity") => f64::NEG_INFINITY,
        Some(_) => f64::NAN,
        None => value.as_f64().unwrap_or(f64::NAN),
    }
}

pub(crate) fn numbers(values: &Value) -> Option<Vec<f64>> {
    Some(values.as_array()?.iter().map(number).collect())
}

fn compare(found: &Found, wanted: &Value) -> Result<(), String> {
    match (&found.answer, wanted["error"]["kind"].as_str()) {
        (Err(err), Some(kind)) if err.code() == kind => Ok(()),
        (Err(err), Some(kind)) => Err(format!("wanted error {kind}, found {}: {err}", err.code())),
        (Err(err), None) => Err(format!("found error: {err}")),
        (Ok(_), Some(kind)) => Err(format!("wanted error {kind}, found none")),
        (Ok(parts), None) => parts
            .iter()
            .filter(|(name, _)| !wanted[*name].is_null())
            .try_for_each(|(name, values)| compare_part(name, values, wanted, found.single)),
    }
}

fn compare_part(name: &str, found: &[f64], wanted: &Value, single: bool) -> Result<(), String> {
    let values = numbers(&wanted[name]).unwrap_or_else(|| vec![number(&wanted[name])]);
    let dtype = wanted[format!("{name}_dtype")]
        .as_str()
        .or(wanted["dtype"].as_str());
    let tolerance = match (name, dtype) {
        ("fliers", _) | (_, Some("int64")) => 0.0,
        (_, Some("float32" | "float16")) => 1e-6,
        // NumPy has the mean of `f32` values as a `f32`, and no dtype with it.
        ("mean", _) if single => 1e-6,
        _ => 1e-12,
    };
    let same = found.len() == values.len()
        && found
            .iter()
            .zip(&values)
            .all(|(a, b)| close(*a, *b, tolerance));
    let exact_singles =
        dtype != Some("float32") || found.iter().all(|v| f64::from(*v as f32) == *v);
    if same && exact_singles {
        return Ok(());
    }
    Err(format!("{name}: wanted {values:?}, found {found:?}"))
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    let apart = (a - b).abs();
    a == b || (a.is_nan() && b.is_nan()) || apart <= tolerance * b.abs() || apart <= 1e-300
}
