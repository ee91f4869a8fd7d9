//! Line plots: hostile numbers, sequences that are none, very many lines.

use ndarray::{Array2, Array3};
use ndsight::{Dataset, Error, ErrorBar, dict};

use crate::{WORDS, dataset, drawn, hostile_tables, refused, sketched, two_features};

#[test]
fn any_table_has_a_picture() {
    for table in hostile_tables() {
        sketched(&table.lineplot());
        sketched(&table.lineplot().log_y(true).area(true).markers(true));
        sketched(&table.lineplot().stacked(true));
        sketched(&table.lineplot().x(0));
        sketched(
            &table
                .lineplot()
                .x(0)
                .y(1)
                .hue("Feature 1")
                .errorbar(ErrorBar::Se),
        );
        sketched(&table.lineplot().sequences(0));
        sketched(
            &table
                .lineplot()
                .sequences(0)
                .mean(true)
                .errorbar(ErrorBar::Sd),
        );
    }
    drawn(&two_features().lineplot());
}

#[test]
fn sequences_that_are_none() {
    let message =
        |ds: &Dataset, key: &str| refused(ds.lineplot().sequences(key).to_svg(), Error::is_shape);
    let ds = dataset(dict! {
        "word": vec!["a", "b"],
        "words": ndarray::array![["a", "b"], ["c", "d"]],
        "picture": Array3::<u8>::zeros((2, 8, 8)),
    });
    for key in ["word", "words", "picture"] {
        let text = message(&ds, key);
        assert!(
            text.starts_with("expected a vector of numbers a row"),
            "{text}"
        );
    }
    assert!(ds.lineplot().sequences("x").to_svg().unwrap_err().is_name());
    let empty = dataset(dict! { "x": Array2::<f64>::zeros((3, 0)) });
    sketched(&empty.lineplot().sequences("x"));
    sketched(&empty.lineplot().sequences("x").mean(true));
}

#[test]
fn features_that_are_none() {
    assert_eq!(
        refused(
            dataset(vec![1.0, 2.0]).lineplot().x(0).to_svg(),
            Error::is_value
        ),
        "expected a feature to draw besides that of x, but found none"
    );
    assert!(
        two_features()
            .lineplot()
            .y("z")
            .to_svg()
            .unwrap_err()
            .is_name()
    );
    let all = refused(two_features().lineplot().hue(0).to_svg(), Error::is_value);
    assert_eq!(
        all,
        "expected one feature to tell rows of apart by a hue, but found 2; choose it with y(feature)"
    );
    let level = two_features()
        .lineplot()
        .x(0)
        .errorbar(ErrorBar::Ci(f64::NAN));
    assert_eq!(
        refused(level.to_svg(), Error::is_value),
        "expected a confidence above 0 and below 100 percent, but found NaN"
    );
}

#[test]
fn very_many_lines_and_rows() {
    let wide = dataset(Array2::from_shape_fn((4, 10_000), |(i, j)| (i * j) as f32));
    let words = sketched(&wide.lineplot());
    assert!(words.contains(&"mean of 500".to_owned()), "{words:?}");
    let stacked = refused(wide.lineplot().stacked(true).to_svg(), Error::is_value);
    assert!(
        stacked.starts_with("expected at most 20 areas to stack, but found 500"),
        "{stacked}"
    );
    let long = dataset(Array2::from_shape_fn((3_000, 40), |(i, j)| {
        ((i + j) % 17) as f64
    }));
    let words = sketched(&long.lineplot().sequences(0));
    assert!(
        words.iter().any(|word| word.contains("a random sample")),
        "{words:?}"
    );
    let words = sketched(&Dataset::counter(0, 1).lineplot());
    assert!(
        words
            .iter()
            .any(|word| word.contains("of an endless data set")),
        "{words:?}"
    );
}

#[test]
fn hostile_names() {
    let ds = dataset(Array2::<f64>::eye(6))
        .with_feature_names(WORDS)
        .unwrap();
    drawn(
        &ds.lineplot()
            .x_label(WORDS[1])
            .y_label(WORDS[5])
            .title(WORDS[2]),
    );
}
