//! A hash that pictures share which look alike.

use std::f64::consts::PI;

use super::Picture;
use super::gray::gray;
use super::resize::Resizer;
use super::taps::Filter;

/// The side of the picture that is hashed.
const SIDE: usize = 32;

/// The frequencies along each axis, from the lowest on: 64 bits.
const LOW: usize = 8;

/// Coefficients, of up to a million, are rounded to so many parts of one.
/// Pictures that mirror or repeat themselves have many of exactly 0, of which
/// floating point leaves 1e-11, whose sign would make bits of noise.
const PARTS: f64 = 1e6;

/// Hashes pictures as `imagehash.phash` does (4.3.2, hash size 8).
#[derive(Clone, Debug)]
pub(super) struct Hasher {
    resizer: Resizer,
    /// Cosines of the type II transform, frequency by frequency.
    waves: [[f64; SIDE]; LOW],
}

impl Hasher {
    pub(super) fn new() -> Hasher {
        Hasher {
            resizer: Resizer::new(Filter::Lanczos),
            waves: waves(),
        }
    }

    /// The hash, its highest bit that of the lowest frequencies: whether each
    /// exceeds the median. `None` for a picture of one shade, which differs from
    /// other such pictures by its shade alone, and all of them hash alike.
    pub(super) fn hash(&mut self, picture: &Picture) -> Option<u64> {
        let plane = self.resizer.resize(gray(picture), SIDE, SIDE);
        if plane.samples.iter().all(|&v| v == plane.samples[0]) {
            return None;
        }
        let coefficients = self.transform(&plane.samples);
        let mut sorted = coefficients;
        sorted.sort_unstable();
        // Twice the median, and twice each coefficient, stay integers.
        let median = sorted[LOW * LOW / 2 - 1] + sorted[LOW * LOW / 2];
        let bits = coefficients.iter().map(|&c| u64::from(2 * c > median));
        Some(bits.fold(0, |hash, bit| hash << 1 | bit))
    }

    /// The lowest coefficients of the cosine transform along both axes, row by
    /// row, in millionths.
    fn transform(&self, samples: &[u8]) -> [i64; LOW * LOW] {
        let mut found = [0; LOW * LOW];
        for (wave, found) in self.waves.iter().zip(found.chunks_exact_mut(LOW)) {
            let mut columns = [0.0; SIDE];
            for (&weight, row) in wave.iter().zip(samples.chunks_exact(SIDE)) {
                for (column, &value) in columns.iter_mut().zip(row) {
                    *column += weight * f64::from(value);
                }
            }
            for (wave, found) in self.waves.iter().zip(found) {
                let sum: f64 = columns.iter().zip(wave).map(|(a, b)| a * b).sum();
                *found = (sum * PARTS).round() as i64;
            }
        }
        found
    }
}

fn waves() -> [[f64; SIDE]; LOW] {
    let mut waves = [[0.0; SIDE]; LOW];
    for (k, wave) in waves.iter_mut().enumerate() {
        for (i, value) in wave.iter_mut().enumerate() {
            *value = 2.0 * (PI * (k * (2 * i + 1)) as f64 / (2 * SIDE) as f64).cos();
        }
    }
    waves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(value: impl Fn(usize, usize) -> usize) -> Picture {
        let at = |i: usize| value(i % 40, i / 40) as u8;
        Picture::new(40, 40, 1, (0..1600).map(at).collect()).unwrap()
    }

    fn noise(x: usize, y: usize) -> usize {
        (x * x * 31 + y * y * 17 + x * y * 7) % 97 + 50
    }

    #[test]
    fn a_brighter_picture_hashes_alike() {
        let mut hasher = Hasher::new();
        let dark = hasher.hash(&picture(noise)).unwrap();
        let bright = hasher.hash(&picture(|x, y| noise(x, y) + 60)).unwrap();
        assert!((dark ^ bright).count_ones() <= 2);
        let other = hasher.hash(&picture(|x, y| noise(y * 3 % 40, x))).unwrap();
        assert!((dark ^ other).count_ones() > 10);
    }

    #[test]
    fn one_shade_has_no_hash() {
        assert_eq!(Hasher::new().hash(&picture(|_, _| 9)), None);
    }

    #[test]
    fn ramps_have_no_bits_of_noise() {
        let mut hasher = Hasher::new();
        let mut ramp = |slope| hasher.hash(&picture(|x, _| x * slope)).unwrap();
        // Only frequencies along the rows differ from 0.
        assert_eq!(ramp(3) & 0x00FF_FFFF_FFFF_FFFF, 0);
        assert_eq!(ramp(3), ramp(5));
    }
}
