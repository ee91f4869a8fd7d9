//! A zlib stream (RFC 1950), its parts made by several threads.

use std::ops::Range;

use crate::parallel::numbered;

/// A part of the stream, and the checksum of what it holds.
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    pub(super) sum: Adler,
}

/// The stream of so many parts, each made by `make`. What it holds does not depend on
/// the number of threads.
pub(super) fn stream(parts: usize, make: &(dyn Fn(usize) -> Part + Sync)) -> Vec<u8> {
    // Deflate with a window of 32 KiB; the header is a multiple of 31.
    let mut stream = vec![0x78, 0x01];
    let mut sum = Adler::default();
    for part in numbered(parts, make) {
        stream.extend_from_slice(&part.bytes);
        sum = sum.followed_by(part.sum);
    }
    stream.extend_from_slice(&sum.value().to_be_bytes());
    stream
}

/// `count` things in parts of `size`.
pub(super) fn part_of(number: usize, size: usize, count: usize) -> Range<usize> {
    number * size..((number + 1) * size).min(count)
}

/// The checksum Adler-32, of which those of parts make that of the whole.
#[derive(Clone, Copy)]
pub(super) struct Adler {
    low: u64,
    high: u64,
    length: u64,
}

const BASE: u64 = 65_521;

/// Bytes that are added at once.
const LANES: usize = 16;

impl Default for Adler {
    fn default() -> Self {
        Adler {
            low: 1,
            high: 0,
            length: 0,
        }
    }
}

impl Adler {
    pub(super) fn of(bytes: &[u8]) -> Adler {
        // So many bytes do not overflow sums of 32 bits.
        let parts = bytes.chunks(LANES * 256).map(Adler::of_part);
        parts.fold(Adler::default(), Adler::followed_by)
    }

    /// The sum of every so many-th byte apart, as a processor adds many at once.
    fn of_part(part: &[u8]) -> Adler {
        let (mut plain, mut weighted) = ([0_u32; LANES], [0_u32; LANES]);
        let (chunks, rest) = part.as_chunks::<LANES>();
        for chunk in chunks {
            for i in 0..LANES {
                weighted[i] = weighted[i].wrapping_add(plain[i]);
                plain[i] = plain[i].wrapping_add(chunk[i].into());
            }
        }
        let mut sum = Adler::default();
        for i in 0..LANES {
            sum.low += u64::from(plain[i]);
            sum.high += u64::from(weighted[i]) * LANES as u64;
            sum.high += u64::from(plain[i]) * (LANES - i) as u64;
        }
        for &value in rest {
            // The first one of `low` is accounted for below.
            sum.high += sum.low - 1;
            sum.low += u64::from(value);
            sum.high += u64::from(value);
        }
        sum.length = part.len() as u64;
        sum.high = (sum.high + sum.length) % BASE;
        sum.low %= BASE;
        sum
    }

    fn followed_by(self, next: Adler) -> Adler {
        let (first, length) = (self.low + BASE - 1, next.length % BASE);
        Adler {
            low: (first + next.low) % BASE,
            high: (self.high + next.high + length * first) % BASE,
            length: self.length + next.length,
        }
    }

    fn value(self) -> u32 {
        (self.high << 16 | self.low) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_adlers_and_parts_make_the_whole() {
        assert_eq!(Adler::of(b"Wikipedia").value(), 0x11E6_0398);
        assert_eq!(Adler::of(&[]).value(), 1);
        let bytes: Vec<u8> = (0..100_000_u32).map(|i| (i * 7 % 256) as u8).collect();
        let (mut low, mut high) = (1, 0);
        for &byte in &bytes {
            low = (low + u32::from(byte)) % 65_521;
            high = (high + low) % 65_521;
        }
        for cut in [0, 1, 15, 4096, 70_001, 100_000] {
            let (a, b) = bytes.split_at(cut);
            let whole = Adler::of(a).followed_by(Adler::of(b));
            assert_eq!(whole.value(), high << 16 | low, "{cut}");
        }
    }
}
