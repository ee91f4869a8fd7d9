//! Files that are complete or not there: written aside, then put in place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::regular::expect_regular;
use crate::error::{Error, Result};

/// A file under a temporary name in the folder of its target, which it replaces
/// on [`finish`](Replacement::finish), and only then. A target that is being read
/// goes on being readable for those who have it open. Dropped before, it is
/// removed.
pub(crate) struct Replacement {
    target: PathBuf,
    temporary: PathBuf,
    file: BufWriter<File>,
    finished: bool,
}

impl Replacement {
    /// Begins a file; the caller adds the path to errors. What is at `path` must
    /// be a file that can be written to, or nothing; a link is followed.
    pub(crate) fn create(path: &Path) -> Result<Replacement> {
        let old = match fs::metadata(path) {
            Ok(metadata) => Some(metadata),
            Err(err) if err.kind() == io::ErrorKind::NotFound => None,
            Err(err) => return Err(unwritable(err)),
        };
        let target = match &old {
            None => path.to_owned(),
            Some(metadata) => {
                expect_regular(metadata)?;
                // Renaming asks for no right to write to the file itself.
                let writable = OpenOptions::new().write(true).open(path);
                writable.map_err(unwritable)?;
                fs::canonicalize(path).map_err(unwritable)?
            }
        };
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder,
            Some(_) if target.file_name().is_some() => Path::new("."),
            _ => return Err(unwritable(io::ErrorKind::NotFound.into())),
        };
        let (temporary, file) = temporary(folder).map_err(unwritable)?;
        let replacement = Replacement {
            target,
            temporary,
            file: BufWriter::new(file),
            finished: false,
        };
        if let Some(old) = old {
            let file = replacement.file.get_ref();
            file.set_permissions(old.permissions())
                .map_err(unwritable)?;
        }
        Ok(replacement)
    }

    /// What is written to it gets into the file, not yet in place.
    pub(crate) fn writer(&mut self) -> &mut BufWriter<File> {
        &mut self.file
    }

    /// Puts the file in place of its target.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.file.flush().map_err(unwritable)?;
        fs::rename(&self.temporary, &self.target).map_err(unwritable)?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

pub(super) fn unwritable(err: io::Error) -> Error {
    Error::file(format!("cannot write the file: {err}"))
}

/// A new file of a name that nothing else has: the process and a number. Each
/// cell of a notebook counts from 0 again, so names that exist are passed over.
fn temporary(folder: &Path) -> io::Result<(PathBuf, File)> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".ndsight-{}-{number}.tmp", std::process::id()));
        match File::create_new(&path) {
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {}
            created => return created.map(|file| (path, file)),
        }
    }
}

/// Writes a whole file; the caller adds the path to errors.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = Replacement::create(path)?;
    file.writer().write_all(bytes).map_err(unwritable)?;
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::scratch::Folder;

    fn write(path: &Path, text: &str) -> Result<()> {
        let mut file = Replacement::create(path)?;
        file.writer()
            .write_all(text.as_bytes())
            .map_err(unwritable)?;
        file.finish()
    }

    #[test]
    fn the_target_is_replaced_at_the_end_and_not_before() {
        let folder = Folder::new("replace");
        let path = folder.file("a.npy", b"old");
        let mut file = Replacement::create(&path).unwrap();
        file.writer().write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(folder.names(), ["a.npy"]);
    }

    #[test]
    fn what_is_not_finished_leaves_nothing_behind() {
        let folder = Folder::new("unfinished");
        drop(Replacement::create(&folder.path("a.npy")).unwrap());
        assert!(folder.names().is_empty());
    }

    #[test]
    fn places_that_cannot_be_written_to_are_errors() {
        let folder = Folder::new("unwritable");
        let refused = |path: &Path| {
            let err = write(path, "").unwrap_err();
            assert!(err.is_file());
            err.to_string()
        };
        let missing = "cannot write the file: No such file or directory (os error 2)";
        assert_eq!(refused(&folder.path("no/such/a.npy")), missing);
        assert_eq!(
            refused(&folder.path("")),
            "expected a regular file, but found a folder"
        );
        assert_eq!(
            refused(Path::new("")),
            "cannot write the file: entity not found"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        let folder = Folder::new("links");
        let path = folder.file("a.npy", b"old");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path("link.npy");
        symlink("a.npy", &link).unwrap();
        write(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
    }
}
