//! NumPy's `.npz` archives: a zip of `.npy` members, stored or deflated.

mod write;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use super::Tensor;
use super::npy::{FileArray, Opened, READ_WHOLE_BYTES, read_array};
use super::regular::RegularFile;
use crate::error::{Error, Result};
use crate::list::MapInto;
pub(crate) use write::write_npz;

/// Deflate shrinks at most about 1,032 times; a member that declares more than
/// this share of the archive's size lies about it.
const MAX_RATIO: u64 = 1_100;

/// What the arrays that are read at once may take together, compared with the
/// archive. Real data shrink far less than deflate can shrink zeros, so beyond
/// `ROOM` a higher ratio is taken for an attack.
const USUAL_RATIO: u64 = 100;

/// What they may take in any case: 1 GiB.
const ROOM: u64 = 1 << 30;

/// Opens every array of an archive, in the archive's order, named as in Python:
/// the member's name without `.npy`. Large members that are not compressed stay in
/// the file.
pub(crate) fn open_npz(path: &Path) -> Result<Vec<(String, Opened)>> {
    let file = RegularFile::open(path).map_err(|err| err.context(path.display()))?;
    let archive = Archive {
        file: Arc::new(file),
        path,
        whole: READ_WHOLE_BYTES,
    };
    archive.arrays()
}

impl Tensor {
    /// The arrays of a `.npz` archive, whole and in the archive's order:
    /// `dict(np.load(path))`. They may differ in length, and be scalars.
    /// [`Dataset::from_npz`](crate::Dataset::from_npz) makes a data set of arrays of
    /// one length, and leaves large ones in the file.
    ///
    /// # Errors
    ///
    /// As [`from_npy`](Tensor::from_npy), naming the member; and the archive holds no
    /// array, two of one name, or compressed ones that are far larger than itself
    /// ([`Error::is_file`](crate::Error::is_file)).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Tensor;
    ///
    /// let arrays = Tensor::from_npz("notebooks/data/iris.npz")?;
    /// let shapes: Vec<_> = arrays.iter().map(|(name, array)| (name.as_str(), array.shape())).collect();
    /// assert_eq!(shapes, [("features", &[150, 4][..]), ("labels", &[150])]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_npz(path: impl AsRef<Path>) -> Result<Vec<(String, Tensor)>> {
        read_npz(path.as_ref())
    }
}

fn read_npz(path: &Path) -> Result<Vec<(String, Tensor)>> {
    open_npz(path)?.try_map_into(|(name, array)| Ok((name, array.into_tensor()?)))
}

struct Archive<'a> {
    file: Arc<RegularFile>,
    path: &'a Path,
    /// Members of at most this many bytes are read when they are opened.
    whole: u64,
}

type Zip<'a> = ZipArchive<BufReader<&'a File>>;

impl Archive<'_> {
    fn arrays(&self) -> Result<Vec<(String, Opened)>> {
        let mut zip = Zip::new(BufReader::new(self.file.cursor())).map_err(|err| {
            self.refused(format!(
                "expected a .npz archive (a zip of .npy members), but found otherwise: {err}"
            ))
        })?;
        let mut seen = HashSet::new();
        let mut arrays = Vec::new();
        let mut taken = Taken::default();
        for index in 0..zip.len() {
            let member = zip.name_for_index(index).unwrap_or_default().to_owned();
            let Some(name) = member.strip_suffix(".npy") else {
                continue;
            };
            if !seen.insert(member.clone()) {
                return Err(self.refused(format!(
                    "expected every name once, but found two members named '{member}'"
                )));
            }
            let array = self.member(&mut zip, index, &member, &mut taken)?;
            arrays.push((name.to_owned(), array));
        }
        match arrays.is_empty() {
            true => Err(self.refused("expected at least one .npy member, but found none")),
            false => Ok(arrays),
        }
    }

    fn member(
        &self,
        zip: &mut Zip<'_>,
        index: usize,
        name: &str,
        taken: &mut Taken,
    ) -> Result<Opened> {
        let shown = format!("{}: member '{name}'", self.path.display());
        let member = zip
            .by_index(index)
            .map_err(|err| Error::file(format!("{shown}: cannot read it: {err}")))?;
        taken
            .expect_apart(member.compressed_size(), self.file.length())
            .map_err(|err| err.context(&shown))?;
        let place = (member.compression(), member.data_start(), member.size());
        match place {
            (CompressionMethod::Stored, Some(start), size)
                if size > self.whole && size == member.compressed_size() =>
            {
                // What lies behind the end of the archive cannot be read.
                let size = size.min(self.file.length().saturating_sub(start));
                FileArray::open(Arc::clone(&self.file), shown, start, size)
                    .and_then(|array| Opened::new(array, self.whole))
            }
            (_, _, size) => taken
                .expect_room(size, self.file.length())
                .and_then(|()| read_member(member, self.file.length()))
                .map(Opened::Memory)
                .map_err(|err| err.context(shown)),
        }
    }

    fn refused(&self, message: impl Into<String>) -> Error {
        Error::file(message).context(self.path.display())
    }
}

/// What the members so far declare to take: in the archive, and those that are read
/// at once in memory.
#[derive(Default)]
struct Taken {
    packed: u64,
    inflated: u64,
}

impl Taken {
    /// Members that share their bytes could be many times what the archive holds.
    fn expect_apart(&mut self, packed: u64, archive_length: u64) -> Result<()> {
        self.packed = self.packed.saturating_add(packed);
        match self.packed <= archive_length {
            true => Ok(()),
            false => Err(Error::file(format!(
                "expected members that lie one behind another in {archive_length} bytes, but up to this one they declare {}; the archive is damaged, save it again",
                self.packed
            ))),
        }
    }

    fn expect_room(&mut self, inflated: u64, archive_length: u64) -> Result<()> {
        let most = archive_length.saturating_mul(USUAL_RATIO).max(ROOM);
        self.inflated = self.inflated.saturating_add(inflated);
        match self.inflated <= most {
            true => Ok(()),
            false => Err(Error::file(format!(
                "expected an archive of {archive_length} bytes to inflate to at most {most}, but its arrays up to this one declare {}; if they are meant to, save them with np.savez, which leaves them uncompressed: large ones are then read row by row",
                self.inflated
            ))),
        }
    }
}

/// The declared size is not enforced by the zip reader, so it bounds what is
/// read here, and is itself bounded by what the archive can hold.
fn read_member<R: Read>(mut member: ZipFile<'_, R>, archive_length: u64) -> Result<Tensor> {
    let declared = member.size();
    let possible = archive_length.saturating_mul(MAX_RATIO);
    if declared > possible {
        return Err(Error::file(format!(
            "expected at most {possible} bytes from an archive of {archive_length}, but found {declared} declared"
        )));
    }
    let mut bytes = member.by_ref().take(declared);
    let tensor = read_array(&mut bytes, declared)?;
    // The checksum is compared when the end is reached, so the end must be where it
    // is declared to be.
    let beyond = io::copy(&mut bytes, &mut io::sink())
        .and_then(|_| member.read(&mut [0]))
        .map_err(|err| Error::file(format!("cannot read it: {err}")))?;
    match beyond {
        0 => Ok(tensor),
        _ => Err(Error::file(format!(
            "expected {declared} bytes as declared, but the member goes on behind them; the archive is damaged, save it again"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::scratch::Folder;
    use ndarray::array;
    use ndarray_npy::WriteNpyExt;
    use std::io::Write;
    use std::path::PathBuf;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use CompressionMethod::{Deflated, Stored};

    fn archive(folder: &Folder, members: &[(&str, &[u8])], method: CompressionMethod) -> PathBuf {
        let path = folder.path("archive.npz");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        for (member, bytes) in members {
            zip.start_file(
                *member,
                SimpleFileOptions::default().compression_method(method),
            )
            .unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    /// The message without the path.
    #[track_caller]
    fn refused(path: &Path) -> String {
        let err = Tensor::from_npz(path).unwrap_err();
        assert!(err.is_file());
        err.to_string()
            .replace(&format!("{}: ", path.display()), "")
    }

    fn npy() -> Vec<u8> {
        let mut bytes = Vec::new();
        array![1_i64, 2, 3].write_npy(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn stored_and_deflated_members_are_read_in_order() {
        let folder = Folder::new("npz");
        for method in [Stored, Deflated] {
            let path = archive(
                &folder,
                &[("b.npy", &npy()), ("notes.txt", b"hi"), ("a.npy", &npy())],
                method,
            );
            let arrays = Tensor::from_npz(&path).unwrap();
            let names: Vec<&str> = arrays.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["b", "a"]);
            assert_eq!(arrays[0].1, Tensor::from(array![1_i64, 2, 3]));
        }
    }

    #[test]
    fn members_that_go_on_behind_their_end_are_refused() {
        let folder = Folder::new("npz-longer");
        let mut longer = npy();
        longer.extend([0; 8]);
        let path = archive(&folder, &[("a.npy", &longer)], Deflated);
        patched(&path, 22, 24, npy().len() as u16);
        assert_eq!(
            refused(&path),
            format!(
                "member 'a.npy': expected {} bytes as declared, but the member goes on behind them; the archive is damaged, save it again",
                npy().len()
            )
        );
    }

    /// All arrays, those that are not compressed left in the file.
    fn opened(path: &Path) -> Vec<(String, Opened)> {
        let archive = Archive {
            file: Arc::new(RegularFile::open(path).unwrap()),
            path,
            whole: 0,
        };
        archive.arrays().unwrap()
    }

    #[test]
    fn large_members_stay_in_the_file_unless_they_are_compressed() {
        let folder = Folder::new("npz-large");
        let members: [(&str, &[u8]); 2] = [("a.npy", &npy()), ("b.npy", &npy())];
        let path = archive(&folder, &members, Stored);
        let arrays = opened(&path);
        let [(_, Opened::File(a)), (_, Opened::File(b))] = arrays.as_slice() else {
            panic!("stored members can be read at positions: {arrays:?}");
        };
        assert_eq!(b.row(2).unwrap(), Tensor::from(3_i64));
        assert_eq!(a.whole().unwrap(), Tensor::from(array![1_i64, 2, 3]));
        std::fs::write(&path, b"PK").unwrap();
        let length = b.row(0).unwrap_err().to_string();
        assert!(
            length.starts_with(&format!(
                "{}: member 'b.npy': the file changed since it was opened (it had ",
                path.display()
            )),
            "{length}"
        );

        let path = archive(&folder, &members, Deflated);
        assert!(matches!(
            opened(&path)[..],
            [(_, Opened::Memory(_)), (_, Opened::Memory(_))]
        ));
    }

    #[test]
    fn what_is_no_archive_and_what_holds_no_arrays_are_errors() {
        let folder = Folder::new("npz-broken");
        let path = archive(&folder, &[("notes.txt", b"hi")], Stored);
        assert_eq!(
            refused(&path),
            "expected at least one .npy member, but found none"
        );
        let path = archive(&folder, &[("x.npy", &npy()[..100])], Stored);
        assert_eq!(
            refused(&path),
            "member 'x.npy': the file ends inside its header; it is truncated"
        );
        let path = folder.file("archive.npz", b"not a zip");
        assert_eq!(
            refused(&path),
            "expected a .npz archive (a zip of .npy members), but found otherwise: invalid Zip archive: Could not find EOCD"
        );
    }

    /// The archive with the 16-bit number at `local` behind the local header's
    /// signature, and at `central` behind the directory entry's, replaced.
    fn patched(path: &Path, local: usize, central: usize, value: u16) {
        let mut bytes = std::fs::read(path).unwrap();
        let find = |signature: &[u8]| bytes.windows(4).rposition(|four| four == signature);
        let places = [
            find(b"PK\x03\x04").unwrap() + local,
            find(b"PK\x01\x02").unwrap() + central,
        ];
        for at in places {
            bytes[at..at + 2].copy_from_slice(&value.to_le_bytes());
        }
        std::fs::write(path, bytes).unwrap();
    }

    #[test]
    fn encrypted_members_and_unknown_methods_are_named() {
        let folder = Folder::new("npz-unknown");
        let members: [(&str, &[u8]); 2] = [("a.npy", &npy()), ("b.npy", &npy())];
        let path = archive(&folder, &members, Stored);
        patched(&path, 6, 8, 1);
        assert_eq!(
            refused(&path),
            "member 'b.npy': cannot read it: unsupported Zip archive: Password required to decrypt file"
        );
        let path = archive(&folder, &members, Stored);
        patched(&path, 8, 10, 97);
        assert_eq!(
            refused(&path),
            "member 'b.npy': cannot read it: compression method not supported: 97"
        );
        // A member that is no array need not be readable.
        let path = archive(&folder, &[("a.npy", &npy()), ("notes.txt", b"hi")], Stored);
        patched(&path, 8, 10, 97);
        assert_eq!(Tensor::from_npz(&path).unwrap().len(), 1);
    }

    #[test]
    fn damaged_members_are_found_by_their_checksum() {
        let folder = Folder::new("npz-damaged");
        let path = archive(&folder, &[("a.npy", &npy())], Stored);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = bytes
            .windows(4)
            .position(|four| four == b"PK\x01\x02")
            .unwrap();
        bytes[at - 1] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(
            refused(&path),
            "member 'a.npy': cannot read it: Invalid checksum"
        );
    }

    #[test]
    fn archives_that_inflate_too_far_are_refused_before_they_do() {
        let mut taken = Taken::default();
        assert!(taken.expect_room(ROOM, 1).is_ok());
        assert_eq!(
            taken.expect_room(1, 1_000).unwrap_err().to_string(),
            "expected an archive of 1000 bytes to inflate to at most 1073741824, but its arrays up to this one declare 1073741825; if they are meant to, save them with np.savez, which leaves them uncompressed: large ones are then read row by row"
        );
        assert!(taken.expect_room(1, ROOM).is_ok());
        assert!(taken.expect_room(u64::MAX, ROOM).is_err());
    }

    #[test]
    fn members_that_share_their_bytes_are_refused() {
        let mut taken = Taken::default();
        assert!(taken.expect_apart(600, 1_000).is_ok());
        assert!(taken.expect_apart(400, 1_000).is_ok());
        assert_eq!(
            taken.expect_apart(1, 1_000).unwrap_err().to_string(),
            "expected members that lie one behind another in 1000 bytes, but up to this one they declare 1001; the archive is damaged, save it again"
        );
        assert!(taken.expect_apart(u64::MAX, u64::MAX).is_ok());
    }

    #[test]
    fn arrays_of_any_lengths_are_read_whole() {
        let folder = Folder::new("npz-lengths");
        let mut scalar = Vec::new();
        ndarray::arr0(7_u8).write_npy(&mut scalar).unwrap();
        let path = archive(&folder, &[("a.npy", &npy()), ("b.npy", &scalar)], Stored);
        let read = Tensor::from_npz(&path).unwrap();
        assert_eq!(
            read,
            [
                ("a".to_owned(), Tensor::from(array![1_i64, 2, 3])),
                ("b".to_owned(), Tensor::from(7_u8))
            ]
        );
    }
}
