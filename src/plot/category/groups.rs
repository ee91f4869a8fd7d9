//! The values of each category and class.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::{Choices, Facet, Group, Groups, Slot};
use crate::dataset::{Columns, Dataset, Feature, Key};
use crate::error::{Error, Result};
use crate::parallel::{each, threads};
use crate::plot::figure::finite_ends;
use crate::plot::hue::{Classes, MAX_CLASSES};
use crate::plot::multiples;
use crate::plot::notes::{self, LeftOut};
use crate::plot::number::short;
use crate::tensor::TensorView;

/// More categories than this share the last place.
const MAX_CATEGORIES: usize = 40;

/// Scales that differ by more than this cannot be read on one axis.
const FAR_APART: f64 = 100.0;

/// What tells rows apart.
#[derive(Default)]
struct Split {
    by: Option<Classes>,
    hue: Option<Classes>,
    /// The hue tells the categories apart once more.
    same: bool,
}

/// The features that are drawn, in which groups.
struct Asked {
    features: Vec<Feature>,
    /// That there are more of them, if so.
    part: Option<String>,
    split: Split,
}

/// What one feature's values were made into.
struct Made<T> {
    span: Option<f64>,
    left_out: LeftOut,
    groups: Vec<(Slot, T)>,
}

/// Finite values of a column made into what is drawn of them.
#[derive(Clone)]
pub(in crate::plot) struct Whole<T> {
    pub(in crate::plot) what: T,
    /// The least and the greatest.
    pub(in crate::plot) ends: Option<(f64, f64)>,
    pub(in crate::plot) left_out: LeftOut,
}

/// What makes neighbouring columns of a component into what is drawn of each.
type Together<'a, T> = &'a dyn Fn(&TensorView<'_>, Range<usize>) -> Result<Vec<Whole<T>>>;

/// What makes places into what is drawn of them.
type Make<'a, T> = &'a (dyn Fn(&[f64]) -> Result<T> + Sync);

impl Choices {
    /// The values of each feature, category and class, each made into what is drawn
    /// of it by `make`, which gets places: logarithms on a log axis.
    pub(in crate::plot) fn groups<T: Send>(
        &self,
        dataset: &Dataset,
        rows: &Columns,
        make: Make<'_, T>,
    ) -> Result<Groups<T>> {
        let asked = self.asked(dataset, self.split(dataset, rows)?)?;
        let made = self.each_made(rows, &asked, make)?;
        Ok(self.arranged(extent(rows), asked, made))
    }

    /// The same, but that columns of which all values stand together are made `together`
    /// where they lie: that they need not be copied is quicker.
    pub(in crate::plot) fn groups_or_columns<T: Send>(
        &self,
        dataset: &Dataset,
        rows: &Columns,
        make: Make<'_, T>,
        together: Together<'_, T>,
    ) -> Result<Groups<T>> {
        let asked = self.asked(dataset, self.split(dataset, rows)?)?;
        let made = match self.takes_columns() {
            true => made_together(rows, &asked.features, together),
            false => self.each_made(rows, &asked, make),
        };
        Ok(self.arranged(extent(rows), asked, made?))
    }

    /// Whether all values of a feature stand together, as they are.
    pub(in crate::plot) fn takes_columns(&self) -> bool {
        let by = self.by.is_some() || self.hue.is_some();
        !by && !self.log
    }

    /// What is made of each feature where all its values stand together: `component` makes
    /// all columns of one, of which those asked for are taken.
    pub(in crate::plot) fn groups_of_components<T: Clone>(
        &self,
        dataset: &Dataset,
        component: &dyn Fn(usize) -> Result<Vec<Whole<T>>>,
    ) -> Result<Groups<T>> {
        let asked = self.asked(dataset, Split::default())?;
        let mut made = Vec::with_capacity(asked.features.len());
        let mut of: HashMap<usize, Vec<Whole<T>>> = HashMap::new();
        for feature in &asked.features {
            let columns = match of.entry(feature.component) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(component(feature.component)?),
            };
            let column = columns.get(feature.position.unwrap_or(0));
            let whole = column.cloned().ok_or_else(|| {
                Error::value(format!(
                    "expected rows of '{}', but found none",
                    feature.name
                ))
                .coded("no_data")
            })?;
            made.push(Made::of_whole(whole));
        }
        Ok(self.arranged(None, asked, made))
    }

    fn asked(&self, dataset: &Dataset, split: Split) -> Result<Asked> {
        multiples::check(self.columns.unwrap_or(1))?;
        let features = self.chosen.of(dataset)?;
        let (shown, part) = multiples::shown(&features);
        Ok(Asked {
            features: shown.to_vec(),
            part,
            split,
        })
    }

    /// What is made of each feature, in its place; `extent` says which part of the rows it
    /// is of.
    fn arranged<T>(&self, extent: Option<String>, asked: Asked, made: Vec<Made<T>>) -> Groups<T> {
        let Asked {
            features,
            part,
            split,
        } = asked;
        let mut left_out = Vec::new();
        let mut spans = Vec::new();
        let mut facets: Vec<Facet<T>> = Vec::new();
        for (feature, made) in features.iter().zip(made) {
            left_out.extend(made.left_out.of(&feature.name));
            spans.extend(made.span);
            let category = self.facet_for(&mut facets, feature, &split, features.len());
            let groups = made.groups.into_iter().map(|(slot, what)| Group {
                slot: Slot {
                    category: category.unwrap_or(slot.category),
                    ..slot
                },
                name: split.name(feature, slot),
                what,
            });
            if let Some(facet) = facets.last_mut() {
                facet.groups.extend(groups);
            }
        }
        let notes = vec![
            extent,
            part,
            notes::left_out(&left_out),
            apart(&spans).filter(|_| facets.len() < features.len() && !self.log),
        ];
        Groups {
            facets,
            hue: split.hue,
            notes,
        }
    }

    /// Each feature read and taken apart. As many at once as there are threads: the
    /// values of all would take memory.
    fn each_made<T: Send>(
        &self,
        rows: &Columns,
        asked: &Asked,
        make: Make<'_, T>,
    ) -> Result<Vec<Made<T>>> {
        let read = |feature: &Feature| -> Result<Made<T>> {
            let (values, left_out) = self.places(rows, feature)?;
            let groups = asked.split.groups(&values, self.dodge).into_iter();
            let groups = groups.map(|(slot, values)| Ok((slot, make(&values)?)));
            Ok(Made {
                span: span(finite_ends(values.iter().copied())),
                left_out,
                groups: groups.collect::<Result<_>>()?,
            })
        };
        let some = asked.features.chunks(threads());
        some.flat_map(|some| each(some.iter().collect(), &read))
            .collect()
    }

    fn split(&self, dataset: &Dataset, rows: &Columns) -> Result<Split> {
        let names = self.class_names.as_deref();
        let classes = |key: &Option<Key>, most| {
            let classes = key
                .as_ref()
                .map(|key| Classes::of(dataset, rows, key, names));
            let classes = classes.transpose()?.map(|classes| classes.at_most(most));
            Ok::<_, Error>(classes)
        };
        // In panels of their own, classes have room to be categories.
        let by = match (&self.by, self.separate) {
            (None, true) => &self.hue,
            (by, _) => by,
        };
        let same = self.hue.is_some() && *by == self.hue;
        let most = if same { MAX_CLASSES } else { MAX_CATEGORIES };
        Ok(Split {
            by: classes(by, most)?,
            hue: classes(&self.hue, MAX_CLASSES)?,
            same,
        })
    }

    /// The values of a feature as places, NaN where they have none, and how many
    /// those are.
    fn places(&self, rows: &Columns, feature: &Feature) -> Result<(Vec<f64>, LeftOut)> {
        let values = rows.numbers(feature)?;
        let mut lost = LeftOut::default();
        let place = |value| lost.place(value, self.log).unwrap_or(f64::NAN);
        let places = values.into_iter().map(place).collect();
        Ok((places, lost))
    }

    /// Makes the last facet the one of this feature, and finds the category that it
    /// is there, if it is one.
    fn facet_for<T>(
        &self,
        facets: &mut Vec<Facet<T>>,
        feature: &Feature,
        split: &Split,
        features: usize,
    ) -> Option<usize> {
        let name = feature.name.clone();
        if let Some(by) = &split.by {
            let alone = features == 1;
            facets.push(Facet {
                title: (!alone).then(|| name.clone()),
                categories: by.names.clone(),
                of_features: false,
                category_label: by.title.clone(),
                value_label: alone.then_some(name),
                groups: Vec::new(),
            });
            return None;
        }
        if self.separate {
            facets.push(Facet {
                title: Some(name),
                categories: vec![String::new()],
                ..Facet::default()
            });
            return Some(0);
        }
        if facets.is_empty() {
            facets.push(Facet {
                of_features: true,
                ..Facet::default()
            });
        }
        let categories = &mut facets[0].categories;
        categories.push(name);
        Some(categories.len() - 1)
    }
}

fn extent(rows: &Columns) -> Option<String> {
    notes::extent(rows.len, &rows.extent, "rows")
}

fn made_together<T>(
    rows: &Columns,
    features: &[Feature],
    together: Together<'_, T>,
) -> Result<Vec<Made<T>>> {
    let mut made = Vec::with_capacity(features.len());
    for run in features.chunk_by(|a, b| a.is_before(b)) {
        let view = rows.components[run[0].component].view();
        let first = run[0].position.unwrap_or(0);
        let found = together(&view, first..first + run.len())?;
        made.extend(found.into_iter().map(Made::of_whole));
    }
    Ok(made)
}

impl<T> Made<T> {
    fn of_whole(whole: Whole<T>) -> Self {
        let slot = Slot {
            beside: 1,
            ..Slot::default()
        };
        Made {
            span: span(whole.ends),
            left_out: whole.left_out,
            groups: vec![(slot, whole.what)],
        }
    }
}

impl Split {
    /// The finite values of each group, in the order of the categories.
    fn groups(&self, values: &[f64], dodge: bool) -> Vec<(Slot, Vec<f64>)> {
        let classes = match (&self.hue, self.same) {
            (Some(hue), false) => hue.names.len(),
            _ => 1,
        };
        let categories = self.by.as_ref().map_or(1, |by| by.names.len());
        let slot = |i: usize| {
            let own = i / classes;
            Slot {
                category: own,
                class: if self.same { own } else { i % classes },
                beside: if dodge { classes } else { 1 },
            }
        };
        let mut groups: Vec<(Slot, Vec<f64>)> = (0..categories * classes)
            .map(|i| (slot(i), Vec::new()))
            .collect();
        for (row, value) in values.iter().enumerate().filter(|(_, v)| v.is_finite()) {
            let own = self.by.as_ref().map_or(0, |by| by.of[row]);
            let class = match &self.hue {
                Some(hue) if !self.same => hue.of[row],
                _ => 0,
            };
            groups[own * classes + class].1.push(*value);
        }
        groups
    }

    /// "petal length of setosa", for captions.
    fn name(&self, feature: &Feature, slot: Slot) -> String {
        let by = self.by.as_ref().map(|by| by.names[slot.category].as_str());
        let hue = self.hue.as_ref().filter(|_| !self.same);
        let hue = hue.map(|hue| hue.names[slot.class].as_str());
        let classes: Vec<&str> = by.into_iter().chain(hue).collect();
        match classes.is_empty() {
            true => feature.name.clone(),
            false => format!("{} of {}", feature.name, classes.join(", ")),
        }
    }
}

/// How far a feature's values reach from zero or from each other, whichever is
/// more: what decides the scale of an axis.
fn span(ends: Option<(f64, f64)>) -> Option<f64> {
    let (low, high) = ends?;
    let span = (high - low).max(low.abs()).max(high.abs());
    (span > 0.0).then_some(span)
}

fn apart(spans: &[f64]) -> Option<String> {
    let (low, high) = finite_ends(spans.iter().copied())?;
    let times = high / low;
    let power = 10.0_f64.powf(times.log10().floor());
    (times > FAR_APART).then(|| {
        format!(
            "the features' scales differ by a factor of {}; separate(true) gives each its own",
            short((times / power).floor() * power)
        )
    })
}
