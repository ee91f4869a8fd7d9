//! Colours, sizes and markers of rows, and what they mean.

use super::choices::Choices;
use crate::dataset::{Columns, Dataset};
use crate::error::Result;
use crate::list::{MapEach, MapInto, MapNumbers, SortWith, sort_positions};
use crate::plot::colormap;
use crate::plot::figure::{Ink, Key, LegendEntry, Limits, Marker, Per, Swatch};
use crate::plot::hue::{Amounts, Classes, Hue, MAX_CLASSES};
use crate::plot::ticks::ticks;

/// Radii of the least and the greatest amount, in logical pixels.
const SIZES: (f64, f64) = (2.0, 7.0);

/// What tells the rows apart.
#[derive(Default)]
pub(in crate::plot) struct Looks {
    pub(super) hue: Option<Hue>,
    sizes: Option<Amounts>,
    styles: Option<Classes>,
    /// Colours and markers tell apart the same.
    together: bool,
}

impl Looks {
    pub(in crate::plot) fn of(
        dataset: &Dataset,
        rows: &Columns,
        choices: &Choices,
    ) -> Result<Looks> {
        let names = choices.class_names.as_deref();
        let hue = choices.hue.as_ref();
        let hue = hue.map(|key| Hue::of(dataset, rows, key, names));
        let sizes = choices.size.as_ref();
        let sizes = sizes.map(|key| Amounts::of(dataset, rows, key));
        let styles = choices.style.as_ref();
        let styles = styles.map(|key| Classes::of(dataset, rows, key, names));
        let (hue, styles) = (hue.transpose()?, styles.transpose()?);
        let together = match (&hue, &styles) {
            (Some(Hue::Classes(hue)), Some(styles)) => {
                hue.names == styles.names && hue.of == styles.of
            }
            _ => false,
        };
        let most = if together {
            MAX_CLASSES
        } else {
            Marker::ALL.len()
        };
        Ok(Looks {
            hue: hue.map(|hue| match hue {
                Hue::Classes(classes) => Hue::Classes(classes.at_most(MAX_CLASSES)),
                amounts => amounts,
            }),
            sizes: sizes.transpose()?,
            styles: styles.map(|classes| classes.at_most(most)),
            together,
        })
    }

    /// The classes that have colours.
    pub(in crate::plot) fn classes(&self) -> Option<&Classes> {
        match &self.hue {
            Some(Hue::Classes(classes)) => Some(classes),
            _ => None,
        }
    }

    /// These rows by the ink of their class: all in the first, without classes.
    pub(in crate::plot) fn groups(&self, rows: &[usize]) -> Vec<(Ink, Vec<usize>)> {
        let Some(classes) = self.classes() else {
            return vec![(Ink::Series(0), rows.to_vec())];
        };
        let mut groups: Vec<(Ink, Vec<usize>)> =
            (0..classes.names.len()).map_each(|class| (Ink::Series(class), Vec::new()));
        for &row in rows {
            groups[classes.of[row]].1.push(row);
        }
        groups
    }

    /// Whether a row has the numbers that its looks need.
    pub(in crate::plot) fn are_known(&self, row: usize) -> bool {
        let known = |amounts: &Amounts| amounts.values[row].is_finite();
        let hue = match &self.hue {
            Some(Hue::Amounts(amounts)) => known(amounts),
            _ => true,
        };
        hue && self.sizes.as_ref().is_none_or(known)
    }

    pub(super) fn inks(&self, rows: &[usize]) -> Per<Ink> {
        match &self.hue {
            None => Per::All(Ink::Series(0)),
            Some(Hue::Classes(classes)) => {
                Per::Each(rows.map_each(|&row| Ink::Series(classes.of[row])))
            }
            Some(Hue::Amounts(amounts)) => {
                let limits = amounts.limits();
                let place = |row: usize| limits.fraction(amounts.values[row]);
                let ink = |&row: &usize| Ink::Rgb(colormap::of_dot(place(row)));
                Per::Each(rows.map_each(ink))
            }
        }
    }

    /// The ink of one row.
    pub(super) fn ink(&self, row: usize) -> Ink {
        match self.inks(&[row]) {
            Per::All(ink) => ink,
            Per::Each(inks) => inks.first().copied().unwrap_or(Ink::Series(0)),
        }
    }

    /// Radii by amount, or `radius`.
    pub(super) fn radii(&self, rows: &[usize], radius: f64) -> Per<f64> {
        let Some(sizes) = &self.sizes else {
            return Per::All(radius);
        };
        let limits = sizes.limits();
        let of = |&row: &usize| sized(sizes.values[row], limits);
        Per::Each(rows.map_each(of))
    }

    pub(super) fn markers(&self, rows: &[usize]) -> Per<Marker> {
        match &self.styles {
            None => Per::All(Marker::Disc),
            Some(styles) => Per::Each(rows.map_each(|&row| marker(styles.of[row]))),
        }
    }

    /// Puts the rows in the order in which they are drawn: large ones first.
    pub(super) fn arrange(&self, rows: &mut [usize]) {
        if let Some(sizes) = &self.sizes {
            sort_positions(rows, |a, b| sizes.values[b].total_cmp(&sizes.values[a]));
        }
    }

    /// What colours, markers and sizes mean, for points of `radius`.
    pub(in crate::plot) fn keys(&self, radius: f64) -> Vec<Key> {
        let disc = Swatch::Marker(Marker::Disc, radius);
        let mut keys = Vec::new();
        match &self.hue {
            Some(Hue::Classes(classes)) if self.together => {
                keys.push(legend(classes, Ink::Series, |i| {
                    Swatch::Marker(marker(i), radius + 1.0)
                }));
            }
            Some(Hue::Classes(classes)) => keys.push(classes.legend(disc)),
            Some(Hue::Amounts(amounts)) => keys.push(amounts.color_bar()),
            None => {}
        }
        if let (Some(styles), false) = (&self.styles, self.together) {
            keys.push(legend(
                styles,
                |_| Ink::Muted,
                |i| Swatch::Marker(marker(i), radius + 1.0),
            ));
        }
        keys.extend(self.sizes.as_ref().map(size_legend));
        // Colour bars take what legends leave them.
        let is_bar = |key: &Key| matches!(key, Key::ColorBar { .. });
        keys.sort_with(|a, b| is_bar(a).cmp(&is_bar(b)));
        keys
    }
}

/// The marker of a class: those beyond the last share it.
fn marker(class: usize) -> Marker {
    Marker::ALL[class.min(Marker::ALL.len() - 1)]
}

fn sized(amount: f64, limits: Limits) -> f64 {
    let (least, greatest) = (SIZES.0.powi(2), SIZES.1.powi(2));
    let share = limits.fraction(amount).clamp(0.0, 1.0);
    (least + (greatest - least) * share).sqrt()
}

fn legend(classes: &Classes, ink: impl Fn(usize) -> Ink, swatch: impl Fn(usize) -> Swatch) -> Key {
    let entry = |(i, name): (usize, &String)| LegendEntry {
        label: name.clone(),
        ink: ink(i),
        swatch: swatch(i),
    };
    Key::Legend {
        title: classes.title.clone(),
        entries: classes.names.map_indexed(entry),
    }
}

/// Three or four round amounts and their sizes.
fn size_legend(sizes: &Amounts) -> Key {
    let limits = sizes.limits();
    let whole = sizes.values.iter().all(|v| v.fract() == 0.0);
    let entry = |tick: crate::plot::ticks::Tick| LegendEntry {
        label: tick.label,
        ink: Ink::Muted,
        swatch: Swatch::Marker(Marker::Disc, sized(tick.value, limits)),
    };
    Key::Legend {
        title: sizes.title.clone(),
        entries: ticks(limits, 4, whole).map_into(entry),
    }
}
