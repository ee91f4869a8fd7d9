//! Which component is the picture, which the label, which are features.
//!
//! One rule for every plot and card. The *label* is the component whose name says
//! so (`label`, `class`, `target`, `species`, their plurals, `y`, or one that ends in
//! `_label`); failing that, the last component of a tuple of several, if each row
//! has a single boolean, whole number or string there. The *picture* is the first
//! component whose rows have the shape of one. *Features* are the numbers of every
//! other component of rank 0 or 1.

use super::{ElementSpec, Structure, TensorSpec};
use crate::error::{Error, Result};
use crate::tensor::DType;

const LABEL_NAMES: [&str; 8] = [
    "label", "labels", "class", "classes", "target", "targets", "y", "species",
];

/// One number of each row: component `component`, and its position within it
/// where the component is a vector.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Feature {
    pub(crate) component: usize,
    pub(crate) position: Option<usize>,
    pub(crate) name: String,
}

impl ElementSpec {
    /// The component that says which class a row belongs to.
    pub(crate) fn label(&self) -> Option<usize> {
        let specs = self.components();
        let single = |i: &usize| specs[*i].is_single();
        let named = self.names().iter().position(|name| is_label_name(name));
        let last = match self.structure() {
            Structure::Tuple(parts) if parts.len() > 1 => Some(specs.len() - 1),
            _ => None,
        };
        named
            .filter(single)
            .or(last.filter(|i| single(i) && says_a_class(specs[*i].dtype())))
    }

    /// The component whose rows are pictures: `(h, w)` or `(h, w, 1|3|4)`.
    pub(crate) fn image(&self) -> Option<usize> {
        self.components().iter().position(|spec| is_image(spec))
    }

    /// As [`image`](Self::image), or an error that says why there is none.
    pub(crate) fn expect_image(&self) -> Result<usize> {
        self.image().ok_or_else(|| {
            let specs = self.components();
            let channels_first = specs.iter().any(|spec| {
                matches!(spec.shape(), Some([Some(1 | 3 | 4), _, _])) && spec.dtype().is_number()
            });
            let way_out = match channels_first {
                true => "the channels come first: move them last with permuted_axes([0, 2, 3, 1])",
                false => "reshape the array to (n, h, w) or (n, h, w, channels) first",
            };
            Error::shape(format!(
                "expected images of shape (h, w) or (h, w, 1|3|4), but the elements are {self}; {way_out}"
            ))
        })
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
                Some([Some(n)]) => (0..*n).map(Some).collect(),
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

fn is_label_name(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    LABEL_NAMES.contains(&last.as_str()) || last.ends_with("_label")
}

fn says_a_class(dtype: DType) -> bool {
    dtype.is_integer() || matches!(dtype, DType::Bool | DType::String)
}

fn is_image(spec: &TensorSpec) -> bool {
    spec.dtype().is_number()
        && match spec.shape() {
            Some([Some(h), Some(w)]) => *h > 0 && *w > 0,
            Some([Some(h), Some(w), Some(1 | 3 | 4)]) => *h > 0 && *w > 0,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            "target": Array1::<f64>::zeros(3),
            "x": Array2::<f32>::zeros((3, 2)),
            "age": Array1::<i64>::zeros(3),
            "photo": Array4::<u8>::zeros((3, 4, 4, 3)),
        }));
        assert_eq!(named.label(), Some(0));
        assert_eq!(named.image(), Some(3));
        let names: Vec<String> = named.features().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["x 1", "x 2", "age"]);
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
    fn what_is_no_picture_says_how_to_make_one() {
        let flat = spec(Dataset::from_tensor_slices(Array2::<f32>::zeros((3, 784))));
        assert_eq!(
            flat.expect_image().unwrap_err().to_string(),
            "expected images of shape (h, w) or (h, w, 1|3|4), but the elements are float32 (784,); reshape the array to (n, h, w) or (n, h, w, channels) first"
        );
        let first = spec(Dataset::from_tensor_slices(Array4::<f32>::zeros((
            2, 3, 32, 32,
        ))));
        assert_eq!(
            first.expect_image().unwrap_err().to_string(),
            "expected images of shape (h, w) or (h, w, 1|3|4), but the elements are float32 (3, 32, 32); the channels come first: move them last with permuted_axes([0, 2, 3, 1])"
        );
        assert_eq!(
            spec(Dataset::from_tensor_slices(Array3::<f32>::zeros((2, 8, 8)))).image(),
            Some(0)
        );
    }
}
