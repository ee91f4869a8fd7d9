//! Any words in every place that shows words: the SVG is well-formed, markup has no
//! element or attribute of the words' making, and nothing that a cell prints is taken
//! for a command by the kernel.
//!
//! An input is a byte for the place, and the words: a byte for which of them, and their
//! text.
#![feature(internal_output_capture)]
#![no_main]

use std::fs::File;
use std::sync::{Arc, Mutex};

use libfuzzer_sys::fuzz_target;
use memmap2::Mmap;
use ndarray::{Array2, Array3};
use ndsight::{Dataset, Result, Show, Structure, Tensor, compare};
use ndsight_fuzz::{check_error, check_svg, check_text, checked, folder, parts};

#[derive(Debug)]
struct Words {
    place: Place,
    title: String,
    axis: String,
    class: String,
    feature: String,
    cell: String,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Histogram,
    Scatter,
    Counts,
    Images,
    Boxes,
    Table,
    Values,
    Names,
    Card,
    Description,
    Comparison,
    Error,
    Path,
}

const PLACES: [Place; 13] = [
    Place::Histogram,
    Place::Scatter,
    Place::Counts,
    Place::Images,
    Place::Boxes,
    Place::Table,
    Place::Values,
    Place::Names,
    Place::Card,
    Place::Description,
    Place::Comparison,
    Place::Error,
    Place::Path,
];

impl Words {
    /// Those that an input does not give are plain.
    fn new(place: Place, parts: &[(u8, &[u8])]) -> Words {
        let word = |number: u8| {
            let given = parts.iter().find(|(which, _)| which % 5 == number);
            given.map_or("x".to_owned(), |(_, text)| {
                String::from_utf8_lossy(text).into_owned()
            })
        };
        Words {
            place,
            title: word(0),
            axis: word(1),
            class: word(2),
            feature: word(3),
            cell: word(4),
        }
    }
}

/// Longer words only take longer.
const MOST_BYTES: usize = 600;

fuzz_target!(
    init: {
        // Nothing else runs yet that could read the environment.
        unsafe { std::env::set_var("EVCXR_IS_RUNTIME", "1") };
        std::fs::write(folder().join("cell.so"), "a library").expect("a folder that is writable");
    },
    |data: &[u8]| {
        let Some((place, rest)) = data.split_first() else {
            return;
        };
        let parts = parts(rest);
        if parts.iter().any(|(_, word)| word.len() > MOST_BYTES) {
            return;
        }
        draw(&Words::new(PLACES[usize::from(*place) % PLACES.len()], &parts));
    }
);

/// What pages and pictures are made of.
const HTML: [&str; 15] = [
    "b", "br", "caption", "div", "img", "li", "p", "span", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
];
const SVG: [&str; 15] = [
    "circle", "clipPath", "defs", "desc", "g", "image", "line", "mask", "path", "rect", "style",
    "svg", "text", "title", "use",
];

/// Shows something with these words in it.
fn draw(words: &Words) {
    let word = |word: &String| word.clone();
    let rows = Array2::from_shape_fn((6, 2), |(i, j)| (2 * i + j) as f64);
    let labels = [&words.class, "b", &words.class, "b", &words.cell, "c"].map(str::to_owned);
    let labelled = dataset((rows.clone(), labels.to_vec()));
    let named = labelled.with_feature_names([word(&words.feature), "b".to_owned()]);
    let named = checked(named).unwrap_or(labelled);
    macro_rules! plot {
        ($plot:expr) => {{
            let plot = $plot;
            picture(plot.to_svg(), plot.to_text(), || plot.evcxr_display())
        }};
    }
    match words.place {
        Place::Histogram => plot!(
            named
                .hist()
                .hue(1)
                .title(word(&words.title))
                .figsize(240, 180)
                .x_label(word(&words.axis))
                .y_label(word(&words.cell))
        ),
        Place::Scatter => plot!(
            named
                .scatter(0, 1)
                .hue(1)
                .title(word(&words.title))
                .figsize(240, 180)
                .x_label(word(&words.axis))
                .class_names([word(&words.cell)])
        ),
        Place::Counts => plot!(
            named
                .countplot()
                .title(word(&words.title))
                .figsize(240, 180)
                .y_label(word(&words.axis))
        ),
        Place::Images => {
            let labels = vec![word(&words.class), word(&words.cell)];
            let pictures = dataset((Array3::<u8>::zeros((2, 4, 4)), labels));
            plot!(
                pictures
                    .images()
                    .title(word(&words.title))
                    .figsize(240, 180)
                    .predicted(vec![word(&words.axis), word(&words.class)])
            )
        }
        Place::Boxes => plot!(
            named
                .boxplot()
                .by(1)
                .title(word(&words.title))
                .figsize(240, 180)
                .names([word(&words.cell)])
        ),
        Place::Table => plot!(
            named
                .heatmap()
                .row_names(labels)
                .title(word(&words.title))
                .figsize(240, 180)
                .x_label(word(&words.axis))
        ),
        Place::Values => plot!(Tensor::from(vec![word(&words.cell), word(&words.class)])),
        Place::Names => {
            let column = |name: &str| (name.to_owned(), Structure::Leaf(vec![1.0, 2.0].into()));
            let columns = vec![column(&words.feature), column("another"), column("third")];
            match Dataset::from_tensor_slices(Structure::Dict(columns)) {
                Ok(ds) => plot!(ds),
                Err(err) => shown(|| Err::<Tensor, _>(err).evcxr_display()),
            }
        }
        Place::Card => {
            let card = named.with_class_names([word(&words.title)]).card();
            page(card.to_text(), || card.evcxr_display())
        }
        Place::Description => {
            let description = named.describe().expect("numbers and words");
            page(description.to_text(), || description.evcxr_display())
        }
        Place::Comparison => {
            let compared = compare(&named, &named.skip(2)).expect("the same columns");
            let compared = compared.names(word(&words.title), word(&words.cell));
            page(compared.to_text(), || compared.evcxr_display())
        }
        Place::Error => {
            let err = named.hist().features([word(&words.feature) + "?"]).figure();
            shown(|| err.map(|_| Tensor::from(0)).evcxr_display())
        }
        Place::Path => {
            let err = Tensor::from_npy(&words.cell).map(|_| Tensor::from(0));
            err.as_ref().err().into_iter().for_each(check_error);
            shown(|| err.evcxr_display())
        }
    }
}

fn dataset(components: impl ndsight::IntoStructure) -> Dataset {
    Dataset::from_tensor_slices(components).expect("components of one length")
}

fn picture(svg: Result<String>, text: Result<String>, show: impl FnOnce()) {
    if let Some(svg) = checked(svg) {
        check_svg(&svg);
        check_markup(&svg, &SVG);
    }
    page(text, show);
}

fn page(text: Result<String>, show: impl FnOnce()) {
    if let Some(text) = checked(text) {
        check_text(&text);
    }
    shown(show);
}

/// What a cell prints is blocks that begin and end, and nothing in them is a command.
fn shown(show: impl FnOnce()) {
    let printed = String::from_utf8(in_a_new_cell(show)).expect("what is printed is UTF-8");
    assert!(printed.contains("EVCXR_BEGIN_CONTENT text/html\n"));
    let mut lines = printed.lines();
    while let Some(line) = lines.next() {
        let kind = line.strip_prefix("EVCXR_BEGIN_CONTENT ");
        let kind = kind.expect("each block begins");
        let body = lines
            .by_ref()
            .take_while(|&line| line != "EVCXR_END_CONTENT");
        let body: Vec<&str> = body.collect();
        for line in &body {
            assert!(!line.contains("EVCXR_"), "a command: {line}");
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
        match kind {
            "text/html" => check_markup(&body.concat(), &HTML),
            "text/plain" | "image/png" => {}
            other => panic!("nobody asked for {other}"),
        }
    }
}

/// What `show` prints. Cells are told apart by the libraries in memory, so that one
/// that comes and goes makes each look like a new one.
fn in_a_new_cell(show: impl FnOnce()) -> Vec<u8> {
    static MAPPED: Mutex<Option<Mmap>> = Mutex::new(None);
    let mut mapped = MAPPED.lock().expect("no panic is survived");
    *mapped = match mapped.take() {
        Some(_) => None,
        None => {
            let file = File::open(folder().join("cell.so")).expect("it was written");
            // Nobody changes the file.
            Some(unsafe { Mmap::map(&file) }.expect("a file that can be mapped"))
        }
    };
    let output = Arc::new(Mutex::new(Vec::new()));
    std::io::set_output_capture(Some(Arc::clone(&output)));
    show();
    std::io::set_output_capture(None);
    std::mem::take(&mut output.lock().expect("no panic is survived"))
}

/// Every `<` begins a tag of these elements, whose attributes neither act nor point
/// anywhere but to pictures inside.
fn check_markup(markup: &str, elements: &[&str]) {
    for tag in markup.split('<').skip(1) {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, mut rest) = tag.split_at(end.expect("a tag has an end"));
        assert!(elements.contains(&name), "{name}");
        while let Some((attribute, after)) = rest.split_once("=\"") {
            if attribute.contains('>') {
                break;
            }
            let (value, after) = after.split_once('"').expect("values are quoted");
            let attribute = attribute.trim();
            assert!(!attribute.starts_with("on"), "{attribute}");
            if matches!(attribute, "href" | "src" | "xlink:href") {
                assert!(
                    value.starts_with("data:image/") || value.starts_with('#'),
                    "{value}"
                );
            }
            rest = after;
        }
        assert!(rest.contains('>'), "a tag without an end: {tag}");
    }
}
