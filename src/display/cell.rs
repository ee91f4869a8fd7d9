//! Everything that a cell shows. The kernel keeps one block of each type and
//! cell, so each display emits all that came before it again, joined.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::bundle::{Blocks, Bundle};
use super::kept::Kept;
use super::protocol::{emit, is_evcxr};

/// What the running cell has shown so far. The kernel builds each cell as a
/// library with statics of its own, so this starts empty in each; where the user
/// has turned that off (`:allow_static_linking 0`), the number of libraries tells
/// cells apart.
static SHOWN: Mutex<Shown> = Mutex::new(Shown {
    libraries: 0,
    kept: Kept::nothing(),
});

struct Shown {
    libraries: usize,
    kept: Kept,
}

/// Shows one more thing: in a notebook below what this cell showed before,
/// elsewhere as text on standard output.
pub(super) fn show(bundle: Bundle) {
    if !is_evcxr() {
        println!("{}", bundle.text);
        return;
    }
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let process = Process::now();
    if shown.libraries != process.libraries {
        *shown = Shown {
            libraries: process.libraries,
            kept: Kept::nothing(),
        };
    }
    let bundles = shown.kept.add(bundle, process.own.as_deref());
    let blocks = Blocks::of(&bundles);
    emit("text/html", &blocks.html);
    if let Some(svg) = &blocks.svg {
        emit("image/svg+xml", svg);
    }
    if let Some(png) = &blocks.png {
        emit("image/png", &STANDARD.encode(png));
    }
    emit("text/plain", &blocks.text);
}

/// What the system tells of the libraries in this process.
#[derive(Debug, PartialEq)]
struct Process {
    /// Grows with every cell, each of which is one more. Where the system does not
    /// list them it is always the same.
    libraries: usize,
    /// The one that this code is in, if it is in one.
    own: Option<PathBuf>,
}

impl Process {
    fn now() -> Process {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
        Process::of(&maps, show as fn(Bundle) as usize)
    }

    /// By the system's list of mappings and an address of this code.
    fn of(maps: &str, code: usize) -> Process {
        let libraries = maps.lines().filter(|line| line.contains(".so"));
        let own = maps.lines().find(|line| contains(line, code));
        Process {
            libraries: libraries.clone().count(),
            own: own.and_then(library),
        }
    }
}

/// Whether a mapping, `start-end permissions offset device inode path`, has the address.
fn contains(mapping: &str, address: usize) -> bool {
    let number = |digits| usize::from_str_radix(digits, 16).ok();
    let range = mapping
        .split(' ')
        .next()
        .and_then(|range| range.split_once('-'));
    let range = range.and_then(|(start, end)| Some(number(start)?..number(end)?));
    range.is_some_and(|range| range.contains(&address))
}

/// The path of a mapping, if it is a library's.
fn library(mapping: &str) -> Option<PathBuf> {
    let path = &mapping[mapping.find('/')?..];
    let path = path.strip_suffix(" (deleted)").unwrap_or(path);
    path.ends_with(".so").then(|| path.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPS: &str = "\
55d0-55e0 r-xp 00000000 08:01 42    /usr/bin/evcxr_jupyter
7f10-7f20 r--p 00000000 08:01 43    /tmp/a b/libcode_1.so
7f20-7f30 r-xp 00010000 08:01 43    /tmp/a b/libcode_1.so
7f30-7f40 rw-p 00000000 00:00 0
7fff-8fff r-xp 00000000 00:00 0     [vdso]
";

    #[test]
    fn code_is_found_in_its_library() {
        let own = |address| Process::of(MAPS, address).own;
        assert_eq!(own(0x7f2f), Some("/tmp/a b/libcode_1.so".into()));
        for elsewhere in [0x55d0, 0x7f30, 0x7f3f, 0x8000, 0] {
            assert_eq!(own(elsewhere), None, "{elsewhere:x}");
        }
        assert_eq!(Process::of(MAPS, 0).libraries, 2);
        let nothing = Process {
            libraries: 0,
            own: None,
        };
        assert_eq!(Process::of("", 1), nothing);
        assert_eq!(Process::of("no mapping/.so\n7f-zz \n", 1).own, None);
    }

    #[test]
    fn a_program_is_in_no_library() {
        assert_eq!(Process::now().own, None);
    }
}
