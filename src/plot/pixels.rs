//! Arrays to pictures, and the rule for their values.
//!
//! Booleans are black and white. Colour images hold 0 to 255 where they are
//! `uint8`, and 0 to 1 where they are floats of that range; anything else is
//! rescaled from the least to the greatest value. One-channel images are rescaled
//! so always, as matplotlib's `imshow` does, unless they span their nominal range
//! anyway. All images of a grid share one range, so that they can be compared; a
//! range other than the nominal one is told to the reader.

use std::sync::Arc;

use super::colormap;
use super::figure::{Limits, Pixels, finite_ends};
use crate::error::{Error, Result};
use crate::tensor::{DType, TensorView};

/// What numbers become which shade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ValueRange {
    /// The value shown darkest.
    pub(super) low: f64,
    /// The value shown brightest.
    pub(super) high: f64,
    /// Whether these are the ends that the element type suggests.
    pub(super) nominal: bool,
}

impl ValueRange {
    /// The range of `uint8` pictures.
    #[cfg(feature = "image")]
    pub(super) const BYTES: ValueRange = ValueRange {
        low: 0.0,
        high: 255.0,
        nominal: true,
    };

    /// The range for images (or rows of pixels) that are shown together.
    pub(super) fn of(values: &TensorView<'_>, gray: bool) -> ValueRange {
        let (least, greatest) =
            finite_ends(values.to_f64().unwrap_or_default()).unwrap_or((0.0, 1.0));
        let dtype = values.dtype();
        let high = if dtype == DType::UInt8 { 255.0 } else { 1.0 };
        let within =
            (dtype == DType::UInt8 || dtype.is_float()) && least >= 0.0 && greatest <= high;
        let spans = least == 0.0 && greatest == high;
        if dtype == DType::Bool || (within && (!gray || spans)) {
            return ValueRange {
                low: 0.0,
                high,
                nominal: true,
            };
        }
        let limits = Limits::from_min_max(least, greatest);
        match least < greatest {
            true => ValueRange {
                low: least,
                high: greatest,
                nominal: false,
            },
            false => ValueRange {
                low: limits.min(),
                high: limits.max(),
                nominal: false,
            },
        }
    }

    fn fraction(self, value: f64) -> f64 {
        // Halved first, so that the span of the widest ranges stays finite.
        (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)
    }

    fn shade(self, value: f64) -> u8 {
        (self.fraction(value).clamp(0.0, 1.0) * 255.0).round() as u8
    }
}

/// How one channel is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tint {
    Gray,
    Viridis,
}

/// One image of shape `(h, w)` or `(h, w, 1|3|4)`, and how many of its pixels are
/// not finite: those are left transparent.
pub(super) fn pixels(
    image: &TensorView<'_>,
    range: ValueRange,
    tint: Tint,
) -> Result<(Pixels, u64)> {
    let (height, width, channels) = match *image.shape() {
        [h, w] => (h, w, 1),
        [h, w, c @ (1 | 3 | 4)] => (h, w, c),
        ref other => {
            return Err(Error::shape(format!(
                "expected an image of shape (h, w) or (h, w, 1|3|4), but found {}",
                crate::tensor::Shape(other)
            )));
        }
    };
    let values = image.to_f64().ok_or_else(|| {
        Error::dtype(format!(
            "expected an image of numbers, but found {}",
            image.dtype()
        ))
    })?;
    let mut rgba = Vec::with_capacity(width * height * 4);
    let mut blank = 0;
    for pixel in values.chunks_exact(channels) {
        match pixel.iter().all(|v| v.is_finite()) {
            true => rgba.extend(color(pixel, range, tint)),
            false => {
                blank += 1;
                rgba.extend([0; 4]);
            }
        }
    }
    Ok((
        Pixels {
            width,
            height,
            rgba: Arc::from(rgba),
        },
        blank,
    ))
}

fn color(pixel: &[f64], range: ValueRange, tint: Tint) -> [u8; 4] {
    match *pixel {
        [r, g, b] => [range.shade(r), range.shade(g), range.shade(b), 255],
        [r, g, b, a] => [
            range.shade(r),
            range.shade(g),
            range.shade(b),
            range.shade(a),
        ],
        _ => {
            let value = pixel.first().copied().unwrap_or(0.0);
            let [r, g, b] = match tint {
                Tint::Gray => [range.shade(value); 3],
                Tint::Viridis => {
                    colormap::color(range.fraction(value), Limits::from_min_max(0.0, 1.0))
                }
            };
            [r, g, b, 255]
        }
    }
}

/// The image with whole blocks of `factor × factor` pixels averaged, for
/// pictures with far more pixels than the room they are shown in.
pub(super) fn reduced(pixels: &Pixels, factor: usize) -> Pixels {
    if factor <= 1 {
        return pixels.clone();
    }
    let (width, height) = (
        pixels.width.div_ceil(factor),
        pixels.height.div_ceil(factor),
    );
    let mut rgba = Vec::with_capacity(width * height * 4);
    for y in 0..height {
        for x in 0..width {
            rgba.extend(block_mean(pixels, x * factor, y * factor, factor));
        }
    }
    Pixels {
        width,
        height,
        rgba: Arc::from(rgba),
    }
}

/// The mean colour of a block, each pixel weighing as much as it is opaque.
fn block_mean(pixels: &Pixels, x0: usize, y0: usize, factor: usize) -> [u8; 4] {
    let mut sums = [0_u64; 4];
    let mut n = 0;
    for y in y0..(y0 + factor).min(pixels.height) {
        for x in x0..(x0 + factor).min(pixels.width) {
            let at = 4 * (y * pixels.width + x);
            let alpha = u64::from(pixels.rgba[at + 3]);
            for (sum, &sample) in sums.iter_mut().zip(&pixels.rgba[at..at + 3]) {
                *sum += u64::from(sample) * alpha;
            }
            sums[3] += alpha;
            n += 1;
        }
    }
    let mean = |sum: u64| (sum + sums[3] / 2).checked_div(sums[3]).unwrap_or(0) as u8;
    [
        mean(sums[0]),
        mean(sums[1]),
        mean(sums[2]),
        (sums[3] / n.max(1)) as u8,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tensor;
    use ndarray::{Array3, array};

    fn range(tensor: impl Into<Tensor>, gray: bool) -> (f64, f64, bool) {
        let range = ValueRange::of(&tensor.into().view(), gray);
        (range.low, range.high, range.nominal)
    }

    #[test]
    fn nominal_ranges_are_kept_and_others_stretched() {
        assert_eq!(range(vec![10_u8, 20], false), (0.0, 255.0, true));
        assert_eq!(range(vec![10_u8, 20], true), (10.0, 20.0, false));
        assert_eq!(range(vec![0_u8, 255], true), (0.0, 255.0, true));
        assert_eq!(range(vec![0.25, 0.5], false), (0.0, 1.0, true));
        assert_eq!(range(vec![-1.0, 3.0], false), (-1.0, 3.0, false));
        assert_eq!(range(vec![0_i64, 16], true), (0.0, 16.0, false));
        assert_eq!(range(vec![true, false], true), (0.0, 1.0, true));
        assert_eq!(
            range(vec![f64::NAN, f64::INFINITY], false),
            (0.0, 1.0, true)
        );
        assert!(!range(vec![5_i32, 5], true).2);
    }

    #[test]
    fn pixels_are_the_values() {
        let image =
            Tensor::from(Array3::from_shape_vec((1, 2, 3), vec![0_u8, 128, 255, 1, 2, 3]).unwrap());
        let range = ValueRange::of(&image.view(), false);
        let (pixels, blank) = pixels(&image.view(), range, Tint::Gray).unwrap();
        assert_eq!(pixels.rgba.as_ref(), [0, 128, 255, 255, 1, 2, 3, 255]);
        assert_eq!(blank, 0);
    }

    #[test]
    fn the_widest_range_stays_finite_and_nan_is_transparent() {
        let image = Tensor::from(array![[f64::MIN, f64::MAX, f64::NAN, 0.0]]);
        let range = ValueRange::of(&image.view(), true);
        let (pixels, blank) = pixels(&image.view(), range, Tint::Gray).unwrap();
        assert_eq!(
            pixels.rgba.as_ref(),
            [
                0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 0, 128, 128, 128, 255
            ]
        );
        assert_eq!(blank, 1);
    }

    #[test]
    fn blocks_are_averaged() {
        let image = Tensor::from(array![[0_u8, 255, 10], [255, 0, 20]]);
        let range = ValueRange {
            low: 0.0,
            high: 255.0,
            nominal: true,
        };
        let (whole, _) = pixels(&image.view(), range, Tint::Gray).unwrap();
        let half = reduced(&whole, 2);
        assert_eq!((half.width, half.height), (2, 1));
        assert_eq!(half.rgba.as_ref(), [128, 128, 128, 255, 15, 15, 15, 255]);
    }
}
