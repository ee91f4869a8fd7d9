use ndarray::{Array2, array};

use super::*;
use crate::plot::figure::{Key as LookKey, Mark, Panel, Points};

fn iris() -> Dataset {
    Dataset::from_npz("notebooks/data/iris.npz").unwrap()
}

fn panel(plot: &Projection) -> Panel {
    plot.figure().unwrap().panels()[0].clone()
}

fn points(panel: &Panel) -> &Points {
    let [Mark::Points(points)] = &panel.marks[..] else {
        panic!("{:?}", panel.marks);
    };
    points
}

#[track_caller]
fn assert_starts(plot: &Projection, x: f64, y: f64, label: &str) {
    let panel = panel(plot);
    let dots = points(&panel);
    let near = |a: f64, b: f64| (a - b).abs() < 1e-8;
    assert!(
        near(dots.x[0], x) && near(dots.y[0], y),
        "{}, {}",
        dots.x[0],
        dots.y[0]
    );
    assert_eq!(panel.x.label.as_deref(), Some(label));
}

/// scikit-learn 1.9's `PCA().fit_transform`, with `StandardScaler` before it or not.
#[test]
fn rows_lie_where_scikit_learn_has_them() {
    assert_starts(
        &iris().pca(),
        -2.26470281,
        0.4800266,
        "PC 1 (73.0 % of variance)",
    );
    let raw = iris().pca().standardize(false);
    assert_starts(&raw, -2.68412563, 0.31939725, "PC 1 (92.5 % of variance)");
    let turned = raw.components(2, 1);
    assert_starts(&turned, 0.31939725, -2.68412563, "PC 2 (5.3 % of variance)");
    let digits = Dataset::from_npz("notebooks/data/digits.npz").unwrap();
    let label = "PC 1 (14.9 % of variance)";
    assert_starts(&digits.pca(), -19.74591036, -339.10622401, label);
}

#[test]
fn the_label_gives_the_colours() {
    let figure = iris().pca().figure().unwrap();
    assert_eq!(
        figure.notes,
        ["principal components of 4 standardized features"]
    );
    let [LookKey::Legend { title, entries }] = &figure.panels()[0].keys[..] else {
        panic!("no legend");
    };
    assert_eq!((title.as_deref(), entries.len()), (Some("labels"), 3));
    let other = panel(&iris().pca().hue("features 1"));
    assert!(matches!(other.keys[..], [LookKey::ColorBar { .. }]));
}

#[test]
fn rows_that_are_not_finite_are_left_out() {
    let rows = array![
        [1.0, 2.0],
        [f64::NAN, 1.0],
        [3.0, 5.0],
        [2.0, f64::INFINITY],
        [0.0, 1.0]
    ];
    let figure = Dataset::from_tensor_slices(rows)
        .unwrap()
        .pca()
        .figure()
        .unwrap();
    assert_eq!(points(figure.panels()[0]).x.len(), 3);
    assert_eq!(
        figure.notes,
        [
            "principal components of 2 standardized features",
            "left out: 2 rows with NaN or infinite values",
        ]
    );
}

#[test]
fn what_does_not_vary_weighs_nothing() {
    let rows = Array2::from_shape_fn((6, 3), |(i, j)| if j == 1 { 0.1 } else { (i * i) as f64 });
    let ds = Dataset::from_tensor_slices(rows).unwrap();
    let panel = panel(&ds.pca());
    assert_eq!(panel.x.label.as_deref(), Some("PC 1 (100.0 % of variance)"));
    assert!(points(&panel).y.iter().all(|y| y.abs() < 1e-9));
}

#[test]
fn features_may_be_chosen_and_must_suffice() {
    let two = iris().pca().features([0, 3]).figure().unwrap();
    assert_eq!(
        two.notes,
        ["principal components of 2 standardized features"]
    );
    let refused = |plot: Projection| plot.figure().unwrap_err().to_string();
    assert_eq!(
        refused(iris().pca().features([0])),
        "expected at least 2 features to find component 2, but found 1 feature"
    );
    assert_eq!(
        refused(iris().pca().components(0, 1)),
        "expected two components, counted from 1, but found 0 and 1"
    );
}
