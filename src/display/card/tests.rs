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
fn no_card_holds_what_viewers_strip() {
    for (name, card) in cards() {
        let blocks = Blocks::of(&[card]);
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
fn zz_look() {
    let mut page = String::from(
        "<meta charset=utf-8><meta name=color-scheme content='light dark'><body style='font:13px sans-serif;width:900px'>",
    );
    for (name, card) in cards() {
        let blocks = Blocks::of(&[card]);
        page += &format!(
            "<p><i>--- {name} {} {}</i></p>{}",
            blocks.html.len(),
            blocks.png.map_or(0, |p| p.len()),
            blocks.html
        );
        println!("--- {name}\n{}", blocks.text);
    }
    std::fs::write("/tmp/page_look.html", page).unwrap();
}
