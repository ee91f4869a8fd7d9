//! Lists made of lists, where few values are touched and many callers do so.
//!
//! An `iter().map(…).collect()` is compiled anew for every closure, some seven
//! hundred lines of the compiler's intermediate code each time, and every notebook
//! waits for them. Here one loop serves all closures of the same types. It calls
//! them one value at a time, so what runs over the data itself keeps its iterators.

use std::cmp::Ordering;
use std::ops::Range;

use crate::error::Result;

/// Lists made of borrowed values.
pub(crate) trait MapEach<T> {
    /// What `f` makes of each value, in order.
    fn map_each<'a, U>(&'a self, f: impl FnMut(&'a T) -> U) -> Vec<U>
    where
        T: 'a;

    /// As [`map_each`](MapEach::map_each), for an `f` that also takes the position.
    fn map_indexed<'a, U>(&'a self, f: impl FnMut((usize, &'a T)) -> U) -> Vec<U>
    where
        T: 'a;

    /// What `f` makes of each pair; as many as the shorter list has.
    fn map_zipped<'a, S, U>(&'a self, other: &'a [S], f: impl FnMut((&'a T, &'a S)) -> U) -> Vec<U>
    where
        T: 'a;

    /// What `f` makes of each value up to the first error.
    fn try_map_each<'a, U>(&'a self, f: impl FnMut(&'a T) -> Result<U>) -> Result<Vec<U>>
    where
        T: 'a;

    /// All that `f` makes of each value, in order.
    fn flat_map_each<'a, I: IntoIterator>(&'a self, f: impl FnMut(&'a T) -> I) -> Vec<I::Item>
    where
        T: 'a;
}

impl<T> MapEach<T> for [T] {
    fn map_each<'a, U>(&'a self, mut f: impl FnMut(&'a T) -> U) -> Vec<U> {
        of_each(self, &mut f)
    }

    fn map_indexed<'a, U>(&'a self, mut f: impl FnMut((usize, &'a T)) -> U) -> Vec<U> {
        let mut i = 0..;
        of_each(self, &mut |value| f((i.next().unwrap_or(0), value)))
    }

    fn map_zipped<'a, S, U>(
        &'a self,
        other: &'a [S],
        mut f: impl FnMut((&'a T, &'a S)) -> U,
    ) -> Vec<U> {
        of_pairs(self, other, &mut f)
    }

    fn try_map_each<'a, U>(&'a self, mut f: impl FnMut(&'a T) -> Result<U>) -> Result<Vec<U>> {
        try_each(self, &mut f)
    }

    fn flat_map_each<'a, I: IntoIterator>(&'a self, mut f: impl FnMut(&'a T) -> I) -> Vec<I::Item> {
        all_of_each(self, &mut f)
    }
}

fn of_each<'a, T, U>(values: &'a [T], f: &mut dyn FnMut(&'a T) -> U) -> Vec<U> {
    let mut list = Vec::with_capacity(values.len());
    for value in values {
        list.push(f(value));
    }
    list
}

fn of_pairs<'a, T, S, U>(
    values: &'a [T],
    others: &'a [S],
    f: &mut dyn FnMut((&'a T, &'a S)) -> U,
) -> Vec<U> {
    let mut list = Vec::with_capacity(values.len().min(others.len()));
    for pair in values.iter().zip(others) {
        list.push(f(pair));
    }
    list
}

fn try_each<'a, T, U>(values: &'a [T], f: &mut dyn FnMut(&'a T) -> Result<U>) -> Result<Vec<U>> {
    let mut list = Vec::with_capacity(values.len());
    for value in values {
        list.push(f(value)?);
    }
    Ok(list)
}

fn all_of_each<'a, T, I: IntoIterator>(
    values: &'a [T],
    f: &mut dyn FnMut(&'a T) -> I,
) -> Vec<I::Item> {
    let mut list = Vec::new();
    for value in values {
        list.extend(f(value));
    }
    list
}

/// Lists made of any iterator.
pub(crate) trait IntoList: Iterator + Sized {
    /// As `collect`.
    fn into_list(mut self) -> Vec<Self::Item> {
        list_of(&mut || self.next())
    }

    /// As `collect`: the values up to the first error.
    fn try_into_list<T>(mut self) -> Result<Vec<T>>
    where
        Self: Iterator<Item = Result<T>>,
    {
        try_list_of(&mut || self.next())
    }
}

impl<I: Iterator> IntoList for I {}

fn list_of<T>(next: &mut dyn FnMut() -> Option<T>) -> Vec<T> {
    let mut list = Vec::new();
    while let Some(value) = next() {
        list.push(value);
    }
    list
}

fn try_list_of<T>(next: &mut dyn FnMut() -> Option<Result<T>>) -> Result<Vec<T>> {
    let mut list = Vec::new();
    while let Some(value) = next() {
        list.push(value?);
    }
    Ok(list)
}

/// Lists made of values that are given away.
pub(crate) trait MapInto<T> {
    /// What `f` makes of each value, in order.
    fn map_into<U>(self, f: impl FnMut(T) -> U) -> Vec<U>;

    /// What `f` makes of each value up to the first error.
    fn try_map_into<U>(self, f: impl FnMut(T) -> Result<U>) -> Result<Vec<U>>;
}

impl<T> MapInto<T> for Vec<T> {
    fn map_into<U>(self, mut f: impl FnMut(T) -> U) -> Vec<U> {
        of_owned(self, &mut f)
    }

    fn try_map_into<U>(self, mut f: impl FnMut(T) -> Result<U>) -> Result<Vec<U>> {
        try_owned(self, &mut f)
    }
}

fn of_owned<T, U>(values: Vec<T>, f: &mut dyn FnMut(T) -> U) -> Vec<U> {
    let mut list = Vec::with_capacity(values.len());
    for value in values {
        list.push(f(value));
    }
    list
}

fn try_owned<T, U>(values: Vec<T>, f: &mut dyn FnMut(T) -> Result<U>) -> Result<Vec<U>> {
    let mut list = Vec::with_capacity(values.len());
    for value in values {
        list.push(f(value)?);
    }
    Ok(list)
}

/// The bytes of pixels, one after the other.
pub(crate) fn pixel_bytes<const N: usize>(pixels: impl Iterator<Item = [u8; N]>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(pixels.size_hint().0 * N);
    for pixel in pixels {
        bytes.extend_from_slice(&pixel);
    }
    bytes
}

/// A list out of lists, or out of those values that there are.
pub(crate) trait Flat<T> {
    /// All that is inside, in order.
    fn flat(self) -> Vec<T>;
}

impl<I: IntoIterator> Flat<I::Item> for Vec<I> {
    fn flat(self) -> Vec<I::Item> {
        let mut list = Vec::new();
        for part in self {
            list.extend(part);
        }
        list
    }
}

impl<I: IntoIterator, const N: usize> Flat<I::Item> for [I; N] {
    fn flat(self) -> Vec<I::Item> {
        Vec::from(self).flat()
    }
}

/// Lists made of whole numbers.
pub(crate) trait MapNumbers: Sized {
    /// What `f` makes of each number, in order.
    fn map_each<U>(self, f: impl FnMut(usize) -> U) -> Vec<U>;

    /// What `f` makes of each number up to the first error.
    fn try_map_each<U>(self, f: impl FnMut(usize) -> Result<U>) -> Result<Vec<U>>;
}

impl MapNumbers for Range<usize> {
    fn map_each<U>(self, mut f: impl FnMut(usize) -> U) -> Vec<U> {
        of_numbers(self, &mut f)
    }

    fn try_map_each<U>(self, mut f: impl FnMut(usize) -> Result<U>) -> Result<Vec<U>> {
        try_numbers(self, &mut f)
    }
}

fn of_numbers<U>(numbers: Range<usize>, f: &mut dyn FnMut(usize) -> U) -> Vec<U> {
    let mut list = Vec::with_capacity(numbers.len());
    for number in numbers {
        list.push(f(number));
    }
    list
}

fn try_numbers<U>(numbers: Range<usize>, f: &mut dyn FnMut(usize) -> Result<U>) -> Result<Vec<U>> {
    let mut list = Vec::with_capacity(numbers.len());
    for number in numbers {
        list.push(f(number)?);
    }
    Ok(list)
}

/// Sorting; each way of comparing would be a sort of its own, and a sort is three
/// thousand lines of that code.
pub(crate) trait SortWith<T> {
    /// As [`sort_by`](slice::sort_by).
    fn sort_with(&mut self, compare: impl FnMut(&T, &T) -> Ordering);
}

impl<T> SortWith<T> for [T] {
    fn sort_with(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        sort_positions(&mut order, |a, b| compare(&self[a], &self[b]));
        // Each exchange brings a value to its place.
        let mut places = places(&order);
        for i in 0..places.len() {
            while places[i] != i {
                let place = places[i];
                self.swap(i, place);
                places.swap(i, place);
            }
        }
    }
}

/// Sorts positions by what they stand for; equal ones keep their order.
pub(crate) fn sort_positions(
    positions: &mut [usize],
    mut compare: impl FnMut(usize, usize) -> Ordering,
) {
    sort_by(positions, &mut compare);
}

fn sort_by(positions: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    positions.sort_by(|&a, &b| compare(a, b));
}

/// Where in `order` each position is.
fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, &position) in order.iter().enumerate() {
        places[position] = place;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library(values: Vec<(u8, u8)>) {
            let (mut ours, mut theirs) = (values.clone(), values);
            ours.sort_with(|a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn lists_are_made_in_order() {
        assert_eq!([1, 2].map_each(|n| n * 2), [2, 4]);
        assert_eq!(
            ["a", "b"].map_indexed(|(i, s)| format!("{s}{i}")),
            ["a0", "b1"]
        );
        assert_eq!([1, 2, 3].map_zipped(&[4, 5], |(a, b)| a + b), [5, 7]);
        assert_eq!(vec!["a".to_owned()].map_into(|s| s + "!"), ["a!"]);
        assert_eq!((2..5).map_each(|i| i * i), [4, 9, 16]);
    }
}
