//! Matches found in a hurry, for differences between pixels: photographs and the like
//! repeat little but zeros.

use std::ops::Range;

use super::matches::{LONGEST, Token, WINDOW, common};

/// Bits of a hash of eight bytes, the least that a match has.
const BITS: u32 = 14;

/// After so many bytes without a match, every other one is passed over; and so on.
const PATIENCE: usize = 64;

/// Hands what the bytes of `part` are to `take`.
pub(super) fn each(bytes: &[u8], part: Range<usize>, mut take: impl FnMut(Token)) {
    let bytes = &bytes[part];
    let mut last = vec![0_u32; 1 << BITS];
    let (mut at, mut misses) = (0, 0);
    while let Some(eight) = bytes[at..].first_chunk::<8>() {
        let now = u64::from_le_bytes(*eight);
        let hash = now.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS);
        let known = std::mem::replace(&mut last[hash as usize], at as u32) as usize;
        // Zeros after a zero repeat it, whatever was noted.
        let run = at > 0 && now == u64::from(bytes[at - 1]) * 0x0101_0101_0101_0101;
        let from = if run { at - 1 } else { known };
        let alike =
            from < at && at - from <= WINDOW && bytes[from..].first_chunk::<8>() == Some(eight);
        if !alike {
            let step = (1 + misses / PATIENCE).min(bytes.len() - at);
            let passed = &bytes[at..at + step];
            passed.iter().for_each(|byte| take(Token::literal(*byte)));
            misses += 1;
            at += step;
            continue;
        }
        misses = 0;
        let most = (bytes.len() - at).min(LONGEST);
        let length = common(&bytes[from..from + most], &bytes[at..at + most]);
        take(Token {
            length: length as u16,
            distance: (at - from) as u16,
        });
        at += length;
    }
    bytes[at..]
        .iter()
        .for_each(|byte| take(Token::literal(*byte)));
}
