//! Masks over images: a translucent colour for each class of pixel.

use std::sync::Arc;

use super::Images;
use crate::dataset::classes::class_name;
use crate::dataset::{Key, ListedRows};
use crate::error::{Error, Result};
use crate::list::{MapEach, MapInto, pixel_bytes};
use crate::plot::figure::{Ink, Key as LookKey, LegendEntry, Pixels, Swatch};
use crate::plot::number::{count, short};
use crate::tensor::{DType, Shape, Tensor};

/// The masks that are asked for.
#[derive(Clone, Debug)]
pub(super) struct Masks {
    key: Option<Key>,
    opacity: f64,
}

impl Default for Masks {
    fn default() -> Masks {
        Masks {
            key: None,
            opacity: 0.5,
        }
    }
}

impl Images {
    /// Masks over the images: a component of booleans or whole numbers of shape
    /// `(h, w)` or `(h, w, 1)`, which says of each pixel what it belongs to. 0 and
    /// `false` stay clear; every other value has a colour. Names of classes apply.
    /// Default: none.
    ///
    /// Mirrors `plt.imshow(mask, alpha=0.5)` over `plt.imshow(image)`.
    ///
    /// ```
    /// use ndsight::{Dataset, dict};
    /// use ndarray::{Array3, Array4};
    ///
    /// let ds = Dataset::from_tensor_slices(dict! {
    ///     "photo": Array4::<u8>::from_elem((2, 32, 32, 3), 200),
    ///     "mask": Array3::from_shape_fn((2, 32, 32), |(_, y, x)| u8::from(x > y)),
    /// })?;
    /// let grid = ds.images().masks("mask").class_names(["background", "cat"]);
    /// assert!(grid.to_svg()?.contains("cat"));
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn masks(&self, masks: impl Into<Key>) -> Self {
        let mut plot = self.clone();
        plot.masks.key = Some(masks.into());
        plot
    }

    /// How opaque masks are, from 0 to 1. Default: 0.5.
    pub fn mask_opacity(&self, opacity: f64) -> Self {
        let mut plot = self.clone();
        plot.masks.opacity = opacity;
        plot
    }
}

/// The colours of classes; classes beyond share the last. A picture's pixels do not
/// follow the theme, so that these do not either.
const COLORS: [colorous::Color; 10] = colorous::CATEGORY10;

/// The classes of the masks of all rows, and their masks.
pub(super) struct Colored {
    masks: Vec<Vec<i128>>,
    sizes: Vec<(usize, usize)>,
    /// Each class, in their order, and the number of its colour.
    colors: Vec<(i128, usize)>,
    alpha: u8,
    title: Option<String>,
    names: Vec<String>,
}

impl Masks {
    pub(super) fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    /// The masks of rows whose images have these sizes (w, h).
    pub(super) fn colored(
        &self,
        rows: &ListedRows,
        sizes: &[(usize, usize)],
        classes: Option<&[String]>,
    ) -> Result<Option<Colored>> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        if !(0.0..=1.0).contains(&self.opacity) {
            return Err(Error::value(format!(
                "expected an opacity from 0 to 1, but found {}",
                short(self.opacity)
            )));
        }
        let component = key.find(&rows.spec.names(), "component")?;
        let name = rows.spec.names()[component].clone();
        let mask =
            |(row, size): (&Vec<Tensor>, &(usize, usize))| values(&row[component], *size, &name);
        let masks: Vec<Vec<i128>> = rows
            .rows
            .iter()
            .zip(sizes)
            .map(mask)
            .collect::<Result<_>>()?;
        let colors = colors(&masks);
        let boolean = rows.spec.components()[component].dtype() == DType::Bool;
        let called = |&class: &i128| match class_name(&class.to_string(), classes) {
            unnamed if boolean && unnamed == class.to_string() => "true".to_owned(),
            name => name,
        };
        Ok(Some(Colored {
            names: colors.map_each(|(class, _)| called(class)),
            masks,
            sizes: sizes.to_vec(),
            colors,
            alpha: (self.opacity * 255.0).round() as u8,
            title: Some(name).filter(|name| name.parse::<usize>().is_err()),
        }))
    }
}

/// The class of each pixel.
fn values(mask: &Tensor, (w, h): (usize, usize), name: &str) -> Result<Vec<i128>> {
    let fits = matches!(*mask.shape(), [y, x] | [y, x, 1] if (x, y) == (w, h));
    let numbers = mask.view().to_f64().filter(|_| fits).ok_or_else(|| {
        Error::shape(format!(
            "expected masks of the size of their images, ({h}, {w}), but component '{name}' has {} of shape {}",
            mask.dtype(),
            Shape(mask.shape())
        ))
    })?;
    match numbers.iter().find(|v| v.fract() != 0.0 && !v.is_nan()) {
        Some(other) => Err(Error::value(format!(
            "expected masks of booleans or whole numbers, but found {} in component '{name}'; compare it with a threshold first",
            short(*other)
        ))),
        None => Ok(numbers.map_into(|v| v as i128)),
    }
}

/// A colour for each class: 1, 2, … have theirs in every picture, where all are among
/// the first ten.
fn colors(masks: &[Vec<i128>]) -> Vec<(i128, usize)> {
    let mut classes: Vec<i128> = Vec::new();
    for mask in masks {
        for &class in mask {
            if class != 0
                && let Err(place) = classes.binary_search(&class)
            {
                classes.insert(place, class);
            }
        }
    }
    let few = COLORS.len() as i128;
    let small = classes.iter().all(|class| (1..=few).contains(class));
    classes.map_indexed(|(i, &class)| match small {
        true => (class, class as usize - 1),
        false => (class, i.min(COLORS.len() - 1)),
    })
}

impl Colored {
    /// The mask of a row as a picture to lay over its image.
    pub(super) fn pixels(&self, row: usize) -> Pixels {
        let (width, height) = self.sizes[row];
        let known = |class: &i128| self.colors.binary_search_by_key(class, |known| known.0);
        let color = |class: &i128| match known(class) {
            Err(_) => [0; 4],
            Ok(i) => {
                let color = COLORS[self.colors[i].1];
                [color.r, color.g, color.b, self.alpha]
            }
        };
        let rgba = pixel_bytes(self.masks[row].iter().map(color));
        Pixels {
            width,
            height,
            rgba: Arc::from(rgba),
        }
    }

    /// The colours of the classes.
    pub(super) fn legend(&self) -> Option<LookKey> {
        let entry = |label: String, color: usize| {
            let color = COLORS[color];
            LegendEntry {
                label,
                ink: Ink::Rgb([color.r, color.g, color.b]),
                swatch: Swatch::Area,
            }
        };
        let mut entries: Vec<LegendEntry> =
            self.names.map_zipped(&self.colors, |(name, (_, color))| {
                entry(name.clone(), *color)
            });
        if entries.len() > COLORS.len() {
            let own = COLORS.len() - 1;
            let others = entries.len() - own;
            entries.truncate(own);
            entries.push(entry(format!("{} other classes", count(others)), own));
        }
        (!entries.is_empty()).then(|| LookKey::Legend {
            title: self.title.clone(),
            entries,
        })
    }
}
