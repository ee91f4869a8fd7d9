//! Arrays to pictures, and the rule for their values.
//!
//! Booleans are black and white. Colour images hold 0 to 255 where they are
//! `uint8`, and 0 to 1 where they are floats of that range; anything else is
//! rescaled from the least to the greatest value. One-channel images are rescaled
//! so always, as matplotlib's `imshow` does, unless they span their nominal range
//! anyway. All images of a grid share one range, so that they can be compared; a
//! range other than the nominal one is told to the reader. How opaque a pixel is
//! has a range of its own.

use std::sync::Arc;

use super::figure::{Body, Figure, Limits, Mark, Pixels, finite_ends};
use crate::error::{Error, Result};
use crate::tensor::{DType, TensorView};

/// What numbers become which shade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ToneRange {
    /// The value shown darkest.
    pub(super) low: f64,
    /// The value shown brightest.
    pub(super) high: f64,
    /// Whether these are the ends that the element type suggests.
    pub(super) nominal: bool,
}

impl ToneRange {
    /// The range of `uint8` pictures.
    #[cfg(feature = "image")]
    pub(super) const BYTES: ToneRange = ToneRange {
        low: 0.0,
        high: 255.0,
        nominal: true,
    };

    /// The range for pictures that are shown together, whose values lie between `ends`.
    pub(super) fn fitting(ends: Option<(f64, f64)>, dtype: DType, gray: bool) -> ToneRange {
        let (least, greatest) = ends.unwrap_or((0.0, 1.0));
        let high = if dtype == DType::UInt8 { 255.0 } else { 1.0 };
        let within =
            (dtype == DType::UInt8 || dtype.is_float()) && least >= 0.0 && greatest <= high;
        let spans = least == 0.0 && greatest == high;
        if dtype == DType::Bool || (within && (!gray || spans)) {
            return ToneRange {
                low: 0.0,
                high,
                nominal: true,
            };
        }
        ToneRange::between(least, greatest)
    }

    /// From one value to another; around it where both are one.
    pub(super) fn between(low: f64, high: f64) -> ToneRange {
        let limits = Limits::from_min_max(low, high);
        let (low, high) = match low < high {
            true => (low, high),
            false => (limits.min(), limits.max()),
        };
        ToneRange {
            low,
            high,
            nominal: false,
        }
    }

    fn fraction(self, value: f64) -> f64 {
        // Halved first, so that the span of the widest ranges stays finite.
        (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)
    }

    pub(super) fn shade(self, value: f64) -> u8 {
        // Rounded: it is not negative.
        (self.fraction(value).clamp(0.0, 1.0) * 255.0 + 0.5) as u8
    }
}

/// The numbers of a picture, pixel by pixel from the top left.
#[derive(Clone, Debug)]
pub(super) struct Raster {
    pub(super) width: usize,
    pub(super) height: usize,
    /// 1, 3 or 4 to a pixel.
    pub(super) channels: usize,
    pub(super) values: Vec<f64>,
    pub(super) dtype: DType,
}

impl Raster {
    /// An image of shape `(h, w)` or `(h, w, 1|3|4)`.
    pub(super) fn of(image: &TensorView<'_>) -> Result<Raster> {
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
        Ok(Raster {
            width,
            height,
            channels,
            values: numbers(image)?,
            dtype: image.dtype(),
        })
    }

    /// Whether it has one channel.
    pub(super) fn is_gray(&self) -> bool {
        self.channels == 1
    }

    /// The values that are shades, without those that say how opaque a pixel is.
    pub(super) fn tones(&self) -> impl Iterator<Item = f64> + '_ {
        let pixels = self.values.chunks_exact(self.channels.max(1));
        pixels
            .flat_map(|pixel| &pixel[..pixel.len().min(3)])
            .copied()
    }

    /// The range that fits this picture alone.
    pub(super) fn own_range(&self) -> ToneRange {
        ToneRange::fitting(finite_ends(self.tones()), self.dtype, self.is_gray())
    }

    /// The picture in the shades of one channel (256 of them), or in its own colours;
    /// and how many of its pixels are not finite: those are left transparent.
    pub(super) fn pixels(&self, range: ToneRange, shades: &[[u8; 3]]) -> (Pixels, u64) {
        let mut rgba = Vec::with_capacity(self.width * self.height * 4);
        let mut blank = 0;
        let opaque = self.opaque();
        for pixel in self.values.chunks_exact(self.channels) {
            match pixel.iter().all(|v| v.is_finite()) {
                true => rgba.extend(color(pixel, range, shades, opaque)),
                false => {
                    blank += 1;
                    rgba.extend([0; 4]);
                }
            }
        }
        let pixels = Pixels {
            width: self.width,
            height: self.height,
            rgba: Arc::from(rgba),
        };
        (pixels, blank)
    }

    /// The fourth value of a pixel that hides what lies behind it.
    fn opaque(&self) -> f64 {
        if self.channels < 4 || self.dtype == DType::UInt8 {
            return 255.0;
        }
        let fourths = self.values.iter().skip(3).step_by(4).copied();
        match finite_ends(fourths) {
            Some((_, most)) if most > 255.0 => most,
            Some((_, most)) if most > 1.0 => 255.0,
            _ => 1.0,
        }
    }
}

/// The values of a picture as numbers.
pub(super) fn numbers(image: &TensorView<'_>) -> Result<Vec<f64>> {
    image.to_f64().ok_or_else(|| {
        Error::dtype(format!(
            "expected an image of numbers, but found {}",
            image.dtype()
        ))
    })
}

fn color(pixel: &[f64], range: ToneRange, shades: &[[u8; 3]], opaque: f64) -> [u8; 4] {
    match *pixel {
        [r, g, b] => [range.shade(r), range.shade(g), range.shade(b), 255],
        [r, g, b, a] => {
            let alpha = (a / opaque).clamp(0.0, 1.0) * 255.0;
            let alpha = alpha.round() as u8;
            [range.shade(r), range.shade(g), range.shade(b), alpha]
        }
        _ => {
            let value = pixel.first().copied().unwrap_or(0.0);
            let shade = usize::from(range.shade(value));
            let [r, g, b] = shades.get(shade).copied().unwrap_or_default();
            [r, g, b, 255]
        }
    }
}

/// The image with whole blocks of so many pixels across and down averaged, for
/// pictures with far more pixels than the room they are shown in.
pub(super) fn reduced(pixels: &Pixels, (across, down): (usize, usize)) -> Pixels {
    let (across, down) = (across.max(1), down.max(1));
    if across == 1 && down == 1 {
        return pixels.clone();
    }
    let (width, height) = (pixels.width.div_ceil(across), pixels.height.div_ceil(down));
    let mut rgba = Vec::with_capacity(width * height * 4);
    for y in 0..height {
        for x in 0..width {
            rgba.extend(block_mean(pixels, (x * across, y * down), (across, down)));
        }
    }
    Pixels {
        width,
        height,
        rgba: Arc::from(rgba),
    }
}

impl Figure {
    /// The figure with half the pixels each way in its pictures; none where they are
    /// few already.
    pub(crate) fn coarser(&self) -> Option<Figure> {
        let mut figure = self.clone();
        (coarsen(&mut figure.body) > 0).then_some(figure)
    }
}

/// Pictures of fewer pixels than this each way are kept.
const COARSEST: usize = 16;

/// How many pictures there were to make coarser.
fn coarsen(body: &mut Body) -> usize {
    match body {
        Body::Panels(panels) => {
            let marks = panels.panels.iter_mut().flat_map(|panel| &mut panel.marks);
            marks.map(coarsen_mark).sum()
        }
        Body::Figures { figures, .. } => figures
            .iter_mut()
            .map(|figure| coarsen(&mut figure.body))
            .sum(),
    }
}

fn coarsen_mark(mark: &mut Mark) -> usize {
    let pictures = match mark {
        Mark::Image(image) => std::slice::from_mut(&mut image.pixels),
        Mark::Thumbnails(thumbnails) => &mut thumbnails.pictures[..],
        _ => return 0,
    };
    let large = pictures
        .iter_mut()
        .filter(|pixels| pixels.width.max(pixels.height) > COARSEST);
    large
        .map(|pixels| *pixels = reduced(pixels, (2, 2)))
        .count()
}

/// The mean colour of a block, each pixel weighing as much as it is opaque.
fn block_mean(pixels: &Pixels, from: (usize, usize), size: (usize, usize)) -> [u8; 4] {
    let mut sums = [0_u64; 4];
    let mut n = 0;
    for y in from.1..(from.1 + size.1).min(pixels.height) {
        for x in from.0..(from.0 + size.0).min(pixels.width) {
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
    use crate::plot::colormap::Colormap;
    use ndarray::{Array3, array};

    fn raster(tensor: impl Into<Tensor>) -> Raster {
        Raster::of(&tensor.into().view()).unwrap()
    }

    fn range(tensor: impl Into<Tensor>, gray: bool) -> (f64, f64, bool) {
        let tensor = tensor.into();
        let ends = finite_ends(tensor.view().to_f64().unwrap());
        let range = ToneRange::fitting(ends, tensor.dtype(), gray);
        (range.low, range.high, range.nominal)
    }

    fn gray() -> Vec<[u8; 3]> {
        Colormap::GRAY.strip(256)
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
        let image = Array3::from_shape_vec((1, 2, 3), vec![0_u8, 128, 255, 1, 2, 3]).unwrap();
        let image = raster(image);
        let (pixels, blank) = image.pixels(image.own_range(), &gray());
        assert_eq!(pixels.rgba.as_slice(), [0, 128, 255, 255, 1, 2, 3, 255]);
        assert_eq!(blank, 0);
    }

    #[test]
    fn the_widest_range_stays_finite_and_nan_is_transparent() {
        let image = raster(array![[f64::MIN, f64::MAX, f64::NAN, 0.0]]);
        let (pixels, blank) = image.pixels(image.own_range(), &gray());
        assert_eq!(
            pixels.rgba.as_slice(),
            [
                0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 0, 128, 128, 128, 255
            ]
        );
        assert_eq!(blank, 1);
    }

    #[test]
    fn opacity_has_a_range_of_its_own() {
        let alpha = |values: Vec<f64>| {
            let image = raster(Array3::from_shape_vec((1, 2, 4), values).unwrap());
            let (pixels, _) = image.pixels(image.own_range(), &gray());
            (pixels.rgba[3], pixels.rgba[7], image.own_range().high)
        };
        let shares = vec![-1.0, 0.0, 3.0, 1.0, 0.0, 0.0, 0.0, 0.5];
        assert_eq!(alpha(shares), (255, 128, 3.0));
        let bytes = vec![0.0, 0.0, 90.0, 255.0, 0.0, 0.0, 0.0, 51.0];
        assert_eq!(alpha(bytes), (255, 51, 90.0));
    }

    #[test]
    fn blocks_are_averaged() {
        let image = raster(array![[0_u8, 255, 10], [255, 0, 20]]);
        let (whole, _) = image.pixels(ToneRange::between(0.0, 255.0), &gray());
        let half = reduced(&whole, (2, 2));
        assert_eq!((half.width, half.height), (2, 1));
        assert_eq!(half.rgba.as_slice(), [128, 128, 128, 255, 15, 15, 15, 255]);
        let flat = reduced(&whole, (1, 2));
        assert_eq!((flat.width, flat.height), (3, 1));
    }
}
