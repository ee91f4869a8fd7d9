//! What bytes repeat of those before them: literals and matches, as deflate has them.

use std::ops::Range;

/// How far back a match may lie, and how long it may be.
pub(super) const WINDOW: usize = 1 << 15;
pub(super) const LONGEST: usize = 258;

/// A byte (where the distance is 0), or the length and distance of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) length: u16,
    pub(super) distance: u16,
}

impl Token {
    pub(super) fn literal(byte: u8) -> Token {
        Token {
            length: byte.into(),
            distance: 0,
        }
    }
}

/// Matches no further away than this are worth their bits at any length; others are of
/// four bytes or more.
const NEAR: usize = 256;
const LEAST: usize = 4;

/// So many earlier places that seem to begin alike are tried.
const PLACES: usize = 16;

/// Where a match of so many bytes is as good as any.
const GOOD: usize = 32;

/// Bits of a hash of four bytes.
const BITS: u32 = 14;

/// After so many bytes without a match, every other one is passed over; and so on.
const PATIENCE: usize = 64;

/// Finds matches in rows of equal length.
pub(super) struct Finder<'a> {
    bytes: &'a [u8],
    /// Distances at which repetition is likely: a pixel and a row.
    likely: [usize; 2],
    /// The last place, plus one, of each hash; and the one before each place.
    last: Vec<u32>,
    before: Vec<u32>,
    /// The first place that is not noted yet.
    next: usize,
}

#[derive(Clone, Copy)]
struct Match {
    length: usize,
    distance: usize,
}

impl<'a> Finder<'a> {
    pub(super) fn new(bytes: &'a [u8], likely: [usize; 2]) -> Finder<'a> {
        Finder {
            bytes,
            likely,
            last: vec![0; 1 << BITS],
            before: vec![0; WINDOW],
            next: 0,
        }
    }

    /// Hands what the bytes of `part` are to `take`, which may be repetitions of what
    /// lies before it.
    pub(super) fn each(&mut self, part: Range<usize>, mut take: impl FnMut(Token)) {
        let (mut at, end) = (part.start, part.end);
        self.next = at;
        let mut misses = 0;
        while at < end {
            let Some(mut found) = self.find(at, end) else {
                let step = (1 + misses / PATIENCE).min(end - at);
                let passed = &self.bytes[at..at + step];
                passed.iter().for_each(|byte| take(Token::literal(*byte)));
                misses += 1;
                at += step;
                continue;
            };
            misses = 0;
            // A longer match may begin one byte later.
            if found.length < GOOD {
                let later = self.find(at + 1, end);
                if let Some(later) = later.filter(|later| later.length > found.length) {
                    take(Token::literal(self.bytes[at]));
                    at += 1;
                    found = later;
                }
            }
            take(Token {
                length: found.length as u16,
                distance: found.distance as u16,
            });
            // Of long matches the beginning does.
            for place in at..at + found.length.min(GOOD) {
                self.remember(place);
            }
            at += found.length;
        }
    }

    /// The best match for what begins at a place.
    fn find(&mut self, at: usize, end: usize) -> Option<Match> {
        let most = end.saturating_sub(at).min(LONGEST);
        let mut best = Match {
            length: 2,
            distance: 0,
        };
        for distance in self.likely {
            if distance <= at && self.improve(&mut best, at, distance, most) && best.length >= GOOD
            {
                return Some(best);
            }
        }
        let mut place = self.remember(at)?;
        for _ in 0..PLACES {
            let distance = at - place;
            if distance > WINDOW {
                break;
            }
            self.improve(&mut best, at, distance, most);
            match self.before[place % WINDOW].checked_sub(1) {
                Some(before) if (before as usize) < place => place = before as usize,
                _ => break,
            }
        }
        (best.distance > 0).then_some(best)
    }

    /// Takes the match at a distance if it is longer, and worth it; tells whether.
    fn improve(&self, best: &mut Match, at: usize, distance: usize, most: usize) -> bool {
        let from = at - distance;
        let beyond = best.length;
        if beyond >= most || self.bytes[from + beyond] != self.bytes[at + beyond] {
            return false;
        }
        let length = common(&self.bytes[from..from + most], &self.bytes[at..at + most]);
        let better = length > best.length && (distance <= NEAR || length >= LEAST);
        if better {
            *best = Match { length, distance };
        }
        better
    }

    /// Notes a place, and returns the last one that seems to begin alike.
    fn remember(&mut self, at: usize) -> Option<usize> {
        let four = self.bytes.get(at..)?.first_chunk::<4>()?;
        let hash = u32::from_le_bytes(*four).wrapping_mul(0x9E37_79B1) >> (32 - BITS);
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
pub(super) fn common(a: &[u8], b: &[u8]) -> usize {
    let (eights, others) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    let mut same = 0;
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
