//! The few types that statistics are computed in, and tables read into them.

use std::borrow::Cow;
use std::ops::Range;

use ndarray::{ArrayView1, ArrayViewD, Axis, Slice};

use super::quick::{CHUNK, Places, quick_places};
use super::quick_rows::{RowPlaces, pair_bins};
use crate::tensor::{DType, F16, Scalar, TensorView, in_order};

/// In which format NumPy computes with an element type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    /// Exact differences, then `f64`.
    Integer,
    Single,
    Double,
}

impl Arithmetic {
    /// Half floats are computed with as `f32`: NumPy's half-precision results
    /// overflow, and its bins run together.
    pub(super) fn of(dtype: DType) -> Self {
        match dtype {
            DType::Float16 | DType::Float32 => Arithmetic::Single,
            DType::Float64 => Arithmetic::Double,
            _ => Arithmetic::Integer,
        }
    }
}

/// A type that statistics are computed in. Each costs every user its compilation,
/// so the small element types share the floats, which hold them exactly.
pub(super) trait Wide: Scalar + Copy + PartialOrd + Default + Send + Sync {
    fn to_f64(self) -> f64;

    fn is_finite(self) -> bool;

    /// `upper - self` for `self <= upper`, as NumPy subtracts: exact for
    /// integers (even where the difference needs one bit more than the type
    /// has), rounded to the type for floats.
    fn gap(self, upper: Self) -> f64;

    /// `self - origin` with as little rounding as the type allows.
    fn offset(self, origin: Self) -> f64;

    /// The value as an integer where the type is one.
    fn to_integer(self) -> Option<i128>;

    /// Equal for equal numbers, and different for different ones.
    fn bits(self) -> u64;

    /// Of a finite value.
    fn is_whole(self) -> bool;

    /// How places among `count` equal bins are computed with a slack; see
    /// [`quick`](super::quick).
    fn places(_first: f64, _last: f64, _count: usize, _slack: u32) -> Option<Places<Self>> {
        None
    }

    /// The place of an edge and the slack.
    fn place_of(_places: Places<Self>, _edge: f64) -> f64 {
        f64::NAN
    }

    /// The bins of values, and whether all are certain.
    fn bins(_values: &[Self; CHUNK], _places: Places<Self>, _bins: &mut [u32; CHUNK]) -> bool {
        false
    }

    /// The bin of a value, if it is certain.
    fn certain_bin(self, _places: Places<Self>) -> Option<u32> {
        None
    }

    /// The pairs of bins of two stretches of rows; false if some values lie so far beyond
    /// the bins that the pairs say nothing. See [`quick_rows`](super::quick_rows).
    fn pair_bins<const SPANNED: bool>(
        _stretches: (&[Self], &[Self]),
        _places: &RowPlaces<Self>,
        _pairs: &mut [u32],
    ) -> bool {
        false
    }

    /// Whether one of these is no number, or two are opposite infinities.
    fn spoil(_values: [Self; 4]) -> bool {
        false
    }

    /// The numbers of `view` as a table, if this is the type that they widen to.
    fn table<'a>(view: &'a TensorView<'_>) -> Option<Box<dyn Table<Self> + 'a>>;
}

/// Runs `body` with `table` standing for the numbers of a view, in the type that they
/// widen to, or else `other`.
macro_rules! with_table {
    ($view:expr, $table:ident => $body:expr, else $other:expr) => {{
        use $crate::stats::wide::Wide;
        let view = $view;
        if let Some(table) = <f32 as Wide>::table(view) {
            let $table = &*table;
            $body
        } else if let Some(table) = <f64 as Wide>::table(view) {
            let $table = &*table;
            $body
        } else if let Some(table) = <i64 as Wide>::table(view) {
            let $table = &*table;
            $body
        } else if let Some(table) = <u64 as Wide>::table(view) {
            let $table = &*table;
            $body
        } else {
            $other
        }
    }};
}
pub(super) use with_table;

/// The view as one that is read as a single column.
pub(super) fn as_column<'a>(view: &TensorView<'a>) -> TensorView<'a> {
    match view.shape() {
        [_, _] => view.clone().with_first_axis(),
        _ => view.clone(),
    }
}

/// Rows of numbers that are read in any order, by several threads at once.
pub(super) trait Table<T>: Sync {
    fn rows(&self) -> usize;

    fn width(&self) -> usize;

    /// All columns of `rows`, where they lie side by side in memory as this type.
    fn slice(&self, rows: Range<usize>) -> Option<&[T]>;

    /// Fills a vector with the values of `rows` in a column.
    fn read_f64(&self, rows: Range<usize>, column: usize, into: &mut Vec<f64>);

    /// All values of a column.
    fn column(&self, column: usize) -> Vec<T> {
        let mut values = [Vec::new()];
        self.read(0..self.rows(), column..column + 1, &mut values);
        let [values] = values;
        values
    }

    /// Fills a vector for each of `columns` with its values of `rows`.
    fn read(&self, rows: Range<usize>, columns: Range<usize>, into: &mut [Vec<T>]);
}

/// An element type and the wide type that holds it exactly.
trait Widen<T>: Copy + Sync {
    fn widen(self) -> T;

    /// The values themselves where they are of the wide type.
    fn as_wide(_values: &[Self]) -> Option<&[T]> {
        None
    }
}

macro_rules! wide {
    ($($wide:ident: $itself:ident, $kind:ident, $bits:expr, $whole:expr, [$($name:ident $type:ty = $widen:expr),*];)*) => {$(
        impl Wide for $wide {
            $kind!($wide);

            #[inline]
            fn bits(self) -> u64 {
                ($bits)(self)
            }

            #[inline]
            fn is_whole(self) -> bool {
                ($whole)(self)
            }

            fn table<'a>(view: &'a TensorView<'_>) -> Option<Box<dyn Table<Self> + 'a>> {
                match view {
                    TensorView::$itself(array) => Some(boxed(array)),
                    $(TensorView::$name(array) => Some(boxed(array)),)*
                    _ => None,
                }
            }
        }

        $(impl Widen<$wide> for $type {
            #[inline]
            fn widen(self) -> $wide {
                ($widen)(self)
            }
        })*

        impl Widen<$wide> for $wide {
            #[inline]
            fn widen(self) -> $wide {
                self
            }

            fn as_wide(values: &[$wide]) -> Option<&[$wide]> {
                Some(values)
            }
        }
    )*};
}

/// Whether a finite number has no fraction. Floats from 2 to the power of their
/// digits on have none, and smaller ones lose theirs when that is added: plain
/// sums, as rounding is a call without SSE 4.1.
macro_rules! whole {
    ($digits:expr) => {
        |value: Self| {
            let size = value.abs();
            (size >= $digits) | ((size + $digits) - $digits == size)
        }
    };
}

macro_rules! float {
    (f32) => {
        quick_places!(u32, 23_u32);
        pair_bins!(u32);
        float!();
    };
    (f64) => {
        quick_places!(u64, 52_u32);
        pair_bins!(u64);
        float!();
    };
    () => {
        #[inline]
        fn to_f64(self) -> f64 {
            f64::from(self)
        }

        #[inline]
        fn is_finite(self) -> bool {
            self.is_finite()
        }

        #[inline]
        fn gap(self, upper: Self) -> f64 {
            f64::from(upper - self)
        }

        #[inline]
        fn offset(self, origin: Self) -> f64 {
            f64::from(self) - f64::from(origin)
        }

        fn to_integer(self) -> Option<i128> {
            None
        }

        #[inline]
        fn spoil([a, b, c, d]: [Self; 4]) -> bool {
            ((a + b) + (c + d)).is_nan()
        }
    };
}

macro_rules! integer {
    ($type:ident) => {
        #[inline]
        fn to_f64(self) -> f64 {
            self as f64
        }

        #[inline]
        fn is_finite(self) -> bool {
            true
        }

        #[inline]
        fn gap(self, upper: Self) -> f64 {
            upper.abs_diff(self) as f64
        }

        #[inline]
        fn offset(self, origin: Self) -> f64 {
            let distance = self.abs_diff(origin) as f64;
            if self < origin { -distance } else { distance }
        }

        fn to_integer(self) -> Option<i128> {
            Some(i128::from(self))
        }
    };
}

// Adding zero makes the negative zero the positive one.
wide! {
    f32: Float32, float, |v: f32| u64::from((v + 0.0).to_bits()), whole!(8_388_608.0_f32), [
        Bool bool = |v| f32::from(u8::from(v)),
        Int8 i8 = f32::from, Int16 i16 = f32::from,
        UInt8 u8 = f32::from, UInt16 u16 = f32::from,
        Float16 F16 = f32::from
    ];
    f64: Float64, float, |v: f64| (v + 0.0).to_bits(), whole!(4_503_599_627_370_496.0_f64), [
        Int32 i32 = f64::from, UInt32 u32 = f64::from
    ];
    i64: Int64, integer, |v: i64| v.cast_unsigned(), |_| true, [];
    u64: UInt64, integer, |v| v, |_| true, [];
}

fn boxed<'a, S: Widen<T> + 'static, T: Wide>(
    array: &'a ArrayViewD<'_, S>,
) -> Box<dyn Table<T> + 'a> {
    match (array.shape(), array.as_slice()) {
        ([_, _], None) => Box::new(Strided(array.view())),
        ([_], None) => Box::new(Strided(array.view().insert_axis(Axis(1)))),
        ([rows, width], Some(values)) => Box::new(Rows {
            values: Cow::Borrowed(values),
            rows: *rows,
            width: *width,
        }),
        // All as one column; only what lies in another order or with gaps is copied.
        _ => Box::new(Rows {
            values: in_order(array),
            rows: array.len(),
            width: 1,
        }),
    }
}

/// Numbers that lie side by side in memory, row after row.
struct Rows<'a, S: Copy> {
    values: Cow<'a, [S]>,
    rows: usize,
    width: usize,
}

impl<S: Copy> Rows<'_, S> {
    fn block(&self, rows: &Range<usize>) -> &[S] {
        &self.values[rows.start * self.width..rows.end * self.width]
    }
}

impl<S: Widen<T>, T: Wide> Table<T> for Rows<'_, S> {
    fn rows(&self) -> usize {
        self.rows
    }

    fn width(&self) -> usize {
        self.width
    }

    fn slice(&self, rows: Range<usize>) -> Option<&[T]> {
        S::as_wide(self.block(&rows))
    }

    fn read_f64(&self, rows: Range<usize>, column: usize, into: &mut Vec<f64>) {
        into.resize(rows.len(), 0.0);
        let rows = self.block(&rows).chunks_exact(self.width);
        for (place, row) in into.iter_mut().zip(rows) {
            *place = row[column].widen().to_f64();
        }
    }

    fn read(&self, rows: Range<usize>, columns: Range<usize>, into: &mut [Vec<T>]) {
        let values = self.block(&rows);
        for (j, column) in columns.zip(into) {
            column.resize(rows.len(), T::default());
            match self.width {
                1 => fill_from::<_, _, 1>(column, values, j),
                2 => fill_from::<_, _, 2>(column, values, j),
                3 => fill_from::<_, _, 3>(column, values, j),
                4 => fill_from::<_, _, 4>(column, values, j),
                5 => fill_from::<_, _, 5>(column, values, j),
                width => {
                    for (place, row) in column.iter_mut().zip(values.chunks_exact(width)) {
                        *place = row[j].widen();
                    }
                }
            }
        }
    }
}

/// Of rows of known length, as those of most tables are short: faster by half.
fn fill_from<S: Widen<T>, T, const WIDTH: usize>(column: &mut [T], values: &[S], j: usize) {
    // Known to the compiler from here on.
    assert!(j < WIDTH, "a column of a table");
    for (place, row) in column.iter_mut().zip(values.as_chunks::<WIDTH>().0) {
        *place = row[j].widen();
    }
}

/// Numbers in rows and columns that lie in another order or with gaps.
struct Strided<'a, S>(ArrayViewD<'a, S>);

impl<S> Strided<'_, S> {
    fn column(&self, rows: Range<usize>, column: usize) -> ArrayView1<'_, S> {
        let mut column = self.0.view().index_axis_move(Axis(1), column);
        column.slice_axis_inplace(Axis(0), Slice::from(rows));
        let column = column.into_dimensionality();
        column.expect("one of two axes is left")
    }
}

impl<S: Widen<T>, T: Wide> Table<T> for Strided<'_, S> {
    fn rows(&self) -> usize {
        self.0.shape()[0]
    }

    fn width(&self) -> usize {
        self.0.shape()[1]
    }

    fn slice(&self, _rows: Range<usize>) -> Option<&[T]> {
        None
    }

    fn read_f64(&self, rows: Range<usize>, column: usize, into: &mut Vec<f64>) {
        into.resize(rows.len(), 0.0);
        for (place, value) in into.iter_mut().zip(&self.column(rows, column)) {
            *place = value.widen().to_f64();
        }
    }

    fn read(&self, rows: Range<usize>, columns: Range<usize>, into: &mut [Vec<T>]) {
        for (j, column) in columns.zip(into) {
            column.resize(rows.len(), T::default());
            for (place, value) in column.iter_mut().zip(&self.column(rows.clone(), j)) {
                *place = value.widen();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_of_integers_do_not_overflow() {
        assert_eq!(u64::MIN.gap(u64::MAX), 18_446_744_073_709_551_615.0);
        assert_eq!(i64::MIN.offset(i64::MAX), -18_446_744_073_709_551_615.0);
        assert_eq!(9_007_199_254_740_993_u64.offset(9_007_199_254_740_992), 1.0);
    }

    #[test]
    fn differences_of_floats_round_as_the_type_does() {
        let (a, b) = (0.1_f32, 0.7_f32);
        assert_eq!(a.gap(b), f64::from(b - a));
        assert_eq!(b.offset(a), f64::from(b) - f64::from(a));
    }
}
