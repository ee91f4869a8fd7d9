//! What lies in a folder.

use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::list::SortWith;

/// A file or a folder in a folder.
pub(super) struct Entry {
    pub(super) path: PathBuf,
    pub(super) name: OsString,
    /// Whether it is a folder, or a link to one.
    pub(super) is_folder: bool,
    pub(super) is_link: bool,
}

impl Entry {
    fn new(folder: &Path, entry: &DirEntry) -> io::Result<Entry> {
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let path = folder.join(&name);
        Ok(Entry {
            is_folder: kind.is_dir() || kind.is_symlink() && path.is_dir(),
            is_link: kind.is_symlink(),
            path,
            name,
        })
    }

    /// As shells and file managers hide them: `.git`, `.DS_Store`, `._photo.png`.
    pub(super) fn is_hidden(&self) -> bool {
        self.name.as_encoded_bytes().starts_with(b".")
    }
}

/// All entries of a folder, by name. The empty path is the folder that the program
/// runs in, as in `Path::parent`.
pub(super) fn entries(folder: &Path) -> Result<Vec<Entry>> {
    let opened = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let listed = fs::read_dir(opened).and_then(|entries| {
        let entries = entries.map(|entry| Entry::new(folder, &entry?));
        entries.collect::<io::Result<Vec<Entry>>>()
    });
    let mut entries = listed.map_err(|err| {
        Error::file(format!(
            "{}: cannot read the folder: {err}",
            folder.display()
        ))
    })?;
    entries.sort_with(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &str) -> Vec<String> {
        let entries = entries(Path::new(folder)).unwrap();
        let named = entries.iter().map(|entry| entry.path.display().to_string());
        named.collect()
    }

    #[test]
    fn entries_come_by_name_below_the_folder() {
        let found = names("src/dataset/source");
        assert!(found.is_sorted());
        assert!(found.contains(&"src/dataset/source/entries.rs".to_owned()));
        assert!(names("").contains(&"Cargo.toml".to_owned()));
    }

    #[test]
    fn a_missing_folder_is_named() {
        let err = entries(Path::new("no/such")).err().unwrap();
        assert_eq!(
            err.to_string(),
            "no/such: cannot read the folder: No such file or directory (os error 2)"
        );
        assert!(err.is_file());
    }
}
