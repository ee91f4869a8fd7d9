//! One look at values whose fences are known: how far those within them reach, and which
//! lie beyond.

use super::beyond::Beyond;
use crate::stats::marks::each_marked;
use crate::stats::wide::Wide;

/// Values looked at together: few of them lie outside of those within the limits so far.
const BLOCK: usize = 256;

/// Of some of a column's values; those of parts merge.
#[derive(Clone, Debug)]
pub(super) struct Reach<T> {
    limits: (f64, f64),
    /// The least and the greatest within the limits.
    within: Option<(T, T)>,
    /// Values beyond the lower and the upper limit, by part of the rows: they keep the
    /// order of the data, whoever took which part.
    beyond: Vec<(usize, [Beyond; 2])>,
    /// With none in it, for the next part.
    empty: [Beyond; 2],
}

/// How far whiskers may reach, and what lies beyond.
pub(super) struct Reached {
    /// The least and the greatest within the limits.
    pub(super) within: Option<(f64, f64)>,
    /// The low ones, then the high ones; of more than there is room for only some.
    pub(super) fliers: Vec<f64>,
    pub(super) count: u64,
}

impl<T: Wide> Reach<T> {
    /// Of values that are not known.
    pub(super) fn new(limits: (f64, f64)) -> Self {
        let nowhere = Beyond::new((f64::NAN, f64::NAN), usize::MAX);
        Reach {
            limits,
            within: None,
            beyond: Vec::new(),
            empty: [nowhere.clone(), nowhere],
        }
    }

    /// Of values from `ends.0` to `ends.1`, of which so many are kept beyond each limit.
    pub(super) fn between(limits: (f64, f64), ends: Option<(T, T)>, room: usize) -> Self {
        let mut reach = Reach::new(limits);
        if let Some((least, greatest)) = ends {
            let ends = (least.to_f64(), greatest.to_f64());
            let is_within = limits.0 <= ends.0 && ends.1 <= limits.1;
            reach.within = is_within.then_some((least, greatest));
            reach.empty =
                [(limits.0, ends.0), (limits.1, ends.1)].map(|range| Beyond::new(range, room));
        }
        reach
    }

    /// Whether the ends have told all.
    pub(super) fn is_known(&self) -> bool {
        self.within.is_some()
    }

    /// Adds values of the `part`-th part of the rows.
    pub(super) fn add(&mut self, part: usize, values: &[T]) {
        let mut marks = [1; BLOCK];
        for values in values.chunks(BLOCK) {
            if let Some(within) = self.within {
                mark_outside(values, within, &mut marks);
            }
            each_marked(&marks[..values.len()], |i| self.add_one(part, values[i]));
        }
    }

    fn add_one(&mut self, part: usize, value: T) {
        let (number, (low, high)) = (value.to_f64(), self.limits);
        if number < low {
            self.beyond(part)[0].push(number);
        } else if number > high {
            self.beyond(part)[1].push(number);
        } else if number >= low && number <= high {
            self.stretch(value, value);
        }
    }

    fn beyond(&mut self, part: usize) -> &mut [Beyond; 2] {
        if self.beyond.last().is_none_or(|(last, _)| *last != part) {
            self.beyond.push((part, self.empty.clone()));
        }
        let last = self.beyond.len() - 1;
        &mut self.beyond[last].1
    }

    fn stretch(&mut self, least: T, greatest: T) {
        let (a, b) = self.within.unwrap_or((least, greatest));
        let least = if least < a { least } else { a };
        let greatest = if greatest > b { greatest } else { b };
        self.within = Some((least, greatest));
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        if let Some((least, greatest)) = other.within {
            self.stretch(least, greatest);
        }
        self.beyond.extend(other.beyond);
        self
    }

    /// Of all parts, whatever the order in which they were added.
    pub(super) fn reached(mut self) -> Reached {
        self.beyond.sort_by_key(|(part, _)| *part);
        let parts = self.beyond.into_iter().map(|(_, [low, high])| (low, high));
        let (low, high): (Vec<_>, Vec<_>) = parts.unzip();
        let sides = || low.iter().chain(&high);
        let count = sides().map(Beyond::count).sum();
        let within = self.within.map(|(a, b)| (a.to_f64(), b.to_f64()));
        let sides = low.into_iter().chain(high);
        Reached {
            within,
            fliers: sides.flat_map(Beyond::into_kept).collect(),
            count,
        }
    }
}

/// Marks values outside of two others, and leaves no mark at those between them.
#[inline(never)]
fn mark_outside<T: Wide>(values: &[T], (least, greatest): (T, T), marks: &mut [u8; BLOCK]) {
    for (&value, mark) in values.iter().zip(marks) {
        *mark = u8::from((value < least) | (value > greatest));
    }
}
