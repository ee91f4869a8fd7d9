//! Pictures drawn in every form, and looked at: well-formed, with coordinates that are
//! near and finite.

use ndsight::Result;

/// Every run of words of a picture, in drawing order. Fails if the picture is not
/// well-formed XML or a coordinate is not a finite number.
pub(crate) fn words(svg: Result<String>) -> Vec<String> {
    let svg = svg.unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    let words = texts
        .map(|node| {
            let parts = node.descendants().filter(roxmltree::Node::is_text);
            parts.filter_map(|part| part.text()).collect()
        })
        .collect();
    document.descendants().for_each(|node| check_numbers(&node));
    words
}

/// The attributes that hold coordinates.
const COORDINATES: [&str; 10] = [
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "width",
    "height",
    "d",
    "transform",
];

/// No picture here is as large; a coordinate beyond it comes from a number that
/// escaped its axis.
const FAR: f64 = 100_000.0;

fn check_numbers(node: &roxmltree::Node<'_, '_>) {
    for attribute in node.attributes() {
        if !COORDINATES.contains(&attribute.name()) {
            continue;
        }
        let value = attribute.value();
        assert!(
            !value.contains("NaN") && !value.contains("inf"),
            "not a number: {value}"
        );
        let numbers = value.split(|c: char| !(c.is_ascii_digit() || ".-e".contains(c)));
        let far = numbers
            .filter_map(|number| number.parse::<f64>().ok())
            .find(|number| number.abs() > FAR);
        assert_eq!(far, None, "far outside the picture: {value}");
    }
}

/// The words of a picture that can be had as SVG, PNG and text.
pub(crate) fn drawn(picture: &impl Picture) -> Vec<String> {
    assert!(picture.png().unwrap().starts_with(b"\x89PNG"));
    sketched(picture)
}

/// The same without the PNG, which takes most of the time, for long series.
pub(crate) fn sketched(picture: &impl Picture) -> Vec<String> {
    assert!(!picture.text().unwrap().is_empty());
    words(picture.svg())
}

/// What every plot, data set, element and tensor can do.
pub(crate) trait Picture {
    fn svg(&self) -> Result<String>;
    fn png(&self) -> Result<Vec<u8>>;
    fn text(&self) -> Result<String>;
}

macro_rules! pictures {
    ($($type:ident),* $(,)?) => {$(
        impl Picture for ndsight::$type {
            fn svg(&self) -> Result<String> {
                self.to_svg()
            }
            fn png(&self) -> Result<Vec<u8>> {
                self.to_png()
            }
            fn text(&self) -> Result<String> {
                self.to_text()
            }
        }
    )*};
}
pictures!(
    BoxPlot,
    Comparison,
    ConfusionMatrix,
    CorrelationMatrix,
    CountPlot,
    Dataset,
    EcdfPlot,
    Element,
    Figure,
    Heatmap,
    Hexbin,
    Hist2d,
    Histogram,
    Images,
    LinePlot,
    PairPlot,
    Projection,
    Scatter,
    StripPlot,
    Tensor,
    ViolinPlot,
);
