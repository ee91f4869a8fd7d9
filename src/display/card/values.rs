//! Values in words, and in colours from the least to the greatest.

use crate::display::page::Cell;
use crate::list::{MapEach, MapInto};
use crate::plot::Colormap;
use crate::plot::figure::{Limits, finite_ends};
use crate::plot::number::{MINUS, short};
use crate::tensor::{DType, TensorView};

/// Every value of a small array in words: floats with the digits that matter,
/// strings in quotes.
pub(super) fn words(view: &TensorView<'_>) -> Vec<String> {
    match (view.dtype(), view.to_f64()) {
        (dtype, Some(numbers)) if dtype.is_float() => numbers.map_into(short),
        (DType::String, _) => view.texts().map_each(|text| format!("'{text}'")),
        (_, Some(_)) => {
            let minus = |text: String| text.replace('-', &MINUS.to_string());
            view.texts().map_into(minus)
        }
        _ => view.texts(),
    }
}

/// Colours for numbers between the least and the greatest of some.
pub(super) struct Shades(Option<Limits>);

impl Shades {
    /// None where all are equal or none is finite.
    pub(super) fn of(numbers: &[f64]) -> Shades {
        let ends = finite_ends(numbers.iter().copied()).filter(|(low, high)| low < high);
        Shades(ends.map(|(low, high)| Limits::from_min_max(low, high)))
    }

    /// A number in words on its colour; without one if it is not finite.
    pub(super) fn cell(&self, text: String, number: f64) -> Cell {
        match self.0 {
            Some(limits) if number.is_finite() => Cell::Shaded {
                text,
                color: Colormap::default().color(number, limits),
            },
            _ => Cell::Number(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tensor;

    fn said(tensor: impl Into<Tensor>) -> Vec<String> {
        words(&tensor.into().view())
    }

    #[test]
    fn values_are_written_as_people_read_them() {
        assert_eq!(
            said(vec![0.123456, -2.0, f64::NAN]),
            ["0.1235", "−2", "NaN"]
        );
        assert_eq!(said(vec![-3_i64, i64::MAX]), ["−3", "9223372036854775807"]);
        assert_eq!(said(vec!["a", ""]), ["'a'", "''"]);
        assert_eq!(said(vec![true]), ["true"]);
    }

    #[test]
    fn only_finite_numbers_that_differ_have_colours() {
        let shades = Shades::of(&[0.0, f64::NAN, 10.0, f64::INFINITY]);
        let color = |number| match shades.cell("x".into(), number) {
            Cell::Shaded { color, .. } => Some(color),
            _ => None,
        };
        assert_eq!(color(0.0), Some([68, 1, 84]));
        assert_eq!(color(10.0), Some([253, 231, 37]));
        assert_eq!((color(f64::NAN), color(f64::INFINITY)), (None, None));
        for same in [vec![], vec![1.0, 1.0], vec![f64::NAN]] {
            assert_eq!(
                Shades::of(&same).cell("x".into(), 1.0),
                Cell::Number("x".into())
            );
        }
        let extreme = Shades::of(&[f64::MIN, f64::MAX]);
        assert!(matches!(extreme.cell("x".into(), 0.0), Cell::Shaded { .. }));
    }
}
