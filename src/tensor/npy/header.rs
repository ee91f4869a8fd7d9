//! The header of a `.npy` file: bounded, without recursion.

use std::io::Read;

use super::super::{DType, Shape};
use crate::error::{Error, Result};

const MAGIC: &[u8; 6] = b"\x93NUMPY";

/// NumPy's own bound (`max_header_size`) for headers that it parses.
const MAX_HEADER: u64 = 10_000;

/// NumPy arrays have at most 64 axes (`NPY_MAXDIMS`).
const MAX_AXES: usize = 64;

#[derive(Debug, PartialEq)]
pub(super) struct Header {
    pub(super) dtype: DType,
    pub(super) descr: String,
    pub(super) fortran_order: bool,
    pub(super) shape: Vec<usize>,
}

impl Header {
    /// Reads magic, version and header; tells also how many bytes that was.
    pub(super) fn read(reader: &mut impl Read) -> Result<(Header, u64)> {
        let start = bytes::<8>(reader, true)?;
        if &start[..6] != MAGIC {
            return Err(Error::file(
                "expected a .npy file, but the first bytes are not NumPy's magic \\x93NUMPY",
            ));
        }
        let (length, prefix) = match start[6] {
            1 => (u64::from(u16::from_le_bytes(bytes(reader, false)?)), 10),
            2 | 3 => (u64::from(u32::from_le_bytes(bytes(reader, false)?)), 12),
            other => {
                return Err(Error::file(format!(
                    "expected .npy format version 1, 2 or 3, but found {other}"
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
            .by_ref()
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
        let missing = |key: &str| Error::file(format!("the header has no '{key}'"));
        let descr = descr.ok_or_else(|| missing("descr"))?;
        Ok(Header {
            dtype: dtype_of(&descr)?,
            descr,
            fortran_order: fortran_order.ok_or_else(|| missing("fortran_order"))?,
            shape: shape.ok_or_else(|| missing("shape"))?,
        })
    }

    /// The bytes of data that the shape asks for. Axes of length zero do not
    /// excuse the others: `ndarray` wants the product without them to fit too.
    pub(super) fn data_bytes(&self) -> Result<u64> {
        let size = self.dtype.size().unwrap_or(1);
        self.shape
            .iter()
            .filter(|&&axis| axis != 0)
            .try_fold(size, |product, &axis| product.checked_mul(axis))
            .filter(|&product| isize::try_from(product).is_ok())
            .map(|product| {
                if self.shape.contains(&0) {
                    0
                } else {
                    product as u64
                }
            })
            .ok_or_else(|| {
                Error::file(format!(
                    "the declared shape {} is larger than any memory",
                    Shape(&self.shape)
                ))
            })
    }

    /// The same header as NumPy writes it, for `ndarray-npy` to read.
    pub(super) fn canonical(&self) -> Vec<u8> {
        let order = if self.fortran_order { "True" } else { "False" };
        let text = format!(
            "{{'descr': '{}', 'fortran_order': {order}, 'shape': {}, }}\n",
            self.descr,
            Shape(&self.shape)
        );
        // 64 axes of 20 digits stay far below the 65,535 of format version 1.
        let length = text.len() as u16;
        [
            MAGIC.as_slice(),
            &[1, 0],
            &length.to_le_bytes(),
            text.as_bytes(),
        ]
        .concat()
    }
}

fn bytes<const N: usize>(reader: &mut impl Read, first: bool) -> Result<[u8; N]> {
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
            ));
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
        let mut axes = Vec::new();
        self.expect('(')?;
        while !self.accept(')') {
            axes.push(self.integer()?);
            if axes.len() > MAX_AXES {
                return Err(Error::file(format!(
                    "expected at most {MAX_AXES} axes, but found more declared"
                )));
            }
            if !self.accept(',') {
                self.expect(')')?;
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

fn dtype_of(descr: &str) -> Result<DType> {
    let plain = descr.strip_prefix(['<', '>', '|', '=']).unwrap_or(descr);
    Ok(match plain {
        "b1" => DType::Bool,
        "i1" => DType::Int8,
        "i2" => DType::Int16,
        "i4" => DType::Int32,
        "i8" => DType::Int64,
        "u1" => DType::UInt8,
        "u2" => DType::UInt16,
        "u4" => DType::UInt32,
        "u8" => DType::UInt64,
        "f4" => DType::Float32,
        "f8" => DType::Float64,
        _ => return Err(unsupported(descr)),
    })
}

/// Says what a dtype is that cannot be read, and what to do.
pub(super) fn unsupported(descr: &str) -> Error {
    let shown: String = descr
        .chars()
        .take(20)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    let what = match shown
        .trim_start_matches(['<', '>', '|', '='])
        .chars()
        .next()
    {
        Some('O') => {
            return Error::dtype(format!(
                "expected numbers, but found Python objects (dtype '{shown}'), which are stored as pickles and can run code; save the array with a numeric dtype"
            ));
        }
        Some('c') => " (complex numbers)",
        Some('M' | 'm') => " (dates)",
        Some('U' | 'S' | 'a') => " (text)",
        Some('V') => " (raw bytes)",
        _ => "",
    };
    Error::dtype(format!(
        "dtype '{shown}'{what} is not supported; the supported ones are bool, int8 to int64, uint8 to uint64, float32 and float64: convert with astype first"
    ))
}
