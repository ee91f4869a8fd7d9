//! Work shared out to threads that end with it: a pool of threads would stay in
//! every notebook cell that ever used one.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Rows are read into columns so many at a time: those of a few columns stay in
/// the first-level cache.
pub(super) const BLOCK: usize = 1024;

/// Rows that one thread takes at a time. Sums are made of these parts in their
/// order, so they are the same however many threads there are.
const PART: usize = 1 << 16;

/// As many as there are cores to use.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Lets each thread `add` parts of the rows, with the number of the part, to a state
/// of its own.
pub(super) fn in_parts<A: Send>(
    rows: usize,
    threads: usize,
    make: &(dyn Fn() -> A + Sync),
    add: &(dyn Fn(&mut A, usize, Range<usize>) + Sync),
) -> Vec<A> {
    let parts = rows.div_ceil(PART);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut state = make();
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= parts {
                return state;
            }
            let start = part * PART;
            add(&mut state, part, start..rows.min(start + PART));
        }
    };
    thread::scope(|scope| {
        let threads = threads.min(parts).max(1);
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut states = vec![work()];
        states.extend(others.into_iter().map(joined));
        states
    })
}

/// Does the same to each of a few values, several at once.
pub(crate) fn each<A: Send, B: Send>(
    values: Vec<A>,
    threads: usize,
    to: &(dyn Fn(A) -> B + Sync),
) -> Vec<B> {
    let share = values.len().div_ceil(threads.max(1)).max(1);
    let mut values = values.into_iter();
    thread::scope(|scope| {
        let mut others = Vec::new();
        let mut done: Vec<B> = Vec::new();
        loop {
            let some: Vec<A> = values.by_ref().take(share).collect();
            let work = move || some.into_iter().map(to).collect::<Vec<B>>();
            if values.len() == 0 {
                let last = work();
                others
                    .into_iter()
                    .for_each(|other| done.extend(joined(other)));
                done.extend(last);
                return done;
            }
            others.push(scope.spawn(work));
        }
    })
}

fn joined<A>(thread: thread::ScopedJoinHandle<'_, A>) -> A {
    thread
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

pub(super) fn blocks(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = rows.end;
    rows.step_by(BLOCK)
        .map(move |start| start..end.min(start + BLOCK))
}
