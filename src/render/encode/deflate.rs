//! Deflate (RFC 1951) for rows of pixels.
//!
//! A part of the rows ends at a whole byte, so that parts that several threads have
//! deflated are joined by laying them one after the other.

use std::ops::Range;

use super::bits::Bits;
use super::huffman::Codes;
use super::matches::{Finder, Token};
use super::swift;

/// Literals and matches that share their codes.
const BLOCK: usize = 1 << 15;

/// The end of a block among the symbols of literals and lengths.
const END: usize = 256;

/// The order in which the lengths of the codes for lengths of codes are written.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// How matches are sought.
#[derive(Clone, Copy)]
pub(super) enum Effort {
    /// Thoroughly, in rows of so many bytes.
    Thorough { row: usize },
    /// In a hurry.
    Swift,
}

/// The bytes of `part`, deflated; matches may reach back to what lies before it.
pub(super) fn deflated(bytes: &[u8], part: Range<usize>, effort: Effort, last: bool) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut block = Block::new(part.start);
    let take = |token| {
        block.add(token);
        if block.tokens.len() == BLOCK {
            block.write(bytes, &mut bits);
            block.clear();
        }
    };
    match effort {
        Effort::Thorough { row } => Finder::new(bytes, [1, row]).each(part, take),
        Effort::Swift => swift::each(bytes, part, take),
    }
    block.write(bytes, &mut bits);
    // An empty block, stored: it ends at a whole byte.
    bits.put(u32::from(last), 3);
    bits.bytes(&[0, 0, 255, 255]);
    bits.finish()
}

/// Literals and matches, and how often each symbol occurs among them.
struct Block {
    tokens: Vec<Token>,
    lengths: [u32; 286],
    distances: [u32; 30],
    /// Bits besides those of symbols.
    extra: u64,
    start: usize,
    end: usize,
}

/// A symbol, and the number of bits that follow it with their value.
type Symbol = (usize, u32, u32);

fn length_symbol(length: u16) -> Symbol {
    let over = u32::from(length - 3);
    match over {
        255 => (285, 0, 0),
        0..8 => (257 + over as usize, 0, 0),
        _ => {
            let bits = over.ilog2() - 2;
            let symbol = 257 + 4 * bits + (over >> bits);
            (symbol as usize, bits, over & ((1 << bits) - 1))
        }
    }
}

fn distance_symbol(distance: u16) -> Symbol {
    let over = u32::from(distance - 1);
    match over {
        0..4 => (over as usize, 0, 0),
        _ => {
            let bits = over.ilog2() - 1;
            let symbol = 2 * bits + (over >> bits);
            (symbol as usize, bits, over & ((1 << bits) - 1))
        }
    }
}

impl Block {
    fn new(start: usize) -> Block {
        let mut lengths = [0; 286];
        lengths[END] = 1;
        Block {
            tokens: Vec::with_capacity(BLOCK),
            lengths,
            distances: [0; 30],
            extra: 0,
            start,
            end: start,
        }
    }

    /// Begins the next block.
    fn clear(&mut self) {
        self.tokens.clear();
        (self.lengths, self.distances) = ([0; 286], [0; 30]);
        self.lengths[END] = 1;
        (self.start, self.extra) = (self.end, 0);
    }

    fn add(&mut self, token: Token) {
        self.tokens.push(token);
        if token.distance == 0 {
            self.lengths[usize::from(token.length)] += 1;
            self.end += 1;
            return;
        }
        let (length, bits, _) = length_symbol(token.length);
        self.lengths[length] += 1;
        let (distance, more, _) = distance_symbol(token.distance);
        self.distances[distance] += 1;
        self.extra += u64::from(bits + more);
        self.end += usize::from(token.length);
    }

    /// Writes the block in the shortest way.
    fn write(&self, bytes: &[u8], bits: &mut Bits) {
        if self.tokens.is_empty() {
            return;
        }
        let codes = [Codes::of(&self.lengths, 15), Codes::of(&self.distances, 15)];
        let header = Header::of(&codes);
        let symbols = codes[0].cost(&self.lengths) + codes[1].cost(&self.distances);
        let stored = (self.end - self.start) as u64 * 8;
        if header.cost() + symbols + self.extra >= stored {
            store(&bytes[self.start..self.end], bits);
            return;
        }
        bits.put(0b100, 3);
        header.write(bits);
        self.write_tokens(&codes, bits);
    }

    fn write_tokens(&self, [lengths, distances]: &[Codes; 2], bits: &mut Bits) {
        let put = |bits: &mut Bits, (code, count): (u32, u32), extra: u32, more: u32| {
            bits.put(code | (extra << count), count + more);
        };
        for token in &self.tokens {
            if token.distance == 0 {
                put(bits, lengths.codes[usize::from(token.length)], 0, 0);
                continue;
            }
            let (symbol, more, extra) = length_symbol(token.length);
            put(bits, lengths.codes[symbol], extra, more);
            let (symbol, more, extra) = distance_symbol(token.distance);
            put(bits, distances.codes[symbol], extra, more);
        }
        put(bits, lengths.codes[END], 0, 0);
    }
}

/// Bytes as they are.
fn store(bytes: &[u8], bits: &mut Bits) {
    for part in bytes.chunks(usize::from(u16::MAX)) {
        bits.put(0, 3);
        let length = part.len() as u16;
        bits.bytes(&length.to_le_bytes());
        bits.bytes(&(!length).to_le_bytes());
        bits.bytes(part);
    }
}

/// The codes of a block, as they are told before it.
struct Header {
    /// How many codes there are for lengths and for distances.
    counts: (usize, usize),
    /// Lengths of codes, or how they repeat.
    runs: Vec<Symbol>,
    codes: Codes,
    /// How many lengths of the codes above are written.
    written: usize,
}

impl Header {
    fn of([lengths, distances]: &[Codes; 2]) -> Header {
        let used = |codes: &Codes, least: usize| {
            let last = codes.lengths.iter().rposition(|&length| length > 0);
            last.map_or(least, |last| (last + 1).max(least))
        };
        let counts = (used(lengths, END + 1), used(distances, 1));
        let all = [&lengths.lengths[..counts.0], &distances.lengths[..counts.1]].concat();
        let runs: Vec<Symbol> = all.chunk_by(|a, b| a == b).flat_map(repeated).collect();
        let mut occur = [0; 19];
        runs.iter().for_each(|run| occur[run.0] += 1);
        let codes = Codes::of(&occur, 7);
        let last = ORDER.iter().rposition(|&symbol| occur[symbol] > 0);
        Header {
            counts,
            runs,
            codes,
            written: last.map_or(4, |last| (last + 1).max(4)),
        }
    }

    fn cost(&self) -> u64 {
        let run = |run: &Symbol| u64::from(self.codes.codes[run.0].1 + run.1);
        17 + 3 * self.written as u64 + self.runs.iter().map(run).sum::<u64>()
    }

    fn write(&self, bits: &mut Bits) {
        bits.put(self.counts.0 as u32 - 257, 5);
        bits.put(self.counts.1 as u32 - 1, 5);
        bits.put(self.written as u32 - 4, 4);
        for &symbol in &ORDER[..self.written] {
            bits.put(self.codes.lengths[symbol].into(), 3);
        }
        for &(symbol, more, extra) in &self.runs {
            let (code, count) = self.codes.codes[symbol];
            bits.put(code, count);
            bits.put(extra, more);
        }
    }
}

/// A run of one length of codes: the length, and how often it repeats.
fn repeated(run: &[u8]) -> Vec<Symbol> {
    let length = usize::from(run[0]);
    let mut symbols = Vec::new();
    let mut left = run.len();
    if length > 0 {
        symbols.push((length, 0, 0));
        left -= 1;
    }
    while left > 0 {
        let (symbol, bits, least, most) = match (length, left) {
            (_, ..3) => (length, 0, 1, 1),
            (0, ..11) => (17, 3, 3, 10),
            (0, _) => (18, 7, 11, 138),
            _ => (16, 2, 3, 6),
        };
        let taken = left.min(most);
        symbols.push((symbol, bits, (taken - least) as u32));
        left -= taken;
    }
    symbols
}
