//! Files that are missing or broken, and places that cannot be written to.

use std::fs;
use std::path::Path;

use ndsight::{Dataset, Error, Result};

use crate::folder::Folder;
use crate::{refused, two_features};

/// A `.npy` file of version 1 with this header.
fn npy(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16 + 1).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.push(b'\n');
    bytes.extend(data);
    bytes
}

fn header(descr: &str, shape: &str) -> String {
    format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}")
}

fn shipped(name: &str) -> Vec<u8> {
    fs::read(Path::new("notebooks/data").join(name)).unwrap()
}

const READERS: [fn(&Path) -> Result<Dataset>; 2] = [
    |path| Dataset::from_npy(path),
    |path| Dataset::from_npz(path),
];

#[test]
fn a_missing_file() {
    for read in READERS {
        assert_eq!(
            refused(read("no/such.file".as_ref()), Error::is_file),
            "no/such.file: cannot open the file: No such file or directory (os error 2)"
        );
        assert_eq!(
            refused(read("".as_ref()), Error::is_file),
            ": cannot open the file: No such file or directory (os error 2)"
        );
    }
}

#[test]
fn a_folder() {
    for read in READERS {
        assert_eq!(
            refused(read("notebooks".as_ref()), Error::is_file),
            "notebooks: expected a regular file, but found a folder"
        );
    }
}

#[test]
fn broken_npy_files() {
    let folder = Folder::new("broken-npy");
    let whole = shipped("iris.npy");
    let cases: [(&str, Vec<u8>, &str); 8] = [
        (
            "empty",
            Vec::new(),
            "expected a .npy file, but the file is empty",
        ),
        (
            "short",
            b"\x93NUM".to_vec(),
            "the file ends inside its header; it is truncated",
        ),
        (
            "header",
            whole[..60].to_vec(),
            "the file ends inside its header; it is truncated",
        ),
        (
            "data",
            whole[..whole.len() - 1].to_vec(),
            "expected 4800 bytes of data for float64 of shape (150, 4), but found 4799; the file is truncated",
        ),
        (
            "magic",
            b"PK\x03\x04 something else entirely".to_vec(),
            "expected a .npy file, but the first bytes are not NumPy's magic \\x93NUMPY",
        ),
        (
            "version",
            b"\x93NUMPY\x09\x00\x10\x00{}".to_vec(),
            "expected .npy format version 1.0, 2.0 or 3.0, but found 9.0",
        ),
        (
            "large",
            npy(&header("<f8", "(1000000000, 1000000000)"), &[0; 16]),
            "expected 8000000000000000000 bytes of data for float64 of shape (1000000000, 1000000000), but found 16; the file is truncated",
        ),
        (
            "larger",
            npy(&header("<f8", "(0, 9999999999999, 9999999999999)"), &[]),
            "the declared shape (0, 9999999999999, 9999999999999) is larger than any memory",
        ),
    ];
    for (name, bytes, text) in cases {
        let path = folder.file(name, &bytes);
        assert_eq!(
            refused(Dataset::from_npy(&path), Error::is_file),
            format!("{}: {text}", path.display())
        );
    }
}

#[test]
fn malformed_headers() {
    let folder = Folder::new("malformed");
    let deep = "[".repeat(9_000);
    for header in [
        "",
        "{",
        "{}}",
        "nonsense",
        &deep,
        "{'descr': 1}",
        "{'shape': (1,",
    ] {
        let path = folder.file("header.npy", &npy(header, &[0; 8]));
        let err = Dataset::from_npy(&path).unwrap_err();
        assert!(err.is_file(), "{header}: {err}");
    }
}

#[test]
fn types_that_are_not_read() {
    let folder = Folder::new("types");
    let path = folder.file("objects.npy", &npy(&header("|O", "(2,)"), b"\x80\x04]."));
    assert_eq!(
        refused(Dataset::from_npy(&path), Error::is_dtype),
        format!(
            "{}: expected numbers or text, but found Python objects (dtype '|O'), which are stored as pickles and can run code; save the array with a dtype of its own, text as 'U'",
            path.display()
        )
    );
    let path = folder.file("dates.npy", &npy(&header("<M8[ns]", "(1,)"), &[0; 8]));
    assert_eq!(
        refused(Dataset::from_npy(&path), Error::is_dtype),
        format!(
            "{}: dtype '<M8[ns]' (dates) is not supported; the supported ones are bool, int8 to int64, uint8 to uint64, float16 to float64, complex64, complex128 and text (U and S): convert with astype first",
            path.display()
        )
    );
    let path = folder.file("latin1.npy", &npy(&header("|S2", "(2,)"), b"ab\xe9\x00"));
    assert_eq!(
        refused(Dataset::from_npy(&path), Error::is_file),
        format!(
            "{}: element 1: expected text in UTF-8, but found bytes that are not; convert with np.char.decode(array, encoding) first",
            path.display()
        )
    );
    let path = folder.file("scalar.npy", &npy(&header("<f8", "()"), &[0; 8]));
    assert_eq!(
        refused(Dataset::from_npy(&path), Error::is_shape),
        format!(
            "{}: expected arrays of at least one axis to cut elements from, but found '0' of shape (); give it an axis of length 1, or repeat it for each element",
            path.display()
        )
    );
}

#[test]
fn broken_npz_files() {
    let folder = Folder::new("broken-npz");
    let whole = shipped("iris.npz");
    let no_archive = "expected a .npz archive (a zip of .npy members), but found otherwise: invalid Zip archive: Could not find EOCD";
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("truncated", whole[..whole.len() / 2].to_vec()),
        ("npy", shipped("iris.npy")),
    ] {
        let path = folder.file(name, &bytes);
        assert_eq!(
            refused(Dataset::from_npz(&path), Error::is_file),
            format!("{}: {no_archive}", path.display())
        );
    }
}

#[test]
fn any_changed_byte_is_an_error_or_other_data() {
    let folder = Folder::new("changed");
    for (name, read) in ["iris.npy", "iris.npz"].into_iter().zip(READERS) {
        let whole = shipped(name);
        // Every byte of the headers, and some of the data.
        for at in (0..whole.len()).filter(|at| *at < 200 || at % 97 == 0) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x5a;
            let path = folder.file(name, &bytes);
            // Whatever comes of it, the call returns.
            drop(read(&path));
        }
    }
}

#[test]
fn names_that_say_no_format() {
    for name in ["plot.jpg", "plot", "", "svg", "folder.svg/plot", ".svg"] {
        assert_eq!(
            refused(two_features().hist().save(name), Error::is_value),
            format!("expected a file name that ends in .svg, .png or .txt, but found '{name}'")
        );
    }
}

#[test]
fn places_that_cannot_be_written_to() {
    let folder = Folder::new("places");
    let missing = folder.0.join("missing/plot.svg");
    assert_eq!(
        refused(two_features().hist().save(&missing), Error::is_file),
        format!(
            "{}: cannot write the file: No such file or directory (os error 2)",
            missing.display()
        )
    );
    let taken = folder.0.join("taken.svg");
    fs::create_dir(&taken).unwrap();
    assert_eq!(
        refused(two_features().hist().save(&taken), Error::is_file),
        format!(
            "{}: cannot write the file: Is a directory (os error 21)",
            taken.display()
        )
    );
}

#[test]
fn each_extension_writes_its_format() {
    let folder = Folder::new("formats");
    let plot = two_features().hist();
    for (name, bytes) in [
        ("a.SVG", plot.to_svg().unwrap().into_bytes()),
        ("a.b.png", plot.to_png().unwrap()),
        ("ä ö.txt", plot.to_text().unwrap().into_bytes()),
    ] {
        let path = folder.0.join(name);
        plot.save(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
    }
}
