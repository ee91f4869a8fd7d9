//! PNG files, small and quickly made: pixels of few colours by their numbers, others as
//! differences to their neighbours; deflated by as many threads as there are cores.

use crate::list::pixel_bytes;

mod bits;
mod deflate;
mod filter;
mod huffman;
mod matches;
mod palette;
mod swift;
#[cfg(test)]
mod tests;
mod zlib;

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit, chunk};

use super::raster::{Raster, SCALE};
use crate::error::{Error, Result};
use crate::plot::figure::Pixels;
use deflate::Effort;
pub(super) use matches::common;
pub(super) use palette::Indexed;
use zlib::{Adler, Part};

/// A figure's pixels as a PNG file that states its logical size.
pub(crate) fn encode_png(raster: &Raster) -> Result<Vec<u8>> {
    match Indexed::of_page(raster) {
        Some(indexed) => encode_numbers(raster, &indexed),
        None => encode_colors(raster),
    }
}

/// The same, of a page of these few colours.
pub(super) fn encode_numbers(page: &Raster, indexed: &Indexed<3>) -> Result<Vec<u8>> {
    // On a page of few colours differences say nothing.
    let stored = Stored::numbers(indexed, page.width as usize, &[]);
    stored.file((page.width, page.height), Some(density()))
}

/// The same, of a page of too many colours for a palette.
pub(super) fn encode_colors(page: &Raster) -> Result<Vec<u8>> {
    let stored = Stored::channels(&page.rgb, page.width as usize, 3);
    stored.file((page.width, page.height), Some(density()))
}

/// A picture's own pixels as a PNG file.
pub(super) fn encode_pixels(pixels: &Pixels) -> Result<Vec<u8>> {
    let size = |v: usize| {
        u32::try_from(v).map_err(|_| {
            Error::value(format!(
                "expected a picture of at most {} pixels a side, but found {v}",
                u32::MAX
            ))
        })
    };
    let size = (size(pixels.width)?, size(pixels.height)?);
    let rgba = pixels.rgba.as_chunks::<4>().0;
    let stored = match Indexed::<4>::of(&pixels.rgba, pixels.width) {
        Some(indexed) => Stored::numbers(&indexed, pixels.width, &[filter::SUB, filter::UP]),
        None if rgba.iter().all(|pixel| pixel[3] == 255) => {
            let rgb = pixel_bytes(rgba.iter().map(|&[r, g, b, _]| [r, g, b]));
            Stored::channels(&rgb, pixels.width, 3)
        }
        None => Stored::channels(&pixels.rgba, pixels.width, 4),
    };
    stored.file(size, None)
}

/// A logical pixel is 1/96 inch, as in CSS.
fn density() -> PixelDimensions {
    let per_metre = (f64::from(SCALE) * 96.0 / 0.0254).round() as u32;
    PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: Unit::Meter,
    }
}

/// About so many bytes are deflated by themselves.
const PART: usize = 1 << 19;

/// Rows of more bytes are not deflated again and again to find the best filter.
const MOST_TRIED: usize = 1 << 18;

/// A picture as a PNG holds it.
struct Stored {
    color: ColorType,
    depth: BitDepth,
    palette: Vec<u8>,
    alphas: Vec<u8>,
    /// The rows as a zlib stream.
    stream: Vec<u8>,
}

impl Stored {
    /// Numbers of colours as they are but for repeated rows, or in the filter that makes
    /// them smallest.
    fn numbers<const N: usize>(indexed: &Indexed<N>, width: usize, filters: &[u8]) -> Stored {
        let (depth, bits) = match indexed.colors.len() {
            0..=2 => (BitDepth::One, 1),
            3..=4 => (BitDepth::Two, 2),
            5..=16 => (BitDepth::Four, 4),
            _ => (BitDepth::Eight, 8),
        };
        let mut rows = palette::packed(&indexed.numbers, width, bits);
        let alpha = |color: &[u8; N]| color.get(3).copied().unwrap_or(255);
        let alphas: Vec<u8> = indexed.colors.iter().map(alpha).collect();
        let opaque = alphas.iter().all(|&alpha| alpha == 255);
        let colors = indexed.colors.iter();
        let row = (width * bits).div_ceil(8) + 1;
        let trials = filters.iter().filter(|_| rows.len() <= MOST_TRIED);
        let filtered = trials.map(|&filter| deflated(&filter::alike(filter, &rows, row), row));
        let smallest = filtered.min_by_key(Vec::len);
        filter::tell_repeated(&mut rows, row);
        let plain = deflated(&rows, row);
        let smallest = smallest.filter(|smallest| smallest.len() < plain.len());
        Stored {
            color: ColorType::Indexed,
            depth,
            palette: pixel_bytes(colors.map(|color| [color[0], color[1], color[2]])),
            alphas: if opaque { Vec::new() } else { alphas },
            stream: smallest.unwrap_or(plain),
        }
    }

    /// Samples of `pixel` bytes to a pixel.
    fn channels(samples: &[u8], width: usize, pixel: usize) -> Stored {
        let row = width * pixel;
        let color = if pixel == 3 {
            ColorType::Rgb
        } else {
            ColorType::Rgba
        };
        Stored {
            color,
            depth: BitDepth::Eight,
            palette: Vec::new(),
            alphas: Vec::new(),
            stream: filtered(samples, row, pixel),
        }
    }

    fn file(
        &self,
        (width, height): (u32, u32),
        density: Option<PixelDimensions>,
    ) -> Result<Vec<u8>> {
        self.write((width, height), density)
            .map_err(|error| Error::internal(format!("writing a PNG of {width}×{height}: {error}")))
    }

    fn write(
        &self,
        (width, height): (u32, u32),
        density: Option<PixelDimensions>,
    ) -> std::result::Result<Vec<u8>, png::EncodingError> {
        let mut file = Vec::with_capacity(self.stream.len() + 2048);
        let mut encoder = Encoder::new(&mut file, width, height);
        encoder.set_color(self.color);
        encoder.set_depth(self.depth);
        encoder.set_pixel_dims(density);
        if !self.palette.is_empty() {
            encoder.set_palette(&self.palette[..]);
        }
        if !self.alphas.is_empty() {
            encoder.set_trns(&self.alphas[..]);
        }
        let mut writer = encoder.write_header()?;
        for part in self.stream.chunks(i32::MAX as usize) {
            writer.write_chunk(chunk::IDAT, part)?;
        }
        writer.finish()?;
        Ok(file)
    }
}

/// Rows of so many bytes as they are.
fn deflated(rows: &[u8], row: usize) -> Vec<u8> {
    let effort = Effort::Thorough { row };
    let size = (PART / row.max(1)).max(1) * row.max(1);
    let parts = rows.len().div_ceil(size).max(1);
    zlib::stream(parts, &|number| {
        let part = zlib::part_of(number, size, rows.len());
        let sum = Adler::of(&rows[part.clone()]);
        let last = number + 1 == parts;
        Part {
            bytes: deflate::deflated(rows, part, effort, last),
            sum,
        }
    })
}

/// Rows of so many bytes as differences.
fn filtered(samples: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let size = (PART / row.max(1)).max(1) * row.max(1);
    let parts = samples.len().div_ceil(size).max(1);
    let first = vec![0; row];
    zlib::stream(parts, &|number| {
        let part = zlib::part_of(number, size, samples.len());
        let before = match part.start.checked_sub(row) {
            Some(start) => &samples[start..part.start],
            None => &first,
        };
        let rows = filter::filtered(&samples[part], before, row, pixel);
        let last = number + 1 == parts;
        Part {
            sum: Adler::of(&rows),
            bytes: deflate::deflated(&rows, 0..rows.len(), Effort::Swift { pixel }, last),
        }
    })
}
