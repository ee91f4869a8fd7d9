//! How costs grow with the number of rows: none faster than linearly.
//!
//! `cargo bench --bench scaling` prints a table of milliseconds from 100,000 to
//! 100,000,000 rows of two `f32`, and of nanoseconds a row. It takes a minute, and 2 GB
//! of memory. Nothing is asserted.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot run may as well stop"
)]

use std::hint::black_box;
use std::time::Instant;

use ndarray::Array2;
use ndsight::Dataset;

const ROWS: [usize; 4] = [100_000, 1_000_000, 10_000_000, 100_000_000];

/// Runs of each task at most, and seconds after which there is no other.
const RUNS: usize = 7;
const SECONDS: f64 = 3.0;

type Task = (&'static str, fn(&Dataset) -> usize);

const TASKS: [Task; 4] = [
    ("histograms", |ds| {
        ds.hist().bins(20).to_png().unwrap().len()
    }),
    ("scatter density", |ds| {
        ds.scatter(0, 1).to_png().unwrap().len()
    }),
    ("box plots", |ds| ds.boxplot().to_png().unwrap().len()),
    ("describe()", |ds| ds.describe().unwrap().rows()),
];

fn main() {
    println!("| task | 1e5 | 1e6 | 1e7 | 1e8 rows, ms | ns a row: 1e5 | 1e6 | 1e7 | 1e8 |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut took = [[0.0; ROWS.len()]; TASKS.len()];
    for (i, rows) in ROWS.into_iter().enumerate() {
        let ds = Dataset::from_tensor_slices(normal(rows)).unwrap();
        for ((_, run), took) in TASKS.iter().zip(&mut took) {
            took[i] = shortest(&|| run(&ds));
        }
    }
    for ((task, _), took) in TASKS.iter().zip(took) {
        let ms: Vec<String> = took.iter().map(|s| format!("{:.1}", s * 1e3)).collect();
        let each = took.iter().zip(ROWS).map(|(s, rows)| s * 1e9 / rows as f64);
        let each: Vec<String> = each.map(|ns| format!("{ns:.2}")).collect();
        println!("| {task} | {} | {} |", ms.join(" | "), each.join(" | "));
    }
}

fn shortest(run: &dyn Fn() -> usize) -> f64 {
    let (begun, mut least) = (Instant::now(), f64::INFINITY);
    for _ in 0..RUNS {
        let start = Instant::now();
        black_box(run());
        least = least.min(start.elapsed().as_secs_f64());
        if begun.elapsed().as_secs_f64() > SECONDS {
            break;
        }
    }
    least
}

/// Close to a normal distribution; the second column leans on the first.
fn normal(rows: usize) -> Array2<f32> {
    let mut state = 7_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // The sum of four numbers of 16 bits.
        let parts = (0..4).map(|i| (state >> (16 * i)) as u16);
        parts.map(f32::from).sum::<f32>() / 37_838.0 - 3.464
    };
    let mut table = Array2::zeros((rows, 2));
    for mut row in table.rows_mut() {
        let x = next();
        (row[0], row[1]) = (x, 0.7 * x + 0.5 * next());
    }
    table
}
