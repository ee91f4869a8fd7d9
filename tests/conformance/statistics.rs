//! Densities, correlations, components and the other statistics of SciPy,
//! pandas, scikit-learn, NumPy and matplotlib.
//!
//! The cases are those of `tests/data/scipy_cases.json`, which
//! `make_statistics.py` beside this file writes; the file's `readme` says what
//! its fields mean and how close is close enough.

use ndarray::{Array1, Array2};
use ndsight::stats::{self, Bandwidth, Bins, Bins2d, HistogramOptions, Kde, Spread};
use serde_json::Value;

use crate::histogram::{number, numbers};
use crate::{Outcome, Tally};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/scipy_cases.json");

pub(crate) fn run() -> Result<Tally, String> {
    let text = std::fs::read_to_string(CASES).map_err(|err| format!("{CASES}: {err}"))?;
    let file: Value = serde_json::from_str(&text).map_err(|err| format!("{CASES}: {err}"))?;
    let cases = file["cases"].as_array().ok_or("no list of cases")?;
    let mut tally = Tally::default();
    for case in cases {
        tally.add(case["id"].as_str().unwrap_or("?"), outcome(case));
    }
    Ok(tally)
}

fn outcome(case: &Value) -> Outcome {
    let found = match answer(case) {
        Ok(Some(found)) => found,
        Ok(None) => return Outcome::Skipped(format!("there is no function {}", case["fn"])),
        Err(why) => return Outcome::Failed(why.to_string()),
    };
    let wanted = case["expect"].as_object().into_iter().flatten();
    let faults: Vec<String> = wanted
        .filter_map(|(name, values)| {
            let found = found.iter().find(|(known, _)| known == name);
            fault(name, found.map(|(_, values)| values), &array(values), case)
        })
        .collect();
    if faults.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Failed(faults.join("; "))
    }
}

/// What is wrong with the values found under a name, if anything is.
fn fault(name: &str, found: Option<&Vec<f64>>, wanted: &[f64], case: &Value) -> Option<String> {
    let Some(found) = found else {
        return Some(format!("{name}: not found"));
    };
    if found.len() != wanted.len() {
        return Some(format!(
            "{name}: wanted {} values, found {}",
            wanted.len(),
            found.len()
        ));
    }
    let (rtol, atol) = (
        case["rtol"].as_f64().unwrap_or(1e-9),
        case["atol"].as_f64().unwrap_or(1e-12),
    );
    let close = |a: f64, b: f64| {
        a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= atol + rtol * b.abs()
    };
    let mut pairs = found.iter().zip(wanted).enumerate();
    pairs
        .find(|(_, (a, b))| !close(**a, **b))
        .map(|(i, (a, b))| format!("{name}[{i}]: wanted {b:?}, found {a:?}"))
}

/// Every number that the crate finds, under the name that the file has.
type Answer = Vec<(String, Vec<f64>)>;

fn named<const N: usize>(parts: [(&str, Vec<f64>); N]) -> Answer {
    parts
        .map(|(name, values)| (name.to_string(), values))
        .into()
}

fn answer(case: &Value) -> ndsight::Result<Option<Answer>> {
    Ok(Some(match case["fn"].as_str().unwrap_or("") {
        "kde" => kde(case)?,
        "kde_curve" => kde_curve(case)?,
        "correlation" => correlation(case)?,
        "pearson" => named([("r", vec![stats::pearson(&x(case), &y(case))])]),
        "spearman" => named([("r", vec![stats::spearman(&x(case), &y(case))])]),
        "ranks" => named([("ranks", stats::ranks(&array(&case["values"])))]),
        "leaf_order" => leaf_order(case),
        "pca" => pca(case)?,
        "histogram2d" => histogram2d(case)?,
        "hexbin" => hexbin(case)?,
        "linear_fit" => linear_fit(case)?,
        "quantiles" => quantiles(case)?,
        "ecdf" => ecdf(case),
        "confusion" => confusion(case)?,
        "mean_band" => mean_band(case),
        "common_edges" => common_edges(case)?,
        "cumulative" => cumulative(case)?,
        "discrete_edges" => {
            let edges = stats::discrete_edges(&array(&case["values"]), 50);
            named([("edges", edges.unwrap_or_default())])
        }
        _ => return Ok(None),
    }))
}

fn estimate(case: &Value) -> ndsight::Result<Kde> {
    let bandwidth = match case["bandwidth"].as_str() {
        Some("scott") => Bandwidth::Scott,
        Some(_) => Bandwidth::Silverman,
        None => Bandwidth::Factor(number(&case["bandwidth"])),
    };
    let values = array(&case["values"]);
    match &case["weights"] {
        Value::Null => Kde::new(&values, bandwidth),
        weights => Kde::weighted(&values, &array(weights), bandwidth),
    }
}

fn kde(case: &Value) -> ndsight::Result<Answer> {
    let kde = estimate(case)?;
    Ok(named([
        ("densities", kde.evaluate(&array(&case["at"]))),
        ("bandwidth", vec![kde.bandwidth()]),
    ]))
}

fn kde_curve(case: &Value) -> ndsight::Result<Answer> {
    let (low, high) = (number(&case["low"]), number(&case["high"]));
    let curve = estimate(case)?.curve(low, high, integer(&case["points"]));
    Ok(named([(
        "densities",
        curve.into_iter().map(|(_, y)| y).collect(),
    )]))
}

fn correlation(case: &Value) -> ndsight::Result<Answer> {
    let method = case["method"].as_str().unwrap_or("").parse()?;
    let matrix = stats::correlation(&lists(&case["columns"]), method);
    Ok(named([("matrix", flat(&matrix))]))
}

fn leaf_order(case: &Value) -> Answer {
    let rows = lists(&case["distances"]);
    let distances = Array2::from_shape_fn((rows.len(), rows.len()), |(i, j)| rows[i][j]);
    let order = stats::leaf_order(distances.view());
    named([("order", order.into_iter().map(|i| i as f64).collect())])
}

fn pca(case: &Value) -> ndsight::Result<Answer> {
    let mut rows = matrix(&case["rows"], case);
    if case["scale"] == "falling" {
        let columns = 1..=rows.ncols();
        rows *= &Array1::from_iter(columns.map(|j| 1.0 / j as f64));
    }
    let found = stats::pca(rows.view(), integer(&case["k"]))?;
    let first: usize = 8.min(rows.nrows()) * found.scores.ncols();
    Ok(named([
        ("mean", found.mean),
        ("components", flat(&found.components)),
        ("explained_variance", found.explained_variance),
        ("explained_variance_ratio", found.explained_variance_ratio),
        ("scores", flat(&found.scores)[..first].to_vec()),
    ]))
}

fn histogram2d(case: &Value) -> ndsight::Result<Answer> {
    let bins = match array(&case["bins"])[..] {
        [x, y] => Bins2d::from([x as usize, y as usize]),
        _ => Bins2d::from(integer(&case["bins"])),
    };
    let mut options = stats::Histogram2dOptions::new(bins);
    if let [x, y] = &lists(&case["range"])[..] {
        options = options.range((x[0], x[1]), (y[0], y[1]));
    }
    let grid = options.count(&x(case), &y(case))?;
    Ok(named([
        ("density", flat(&grid.density())),
        ("counts", flat(&grid.counts.mapv(|n| n as f64))),
        ("x_edges", grid.x_edges),
        ("y_edges", grid.y_edges),
    ]))
}

fn hexbin(case: &Value) -> ndsight::Result<Answer> {
    let reversed = || x(case).into_iter().rev().collect();
    let y = if case["reverse"] == true {
        reversed()
    } else {
        y(case)
    };
    let grid = stats::hexbin(&x(case), &y, integer(&case["gridsize"]))?;
    let (x, y) = grid.centers.into_iter().unzip();
    let counts = grid.counts.iter().map(|n| *n as f64).collect();
    let size = vec![grid.size.0, grid.size.1];
    Ok(named([
        ("counts", counts),
        ("x", x),
        ("y", y),
        ("size", size),
    ]))
}

fn linear_fit(case: &Value) -> ndsight::Result<Answer> {
    let fit = stats::linear_fit(&x(case), &y(case))?;
    let mut found = named([
        ("slope", vec![fit.slope]),
        ("intercept", vec![fit.intercept]),
        ("r", vec![fit.r]),
        ("p_value", vec![fit.p_value]),
        ("slope_error", vec![fit.slope_error]),
        ("intercept_error", vec![fit.intercept_error]),
    ]);
    for level in [0.5, 0.95, 0.999] {
        let at = array(&case["at"]).into_iter();
        let band = at.flat_map(|x| <[f64; 2]>::from(fit.confidence_band(x, level)));
        found.push((format!("band {level}"), band.collect()));
    }
    Ok(found)
}

/// How far the band of a zigzag reaches at its middle, which is the quantile of
/// Student's t times what is the same for all levels.
fn quantiles(case: &Value) -> ndsight::Result<Answer> {
    let n = integer(&case["n"]);
    let x: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let y: Vec<f64> = (0..n)
        .map(|i| if i % 2 == 1 { 1.0 } else { -1.0 })
        .collect();
    let (fit, middle) = (stats::linear_fit(&x, &y)?, (n - 1) as f64 / 2.0);
    let levels = array(&case["levels"]).into_iter();
    let bands = levels.map(|level| fit.confidence_band(middle, level));
    let reaches = bands.map(|(low, high)| (high - low) / 2.0).collect();
    Ok(named([("reaches", reaches)]))
}

fn ecdf(case: &Value) -> Answer {
    let steps = stats::ecdf(&array(&case["values"]));
    named([("values", steps.values), ("shares", steps.shares)])
}

fn confusion(case: &Value) -> ndsight::Result<Answer> {
    let classes = |name: &str| -> Vec<usize> {
        let classes = array(&case[name]).into_iter();
        classes.map(|class| class as usize).collect()
    };
    let counts = stats::confusion(
        &classes("truth"),
        &classes("predicted"),
        integer(&case["classes"]),
    );
    let matrix = match case["normalize"].as_str() {
        None | Some("") => counts.mapv(|n| n as f64),
        Some(name) => stats::confusion_shares(counts.view(), name.parse()?),
    };
    Ok(named([("matrix", flat(&matrix))]))
}

fn mean_band(case: &Value) -> Answer {
    let spread = match case["spread"].as_str() {
        Some("sd") => Spread::Deviations(1.0),
        Some("se") => Spread::Errors(1.0),
        _ => Spread::default(),
    };
    let band = stats::mean_band(matrix(&case["series"], case).view(), spread);
    named([
        ("mean", band.mean),
        ("low", band.low),
        ("high", band.high),
        ("counts", band.counts.iter().map(|n| *n as f64).collect()),
    ])
}

fn common_edges(case: &Value) -> ndsight::Result<Answer> {
    let bins = match case["bins"].as_str() {
        Some(rule) => Bins::from(rule),
        None => Bins::from(integer(&case["bins"])),
    };
    let edges = HistogramOptions::new(bins).common_edges(&lists(&case["groups"]))?;
    Ok(named([("edges", edges)]))
}

fn cumulative(case: &Value) -> ndsight::Result<Answer> {
    let values = Array1::from(array(&case["values"]));
    let found = stats::histogram(&values, integer(&case["bins"]))?;
    let sums = found.cumulative().iter().map(|n| *n as f64).collect();
    Ok(named([
        ("sums", sums),
        ("shares", found.cumulative_shares()),
        ("edges", found.edges),
    ]))
}

fn x(case: &Value) -> Vec<f64> {
    array(&case["x"])
}

fn y(case: &Value) -> Vec<f64> {
    array(&case["y"])
}

fn integer(value: &Value) -> usize {
    value.as_u64().unwrap_or(0) as usize
}

/// The numbers of an array as the file has it; nested ones in their order.
fn array(value: &Value) -> Vec<f64> {
    if let Some(wave) = value["wave"].as_array() {
        let (a, b) = (integer(&wave[0]), integer(&wave[1]));
        let place = |i| ((a * i * i + b * i) % 100_003) as f64 / 100_003.0;
        return (0..integer(&value["len"])).map(place).collect();
    }
    match value.as_array() {
        Some(rows) if rows.iter().any(Value::is_array) => lists(value).concat(),
        Some(_) => numbers(value).unwrap_or_default(),
        None => vec![number(value)],
    }
}

fn lists(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().into_iter().flatten().map(array).collect()
}

/// The array in the shape that the case names.
fn matrix(value: &Value, case: &Value) -> Array2<f64> {
    let shape = (integer(&case["shape"][0]), integer(&case["shape"][1]));
    Array2::from_shape_vec(shape, array(value)).unwrap_or_default()
}

fn flat<T: Clone>(matrix: &Array2<T>) -> Vec<T> {
    matrix.iter().cloned().collect()
}
