//! Hostile strings in every place that shows words: the SVG stays well-formed
//! with no element or attribute of the string's making, the text keeps no control
//! characters.

use std::collections::BTreeSet;

use ndarray::{Array2, Array3};
use ndsight::{Dataset, Structure};

use crate::{Picture, dataset, drawn, sketched};

/// Strings that break out of markup, terminals and layouts.
fn hostile_strings() -> Vec<String> {
    let entries: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../data/hostile_strings.json")).unwrap();
    let text = |entry: &serde_json::Value| {
        let times = entry["times"].as_u64().unwrap_or(1);
        entry["s"].as_str().unwrap().repeat(times as usize)
    };
    entries.iter().map(text).collect()
}

/// The kinds of elements and attributes of a picture.
fn markup(picture: &impl Picture) -> BTreeSet<String> {
    let svg = picture.svg().unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let nodes = document.descendants().filter(roxmltree::Node::is_element);
    nodes
        .flat_map(|node| {
            let name = node.tag_name().name().to_owned();
            let attributes = node.attributes();
            let attributes = attributes.map(|a| format!("{name} {}", a.name()));
            attributes.chain([name.clone()]).collect::<Vec<_>>()
        })
        .collect()
}

/// Nothing in the picture's markup is new against the same picture of a plain word,
/// no line is the kernel's, and the terminal gets no control characters.
fn check<P: Picture>(picture: impl Fn(&str) -> P, words: &str) {
    let (plain, hostile) = (picture("x"), picture(words));
    sketched(&hostile);
    // A long word's lines may need attributes that one letter does not; those
    // never come from the string.
    const OWN: [&str; 14] = [
        "circle", "clipPath", "defs", "desc", "g", "image", "line", "path", "rect", "style", "svg",
        "text", "tspan", "use",
    ];
    for name in markup(&hostile).difference(&markup(&plain)) {
        let (element, attribute) = name.split_once(' ').unwrap_or((name, ""));
        assert!(
            OWN.contains(&element) && !attribute.starts_with("on") && attribute != "href",
            "{words:?} made {name}"
        );
    }
    let text = hostile.text().unwrap();
    assert!(
        !text.chars().any(|c| c.is_control() && c != '\n'),
        "{words:?} kept a control character"
    );
    assert!(text.len() < 200_000, "{} bytes of text", text.len());
    let svg = hostile.svg().unwrap();
    assert!(svg.lines().count() == 1, "{words:?} made lines of SVG");
}

fn rows() -> Array2<f64> {
    Array2::from_shape_fn((6, 2), |(i, j)| (2 * i + j) as f64)
}

fn labelled(words: &str) -> Dataset {
    let labels: Vec<&str> = vec![words, "b", words, "b", words, "c"];
    dataset((rows(), labels))
}

#[test]
fn titles_and_axis_labels() {
    for words in hostile_strings() {
        check(|w| labelled("a").hist().title(w), &words);
        check(
            |w| labelled("a").scatter(0, 1).title(w).x_label(w).y_label(w),
            &words,
        );
        let pictures = dataset(Array3::<u8>::zeros((2, 4, 4)));
        check(|w| pictures.images().title(w), &words);
        drawn(&pictures.images().title(words));
    }
}

#[test]
fn labels_and_class_names() {
    for words in hostile_strings() {
        check(|w| labelled(w).scatter(0, 1).color_by(1), &words);
        let classes = dataset((rows(), vec![0, 1, 2, 0, 1, 2]));
        check(
            |w| {
                let named = classes.with_class_names([w, "b", w]);
                named.scatter(0, 1).color_by(1)
            },
            &words,
        );
        let pictures = |w: &str| dataset((Array3::<u8>::zeros((2, 4, 4)), vec![w, "b"]));
        check(|w| pictures(w).images(), &words);
        check(|w| pictures(w).at(0).unwrap(), &words);
    }
}

#[test]
fn feature_and_component_names() {
    for words in hostile_strings() {
        let named = |w: &str| dataset(rows()).with_feature_names([w, "b"]).unwrap();
        check(|w| named(w).hist(), &words);
        check(|w| named(w).scatter(0, 1), &words);
        let dict = |w: &str| {
            let column = |name: &str| (name.to_owned(), Structure::Leaf(vec![1.0, 2.0].into()));
            dataset(Structure::Dict(vec![column(w), column("another")]))
        };
        check(|w| dict(w), &words);
        check(|w| dict(w).scatter(0, 1).color_by(w), &words);
        check(|w| dict(w).at(0).unwrap(), &words);
    }
}

#[test]
fn values() {
    for words in hostile_strings() {
        check(|w| ndsight::Tensor::from(vec![w]), &words);
        check(|w| dataset(vec![w, "b"]), &words);
    }
}
