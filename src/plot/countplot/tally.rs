//! Counting rows by class, and by class of something else or by data set.

use std::collections::HashMap;

use super::super::hue::{Classes, MAX_CLASSES};
use super::super::notes;
use super::super::number::{count, short};
use crate::dataset::classes::{are_class_numbers, class_name, in_reading_order};
use crate::dataset::{Columns, Dataset, Key};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto, MapNumbers, SortWith};

/// More classes than this share the last bar.
pub(super) const MOST: usize = 30;

/// The largest class has at least so many times the rows of the smallest where the
/// caption says so.
const IMBALANCE: f64 = 2.0;

/// Rows counted.
pub(super) struct Tally {
    /// What is counted, if it has a name.
    pub(super) title: Option<String>,
    pub(super) classes: Vec<Class>,
    /// The classes of the hue or the data sets: one without a name if there is
    /// neither.
    pub(super) series: Vec<Series>,
    /// What the series are told apart by.
    pub(super) series_title: Option<String>,
    /// The names that the data set has for labels.
    pub(super) class_names: Option<Vec<String>>,
    /// Whether the series are data sets.
    pub(super) compared: bool,
    /// What is known of rows that were not read.
    pub(super) extents: Vec<String>,
    /// What was done with classes that are not drawn.
    left: Option<String>,
}

pub(super) struct Class {
    /// As the data have it.
    raw: String,
    pub(super) name: String,
    /// For each series.
    pub(super) counts: Vec<u64>,
}

impl Class {
    pub(super) fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

pub(super) struct Series {
    pub(super) name: String,
    /// Of all its rows, also those of classes that are not drawn.
    pub(super) rows: u64,
}

impl Tally {
    /// Of one data set, by class and `hue`.
    pub(super) fn of(dataset: &Dataset, key: &Key, hue: Option<&Key>) -> Result<Tally> {
        let keys: Vec<&Key> = std::iter::once(key).chain(hue).into_list();
        let read = Read::new(dataset, &keys)?;
        let classes = read.raw(0)?;
        let hue = hue.map(|_| read.classes(1, None)).transpose()?;
        let hue = hue.map(|hue| hue.at_most(MAX_CLASSES));
        let (names, of) = match &hue {
            Some(hue) => (hue.names.clone(), hue.of.clone()),
            None => (vec![String::new()], vec![0; classes.of.len()]),
        };
        let mut tally = Tally {
            title: classes.title.clone(),
            classes: classes.names.map_each(|raw| class(raw, names.len())),
            series: names.map_into(|name| Series { name, rows: 0 }),
            series_title: hue.and_then(|hue| hue.title),
            class_names: read.class_names(),
            compared: false,
            extents: notes::extent(read.rows.len, &read.rows.extent, "rows")
                .into_iter()
                .into_list(),
            left: None,
        };
        for (&class, &series) in classes.of.iter().zip(&of) {
            tally.classes[class].counts[series] += 1;
            tally.series[series].rows += 1;
        }
        Ok(tally)
    }

    /// Of several data sets, by class and data set.
    pub(super) fn of_several(all: &[(&str, &Dataset)], key: &Key) -> Result<Tally> {
        let in_context = |name: &str, err: Error| err.context(format_args!("data set '{name}'"));
        let mut parts = Vec::with_capacity(all.len());
        for (name, dataset) in all {
            let part = Tally::of(dataset, key, None).map_err(|err| in_context(name, err))?;
            parts.push((*name, part));
        }
        let mut raws: Vec<String> =
            parts.flat_map_each(|(_, part)| part.classes.iter().map(|class| class.raw.clone()));
        raws.sort_with(|a, b| in_reading_order(a, b));
        raws.dedup();
        let places: HashMap<&str, usize> = raws
            .iter()
            .enumerate()
            .map(|(i, raw)| (raw.as_str(), i))
            .collect();
        let mut classes: Vec<Class> = raws.map_each(|raw| class(raw, parts.len()));
        for (series, (_, part)) in parts.iter().enumerate() {
            for found in &part.classes {
                classes[places[found.raw.as_str()]].counts[series] = found.total();
            }
        }
        let series = |(name, part): &(&str, Tally)| Series {
            name: (*name).to_owned(),
            rows: part.series[0].rows,
        };
        let extents = parts.iter().flat_map(|(name, part)| {
            part.extents
                .iter()
                .map(move |extent| format!("{name}: {extent}"))
        });
        Ok(Tally {
            title: parts.first().and_then(|(_, part)| part.title.clone()),
            classes,
            series: parts.map_each(series),
            series_title: None,
            class_names: parts.iter().find_map(|(_, part)| part.class_names.clone()),
            compared: true,
            extents: extents.into_list(),
            left: None,
        })
    }

    /// Of rows counted in several data sets, by class.
    pub(super) fn of_counts(title: &str, classes: &[(&str, Vec<u64>)], series: &[String]) -> Tally {
        let class = |(name, counts): &(&str, Vec<u64>)| Class {
            raw: (*name).to_owned(),
            name: (*name).to_owned(),
            counts: counts.clone(),
        };
        let rows = |i: usize| classes.iter().map(|(_, counts)| counts[i]).sum();
        let of = |(i, name): (usize, &String)| Series {
            name: name.clone(),
            rows: rows(i),
        };
        Tally {
            title: Some(title.to_owned()),
            classes: classes.map_each(class),
            series: series.map_indexed(of),
            series_title: None,
            class_names: None,
            compared: true,
            extents: Vec::new(),
            left: None,
        }
    }

    /// The classes under their names; with `all`, also the named ones that no row
    /// has, if the labels are numbers of names.
    pub(super) fn named(mut self, names: Option<&[String]>, all: bool) -> Tally {
        if let (true, Some(names)) = (all, names.filter(|names| names.len() <= MOST)) {
            self.fill_in(names.len());
        }
        let numbers = are_class_numbers(self.classes.iter().map(|class| class.raw.as_str()));
        let names = names.filter(|_| numbers);
        for class in &mut self.classes {
            class.name = class_name(&class.raw, names);
        }
        self
    }

    fn fill_in(&mut self, names: usize) {
        let number = |class: &Class| class.raw.parse::<usize>().ok().filter(|&n| n < names);
        let Some(found) = self.classes.iter().map(number).collect::<Option<Vec<_>>>() else {
            return;
        };
        let series = self.series.len();
        let missing = (0..names).filter(|n| !found.contains(n));
        self.classes
            .extend(missing.map(|n| class(&n.to_string(), series)));
        self.classes
            .sort_with(|a, b| in_reading_order(&a.raw, &b.raw));
    }

    pub(super) fn rows(&self) -> u64 {
        self.series.iter().map(|series| series.rows).sum()
    }

    /// The largest class first, equal ones as they are.
    pub(super) fn sort(&mut self) {
        self.classes.sort_with(|a, b| b.total().cmp(&a.total()));
    }

    /// The classes named, in this order.
    pub(super) fn ordered(mut self, order: &[String]) -> Result<Tally> {
        let mut classes = Vec::with_capacity(order.len());
        for wanted in order {
            let is = |class: &Class| class.name == *wanted || class.raw == *wanted;
            match self.classes.iter().position(is) {
                Some(place) => classes.push(self.classes.remove(place)),
                None => return Err(self.unknown(wanted, &classes)),
            }
        }
        let rows: u64 = self.classes.iter().map(Class::total).sum();
        self.left = (rows > 0).then(|| {
            let (rows, others) = (count(rows as usize), others(self.classes.len()));
            format!("left out: {rows} rows of {others}")
        });
        self.classes = classes;
        Ok(self)
    }

    fn unknown(&self, wanted: &str, taken: &[Class]) -> Error {
        if taken
            .iter()
            .any(|class| class.name == wanted || class.raw == wanted)
        {
            return Error::value(format!(
                "expected each class once in order([…]), but found '{wanted}' twice"
            ));
        }
        let names = taken
            .iter()
            .chain(&self.classes)
            .map(|class| class.name.clone());
        let names: Vec<String> = names.into_list();
        Error::name(format!(
            "there is no class named '{wanted}'; the classes are {}",
            crate::dataset::quoted(&names)
        ))
    }

    /// The first classes; those beyond share the last bar.
    pub(super) fn at_most(mut self, most: usize) -> Tally {
        let all = self.classes.len();
        if all > most {
            let rest = self.classes.split_off(most);
            let sum = |series: usize| rest.iter().map(|class| class.counts[series]).sum();
            let counts: Vec<u64> = (0..self.series.len()).map_each(sum);
            let name = others(rest.len());
            self.classes.push(Class {
                raw: name.clone(),
                name,
                counts,
            });
            self.left = Some(format!(
                "the {most} largest of {} classes; the others share the last bar",
                count(all)
            ));
        }
        self
    }

    /// What is to be known of the classes.
    pub(super) fn notes(&self) -> Vec<String> {
        let empty = |series: usize| -> Vec<&str> {
            let lacks = |class: &&Class| match self.compared {
                true => class.counts[series] == 0,
                false => class.total() == 0,
            };
            self.classes
                .iter()
                .filter(lacks)
                .map(|class| class.name.as_str())
                .into_list()
        };
        let mut notes: Vec<String> = self.left.iter().cloned().into_list();
        let all = if self.compared { self.series.len() } else { 1 };
        for series in 0..all {
            let names = empty(series);
            if !names.is_empty() && self.rows() > 0 {
                let place = match self.compared {
                    true => format!(" in {}", self.series[series].name),
                    false => String::new(),
                };
                notes.push(format!("no rows{place} of {}", notes::few(&names)));
            }
        }
        notes
    }

    /// How far the classes are from balance, where that is far.
    pub(super) fn imbalance(&self) -> Option<String> {
        if self.left.is_some() {
            return None;
        }
        let sizes = || self.classes.iter().filter(|class| class.total() > 0);
        let most = sizes().max_by_key(|class| class.total())?;
        let least = sizes().min_by_key(|class| class.total())?;
        let ratio = most.total() as f64 / least.total() as f64;
        (ratio >= IMBALANCE).then(|| {
            format!(
                "imbalanced: {} times as many rows of {} ({}) as of {} ({})",
                short((ratio * 10.0).round() / 10.0),
                most.name,
                count(most.total() as usize),
                least.name,
                count(least.total() as usize)
            )
        })
    }
}

fn class(raw: &str, series: usize) -> Class {
    Class {
        raw: raw.to_owned(),
        name: raw.to_owned(),
        counts: vec![0; series],
    }
}

fn others(n: usize) -> String {
    match n {
        1 => "1 other class".to_owned(),
        n => format!("{} other classes", count(n)),
    }
}

/// The components that are needed of a data set.
struct Read<'a> {
    dataset: Dataset,
    rows: Columns,
    /// Where the keys lead among the components read.
    keys: Vec<Key>,
    wanted: Vec<&'a Key>,
}

impl<'a> Read<'a> {
    fn new(dataset: &Dataset, wanted: &[&'a Key]) -> Result<Self> {
        let (dataset, keys) = dataset.only(wanted);
        Ok(Read {
            rows: dataset.plot_rows()?,
            dataset,
            keys,
            wanted: wanted.to_vec(),
        })
    }

    fn classes(&self, key: usize, names: Option<&[String]>) -> Result<Classes> {
        let mut classes = Classes::of(&self.dataset, &self.rows, &self.keys[key], names)?;
        if let Key::Name(name) = self.wanted[key] {
            classes.title = Some(name.clone());
        }
        Ok(classes)
    }

    /// The classes as the data have them.
    fn raw(&self, key: usize) -> Result<Classes> {
        self.classes(key, Some(&[]))
    }

    fn class_names(&self) -> Option<Vec<String>> {
        self.rows.names.classes.as_deref().map(<[String]>::to_vec)
    }
}
