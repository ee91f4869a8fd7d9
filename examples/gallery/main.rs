//! Every plot on one page: `cargo run --release --example gallery` writes
//! `target/gallery/index.html`, and for each plot an SVG, a PNG (also one for a
//! dark page) and a text beside it. The page needs no server and no script.
//!
//! The data are written to `target/gallery/data` too, so that `compare.py`, which
//! lies beside this file, draws the same with matplotlib.
//!
//! - `entries`: what an entry is; its code is shown as it was compiled
//! - `data`, `invented`: what is drawn, real and made up
//! - `images`, `distributions`, `categories`, `points`, `lines`, `tables`, `arrays`,
//!   `compositions`: the plots
//! - `page`: the page

mod arrays;
mod categories;
mod compositions;
mod data;
mod distributions;
mod entries;
mod images;
mod invented;
mod lines;
mod page;
mod points;
mod tables;

use std::path::Path;

use data::Data;
use entries::{Drawn, Entry};

const SECTIONS: [(&str, &[Entry]); 8] = [
    ("Images", images::ENTRIES),
    ("Distributions", distributions::ENTRIES),
    ("Categories", categories::ENTRIES),
    ("Points", points::ENTRIES),
    ("Lines", lines::ENTRIES),
    ("Tables", tables::ENTRIES),
    ("Arrays", arrays::ENTRIES),
    ("Figures of figures", compositions::ENTRIES),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/gallery");
    // What an earlier run left must not look like this one's.
    std::fs::remove_dir_all(&folder).ok();
    for part in ["data", "dark"] {
        std::fs::create_dir_all(folder.join(part))?;
    }
    let data = Data::read(&root.join("notebooks/data"))?;
    data.write(&folder.join("data"))?;
    let mut sections = Vec::new();
    for (title, entries) in SECTIONS {
        let drawn = entries.iter().map(|entry| entry.draw(&data, &folder));
        sections.push((title, drawn.collect::<Result<Vec<Drawn>, _>>()?));
    }
    std::fs::write(folder.join("index.html"), page::page(&sections))?;
    println!("{}", folder.join("index.html").display());
    Ok(())
}
