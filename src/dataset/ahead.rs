//! Values made on a thread of their own while others are worked on.

use std::io;
use std::sync::mpsc::sync_channel;
use std::thread;

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
) -> io::Result<impl Iterator<Item = T> + Send> {
    // One more is in the thread's hands while it waits for a place.
    let (sender, receiver) = sync_channel(buffer_size.clamp(1, MOST) - 1);
    let work = move || {
        while let Some(value) = values.next()
            && sender.send(value).is_ok()
        {}
    };
    thread::Builder::new()
        .name("ndsight-prefetch".to_owned())
        .spawn(work)?;
    Ok(receiver.into_iter())
}
