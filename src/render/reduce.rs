//! Pages with at most 256 colours. Crowded translucent points mix to thousands that
//! nobody can tell apart, and a file that has to tell them apart is three times as
//! large.

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
    fn add(&mut self, color: [u8; 3]) {
        self.count += 1;
        if self.votes == 0 {
            self.color = color;
        }
        match self.color == color {
            true => self.votes += 1,
            false => self.votes -= 1,
        }
    }
}

fn bucket([r, g, b]: [u8; 3]) -> usize {
    let part = |v: u8| usize::from(v >> (8 - BITS));
    (part(r) << (2 * BITS)) | (part(g) << BITS) | part(b)
}

/// The page in the most frequent of its colours, each pixel in the nearest of them,
/// unless it has few colours anyway.
pub(super) fn reduced(mut page: Raster) -> Raster {
    let mut buckets = vec![Bucket::default(); 1 << (3 * BITS)];
    let mut different = std::collections::HashSet::new();
    for pixel in page.rgb.as_chunks::<3>().0 {
        buckets[bucket(*pixel)].add(*pixel);
        if different.len() <= MOST {
            different.insert(*pixel);
        }
    }
    if different.len() <= MOST {
        return page;
    }
    let chosen = nearest(&buckets, &frequent(&buckets));
    for pixel in page.rgb.as_chunks_mut::<3>().0 {
        *pixel = chosen[bucket(*pixel)];
    }
    page
}

/// The colours of the fullest buckets.
fn frequent(buckets: &[Bucket]) -> Vec<[u8; 3]> {
    let mut full: Vec<&Bucket> = buckets.iter().filter(|bucket| bucket.count > 0).collect();
    full.sort_by_key(|bucket| (std::cmp::Reverse(bucket.count), bucket.color));
    full.truncate(MOST);
    full.into_iter().map(|bucket| bucket.color).collect()
}

/// For each bucket, the nearest of the colours.
fn nearest(buckets: &[Bucket], colors: &[[u8; 3]]) -> Vec<[u8; 3]> {
    let distance = |a: [u8; 3], b: [u8; 3]| -> u32 {
        let square = |i: usize| u32::from(a[i].abs_diff(b[i])).pow(2);
        square(0) * 2 + square(1) * 4 + square(2)
    };
    let nearest = |bucket: &Bucket| {
        let by_distance = |color: &&[u8; 3]| distance(bucket.color, **color);
        let found = colors.iter().min_by_key(by_distance);
        found.copied().unwrap_or(bucket.color)
    };
    let used = |bucket: &Bucket| match bucket.count {
        0 => [0; 3],
        _ => nearest(bucket),
    };
    buckets.iter().map(used).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn page(colors: impl Iterator<Item = [u8; 3]>) -> Raster {
        let rgb: Vec<u8> = colors.flatten().collect();
        Raster {
            width: (rgb.len() / 3) as u32,
            height: 1,
            rgb,
        }
    }

    #[test]
    fn few_colours_stay_as_they_are() {
        let few = page((0..=255).map(|v| [v, 1, 255 - v]));
        assert_eq!(reduced(few.clone()), few);
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
