//! From a document to a plan.
//!
//! ```text
//! file ── read ──▶ Document: numbered lines, and what the format says of them
//!                     │ outline: headings, paragraphs, lists, footnotes in plain lines
//!                     │ table:   ruled, laid out or flattened tables ──▶ Grid
//!                     ▼
//!                  blocks ── assemble (with value: periods, parties, statuses) ──▶ Plan, remarks
//! ```
//!
//! Every step takes what the one before it gives and nothing else; no recogniser knows a
//! document, a region or a year. What a step cannot read is a [`Remark`], never an error: only
//! [`read`] refuses, and only what cannot be a plan.

pub mod agents;
pub mod assemble;
pub mod document;
pub mod field;
pub mod gone;
pub mod keep;
pub mod leave_out;
pub mod lexicon;
pub mod mask;
pub mod outline;
pub mod plans;
pub mod progress;
pub mod read;
pub mod remark;
pub mod report;
pub mod table;
pub mod value;
pub mod workbook;

pub use document::{Block, Cell, Document, Passage, Row, Table, TextLine};
pub use remark::{Kind, Remark};
