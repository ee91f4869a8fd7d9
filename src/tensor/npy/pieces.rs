//! Pieces of a file, read one after another as if they lay together.

use std::io::{self, Read};
use std::iter::Peekable;
use std::ops::Range;

use super::super::regular::RegularFile;

/// Pieces closer than this are read together: what lies between costs less than
/// another call.
const NEAR: u64 = 1024;

/// As much is read together then.
const WINDOW: usize = 64 * 1024;

/// Where pieces begin and end.
pub(super) type Ranges<'a> = Box<dyn Iterator<Item = Range<u64>> + 'a>;

/// A reader of the bytes at `pieces`, in their order.
pub(super) struct Pieces<'a> {
    file: &'a RegularFile,
    /// Nothing is read from here on, not even between pieces.
    end: u64,
    pieces: Peekable<Ranges<'a>>,
    /// What is left of the present piece.
    rest: Range<u64>,
    window: Vec<u8>,
    window_start: u64,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(file: &'a RegularFile, end: u64, pieces: Ranges<'a>) -> Self {
        Pieces {
            file,
            end,
            pieces: pieces.peekable(),
            rest: 0..0,
            window: Vec::new(),
            window_start: 0,
        }
    }

    /// Goes on to the next piece that is not empty, if there is one.
    fn advance(&mut self) -> io::Result<()> {
        while self.rest.is_empty() {
            let Some(next) = self.pieces.next() else {
                return Ok(());
            };
            self.rest = next;
        }
        let near = |next: &Range<u64>| (self.rest.end..self.rest.end + NEAR).contains(&next.start);
        if self.windowed().is_empty() && self.pieces.peek().is_some_and(near) {
            self.look()?;
        }
        Ok(())
    }

    /// Fills the window from the present piece on.
    fn look(&mut self) -> io::Result<()> {
        let length = (self.end.saturating_sub(self.rest.start)).min(WINDOW as u64) as usize;
        self.window.resize(length, 0);
        self.window_start = self.rest.start;
        let mut filled = 0;
        while filled < length {
            match self.file.read_at(
                &mut self.window[filled..],
                self.window_start + filled as u64,
            ) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
                Err(err) => return Err(err),
            }
        }
        self.window.truncate(filled);
        Ok(())
    }

    /// The part of the window from the present position on.
    fn windowed(&self) -> &[u8] {
        let at = self.rest.start.checked_sub(self.window_start);
        let at = at.and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.window.get(at..)).unwrap_or(&[])
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            self.advance()?;
        }
        let left = usize::try_from(self.rest.end - self.rest.start).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        if wanted == 0 {
            return Ok(0);
        }
        let windowed = self.windowed();
        let length = windowed.len().min(wanted);
        let read = match length {
            0 => self.file.read_at(&mut buffer[..wanted], self.rest.start)?,
            _ => {
                buffer[..length].copy_from_slice(&windowed[..length]);
                length
            }
        };
        self.rest.start += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::scratch::Folder;

    #[test]
    fn pieces_are_read_in_their_order() {
        let folder = Folder::new("pieces");
        let bytes: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
        let file = RegularFile::open(&folder.file("bytes", &bytes)).unwrap();
        let far = vec![200_000..200_010, 5..5, 0..3, 299_999..300_000];
        let near: Vec<Range<u64>> = (0..3_000).map(|i| 90 * i..90 * i + 7).collect();
        let mixed = vec![0..100_000, 100_010..100_020, 100_020..299_000, 7..8];
        for pieces in [far, near, mixed, Vec::new()] {
            let mut read = Vec::new();
            Pieces::new(&file, 300_000, Box::new(pieces.clone().into_iter()))
                .read_to_end(&mut read)
                .unwrap();
            let expected: Vec<u8> = pieces
                .into_iter()
                .flat_map(|piece| bytes[piece.start as usize..piece.end as usize].to_vec())
                .collect();
            assert!(read == expected);
        }
    }

    #[test]
    fn a_file_that_ends_early_ends_the_reading() {
        let folder = Folder::new("short-pieces");
        let file = RegularFile::open(&folder.file("bytes", &[1, 2, 3])).unwrap();
        let mut read = Vec::new();
        let mut pieces = Pieces::new(&file, 100, Box::new([0..2, 2..50, 60..70].into_iter()));
        pieces.read_to_end(&mut read).unwrap();
        assert_eq!(read, [1, 2, 3]);
    }
}
