//! Rows counted in rectangles and hexagons: hostile numbers, bins that are none.

use ndsight::{Dataset, Error, dict};

use crate::{WORDS, dataset, drawn, hostile_tables, refused, sketched, two_features};

#[test]
fn any_table_has_a_picture_or_an_error() {
    for table in hostile_tables() {
        for log in [false, true] {
            let plot = table.hist2d(0, 1).log(log);
            match plot.to_svg() {
                Ok(_) => drop(sketched(&plot)),
                Err(err) => assert!(err.is_value(), "{err}"),
            }
            let plot = table.hexbin(0, 1).log(log);
            match plot.to_svg() {
                Ok(_) => drop(sketched(&plot)),
                Err(err) => assert!(err.is_value(), "{err}"),
            }
        }
    }
    drawn(&two_features().hist2d(0, 1));
    drawn(&two_features().hexbin(0, 1));
}

#[test]
fn features_that_are_none() {
    assert!(two_features().hist2d(0, 2).to_svg().unwrap_err().is_name());
    assert!(
        two_features()
            .hexbin("x", 1)
            .to_svg()
            .unwrap_err()
            .is_name()
    );
    let words = dataset(dict! { "a": vec!["x", "y"], "b": vec![1, 2] });
    assert!(words.hist2d("a", "b").to_svg().unwrap_err().is_name());
}

#[test]
fn bins_that_are_none() {
    let grid = |n: i64| two_features().hist2d(0, 1).bins(n).to_svg();
    assert_eq!(
        refused(grid(0), Error::is_value),
        "along x: expected at least one bin, but found 0"
    );
    assert_eq!(
        refused(grid(1_001), Error::is_value),
        "expected at most 1,000 bins along x, but found 1,001; give fewer, or a range that leaves outliers out"
    );
    let hexagons = |n| two_features().hexbin(0, 1).gridsize(n).to_svg();
    for n in [0, 1_001, usize::MAX] {
        assert_eq!(
            refused(hexagons(n), Error::is_value),
            format!("expected a grid of 1 to 1000 hexagons across, but found {n}")
        );
    }
}

#[test]
fn ranges_that_are_none() {
    let range = (f64::NAN, 1.0);
    let grid = two_features()
        .hist2d(0, 1)
        .range(range, (0.0, 1.0))
        .to_svg();
    assert!(grid.unwrap_err().is_value());
    assert_eq!(
        refused(
            two_features()
                .hexbin(0, 1)
                .range((0.0, 1.0), (2.0, 1.0))
                .to_svg(),
            Error::is_value
        ),
        "expected a range from a finite number to one not below it, but found 2.0 to 1.0"
    );
    let words = sketched(
        &two_features()
            .hexbin(0, 1)
            .range((50.0, 60.0), (50.0, 60.0)),
    );
    assert!(words.contains(&"no data".to_owned()), "{words:?}");
}

#[test]
fn hostile_names_and_rows_without_end() {
    let ds = two_features()
        .with_feature_names([WORDS[1], WORDS[4]])
        .unwrap();
    drawn(&ds.hist2d(0, 1).title(WORDS[5]));
    drawn(&ds.hexbin(0, 1).x_label(WORDS[3]));
    let words = sketched(&Dataset::counter(0, 1).hist2d(0, 0));
    assert!(
        words
            .iter()
            .any(|word| word.contains("of an endless data set")),
        "{words:?}"
    );
}
