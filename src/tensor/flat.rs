//! Values in one row, and tensors made of such: what everything that moves values
//! is made of.
//!
//! `ndarray` does all this, but each of its ways is hundreds of lines of machine
//! code for each of sixteen element types, and every notebook waits for them.
//! Here little is written for all types; the rest computes with lengths alone.

use std::borrow::Cow;

use ndarray::{ArcArray, ArrayViewD, Axis, IxDyn};

use super::{Scalar, Tensor};

/// The values in row-major order: where they lie if they lie so, or else copied.
pub(crate) fn in_order<'a, T: Clone>(array: &'a ArrayViewD<'_, T>) -> Cow<'a, [T]> {
    match array.as_slice() {
        Some(values) => Cow::Borrowed(values),
        None => {
            let mut values = Vec::new();
            append(&mut values, array);
            Cow::Owned(values)
        }
    }
}

/// Appends the values in row-major order.
pub(super) fn append<T: Clone>(values: &mut Vec<T>, array: &ArrayViewD<'_, T>) {
    match array.as_slice() {
        Some(neighbours) => values.extend_from_slice(neighbours),
        None => append_placed(values, array, array.shape(), None),
    }
}

/// The entries at `positions` along `axis`, in row-major order.
pub(super) fn entries<T: Clone>(
    array: &ArrayViewD<'_, T>,
    axis: usize,
    positions: &[usize],
) -> Vec<T> {
    let (length, width) = around(array.shape(), axis);
    let mut values = Vec::with_capacity(array.len() / length.max(1) * positions.len());
    match array.as_slice() {
        Some(neighbours) => {
            for block in neighbours.chunks((length * width).max(1)) {
                append_runs(&mut values, block, width, positions);
            }
        }
        None => {
            let mut shape = array.shape().to_vec();
            shape[axis] = positions.len();
            append_placed(&mut values, array, &shape, Some((axis, positions)));
        }
    }
    values
}

/// The length of `axis`, and how many values an entry has in the axes behind it.
fn around(shape: &[usize], axis: usize) -> (usize, usize) {
    (shape[axis], shape[axis + 1..].iter().product())
}

/// Appends the runs of `width` values at `positions`.
fn append_runs<T: Clone>(values: &mut Vec<T>, from: &[T], width: usize, positions: &[usize]) {
    for &position in positions {
        match width {
            1 => values.push(from[position].clone()),
            _ => values.extend_from_slice(&from[position * width..(position + 1) * width]),
        }
    }
}

/// Puts the values at the start of each axis of an array of `shape`, whose values are
/// `to`.
pub(super) fn spread<T: Clone>(array: &ArrayViewD<'_, T>, shape: &[usize], to: &mut [T]) {
    if !array.is_empty() {
        place_all(
            array,
            Walk::new(array.shape(), array.strides(), shape, None),
            to,
        );
    }
}

/// Entries along an axis.
type Picked<'a> = (usize, &'a [usize]);

/// Appends the values, or those picked, as an array of `shape`.
fn append_placed<T: Clone>(
    values: &mut Vec<T>,
    array: &ArrayViewD<'_, T>,
    shape: &[usize],
    picked: Option<Picked<'_>>,
) {
    let (start, count): (_, usize) = (values.len(), shape.iter().product());
    if let Some(any) = array.first().filter(|_| count > 0) {
        values.resize(start + count, any.clone());
        let walk = Walk::new(array.shape(), array.strides(), shape, picked);
        place_all(array, walk, &mut values[start..]);
    }
}

/// An axis along which values are taken, and where they go.
struct Line<'a> {
    /// The axis that it changes places with to stand where it does.
    swapped: usize,
    /// The entries that are taken; all, in order, where there is no list.
    positions: Option<&'a [usize]>,
    /// The first of these entries, and how many.
    first: usize,
    count: usize,
    /// How far apart the entries are put.
    step: usize,
}

impl Line<'_> {
    /// The `i`-th entry, and where it goes.
    fn stop(&self, i: usize) -> (usize, usize) {
        let i_of_all = self.first + i;
        let entry = self
            .positions
            .map_or(i_of_all, |positions| positions[i_of_all]);
        (entry, i * self.step)
    }

    /// Whether entries that are neighbours are put side by side.
    fn is_run(&self) -> bool {
        self.positions.is_none() && self.step == 1
    }
}

/// Values that are put in their places together: few enough to stay in the first-level
/// cache, as neighbours in memory may be put far apart.
const BLOCK: usize = 4096;

/// A way through all values.
struct Walk<'a> {
    /// From the axis of the largest steps in memory to that of the smallest: so most
    /// values are found side by side.
    lines: Vec<Line<'a>>,
    /// Which line is the first axis, along which blocks are cut; its length, and how
    /// much of it is one block.
    rows: usize,
    length: usize,
    block: usize,
    done: usize,
}

impl<'a> Walk<'a> {
    /// For an array that goes into one of the shape `to`.
    fn new(
        shape: &[usize],
        strides: &[isize],
        to: &[usize],
        picked: Option<Picked<'a>>,
    ) -> Walk<'a> {
        let mut axes: Vec<usize> = (0..shape.len()).collect();
        let mut lines = Vec::with_capacity(axes.len());
        for i in 0..axes.len() {
            let stride = |&at: &usize| strides[axes[at]].unsigned_abs();
            let swapped = (i..axes.len()).rev().max_by_key(stride).unwrap_or(i);
            axes.swap(i, swapped);
            let axis = axes[i];
            let positions = picked.filter(|(along, _)| *along == axis).map(|(_, p)| p);
            lines.push(Line {
                swapped,
                positions,
                first: 0,
                count: positions.map_or(shape[axis], <[usize]>::len),
                step: to[axis + 1..].iter().product(),
            });
        }
        let rows = axes.iter().position(|&axis| axis == 0).unwrap_or(0);
        let length = lines.get(rows).map_or(1, |line| line.count);
        let row: usize = lines.iter().map(|line| line.count).product::<usize>() / length.max(1);
        Walk {
            lines,
            rows,
            length,
            block: match rows {
                0 => length,
                _ => (BLOCK / row.max(1)).max(1),
            },
            done: 0,
        }
    }

    /// Goes on to the next block, and tells where it begins.
    fn advance(&mut self) -> Option<usize> {
        let (start, left) = (self.done, self.length - self.done);
        if left == 0 {
            return None;
        }
        let count = self.block.min(left);
        self.done += count;
        let line = self.lines.get_mut(self.rows);
        Some(line.map_or(0, |line| {
            (line.first, line.count) = (start, count);
            start * line.step
        }))
    }
}

fn place_all<T: Clone>(array: &ArrayViewD<'_, T>, mut walk: Walk<'_>, to: &mut [T]) {
    let mut turned = array.view();
    for (i, line) in walk.lines.iter().enumerate() {
        turned.swap_axes(i, line.swapped);
    }
    while let Some(start) = walk.advance() {
        place(turned.view(), &walk.lines, &mut to[start..]);
    }
}

/// Copies values to their places; the axes of `from` are those of `lines`.
fn place<T: Clone>(from: ArrayViewD<'_, T>, lines: &[Line<'_>], to: &mut [T]) {
    if let Some(neighbours) = from.as_slice() {
        return place_neighbours(neighbours, from.shape(), lines, to);
    }
    let Some((line, inner)) = lines.split_first() else {
        return;
    };
    for i in 0..line.count {
        let (entry, at) = line.stop(i);
        if inner.is_empty() {
            to[at].clone_from(&from[[entry]]);
        } else {
            let part = from.view().index_axis_move(Axis(0), entry);
            place(part, inner, &mut to[at..]);
        }
    }
}

/// The same for values that lie together.
fn place_neighbours<T: Clone>(from: &[T], shape: &[usize], lines: &[Line<'_>], to: &mut [T]) {
    let Some((line, inner)) = lines.split_first() else {
        return to[0].clone_from(&from[0]);
    };
    if inner.is_empty() && line.is_run() {
        let run = &from[line.first..line.first + line.count];
        return to[..line.count].clone_from_slice(run);
    }
    let width = from.len() / shape[0];
    for i in 0..line.count {
        let (entry, at) = line.stop(i);
        if inner.is_empty() {
            to[at].clone_from(&from[entry]);
        } else {
            let part = &from[entry * width..(entry + 1) * width];
            place_neighbours(part, &shape[1..], inner, &mut to[at..]);
        }
    }
}

/// A tensor of as many values as `shape` has, in row-major order. `None` for a shape
/// that `ndarray` does not take: of no values, but with axes whose product is beyond
/// any memory.
pub(super) fn laid_out<T: Scalar>(shape: &[usize], values: Vec<T>) -> Option<Tensor> {
    let array = ArcArray::from_shape_vec(IxDyn(shape), values).ok()?;
    Some(T::hold(array))
}

/// As [`laid_out`], but of shape `(0,)` where `ndarray` does not take the shape.
pub(super) fn shaped<T: Scalar>(shape: &[usize], values: Vec<T>) -> Tensor {
    laid_out(shape, values)
        .or_else(|| laid_out(&[0], Vec::<T>::new()))
        .expect("an array can have no values")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array, ArrayD, Slice, arr0};

    /// Arrays of one shape whose values lie otherwise in memory.
    fn layouts() -> Vec<ArrayD<usize>> {
        let array = |shape: [usize; 3]| Array::from_iter(0..shape.iter().product());
        let whole = |shape: [usize; 3]| {
            array(shape)
                .into_shape_with_order(shape)
                .unwrap()
                .into_dyn()
        };
        let mut backwards = whole([4, 3, 5]);
        backwards.invert_axis(Axis(0));
        backwards.invert_axis(Axis(2));
        let gaps = |axis: usize, start: isize, shape: [usize; 3]| {
            let mut gaps = whole(shape);
            gaps.slice_axis_inplace(Axis(axis), Slice::new(start, None, 2));
            gaps
        };
        vec![
            whole([4, 3, 5]),
            whole([5, 3, 4]).reversed_axes(),
            whole([5, 4, 3]).permuted_axes(vec![1, 2, 0]),
            backwards,
            gaps(0, 1, [8, 3, 5]),
            gaps(1, 0, [4, 6, 5]),
            gaps(2, 1, [4, 3, 10]),
            gaps(1, 0, [5, 6, 4]).reversed_axes(),
            arr0(7).broadcast((4, 3, 5)).unwrap().to_owned().into_dyn(),
        ]
    }

    #[test]
    fn values_are_in_row_major_order_however_they_lie() {
        for array in layouts() {
            let values: Vec<usize> = array.iter().copied().collect();
            assert_eq!(in_order(&array.view()), values);
            let mut more = vec![1];
            append(&mut more, &array.view());
            assert_eq!((more[0], &more[1..]), (1, &values[..]));
        }
        let one = arr0(3).into_dyn();
        assert_eq!(in_order(&one.broadcast(vec![2, 2]).unwrap()), vec![3; 4]);
        assert_eq!(in_order(&one.view()), vec![3]);
        let none = ArrayD::<u8>::zeros(vec![4, 0]).reversed_axes();
        assert_eq!(in_order(&none.view()), vec![0; 0]);
    }

    #[test]
    fn entries_are_taken_along_any_axis_however_they_lie() {
        for array in layouts() {
            for (axis, positions) in [(0, &[3, 0, 0][..]), (1, &[2, 1]), (2, &[4]), (1, &[])] {
                let wanted = array.select(Axis(axis), positions);
                let wanted: Vec<usize> = wanted.iter().copied().collect();
                assert_eq!(entries(&array.view(), axis, positions), wanted);
            }
        }
    }

    #[test]
    fn large_arrays_are_copied_block_by_block() {
        let columns = Array::from_iter(0..3 * BLOCK).into_shape_with_order((3, BLOCK));
        let table = columns.unwrap().reversed_axes().into_dyn();
        let values: Vec<usize> = table.iter().copied().collect();
        assert_eq!(in_order(&table.view()), values);
        let backwards: Vec<usize> = (0..BLOCK).rev().collect();
        let wanted = table.select(Axis(0), &backwards);
        assert_eq!(
            entries(&table.view(), 0, &backwards),
            wanted.as_slice().unwrap()
        );
    }

    #[test]
    fn values_are_spread_over_a_larger_array() {
        for array in layouts() {
            let mut wanted = ArrayD::from_elem(vec![5, 3, 7], 99);
            let mut start = wanted.slice_axis_mut(Axis(0), Slice::from(..4));
            start.slice_axis_inplace(Axis(2), Slice::from(..5));
            start.assign(&array);
            let mut spread_out = vec![99; 5 * 3 * 7];
            spread(&array.view(), wanted.shape(), &mut spread_out);
            assert_eq!(spread_out, wanted.as_slice().unwrap());
        }
        let mut untouched = vec![1, 2];
        spread(
            &ArrayD::<i32>::zeros(vec![0, 2]).view(),
            &[1, 2],
            &mut untouched,
        );
        assert_eq!(untouched, [1, 2]);
    }
}
