//! What an instance serves: derived from its data folder, one immutable snapshot at a time.
//!
//! [`folder`] reads files, [`load`] judges them and makes a [`Snapshot`], [`live`] keeps the
//! snapshot that is being served and takes up changes as a whole or not at all. [`put`] writes
//! a plan back into the folder.

pub mod built_in;
pub mod folder;
pub mod index;
pub mod live;
pub mod load;
mod memo;
pub mod put;
mod reference;
pub mod snapshot;
pub mod statistics;
pub mod watch;

pub use folder::Folder;
pub use index::Index;
pub use live::Live;
pub use load::{Loaded, Refusal};
pub use reference::STATUS_WORDS;
pub use snapshot::{PlanEntry, Snapshot};
pub use statistics::Statistics;

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder or a file in it cannot be read or written.
    #[error("{path}: {reason}")]
    Io {
        /// The folder or file.
        path: String,
        /// What the system says.
        reason: std::io::Error,
    },
    /// There is no such folder.
    #[error(
        "There is no data folder {0}. Make one with `samplan init {0}`, or name another with --data."
    )]
    NoFolder(String),
    /// The folder has nothing of a data folder in it.
    #[error(
        "{0} is not a data folder: it has neither catalog.ttl nor reference/ nor plans/. Name the folder above them with --data, or make one with `samplan init`."
    )]
    NotData(String),
    /// `init` was pointed at a folder that holds something.
    #[error("{0} is not empty, and nothing in it was changed. Name a folder that is empty or new.")]
    NotEmpty(String),
    /// The shapes cannot be used.
    #[error(transparent)]
    Shapes(#[from] crate::validate::UnsupportedShapes),
    /// The quads cannot be indexed.
    #[error("the data cannot be indexed: {0}")]
    Index(std::io::Error),
    /// A file that comes with the program is broken, which is our fault.
    #[error("a file that comes with the program is broken: {0}")]
    BuiltIn(String),
}

impl Error {
    fn io(path: &std::path::Path, reason: std::io::Error) -> Self {
        Self::Io {
            path: path.display().to_string(),
            reason,
        }
    }
}
