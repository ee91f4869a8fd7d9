//! What tells rows apart: a number of 128 bits for each, the same for equal rows.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::dataset::{Look, Values};
use crate::list::{Flat, IntoList, MapEach, MapInto};
use crate::parallel::numbered;
use crate::profile::key::{Key, bits};
use crate::tensor::{DType, TensorView};

/// The key of each row that was looked at, by some of its components. All numbers count
/// to their last bit, whatever their type; NaN equals NaN, and −0 equals 0. Among a
/// million rows, chances are below 1e-25 that two different ones share a key. `None`
/// where values cannot be compared (windows).
pub(super) fn keys(look: &Look, components: &[usize]) -> Option<Vec<u128>> {
    let specs = look.spec.components();
    if components
        .iter()
        .any(|i| specs[*i].dtype() == DType::Variant)
    {
        return None;
    }
    let parts: Vec<&Values> = components.map_each(|i| &look.components[*i]);
    Some(in_parallel(look.len, |rows| {
        rows.map(|row| key(&parts, row)).into_list()
    }))
}

fn key(parts: &[&Values], row: usize) -> u128 {
    let mut key = Key::default();
    for part in parts {
        match part {
            Values::Stacked(rows) => key.add(&rows.view().index(0, row)),
            Values::Listed(rows) => key.add(&rows[row].view()),
        }
    }
    key.number()
}

/// For each row, the first row of the same key: itself where it is the first.
pub(super) fn firsts(keys: &[u128]) -> Vec<usize> {
    let mut seen = HashMap::with_capacity(keys.len());
    let first = |(row, key): (usize, &u128)| *seen.entry(*key).or_insert(row);
    keys.map_indexed(first)
}

/// One number for each value, the same for equal ones; of texts, their hashes.
pub(super) fn words(view: &TensorView<'_>) -> Vec<u64> {
    match view {
        // As `f64`, large ones would be rounded to equal ones.
        TensorView::Int64(array) => array.iter().map(|v| v.cast_unsigned()).into_list(),
        TensorView::UInt64(array) => array.iter().copied().collect(),
        view => match view.to_f64() {
            Some(values) => values.map_into(bits),
            None => view.texts().map_each(hash),
        },
    }
}

fn bits_of_f32(value: f32) -> u64 {
    match value {
        v if v.is_nan() => u64::from(f32::NAN.to_bits()),
        0.0 => 0,
        v => u64::from(v.to_bits()),
    }
}

fn hash(text: &String) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl Key {
    fn add(&mut self, view: &TensorView<'_>) {
        for axis in view.shape() {
            self.mix(*axis as u64);
        }
        match view {
            // Pixels by the handful: there may be millions.
            TensorView::UInt8(array) => self.add_all(array.iter().copied(), 8, u64::from),
            TensorView::Float32(array) => self.add_all(array.iter().copied(), 2, bits_of_f32),
            view => words(view).into_iter().for_each(|word| self.mix(word)),
        }
    }

    /// Values of so many bits, as many at a time as go into a word.
    fn add_all<T>(
        &mut self,
        values: impl ExactSizeIterator<Item = T>,
        in_a_word: usize,
        bits: impl Fn(T) -> u64,
    ) {
        let width = 64 / in_a_word as u32;
        let (mut word, mut held) = (0, 0);
        for value in values {
            word = word << width | bits(value);
            held += 1;
            if held == in_a_word {
                self.mix(word);
                (word, held) = (0, 0);
            }
        }
        // How many there are, the shape has told.
        self.mix(word);
    }
}

/// Rows that a thread takes at a time.
const ROWS_OF_A_THREAD: usize = 256;

/// Results of rows in their order, computed on all cores.
pub(super) fn in_parallel<T: Send>(
    rows: usize,
    of_rows: impl Fn(Range<usize>) -> Vec<T> + Sync,
) -> Vec<T> {
    let parts = rows.div_ceil(ROWS_OF_A_THREAD);
    let found = numbered(parts, &|part| {
        let start = part * ROWS_OF_A_THREAD;
        of_rows(start..rows.min(start + ROWS_OF_A_THREAD))
    });
    found.flat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dataset, dict};
    use ndarray::array;

    const NAN: f64 = f64::NAN;

    fn equal(dataset: Dataset) -> Vec<usize> {
        let look = dataset.look();
        let all: Vec<usize> = (0..look.components.len()).collect();
        firsts(&keys(&look, &all).unwrap())
    }

    #[test]
    fn nan_equals_nan_and_zeros_have_no_sign() {
        let x = array![[NAN, 1.0], [0.0, 1.0], [-NAN, 1.0], [-0.0, 1.0], [1.0, NAN]];
        assert_eq!(
            equal(Dataset::from_tensor_slices(&x).unwrap()),
            [0, 1, 0, 1, 4]
        );
    }

    #[test]
    fn rows_of_any_length_differ_by_each_value() {
        for width in [1, 2, 3, 7, 8, 9, 17] {
            let unit = ndarray::Array2::<u8>::eye(width);
            let none = ndarray::Array2::zeros((1, width));
            let rows = ndarray::concatenate![ndarray::Axis(0), unit, none, unit];
            let wanted: Vec<usize> = (0..=width).chain(0..width).collect();
            assert_eq!(equal(Dataset::from_tensor_slices(&rows).unwrap()), wanted);
            let floats = rows.mapv(f32::from);
            assert_eq!(equal(Dataset::from_tensor_slices(&floats).unwrap()), wanted);
        }
        let zeros = array![[-0.0_f32, f32::NAN, 1.0], [0.0, -f32::NAN, 1.0]];
        assert_eq!(equal(Dataset::from_tensor_slices(zeros).unwrap()), [0, 0]);
    }

    #[test]
    fn large_integers_and_texts_are_told_apart() {
        let big = vec![u64::MAX, u64::MAX - 1, u64::MAX];
        assert_eq!(equal(Dataset::from_tensor_slices(big).unwrap()), [0, 1, 0]);
        let texts = dict! { "a": vec!["ab", "a", "ab"], "b": vec!["c", "bc", "c"] };
        assert_eq!(
            equal(Dataset::from_tensor_slices(texts).unwrap()),
            [0, 1, 0]
        );
        let complex = [(0.0, 1.0), (1.0, 0.0), (0.0, 1.0)];
        let complex = complex.map(|(re, im)| num_complex::Complex { re, im });
        assert_eq!(
            equal(Dataset::from_tensor_slices(complex).unwrap()),
            [0, 1, 0]
        );
    }

    #[test]
    fn rows_of_threads_come_in_order() {
        for rows in [0, 1, 255, 512, 1001] {
            let found = in_parallel(rows, Iterator::collect::<Vec<_>>);
            assert_eq!(found, (0..rows).collect::<Vec<_>>());
        }
    }
}
