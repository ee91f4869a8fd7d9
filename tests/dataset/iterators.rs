//! Elements in order, as often as wanted.

use ndsight::Dataset;
use proptest::prelude::*;

use crate::counting;

/// The numbers of what is left of an iterator.
fn numbers(elements: impl Iterator<Item = ndsight::Result<ndsight::Element>>) -> Vec<u32> {
    let numbers = elements.map(|element| element.unwrap().scalar::<u32>(0).unwrap());
    numbers.collect()
}

/// A call on an iterator.
#[derive(Clone, Copy, Debug)]
enum Call {
    Next,
    Nth(usize),
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = prop_oneof![Just(Call::Next), (0_usize..5).prop_map(Call::Nth)];
    prop::collection::vec(call, 0..20)
}

fn answer<I: Iterator>(iter: &mut I, call: Call) -> Option<I::Item> {
    match call {
        Call::Next => iter.next(),
        Call::Nth(n) => iter.nth(n),
    }
}

proptest! {
    #[test]
    fn the_iterator_answers_as_that_of_a_vector(n in 0_usize..30, calls in calls()) {
        let (mut elements, mut model) = (counting(n).iter(), 0..n as u32);
        for call in calls {
            let found = answer(&mut elements, call).map(|e| e.unwrap().scalar::<u32>(0).unwrap());
            prop_assert_eq!(found, answer(&mut model, call));
            prop_assert_eq!(elements.size_hint(), model.size_hint());
        }
        prop_assert_eq!(numbers(elements), model.collect::<Vec<u32>>());
    }
}

#[test]
fn a_data_set_can_be_iterated_in_every_way() {
    let ds = counting(3);
    let mut seen = 0;
    for element in &ds {
        seen += element.unwrap().scalar::<u32>(0).unwrap();
    }
    for element in ds.iter() {
        seen += element.unwrap().scalar::<u32>(0).unwrap();
    }
    assert_eq!(numbers(ds.iter().skip(1).step_by(2)), [1]);
    for element in ds {
        seen += element.unwrap().scalar::<u32>(0).unwrap();
    }
    assert_eq!(seen, 9);
}

#[test]
fn an_iterator_outlives_its_data_set_and_stays_at_its_end() {
    let mut elements = {
        let ds = counting(2).shuffle(1);
        ds.take(1).iter()
    };
    assert!(elements.next().is_some());
    assert!(elements.next().is_none());
    assert!(elements.nth(usize::MAX).is_none());
    assert_eq!(elements.size_hint(), (0, Some(0)));
}

#[test]
fn every_pass_is_the_same() {
    let ds = counting(50).shuffle(4).batch(7).unwrap();
    let pass = |ds: &Dataset| {
        let batches = ds.iter().map(|batch| format!("{:?}", batch.unwrap()));
        batches.collect::<Vec<_>>()
    };
    assert_eq!(pass(&ds), pass(&ds));
}

#[test]
fn data_sets_can_be_shared_by_threads() {
    let ds = counting(1_000).shuffle(2);
    let sums = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| numbers(ds.iter()).iter().sum::<u32>()))
            .collect();
        let sums = threads.into_iter().map(|thread| thread.join().unwrap());
        sums.collect::<Vec<u32>>()
    });
    assert_eq!(sums, [499_500; 4]);
}
