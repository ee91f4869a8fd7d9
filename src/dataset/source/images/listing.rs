//! Which pictures a folder holds, and of which classes.

use std::collections::{HashSet, VecDeque};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::super::element::quoted;
use super::super::entries::{Entry, entries};
use super::options::{ImageFolder, Labels};
use crate::error::{Error, Result};
use crate::list::{IntoList, SortWith};

/// As TensorFlow's.
const EXTENSIONS: [&str; 5] = ["png", "jpg", "jpeg", "bmp", "gif"];

/// Pictures by class, and by place within a class.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) files: Vec<PathBuf>,
    pub(super) classes: Option<Classes>,
}

#[derive(Debug)]
pub(super) struct Classes {
    pub(super) names: Vec<String>,
    /// The number of each picture's class.
    pub(super) labels: Vec<i32>,
}

/// Lists the pictures of a folder; there is one at least.
pub(super) fn list(folder: &ImageFolder) -> Result<Listing> {
    let listing = match folder.labels {
        Labels::Inferred => by_class(folder)?,
        Labels::None => all(folder)?,
    };
    match listing.files.is_empty() {
        false => Ok(listing),
        true => Err(no_pictures(folder, listing.classes.as_ref())),
    }
}

fn all(folder: &ImageFolder) -> Result<Listing> {
    if folder.class_names.is_some() {
        return Err(Error::value(
            "expected no class names, as there are no labels (Labels::None), but found some",
        )
        .coded("invalid_argument"));
    }
    Ok(Listing {
        files: pictures_below(&folder.path, folder.follow_links)?,
        classes: None,
    })
}

fn by_class(folder: &ImageFolder) -> Result<Listing> {
    let names = class_names(folder)?;
    let (mut files, mut labels) = (Vec::new(), Vec::new());
    for (label, name) in (0..).zip(&names) {
        files.extend(pictures_below(
            &folder.path.join(name),
            folder.follow_links,
        )?);
        labels.resize(files.len(), label);
    }
    Ok(Listing {
        files,
        classes: Some(Classes { names, labels }),
    })
}

/// The classes that were asked for, or all sub-folders by name.
fn class_names(folder: &ImageFolder) -> Result<Vec<String>> {
    let entries = visible(&folder.path)?;
    let found: Vec<String> = entries
        .iter()
        .filter(|entry| entry.is_folder)
        .map(class_name)
        .try_into_list()?;
    if found.is_empty() {
        let pictures = entries.iter().filter(|entry| is_picture(entry)).count();
        return Err(no_classes(&folder.path, pictures));
    }
    let Some(wanted) = &folder.class_names else {
        return Ok(found);
    };
    check_class_names(wanted, &found, &folder.path)?;
    Ok(wanted.clone())
}

/// Every name is a sub-folder's, and none comes twice.
fn check_class_names(wanted: &[String], found: &[String], path: &Path) -> Result<()> {
    if wanted.is_empty() {
        return Err(
            Error::value("expected at least one class name, but found none")
                .coded("invalid_argument"),
        );
    }
    let mut seen = HashSet::new();
    for name in wanted {
        if !found.contains(name) {
            return Err(Error::name(format!(
                "expected class names that are sub-folders of {}, but found '{name}'; there are {}",
                path.display(),
                quoted(found)
            )));
        }
        if !seen.insert(name) {
            return Err(Error::name(format!(
                "expected every class name once, but found '{name}' twice"
            )));
        }
    }
    Ok(())
}

fn class_name(entry: &Entry) -> Result<String> {
    entry.name.clone().into_string().map_err(|name| {
        Error::file(format!(
            "expected names of sub-folders in UTF-8, but found '{}'; rename it",
            name.to_string_lossy()
        ))
    })
}

fn visible(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = entries(folder)?;
    entries.retain(|entry| !entry.is_hidden());
    Ok(entries)
}

/// By its name; what it is shows when it is read.
fn is_picture(entry: &Entry) -> bool {
    let extension = entry.path.extension().unwrap_or_default();
    !entry.is_folder
        && EXTENSIONS
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
}

/// All pictures in a folder and the folders in it. With links, a folder is looked at
/// the first time that the way leads there.
fn pictures_below(folder: &Path, follow_links: bool) -> Result<Vec<PathBuf>> {
    let (mut left, mut found) = (VecDeque::from([folder.to_owned()]), Vec::new());
    let mut seen = HashSet::new();
    while let Some(folder) = left.pop_front() {
        if follow_links && fs::canonicalize(&folder).is_ok_and(|real| !seen.insert(real)) {
            continue;
        }
        for entry in visible(&folder)? {
            if is_picture(&entry) {
                found.push(entry.path);
            } else if entry.is_folder && (follow_links || !entry.is_link) {
                left.push_back(entry.path);
            }
        }
    }
    found.sort_with(|a, b| place(a).cmp(&place(b)));
    Ok(found)
}

/// Pictures are in the order of these, which is Keras's: those of a folder before those
/// of the folders in it.
fn place(path: &Path) -> (Option<&OsStr>, Option<&OsStr>) {
    (path.parent().map(Path::as_os_str), path.file_name())
}

fn no_classes(path: &Path, pictures: usize) -> Error {
    let path = path.display();
    Error::file(match pictures {
        0 => format!(
            "{path}: expected a sub-folder of pictures for each class, but found no sub-folders"
        ),
        n => format!(
            "{path}: expected a sub-folder of pictures for each class, but found none, and {n} of {}; read them without labels: ImageFolder::new(…).labels(Labels::None)",
            known()
        ),
    })
}

fn no_pictures(folder: &ImageFolder, classes: Option<&Classes>) -> Error {
    let within = match classes {
        Some(classes) => format!(" below its sub-folders {}", quoted(&classes.names)),
        None => String::new(),
    };
    Error::file(format!(
        "{}: expected pictures ({}), but found none{within}",
        folder.path.display(),
        known()
    ))
}

fn known() -> String {
    EXTENSIONS
        .map(|extension| format!(".{extension}"))
        .join(", ")
}
