use super::*;
use crate::dict;
use crate::plot::figure::Panel;

fn data() -> Dataset {
    Dataset::from_tensor_slices(dict! {
        "x": vec![1.0, 2.0, f64::NAN, 3.0],
        "c": vec!["a", "b", "a", "b"],
    })
    .unwrap()
}

fn points(plot: &StripPlot) -> Vec<Points> {
    let panel: Panel = plot.figure().unwrap().panels()[0].clone();
    let points = panel.marks.into_iter().filter_map(|mark| match mark {
        Mark::Points(points) => Some(points),
        _ => None,
    });
    points.collect()
}

#[test]
fn points_are_moved_aside_by_little_and_always_alike() {
    let plot = data().stripplot().features(["x"]);
    let found = &points(&plot)[0];
    assert_eq!(found.y, [1.0, 2.0, 3.0]);
    assert!(found.x.iter().all(|x| x.abs() <= 0.1) && found.x[0] != found.x[1]);
    assert_eq!(points(&plot)[0], *found);
    assert_eq!(plot.figure().unwrap().notes, ["left out: 1 NaN of x"]);
    assert_eq!(points(&plot.jitter(0.0))[0].x, [0.0; 3]);
}

#[test]
fn classes_share_a_strip_or_stand_side_by_side() {
    let plot = data().stripplot().features(["x"]).hue("c").jitter(0.0);
    assert_eq!(points(&plot)[1].x, [0.0, 0.0]);
    let beside = plot.dodge(true);
    assert_eq!(points(&beside)[0].x, [-0.2]);
    assert_eq!(points(&beside)[1].x, [0.2, 0.2]);
}

#[test]
fn many_rows_are_sampled() {
    let ds = Dataset::from_tensor_slices((0..20_000).collect::<Vec<i32>>()).unwrap();
    let figure = ds.stripplot().figure().unwrap();
    assert_eq!(
        figure.notes,
        ["5,000 of 20,000 rows, a random sample (seed 0)"]
    );
}

#[test]
fn a_jitter_that_would_mix_categories_is_refused() {
    for jitter in [-0.1, 0.6, f64::NAN] {
        let err = data().stripplot().jitter(jitter).figure().unwrap_err();
        assert!(
            err.to_string()
                .starts_with("expected a jitter from 0 to 0.5, but found")
        );
    }
}
