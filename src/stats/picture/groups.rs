//! Pictures that share a hash.

use std::collections::HashMap;
use std::hash::Hash;

/// Sets of equal pictures, by hashes of their content, each
/// and all in rising order: CleanVision's `exact_duplicates`.
pub(crate) fn duplicates(hashes: &[u128]) -> Vec<Vec<usize>> {
    groups(hashes.iter().copied().enumerate())
}

/// Sets of pictures of one perceptual hash, but for those sets whose pictures are
/// just the `equal` ones: CleanVision's `near_duplicates`. Its are of equal
/// hashes too; but pictures without a hash, of one shade, are in no set here.
pub(crate) fn near_duplicates(hashes: &[Option<u64>], equal: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let known = hashes.iter().enumerate();
    let mut groups = groups(known.filter_map(|(i, hash)| Some((i, (*hash)?))));
    // Both are in rising order of their first members.
    let mut equal = equal.iter().peekable();
    groups.retain(|group| {
        while equal.next_if(|set| set.first() < group.first()).is_some() {}
        equal.peek() != Some(&group)
    });
    groups
}

/// The indices of equal keys, where there are several, in one pass.
fn groups<K: Hash + Eq>(keys: impl Iterator<Item = (usize, K)>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = vec![];
    // The first index of each key; and its group, once there is a second.
    let mut seen: HashMap<K, (usize, Option<usize>)> = HashMap::new();
    for (i, key) in keys {
        let (first, group) = seen.entry(key).or_insert((i, None));
        match group {
            Some(group) => groups[*group].push(i),
            None if *first < i => {
                *group = Some(groups.len());
                groups.push(vec![*first, i]);
            }
            None => {}
        }
    }
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sets_are_in_order_of_their_first_pictures() {
        assert_eq!(duplicates(&[5, 7, 7, 8, 5, 5]), [vec![0, 4, 5], vec![1, 2]]);
        assert!(duplicates(&[]).is_empty());
        assert!(duplicates(&[1, 2, 3]).is_empty());
    }

    #[test]
    fn equal_pictures_are_not_near_ones_too() {
        let hashes = [Some(1), Some(1), Some(2), Some(2), Some(2), None, None];
        let equal = [vec![0, 1], vec![2, 3], vec![5, 6]];
        assert_eq!(near_duplicates(&hashes, &equal), [vec![2, 3, 4]]);
        let all = [vec![0, 1], vec![2, 3, 4]];
        assert_eq!(near_duplicates(&hashes, &[]), all);
    }

    proptest! {
        #[test]
        fn every_pair_of_equal_hashes_shares_a_set(hashes in prop::collection::vec(0u128..9, 0..40)) {
            let groups = duplicates(&hashes);
            let set = |i: usize| groups.iter().position(|group| group.contains(&i));
            for (i, a) in hashes.iter().enumerate() {
                for (j, b) in hashes.iter().enumerate().skip(i + 1) {
                    let together = set(i).is_some() && set(i) == set(j);
                    prop_assert_eq!(a == b, together, "{} {}", i, j);
                }
            }
        }
    }
}
