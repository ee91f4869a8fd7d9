//! The images of a look as pictures of 8 bits, all with the same range of values.

use super::Evidence;
use super::keys::in_parallel;
use crate::dataset::{TensorSpec, Values};
use crate::list::IntoList;
use crate::stats::picture::Picture;
use crate::tensor::{DType, TensorView};

/// So many pixels are looked at: 16,000 pictures of 32 × 32, 318 of 224 × 224.
const MAX_PIXELS: usize = 16_000_000;

/// What is smaller either way is a table or a window of measurements.
const LEAST_SIDE: usize = 8;

/// Images that can be judged as pictures.
pub(super) struct Pictures<'a> {
    images: &'a Values,
    /// So many of them are looked at.
    pub(super) len: usize,
    range: Range8,
}

/// Which value becomes 0, and by how much others are stretched.
#[derive(Clone, Copy)]
struct Range8 {
    least: f64,
    factor: f64,
}

impl Range8 {
    fn sample(self, value: f64) -> u8 {
        // NaN becomes 0. A half more rounds what is positive, without a call for each pixel.
        ((value - self.least) * self.factor + 0.5) as u8
    }
}

impl<'a> Pictures<'a> {
    /// The first images that were looked at, as many as time allows; `None` where they
    /// are no pictures: small ones, and tables of numbers beyond what shades have.
    pub(super) fn of(evidence: &Evidence<'a>) -> Option<Pictures<'a>> {
        let look = evidence.look;
        let image = look.spec.image()?;
        let (spec, images) = (look.spec.components()[image], &look.components[image]);
        if !is_large_enough(spec) {
            return None;
        }
        let len = within_pixels(images, look.len);
        let known = evidence.numbers().find(|n| n.column.component == image);
        let known = known.and_then(|n| n.summary.min().zip(n.summary.max()));
        let range = range(spec, || known.unwrap_or_else(|| ends(images, len)))?;
        Some(Pictures { images, len, range })
    }

    /// What is made of each picture, in their order; `looker` keeps what one thread needs.
    /// `None` for images that are no pictures.
    pub(super) fn map<L, T: Send>(
        &self,
        looker: impl Fn() -> L + Sync,
        make: impl Fn(&mut L, &Picture) -> T + Sync,
    ) -> Vec<Option<T>> {
        in_parallel(self.len, |rows| {
            let mut looker = looker();
            let make = |row| Some(make(&mut looker, &self.picture(row)?));
            rows.map(make).into_list()
        })
    }

    fn picture(&self, row: usize) -> Option<Picture> {
        with_row(self.images, row, |view| {
            let (height, width, channels) = match *view.shape() {
                [height, width] => (height, width, 1),
                [height, width, channels] => (height, width, channels),
                _ => return None,
            };
            if height.min(width) < LEAST_SIDE {
                return None;
            }
            let samples = match view {
                TensorView::UInt8(array) => array.iter().copied().collect(),
                view => {
                    let values = view.to_f64()?.into_iter();
                    values.map(|v| self.range.sample(v)).into_list()
                }
            };
            Picture::new(width, height, channels, samples)
        })
    }
}

/// Whether no side is known to be that of a small table.
pub(super) fn is_large_enough(spec: &TensorSpec) -> bool {
    let mut sides = spec.shape().unwrap_or_default().iter().take(2);
    sides.all(|side| side.is_none_or(|n| n >= LEAST_SIDE))
}

/// How many of the first `len` images have [`MAX_PIXELS`] together, one at least.
fn within_pixels(images: &Values, len: usize) -> usize {
    let mut left = MAX_PIXELS;
    let fits = |row: &usize| {
        let pixels = with_row(images, *row, |view| view.shape().iter().take(2).product());
        match left.checked_sub(pixels) {
            Some(rest) => left = rest,
            None if *row > 0 => return false,
            None => left = 0,
        }
        true
    };
    (0..len).take_while(fits).count()
}

fn with_row<T>(images: &Values, row: usize, f: impl FnOnce(&TensorView<'_>) -> T) -> T {
    match images {
        Values::Stacked(rows) => f(&rows.view().index(0, row)),
        Values::Listed(rows) => f(&rows[row].view()),
    }
}

/// From black to white: 0 to 1, 0 to 255, or what there is.
fn range(spec: &TensorSpec, ends: impl FnOnce() -> (f64, f64)) -> Option<Range8> {
    let as_is = |factor| Some(Range8 { least: 0.0, factor });
    if spec.dtype() == DType::UInt8 {
        return as_is(1.0);
    }
    let has_channels = spec.shape().is_some_and(|shape| shape.len() == 3);
    match ends() {
        (least, most) if least >= 0.0 && most <= 1.0 => as_is(255.0),
        (least, most) if least >= 0.0 && most <= 255.0 => as_is(1.0),
        (least, most) if has_channels && least < most => Some(Range8 {
            least,
            // Halves, as their difference may be infinite.
            factor: 127.5 / (most / 2.0 - least / 2.0),
        }),
        _ => None,
    }
}

/// The least and the greatest finite value.
fn ends(images: &Values, len: usize) -> (f64, f64) {
    let wider = |(low, high): (f64, f64), (a, b): (f64, f64)| (low.min(a), high.max(b));
    let none = (f64::INFINITY, f64::NEG_INFINITY);
    let of_row = |row: usize| {
        let values = with_row(images, row, |view| view.to_f64().unwrap_or_default());
        let finite = values.into_iter().filter(|v| v.is_finite());
        finite.fold(none, |ends, v| wider(ends, (v, v)))
    };
    let ends = in_parallel(len, |rows| rows.map(of_row).into_list());
    ends.into_iter().fold(none, wider)
}
