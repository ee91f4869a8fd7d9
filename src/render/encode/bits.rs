//! Bits in a row of bytes, the least significant first, as deflate has them.

/// Bytes in the making.
#[derive(Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Adds the lower `count` bits of `bits`, at most 32; those above are zero.
    #[inline]
    pub(super) fn put(&mut self, bits: u32, count: u32) {
        self.held |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes
                .extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    /// Begins a new byte, unless one has just begun.
    pub(super) fn align(&mut self) {
        let whole = self.count.div_ceil(8) as usize;
        self.bytes
            .extend_from_slice(&self.held.to_le_bytes()[..whole]);
        (self.held, self.count) = (0, 0);
    }

    /// Adds whole bytes, at the start of a byte.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.align();
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.align();
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
        bits.put(u32::MAX, 32);
        bits.align();
        bits.bytes(&[9]);
        bits.put(3, 2);
        assert_eq!(bits.finish(), [0b1111_1101, 255, 255, 255, 7, 9, 3]);
    }
}
