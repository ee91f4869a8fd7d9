//! Numbers from and to the bytes of a file.

use std::io::{ErrorKind, Read, Write};

use num_complex::Complex;

/// Bytes that are converted at a time: few enough to stay in the second-level cache.
const PIECE: usize = 1 << 16;

/// In which order the bytes of a number lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    const NATIVE: Order = match cfg!(target_endian = "big") {
        true => Order::Big,
        false => Order::Little,
    };
}

/// A number as files hold it.
pub(super) trait Element: Copy {
    /// Bytes of one.
    const SIZE: usize;

    /// How many of them change places where files have the other order.
    const UNIT: usize = Self::SIZE;

    /// Appends the numbers that `bytes` are, in the order of this machine; they are so
    /// many whole ones.
    fn decode(bytes: &[u8], values: &mut Vec<Self>) -> Result<(), String>;

    /// Appends the bytes of `values`, in the order of this machine.
    fn encode(values: &[Self], bytes: &mut Vec<u8>);
}

/// Reads `count` numbers, behind which the bytes end.
pub(super) fn read<T: Element>(
    bytes: &mut dyn Read,
    order: Order,
    count: usize,
) -> Result<Vec<T>, String> {
    let mut values = Vec::with_capacity(count);
    read_pieces(bytes, T::SIZE, count, &mut |piece| {
        if order != Order::NATIVE {
            piece.chunks_exact_mut(T::UNIT).for_each(<[u8]>::reverse);
        }
        T::decode(piece, &mut values)
    })?;
    Ok(values)
}

/// Lets `take` have all bytes of `count` numbers of so many bytes each.
fn read_pieces(
    bytes: &mut dyn Read,
    size: usize,
    count: usize,
    take: &mut dyn FnMut(&mut [u8]) -> Result<(), String>,
) -> Result<(), String> {
    let most = PIECE / size;
    let mut piece = vec![0; most.min(count) * size];
    let mut done = 0;
    while done < count {
        let numbers = most.min(count - done);
        let here = &mut piece[..numbers * size];
        bytes.read_exact(here).map_err(|err| match err.kind() {
            ErrorKind::UnexpectedEof => {
                format!("expected {count} elements, but the data end after about {done}")
            }
            _ => err.to_string(),
        })?;
        take(here)?;
        done += numbers;
    }
    // An archive compares its checksum when it is read to the end.
    match bytes.read(&mut [0]) {
        Ok(0) => Ok(()),
        Ok(_) => Err(format!("expected {count} elements, but more bytes follow")),
        Err(err) => Err(err.to_string()),
    }
}

/// Writes numbers one after another.
pub(super) fn write<T: Element>(values: &[T], writer: &mut dyn Write) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    for values in values.chunks(PIECE / T::SIZE) {
        bytes.clear();
        T::encode(values, &mut bytes);
        writer.write_all(&bytes)?;
    }
    Ok(())
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Element for $type {
            const SIZE: usize = size_of::<$type>();

            fn decode(bytes: &[u8], values: &mut Vec<Self>) -> Result<(), String> {
                let numbers = bytes.as_chunks().0.iter();
                values.extend(numbers.map(|&bytes| <$type>::from_ne_bytes(bytes)));
                Ok(())
            }

            fn encode(values: &[Self], bytes: &mut Vec<u8>) {
                values.iter().for_each(|value| bytes.extend_from_slice(&value.to_ne_bytes()));
            }
        }
    )*};
}

numbers!(i8, i16, i32, i64, u8, u16, u32, u64, f32, f64);

macro_rules! complex {
    ($($part:ty),*) => {$(
        impl Element for Complex<$part> {
            const SIZE: usize = 2 * Self::UNIT;
            const UNIT: usize = size_of::<$part>();

            fn decode(bytes: &[u8], values: &mut Vec<Self>) -> Result<(), String> {
                let mut parts: Vec<$part> = Vec::with_capacity(2 * bytes.len() / Self::SIZE);
                Element::decode(bytes, &mut parts)?;
                let pairs = parts.as_chunks().0.iter();
                values.extend(pairs.map(|&[re, im]| Complex::new(re, im)));
                Ok(())
            }

            fn encode(values: &[Self], bytes: &mut Vec<u8>) {
                values.iter().for_each(|value| Element::encode(&[value.re, value.im], bytes));
            }
        }
    )*};
}

complex!(f32, f64);

impl Element for bool {
    const SIZE: usize = 1;

    fn decode(bytes: &[u8], values: &mut Vec<Self>) -> Result<(), String> {
        if let Some(byte) = bytes.iter().find(|byte| **byte > 1) {
            return Err(format!(
                "expected 0 or 1 for false or true, but found {byte}"
            ));
        }
        values.extend(bytes.iter().map(|&byte| byte == 1));
        Ok(())
    }

    fn encode(values: &[Self], bytes: &mut Vec<u8>) {
        bytes.extend(values.iter().map(|&value| u8::from(value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn survives<T: Element + PartialEq + std::fmt::Debug>(values: &[T]) {
        let mut bytes = Vec::new();
        write(values, &mut bytes).unwrap();
        let back: Vec<T> = read(&mut &bytes[..], Order::NATIVE, values.len()).unwrap();
        assert_eq!(back, values);
    }

    #[test]
    fn numbers_survive_in_pieces_of_any_size() {
        survives::<i16>(&[]);
        survives(&[true, false, true]);
        survives(&(0..100_000).collect::<Vec<i64>>());
        survives(&(0..50_000).map(|i| i as f32 / 7.0).collect::<Vec<_>>());
        survives(&[Complex::new(1.5, -2.0), Complex::new(0.0, f64::MAX)]);
    }

    #[test]
    fn either_order_is_read() {
        let bytes = [1, 2, 3, 4];
        assert_eq!(
            read::<u16>(&mut &bytes[..], Order::Big, 2).unwrap(),
            [0x102, 0x304]
        );
        assert_eq!(
            read::<u16>(&mut &bytes[..], Order::Little, 2).unwrap(),
            [0x201, 0x403]
        );
        let one = [[0, 0, 0x80, 0x3f], [0, 0, 0, 0xc0]].concat();
        assert_eq!(
            read::<Complex<f32>>(&mut &one[..], Order::Little, 1).unwrap(),
            [Complex::new(1.0, -2.0)]
        );
    }

    #[test]
    fn bytes_too_few_too_many_or_no_truth_values_are_refused() {
        let read =
            |bytes: &[u8], count| read::<u16>(&mut { bytes }, Order::Little, count).unwrap_err();
        assert_eq!(
            read(&[1, 2, 3], 2),
            "expected 2 elements, but the data end after about 0"
        );
        assert_eq!(
            read(&[1, 2, 3], 1),
            "expected 1 elements, but more bytes follow"
        );
        let mut bytes: &[u8] = &[0, 7];
        assert_eq!(
            super::read::<bool>(&mut bytes, Order::Little, 2).unwrap_err(),
            "expected 0 or 1 for false or true, but found 7"
        );
    }
}
