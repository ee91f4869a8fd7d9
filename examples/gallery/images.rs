//! Grids of images.

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "images-digits", "Images with their labels", |digits| digits.images().rows(2).columns(5);
    "images-noise", "Random pixels from 0 to 1, as in the tutorials", |noise| noise.images();
    "images-photos", "Photos with the names of their classes", |photos| photos.images().rows(3).columns(6);
    "images-batch", "The images of a batch", |digits| digits.batch(32)?.at(3)?.images().rows(4).columns(8).title("Batch 3");
};
