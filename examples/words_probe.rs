//! Shows words at one place, in a process of its own. The tests in `tests/hostile` run
//! it with words that are made to do harm, and judge what it writes.
//!
//! `cargo run --example words_probe -- show PLACE FOLDER...` shows them as in a cell
//! where `EVCXR_IS_RUNTIME` is set, and as in a terminal elsewhere; `print` writes what
//! a program prints. A line with a separator follows those of each folder, which
//! `tests/hostile/words.py` made.

#![allow(
    clippy::expect_used,
    missing_docs,
    unreachable_pub,
    reason = "the places are a test's, which a notebook uses from outside"
)]

#[path = "../tests/common/places.rs"]
mod places;

/// What no text that is shown may hold.
const SEPARATOR: char = '\u{1e}';

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (write, place, folders): (fn(&str, &str), _, _) = match arguments.as_slice() {
        [how, place, folders @ ..] if how == "show" => (places::show, place, folders),
        [how, place, folders @ ..] if how == "print" => (places::print, place, folders),
        _ => {
            eprintln!("usage: words_probe (show | print) PLACE FOLDER...");
            std::process::exit(2);
        }
    };
    for folder in folders {
        write(place, folder);
        println!("{SEPARATOR}");
    }
}
