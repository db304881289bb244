//! What is said of a resource, in every format.
//!
//! [`resolve`] finds what an address names, [`describe`](describe::describe) everything said of
//! it and what belongs to it; [`render`] writes that in a [`Format`]. All are functions of the
//! snapshot and nothing else.

pub mod catalog;
pub mod collection;
pub mod comparison;
mod context;
pub mod describe;
pub mod document;
pub mod download;
pub mod jsonld;
pub mod order;
pub mod page;
mod schema_org;
pub mod search;
pub mod service;
pub mod signposts;
mod sitemap;
pub mod table;
mod writer;

use std::io;

use oxrdf::{Graph, GraphName};

pub use describe::{Description, Resource, describe, resolve};
pub use document::Document;

pub use crate::model::Language;
use crate::rdf::{Format, serialize};
use crate::store::{self, Snapshot};
use crate::vocab;

/// Why a resource could not be shown; always our fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Writing a format failed.
    #[error("writing a representation failed: {0}")]
    Write(#[from] io::Error),
    /// The resource is not to be had in that format.
    #[error("the resource has no such form")]
    NoSuchForm,
    /// A file of the vocabulary that comes with the program is broken.
    #[error("vocab: {0}")]
    Vocabulary(String),
    /// There is nothing that a portal could be given as our catalogue.
    #[error("there is no catalogue: {0}")]
    NoCatalogue(&'static str),
    /// A thread ended before its work was done.
    #[error("{0} ended too early")]
    Broken(&'static str),
    /// The context that comes with the program is broken.
    #[error("vocab/context.jsonld: {0}")]
    Context(String),
}

/// The formats a resource is to be had in, in the order a server prefers them.
pub fn offers(snapshot: &Snapshot, resource: &Resource) -> Result<Vec<Format>, Error> {
    if matches!(resource, Resource::Text(_)) {
        return Ok(vec![Format::Html]);
    }
    if matches!(resource, Resource::Query(_)) {
        let rows = Format::ROWS.into_iter();
        return Ok(rows.chain([Format::Html]).chain(Format::RDF).collect());
    }
    let is_table = table::Kind::of(snapshot, resource)?.is_some();
    let table = Format::TABLE.into_iter().filter(|_| is_table);
    let mut graphs = Format::RDF;
    if matches!(resource, Resource::Catalog(_)) {
        // Harvesters that say nothing expect RDF/XML of a catalogue.
        graphs.sort_by_key(|format| *format != Format::RdfXml);
    }
    if matches!(resource, Resource::Catalog(Some(_))) {
        return Ok(graphs.into());
    }
    let formats = graphs.into_iter().chain(table);
    Ok(formats.chain([Format::Html]).collect())
}

/// A resource in one form.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The bytes; the same for the same snapshot.
    pub bytes: Vec<u8>,
    /// The day on which the data shown last changed, `YYYY-MM-DD`, as the data say.
    pub modified: Option<String>,
}

/// A resource in a format. The language matters for pages only.
///
/// # Errors
/// Always our fault; a format that is not among the resource's [`offers`] too.
pub fn render(
    snapshot: &Snapshot,
    resource: &Resource,
    format: Format,
    language: Language,
) -> Result<Rendered, Error> {
    if let Resource::Comparison(asked) = resource {
        return of_a_comparison(snapshot, asked, format, language);
    }
    if resource.is_of_the_catalogue() {
        return of_the_catalogue(snapshot, resource, format, language);
    }
    let description = describe(snapshot, resource)?;
    let modified = description.modified(snapshot)?;
    let bytes = match format {
        Format::Html => {
            let day = modified.clone();
            page::page(snapshot, resource, &description, day, language)?.into_bytes()
        }
        Format::Csv => {
            let kind = table::Kind::of(snapshot, resource)?.ok_or(Error::NoSuchForm)?;
            kind.csv(snapshot)?
        }
        Format::Xlsx => {
            let kind = table::Kind::of(snapshot, resource)?.ok_or(Error::NoSuchForm)?;
            kind.workbook(snapshot)?
        }
        // The rules are read in the file they stand in, with its order and its comments.
        Format::Turtle if *resource == Resource::Shapes => vocab::SHAPES.into(),
        _ => data(snapshot, &description, format)?,
    };
    Ok(Rendered { bytes, modified })
}

/// A comparison, in a format.
fn of_a_comparison(
    snapshot: &Snapshot,
    asked: &comparison::Asked,
    format: Format,
    language: Language,
) -> Result<Rendered, Error> {
    let made = comparison::Made::of(snapshot, asked)?;
    let table = || table::Kind::Comparison(Box::new(asked.clone()));
    let bytes = match format {
        Format::Html => page::compare::page(snapshot, &made, language)?.into_bytes(),
        Format::Csv => table().csv(snapshot)?,
        Format::Xlsx => table().workbook(snapshot)?,
        _ => {
            let description = Description {
                iri: snapshot.base().node(&made.cited(snapshot).address()),
                graph: comparison::graph(snapshot, &made)?,
                named_graph: false,
                whole: true,
            };
            data(snapshot, &description, format)?
        }
    };
    Ok(Rendered {
        bytes,
        modified: comparison::modified(snapshot, &made),
    })
}

/// The catalogue or something in it, in a format.
fn of_the_catalogue(
    snapshot: &Snapshot,
    resource: &Resource,
    format: Format,
    language: Language,
) -> Result<Rendered, Error> {
    let path = match resource {
        Resource::Catalogued(path) => Some(path.as_str()),
        _ => None,
    };
    let modified = catalog::modified(snapshot, path)?;
    let bytes = match (format, resource, path) {
        (Format::Html, ..) => {
            let day = modified.clone();
            page::catalog::page(snapshot, resource, day, language)?.into_bytes()
        }
        (_, Resource::Catalog(page), _) => catalog::data(snapshot, *page, format)?,
        (_, _, Some(path)) => catalog::data_about(snapshot, path, format)?,
        (_, _, None) => return Err(Error::NoSuchForm),
    };
    Ok(Rendered { bytes, modified })
}

/// The bytes of a description in a format that holds a graph.
pub fn data(
    snapshot: &Snapshot,
    description: &Description,
    format: Format,
) -> Result<Vec<u8>, Error> {
    let Some(syntax) = format.rdf_format() else {
        return Err(Error::NoSuchForm);
    };
    match format {
        Format::JsonLd => {
            let tree = jsonld::document(snapshot, description)?;
            let mut bytes = serde_json::to_vec_pretty(&tree).map_err(io::Error::from)?;
            bytes.push(b'\n');
            Ok(bytes)
        }
        _ if format.has_graphs() => {
            let layers = description.layers(snapshot)?;
            let graphs: Vec<(GraphName, &Graph)> = layers
                .iter()
                .map(|(name, graph)| (name.clone(), graph))
                .collect();
            Ok(serialize::graphs(&graphs, syntax)?)
        }
        _ => {
            let graphs = [(GraphName::DefaultGraph, &description.graph)];
            Ok(serialize::graphs(&graphs, syntax)?)
        }
    }
}

/// The day on which the data shown of a resource last changed, `YYYY-MM-DD`, as the data say.
pub fn modified(snapshot: &Snapshot, resource: &Resource) -> Result<Option<String>, Error> {
    if let Resource::Comparison(asked) = resource {
        let made = comparison::Made::of(snapshot, asked)?;
        return Ok(comparison::modified(snapshot, &made));
    }
    describe(snapshot, resource)?.modified(snapshot)
}
