//! What data sets cost, as ratios to the plainest code that does the same in the same
//! run: machines differ and are noisy, ratios less so.
//!
//! `cargo bench --bench dataset` prints a table. Nothing here is asserted.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run may as well stop"
)]

use std::fs::File;
use std::hint::black_box;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ndarray::{Array2, Axis, Ix1, Ix2};
use ndsight::Dataset;

const ROWS: usize = 1_000_000;
const COLUMNS: usize = 32;
const BATCH: usize = 32;
const RUNS: usize = 7;

fn main() {
    println!(
        "{:<58} {:>12} {:>12} {:>7}",
        "", "this crate", "plain", "ratio"
    );
    batches();
    stream();
    shuffled();
    opening();
}

/// The shortest of several runs.
fn shortest(mut run: impl FnMut()) -> Duration {
    let timed = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    run();
    (0..RUNS).map(|_| timed(&mut run)).min().unwrap_or_default()
}

fn row(what: &str, ours: Duration, plain: Duration) {
    let ratio = ours.as_secs_f64() / plain.as_secs_f64();
    println!("{what:<58} {ours:>12.2?} {plain:>12.2?} {ratio:>7.2}");
}

/// Batches of neighbouring rows, each copied out.
fn batches() {
    let table = Array2::from_shape_fn((ROWS, COLUMNS), |(i, j)| (i + j) as f32);
    let shared = table.clone().into_shared();
    let ds = Dataset::from_tensor_slices(shared)
        .unwrap()
        .batch(BATCH)
        .unwrap();
    let mut copy = Array2::<f32>::zeros((BATCH, COLUMNS));
    let plain = shortest(|| {
        for chunk in table.axis_chunks_iter(Axis(0), BATCH) {
            copy.assign(&chunk);
            black_box(&copy);
        }
    });
    let mut copy = Array2::<f32>::zeros((BATCH, COLUMNS));
    let ours = shortest(|| {
        for batch in &ds {
            copy.assign(&batch.unwrap().array::<f32, Ix2>(0).unwrap());
            black_box(&copy);
        }
    });
    row(
        "batches of 32 over 1M rows of 32 f32, copied out",
        ours,
        plain,
    );
    let owned = shortest(|| {
        for chunk in table.axis_chunks_iter(Axis(0), BATCH) {
            black_box(chunk.to_owned());
        }
    });
    row(
        "the same, against chunks copied into arrays of their own",
        ours,
        owned,
    );
}

/// Elements one by one through a closure, stacked into batches.
fn stream() {
    let numbers: Vec<i64> = (0..ROWS as i64).collect();
    let ds = Dataset::from_tensor_slices(&numbers).unwrap();
    let kept = ds
        .filter(|x: i64| x % 3 != 0)
        .unwrap()
        .batch(BATCH)
        .unwrap();
    let ours = shortest(|| {
        for batch in &kept {
            black_box(batch.unwrap());
        }
    });
    let plain = shortest(|| {
        let kept: Vec<i64> = numbers.iter().copied().filter(|x| x % 3 != 0).collect();
        for chunk in kept.chunks(BATCH) {
            black_box(chunk.to_vec());
        }
    });
    row("filter and batch of 1M numbers, one by one", ours, plain);
}

/// The first ten of a random order, and a whole random pass.
fn shuffled() {
    let long = Dataset::range(0..100_000_000);
    let before = resident();
    let ours = shortest(|| {
        for element in &long.shuffle(1).take(10) {
            black_box(element.unwrap());
        }
    });
    let plain = shortest(|| drop(black_box((0..10_i64).collect::<Vec<i64>>())));
    row("shuffle of 100M rows, the first 10", ours, plain);
    let pass = long.shuffle(1).batch(1024).unwrap();
    let start = Instant::now();
    let read = pass.iter().take(2_000).count() * 1024;
    println!(
        "a shuffled pass over 100M rows: {:.0} ns a row; resident memory grew by {} KiB",
        start.elapsed().as_secs_f64() * 1e9 / read as f64,
        resident().saturating_sub(before)
    );
}

/// A file of 2 GB, opened and one row read.
fn opening() {
    let path = std::env::temp_dir().join(format!("ndsight-bench-{}.npy", std::process::id()));
    let rows = 2_000_000_000 / (COLUMNS * 4);
    sparse(&path, rows);
    let before = resident();
    let opened = shortest(|| drop(black_box(Dataset::from_npy(&path).unwrap())));
    let plain = shortest(|| drop(black_box(File::open(&path).unwrap())));
    row("opening a .npy of 2 GB, against File::open", opened, plain);
    let ds = Dataset::from_npy(&path).unwrap();
    println!(
        "resident memory after opening 2 GB: {} KiB more",
        resident().saturating_sub(before)
    );
    let ten = shortest(|| {
        for element in &ds.shuffle(1).take(10) {
            black_box(element.unwrap().array::<f32, Ix1>(0).unwrap());
        }
    });
    println!("ten random rows of it: {ten:.2?}");
    let start = Instant::now();
    for batch in &ds.batch(1024).unwrap() {
        black_box(batch.unwrap());
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "a pass over it in batches of 1,024: {:.2} GB/s",
        2.0 / seconds
    );
    let _ = std::fs::remove_file(&path);
}

/// A `.npy` file of zeros that takes no room on most disks.
fn sparse(path: &PathBuf, rows: usize) {
    let text =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {COLUMNS}), }}");
    let header = format!("{text:<117}\n");
    let mut file = File::create(path).unwrap();
    file.write_all(b"\x93NUMPY\x01\x00").unwrap();
    file.write_all(&(header.len() as u16).to_le_bytes())
        .unwrap();
    file.write_all(header.as_bytes()).unwrap();
    file.set_len(10 + header.len() as u64 + (rows * COLUMNS * 4) as u64)
        .unwrap();
}

/// Kilobytes of memory in use, where Linux tells; 0 elsewhere.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}
