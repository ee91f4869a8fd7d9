//! Regular files, read at positions, that must not change while they are open.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use crate::error::{Error, Result};

/// A file open for reading, and what it was like when it was opened.
pub(crate) struct RegularFile {
    file: File,
    stamp: Stamp,
}

/// What changes when a file is written to. The time of the last change of the
/// file's *entry* says more, but renaming the file or replacing it, which leave
/// the open one as it is, change that too.
#[derive(PartialEq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

impl RegularFile {
    /// Opens a file; the caller adds the path to errors. A pipe or a device is
    /// refused: opening one can block for ever.
    pub(crate) fn open(path: &Path) -> Result<RegularFile> {
        let failed = |err: io::Error| Error::file(format!("cannot open the file: {err}"));
        expect_regular(&std::fs::metadata(path).map_err(failed)?)?;
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        Ok(RegularFile {
            file,
            stamp: Stamp::of(&metadata),
        })
    }

    /// The length at opening.
    pub(crate) fn length(&self) -> u64 {
        self.stamp.length
    }

    /// For readers with a cursor, which reading at positions leaves alone (on
    /// Windows it does not: use one or the other at a time).
    pub(crate) fn cursor(&self) -> &File {
        &self.file
    }

    /// Some bytes from `offset` on, as `Read::read`.
    pub(super) fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        read_at(&self.file, buffer, offset)
    }

    /// An error if the file was written to since it was opened. Asked after
    /// reading and before handing out what was read.
    pub(super) fn expect_unchanged(&self) -> Result<()> {
        let metadata = self.file.metadata();
        let now =
            Stamp::of(&metadata.map_err(|err| {
                Error::file(format!("cannot tell whether the file changed: {err}"))
            })?);
        if now == self.stamp {
            return Ok(());
        }
        let what = match now.length == self.stamp.length {
            true => "it was written to".to_owned(),
            false => format!(
                "it had {} bytes and has {} now",
                self.stamp.length, now.length
            ),
        };
        Err(Error::file(format!(
            "the file changed since it was opened ({what}); open it again"
        )))
    }
}

/// An error for folders, pipes and devices.
pub(super) fn expect_regular(metadata: &Metadata) -> Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    let what = match metadata.is_dir() {
        true => "a folder",
        false => "a pipe or device",
    };
    Err(Error::file(format!(
        "expected a regular file, but found {what}"
    )))
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(not(any(unix, windows)))]
fn read_at(_file: &File, _buffer: &mut [u8], _offset: u64) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}
