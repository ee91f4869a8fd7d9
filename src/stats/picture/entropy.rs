//! How much information the samples hold.

use super::Picture;

/// Shannon's entropy, in bits, of the samples of all channels: of which channel
/// one is, and its value. At most 8 bits for gray, 9.58 for RGB and 10 for RGBA.
pub(super) fn entropy(picture: &Picture) -> f64 {
    // The fourth row is for the alpha channel, which counts as the others do.
    let mut counts = [[0u64; 256]; 4];
    for pixel in picture.pixels() {
        for (channel, &value) in counts.iter_mut().zip(pixel) {
            channel[usize::from(value)] += 1;
        }
    }
    let total = picture.samples.len() as f64;
    let seen = counts.as_flattened().iter().filter(|&&count| count > 0);
    let bits = seen.map(|&count| {
        let share = count as f64 / total;
        -share * share.log2()
    });
    bits.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_samples_hold_most() {
        let picture = Picture::new(16, 16, 1, (0..=255).collect()).unwrap();
        assert_eq!(entropy(&picture), 8.0);
    }

    #[test]
    fn one_colour_holds_only_which_channel() {
        let of = |channels| Picture::new(2, 2, channels, vec![7; 4 * channels]).unwrap();
        assert_eq!(entropy(&of(1)), 0.0);
        assert_eq!(entropy(&of(4)), 2.0);
    }
}
