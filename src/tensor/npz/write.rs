//! Writing `.npz` archives.

use std::collections::HashSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::Tensor;
use super::super::npy::{text_width, write_array};
use super::super::replace::Replacement;
use crate::error::{Error, Result};

/// Writes arrays to an archive, `np.savez(path, **arrays)`, or compressed,
/// `np.savez_compressed`. As [`Tensor::save_npy`], it replaces a file of that name
/// when it is complete.
///
/// Names may have slashes, as in NumPy, but must stay below the folder that an
/// archive is unpacked in: none begins with a slash or has a part that is empty,
/// `.` or `..`; nor a backslash or a NUL, which unzippers treat as a separator and
/// as the end.
///
/// # Errors
///
/// - a name is unsafe or there twice ([`Error::is_name`]); there are no arrays
///   ([`Error::is_value`])
/// - as for [`Tensor::save_npy`], naming the array
pub(crate) fn write_npz(path: &Path, arrays: &[(String, Tensor)], compressed: bool) -> Result<()> {
    write(path, arrays, compressed).map_err(|err| err.context(path.display()))
}

fn write(path: &Path, arrays: &[(String, Tensor)], compressed: bool) -> Result<()> {
    expect_names(arrays)?;
    let method = match compressed {
        true => CompressionMethod::Deflated,
        false => CompressionMethod::Stored,
    };
    let mut file = Replacement::create(path)?;
    let mut zip = ZipWriter::new(file.writer());
    for (name, tensor) in arrays {
        member(&mut zip, name, tensor, method)
            .map_err(|err| err.context(format_args!("array '{name}'")))?;
    }
    zip.finish().map_err(unwritable)?;
    file.finish()
}

fn member(
    zip: &mut ZipWriter<&mut BufWriter<File>>,
    name: &str,
    tensor: &Tensor,
    method: CompressionMethod,
) -> Result<()> {
    let width = text_width(std::slice::from_ref(tensor))?;
    // As NumPy does: the size is not known to fit the older four bytes.
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(true);
    zip.start_file(format!("{name}.npy"), options)
        .map_err(unwritable)?;
    write_array(tensor, width, zip)
}

fn unwritable(err: zip::result::ZipError) -> Error {
    Error::file(format!("cannot write the file: {err}"))
}

fn expect_names(arrays: &[(String, Tensor)]) -> Result<()> {
    if arrays.is_empty() {
        return Err(Error::value(
            "expected at least one array to write, but found none",
        ));
    }
    let mut seen = HashSet::new();
    for (name, _) in arrays {
        let safe = |part: &str| !matches!(part, "" | "." | "..");
        if !name.split('/').all(safe) || name.contains(['\\', '\0']) {
            return Err(Error::name(format!(
                "expected names that stay inside the folder an archive is unpacked in, but found {name:?}"
            )));
        }
        if !seen.insert(name) {
            return Err(Error::name(format!(
                "expected every name once, but found two arrays named '{name}'"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Tensor;
    use super::*;
    use crate::tensor::scratch::Folder;
    use crate::tensor::{DType, Variant};
    use ndarray::array;

    fn named(name: &str, tensor: impl Into<Tensor>) -> (String, Tensor) {
        (name.to_owned(), tensor.into())
    }

    #[test]
    fn what_is_written_is_read_in_the_same_order() {
        let folder = Folder::new("write-npz");
        let arrays = [
            named("x/train", array![[1.5, 2.5], [3.5, 4.5]].reversed_axes()),
            named("names", vec!["cat", "", "mäuse"]),
            named("a.npy", 7_u8),
            named("none", Tensor::empty(DType::Int16, &[0, 3])),
        ];
        let sizes = [false, true].map(|compressed| {
            let path = folder.path("arrays.npz");
            write_npz(&path, &arrays, compressed).unwrap();
            assert_eq!(Tensor::from_npz(&path).unwrap(), arrays);
            std::fs::metadata(path).unwrap().len()
        });
        assert!(sizes[1] < sizes[0]);
        assert_eq!(folder.names(), ["arrays.npz"]);
    }

    #[test]
    fn names_that_lead_out_of_the_folder_or_are_there_twice_are_refused() {
        let folder = Folder::new("npz-names");
        let path = folder.path("a.npz");
        let refused = |arrays: &[(String, Tensor)]| {
            let err = write_npz(&path, arrays, false).unwrap_err();
            err.to_string()
                .replace(&format!("{}: ", path.display()), "")
        };
        for name in ["", "/a", "a/", "../a", "a/./b", "a//b", "C:\\a", "a\0b"] {
            assert_eq!(
                refused(&[named(name, 1)]),
                format!(
                    "expected names that stay inside the folder an archive is unpacked in, but found {name:?}"
                )
            );
        }
        assert_eq!(
            refused(&[named("a", 1), named("a", 2)]),
            "expected every name once, but found two arrays named 'a'"
        );
        assert_eq!(
            refused(&[]),
            "expected at least one array to write, but found none"
        );
        assert_eq!(
            refused(&[named("w", vec!["a", "b\0"])]),
            "array 'w': expected strings that do not end in NUL, which .npy files use as padding, but found \"b\\0\" at (1,)"
        );
        assert_eq!(
            refused(&[named("v", Variant::new(1))]),
            "array 'v': expected numbers or strings to write to a file, but found variant"
        );
        assert!(folder.names().is_empty());
    }
}
