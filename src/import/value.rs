//! Values in words: periods, parties, statuses, footnote marks, references, persons.
//!
//! Each function is pure: words in, a [`Reading`] out, which keeps the words.

pub mod directory;
pub mod footnote;
pub mod framework;
pub mod mention;
pub mod party;
pub mod period;
pub mod person;
pub mod reference;
pub mod status;

pub use directory::{Agent, AgentKind, Directory, Surroundings};

use crate::model::Layer;

/// What words were read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// The words it rests on, as they stand in the document, without footnote marks.
    pub wording: String,
    /// [`Layer::Stated`] where the value needs nothing but the words, else
    /// [`Layer::Interpreted`].
    pub layer: Layer,
    /// What was assumed, and what else it could be. It becomes the editorial note of the node
    /// and a remark; an interpreted value always has one.
    pub note: Option<Note>,
}

/// A note in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
}

impl Note {
    /// A note.
    pub fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            sv: sv.into(),
            en: en.into(),
        }
    }
}
