//! What the statistics of a table of numbers cost.
//!
//! `cargo bench --bench describe` prints milliseconds on one thread and on all.
//! With the name of a `.npy` file behind `--` it describes that file's array,
//! so that another library can be timed on the same numbers:
//! `benches/describe_versus.py` does. Nothing here is asserted.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run may as well stop"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use ndarray::Array2;
use ndsight::{Tensor, stats};

const ROWS: usize = 10_000_000;
const COLUMNS: usize = 5;
const RUNS: usize = 5;

fn main() {
    let file = std::env::args().skip(1).find(|arg| arg.ends_with(".npy"));
    let tensor = match file {
        Some(path) => Tensor::from(ndarray_npy::read_npy::<_, Array2<f32>>(path).unwrap()),
        None => Tensor::from(normal()),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, threads] {
        let took = shortest(|| {
            black_box(stats::describe_text(&tensor, threads));
        });
        let milliseconds = took.as_secs_f64() * 1e3;
        println!("describe, {threads} thread(s): {milliseconds:.1} ms");
    }
    print!(
        "{}",
        stats::describe_text(&tensor, threads).unwrap_or_default()
    );
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
