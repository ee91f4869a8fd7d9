//! Values made on a thread of their own while others are worked on.

use std::io;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};

/// More values than this are not made ahead: the channel sets aside a place for each.
const MOST: usize = 1 << 16;

/// The same values, up to `buffer_size` (at least one) of them made before they are
/// asked for. The thread ends with them, or soon after nobody can ask any more.
///
/// # Errors
///
/// The system has no thread to give.
pub(super) fn ahead<T: Send + 'static>(
    buffer_size: usize,
    mut values: Box<dyn Iterator<Item = T> + Send>,
) -> io::Result<Ahead<T>> {
    // One more is in the thread's hands while it waits for a place.
    let (sender, receiver) = sync_channel(buffer_size.clamp(1, MOST) - 1);
    let work = move || {
        while let Some(value) = values.next()
            && sender.send(value).is_ok()
        {}
    };
    let name = "ndsight-prefetch".to_owned();
    let thread = thread::Builder::new().name(name).spawn(work)?;
    Ok(Ahead {
        receiver,
        thread: Some(thread),
    })
}

/// Values that a thread makes.
pub(super) struct Ahead<T> {
    receiver: Receiver<T>,
    /// Until it has ended.
    thread: Option<JoinHandle<()>>,
}

impl<T> Iterator for Ahead<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if let Ok(value) = self.receiver.recv() {
            return Some(value);
        }
        // A thread that panicked has not come to the end of its values.
        if let Some(Err(panic)) = self.thread.take().map(JoinHandle::join) {
            std::panic::resume_unwind(panic);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_the_same_and_end() {
        for buffer_size in [0, 1, 7] {
            let made = ahead(buffer_size, Box::new(0..20)).unwrap();
            assert_eq!(made.collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_is_no_end() {
        let values = (0..20).inspect(|n| assert!(*n < 5, "five"));
        let mut made = ahead(2, Box::new(values)).unwrap();
        assert_eq!(made.by_ref().take(5).count(), 5);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| made.next()));
        assert!(panicked.is_err());
        assert_eq!(made.next(), None);
    }
}
