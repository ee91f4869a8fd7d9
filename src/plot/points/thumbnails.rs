//! Small pictures instead of points: which rows, and how they are drawn.

use super::cloud::Cloud;
use crate::dataset::{Columns, ElementSpec};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto};
use crate::plot::colormap::Colormap;
use crate::plot::figure::{Mark, Marker, Per, Pixels, Points, Thumbnails, finite_ends};
use crate::plot::images::range_note;
use crate::plot::notes;
use crate::plot::pixels::{Raster, ToneRange, reduced};
use crate::tensor::{Rows, Tensor};

/// More pictures than this are a crowd.
const MOST: usize = 200;

/// The longer side of a picture, in logical pixels.
const SIDE: f64 = 22.0;

/// Between pictures, with their frames.
const APART: f64 = SIDE + 5.0;

/// Width of a frame.
const FRAME: f64 = 1.5;

/// The pictures and their frames, and what must be said about them.
pub(super) struct Pictures {
    pub(super) marks: Vec<Mark>,
    pub(super) notes: Vec<Option<String>>,
}

/// The component that holds pictures.
pub(super) fn component(spec: &ElementSpec) -> Result<usize> {
    spec.image().ok_or_else(|| {
        Error::shape(format!(
            "expected images of shape (h, w) or (h, w, 1|3|4) to draw for points, but the elements are {spec}"
        ))
    })
}

/// Pictures of component `image` for the points of a panel.
pub(super) fn pictures(cloud: &Cloud, rows: &Columns, image: usize) -> Result<Pictures> {
    let drawn = cloud.kept.drawn();
    let shown: Vec<usize> = apart(&cloud.pixels()).map_into(|i| drawn[i]);
    let images = rows.components[image].rows(&shown.iter().copied().collect::<Rows>());
    let rasters = rasters(&images, shown.len())?;
    let gray = rasters.iter().all(Raster::is_gray);
    let ends = finite_ends(rasters.iter().flat_map(Raster::tones));
    let range = ToneRange::fitting(ends, images.dtype(), gray);
    let pictures = rasters.map_each(|raster| small(raster, range));
    let (x, y) = (cloud.x.places(&shown), cloud.y.places(&shown));
    let side = SIDE / 2.0 + FRAME;
    let frames = Points {
        inks: cloud.looks.inks(&shown),
        markers: Per::All(Marker::Square),
        // The radius of a disc as large as the square.
        radii: Per::All(side * 2.0 / std::f64::consts::PI.sqrt()),
        ..Points::new(x.clone(), y.clone(), cloud.looks.ink(0), side)
    };
    let thumbnails = Thumbnails {
        at: x.into_iter().zip(y).into_list(),
        pictures,
        side: SIDE,
    };
    Ok(Pictures {
        marks: vec![Mark::Points(frames), Mark::Thumbnails(thumbnails)],
        notes: vec![
            notes::part_of(shown.len(), drawn.len(), "points with their images"),
            range_note(range, gray).filter(|_| !shown.is_empty()),
        ],
    })
}

fn rasters(images: &Tensor, count: usize) -> Result<Vec<Raster>> {
    (0..count)
        .map(|i| Raster::of(&images.row(i).view()))
        .collect()
}

/// Two pixels to a logical one are as many as are seen.
fn small(raster: &Raster, range: ToneRange) -> Pixels {
    let (picture, _) = raster.pixels(range, &Colormap::GRAY.strip(256));
    let factor = picture.width.max(picture.height) / (2.0 * SIDE) as usize;
    reduced(&picture, (factor.max(1), factor.max(1)))
}

/// Which of these places get a picture: none that would cover another's.
fn apart(at: &[(f64, f64)]) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    for i in spread_order(at.len()) {
        let (x, y) = at[i];
        let free =
            |&other: &usize| (at[other].0 - x).abs() >= APART || (at[other].1 - y).abs() >= APART;
        if chosen.iter().all(free) {
            chosen.push(i);
        }
        if chosen.len() == MOST {
            break;
        }
    }
    chosen
}

/// All numbers below `len`, in steps of the golden section: those at the start are
/// spread over the whole, so that data in the order of their classes show all.
fn spread_order(len: usize) -> impl Iterator<Item = usize> {
    let gcd = |mut a: usize, mut b: usize| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let mut step = (len as f64 * 0.618) as usize;
    while step > 1 && gcd(step, len) != 1 {
        step -= 1;
    }
    let step = step.max(1);
    (0..len).scan(0, move |at, _| {
        let here = *at;
        *at = (*at + step) % len;
        Some(here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_once() {
        for len in [0, 1, 2, 3, 10, 97, 150, 1000] {
            let mut order: Vec<usize> = spread_order(len).collect();
            order.sort_unstable();
            assert!(order.into_iter().eq(0..len), "{len}");
        }
    }

    #[test]
    fn pictures_keep_clear_of_each_other() {
        let crowd: Vec<(f64, f64)> = (0..10_000)
            .map(|i| (f64::from(i % 100) * 8.0, f64::from(i / 100) * 8.0))
            .collect();
        let chosen = apart(&crowd);
        assert_eq!(chosen.len(), MOST);
        for (n, &i) in chosen.iter().enumerate() {
            for &j in &chosen[..n] {
                let (a, b) = (crowd[i], crowd[j]);
                assert!((a.0 - b.0).abs() >= APART || (a.1 - b.1).abs() >= APART);
            }
        }
        assert_eq!(apart(&[(5.0, 5.0); 9]), [0]);
    }
}
