//! Work on several threads whose results come in order.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::super::node::{Pass, Value};
use crate::error::{Error, Result};

/// How many threads. There is no pool that outlives the call or the pass: a
/// notebook's cells each have their own copy of every `static`, so a global one would
/// be started anew, and left behind, by each cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Workers(usize);

impl Workers {
    /// So many, or one for each core.
    pub(super) fn new(count: Option<usize>) -> Result<Workers> {
        match count {
            Some(0) => Err(Error::value(
                "expected at least 1 parallel call, but found 0; None takes as many as there are cores",
            )
            .coded("invalid_argument")),
            Some(count) => Ok(Workers(count.min(MOST))),
            None => Ok(Workers(thread::available_parallelism().map_or(1, usize::from))),
        }
    }

    pub(super) fn count(self) -> usize {
        self.0
    }

    /// The results of `work` on `items`, in their order and as far as they are needed where
    /// the first error is all that counts: a thread ends with its first.
    pub(super) fn all<T: Copy + Sync>(
        self,
        items: &[T],
        work: impl Fn(T) -> Result<Value> + Sync,
    ) -> Vec<Result<Value>> {
        let share = items.len().div_ceil(self.0).max(1);
        let work = &work;
        thread::scope(|scope| {
            let parts: Vec<_> = items
                .chunks(share)
                .map(|part| {
                    let all = move || until_error(part.iter().map(|&item| work(item)));
                    // Where the system has no thread to give, this one does the work.
                    let started = thread::Builder::new().spawn_scoped(scope, all);
                    started.map_err(|_| all())
                })
                .collect();
            let lost = |_| vec![Err(Error::internal("a thread ended early"))];
            parts
                .into_iter()
                .flat_map(|part| match part {
                    Ok(thread) => thread.join().unwrap_or_else(lost),
                    Err(done_here) => done_here,
                })
                .collect()
        })
    }
}

fn until_error(results: impl Iterator<Item = Result<Value>>) -> Vec<Result<Value>> {
    let mut done = Vec::new();
    for result in results {
        let failed = result.is_err();
        done.push(result);
        if failed {
            break;
        }
    }
    done
}

/// More threads than this only cost memory.
const MOST: usize = 256;

/// Results in order of the work on items that are handed to threads as they come.
/// Twice as many items as threads are on their way, so that none waits for the
/// slowest. The threads end with the pass.
pub(super) fn in_order<T: Send + 'static>(
    workers: Workers,
    items: impl Iterator<Item = Result<T>> + Send + 'static,
    work: impl Fn(T) -> Result<Value> + Send + Sync + 'static,
) -> Pass {
    Box::new(InOrder {
        items,
        pending: VecDeque::new(),
        most: workers.0.saturating_mul(2),
        tasks: start(workers, Arc::new(work)),
    })
}

type Task<T> = (T, Sender<Result<Value>>);

/// Threads that work until no more tasks can come.
fn start<T: Send + 'static>(
    workers: Workers,
    work: Arc<impl Fn(T) -> Result<Value> + Send + Sync + 'static>,
) -> Sender<Task<T>> {
    let (tasks, queue) = mpsc::channel::<Task<T>>();
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..workers.0 {
        let (queue, work) = (Arc::clone(&queue), Arc::clone(&work));
        // A thread that cannot be started leaves its work to the others; without
        // any, the first result says so.
        let _ = thread::Builder::new()
            .name("ndsight-map".to_owned())
            .spawn(move || {
                while let Some((item, result)) = next(&queue) {
                    // Nobody waits where the pass was given up.
                    let _ = result.send(work(item));
                }
            });
    }
    tasks
}

fn next<T>(queue: &Mutex<Receiver<Task<T>>>) -> Option<Task<T>> {
    queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}

struct InOrder<I, T> {
    items: I,
    pending: VecDeque<Receiver<Result<Value>>>,
    most: usize,
    tasks: Sender<Task<T>>,
}

impl<T: Send, I: Iterator<Item = Result<T>>> Iterator for InOrder<I, T> {
    type Item = Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.pending.len() < self.most
            && let Some(item) = self.items.next()
        {
            let (result, waiting) = mpsc::channel();
            match item {
                Ok(item) => drop(self.tasks.send((item, result))),
                Err(err) => drop(result.send(Err(err))),
            }
            self.pending.push_back(waiting);
        }
        let waiting = self.pending.pop_front()?;
        let lost = |_| {
            Err(Error::internal(
                "a thread of a parallel map could not be started, or ended early",
            ))
        };
        Some(waiting.recv().unwrap_or_else(lost))
    }
}
