//! A number of 128 bits that equal rows share and others do not.

/// Made of words of 64 bits, one for each value or handful of values. Among a million
/// rows, chances are below 1e-25 that two different ones share a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Key(u128);

impl Key {
    /// Each step can be undone, so that rows that differ in one word never share a key.
    pub(super) fn mix(&mut self, word: u64) {
        // Odd, with as many ones as zeros: digits of the golden ratio.
        const FACTOR: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
        let mixed = (self.0 ^ u128::from(word)).wrapping_add(1);
        self.0 = mixed.wrapping_mul(FACTOR).rotate_right(67);
    }

    pub(super) fn number(self) -> u128 {
        self.0
    }
}

/// A word for a number: the same for zeros of either sign, and for all NaN.
pub(super) fn bits(value: f64) -> u64 {
    match value {
        v if v.is_nan() => f64::NAN.to_bits(),
        0.0 => 0,
        v => v.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_different_rows_have_different_keys() {
        let mut seen = std::collections::HashSet::new();
        for a in 0..1000 {
            for b in 0..1000 {
                let mut key = Key::default();
                key.mix(bits(f64::from(a)));
                key.mix(bits(f64::from(b)));
                // Either half tells them apart.
                assert!(seen.insert(key.0 as u64) && seen.insert((key.0 >> 64) as u64));
            }
        }
    }
}
