//! An order that puts like next to like, as the leaves of SciPy's hierarchical
//! clustering.

use ndarray::ArrayView2;

use super::vectors::Vectors;
use crate::list::SortWith;

/// The order of the leaves of a tree that joins the two nearest clusters again
/// and again, the distance of two clusters being the mean of the distances
/// between their members (average linkage, UPGMA).
///
/// Mirrors `scipy.cluster.hierarchy.leaves_list(linkage(squareform(d),
/// "average"))`, which is how `seaborn.clustermap` orders its rows; equal
/// distances are told apart as SciPy does. It differs in that distances that are
/// NaN or infinite count as the largest finite one, where SciPy has an error.
///
/// `distances` holds those between each two of a set; only those above its
/// diagonal are read. Of a matrix that is not square, the largest square at its
/// start is taken. Time and memory grow with the square of its side.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::leaf_order;
///
/// let places = array![0.0, 9.0, 1.0, 8.0];
/// let distances = ndarray::Array2::from_shape_fn((4, 4), |(i, j)| f64::abs(places[i] - places[j]));
/// assert_eq!(leaf_order(distances.view()), [0, 2, 1, 3]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn leaf_order(distances: ArrayView2<f64>) -> Vec<usize> {
    let n = distances.nrows().min(distances.ncols());
    if n == 0 {
        return Vec::new();
    }
    let mut merges = Clusters::new(distances, n).merge_all();
    // Stable, so that merges at the same distance stay in the order found.
    merges.sort_with(|a, b| a.distance.total_cmp(&b.distance));
    leaves(&children(&merges, n), n)
}

/// Two clusters that become one, each named by one of its members.
struct Merge {
    pair: (usize, usize),
    distance: f64,
}

struct Clusters {
    /// Those between the clusters that there still are, mirrored.
    distances: Vectors,
    /// How many members each has; none where it is part of another.
    sizes: Vec<usize>,
}

impl Clusters {
    fn new(distances: ArrayView2<f64>, n: usize) -> Self {
        let above = |i: usize, j: usize| distances[[i.min(j), i.max(j)]];
        let mut largest: Option<f64> = None;
        for i in 0..n {
            let row = (i + 1..n).map(|j| above(i, j));
            largest = row
                .filter(|d| d.is_finite())
                .chain(largest)
                .reduce(f64::max);
        }
        let largest = largest.unwrap_or(0.0);
        // Sums of distances times sizes must stay below the largest number.
        let scale = if largest > 1e250 { 1e-100 } else { 1.0 };
        let mut read = Vectors::zeros(n, n);
        for (i, row) in read.rows_mut().enumerate() {
            for (j, place) in row.iter_mut().enumerate().filter(|(j, _)| *j != i) {
                let found = above(i, j);
                *place = scale * if found.is_finite() { found } else { largest };
            }
        }
        Clusters {
            distances: read,
            sizes: vec![1; n],
        }
    }

    /// Follows a chain of nearest neighbours until two are each other's
    /// nearest, merges these, and goes on from where the chain came from: the
    /// merges of the greedy search, in another order, in quadratic time.
    fn merge_all(mut self) -> Vec<Merge> {
        let n = self.sizes.len();
        let mut merges = Vec::with_capacity(n - 1);
        let mut chain: Vec<usize> = Vec::new();
        while merges.len() + 1 < n {
            let last = chain.pop().unwrap_or_else(|| self.first());
            let before = chain.last().copied();
            let (nearest, distance) = self.nearest(last, before);
            if before == Some(nearest) {
                chain.pop();
                let pair = (last.min(nearest), last.max(nearest));
                self.merge(pair);
                merges.push(Merge { pair, distance });
            } else {
                chain.extend([last, nearest]);
            }
        }
        merges
    }

    fn first(&self) -> usize {
        self.sizes.iter().position(|size| *size > 0).unwrap_or(0)
    }

    /// The cluster nearest to `of`: `favourite` if none is nearer than that,
    /// and of others the first.
    fn nearest(&self, of: usize, favourite: Option<usize>) -> (usize, f64) {
        let row = self.distances.row(of);
        let mut best = favourite.map_or((of, f64::INFINITY), |other| (other, row[other]));
        for (other, (&distance, &size)) in row.iter().zip(&self.sizes).enumerate() {
            if size > 0 && other != of && distance < best.1 {
                best = (other, distance);
            }
        }
        best
    }

    /// Puts the first of the pair into the second.
    fn merge(&mut self, (gone, kept): (usize, usize)) {
        let (a, b) = (self.sizes[gone] as f64, self.sizes[kept] as f64);
        self.sizes[kept] += self.sizes[gone];
        self.sizes[gone] = 0;
        for other in 0..self.sizes.len() {
            if self.sizes[other] > 0 && other != kept {
                let from_gone = self.distances.row(gone)[other];
                let from_kept = self.distances.row(kept)[other];
                let mean = (a * from_gone + b * from_kept) / (a + b);
                self.distances.row_mut(kept)[other] = mean;
                self.distances.row_mut(other)[kept] = mean;
            }
        }
    }
}

/// The two parts of each merge: a leaf by its index, the merge `i` as `n + i`;
/// the one that was there earlier first.
fn children(merges: &[Merge], n: usize) -> Vec<(usize, usize)> {
    let mut parents: Vec<usize> = (0..n + merges.len()).collect();
    let mut children = Vec::with_capacity(merges.len());
    for (i, merge) in merges.iter().enumerate() {
        let a = root(&mut parents, merge.pair.0);
        let b = root(&mut parents, merge.pair.1);
        parents[a] = n + i;
        parents[b] = n + i;
        children.push((a.min(b), a.max(b)));
    }
    children
}

/// The merge that `node` is part of in the end; paths walked become shorter.
fn root(parents: &mut [usize], mut node: usize) -> usize {
    while parents[node] != node {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    node
}

fn leaves(children: &[(usize, usize)], n: usize) -> Vec<usize> {
    let mut leaves = Vec::with_capacity(n);
    let mut stack = vec![n + children.len() - 1];
    while let Some(node) = stack.pop() {
        match node.checked_sub(n) {
            None => leaves.push(node),
            Some(merge) => stack.extend([children[merge].1, children[merge].0]),
        }
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};
    use proptest::prelude::*;

    fn between(points: &[(f64, f64)], distance: fn(f64, f64) -> f64) -> Array2<f64> {
        Array2::from_shape_fn((points.len(), points.len()), |(i, j)| {
            distance(points[i].0 - points[j].0, points[i].1 - points[j].1)
        })
    }

    /// SciPy 1.17's `leaves_list(linkage(pdist(points), "average"))`.
    #[test]
    fn the_order_is_scipys() {
        let points = [
            (7.0, 0.0),
            (1.0, 2.0),
            (1.0, 7.0),
            (7.0, 5.0),
            (0.0, 0.0),
            (2.0, 3.0),
            (5.0, 4.0),
            (2.0, 1.0),
            (6.0, 6.0),
            (0.0, 1.0),
        ];
        let distances = between(&points, f64::hypot);
        assert_eq!(leaf_order(distances.view()), [0, 6, 3, 8, 2, 4, 9, 5, 1, 7]);
    }

    /// As above, of `pdist(points, "cityblock")`: most distances are equal.
    #[test]
    fn equal_distances_are_told_apart_as_in_scipy() {
        let points: Vec<(f64, f64)> = (0..9)
            .map(|i| (f64::from(i / 3), f64::from(i % 3)))
            .collect();
        let distances = between(&points, |x, y| x.abs() + y.abs());
        assert_eq!(leaf_order(distances.view()), [6, 7, 8, 2, 5, 0, 1, 3, 4]);
    }

    #[test]
    fn distances_that_are_no_numbers_are_the_largest() {
        let with = |d: f64| array![[0.0, d, 1.0], [d, 0.0, 2.0], [1.0, 2.0, 0.0]];
        let wanted = leaf_order(with(2.0).view());
        for d in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(leaf_order(with(d).view()), wanted);
        }
        assert_eq!(
            leaf_order(Array2::from_elem((3, 3), f64::NAN).view()).len(),
            3
        );
        assert_eq!(
            leaf_order(Array2::from_elem((9, 9), f64::MAX).view()).len(),
            9
        );
    }

    #[test]
    fn nothing_and_one_have_an_order() {
        assert!(leaf_order(Array2::zeros((0, 0)).view()).is_empty());
        assert!(leaf_order(Array2::zeros((0, 4)).view()).is_empty());
        assert_eq!(leaf_order(Array2::zeros((1, 1)).view()), [0]);
        assert_eq!(leaf_order(Array2::zeros((2, 5)).view()), [0, 1]);
    }

    proptest! {
        #[test]
        fn every_leaf_comes_once(
            values in prop::collection::vec(prop_oneof![8 => -1.0..9.0, 1 => Just(f64::NAN), 1 => Just(3.0)], 1..150),
        ) {
            let n = (values.len() as f64).sqrt() as usize;
            let distances = Array2::from_shape_vec((n, n), values[..n * n].to_vec()).unwrap();
            let mut order = leaf_order(distances.view());
            order.sort_unstable();
            prop_assert_eq!(order, (0..n).collect::<Vec<_>>());
        }
    }
}
