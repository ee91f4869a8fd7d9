//! A zlib stream (RFC 1950), its parts made by several threads.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

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
    for part in each(parts, make) {
        stream.extend_from_slice(&part.bytes);
        sum = sum.followed_by(part.sum);
    }
    stream.extend_from_slice(&sum.value().to_be_bytes());
    stream
}

/// What `make` makes of each number below `count`, in their order.
pub(super) fn each<T: Send>(count: usize, make: &(dyn Fn(usize) -> T + Sync)) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return made;
            }
            made.push((number, make(number)));
        }
    };
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(count);
    let mut made: Vec<(usize, T)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            match other.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_unstable_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, made)| made).collect()
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
        let mut sum = Adler::default();
        // So many bytes do not overflow sums of 32 bits.
        for part in bytes.chunks(4096) {
            let (mut plain, mut weighted) = (0_u32, 0_u32);
            let parts = part.as_chunks::<32>();
            for chunk in parts.0 {
                weighted = weighted.wrapping_add(plain.wrapping_mul(32));
                let weights = (1..=32_u32).rev();
                let values = chunk.iter().map(|&v| u32::from(v));
                let (mut own, mut own_weighted) = (0_u32, 0_u32);
                for (value, weight) in values.zip(weights) {
                    own = own.wrapping_add(value);
                    own_weighted = own_weighted.wrapping_add(value.wrapping_mul(weight));
                }
                plain = plain.wrapping_add(own);
                weighted = weighted.wrapping_add(own_weighted);
            }
            for &value in parts.1 {
                plain = plain.wrapping_add(value.into());
                weighted = weighted.wrapping_add(plain);
            }
            let length = part.len() as u64;
            sum.high = (sum.high + length * sum.low + u64::from(weighted)) % BASE;
            sum.low = (sum.low + u64::from(plain)) % BASE;
            sum.length += length;
        }
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
