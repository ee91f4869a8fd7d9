//! Rows told apart by a component or a feature: by class, or by amount.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::colormap;
use super::figure::{Ink, Key as LookKey, LegendEntry, Limits, Scale, Swatch, finite_ends};
use super::number::count;
use crate::dataset::classes::{are_class_numbers, class_name, in_reading_order};
use crate::dataset::{Columns, Dataset, Key};
use crate::error::{Error, Result};
use crate::list::{MapEach, SortWith, sort_positions};
use crate::tensor::TensorView;

/// Whole numbers of at most so many different values are classes; more are
/// amounts. More classes than this share the last colour.
pub(super) const MAX_CLASSES: usize = 10;

/// What a plot tells rows apart by (seaborn's `hue`).
pub(super) enum Hue {
    /// Strings, booleans, and whole numbers of few different values.
    Classes(Classes),
    /// Other numbers.
    Amounts(Amounts),
}

/// The class of each row.
pub(super) struct Classes {
    /// What is told apart: the component's name, if it has one.
    pub(super) title: Option<String>,
    /// In reading order: numbers by size, then anything else by letters.
    pub(super) names: Vec<String>,
    /// For each row, the index of its class in `names`.
    pub(super) of: Vec<usize>,
}

/// A number of each row.
pub(super) struct Amounts {
    pub(super) title: Option<String>,
    pub(super) values: Vec<f64>,
}

impl Hue {
    /// By the component (named or numbered), or else the feature of that name.
    /// `class_names` are those given to the plot; the data set's come after them.
    pub(super) fn of(
        dataset: &Dataset,
        rows: &Columns,
        key: &Key,
        class_names: Option<&[String]>,
    ) -> Result<Hue> {
        let values = values(dataset, rows, key)?;
        let amounts = |values: Option<Vec<f64>>| {
            let title = title(rows, key);
            values.map(|values| Hue::Amounts(Amounts { title, values }))
        };
        if values.dtype().is_float()
            && let Some(amounts) = amounts(values.to_f64())
        {
            return Ok(amounts);
        }
        if let Some(numbers) = whole_numbers(&values)
            && different(&numbers) > MAX_CLASSES
            && let Some(amounts) = amounts(Some(numbers))
        {
            return Ok(amounts);
        }
        let told = Told::apart(&values);
        if values.dtype().is_integer()
            && told.texts.len() > MAX_CLASSES
            && let Some(amounts) = amounts(values.to_f64())
        {
            return Ok(amounts);
        }
        Ok(Hue::Classes(Classes::named(told, rows, key, class_names)))
    }
}

impl Classes {
    /// The classes of the rows, whatever their number and element type.
    pub(super) fn of(
        dataset: &Dataset,
        rows: &Columns,
        key: &Key,
        class_names: Option<&[String]>,
    ) -> Result<Classes> {
        let told = Told::apart(&values(dataset, rows, key)?);
        Ok(Classes::named(told, rows, key, class_names))
    }

    /// The classes that were told apart, in reading order and under their names.
    fn named(told: Told, rows: &Columns, key: &Key, class_names: Option<&[String]>) -> Classes {
        let mut order: Vec<usize> = (0..told.texts.len()).collect();
        sort_positions(&mut order, |a, b| {
            in_reading_order(&told.texts[a], &told.texts[b])
        });
        let mut places = vec![0; order.len()];
        for (place, &class) in order.iter().enumerate() {
            places[class] = place;
        }
        let numbers = are_class_numbers(told.texts.iter().map(String::as_str));
        let known = class_names.or(rows.names.classes.as_deref());
        let known = known.filter(|_| numbers);
        let name = |&class: &usize| class_name(&told.texts[class], known);
        Classes {
            title: title(rows, key),
            names: order.map_each(name),
            of: told.of.map_each(|&class| places[class]),
        }
    }

    /// The same with at most so many classes: those beyond share the last, which
    /// says how many they are.
    pub(super) fn at_most(mut self, most: usize) -> Classes {
        if self.names.len() > most.max(1) {
            let own = most.max(1) - 1;
            let others = self.names.len() - own;
            self.names.truncate(own);
            self.names.push(format!("{} other classes", count(others)));
            self.of
                .iter_mut()
                .for_each(|class| *class = (*class).min(own));
        }
        self
    }

    /// The numbers of the rows of each class.
    pub(super) fn rows(&self) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); self.names.len()];
        for (row, &class) in self.of.iter().enumerate() {
            rows[class].push(row);
        }
        rows
    }

    /// A swatch for each class, in the order of the colour cycle.
    pub(super) fn legend(&self, swatch: Swatch) -> LookKey {
        let entry = |(i, name): (usize, &String)| LegendEntry {
            label: name.clone(),
            ink: Ink::Series(i),
            swatch,
        };
        LookKey::Legend {
            title: self.title.clone(),
            entries: self.names.map_indexed(entry),
        }
    }
}

impl Amounts {
    /// The numbers of the rows.
    pub(super) fn of(dataset: &Dataset, rows: &Columns, key: &Key) -> Result<Amounts> {
        let values = values(dataset, rows, key)?;
        let numbers = values.to_f64().ok_or_else(|| {
            Error::dtype(format!(
                "expected numbers in '{key}', but found {}",
                values.dtype()
            ))
        })?;
        Ok(Amounts {
            title: title(rows, key),
            values: numbers,
        })
    }

    /// From the least to the greatest finite value.
    pub(super) fn limits(&self) -> Limits {
        let ends = finite_ends(self.values.iter().copied());
        let (low, high) = ends.unwrap_or((0.0, 1.0));
        Limits::from_min_max(low, high)
    }

    /// The colour bar that explains them.
    pub(super) fn color_bar(&self) -> LookKey {
        LookKey::ColorBar {
            title: self.title.clone(),
            limits: self.limits(),
            scale: Scale::Linear,
            colors: colormap::of_dots(),
        }
    }
}

/// One value of each row: a component that holds one, or a feature.
pub(super) fn values<'a>(
    dataset: &Dataset,
    rows: &'a Columns,
    key: &Key,
) -> Result<TensorView<'a>> {
    let names = rows.spec.names();
    let component = match (key.find(&names, "component"), key) {
        (Ok(index), _) => index,
        (Err(err), Key::Index(_)) => return Err(err),
        (Err(err), Key::Name(_)) => {
            let feature = dataset.feature(key).map_err(|_| err)?;
            return Ok(rows.feature(&feature));
        }
    };
    match rows.components[component].ndim() {
        1 => Ok(rows.components[component].view()),
        _ => Err(Error::shape(format!(
            "expected one value a row, but component '{}' has {}",
            names[component],
            rows.spec.components()[component]
        ))),
    }
}

/// The component's name, unless it is only its number.
pub(super) fn title(rows: &Columns, key: &Key) -> Option<String> {
    match key {
        Key::Name(name) => Some(name.clone()),
        Key::Index(index) => {
            let name = rows.spec.names().get(*index).cloned();
            name.filter(|name| name.parse::<usize>().is_err())
        }
    }
}

/// Values by what they read as.
struct Told {
    /// The different ones, in the order in which they first appear.
    texts: Vec<String>,
    /// For each value, the index of its text.
    of: Vec<usize>,
}

impl Told {
    fn apart(values: &TensorView<'_>) -> Told {
        match whole_numbers(values) {
            // Millions of labels are not written out to find ten of them.
            Some(numbers) => {
                let text = |row: usize| values.clone().index(0, row).texts().concat();
                Told::by(numbers.into_iter().map(f64::to_bits), text)
            }
            None => {
                let texts = values.texts();
                Told::by(texts.iter(), |row| texts[row].clone())
            }
        }
    }

    /// By what can be compared at once; `text` writes that of a row.
    fn by<T: Eq + Hash>(values: impl Iterator<Item = T>, text: impl Fn(usize) -> String) -> Told {
        let mut known: HashMap<T, usize> = HashMap::new();
        let mut texts = Vec::new();
        let mut of = Vec::new();
        for (row, value) in values.enumerate() {
            let class = *known.entry(value).or_insert_with(|| {
                texts.push(text(row));
                texts.len() - 1
            });
            of.push(class);
        }
        Told { texts, of }
    }
}

/// How many of the numbers differ; not all of them where they are no classes.
fn different(numbers: &[f64]) -> usize {
    let mut known = HashSet::new();
    let more = |number: &&f64| {
        known.insert(number.to_bits());
        known.len() > MAX_CLASSES
    };
    let _ = numbers.iter().find(more);
    known.len()
}

/// The values as numbers, if these tell apart all that are different.
fn whole_numbers(values: &TensorView<'_>) -> Option<Vec<f64>> {
    const EXACT: f64 = (1_u64 << 53) as f64;
    let numbers = values.to_f64().filter(|_| values.dtype().is_integer())?;
    numbers.iter().all(|v| v.abs() < EXACT).then_some(numbers)
}

/// The different texts in reading order.
pub(super) fn ordered(texts: &[String]) -> Vec<&str> {
    let different: std::collections::HashSet<&str> = texts.iter().map(String::as_str).collect();
    let mut names: Vec<&str> = different.into_iter().collect();
    names.sort_with(|a, b| in_reading_order(a, b));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict;

    fn data() -> Dataset {
        Dataset::from_tensor_slices(dict! {
            "x": vec![0.5, 1.5, 2.5],
            "kind": vec!["b", "a", "b"],
            "label": vec![10_i64, 2, 10],
        })
        .unwrap()
    }

    fn classes(key: &str) -> Classes {
        let rows = data().plot_rows().unwrap();
        Classes::of(&data(), &rows, &key.into(), None).unwrap()
    }

    #[test]
    fn classes_are_in_reading_order() {
        assert_eq!(classes("kind").names, ["a", "b"]);
        assert_eq!(classes("kind").of, [1, 0, 1]);
        assert_eq!(classes("label").names, ["2", "10"]);
        assert_eq!(classes("label").rows(), [vec![1], vec![0, 2]]);
    }

    #[test]
    fn few_whole_numbers_are_classes_and_floats_are_amounts() {
        let rows = data().plot_rows().unwrap();
        let hue = |key: &str| Hue::of(&data(), &rows, &key.into(), None).unwrap();
        assert!(matches!(hue("label"), Hue::Classes(_)));
        assert!(matches!(hue("x"), Hue::Amounts(_)));
        let err = Hue::of(&data(), &rows, &"z".into(), None).err().unwrap();
        assert!(err.is_name());
    }

    #[test]
    fn classes_beyond_the_most_share_one() {
        let of = Classes {
            title: None,
            names: vec!["a".into(), "b".into(), "c".into()],
            of: vec![0, 1, 2],
        };
        let few = of.at_most(2);
        assert_eq!(few.names, ["a", "2 other classes"]);
        assert_eq!(few.of, [0, 1, 1]);
    }
}
