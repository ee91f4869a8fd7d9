//! Values of seaborn 0.13.2 are those of `sns.ecdfplot(df, x="x", hue="c", …)`.

use super::*;
use crate::dict;
use crate::plot::figure::Scale;

fn data() -> Dataset {
    Dataset::from_tensor_slices(dict! {
        "x": vec![1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0],
        "c": vec!["a", "b", "a", "b", "a", "b", "a", "b"],
    })
    .unwrap()
}

fn panel(plot: &EcdfPlot) -> Panel {
    plot.figure().unwrap().panels()[0].clone()
}

fn runs(plot: &EcdfPlot) -> Vec<Vec<(f64, f64)>> {
    let marks = panel(plot).marks.into_iter();
    let runs = marks.filter_map(|mark| match mark {
        Mark::Lines(lines) => Some(lines.runs[0].clone()),
        _ => None,
    });
    runs.collect()
}

/// Where steps lead, without where they come from.
fn corners(run: &[(f64, f64)]) -> Vec<(f64, f64)> {
    run.iter().skip(1).step_by(2).copied().collect()
}

#[test]
fn steps_are_seaborns() {
    let plot = data()
        .ecdfplot()
        .features(["x"])
        .hue("c")
        .complementary(true);
    let runs = runs(&plot);
    assert_eq!(runs[0][0], (1.0, 1.0));
    assert_eq!(
        corners(&runs[0]),
        [(1.0, 0.75), (2.0, 0.5), (5.0, 0.25), (13.0, 0.0)]
    );
    assert_eq!(
        corners(&runs[1]),
        [(2.0, 0.75), (3.0, 0.5), (8.0, 0.25), (21.0, 0.0)]
    );
}

#[test]
fn steps_rise_by_shares_percent_or_counts() {
    let plot = data().ecdfplot().features(["x"]);
    let first = |plot: &EcdfPlot| runs(plot)[0][..4].to_vec();
    assert_eq!(
        first(&plot),
        [(1.0, 0.0), (1.0, 0.125), (2.0, 0.125), (2.0, 0.375)]
    );
    assert_eq!(first(&plot.clone().stat(Stat::Percent))[3], (2.0, 37.5));
    let counts = plot.clone().stat(Stat::Count);
    assert_eq!(first(&counts)[3], (2.0, 3.0));
    assert_eq!(panel(&counts).y.limits.max(), 8.0);
    assert_eq!(panel(&plot).y.label.as_deref(), Some("proportion"));
    let err = plot.stat(Stat::Density).figure().unwrap_err();
    assert_eq!(
        err.to_string(),
        "expected Stat::Probability, Stat::Percent or Stat::Count for steps, but found Stat::Density"
    );
}

#[test]
fn what_lies_left_of_a_log_axis_counts() {
    let ds = Dataset::from_tensor_slices(vec![-1.0, 0.0, 1.0, 10.0, f64::NAN]).unwrap();
    let plot = ds.ecdfplot().log_x(true);
    let run = &runs(&plot)[0];
    assert_eq!(run[0].1, 0.5);
    assert!(run[0].0 < 1.0);
    assert_eq!(
        run[1..],
        [(1.0, 0.5), (1.0, 0.75), (10.0, 0.75), (10.0, 1.0)]
    );
    assert_eq!(panel(&plot).x.scale, Scale::Log);
    assert_eq!(
        plot.figure().unwrap().notes,
        [
            "left out: 1 NaN of Feature 1",
            "left of the axis: 2 not above 0 of Feature 1"
        ]
    );
}

#[test]
fn many_steps_are_thinned_below_a_pixel() {
    let values: Vec<f64> = (0..100_000).map(|i| f64::from(i).sqrt()).collect();
    let ds = Dataset::from_tensor_slices(values).unwrap();
    let run = &runs(&ds.ecdfplot())[0];
    assert!(run.len() < 12_000, "{}", run.len());
    for pair in run.windows(2) {
        assert!(pair[1].1 - pair[0].1 < 1.0 / 1_999.0);
    }
    assert_eq!(run.last(), Some(&(99_999_f64.sqrt(), 1.0)));
}

#[test]
fn no_values_are_no_steps() {
    let ds = Dataset::from_tensor_slices(vec![f64::NAN; 3]).unwrap();
    assert_eq!(panel(&ds.ecdfplot()).message.as_deref(), Some("no data"));
    let below = Dataset::from_tensor_slices(vec![-1.0, -2.0]).unwrap();
    let panel = panel(&below.ecdfplot().log_x(true));
    assert_eq!(panel.message.as_deref(), Some("no data"));
}
