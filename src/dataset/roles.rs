//! Which component is the picture, which the label, which are features.
//!
//! One rule for every plot and card. The *label* is the component whose name says
//! so (`label`, `class`, `species`, their plurals, one that ends in `_label`; `target`
//! and `y` unless they hold floats, as those are measured); failing that, the last component of a tuple of several, if each row
//! has a single boolean, whole number or string there. The *picture* is the first
//! component whose rows have the shape of one. *Features* are the numbers of every
//! other component of rank 0 or 1.

use super::{ElementSpec, Structure, TensorSpec};
use crate::list::MapNumbers;
use crate::tensor::DType;

const LABEL_NAMES: [&str; 5] = ["label", "labels", "class", "classes", "species"];

/// Names of labels where classes are told apart, of measurements where a line is fitted.
const TARGET_NAMES: [&str; 3] = ["target", "targets", "y"];

/// One number of each row: component `component`, and its position within it
/// where the component is a vector.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Feature {
    pub(crate) component: usize,
    pub(crate) position: Option<usize>,
    pub(crate) name: String,
}

impl Feature {
    /// Whether `next` is the number after this one in the same component.
    pub(crate) fn is_before(&self, next: &Feature) -> bool {
        let follows = |(a, b): (usize, usize)| a.checked_add(1) == Some(b);
        self.component == next.component && self.position.zip(next.position).is_some_and(follows)
    }
}

impl ElementSpec {
    /// The component that says which class a row belongs to.
    pub(crate) fn label(&self) -> Option<usize> {
        let specs = self.components();
        let single = |i: &usize| specs[*i].is_single();
        let mut known = self.names().into_iter().zip(&specs);
        let named = known.position(|(name, spec)| is_label(&name, spec.dtype()));
        let last = match self.structure() {
            Structure::Tuple(parts) if parts.len() > 1 => Some(specs.len() - 1),
            _ => None,
        };
        named
            .filter(single)
            .or(last.filter(|i| single(i) && says_a_class(specs[*i].dtype())))
    }

    /// The component whose rows are pictures: `(h, w)` or `(h, w, 1|3|4)`, whose sizes
    /// may differ.
    pub(crate) fn image(&self) -> Option<usize> {
        self.components().iter().position(|spec| is_image(spec))
    }

    /// The component whose rows are sequences of pictures: `(t, h, w, 1|3|4)`.
    pub(crate) fn video(&self) -> Option<usize> {
        let is_video = |spec: &&TensorSpec| {
            let shape = spec.shape().filter(|_| spec.dtype().is_number());
            shape.is_some_and(|shape| match shape {
                [t, h, w, Some(1 | 3 | 4)] => {
                    [t, h, w].iter().all(|axis| axis.is_some_and(|n| n > 0))
                }
                _ => false,
            })
        };
        self.components().iter().position(is_video)
    }

    /// Every feature, in the order of the components. A vector component called
    /// `x` of five numbers gives `x 1` to `x 5`, unnamed ones `Feature 1` and on,
    /// counted through.
    pub(crate) fn features(&self) -> Vec<Feature> {
        let label = self.label();
        let named = matches!(self.structure(), Structure::Dict(_));
        let mut features = Vec::new();
        for (component, (spec, name)) in self.components().iter().zip(self.names()).enumerate() {
            if Some(component) == label || !spec.dtype().is_number() {
                continue;
            }
            let positions = match spec.shape() {
                Some([]) => vec![None],
                Some([Some(n)]) => (0..*n).map_each(Some),
                _ => continue,
            };
            for position in positions {
                let name = match (named, position) {
                    (false, _) => format!("Feature {}", features.len() + 1),
                    (true, None) => name.clone(),
                    (true, Some(i)) => format!("{name} {}", i + 1),
                };
                features.push(Feature {
                    component,
                    position,
                    name,
                });
            }
        }
        features
    }
}

fn is_label(name: &str, dtype: DType) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    LABEL_NAMES.contains(&last.as_str())
        || last.ends_with("_label")
        || (TARGET_NAMES.contains(&last.as_str()) && says_a_class(dtype))
}

fn says_a_class(dtype: DType) -> bool {
    dtype.is_integer() || matches!(dtype, DType::Bool | DType::String)
}

fn is_image(spec: &TensorSpec) -> bool {
    spec.dtype().is_number()
        && match spec.shape() {
            Some([h, w, Some(1 | 3 | 4)]) => *h != Some(0) && *w != Some(0),
            Some([Some(h), Some(w)]) => *h > 0 && *w > 0,
            // Without channels only the type tells pictures from sequences.
            Some([None, None]) => spec.dtype() == DType::UInt8,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
    use crate::{Dataset, dict};
    use ndarray::{Array1, Array2, Array3, Array4};

    fn spec(ds: Result<Dataset>) -> ElementSpec {
        ds.unwrap().element_spec()
    }

    #[test]
    fn a_tuple_ends_in_its_label_unless_that_is_a_measurement() {
        let x = Array2::<f64>::zeros((3, 2));
        let classes = spec(Dataset::from_tensor_slices((&x, vec![1, 2, 3])));
        assert_eq!(classes.label(), Some(1));
        assert_eq!(classes.features().len(), 2);
        let measured = spec(Dataset::from_tensor_slices((&x, vec![1.0, 2.0, 3.0])));
        assert_eq!(measured.label(), None);
        assert_eq!(measured.features().len(), 3);
        assert_eq!(measured.features()[2].name, "Feature 3");
        assert_eq!(spec(Dataset::from_tensor_slices(vec![1, 2])).label(), None);
    }

    #[test]
    fn names_say_what_is_what() {
        let named = spec(Dataset::from_tensor_slices(dict! {
            "species": Array1::<f64>::zeros(3),
            "target": Array1::<f64>::zeros(3),
            "x": Array2::<f32>::zeros((3, 2)),
            "age": Array1::<i64>::zeros(3),
            "photo": Array4::<u8>::zeros((3, 4, 4, 3)),
        }));
        assert_eq!(named.label(), Some(0));
        assert_eq!(named.image(), Some(4));
        let names: Vec<String> = named.features().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["target", "x 1", "x 2", "age"]);
    }

    #[test]
    fn complex_numbers_are_neither_picture_nor_label_nor_feature() {
        let complex = Array3::<num_complex::Complex<f32>>::zeros((3, 8, 8));
        let spec = spec(Dataset::from_tensor_slices((
            &complex,
            complex.index_axis(ndarray::Axis(2), 0),
            vec![num_complex::Complex::new(0.0, 1.0); 3],
        )));
        assert_eq!((spec.image(), spec.label()), (None, None));
        assert!(spec.features().is_empty());
    }

    #[test]
    fn pictures_may_differ_in_size() {
        let image = |dtype, shape: &[Option<usize>]| {
            ElementSpec::from(TensorSpec::new(dtype, shape.to_vec())).image()
        };
        for channels in [1, 3, 4] {
            let of_any_size = [None, None, Some(channels)];
            assert_eq!(image(DType::UInt8, &of_any_size), Some(0));
            assert_eq!(image(DType::Float32, &of_any_size), Some(0));
        }
        assert_eq!(image(DType::UInt8, &[Some(32), None, Some(3)]), Some(0));
        assert_eq!(image(DType::UInt8, &[None, None]), Some(0));
        // Sequences, tables, and what has no pixels.
        assert_eq!(image(DType::Float32, &[None, None]), None);
        assert_eq!(image(DType::UInt8, &[None, Some(16)]), None);
        assert_eq!(image(DType::UInt8, &[None, None, None]), None);
        assert_eq!(image(DType::UInt8, &[None, Some(0), Some(3)]), None);
        assert_eq!(image(DType::String, &[None, None, Some(3)]), None);
    }

    #[test]
    fn sequences_of_pictures_are_told_by_their_rank() {
        let rows = |shape: [usize; 5]| {
            spec(Dataset::from_tensor_slices(ndarray::Array::<u8, _>::zeros(
                shape,
            )))
        };
        assert_eq!(rows([2, 7, 8, 8, 3]).video(), Some(0));
        assert_eq!(rows([2, 7, 8, 8, 2]).video(), None);
        assert_eq!(rows([2, 0, 8, 8, 3]).video(), None);
        assert_eq!(
            spec(Dataset::from_tensor_slices(Array3::<f32>::zeros((2, 8, 8)))).image(),
            Some(0)
        );
    }
}
