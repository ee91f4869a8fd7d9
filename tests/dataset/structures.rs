//! Tuples, names and nesting, and what is known of them before iteration.

use ndarray::{Array2, Array3, Array4};
use ndsight::{Cardinality, Dataset, Structure, Tensor, dict};

use crate::{dataset, scalars};

fn spec(ds: &Dataset) -> String {
    ds.element_spec().to_string()
}

#[test]
fn tuples_up_to_eight() {
    let v = |i: i32| vec![i, 10 + i];
    let all = [
        dataset((v(0),)),
        dataset((v(0), v(1))),
        dataset((v(0), v(1), v(2))),
        dataset((v(0), v(1), v(2), v(3))),
        dataset((v(0), v(1), v(2), v(3), v(4))),
        dataset((v(0), v(1), v(2), v(3), v(4), v(5))),
        dataset((v(0), v(1), v(2), v(3), v(4), v(5), v(6))),
        dataset((v(0), v(1), v(2), v(3), v(4), v(5), v(6), v(7))),
    ];
    for (n, ds) in all.iter().enumerate() {
        assert_eq!(ds.element_spec().components().len(), n + 1);
        let names: Vec<String> = (0..=n).map(|i| i.to_string()).collect();
        assert_eq!(ds.element_spec().names(), names);
        for component in 0..=n {
            let i = component as i32;
            assert_eq!(scalars::<i32>(ds, component), [i, 10 + i]);
        }
    }
    assert_eq!(spec(&all[0]), "(int32 (),)");
    assert_eq!(spec(&all[1]), "(int32 (), int32 ())");
}

#[test]
fn nested_components_are_found_by_path_and_by_order() {
    let ds = dataset((
        dict! { "left": vec![1, 2], "right": (vec![0.5, 1.5], vec!["a", "b"]) },
        vec![true, false],
    ));
    assert_eq!(
        spec(&ds),
        "({'left': int32 (), 'right': (float64 (), string ())}, bool ())"
    );
    let names = ["0.left", "0.right.0", "0.right.1", "1"];
    assert_eq!(ds.element_spec().names(), names);
    let element = ds.at(1).unwrap();
    for (i, name) in names.into_iter().enumerate() {
        assert_eq!(
            element.component(i).unwrap(),
            element.component(name).unwrap()
        );
    }
    assert_eq!(element.scalar::<String>("0.right.1").unwrap(), "b");
    assert!(!element.scalar::<bool>(3).unwrap());
    let Structure::Tuple(parts) = element.structure() else {
        panic!("a tuple stays one: {element:?}");
    };
    assert!(matches!(&parts[0], Structure::Dict(named) if named[1].0 == "right"));
}

#[test]
fn names_keep_their_order() {
    let expected = "{'z': int32 (), 'a': int32 ()}";
    let columns = || vec![1, 2];
    assert_eq!(
        spec(&dataset(dict! { "z": columns(), "a": columns() })),
        expected
    );
    assert_eq!(
        spec(&dataset([("z", columns()), ("a", columns())])),
        expected
    );
    let owned = vec![("z".to_owned(), columns()), ("a".to_owned(), columns())];
    assert_eq!(spec(&dataset(owned)), expected);
}

#[test]
fn a_name_may_be_computed() {
    let key = format!("column {}", 1);
    let ds = dataset(dict! { key: vec![1], "y": vec![2] });
    assert_eq!(ds.element_spec().names(), ["column 1", "y"]);
}

#[test]
fn structures_pass_through_every_step() {
    let ds = dataset(dict! { "x": (Array2::<f32>::zeros((5, 3)), vec![1, 2, 3, 4, 5]) });
    let expected = "{'x': (float32 (3,), int32 ())}";
    for same in [
        ds.clone(),
        ds.take(2),
        ds.skip(1),
        ds.shuffle(1),
        ds.take(0),
    ] {
        assert_eq!(spec(&same), expected);
    }
    let batches = ds.batch(2).unwrap();
    assert_eq!(spec(&batches), "{'x': (float32 (None, 3), int32 (None,))}");
    let full = ds.batch_drop_remainder(2).unwrap();
    assert_eq!(spec(&full), "{'x': (float32 (2, 3), int32 (2,))}");
    assert_eq!(
        spec(&full.batch(2).unwrap()),
        "{'x': (float32 (None, 2, 3), int32 (None, 2))}"
    );
    let last = batches.at(2).unwrap();
    assert_eq!(
        last.spec().to_string(),
        "{'x': (float32 (1, 3), int32 (1,))}"
    );
    assert_eq!(spec(&last.to_dataset()), expected);
}

#[test]
fn specs_are_those_of_the_elements() {
    let ds = dataset((
        Array4::<u8>::zeros((7, 2, 3, 4)),
        Array3::<bool>::from_elem((7, 1, 1), true),
        Array2::<f64>::zeros((7, 0)),
        vec!["a"; 7],
    ));
    assert_eq!(
        spec(&ds),
        "(uint8 (2, 3, 4), bool (1, 1), float64 (0,), string ())"
    );
    for element in &ds {
        assert_eq!(element.unwrap().spec(), ds.element_spec());
    }
    let shapes: Vec<usize> = ds
        .element_spec()
        .components()
        .iter()
        .map(|spec| spec.shape().unwrap().len())
        .collect();
    assert_eq!(shapes, [3, 2, 1, 0]);
}

#[test]
fn cardinality_counts_elements() {
    let ds = dataset(vec![0; 10]);
    for (counted, n) in [
        (ds.clone(), 10),
        (ds.take(3), 3),
        (ds.take(11), 10),
        (ds.skip(3), 7),
        (ds.skip(11), 0),
        (ds.batch(3).unwrap(), 4),
        (ds.batch_drop_remainder(3).unwrap(), 3),
        (ds.batch(3).unwrap().skip(1).batch(2).unwrap(), 2),
    ] {
        assert_eq!(counted.cardinality(), Cardinality::Finite(n));
        assert_eq!(counted.len().unwrap(), n);
    }
}

#[test]
fn a_structure_can_be_passed_on() {
    let whole = dataset((vec![1, 2, 3], vec!["a", "b", "c"]))
        .batch(3)
        .unwrap();
    let structure = whole.at(0).unwrap().structure().clone();
    let again = dataset(structure);
    assert_eq!(scalars::<String>(&again, 1), ["a", "b", "c"]);
    let leaf = dataset(Structure::Leaf(Tensor::from(vec![1, 2])));
    assert_eq!(scalars::<i32>(&leaf, 0), [1, 2]);
}
