//! What a text names: strategies, laws, projects, services, documents.

use std::ops::Range;

use crate::model::ReferenceKind;

/// Something that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The bytes of the words that name it, with those that announce it ("verktyget LIKA
    /// Skola").
    pub at: Range<usize>,
    /// Its name ("LIKA Skola").
    pub name: String,
    /// Another form of its name ("GSIM (Gemensamt samlat invånarmöte)").
    pub other_name: Option<String>,
    /// What kind of thing it is, where the words say so.
    pub kind: Option<ReferenceKind>,
}

/// What a running text names, in order, without overlap.
pub fn find(text: &str) -> Vec<Named> {
    let _ = text;
    Vec::new()
}
