//! Every place in which this crate shows words that come from elsewhere. The example
//! `words_probe` shows them in a process of its own, `tests/kernel` in a notebook's cell.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use ndsight::prelude::*;
use ndsight::{Error, confusion_matrix};

/// Words to show, and a folder with files that hold them or are called so.
pub struct Words {
    text: String,
    files: PathBuf,
}

impl Words {
    /// Those of a folder that `tests/hostile/words.py` made.
    pub fn of(files: &Path) -> Words {
        let text = fs::read_to_string(files.join("words.txt")).unwrap_or_default();
        let files = files.to_owned();
        Words { text, files }
    }

    /// The file of that folder that is called by the words, or a file that is not there.
    fn file(&self, folder: &str) -> PathBuf {
        let entries = fs::read_dir(self.files.join(folder)).into_iter().flatten();
        let first = entries.filter_map(Result::ok).next();
        let missing = || Path::new("missing").join(&self.text);
        first.map_or_else(missing, |entry| entry.path())
    }
}

/// What is shown at a place: the value, as a notebook shows it.
pub type Shown = Result<Box<dyn Show>, Error>;

/// A place by its name, and what is shown when the words stand there.
pub type Place = (&'static str, fn(&Words) -> Shown);

fn shown(value: impl Show + 'static) -> Shown {
    Ok(Box::new(value))
}

fn rows() -> Array2<f64> {
    Array2::from_shape_fn((6, 2), |(i, j)| ((2 * i + 3 * j) % 7) as f64)
}

fn table() -> Dataset {
    Dataset::from_tensor_slices(rows()).expect("six rows")
}

/// Six rows of two features, and a class for each.
fn classes(text: &str) -> Result<Dataset, Error> {
    let names = [text, "b", text, "b", text, "b"];
    Dataset::from_tensor_slices((rows(), names.map(String::from).to_vec()))
}

fn numbered(text: &str) -> Result<Dataset, Error> {
    let ds = Dataset::from_tensor_slices((rows(), vec![0, 1, 0, 1, 0, 1]))?;
    Ok(ds.with_class_names([text, "b"]))
}

fn features(text: &str) -> Result<Dataset, Error> {
    table().with_feature_names([text, "b"])
}

/// The first feature is the same in all rows, which is worth telling.
fn constant(text: &str) -> Result<Dataset, Error> {
    let mut rows = rows();
    rows.column_mut(0).fill(1.0);
    Dataset::from_tensor_slices(rows)?.with_feature_names([text, "b"])
}

fn components(text: &str) -> Result<Dataset, Error> {
    let numbers = |first: f64| Structure::Leaf(vec![first, 2.0, 4.0].into());
    let columns = [(text, 1.0), ("another", 3.0)];
    let columns = columns.map(|(name, first)| (name.to_owned(), numbers(first)));
    Dataset::from_tensor_slices(Structure::Dict(columns.to_vec()))
}

fn pictures(labels: [&str; 2]) -> Result<Dataset, Error> {
    let pixels = Array3::from_shape_fn((2, 4, 4), |(i, j, k)| (i + j + k) as u8);
    Dataset::from_tensor_slices((pixels, labels.map(String::from).to_vec()))
}

fn boxed(text: &str) -> Result<Dataset, Error> {
    Dataset::from_tensor_slices(dict! {
        "photo": Array3::<u8>::zeros((1, 40, 40)),
        "where": Array3::from_shape_fn((1, 1, 4), |(_, _, i)| [1, 1, 39, 39][i]),
        "what": Array2::from_elem((1, 1), text.to_owned()),
    })
}

fn failing(text: &str) -> Result<Dataset, Error> {
    let text = text.to_owned();
    table().map(move |x: Array1<f64>| match x[0] {
        4.0 => Err(text.clone()),
        _ => Ok(x),
    })
}

fn halves(ds: &Dataset) -> (Dataset, Dataset) {
    (ds.take(3), ds.skip(3))
}

fn compared(words: &Words, names: [&str; 2]) -> Result<Comparison, Error> {
    let (before, after) = halves(&classes(&words.text)?);
    Ok(compare(&before, &after)?.names(names[0], names[1]))
}

/// Where the words are part of a value, a plot or a card.
pub const PLACES: &[Place] = &[
    ("title", |w| shown(table().hist().title(&w.text))),
    ("title of several", |w| {
        let both = hstack((table().hist(), table().scatter(0, 1)))?;
        shown(both.title(&w.text))
    }),
    ("title of pictures", |w| {
        shown(pictures(["a", "b"])?.images().title(&w.text))
    }),
    ("labels of axes", |w| {
        let plot = table().scatter(0, 1);
        shown(plot.x_label(&w.text).y_label(&w.text))
    }),
    ("labels of a matrix", |w| {
        let plot = table().heatmap();
        shown(plot.x_label(&w.text).y_label(&w.text))
    }),
    ("legend", |w| shown(classes(&w.text)?.scatter(0, 1).hue(1))),
    ("names of classes", |w| {
        shown(numbered(&w.text)?.scatter(0, 1).hue(1))
    }),
    ("names of classes in a card", |w| shown(numbered(&w.text)?)),
    ("names of lines", |w| {
        shown(table().lineplot().names([&w.text, "b"]))
    }),
    ("names of features", |w| shown(features(&w.text)?.hist())),
    ("names of features in rows", |w| {
        shown(features(&w.text)?.boxplot())
    }),
    ("names of features in a matrix", |w| {
        shown(features(&w.text)?.correlation())
    }),
    ("names of features in pairs", |w| {
        shown(features(&w.text)?.pairplot())
    }),
    ("names of features in a card", |w| shown(features(&w.text)?)),
    ("names of features in a description", |w| {
        shown(features(&w.text)?.describe()?)
    }),
    ("names of features in findings", |w| {
        let findings = constant(&w.text)?.findings()?;
        shown(findings.into_iter().next())
    }),
    ("names of components", |w| shown(components(&w.text)?)),
    ("names of components in a plot", |w| {
        shown(components(&w.text)?.violinplot())
    }),
    ("names of components in an element", |w| {
        shown(components(&w.text)?.at(0)?)
    }),
    ("categories", |w| shown(classes(&w.text)?.stripplot().by(1))),
    ("bars", |w| shown(classes(&w.text)?.countplot())),
    ("names of bars", |w| {
        let (train, test) = halves(&classes("a")?);
        shown(train.countplot().against(&test, &w.text))
    }),
    ("rows and columns of confusions", |w| {
        let (truth, guess) = (vec![w.text.clone(), "b".into()], vec!["b"; 2]);
        let guess: Vec<String> = guess.into_iter().map(String::from).collect();
        shown(confusion_matrix(truth, guess)?)
    }),
    ("labels of pictures", |w| {
        shown(pictures([&w.text, "b"])?.images())
    }),
    ("predictions", |w| {
        let guesses = vec![w.text.clone(), "b".into()];
        shown(pictures(["a", "b"])?.images().predicted(guesses))
    }),
    ("labels of boxes", |w| {
        let plot = boxed(&w.text)?.images();
        shown(plot.boxes("where").box_labels("what"))
    }),
    ("names in a comparison", |w| {
        shown(compared(w, [&w.text, "after"])?)
    }),
    ("cells of a table", |w| shown(classes(&w.text)?)),
    ("an element", |w| shown(classes(&w.text)?.at(0)?)),
    ("a batch", |w| shown(classes(&w.text)?.batch(3)?.at(0)?)),
    ("a tensor", |w| {
        shown(Tensor::from(vec![w.text.clone(), "b".into()]))
    }),
    ("an array", |w| shown(arr1(&[w.text.clone(), "b".into()]))),
    ("a closure's error", |w| shown(failing(&w.text)?)),
    ("an error of a user's", |w| {
        shown(Err::<Dataset, _>(w.text.clone()))
    }),
    ("a name that is not there", |w| {
        shown(features("a")?.scatter(w.text.as_str(), "b"))
    }),
    ("a colormap that is not there", |w| {
        shown(table().heatmap().cmap(&w.text))
    }),
    ("a file that is not there", |w| {
        shown(Dataset::from_npy(Path::new("missing").join(&w.text))?)
    }),
    ("a pattern", |w| {
        shown(Dataset::list_files(format!("missing/{}", w.text).as_str())?)
    }),
    ("name of a file", |w| {
        shown(Dataset::from_npy(w.file("arrays"))?)
    }),
    ("name of a file that is broken", |w| {
        shown(Dataset::from_npz(w.file("broken"))?)
    }),
    ("name of a member", |w| {
        shown(Dataset::from_npz(w.files.join("member.npz"))?)
    }),
    ("name of a member that is broken", |w| {
        shown(Dataset::from_npz(w.files.join("broken.npz"))?)
    }),
    #[cfg(feature = "image")]
    ("name of a folder of pictures", |w| {
        shown(Dataset::from_images(w.files.join("pictures"))?)
    }),
];

/// What a program prints of a value, in a cell or on a terminal.
pub type Printed = (&'static str, fn(&Words) -> Result<String, Error>);

fn debug(value: impl Debug) -> Result<String, Error> {
    Ok(format!("{value:?}"))
}

/// Where the words are part of what is printed.
pub const PRINTED: &[Printed] = &[
    ("a plot", |w| table().hist().title(&w.text).to_text()),
    ("a card", |w| components(&w.text)?.card().to_text()),
    ("a description", |w| {
        features(&w.text)?.describe()?.to_text()
    }),
    ("a data set", |w| debug(components(&w.text)?)),
    ("types", |w| {
        Ok(components(&w.text)?.element_spec().to_string())
    }),
    ("an element", |w| debug(components(&w.text)?.at(0)?)),
    ("a tensor", |w| debug(Tensor::from(vec![w.text.clone()]))),
    ("findings", |w| {
        let findings = constant(&w.text)?.findings()?;
        Ok(findings.iter().map(Finding::to_string).collect())
    }),
    ("a closure's error", |w| {
        let element = failing(&w.text)?.at(2);
        Ok(element.expect_err("the closure fails").to_string())
    }),
    ("a name that is not there", |w| {
        let plot = features("a")?.scatter(w.text.as_str(), "b").to_svg();
        Ok(plot.err().map_or_else(String::new, |err| err.to_string()))
    }),
    ("a file that is not there", |w| {
        let err = Dataset::from_npy(Path::new("missing").join(&w.text));
        Ok(err.expect_err("there is no such folder").to_string())
    }),
];

fn of<T: Copy>(places: &[(&str, T)], place: &str) -> T {
    let found = places.iter().find(|(name, _)| *name == place);
    found.expect("the place is one of those in the table").1
}

/// Shows the words of a folder at a place.
pub fn show(place: &str, folder: &str) {
    let shown = of(PLACES, place)(&Words::of(Path::new(folder)));
    shown.as_ref().map(|shown| &**shown).show();
}

/// Prints what a program says of the words of a folder.
pub fn print(place: &str, folder: &str) {
    match of(PRINTED, place)(&Words::of(Path::new(folder))) {
        Ok(text) => println!("{text}"),
        Err(err) => println!("{err}"),
    }
}
