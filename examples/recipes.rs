//! Draws the three recipes to files, for a look without a notebook: a grid of
//! labelled images, a histogram for each feature, and a scatter plot of two. The
//! first of each is random data, as in TensorFlow's tutorials; the second is real
//! data from `notebooks/data`. And a card: what a data set shows of itself.
//!
//! Run with `cargo run --release --example recipes`; it writes SVG, PNG and text
//! files, of the card HTML and text, to `target/recipes` and prints their paths.

use std::path::{Path, PathBuf};

use ndarray::{Array1, Array2, Array4};
use ndsight::{Dataset, Histogram, Images, Result, Scatter};

fn main() -> Result<()> {
    let root = env!("CARGO_MANIFEST_DIR");
    std::env::set_current_dir(root).expect("the sources are where they were compiled");
    let folder = Path::new("target/recipes");
    std::fs::create_dir_all(folder).expect("target/ is writable");
    for (name, draw) in RECIPES {
        for extension in ["svg", "png", "txt"] {
            let path = folder.join(name).with_extension(extension);
            draw(&path)?;
            println!("{}", path.display());
        }
    }
    let card = card()?.card();
    let forms = [("html", page(&card.to_html()?)), ("txt", card.to_text()?)];
    for (extension, body) in forms {
        let path = folder.join("card").with_extension(extension);
        std::fs::write(&path, body).expect("target/ is writable");
        println!("{}", path.display());
    }
    Ok(())
}

type Recipe = (&'static str, fn(&PathBuf) -> Result<()>);

const RECIPES: [Recipe; 6] = [
    ("images-random", |path| random_images()?.save(path)),
    ("images-digits", |path| digits()?.save(path)),
    ("histograms-random", |path| random_histograms()?.save(path)),
    ("histograms-iris", |path| iris()?.hist().bins(20).save(path)),
    ("scatter-random", |path| random_scatter()?.save(path)),
    ("scatter-iris", |path| iris_scatter()?.save(path)),
];

fn random_images() -> Result<Images> {
    let mut random = random_numbers(1);
    let images = Array4::from_shape_simple_fn((10, 32, 32, 3), &mut random);
    let labels = Array1::from_shape_simple_fn(10, || (random() * 10.0) as i64);
    Ok(Dataset::from_tensor_slices((images, labels))?.images())
}

fn digits() -> Result<Images> {
    Ok(data("digits.npz")?.images().rows(2).columns(5))
}

fn random_histograms() -> Result<Histogram> {
    let features = Array2::from_shape_simple_fn((100, 5), random_numbers(2));
    Ok(Dataset::from_tensor_slices(features)?.hist().bins(20))
}

fn random_scatter() -> Result<Scatter> {
    let features = Array2::from_shape_simple_fn((100, 2), random_numbers(3));
    Ok(Dataset::from_tensor_slices(features)?
        .scatter(0, 1)
        .title("Scatter Plot of Features"))
}

fn iris() -> Result<Dataset> {
    data("iris.npz")?
        .with_class_names(["setosa", "versicolor", "virginica"])
        .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])
}

fn iris_scatter() -> Result<Scatter> {
    Ok(iris()?
        .scatter("sepal length", "petal length")
        .color_by("labels")
        .title("Iris"))
}

/// Digits as they come out of a careless pipeline: floats up to 255, and some of the
/// images once more under another label.
fn card() -> Result<Dataset> {
    let digits = data("digits.npz")?
        .map(|(image, label): (Array2<u8>, i64)| (image.mapv(f32::from), label))?;
    let again = digits
        .take(12)
        .map(|(image, label): (Array2<f32>, i64)| (image, (label + 1) % 10))?;
    digits.concatenate(&again)
}

/// A page around a card, light or dark as the viewer has it.
fn page(card: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Card</title>\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <body style=\"font:14px system-ui,sans-serif\">{card}</body></html>\n"
    )
}

fn data(name: &str) -> Result<Dataset> {
    Dataset::from_npz(format!("notebooks/data/{name}"))
}

/// Numbers from 0 to 1 by a linear congruential generator: enough for a picture,
/// and no dependency.
fn random_numbers(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}
