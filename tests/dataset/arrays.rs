//! Every layout, storage and element type that a data set can stand on.

use std::fmt::Debug;

use ndarray::{
    ArcArray, Array, Array1, Array2, Array3, ArrayD, CowArray, Dimension, Ix1, Ix2, IxDyn,
    ShapeBuilder, array, s,
};
use ndsight::{Complex, DType, Dataset, F16, IntoStructure, Scalar, Tensor};

use crate::{dataset, scalars, values};

/// Rows 0 to 3 of three columns: row `i` is `[3i, 3i + 1, 3i + 2]`.
fn table() -> Array2<i32> {
    Array2::from_shape_fn((4, 3), |(i, j)| (3 * i + j) as i32)
}

/// The elements, a batch and a shuffled batch of the data set are the rows.
fn holds_the_table(components: impl IntoStructure) {
    let ds = dataset(components);
    assert_eq!(ds.element_spec().to_string(), "int32 (3,)");
    for (i, element) in ds.iter().enumerate() {
        let row: ArcArray<i32, Ix1> = element.unwrap().array(0).unwrap();
        assert_eq!(row, table().row(i));
    }
    let batch: ArcArray<i32, Ix2> = ds.batch(4).unwrap().at(0).unwrap().array(0).unwrap();
    assert_eq!(batch, table());
    let shuffled = ds.shuffle(3).batch(4).unwrap().at(0).unwrap();
    let rows: ArcArray<i32, Ix2> = shuffled.array(0).unwrap();
    for (row, element) in rows.rows().into_iter().zip(ds.shuffle(3)) {
        assert_eq!(row, element.unwrap().array::<i32, Ix1>(0).unwrap());
    }
}

#[test]
#[allow(
    clippy::needless_borrows_for_generic_args,
    reason = "that references are taken too is what is tested"
)]
fn every_storage() {
    holds_the_table(table());
    holds_the_table(&table());
    holds_the_table(table().into_shared());
    holds_the_table(&table().into_shared());
    holds_the_table(table().view());
    holds_the_table(&table().view());
    holds_the_table(table().view_mut().view());
    holds_the_table(CowArray::from(table()));
    holds_the_table(CowArray::from(table().view()));
    holds_the_table(table().into_dyn());
    holds_the_table(Tensor::from(table()));
    holds_the_table(&Tensor::from(table()));
}

#[test]
fn every_layout() {
    let mut fortran = Array2::zeros((4, 3).f());
    fortran.assign(&table());
    assert!(!fortran.is_standard_layout());
    holds_the_table(fortran);
    holds_the_table(table().reversed_axes().as_standard_layout().t());
    let strided = Array2::from_shape_fn((8, 6), |(i, j)| (3 * (i / 2) + j / 2) as i32);
    holds_the_table(strided.slice(s![..;2, ..;2]));
    holds_the_table(strided.slice_move(s![1..;2, 1..;2]));
    let flipped = table().slice_move(s![..;-1, ..;-1]);
    holds_the_table(flipped.slice(s![..;-1, ..;-1]));
    holds_the_table(flipped.slice_move(s![..;-1, ..;-1]));
    let inner = Array3::from_shape_fn((2, 4, 3), |(k, i, j)| (100 * k + 3 * i + j) as i32);
    holds_the_table(inner.index_axis_move(ndarray::Axis(0), 0));
}

#[test]
fn axes_of_stride_zero() {
    let repeated = array![1, 2, 3];
    let ds = dataset(repeated.broadcast((5, 3)).unwrap());
    let rows: ArcArray<i32, Ix2> = ds
        .shuffle(1)
        .batch(5)
        .unwrap()
        .at(0)
        .unwrap()
        .array(0)
        .unwrap();
    assert_eq!(rows, repeated.broadcast((5, 3)).unwrap());
}

#[test]
fn every_rank() {
    for rank in 1..8 {
        let shape = vec![2; rank];
        let array = ArrayD::from_shape_fn(shape.clone(), |at| at[0] as u8);
        let ds = dataset(array.clone());
        let element: ArcArray<u8, IxDyn> = ds.at(1).unwrap().array(0).unwrap();
        assert_eq!(element.shape(), &shape[1..]);
        let batch: ArcArray<u8, IxDyn> = ds.batch(2).unwrap().at(0).unwrap().array(0).unwrap();
        assert_eq!(batch, array);
    }
}

/// Values go in and come out as they were, by element and by batch.
fn round_trip<T>(dtype: DType, all: &[T])
where
    T: Scalar + PartialEq + Debug,
    for<'a> &'a [T]: IntoStructure,
    Array1<T>: IntoStructure,
{
    for ds in [dataset(all), dataset(Array1::from(all.to_vec()))] {
        assert_eq!(ds.element_spec().to_string(), format!("{dtype} ()"));
        assert_eq!(ds.element_spec().components()[0].dtype(), dtype);
        assert_eq!(scalars::<T>(&ds, 0), all);
        let batch = ds.shuffle(0).batch(all.len()).unwrap().at(0).unwrap();
        assert_eq!(values::<T>(&batch, 0), scalars::<T>(&ds.shuffle(0), 0));
    }
}

#[test]
fn every_element_type() {
    round_trip(DType::Bool, &[true, false, true]);
    round_trip(DType::Int8, &[i8::MIN, 0, i8::MAX]);
    round_trip(DType::Int16, &[i16::MIN, 0, i16::MAX]);
    round_trip(DType::Int32, &[i32::MIN, 0, i32::MAX]);
    round_trip(DType::Int64, &[i64::MIN, 0, i64::MAX]);
    round_trip(DType::UInt8, &[0, 1, u8::MAX]);
    round_trip(DType::UInt16, &[0, 1, u16::MAX]);
    round_trip(DType::UInt32, &[0, 1, u32::MAX]);
    round_trip(DType::UInt64, &[0, 1, u64::MAX]);
    round_trip(
        DType::Float32,
        &[f32::MIN, f32::MIN_POSITIVE, f32::INFINITY],
    );
    round_trip(DType::Float64, &[f64::MIN, 5e-324, f64::INFINITY]);
    round_trip(DType::Float16, &[-0.5, 65_504.0, 6e-8].map(F16::from));
    round_trip(
        DType::Complex64,
        &[(1.5, -2.5), (0.0, f32::MAX)].map(|(re, im)| Complex { re, im }),
    );
    round_trip(
        DType::Complex128,
        &[(1.5, -2.5), (0.0, f64::MAX)].map(|(re, im)| Complex { re, im }),
    );
    round_trip(
        DType::String,
        &["".to_owned(), "ä\n".to_owned(), "c".to_owned()],
    );
}

#[test]
fn types_that_become_others() {
    let sizes = dataset(vec![0, usize::MAX]);
    assert_eq!(scalars::<u64>(&sizes, 0), [0, u64::MAX]);
    let offsets = dataset(array![isize::MIN, 1]);
    assert_eq!(scalars::<i64>(&offsets, 0), [i64::MIN, 1]);
    for names in [
        dataset(vec!["cat", "dog"]),
        dataset(array!["cat", "dog"]),
        dataset(["cat", "dog"]),
        dataset(&["cat", "dog"][..]),
        dataset(vec!["cat".to_owned(), "dog".to_owned()]),
    ] {
        assert_eq!(scalars::<String>(&names, 0), ["cat", "dog"]);
    }
}

#[test]
fn a_nan_stays_a_nan() {
    let ds = dataset(vec![f64::NAN, 1.0]);
    assert!(ds.at(0).unwrap().scalar::<f64>(0).unwrap().is_nan());
}

/// Where the first value of a component lies in memory.
fn address<D: Dimension>(ds: &Dataset, index: usize) -> *const f64 {
    let array: ArcArray<f64, D> = ds.at(index).unwrap().array(0).unwrap();
    array.as_ptr()
}

#[test]
fn elements_and_batches_share_memory() {
    let shared = Array::from_shape_fn((6, 2), |(i, j)| (i + j) as f64).into_shared();
    let row = |i: usize| &raw const shared[[i, 0]];
    assert_ne!(
        address::<Ix1>(&dataset(shared.view()), 0),
        row(0),
        "a view is copied"
    );
    assert_eq!(address::<Ix1>(&dataset(&shared), 0), row(0));
    let ds = dataset(shared.clone());
    for i in 0..6 {
        assert_eq!(address::<Ix1>(&ds, i), row(i));
    }
    assert_eq!(address::<Ix1>(&ds.skip(2).take(3), 1), row(3));
    let order = ds.shuffle(9);
    let first: f64 = order.at(0).unwrap().array::<f64, Ix1>(0).unwrap()[0];
    assert_eq!(address::<Ix1>(&order, 0), row(first as usize));
    let batches = ds.skip(1).batch(2).unwrap();
    assert_eq!(address::<Ix2>(&batches, 1), row(3));
    assert_eq!(
        address::<Ix1>(&batches.at(1).unwrap().to_dataset(), 1),
        row(4)
    );
}

#[test]
fn an_owned_array_is_not_copied() {
    let owned = Array2::<f64>::ones((3, 2));
    let (memory, clone) = (owned.as_ptr(), owned.clone());
    assert_eq!(address::<Ix1>(&dataset(owned), 0), memory);
    let ds = dataset(clone);
    let mut array: ArcArray<f64, Ix1> = ds.at(0).unwrap().array(0).unwrap();
    array[0] = 7.0;
    let again: ArcArray<f64, Ix1> = ds.at(0).unwrap().array(0).unwrap();
    assert_eq!(again[0], 1.0, "writing to a part copies it first");
}
