//! What it costs to describe a table of numbers, and to see its card.
//!
//! `cargo bench --bench describe` prints milliseconds; `taskset -c 0` before it shows
//! what one core takes. With the name of a `.npy` file behind `--` it describes that
//! file's array, so that another library can be timed on the same numbers:
//! `benches/describe_versus.py` does. Of a second file it shows the card without reading
//! it whole. Nothing here is asserted.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run may as well stop"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use ndarray::Array2;
use ndsight::Dataset;

const ROWS: usize = 10_000_000;
const COLUMNS: usize = 5;
const RUNS: usize = 5;

fn main() {
    let files: Vec<String> = std::env::args()
        .filter(|arg| arg.ends_with(".npy"))
        .collect();
    let values = match files.first() {
        Some(path) => ndarray_npy::read_npy::<_, Array2<f32>>(path).unwrap(),
        None => normal(),
    };
    let ds = Dataset::from_tensor_slices(values).unwrap();
    report(
        "describe",
        shortest(|| drop(black_box(ds.describe().unwrap()))),
    );
    report(
        "card",
        shortest(|| drop(black_box(ds.card().to_html().unwrap()))),
    );
    if let Some(path) = files.get(1) {
        let start = Instant::now();
        let ds = Dataset::from_npy(path).unwrap();
        black_box(ds.card().to_html().unwrap());
        report("first look at a file", start.elapsed());
    }
}

fn report(task: &str, took: Duration) {
    println!("{task}: {:.1} ms", took.as_secs_f64() * 1e3);
}

/// The shortest of several runs.
fn shortest(mut run: impl FnMut()) -> Duration {
    let timed = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..RUNS).map(|_| timed(&mut run)).min().unwrap_or_default()
}

/// Numbers close to a normal distribution, each column around another mean.
fn normal() -> Array2<f32> {
    let mut state = 1_u64;
    let mut uniform = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1_u64 << 24) as f32
    };
    Array2::from_shape_fn((ROWS, COLUMNS), |(_, j)| {
        (0..12).map(|_| uniform()).sum::<f32>() - 6.0 + j as f32
    })
}
