//! What a saved data set's folder says of it, in lines of words parted by tabs.

use super::super::{Names, Structure};
use crate::error::{Error, Result};
use crate::list::IntoList;

/// The file that holds the lines.
pub(super) const FILE: &str = "dataset.txt";

/// The first line of every such file, with the version of the format.
const FIRST: &str = "ndsight data set, version 1";

/// A manifest is no longer than this: a few components and the names of classes.
const MAX_BYTES: u64 = 1 << 24;

/// How a component lies in the folder.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stored {
    /// The length of each axis; `None` where rows differ. Rows of one shape are one
    /// array; of others, one array has the values laid end to end and
    /// another the shapes.
    pub(super) shape: Vec<Option<usize>>,
}

impl Stored {
    pub(super) fn is_ragged(&self) -> bool {
        self.shape.contains(&None)
    }
}

/// A data set in words.
#[derive(Clone, Debug)]
pub(super) struct Manifest {
    pub(super) components: Structure<Stored>,
    pub(super) batched: bool,
    pub(super) names: Names,
}

/// A step on the way to a component.
#[derive(Clone, Debug, PartialEq)]
enum Way {
    Position(usize),
    Key(String),
}

impl Manifest {
    pub(super) fn to_text(&self) -> String {
        let mut lines = vec![FIRST.to_owned(), format!("batched\t{}", self.batched)];
        let mut leaves = Vec::new();
        ways(&self.components, &mut Vec::new(), &mut leaves);
        for (way, stored) in leaves {
            let axes = stored
                .shape
                .iter()
                .map(|axis| axis.map_or("None".to_owned(), |n| n.to_string()));
            let shape: Vec<String> = axes.into_list();
            let mut words = vec!["component".to_owned(), shape.join(",")];
            words.extend(way.iter().map(|step| match step {
                Way::Position(i) => format!("position {i}"),
                Way::Key(key) => format!("key {}", escaped(key)),
            }));
            lines.push(words.join("\t"));
        }
        for (what, names) in [
            ("class", &self.names.classes),
            ("feature", &self.names.features),
        ] {
            let names = names.iter().flat_map(|names| names.iter());
            lines.extend(names.map(|name| format!("{what}\t{}", escaped(name))));
        }
        lines.join("\n") + "\n"
    }

    pub(super) fn of_text(text: &str) -> Result<Manifest> {
        let mut lines = text.lines();
        if lines.next() != Some(FIRST) {
            return Err(Error::file(format!(
                "expected a folder that save() wrote, but its {FILE} does not begin with '{FIRST}'"
            )));
        }
        let (mut components, mut batched) = (None, false);
        let (mut classes, mut features) = (Vec::new(), Vec::new());
        for (number, line) in lines.enumerate() {
            let words: Vec<&str> = line.split('\t').into_list();
            let understood = match words.as_slice() {
                ["batched", value] => value.parse().map(|value| batched = value).is_ok(),
                ["component", shape, way @ ..] => component(shape, way)
                    .and_then(|(stored, way)| insert(&mut components, &way, stored))
                    .is_some(),
                ["class", name] => unescaped(name).map(|name| classes.push(name)).is_some(),
                ["feature", name] => unescaped(name).map(|name| features.push(name)).is_some(),
                _ => false,
            };
            if !understood {
                return Err(Error::file(format!(
                    "line {} of {FILE} is not understood",
                    number + 2
                )));
            }
        }
        let some = |names: Vec<String>| (!names.is_empty()).then(|| names.into());
        Ok(Manifest {
            components: components
                .ok_or_else(|| Error::file(format!("{FILE} names no components")))?,
            batched,
            names: Names {
                classes: some(classes),
                features: some(features),
            },
        })
    }

    /// Reads the manifest of a folder.
    pub(super) fn read(folder: &std::path::Path) -> Result<Manifest> {
        let path = folder.join(FILE);
        let failed = |err: std::io::Error| {
            Error::file(format!(
                "expected a folder that save() wrote, but cannot read {FILE}: {err}"
            ))
        };
        let found = std::fs::metadata(&path).map_err(failed)?;
        if !found.is_file() || found.len() > MAX_BYTES {
            return Err(Error::file(format!(
                "expected {FILE} to be a file of at most {MAX_BYTES} bytes"
            )));
        }
        Manifest::of_text(&std::fs::read_to_string(&path).map_err(failed)?)
    }
}

fn ways<'a, T>(
    structure: &'a Structure<T>,
    way: &mut Vec<Way>,
    leaves: &mut Vec<(Vec<Way>, &'a T)>,
) {
    let mut into = |step: Way, part: &'a Structure<T>| {
        way.push(step);
        ways(part, way, leaves);
        way.pop();
    };
    match structure {
        Structure::Leaf(leaf) => leaves.push((way.clone(), leaf)),
        Structure::Tuple(parts) => {
            parts
                .iter()
                .enumerate()
                .for_each(|(i, part)| into(Way::Position(i), part));
        }
        Structure::Dict(parts) => {
            parts
                .iter()
                .for_each(|(key, part)| into(Way::Key(key.clone()), part));
        }
    }
}

/// No way is longer: reading one goes a level down for each step.
const MAX_DEPTH: usize = 64;

fn component(shape: &str, way: &[&str]) -> Option<(Stored, Vec<Way>)> {
    let axes = shape.split(',').filter(|axis| !axis.is_empty());
    let axes = axes.map(|axis| match axis {
        "None" => Some(None),
        number => number.parse().ok().map(Some),
    });
    let way = way.iter().map(|step| match step.split_once(' ')? {
        ("position", i) => i.parse().ok().map(Way::Position),
        ("key", key) => unescaped(key).map(Way::Key),
        _ => None,
    });
    let way: Vec<Way> = way.collect::<Option<_>>()?;
    (way.len() <= MAX_DEPTH).then_some(())?;
    Some((
        Stored {
            shape: axes.collect::<Option<_>>()?,
        },
        way,
    ))
}

/// Puts a component where its way leads; components come depth first.
fn insert(root: &mut Option<Structure<Stored>>, way: &[Way], stored: Stored) -> Option<()> {
    match (way, root) {
        ([], root @ None) => *root = Some(Structure::Leaf(stored)),
        ([Way::Position(0), rest @ ..], root @ None) => {
            *root = Some(Structure::Tuple(vec![below(rest, stored)?]));
        }
        ([Way::Key(key), rest @ ..], root @ None) => {
            *root = Some(Structure::Dict(vec![(key.clone(), below(rest, stored)?)]));
        }
        ([Way::Position(i), rest @ ..], Some(Structure::Tuple(parts))) => {
            if *i == parts.len() {
                parts.push(below(rest, stored)?);
            } else {
                let part = parts.pop().filter(|_| *i == parts.len())?;
                let mut part = Some(part);
                insert(&mut part, rest, stored)?;
                parts.extend(part);
            }
        }
        ([Way::Key(key), rest @ ..], Some(Structure::Dict(parts))) => match parts.last_mut() {
            Some((last, part)) if last == key => {
                let mut inner = Some(std::mem::replace(part, Structure::Tuple(Vec::new())));
                insert(&mut inner, rest, stored)?;
                *part = inner?;
            }
            _ => parts.push((key.clone(), below(rest, stored)?)),
        },
        _ => return None,
    }
    Some(())
}

fn below(way: &[Way], stored: Stored) -> Option<Structure<Stored>> {
    let mut root = None;
    insert(&mut root, way, stored)?;
    root
}

/// One word of one line, whatever the text holds.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

fn unescaped(word: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(shape: &[Option<usize>]) -> Structure<Stored> {
        Structure::Leaf(Stored {
            shape: shape.to_vec(),
        })
    }

    #[test]
    fn every_structure_and_name_comes_back() {
        let key = |key: &str| key.to_owned();
        let pair = Structure::Tuple(vec![
            stored(&[]),
            Structure::Tuple(vec![stored(&[Some(2)])]),
        ]);
        let deep = Structure::Dict(vec![
            (key("a\tb\\\n"), pair),
            (key(""), stored(&[None, Some(3)])),
            (key("c"), Structure::Dict(vec![(key("c"), stored(&[]))])),
        ]);
        for components in [stored(&[Some(28), Some(28)]), deep] {
            let names = Names {
                classes: Some(["cat\r".to_owned()].into()),
                features: None,
            };
            let manifest = Manifest {
                components,
                batched: true,
                names,
            };
            let back = Manifest::of_text(&manifest.to_text()).unwrap();
            assert_eq!(back.components, manifest.components);
            assert_eq!(back.names.classes, manifest.names.classes);
            assert!(back.batched && back.names.features.is_none());
        }
    }

    #[test]
    fn what_save_did_not_write_is_an_error() {
        let first = format!("{FIRST}\n");
        for (text, message) in [
            (
                "PK".to_owned(),
                "expected a folder that save() wrote, but its dataset.txt does not begin with 'ndsight data set, version 1'",
            ),
            (first.clone(), "dataset.txt names no components"),
            (
                first.clone() + "component\tx",
                "line 2 of dataset.txt is not understood",
            ),
            (
                first.clone() + "component\t\tposition 1",
                "line 2 of dataset.txt is not understood",
            ),
            (
                first.clone() + "component\t\ncomponent\t",
                "line 3 of dataset.txt is not understood",
            ),
            (
                first.clone() + "class\t\\x",
                "line 2 of dataset.txt is not understood",
            ),
            (
                first + "component\t" + &"\tposition 0".repeat(100_000),
                "line 2 of dataset.txt is not understood",
            ),
        ] {
            assert_eq!(Manifest::of_text(&text).unwrap_err().to_string(), message);
        }
    }
}
