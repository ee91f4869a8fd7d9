//! Vectors of the same length, one below the other.
//!
//! What the searches for eigenvectors need of them, on plain slices: the
//! operators of `ndarray` would be compiled anew for each kind of operand, at
//! every kernel start.

use crate::list::MapNumbers;
use ndarray::{Array2, ArrayView2, aview1};

/// Rows of `width` numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Vectors {
    pub(super) width: usize,
    pub(super) places: Vec<f64>,
}

impl Vectors {
    /// No vectors yet.
    pub(super) fn none(width: usize) -> Self {
        Vectors {
            width,
            places: Vec::new(),
        }
    }

    pub(super) fn zeros(count: usize, width: usize) -> Self {
        Vectors {
            width,
            places: vec![0.0; count * width],
        }
    }

    /// The unit vectors.
    pub(super) fn units(width: usize) -> Self {
        let mut units = Self::zeros(width, width);
        let own = units.places.iter_mut().step_by(width + 1);
        own.for_each(|place| *place = 1.0);
        units
    }

    /// Numbers from -1 to 1 without a pattern, the same each time (splitmix64).
    pub(super) fn random(count: usize, width: usize) -> Self {
        let mut state = 0_u64;
        let next = |_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut bits = state;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (bits ^ (bits >> 31)) as i64 as f64 / 2.0_f64.powi(63)
        };
        Vectors {
            width,
            places: (0..count * width).map_each(next),
        }
    }

    /// The rows of a matrix.
    pub(super) fn of(matrix: ArrayView2<f64>) -> Self {
        let places = match matrix.as_slice() {
            Some(places) => places.to_vec(),
            None => matrix.iter().copied().collect(),
        };
        Vectors {
            width: matrix.ncols(),
            places,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len() / self.width.max(1)
    }

    pub(super) fn row(&self, i: usize) -> &[f64] {
        &self.places[i * self.width..(i + 1) * self.width]
    }

    pub(super) fn row_mut(&mut self, i: usize) -> &mut [f64] {
        &mut self.places[i * self.width..(i + 1) * self.width]
    }

    pub(super) fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.places.chunks_exact(self.width.max(1))
    }

    pub(super) fn rows_mut(&mut self) -> std::slice::ChunksExactMut<'_, f64> {
        self.places.chunks_exact_mut(self.width.max(1))
    }

    /// The rows before `i`, and row `i` itself.
    pub(super) fn split(&mut self, i: usize) -> (&[f64], &mut [f64]) {
        let (before, from) = self.places.split_at_mut(i * self.width);
        (before, &mut from[..self.width])
    }

    pub(super) fn push(&mut self, row: &[f64]) {
        self.places.extend_from_slice(row);
    }

    pub(super) fn append(&mut self, mut below: Self) {
        self.places.append(&mut below.places);
    }

    /// Leaves the first `count` rows.
    pub(super) fn truncate(&mut self, count: usize) {
        self.places.truncate(count * self.width);
    }

    pub(super) fn scale(&mut self, factor: f64) {
        self.places.iter_mut().for_each(|place| *place *= factor);
    }

    pub(super) fn into_array(self) -> Array2<f64> {
        let shape = (self.len(), self.width);
        Array2::from_shape_vec(shape, self.places).unwrap_or_default()
    }

    pub(super) fn view(&self) -> ArrayView2<'_, f64> {
        let view = ArrayView2::from_shape((self.len(), self.width), &self.places);
        view.expect("there are whole rows")
    }

    /// The product of these rows, as a matrix, with another matrix.
    pub(super) fn times(&self, matrix: ArrayView2<f64>) -> Vectors {
        Vectors::of(self.view().dot(&matrix).view())
    }

    /// The parts of these rows that are upright to a basis, made upright to each
    /// other and of length 1. Rows without such a part are left out.
    pub(super) fn outside(mut self, basis: &Vectors) -> Vectors {
        self.rows_mut().for_each(normalise);
        // Once more, as what is left of a row after the first time can be so
        // small that rounding has turned it.
        for _ in 0..2 {
            let inside = self.times(basis.view().t()).times(basis.view());
            add_scaled(&mut self.places, -1.0, &inside.places);
            self = self.upright();
        }
        self
    }

    /// These rows made upright to those before them and of length 1; without
    /// those of which next to nothing is left.
    fn upright(mut self) -> Vectors {
        let mut kept = 0;
        for i in 0..self.len() {
            let row = self.row(i).to_vec();
            self.row_mut(kept).copy_from_slice(&row);
            let (before, row) = self.split(kept);
            for _ in 0..2 {
                for other in before.chunks_exact(row.len()) {
                    let along = dot(other, row);
                    add_scaled(row, -along, other);
                }
            }
            if dot(row, row).sqrt() > 1e-10 {
                normalise(row);
                kept += 1;
            }
        }
        self.truncate(kept);
        self
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let common = a.len().min(b.len());
    aview1(&a[..common]).dot(&aview1(&b[..common]))
}

/// Adds `factor` times the numbers of `from` to those of `to`.
pub(super) fn add_scaled(to: &mut [f64], factor: f64, from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}

/// Makes a vector of length 1, unless it is 0.
pub(super) fn normalise(vector: &mut [f64]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|place| *place /= length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vectors_without_a_width_are_none() {
        let none = Vectors::zeros(3, 0);
        assert_eq!((none.len(), none.view().dim()), (0, (0, 0)));
        assert_eq!(Vectors::units(2).places, [1.0, 0.0, 0.0, 1.0]);
        assert!(Vectors::units(0).into_array().is_empty());
    }

    #[test]
    fn rows_of_any_order_are_rows() {
        let matrix = ndarray::array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        assert_eq!(Vectors::of(matrix.t()).row(1), [2.0, 5.0]);
        assert_eq!(Vectors::of(matrix.view()).into_array(), matrix);
    }

    proptest! {
        #[test]
        fn what_lies_outside_is_upright(
            places in prop::collection::vec(-3i8..3, 36),
            from in 0usize..4,
        ) {
            let places = places.into_iter().map(f64::from).collect();
            let rows = Vectors { width: 6, places };
            let mut basis = rows.clone();
            basis.truncate(from);
            let mut all = basis.outside(&Vectors::none(6));
            let found = rows.outside(&all);
            all.append(found);
            let products = all.times(all.view().t());
            let units = Vectors::units(all.len());
            for (a, b) in products.places.iter().zip(&units.places) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }
    }
}
