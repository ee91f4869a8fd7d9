//! Matches of eight bytes and more, and runs, found in a hurry: for differences between
//! pixels, as photographs and the like repeat little but zeros.

use std::ops::Range;

use super::matches::{LONGEST, Match, Sequence, WINDOW, common, hash_bits};

/// After so many bytes without a match, every other one is passed over; and so on.
const PATIENCE: usize = 64;

/// So many times the byte before are a match too: the gaps between pictures.
const RUN: u32 = 4;

/// Hands what the bytes of `part`, so many to a pixel, are to `take`.
pub(super) fn each(bytes: &[u8], part: Range<usize>, pixel: usize, mut take: impl FnMut(Sequence)) {
    let bytes = &bytes[part];
    let bits = hash_bits(bytes.len());
    // The last place of each hash, its lower bits: no match lies further away.
    let mut last = vec![0_u16; 1 << bits];
    let (mut at, mut done, mut misses) = (0, 0, 0);
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let now = u64::from_le_bytes(*eight);
        let hash = now.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits);
        let known = std::mem::replace(&mut last[hash as usize], at as u16);
        let back = usize::from((at as u16).wrapping_sub(known));
        let Some(distance) = distance(bytes, at, now, [pixel, back]) else {
            at += 1 + misses / PATIENCE;
            misses += 1;
            continue;
        };
        let from = at - distance;
        let most = (bytes.len() - at).min(LONGEST);
        let after = common(&bytes[from..from + most], &bytes[at..at + most]);
        // It may have begun among the bytes that were passed over.
        let passed = bytes[done..at].iter().rev().zip(bytes[..from].iter().rev());
        let before = passed.take(LONGEST - after).take_while(|(a, b)| a == b);
        let before = before.count();
        take(Sequence {
            literals: at - before - done,
            found: Match {
                length: (before + after) as u16,
                distance: distance as u16,
            },
        });
        at += after;
        (done, misses) = (at, 0);
    }
    take(Sequence {
        literals: bytes.len() - done,
        found: Match::NONE,
    });
}

/// How far back a match for the eight bytes `now` lies: at the byte or the pixel before,
/// or where such bytes were last.
fn distance(bytes: &[u8], at: usize, now: u64, [pixel, back]: [usize; 2]) -> Option<usize> {
    let alike = |distance: usize| {
        let from = at.checked_sub(distance);
        let eight = from.and_then(|from| bytes[from..].first_chunk());
        eight.map_or(0, |eight| {
            (u64::from_le_bytes(*eight) ^ now).trailing_zeros() / 8
        })
    };
    let run = alike(1);
    if run == 8 {
        return Some(1);
    }
    if alike(pixel) == 8 {
        return Some(pixel);
    }
    // Of equal bytes the first one is best as it is: the others repeat it.
    let begins = now == now.rotate_left(8);
    if !begins && (1..=WINDOW).contains(&back) && alike(back) == 8 {
        return Some(back);
    }
    (run >= RUN).then_some(1)
}
