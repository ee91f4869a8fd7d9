//! Loads one file in a process of its own and says in one line of JSON what came
//! of it. The tests in `tests/hostile` run it on files that are made to do harm,
//! and judge the line, the exit, the time and the memory.
//!
//! `cargo run --example load_probe -- KIND PATH REQUEST`
//!
//! | KIND | PATH | REQUEST | on success |
//! |---|---|---|---|
//! | `npy` | an array | an element type | `{"ok": {"dtype", "shape", "sum", "sha256"}}` |
//! | `npz` | an archive | `-` | `{"members": {NAME: {"ok": {…}}}}` |
//! | `image` | a picture | `-` | `{"ok": {"width", "height", "rgb8_sha256", "rgb8_mean"}}` |
//! | `image_folder` | a folder of pictures | `-` | `{"ok": {"count"}}` |
//! | `watch` | an array or an archive that others write to | `-` | a line for each row asked for on stdin |
//! | `card` | an archive | `-` | `{"ok": {"html", "text"}}` |
//! | `idle` | - | `-` | `{"ok": {}}` |
//!
//! What the library refuses is `{"err": MESSAGE}`, and an exit without fault too. On
//! Linux a line on stderr tells the most memory that it took: `peak 10240 kB`.

use std::io::BufRead;
use std::path::Path;

use ndarray::IxDyn;
use ndsight::{DType, Dataset, Error, Scalar, Tensor};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Larger files are not summed up: rows at both ends are read.
const SUMMED_BYTES: u64 = 64 << 20;

fn main() {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [kind, path, request] = arguments.as_slice() else {
        eprintln!("usage: load_probe KIND PATH REQUEST");
        std::process::exit(2);
    };
    let (path, request) = (Path::new(path), request.to_string_lossy());
    let found = match kind.to_string_lossy().as_ref() {
        "npy" => npy(path, &request),
        "npz" => npz(path),
        "image" => pictures::one(path),
        "image_folder" => pictures::folder(path),
        "watch" => watch(path),
        "card" => card(path),
        "idle" => Ok(json!({"ok": {}})),
        other => {
            eprintln!("unknown kind '{other}'");
            std::process::exit(2);
        }
    };
    println!("{}", found.unwrap_or_else(refused));
    say_peak();
}

/// The most memory that this process had, on stderr, where the system tells.
fn say_peak() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        eprintln!("peak {}", peak.trim());
    }
}

type Found = Result<Value, Error>;

fn refused(err: Error) -> Value {
    json!({"err": err.to_string()})
}

/// An array as the type asked for. Half floats are handed out as wider ones.
fn npy(path: &Path, request: &str) -> Found {
    if std::fs::metadata(path).is_ok_and(|file| file.len() > SUMMED_BYTES) {
        return both_ends(&Dataset::from_npy(path)?);
    }
    let mut tensor = Tensor::from_npy(path)?;
    if tensor.dtype() == DType::Float16 {
        tensor = tensor.cast(DType::Float32)?;
    }
    Ok(json!({"ok": described_as(&tensor, request)?}))
}

/// Rows at both ends of a file that is read row by row.
fn both_ends(ds: &Dataset) -> Found {
    let rows = ds.len()?;
    let (first, last) = (ds.at(0)?, ds.at(rows.saturating_sub(1))?);
    let (first, last) = (first.component(0)?, last.component(0)?);
    let shape: Vec<usize> = [rows].iter().chain(first.shape()).copied().collect();
    let ends = [described(first)?, described(last)?];
    Ok(json!({"ok": {"dtype": first.dtype().name(), "shape": shape, "ends": ends}}))
}

/// The arrays of an archive. Where they make a data set, that is opened too.
fn npz(path: &Path) -> Found {
    let mut members = serde_json::Map::new();
    for (name, tensor) in Tensor::from_npz(path)? {
        members.insert(name, json!({"ok": described(&tensor)?}));
    }
    match Dataset::from_npz(path) {
        Err(err) if !err.is_shape() => Err(err),
        _ => Ok(json!({"members": members})),
    }
}

/// A data set that stands on a file while somebody else writes to that file. Each
/// line of stdin is the number of a row, which is read.
fn watch(path: &Path) -> Found {
    let ds = match path.extension().is_some_and(|name| name == "npz") {
        true => Dataset::from_npz(path)?,
        false => Dataset::from_npy(path)?,
    };
    println!("{}", json!({"ok": {"rows": ds.len()?}}));
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let row = line.trim().parse().unwrap_or(usize::MAX);
        let read = ds.at(row).and_then(|row| described(row.component(0)?));
        println!("{}", read.map_or_else(refused, |row| json!({"ok": row})));
    }
    Ok(json!({"ok": {}}))
}

/// What a data set of an archive shows of itself.
fn card(path: &Path) -> Found {
    let card = Dataset::from_npz(path)?.card();
    Ok(json!({"ok": {"html": card.to_html()?, "text": card.to_text()?}}))
}

fn described(tensor: &Tensor) -> Found {
    match tensor.dtype() {
        DType::String | DType::Complex64 | DType::Complex128 | DType::Float16 => {
            Ok(json!({"dtype": tensor.dtype().name(), "shape": tensor.shape()}))
        }
        real => described_as(tensor, real.name()),
    }
}

/// An array that must hold elements of the type of that name.
fn described_as(tensor: &Tensor, dtype: &str) -> Found {
    let elements = READERS.iter().find(|(name, _)| *name == dtype);
    let Some((_, elements)) = elements else {
        eprintln!("unknown element type '{dtype}'");
        std::process::exit(2);
    };
    let digest = hex(&elements(tensor)?);
    let sum: f64 = tensor
        .cast(DType::Float64)?
        .array::<f64, IxDyn>()?
        .iter()
        .sum();
    Ok(json!({"dtype": dtype, "shape": tensor.shape(), "sum": sum, "sha256": digest}))
}

/// The bytes of all elements in row-major order, the low ones first.
type Reader = fn(&Tensor) -> Result<Vec<u8>, Error>;

const READERS: [(&str, Reader); 11] = [
    ("bool", |tensor| bytes(tensor, |&v: &bool| [u8::from(v)])),
    ("int8", |tensor| bytes(tensor, |v: &i8| v.to_le_bytes())),
    ("int16", |tensor| bytes(tensor, |v: &i16| v.to_le_bytes())),
    ("int32", |tensor| bytes(tensor, |v: &i32| v.to_le_bytes())),
    ("int64", |tensor| bytes(tensor, |v: &i64| v.to_le_bytes())),
    ("uint8", |tensor| bytes(tensor, |v: &u8| v.to_le_bytes())),
    ("uint16", |tensor| bytes(tensor, |v: &u16| v.to_le_bytes())),
    ("uint32", |tensor| bytes(tensor, |v: &u32| v.to_le_bytes())),
    ("uint64", |tensor| bytes(tensor, |v: &u64| v.to_le_bytes())),
    ("float32", |tensor| bytes(tensor, |v: &f32| v.to_le_bytes())),
    ("float64", |tensor| bytes(tensor, |v: &f64| v.to_le_bytes())),
];

fn bytes<T: Scalar, const N: usize>(
    tensor: &Tensor,
    of: impl Fn(&T) -> [u8; N],
) -> Result<Vec<u8>, Error> {
    Ok(tensor.array::<T, IxDyn>()?.iter().flat_map(of).collect())
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(feature = "image")]
mod pictures {
    //! Pictures are read in folders, so a single one gets a folder of its own.

    use std::path::{Path, PathBuf};

    use ndarray::Ix3;
    use ndsight::{Dataset, Error, ImageFolder, Labels};
    use serde_json::json;

    use super::{Found, hex};

    pub(super) fn one(path: &Path) -> Found {
        let folder = Linked::new(path);
        let alone = ImageFolder::new(&folder.0).labels(Labels::None);
        let pixels = Dataset::from_images(alone)?.at(0)?.array::<u8, Ix3>(0)?;
        let (height, width, _) = pixels.dim();
        let samples: Vec<u8> = pixels.iter().copied().collect();
        let sum: f64 = samples.iter().copied().map(f64::from).sum();
        let mean = sum / samples.len() as f64;
        let digest = hex(&samples);
        Ok(
            json!({"ok": {"width": width, "height": height, "rgb8_sha256": digest, "rgb8_mean": mean}}),
        )
    }

    /// Every picture of a folder is read.
    pub(super) fn folder(path: &Path) -> Found {
        let ds = Dataset::from_images(path)?;
        let count = ds.iter().try_fold(0, |n, picture| picture.map(|_| n + 1))?;
        Ok::<_, Error>(json!({"ok": {"count": count}}))
    }

    /// A folder with a link to one file, which goes when this does.
    struct Linked(PathBuf);

    impl Linked {
        #[allow(clippy::expect_used, reason = "without the folder there is no test")]
        fn new(path: &Path) -> Linked {
            let name = format!("ndsight-load-probe-{}", std::process::id());
            let folder = Linked(std::env::temp_dir().join(name));
            std::fs::create_dir_all(&folder.0).expect("the folder for temporary files is writable");
            let link = folder.0.join(path.file_name().unwrap_or_default());
            #[cfg(unix)]
            std::fs::canonicalize(path)
                .and_then(|file| std::os::unix::fs::symlink(file, link))
                .expect("the picture is there");
            #[cfg(not(unix))]
            std::fs::copy(path, link).expect("the picture is there");
            folder
        }
    }

    impl Drop for Linked {
        fn drop(&mut self) {
            // It lies where the system cleans up by itself.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

#[cfg(not(feature = "image"))]
mod pictures {
    //! Without the feature there is no reader of pictures to try.

    use std::path::Path;

    use serde_json::json;

    use super::Found;

    pub(super) fn one(_path: &Path) -> Found {
        Ok(json!({"err": "expected the feature `image`, but this probe was built without it"}))
    }

    pub(super) fn folder(path: &Path) -> Found {
        one(path)
    }
}
