//! The words that the recognisers know, in one place: a test shows that each occurs in at least
//! two documents of different origin.
//!
//! Not here are what tells nothing of plans: names of organisations and frameworks, which come from
//! the reference data; given names and the words for places and bodies that are no surnames; marks
//! ("x", "•"); abbreviations with a full stop; the endings and the small words of the language
//! ("och", "till", "the") where they only join or end what stands around them.

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
