//! Pictures of at most 256 colours: a number for each pixel.

use super::matches::common;
use crate::list::sort_positions;
use crate::render::raster::Raster;

/// The most colours of a palette.
const MOST: usize = 256;

/// Pixels by the numbers of their colours.
pub(in crate::render) struct Indexed<const N: usize> {
    /// The most frequent first, as a row that repeats the one above is zeros too; the others
    /// from dark to bright, so that neighbours on a colormap have neighbouring numbers.
    pub(super) colors: Vec<[u8; N]>,
    pub(super) numbers: Vec<u8>,
}

impl Indexed<3> {
    /// The pixels of a page.
    pub(in crate::render) fn of_page(page: &Raster) -> Option<Indexed<3>> {
        Indexed::of(&page.rgb, page.width as usize)
    }
}

impl<const N: usize> Indexed<N> {
    /// Pixels of `N` bytes in rows of `width`; none where they have too many colours.
    pub(super) fn of(pixels: &[u8], width: usize) -> Option<Indexed<N>> {
        let mut known = Known::new();
        let mut numbers: Vec<u8> = Vec::with_capacity(pixels.len() / N);
        let mut above: &[u8] = &[];
        for row in pixels.chunks(width.max(1) * N) {
            if row == above {
                numbers.extend_from_within(numbers.len() - row.len() / N..);
                continue;
            }
            let start = numbers.len();
            let mut rest = row;
            while let Some(color) = rest.first_chunk::<N>() {
                let number = known.number(*color)?;
                // Runs of one colour are the rule in figures.
                let run = 1 + common(&rest[N..], &rest[..rest.len() - N]) / N;
                known.pixels[usize::from(number)] += run as u64;
                numbers.resize(numbers.len() + run, number);
                rest = &rest[run * N..];
            }
            debug_assert_eq!(numbers.len() - start, row.len() / N);
            above = row;
        }
        let (colors, new) = known.sorted();
        renumber(&mut numbers, &new);
        Some(Indexed { colors, numbers })
    }
}

/// Gives each colour its new number.
fn renumber(numbers: &mut [u8], new: &[u8; MOST]) {
    let (wide, rest) = numbers.as_chunks_mut::<32>();
    let each = |number: &mut u8| *number = new[usize::from(*number)];
    for chunk in wide {
        // Most of a figure is of one colour.
        match *chunk == [chunk[0]; 32] {
            true => *chunk = [new[usize::from(chunk[0])]; 32],
            false => chunk.iter_mut().for_each(each),
        }
    }
    rest.iter_mut().for_each(each);
}

/// Slots of the table that finds colours, a power of two.
const SLOTS: usize = 1024;

/// The colours seen so far.
struct Known<const N: usize> {
    colors: Vec<[u8; N]>,
    /// How many pixels each has, in rows that do not repeat the one above.
    pixels: [u64; MOST],
    /// The number of the colour in each slot, plus one.
    slots: Vec<u16>,
}

impl<const N: usize> Known<N> {
    fn new() -> Self {
        Known {
            colors: Vec::with_capacity(MOST),
            pixels: [0; MOST],
            slots: vec![0; SLOTS],
        }
    }

    /// The number of a colour, unless it is one too many.
    fn number(&mut self, color: [u8; N]) -> Option<u8> {
        let bytes = color.iter().fold(0_u32, |all, &v| all << 8 | u32::from(v));
        let mut slot = (bytes.wrapping_mul(0x9E37_79B1) >> 22) as usize;
        loop {
            let taken = self.slots[slot % SLOTS];
            if taken == 0 {
                let number = u8::try_from(self.colors.len()).ok()?;
                self.slots[slot % SLOTS] = u16::from(number) + 1;
                self.colors.push(color);
                return Some(number);
            }
            if self.colors[usize::from(taken) - 1] == color {
                return Some((taken - 1) as u8);
            }
            slot += 1;
        }
    }

    /// The colours in their order, and the new number of each.
    fn sorted(self) -> (Vec<[u8; N]>, [u8; MOST]) {
        let brightness = |color: &[u8; N]| {
            let parts = color.iter().zip([2_u32, 5, 1]);
            parts.map(|(&v, part)| u32::from(v) * part).sum::<u32>()
        };
        let mut order: Vec<usize> = (0..self.colors.len()).collect();
        let most = self.pixels.iter().max();
        let first = self.pixels.iter().position(|pixels| Some(pixels) == most);
        let key = |i: usize| {
            (
                Some(i) != first,
                brightness(&self.colors[i]),
                self.colors[i],
            )
        };
        sort_positions(&mut order, |a, b| key(a).cmp(&key(b)));
        let mut new = [0; MOST];
        for (number, &i) in order.iter().enumerate() {
            new[i] = number as u8;
        }
        (order.iter().map(|&i| self.colors[i]).collect(), new)
    }
}

/// Several numbers of fewer than eight bits to a byte, in rows that each begin a new
/// byte, with the number of no filter before each row.
pub(super) fn packed(numbers: &[u8], width: usize, bits: usize) -> Vec<u8> {
    let row_bytes = (width * bits).div_ceil(8);
    let rows = numbers.chunks(width.max(1));
    let mut bytes = Vec::with_capacity((row_bytes + 1) * rows.len());
    for row in rows {
        bytes.push(0);
        match bits {
            8 => bytes.extend_from_slice(row),
            4 => pack::<2>(row, &mut bytes),
            2 => pack::<4>(row, &mut bytes),
            _ => pack::<8>(row, &mut bytes),
        }
    }
    bytes
}

/// `N` numbers to a byte, the first in the highest bits.
fn pack<const N: usize>(row: &[u8], bytes: &mut Vec<u8>) {
    let bits = 8 / N;
    let byte = |part: &[u8]| {
        let start = part.len() * bits;
        let all = part
            .iter()
            .fold(0_u32, |all, &number| all << bits | u32::from(number));
        (all << (8 - start)) as u8
    };
    let (whole, rest) = row.as_chunks::<N>();
    bytes.extend(whole.iter().map(|part| byte(part)));
    if !rest.is_empty() {
        bytes.push(byte(rest));
    }
}
