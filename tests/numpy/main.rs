//! Files exchanged with real NumPy, both ways.
//!
//! Python is `NDSIGHT_PYTHON`, or the one that `tests/run.sh` sets up, or `python3`. Without
//! NumPy the tests say so and pass, unless `NDSIGHT_PYTHON` names it.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "helpers outside #[test] functions unwrap as tests do; tests are not documented"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use ndarray::{Array1, Array2, Array3, Ix3, array};
use ndsight::{Complex, Dataset, F16, Structure, Tensor};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("ndsight-numpy-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A Python that has NumPy; none where there is none and none was promised.
fn python() -> Option<PathBuf> {
    let promised = std::env::var_os("NDSIGHT_PYTHON").map(PathBuf::from);
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/venv/bin/python");
    let has_numpy = |python: &PathBuf| {
        let run = Command::new(python).args(["-c", "import numpy"]).output();
        run.is_ok_and(|output| output.status.success())
    };
    if let Some(python) = promised {
        assert!(has_numpy(&python), "{} has no NumPy", python.display());
        return Some(python);
    }
    let found = [ours, "python3".into()].into_iter().find(has_numpy);
    if found.is_none() {
        println!("skipped: there is no Python with NumPy");
    }
    found
}

fn check(python: &Path, what: &str, folder: &Folder) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/numpy/check.py");
    let run = Command::new(python)
        .arg(script)
        .arg(what)
        .arg(&folder.0)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

/// Two rows of each type: the same as in `check.py`.
fn arrays() -> Vec<Tensor> {
    vec![
        Tensor::from(array![true, false]),
        Tensor::from(array![i8::MIN, 1]),
        Tensor::from(array![i16::MIN, 1]),
        Tensor::from(array![i32::MIN, 1]),
        Tensor::from(array![i64::MIN, 1]),
        Tensor::from(array![0, u8::MAX]),
        Tensor::from(array![0, u16::MAX]),
        Tensor::from(array![0, u32::MAX]),
        Tensor::from(array![0, u64::MAX]),
        Tensor::from(array![F16::from_f32(0.5), F16::from_f32(-65504.0)]),
        Tensor::from(array![f32::MIN, f32::INFINITY]),
        Tensor::from(array![f64::MIN, 5e-324]),
        Tensor::from(array![Complex::new(1.0_f32, -2.0), Complex::new(0.0, 0.5)]),
        Tensor::from(array![Complex::new(1.0, -2.0), Complex::new(0.0, 0.5)]),
        Tensor::from(array!["cat", "naïve 🐈"]),
    ]
}

fn table() -> Array3<f32> {
    Array3::from_shape_fn((4, 3, 2), |(i, j, k)| (6 * i + 2 * j + k) as f32)
}

#[test]
fn what_numpy_writes_is_read() {
    let Some(python) = python() else { return };
    let folder = Folder::new("read");
    check(&python, "write", &folder);
    for expected in arrays() {
        for swapped in ["", "-swapped"] {
            let path = folder.path(&format!("{}{swapped}.npy", expected.dtype()));
            assert_eq!(Tensor::from_npy(&path).unwrap(), expected);
            let rows = Dataset::from_npy(&path).unwrap();
            assert_eq!(
                rows.at(1).unwrap().component(0).unwrap(),
                &row(&expected, 1)
            );
        }
    }
    let bytes = Tensor::from_npy(folder.path("bytes.npy")).unwrap();
    assert_eq!(bytes, Tensor::from(array!["cat", "dog!"]));
    for name in ["table.npy", "fortran.npy"] {
        let array = Dataset::from_npy(folder.path(name))
            .unwrap()
            .array::<f32, Ix3>(0);
        assert_eq!(array.unwrap(), table(), "{name}");
    }
    let strided = Tensor::from_npy(folder.path("strided.npy")).unwrap();
    assert_eq!(
        strided,
        Tensor::from(table().slice(ndarray::s![..;-1, .., ..;-1]))
    );
    for name in ["plain.npz", "packed.npz"] {
        let ds = Dataset::from_npz(folder.path(name)).unwrap();
        assert_eq!(ds.array::<f32, Ix3>("x").unwrap(), table(), "{name}");
        assert_eq!(
            ds.array::<i64, _>("y").unwrap(),
            array![0, 1, 2, 3],
            "{name}"
        );
    }
}

fn row(tensor: &Tensor, index: usize) -> Tensor {
    let ds = Dataset::from_tensor_slices(tensor).unwrap();
    ds.at(index).unwrap().component(0).unwrap().clone()
}

#[test]
fn what_is_written_numpy_reads() {
    let Some(python) = python() else { return };
    let folder = Folder::new("write");
    for tensor in arrays() {
        let name = format!("{}.npy", tensor.dtype());
        Dataset::from_tensor_slices(&tensor)
            .unwrap()
            .save_npy(folder.path(&name))
            .unwrap();
    }
    let named = arrays()
        .into_iter()
        .map(|tensor| (tensor.dtype().to_string(), Structure::Leaf(tensor)));
    let all = Dataset::from_tensor_slices(Structure::Dict(named.collect())).unwrap();
    all.save_npz(folder.path("plain.npz")).unwrap();
    all.save_npz_compressed(folder.path("packed.npz")).unwrap();

    let table = Tensor::from(table());
    Dataset::from_tensor_slices(&table)
        .unwrap()
        .save_npy(folder.path("table.npy"))
        .unwrap();
    let turned = table.array::<f32, Ix3>().unwrap().reversed_axes();
    Tensor::from(turned)
        .save_npy(folder.path("turned.npy"))
        .unwrap();
    let rows = Array2::from_shape_fn((1000, 2), |(i, j)| (i + 1000 * j) as f32);
    let rows = Dataset::from_tensor_slices(rows).unwrap();
    rows.shuffle(1)
        .batch(7)
        .unwrap()
        .save_npy(folder.path("shuffled.npy"))
        .unwrap();
    let empty = Dataset::from_tensor_slices(Array2::<f64>::zeros((0, 3))).unwrap();
    empty.save_npy(folder.path("empty.npy")).unwrap();
    let pair = (
        Array1::from_iter((0..4).map(f64::from)),
        vec!["a", "b", "c", "d"],
    );
    let pair = Dataset::from_tensor_slices(pair).unwrap();
    pair.save_npz(folder.path("pair.npz")).unwrap();
    pair.save(folder.path("saved")).unwrap();
    check(&python, "read", &folder);
}
