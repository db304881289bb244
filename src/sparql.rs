//! The SPARQL endpoint: the protocol as plain values, and running a query on a snapshot.

pub mod protocol;
pub mod results;
pub mod run;
pub mod size;

pub use protocol::{Operation, ProtocolError};
pub use results::ResultFormat;
pub use run::{Limits, RunError, run};
