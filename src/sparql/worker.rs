//! Queries in processes of their own, which can be ended at any moment and whose memory is
//! bounded: whatever a query does, it does to its worker alone.
//!
//! A worker has the file of an [`Index`](crate::store::Index) as its standard input and one end
//! of a pair of sockets as its standard output, over which both sides speak `wire`. It
//! evaluates one query at a time and many in its life, which ends when the other side does.

pub mod child;
pub(super) mod process;
mod status;
mod wire;
