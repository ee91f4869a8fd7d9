//! The largest eigenvalues of a large symmetric matrix and their eigenvectors,
//! found by what the matrix does to a few vectors at a time.

use super::eigen::Eigen;
use super::vectors::{Vectors, add_scaled, dot};

/// Takes each vector to what a symmetric matrix without negative eigenvalues
/// makes of it.
pub(super) type Images<'a> = &'a dyn Fn(&Vectors) -> Vectors;

/// Vectors that are worked on at once, beside those that are wanted: they are
/// what the wanted ones are told apart from.
const BESIDE: usize = 4;

/// How far, as a share of the largest eigenvalue, an image may be from the
/// multiple of its vector. Rounding alone reaches a few times 10^-15.
const TOLERANCE: f64 = 1e-12;

/// Where so many rounds do not do, the values lie so close that their vectors
/// are hardly told apart by the data either.
const ROUNDS: usize = 300;

/// How many vectors are worked on at once to find `k`.
pub(super) fn block(k: usize) -> usize {
    k + BESIDE
}

/// The `k` largest eigenvalues of a matrix of side `n`, with their vectors.
///
/// A block Lanczos method with restarts: a space of vectors is extended by what
/// their images have that lies outside of it, and when it grows too large for
/// its own eigenvectors to be quick, only the best of these are kept.
pub(super) fn leading(images: Images, n: usize, k: usize) -> Eigen {
    let block = block(k).min(n);
    let most = (4 * block).max(48).min(n);
    let mut space = Space::new(n);
    space.extend(Vectors::random(block, n), images);
    for _ in 0..ROUNDS {
        space.turn();
        let missing = space.missing(block);
        let limit = (TOLERANCE * space.values[0]).powi(2);
        if missing.rows().take(k).all(|row| dot(row, row) <= limit) {
            break;
        }
        if space.basis.len() + block > most {
            space.keep((most / 2).max(block));
        }
        if !space.extend(missing, images) {
            break;
        }
    }
    space.turn();
    space.keep(k);
    Eigen {
        values: space.values,
        vectors: space.basis,
    }
}

/// A space of vectors and their images.
struct Space {
    /// Upright to each other and of length 1.
    basis: Vectors,
    images: Vectors,
    /// Once the basis has been turned, the matrix is in it a diagonal of these.
    values: Vec<f64>,
}

impl Space {
    fn new(n: usize) -> Self {
        Space {
            basis: Vectors::none(n),
            images: Vectors::none(n),
            values: Vec::new(),
        }
    }

    /// Adds what the rows have outside of the space; whether that is anything.
    fn extend(&mut self, rows: Vectors, images: Images) -> bool {
        let added = rows.outside(&self.basis);
        if added.len() == 0 {
            return false;
        }
        self.images.append(images(&added));
        self.basis.append(added);
        true
    }

    /// Turns the basis to the eigenvectors of the matrix as seen from the space.
    fn turn(&mut self) {
        let seen = self.basis.times(self.images.view().t());
        let Eigen { values, vectors } = Eigen::of_symmetric(seen);
        self.basis = vectors.times(self.basis.view());
        self.images = vectors.times(self.images.view());
        self.values = values;
    }

    /// What the images of the first `count` vectors have beside multiples of
    /// them.
    fn missing(&self, count: usize) -> Vectors {
        let mut missing = self.images.clone();
        missing.truncate(count);
        let own = self.basis.rows().zip(&self.values);
        for (row, (vector, value)) in missing.rows_mut().zip(own) {
            add_scaled(row, -value, vector);
        }
        missing
    }

    /// Leaves the first `count` vectors.
    fn keep(&mut self, count: usize) {
        self.basis.truncate(count);
        self.images.truncate(count);
        self.values.truncate(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A matrix with these eigenvalues, and their vectors.
    fn known(values: &[f64]) -> (Vectors, Vectors) {
        let n = values.len();
        let vectors = Vectors::random(n, n).outside(&Vectors::none(n));
        let mut multiples = vectors.clone();
        for (row, value) in multiples.rows_mut().zip(values) {
            row.iter_mut().for_each(|place| *place *= value);
        }
        let matrix = Vectors::of(vectors.view().t()).times(multiples.view());
        (matrix, vectors)
    }

    fn found(matrix: &Vectors, k: usize) -> Eigen {
        leading(&|rows| rows.times(matrix.view()), matrix.width, k)
    }

    #[track_caller]
    fn assert_leading(values: &[f64], k: usize) {
        let (matrix, vectors) = known(values);
        let found = found(&matrix, k);
        assert_eq!((found.values.len(), found.vectors.len()), (k, k));
        for i in 0..k {
            let apart = (found.values[i] - values[i]).abs();
            assert!(apart < 1e-12 * values[0], "value {i}: {apart:e}");
            let along: f64 = dot(found.vectors.row(i), vectors.row(i)).abs();
            assert!((1.0 - along).abs() < 1e-9, "vector {i}: {along}");
        }
    }

    fn falling(n: usize, value: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..n).map(|i| value(i as f64)).collect()
    }

    #[test]
    fn values_of_every_fall_are_found() {
        assert_leading(&falling(150, |i| 1.0 / (1.0 + i)), 3);
        assert_leading(&falling(150, |i| 0.5_f64.powf(i)), 5);
        assert_leading(&falling(150, |i| 10.0 - 0.05 * i), 2);
        assert_leading(
            &falling(150, |i| if i < 2.0 { 1e9 - i * 1e8 } else { 1.0 / i }),
            4,
        );
        assert_leading(&falling(9, |i| 9.0 - i), 9);
    }

    #[test]
    fn equal_values_have_vectors_of_their_own() {
        let values = falling(120, |i| if i < 4.0 { 2.0 } else { 1.0 / i });
        let (matrix, vectors) = known(&values);
        let found = found(&matrix, 4);
        assert!(found.values.iter().all(|value| (value - 2.0).abs() < 1e-12));
        let along = found.vectors.times(vectors.view().t());
        let inside = along.rows().flat_map(|row| &row[..4]);
        let inside: f64 = inside.map(|share| share * share).sum();
        assert!((inside - 4.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_vectors_too() {
        let found = found(&Vectors::zeros(60, 60), 2);
        assert_eq!(found.values, [0.0, 0.0]);
        assert!((dot(found.vectors.row(0), found.vectors.row(0)) - 1.0).abs() < 1e-12);
    }
}
