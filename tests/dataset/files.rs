//! Data sets that stand on files, and the files that data sets write.

use std::fs;

use ndarray::{Array1, Array2, ArrayD, Ix1, Ix2, IxDyn, array};
use ndsight::{Complex, DType, Dataset, Error, F16, Result, Structure, Tensor, TensorSpec, dict};
use proptest::prelude::*;

use crate::folder::Folder;
use crate::{dataset, scalars};

/// Rows of 32 numbers that tell where they are, more than are read at once.
const ROWS: usize = 600_000;

fn table() -> Array2<f32> {
    Array2::from_shape_fn((ROWS, 32), |(i, j)| (i * 32 + j) as f32)
}

/// The numbers of rows as they come, by their first entry; that rows are whole is
/// checked on the way.
fn rows(ds: &Dataset) -> Vec<usize> {
    let row = |element: Result<ndsight::Element>| {
        let row = element.unwrap().array::<f32, Ix1>(0).unwrap();
        let first = row[0];
        assert!(row.iter().enumerate().all(|(j, x)| *x == first + j as f32));
        first as usize / 32
    };
    ds.iter().map(row).collect()
}

#[test]
fn a_large_file_is_read_row_by_row_as_if_it_were_in_memory() {
    let folder = Folder::new("large");
    let (path, table) = (folder.path("x.npy"), table().into_shared());
    Tensor::from(table.clone()).save_npy(&path).unwrap();
    let (on_file, in_memory) = (Dataset::from_npy(&path).unwrap(), dataset(table));
    assert_eq!(on_file.element_spec(), in_memory.element_spec());
    assert_eq!(on_file.cardinality(), in_memory.cardinality());
    for (a, b) in [
        (on_file.shuffle(1).take(50), in_memory.shuffle(1).take(50)),
        (on_file.skip(ROWS - 9), in_memory.skip(ROWS - 9)),
        (
            on_file.shard(70_000, 3).unwrap(),
            in_memory.shard(70_000, 3).unwrap(),
        ),
        (
            on_file.sample(20, 4).unwrap(),
            in_memory.sample(20, 4).unwrap(),
        ),
    ] {
        assert_eq!(rows(&a), rows(&b));
    }
    assert_eq!(rows(&on_file.take(3_000)), (0..3_000).collect::<Vec<_>>());
    let batch = |ds: &Dataset| ds.shuffle(2).batch(40).unwrap().at(7).unwrap();
    assert_eq!(
        batch(&on_file).array::<f32, Ix2>(0).unwrap(),
        batch(&in_memory).array::<f32, Ix2>(0).unwrap()
    );
    let last = on_file.at(ROWS - 1).unwrap().array::<f32, Ix1>(0).unwrap();
    assert_eq!(last[31], (ROWS * 32 - 1) as f32);
    // Plots of it read what they need.
    assert!(
        on_file
            .scatter(0, 1)
            .to_text()
            .unwrap()
            .contains("density of 600,000 points")
    );

    // The file that it stands on can be written from it.
    on_file.shuffle(3).take(ROWS - 1).save_npy(&path).unwrap();
    assert_eq!(rows(&on_file.take(2)), [0, 1], "the old file is still read");
    let anew = Dataset::from_npy(&path).unwrap();
    assert_eq!(anew.len().unwrap(), ROWS - 1);
    assert_eq!(rows(&anew.take(20)), rows(&in_memory.shuffle(3).take(20)));

    // One that is cut short under it is an error of the element, and no crash.
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(1_000_000).unwrap();
    let err = anew.at(ROWS - 2).unwrap_err();
    assert!(err.is_file());
    assert!(
        err.to_string()
            .contains("the file changed since it was opened"),
        "{err}"
    );
}

#[test]
fn large_members_of_an_archive_stay_in_it() {
    let folder = Folder::new("archive");
    let path = folder.path("xy.npz");
    let labels = Array1::from_iter(0..ROWS as i64);
    let ds = dataset(dict! { "x": table(), "y": labels });
    ds.save_npz(&path).unwrap();
    let back = Dataset::from_npz(&path).unwrap();
    assert_eq!(back.element_spec(), ds.element_spec());
    for element in &back.shuffle(5).take(30) {
        let element = element.unwrap();
        let label = element.scalar::<i64>("y").unwrap();
        assert_eq!(
            element.array::<f32, Ix1>("x").unwrap()[0],
            (label * 32) as f32
        );
    }
    assert_eq!(
        back.shuffle(1)
            .batch(9)
            .unwrap()
            .at(3)
            .unwrap()
            .array::<f32, Ix2>("x")
            .unwrap(),
        ds.shuffle(1)
            .batch(9)
            .unwrap()
            .at(3)
            .unwrap()
            .array::<f32, Ix2>("x")
            .unwrap()
    );
}

/// Arrays of every type that a file can hold.
fn every_type() -> Vec<Tensor> {
    vec![
        Tensor::from(array![true, false]),
        Tensor::from(array![i8::MIN, 1]),
        Tensor::from(array![i16::MIN, 1]),
        Tensor::from(array![i32::MIN, 1]),
        Tensor::from(array![i64::MIN, 1]),
        Tensor::from(array![0_u8, u8::MAX]),
        Tensor::from(array![0_u16, u16::MAX]),
        Tensor::from(array![0_u32, u32::MAX]),
        Tensor::from(array![0_u64, u64::MAX]),
        Tensor::from(array![F16::from_f32(0.5), F16::from_f32(-65504.0)]),
        Tensor::from(array![f32::MIN, f32::INFINITY]),
        Tensor::from(array![f64::MIN, 5e-324]),
        Tensor::from(array![Complex::new(1.0_f32, -2.0), Complex::new(0.0, 0.5)]),
        Tensor::from(array![Complex::new(1.0, -2.0), Complex::new(0.0, 0.5)]),
        Tensor::from(array!["cat", "naïve 🐈"]),
    ]
}

#[test]
fn every_type_comes_back() {
    let folder = Folder::new("types");
    let all: Vec<(String, Structure<Tensor>)> = every_type()
        .into_iter()
        .map(|tensor| (tensor.dtype().to_string(), Structure::Leaf(tensor)))
        .collect();
    let ds = dataset(Structure::Dict(all));
    for (name, compressed) in [("plain.npz", false), ("packed.npz", true)] {
        let path = folder.path(name);
        match compressed {
            false => ds.save_npz(&path).unwrap(),
            true => ds.save_npz_compressed(&path).unwrap(),
        }
        let back = Dataset::from_npz(&path).unwrap();
        assert_eq!(back.element_spec(), ds.element_spec());
        for (a, b) in back.iter().zip(&ds) {
            assert_eq!(a.unwrap().structure(), b.unwrap().structure());
        }
    }
    for tensor in every_type() {
        let path = folder.path("x.npy");
        dataset(&tensor).save_npy(&path).unwrap();
        assert_eq!(Tensor::from_npy(&path).unwrap(), tensor);
    }
}

#[test]
fn unnamed_components_are_called_as_numpy_calls_them() {
    let folder = Folder::new("names");
    let path = folder.path("x.npz");
    let names = |ds: Dataset| {
        ds.save_npz(&path).unwrap();
        Dataset::from_npz(&path).unwrap().element_spec().names()
    };
    assert_eq!(names(dataset(vec![1])), ["arr_0"]);
    assert_eq!(names(dataset((vec![1], vec![2]))), ["arr_0", "arr_1"]);
    let nested = dict! { "pair": (vec![1], vec![2]), "id": vec![3] };
    assert_eq!(names(dataset(nested)), ["pair.0", "pair.1", "id"]);
}

#[test]
fn saving_leaves_no_half_of_a_file() {
    let folder = Folder::new("half");
    let path = folder.path("x.npy");
    dataset(vec![7]).save_npy(&path).unwrap();
    let failing =
        Dataset::range(0..100_000).map(|x: i64| if x < 99_999 { Ok(x) } else { Err("too far") });
    let err = failing.unwrap().save_npy(&path).unwrap_err();
    assert_eq!(err.to_string(), "map: element 99999: too far");
    assert_eq!(scalars::<i32>(&Dataset::from_npy(&path).unwrap(), 0), [7]);
    assert_eq!(
        fs::read_dir(&folder.0).unwrap().count(),
        1,
        "nothing is left over"
    );
    let ragged = Dataset::range(0..3)
        .map_with_spec(TensorSpec::new(DType::Int64, [None]), |n: i64| {
            vec![n; n as usize]
        });
    assert!(ragged.save_npy(&path).unwrap_err().is_shape());
    let pairs = dataset((vec![1], vec![2]));
    assert_eq!(
        pairs.save_npy(&path).unwrap_err().to_string(),
        "expected one component for a .npy file, but the elements are (int32 (), int32 ()); save_npz() writes several, select() chooses one"
    );
    let err = Dataset::counter(0, 1).save_npy(&path).unwrap_err();
    assert_eq!(err.code(), "infinite");
    assert_eq!(scalars::<i32>(&Dataset::from_npy(&path).unwrap(), 0), [7]);
}

#[test]
fn data_sets_without_elements_keep_their_types() {
    let folder = Folder::new("empty");
    let ds = dataset((Array2::<f32>::zeros((0, 3)), Vec::<String>::new()));
    let path = folder.path("x.npy");
    ds.select([0]).unwrap().save_npy(&path).unwrap();
    assert_eq!(
        Tensor::from_npy(&path).unwrap(),
        Tensor::from(Array2::<f32>::zeros((0, 3)))
    );
    ds.save_npz(folder.path("x.npz")).unwrap();
    let back = Dataset::from_npz(folder.path("x.npz")).unwrap();
    assert_eq!(
        back.element_spec().components(),
        ds.element_spec().components()
    );
    ds.save(folder.path("saved")).unwrap();
    assert_eq!(
        Dataset::load(folder.path("saved")).unwrap().element_spec(),
        ds.element_spec()
    );
}

/// An array of any type and small shape, in either order of axes.
fn any_array() -> impl Strategy<Value = Tensor> {
    let number = prop::num::f64::NORMAL
        | prop::num::f64::SUBNORMAL
        | prop::num::f64::ZERO
        | prop::num::f64::INFINITE;
    let types: Vec<DType> = every_type().iter().map(Tensor::dtype).collect();
    let shape = prop::collection::vec(0_usize..4, 1..5);
    let parts = (shape, any::<bool>(), prop::sample::select(types));
    parts.prop_flat_map(move |(shape, reversed, dtype)| {
        let count = shape.iter().product::<usize>();
        let arrays = prop::collection::vec(number, count).prop_map(move |values| {
            let array = ArrayD::from_shape_vec(shape.clone(), values).unwrap();
            match reversed {
                true => Tensor::from(array.reversed_axes()),
                false => Tensor::from(array),
            }
        });
        arrays.prop_map(move |array| match dtype {
            DType::String => {
                let words = array.array::<f64, IxDyn>().unwrap();
                Tensor::from(words.mapv(|x| format!("{x:e} é🐈")))
            }
            number => array.cast(number).unwrap(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_array_comes_back(array in any_array()) {
        let folder = Folder::new("any-array");
        let path = folder.path("x.npy");
        array.save_npy(&path).unwrap();
        prop_assert_eq!(&Tensor::from_npy(&path).unwrap(), &array);
        let ds = dataset(&array);
        for compressed in [false, true] {
            let path = folder.path("x.npz");
            match compressed {
                false => ds.save_npz(&path).unwrap(),
                true => ds.save_npz_compressed(&path).unwrap(),
            }
            prop_assert_eq!(&Tensor::from_npz(&path).unwrap()[0].1, &array);
        }
        comes_back(&ds, "any-data-set");
    }
}

/// What `save` writes, `load` reads to the same elements.
fn comes_back(ds: &Dataset, name: &str) -> Dataset {
    let folder = Folder::new(name);
    ds.save(&folder.0).unwrap();
    let back = Dataset::load(&folder.0).unwrap();
    assert_eq!(back.element_spec(), ds.element_spec());
    let elements = |ds: &Dataset| {
        let elements = ds.iter().map(|element| element.unwrap().into_structure());
        elements.collect::<Vec<_>>()
    };
    assert_eq!(elements(&back), elements(ds));
    assert!(back.is_random_access());
    back.collect().unwrap()
}

#[test]
fn any_data_set_can_be_saved_and_loaded() {
    let nested = dict! {
        "pair": (vec![1, 2, 3], array![["a", "b"], ["c", "d"], ["e", "f"]]),
        "a\tname": array![0.5, 1.5, 2.5],
    };
    comes_back(&dataset(nested), "nested");
    comes_back(
        &Dataset::range(0..10).filter(|x: i64| x % 3 > 0).unwrap(),
        "filtered",
    );
    comes_back(&dataset(vec![1, 2, 3, 4, 5]).batch(2).unwrap(), "batches");
    let ragged = Dataset::range(0..20).map_with_spec(
        (
            TensorSpec::new(DType::Int64, [None, Some(2)]),
            TensorSpec::new(DType::Int64, []),
        ),
        |n: i64| (ArrayD::from_elem(IxDyn(&[(n % 4) as usize, 2]), n), n),
    );
    let back = comes_back(&ragged, "ragged");
    assert_eq!(
        back.at(7).unwrap().array::<i64, Ix2>(0).unwrap(),
        array![[7, 7], [7, 7], [7, 7]]
    );
    let images = dataset((ndarray::Array3::<u8>::zeros((2, 4, 4)), vec![0, 1]));
    let named = comes_back(&images.with_class_names(["cat", "dog"]), "named");
    assert!(named.images().to_svg().unwrap().contains("Label: dog"));
}

#[test]
fn what_cannot_be_saved_or_is_not_saved_data_says_so() {
    let folder = Folder::new("not-saved");
    let err = dataset(vec![1]).save("card.svg").unwrap_err();
    assert_eq!(
        err.to_string(),
        "expected the path of a folder for the data, but found 'card.svg'; save_picture() writes the picture of a data set"
    );
    let windows = Dataset::range(0..5).window(2).unwrap();
    assert!(windows.save(folder.path("w")).unwrap_err().is_dtype());
    dataset(vec![1, 2, 3]).save(folder.path("x")).unwrap();
    dataset(vec![1]).save_npy(folder.path("x/0.npy")).unwrap();
    dataset(array![[1.0]]).save(folder.path("y")).unwrap();
    dataset(vec![1]).save_npy(folder.path("y/0.npy")).unwrap();
    let err = Dataset::load(folder.path("y")).unwrap_err();
    assert!(err.is_file());
    assert!(
        err.to_string()
            .ends_with("the files of component 0 do not fit together; save it anew"),
        "{err}"
    );
    for missing in ["nowhere", "x/0.npy"] {
        let missing: Result<Dataset, Error> = Dataset::load(folder.path(missing));
        assert!(missing.unwrap_err().is_file());
    }
}
