use super::{assert_silent, of_rule, random, told};
use crate::{Dataset, Rule, dict};
use ndarray::{Array2, Array4, array};

const NAN: f64 = f64::NAN;

fn table(values: &Array2<f64>) -> Dataset {
    Dataset::from_tensor_slices(values).unwrap()
}

fn column(values: Vec<f64>) -> Dataset {
    Dataset::from_tensor_slices(dict! { "x": values }).unwrap()
}

#[test]
fn missing_values_are_counted_and_their_rows_listed() {
    let one = column(vec![1.5, NAN, 3.0]);
    let found = of_rule(&one, Rule::Missing);
    assert_eq!(found[0].message(), "1 of 3 values of 'x' is missing (NaN)");
    assert_eq!((found[0].number(), found[0].rows()), (1.0, &[1][..]));
    assert_eq!(
        found[0].hint(),
        "leave these rows out with ds.filter(|(x,): (f64,)| !x.is_nan()), or put numbers in with map"
    );
    let two = table(&array![[1.5, NAN, NAN], [2.5, NAN, 1.0], [NAN, 3.5, 2.0]]);
    let message =
        "4 values of 3 of 3 features are missing (NaN): 'Feature 1', 'Feature 2', 'Feature 3'";
    assert_eq!(told(&two, Rule::Missing), (message.to_owned(), 4.0));
    let all = told(&column(vec![NAN; 4]), Rule::Missing);
    assert_eq!(
        all,
        ("all 4 values of 'x' are missing (NaN)".to_owned(), 4.0)
    );
    let only = told(&column(vec![NAN]), Rule::Missing);
    assert_eq!(only.0, "the only value of 'x' is missing (NaN)");
}

#[test]
fn pixels_and_labels_may_be_missing_too() {
    let mut images = Array4::from_elem((3, 8, 8, 1), 0.5_f32);
    images[[1, 0, 0, 0]] = f32::NAN;
    images[[1, 5, 0, 0]] = f32::NAN;
    let unnamed = Dataset::from_tensor_slices((&images, vec![0, 1, 0])).unwrap();
    let found = of_rule(&unnamed, Rule::Missing);
    assert_eq!(
        found[0].message(),
        "2 of 192 values of the images are missing (NaN)"
    );
    assert_eq!(found[0].rows(), [1]);
    let named = dict! { "photo": images, "label": vec![1.0, NAN, 2.0] };
    let named = Dataset::from_tensor_slices(named).unwrap();
    let messages = of_rule(&named, Rule::Missing);
    let messages: Vec<&str> = messages.iter().map(crate::Finding::message).collect();
    assert_eq!(
        messages,
        [
            "2 of 192 values of 'photo' are missing (NaN)",
            "1 of 3 labels is missing (NaN)"
        ]
    );
}

#[test]
fn infinite_values_are_not_missing() {
    let ds = column(vec![1.5, f64::INFINITY, f64::NEG_INFINITY]);
    assert_silent(&ds, Rule::Missing);
    let message = "2 of 3 values of 'x' are infinite".to_owned();
    assert_eq!(told(&ds, Rule::Infinite), (message, 2.0));
    assert_eq!(of_rule(&ds, Rule::Infinite)[0].rows(), [1, 2]);
}

#[test]
fn constants_are_told_with_their_value() {
    let one = table(&array![[1.5, 7.0], [2.5, 7.0], [0.5, 7.0]]);
    let message = "'Feature 2' is 7 in all 3 rows".to_owned();
    assert_eq!(told(&one, Rule::Constant), (message, 1.0));
    let gap = column(vec![0.1, NAN, 0.1, 0.1]);
    assert_eq!(
        told(&gap, Rule::Constant).0,
        "'x' is 0.1 or missing in all 4 rows"
    );
    let long = Dataset::from_tensor_slices(vec![1_234_567_i64; 3]).unwrap();
    assert_eq!(
        told(&long, Rule::Constant).0,
        "'Feature 1' is 1,234,567 in all 3 rows"
    );
    let many = told(&table(&Array2::ones((5, 9))), Rule::Constant);
    assert_eq!(many, ("all 9 features are constant".to_owned(), 9.0));
    let mut some = Array2::from_shape_fn((5, 12), |(i, j)| if j < 6 { 2.0 } else { i as f64 });
    some[[0, 0]] = 3.0;
    assert_eq!(
        told(&table(&some), Rule::Constant).0,
        "5 of 12 features are constant: 'Feature 2', 'Feature 3', 'Feature 4', 'Feature 5', 'Feature 6'"
    );
    assert_silent(&column(vec![1.0, 1.0]), Rule::Constant);
    assert_silent(&column(vec![f64::INFINITY; 5]), Rule::Constant);
}

#[test]
fn almost_constant_is_from_99_percent_on() {
    let with_ones = |ones: usize| (0..200).map(|i| f64::from(u8::from(i < ones))).collect();
    let message = "'x' is 0 in 99 % of 200 rows".to_owned();
    assert_eq!(
        told(&column(with_ones(2)), Rule::AlmostConstant),
        (message, 1.0)
    );
    assert_silent(&column(with_ones(3)), Rule::AlmostConstant);
    assert_silent(&column(with_ones(0)), Rule::AlmostConstant);
    let both = Array2::from_shape_fn((300, 2), |(i, j)| f64::from(u8::from(i == j)));
    assert_eq!(
        told(&table(&both), Rule::AlmostConstant),
        ("all 2 features are almost constant".to_owned(), 2.0)
    );
}

/// Scipy 1.17's `skew(x, bias=False)` of the squares of squares of 0 to 99.
#[test]
fn long_tails_are_skewed() {
    let powers: Vec<f64> = (0..100).map(|i| f64::from(i).powi(8)).collect();
    let (message, number) = told(&column(powers), Rule::Skewed);
    assert_eq!(message, "'x' is skewed: its skewness is 2.35");
    assert!((number - 2.0).abs() < 1.0);
    assert_silent(&column((0..100).map(f64::from).collect()), Rule::Skewed);
    // Too few rows, and codes of rare classes.
    assert_silent(
        &column((0..19).map(|i| f64::from(i).exp()).collect()),
        Rule::Skewed,
    );
    let rare = (0..100).map(|i| f64::from(u8::from(i % 20 == 0)));
    assert_silent(&column(rare.collect()), Rule::Skewed);
}

#[test]
fn outliers_lie_beyond_the_outer_fences() {
    let mut values: Vec<f64> = (0..100).map(f64::from).collect();
    // The quartiles are 24.75 and 74.25, and the fences -123.75 and 222.75.
    values.extend([222.0, -123.0]);
    assert_silent(&column(values.clone()), Rule::Outliers);
    values.extend([300.0]);
    let found = of_rule(&column(values.clone()), Rule::Outliers);
    assert_eq!(
        found[0].message(),
        "1 value of 'x' lies far from the others, beyond 3 interquartile ranges from the quartiles"
    );
    assert_eq!((found[0].number(), found[0].rows()), (1.0, &[102][..]));
    values.extend([-400.0]);
    let both = dict! { "x": values.clone(), "y": values };
    let both = Dataset::from_tensor_slices(both).unwrap();
    assert_eq!(
        told(&both, Rule::Outliers),
        (
            "4 values of 2 of 2 features lie far from the others ('x', 'y'), beyond 3 interquartile ranges from the quartiles".to_owned(),
            4.0
        )
    );
}

#[test]
fn whole_numbers_in_floats_are_told_where_the_type_could_change() {
    let counts: Vec<f64> = (0..40).map(|i| f64::from(i * 7 % 11)).collect();
    let found = of_rule(&column(counts.clone()), Rule::IntegersAsFloats);
    assert_eq!(
        found[0].message(),
        "'x' holds whole numbers alone, stored as float64"
    );
    assert_eq!(
        found[0].hint(),
        "if they count or name things, integers say so: ds.map(|(x,): (f64,)| dict! { \"x\": x as i64 })"
    );
    let two = Array2::from_shape_fn((40, 2), |(i, j)| counts[i] + j as f64);
    assert_eq!(
        told(&table(&two), Rule::IntegersAsFloats),
        (
            "all 2 features hold whole numbers alone, stored as float64".to_owned(),
            2.0
        )
    );
    // One of the vector's features is not whole; flags; gaps; too large to be exact.
    let mixed = Array2::from_shape_fn((40, 2), |(i, j)| counts[i] + 0.5 * j as f64);
    assert_silent(&table(&mixed), Rule::IntegersAsFloats);
    let flags = (0..40).map(|i| f64::from(i % 2)).collect();
    assert_silent(&column(flags), Rule::IntegersAsFloats);
    let mut gap = counts.clone();
    gap[3] = NAN;
    assert_silent(&column(gap), Rule::IntegersAsFloats);
    let large = counts.iter().map(|v| v * 1e300).collect();
    assert_silent(&column(large), Rule::IntegersAsFloats);
    assert_silent(&column(vec![5.0; 40]), Rule::IntegersAsFloats);
}

#[test]
fn scales_are_compared_by_standard_deviations() {
    let far = |factor: f64| {
        let values = random(100).into_iter().enumerate();
        let values: Vec<f64> = values
            .flat_map(|(i, v)| [v, factor * v, (i % 2) as f64 * 1e9])
            .collect();
        table(&Array2::from_shape_vec((100, 3), values).unwrap())
    };
    let (message, number) = told(&far(128.0), Rule::Scales);
    assert_eq!(
        message,
        "'Feature 2' spreads 128 times as wide as 'Feature 1' (std 36.26 and 0.2833)"
    );
    assert_eq!(number, 128.0);
    assert_silent(&far(99.0), Rule::Scales);
}

#[test]
fn strong_pairs_come_first() {
    let x = random(400);
    let columns = |i: usize| {
        let (x, noise, other) = (x[i], x[i + 100], x[i + 200]);
        [x, -2.0 * x, x + 0.02 * noise, other, other + 0.2 * noise]
    };
    let values: Vec<f64> = (0..100).flat_map(columns).collect();
    let ds = table(&Array2::from_shape_vec((100, 5), values).unwrap());
    let (message, number) = told(&ds, Rule::Correlated);
    assert_eq!(
        message,
        "'Feature 1' and 'Feature 2' correlate at −1, 'Feature 1' and 'Feature 3' at 0.9998, \
         'Feature 2' and 'Feature 3' at −0.9998 and 1 more pair"
    );
    assert!((number + 1.0).abs() < 1e-12);
}

#[test]
fn few_rows_and_constants_do_not_correlate() {
    let lines = |n: usize| Array2::from_shape_fn((n, 2), |(i, j)| (i * (j + 1)) as f64);
    assert_silent(&table(&lines(19)), Rule::Correlated);
    let message = "'Feature 1' and 'Feature 2' correlate at 1";
    assert_eq!(told(&table(&lines(20)), Rule::Correlated).0, message);
    assert_silent(&table(&Array2::ones((50, 2))), Rule::Correlated);
    // Two features that are seldom known together say nothing of each other.
    let apart = Array2::from_shape_fn((40, 2), |(i, j)| if i % 2 == j { NAN } else { i as f64 });
    assert_silent(&table(&apart), Rule::Correlated);
}

#[test]
fn many_features_are_compared_in_part_and_said_so() {
    let wide = Array2::from_shape_fn((60, 250), |(i, j)| (i * (j + 1)) as f64);
    let (message, _) = told(&table(&wide), Rule::Correlated);
    assert!(
        message.ends_with("and 19,897 more pairs among the first 200 features that vary"),
        "{message}"
    );
}

#[test]
fn a_finding_is_about_all_columns_that_have_the_trouble() {
    let named = |i: usize| format!("f{i}");
    let table = Array2::from_shape_fn((9, 7), |(row, column)| match column {
        0 => row as f64,
        _ => 1.0,
    });
    let table = self::table(&table).with_feature_names((0..7).map(named));
    let table = table.unwrap();
    let found = of_rule(&table, Rule::Constant);
    assert!(found[0].message().ends_with("'f4' and 2 more"));
    assert_eq!(found[0].subjects(), [1, 2, 3, 4, 5, 6].map(named));
}
