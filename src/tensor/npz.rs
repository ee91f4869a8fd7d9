//! NumPy's `.npz` archives: a zip of `.npy` members, stored or deflated.

use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::Tensor;
use super::npy::{open, read_array};
use crate::error::{Error, Result};

/// Deflate shrinks at most about 1,032 times; a member that declares more than
/// this share of the archive's size lies about it.
const MAX_RATIO: u64 = 1_100;

/// Reads every array of an archive, in the archive's order, named as in
/// Python: the member's name without `.npy`.
pub(crate) fn read_npz(path: &Path) -> Result<Vec<(String, Tensor)>> {
    read_members(path).map_err(|err| err.context(path.display()))
}

fn read_members(path: &Path) -> Result<Vec<(String, Tensor)>> {
    let (file, length) = open(path)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|err| {
        Error::file(format!(
            "expected a .npz archive (a zip of .npy members), but found otherwise: {err}"
        ))
    })?;
    let mut arrays: Vec<(String, Tensor)> = Vec::new();
    for index in 0..archive.len() {
        let member = archive
            .by_index(index)
            .map_err(|err| Error::file(format!("member {index}: {err}")))?;
        let Some(name) = member.name().strip_suffix(".npy").map(str::to_owned) else {
            continue;
        };
        if arrays.iter().any(|(known, _)| *known == name) {
            return Err(Error::file(format!(
                "expected every name once, but found two members named '{name}.npy'"
            )));
        }
        let tensor = read_member(member, length)
            .map_err(|err| err.context(format!("member '{name}.npy'")))?;
        arrays.push((name, tensor));
    }
    if arrays.is_empty() {
        return Err(Error::file(
            "expected at least one .npy member, but found none",
        ));
    }
    Ok(arrays)
}

/// The declared size is not enforced by the zip reader, so it bounds what is
/// read here, and is itself bounded by what the archive can hold.
fn read_member<R: Read + ?Sized>(member: ZipFile<'_, R>, archive_length: u64) -> Result<Tensor> {
    let declared = member.size();
    let possible = archive_length.saturating_mul(MAX_RATIO);
    if declared > possible {
        return Err(Error::file(format!(
            "expected at most {possible} bytes from an archive of {archive_length}, but found {declared} declared"
        )));
    }
    read_array(member.take(declared), declared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use ndarray_npy::WriteNpyExt;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    struct Temp(std::path::PathBuf);

    impl Drop for Temp {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn archive(name: &str, members: &[(&str, &[u8])], method: zip::CompressionMethod) -> Temp {
        let path = std::env::temp_dir().join(format!("ndsight-{}-{name}.npz", std::process::id()));
        let mut zip = ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (member, bytes) in members {
            zip.start_file(
                *member,
                SimpleFileOptions::default().compression_method(method),
            )
            .unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        Temp(path)
    }

    fn npy() -> Vec<u8> {
        let mut bytes = Vec::new();
        array![1_i64, 2, 3].write_npy(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn stored_and_deflated_members_are_read_in_order() {
        use zip::CompressionMethod::{Deflated, Stored};
        for (name, method) in [("stored", Stored), ("deflated", Deflated)] {
            let file = archive(
                name,
                &[("b.npy", &npy()), ("notes.txt", b"hi"), ("a.npy", &npy())],
                method,
            );
            let arrays = read_npz(&file.0).unwrap();
            let names: Vec<&str> = arrays.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["b", "a"]);
            assert_eq!(arrays[0].1, Tensor::from(array![1_i64, 2, 3]));
        }
    }

    #[test]
    fn what_is_no_archive_and_what_holds_no_arrays_are_errors() {
        let empty = archive(
            "empty",
            &[("notes.txt", b"hi")],
            zip::CompressionMethod::Stored,
        );
        let err = read_npz(&empty.0).unwrap_err();
        assert_eq!(
            err.to_string(),
            format!(
                "{}: expected at least one .npy member, but found none",
                empty.0.display()
            )
        );

        let broken = archive(
            "broken",
            &[("x.npy", &npy()[..100])],
            zip::CompressionMethod::Stored,
        );
        let err = read_npz(&broken.0).unwrap_err().to_string();
        assert!(
            err.ends_with("member 'x.npy': the file ends inside its header; it is truncated"),
            "{err}"
        );

        std::fs::write(&broken.0, b"not a zip").unwrap();
        let err = read_npz(&broken.0).unwrap_err();
        assert!(err.is_file());
        assert!(
            err.to_string()
                .contains("expected a .npz archive (a zip of .npy members), but found otherwise"),
            "{err}"
        );
    }
}
