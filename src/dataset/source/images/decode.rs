//! From a file to pixels, whatever the file holds.

use std::io::{Cursor, Read};
use std::path::Path;

use image::imageops::FilterType;
use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Luma,
};
use ndarray::Array;

use super::jpeg;
use super::options::{ColorMode, Format, MOST_PIXELS};
use crate::error::{Error, Result, guarded};
use crate::tensor::{RegularFile, Tensor};

/// Neither a file nor the pixels in it may be larger: `image`'s own default, which
/// holds 178 million pixels in colour.
const MOST_BYTES: u64 = 512 << 20;

/// What a PNG may hold beside its pixels: profiles of colours and texts, which are
/// deflated too. `image` inflates them before anybody asks for them.
const MOST_BESIDE: u64 = 16 << 20;

/// No side may be longer: the most that JPEG and GIF can say.
const LONGEST_SIDE: u32 = 65_535;

/// The height and width of the picture in a file, all of which can be read.
pub(super) fn size_of(path: &Path) -> Result<(usize, usize)> {
    decoded(|| {
        let picture = picture(path)?;
        Ok((picture.height() as usize, picture.width() as usize))
    })
}

/// The picture in a file, made into `format`.
pub(super) fn read(path: &Path, format: Format) -> Result<Tensor> {
    decoded(|| {
        let samples = fitted(picture(path)?, format)?;
        let pixels = Array::from_shape_vec(format.shape(), samples).map_err(|err| {
            Error::internal(format!(
                "the samples of a picture do not fit its size: {err}"
            ))
        })?;
        Ok(Tensor::from(pixels))
    })
}

/// The picture in a file, upright.
fn picture(path: &Path) -> Result<DynamicImage> {
    let bytes = contents(path)?;
    let format = format_of(&bytes)?;
    if format == ImageFormat::Jpeg && !jpeg::is_whole(&bytes) {
        return Err(cut_short(format));
    }
    decode(&bytes, format)
}

/// All bytes of a regular file.
fn contents(path: &Path) -> Result<Vec<u8>> {
    let file = RegularFile::open(path)?;
    if file.length() > MOST_BYTES {
        return Err(Error::file(format!(
            "expected a picture of at most {MOST_BYTES} bytes, but found a file of {}",
            file.length()
        )));
    }
    let mut bytes = Vec::new();
    // It may grow meanwhile.
    file.cursor()
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|err| Error::file(format!("cannot read the file: {err}")))?;
    Ok(bytes)
}

/// By the first bytes: what the name says is often wrong.
fn format_of(bytes: &[u8]) -> Result<ImageFormat> {
    let found = match image::guess_format(bytes) {
        Ok(
            format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Bmp | ImageFormat::Gif),
        ) => return Ok(format),
        Ok(other) => format!("{other:?}; convert it first"),
        Err(_) if bytes.is_empty() => "an empty file".to_owned(),
        Err(_) => "other contents".to_owned(),
    };
    Err(Error::file(format!(
        "expected a PNG, JPEG, BMP or GIF picture, but found {found}"
    )))
}

/// The first picture of an animation, turned as the camera was held.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage> {
    let failed = |err| failed(err, format);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(match format {
        // Its decoder counts everything but the pixels.
        ImageFormat::Png => MOST_BESIDE,
        _ => MOST_BYTES,
    });
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    check_size(&decoder)?;
    let orientation = decoder.orientation().map_err(failed)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(failed)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn failed(err: ImageError, format: ImageFormat) -> Error {
    match err {
        ImageError::Limits(_) => wrong_size(&format!(
            "a larger one, or more than {MOST_BESIDE} bytes beside its pixels"
        )),
        // Nothing but the end can go wrong with reading from memory.
        ImageError::IoError(_) => cut_short(format),
        err => Error::file(format!("cannot read the picture: {err}")),
    }
}

fn cut_short(format: ImageFormat) -> Error {
    Error::file(format!(
        "the file ends inside its {} picture; it is truncated",
        format!("{format:?}").to_uppercase()
    ))
}

/// Not all decoders keep to the limits, so what a file declares is checked before
/// anything is made of it.
fn check_size(decoder: &impl ImageDecoder) -> Result<()> {
    let (width, height) = decoder.dimensions();
    let sides = 1..=LONGEST_SIDE;
    let fits = sides.contains(&width) && sides.contains(&height);
    match fits && decoder.total_bytes() <= MOST_BYTES {
        true => Ok(()),
        false => Err(wrong_size(&format!("a size of {height} × {width}"))),
    }
}

fn wrong_size(found: &str) -> Error {
    Error::file(format!(
        "expected a picture of 1 to {LONGEST_SIDE} pixels a side and at most {MOST_BYTES} bytes, but the file declares {found}"
    ))
}

/// The samples of the picture in this format, row by row.
fn fitted(picture: DynamicImage, format: Format) -> Result<Vec<u8>> {
    let picture = match format.color_mode {
        ColorMode::Rgb => picture.into_rgb8().into(),
        ColorMode::Rgba => picture.into_rgba8().into(),
        ColorMode::Grayscale => gray(picture).into(),
    };
    Ok(resized(picture, format)?.into_bytes())
}

/// `into_luma8` weighs colours by Rec. 709, and TensorFlow, Pillow and JPEG itself by
/// Rec. 601.
fn gray(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_color() {
        return picture.into_luma8();
    }
    let rgb = picture.into_rgb8();
    GrayImage::from_fn(rgb.width(), rgb.height(), |x, y| {
        let [r, g, b] = rgb.get_pixel(x, y).0.map(u32::from);
        // At most 255, as the weights are 1000 together.
        Luma([((299 * r + 587 * g + 114 * b + 500) / 1000) as u8])
    })
}

fn resized(picture: DynamicImage, format: Format) -> Result<DynamicImage> {
    let (height, width) = (format.height, format.width);
    if (picture.height(), picture.width()) == (height, width) {
        return Ok(picture);
    }
    // Heights are changed first, then widths.
    if u64::from(picture.width()) * u64::from(height) > MOST_PIXELS {
        return Err(Error::file(format!(
            "expected a picture that takes at most {MOST_PIXELS} pixels on the way to {height} × {width}, but found one of {} × {}",
            picture.height(),
            picture.width()
        )));
    }
    Ok(picture.resize_exact(width, height, FilterType::Triangle))
}

/// A panic of a decoder becomes an error: the pictures are the user's.
fn decoded<R>(read: impl FnOnce() -> Result<R>) -> Result<R> {
    guarded(read, |said| {
        Error::file(format!("the decoder panicked ({said})"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_a_decoder_is_an_error_of_its_file() {
        let err = decoded(|| -> Result<()> { panic!("index 3 out of bounds") }).unwrap_err();
        assert_eq!(
            err.to_string(),
            "the decoder panicked (index 3 out of bounds)"
        );
        assert!(err.is_file());
        let text = String::from("owned");
        let err = decoded(|| -> Result<()> { std::panic::panic_any(text) }).unwrap_err();
        assert_eq!(err.to_string(), "the decoder panicked (owned)");
    }
}
