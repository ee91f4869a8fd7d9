use super::*;
use crate::dict;
use crate::plot::figure::{Ink, Lines, Mark, Panel, Points, Polygons};
use crate::stats::boxplot_stats;

/// `plt.boxplot`'s statistics of 1..7 and 50, by matplotlib 3.11: a box from 2.75 to
/// 6.25, whiskers to 1 and 7.
const X: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 50.0];

fn data() -> Dataset {
    Dataset::from_tensor_slices(dict! {
        "x": X.to_vec(),
        "z": X.map(|v| v * 1000.0).to_vec(),
        "c": vec!["a", "b", "a", "b", "a", "b", "a", "b"],
    })
    .unwrap()
}

fn plot() -> BoxPlot {
    data().boxplot().features(["x"])
}

fn panels(plot: &BoxPlot) -> Vec<Panel> {
    plot.figure()
        .unwrap()
        .panels()
        .into_iter()
        .cloned()
        .collect()
}

fn boxes(panel: &Panel) -> Vec<&Polygons> {
    let boxes = panel.marks.iter().filter_map(|mark| match mark {
        Mark::Polygons(boxes) => Some(boxes),
        _ => None,
    });
    boxes.collect()
}

fn points(panel: &Panel) -> Vec<&Points> {
    let points = panel.marks.iter().filter_map(|mark| match mark {
        Mark::Points(points) => Some(points),
        _ => None,
    });
    points.collect()
}

fn lines(panel: &Panel) -> Vec<&Lines> {
    let lines = panel.marks.iter().filter_map(|mark| match mark {
        Mark::Lines(lines) => Some(lines),
        _ => None,
    });
    lines.collect()
}

/// The least and greatest of a box's corners along the values.
fn ends(shape: &[(f64, f64)]) -> (f64, f64) {
    let low = shape
        .iter()
        .map(|corner| corner.1)
        .fold(f64::INFINITY, f64::min);
    let high = shape
        .iter()
        .map(|corner| corner.1)
        .fold(f64::NEG_INFINITY, f64::max);
    (low, high)
}

#[test]
fn a_box_is_matplotlibs() {
    let panel = &panels(&plot())[0];
    assert_eq!(panel.x.categories, Some(vec!["x".to_owned()]));
    assert_eq!(ends(&boxes(panel)[0].shapes[0]), (2.75, 6.25));
    let [outline, median] = lines(panel)[..] else {
        panic!("expected outlines and medians");
    };
    assert_eq!(outline.runs[1], [(0.0, 2.75), (0.0, 1.0)]);
    assert_eq!(outline.runs[3], [(0.0, 6.25), (0.0, 7.0)]);
    assert_eq!((median.runs[0][0].1, median.ink), (4.5, Ink::Text));
    assert_eq!(
        (&points(panel)[0].x, &points(panel)[0].y),
        (&vec![0.0], &vec![50.0])
    );
}

#[test]
fn whiskers_reach_as_far_as_asked() {
    let panel = |plot: BoxPlot| panels(&plot)[0].clone();
    assert!(points(&panel(plot().whis((0.0, 100.0)))).is_empty());
    assert!(points(&panel(plot().whis(20.0))).is_empty());
    let hidden = plot().showfliers(false);
    assert!(panel(hidden.clone()).y.limits.max() < 10.0);
    assert_eq!(
        hidden.figure().unwrap().notes,
        ["1 value beyond the whiskers is not drawn"]
    );
    assert!(plot().whis((5.0, 195.0)).figure().is_err());
}

#[test]
fn notches_and_means_are_drawn_where_asked() {
    let panel = &panels(&plot().notch(true).showmeans(true))[0];
    assert_eq!(boxes(panel)[0].shapes[0].len(), 10);
    let mean = points(panel)[2];
    assert_eq!((mean.y[0], mean.ink_of_all()), (9.75, Some(Ink::Text)));
}

impl Points {
    fn ink_of_all(&self) -> Option<Ink> {
        self.inks.get(0).copied()
    }
}

#[test]
fn classes_are_categories_or_stand_side_by_side() {
    let by = panels(&plot().by("c"));
    assert_eq!(
        by[0].x.categories,
        Some(vec!["a".to_owned(), "b".to_owned()])
    );
    assert_eq!(
        (by[0].x.label.as_deref(), by[0].y.label.as_deref()),
        (Some("c"), Some("x"))
    );
    assert_eq!(boxes(&by[0])[0].shapes.len(), 2);
    let hue = panels(&plot().hue("c"));
    let middle = |shape: &[(f64, f64)]| (shape[0].0 + shape[1].0) / 2.0;
    let middles: Vec<f64> = boxes(&hue[0])
        .iter()
        .map(|b| middle(&b.shapes[0]))
        .collect();
    assert_eq!(middles, [-0.2, 0.2]);
    assert_eq!(hue[0].keys.len(), 1);
    // Told apart by place and colour alike: no key, no room left for the others.
    let same = panels(&plot().by("c").hue("c"));
    assert_eq!(boxes(&same[0]).len(), 2);
    assert!(same[0].keys.is_empty());
    assert_eq!(middle(&boxes(&same[0])[1].shapes[0]), 1.0);
}

#[test]
fn features_of_other_scales_are_told_or_separate() {
    let together = data().boxplot();
    assert_eq!(panels(&together).len(), 1);
    assert_eq!(
        together.figure().unwrap().notes,
        ["the features' scales differ by a factor of 1000; separate(true) gives each its own"]
    );
    let separate = together.separate(true);
    let found = panels(&separate);
    assert_eq!((found.len(), found[1].title.as_deref()), (2, Some("z")));
    assert!(separate.figure().unwrap().notes.is_empty());
    let by_hue = panels(&separate.hue("c"));
    assert_eq!(
        by_hue[0].x.categories,
        Some(vec!["a".to_owned(), "b".to_owned()])
    );
}

#[test]
fn level_boxes_have_their_categories_along_y() {
    let panel = &panels(&plot().vert(false))[0];
    assert!(panel.y.categories.is_some() && panel.y.reversed);
    let corner = boxes(panel)[0].shapes[0][0];
    assert_eq!(corner.0, 2.75);
}

#[test]
fn on_a_log_axis_statistics_are_of_logarithms() {
    let ds = Dataset::from_tensor_slices(vec![1.0, 10.0, 100.0, 1000.0, -5.0]).unwrap();
    let plot = ds.boxplot().log(true);
    let (low, high) = ends(&boxes(&panels(&plot)[0])[0].shapes[0]);
    assert!((low - 10_f64.powf(0.75)).abs() < 1e-12 && (high - 10_f64.powf(2.25)).abs() < 1e-9);
    assert_eq!(
        plot.figure().unwrap().notes,
        ["left out: 1 not above 0 of Feature 1"]
    );
}

#[test]
fn equal_fliers_are_drawn_once() {
    let values: Vec<f64> = (0..10_000)
        .map(|i| if i % 10 == 0 { 99.0 } else { f64::from(i % 3) })
        .collect();
    let ds = Dataset::from_tensor_slices(values).unwrap();
    assert_eq!(points(&panels(&ds.boxplot())[0])[0].y, [99.0]);
}

#[test]
fn what_is_not_a_number_is_left_out_and_counted() {
    let ds = Dataset::from_tensor_slices(dict! {
        "x": vec![1.0, f64::NAN, 3.0], "none": vec![f64::NAN; 3],
    })
    .unwrap();
    let figure = ds.boxplot().figure().unwrap();
    assert_eq!(
        figure.notes,
        ["left out: 1 NaN of x; 3 NaN of none", "no values: none"]
    );
    assert_eq!(boxes(figure.panels()[0])[0].shapes.len(), 1);
}

#[test]
fn statistics_found_elsewhere_are_drawn_alike() {
    let stats = boxplot_stats(&ndarray::arr1(&X)).unwrap();
    let given = BoxPlot::from_stats(["x"], [stats.clone()]);
    assert_eq!(panels(&given), panels(&plot()));
    let err = given.by("c").figure().unwrap_err();
    assert_eq!(
        err.to_string(),
        "expected rows of data to choose 'by', but these boxes are made of statistics"
    );
    let err = BoxPlot::from_stats(["x", "y"], [stats])
        .figure()
        .unwrap_err();
    assert_eq!(
        err.to_string(),
        "expected 1 names, one for each feature, but found 2"
    );
}

/// Neighbouring columns of several types, with what has no place, and a component of
/// single numbers.
fn mixed() -> Dataset {
    let wave = |i: usize, j: usize| ((i * (j + 3)) as f64 * 0.7).sin().powi(5) * (j as f64 + 0.1);
    let table = ndarray::Array2::from_shape_fn((403, 4), |(i, j)| match (i, j) {
        (5..9, 1) => f64::NAN,
        (9..12, 1) => f64::INFINITY,
        (_, 2) => f64::NEG_INFINITY,
        _ => wave(i, j),
    });
    let eighths = table.mapv(|v| (v * 40.0).round() as f32 / 8.0);
    Dataset::from_tensor_slices(dict! {
        "table": table,
        "eighths": eighths,
        "alone": (0..403).map(|i| (i * i % 17) as i64).collect::<Vec<_>>(),
        "truth": (0..403).map(|i| i % 3 == 0).collect::<Vec<_>>(),
    })
    .unwrap()
}

#[test]
fn columns_read_together_are_drawn_as_each_by_itself() {
    let (ds, plot) = (mixed(), mixed().boxplot());
    let rows = ds.plot_rows().unwrap();
    for plot in [
        plot.clone(),
        plot.features([3, 0, 1, 2, 6, 5]),
        plot.features(["alone"]),
        plot.separate(true),
        plot.whis((5.0, 95.0)).vert(false),
        plot.notch(true).showfliers(false),
    ] {
        let options = plot.options();
        let alone = plot
            .choices
            .groups(&ds, &rows, &|values| boxed(&options, values));
        let alone = plot.figure_of(alone.unwrap()).unwrap();
        assert!(!alone.notes.is_empty() || plot.choices.chosen.of(&ds).unwrap().len() == 1);
        assert_eq!(plot.figure().unwrap(), alone);
    }
    let wrong = plot.whis((5.0, 195.0)).figure().unwrap_err();
    assert!(wrong.to_string().contains("found 195"));
}

#[test]
fn fliers_that_are_not_drawn_are_told() {
    let mut found = boxed(&BoxplotOptions::new(), &X).unwrap();
    assert_eq!(Shape::default().not_drawn([&found].into_iter()), None);
    found.fliers = 7_000_000;
    assert_eq!(
        Shape::default().not_drawn([&found].into_iter()).unwrap(),
        "1 of 7,000,000 values beyond the whiskers are drawn"
    );
}

#[test]
fn rows_in_passes_are_drawn_as_rows_that_are_held() {
    let ds = mixed();
    for plot in [
        ds.boxplot(),
        ds.boxplot().features([3, 0, 2, 8]),
        ds.boxplot().separate(true).whis((5.0, 95.0)),
    ] {
        let groups = plot.groups_in_passes(&ds).unwrap();
        assert_eq!(plot.figure_of(groups).unwrap(), plot.figure().unwrap());
    }
}
