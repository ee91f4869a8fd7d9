use ndarray::Array2;

use super::*;
use crate::plot::figure::{Bars, Mark};

fn iris() -> Dataset {
    Dataset::from_npz("notebooks/data/iris.npz").unwrap()
}

fn panels(plot: &PairPlot) -> Vec<Panel> {
    plot.figure()
        .unwrap()
        .panels()
        .into_iter()
        .cloned()
        .collect()
}

#[test]
fn outer_panels_alone_are_written_at() {
    let panels = panels(&iris().pairplot().names(["a", "b", "c", "d"]));
    assert_eq!(panels.len(), 16);
    for (i, panel) in panels.iter().enumerate() {
        assert_eq!((panel.x.written, panel.y.written), (i >= 12, i % 4 == 0));
        assert_eq!(panel.x.limits, panels[i % 4].x.limits);
        assert_eq!(panel.y.limits, panels[i / 4 * 4].y.limits);
    }
    assert_eq!(panels[4].y.label.as_deref(), Some("b"));
    assert_eq!(panels[14].x.label.as_deref(), Some("c"));
}

/// NumPy 2.4's `histogram(x, "auto")`, as shares of the highest bar.
#[test]
fn the_diagonal_is_a_histogram_on_a_scale_of_its_own() {
    let panels = panels(&iris().pairplot());
    let [Mark::Bars(Bars { ends, .. })] = &panels[0].marks[..] else {
        panic!("{:?}", panels[0].marks);
    };
    let limits = panels[0].y.limits;
    let heights = ends.iter().map(|end| limits.fraction(end.1) * 1.05 * 28.0);
    let wanted = [9.0, 23.0, 20.0, 28.0, 28.0, 14.0, 17.0, 5.0, 6.0];
    for (height, wanted) in heights.zip(wanted) {
        assert!((height - wanted).abs() < 1e-9, "{height}, not {wanted}");
    }
}

#[test]
fn a_corner_has_gaps_above_its_diagonal() {
    let panels = panels(&iris().pairplot().corner(true).hue("labels"));
    let gaps: Vec<usize> = (0..16).filter(|&i| panels[i] == Panel::gap()).collect();
    assert_eq!(gaps, [1, 2, 3, 6, 7, 11]);
    assert!(!panels[0].y.written && panels[4].y.written);
    let curves = panels[0]
        .marks
        .iter()
        .filter(|mark| matches!(mark, Mark::Lines(_)));
    assert_eq!(curves.count(), 3);
}

#[test]
fn the_legend_and_the_captions_are_the_whole_figures() {
    let rows = Array2::from_shape_fn((5, 9), |(i, j)| match (i, j) {
        (3, 2) => f64::NAN,
        _ => (i * (j + 2) % 7) as f64,
    });
    let ds = Dataset::from_tensor_slices((rows, vec!["a", "b", "a", "b", "a"])).unwrap();
    let figure = ds.pairplot().hue(1).figure().unwrap();
    assert_eq!(figure.panels().len(), 64);
    assert_eq!(figure.keys.len(), 1);
    assert_eq!(
        figure.notes,
        [
            "8 of 9 features; choose others with features([…])",
            "left out: 1 row with a NaN or infinite value, of the panels concerned",
        ]
    );
    let dots = |i: usize| match &figure.panels()[i].marks[0] {
        Mark::Points(points) => points.x.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!((dots(1), dots(2)), (5, 4));
    assert!(figure.width <= 900, "{}", figure.width);
}

#[test]
fn many_rows_are_densities() {
    let rows = Array2::from_shape_fn((10_001, 2), |(i, j)| ((i * (j + 3)) % 1009) as f64);
    let ds = Dataset::from_tensor_slices(rows).unwrap();
    let figure = ds.pairplot().figure().unwrap();
    assert!(matches!(figure.panels()[1].marks[..], [Mark::Cells(_)]));
    assert_eq!(
        figure.notes,
        [
            "density of 10,001 points: each cell is coloured by its count, from 1 to the most of its panel"
        ]
    );
}
