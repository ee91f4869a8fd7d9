//! Discs that do not touch look the same in whichever order they are drawn, so
//! those of one paint can share a path even between discs of other paints: a
//! fraction of the bytes of an element for each, and the same picture.

use std::collections::HashMap;

type Point = (i32, i32);

/// A layer of discs of one size that keep clear of each other.
#[derive(Default)]
pub(super) struct Dots {
    /// The least distance between centres.
    apart: i32,
    /// Paints in the order of their first disc, with their discs' centres.
    layers: Vec<(String, Vec<Point>)>,
    /// Centres by the square, of side `apart`, in which they lie.
    squares: HashMap<Point, Vec<Point>>,
}

impl Dots {
    pub(super) fn new(apart: i32) -> Self {
        Dots {
            apart: apart.max(1),
            ..Dots::default()
        }
    }

    /// Adds a disc, unless it comes too close to another.
    pub(super) fn add(&mut self, center: Point, paint: &str) -> bool {
        if self.is_crowded(center) {
            return false;
        }
        self.squares
            .entry(self.square(center))
            .or_default()
            .push(center);
        match self.layers.iter_mut().find(|(known, _)| known == paint) {
            Some((_, centers)) => centers.push(center),
            None => self.layers.push((paint.to_owned(), vec![center])),
        }
        true
    }

    /// Hands out what was added and starts anew.
    pub(super) fn take(&mut self) -> Vec<(String, Vec<Point>)> {
        self.squares.clear();
        std::mem::take(&mut self.layers)
    }

    fn square(&self, (x, y): Point) -> Point {
        let side = self.apart.max(1);
        (x.div_euclid(side), y.div_euclid(side))
    }

    fn is_crowded(&self, center: Point) -> bool {
        let (column, row) = self.square(center);
        let crowds = |square: Point| {
            let discs = self.squares.get(&square);
            discs.is_some_and(|discs| discs.iter().any(|&other| self.touches(center, other)))
        };
        (row - 1..=row + 1).any(|y| (column - 1..=column + 1).any(|x| crowds((x, y))))
    }

    fn touches(&self, a: Point, b: Point) -> bool {
        let square = |v: i32| i64::from(v) * i64::from(v);
        square(a.0 - b.0) + square(a.1 - b.1) < square(self.apart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disc_that_touches_another_starts_a_new_layer() {
        let mut dots = Dots::new(10);
        assert!(dots.add((0, 0), "red"));
        assert!(dots.add((10, 0), "blue"));
        assert!(dots.add((-7, -8), "red"));
        assert!(!dots.add((5, 8), "red"));
        let layers = dots.take();
        assert_eq!(layers[0], ("red".into(), vec![(0, 0), (-7, -8)]));
        assert_eq!(layers[1], ("blue".into(), vec![(10, 0)]));
        assert!(dots.add((5, 8), "red"));
    }
}
