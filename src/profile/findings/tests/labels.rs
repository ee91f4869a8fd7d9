use super::{assert_silent, of_rule, random, told};
use crate::{Dataset, Rule, dict};
use ndarray::{Array2, Array3};

fn labelled(sizes: &[usize]) -> Dataset {
    let labels: Vec<i64> = (sizes.iter().zip(0..))
        .flat_map(|(n, class)| vec![class; *n])
        .collect();
    let x = random(labels.len());
    Dataset::from_tensor_slices((x, labels)).unwrap()
}

#[test]
fn the_most_and_the_least_frequent_class_are_named() {
    let ds = labelled(&[400, 100, 250]);
    let found = of_rule(&ds, Rule::ImbalancedLabels);
    assert_eq!(
        found[0].message(),
        "'0' has 4 times the rows of '1' (400 and 100)"
    );
    assert_eq!(found[0].number(), 4.0);
    assert_eq!(
        found[0].hint(),
        "ds.split(Split::new(0.8).stratify(\"1\")) keeps the shares in both parts; judge by the recall of each class, not by accuracy"
    );
    assert_silent(&labelled(&[299, 100]), Rule::ImbalancedLabels);
    let words = dict! { "x": random(66), "class": [vec!["cat"; 60], vec!["dog"; 6]].concat() };
    assert_eq!(
        told(
            &Dataset::from_tensor_slices(words).unwrap(),
            Rule::ImbalancedLabels
        ),
        (
            "'cat' has 10 times the rows of 'dog' (60 and 6)".to_owned(),
            10.0
        )
    );
}

#[test]
fn few_rows_names_and_one_class_are_not_imbalanced() {
    assert_silent(&labelled(&[6, 2]), Rule::ImbalancedLabels);
    assert_silent(&labelled(&[100]), Rule::ImbalancedLabels);
    assert_silent(&labelled(&[1; 500]), Rule::ImbalancedLabels);
    // Most classes of one row: names, of which one is frequent.
    let mut sizes = vec![1; 100];
    sizes[3] = 60;
    assert_silent(&labelled(&sizes), Rule::ImbalancedLabels);
}

#[test]
fn classes_drawn_alike_are_balanced() {
    for classes in [2, 10, 100, 500] {
        let labels = random(classes * 10).into_iter();
        let labels: Vec<i64> = labels.map(|v| (v * classes as f64) as i64).collect();
        let ds = Dataset::from_tensor_slices((random(labels.len()), labels)).unwrap();
        assert_silent(&ds, Rule::ImbalancedLabels);
    }
}

#[test]
fn equal_images_with_different_labels_conflict() {
    let mut images = Array3::from_shape_vec((6, 4, 4), random(96)).unwrap();
    let first = images.index_axis(ndarray::Axis(0), 1).to_owned();
    for again in [4, 5] {
        images
            .index_axis_mut(ndarray::Axis(0), again)
            .assign(&first);
    }
    let ds = dict! { "image": &images, "label": vec![0_i64, 1, 0, 1, 1, 0] };
    let ds = Dataset::from_tensor_slices(ds).unwrap();
    let ds = ds.with_class_names(["cat", "dog"]);
    let found = of_rule(&ds, Rule::ConflictingLabels);
    assert_eq!(
        found[0].message(),
        "the images 1 and 5 are equal, but labelled 'dog' and 'cat'"
    );
    assert_eq!((found[0].number(), found[0].rows()), (1.0, &[1, 4, 5][..]));
    let agreeing = (images, vec![0_i64, 1, 0, 1, 1, 1]);
    let agreeing = Dataset::from_tensor_slices(agreeing).unwrap();
    assert_silent(&agreeing, Rule::ConflictingLabels);
}

#[test]
fn equal_features_with_different_labels_conflict_unless_by_chance() {
    let mut x = Array2::from_shape_vec((40, 2), random(80)).unwrap();
    for (again, first) in [(10, 2), (20, 3), (30, 3)] {
        let row = x.row(first).to_owned();
        x.row_mut(again).assign(&row);
    }
    let labels: Vec<i64> = (0..40).collect();
    let ds = Dataset::from_tensor_slices((&x, &labels)).unwrap();
    assert_eq!(
        told(&ds, Rule::ConflictingLabels),
        (
            "2 sets of equal rows of features have different labels, such as 2 ('2') and 10 ('10')"
                .to_owned(),
            2.0
        )
    );
    let coins = Dataset::from_tensor_slices((x.mapv(f64::round), labels)).unwrap();
    assert_silent(&coins, Rule::ConflictingLabels);
}
