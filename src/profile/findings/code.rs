//! Hints that can be typed: steps of a data set with the types of its components.

use crate::dataset::{ElementSpec, Structure, TensorSpec};
use crate::list::{IntoList, MapEach, MapInto};
use crate::tensor::DType;

/// Closures that name more parts are hard to read.
const MAX_PARTS: usize = 4;

/// A step that changes one component and leaves the others as they are, such as
/// `ds.map(|(x, y): (Array3<f32>, i64)| (x / 255.0, y))`; the component is called `x` in
/// `body`. In words alone where the elements are too intricate.
pub(super) fn map(spec: &ElementSpec, component: usize, body: &str) -> String {
    let Some(names) = parameters(spec, component) else {
        return format!("ds.map(…), where x becomes {body}");
    };
    let parts = names.iter().map(|name| match name.as_str() {
        "x" => body,
        name => name,
    });
    let output = match spec.structure() {
        Structure::Leaf(_) => body.to_owned(),
        Structure::Dict(_) => {
            let keys = spec.names();
            let pairs = keys.iter().zip(parts);
            let pairs: Vec<String> = pairs
                .map(|(key, part)| format!("{key:?}: {part}"))
                .into_list();
            format!("dict! {{ {} }}", pairs.join(", "))
        }
        Structure::Tuple(_) => tuple(&parts.map(str::to_owned).into_list()),
    };
    format!("ds.map(|{}| {output})", typed(spec, &names))
}

/// A step that keeps the rows for whose component, called `x`, `condition` holds.
pub(super) fn filter(spec: &ElementSpec, component: usize, condition: &str) -> String {
    let Some(names) = parameters(spec, component) else {
        return format!("ds.filter(…) by {condition}");
    };
    let used = |name: &String| match name.as_str() {
        "x" => "x".to_owned(),
        _ => "_".to_owned(),
    };
    let names: Vec<String> = names.map_each(used);
    format!("ds.filter(|{}| {condition})", typed(spec, &names))
}

/// What a closure may call the components; `None` of too many or of nested ones.
fn parameters(spec: &ElementSpec, component: usize) -> Option<Vec<String>> {
    let parts: Vec<&Structure<TensorSpec>> = match spec.structure() {
        Structure::Leaf(_) => return Some(vec!["x".to_owned()]),
        Structure::Tuple(parts) => parts.iter().into_list(),
        Structure::Dict(parts) => parts.map_each(|(_, part)| part),
    };
    let flat = parts.iter().all(|part| matches!(part, Structure::Leaf(_)));
    if !flat || parts.len() > MAX_PARTS {
        return None;
    }
    let label = spec.label();
    let mut others = ["a", "b", "c", "d"].into_iter();
    let name = |i: usize| match () {
        () if i == component => "x",
        () if Some(i) == label => "y",
        () => others.next().unwrap_or("_"),
    };
    Some((0..parts.len()).map(name).map(str::to_owned).into_list())
}

/// Parameters with their types: `(x, y): (Array3<f32>, i64)`.
fn typed(spec: &ElementSpec, names: &[String]) -> String {
    let types: Vec<String> = spec.components().map_into(rust_type);
    match spec.structure() {
        Structure::Leaf(_) => format!("{}: {}", names.join(", "), types.join(", ")),
        _ => format!("{}: {}", tuple(names), tuple(&types)),
    }
}

fn tuple(parts: &[String]) -> String {
    match parts {
        [one] => format!("({one},)"),
        many => format!("({})", many.join(", ")),
    }
}

fn rust_type(spec: &TensorSpec) -> String {
    let scalar = spec.dtype().rust_name();
    match spec.shape().map(<[_]>::len) {
        _ if spec.dtype() == DType::Variant => "Dataset".to_owned(),
        Some(0) => scalar.to_owned(),
        Some(rank @ 1..=6) => format!("Array{rank}<{scalar}>"),
        _ => format!("ArrayD<{scalar}>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dataset, dict};
    use ndarray::{Array2, Array4};

    #[test]
    fn closures_name_the_types_of_all_components() {
        let images = Array4::<f32>::zeros((2, 4, 4, 3));
        let labels = vec![0_i64, 1];
        let alone = Dataset::from_tensor_slices(&images).unwrap().element_spec();
        assert_eq!(
            map(&alone, 0, "x / 255.0"),
            "ds.map(|x: Array3<f32>| x / 255.0)"
        );
        let pair = Dataset::from_tensor_slices((&images, &labels)).unwrap();
        assert_eq!(
            map(&pair.element_spec(), 0, "x / 255.0"),
            "ds.map(|(x, y): (Array3<f32>, i64)| (x / 255.0, y))"
        );
        let named = dict! { "id": vec!["a", "b"], "image": &images, "label": &labels };
        let named = Dataset::from_tensor_slices(named).unwrap().element_spec();
        assert_eq!(
            map(&named, 1, "x / 255.0"),
            "ds.map(|(a, x, y): (String, Array3<f32>, i64)| \
             dict! { \"id\": a, \"image\": x / 255.0, \"label\": y })"
        );
        assert_eq!(
            filter(&named, 1, "x.sum() > 0.0"),
            "ds.filter(|(_, x, _): (String, Array3<f32>, i64)| x.sum() > 0.0)"
        );
    }

    #[test]
    fn intricate_elements_are_left_to_the_reader() {
        let x = Array2::<f32>::zeros((2, 3));
        let nested = Dataset::from_tensor_slices(((&x, &x), vec![1, 2])).unwrap();
        let hint = map(&nested.element_spec(), 0, "2.0 * x");
        assert_eq!(hint, "ds.map(…), where x becomes 2.0 * x");
    }
}
