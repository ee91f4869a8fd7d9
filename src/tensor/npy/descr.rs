//! Element types as headers name them: `<f8`, `|b1`, `>U10`.

use std::fmt;

use super::super::DType;
use super::element::Order;
use crate::error::{Error, Result};

/// How one element lies in a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Descr {
    /// `<`, `>`, or `|` for single bytes, which have no order.
    order: char,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Number(DType),
    /// Text of so many code points, each of four bytes.
    Unicode(usize),
    /// Text of so many bytes.
    Bytes(usize),
}

const NUMBERS: [(&str, DType); 14] = [
    ("b1", DType::Bool),
    ("i1", DType::Int8),
    ("i2", DType::Int16),
    ("i4", DType::Int32),
    ("i8", DType::Int64),
    ("u1", DType::UInt8),
    ("u2", DType::UInt16),
    ("u4", DType::UInt32),
    ("u8", DType::UInt64),
    ("f2", DType::Float16),
    ("f4", DType::Float32),
    ("f8", DType::Float64),
    ("c8", DType::Complex64),
    ("c16", DType::Complex128),
];

/// The order of this machine, which `=` and no sign at all stand for.
const NATIVE: char = if cfg!(target_endian = "big") {
    '>'
} else {
    '<'
};

impl Descr {
    pub(super) fn parse(text: &str) -> Result<Descr> {
        let plain = text.strip_prefix(['<', '>', '|', '=']).unwrap_or(text);
        let order = match text.chars().next() {
            Some(order @ ('<' | '>')) => order,
            _ => NATIVE,
        };
        let number = NUMBERS.iter().find(|(code, _)| *code == plain);
        let kind = match (number, plain.split_at_checked(1)) {
            (Some((_, dtype)), _) => Some(Kind::Number(*dtype)),
            (None, Some(("U", count))) => length(count).map(Kind::Unicode),
            (None, Some(("S", count))) => length(count).map(Kind::Bytes),
            _ => None,
        };
        let kind = kind.ok_or_else(|| unsupported(text))?;
        Ok(Descr::new(order, kind))
    }

    /// How tensors of this type are written: strings as Unicode text of `width`
    /// code points. `None` for variants.
    pub(super) fn of(dtype: DType, width: usize) -> Option<Descr> {
        let kind = match dtype {
            DType::String => Kind::Unicode(width),
            DType::Variant => return None,
            number => Kind::Number(number),
        };
        Some(Descr::new(NATIVE, kind))
    }

    fn new(order: char, kind: Kind) -> Descr {
        let single_bytes = match kind {
            Kind::Number(dtype) => dtype.size() == Some(1),
            Kind::Unicode(_) => false,
            Kind::Bytes(_) => true,
        };
        let order = if single_bytes { '|' } else { order };
        Descr { order, kind }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) fn dtype(&self) -> DType {
        match self.kind {
            Kind::Number(dtype) => dtype,
            Kind::Unicode(_) | Kind::Bytes(_) => DType::String,
        }
    }

    /// Bytes of one element in the file; `None` if that is no number.
    pub(super) fn size(&self) -> Option<usize> {
        match self.kind {
            Kind::Number(dtype) => dtype.size(),
            Kind::Unicode(count) => count.checked_mul(4),
            Kind::Bytes(count) => Some(count),
        }
    }

    /// In which order bytes lie; of single ones it does not matter.
    pub(super) fn order(&self) -> Order {
        match self.order {
            '>' => Order::Big,
            _ => Order::Little,
        }
    }
}

/// The count behind `U` or `S`; none at all is 0, as in NumPy.
fn length(digits: &str) -> Option<usize> {
    match digits {
        "" => Some(0),
        _ if digits.bytes().all(|c| c.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    }
}

fn code(dtype: DType) -> &'static str {
    let known = NUMBERS.iter().find(|(_, known)| *known == dtype);
    known.map_or("", |(code, _)| code)
}

impl fmt::Display for Descr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Number(dtype) => write!(f, "{}{}", self.order, code(dtype)),
            Kind::Unicode(count) => write!(f, "{}U{count}", self.order),
            Kind::Bytes(count) => write!(f, "{}S{count}", self.order),
        }
    }
}

/// The beginning of what a header says, fit for a message.
pub(super) fn shown(text: &str) -> String {
    text.chars()
        .take(20)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Says what a dtype is that cannot be read, and what to do.
fn unsupported(descr: &str) -> Error {
    let shown = shown(descr);
    let plain = shown.trim_start_matches(['<', '>', '|', '=']);
    let sized = plain.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    let what = match plain.chars().next() {
        Some('O') => {
            return Error::dtype(format!(
                "expected numbers or text, but found Python objects (dtype '{shown}'), which are stored as pickles and can run code; save the array with a dtype of its own, text as 'U'"
            ))
            .coded("unsupported_dtype");
        }
        Some('f' | 'c') if sized => " (extended precision)",
        Some('M' | 'm') => " (dates)",
        Some('V') => " (raw bytes)",
        _ => "",
    };
    Error::dtype(format!(
        "dtype '{shown}'{what} is not supported; the supported ones are bool, int8 to int64, uint8 to uint64, float16 to float64, complex64, complex128 and text (U and S): convert with astype first"
    ))
    .coded("unsupported_dtype")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_are_read_and_written_alike() {
        for text in [
            "<f8", ">i2", "|b1", "|u1", "<c16", "<f2", ">U10", "<U0", "|S3",
        ] {
            assert_eq!(Descr::parse(text).unwrap().to_string(), text);
        }
        let other = ["=f8", "f8", ">u1", "<S", "U"].map(|text| Descr::parse(text).unwrap());
        assert_eq!(
            other.map(|descr| descr.to_string()),
            ["<f8", "<f8", "|u1", "|S0", "<U0"].map(|text| text.replace('<', &NATIVE.to_string()))
        );
    }

    #[test]
    fn sizes_are_in_bytes() {
        let sizes = ["<f2", ">c16", "<U3", "|S3", "<U0"].map(|text| {
            let descr = Descr::parse(text).unwrap();
            descr.size()
        });
        assert_eq!(sizes, [Some(2), Some(16), Some(12), Some(3), Some(0)]);
        let huge = Descr::parse("<U9999999999999999999").unwrap();
        assert_eq!(huge.size(), None);
    }

    #[test]
    fn other_types_are_refused_by_name() {
        for (text, what) in [
            ("<M8[ns]", " (dates)"),
            ("|V8", " (raw bytes)"),
            ("<f16", " (extended precision)"),
            ("<U-1", ""),
            ("<i3", ""),
            ("", ""),
        ] {
            let err = Descr::parse(text).unwrap_err();
            assert_eq!(
                err.to_string(),
                format!(
                    "dtype '{text}'{what} is not supported; the supported ones are bool, int8 to int64, uint8 to uint64, float16 to float64, complex64, complex128 and text (U and S): convert with astype first"
                )
            );
            assert!(err.is_dtype());
            assert_eq!(err.code(), "unsupported_dtype");
        }
    }
}
