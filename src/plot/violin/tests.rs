//! Values of seaborn 0.13.2 are those of `sns.violinplot(df, x="c", y="x", …)`.

use super::*;
use crate::dict;
use crate::plot::figure::{Mark, Panel, Polygons};

fn data() -> Dataset {
    Dataset::from_tensor_slices(dict! {
        "x": vec![1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0],
        "c": vec!["a", "b", "a", "b", "a", "b", "a", "b"],
    })
    .unwrap()
}

fn plot() -> ViolinPlot {
    data().violinplot().features(["x"]).by("c")
}

fn panel(plot: &ViolinPlot) -> Panel {
    plot.figure().unwrap().panels()[0].clone()
}

fn bodies(plot: &ViolinPlot) -> Vec<Polygons> {
    let marks = panel(plot).marks.into_iter();
    let bodies = marks.filter_map(|mark| match mark {
        Mark::Polygons(bodies) => Some(bodies),
        _ => None,
    });
    bodies.collect()
}

/// From where to where a shape reaches along each axis.
fn bounds(shape: &[(f64, f64)]) -> [f64; 4] {
    let ends = |of: fn(&(f64, f64)) -> f64| {
        let values: Vec<f64> = shape.iter().map(of).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        (low, values.into_iter().fold(f64::NEG_INFINITY, f64::max))
    };
    let (x, y) = (ends(|p| p.0), ends(|p| p.1));
    [x.0, x.1, y.0, y.1]
}

#[track_caller]
fn assert_close(found: [f64; 4], wanted: [f64; 4]) {
    for (a, b) in found.iter().zip(&wanted) {
        assert!((a - b).abs() < 1e-6, "{found:?}");
    }
}

#[test]
fn violins_are_seaborns() {
    let shapes = bodies(&plot())[0].shapes.clone();
    assert_eq!(shapes[0].len(), 200);
    assert_close(
        bounds(&shapes[0]),
        [-0.4, 0.4, -7.244067725986845, 21.244067725986845],
    );
    assert_close(
        bounds(&shapes[1]),
        [
            0.749598419109516,
            1.250401580890484,
            -11.242656412626609,
            34.24265641262661,
        ],
    );
    let count = bodies(&plot().density_norm(DensityNorm::Count))[0]
        .shapes
        .clone();
    assert_close(
        bounds(&count[1]),
        [0.6, 1.4, -11.242656412626609, 34.24265641262661],
    );
    let cut = bodies(&plot().cut(0.0))[0].shapes.clone();
    assert_close(bounds(&cut[0]), [-0.4, 0.4, 1.0, 13.0]);
}

#[test]
fn halves_meet_in_the_middle() {
    let split = data().violinplot().features(["x"]).hue("c").split(true);
    let halves = bodies(&split);
    let [left, right] = [&halves[0], &halves[1]].map(|half| bounds(&half.shapes[0]));
    assert_eq!((left[1], right[0]), (0.0, 0.0));
    assert!(left[0] < -0.2 && right[1] > 0.2);
}

#[test]
fn features_are_scaled_by_themselves() {
    let ds = Dataset::from_tensor_slices(ndarray::array![[1.0, 100.0], [2.0, 300.0], [4.0, 350.0]]);
    let shapes = bodies(&ds.unwrap().violinplot())[0].shapes.clone();
    assert!((bounds(&shapes[0])[1] - 0.4).abs() < 1e-12);
    assert!((bounds(&shapes[1])[1] - 1.4).abs() < 1e-12);
}

#[test]
fn what_has_no_density_is_a_line() {
    let ds = Dataset::from_tensor_slices(
        dict! { "one": vec![3.0; 5], "x": (0..5).collect::<Vec<i32>>() },
    );
    let figure = ds.unwrap().violinplot().figure().unwrap();
    assert_eq!(figure.notes, ["no density: one (all values equal)"]);
    let lines = figure.panels()[0].marks.iter().find_map(|mark| match mark {
        Mark::Lines(lines) => Some(lines.runs[0].clone()),
        _ => None,
    });
    assert_eq!(lines, Some(vec![(-0.4, 3.0), (0.4, 3.0)]));
}

#[test]
fn wrong_choices_are_told() {
    let message = |plot: ViolinPlot| plot.figure().unwrap_err().to_string();
    assert_eq!(
        message(plot().split(true)),
        "expected hue(key) with two classes for split(true), but found none"
    );
    assert_eq!(
        message(data().violinplot().hue("x").split(true)),
        "expected two classes for split(true), but 'x' has 7"
    );
    assert_eq!(
        message(plot().cut(f64::NAN)),
        "expected a finite number of bandwidths from 0 on for cut, but found NaN"
    );
    assert_eq!(
        message(plot().bw_adjust(0.0)),
        "expected a finite number above 0 for bw_adjust, but found 0.0"
    );
}
