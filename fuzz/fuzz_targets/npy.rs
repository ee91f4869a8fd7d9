//! A `.npy` file of any bytes, opened whole and row by row: an error in words, or
//! the same values both ways, which are also those that are read back once saved.
//!
//! The first byte of an input says whether the file ends with the input, or goes on
//! with zeros until it is too large to be read whole.
#![no_main]

use std::fs::File;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use ndarray::IxDyn;
use ndsight::{DType, Dataset, Tensor};
use ndsight_fuzz::{checked, file, folder, same};

/// Larger than what is read whole.
const LARGE: u64 = 80 << 20;

/// Longer rows of such a file take their time, in this target more than in the library.
const LONGEST_ROW: usize = 1 << 16;

fuzz_target!(|data: &[u8]| {
    let Some((&kind, bytes)) = data.split_first() else {
        return;
    };
    let path = file("array.npy", bytes);
    if kind % 2 == 0 {
        small(&path);
    } else {
        let file = File::options().write(true).open(&path);
        file.and_then(|file| file.set_len(LARGE))
            .expect("holes in files take no room");
        if let Some(ds) = checked(Dataset::from_npy(&path)) {
            rows(&ds, None);
        }
    }
});

fn small(path: &Path) {
    let whole = checked(Tensor::from_npy(path));
    let ds = checked(Dataset::from_npy(path));
    let Some(tensor) = whole else {
        return assert!(ds.is_none(), "only the rows can be read");
    };
    assert_eq!(tensor.len(), tensor.shape().iter().product());
    for dtype in DType::ALL {
        if let Some(cast) = checked(tensor.cast(dtype)) {
            assert_eq!((cast.dtype(), cast.shape()), (dtype, tensor.shape()));
        }
    }
    assert_eq!(
        tensor.array::<f64, IxDyn>().is_ok(),
        tensor.dtype() == DType::Float64
    );
    let saved = folder().join("saved.npy");
    if checked(tensor.save_npy(&saved)).is_some() {
        let again = Tensor::from_npy(&saved).expect("what was saved is read");
        assert!(same(&again, &tensor));
    }
    match ds {
        Some(ds) => rows(&ds, Some(&tensor)),
        None => assert!(tensor.shape().is_empty(), "only the whole can be read"),
    }
}

/// Rows at both ends are the same one by one, in a batch, and of the whole.
fn rows(ds: &Dataset, whole: Option<&Tensor>) {
    let len = ds.len().expect("an array has a length");
    let spec = ds.element_spec();
    let row = spec.components()[0].shape().into_iter().flatten();
    if row.flatten().product::<usize>() > LONGEST_ROW {
        return;
    }
    let whole = whole.map(|whole| {
        assert_eq!(len, whole.shape()[0]);
        Dataset::from_tensor_slices(whole).expect("an array that has rows")
    });
    let first = ds.take(4).batch(4).expect("a size of 4");
    let (mut firsts, batch) = (
        Vec::new(),
        checked(first.iter().next().transpose()).flatten(),
    );
    for index in (0..len.min(4)).chain(len.checked_sub(1)) {
        let row = checked(ds.at(index));
        if let (Some(row), Some(whole)) = (&row, &whole) {
            let (row, expected) = (row.component(0), whole.at(index).expect("in bounds"));
            assert!(same(row.expect("one"), expected.component(0).expect("one")));
        }
        firsts.extend(row.filter(|_| index < 4));
    }
    if let Some(batch) = batch.filter(|_| len <= 4) {
        let stacked = batch.to_dataset();
        for (row, expected) in stacked.iter().zip(&firsts) {
            let row = row.expect("in memory");
            let (row, expected) = (row.component(0), expected.component(0));
            assert!(same(row.expect("one"), expected.expect("one")));
        }
    }
    assert!(ds.at(len).is_err());
}
