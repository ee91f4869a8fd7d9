//! Pages with at most 256 colours. Crowded translucent points mix to thousands that
//! nobody can tell apart, and a file that has to tell them apart is three times as
//! large.

use super::encode::common;
use super::raster::Raster;

/// Colours of a PNG with a palette.
const MOST: usize = 256;

/// Bits of each channel by which colours are sorted into buckets.
const BITS: u32 = 5;

/// What is known of the colours that fall into one bucket.
#[derive(Clone, Copy, Default)]
struct Bucket {
    /// How many pixels there are.
    count: u32,
    /// A colour of the bucket, by majority vote (Boyer and Moore).
    color: [u8; 3],
    votes: u32,
}

impl Bucket {
    /// So many pixels of a colour.
    fn add(&mut self, color: [u8; 3], pixels: u32) {
        self.count += pixels;
        if self.color == color {
            self.votes += pixels;
        } else if self.votes >= pixels {
            self.votes -= pixels;
        } else {
            (self.color, self.votes) = (color, pixels - self.votes);
        }
    }
}

fn bucket([r, g, b]: [u8; 3]) -> usize {
    let part = |v: u8| usize::from(v >> (8 - BITS));
    (part(r) << (2 * BITS)) | (part(g) << BITS) | part(b)
}

/// The page in 256 of its colours, each pixel in the one that stands for its like.
pub(super) fn reduced(mut page: Raster) -> Raster {
    let mut buckets = vec![Bucket::default(); 1 << (3 * BITS)];
    for (run, pixels) in runs(&page.rgb) {
        buckets[bucket(run)].add(run, pixels as u32);
    }
    let mut chosen = vec![[0; 3]; buckets.len()];
    for group in groups(&buckets) {
        let most = group.iter().max_by_key(|bucket| bucket.count);
        let color = most.map_or([0; 3], |bucket| bucket.color);
        for like in &group {
            chosen[bucket(like.color)] = color;
        }
    }
    let mut rgb = vec![0; page.rgb.len()];
    let mut rest = rgb.as_chunks_mut::<3>().0;
    for (color, pixels) in runs(&page.rgb) {
        let (run, others) = rest.split_at_mut(pixels);
        run.fill(chosen[bucket(color)]);
        rest = others;
    }
    page.rgb = rgb;
    page
}

/// Runs of pixels of one colour, which are the rule in figures.
fn runs(mut rgb: &[u8]) -> impl Iterator<Item = ([u8; 3], usize)> {
    std::iter::from_fn(move || {
        let color = *rgb.first_chunk::<3>()?;
        let pixels = 1 + common(&rgb[3..], &rgb[..rgb.len() - 3]) / 3;
        rgb = &rgb[pixels * 3..];
        Some((color, pixels))
    })
}

/// The buckets in at most 256 groups of like colours (Heckbert's median cut): the
/// group that is worst to stand for is cut in half again and again.
fn groups(buckets: &[Bucket]) -> Vec<Vec<Bucket>> {
    let used = buckets.iter().filter(|bucket| bucket.count > 0);
    let mut groups: Vec<Vec<Bucket>> = vec![used.copied().collect()];
    while groups.len() < MOST {
        let worst = (0..groups.len()).max_by_key(|&i| badness(&groups[i]));
        let Some(worst) = worst.filter(|&i| groups[i].len() > 1) else {
            break;
        };
        let (a, b) = halves(groups.swap_remove(worst));
        groups.extend([a, b]);
    }
    groups
}

/// The channel along which a group is widest, and how wide it is there.
fn widest(group: &[Bucket]) -> (usize, u8) {
    let width = |channel: usize| {
        let values = group.iter().map(|bucket| bucket.color[channel]);
        let (low, high) = values.fold((u8::MAX, 0), |(low, high), v| (low.min(v), high.max(v)));
        high.saturating_sub(low)
    };
    let widths = [0, 1, 2].map(width);
    let channel = (0..3).max_by_key(|&i| widths[i]).unwrap_or(0);
    (channel, widths[channel])
}

/// How many pixels would be how far from their colour.
fn badness(group: &[Bucket]) -> u64 {
    let pixels: u64 = group.iter().map(|bucket| u64::from(bucket.count)).sum();
    // The square root: few pixels that are far off are seen as well as many that
    // are hardly off.
    u64::from(widest(group).1).pow(2) * pixels.isqrt()
}

fn halves(mut group: Vec<Bucket>) -> (Vec<Bucket>, Vec<Bucket>) {
    let (channel, _) = widest(&group);
    group.sort_by_key(|bucket| (bucket.color[channel], bucket.color));
    let middle = group.len() / 2;
    let upper = group.split_off(middle);
    (group, upper)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn page(colors: impl Iterator<Item = [u8; 3]>) -> Raster {
        let rgb: Vec<u8> = colors.flatten().collect();
        Raster {
            width: (rgb.len() / 3) as u32,
            height: 1,
            rgb,
        }
    }

    #[test]
    fn many_colours_become_few_near_ones_and_the_page_stays_white() {
        let white = (0..5000).map(|_| [255; 3]);
        let many = (0..4096).map(|i| [i % 64 * 4, i / 64 * 4, 128].map(|v| v as u8));
        let page = page(white.chain(many));
        let few = reduced(page.clone());
        let colors: HashSet<&[u8]> = few.rgb.chunks(3).collect();
        assert!(colors.len() <= 256, "{}", colors.len());
        assert_eq!(few.rgb[..15_000], page.rgb[..15_000]);
        let worst = few.rgb.iter().zip(&page.rgb).map(|(a, b)| a.abs_diff(*b));
        assert!(worst.max().unwrap() <= 64);
    }
}
