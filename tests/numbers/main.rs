//! Every plot of every table of numbers that arithmetic breaks on: a clear picture or a
//! clear error, soon and in little memory, which is that of a process: these tests have one of their
//! own. `NDSIGHT_PICTURES=folder` keeps the pictures.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "helpers outside #[test] functions unwrap as tests do; tests are not documented"
)]

#[path = "../common/drawn.rs"]
mod drawn;

use std::time::{Duration, Instant};

use drawn::drawn;
use ndarray::{Array2, Array3};
use ndsight::{Dataset, Figure, IntoStructure, Result, Stat, compare};

/// For one picture in all its forms. A busy machine may be several times slower.
const SLOWEST: Duration = Duration::from_secs(2);

/// Of all tests of this program together, in kB.
const MOST_MEMORY: u64 = 1 << 20;

fn dataset(components: impl IntoStructure) -> Dataset {
    Dataset::from_tensor_slices(components).unwrap()
}

type Sized = (&'static str, fn(&Data, u32, u32) -> Result<Figure>);
type Plot = (&'static str, fn(&Data) -> Result<Figure>);

/// Numbers as two features with a class for each row, and as pictures.
struct Data {
    name: &'static str,
    table: Dataset,
    pictures: Dataset,
    /// The numbers beside themselves, as what is true and what is guessed.
    pairs: Dataset,
}

fn data<T: Clone>(name: &'static str, values: &[T]) -> Data
where
    Vec<T>: IntoStructure,
    Array2<T>: IntoStructure,
    Array3<T>: IntoStructure,
{
    let (rows, at) = (values.len(), |i: usize| values[i % values.len()].clone());
    let features = Array2::from_shape_fn((rows, 2), |(i, j)| at(i + j));
    let classes: Vec<i64> = (0..rows as i64).map(|i| i % 2).collect();
    let pictures = Array3::from_shape_fn((rows, 3, 3), |(i, j, k)| at(i + j + k));
    Data {
        name,
        table: dataset((features, classes)),
        pictures: dataset(pictures),
        pairs: dataset((values.to_vec(), values.to_vec())),
    }
}

fn tables() -> Vec<Data> {
    let (nan, inf, max) = (f64::NAN, f64::INFINITY, f64::MAX);
    let tiny = 5e-324;
    vec![
        data::<f64>("nothing", &[]),
        data("one row", &[1.5]),
        data("all NaN", &[nan, nan, nan]),
        data("nothing finite", &[nan, inf, -inf, inf]),
        data("some finite", &[1.0, nan, 2.0, inf, 3.0, -inf, 2.5]),
        data("signed zeros", &[0.0, -0.0, 0.0, -0.0]),
        data("subnormals", &[tiny, 1e-310, 0.0, 3.0 * tiny, -tiny]),
        data("the smallest normals", &[f64::MIN_POSITIVE, 0.0, 4e-308]),
        data("the largest", &[max, -max, max / 2.0, 0.0, 1.0]),
        data("only the largest", &[max, max, max]),
        data("far from all others", &[1.0, 2.0, 3.0, max]),
        data("equal ends", &[5.0, 5.0, 5.0, 5.0]),
        data("neighbours", &[1.0, 1.0_f64.next_up(), 1.0]),
        data("large neighbours", &[1e16, 1e16 + 2.0, 1e16 + 4.0]),
        data("all magnitudes", &[1e-300, 1.0, 1e300, 1e-5, 1e5]),
        data("single floats", &[f32::MAX, f32::MIN, 1e-45, f32::NAN]),
        data("equal single floats", &[0.1_f32, 0.1, 0.1]),
        data("above 2^53", &[1_u64 << 53, (1 << 53) + 1, (1 << 53) + 2]),
        data(
            "the largest of 64 bits",
            &[u64::MAX, u64::MAX - 1, u64::MAX - 2],
        ),
        data("all of 64 bits", &[u64::MAX, 0, 1 << 63]),
        data("the smallest integer", &[i64::MIN, i64::MIN, i64::MIN + 1]),
        data("all integers", &[i64::MIN, i64::MAX, 0, -1]),
        data("bytes", &[0_u8, 255, 128, 255]),
        data("truths", &[true, false, true, true]),
    ]
}

const PLOTS: &[Plot] = &[
    ("hist", |d| d.table.hist().figure()),
    ("hist-kde", |d| d.table.hist().kde(true).rug(true).figure()),
    ("hist-density", |d| {
        d.table.hist().stat(Stat::Density).hue(1).figure()
    }),
    ("hist-log", |d| {
        d.table.hist().log(true).log_x(true).figure()
    }),
    ("hist-discrete", |d| d.table.hist().discrete(true).figure()),
    ("hist-cumulative", |d| {
        d.table.hist().cumulative(true).figure()
    }),
    ("ecdf", |d| d.table.ecdfplot().figure()),
    ("ecdf-log", |d| {
        d.table.ecdfplot().log_x(true).hue(1).figure()
    }),
    ("box", |d| d.table.boxplot().figure()),
    ("box-by-class", |d| {
        d.table.boxplot().by(1).vert(false).figure()
    }),
    ("box-log", |d| d.table.boxplot().log(true).figure()),
    ("violin", |d| d.table.violinplot().figure()),
    ("violin-by-class", |d| d.table.violinplot().by(1).figure()),
    ("strip", |d| d.table.stripplot().by(1).figure()),
    ("count", |d| d.table.countplot().figure()),
    ("count-of-values", |d| {
        d.table.countplot().of("Feature 1").figure()
    }),
    ("scatter", |d| d.table.scatter(0, 1).figure()),
    ("scatter-hue", |d| d.table.scatter(0, 1).hue(1).figure()),
    ("scatter-size", |d| {
        d.table
            .scatter(0, 1)
            .size("Feature 1")
            .hue("Feature 2")
            .figure()
    }),
    ("scatter-trend", |d| {
        d.table.scatter(0, 1).trend(true).marginal(true).figure()
    }),
    ("scatter-log", |d| {
        d.table.scatter(0, 1).log_x(true).log_y(true).figure()
    }),
    ("scatter-equal", |d| {
        d.table.scatter(0, 1).equal(true).jitter(0.1).figure()
    }),
    ("hist2d", |d| d.table.hist2d(0, 1).figure()),
    ("hist2d-log", |d| d.table.hist2d(0, 1).log(true).figure()),
    ("hexbin", |d| d.table.hexbin(0, 1).figure()),
    ("pairs", |d| d.table.pairplot().figure()),
    ("pca", |d| d.table.pca().figure()),
    ("pca-raw", |d| d.table.pca().standardize(false).figure()),
    ("lines", |d| d.table.lineplot().figure()),
    ("lines-x", |d| {
        d.table
            .lineplot()
            .x("Feature 1")
            .y("Feature 2")
            .sort(true)
            .figure()
    }),
    ("lines-log", |d| {
        d.table.lineplot().log_y(true).markers(true).figure()
    }),
    ("areas", |d| d.table.lineplot().stacked(true).figure()),
    ("heatmap", |d| d.table.heatmap().figure()),
    ("heatmap-annot", |d| {
        d.table.heatmap().annot(true).cluster(true).figure()
    }),
    ("heatmap-z", |d| d.table.heatmap().z_score(true).figure()),
    ("heatmap-log", |d| d.table.heatmap().log(true).figure()),
    ("correlation", |d| d.table.correlation().figure()),
    ("confusion", |d| d.pairs.confusion_matrix(0, 1).figure()),
    ("images", |d| d.pictures.images().figure()),
    ("images-range", |d| {
        d.pictures.images().range(-1.0, 1.0).figure()
    }),
    ("images-row", |d| d.pictures.batch(2)?.images().figure()),
    ("comparison", |d| {
        compare(&d.table, &d.table.take(2))?.figure()
    }),
];

/// The sizes that a figure may be asked for, and may not.
const SIZES: [(u32, u32); 7] = [
    (0, 0),
    (1, 1),
    (16, 16),
    (16, 4_000),
    (4_000, 16),
    (100_000, 100_000),
    (u32::MAX, 1),
];

/// Every kind of plot, of a size.
const SIZED: &[Sized] = &[
    ("hist", |d, w, h| d.table.hist().figsize(w, h).figure()),
    ("ecdf", |d, w, h| d.table.ecdfplot().figsize(w, h).figure()),
    ("box", |d, w, h| d.table.boxplot().figsize(w, h).figure()),
    ("violin", |d, w, h| {
        d.table.violinplot().figsize(w, h).figure()
    }),
    ("strip", |d, w, h| {
        d.table.stripplot().figsize(w, h).figure()
    }),
    ("count", |d, w, h| {
        d.table.countplot().figsize(w, h).figure()
    }),
    ("scatter", |d, w, h| {
        d.table.scatter(0, 1).hue(1).figsize(w, h).figure()
    }),
    ("hist2d", |d, w, h| {
        d.table.hist2d(0, 1).figsize(w, h).figure()
    }),
    ("hexbin", |d, w, h| {
        d.table.hexbin(0, 1).figsize(w, h).figure()
    }),
    ("pairs", |d, w, h| d.table.pairplot().figsize(w, h).figure()),
    ("pca", |d, w, h| d.table.pca().figsize(w, h).figure()),
    ("lines", |d, w, h| d.table.lineplot().figsize(w, h).figure()),
    ("heatmap", |d, w, h| {
        d.table.heatmap().figsize(w, h).figure()
    }),
    ("correlation", |d, w, h| {
        d.table.correlation().figsize(w, h).figure()
    }),
    ("confusion", |d, w, h| {
        d.pairs.confusion_matrix(0, 1).figsize(w, h).figure()
    }),
    ("images", |d, w, h| {
        d.pictures.images().figsize(w, h).figure()
    }),
];

/// Makes a figure and draws it in all forms; says whether there was one.
fn tried(what: &str, figure: impl FnOnce() -> Result<Figure>) -> bool {
    let start = Instant::now();
    let made = figure();
    if let Ok(figure) = &made {
        drawn(figure);
        keep(what, figure);
    }
    if let Err(err) = &made {
        let clear = !err.is_internal() && err.to_string().len() < 400;
        assert!(clear, "{what}: {err}");
    }
    let took = start.elapsed();
    assert!(took < SLOWEST, "{what} took {took:?}");
    made.is_ok()
}

fn keep(what: &str, figure: &Figure) {
    if let Some(folder) = std::env::var_os("NDSIGHT_PICTURES") {
        let path = std::path::Path::new(&folder).join(what.replace(' ', "-") + ".png");
        figure.save(path).unwrap();
    }
}

#[test]
fn every_plot_of_every_number() {
    let mut cases = Vec::new();
    for data in tables() {
        for (name, plot) in PLOTS {
            let what = format!("{name} of {}", data.name);
            cases.push(tried(&what, || plot(&data)));
        }
    }
    let refused = cases.iter().filter(|drawn| !**drawn).count();
    println!("{} cases, {refused} refused", cases.len());
    check_memory();
}

#[test]
fn every_size_that_is_asked_for() {
    let data = data("numbers", &[1.0, 5.0, 2.0, 4.0, 3.0]);
    for (width, height) in SIZES {
        let possible = [width, height]
            .iter()
            .all(|side| (16..=4_000).contains(side));
        for (name, sized) in SIZED {
            let what = format!("{name} of {width} x {height}");
            assert_eq!(
                tried(&what, || sized(&data, width, height)),
                possible,
                "{what}"
            );
        }
    }
    check_memory();
}

/// The most memory that this process has had, where the system tells.
fn check_memory() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    if let Some(peak) = peak.and_then(|peak| peak.trim().strip_suffix(" kB")) {
        assert!(peak.parse::<u64>().unwrap() < MOST_MEMORY, "{peak} kB");
    }
}
