//! Who is responsible, in words.

use super::{Directory, Note, Surroundings};
use crate::import::document::Passage;
use crate::model::{Iri, Layer, Role};

/// One party of a cell of responsibles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The words that name it, with those that give its role ("i samverkan med Region X").
    pub wording: Passage,
    /// Its name alone, as in the document ("Region X").
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Who it is.
    pub who: Who,
    /// Whether each member of the group takes part for itself ("respektive kommun").
    pub distributive: bool,
    /// The layer of who it is.
    pub layer: Layer,
    /// What was assumed, and what else it could be.
    pub note: Option<Note>,
}

/// Who a party is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// An agent of the directory.
    Known(Iri),
    /// Somebody the directory does not know.
    New {
        /// The organisation it is a unit of, where the words or the surroundings say so.
        unit_of: Option<Iri>,
        /// Whether it is a group rather than an organisation ("nätverket", "kommunerna").
        group: bool,
    },
}

/// The parties that the words of a cell name, in order. The role of those before a word such as
/// "i samverkan med" is `role`.
pub fn read(
    cell: &Passage,
    role: Role,
    directory: &Directory,
    surroundings: &Surroundings,
) -> Vec<Party> {
    let _ = (cell, role, directory, surroundings);
    Vec::new()
}

/// The parties that prose says pay for something ("finansieras av Region X").
pub fn funders(text: &Passage, directory: &Directory, surroundings: &Surroundings) -> Vec<Party> {
    let _ = (text, directory, surroundings);
    Vec::new()
}
