//! Pictures of bytes whose channels are shown as they are: most pictures are such, and
//! they need no numbers in between.

use std::sync::Arc;

use super::channels::Channels;
use super::frames::Pictures;
use super::tones::Spread;
use crate::plot::figure::Pixels;
use crate::plot::pixels::ToneRange;
use crate::tensor::{DType, TensorView};

/// The bytes of a picture of 1, 3 or 4 channels, pixel by pixel from the top left.
pub(super) struct Bytes<'a> {
    width: usize,
    height: usize,
    channels: usize,
    values: &'a [u8],
}

/// The shade of each byte.
pub(super) type Shades = [u8; 256];

/// The shades of bytes in a range.
pub(super) fn shades(range: ToneRange) -> Shades {
    std::array::from_fn(|value| range.shade(value as f64))
}

impl<'a> Bytes<'a> {
    /// The picture, if it is one of bytes shown as they are.
    pub(super) fn of(channels: &Channels, image: &TensorView<'a>) -> Option<Bytes<'a>> {
        let TensorView::UInt8(array) = image else {
            return None;
        };
        let (height, width, own) = channels.layout(image.shape())?;
        let own = own.unwrap_or(1);
        let values = array.clone().to_slice()?;
        (channels.are_plain(own) && matches!(own, 1 | 3 | 4)).then_some(Bytes {
            width,
            height,
            channels: own,
            values,
        })
    }

    /// The least and the greatest shade; how opaque a pixel is, is none.
    fn ends(&self) -> Option<(u8, u8)> {
        let wider = |(low, high): (u8, u8), v: u8| (low.min(v), high.max(v));
        let none = (u8::MAX, u8::MIN);
        let ends = match self.channels {
            4 => {
                let pixels = self.values.as_chunks::<4>().0.iter();
                pixels.fold(none, |ends, pixel| {
                    pixel[..3].iter().copied().fold(ends, wider)
                })
            }
            _ => self.values.iter().copied().fold(none, wider),
        };
        (!self.values.is_empty()).then_some(ends)
    }

    /// The range that fits this picture alone.
    pub(super) fn own_range(&self) -> ToneRange {
        let ends = self.ends().map(|(low, high)| (low.into(), high.into()));
        ToneRange::fitting(ends, DType::UInt8, self.channels == 1)
    }

    /// The picture in these shades; those of one channel are colours.
    pub(super) fn pixels(&self, shades: &Shades, colors: &[[u8; 3]]) -> Pixels {
        let shade = |value: u8| shades[usize::from(value)];
        let rgba = match self.channels {
            4 => colored(self.values, |[r, g, b, a]| {
                [shade(r), shade(g), shade(b), a]
            }),
            3 => colored(self.values, |[r, g, b]| [shade(r), shade(g), shade(b), 255]),
            _ => colored(self.values, |[value]| {
                let color = colors.get(usize::from(shade(value)));
                let [r, g, b] = color.copied().unwrap_or_default();
                [r, g, b, 255]
            }),
        };
        Pixels {
            width: self.width,
            height: self.height,
            rgba: Arc::from(rgba),
        }
    }
}

/// The bytes of pixels in their colours.
fn colored<const N: usize>(bytes: &[u8], color: impl Fn([u8; N]) -> [u8; 4]) -> Vec<u8> {
    let pixels = bytes.as_chunks::<N>().0;
    let mut rgba = vec![0; pixels.len() * 4];
    for (to, from) in rgba.as_chunks_mut::<4>().0.iter_mut().zip(pixels) {
        *to = color(*from);
    }
    rgba
}

/// What is known of the values of all pictures, if they are bytes shown as they are.
pub(super) fn spread(channels: &Channels, pictures: &Pictures<'_>) -> Option<Spread> {
    let mut spread = Spread::none();
    for picture in pictures.pictures() {
        let bytes = Bytes::of(channels, &picture.image)?;
        let ends = bytes.ends().map(|(low, high)| (low.into(), high.into()));
        let pixels = bytes.width * bytes.height;
        spread.add(
            ends,
            bytes.channels == 1,
            DType::UInt8,
            pixels * bytes.channels.min(3),
        );
    }
    Some(spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tensor;
    use crate::plot::colormap::Colormap;
    use ndarray::Array3;

    #[test]
    fn bytes_have_the_shades_and_ranges_of_numbers() {
        let colors = Colormap::GRAY.strip(256);
        for channels in [1, 3, 4] {
            let image = Array3::from_shape_fn((5, 7, channels), |(y, x, c)| {
                (y * 31 + x * 17 + c * 5 + 20) as u8
            });
            let image = Tensor::from(image);
            let plain = Channels::default();
            let bytes = Bytes::of(&plain, &image.view()).unwrap();
            let numbers = plain.raster(&image.view()).unwrap();
            assert_eq!(bytes.own_range(), numbers.own_range());
            for range in [bytes.own_range(), ToneRange::between(40.0, 90.5)] {
                let expected = numbers.pixels(range, &colors);
                assert_eq!(bytes.pixels(&shades(range), &colors).rgba, expected.0.rgba);
            }
        }
    }
}
