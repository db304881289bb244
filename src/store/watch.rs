//! Noticing that the data folder has changed.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher, recommended_watcher};

/// How long the folder must have been quiet: an editor or `git checkout` writes many files.
const QUIET: Duration = Duration::from_millis(500);

/// Calls `changed` on a thread of its own, for as long as the process lives, when something
/// in the folder has changed and it has been quiet for a moment.
pub fn watch(folder: &Path, changed: impl Fn() + Send + 'static) -> Result<(), String> {
    let (sender, receiver) = channel();
    let mut watcher = recommended_watcher(sender).map_err(|error| error.to_string())?;
    watcher
        .watch(folder, RecursiveMode::Recursive)
        .map_err(|error| error.to_string())?;
    std::thread::spawn(move || {
        // The watcher stops when it is dropped, so it lives as long as this loop.
        let _watcher = watcher;
        while wait_for_change(&receiver) {
            while quiet_is_broken(&receiver) {}
            changed();
        }
    });
    Ok(())
}

type Events = Receiver<notify::Result<Event>>;

/// Blocks until something has changed; false when there is nothing more to wait for.
fn wait_for_change(events: &Events) -> bool {
    events.iter().any(|event| changes(&event))
}

/// Whether something changes before it has been quiet long enough.
fn quiet_is_broken(events: &Events) -> bool {
    loop {
        match events.recv_timeout(QUIET) {
            Ok(event) if changes(&event) => return true,
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Whether an event is a change: reading the folder, as loading does, must not set off
/// another load.
fn changes(event: &notify::Result<Event>) -> bool {
    match event {
        Ok(event) => !matches!(
            event.kind,
            EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)
        ),
        Err(error) => {
            tracing::warn!(%error, "watching the data folder failed");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn reading_the_folder_is_no_change_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.ttl");
        std::fs::write(&file, "one").unwrap();
        let (sender, calls) = channel();
        watch(dir.path(), move || sender.send(()).unwrap()).unwrap();
        for _ in 0..3 {
            std::fs::read(&file).unwrap();
            std::fs::read_dir(dir.path()).unwrap().count();
        }
        assert_eq!(
            calls.recv_timeout(4 * QUIET),
            Err(RecvTimeoutError::Timeout)
        );
        std::fs::write(&file, "two").unwrap();
        assert_eq!(calls.recv_timeout(40 * QUIET), Ok(()));
    }
}
