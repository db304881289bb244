//! The SPARQL endpoint: the protocol as plain values, running a query on a snapshot, and the
//! queries that are published under names.
//!
//! A request becomes an [`Operation`] ([`protocol`], no I/O), which with what is wanted of it is
//! a [`Task`]. The [`Engine`] has it run ([`run()`]) in a [`worker`], and gives the answer as it
//! is made. A [`NamedQuery`] with its parameters bound is run the same way.

pub mod bounds;
pub mod canonical;
pub mod clock;
mod columnar;
mod dataset;
pub mod engine;
mod evaluate;
mod local;
pub mod named;
mod plan;
pub mod protocol;
pub mod results;
pub mod run;
pub mod size;
mod syntax;
mod walk;
#[cfg(unix)]
pub mod worker;
mod write;
mod xml;

pub use bounds::{Bounds, ClientBounds};
pub use clock::Clock;
pub use engine::Engine;
pub use named::NamedQuery;
pub use protocol::{Operation, ProtocolError, Request};
pub use results::{Answer, Body, Kind, Rows, Wanted, Window};
pub use run::{Asker, End, Limits, Prepared, RunError, Source, Task, run};
pub use syntax::Mistake;
