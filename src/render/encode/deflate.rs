//! Deflate (RFC 1951) for rows of pixels.
//!
//! A part of the rows ends at a whole byte, so that parts that several threads have
//! deflated are joined by laying them one after the other.

use std::ops::Range;

use super::bits::Bits;
use super::huffman::Codes;
use super::matches::{Finder, LONGEST, Match, Sequence};
use super::swift;

/// Literals and matches that share their codes.
const BLOCK: usize = 1 << 16;

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
    /// In a hurry, in pixels of so many bytes.
    Swift { pixel: usize },
}

/// The bytes of `part`, deflated; matches may reach back to what lies before it.
pub(super) fn deflated(bytes: &[u8], part: Range<usize>, effort: Effort, last: bool) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut block = Block::new(part.start);
    let take = |mut sequence: Sequence| {
        loop {
            let taken = block.add(bytes, sequence);
            if block.symbols >= BLOCK {
                block.write(bytes, false, &mut bits);
                block = Block::new(block.end);
            }
            sequence.literals -= taken;
            if sequence.literals == 0 {
                break;
            }
        }
    };
    match effort {
        Effort::Thorough { row } => Finder::new(bytes, [1, row]).each(part, take),
        Effort::Swift { pixel } => swift::each(bytes, part, pixel, take),
    }
    block.write(bytes, last, &mut bits);
    if !last {
        // An empty block, stored: it ends at a whole byte.
        store(&[], false, &mut bits);
    }
    bits.finish()
}

/// Literals and matches that share their codes, and how often each symbol occurs.
struct Block {
    sequences: Vec<Sequence>,
    lengths: [u32; 286],
    distances: [u32; 30],
    /// How many literals and matches there are.
    symbols: usize,
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
            sequences: Vec::new(),
            lengths,
            distances: [0; 30],
            symbols: 0,
            extra: 0,
            start,
            end: start,
        }
    }

    /// Adds a sequence, as far as there is room; tells how many literals were added. The
    /// match is added with the last of them.
    fn add(&mut self, bytes: &[u8], sequence: Sequence) -> usize {
        let literals = sequence.literals.min(BLOCK - self.symbols);
        for &byte in &bytes[self.end..self.end + literals] {
            let count = &mut self.lengths[usize::from(byte)];
            *count = count.wrapping_add(1);
        }
        self.symbols += literals;
        self.end += literals;
        let whole = literals == sequence.literals;
        let found = if whole { sequence.found } else { Match::NONE };
        if found.length > 0 {
            let (length, bits, _) = length_symbol(found.length);
            self.lengths[length] += 1;
            let (distance, more, _) = distance_symbol(found.distance);
            self.distances[distance] += 1;
            self.extra += u64::from(bits + more);
            self.symbols += 1;
            self.end += usize::from(found.length);
        }
        self.sequences.push(Sequence { literals, found });
        literals
    }

    /// Writes the block, perhaps the last one, in the shortest way.
    fn write(&self, bytes: &[u8], last: bool, bits: &mut Bits) {
        let codes = [Codes::of(&self.lengths, 15), Codes::of(&self.distances, 15)];
        let header = Header::of(&codes);
        let own = header.cost() + self.cost(&codes);
        let fixed = fixed_codes();
        let usual = self.cost(&fixed);
        let stored = (self.end - self.start) as u64 * 8;
        if stored > 0 && stored <= own.min(usual) {
            store(&bytes[self.start..self.end], last, bits);
        } else if usual <= own {
            bits.put(0b010 | u64::from(last), 3);
            self.write_symbols(bytes, &fixed, bits);
        } else {
            bits.put(0b100 | u64::from(last), 3);
            header.write(bits);
            self.write_symbols(bytes, &codes, bits);
        }
    }

    /// Bits for the symbols of the block.
    fn cost(&self, [lengths, distances]: &[Codes; 2]) -> u64 {
        self.extra + lengths.cost(&self.lengths) + distances.cost(&self.distances)
    }

    fn write_symbols(&self, bytes: &[u8], [lengths, distances]: &[Codes; 2], all: &mut Bits) {
        // Held here, not behind a reference, they stay in registers.
        let mut bits = std::mem::take(all);
        let with = |(code, count): (u32, u32), more: u32, extra: u32| {
            (u64::from(code | (extra << count)), count + more)
        };
        // Every length with the bits that follow it.
        let runs: [(u64, u32); LONGEST + 1] = std::array::from_fn(|length| match length {
            ..3 => (0, 0),
            _ => {
                let (symbol, more, extra) = length_symbol(length as u16);
                with(lengths.codes[symbol], more, extra)
            }
        });
        let literal = |byte: u8| lengths.codes[usize::from(byte)];
        let mut at = self.start;
        for Sequence { literals, found } in &self.sequences {
            let (threes, rest) = bytes[at..at + literals].as_chunks::<3>();
            for &[a, b, c] in threes {
                let ((a, first), (b, second), (c, third)) = (literal(a), literal(b), literal(c));
                let two = first + second;
                let code = u64::from(a) | u64::from(b) << first | u64::from(c) << two;
                bits.put(code, two + third);
            }
            for &byte in rest {
                let (code, count) = literal(byte);
                bits.put(code.into(), count);
            }
            at += literals + usize::from(found.length);
            if found.length > 0 {
                let (length, count) = runs[usize::from(found.length)];
                let (symbol, more, extra) = distance_symbol(found.distance);
                let (distance, further) = with(distances.codes[symbol], more, extra);
                bits.put(length | distance << count, count + further);
            }
        }
        let (code, count) = lengths.codes[END];
        bits.put(code.into(), count);
        *all = bits;
    }
}

/// The codes of blocks that tell none.
fn fixed_codes() -> [Codes; 2] {
    let length = |symbol: usize| match symbol {
        0..144 | 280.. => 8,
        144..256 => 9,
        _ => 7,
    };
    let lengths = (0..288).map(length).collect();
    [Codes::with(lengths), Codes::with(vec![5; 30])]
}

/// Bytes as they are.
fn store(bytes: &[u8], last: bool, bits: &mut Bits) {
    let parts = bytes.chunks(usize::from(u16::MAX));
    let count = parts.len().max(1);
    let parts = parts.chain(bytes.is_empty().then_some(bytes));
    for (number, part) in parts.enumerate() {
        bits.put(u64::from(last && number + 1 == count), 3);
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
        bits.put(self.counts.0 as u64 - 257, 5);
        bits.put(self.counts.1 as u64 - 1, 5);
        bits.put(self.written as u64 - 4, 4);
        for &symbol in &ORDER[..self.written] {
            bits.put(self.codes.lengths[symbol].into(), 3);
        }
        for &(symbol, more, extra) in &self.runs {
            let (code, count) = self.codes.codes[symbol];
            bits.put(code.into(), count);
            bits.put(extra.into(), more);
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
