//! Values and shapes in words.

use std::fmt;

use ndarray::ArrayViewD;
use num_complex::Complex;

use super::flat;
use super::storage::{TensorView, with_view};
use super::{F16, Variant};
use crate::list::MapEach;

impl TensorView<'_> {
    /// Every value as a reader would write it, in row-major order.
    pub(crate) fn texts(&self) -> Vec<String> {
        with_view!(self, array => texts(array))
    }
}

fn texts<T: Text + Clone>(array: &ArrayViewD<'_, T>) -> Vec<String> {
    let mut texts = Vec::with_capacity(array.len());
    for value in flat::in_order(array).iter() {
        texts.push(value.text());
    }
    texts
}

/// A value in words for labels and cells.
trait Text {
    fn text(&self) -> String;
}

macro_rules! displayed {
    ($($type:ty),*) => {$(
        impl Text for $type {
            fn text(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
displayed!(
    bool, i8, i16, i32, i64, u8, u16, u32, u64, F16, f32, f64, String
);

/// Python's notation, `1-2j`.
macro_rules! complex {
    ($($part:ty),*) => {$(
        impl Text for Complex<$part> {
            fn text(&self) -> String {
                // Rust writes no sign before NaN.
                let plus = if self.im.is_nan() { "+" } else { "" };
                format!("{}{plus}{:+}j", self.re, self.im)
            }
        }
    )*};
}
complex!(f32, f64);

impl Text for Variant {
    fn text(&self) -> String {
        "variant".to_owned()
    }
}

/// A shape as Python writes it: `()`, `(3,)`, `(2, 3)`.
pub(crate) struct Shape<'a>(pub(crate) &'a [usize]);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [one] => write!(f, "({one},)"),
            all => {
                let texts: Vec<String> = all.map_each(usize::to_string);
                write!(f, "({})", texts.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tensor;

    fn texts(tensor: impl Into<Tensor>) -> Vec<String> {
        tensor.into().view().texts()
    }

    #[test]
    fn values_are_written_as_readers_write_them() {
        assert_eq!(texts(vec![true, false]), ["true", "false"]);
        assert_eq!(texts(vec![0.1_f32, 1.0]), ["0.1", "1"]);
        assert_eq!(texts(vec![F16::from(0.1)]), ["0.1"]);
        assert_eq!(texts(vec!["a\nb"]), ["a\nb"]);
        assert_eq!(texts(Variant::new(1)), ["variant"]);
    }

    #[test]
    fn complex_numbers_are_written_as_in_python() {
        let numbers = [
            (1.0, 2.0),
            (0.5, -1.5),
            (-0.0, -0.0),
            (f64::NAN, f64::NAN),
            (1.0, f64::NEG_INFINITY),
        ];
        assert_eq!(
            texts(numbers.map(|(re, im)| Complex { re, im })),
            ["1+2j", "0.5-1.5j", "-0-0j", "NaN+NaNj", "1-infj"]
        );
        assert_eq!(texts(Complex::new(0.1_f32, 0.2)), ["0.1+0.2j"]);
    }

    #[test]
    fn shapes_are_written_as_in_python() {
        let shapes = [&[][..], &[3], &[2, 3]].map(|shape| Shape(shape).to_string());
        assert_eq!(shapes, ["()", "(3,)", "(2, 3)"]);
    }
}
