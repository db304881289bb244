//! Full-text search over plans, activities, goals, frameworks and organisations, in memory.
//!
//! A [`Part`] is what one plan, or the reference data, has to be found: its words as they stand,
//! and by what it can be chosen. An [`Index`] is made of all parts; it answers an [`Asked`] with
//! an [`Answer`]. All are plain functions of plans and texts: no RDF, no HTTP, no clock.
//!
//! Why not a library: `tantivy` would bring a hundred crates, its own files and threads, and a
//! second truth beside the snapshot that has to be kept in step with it. What is searched here are
//! at most some hundred thousand short texts. They fit in memory beside the data, the whole index
//! is made in seconds and belongs to one snapshot, and what makes Swedish search good (compounds,
//! inflections) would have to be written for a library all the same: it is in [`crate::text`].
//!
//! How results are ranked: BM25F. A word in a title counts more than one in a description, that
//! more than one in what follow-ups report; the word itself more than as a part of a compound; the
//! form that was written more than another form of the word. Equal results stand in the order of
//! their addresses, so that the same question always has the same answer.

mod answer;
mod facet;
mod index;
mod part;
mod query;
mod snippet;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Asked, Count, Hit};
pub use facet::{Facet, Kind, UNREPORTED};
pub use index::Index;
pub use part::{Part, Thing};
pub use query::{Query, QueryError};
pub use snippet::Marked;
