//! The names of files.

use std::path::{Path, PathBuf};

use super::super::{Dataset, Names, Structure};
use super::pattern::Pattern;
use crate::error::{Error, Result};
use crate::list::{IntoList, MapInto};
use crate::tensor::Tensor;

/// What [`Dataset::list_files`] takes: a pattern as `&str`, `String`, `&Path` or
/// `PathBuf`, or an array, a slice or a vector of such.
pub trait IntoPatterns {
    /// The patterns, in their order.
    fn into_patterns(self) -> Vec<PathBuf>;
}

macro_rules! one {
    ($($type:ty),*) => {$(
        impl IntoPatterns for $type {
            fn into_patterns(self) -> Vec<PathBuf> {
                vec![self.into()]
            }
        }
    )*};
}
one!(&str, String, &String, &Path, PathBuf, &PathBuf);

impl<T: Into<PathBuf>> IntoPatterns for Vec<T> {
    fn into_patterns(self) -> Vec<PathBuf> {
        self.map_into(Into::into)
    }
}

impl<T: Into<PathBuf>, const N: usize> IntoPatterns for [T; N] {
    fn into_patterns(self) -> Vec<PathBuf> {
        self.into_iter().map(Into::into).into_list()
    }
}

impl<T: Clone + Into<PathBuf>> IntoPatterns for &[T] {
    fn into_patterns(self) -> Vec<PathBuf> {
        self.to_vec().into_patterns()
    }
}

impl<T: Clone + Into<PathBuf>> IntoPatterns for &Vec<T> {
    fn into_patterns(self) -> Vec<PathBuf> {
        self.clone().into_patterns()
    }
}

impl Dataset {
    /// The paths of the files that match a pattern, or one of several, as strings:
    /// `tf.data.Dataset.list_files`.
    ///
    /// | | stands for |
    /// |---|---|
    /// | `*` | any number of characters, but no `/` |
    /// | `?` | one character, but no `/` |
    /// | `[a-z_]`, `[!a-z_]` | one that is in the set, or is not; `[*]` is the asterisk itself |
    /// | `**` | any number of folders, none included |
    ///
    /// Where TensorFlow shuffles unless told otherwise, paths come in order, the same
    /// each time; [`shuffle`](Dataset::shuffle) is the way to another. On purpose
    /// otherwise than there, too: a file that several patterns match comes once; folders are
    /// left out; hidden files match only where the pattern has their dot, as in
    /// shells; `**` goes into folders, but not through links.
    ///
    /// The files are listed when the data set is made.
    ///
    /// # Errors
    ///
    /// - no file matches, as there, or a `[` is not closed ([`Error::is_value`])
    /// - a folder cannot be read, or the path of a file that matches is not UTF-8
    ///   ([`Error::is_file`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let files = Dataset::list_files("notebooks/data/iris.np[yz]")?;
    /// assert_eq!(files.len()?, 2);
    /// assert_eq!(files.at(0)?.scalar::<String>(0)?, "notebooks/data/iris.npy");
    ///
    /// let sizes = files.map(|path: String| std::fs::metadata(path).map(|file| file.len()))?;
    /// assert_eq!(sizes.element_spec().to_string(), "uint64 ()");
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn list_files(patterns: impl IntoPatterns) -> Result<Dataset> {
        list(&patterns.into_patterns())
    }
}

fn list(patterns: &[PathBuf]) -> Result<Dataset> {
    let mut files = Vec::new();
    for pattern in patterns {
        for path in Pattern::new(pattern)?.files()? {
            files.push(utf8(path)?);
        }
    }
    files.sort();
    files.dedup();
    if files.is_empty() {
        return Err(no_match(patterns));
    }
    let paths = Tensor::from(files);
    let step = format!("list_files({})", words(patterns, ""));
    Ok(Dataset::sliced(
        Structure::Leaf(paths),
        Names::default(),
        step,
    ))
}

fn utf8(path: PathBuf) -> Result<String> {
    path.into_os_string().into_string().map_err(|path| {
        Error::file(format!(
            "expected paths in UTF-8, but found '{}'; rename the file",
            path.to_string_lossy()
        ))
    })
}

/// What `tf.errors.InvalidArgumentError` is there: "No files matched pattern".
fn no_match(patterns: &[PathBuf]) -> Error {
    let folder = patterns.iter().find(|pattern| pattern.is_dir());
    let message = match (patterns, folder) {
        ([], _) => "expected at least one pattern, but found none".to_owned(),
        (_, Some(folder)) => format!(
            "expected a pattern that files match, but found the folder '{}'; '{}' are the files in it",
            folder.display(),
            folder.join("*").display()
        ),
        _ => format!(
            "expected at least one file that matches {}, but found none{}",
            words(patterns, "'"),
            whereabouts(patterns)
        ),
    };
    Error::value(message).coded("invalid_argument")
}

/// Where relative patterns begin, which a notebook's reader may not know.
fn whereabouts(patterns: &[PathBuf]) -> String {
    match (
        std::env::current_dir(),
        patterns.iter().any(|p| p.is_relative()),
    ) {
        (Ok(folder), true) => format!("; relative paths begin in {}", folder.display()),
        _ => String::new(),
    }
}

/// As many patterns are named.
const NAMED: usize = 3;

fn words(patterns: &[PathBuf], quote: &str) -> String {
    let named = patterns.iter().take(NAMED);
    let named: Vec<String> = named
        .map(|pattern| format!("{quote}{}{quote}", pattern.display()))
        .into_list();
    match patterns.len() {
        n if n > NAMED => format!("{} and {} more", named.join(", "), n - NAMED),
        _ => named.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_of_steps_tells_the_patterns() {
        let steps = |patterns: &[&str]| Dataset::list_files(patterns).unwrap().steps();
        assert_eq!(steps(&["*.toml"]), ["list_files(*.toml)"]);
        assert_eq!(
            steps(&["*.toml", "a", "b", "c", "d"]),
            ["list_files(*.toml, a, b and 2 more)"]
        );
    }
}
