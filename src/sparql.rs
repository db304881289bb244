//! The SPARQL endpoint: the protocol as plain values, running a query on a snapshot, and the
//! queries that are published under names.
//!
//! A request becomes an [`Operation`] ([`protocol`], no I/O), an operation an [`Answer`]
//! ([`run()`]). A [`NamedQuery`] with its parameters bound is run the same way.

pub mod bounds;
pub mod canonical;
mod dataset;
mod evaluate;
pub mod named;
pub mod protocol;
pub mod results;
pub mod run;
pub mod size;
mod syntax;
mod walk;
mod write;
mod xml;

pub use bounds::{Bounds, ClientBounds};
pub use named::NamedQuery;
pub use protocol::{Operation, ProtocolError, Request};
pub use results::{Answer, Body, Rows, Wanted, Window};
pub use run::{Limits, RunError, Source, Task, run};
pub use syntax::Mistake;
