//! The first images of both sides, to be looked at side by side.

use crate::dataset::classes::class_name;
use crate::dataset::{Dataset, Values};
use crate::list::IntoList;
use crate::tensor::Tensor;

/// So many of each side are shown.
const SHOWN: usize = 5;

/// Images at the same places of two data sets.
#[derive(Clone, Debug)]
pub(crate) struct Pictures {
    pub(crate) rows: Vec<Row>,
    /// Whether both sides have as many elements, as those of a step do that changes each.
    pub(crate) same_length: bool,
}

/// The images at one place: one side may have none there.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) position: usize,
    pub(crate) images: [Option<Picture>; 2],
}

#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) image: Tensor,
    pub(crate) label: Option<String>,
}

impl Pictures {
    /// Of data sets whose images are in these components.
    pub(super) fn of(datasets: [&Dataset; 2], components: [usize; 2]) -> Pictures {
        let mut sides = [0, 1].map(|side| first(datasets[side], components[side]));
        let row = |position: usize| {
            let images = sides.each_mut().map(|side| {
                let at = side.iter().position(|(known, _)| *known == position)?;
                Some(side.swap_remove(at).1)
            });
            Row { position, images }
        };
        let rows = (0..SHOWN).map(row);
        let rows = rows.filter(|row| row.images.iter().any(Option::is_some));
        Pictures {
            rows: rows.into_list(),
            same_length: datasets[0].cardinality().finite().is_some()
                && datasets[0].cardinality() == datasets[1].cardinality()
                && datasets[0].is_batched() == datasets[1].is_batched(),
        }
    }
}

/// The first images with their places, as far as they can be read.
fn first(dataset: &Dataset, component: usize) -> Vec<(usize, Picture)> {
    let look = dataset.take(SHOWN).look();
    let label = look.spec.label();
    let picture = |(i, &position): (usize, &usize)| {
        let text = label.and_then(|label| row(&look.components[label], i).view().texts().pop());
        let picture = Picture {
            image: row(&look.components[component], i),
            label: text.map(|text| class_name(&text, look.names.classes.as_deref())),
        };
        (position, picture)
    };
    let places = look.positions.iter().enumerate().take(SHOWN);
    places.map(picture).into_list()
}

fn row(values: &Values, index: usize) -> Tensor {
    values.row(index)
}
