//! Steps that take more than a number.

use ndsight::{Dataset, RejectionResample, Shuffle, Window};

use super::args::{self, Args};
use super::functions::{OfWindow, check_types, function, of_window, to_dataset};
use super::predicates::{group_key, predicate, whole};
use super::{Parts, Stop, arrange, states, unclear};

pub(super) const FN: &[&str] = &["fn", "map_func"];
pub(super) const BATCH_SIZE: &[&str] = &["batch_size", "size", "n"];
pub(super) const DROP: &[&str] = &["drop_remainder"];
const KEY: &[&str] = &["key", "key_func", "class", "class_func", "fn"];
const PARALLEL: &[&str] = &["num_parallel_calls"];

pub(super) fn batch(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let size = args.count(BATCH_SIZE)?;
    Ok(match args.flag(DROP, false)? {
        true => ds.batch_drop_remainder(size)?,
        false => ds.batch(size)?,
    })
}

pub(super) fn rebatch(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let sizes = args.counts(BATCH_SIZE)?;
    Ok(match args.flag(DROP, false)? {
        true => ds.rebatch_drop_remainder(sizes)?,
        false => ds.rebatch(sizes)?,
    })
}

pub(super) fn shard(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let num_shards = args.count(&["num_shards", "n"])?;
    Ok(ds.shard(num_shards, args.count(&["index", "i"])?)?)
}

pub(super) fn window(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let size = args.count(&["size"])?;
    let mut how = Window::new(size).stride(args.count_or(&["stride"], 1)?);
    if args.get(&["shift"]).is_some() {
        how = how.shift(args.count(&["shift"])?);
    }
    Ok(ds.window(how.drop_remainder(args.flag(DROP, false)?))?)
}

/// -1 leaves the size to TensorFlow.
pub(super) fn prefetch(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    match args.whole(&["buffer_size"])? {
        None | Some(-1) => Ok(ds.prefetch(1)),
        _ => Ok(ds.prefetch(args.count(&["buffer_size"])?)),
    }
}

pub(super) fn shuffle(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let mut how = Shuffle::new(args.seed()?);
    if args.get(&["buffer_size"]).is_some() {
        how = how.buffer_size(args.count(&["buffer_size"])?)?;
    }
    // Unlike TensorFlow, the crate repeats its order unless told otherwise.
    how = how.reshuffle_each_iteration(args.flag(&["reshuffle_each_iteration"], true)?);
    Ok(ds.shuffle(how))
}

/// A step's predicate, of the elements of `ds`.
pub(super) fn predicate_of(
    ds: &Dataset,
    args: Args<'_>,
) -> Result<impl Fn(Parts) -> Result<bool, String> + use<>, Stop> {
    let pred = args.need(&["pred", "predicate", "fn"])?;
    let pred = predicate(pred, ds.element_spec().structure())?;
    Ok(move |parts: Parts| pred(&parts))
}

pub(super) fn map(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let f = args.need(FN)?;
    check_types(f, ds.element_spec().structure())?;
    let function = function(f)?;
    let function = move |parts: Parts| function(parts);
    Ok(match args.get(PARALLEL) {
        None => ds.map(function)?,
        Some(_) => ds.map_parallel(args.until(PARALLEL)?, function)?,
    })
}

pub(super) fn scan(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let (state, f) = (initial_state(args)?, args.need(&["fn", "scan_func"])?);
    let f = states::scan(f, &state, ds.element_spec().structure())?;
    Ok(ds.scan(state, f)?)
}

pub(super) fn initial_state(args: Args<'_>) -> Result<Parts, Stop> {
    arrange(args.need(&["initial_state"])?, &mut args::typed)
}

pub(super) fn interleave(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cycle_length = args.count_or(&["cycle_length"], cores)?;
    let block_length = args.count_or(&["block_length"], 1)?;
    Ok(ds.interleave(cycle_length, block_length, to_dataset(args.need(FN)?)?)?)
}

pub(super) fn group_by_window(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let key = group_key(args.need(KEY)?)?;
    let size = args.count(&["window_size", "size"])?;
    // Where nothing else is said, a window becomes a batch.
    let reduce: OfWindow = match args.get(&["reduce", "reduce_func", "fn"]) {
        Some(reduce) => of_window(reduce)?,
        None => Box::new(move |window| window.batch(size)),
    };
    let key = move |parts: Parts| key(&parts);
    Ok(ds.group_by_window(size, key, move |_, window| reduce(window))?)
}

/// Classes are the elements themselves where nothing else is said.
pub(super) fn rejection_resample(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let class = match args.get(KEY) {
        Some(class) => group_key(class)?,
        None => Box::new(whole),
    };
    let target = args
        .numbers(&["target_dist"])?
        .ok_or_else(|| unclear("no target_dist"))?;
    let mut how = RejectionResample::new(target, args.seed()?);
    if let Some(initial) = args.numbers(&["initial_dist"])? {
        how = how.initial_dist(initial);
    }
    Ok(ds.rejection_resample(how, move |parts: Parts| class(&parts))?)
}
