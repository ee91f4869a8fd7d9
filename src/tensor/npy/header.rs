//! The header of a `.npy` file: reading is bounded and without recursion.

use std::io::Read;

use super::super::{DType, Shape};
use super::descr::{Descr, shown};
use super::file::no_memory;
use crate::error::{Error, Result};

const MAGIC: &[u8; 6] = b"\x93NUMPY";

/// NumPy's own bound (`max_header_size`) for headers that it parses.
const MAX_HEADER: u64 = 10_000;

/// NumPy arrays have at most 64 axes (`NPY_MAXDIMS`).
const MAX_AXES: usize = 64;

/// NumPy begins the data at a multiple of this, for those who map files.
const ALIGNMENT: usize = 64;

/// Strings of no bytes (`<U0`, which NumPy itself does not write) are not bounded
/// by the length of the file, so they are by this.
const MAX_EMPTY: usize = 1 << 20;

/// What a string takes in memory beside its text.
const STRING: usize = size_of::<String>();

/// From here on memory is asked for before it is taken: a vector that cannot have
/// it ends the process.
const LARGE: usize = 1 << 20;

#[derive(Debug, PartialEq)]
pub(super) struct Header {
    pub(super) descr: Descr,
    pub(super) fortran_order: bool,
    pub(super) shape: Vec<usize>,
}

impl Header {
    /// Reads magic, version and header; tells also how many bytes that was.
    pub(super) fn read(reader: &mut dyn Read) -> Result<(Header, u64)> {
        let start = bytes::<8>(reader, true)?;
        if &start[..6] != MAGIC {
            return Err(Error::file(
                "expected a .npy file, but the first bytes are not NumPy's magic \\x93NUMPY",
            ));
        }
        let (length, prefix) = match (start[6], start[7]) {
            (1, 0) => (u64::from(u16::from_le_bytes(bytes(reader, false)?)), 10),
            (2 | 3, 0) => (u64::from(u32::from_le_bytes(bytes(reader, false)?)), 12),
            (major, minor) => {
                return Err(Error::file(format!(
                    "expected .npy format version 1.0, 2.0 or 3.0, but found {major}.{minor}"
                )));
            }
        };
        if length > MAX_HEADER {
            return Err(Error::file(format!(
                "expected a header of at most {MAX_HEADER} bytes, but found {length} declared"
            )));
        }
        let mut text = Vec::new();
        reader
            .take(length)
            .read_to_end(&mut text)
            .map_err(unreadable)?;
        if (text.len() as u64) < length {
            return Err(ends_early());
        }
        Ok((
            Header::parse(&String::from_utf8_lossy(&text))?,
            prefix + length,
        ))
    }

    fn parse(text: &str) -> Result<Header> {
        let mut rest = Cursor(text);
        let (mut descr, mut fortran_order, mut shape) = (None, None, None);
        rest.expect('{')?;
        while !rest.accept('}') {
            let key = rest.string()?;
            rest.expect(':')?;
            match key {
                "descr" => descr = Some(rest.descr()?),
                "fortran_order" => fortran_order = Some(rest.boolean()?),
                "shape" => shape = Some(rest.tuple()?),
                _ => return Err(malformed()),
            }
            if !rest.accept(',') {
                rest.expect('}')?;
                break;
            }
        }
        if !rest.0.trim_ascii().is_empty() {
            return Err(malformed());
        }
        let missing = |key: &str| Error::file(format!("the header has no '{key}'"));
        let descr = descr.ok_or_else(|| missing("descr"))?;
        Ok(Header {
            descr: Descr::parse(&descr)?,
            fortran_order: fortran_order.ok_or_else(|| missing("fortran_order"))?,
            shape: shape.ok_or_else(|| missing("shape"))?,
        })
    }

    /// Bytes of one element in the file.
    pub(super) fn size(&self) -> usize {
        self.descr.size().unwrap_or(0)
    }

    /// The bytes of data that the shape asks for, of which the file holds
    /// `found`.
    pub(super) fn expect_data(&self, found: u64) -> Result<u64> {
        let (dtype, shape) = (self.descr.dtype(), Shape(&self.shape));
        let too_large = || {
            Error::file(format!(
                "the declared shape {shape} is larger than any memory"
            ))
        };
        let size = self.descr.size().ok_or_else(too_large)?;
        let element = match dtype {
            DType::String => size.max(STRING),
            _ => size,
        };
        let count = self.count(element).ok_or_else(too_large)?;
        if size == 0 && count > MAX_EMPTY {
            return Err(Error::file(format!(
                "expected at most {MAX_EMPTY} strings of no characters, but found shape {shape} of '{}'",
                self.descr
            )));
        }
        let needed = (count * size) as u64;
        match found < needed {
            false => Ok(needed),
            true => Err(Error::file(format!(
                "expected {needed} bytes of data for {dtype} of shape {shape}, but found {found}; the file is truncated"
            ))),
        }
    }

    /// The number of elements if those, of `size` bytes each, fit into an address
    /// space. Axes of length zero do not excuse the others: `ndarray` wants the
    /// product without them to fit too.
    fn count(&self, size: usize) -> Option<usize> {
        let axes = self.shape.iter().filter(|&&axis| axis != 0);
        let product = axes.copied().try_fold(1_usize, usize::checked_mul)?;
        let bytes = product.checked_mul(size)?;
        isize::try_from(bytes).ok()?;
        Some(if self.shape.contains(&0) { 0 } else { product })
    }

    /// What the array takes in memory, in bytes.
    pub(super) fn memory(&self) -> u64 {
        self.memory_of(&self.shape) as u64
    }

    fn memory_of(&self, shape: &[usize]) -> usize {
        let element = match self.descr.dtype() {
            DType::String => self.size() + STRING,
            _ => self.size(),
        };
        let axes = shape.iter().copied();
        axes.fold(element, usize::saturating_mul)
    }

    /// An error if there is no memory for elements of this type and that shape.
    pub(super) fn expect_memory(&self, shape: &[usize]) -> Result<()> {
        let bytes = self.memory_of(shape);
        let mut probe: Vec<u8> = Vec::new();
        match bytes > LARGE && probe.try_reserve_exact(bytes).is_err() {
            true => Err(no_memory(self.descr.dtype(), shape)),
            false => Ok(()),
        }
    }
}

/// The header of an array in row-major order as NumPy writes it, made as long as
/// `least` where it is shorter.
pub(super) fn written(descr: &Descr, shape: &[usize], least: usize) -> Result<Vec<u8>> {
    if shape.len() > MAX_AXES {
        return Err(Error::shape(format!(
            "expected at most {MAX_AXES} axes, which is all that NumPy reads, but found {}",
            shape.len()
        )));
    }
    let text = format!(
        "{{'descr': '{descr}', 'fortran_order': False, 'shape': {}, }}",
        Shape(shape)
    );
    let prefix = MAGIC.len() + 4;
    let length = (prefix + text.len() + 1)
        .max(least)
        .next_multiple_of(ALIGNMENT);
    // 64 axes of 20 digits stay far below the 65,535 of format version 1.
    let declared = (length - prefix) as u16;
    let mut bytes = [MAGIC.as_slice(), &[1, 0], &declared.to_le_bytes()].concat();
    bytes.extend(text.as_bytes());
    bytes.resize(length - 1, b' ');
    bytes.push(b'\n');
    Ok(bytes)
}

fn bytes<const N: usize>(reader: &mut dyn Read, first: bool) -> Result<[u8; N]> {
    let mut buffer = [0; N];
    let mut filled = 0;
    while filled < N {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) if first && filled == 0 => {
                return Err(Error::file("expected a .npy file, but the file is empty"));
            }
            Ok(0) => return Err(ends_early()),
            Ok(n) => filled += n,
            Err(err) if err.kind() == std::io::ErrorKind::Interrupted => {}
            Err(err) => return Err(unreadable(err)),
        }
    }
    Ok(buffer)
}

fn ends_early() -> Error {
    Error::file("the file ends inside its header; it is truncated")
}

fn unreadable(err: std::io::Error) -> Error {
    Error::file(format!("cannot read the header: {err}"))
}

fn malformed() -> Error {
    Error::file(
        "the header is not the dictionary of 'descr', 'fortran_order' and 'shape' that .npy files start with",
    )
}

/// What is left of the header's text.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn accept(&mut self, token: char) -> bool {
        self.0 = self.0.trim_start();
        match self.0.strip_prefix(token) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: char) -> Result<()> {
        if self.accept(token) {
            Ok(())
        } else {
            Err(malformed())
        }
    }

    fn string(&mut self) -> Result<&'a str> {
        self.0 = self.0.trim_start();
        let quote = self
            .0
            .chars()
            .next()
            .filter(|c| matches!(c, '\'' | '"'))
            .ok_or_else(malformed)?;
        let (text, rest) = self.0[1..].split_once(quote).ok_or_else(malformed)?;
        self.0 = rest;
        Ok(text)
    }

    fn descr(&mut self) -> Result<String> {
        if self.0.trim_start().starts_with(['[', '(', '{']) {
            return Err(Error::dtype(
                "expected one plain dtype, but found a structured one; save each field as an array of its own",
            )
            .coded("unsupported_dtype"));
        }
        self.string().map(str::to_owned)
    }

    fn boolean(&mut self) -> Result<bool> {
        let text = self.0.trim_start();
        let (value, rest) = match (text.strip_prefix("True"), text.strip_prefix("False")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(malformed()),
        };
        self.0 = rest;
        Ok(value)
    }

    fn tuple(&mut self) -> Result<Vec<usize>> {
        let text = self.0.trim_start();
        let no_shape = |_| {
            Error::file(format!(
                "expected a shape of whole numbers from 0 to {}, but the header says '{}'",
                usize::MAX,
                shown(text)
            ))
        };
        let mut axes = Vec::new();
        self.expect('(').map_err(no_shape)?;
        while !self.accept(')') {
            axes.push(self.integer().map_err(no_shape)?);
            if axes.len() > MAX_AXES {
                return Err(Error::file(format!(
                    "expected at most {MAX_AXES} axes, but found more declared"
                )));
            }
            if !self.accept(',') {
                self.expect(')').map_err(no_shape)?;
                break;
            }
        }
        Ok(axes)
    }

    /// Python 2 wrote long integers with a trailing `L`.
    fn integer(&mut self) -> Result<usize> {
        let text = self.0.trim_start();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let value = text[..digits].parse().map_err(|_| malformed())?;
        let rest = &text[digits..];
        self.0 = rest.strip_prefix('L').unwrap_or(rest);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_aligned() {
        let descr = Descr::of(DType::Float64, 0).unwrap();
        for shape in [&[][..], &[3], &[usize::MAX, 2, 3], &[7; 64]] {
            let bytes = written(&descr, shape, 0).unwrap();
            let (header, length) = Header::read(&mut bytes.as_slice()).unwrap();
            assert_eq!(
                (header.shape.as_slice(), header.fortran_order),
                (shape, false)
            );
            assert_eq!(header.descr, descr);
            assert_eq!((length as usize, length % 64), (bytes.len(), 0));
        }
        let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";
        let expected = [
            b"\x93NUMPY\x01\x00v\x00",
            format!("{text:<117}\n").as_bytes(),
        ]
        .concat();
        assert_eq!(written(&descr, &[2], 0).unwrap(), expected);
        assert_eq!(written(&descr, &[2], 129).unwrap().len(), 192);
        assert!(written(&descr, &[1; 65], 0).unwrap_err().is_shape());
    }

    #[test]
    fn what_does_not_fit_into_memory_is_an_error() {
        let header = Header {
            descr: Descr::of(DType::Float64, 0).unwrap(),
            fortran_order: false,
            shape: vec![1 << 50, 8],
        };
        assert!(header.expect_memory(&[3, 8]).is_ok());
        assert_eq!(
            header.expect_memory(&header.shape).unwrap_err().to_string(),
            "there is no memory for float64 of shape (1125899906842624, 8); read fewer rows at a time"
        );
    }

    #[test]
    fn nothing_but_padding_follows_the_dictionary() {
        let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";
        for padding in ["", "\n", "   \n", "\t\r\n"] {
            assert!(Header::parse(&format!("{text}{padding}")).is_ok());
        }
        for more in ["}", " 0", "\0", "\u{a0}", "\u{fffd}", "  {}\n"] {
            let err = Header::parse(&format!("{text}{more}")).unwrap_err();
            assert_eq!(err.to_string(), malformed().to_string());
        }
    }

    #[test]
    fn shapes_that_are_none_are_shown() {
        let said = |shape: &str| {
            let text =
                format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, 'x': 1}}");
            Header::parse(&text).unwrap_err().to_string()
        };
        for (shape, found) in [
            ("(-1, 4)", "(-1, 4), 'x': 1}"),
            ("(3.0,)", "(3.0,), 'x': 1}"),
            ("3", "3, 'x': 1}"),
            ("(2\u{1b}", "(2\u{fffd}, 'x': 1}"),
            (
                "(1606938044258990275541962092341162602522202993782792835301376,)",
                "(1606938044258990275",
            ),
        ] {
            assert_eq!(
                said(shape),
                format!(
                    "expected a shape of whole numbers from 0 to {}, but the header says '{found}'",
                    usize::MAX
                )
            );
        }
    }
}
