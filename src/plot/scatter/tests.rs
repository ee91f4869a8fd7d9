use ndarray::{Array1, Array3};

use super::*;
use crate::dict;
use crate::plot::figure::{
    Bars, Body, Cells, Ink, Key as LookKey, Lines, Mark, Marker, Panel, Per, Points, Swatch,
};

fn iris() -> Dataset {
    Dataset::from_npz("notebooks/data/iris.npz")
        .unwrap()
        .with_class_names(["setosa", "versicolor", "virginica"])
}

/// Columns `x` and `y`.
fn data(x: Vec<f64>, y: Vec<f64>) -> Dataset {
    Dataset::from_tensor_slices(dict! { "x": x, "v": y }).unwrap()
}

fn panel(plot: &Scatter) -> Panel {
    plot.figure().unwrap().panels()[0].clone()
}

fn points(panel: &Panel) -> &Points {
    let found = panel.marks.iter().find_map(|mark| match mark {
        Mark::Points(points) => Some(points),
        _ => None,
    });
    found.unwrap()
}

fn cells(panel: &Panel) -> &Cells {
    let [Mark::Cells(cells)] = &panel.marks[..] else {
        panic!("{:?}", panel.marks);
    };
    cells
}

fn labels(key: &LookKey) -> Vec<&str> {
    let LookKey::Legend { entries, .. } = key else {
        panic!("{key:?}");
    };
    entries.iter().map(|entry| entry.label.as_str()).collect()
}

#[test]
fn points_lie_where_their_numbers_are() {
    let panel = panel(&data(vec![1.0, 2.0, 3.0], vec![0.5, -1.0, 2.5]).scatter("x", "v"));
    let dots = points(&panel);
    assert_eq!(
        (&dots.x[..], &dots.y[..]),
        (&[1.0, 2.0, 3.0][..], &[0.5, -1.0, 2.5][..])
    );
    assert_eq!((&dots.radii, dots.opacity), (&Per::All(3.0), 0.85));
    assert_eq!((panel.x.limits.min(), panel.x.limits.max()), (0.9, 3.1));
    assert!(panel.x.integer && !panel.y.integer);
    assert_eq!(panel.y.label.as_deref(), Some("v"));
}

#[test]
fn one_legend_explains_colours_and_markers_of_the_same_classes() {
    let plot = iris().scatter(0, 2).hue("labels").style("labels");
    let panel = panel(&plot);
    let [LookKey::Legend { title, entries }] = &panel.keys[..] else {
        panic!("{:?}", panel.keys);
    };
    assert_eq!(title.as_deref(), Some("labels"));
    assert_eq!(
        (entries[1].label.as_str(), entries[1].ink),
        ("versicolor", Ink::Series(1))
    );
    assert_eq!(entries[2].swatch, Swatch::Marker(Marker::Triangle, 4.0));
    let dots = points(&panel);
    assert_eq!(dots.markers.get(60), Some(&Marker::Square));
    assert_eq!(dots.inks.get(149), Some(&Ink::Series(2)));
}

#[test]
fn sizes_are_areas_and_large_points_come_first() {
    let plot = data(vec![0.0, 1.0, 2.0], vec![2.0, 0.0, 1.0])
        .scatter("x", "x")
        .size("v");
    let panel = panel(&plot);
    let dots = points(&panel);
    assert_eq!(dots.x, [0.0, 2.0, 1.0]);
    let middle = f64::sqrt((49.0 + 4.0) / 2.0);
    assert_eq!(dots.radii, Per::Each(vec![7.0, middle, 2.0]));
    assert_eq!(labels(&panel.keys[0]), ["0", "1", "2"]);
}

#[test]
fn colours_markers_and_sizes_have_a_key_each_and_the_bar_comes_last() {
    let plot = iris()
        .scatter(0, 2)
        .hue("features 4")
        .style("labels")
        .size("features 2");
    let keys = panel(&plot).keys;
    assert_eq!(keys.len(), 3);
    assert!(matches!(keys[2], LookKey::ColorBar { .. }));
}

/// 11,000 points: 101 at each place of a lattice of ten by ten, and 900 more at its
/// top left.
fn lattice() -> Dataset {
    let mut x: Vec<f64> = (0..10_100).map(|i| f64::from(i % 10)).collect();
    let mut y: Vec<f64> = (0..10_100).map(|i| f64::from(i / 10 % 10)).collect();
    x.resize(11_000, 0.0);
    y.resize(11_000, 9.0);
    let even = x.iter().map(|x| (*x as i64) % 2).collect::<Vec<i64>>();
    Dataset::from_tensor_slices(dict! { "x": x, "v": y, "even": even }).unwrap()
}

#[test]
fn many_points_are_counted_exactly() {
    let figure = lattice().scatter("x", "v").figure().unwrap();
    let panel = figure.panels()[0];
    let found = cells(panel);
    assert_eq!((found.columns, found.cells.len()), (10, 100));
    assert_eq!((found.x, found.y), ((-0.5, 9.5), (-0.5, 9.5)));
    // The top left holds more points than the others, and is the brightest.
    let brightest = found.cells[0].clone();
    let others = found.cells.iter().filter(|cell| **cell == brightest);
    assert_eq!((others.count(), brightest.opacity), (1, 1.0));
    assert_eq!(
        figure.notes,
        ["density of 11,000 points: each cell is coloured by its count"]
    );
    let LookKey::ColorBar { limits, .. } = &panel.keys[0] else {
        panic!("{:?}", panel.keys);
    };
    assert_eq!((limits.min(), limits.max()), (1.0, 1001.0));
    assert!(panel.x.limits.min() <= -0.5 && panel.x.limits.max() >= 9.5);
}

#[test]
fn cells_mix_the_colours_of_their_classes() {
    let plot = data(vec![0.0, 0.0, 0.0, 5.0], vec![0.0, 0.0, 0.0, 3.0]);
    let classes = Dataset::from_tensor_slices(dict! {
        "x": vec![0.0, 0.0, 0.0, 5.0], "v": vec![0.0, 0.0, 0.0, 3.0], "c": vec!["a", "b", "a", "b"],
    });
    let mixed = classes
        .unwrap()
        .scatter("x", "v")
        .hue("c")
        .density(Density::Always);
    let panel = panel(&mixed);
    let filled: Vec<_> = cells(&panel)
        .cells
        .iter()
        .filter(|cell| !cell.inks.is_empty())
        .collect();
    assert_eq!(filled[0].inks, [(Ink::Series(1), 1.0)]);
    assert_eq!(filled[0].opacity, 0.5);
    assert_eq!(
        filled[1].inks,
        [(Ink::Series(0), 2.0), (Ink::Series(1), 1.0)]
    );
    assert_eq!(filled[1].opacity, 1.0);
    let by_mean = plot
        .scatter("x", "v")
        .hue("x")
        .density(Density::Always)
        .figure()
        .unwrap();
    assert_eq!(
        by_mean.notes,
        ["density of 4 points: each cell is coloured by the mean of its points"]
    );
}

#[test]
fn points_are_kept_where_they_are_asked_for() {
    let few = lattice().scatter("x", "v").density(Density::Never);
    assert_eq!(points(&panel(&few)).x.len(), 11_000);
    let sized = lattice().scatter("x", "v").size("v").figure().unwrap();
    assert_eq!(
        sized.notes,
        ["10,000 of 11,000 points, a random sample (seed 0)"]
    );
}

fn line(panel: &Panel) -> &Lines {
    let found = panel.marks.iter().find_map(|mark| match mark {
        Mark::Lines(lines) => Some(lines),
        _ => None,
    });
    found.unwrap()
}

/// SciPy 1.17's `linregress`.
#[test]
fn a_trend_is_the_line_of_least_squares() {
    let figure = iris().scatter(0, 2).trend(true).figure().unwrap();
    assert_eq!(
        figure.notes,
        ["trend by least squares: y = 1.858 x − 7.101, r = 0.87, with its 95 % confidence band"]
    );
    let panel = figure.panels()[0];
    let run = &line(panel).runs[0];
    let at = |x: f64| 1.858432978254842 * x - 7.10144336960246;
    assert_eq!((run.len(), run[0].0, run[1].0), (2, 4.3, 7.9));
    assert!(
        run.iter().all(|&(x, y)| (y - at(x)).abs() < 1e-9),
        "{run:?}"
    );
    let [_, Mark::Polygons(band), _] = &panel.marks[..] else {
        panic!("{:?}", panel.marks);
    };
    assert_eq!(band.shapes[0].len(), 122);
}

#[test]
fn each_class_has_its_trend() {
    let figure = iris()
        .scatter(0, 2)
        .hue("labels")
        .trend(true)
        .figure()
        .unwrap();
    assert_eq!(
        labels(&figure.panels()[0].keys[0]),
        [
            "setosa (r = 0.27)",
            "versicolor (r = 0.75)",
            "virginica (r = 0.86)"
        ]
    );
    assert_eq!(
        figure.notes,
        ["trend by least squares: one for each class, with its 95 % confidence band"]
    );
}

#[test]
fn what_has_no_trend_is_said() {
    let figure = data(vec![1.0, 1.0], vec![2.0, 3.0])
        .scatter("x", "v")
        .trend(true);
    assert_eq!(
        figure.figure().unwrap().notes,
        ["no trend: expected x that differ, to fit a line, but found 2 pairs with x = 1.0"]
    );
}

#[test]
fn points_outside_a_range_are_counted() {
    let plot = data(vec![0.0, 1.0, 2.0, 3.0], vec![1.0; 4])
        .scatter("x", "v")
        .x_range(0.5, 2.5);
    let figure = plot.figure().unwrap();
    let panel = figure.panels()[0];
    assert_eq!((panel.x.limits.min(), panel.x.limits.max()), (0.5, 2.5));
    assert_eq!(points(panel).x, [1.0, 2.0]);
    assert_eq!(
        figure.notes,
        ["2 of 4 points lie outside the ranges of the axes and are not drawn"]
    );
}

#[test]
fn a_logarithmic_axis_leaves_out_what_it_does_not_have() {
    let plot = data(vec![0.0, -1.0, 10.0, 1000.0], vec![1.0; 4])
        .scatter("x", "v")
        .log_x(true);
    let figure = plot.trend(true).figure().unwrap();
    let panel = figure.panels()[0];
    assert_eq!(points(panel).x, [10.0, 1000.0]);
    assert!(panel.x.limits.min() > 0.0 && panel.x.limits.contains(10.0));
    assert_eq!(
        figure.notes,
        [
            "trend by least squares of the logarithms: y = 0 log₁₀ x + 1, r undefined, with its 95 % confidence band",
            "left out: 2 rows with a value not above 0 along a logarithmic axis",
        ]
    );
}

/// NumPy 2.4's `histogram(x, "auto")`.
#[test]
fn margins_are_histograms_along_the_axes() {
    let figure = iris().scatter(0, 2).marginal(true).figure().unwrap();
    let Body::Panels(panels) = &*figure.body else {
        panic!("no panels");
    };
    assert!(panels.joined && panels.panels.len() == 4);
    let [above, _, main, beside] = &panels.panels[..] else {
        panic!("{}", panels.panels.len());
    };
    let heights = |panel: &Panel| -> Vec<f64> {
        let [Mark::Bars(Bars { ends, .. })] = &panel.marks[..] else {
            panic!("{:?}", panel.marks);
        };
        ends.iter().map(|end| end.1).collect()
    };
    assert_eq!(
        heights(above),
        [9.0, 23.0, 20.0, 28.0, 28.0, 14.0, 17.0, 5.0, 6.0]
    );
    assert_eq!(
        heights(beside),
        [44.0, 6.0, 0.0, 6.0, 17.0, 31.0, 21.0, 19.0, 6.0]
    );
    assert_eq!(
        (above.x.limits, beside.y.limits),
        (main.x.limits, main.y.limits)
    );
    assert!(!above.x.written && main.x.written);
}

#[test]
fn classes_have_curves_in_the_margins_and_one_legend() {
    let figure = iris()
        .scatter(0, 2)
        .hue("labels")
        .marginal(true)
        .figure()
        .unwrap();
    assert_eq!(labels(&figure.keys[0]).len(), 3);
    let curves = figure.panels()[0].marks.iter();
    assert_eq!(
        curves.filter(|mark| matches!(mark, Mark::Lines(_))).count(),
        3
    );
}

#[test]
fn points_in_one_place_are_moved_apart() {
    let plot = lattice().take(1000).scatter("x", "v").jitter(0.5);
    let figure = plot.figure().unwrap();
    assert_eq!(
        figure.notes,
        ["points moved apart by up to 0.25 along x and 0.25 along y"]
    );
    let dots = points(figure.panels()[0]);
    for (i, (x, y)) in dots.x.iter().zip(&dots.y).enumerate() {
        assert!((x - (i % 10) as f64).abs() <= 0.25, "{x}");
        assert!((y - (i / 10 % 10) as f64).abs() <= 0.25, "{y}");
    }
}

#[test]
fn pictures_stand_for_points() {
    let images = Array3::from_shape_fn((300, 4, 4), |(i, j, k)| ((i + j + k) % 5) as u8);
    let x = Array1::from_iter((0..300).map(|i| f64::from(i % 20)));
    let v = Array1::from_iter((0..300).map(|i| f64::from(i / 20)));
    let data =
        dict! { "x": x, "v": v, "image": images, "label": Array1::from_iter(0..300_i64) % 3 };
    let ds = Dataset::from_tensor_slices(data).unwrap();
    let figure = ds
        .scatter("x", "v")
        .hue("label")
        .thumbnails(true)
        .figure()
        .unwrap();
    let [
        Mark::Points(_),
        Mark::Points(frames),
        Mark::Thumbnails(pictures),
    ] = &figure.panels()[0].marks[..]
    else {
        panic!("other marks");
    };
    assert!(
        (60..=200).contains(&pictures.at.len()),
        "{}",
        pictures.at.len()
    );
    assert_eq!(frames.x.len(), pictures.at.len());
    assert!(
        figure.notes[0].ends_with("of 300 points with their images"),
        "{:?}",
        figure.notes
    );
}
