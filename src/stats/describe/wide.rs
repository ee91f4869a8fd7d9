//! The few types that columns are described in, and tables read into them.

use std::ops::Range;

use ndarray::{Array1, ArrayView2, ArrayViewD, Axis, CowArray, Ix1, Ix2, Slice};

use crate::stats::real::Kernel;
use crate::tensor::{F16, Scalar, TensorView};

/// A type that columns are described in. Each costs every user its compilation,
/// so the small element types share the floats, which hold them exactly.
pub(super) trait Wide: Kernel + Scalar + Default {
    /// Equal for equal numbers, and different for different ones.
    fn bits(self) -> u64;

    /// Of a finite value.
    fn is_whole(self) -> bool;

    /// The numbers of `view` as a table, if this is the type that they widen to.
    fn table<'a>(view: &'a TensorView<'_>) -> Option<Box<dyn Table<Self> + 'a>>;
}

/// Rows of numbers that are read in any order, by several threads at once.
pub(super) trait Table<T>: Sync {
    fn rows(&self) -> usize;

    fn width(&self) -> usize;

    /// All columns of `rows`, where they lie side by side in memory as this type.
    fn slice(&self, rows: Range<usize>) -> Option<&[T]>;

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
    ($($wide:ty: $itself:ident, $bits:expr, $whole:expr, [$($name:ident $type:ty = $widen:expr),*];)*) => {$(
        impl Wide for $wide {
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

// Adding zero makes the negative zero the positive one.
wide! {
    f32: Float32, |v: f32| u64::from((v + 0.0).to_bits()), whole!(8_388_608.0_f32), [
        Bool bool = |v| f32::from(u8::from(v)),
        Int8 i8 = f32::from, Int16 i16 = f32::from,
        UInt8 u8 = f32::from, UInt16 u16 = f32::from,
        Float16 F16 = f32::from
    ];
    f64: Float64, |v: f64| (v + 0.0).to_bits(), whole!(4_503_599_627_370_496.0_f64), [
        Int32 i32 = f64::from, UInt32 u32 = f64::from
    ];
    i64: Int64, |v: i64| v.cast_unsigned(), |_| true, [];
    u64: UInt64, |v| v, |_| true, [];
}

fn boxed<'a, S: Widen<T> + 'static, T: Clone + Default>(
    array: &'a ArrayViewD<'_, S>,
) -> Box<dyn Table<T> + 'a> {
    match array.view().into_dimensionality::<Ix2>() {
        Ok(table) => Box::new(CowArray::from(table)),
        Err(_) => Box::new(pooled(array)),
    }
}

/// All elements as one column. Only a view with gaps is copied.
fn pooled<'a, S: Copy>(array: &'a ArrayViewD<'_, S>) -> CowArray<'a, S, Ix2> {
    if let Ok(line) = array.view().into_dimensionality::<Ix1>() {
        return line.insert_axis(Axis(1)).into();
    }
    let shape = (array.len(), 1);
    let slice = array.as_slice_memory_order();
    if let Some(Ok(view)) = slice.map(|slice| ArrayView2::from_shape(shape, slice)) {
        return view.into();
    }
    Array1::from_iter(array.iter().copied())
        .insert_axis(Axis(1))
        .into()
}

impl<S: Widen<T>, T: Clone + Default> Table<T> for CowArray<'_, S, Ix2> {
    fn rows(&self) -> usize {
        self.nrows()
    }

    fn width(&self) -> usize {
        self.ncols()
    }

    fn slice(&self, rows: Range<usize>) -> Option<&[T]> {
        let width = self.ncols();
        let values = self.as_slice()?;
        S::as_wide(&values[rows.start * width..rows.end * width])
    }

    fn read(&self, rows: Range<usize>, columns: Range<usize>, into: &mut [Vec<T>]) {
        let block = self.slice_axis(Axis(0), Slice::from(rows));
        for (j, column) in columns.zip(into) {
            column.resize(block.nrows(), T::default());
            match (block.as_slice(), self.ncols()) {
                (Some(values), 1) => fill(column, values.iter()),
                (Some(values), 2) => fill_from::<_, _, 2>(column, values, j),
                (Some(values), 3) => fill_from::<_, _, 3>(column, values, j),
                (Some(values), 4) => fill_from::<_, _, 4>(column, values, j),
                (Some(values), 5) => fill_from::<_, _, 5>(column, values, j),
                (Some(values), width) => {
                    fill(column, values.chunks_exact(width).map(|row| &row[j]));
                }
                (None, _) => fill(column, block.column(j).iter()),
            }
        }
    }
}

/// Of rows of known length, as those of most tables are short: faster by half.
fn fill_from<S: Widen<T>, T, const WIDTH: usize>(column: &mut [T], values: &[S], j: usize) {
    fill(
        column,
        values.as_chunks::<WIDTH>().0.iter().map(|row| &row[j]),
    );
}

fn fill<'a, S: Widen<T> + 'a, T>(places: &mut [T], values: impl Iterator<Item = &'a S>) {
    for (place, value) in places.iter_mut().zip(values) {
        *place = value.widen();
    }
}
