//! Values of seaborn 0.13.2 are those of
//! `sns.histplot(df, x="x", hue="c", weights="w", bins=4, …)`.

use super::*;
use crate::dict;
use crate::plot::figure::{Bars, Ink, Lines, Mark, Scale};

fn data() -> Dataset {
    Dataset::from_tensor_slices(dict! {
        "x": vec![1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0],
        "c": vec!["a", "b", "a", "b", "a", "b", "a", "b"],
        "w": vec![1.0, 2.0, 0.5, 1.0, 1.0, 3.0, 1.0, 0.5],
    })
    .unwrap()
}

fn hist() -> Histogram {
    data().hist().features(["x"]).bins(4)
}

fn panel(plot: &Histogram) -> Panel {
    plot.figure().unwrap().panels()[0].clone()
}

fn bars(plot: &Histogram) -> Vec<Bars> {
    let marks = panel(plot).marks.into_iter();
    let bars = marks.filter_map(|mark| match mark {
        Mark::Bars(bars) => Some(bars),
        _ => None,
    });
    bars.collect()
}

fn lines(plot: &Histogram) -> Vec<Lines> {
    let marks = panel(plot).marks.into_iter();
    let lines = marks.filter_map(|mark| match mark {
        Mark::Lines(lines) => Some(lines),
        _ => None,
    });
    lines.collect()
}

/// The heights of all bars, the last class first, as they are drawn.
fn heights(plot: &Histogram) -> Vec<Vec<f64>> {
    let heights = |bars: &Bars| bars.ends.iter().map(|end| end.1 - end.0).collect();
    bars(plot).iter().map(heights).collect()
}

#[track_caller]
fn assert_close(found: &[f64], wanted: &[f64], within: f64) {
    assert_eq!(found.len(), wanted.len(), "{found:?}");
    for (a, b) in found.iter().zip(wanted) {
        assert!((a - b).abs() <= within * b.abs().max(within), "{found:?}");
    }
}

#[test]
fn heights_are_seaborns() {
    let one = |plot: Histogram| heights(&plot).remove(0);
    assert_eq!(one(hist()), [5.0, 1.0, 1.0, 1.0]);
    assert_eq!(one(hist().stat(Stat::Frequency)), [1.0, 0.2, 0.2, 0.2]);
    let percent = hist().stat(Stat::Percent).cumulative(true);
    assert_eq!(one(percent), [62.5, 75.0, 87.5, 100.0]);
    let density = hist().density(true).cumulative(true);
    assert_eq!(one(density), [0.625, 0.75, 0.875, 1.0]);
    let weighted = hist().weights("w").stat(Stat::Probability);
    assert_close(&one(weighted), &[0.55, 0.3, 0.1, 0.05], 1e-15);
}

#[test]
fn classes_share_bins_and_the_whole() {
    let hue = || hist().hue("c");
    assert_eq!(
        heights(&hue()),
        [[2.0, 1.0, 0.0, 1.0], [3.0, 0.0, 1.0, 0.0]]
    );
    let common = heights(&hue().density(true));
    assert_close(&common[1], &[0.075, 0.0, 0.025, 0.0], 1e-15);
    let own = heights(&hue().density(true).common_norm(false));
    assert_close(&own[1], &[0.15, 0.0, 0.05, 0.0], 1e-15);
}

#[test]
fn classes_stand_where_seaborn_puts_them() {
    let of = |multiple| bars(&hist().hue("c").multiple(multiple));
    let stacked = of(Multiple::Stack);
    assert_eq!(
        stacked[0].ends,
        [(0.0, 2.0), (0.0, 1.0), (0.0, 0.0), (0.0, 1.0)]
    );
    assert_eq!(
        stacked[1].ends,
        [(2.0, 5.0), (1.0, 1.0), (0.0, 1.0), (1.0, 1.0)]
    );
    let dodged = of(Multiple::Dodge);
    assert_eq!(dodged[0].spans[0], (3.5, 6.0));
    assert_eq!(dodged[1].spans[0], (1.0, 3.5));
    let filled = of(Multiple::Fill);
    assert_eq!(filled[1].ends[0], (0.4, 1.0));
    assert_eq!(filled[1].ends[1], (1.0, 1.0));
    let layered = of(Multiple::Layer);
    assert_eq!(
        (layered[0].ink, layered[1].ink),
        (Ink::Series(1), Ink::Series(0))
    );
    assert_eq!(layered[0].opacity, 0.5);
}

/// The first, the middle and the last of a curve's 200 heights.
fn curve(plot: &Histogram, number: usize) -> Vec<f64> {
    let run = lines(plot)[number].runs[0].clone();
    assert_eq!(run.len(), 200);
    [0, 100, 199].map(|i| run[i].1).to_vec()
}

#[test]
fn curves_are_seaborns() {
    let kde = hist().kde(true);
    assert_close(&curve(&kde, 0), &[2.12584135, 1.22667304, 0.53898541], 1e-8);
    let weighted = kde.clone().weights("w");
    assert_close(
        &curve(&weighted, 0),
        &[2.81982635, 1.90937674, 0.32416394],
        1e-8,
    );
    let density = kde.clone().hue("c").density(true);
    assert_close(
        &curve(&density, 0),
        &[0.01902722, 0.01576436, 0.00893725],
        1e-6,
    );
    let stacked = kde.clone().hue("c").multiple(Multiple::Stack);
    assert_close(
        &curve(&stacked, 1),
        &[2.02407018, 1.29628816, 0.43135931],
        1e-8,
    );
    // Areas by trapezoids, not exactly.
    let cumulative = kde.cumulative(true);
    assert_close(&curve(&cumulative, 0), &[0.0, 3.98201065, 5.53769392], 1e-3);
}

#[test]
fn bins_on_a_log_axis_are_seaborns() {
    let plot = hist().log_x(true).density(true).kde(true);
    let bars = &bars(&plot)[0];
    let edges: Vec<f64> = bars.spans.iter().map(|span| span.0).collect();
    assert_close(
        &edges,
        &[1.0, 2.140695142928, 4.582575694956, 9.809897532292],
        1e-12,
    );
    let heights: Vec<f64> = bars.ends.iter().map(|end| end.1).collect();
    assert_close(
        &heights,
        &[
            1.1344562932746,
            0.3781520977582,
            0.7563041955164,
            0.7563041955164,
        ],
        1e-12,
    );
    assert_close(
        &curve(&plot, 0),
        &[0.42726387, 0.66632613, 0.38337886],
        1e-7,
    );
    assert_eq!(panel(&plot).x.scale, Scale::Log);
}

#[test]
fn values_without_a_logarithm_are_counted() {
    let ds = Dataset::from_tensor_slices(vec![-1.0, 0.0, 1.0, 10.0, f64::NAN]).unwrap();
    let figure = ds.hist().log_x(true).figure().unwrap();
    assert_eq!(
        figure.notes,
        ["left out: 1 NaN and 2 not above 0 of Feature 1"]
    );
}

#[test]
fn whole_numbers_have_bins_of_their_own() {
    let discrete = &bars(&hist().discrete(true))[0];
    assert_eq!(discrete.spans.len(), 21);
    assert_eq!(discrete.spans[0], (0.5, 1.5));
    assert_eq!(discrete.ends[1], (0.0, 2.0));
    let flags = Dataset::from_tensor_slices(vec![true, false, true]).unwrap();
    let panel = panel(&flags.hist());
    assert_eq!(
        panel.x.categories,
        Some(vec!["false".into(), "true".into()])
    );
    let found = &bars(&flags.hist())[0];
    assert_eq!(found.spans, [(-0.5, 0.5), (0.5, 1.5)]);
    assert_eq!(found.ends, [(0.0, 1.0), (0.0, 2.0)]);
    assert_eq!(bars(&flags.hist().bins(4))[0].spans[0], (0.0, 0.25));
}

#[test]
fn a_feature_that_fails_does_not_take_the_others_with_it() {
    let ds = Dataset::from_tensor_slices(dict! {
        "far": vec![0.0, 1.0, 1e300], "near": vec![1.0, 2.0, 3.0],
    })
    .unwrap();
    let figure = ds.hist().discrete(true).figure().unwrap();
    let message = figure.panels()[0].message.clone().unwrap();
    assert!(message.starts_with("expected values between at most 10,000,000 whole numbers"));
    assert_eq!(figure.panels()[1].message, None);
    let err = ds
        .hist()
        .features(["far"])
        .discrete(true)
        .figure()
        .unwrap_err();
    assert!(
        err.to_string()
            .starts_with("feature 'far': expected values")
    );
}

#[test]
fn a_curve_that_cannot_be_drawn_is_told() {
    let ds = Dataset::from_tensor_slices(dict! {
        "x": vec![1.0, 1.0, 2.0, 3.0], "c": vec!["a", "a", "b", "b"], "one": vec![4.0; 4],
    })
    .unwrap();
    let figure = ds.hist().kde(true).hue("c").figure().unwrap();
    assert_eq!(
        figure.notes,
        [
            "no density curve: x of a (all values equal); one of a (all values equal); one of b (all values equal)"
        ]
    );
    let figure = ds.hist().features(["one"]).kde(true).figure().unwrap();
    assert_eq!(figure.notes, ["no density curve: one (all values equal)"]);
}

#[test]
fn more_bins_than_pixels_are_drawn_together() {
    let ds = Dataset::from_tensor_slices((0..5000).collect::<Vec<i32>>()).unwrap();
    let plot = ds.hist().bins(5000);
    assert_eq!(bars(&plot)[0].spans.len(), 1000);
    assert_eq!(bars(&plot)[0].ends[7], (0.0, 1.0));
    assert_eq!(
        plot.figure().unwrap().notes,
        ["each bar is the highest of up to 5 bins"]
    );
}

#[test]
fn outlines_go_over_all_bars() {
    let plot = hist().histtype(HistType::Step);
    let run = &lines(&plot)[0].runs[0];
    assert_eq!(run[..3], [(1.0, 0.0), (1.0, 5.0), (6.0, 5.0)]);
    assert_eq!(run.last(), Some(&(21.0, 0.0)));
    let rising = lines(&plot.cumulative(true))[0].runs[0].clone();
    assert_eq!(rising.last(), Some(&(21.0, 8.0)));
    let filled = panel(&hist().histtype(HistType::StepFilled));
    assert!(matches!(&filled.marks[..], [Mark::Polygons(area)] if area.shapes[0].len() == 16));
}

#[test]
fn labels_say_what_heights_are() {
    let label = |plot: &Histogram| panel(plot).y.label;
    assert_eq!(label(&hist()), None);
    assert_eq!(label(&hist().density(true)).as_deref(), Some("density"));
    assert_eq!(label(&hist().weights("w")).as_deref(), Some("sum of w"));
    assert_eq!(label(&hist().y_label("people")).as_deref(), Some("people"));
    assert!(panel(&hist()).y.integer && !panel(&hist().weights("w")).y.integer);
}

#[test]
fn counts_found_elsewhere_are_drawn_alike() {
    let counted = stats::histogram(
        &ndarray::array![1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0],
        4,
    )
    .unwrap();
    let plot = Histogram::from_counts([counted]).names(["x"]);
    assert_eq!(panel(&plot), panel(&hist()));
    let err = plot.kde(true).figure().unwrap_err();
    assert_eq!(
        err.to_string(),
        "expected rows of data to choose 'kde', but this histogram is made of counts"
    );
    let none = Histogram::from_counts(Vec::<stats::Histogram>::new());
    assert!(none.figure().is_ok());
}

#[test]
fn a_key_is_beside_its_panel_or_beside_all() {
    let alone = hist().hue("c").figure().unwrap();
    assert!(alone.keys.is_empty() && alone.panels()[0].keys.len() == 1);
    let both = data().hist().hue("c").figure().unwrap();
    assert!(both.keys.len() == 1 && both.panels()[0].keys.is_empty());
}

#[test]
fn rows_without_a_weight_are_counted() {
    let ds = Dataset::from_tensor_slices(dict! {
        "x": vec![1.0, 2.0, 3.0], "w": vec![1.0, f64::NAN, 2.0],
    })
    .unwrap();
    let plot = ds.hist().features(["x"]).bins(2).weights("w");
    assert_eq!(heights(&plot), [[1.0, 2.0]]);
    assert_eq!(
        plot.figure().unwrap().notes,
        ["left out: 1 without a weight of x"]
    );
    let err = plot.bins("auto").figure().unwrap_err();
    assert!(err.to_string().contains("cannot take weights into account"));
}

#[test]
fn log_counts_begin_below_the_lowest_bar() {
    let y = panel(&hist().log(true)).y;
    assert_eq!((y.scale, y.limits.min()), (Scale::Log, 0.5));
}
