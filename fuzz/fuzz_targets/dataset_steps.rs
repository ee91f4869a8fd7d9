//! A chain of steps on a data set, and the same on a vector: the same elements in the
//! same order, one after another, by their number, and all at once.
#![no_main]

use std::collections::{BTreeMap, HashSet, VecDeque};

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use ndarray::{Array1, Ix1};
use ndsight::{Cardinality, Dataset, PaddedBatch, Result, Shuffle, Window};

/// No chain is longer, and none makes more elements.
const MOST_STEPS: usize = 12;
const MOST_ELEMENTS: usize = 300;

/// None reads its beginning more often at the same time: each step that is given its data
/// set twice does so twice as often, and each reading may have threads.
const MOST_READINGS: usize = 64;

/// A step whose numbers are made to fit when it is taken. Steps that change what
/// elements are come with one that changes them back.
#[derive(Arbitrary, Clone, Debug)]
enum Step {
    Map(i64),
    MapParallel(u8),
    IgnoreErrors(u8),
    Filter(u8),
    TakeWhile(u8),
    Take(u8),
    Skip(u8),
    Shard(u8, u8),
    Repeat(u8),
    Shuffle(u64),
    ShuffleBuffer(u64, u8),
    Cache,
    Prefetch(u8),
    Collect,
    Enumerate(i64),
    Scan,
    Unique,
    SortBy {
        descending: bool,
    },
    Batch {
        size: u8,
        drop_remainder: bool,
    },
    PaddedBatch(u8),
    Unbatch(u8),
    Rebatch(u8, [u8; 2]),
    Window {
        size: u8,
        shift: u8,
        stride: u8,
        drop_remainder: bool,
    },
    Windows(u8),
    Concatenate(u8),
    Zip(u8),
    FlatMap,
    Interleave(u8, u8),
    GroupByWindow(u8),
    Choose {
        choices: Vec<bool>,
        stop: bool,
    },
}

fuzz_target!(|input: (u8, Vec<Step>)| {
    let (length, steps) = input;
    let mut ds = Dataset::range(0..i64::from(length));
    let mut model: Vec<i64> = (0..i64::from(length)).collect();
    let mut readings = 1;
    for step in steps.iter().take(MOST_STEPS) {
        if matches!(step, Step::Zip(_) | Step::Choose { .. }) {
            if readings == MOST_READINGS {
                continue;
            }
            readings *= 2;
        }
        let order = order(&ds, model.len(), step);
        let next = on_vector(&model, step, &order);
        if next.len() <= MOST_ELEMENTS {
            ds = on_dataset(&ds, step).unwrap_or_else(|err| panic!("{step:?}: {err}"));
            model = next;
        }
    }
    compare(&ds, &model);
});

fn compare(ds: &Dataset, model: &[i64]) {
    match ds.cardinality() {
        Cardinality::Finite(n) => assert_eq!(n, model.len()),
        Cardinality::Unknown => {}
        other => panic!("{other:?}, but there is an end"),
    }
    for _ in 0..2 {
        assert_eq!(elements(ds), model);
    }
    assert_eq!(
        elements(&ds.take(model.len() / 2)),
        model[..model.len() / 2]
    );
    if ds.is_random_access() {
        by_number(ds, model);
    }
    by_number(&ds.collect().expect("no element fails"), model);
    assert_eq!(ds.array::<i64, Ix1>(0).expect("numbers").to_vec(), model);
}

/// Backwards, so that no order of reading helps.
fn by_number(ds: &Dataset, model: &[i64]) {
    let some = model.len().saturating_sub(4)..model.len();
    for index in some.rev().chain(model.first().map(|_| 0)) {
        let element = ds.at(index).and_then(|element| element.scalar::<i64>(0));
        assert_eq!(element.expect("an index in bounds"), model[index]);
    }
    assert!(ds.at(model.len()).is_err());
}

fn elements(ds: &Dataset) -> Vec<i64> {
    let elements = ds.iter().map(|element| element?.scalar(0));
    elements.collect::<Result<_>>().expect("no element fails")
}

/// The order that a shuffle gives elements depends on how many there are and how they
/// are reached, so it is read off as many numbers that are reached alike.
fn order(ds: &Dataset, len: usize, step: &Step) -> Vec<i64> {
    if !matches!(step, Step::Shuffle(_) | Step::ShuffleBuffer(..)) {
        return Vec::new();
    }
    let numbers = Dataset::range(0..len as i64);
    let alike = match ds.is_random_access() {
        true => Ok(numbers),
        false => numbers.filter(|_: i64| true),
    };
    elements(
        &alike
            .and_then(|numbers| on_dataset(&numbers, step))
            .expect("a shuffle"),
    )
}

fn near(x: i64, by: i64) -> i64 {
    x.wrapping_mul(3).wrapping_add(by)
}

fn leaves(x: i64, by: u8) -> bool {
    x.rem_euclid(i64::from(by % 5) + 2) != 0
}

fn sum(values: &[i64]) -> i64 {
    values.iter().fold(0, |sum, &x| sum.wrapping_add(x))
}

fn at_least_1(n: u8, most: u8) -> usize {
    usize::from(n % most) + 1
}

/// What elements become where one becomes several.
fn several(x: i64) -> Vec<i64> {
    (0..x.rem_euclid(4)).map(|n| x.wrapping_add(n)).collect()
}

fn on_dataset(ds: &Dataset, step: &Step) -> Result<Dataset> {
    let several = |x: i64| Dataset::from_tensor_slices(several(x));
    let sums = |rows: Array1<i64>| sum(&rows.to_vec());
    match *step {
        Step::Map(by) => ds.map(move |x: i64| near(x, by)),
        Step::MapParallel(n) => ds.map_parallel(at_least_1(n, 3), |x: i64| near(x, 1)),
        Step::IgnoreErrors(by) => {
            let whole = move |x: i64| leaves(x, by).then_some(x).ok_or("left out");
            Ok(ds.map_with_spec(ds.element_spec(), whole).ignore_errors())
        }
        Step::Filter(by) => ds.filter(move |x: i64| leaves(x, by)),
        Step::TakeWhile(by) => ds.take_while(move |x: i64| leaves(x, by)),
        Step::Take(n) => Ok(ds.take(n.into())),
        Step::Skip(n) => Ok(ds.skip(n.into())),
        Step::Shard(n, i) => ds.shard(at_least_1(n, 4), usize::from(i) % at_least_1(n, 4)),
        Step::Repeat(n) => Ok(ds.repeat(usize::from(n % 4))),
        Step::Shuffle(seed) => Ok(ds.shuffle(seed)),
        Step::ShuffleBuffer(seed, size) => {
            Ok(ds.shuffle(Shuffle::new(seed).buffer_size(at_least_1(size, 255))?))
        }
        Step::Cache => Ok(ds.cache()),
        Step::Prefetch(n) => Ok(ds.prefetch(n.into())),
        Step::Collect => ds.collect(),
        Step::Enumerate(start) => {
            let numbered = ds.enumerate_from(start % 1_000);
            numbered.map(|(i, x): (i64, i64)| near(x, i))
        }
        Step::Scan => ds.scan(0, |sum: i64, x: i64| (sum.wrapping_add(x), sum ^ x)),
        Step::Unique => Ok(ds.unique()),
        Step::SortBy { descending: true } => ds.collect()?.sort_by_descending(0),
        Step::SortBy { descending: false } => ds.collect()?.sort_by(0),
        Step::Batch {
            size,
            drop_remainder: true,
        } => ds.batch_drop_remainder(at_least_1(size, 9))?.map(sums),
        Step::Batch { size, .. } => ds.batch(at_least_1(size, 9))?.map(sums),
        Step::PaddedBatch(size) => ds
            .padded_batch(PaddedBatch::new(at_least_1(size, 9)))?
            .map(sums),
        Step::Unbatch(size) => ds.batch(at_least_1(size, 9))?.unbatch(),
        Step::Rebatch(size, to) => {
            let batches = ds.batch(at_least_1(size, 9))?;
            batches.rebatch(to.map(|n| at_least_1(n, 9)))?.map(sums)
        }
        Step::Window {
            size,
            shift,
            stride,
            drop_remainder,
        } => {
            let (size, window) = (at_least_1(size, 5), Window::new(at_least_1(size, 5)));
            let window = window
                .shift(at_least_1(shift, 5))
                .stride(at_least_1(stride, 3));
            let windows = ds.window(window.drop_remainder(drop_remainder))?;
            windows
                .flat_map(move |window: Dataset| window.batch(size))?
                .map(sums)
        }
        Step::Windows(size) => ds
            .window(at_least_1(size, 5))?
            .flat_map(|window: Dataset| window),
        Step::Concatenate(n) => ds.concatenate(&Dataset::range(0..n.into())),
        Step::Zip(n) => {
            let pairs = Dataset::zip((ds.clone(), ds.skip(n.into())))?;
            pairs.map(|(a, b): (i64, i64)| near(a, b))
        }
        Step::FlatMap => ds.flat_map(several),
        Step::Interleave(cycle, block) => {
            ds.interleave(at_least_1(cycle, 4), at_least_1(block, 3), several)
        }
        Step::GroupByWindow(size) => ds.group_by_window(
            at_least_1(size, 5),
            |x: i64| x.rem_euclid(3),
            |_, group| group,
        ),
        Step::Choose { ref choices, stop } => {
            let choices: Vec<i64> = choices.iter().map(|&other| other.into()).collect();
            let other = ds.map(|x: i64| near(x, 1))?;
            let choices = Dataset::from_tensor_slices(choices)?;
            Dataset::choose_from_datasets([ds.clone(), other], &choices, stop)
        }
    }
}

fn on_vector(all: &[i64], step: &Step, order: &[i64]) -> Vec<i64> {
    let each = all.iter().copied();
    match *step {
        Step::Map(by) => each.map(|x| near(x, by)).collect(),
        Step::MapParallel(_) => each.map(|x| near(x, 1)).collect(),
        Step::IgnoreErrors(by) | Step::Filter(by) => each.filter(|&x| leaves(x, by)).collect(),
        Step::TakeWhile(by) => each.take_while(|&x| leaves(x, by)).collect(),
        Step::Take(n) => each.take(n.into()).collect(),
        Step::Skip(n) => each.skip(n.into()).collect(),
        Step::Shard(n, i) => {
            let n = at_least_1(n, 4);
            each.skip(usize::from(i) % n).step_by(n).collect()
        }
        Step::Repeat(n) => all.repeat(usize::from(n % 4)),
        Step::Shuffle(_) | Step::ShuffleBuffer(..) => {
            order.iter().map(|&i| all[i as usize]).collect()
        }
        Step::Cache | Step::Prefetch(_) | Step::Collect => all.to_vec(),
        Step::Unbatch(_) | Step::Windows(_) => all.to_vec(),
        Step::Enumerate(start) => each.zip(start % 1_000..).map(|(x, i)| near(x, i)).collect(),
        Step::Scan => each
            .scan(0_i64, |sum, x| {
                let before = std::mem::replace(sum, sum.wrapping_add(x));
                Some(before ^ x)
            })
            .collect(),
        Step::Unique => {
            let mut seen = HashSet::new();
            each.filter(|&x| seen.insert(x)).collect()
        }
        Step::SortBy { descending } => {
            let mut sorted = all.to_vec();
            sorted.sort_unstable();
            if descending {
                sorted.reverse();
            }
            sorted
        }
        Step::Batch {
            size,
            drop_remainder: true,
        } => all.chunks_exact(at_least_1(size, 9)).map(sum).collect(),
        Step::Batch { size, .. } | Step::PaddedBatch(size) => {
            all.chunks(at_least_1(size, 9)).map(sum).collect()
        }
        Step::Rebatch(_, to) => {
            let (mut rest, mut sums) = (all, Vec::new());
            for size in to.into_iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (batch, others) = rest.split_at(at_least_1(size, 9).min(rest.len()));
                sums.push(sum(batch));
                rest = others;
            }
            sums
        }
        Step::Window {
            size,
            shift,
            stride,
            drop_remainder,
        } => {
            let (size, stride) = (at_least_1(size, 5), at_least_1(stride, 3));
            let starts = (0..all.len()).step_by(at_least_1(shift, 5));
            let windows = starts.map(|start| all[start..].iter().step_by(stride).take(size));
            let windows = windows.map(|window| window.copied().collect::<Vec<_>>());
            let kept = windows.filter(|window| !drop_remainder || window.len() == size);
            kept.map(|window| sum(&window)).collect()
        }
        Step::Concatenate(n) => each.chain(0..n.into()).collect(),
        Step::Zip(n) => each
            .clone()
            .zip(each.skip(n.into()))
            .map(|(a, b)| near(a, b))
            .collect(),
        Step::FlatMap => each.flat_map(several).collect(),
        Step::Interleave(cycle, block) => {
            interleaved(all, at_least_1(cycle, 4), at_least_1(block, 3))
        }
        Step::GroupByWindow(size) => grouped(all, at_least_1(size, 5)),
        Step::Choose { ref choices, stop } => {
            let mut inputs =
                [all.to_vec(), all.iter().map(|&x| near(x, 1)).collect()].map(Vec::into_iter);
            let mut chosen = Vec::new();
            for &other in choices {
                match inputs[usize::from(other)].next() {
                    Some(x) => chosen.push(x),
                    None if stop => break,
                    None => {}
                }
            }
            chosen
        }
    }
}

/// Slots take turns of `block` elements each; one that is empty takes the next input.
fn interleaved(all: &[i64], cycle: usize, block: usize) -> Vec<i64> {
    let mut inputs = all.iter().map(|&x| several(x).into_iter());
    let mut slots: Vec<_> = (0..cycle).map(|_| None).collect();
    let (mut made, mut turn, mut idle) = (Vec::new(), 0, 0);
    while idle < cycle {
        let slot = &mut slots[turn];
        if slot.is_none() {
            *slot = inputs.next();
        }
        match slot {
            None => idle += 1,
            Some(values) => {
                idle = 0;
                let before = made.len();
                made.extend(values.take(block));
                if made.len() - before < block {
                    *slot = None;
                }
            }
        }
        turn = (turn + 1) % cycle;
    }
    made
}

/// Groups are handed on when they are full; those that are left, by their keys.
fn grouped(all: &[i64], size: usize) -> Vec<i64> {
    let (mut groups, mut made) = (BTreeMap::<i64, VecDeque<i64>>::new(), Vec::new());
    for &x in all {
        let group = groups.entry(x.rem_euclid(3)).or_default();
        group.push_back(x);
        if group.len() == size {
            made.extend(group.drain(..));
        }
    }
    made.into_iter()
        .chain(groups.into_values().flatten())
        .collect()
}
