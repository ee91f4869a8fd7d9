//! Files of pictures.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A picture of one colour.
pub(crate) fn plain(width: u32, height: u32, color: [u8; 3]) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb(color)).into()
}

/// A picture in which no two pixels next to one another agree.
pub(crate) fn colorful(width: u32, height: u32) -> DynamicImage {
    let pixel = |x, y| Rgb([x * 37 + y * 101, x * 11 + y * 7, y * 59].map(|v: u32| v as u8));
    RgbImage::from_fn(width, height, pixel).into()
}

/// The bytes of a file that holds the picture.
pub(crate) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

pub(crate) fn png(picture: &DynamicImage) -> Vec<u8> {
    encoded(picture, ImageFormat::Png)
}
