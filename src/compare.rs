//! What plans do towards the same goals: pure functions over the typed plans.
//!
//! [`facts`] takes from a plan what is compared; [`request`] says what is asked; [`matrix`] sets
//! plans against the goals of a framework; [`reach`] counts who is responsible; [`editions`]
//! follows an activity from one edition to the next; [`likeness`] finds activities that resemble
//! each other by their words; [`query`] writes the SPARQL query that gives a number shown.
//!
//! What is not known is never counted as zero: an activity that nobody has looked at is
//! not reviewed, one without a status is not reported, and a plan without statuses has none.

pub mod editions;
pub mod facts;
pub mod likeness;

pub mod matrix;
pub mod query;
pub mod reach;
pub mod request;
#[cfg(test)]
mod tests;

pub use facts::{ActivityFacts, Link, Outcome, PlanFacts, Progress, Span};
pub use matrix::{Answer, Cell, Compared, Comparison, Row};
pub use request::{Order, Request};
