//! Whether a JPEG file goes on to its end.
//!
//! The decoder behind `image` 0.25 makes up what is missing from one that was cut
//! short, and says nothing.

/// End of image.
const EOI: u8 = 0xD9;

/// Start of scan: what follows is the picture.
const SOS: u8 = 0xDA;

/// Whether the end is marked behind the first data of the picture. What comes
/// before them does not count: a camera puts a small picture there, with an end
/// of its own.
pub(super) fn is_whole(jpeg: &[u8]) -> bool {
    picture_data(jpeg).is_some_and(|data| data.windows(2).rev().any(|pair| pair == [0xFF, EOI]))
}

fn picture_data(jpeg: &[u8]) -> Option<&[u8]> {
    let mut rest = jpeg;
    loop {
        rest = &rest[rest.iter().position(|&byte| byte == 0xFF)? + 1..];
        match rest.first()? {
            // Stuffing, padding, and markers without a length.
            0x00 | 0x01 | 0xD0..=0xD8 | 0xFF => {}
            &SOS => return Some(&rest[1..]),
            _ => {
                let length = u16::from_be_bytes([*rest.get(1)?, *rest.get(2)?]);
                rest = rest.get(1 + usize::from(length)..)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: [u8; 8] = [0xFF, 0xD8, 0xFF, 0xE1, 0, 4, 0xFF, 0xD9];
    const SCAN: [u8; 9] = [0xFF, 0xDA, 0, 2, 17, 0xFF, 0, 0xFF, 0xD0];

    fn file(end: &[u8]) -> Vec<u8> {
        [&HEAD[..], &SCAN, end].concat()
    }

    #[test]
    fn the_end_is_looked_for_behind_the_head() {
        assert!(is_whole(&file(&[0xFF, 0xD9])));
        assert!(is_whole(&file(&[0xFF, 0xD9, 1, 2, 3])));
        assert!(!is_whole(&file(&[])));
        assert!(!is_whole(&file(&[0xFF])));
        assert!(!is_whole(&HEAD));
    }

    #[test]
    fn no_bytes_are_too_odd() {
        for odd in [
            &[][..],
            &[0xFF],
            &[0xFF; 9],
            &[0; 9],
            &[0xFF, 0xE0],
            &[0xFF, 0xE0, 0xFF, 0xFF],
            &[0xFF, 0xE0, 0, 0],
            &[0xFF, 0xE0, 0, 1, 0xFF],
        ] {
            assert!(!is_whole(odd), "{odd:?}");
        }
    }
}
