//! The largest eigenvalues of a large symmetric matrix and their eigenvectors,
//! found by what the matrix does to a few vectors at a time.

use ndarray::{Array2, ArrayView2, Axis, Slice};

use super::eigen::Eigen;

/// Takes each row, as a vector, to what a symmetric matrix without negative
/// eigenvalues makes of it.
pub(super) type Images<'a> = &'a dyn Fn(ArrayView2<f64>) -> Array2<f64>;

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
    space.extend(random(block, n), images);
    for _ in 0..ROUNDS {
        space.turn();
        let missing = space.missing(block);
        let sizes: Vec<f64> = missing
            .rows()
            .into_iter()
            .map(|row| row.dot(&row))
            .collect();
        let limit = (TOLERANCE * space.values[0]).powi(2);
        if sizes.iter().take(k).all(|size| *size <= limit) {
            break;
        }
        if space.dimension() + block > most {
            space.keep((most / 2).max(block).min(space.dimension()));
        }
        if !space.extend(missing, images) {
            break;
        }
    }
    space.turn();
    let k = k.min(space.dimension());
    Eigen {
        values: space.values[..k].to_vec(),
        vectors: first(&space.basis, k),
    }
}

/// A space of vectors and their images.
struct Space {
    /// Upright to each other and of length 1, one in each row.
    basis: Array2<f64>,
    images: Array2<f64>,
    /// Once the basis has been turned, the matrix is in it a diagonal of these.
    values: Vec<f64>,
}

impl Space {
    fn new(n: usize) -> Self {
        Space {
            basis: Array2::zeros((0, n)),
            images: Array2::zeros((0, n)),
            values: Vec::new(),
        }
    }

    fn dimension(&self) -> usize {
        self.basis.nrows()
    }

    /// Adds what the rows have outside of the space; whether that is anything.
    fn extend(&mut self, rows: Array2<f64>, images: Images) -> bool {
        let added = outside(rows, self.basis.view());
        if added.is_empty() {
            return false;
        }
        let found = images(added.view());
        self.basis = stacked(std::mem::take(&mut self.basis), added.view());
        self.images = stacked(std::mem::take(&mut self.images), found.view());
        true
    }

    /// Turns the basis to the eigenvectors of the matrix as seen from the space.
    fn turn(&mut self) {
        let seen = self.basis.dot(&self.images.t());
        let seen = (&seen + &seen.t()) / 2.0;
        let Eigen { values, vectors } = Eigen::of_symmetric(seen.view());
        self.basis = vectors.dot(&self.basis);
        self.images = vectors.dot(&self.images);
        self.values = values;
    }

    /// What the images of the first `count` vectors have beside multiples of
    /// them.
    fn missing(&self, count: usize) -> Array2<f64> {
        let count = count.min(self.dimension());
        let mut missing = first(&self.images, count);
        for ((mut row, vector), value) in missing
            .rows_mut()
            .into_iter()
            .zip(self.basis.rows())
            .zip(&self.values)
        {
            row.scaled_add(-value, &vector);
        }
        missing
    }

    fn keep(&mut self, count: usize) {
        self.basis = first(&self.basis, count);
        self.images = first(&self.images, count);
        self.values.truncate(count);
    }
}

/// The first `count` rows.
pub(super) fn first(rows: &Array2<f64>, count: usize) -> Array2<f64> {
    rows.slice_axis(Axis(0), Slice::from(..count)).to_owned()
}

/// Rows with more of the same length below them.
pub(super) fn stacked(mut above: Array2<f64>, below: ArrayView2<f64>) -> Array2<f64> {
    let fits = above.append(Axis(0), below);
    fits.expect("rows of one matrix are equally long");
    above
}

/// The parts of the rows that are upright to a basis, made upright to each
/// other and of length 1. Rows without such a part are left out.
pub(super) fn outside(mut rows: Array2<f64>, basis: ArrayView2<f64>) -> Array2<f64> {
    normalise(&mut rows);
    // Once more, as what is left of a row after the first time can be so small
    // that rounding has turned it.
    for _ in 0..2 {
        let along = rows.dot(&basis.t());
        rows = rows - along.dot(&basis);
        rows = among_each_other(rows);
        if rows.is_empty() {
            break;
        }
    }
    rows
}

/// Makes rows upright to those before them and of length 1; without those of
/// which next to nothing is left.
fn among_each_other(mut rows: Array2<f64>) -> Array2<f64> {
    let mut kept: Vec<usize> = Vec::new();
    for i in 0..rows.nrows() {
        let (before, mut from) = rows.view_mut().split_at(Axis(0), i);
        let mut row = from.row_mut(0);
        for &other in kept.iter().chain(&kept) {
            let other = before.row(other);
            let along = other.dot(&row);
            row.scaled_add(-along, &other);
        }
        let length = row.dot(&row).sqrt();
        if length > 1e-10 {
            row /= length;
            kept.push(i);
        }
    }
    rows.select(Axis(0), &kept)
}

fn normalise(rows: &mut Array2<f64>) {
    for mut row in rows.rows_mut() {
        let length = row.dot(&row).sqrt();
        if length > 0.0 {
            row /= length;
        }
    }
}

/// Numbers from -1 to 1 without a pattern, the same each time (splitmix64).
pub(super) fn random(rows: usize, columns: usize) -> Array2<f64> {
    let mut state = 0_u64;
    Array2::from_shape_simple_fn((rows, columns), || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) as i64 as f64 / 2.0_f64.powi(63)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array1;
    use proptest::prelude::*;

    /// A matrix with these eigenvalues and the vectors of them, in rows.
    fn known(values: &[f64]) -> (Array2<f64>, Array2<f64>) {
        let n = values.len();
        let vectors = outside(random(n, n), Array2::zeros((0, n)).view());
        let values = Array1::from(values.to_vec()).insert_axis(Axis(1));
        let matrix = vectors.t().dot(&(&vectors * &values));
        (matrix, vectors)
    }

    #[track_caller]
    fn assert_leading(values: &[f64], k: usize) {
        let (matrix, vectors) = known(values);
        let found = leading(&|rows| rows.dot(&matrix), values.len(), k);
        assert_eq!((found.values.len(), found.vectors.nrows()), (k, k));
        for i in 0..k {
            let apart = (found.values[i] - values[i]).abs();
            assert!(apart < 1e-12 * values[0], "value {i}: {apart:e}");
            let along = found.vectors.row(i).dot(&vectors.row(i)).abs();
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
        let found = leading(&|rows| rows.dot(&matrix), 120, 4);
        assert!(found.values.iter().all(|value| (value - 2.0).abs() < 1e-12));
        let along = found.vectors.dot(&vectors.t());
        let inside = along
            .slice_axis(Axis(1), Slice::from(..4))
            .mapv(|v| v * v)
            .sum();
        assert!((inside - 4.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_vectors_too() {
        let found = leading(&|rows| Array2::zeros(rows.raw_dim()), 60, 2);
        assert_eq!(found.values, [0.0, 0.0]);
        assert!((found.vectors.row(0).dot(&found.vectors.row(0)) - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn what_lies_outside_is_upright(
            places in prop::collection::vec(-3i8..3, 36),
            from in 0usize..4,
        ) {
            let rows = Array2::from_shape_fn((6, 6), |(i, j)| f64::from(places[6 * i + j]));
            let basis = outside(first(&rows, from), Array2::zeros((0, 6)).view());
            let found = outside(rows, basis.view());
            let all = stacked(basis, found.view());
            let products = all.dot(&all.t()) - Array2::<f64>::eye(all.nrows());
            prop_assert!(products.iter().all(|p| p.abs() < 1e-12));
        }
    }
}
