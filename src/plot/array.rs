//! The picture that fits a plain array: a value, a curve, a heat map, an image or
//! a grid of images, by its rank.

use super::colormap::Colormap;
use super::figure::{Axis, Figure, Ink, Limits, Lines, Mark, Panel, finite_ends};
use super::images::{picture_panel, range_note};
use super::matrix::{self, Colors, Matrix, Side};
use super::number::count;
use super::pixels::{Raster, ToneRange, reduced};
use super::{Draw, histogram, message, notes};
use crate::dataset::Dataset;
use crate::error::Result;
use crate::list::MapNumbers;
use crate::stats::HistogramOptions;
use crate::tensor::{Shape, Tensor, TensorView};

/// A curve of more values than this is drawn as the least and greatest value of
/// each run, as many as there are pixels.
const MAX_CURVE: usize = 1_000;

/// The longest side of an image in pixels; larger ones are averaged in blocks.
const MAX_PIXELS: usize = 800;

/// As many slices of a stack of images are shown as [`Dataset::images`] shows.
const SLICES: usize = 10;

impl Draw for Tensor {
    fn figure(&self) -> Result<Figure> {
        figure(&self.view())
    }
}

/// The picture of an array.
pub(crate) fn figure(view: &TensorView<'_>) -> Result<Figure> {
    if view.len() == 0 {
        return Ok(single(Panel::message("no data"), (320, 120), [], view));
    }
    match (view.dtype(), view.shape()) {
        (dtype, _) if !dtype.is_number() => Ok(words(view)),
        (_, []) => Ok(words(view)),
        (_, [_]) => Ok(curve(view)),
        (_, [_, _]) => heat_map(view),
        (_, [_, _, 1 | 3 | 4]) => image(view),
        (_, [_, _, _] | [_, _, _, 1 | 3 | 4]) => slices(view),
        _ => distribution(view),
    }
}

fn single(
    panel: Panel,
    size: (u32, u32),
    notes: impl IntoIterator<Item = Option<String>>,
    view: &TensorView<'_>,
) -> Figure {
    let description = format!(
        "Array of {} and shape {}",
        view.dtype(),
        Shape(view.shape())
    );
    Figure::of_panels(size, 1, vec![panel], description).with_notes(notes)
}

/// The first values in words.
fn words(view: &TensorView<'_>) -> Figure {
    let panel = message::panel(message::listed(&view.texts()));
    single(panel, message::SIZE, [], view)
}

fn curve(view: &TensorView<'_>) -> Figure {
    let values = view.to_f64().unwrap_or_default();
    let lost = values.iter().filter(|v| !v.is_finite()).count();
    let lost = (lost > 0).then(|| format!("left out: {} NaN or infinite", count(lost)));
    let Some((low, high)) = finite_ends(values.iter().copied()) else {
        return single(Panel::message("no data"), (320, 120), [lost], view);
    };
    let step = values.len().div_ceil(MAX_CURVE);
    let thinned = (step > 1).then(|| {
        format!(
            "least and greatest of each {} of {} values",
            count(step),
            count(values.len())
        )
    });
    let mut x =
        Axis::new(Limits::from_min_max(0.0, values.len().saturating_sub(1) as f64).padded(0.03));
    x.integer = true;
    x.label = Some("index".to_owned());
    let mut y = Axis::new(Limits::from_min_max(low, high).padded(0.05));
    y.integer = !view.dtype().is_float();
    let line = Lines::new(runs(&values, step), Ink::Series(0), 1.5);
    let panel = Panel::new(x, y, vec![Mark::Lines(line)]);
    single(panel, (560, 260), [lost, thinned], view)
}

/// The curve, interrupted where values are not finite; `step` values at a time
/// become their least and greatest.
fn runs(values: &[f64], step: usize) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (i, chunk) in values.chunks(step.max(1)).enumerate() {
        let at = (i * step.max(1)) as f64;
        match (finite_ends(chunk.iter().copied()), runs.last_mut()) {
            (Some((low, high)), Some(run)) if low == high => run.push((at, low)),
            (Some((low, high)), Some(run)) => run.extend([(at, low), (at, high)]),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    // A lone value would be a line of no length.
    for run in &mut runs {
        if let [(x, y)] = run[..] {
            *run = vec![(x - 0.2, y), (x + 0.2, y)];
        }
    }
    runs
}

fn heat_map(view: &TensorView<'_>) -> Result<Figure> {
    let (h, w) = (view.shape()[0], view.shape()[1]);
    let values = view.to_f64().unwrap_or_default();
    let blank = values.iter().filter(|v| !v.is_finite()).count();
    let blocks = matrix::block_sizes((h, w));
    let range = Raster::of(view)?.own_range();
    let matrix = Matrix {
        values: matrix::averaged(&values, w, blocks),
        rows: Side::Count(h),
        columns: Side::Count(w),
        colors: Colors::within(Colormap::default(), range.low, range.high),
        measure: None,
        // Long tables fill the panel instead of becoming a thread.
        square: (h as f64 / w as f64).clamp(0.25, 4.0) == h as f64 / w as f64,
    };
    let notes = [notes::blank(blank), matrix::block_note(blocks)];
    Ok(single(matrix.panel(), (460, 340), notes, view))
}

fn image(view: &TensorView<'_>) -> Result<Figure> {
    let raster = Raster::of(view)?;
    Ok(image_in(view, &raster, raster.own_range()))
}

/// A picture of shape `(h, w, c)` whose samples run from 0 to 255.
#[cfg(feature = "image")]
pub(crate) fn picture(view: &TensorView<'_>) -> Result<Figure> {
    if view.len() == 0 {
        return figure(view);
    }
    Ok(image_in(view, &Raster::of(view)?, ToneRange::BYTES))
}

fn image_in(view: &TensorView<'_>, raster: &Raster, range: ToneRange) -> Figure {
    let (picture, blank) = raster.pixels(range, &Colormap::GRAY.strip(256));
    let factor = (picture.width.max(picture.height) / MAX_PIXELS).max(1);
    // Small pictures are enlarged by a whole number, so that pixels stay square.
    let (w, h) = (
        picture.width as f64 / factor as f64,
        picture.height as f64 / factor as f64,
    );
    let scale = (240.0 / w.max(h)).floor().max(1.0);
    let size = (
        (w * scale + 20.0).clamp(120.0, 820.0) as u32,
        (h * scale + 20.0).clamp(60.0, 820.0) as u32,
    );
    let notes = [
        range_note(range, raster.is_gray()),
        notes::blank_pixels(blank),
        (factor > 1).then(|| {
            format!(
                "shown at 1/{factor} of its {} × {} pixels",
                picture.width, picture.height
            )
        }),
    ];
    let panel = picture_panel(reduced(&picture, (factor, factor)), (factor, factor));
    single(panel, size, notes, view)
}

fn slices(view: &TensorView<'_>) -> Result<Figure> {
    let all = view.shape()[0];
    let first: Vec<Tensor> =
        (0..all.min(SLICES)).map_each(|i| view.clone().index(0, i).to_tensor());
    let figure = Dataset::from_tensor_slices(Tensor::stack(&first)?)?
        .images()
        .figure()?;
    let part = notes::part_of(first.len(), all, "slices along the first axis");
    Ok(figure.with_notes([part]))
}

/// Arrays of higher rank: how their values are distributed.
fn distribution(view: &TensorView<'_>) -> Result<Figure> {
    let options = HistogramOptions::new(20).finite_only();
    if !view.dtype().is_number() {
        return Ok(words(view));
    }
    let counted = options.count_of(view)?;
    let lost = notes::not_finite(counted.dropped.nan, counted.dropped.infinite);
    let notes = lost.map(|lost| format!("left out: {lost}"));
    let title = format!("all {} values", count(view.len()));
    let panel = histogram::bars(title, counted);
    Ok(single(panel, (480, 260), [notes], view))
}
