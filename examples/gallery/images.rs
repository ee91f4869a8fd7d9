//! Grids of images.

use ndsight::{BoxFormat, ChannelReduction, ValueRange};

use crate::entries::{Entry, entries};

pub(crate) const ENTRIES: &[Entry] = entries! {
    "images-digits", "Images with their labels", |digits| digits.images().rows(2).columns(5);
    "images-noise", "Random pixels from 0 to 1, as in the tutorials", |noise| noise.images();
    "images-photos", "Photos with the names of their classes", |photos| photos.images().rows(3).columns(6);
    "images-batch", "The images of a batch", |digits| digits.batch(32)?.at(3)?.images().rows(4).columns(8).title("Batch 3");
    "images-predicted", "What a model says, the worst mistakes first", |judged| judged.images().predicted("predicted").confidence("confidence").worst_first(true).rows(3).columns(6);
    "images-few-wrong", "Right and wrong ones as they come", |judged| judged.skip(60).images().predicted("predicted").rows(2).columns(5);
    "images-percentiles", "The darkest and the brightest by percentiles", |digits| digits.images().value_range(ValueRange::Percentile(5.0, 95.0)).rows(1).columns(5);
    "images-per-image", "Each image from its least to its greatest value", |bands| bands.images().channels([0]).value_range(ValueRange::PerImage).rows(1).columns(6);
    "images-colormap", "One channel in colours", |digits| digits.images().cmap("magma").rows(2).columns(5);
    "images-channels", "Three of six channels", |bands| bands.images().channels([3, 2, 1]).columns(6);
    "images-reduced", "The mean of six channels", |bands| bands.images().reduce(ChannelReduction::Mean).cmap("viridis").columns(6);
    "images-boxes", "Boxes with their classes", |scenes| scenes.images().boxes("boxes").box_format(BoxFormat::XyXy).box_labels("what").columns(4);
    "images-masks", "Masks over the images", |scenes| scenes.images().masks("mask").columns(4);
    "images-sequences", "A row for each sequence", |films| films.images().columns(8);
};
