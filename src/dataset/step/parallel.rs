//! Work on several threads whose results come in order.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::super::node::{Pass, Value};
use crate::error::{Error, Result};
use crate::parallel::threads;

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
            None => Ok(Workers(threads())),
        }
    }

    pub(super) fn count(self) -> usize {
        self.0
    }

    /// The results of `work` on `items`, in their order, or the first error: a thread ends
    /// with its first.
    pub(super) fn all(
        self,
        items: &[usize],
        work: &(dyn Fn(usize) -> Result<Value> + Sync),
    ) -> Result<Vec<Value>> {
        let share = items.len().div_ceil(self.0).max(1);
        let all = |part: &[usize]| -> Result<Vec<Value>> {
            part.iter().map(|&item| work(item)).collect()
        };
        let done: Vec<Result<Vec<Value>>> = thread::scope(|scope| {
            let mut parts = Vec::new();
            for part in items.chunks(share) {
                let started = thread::Builder::new().spawn_scoped(scope, move || all(part));
                // Where the system has no thread to give, this one does the work.
                parts.push(started.map_err(|_| all(part)));
            }
            let lost = |_| Err(Error::internal("a thread ended early"));
            let mut done = Vec::new();
            for part in parts {
                done.push(match part {
                    Ok(thread) => thread.join().unwrap_or_else(lost),
                    Err(done_here) => done_here,
                });
            }
            done
        });
        let mut results = Vec::with_capacity(items.len());
        for part in done {
            results.extend(part?);
        }
        Ok(results)
    }
}

/// More threads than this only cost memory.
const MOST: usize = 256;

/// What makes one element.
pub(super) type Work = Box<dyn FnOnce() -> Result<Value> + Send>;

/// What is worked on, or why there is nothing to work on.
type Works = Box<dyn Iterator<Item = Result<Work>> + Send>;

/// Results in order of work that is handed to threads as it comes. Twice as much as there
/// are threads is on its way, so that none waits for the slowest. The threads end with
/// the pass.
pub(super) fn in_order(workers: Workers, works: Works) -> Pass {
    Box::new(InOrder {
        works,
        pending: VecDeque::new(),
        most: workers.0.saturating_mul(2),
        tasks: start(workers),
    })
}

type Task = (Work, Sender<Result<Value>>);

/// Threads that work until no more tasks can come.
fn start(workers: Workers) -> Sender<Task> {
    let (tasks, queue) = mpsc::channel::<Task>();
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..workers.0 {
        let queue = Arc::clone(&queue);
        // A thread that cannot be started leaves its work to the others; without
        // any, the first result says so.
        let _ = thread::Builder::new()
            .name("ndsight-map".to_owned())
            .spawn(move || {
                while let Some((work, result)) = next(&queue) {
                    // Nobody waits where the pass was given up.
                    let _ = result.send(work());
                }
            });
    }
    tasks
}

fn next(queue: &Mutex<Receiver<Task>>) -> Option<Task> {
    queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}

struct InOrder {
    works: Works,
    pending: VecDeque<Receiver<Result<Value>>>,
    most: usize,
    tasks: Sender<Task>,
}

impl Iterator for InOrder {
    type Item = Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.pending.len() < self.most
            && let Some(work) = self.works.next()
        {
            let (result, waiting) = mpsc::channel();
            match work {
                Ok(work) => drop(self.tasks.send((work, result))),
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
