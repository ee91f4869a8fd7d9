//! Every card of data of many kinds: what it says, and what no card may hold.

use ndarray::{Array1, Array2, Array3, Array4};

use super::{dataset, element, tensor};
use crate::display::bundle::{Blocks, Bundle};
use crate::{Dataset, Tensor, dict};

fn iris() -> Dataset {
    let names = ["setosa", "versicolor", "virginica"];
    let iris = Dataset::from_npz("notebooks/data/iris.npz").unwrap();
    iris.with_class_names(names)
}

fn digits() -> Dataset {
    Dataset::from_npz("notebooks/data/digits.npz").unwrap()
}

fn slices(data: impl crate::IntoStructure) -> Dataset {
    Dataset::from_tensor_slices(data).unwrap()
}

fn wide(columns: usize) -> Dataset {
    slices(Array2::from_shape_fn((3, columns), |(i, j)| (i * j) as f64))
}

fn first(dataset: &Dataset) -> Bundle {
    element(&dataset.at(0).unwrap()).unwrap()
}

fn batch(dataset: &Dataset, rows: usize) -> Bundle {
    first(&dataset.batch(rows).unwrap())
}

fn array(data: impl Into<Tensor>) -> Bundle {
    tensor(&data.into()).unwrap()
}

fn matrix(rows: usize, columns: usize) -> Array2<f64> {
    Array2::from_shape_fn((rows, columns), |(i, j)| i as f64 - j as f64 / 3.0)
}

/// A card of each kind.
fn cards() -> Vec<(&'static str, Bundle)> {
    let mixed = dict! {
        "name": vec!["Ada", "Grace"],
        "image": Array4::<u8>::zeros((2, 9, 9, 3)),
        "curve": matrix(2, 50),
        "label": vec![1, 0],
    };
    let mixed = slices(mixed).with_class_names(["no", "yes"]);
    let gaps = slices(vec![1.0, f64::NAN, f64::INFINITY]);
    vec![
        ("dataset", dataset(&iris()).unwrap()),
        ("batched", dataset(&iris().batch(8).unwrap()).unwrap()),
        ("pictures", batch(&digits(), 8)),
        ("rows", batch(&iris(), 32)),
        ("gaps", batch(&gaps, 3)),
        ("wide", batch(&wide(10_000), 3)),
        ("empty", batch(&slices(Array2::<f64>::zeros((1, 0))), 3)),
        ("strings", batch(&slices(vec!["a", "<b>\n"]), 3)),
        ("element", first(&iris())),
        ("mixed", first(&mixed)),
        ("picture", first(&digits())),
        ("scalar", first(&slices(vec![1.5]))),
        ("zero-d", array(ndarray::arr0(2.5))),
        ("vector", array(vec![1, -2, 3])),
        ("curve", array(Array1::linspace(0.0, 1.0, 5_000))),
        ("matrix", array(matrix(5, 7))),
        ("heat map", array(matrix(40, 50))),
        ("slices", array(Array3::<u8>::zeros((3, 20, 20)))),
        ("nothing", array(Vec::<f64>::new())),
        ("no row", array(Array2::<f64>::zeros((0, 3)))),
        ("all NaN", array(vec![f64::NAN; 3])),
        ("words", array(vec!["<script>", "\u{202e}b"])),
    ]
}

#[test]
fn cards_are_whole_and_small_and_hold_nothing_that_viewers_strip() {
    for (name, card) in cards() {
        assert!(size(&card) <= 80_000, "{name}: {}", size(&card));
        assert!(!card.text.contains("to keep the output small"), "{name}");
        let blocks = Blocks::of(&[card]);
        assert!(!blocks.text.is_empty() && blocks.png.is_some(), "{name}");
        for stripped in [
            "<style", "<script", "<svg", "\n", "var(", "aria-", "data-", "role=",
        ] {
            assert!(!blocks.html.contains(stripped), "{name}: {stripped}");
        }
        for line in blocks.text.lines() {
            let width = crate::render::cells::width(line);
            assert!(width <= 100, "{name}: {width} in {line}");
            assert_eq!(line, line.trim_end(), "{name}");
        }
    }
}

#[test]
fn a_batch_of_rows_is_a_table_cut_in_the_middle() {
    let text = batch(&iris(), 32).text;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4 + 1 + 10 + 1 + 2);
    assert_eq!(
        [lines[4], lines[5], lines[15], lines[17]],
        [
            "      features 1  features 2  features 3  features 4  labels",
            "   0         5.1         3.5         1.4         0.2  setosa (0)",
            "  … 20 more …",
            "  31         5.4         3.4         1.5         0.4  setosa (0)",
        ]
    );
    let html = batch(&iris(), 12).html;
    assert!(!html.contains("more"));
    assert_eq!(html.matches("background-color:#").count(), 12 * 4);
    assert!(html.contains("<th scope=\"row\"") && html.contains("<th scope=\"col\""));
}

#[test]
fn wide_rows_are_cut_in_the_middle_and_say_so() {
    let card = batch(&wide(10_000), 3);
    assert!(
        card.text
            .contains("of 10,000 columns, those in the middle are left out")
    );
    assert!(card.html.contains(">Feature 10<") && card.html.contains(">Feature 9997<"));
    assert!(!card.html.contains(">Feature 11<") && !card.html.contains(">Feature 9996<"));
    assert!(!batch(&wide(14), 3).html.contains("left out"));
}

#[test]
fn an_element_says_the_values_of_its_components() {
    let text = first(&iris()).text;
    assert!(text.contains("(4,)   [5.1, 3.5, 1.4, 0.2]\n"), "{text}");
    assert!(text.ends_with("()     setosa (0)"), "{text}");
    let many = Tensor::from(matrix(1, 13));
    assert!(!first(&slices(many)).text.contains('['));
}

#[test]
fn an_array_says_what_its_values_are_like() {
    let values = vec![0.0, 1.0, 5.0, f64::NAN, f64::NEG_INFINITY];
    let said = "float64 (5,) from 0 to 5, mean 2 ± 2.16, 1 NaN, 1 infinite, 1 zero, 40 bytes\n";
    assert!(array(values).text.starts_with(said));
    assert_eq!(array(ndarray::arr0(-2.5)).text, "float64 () −2.5, 8 bytes");
    assert_eq!(
        array(Vec::<f64>::new()).text,
        "float64 (0,) no values, 0 bytes"
    );
    assert_eq!(
        array(vec!["a"]).text,
        "string (1,)\n  index  value\n      0  'a'"
    );
}

/// Noise, which nothing makes small.
fn noise(shape: (usize, usize, usize, usize)) -> Array4<u8> {
    let mut state = 1_u32;
    Array4::from_shape_simple_fn(shape, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
}

fn size(card: &Bundle) -> usize {
    let blocks = Blocks::of(std::slice::from_ref(card));
    let png = blocks.png.map_or(0, |png| png.len().div_ceil(3) * 4);
    blocks.html.len() + png + blocks.text.len()
}

#[test]
fn no_card_is_large_whatever_the_data() {
    let pictures = slices(noise((10, 64, 64, 3)));
    let photo = noise((1, 250, 350, 3)).index_axis_move(ndarray::Axis(0), 0);
    let long = "\u{301}<".repeat(500_000);
    let texts = slices(vec![long.as_str(); 12]);
    for (name, card) in [
        ("pictures", batch(&pictures, 10)),
        ("data set", dataset(&pictures).unwrap()),
        ("photo", array(photo)),
        ("element", first(&pictures)),
        ("texts", batch(&texts, 12)),
        ("array of texts", array(vec![long; 12])),
    ] {
        assert!(size(&card) <= 300_000, "{name}: {}", size(&card));
    }
    let card = batch(&pictures, 10);
    assert!(card.html.contains("<img "), "reduced, not left out");
    assert!(
        card.text.contains("to keep the output small"),
        "{}",
        card.text
    );
}
