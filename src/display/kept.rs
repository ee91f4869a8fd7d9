//! What a cell has shown, kept for what it shows next. A cell's library stays loaded
//! until the kernel ends, and nobody is told that the cell has ended: what it holds in
//! memory stays, too. So it is kept in a file beside the library, in the folder that
//! the kernel removes when it ends.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::bundle::Bundle;

/// How the files are named: as the library, and this.
const ENDING: &str = ".shown";

/// What was shown, in order.
#[derive(Debug)]
pub(super) struct Kept {
    file: Option<Written>,
    /// What came after: nothing, unless files cannot be written.
    rest: Vec<Bundle>,
}

#[derive(Debug)]
struct Written {
    path: PathBuf,
    /// Bytes of whole bundles: a disk that became full leaves a part of one.
    length: u64,
}

impl Kept {
    pub(super) const fn nothing() -> Kept {
        Kept {
            file: None,
            rest: Vec::new(),
        }
    }

    /// Adds to what was shown, and gives all of it. `library` is the cell's, where
    /// the system tells.
    pub(super) fn add(&mut self, last: Bundle, library: Option<&Path>) -> Vec<Bundle> {
        let mut all = self.file.as_ref().map_or_else(Vec::new, Written::read);
        all.extend(self.rest.iter().cloned());
        if self.keep(&last, library).is_err() {
            self.rest.push(last.clone());
        }
        all.push(last);
        all
    }

    fn keep(&mut self, last: &Bundle, library: Option<&Path>) -> io::Result<()> {
        let in_order = self.rest.is_empty();
        match (&mut self.file, library) {
            (Some(file), _) if in_order => file.append(last),
            (None, Some(library)) if in_order => {
                let mut file = Written::beside(library)?;
                file.append(last)?;
                self.file = Some(file);
                Ok(())
            }
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

impl Written {
    /// A new file, which none but its owner can read. Those of earlier cells go.
    fn beside(library: &Path) -> io::Result<Written> {
        let mut path = OsString::from(library);
        path.push(ENDING);
        for entry in fs::read_dir(library.parent().ok_or(io::ErrorKind::NotFound)?)?.flatten() {
            if entry
                .file_name()
                .as_encoded_bytes()
                .ends_with(ENDING.as_bytes())
            {
                fs::remove_file(entry.path())?;
            }
        }
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.write(true).create_new(true).open(&path)?;
        Ok(Written {
            path: path.into(),
            length: 0,
        })
    }

    fn append(&mut self, bundle: &Bundle) -> io::Result<()> {
        let bytes = bundle.to_bytes();
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        file.seek(SeekFrom::Start(self.length))?;
        file.write_all(&bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// What was written. What cannot be read any more is told in its place.
    fn read(&self) -> Vec<Bundle> {
        self.bundles().unwrap_or_else(|err| {
            let path = self.path.display();
            let lost = format!("cannot show again what this cell showed before: '{path}': {err}");
            vec![Bundle::of_error(&lost)]
        })
    }

    fn bundles(&self) -> io::Result<Vec<Bundle>> {
        let mut bytes = Vec::new();
        let file = File::open(&self.path)?;
        let read = file.take(self.length).read_to_end(&mut bytes)?;
        if (read as u64) < self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut rest = bytes.as_slice();
        let mut bundles = Vec::new();
        while !rest.is_empty() {
            bundles.push(Bundle::from_bytes(&mut rest)?);
        }
        Ok(bundles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder, removed with its files.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let folder = format!("ndsight-kept-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(folder);
            fs::create_dir_all(&folder).unwrap();
            Folder(folder)
        }

        fn library(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }

        fn files(&self) -> Vec<String> {
            let names = fs::read_dir(&self.0).unwrap();
            names
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn bundle(text: &str) -> Bundle {
        Bundle::of_error(text)
    }

    fn bundles(texts: &[&str]) -> Vec<Bundle> {
        texts.iter().map(|text| bundle(text)).collect()
    }

    #[test]
    fn what_was_shown_comes_back_in_order() {
        let folder = Folder::new("order");
        let library = folder.library("libcode_1.so");
        for library in [Some(&*library), None] {
            let mut kept = Kept::nothing();
            assert_eq!(kept.add(bundle("a"), library), bundles(&["a"]));
            assert_eq!(kept.add(bundle("b"), library), bundles(&["a", "b"]));
            assert_eq!(kept.add(bundle("c"), library), bundles(&["a", "b", "c"]));
            // Only what stands in no file takes memory.
            assert_eq!(kept.rest.len(), if library.is_some() { 0 } else { 3 });
        }
    }

    #[test]
    fn one_cell_at_a_time_has_a_file_and_none_is_lost_without_a_word() {
        let folder = Folder::new("cells");
        let libraries = ["libcode_1.so", "libcode_2.so"].map(|name| folder.library(name));
        let [mut first, mut second] = [Kept::nothing(), Kept::nothing()];
        first.add(bundle("a"), Some(&libraries[0]));
        second.add(bundle("b"), Some(&libraries[1]));
        assert_eq!(folder.files(), ["libcode_2.so.shown"]);
        let said = first.add(bundle("c"), Some(&libraries[0]));
        assert!(
            said[0]
                .text
                .contains("cannot show again what this cell showed before")
        );
        assert_eq!(said[1], bundle("c"));
        let all = second.add(bundle("d"), Some(&libraries[1]));
        assert_eq!(all, bundles(&["b", "d"]));
    }

    #[test]
    fn where_no_file_can_be_written_memory_serves() {
        let folder = Folder::new("nowhere");
        let nowhere = folder.library("missing/libcode_1.so");
        let mut kept = Kept::nothing();
        kept.add(bundle("a"), Some(&nowhere));
        assert_eq!(kept.add(bundle("b"), Some(&nowhere)), bundles(&["a", "b"]));
    }

    #[test]
    fn a_file_that_others_change_is_told() {
        let folder = Folder::new("changed");
        let library = folder.library("libcode_1.so");
        let file = folder.library("libcode_1.so.shown");
        let mut kept = Kept::nothing();
        kept.add(bundle("a"), Some(&library));
        let whole = fs::read(&file).unwrap();

        // What a disk that became full leaves of one more is not a part of it.
        fs::write(&file, [&whole[..], b"half"].concat()).unwrap();
        assert_eq!(kept.add(bundle("b"), Some(&library)), bundles(&["a", "b"]));

        let cut = whole[..whole.len() / 2].to_vec();
        for bytes in [vec![], cut, vec![255; 2 * whole.len()]] {
            fs::write(&file, bytes).unwrap();
            let all = kept.add(bundle("c"), Some(&library));
            assert!(all[0].text.contains("cannot show again"), "{}", all[0].text);
            assert_eq!(all[1..], [bundle("c")]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn none_but_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = Folder::new("owner");
        let library = folder.library("libcode_1.so");
        Kept::nothing().add(bundle("a"), Some(&library));
        let file = folder.library("libcode_1.so.shown");
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
