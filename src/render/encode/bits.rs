//! Bits in a row of bytes, the least significant first, as deflate has them.

/// Bytes in the making.
#[derive(Default)]
pub(super) struct Bits {
    /// Those that are made, and room for more.
    bytes: Vec<u8>,
    /// How many are made.
    made: usize,
    /// Bits that do not fill a byte yet.
    held: u64,
    count: u32,
}

impl Bits {
    /// Adds the lower `count` bits of `bits`, at most 56; those above are zero.
    #[inline(always)]
    pub(super) fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        // All eight bytes are written and only the whole ones kept: it takes no branch
        // that a processor would have to guess.
        if self.bytes.len() < self.made + 8 {
            self.grow();
        }
        self.bytes[self.made..self.made + 8].copy_from_slice(&self.held.to_le_bytes());
        let whole = self.count / 8;
        self.made += whole as usize;
        self.held >>= whole * 8;
        self.count %= 8;
    }

    #[cold]
    fn grow(&mut self) {
        self.bytes.resize(2 * self.made + 4096, 0);
    }

    /// Begins a new byte, unless one has just begun.
    pub(super) fn align(&mut self) {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
    }

    /// Adds whole bytes, at the start of a byte.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.align();
        self.bytes.truncate(self.made);
        self.bytes.extend_from_slice(bytes);
        self.made = self.bytes.len();
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.align();
        self.bytes.truncate(self.made);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bit_is_the_lowest() {
        let mut bits = Bits::default();
        bits.put(1, 1);
        bits.put(0b10, 2);
        bits.put(u32::MAX.into(), 32);
        bits.align();
        bits.bytes(&[9]);
        bits.put(3, 2);
        assert_eq!(bits.finish(), [0b1111_1101, 255, 255, 255, 7, 9, 3]);
    }
}
