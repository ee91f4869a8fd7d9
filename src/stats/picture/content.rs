//! A hash that only equal pictures share.

use std::hash::{DefaultHasher, Hasher};

use super::Picture;

/// A hash of the size and the samples: two independent ones of 64 bits each.
///
/// Among a million pictures, chances are below 1e-26 that two different ones
/// share it, so that equal hashes need no second look (CleanVision's are of 128
/// bits too: MD5, of the samples without the size). Pictures are compared as
/// they are here, with 8 bits a sample: what differs by less is equal.
#[cfg_attr(not(test), expect(dead_code, reason = "for pictures of two data sets"))]
pub(crate) fn content_hash(picture: &Picture) -> u128 {
    u128::from(salted(picture, 0)) << 64 | u128::from(salted(picture, 1))
}

fn salted(picture: &Picture, salt: u8) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u8(salt);
    for length in [picture.width, picture.height, picture.channels] {
        hasher.write_usize(length);
    }
    hasher.write(&picture.samples);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hash(width: usize, height: usize, channels: usize, samples: &[u8]) -> u128 {
        content_hash(&Picture::new(width, height, channels, samples.to_vec()).unwrap())
    }

    #[test]
    fn the_size_counts() {
        let hashes = [
            hash(12, 1, 1, &[0; 12]),
            hash(1, 12, 1, &[0; 12]),
            hash(4, 1, 3, &[0; 12]),
            hash(3, 1, 4, &[0; 12]),
        ];
        for (i, a) in hashes.iter().enumerate() {
            assert!(hashes[..i].iter().all(|b| a != b));
        }
    }

    proptest! {
        #[test]
        fn one_sample_changes_both_halves(at in 0usize..64, by in 1u8..) {
            let mut samples = [3; 64];
            let before = hash(8, 8, 1, &samples);
            samples[at] = samples[at].wrapping_add(by);
            let changed = before ^ hash(8, 8, 1, &samples);
            prop_assert!((changed >> 64) as u64 != 0 && changed as u64 != 0);
        }
    }
}
