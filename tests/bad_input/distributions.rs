//! Histograms by class, empirical distributions, and box, violin and strip plots of
//! hostile data.

use ndarray::Array2;
use ndsight::{BoxPlot, Dataset, Error, HistType, Histogram, Multiple, Result, Stat, dict, stats};

use crate::{dataset, drawn, refused, sketched, words};

/// Data sets of a feature `v` and a class `k`, each of them trouble.
fn trouble() -> Vec<(&'static str, Dataset)> {
    let of = |values: Vec<f64>| {
        let classes: Vec<String> = (0..values.len())
            .map(|i| format!("<b>{}\n", i % 3))
            .collect();
        dataset(dict! { "v": values, "k": classes })
    };
    vec![
        ("no rows", of(vec![])),
        ("one row", of(vec![3.0])),
        ("all NaN", of(vec![f64::NAN; 5])),
        ("all infinite", of(vec![f64::INFINITY, f64::NEG_INFINITY])),
        ("constant", of(vec![7.0; 6])),
        ("constant and huge", of(vec![1e300; 6])),
        ("largest", of(vec![f64::MAX, -f64::MAX, 0.0, 1.0, f64::MAX])),
        ("smallest", of(vec![5e-324, 0.0, -5e-324, 1e-323])),
        (
            "some of each",
            of(vec![1.0, f64::NAN, f64::INFINITY, -2.0, 1e9, 0.0]),
        ),
        ("negative", of(vec![-1.0, -2.0, -3.0])),
        (
            "outlier",
            of((0..50).map(f64::from).chain([1e15]).collect()),
        ),
    ]
}

fn all_plots(ds: &Dataset) {
    for log in [false, true] {
        let hist = ds.hist().hue("k").log(log).log_x(log).rug(true);
        for multiple in [
            Multiple::Layer,
            Multiple::Dodge,
            Multiple::Stack,
            Multiple::Fill,
        ] {
            clear(&hist.clone().multiple(multiple).kde(true));
        }
        clear(&hist.clone().histtype(HistType::Step).cumulative(true));
        clear(&hist.histtype(HistType::StepFilled).stat(Stat::Density));
        clear(&ds.hist().kde(true).weights("v").bins(3));
        sketched(&ds.ecdfplot().log_x(log).hue("k"));
        for upright in [false, true] {
            sketched(
                &ds.boxplot()
                    .log(log)
                    .vert(upright)
                    .hue("k")
                    .notch(true)
                    .showmeans(true),
            );
            sketched(&ds.violinplot().log(log).vert(upright).by("k"));
            sketched(&ds.stripplot().log(log).vert(upright).by("k").hue("k"));
        }
        sketched(
            &ds.boxplot()
                .log(log)
                .separate(true)
                .hue("k")
                .whis((5.0, 95.0)),
        );
    }
}

/// A picture, or an error that says why the bins cannot be.
fn clear(plot: &Histogram) {
    match plot.to_svg() {
        Ok(_) => drop(sketched(plot)),
        Err(err) => assert!(
            err.is_value() && err.to_string().starts_with("feature 'v': expected"),
            "{err}"
        ),
    }
}

#[test]
fn hostile_numbers_have_pictures() {
    for (name, ds) in trouble() {
        println!("{name}");
        all_plots(&ds);
    }
}

#[test]
fn whole_numbers_beyond_floats_have_pictures() {
    let ds = dataset(dict! {
        "v": vec![u64::MAX, u64::MAX - 1, 1 << 53, (1 << 53) + 1, 0],
        "k": vec![true, false, true, false, true],
    });
    all_plots(&ds);
    drawn(&ds.boxplot().by("k"));
    drawn(&ds.violinplot().features(["v"]).hue("k").split(true));
}

#[test]
fn very_many_classes_share_a_few_places() {
    let ds = dataset(dict! {
        "v": (0..100_000).map(f64::from).collect::<Vec<_>>(),
        "k": (0..100_000).collect::<Vec<i32>>(),
    });
    let found = words(ds.hist().features(["v"]).hue("k").to_svg());
    assert!(
        found.contains(&"99,991 other classes".to_owned()),
        "{found:?}"
    );
    let found = words(ds.boxplot().features(["v"]).by("k").vert(false).to_svg());
    assert!(
        found.contains(&"99,961 other classes".to_owned()),
        "{found:?}"
    );
    assert!(
        ds.stripplot()
            .features(["v"])
            .by("k")
            .to_svg()
            .unwrap()
            .len()
            < 400_000
    );
    assert!(ds.ecdfplot().features(["v"]).to_svg().unwrap().len() < 60_000);
}

#[test]
fn thousands_of_features_are_cut_short_and_counted() {
    let wide = dataset(Array2::from_shape_fn((3, 10_000), |(i, j)| (i * j) as f64));
    let told = "60 of 10,000 features; choose others with features([…])".to_owned();
    assert!(words(wide.boxplot().to_svg()).contains(&told));
    assert!(words(wide.violinplot().separate(true).to_svg()).contains(&told));
    assert!(words(wide.ecdfplot().to_svg()).contains(&told));
}

#[test]
fn features_that_are_not_there() {
    let ds = dataset(vec![1.0, 2.0]);
    for svg in [
        ds.boxplot().by("species").to_svg(),
        ds.violinplot().hue("species").to_svg(),
        ds.stripplot().by("species").to_svg(),
        ds.ecdfplot().hue("species").to_svg(),
        ds.hist().weights("species").to_svg(),
    ] {
        assert_eq!(
            refused(svg, Error::is_name),
            "there is no component named 'species'; the components are '0'"
        );
    }
    let none: [usize; 0] = [];
    assert_eq!(
        refused(ds.boxplot().features(none).to_svg(), Error::is_value),
        "expected at least one feature to draw, but features([]) names none"
    );
    assert_eq!(
        refused(ds.boxplot().names(["a", "b"]).to_svg(), Error::is_shape),
        "expected 1 names, one for each feature, but found 2"
    );
    assert_eq!(
        refused(ds.violinplot().columns(0).to_svg(), Error::is_value),
        "expected at least 1 column of panels, but found 0"
    );
}

#[test]
fn weights_that_are_none() {
    let ds = dataset(dict! { "x": vec![1.0, 2.0], "name": vec!["a", "b"], "w": vec![-1.0, 3.0] });
    assert_eq!(
        refused(ds.hist().weights("name").to_svg(), Error::is_dtype),
        "expected numbers as weights, but 'name' holds string"
    );
    let found = drawn(&ds.hist().features(["x"]).weights("w").bins(2).kde(true));
    assert!(
        found.contains(&"no density curve: x (negative weights)".to_owned()),
        "{found:?}"
    );
}

#[test]
fn bins_that_cannot_be() {
    let ds = dataset(vec![1.0, 2.0]);
    let twice = "expected discrete(true) or log_x(true), but found both: bins centred on whole numbers are equally wide";
    assert_eq!(
        refused(
            ds.hist().discrete(true).log_x(true).to_svg(),
            Error::is_value
        ),
        twice
    );
    assert_eq!(
        refused(
            ds.hist().range(-1.0, 3.0).log_x(true).to_svg(),
            Error::is_value
        ),
        "feature 'Feature 1': expected edges and ranges above 0 with log_x(true), but found -1.0"
    );
    assert_eq!(
        refused(
            ds.hist().range(3.0, -1.0).discrete(true).to_svg(),
            Error::is_value
        ),
        "feature 'Feature 1': expected a range from a finite number to one not below it, but found 3.0 to -1.0"
    );
}

#[test]
fn statistics_that_make_no_sense() -> Result<()> {
    let mut wild = stats::boxplot_stats(&ndarray::array![1.0, 2.0, 3.0])?;
    wild.fliers = vec![f64::NAN, f64::INFINITY, f64::MAX, -f64::MAX];
    wild.notch = (f64::NEG_INFINITY, f64::NAN);
    wild.mean = f64::NAN;
    let mut none = wild.clone();
    none.q1 = f64::INFINITY;
    let plot = BoxPlot::from_stats(["wild", "none"], [wild, none]);
    let found = drawn(&plot.notch(true).showmeans(true));
    assert!(found.contains(&"no values: none".to_owned()), "{found:?}");
    let counted = stats::Histogram::from_counts(
        vec![f64::NAN, f64::INFINITY, -1.0, 2.0],
        vec![f64::NEG_INFINITY, 0.0, 0.0, 1.0, f64::INFINITY],
    )?;
    drawn(&Histogram::from_counts([counted]));
    drawn(&BoxPlot::from_stats(Vec::<String>::new(), []));
    Ok(())
}
