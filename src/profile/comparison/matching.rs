//! Which columns of two data sets are the same.

use std::collections::{HashMap, VecDeque};

use crate::list::IntoList;
use crate::profile::{ColumnDescription, Description, Role};

/// A column that both sides have.
pub(super) struct Pair<'a> {
    pub(super) name: String,
    pub(super) columns: [&'a ColumnDescription; 2],
}

/// What two data sets have in common, and what only one has.
pub(super) struct Matched<'a> {
    pub(super) pairs: Vec<Pair<'a>>,
    pub(super) only: [Vec<String>; 2],
}

/// Labels and images are one another's whatever they are called; other columns are matched
/// by name. Those without one are called by their place, and so matched by that.
pub(super) fn matched<'a>(descriptions: [&'a Description; 2]) -> Matched<'a> {
    let [before, after] = descriptions.map(|description| &description.columns);
    let mut waiting: HashMap<(Group, &str), VecDeque<usize>> = HashMap::new();
    for (i, column) in after.iter().enumerate() {
        waiting.entry(key(column)).or_default().push_back(i);
    }
    let mut taken = vec![false; after.len()];
    let (mut pairs, mut only_before) = (Vec::new(), Vec::new());
    for column in before {
        let found = waiting.get_mut(&key(column)).and_then(VecDeque::pop_front);
        match found {
            Some(i) => {
                taken[i] = true;
                pairs.push(Pair {
                    name: name(column),
                    columns: [column, &after[i]],
                });
            }
            None => only_before.push(name(column)),
        }
    }
    let left = after.iter().zip(&taken).filter(|(_, taken)| !**taken);
    let only_after = left.map(|(column, _)| name(column)).into_list();
    Matched {
        pairs,
        only: [only_before, only_after],
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Group {
    Label,
    Image,
    Named,
}

fn key(column: &ColumnDescription) -> (Group, &str) {
    match column.role {
        Role::Label => (Group::Label, ""),
        Role::Image => (Group::Image, ""),
        Role::Feature | Role::Other => (Group::Named, column.name()),
    }
}

/// What a column is called; components of tuples have only a number.
fn name(column: &ColumnDescription) -> String {
    match (column.name().parse::<usize>(), column.role) {
        (Ok(_), Role::Image) => "pixels".to_owned(),
        (Ok(_), Role::Label) => "label".to_owned(),
        (Ok(number), _) => format!("component {number}"),
        (Err(_), _) => column.name().to_owned(),
    }
}
