//! What data sets of every kind say of themselves: never a panic, never more than a
//! notebook takes, and an error beside what could be read.

use ndarray::{Array1, Array2, Array3, Array4};
use ndsight::{DType, Dataset, Rule, Structure, Tensor, compare, dict};
use proptest::prelude::*;

use crate::dataset;

/// The HTML and the text of a card, which must be whole, safe and small.
fn card(ds: &Dataset) -> (String, String) {
    let card = ds.card();
    let (html, text) = (card.to_html().unwrap(), card.to_text().unwrap());
    assert!(
        html.len() + text.len() < 300_000,
        "{} bytes",
        html.len() + text.len()
    );
    for stripped in ["<style", "<script", "<svg", "\n"] {
        assert!(!html.contains(stripped), "{stripped:?} in {html}");
    }
    let document = format!("<x>{}</x>", html.replace("<br>", "<br/>"));
    let unclosed = document.matches("<img ").count();
    assert_eq!(document.matches("alt=\"").count(), unclosed);
    for tag in ["table", "tr", "td", "th", "div", "span", "ul", "li"] {
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        let opened = html
            .match_indices(&open)
            .filter(|(at, _)| html[at + open.len()..].starts_with([' ', '>']));
        assert_eq!(opened.count(), html.matches(&close).count(), "{tag}");
    }
    (html, text)
}

/// Every data set here in every form.
fn text(ds: &Dataset) -> String {
    for part in [ds.take(1), ds.take(0), ds.batch(3).unwrap(), ds.shuffle(1)] {
        card(&part);
    }
    ds.findings().unwrap();
    card(ds).1
}

#[test]
fn no_rows() {
    let none = text(&dataset((
        Array2::<f64>::zeros((0, 3)),
        Array1::<i64>::zeros(0),
    )));
    assert!(none.starts_with("Dataset 0 elements, 0 bytes"), "{none}");
    text(&dataset(Vec::<String>::new()));
    text(&dataset(Array4::<u8>::zeros((0, 8, 8, 3))));
    text(&dataset(Array4::<u8>::zeros((3, 0, 8, 3))));
}

#[test]
fn one_row() {
    assert!(text(&dataset(vec![7.5])).contains("7.5"));
    text(&dataset((Array4::<f32>::zeros((1, 1, 1, 1)), vec!["cat"])));
}

#[test]
fn nothing_finite() {
    let ds = dataset(Array2::from_elem((4, 2), f64::NAN));
    assert!(text(&ds).contains("all 4 values of 'Feature 1'") || text(&ds).contains("missing"));
    assert_eq!(ds.findings().unwrap()[0].rule(), Rule::Missing);
    text(&dataset(Array2::from_elem((4, 2), f32::NEG_INFINITY)));
    text(&dataset(Array4::from_elem((4, 8, 8, 3), f64::NAN)));
    text(&dataset(vec![
        f64::MAX,
        f64::MIN,
        5e-324,
        f64::NAN,
        f64::INFINITY,
    ]));
}

#[test]
fn numbers_beyond_what_floats_tell_apart() {
    let largest = dataset(vec![u64::MAX, u64::MAX - 1, u64::MAX]);
    text(&largest);
    let (html, _) = card(&largest);
    let range = "18,446,744,073,709,551,614 to 18,446,744,073,709,551,615";
    assert!(html.contains(range), "{html}");
    text(&dataset(vec![i64::MIN, i64::MAX]));
}

#[test]
fn no_end() {
    let endless = Dataset::range(0..7).repeat(None);
    let (_, text) = card(&endless);
    assert!(text.contains("endless elements"), "{text}");
    assert!(
        text.contains("the first 10,000 rows of an endless data set"),
        "{text}"
    );
    card(&endless.filter(|x: i64| x > 9).unwrap());
    card(&endless.batch(32).unwrap());
    let err = endless.describe().unwrap_err();
    assert!(err.is_value(), "{err}");
}

#[test]
fn elements_that_fail() {
    let fails = |x: i64| {
        if x % 40 == 3 {
            Err("no such image")
        } else {
            Ok(x as f64)
        }
    };
    let ds = Dataset::range(0..100).map(fails).unwrap();
    let (html, text) = card(&ds);
    for said in [&html, &text] {
        assert!(said.contains("map: element 3: no such image"), "{said}");
        assert!(
            said.contains("97 rows; those that failed are left out"),
            "{said}"
        );
    }
    assert!(text.contains("0 to 99"), "{text}");
    assert!(ds.findings().unwrap_err().is_function());
    assert!(ds.describe().unwrap_err().is_function());
    let panics = |x: i64| if x > 50 { panic!("<b>gone</b>") } else { x };
    let (html, _) = card(&Dataset::range(0..100).map(panics).unwrap());
    assert!(html.contains("&lt;b&gt;gone&lt;/b&gt;"), "{html}");
}

#[test]
fn ten_thousand_features() {
    let wide = Array2::from_shape_fn((20, 10_000), |(i, j)| ((i * 7 + j) % 13) as f32);
    let said = text(&dataset(wide));
    assert!(said.contains("… 9,980 more …"), "{said}");
    let names = (0..10_000).map(|i| format!("{i}{}", "x".repeat(1_000)));
    let many = dataset(Array2::<u8>::zeros((2, 10_000)));
    card(&many.with_feature_names(names).unwrap());
}

#[test]
fn a_million_classes() {
    let labels = Array1::from_iter((0..1_000_000_i64).map(|i| i * 7919));
    let ds = dataset(dict! { "x": Array1::<f32>::zeros(1_000_000), "label": labels });
    let (_, said) = card(&ds);
    assert!(said.contains("1,000,000"), "{said}");
    let words = (0..100_000).map(|i| format!("class {}", i % 50_000));
    card(&dataset(words.collect::<Vec<String>>()));
}

#[test]
fn names_with_markup() {
    let ds = dataset(dict! {
        "<script>alert(1)</script>": vec![1.0, 2.0],
        "a\nEVCXR_END_CONTENT\nb": vec![1.0, 2.0],
        "\" onload=\"x": vec!["<img src=x onerror=alert(1)>", "\u{202e}"],
    });
    let (html, text) = card(&ds);
    assert!(html.contains("&lt;script&gt;"), "{html}");
    assert!(
        !html.contains("<img src=x") && !html.contains("\" onload"),
        "{html}"
    );
    assert!(!text.contains("EVCXR_END"), "{text}");
    let long = dataset(vec!["&".repeat(1_000_000), "<".repeat(9)]);
    card(&long);
}

#[test]
fn noise_images_stay_small() {
    let mut state = 1_u32;
    let noise = Array4::from_shape_simple_fn((12, 200, 200, 3), || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    card(&dataset((noise, Array1::from_iter(0..12_i64))));
}

#[test]
fn rows_of_unlike_shapes() {
    let ragged = Dataset::range(0..9).map(|x: i64| Array1::<f32>::zeros(x as usize % 4));
    let (_, text) = card(&ragged.unwrap());
    assert!(text.contains("float32"), "{text}");
}

#[test]
fn pictures_of_unlike_sizes() {
    let grow = |i: i64| {
        let side = 9 + i as usize % 4;
        (Array3::<u8>::from_elem((side, side + 1, 3), 40), i)
    };
    let ds = Dataset::range(0..9).map(grow).unwrap();
    let (html, text) = card(&ds);
    assert!(html.contains("<img ") && text.contains("uint8"), "{text}");
    assert!(ds.findings().unwrap().len() < 9);
    for outcome in [
        ds.scatter(0, 1).thumbnails(true).to_svg(),
        ds.pca().to_svg(),
        compare(&ds, &ds.take(3)).and_then(|both| both.to_html()),
        ds.at(3).and_then(|element| element.to_svg()),
    ] {
        let words = outcome.unwrap_or_else(|err| err.to_string());
        assert!(!words.contains("panicked"), "{words}");
    }
}

/// A column of any numbers, as any type, or of any words.
fn column(rows: usize) -> impl Strategy<Value = Tensor> {
    let number = prop_oneof![
        any::<f64>(),
        (-3..4_i32).prop_map(f64::from),
        Just(f64::NAN),
        Just(f64::INFINITY),
    ];
    let types = [
        DType::Bool,
        DType::Int8,
        DType::UInt64,
        DType::Float16,
        DType::Float64,
    ];
    let numbers = (
        prop::collection::vec(number, rows),
        prop::sample::select(types.to_vec()),
    );
    prop_oneof![
        4 => numbers.prop_map(|(values, dtype)| Tensor::from(values).cast(dtype).unwrap()),
        1 => prop::collection::vec(any::<String>(), rows).prop_map(Tensor::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_table(
        columns in (0_usize..30).prop_flat_map(|rows| prop::collection::vec(column(rows), 1..5)),
        names in prop::collection::vec(any::<String>(), 5),
    ) {
        let named = |(column, (i, name)): (Tensor, (usize, String))| {
            (format!("{i} {name}"), Structure::Leaf(column))
        };
        let columns = columns.into_iter().zip(names.into_iter().enumerate());
        let (html, text) = card(&dataset(Structure::Dict(columns.map(named).collect())));
        prop_assert!(!html.chars().any(char::is_control));
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
    }
}
