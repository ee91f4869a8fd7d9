//! How far two samples lie apart.

/// The greatest distance between the shares of the values of each sample that lie at or
/// below a number: the statistic of `scipy.stats.ks_2samp`. Both are sorted and finite;
/// nothing if one has no values.
pub(super) fn ks(before: &[f64], after: &[f64]) -> Option<f64> {
    if before.is_empty() || after.is_empty() {
        return None;
    }
    let (mut i, mut j, mut greatest) = (0, 0, 0.0_f64);
    while i < before.len() && j < after.len() {
        let value = before[i].min(after[j]);
        // Past all that are equal, as shares rise by all of them at once.
        while i < before.len() && before[i] <= value {
            i += 1;
        }
        while j < after.len() && after[j] <= value {
            j += 1;
        }
        let shares = (
            i as f64 / before.len() as f64,
            j as f64 / after.len() as f64,
        );
        greatest = greatest.max((shares.0 - shares.1).abs());
    }
    Some(greatest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: Option<f64>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-15, "{found:?}");
    }

    #[test]
    fn the_statistic_of_scipy() {
        // scipy.stats.ks_2samp(...).statistic of SciPy 1.17.1.
        close(ks(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0]), 0.5);
        close(ks(&[0.0, 0.0, 1.0], &[0.0, 1.0, 1.0]), 1.0 / 3.0);
        close(ks(&[1.0, 2.0], &[3.0, 4.0]), 1.0);
        close(ks(&[1.0, 2.0], &[1.0, 2.0]), 0.0);
        close(
            ks(&[-1.0, 0.0, 2.0, 7.0, 7.0], &[0.0, 0.5, 7.0]),
            0.2666666666666667,
        );
    }

    #[test]
    fn nothing_lies_nowhere() {
        assert_eq!(ks(&[], &[1.0]), None);
        assert_eq!(ks(&[1.0], &[]), None);
    }

    fn sorted() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(-4_i8..4, 1..20).prop_map(|mut values| {
            values.sort_unstable();
            values.into_iter().map(f64::from).collect()
        })
    }

    proptest! {
        #[test]
        fn a_distance(a in sorted(), b in sorted(), c in sorted()) {
            let d = |a: &[f64], b: &[f64]| ks(a, b).unwrap();
            prop_assert_eq!(d(&a, &a), 0.0);
            prop_assert_eq!(d(&a, &b), d(&b, &a));
            prop_assert!((0.0..=1.0).contains(&d(&a, &b)));
            prop_assert!(d(&a, &c) <= d(&a, &b) + d(&b, &c) + 1e-12);
        }

        #[test]
        fn as_its_definition_says(a in sorted(), b in sorted()) {
            let share = |values: &[f64], x: f64| {
                values.iter().filter(|v| **v <= x).count() as f64 / values.len() as f64
            };
            let apart = a.iter().chain(&b).map(|&x| (share(&a, x) - share(&b, x)).abs());
            prop_assert_eq!(ks(&a, &b), Some(apart.fold(0.0, f64::max)));
        }
    }
}
