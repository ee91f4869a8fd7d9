//! Bytes of a file to tensors.

use std::io::Read;

use ndarray::{ArcArray, IxDyn, ShapeBuilder};
use num_complex::Complex;

use super::super::{DType, F16, Scalar, Shape, Tensor};
use super::descr::{Descr, Kind};
use super::element::{self, Element};
use crate::error::{Error, Result};

/// An array, or a block of its rows, as it lies in a file.
pub(super) struct Block<'a> {
    pub(super) descr: &'a Descr,
    pub(super) shape: &'a [usize],
    pub(super) fortran_order: bool,
    /// Which entry along the file's first axis an entry of the block is; errors
    /// name it.
    pub(super) row: &'a dyn Fn(usize) -> usize,
}

impl Block<'_> {
    /// Reads the elements from `bytes`, which end right behind them. The caller
    /// has checked that there are as many as the shape says.
    pub(super) fn decode(&self, bytes: &mut dyn Read) -> Result<Tensor> {
        match self.descr.kind() {
            Kind::Unicode(length) => {
                let points = self.units::<u32>(bytes, length)?;
                self.texts(&points, length, unicode)
            }
            Kind::Bytes(length) => {
                let points = self.units::<u8>(bytes, length)?;
                self.texts(&points, length, utf8)
            }
            Kind::Number(dtype) => self.numbers(dtype, bytes),
        }
    }

    fn numbers(&self, dtype: DType, bytes: &mut dyn Read) -> Result<Tensor> {
        match dtype {
            DType::Bool => self.plain::<bool>(bytes),
            DType::Int8 => self.plain::<i8>(bytes),
            DType::Int16 => self.plain::<i16>(bytes),
            DType::Int32 => self.plain::<i32>(bytes),
            DType::Int64 => self.plain::<i64>(bytes),
            DType::UInt8 => self.plain::<u8>(bytes),
            DType::UInt16 => self.plain::<u16>(bytes),
            DType::UInt32 => self.plain::<u32>(bytes),
            DType::UInt64 => self.plain::<u64>(bytes),
            DType::Float16 => {
                let bits = self.units::<u16>(bytes, 1)?;
                self.shaped(bits.into_iter().map(F16::from_bits).collect())
            }
            DType::Float32 => self.plain::<f32>(bytes),
            DType::Float64 => self.plain::<f64>(bytes),
            DType::Complex64 => self.plain::<Complex<f32>>(bytes),
            DType::Complex128 => self.plain::<Complex<f64>>(bytes),
            DType::String | DType::Variant => Err(Error::internal(format!(
                "{dtype} is no type of numbers in files"
            ))),
        }
    }

    fn plain<T: Scalar + Element>(&self, bytes: &mut dyn Read) -> Result<Tensor> {
        self.units::<T>(bytes, 1)
            .and_then(|values| self.shaped(values))
    }

    /// All elements, each of `length` units.
    fn units<T: Element>(&self, bytes: &mut dyn Read, length: usize) -> Result<Vec<T>> {
        let count = self.count() * length;
        element::read(bytes, self.descr.order(), count).map_err(|err| self.unreadable(&err))
    }

    fn unreadable(&self, err: &str) -> Error {
        Error::file(format!(
            "cannot read {} of shape {}: {err}",
            self.descr.dtype(),
            Shape(self.shape)
        ))
    }

    fn texts<U>(
        &self,
        units: &[U],
        length: usize,
        text: fn(&[U]) -> Result<String, String>,
    ) -> Result<Tensor> {
        let element = |i: usize| &units[i * length..(i + 1) * length];
        let texts: Result<Vec<String>> = (0..self.count())
            .map(|i| {
                text(element(i))
                    .map_err(|what| Error::file(format!("element {}: {what}", self.position(i))))
            })
            .collect();
        self.shaped(texts?)
    }

    fn shaped<T: Scalar>(&self, values: Vec<T>) -> Result<Tensor> {
        let shape = IxDyn(self.shape).set_f(self.fortran_order);
        let array = ArcArray::from_shape_vec(shape, values)
            .map_err(|_| Error::internal("elements do not fit their shape"))?;
        Ok(T::hold(array))
    }

    fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The place of the `i`-th element of the block in the whole array, `3` or
    /// `(3, 1)`.
    fn position(&self, mut i: usize) -> String {
        let mut place = vec![0; self.shape.len()];
        let mut next = |axis: usize| {
            place[axis] = i % self.shape[axis].max(1);
            i /= self.shape[axis].max(1);
        };
        match self.fortran_order {
            true => (0..self.shape.len()).for_each(&mut next),
            false => (0..self.shape.len()).rev().for_each(&mut next),
        }
        if let Some(first) = place.first_mut() {
            *first = (self.row)(*first);
        }
        match place[..] {
            [one] => one.to_string(),
            _ => Shape(&place).to_string(),
        }
    }
}

/// What NumPy makes of an element: zeros at the end are padding.
fn trimmed<U: PartialEq + From<u8>>(units: &[U]) -> &[U] {
    let length = units.iter().rposition(|unit| *unit != U::from(0));
    &units[..length.map_or(0, |last| last + 1)]
}

fn unicode(points: &[u32]) -> Result<String, String> {
    let character = |&point: &u32| {
        char::from_u32(point).ok_or_else(|| {
            format!("expected text, but found the code point {point:#x}, which is no character; the file is damaged, or the text came from undecodable bytes")
        })
    };
    trimmed(points).iter().map(character).collect()
}

fn utf8(bytes: &[u8]) -> Result<String, String> {
    match std::str::from_utf8(trimmed(bytes)) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err("expected text in UTF-8, but found bytes that are not; convert with np.char.decode(array, encoding) first".to_owned()),
    }
}
