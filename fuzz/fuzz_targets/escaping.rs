//! Any words in every place that shows words: the SVG is well-formed, the HTML has no
//! element or attribute of the words' making, and nothing that a cell prints is taken
//! for a command by the kernel.
#![feature(internal_output_capture)]
#![no_main]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::sync::{Arc, Mutex};

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use memmap2::Mmap;
use ndarray::{Array2, Array3};
use ndsight::{Dataset, Result, Show, Structure, Tensor, compare};
use ndsight_fuzz::{check_error, check_svg, check_text, checked, folder};

#[derive(Arbitrary, Clone, Debug)]
struct Words {
    place: Place,
    title: String,
    axis: String,
    class: String,
    feature: String,
    cell: String,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// Longer words only take longer.
const MOST_BYTES: usize = 600;

fuzz_target!(
    init: {
        // Nothing else runs yet that could read the environment.
        unsafe { std::env::set_var("EVCXR_IS_RUNTIME", "1") };
        std::fs::write(folder().join("cell.so"), "a library").expect("a folder that is writable");
    },
    |words: Words| {
        let longest = [&words.title, &words.axis, &words.class, &words.feature, &words.cell];
        if longest.iter().any(|word| word.len() > MOST_BYTES) {
            return;
        }
        let found = drawn(&words);
        for name in found.difference(&plain(words.place)) {
            assert!(OWN.contains(&name.as_str()), "{name} is new");
        }
    }
);

/// Words that take more lines, or are shortened, make these, and nothing of their own.
const OWN: [&str; 6] = ["span", "span title", "br", "tspan", "tspan x", "tspan dy"];

/// The elements and attributes with a plain word in all places, which are drawn once.
fn plain(place: Place) -> BTreeSet<String> {
    static DRAWN: Mutex<BTreeMap<Place, BTreeSet<String>>> = Mutex::new(BTreeMap::new());
    let mut all = DRAWN.lock().expect("no panic is survived");
    let x = || "x".to_owned();
    let words = Words {
        place,
        title: x(),
        axis: x(),
        class: x(),
        feature: x(),
        cell: x(),
    };
    all.entry(place).or_insert_with(|| drawn(&words)).clone()
}

/// The elements and attributes of everything that is shown with these words in it.
fn drawn(words: &Words) -> BTreeSet<String> {
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

fn picture(svg: Result<String>, text: Result<String>, show: impl FnOnce()) -> BTreeSet<String> {
    let mut markup = BTreeSet::new();
    if let Some(svg) = checked(svg) {
        check_svg(&svg);
        markup.extend(elements(&svg));
    }
    checked(text).iter().for_each(|text| check_text(text));
    &markup | &shown(show)
}

fn page(text: Result<String>, show: impl FnOnce()) -> BTreeSet<String> {
    checked(text).iter().for_each(|text| check_text(text));
    shown(show)
}

/// The elements and attributes of what a cell prints, whose lines are checked.
fn shown(show: impl FnOnce()) -> BTreeSet<String> {
    let printed = in_a_new_cell(show);
    let printed = String::from_utf8(printed).expect("what is printed is UTF-8");
    let mut html = BTreeSet::new();
    let mut lines = printed.lines();
    while let Some(line) = lines.next() {
        let kind = line
            .strip_prefix("EVCXR_BEGIN_CONTENT ")
            .expect("each block begins");
        let body: Vec<&str> = lines
            .by_ref()
            .take_while(|&line| line != "EVCXR_END_CONTENT")
            .collect();
        for line in &body {
            assert!(!line.contains("EVCXR_"), "a command: {line}");
            assert!(
                !line.chars().any(char::is_control),
                "control characters: {line:?}"
            );
        }
        match kind {
            "text/html" => html.extend(elements(&body.concat())),
            "text/plain" | "image/png" => {}
            other => panic!("nobody asked for {other}"),
        }
    }
    html
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

/// The names of elements and attributes in markup where `<` only ever begins a tag.
fn elements(markup: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for tag in markup.split('<').skip(1) {
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect();
        assert!(
            !matches!(
                name.as_str(),
                "script" | "iframe" | "object" | "embed" | "a"
            ),
            "{name}"
        );
        let mut rest = &tag[name.len()..];
        // `name="value"` after `name="value"`, up to the end of the tag.
        while let Some((attribute, after)) = rest.split_once("=\"") {
            if attribute.contains('>') {
                break;
            }
            let attribute = attribute.trim();
            assert!(!attribute.starts_with("on"), "{attribute}");
            let (value, after) = after.split_once('"').expect("values are quoted");
            assert!(
                !value.contains("javascript:") || attribute != "href",
                "{value}"
            );
            names.insert(format!("{name} {attribute}"));
            rest = after;
        }
        assert!(rest.contains('>'), "a tag without an end: {tag}");
        names.insert(name.trim_start_matches('/').to_owned());
    }
    names
}
