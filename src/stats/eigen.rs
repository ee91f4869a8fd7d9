//! Eigenvalues and eigenvectors of symmetric matrices, all of them.

use super::vectors::{Vectors, add_scaled, dot, normalise};
use crate::list::{MapEach, sort_positions};

/// Eigenvalues, falling, and an eigenvector of length 1 for each.
pub(super) struct Eigen {
    pub(super) values: Vec<f64>,
    pub(super) vectors: Vectors,
}

impl Eigen {
    /// Of a symmetric matrix of finite numbers whose squares are finite too:
    /// to tridiagonal form by reflections, then to a diagonal by rotations.
    ///
    /// Takes about `9 n³` steps for a matrix of side `n`.
    pub(super) fn of_symmetric(matrix: Vectors) -> Self {
        let mut reduced = Tridiagonal::new(matrix);
        reduced.diagonalise();
        reduced.reflect_back();
        let mut order: Vec<usize> = (0..reduced.diagonal.len()).collect();
        sort_positions(&mut order, |a, b| {
            reduced.diagonal[b].total_cmp(&reduced.diagonal[a])
        });
        let mut vectors = Vectors::none(order.len());
        order
            .iter()
            .for_each(|i| vectors.push(reduced.vectors.row(*i)));
        Eigen {
            values: order.map_each(|i| reduced.diagonal[*i]),
            vectors,
        }
    }
}

/// A symmetric matrix that is 0 but for its diagonal and the places beside it.
struct Tridiagonal {
    diagonal: Vec<f64>,
    /// Place `i` is that between `i` and `i + 1`.
    beside: Vec<f64>,
    /// What the rotations make of the unit vectors.
    vectors: Vectors,
    /// The directions of the reflections that led here; reflection `i` leaves
    /// the first `i + 1` places alone.
    reflections: Vec<Vec<f64>>,
}

impl Tridiagonal {
    fn new(mut matrix: Vectors) -> Self {
        let n = matrix.width;
        let mut beside = Vec::with_capacity(n);
        let mut reflections = Vec::with_capacity(n);
        for i in 1..n {
            let (direction, target) = reflection(&matrix.row(i - 1)[i..]);
            reflect_both_sides(&mut matrix, i, &direction);
            beside.push(target);
            reflections.push(direction);
        }
        Tridiagonal {
            diagonal: matrix.places.iter().step_by(n + 1).copied().collect(),
            beside,
            vectors: Vectors::units(n),
            reflections,
        }
    }

    /// Rotates until nothing is left beside the diagonal, from its end on.
    fn diagonalise(&mut self) {
        let n = self.diagonal.len();
        let mut end = n.saturating_sub(1);
        // Two or three sweeps settle a value; many more mean that rounding
        // keeps it from settling further.
        for _ in 0..40 * n {
            while end > 0 && self.is_settled(end - 1) {
                end -= 1;
            }
            if end == 0 {
                break;
            }
            let apart = (0..end).rev().find(|i| self.is_settled(*i));
            self.sweep(apart.map_or(0, |i| i + 1), end);
        }
    }

    fn is_settled(&self, i: usize) -> bool {
        let size = self.diagonal[i].abs() + self.diagonal[i + 1].abs();
        self.beside[i].abs() <= f64::EPSILON * size
    }

    /// One implicit QR step on the places from `start` to `end`, both included,
    /// shifted by the eigenvalue of the last two that is nearer to the last.
    fn sweep(&mut self, start: usize, end: usize) {
        let mut x = self.diagonal[start] - self.shift(end);
        let mut z = self.beside[start];
        for i in start..end {
            let length = x.hypot(z);
            let (cosine, sine) = if length == 0.0 {
                (1.0, 0.0)
            } else {
                (x / length, z / length)
            };
            if i > start {
                self.beside[i - 1] = length;
            }
            self.rotate(i, cosine, sine);
            x = self.beside[i];
            if i + 1 < end {
                z = sine * self.beside[i + 1];
                self.beside[i + 1] *= cosine;
            }
        }
    }

    fn shift(&self, end: usize) -> f64 {
        let (last, between) = (self.diagonal[end], self.beside[end - 1]);
        let half = 0.5 * (self.diagonal[end - 1] - last);
        let far = half.abs() + half.hypot(between);
        if far == 0.0 {
            return last;
        }
        last - (between * (between / far)).copysign(half)
    }

    /// Rotates rows and columns `i` and `i + 1`, and the vectors with them.
    fn rotate(&mut self, i: usize, cosine: f64, sine: f64) {
        let (a, b, between) = (self.diagonal[i], self.diagonal[i + 1], self.beside[i]);
        let crossed = 2.0 * cosine * sine * between;
        self.diagonal[i] = cosine * cosine * a + crossed + sine * sine * b;
        self.diagonal[i + 1] = sine * sine * a - crossed + cosine * cosine * b;
        self.beside[i] = cosine * sine * (b - a) + (cosine * cosine - sine * sine) * between;
        let (first, second) =
            self.vectors.places[i * self.vectors.width..].split_at_mut(self.vectors.width);
        for (p, q) in first.iter_mut().zip(second) {
            (*p, *q) = (cosine * *p + sine * *q, cosine * *q - sine * *p);
        }
    }

    /// Takes the vectors back to where the matrix was before the reflections.
    fn reflect_back(&mut self) {
        for (i, direction) in self.reflections.iter().enumerate().rev() {
            for row in self.vectors.rows_mut() {
                let row = &mut row[i + 1..];
                let along = 2.0 * dot(row, direction);
                add_scaled(row, -along, direction);
            }
        }
    }
}

/// The direction of the reflection that takes `vector` to a multiple of the
/// first unit vector, and that multiple. Nothing to reflect has no direction.
fn reflection(vector: &[f64]) -> (Vec<f64>, f64) {
    let target = -dot(vector, vector).sqrt().copysign(vector[0]);
    let mut direction = vector.to_vec();
    direction[0] -= target;
    normalise(&mut direction);
    (direction, target)
}

/// `H A H`, from row and column `start` on, for the reflection `H` in this
/// direction.
fn reflect_both_sides(matrix: &mut Vectors, start: usize, direction: &[f64]) {
    let rows = matrix.rows().skip(start);
    let mut across: Vec<f64> = rows.map(|row| dot(&row[start..], direction)).collect();
    let along = dot(&across, direction);
    add_scaled(&mut across, -along, direction);
    let factors = direction.iter().zip(&across);
    for (row, (d, a)) in matrix.rows_mut().skip(start).zip(factors) {
        let places = row[start..].iter_mut().zip(direction.iter().zip(&across));
        places.for_each(|(place, (direction, across))| {
            *place -= 2.0 * (d * across + a * direction);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Array2, Axis, array};
    use proptest::prelude::*;

    /// Whether the vectors are of length 1, upright to each other, and what the
    /// matrix takes to their multiples by the values.
    #[track_caller]
    fn assert_eigen(matrix: &Array2<f64>, tolerance: f64) -> Vec<f64> {
        let Eigen { values, vectors } = Eigen::of_symmetric(Vectors::of(matrix.view()));
        let vectors = vectors.into_array();
        let n = matrix.nrows();
        assert_eq!((values.len(), vectors.dim()), (n, (n, n)));
        assert!(values.windows(2).all(|pair| pair[0] >= pair[1]));
        let products = vectors.dot(&vectors.t()) - Array2::<f64>::eye(n);
        assert!(products.iter().all(|p| p.abs() < 1e-13));
        let multiples = &vectors * &Array1::from(values.clone()).insert_axis(Axis(1));
        let apart = vectors.dot(matrix) - multiples;
        assert!(apart.iter().all(|a| a.abs() <= tolerance), "{apart}");
        values
    }

    #[test]
    fn small_matrices_have_the_values_known() {
        let found = assert_eigen(&array![[2.0, 1.0], [1.0, 2.0]], 1e-15);
        assert!((found[0] - 3.0).abs() < 1e-15 && (found[1] - 1.0).abs() < 1e-15);
        assert_eq!(assert_eigen(&array![[7.0]], 0.0), [7.0]);
        assert!(assert_eigen(&Array2::zeros((0, 0)), 0.0).is_empty());
        assert_eq!(assert_eigen(&Array2::zeros((4, 4)), 0.0), [0.0; 4]);
        let equal = assert_eigen(&Array2::ones((5, 5)), 1e-14);
        assert!((equal[0] - 5.0).abs() < 1e-14 && equal[4].abs() < 1e-14);
        let diagonal = Array2::from_diag(&array![1.0, 5.0, -3.0]);
        assert_eq!(assert_eigen(&diagonal, 0.0), [5.0, 1.0, -3.0]);
    }

    /// The values are `2 - 2 cos(i π / (n + 1))`.
    #[test]
    fn a_larger_one_has_them_too() {
        let n = 60;
        let chain = Array2::from_shape_fn((n, n), |(i, j)| match i.abs_diff(j) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        });
        let found = assert_eigen(&chain, 1e-13);
        for (i, value) in found.iter().rev().enumerate() {
            let angle = (i + 1) as f64 * std::f64::consts::PI / (n + 1) as f64;
            assert!((value - (2.0 - 2.0 * angle.cos())).abs() < 1e-13);
        }
    }

    proptest! {
        #[test]
        fn any_symmetric_matrix_has_them(
            n in 1usize..13,
            places in prop::collection::vec(prop_oneof![-1.0..1.0, Just(0.0), Just(1.0), -1e-9..1e-9], 144),
        ) {
            let matrix = Array2::from_shape_fn((n, n), |(i, j)| places[12 * i.min(j) + i.max(j)]);
            assert_eigen(&matrix, 1e-13);
        }
    }
}
