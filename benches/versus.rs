//! What this crate takes for the tasks of `versus.py`, which asks other libraries the
//! same of the same files.
//!
//! `cargo bench --bench versus -- FOLDER [TASK]` prints milliseconds and, of pictures,
//! bytes. The folder is `versus.py`'s; it holds `.npy` files. Nothing is asserted.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run may as well stop"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use ndsight::{Dataset, Tensor};

/// Runs of each task at most, and seconds after which there is no other.
const RUNS: usize = 9;
const SECONDS: f64 = 3.0;

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    let folder = PathBuf::from(args.first().expect("a folder of .npy files"));
    for (task, run) in TASKS {
        if args.get(1).is_none_or(|wanted| wanted == task) {
            report(task, &|| run(&folder));
        }
    }
}

/// Loads what a task needs, and returns the task: it gives the picture, if there is one.
type Task = fn(&Path) -> Box<dyn Fn() -> Vec<u8>>;

const TASKS: [(&str, Task); 10] = [
    ("read", read),
    ("histograms", histograms),
    ("describe", describe),
    ("boxplot", boxplot),
    ("scatter", scatter),
    ("grid of noise", |folder| grid(folder, "noise.npy")),
    ("grid of gradients", |folder| grid(folder, "smooth.npy")),
    ("recipe images", recipe_images),
    ("recipe histograms", recipe_histograms),
    ("recipe scatter", recipe_scatter),
];

fn report(task: &str, load: &dyn Fn() -> Box<dyn Fn() -> Vec<u8>>) {
    let run = load();
    let begun = Instant::now();
    let (mut least, mut bytes) = (f64::INFINITY, run().len());
    for _ in 0..RUNS {
        let start = Instant::now();
        bytes = black_box(run()).len();
        least = least.min(start.elapsed().as_secs_f64());
        if begun.elapsed().as_secs_f64() > SECONDS {
            break;
        }
    }
    println!("{task}: {:.2} ms, {bytes} bytes", least * 1e3);
}

fn dataset(path: PathBuf) -> Dataset {
    Dataset::from_tensor_slices(tensor(path)).unwrap()
}

/// All of a file, in memory.
fn tensor(path: PathBuf) -> Tensor {
    let ds = Dataset::from_npy(path).unwrap();
    let rows = ds.len().unwrap();
    let batch = ds.batch(rows).unwrap().at(0).unwrap();
    batch.component(0).unwrap().clone()
}

/// One read of the array by two threads: what no kernel can do without.
fn read(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let table: ndarray::ArrayD<f32> = ndarray_npy::read_npy(folder.join("features.npy")).unwrap();
    Box::new(move || {
        let values = table.as_slice().unwrap();
        let (a, b) = values.split_at(values.len() / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| sum(b));
            black_box(sum(a) + other.join().unwrap());
        });
        Vec::new()
    })
}

fn sum(values: &[f32]) -> f32 {
    let mut sums = [0.0; 64];
    for chunk in values.as_chunks::<64>().0 {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += value;
        }
    }
    sums.iter().sum()
}

fn histograms(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let ds = dataset(folder.join("features.npy"));
    Box::new(move || {
        drop(black_box(ds.hist().bins(20).figure().unwrap()));
        Vec::new()
    })
}

fn describe(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let ds = dataset(folder.join("features.npy"));
    Box::new(move || {
        drop(black_box(ds.describe().unwrap()));
        Vec::new()
    })
}

fn boxplot(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let ds = dataset(folder.join("million.npy"));
    Box::new(move || ds.boxplot().to_png().unwrap())
}

fn scatter(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let ds = dataset(folder.join("points.npy"));
    Box::new(move || ds.scatter(0, 1).figsize(800, 600).to_png().unwrap())
}

fn grid(folder: &Path, file: &str) -> Box<dyn Fn() -> Vec<u8>> {
    let ds = dataset(folder.join(file));
    Box::new(move || ds.images().rows(63).columns(159).to_png().unwrap())
}

fn recipe_images(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let parts = (
        tensor(folder.join("recipe_images.npy")),
        tensor(folder.join("recipe_labels.npy")),
    );
    let ds = Dataset::from_tensor_slices(parts).unwrap();
    Box::new(move || ds.images().rows(2).columns(5).to_png().unwrap())
}

fn recipe_histograms(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let ds = dataset(folder.join("recipe_features.npy"));
    Box::new(move || ds.hist().bins(20).to_png().unwrap())
}

fn recipe_scatter(folder: &Path) -> Box<dyn Fn() -> Vec<u8>> {
    let ds = dataset(folder.join("recipe_points.npy"));
    Box::new(move || ds.scatter(0, 1).to_png().unwrap())
}
