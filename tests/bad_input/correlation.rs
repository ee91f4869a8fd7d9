//! Correlation matrices: hostile tables, and methods that are none.

use ndarray::Array2;
use ndsight::Error;

use crate::{WORDS, dataset, drawn, hostile_tables, refused, sketched, two_features};

#[test]
fn any_table_has_a_picture() {
    for table in hostile_tables() {
        sketched(&table.correlation());
        sketched(
            &table
                .correlation()
                .method("spearman")
                .cluster(true)
                .mask_upper(true),
        );
    }
    drawn(&two_features().correlation());
}

#[test]
fn an_unknown_method() {
    assert_eq!(
        refused(
            two_features().correlation().method("kendall").to_svg(),
            Error::is_name
        ),
        "expected a coefficient of correlation (pearson, spearman), but found \"kendall\""
    );
}

#[test]
fn one_feature_and_very_many() {
    sketched(&two_features().correlation().features([1]));
    let wide = dataset(Array2::<u8>::zeros((3, 10_000)));
    let words = sketched(&wide.correlation());
    assert!(
        words
            .iter()
            .any(|word| word.starts_with("500 of 10,000 features")),
        "{words:?}"
    );
    let named = dataset(Array2::<f64>::eye(6))
        .with_feature_names(WORDS)
        .unwrap();
    drawn(&named.correlation().title(WORDS[1]));
}
