//! Heat maps: hostile tables, and colours that are none.

use ndarray::Array2;
use ndsight::{Dataset, Error, Heatmap};

use crate::{WORDS, dataset, drawn, hostile_tables, refused, sketched, two_features};

#[test]
fn any_table_has_a_picture() {
    for table in hostile_tables() {
        sketched(&table.heatmap());
        sketched(&table.heatmap().log(true));
        sketched(&table.heatmap().z_score(true).cluster(true).center(0.0));
        sketched(&table.heatmap().annot(true).range(-1.0, 1.0));
    }
    drawn(&two_features().heatmap());
}

#[test]
fn colours_that_are_none() {
    let message = |plot: Heatmap| refused(plot.to_svg(), Error::is_value);
    let plot = || two_features().heatmap();
    assert_eq!(
        message(plot().range(3.0, 1.0)),
        "expected a range of colours whose lower end comes first, but found 3 and 1"
    );
    assert_eq!(
        message(plot().vmin(f64::NAN)),
        "expected finite numbers as ends and centre of the colours, but found NaN"
    );
    assert_eq!(
        message(plot().log(true).vmax(-1.0)),
        "expected positive ends of logarithmic colours, but found -1"
    );
    assert_eq!(
        message(plot().log(true).center(1.0)),
        "expected either a centre of the colours or a logarithmic scale, but found both"
    );
    let unknown = refused(plot().cmap("mauve").to_svg(), Error::is_name);
    assert!(
        unknown.starts_with("there is no colormap named 'mauve'"),
        "{unknown}"
    );
    // A lower end above all values leaves one colour.
    sketched(&plot().vmin(1e6));
    sketched(&plot().vmax(-1e6));
}

#[test]
fn names_of_rows_that_do_not_fit() {
    assert_eq!(
        refused(
            two_features().heatmap().row_names(["a"]).to_svg(),
            Error::is_shape
        ),
        "expected 6 row_names, one for each row, but found 1"
    );
    let hostile = dataset(Array2::<f64>::eye(6))
        .with_feature_names(WORDS)
        .unwrap();
    drawn(
        &hostile
            .heatmap()
            .row_names(WORDS)
            .x_label(WORDS[1])
            .y_label(WORDS[5]),
    );
}

#[test]
fn no_features_and_very_many() {
    let none = dataset(Array2::<f64>::zeros((3, 0)));
    assert!(none.heatmap().to_svg().unwrap_err().is_shape());
    let wide = dataset(Array2::<u8>::zeros((3, 10_000)));
    let words = sketched(&wide.heatmap());
    assert!(
        words
            .iter()
            .any(|word| word.starts_with("500 of 10,000 features")),
        "{words:?}"
    );
}

#[test]
fn batches_and_streams() {
    sketched(&two_features().batch(4).unwrap().heatmap());
    let words = sketched(&Dataset::counter(0, 1).heatmap());
    assert!(
        words
            .iter()
            .any(|word| word.contains("of an endless data set")),
        "{words:?}"
    );
}
