//! Where a group stands on the axis of the categories.

/// How much of a category's step all that stands there takes, as in seaborn.
const SHARE: f64 = 0.8;

/// A place for a group: its category, and which of the classes that share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::plot) struct Slot {
    pub(in crate::plot) category: usize,
    /// The colour: the class of the hue, or the first of all.
    pub(in crate::plot) class: usize,
    /// So many stand side by side; one where they share the place.
    pub(in crate::plot) beside: usize,
}

impl Slot {
    /// The middle.
    pub(in crate::plot) fn center(self) -> f64 {
        let middle = self.category as f64;
        match self.beside {
            0 | 1 => middle,
            beside => middle + SHARE * ((self.class as f64 + 0.5) / beside as f64 - 0.5),
        }
    }

    /// The room there is.
    pub(in crate::plot) fn width(self) -> f64 {
        SHARE / self.beside.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_stand_side_by_side_around_their_category() {
        let slot = |class| Slot {
            category: 2,
            class,
            beside: 2,
        };
        assert_eq!([slot(0).center(), slot(1).center()], [1.8, 2.2]);
        assert_eq!(slot(0).width(), 0.4);
        let alone = Slot {
            beside: 1,
            ..slot(1)
        };
        assert_eq!((alone.center(), alone.width()), (2.0, 0.8));
    }
}
