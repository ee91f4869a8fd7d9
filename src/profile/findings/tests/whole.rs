use super::{following, random, rules};
use crate::profile::rule::Rules;
use crate::{Dataset, Level, Rule, dict};
use ndarray::{Array2, Array3, Array4};

/// Data with as many troubles as one set can have.
fn messy() -> Dataset {
    let mut x = Array2::from_shape_vec((200, 6), random(1200)).unwrap();
    x.column_mut(0).fill(3.0);
    x.column_mut(1).mapv_inplace(|v| (v * 40.0).exp());
    let copy = x.column(2).to_owned();
    x.column_mut(3).assign(&copy);
    x.column_mut(4).fill(0.0);
    x[[0, 4]] = 1.0;
    let row = x.row(9).to_owned();
    x.row_mut(150).assign(&row);
    x.row_mut(151).assign(&row);
    x[[5, 5]] = f64::NAN;
    x[[6, 5]] = f64::INFINITY;
    let count: Vec<f32> = (0..200).map(|i| (i % 9) as f32).collect();
    let labels: Vec<i64> = (0..200).map(|i| i64::from(i % 10 == 0)).collect();
    Dataset::from_tensor_slices(dict! { "x": x, "label": labels, "n": count }).unwrap()
}

#[test]
fn findings_come_by_their_level_then_by_the_order_of_rules() {
    let ds = messy();
    assert_eq!(
        rules(&ds),
        [
            Rule::Missing,
            Rule::Infinite,
            Rule::Constant,
            Rule::AlmostConstant,
            Rule::ImbalancedLabels,
            Rule::Scales,
            Rule::Correlated,
            Rule::Skewed,
            Rule::Outliers,
            Rule::IntegersAsFloats,
        ]
    );
    let levels: Vec<Level> = ds.findings().unwrap().iter().map(|f| f.level()).collect();
    assert!(levels.is_sorted());
}

#[test]
fn a_rule_that_is_off_finds_nothing_and_leaves_the_others() {
    let ds = messy();
    let all = following(&ds, Rules::ALL);
    for rule in Rule::ALL {
        let without = following(&ds, Rules::ALL.without(rule));
        let mut others = all.clone();
        others.retain(|finding| finding.rule() != rule);
        assert_eq!(without, others);
    }
    assert_eq!(following(&ds, Rules::NONE), []);
}

#[test]
fn clean_data_is_silent() {
    let x = Array2::from_shape_vec((200, 4), random(800)).unwrap();
    let labels: Vec<i64> = (0..200).map(|i| i % 4).collect();
    let clean = [
        Dataset::from_tensor_slices((&x, &labels)),
        Dataset::from_tensor_slices(&x),
        Dataset::from_tensor_slices(dict! { "x": &x, "y": random(200) }),
        Dataset::from_tensor_slices(labels),
        Dataset::from_tensor_slices(vec!["a", "b", "a"]),
        Dataset::from_tensor_slices(Array4::from_shape_vec((8, 16, 16, 1), random(2048)).unwrap()),
    ];
    for ds in clean {
        assert_eq!(rules(&ds.unwrap()), []);
    }
    assert_eq!(rules(&Dataset::range(0..100)), []);
}

#[test]
fn little_data_is_silent() {
    let empty = (Array2::<f64>::zeros((0, 3)), Vec::<i64>::new());
    let row = (Array2::<f64>::ones((1, 3)), vec![1_i64]);
    let image = (Array3::from_elem((1, 16, 16), 40_u8), vec![1_i64]);
    let images = (Array3::<u8>::zeros((0, 16, 16)), Vec::<i64>::new());
    let none = Array2::<f64>::zeros((5, 0));
    let little = [
        Dataset::from_tensor_slices(empty),
        Dataset::from_tensor_slices(row),
        Dataset::from_tensor_slices(image),
        Dataset::from_tensor_slices(images),
        Dataset::from_tensor_slices(none),
    ];
    for ds in little {
        assert_eq!(rules(&ds.unwrap()), []);
    }
}

#[test]
fn batches_are_judged_by_their_rows() {
    let ds = messy();
    let batched = ds.batch(32).unwrap();
    assert_eq!(batched.findings().unwrap(), ds.findings().unwrap());
}

/// The steps that hints tell, typed as they are told.
#[test]
fn hints_can_be_typed() {
    let labels = vec![0_i64, 1];
    let images = Array4::from_elem((2, 3, 16, 16), 200.0_f32);
    let ds = Dataset::from_tensor_slices(dict! { "image": images, "label": labels }).unwrap();
    let ds = ds.map(|(x, y): (Array3<f32>, i64)| {
        dict! { "image": x.permuted_axes([1, 2, 0]), "label": y }
    });
    let ds = ds.unwrap().map(|(x, y): (Array3<f32>, i64)| {
        dict! { "image": x / 255.0_f32, "label": y }
    });
    assert_eq!(
        ds.unwrap().element_spec().to_string(),
        "{'image': float32 (16, 16, 3), 'label': int64 ()}"
    );
    let ds = Dataset::from_tensor_slices(dict! { "x": vec![1.0, f64::NAN] }).unwrap();
    let ds = ds.filter(|(x,): (f64,)| !x.is_nan()).unwrap();
    let ds = ds.map(|(x,): (f64,)| dict! { "x": x as i64 }).unwrap();
    assert_eq!(ds.iter().count(), 1);
}
