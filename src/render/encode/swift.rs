//! Matches of eight bytes and more, found in a hurry: for differences between pixels, as
//! photographs and the like repeat little but zeros.

use std::ops::Range;

use super::matches::{LONGEST, Match, Sequence, WINDOW, common, hash_bits};

/// After so many bytes without a match, every other one is passed over; and so on.
const PATIENCE: usize = 64;

/// Hands what the bytes of `part`, so many to a pixel, are to `take`.
pub(super) fn each(bytes: &[u8], part: Range<usize>, pixel: usize, mut take: impl FnMut(Sequence)) {
    let bytes = &bytes[part];
    let bits = hash_bits(bytes.len());
    let mut last = vec![0_u32; 1 << bits];
    let (mut at, mut done, mut misses) = (0, 0, 0);
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let now = u64::from_le_bytes(*eight);
        let hash = now.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits);
        let known = std::mem::replace(&mut last[hash as usize], at as u32) as usize;
        // What repeats the byte or the pixel before does so near by.
        let run = [1, pixel].into_iter().find(|&distance| {
            let from = at.checked_sub(distance);
            from.and_then(|from| bytes[from..].first_chunk()) == Some(eight)
        });
        let from = run.map_or(known, |distance| at - distance);
        // Of equal bytes the first one is best as it is: the others repeat it.
        let begins = run.is_none() && now == now.rotate_left(8);
        let near = from < at && at - from <= WINDOW;
        if begins || !near || bytes[from..].first_chunk::<8>() != Some(eight) {
            at += 1 + misses / PATIENCE;
            misses += 1;
            continue;
        }
        let most = (bytes.len() - at).min(LONGEST);
        let length = common(&bytes[from..from + most], &bytes[at..at + most]);
        take(Sequence {
            literals: at - done,
            found: Match {
                length: length as u16,
                distance: (at - from) as u16,
            },
        });
        at += length;
        (done, misses) = (at, 0);
    }
    take(Sequence {
        literals: bytes.len() - done,
        found: Match::NONE,
    });
}
