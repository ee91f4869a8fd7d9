use crate::{Dataset, Finding};

fn messages(file: &str) -> Vec<String> {
    let path = format!("notebooks/data/{file}");
    let findings = Dataset::from_npz(path).unwrap().findings().unwrap();
    findings.iter().map(|f| f.message().to_owned()).collect()
}

#[test]
fn iris_has_a_row_twice_and_petals_that_grow_alike() {
    assert_eq!(
        messages("iris.npz"),
        [
            "1 of 150 rows (0.7 %) equals an earlier one",
            "'features 3' and 'features 4' correlate at 0.9629",
        ]
    );
}

#[test]
fn proline_is_measured_in_other_units() {
    assert_eq!(
        messages("wine.npz"),
        ["'features 13' spreads 2530 times as wide as 'features 8' (std 314.9 and 0.1245)"]
    );
}

#[test]
fn digits_are_clean() {
    assert_eq!(messages("digits.npz"), [""; 0]);
}

/// Leaves behind the flower, and petals out of focus: seen by eye.
#[test]
fn some_pieces_of_photos_show_little() {
    let ds = Dataset::from_npz("notebooks/data/photos.npz").unwrap();
    let findings = ds.findings().unwrap();
    let told: Vec<(&str, &[usize])> = findings.iter().map(|f| (f.message(), f.rows())).collect();
    assert_eq!(
        told,
        [
            ("3 of 80 images (3.8 %) are dark", &[4, 14, 55][..]),
            (
                "8 of 80 images (10 %) are blurry",
                &[4, 6, 14, 31, 49, 54, 55, 79][..]
            ),
        ]
    );
    assert!(
        findings
            .iter()
            .all(|f: &Finding| f.hint().starts_with("look at them"))
    );
}
