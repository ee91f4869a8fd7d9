//! Gray from colours.

use super::{Picture, Plane};

/// ITU-R 601's luma in sixteenths of 4096, rounded, as Pillow's `convert("L")`.
pub(super) fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let [r, g, b] = [red, green, blue].map(u32::from);
    // The weights add up to 65,536, so that the sum keeps to 8 bits.
    ((r * 19_595 + g * 38_470 + b * 7_471 + 0x8000) >> 16) as u8
}

/// The picture without its colours, and as if it were opaque.
pub(super) fn gray(picture: &Picture) -> Plane {
    let samples = match picture.channels {
        1 => picture.samples.clone(),
        _ => picture.pixels().map(|p| luma(p[0], p[1], p[2])).collect(),
    };
    Plane {
        width: picture.width,
        height: picture.height,
        samples,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_stays_white() {
        assert_eq!(luma(255, 255, 255), 255);
        assert_eq!(luma(0, 0, 0), 0);
    }

    #[test]
    fn colours_weigh_as_the_eye_sees_them() {
        // Pillow 13.0.0
        let found = [luma(255, 0, 0), luma(0, 255, 0), luma(0, 0, 255)];
        assert_eq!(found, [76, 150, 29]);
    }
}
