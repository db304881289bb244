//! Noticing that the data folder has changed.

use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use notify_debouncer_mini::notify::RecursiveMode;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer};

/// How long the folder must have been quiet: an editor or `git checkout` writes many files.
const QUIET: Duration = Duration::from_millis(500);

/// Calls `changed` on a thread of its own, for as long as the process lives, when something
/// in the folder has changed and it has been quiet for a moment.
pub fn watch(folder: &Path, changed: impl Fn() + Send + 'static) -> Result<(), String> {
    let (sender, receiver) = channel::<DebounceEventResult>();
    let mut debouncer = new_debouncer(QUIET, sender).map_err(|error| error.to_string())?;
    debouncer
        .watcher()
        .watch(folder, RecursiveMode::Recursive)
        .map_err(|error| error.to_string())?;
    std::thread::spawn(move || {
        // The debouncer stops when it is dropped, so it lives as long as this loop.
        let _debouncer = debouncer;
        for event in receiver {
            match event {
                Ok(_) => changed(),
                Err(error) => tracing::warn!(%error, "watching the data folder failed"),
            }
        }
    });
    Ok(())
}
