//! Our own PNG files as pixels again, so that several can be laid on one page.

use std::io::Cursor;

use png::{ColorType, Decoder, Transformations};

use super::raster::Raster;
use crate::error::{Error, Result};
use crate::list::pixel_bytes;

/// The pixels of a PNG file that this crate wrote: opaque, eight bits or fewer.
pub(crate) fn decode_png(bytes: &[u8]) -> Result<Raster> {
    let failed =
        |err: png::DecodingError| Error::internal(format!("reading a PNG of our own: {err}"));
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(failed)?;
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| Error::internal("a PNG of our own is too large"))?;
    let mut samples = vec![0; size];
    let info = reader.next_frame(&mut samples).map_err(failed)?;
    samples.truncate(info.buffer_size());
    let rgb = match info.color_type {
        ColorType::Rgb => samples,
        ColorType::Grayscale => pixel_bytes(samples.iter().map(|&v| [v; 3])),
        ColorType::Rgba => pixel_bytes(samples.chunks_exact(4).map(|p| [p[0], p[1], p[2]])),
        other => return Err(Error::internal(format!("a PNG of our own holds {other:?}"))),
    };
    Ok(Raster {
        width: info.width,
        height: info.height,
        rgb,
    })
}

#[cfg(test)]
mod tests {
    use super::super::encode_png;
    use super::*;

    #[test]
    fn decoding_undoes_encoding() {
        let few = Raster {
            width: 2,
            height: 1,
            rgb: vec![255, 255, 255, 1, 2, 3],
        };
        let many: Vec<u8> = (0..300 * 3).map(|i: i32| (i * i % 251) as u8).collect();
        let many = Raster {
            width: 30,
            height: 10,
            rgb: many,
        };
        for raster in [few, many] {
            assert_eq!(decode_png(&encode_png(&raster).unwrap()).unwrap(), raster);
        }
        assert!(decode_png(b"nonsense").unwrap_err().is_internal());
    }
}
