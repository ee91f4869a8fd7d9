//! The statistics that plots stand on, one by one: `cargo bench --bench kernels`.
//! Elements a second, contiguous and as a column of a table; `-- NAME` for some of them.

#![allow(missing_docs, reason = "criterion's macro makes public functions")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ndarray::{Array1, Array2, ArrayView1};
use ndsight::Dataset;
use ndsight::stats::{
    Histogram2dOptions, HistogramOptions, boxplot_stats, ecdf, histogram, percentile,
};

const LEN: usize = 1 << 20;

/// Numbers close to a normal distribution.
fn normal() -> impl FnMut() -> f64 {
    let mut state = 7_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let parts = (0..4).map(|i| (state >> (16 * i)) as u16);
        parts.map(f64::from).sum::<f64>() / 37_838.0 - 3.464
    }
}

fn histograms(c: &mut Criterion) {
    let mut next = normal();
    let table = Array2::from_shape_simple_fn((LEN, 5), || next() as f32);
    let (one, wide) = (table.column(2).to_owned(), table.mapv(f64::from));
    let whole = one.mapv(|v| (v * 1000.0) as i64);
    let mut group = c.benchmark_group("histogram");
    group.throughput(Throughput::Elements(LEN as u64));
    group.bench_function("f32", |b| b.iter(|| histogram(black_box(&one), 20)));
    group.bench_function("f32, a column of five", |b| {
        b.iter(|| histogram(&black_box(&table).column(2), 20));
    });
    group.bench_function("f64, a column of five", |b| {
        b.iter(|| histogram(&black_box(&wide).column(2), 20));
    });
    group.bench_function("i64", |b| b.iter(|| histogram(black_box(&whole), 20)));
    group.bench_function("f32, 1,000 bins", |b| {
        b.iter(|| histogram(black_box(&one), 1_000));
    });
    group.bench_function("f32, bins by a rule", |b| {
        b.iter(|| histogram(black_box(&one), "auto"));
    });
    let weights = Array1::ones(LEN);
    let options = HistogramOptions::new(20);
    group.bench_function("f32, weighted", |b| {
        b.iter(|| options.weighted(black_box(&one), &weights));
    });
    group.finish();
}

fn ranks(c: &mut Criterion) {
    let mut next = normal();
    let one = Array1::from_shape_simple_fn(LEN, || next() as f32);
    let mut group = c.benchmark_group("ranks");
    group.throughput(Throughput::Elements(LEN as u64));
    group.bench_function("percentile, three of f32", |b| {
        b.iter(|| percentile(black_box(&one), &[25.0, 50.0, 75.0]));
    });
    group.bench_function("boxplot_stats of f32", |b| {
        b.iter(|| boxplot_stats(black_box(&one)));
    });
    let wide = one.mapv(f64::from).to_vec();
    group.bench_function("ecdf of f64", |b| b.iter(|| ecdf(black_box(&wide))));
    group.finish();
}

fn pairs(c: &mut Criterion) {
    let mut next = normal();
    let x: Vec<f64> = (0..LEN).map(|_| next()).collect();
    let y: Vec<f64> = x.iter().map(|x| 0.7 * x + 0.5 * next()).collect();
    let options = Histogram2dOptions::new((256, 256));
    let mut group = c.benchmark_group("pairs");
    group.throughput(Throughput::Elements(LEN as u64));
    group.bench_function("histogram2d, 256 x 256", |b| {
        b.iter(|| options.count(black_box(&x), &y));
    });
    group.finish();
}

fn whole_data_sets(c: &mut Criterion) {
    let mut next = normal();
    let table = Array2::from_shape_simple_fn((LEN, 5), || next() as f32);
    let ds = Dataset::from_tensor_slices(table).expect("rows");
    let mut group = c.benchmark_group("data sets of five f32");
    group.throughput(Throughput::Elements(LEN as u64));
    group.bench_function("describe", |b| b.iter(|| black_box(&ds).describe()));
    group.bench_function("batches of 256", |b| {
        let batches = ds.batch(256).expect("batches");
        b.iter(|| {
            batches
                .iter()
                .fold(0, |n, batch| n + usize::from(batch.is_ok()))
        });
    });
    group.finish();
}

fn pictures(c: &mut Criterion) {
    let bytes = Array1::from_iter((0..3_072_usize).map(|i| (i * i % 251) as u8));
    let images = Array2::from_shape_fn((1_000, 3_072), |(i, j)| bytes[(i * 7 + j) % 3_072]);
    let images = images
        .into_shape_with_order((1_000, 32, 32, 3))
        .expect("images");
    let ds = Dataset::from_tensor_slices(images).expect("rows");
    let mut group = c.benchmark_group("pictures");
    group.throughput(Throughput::Elements(1_000));
    group.sample_size(20);
    group.bench_function("1,000 images of 32 x 32 x 3 as PNG", |b| {
        b.iter(|| ds.images().rows(25).columns(40).to_png());
    });
    group.finish();
    let few = ArrayView1::from(&bytes.as_slice().expect("contiguous")[..1_000]).to_owned();
    let few = Dataset::from_tensor_slices(few).expect("rows");
    c.bench_function("a histogram of 1,000 numbers as SVG", |b| {
        b.iter(|| black_box(&few).hist().to_svg());
    });
}

criterion_group!(kernels, histograms, ranks, pairs, whole_data_sets, pictures);
criterion_main!(kernels);
