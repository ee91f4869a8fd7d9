//! Walking over the elements of a view, some at a time.

use ndarray::ArrayViewD;

use super::real::Kernel;

/// Elements handed over at once: enough to make the call cheap, few enough
/// to stay in the first-level cache for a second look.
pub(super) const CHUNK: usize = 1024;

/// Calls `visit` with all elements of `view`, in slices of at most [`CHUNK`].
///
/// Contiguous memory, in whatever order of axes, is visited where it lies and
/// as it lies; anything else is copied together piece by piece.
pub(super) fn chunks<T: Kernel>(view: &ArrayViewD<'_, T>, mut visit: impl FnMut(&[T])) {
    match view.as_slice_memory_order() {
        Some(slice) => slice.chunks(CHUNK).for_each(visit),
        None => strided(view, &mut visit),
    }
}

/// Calls `visit` as [`chunks`] does, but always in logical (C) order.
pub(super) fn chunks_in_order<T: Kernel>(view: &ArrayViewD<'_, T>, mut visit: impl FnMut(&[T])) {
    match view.as_slice() {
        Some(slice) => slice.chunks(CHUNK).for_each(visit),
        None => strided(view, &mut visit),
    }
}

fn strided<T: Kernel>(view: &ArrayViewD<'_, T>, visit: &mut impl FnMut(&[T])) {
    let mut buffer = Vec::with_capacity(CHUNK);
    // One-dimensional iteration is several times as fast as stepping a
    // dynamic index through all axes.
    for lane in view.rows() {
        for &value in lane {
            buffer.push(value);
            if buffer.len() == CHUNK {
                visit(&buffer);
                buffer.clear();
            }
        }
    }
    if !buffer.is_empty() {
        visit(&buffer);
    }
}

/// All elements for which `keep` holds, in logical order.
pub(super) fn gather<T: Kernel>(view: &ArrayViewD<'_, T>, keep: impl Fn(T) -> bool) -> Vec<T> {
    let mut values = Vec::new();
    chunks_in_order(view, |chunk| {
        values.extend(chunk.iter().copied().filter(|&value| keep(value)));
    });
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array, Array2, Axis, Slice, arr0};

    fn collected(view: &ArrayViewD<'_, i32>) -> Vec<i32> {
        gather(view, |_| true)
    }

    #[test]
    fn every_layout_is_walked_in_order() {
        let n = 3 * CHUNK as i32 + 7;
        let whole = Array::from_iter(0..2 * n);
        let table = Array2::from_shape_vec((n as usize, 2), (0..2 * n).collect()).unwrap();
        let column: Vec<i32> = (0..n).map(|i| 2 * i + 1).collect();
        assert_eq!(collected(&whole.view().into_dyn()), whole.to_vec());
        assert_eq!(collected(&table.column(1).into_dyn()), column);
        let reversed: Vec<i32> = (0..2 * n).rev().collect();
        let mut backwards = whole.view();
        backwards.invert_axis(Axis(0));
        assert_eq!(collected(&backwards.into_dyn()), reversed);
        let transposed: Vec<i32> = table.t().iter().copied().collect();
        assert_eq!(collected(&table.t().into_dyn()), transposed);
    }

    #[test]
    fn no_dimension_is_one_element_and_an_empty_axis_is_none() {
        assert_eq!(collected(&arr0(5).view().into_dyn()), [5]);
        let empty = Array::<i32, _>::zeros((0, 3, 2));
        assert!(collected(&empty.view().into_dyn()).is_empty());
        let empty = Array::<i32, _>::zeros((4, 0));
        let every_other = empty.slice_axis(Axis(0), Slice::new(0, None, 2));
        assert!(collected(&every_other.into_dyn()).is_empty());
    }

    #[test]
    fn broadcast_views_repeat_their_elements() {
        let one = arr0(3);
        let many = one.broadcast((2, 2)).unwrap();
        assert_eq!(collected(&many.into_dyn()), [3, 3, 3, 3]);
    }
}
