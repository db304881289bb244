//! The words that the recognisers know, in one place: a test shows that each occurs in at least
//! two documents of different origin.
//!
//! Names of organisations and frameworks are not here: they come from the reference data.

pub mod columns;
pub mod parties;
pub mod periods;
pub mod references;
pub mod statuses;
pub mod structure;

/// All words, by the name of their list.
#[doc(hidden)]
pub fn all() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("columns", columns::all()),
        ("parties", parties::all()),
        ("periods", periods::all()),
        ("references", references::all()),
        ("statuses", statuses::all()),
        ("structure", structure::all()),
    ]
}
