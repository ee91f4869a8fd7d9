//! Work shared out to threads that end with it: a pool of threads would stay in
//! every notebook cell that ever used one.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::list::{MapInto, SortWith};

/// Rows are read into columns so many at a time: those of a few columns stay in
/// the first-level cache.
pub(crate) const BLOCK: usize = 1024;

/// Rows that one thread takes at a time. Sums are made of these parts in their
/// order, so they are the same however many threads there are.
const PART: usize = 1 << 16;

/// As many as there are cores to use.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Lets each thread `add` parts of the rows, with the number of the part, to a state
/// of its own.
pub(crate) fn in_parts<A: Send>(
    rows: usize,
    threads: usize,
    make: &(dyn Fn() -> A + Sync),
    add: &(dyn Fn(&mut A, usize, Range<usize>) + Sync),
) -> Vec<A> {
    let parts = rows.div_ceil(PART);
    let next = AtomicUsize::new(0);
    let states = Mutex::new(Vec::new());
    together(threads.min(parts), &|| {
        let mut state = make();
        while let Some(part) = below(parts, &next) {
            let start = part * PART;
            add(&mut state, part, start..rows.min(start + PART));
        }
        lock(&states).push(state);
    });
    unlocked(states)
}

/// What `make` makes of each number below `count`, in their order. What takes long keeps
/// one thread, not the others.
pub(crate) fn numbered<T: Send>(count: usize, make: &(dyn Fn(usize) -> T + Sync)) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Vec::with_capacity(count));
    together(threads().min(count), &|| {
        while let Some(number) = below(count, &next) {
            let made = make(number);
            lock(&all).push((number, made));
        }
    });
    let mut all = unlocked(all);
    all.sort_with(|(a, _), (b, _)| a.cmp(b));
    all.map_into(|(_, made)| made)
}

/// Does the same to each of a few values, several at once.
pub(crate) fn each<A: Send, B: Send>(values: Vec<A>, to: &(dyn Fn(A) -> B + Sync)) -> Vec<B> {
    let values: Vec<_> = values.map_into(|v| Mutex::new(Some(v)));
    let mut list = Vec::with_capacity(values.len());
    for done in numbered(values.len(), &|i| lock(&values[i]).take().map(to)) {
        list.extend(done);
    }
    list
}

/// The next number, of those below `count`, that no thread has taken.
fn below(count: usize, next: &AtomicUsize) -> Option<usize> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    (number < count).then_some(number)
}

/// Does the same work in so many threads, this one among them. Where the system has no
/// more threads to give, those that there are do it all.
fn together(threads: usize, work: &(dyn Fn() + Sync)) {
    thread::scope(|scope| {
        let mut others = Vec::new();
        for _ in 1..threads {
            others.extend(thread::Builder::new().spawn_scoped(scope, work).ok());
        }
        work();
        for thread in others {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unlocked<T>(shared: Mutex<T>) -> T {
    shared.into_inner().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn blocks(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = rows.end;
    rows.step_by(BLOCK)
        .map(move |start| start..end.min(start + BLOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_in_order() {
        assert_eq!(
            numbered(1000, &|i| i * 2),
            (0..2000).step_by(2).collect::<Vec<_>>()
        );
        assert!(numbered(0, &|i| i).is_empty());
        let words: Vec<String> = (0..50).map(|i| i.to_string()).collect();
        assert_eq!(each(words.clone(), &|word| word), words);
    }

    #[test]
    fn parts_cover_all_rows() {
        for (rows, threads) in [(0, 4), (1, 4), (3 * PART + 5, 1), (3 * PART + 5, 3)] {
            let states = in_parts(rows, threads, &Vec::new, &|parts, part, rows| {
                parts.push((part, blocks(rows).map(|block| block.len()).sum::<usize>()));
            });
            let mut parts = states.concat();
            parts.sort_unstable();
            let numbers: Vec<usize> = parts.iter().map(|(part, _)| *part).collect();
            assert_eq!(numbers, (0..rows.div_ceil(PART)).collect::<Vec<_>>());
            assert_eq!(parts.iter().map(|(_, rows)| rows).sum::<usize>(), rows);
        }
    }
}
