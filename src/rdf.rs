//! A plan as a graph, and a graph as a plan.
//!
//! [`write`](write()) and [`read`](read()) are inverses of each other, layers included: the
//! class descriptions in `mapping` are walked in one direction or the other. What a plan
//! cannot carry is a finding, never dropped.

pub mod base;
pub mod canonical;
pub mod format;
pub mod layered;
mod mapping;
pub mod parse;
mod read;
pub mod serialize;
mod term;
mod write;

pub use base::Base;
pub use format::Format;
pub use layered::LayeredGraph;
pub use read::read;
pub use write::write;
