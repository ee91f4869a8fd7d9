//! PNG files, in the smallest of the ways to store their pixels that can be
//! found out cheaply.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::raster::{Raster, SCALE};
use crate::error::{Error, Result};
use crate::plot::figure::Pixels;

/// A figure's pixels as a PNG file that states its logical size.
pub(crate) fn encode_png(raster: &Raster) -> Result<Vec<u8>> {
    let pixels = raster.rgb.chunks_exact(3).map(|p| [p[0], p[1], p[2], 255]);
    encode(raster.width, raster.height, pixels, Some(density()))
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
    let rgba = pixels
        .rgba
        .chunks_exact(4)
        .map(|p| [p[0], p[1], p[2], p[3]]);
    encode(size(pixels.width)?, size(pixels.height)?, rgba, None)
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

fn encode(
    width: u32,
    height: u32,
    pixels: impl Iterator<Item = [u8; 4]> + Clone,
    density: Option<PixelDimensions>,
) -> Result<Vec<u8>> {
    let stored = match Palette::of(pixels.clone()) {
        Some(palette) => palette.store(width as usize, pixels),
        None => store_channels(pixels),
    };
    let trials = stored.filters(density.is_some()).iter().map(|&filter| {
        write(width, height, &stored, density, filter)
            .map_err(|error| Error::internal(format!("writing a PNG of {width}×{height}: {error}")))
    });
    let files = trials.collect::<Result<Vec<_>>>()?;
    let smallest = files.into_iter().min_by_key(Vec::len);
    smallest.ok_or_else(|| Error::internal("no way of storing a PNG was tried"))
}

/// Samples as a PNG holds them.
struct Stored {
    color: ColorType,
    depth: BitDepth,
    palette: Vec<u8>,
    alphas: Vec<u8>,
    bytes: Vec<u8>,
}

impl Stored {
    /// The filters worth trying: none (plots), differences to the neighbour before or
    /// above (enlarged pictures, fields of numbers) and to a mean of neighbours
    /// (photographs). On a page of few colours differences say nothing, and on a very
    /// large one each trial takes too long.
    fn filters(&self, page: bool) -> &'static [Filter] {
        const LARGE: usize = 1 << 23;
        match self.color {
            ColorType::Indexed if page || self.bytes.len() > LARGE => &[Filter::NoFilter],
            ColorType::Indexed => &[Filter::NoFilter, Filter::Sub, Filter::Up],
            _ if self.bytes.len() <= LARGE => &[Filter::NoFilter, Filter::Up, Filter::Paeth],
            _ => &[Filter::Up],
        }
    }
}

fn write(
    width: u32,
    height: u32,
    stored: &Stored,
    density: Option<PixelDimensions>,
    filter: Filter,
) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(stored.color);
    encoder.set_depth(stored.depth);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(filter);
    encoder.set_pixel_dims(density);
    if !stored.palette.is_empty() {
        encoder.set_palette(&stored.palette[..]);
    }
    if !stored.alphas.is_empty() {
        encoder.set_trns(&stored.alphas[..]);
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&stored.bytes)?;
    writer.finish()?;
    Ok(file)
}

/// The colours of a picture that has at most 256, from dark to bright, so that
/// neighbours on a colormap have neighbouring numbers.
struct Palette {
    colors: Vec<[u8; 4]>,
    numbers: HashMap<[u8; 4], u8>,
}

impl Palette {
    fn of(pixels: impl Iterator<Item = [u8; 4]>) -> Option<Self> {
        let mut palette = Palette {
            colors: Vec::new(),
            numbers: HashMap::new(),
        };
        let mut last = None;
        for color in pixels {
            // Runs of one colour are the rule in figures.
            if last == Some(color) || palette.numbers.contains_key(&color) {
                last = Some(color);
                continue;
            }
            let number = u8::try_from(palette.colors.len()).ok()?;
            palette.numbers.insert(color, number);
            palette.colors.push(color);
            last = Some(color);
        }
        palette.sort();
        Some(palette)
    }

    fn sort(&mut self) {
        let brightness = |[r, g, b, _]: [u8; 4]| u32::from(r) * 2 + u32::from(g) * 5 + u32::from(b);
        self.colors.sort_by_key(|&color| (brightness(color), color));
        let colors = self.colors.iter().enumerate();
        self.numbers = colors.map(|(i, &color)| (color, i as u8)).collect();
    }

    /// Bits that hold the number of a colour.
    fn depth(&self) -> (BitDepth, usize) {
        match self.colors.len() {
            0..=2 => (BitDepth::One, 1),
            3..=4 => (BitDepth::Two, 2),
            5..=16 => (BitDepth::Four, 4),
            _ => (BitDepth::Eight, 8),
        }
    }

    fn store(&self, width: usize, pixels: impl Iterator<Item = [u8; 4]>) -> Stored {
        let (depth, bits) = self.depth();
        let mut last = (self.colors.first().copied().unwrap_or_default(), 0);
        let numbers: Vec<u8> = pixels
            .map(|color| {
                if last.0 != color {
                    last = (color, self.numbers[&color]);
                }
                last.1
            })
            .collect();
        let opaque = self.colors.iter().all(|c| c[3] == 255);
        Stored {
            color: ColorType::Indexed,
            depth,
            palette: self
                .colors
                .iter()
                .flat_map(|c| [c[0], c[1], c[2]])
                .collect(),
            alphas: match opaque {
                true => Vec::new(),
                false => self.colors.iter().map(|c| c[3]).collect(),
            },
            bytes: pack(&numbers, width, bits),
        }
    }
}

/// Several numbers of fewer than eight bits to a byte; each row begins a new
/// byte.
fn pack(numbers: &[u8], width: usize, bits: usize) -> Vec<u8> {
    let pack_byte = |part: &[u8]| {
        let place = |(i, number): (usize, &u8)| number << (8 - bits * (i + 1));
        part.iter()
            .enumerate()
            .map(place)
            .fold(0, |byte, n| byte | n)
    };
    let rows = numbers.chunks(width.max(1));
    rows.flat_map(|row| row.chunks(8 / bits).map(pack_byte))
        .collect()
}

/// As few channels as the pixels need: grey, RGB or RGBA.
fn store_channels(pixels: impl Iterator<Item = [u8; 4]> + Clone) -> Stored {
    let opaque = pixels.clone().all(|p| p[3] == 255);
    // Opaque greys are at most 256 colours, so they have a palette already.
    let (color, kept) = if opaque {
        (ColorType::Rgb, 3)
    } else {
        (ColorType::Rgba, 4)
    };
    Stored {
        color,
        depth: BitDepth::Eight,
        palette: Vec::new(),
        alphas: Vec::new(),
        bytes: pixels.flat_map(|p| p.into_iter().take(kept)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::raster::Target;
    use super::*;

    /// The file's colour type and its pixels expanded to RGBA.
    fn decode(file: &[u8]) -> (ColorType, Vec<u8>) {
        let stored = png::Decoder::new(std::io::Cursor::new(file))
            .read_info()
            .unwrap();
        let color = stored.info().color_type;
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bytes).unwrap();
        (color, bytes)
    }

    #[track_caller]
    fn check(width: usize, height: usize, color: impl Fn(usize) -> [u8; 4], expected: ColorType) {
        let rgba: Vec<u8> = (0..width * height).flat_map(color).collect();
        let pixels = Pixels {
            width,
            height,
            rgba: rgba.clone().into(),
        };
        let (color, bytes) = decode(&encode_pixels(&pixels).unwrap());
        assert_eq!(color, expected);
        assert!(bytes == rgba, "the pixels came back changed");
    }

    #[test]
    fn pixels_come_back_whatever_their_number_of_colours() {
        let cycle = |n: usize| move |i: usize| [(i % n) as u8, 7, 9, 255];
        for n in [1, 2, 3, 4, 5, 16, 17, 256] {
            check(13, 29, cycle(n), ColorType::Indexed);
        }
        let many = |i: usize| [(i % 251) as u8, (i / 251) as u8, 0, 255];
        check(100, 100, many, ColorType::Rgb);
        check(
            100,
            100,
            |i| [(i % 251) as u8, (i / 251) as u8, 0, 90],
            ColorType::Rgba,
        );
        check(5, 3, |i| [0, 0, 0, i as u8 * 10], ColorType::Indexed);
    }

    #[test]
    fn a_figure_states_its_density() {
        let raster = Raster::empty(6, 4, [255; 3]);
        let file = encode_png(&raster).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&file))
            .read_info()
            .unwrap();
        let density = reader.info().pixel_dims.unwrap();
        assert_eq!((density.xppu, density.unit), (7559, Unit::Meter));
        let (_, bytes) = decode(&file);
        assert_eq!(bytes, [255; 6 * 4 * 4]);
    }

    #[test]
    fn an_impossible_size_is_an_error() {
        let err = encode_png(&Raster::empty(0, 0, [255; 3])).unwrap_err();
        assert!(err.is_internal(), "{err}");
    }
}
