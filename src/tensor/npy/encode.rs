//! Tensors to bytes of a file.

use std::fmt;
use std::io::Write;

use ndarray::ArrayViewD;

use super::super::flat::in_order;
use super::super::{DType, F16, Rows, Shape, Tensor, TensorView};
use super::descr::Descr;
use super::element::{self, Element};
use crate::error::{Error, Result};

/// Elements that are collected before they are written, where they do not lie in
/// memory as in the file.
const PIECE: usize = 4096;

/// How tensors of `dtype` are written: strings as text of `width` code points.
pub(super) fn descr(dtype: DType, width: usize) -> Result<Descr> {
    Descr::of(dtype, width).ok_or_else(|| {
        Error::dtype(format!(
            "expected numbers or strings to write to a file, but found {dtype}"
        ))
        .coded("unsupported_dtype")
    })
}

/// Writes the elements in row-major order, strings with `width` code points each.
pub(super) fn encode(tensor: &Tensor, width: usize, writer: &mut dyn Write) -> Result<()> {
    if tensor.view().is_in_order() {
        return elements(tensor, width, writer);
    }
    let len = tensor.shape()[0];
    match PIECE / (tensor.len() / len) {
        0 => (0..len).try_for_each(|i| encode(&tensor.row(i), width, writer)),
        rows => (0..len).step_by(rows).try_for_each(|start| {
            let piece = start..len.min(start + rows);
            elements(&tensor.rows(&Rows::Range(piece)), width, writer)
        }),
    }
}

/// The same for what lies in memory as in the file, or is small enough to be copied.
fn elements(tensor: &Tensor, width: usize, writer: &mut dyn Write) -> Result<()> {
    match tensor.view() {
        TensorView::Bool(array) => plain(&array, writer),
        TensorView::Int8(array) => plain(&array, writer),
        TensorView::Int16(array) => plain(&array, writer),
        TensorView::Int32(array) => plain(&array, writer),
        TensorView::Int64(array) => plain(&array, writer),
        TensorView::UInt8(array) => plain(&array, writer),
        TensorView::UInt16(array) => plain(&array, writer),
        TensorView::UInt32(array) => plain(&array, writer),
        TensorView::UInt64(array) => plain(&array, writer),
        TensorView::Float16(array) => halves(&in_order(&array), writer),
        TensorView::Float32(array) => plain(&array, writer),
        TensorView::Float64(array) => plain(&array, writer),
        TensorView::Complex64(array) => plain(&array, writer),
        TensorView::Complex128(array) => plain(&array, writer),
        TensorView::String(array) => texts(&in_order(&array), width, writer),
        TensorView::Variant(_) => descr(DType::Variant, width).map(|_| ()),
    }
}

fn plain<T: Element>(array: &ArrayViewD<'_, T>, writer: &mut dyn Write) -> Result<()> {
    write(&in_order(array), writer)
}

fn halves(halves: &[F16], writer: &mut dyn Write) -> Result<()> {
    for piece in halves.chunks(PIECE) {
        let bits: Vec<u16> = piece.iter().map(|half| half.to_bits()).collect();
        write(&bits, writer)?;
    }
    Ok(())
}

fn texts(texts: &[String], width: usize, writer: &mut dyn Write) -> Result<()> {
    for piece in texts.chunks((PIECE / width.max(1)).max(1)) {
        let mut points: Vec<u32> = Vec::with_capacity(piece.len() * width);
        for text in piece {
            let end = points.len() + width;
            points.extend(text.chars().take(width).map(u32::from));
            points.resize(end, 0);
        }
        write(&points, writer)?;
    }
    Ok(())
}

fn write<T: Element>(values: &[T], writer: &mut dyn Write) -> Result<()> {
    element::write(values, writer).map_err(|err| unwritable(&err))
}

fn unwritable(err: &dyn fmt::Display) -> Error {
    Error::file(format!("cannot write the file: {err}"))
}

/// The most code points that a string of `tensors` has, at least 1, as NumPy
/// counts them; 0 for numbers. Strings that end in NUL are refused: the file says
/// by NULs where a string ends.
pub(in crate::tensor) fn width(tensors: &[Tensor]) -> Result<usize> {
    let mut width = 0;
    for tensor in tensors {
        if let TensorView::String(array) = tensor.view() {
            width = width.max(1);
            for (place, text) in array.indexed_iter() {
                if text.ends_with('\0') {
                    return Err(ends_in_nul(text, ndarray::Dimension::slice(&place)));
                }
                width = width.max(text.chars().count());
            }
        }
    }
    Ok(width)
}

fn ends_in_nul(text: &str, place: &[usize]) -> Error {
    let shown: String = text.chars().take(20).collect();
    Error::value(format!(
        "expected strings that do not end in NUL, which .npy files use as padding, but found {shown:?} at {}",
        Shape(place)
    ))
}
