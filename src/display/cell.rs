//! Everything that a cell shows. The kernel keeps one block of each type and
//! cell, so each display emits all that came before it again, joined.

use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::bundle::{Blocks, Bundle};
use super::protocol::{emit, is_evcxr};

/// What the running cell has shown so far. The kernel builds each cell as a
/// library with statics of its own, so this starts empty in each; where the user
/// has turned that off (`:allow_static_linking 0`), the stamp tells cells apart.
static SHOWN: Mutex<Shown> = Mutex::new(Shown {
    cell: 0,
    bundles: Vec::new(),
});

struct Shown {
    cell: usize,
    bundles: Vec<Bundle>,
}

/// Shows one more thing: in a notebook below what this cell showed before,
/// elsewhere as text on standard output.
pub(super) fn show(bundle: Bundle) {
    if !is_evcxr() {
        println!("{}", bundle.text);
        return;
    }
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let cell = stamp();
    if shown.cell != cell {
        shown.cell = cell;
        shown.bundles.clear();
    }
    shown.bundles.push(bundle);
    let blocks = Blocks::of(&shown.bundles);
    emit("text/html", &blocks.html);
    if let Some(svg) = &blocks.svg {
        emit("image/svg+xml", svg);
    }
    if let Some(png) = &blocks.png {
        emit("image/png", &STANDARD.encode(png));
    }
    emit("text/plain", &blocks.text);
}

/// Tells cells apart: every cell that runs is one more library in the process.
/// Where the system does not list them, all cells have the same stamp.
fn stamp() -> usize {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let libraries = maps.lines().filter(|line| line.contains(".so"));
    libraries.count()
}
