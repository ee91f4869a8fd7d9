//! Pages of every part, with words that would like to be more than words.

use super::*;
use crate::dataset::Dataset;
use crate::plot::Format;

fn hostile_strings() -> Vec<String> {
    let cases: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/data/hostile_strings.json")).unwrap();
    let cases = cases.as_array().unwrap().iter();
    let words = cases.map(|case| {
        let times = case["times"].as_u64().unwrap_or(1);
        case["s"].as_str().unwrap().repeat(times as usize)
    });
    // A hint of no words is left out.
    words.filter(|words| !words.is_empty()).collect()
}

fn remark(level: Level, words: &str) -> Remark {
    Remark {
        level,
        name: words.into(),
        text: words.into(),
        hint: words.into(),
    }
}

/// A page that says `words` wherever it says any.
fn saying(words: &str) -> Page {
    let levels = [Level::Problem, Level::Warning, Level::Note];
    let cells = vec![
        words.into(),
        Cell::Number(words.into()),
        Cell::Bars(vec![1.0, f64::NAN, f64::INFINITY, 3.0]),
        Cell::Share {
            text: words.into(),
            share: f64::NAN,
        },
        Cell::Shaded {
            text: words.into(),
            color: [253, 231, 37],
        },
        Cell::Empty,
    ];
    let heads = vec![Head::left(words), Head::right(words)];
    let table = Table {
        caption: Some(words.into()),
        ..Table::new(heads, vec![cells; 9]).cut(5)
    };
    Page::headed(words, words)
        .with(Part::Chain(vec![words.into(); 60]))
        .with(Part::Row(vec![
            Part::Table(table),
            Part::Note(words.into()),
        ]))
        .with(Part::Findings(
            levels.map(|level| remark(level, words)).to_vec(),
        ))
        .with(Part::Error(words.into()))
}

fn in_html(page: &Page) -> String {
    html(&page.parts, &mut std::iter::empty(), BarsLook::default())
}

#[test]
fn no_words_become_markup() {
    let elements = in_html(&saying("x")).matches('<').count();
    for words in hostile_strings() {
        let page = saying(&words);
        let html = in_html(&page);
        // A title for what is shortened is the only element more.
        let spans = html.matches("<span title=\"").count();
        assert_eq!(html.matches('<').count(), elements + 2 * spans, "{words:?}");
        assert!(!html.contains('\n'), "{words:?}");
        for line in text(&page.parts).lines() {
            assert!(!line.chars().any(char::is_control), "{line:?}");
            assert!(crate::render::cells::width(line) <= 100, "{line:?}");
        }
        for sheet in sheets(&page.parts) {
            if let Sheet::Words(figure) = sheet {
                let svg = crate::render::to_svg(&figure);
                roxmltree::Document::parse(&svg).unwrap();
            }
        }
    }
}

#[test]
fn words_of_a_megabyte_take_little_room() {
    let page = saying(&"<é".repeat(500_000));
    assert!(in_html(&page).len() < 150_000);
    assert!(text(&page.parts).len() < 20_000);
}

#[test]
fn a_chain_ends_every_parenthesis_that_it_begins() {
    let (train, test) = (
        Dataset::range(0..100).shuffle(1).take(50),
        Dataset::range(0..100).shuffle(2).skip(80).batch(4).unwrap(),
    );
    let joined = train.batch(4).unwrap().concatenate(&test).unwrap();
    for dataset in [joined.clone(), joined.collect().unwrap()] {
        let page = Page::default().with(Part::Chain(dataset.steps()));
        let html = in_html(&page);
        let steps = html.split("nowrap\">").skip(1);
        for step in steps.map(|rest| rest.split("</span>").next().unwrap()) {
            assert_eq!(
                step.matches('(').count(),
                step.matches(')').count(),
                "{step}"
            );
        }
        assert!(html.contains(">concatenate(range(…) → shuffle(…) → skip(…) → batch(…))<"));
        assert!(html.contains("title=\"concatenate(range(0, 100) → "));
    }
}

#[test]
fn bars_and_shares_are_said_and_shown() {
    let html = in_html(&saying("x"));
    assert!(html.contains("alt=\"histogram: 1, NaN, ∞, 3\""));
    assert!(html.contains("width:0px"));
    assert!(html.contains("background-color:#fde725;color:#000"));
    assert!(html.contains("colspan=\"6\"") && html.contains("… 4 more …"));
    assert!(html.contains("<b>x</b> (problem): "));
}

#[test]
fn bars_are_of_the_format_that_figures_are_shown_in() {
    let page = saying("x");
    for (format, start) in [
        (Format::Svg, "data:image/svg+xml;base64,"),
        (Format::Png, "data:image/png;base64,"),
        (Format::BareSvg, "data:image/svg+xml;base64,"),
    ] {
        let look = BarsLook {
            format,
            ..BarsLook::default()
        };
        let html = html(&page.parts, &mut std::iter::empty(), look);
        let sources: Vec<&str> = html.split("src=\"").skip(1).collect();
        assert_eq!(sources.len(), 5, "one for each row shown");
        assert!(sources.iter().all(|source| source.starts_with(start)));
        assert_eq!(html.matches("width=\"72\" height=\"20\"").count(), 5);
    }
}

#[test]
fn all_words_are_drawn_for_viewers_of_pictures() {
    let page = saying("hello");
    let [Sheet::Words(figure)] = &sheets(&page.parts)[..] else {
        panic!("expected one figure");
    };
    let svg = crate::render::to_svg(figure);
    for said in [
        ">hello<",
        "… 4 more …",
        "hello (warning): hello",
        "error: hello",
    ] {
        assert!(svg.contains(said), "{said}");
    }
    assert!(figure.width <= 1000 && figure.height <= 1700);
    let long = Table::new(vec![], vec![vec!["x".into()]; 10_000]);
    let page = Page::default().with(Part::Table(long));
    let [Sheet::Words(figure)] = &sheets(&page.parts)[..] else {
        panic!("expected one figure");
    };
    assert!(figure.height <= 1700, "{}", figure.height);
}

/// Of the properties that JupyterLab 4 keeps in a notebook that is not trusted, those
/// that cards use (`@jupyterlab/apputils`, `allowedStyles`).
const KEPT: [&str; 20] = [
    "background-color",
    "border-bottom",
    "border-collapse",
    "border-left",
    "color",
    "display",
    "height",
    "line-height",
    "list-style",
    "margin",
    "margin-right",
    "max-width",
    "opacity",
    "overflow",
    "padding",
    "text-align",
    "vertical-align",
    "white-space",
    "width",
    // Lost there: digits of most fonts have the same width without it.
    "font-variant-numeric",
];

#[test]
fn viewers_keep_every_style() {
    let html = in_html(&saying(&"x".repeat(100)));
    let styles = html.split("style=\"").skip(1);
    for style in styles.map(|rest| rest.split('"').next().unwrap()) {
        for declaration in style.split(';').filter(|words| !words.is_empty()) {
            let (property, value) = declaration.split_once(':').unwrap();
            assert!(KEPT.contains(&property), "{declaration}");
            // Its patterns know 0.5 and not .5, with which the declaration is lost.
            let mut numbers = value.split(|c: char| !c.is_ascii_digit() && c != '.');
            assert!(
                !numbers.any(|number| number.starts_with('.')),
                "{declaration}"
            );
        }
    }
}
