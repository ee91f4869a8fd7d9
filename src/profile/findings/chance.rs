//! How many equal rows are to be expected: tables of few columns with few values each
//! have many, and nothing is wrong with that.

use std::collections::HashMap;

use super::keys::words;
use crate::dataset::{Look, Values};
use crate::list::{MapEach, MapNumbers};

/// Pairs of equal rows are told where they are so many times those of chance. Columns
/// are seldom independent, so that a few more than by chance say nothing.
const BEYOND_CHANCE: f64 = 10.0;

/// So many columns are counted at most: a few tell apart rows that can be told apart.
const COLUMNS: usize = 50;

/// Fewer pairs than this need not be estimated any better.
const NEGLIGIBLE: f64 = 0.01;

/// Whether so many rows equal to an earlier one, given as each row's first equal one, are
/// more than independent columns of the same values would have.
pub(super) fn beyond_chance(look: &Look, components: &[usize], firsts: &[usize]) -> bool {
    let found = equal_pairs(firsts);
    found > 0.0 && found >= BEYOND_CHANCE * expected_pairs(look, components)
}

/// How many pairs of rows are equal.
fn equal_pairs(firsts: &[usize]) -> f64 {
    let mut sizes: HashMap<usize, f64> = HashMap::new();
    firsts
        .iter()
        .for_each(|first| *sizes.entry(*first).or_default() += 1.0);
    sizes.values().map(|n| n * (n - 1.0) / 2.0).sum()
}

fn expected_pairs(look: &Look, components: &[usize]) -> f64 {
    let rows = look.len as f64;
    let mut expected = rows * (rows - 1.0) / 2.0;
    let columns = columns(look, components);
    let step = columns.len().div_ceil(COLUMNS).max(1);
    for (component, position) in columns.into_iter().step_by(step) {
        if expected < NEGLIGIBLE {
            break;
        }
        expected *= share_of_equal_pairs(look, component, position);
    }
    expected
}

/// Every number or text of a row: its component, and which of a vector.
fn columns(look: &Look, components: &[usize]) -> Vec<(usize, Option<usize>)> {
    let specs = look.spec.components();
    let of = |i: &usize| match specs[*i].shape() {
        Some([Some(n)]) => (0..*n).map_each(|position| (*i, Some(position))),
        _ => vec![(*i, None)],
    };
    components.flat_map_each(of)
}

/// How likely two rows have the same value in a column. Components of higher rank are
/// taken never to.
fn share_of_equal_pairs(look: &Look, component: usize, position: Option<usize>) -> f64 {
    let Values::Stacked(rows) = &look.components[component] else {
        return 0.0;
    };
    let view = match (position, rows.ndim()) {
        (Some(position), 2) => rows.view().index(1, position),
        (None, 1) => rows.view(),
        _ => return 0.0,
    };
    let mut counts: HashMap<u64, f64> = HashMap::new();
    let words = words(&view);
    let n = words.len() as f64;
    words
        .into_iter()
        .for_each(|word| *counts.entry(word).or_default() += 1.0);
    let pairs: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
    pairs / (n * (n - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dataset;
    use crate::profile::findings::keys::{firsts, keys};
    use ndarray::Array2;

    fn told(table: &Array2<i64>) -> bool {
        let look = Dataset::from_tensor_slices(table).unwrap().look();
        beyond_chance(&look, &[0], &firsts(&keys(&look, &[0]).unwrap()))
    }

    #[test]
    fn a_table_of_coins_has_equal_rows_by_chance() {
        let coins = |(i, j): (usize, usize)| ((i * 2_654_435_761) >> (7 + 5 * j) & 1) as i64;
        assert!(!told(&Array2::from_shape_fn((200, 2), coins)));
        let mut wide = Array2::from_shape_fn((200, 5), |(i, j)| ((i * 7919 + j * 31) % 197) as i64);
        wide.row_mut(150).assign(&ndarray::array![1, 2, 3, 4, 5]);
        wide.row_mut(160).assign(&ndarray::array![1, 2, 3, 4, 5]);
        assert!(told(&wide));
    }

    #[test]
    fn pairs_are_counted_within_each_set() {
        assert_eq!(equal_pairs(&[0, 0, 0, 3, 3, 5]), 4.0);
        assert_eq!(equal_pairs(&[]), 0.0);
    }
}
