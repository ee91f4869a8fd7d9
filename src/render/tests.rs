//! The room as a whole: any figure at any size, drawn in every way.

use super::samples;
use super::*;

const SIZES: [(u32, u32); 7] = [
    (0, 0),
    (16, 16),
    (160, 120),
    (320, 240),
    (1000, 200),
    (200, 1000),
    (800, 600),
];

#[test]
fn every_figure_can_be_drawn_at_every_size() {
    for (name, make) in samples::ALL {
        for (width, height) in SIZES {
            let figure = make(width, height);
            let svg = to_svg(&figure);
            assert!(!svg.contains('\n'), "{name}");
            let raster = painted(&figure).0;
            let pixels = raster.width as usize * raster.height as usize;
            assert_eq!(raster.rgb.len(), pixels * 3, "{name}");
            to_text(&figure);
        }
    }
}

#[test]
fn a_drawing_is_the_same_every_time() {
    for (name, make) in samples::ALL {
        let (a, b) = (make(500, 300), make(500, 300));
        assert!(to_svg(&a) == to_svg(&b), "{name}");
        assert!(painted(&a) == painted(&b), "{name}");
        assert!(to_png(&a).unwrap() == to_png(&b).unwrap(), "{name}");
        assert!(to_text(&a) == to_text(&b), "{name}");
    }
}

fn text_of(document: &roxmltree::Document) -> String {
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name("text"));
    texts
        .filter_map(|node| node.text())
        .collect::<Vec<_>>()
        .join("|")
}

#[test]
fn any_words_make_a_well_formed_document() {
    for text in samples::STRINGS {
        let svg = to_svg(&samples::worded(text, 900, 420));
        assert!(!svg.contains(['\n', '\r']), "{text:?}");
        let document = roxmltree::Document::parse(&svg).unwrap();
        let mut tags: Vec<_> = document
            .descendants()
            .filter(roxmltree::Node::is_element)
            .map(|node| node.tag_name().name())
            .collect();
        tags.sort_unstable();
        tags.dedup();
        let known = [
            "desc", "g", "image", "path", "style", "svg", "text", "title",
        ];
        assert!(
            tags.iter().all(|tag| known.contains(tag)),
            "{text:?}: {tags:?}"
        );
        let mut attributes = document.descendants().flat_map(|node| node.attributes());
        assert!(!attributes.any(|a| a.name().starts_with("on")), "{text:?}");
    }
}

#[test]
fn words_arrive_as_they_are() {
    for text in ["a < b & c > \"d\"", "naïve Σx² ≤ 10 µm", "中文"] {
        let svg = to_svg(&samples::worded(text, 1200, 600));
        let document = roxmltree::Document::parse(&svg).unwrap();
        assert!(text_of(&document).contains(text), "{}", text_of(&document));
    }
}

#[test]
fn hostile_words_can_be_drawn_at_any_size() {
    for text in samples::STRINGS {
        for (width, height) in SIZES {
            let figure = samples::worded(text, width, height);
            to_svg(&figure);
            painted(&figure);
        }
        for line in to_text(&samples::worded(text, 400, 300)).lines() {
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}

#[test]
fn a_document_grows_little_with_long_words() {
    let long = "word ".repeat(200_000);
    let figure = samples::worded(&long, 640, 480);
    assert!(to_svg(&figure).len() < 40_000);
    assert!(to_text(&figure).len() < 20_000);
}
