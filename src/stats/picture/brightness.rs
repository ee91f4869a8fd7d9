//! How bright the brightest and the darkest pixels are.

use super::Picture;
use crate::stats::quantile::Sorted;

/// Percentiles of the brightness of the pixels, from 0 (black) to 1 (white).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Brightness {
    pub(super) percentile_5: f64,
    pub(super) percentile_99: f64,
}

/// Brightness as the eye sees it: the root of the weighted mean of the squares
/// (the HSP colour model). An alpha channel does not count.
pub(super) fn brightness(picture: &Picture) -> Brightness {
    let values = match picture.channels {
        1 => picture.samples.iter().map(|&v| f64::from(v)).collect(),
        _ => picture.pixels().map(perceived).collect(),
    };
    let mut values = Sorted::new(values);
    // White's root may be an ulp above 1.
    let mut percentile = |q: f64| (values.quantile(q) / 255.0).min(1.0);
    Brightness {
        percentile_5: percentile(0.05),
        percentile_99: percentile(0.99),
    }
}

fn perceived(pixel: &[u8]) -> f64 {
    let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(|v| f64::from(v) * f64::from(v));
    (0.241 * r + 0.691 * g + 0.068 * b).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_pixels() {
        let picture = Picture::new(2, 1, 1, vec![0, 255]).unwrap();
        let found = brightness(&picture);
        assert_eq!((found.percentile_5, found.percentile_99), (0.05, 0.99));
    }

    #[test]
    fn green_is_brighter_than_blue() {
        let of = |rgb: [u8; 3]| {
            let picture = Picture::new(1, 1, 3, rgb.to_vec()).unwrap();
            brightness(&picture).percentile_99
        };
        assert_eq!(of([0, 255, 0]), 0.691f64.sqrt());
        assert_eq!(of([0, 0, 255]), 0.068f64.sqrt());
    }

    #[test]
    fn alpha_does_not_count() {
        let clear = Picture::new(1, 1, 4, vec![9, 9, 9, 0]).unwrap();
        let gray = Picture::new(1, 1, 1, vec![9]).unwrap();
        let apart = brightness(&clear).percentile_5 - brightness(&gray).percentile_5;
        assert!(apart.abs() < 1e-15);
    }
}
