//! Which rows of two data sets are equal.

use std::time::{Duration, Instant};

use crate::dataset::{Dataset, Extent, Key, Look};
use crate::list::{IntoList, MapEach, MapInto, SortWith};
use crate::profile::key::{Key as RowKey, bits};
use crate::tensor::{Tensor, TensorView};

/// All rows of a data set are read to find equal ones if they have at most so many bytes.
pub(super) const MAX_BYTES: usize = 1 << 28;

/// Reading them is given up after this time.
const MAX_TIME: Duration = Duration::from_secs(2);

/// What tells rows apart: a component, or some numbers of vectors, in the order of
/// the data set they are compared with.
pub(super) type Columns = Vec<(usize, Option<usize>)>;

/// Rows of a data set by what tells them apart.
pub(super) struct Hashes {
    /// Each with its position in the data set, in rising order of those.
    pub(super) rows: Vec<(usize, RowKey)>,
    /// Which rows of the data set these are.
    pub(super) extent: Extent,
}

impl Hashes {
    /// Of all rows if that is affordable, or else of those looked at; nothing where rows
    /// differ in shape.
    pub(super) fn of(dataset: &Dataset, look: &Look, columns: &Columns) -> Option<Hashes> {
        if look.extent != Extent::All
            && let Some(rows) = of_all(dataset, columns)
        {
            return Some(Hashes {
                rows,
                extent: Extent::All,
            });
        }
        let components: Vec<Option<&Tensor>> = look.components.map_each(|c| c.stacked());
        let hashes = of_rows(&components, look.len, columns)?;
        let mut rows: Vec<(usize, RowKey)> = look.positions.iter().copied().zip(hashes).into_list();
        rows.sort_with(|a, b| a.0.cmp(&b.0));
        Some(Hashes {
            rows,
            extent: look.extent.clone(),
        })
    }
}

/// Of all rows, if they are few enough, none fails and time suffices.
fn of_all(dataset: &Dataset, columns: &Columns) -> Option<Vec<(usize, RowKey)>> {
    let (dataset, columns) = only(dataset, columns)?;
    let len = dataset.cardinality().finite()?;
    // Of batches a row is known beforehand, and how many there are when they are read.
    let bytes = dataset.row_spec().bytes()?;
    if bytes.checked_mul(len)? > MAX_BYTES {
        return None;
    }
    let begun = Instant::now();
    let mut rows: Vec<(usize, RowKey)> = Vec::new();
    for block in dataset.blocks("comparing") {
        let block = block.ok()?;
        let leaves: Vec<Option<&Tensor>> = block.leaves().map_into(Some);
        let count = leaves.first()?.map_or(0, first_axis);
        let hashes = of_rows(&leaves, count, &columns)?;
        rows.extend((rows.len()..).zip(hashes));
        if rows.len().saturating_mul(bytes) > MAX_BYTES || begun.elapsed() > MAX_TIME {
            return None;
        }
    }
    Some(rows)
}

/// The components that tell rows apart, without those beside them.
fn only(dataset: &Dataset, columns: &Columns) -> Option<(Dataset, Columns)> {
    let keys: Vec<Key> = columns.map_each(|(i, _)| Key::Index(*i));
    let (dataset, places) = dataset.only(&keys.iter().into_list());
    let place = |(key, (_, position)): (Key, &(usize, Option<usize>))| match key {
        Key::Index(component) => Some((component, *position)),
        Key::Name(_) => None,
    };
    let columns = places.into_iter().zip(columns).map(place);
    let columns: Option<Columns> = columns.collect();
    Some((dataset, columns?))
}

fn first_axis(tensor: &Tensor) -> usize {
    tensor.shape().first().copied().unwrap_or(0)
}

/// Of rows stacked, `count` of them.
fn of_rows(components: &[Option<&Tensor>], count: usize, columns: &Columns) -> Option<Vec<RowKey>> {
    let mut hashes = vec![RowKey::default(); count];
    for &(component, position) in columns {
        let view = (*components.get(component)?)?.view();
        let view = match position {
            Some(position) => view.index(1, position),
            None => view,
        };
        for side in [1, 2] {
            // Pictures of 4 × 9 and of 6 × 6 pixels differ, whatever is in them.
            let length = view.shape().get(side).copied().unwrap_or(1) as u64;
            hashes.iter_mut().for_each(|hash| hash.mix(length));
        }
        let each = view.len().checked_div(count).unwrap_or(0);
        let (values, rests) = exact(&view)?;
        for (row, hash) in hashes.iter_mut().enumerate() {
            let own = row * each..(row + 1) * each;
            for &value in &values[own.clone()] {
                hash.mix(bits(value));
            }
            for (at, &rest) in rests.get(own).unwrap_or(&[]).iter().enumerate() {
                if rest != 0 {
                    hash.mix(at as u64);
                    hash.mix(rest as u64);
                }
            }
        }
    }
    Some(hashes)
}

/// Numbers as `f64`, and what that rounds off: nothing but for whole numbers of 64 bits.
fn exact(view: &TensorView<'_>) -> Option<(Vec<f64>, Vec<i64>)> {
    let rest = |value: i128| (value - (value as f64) as i128) as i64;
    let rests = match view {
        TensorView::Int64(array) => array.iter().map(|v| rest(i128::from(*v))).into_list(),
        TensorView::UInt64(array) => array.iter().map(|v| rest(i128::from(*v))).into_list(),
        _ => Vec::new(),
    };
    view.to_f64().map(|values| (values, rests))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn hashes(dataset: &Dataset, columns: &Columns) -> Vec<(usize, RowKey)> {
        Hashes::of(dataset, &dataset.look(), columns).unwrap().rows
    }

    fn all_hashes(values: Tensor) -> Vec<RowKey> {
        let count = first_axis(&values);
        of_rows(&[Some(&values)], count, &vec![(0, None)]).unwrap()
    }

    #[test]
    fn equal_numbers_of_any_type_are_equal() {
        let bytes = all_hashes(Tensor::from(vec![0_u8, 1, 200]));
        assert_eq!(all_hashes(Tensor::from(vec![-0.0_f32, 1.0, 200.0])), bytes);
        assert_eq!(all_hashes(Tensor::from(vec![0_i64, 1, 200])), bytes);
        let nan = all_hashes(Tensor::from(vec![f64::NAN, -f64::NAN]));
        assert_eq!(nan[0], nan[1]);
    }

    #[test]
    fn whole_numbers_that_are_one_f64_differ() {
        let large = (1_i64 << 53) + 1;
        let found = all_hashes(Tensor::from(vec![large, large - 1, i64::MIN, i64::MAX]));
        assert_ne!(found[0], found[1]);
        assert_ne!(found[2], found[3]);
        let swapped = array![[large, large - 1], [large - 1, large]];
        let found_swapped = all_hashes(Tensor::from(swapped));
        assert_ne!(found_swapped[0], found_swapped[1]);
        let found = all_hashes(Tensor::from(vec![u64::MAX, u64::MAX - 1, 1 << 63]));
        assert_ne!(found[0], found[1]);
        assert_ne!(found[1], found[2]);
    }

    #[test]
    fn the_order_of_values_and_the_shape_of_pictures_count() {
        let rows = all_hashes(Tensor::from(array![[1, 2, 0], [2, 1, 0], [0, 1, 2]]));
        assert!(rows[0] != rows[1] && rows[1] != rows[2] && rows[0] != rows[2]);
        let pictures = |h, w| Tensor::from(ndarray::Array3::<u8>::zeros((1, h, w)));
        assert_ne!(all_hashes(pictures(4, 9)), all_hashes(pictures(6, 6)));
    }

    #[test]
    fn rows_have_one_hash_however_they_are_read() {
        let rows = ndarray::Array2::from_shape_fn((20_000, 2), |(i, j)| (i / 2 + j) as f64);
        let ds = Dataset::from_tensor_slices((rows, vec!["word"; 20_000])).unwrap();
        let columns = vec![(0, Some(1)), (0, Some(0))];
        let all = hashes(&ds, &columns);
        assert_eq!(all.len(), 20_000);
        assert_eq!(hashes(&ds.batch(64).unwrap(), &columns), all);
        // Beyond the bound, or without an end, those that were looked at.
        let look = ds.repeat(None).look();
        let endless = Hashes::of(&ds.repeat(None), &look, &columns).unwrap();
        assert_eq!(endless.rows, all[..10_000]);
    }
}
