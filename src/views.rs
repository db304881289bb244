//! What is said of a resource, in every format.
//!
//! [`describe`](describe::describe) finds the resource and what belongs to it; [`render`]
//! writes that in a [`Format`]. Both are functions of the snapshot and nothing else.

pub mod collection;
mod context;
pub mod describe;
pub mod jsonld;

use std::io;

use oxrdf::{Graph, GraphName};

pub use describe::{Description, Resource, describe, resolve};

use crate::rdf::{Format, serialize};
use crate::store::{self, Snapshot};

/// Why a resource could not be shown; always our fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Writing a format failed.
    #[error("writing a representation failed: {0}")]
    Write(#[from] io::Error),
    /// The context that comes with the program is broken.
    #[error("vocab/context.jsonld: {0}")]
    Context(String),
}

/// The bytes of a description in a format; the same for the same snapshot.
pub fn render(
    snapshot: &Snapshot,
    description: &Description,
    format: Format,
) -> Result<Vec<u8>, Error> {
    match format {
        Format::JsonLd => {
            let tree = jsonld::document(snapshot, description)?;
            let mut bytes = serde_json::to_vec_pretty(&tree).map_err(io::Error::from)?;
            bytes.push(b'\n');
            Ok(bytes)
        }
        Format::TriG => {
            let layers = description.layers(snapshot)?;
            let graphs: Vec<(GraphName, &Graph)> = layers
                .iter()
                .map(|(name, graph)| (name.clone(), graph))
                .collect();
            Ok(serialize::graphs(&graphs, format.rdf_format())?)
        }
        Format::Turtle | Format::NTriples | Format::RdfXml => {
            let graphs = [(GraphName::DefaultGraph, &description.graph)];
            Ok(serialize::graphs(&graphs, format.rdf_format())?)
        }
    }
}
