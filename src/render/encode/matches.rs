//! What bytes repeat of those before them: literals and matches, as deflate has them.

use std::ops::Range;

/// How far back a match may lie, and how long it may be.
pub(super) const WINDOW: usize = 1 << 15;
pub(super) const LONGEST: usize = 258;
const SHORTEST: u16 = 3;

/// So many bytes as they are, and then a match; none (of length 0) at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    pub(super) literals: usize,
    pub(super) found: Match,
}

/// A repetition of what lies so far back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) length: u16,
    pub(super) distance: u16,
}

impl Match {
    pub(super) const NONE: Match = Match {
        length: 0,
        distance: 0,
    };
}

/// Matches no further away than this are worth their bits at any length; others are of
/// five bytes or more.
const NEAR: usize = 256;
const LEAST: usize = 5;

/// So many earlier places that seem to begin alike are tried.
const PLACES: usize = 24;

/// Where a match of so many bytes is as good as any.
const GOOD: usize = 128;

/// The bytes of a match are places to look for; of one that is longer, so many at its
/// beginning.
const WHOLE: usize = 24;
const NOTED: usize = 8;

/// Bits of a hash, at most.
const BITS: u32 = 14;

/// Bits of a hash that tells so many places apart.
pub(super) fn hash_bits(places: usize) -> u32 {
    (places.max(16).ilog2() + 1).min(BITS)
}

/// After so many bytes without a match, every other one is passed over; and so on.
const PATIENCE: usize = 64;

/// Finds matches in rows of equal length.
pub(super) struct Finder<'a> {
    bytes: &'a [u8],
    /// Distances at which repetition is likely: a pixel, a row, and the last one of a match
    /// that was neither: rows that are told as repeated lie between a row and the one that
    /// it resembles.
    likely: [usize; 3],
    bits: u32,
    /// The last place, plus one, of each hash; and the one before each place.
    last: Vec<u32>,
    before: Vec<u32>,
    /// The first place that is not noted yet.
    next: usize,
}

impl<'a> Finder<'a> {
    pub(super) fn new(bytes: &'a [u8], [pixel, row]: [usize; 2]) -> Finder<'a> {
        let bits = hash_bits(bytes.len());
        Finder {
            bytes,
            likely: [pixel, row, row],
            bits,
            last: vec![0; 1 << bits],
            before: vec![0; WINDOW.min(bytes.len())],
            next: 0,
        }
    }

    /// Hands what the bytes of `part` are to `take`, which may be repetitions of what
    /// lies before it.
    pub(super) fn each(&mut self, part: Range<usize>, mut take: impl FnMut(Sequence)) {
        let (mut at, end) = (part.start, part.end);
        let (mut done, mut misses) = (at, 0);
        self.next = at;
        while at < end {
            let Some(mut found) = self.find(at, end) else {
                at += 1 + misses / PATIENCE;
                misses += 1;
                continue;
            };
            misses = 0;
            // A longer match may begin one byte later.
            if usize::from(found.length) < GOOD {
                let later = self.find(at + 1, end);
                if let Some(later) = later.filter(|later| later.length > found.length) {
                    at += 1;
                    found = later;
                }
            }
            let distance = usize::from(found.distance);
            if !self.likely.contains(&distance) {
                self.likely[2] = distance;
            }
            let literals = at - done;
            take(Sequence { literals, found });
            // What repeats at length is found again by its beginning.
            let length = usize::from(found.length);
            let noted = if length < WHOLE { length } else { NOTED };
            for place in at..at + noted {
                self.remember(place);
            }
            at += length;
            done = at;
        }
        take(Sequence {
            literals: end - done,
            found: Match::NONE,
        });
    }

    /// The best match for what begins at a place.
    fn find(&mut self, at: usize, end: usize) -> Option<Match> {
        let most = end.saturating_sub(at).min(LONGEST);
        let mut best = Match {
            length: SHORTEST - 1,
            distance: 0,
        };
        for distance in self.likely {
            if distance <= at
                && self.improve(&mut best, at, distance, most)
                && usize::from(best.length) >= GOOD
            {
                return Some(best);
            }
        }
        let mut place = self.remember(at);
        for _ in 0..PLACES {
            let Some(from) = place.filter(|from| at - from <= WINDOW) else {
                break;
            };
            self.improve(&mut best, at, at - from, most);
            // Older places may have been written over by newer ones.
            let before = self.before[from % WINDOW] as usize;
            place = before.checked_sub(1).filter(|before| *before < from);
        }
        (best.distance > 0).then_some(best)
    }

    /// Takes the match at a distance if it is longer, and worth it; tells whether.
    fn improve(&self, best: &mut Match, at: usize, distance: usize, most: usize) -> bool {
        let from = at - distance;
        let beyond = usize::from(best.length);
        if beyond >= most || self.bytes[from + beyond] != self.bytes[at + beyond] {
            return false;
        }
        let length = common(&self.bytes[from..from + most], &self.bytes[at..at + most]);
        let better = length > beyond && (distance <= NEAR || length >= LEAST);
        if better {
            *best = Match {
                length: length as u16,
                distance: distance as u16,
            };
        }
        better
    }

    /// Notes a place, and returns the last one that seems to begin alike.
    fn remember(&mut self, at: usize) -> Option<usize> {
        let four = self.bytes.get(at..)?.first_chunk::<4>()?;
        let hash = u32::from_le_bytes(*four).wrapping_mul(0x9E37_79B1) >> (32 - self.bits);
        let last = &mut self.last[hash as usize];
        let place = last.checked_sub(1);
        if at >= self.next {
            self.next = at + 1;
            self.before[at % WINDOW] = *last;
            *last = at as u32 + 1;
        }
        place
            .map(|place| place as usize)
            .filter(|place| *place < at)
    }
}

/// How many bytes are the same at the beginning of two slices of one length.
pub(in crate::render) fn common(a: &[u8], b: &[u8]) -> usize {
    // Long runs are the rule in figures.
    let (wide, others) = (a.as_chunks::<32>().0, b.as_chunks::<32>().0);
    let pairs = wide.iter().zip(others);
    let mut same = 32 * pairs.take_while(|(a, b)| a == b).count();
    let (eights, others) = (a[same..].as_chunks::<8>().0, b[same..].as_chunks::<8>().0);
    for (a, b) in eights.iter().zip(others) {
        let different = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if different != 0 {
            return same + (different.trailing_zeros() / 8) as usize;
        }
        same += 8;
    }
    let rest = a[same..].iter().zip(&b[same..]);
    same + rest.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that sequences stand for, as far as they are literals of `bytes`.
    fn rebuilt(bytes: &[u8], sequences: &[Sequence]) -> Vec<u8> {
        let mut out: Vec<u8> = Vec::new();
        for Sequence { literals, found } in sequences {
            out.extend_from_slice(&bytes[out.len()..out.len() + literals]);
            for _ in 0..found.length {
                out.push(out[out.len() - usize::from(found.distance)]);
            }
        }
        out
    }

    #[test]
    fn sequences_stand_for_the_bytes() {
        let wild = |i: usize| ((i * i) >> 3) as u8;
        for length in [0, 1, 3, 7, 9, 300, 5000, 80_000] {
            let bytes: Vec<u8> = (0..length).map(|i| wild(i % 700 + i / 3000)).collect();
            let mut thorough = Vec::new();
            Finder::new(&bytes, [1, 50]).each(0..length, |found| thorough.push(found));
            assert!(rebuilt(&bytes, &thorough) == bytes, "{length}");
            let mut swift = Vec::new();
            crate::render::encode::swift::each(&bytes, 0..length, 3, |found| swift.push(found));
            assert!(rebuilt(&bytes, &swift) == bytes, "{length}");
            assert!(length < 5000 || thorough.len().max(swift.len()) < length / 20);
        }
    }

    #[test]
    fn a_part_repeats_what_lies_before_it() {
        let bytes = b"abcdefgh-abcdefgh";
        let mut found = Vec::new();
        Finder::new(bytes, [1, 9]).each(9..17, |sequence| found.push(sequence));
        let match_of = |length, distance| Match { length, distance };
        assert_eq!(found[0].found, match_of(8, 9));
        assert_eq!(found[1].found, Match::NONE);
    }
}
