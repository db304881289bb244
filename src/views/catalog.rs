//! The catalogue that portals harvest: DCAT-AP 3.0.1 and DCAT-AP-SE 3.0.1 of one model.
//!
//! [`Catalog::of`] makes the model of a snapshot, [`measure()`] says how large each
//! download is, `graph` writes both as triples in a [`Flavour`]. The two flavours differ in the
//! objects of `dcterms:format` only: DCAT-AP-SE wants the media type as text there, DCAT-AP an IRI
//! of the EU's table of file types.

mod agents;
mod build;
mod described;
mod distributions;
mod graph;
mod licences;
mod measure;
mod model;
pub mod mqa;
mod paging;
mod series;
mod words;

use std::sync::Arc;

use oxigraph::io::RdfFormat;
use oxrdf::{Graph, GraphName, GraphNameRef};

use super::Error;
use crate::model::PlanId;
use crate::rdf::{Format, serialize};
use crate::store::Snapshot;
pub use measure::{Sizes, measure};
pub use model::{Agent, Catalog, Dataset, Distribution, Holds, Series, Service, Source, name_of};
use model::{Contact, Licence};
pub use paging::Page;

/// The path of the catalogue.
pub const CATALOG: &str = "catalog";

/// Where DCAT-AP-SE is served, as dataportal.se expects it.
pub const DCAT_SE: &str = "datasets/dcat";

/// The page that shows what harvesters will make of the catalogue.
pub const PREVIEW: &str = "catalog/preview";

/// Which profile a catalogue is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// DCAT-AP 3.0.1.
    Eu,
    /// DCAT-AP-SE 3.0.1.
    Se,
}

/// The catalogue of a snapshot, made when first asked for.
///
/// # Errors
/// Where the description of the catalogue is refused, or no plan at all can be served: a portal
/// that reads an empty catalogue deletes what it has.
pub fn catalog(snapshot: &Snapshot) -> Result<Arc<Catalog>, Error> {
    snapshot.once("catalog", || Catalog::of(snapshot))
}

/// The catalogue as a graph.
///
/// # Errors
/// As for [`catalog`], and where a download cannot be made.
pub fn whole(snapshot: &Snapshot, flavour: Flavour) -> Result<Graph, Error> {
    let catalog = catalog(snapshot)?;
    let items = paging::all(&catalog);
    let mut graph = Graph::new();
    let sizes = measure(snapshot)?;
    graph::parts(snapshot, &catalog, &sizes, flavour, &items, |part| {
        graph.extend(part);
        Ok::<(), Error>(())
    })?;
    Ok(graph)
}

/// The prefixes of which a catalogue uses a name.
const PREFIXES: [&str; 9] = [
    "dcat", "dcatap", "dcterms", "foaf", "hydra", "rdfs", "skos", "vcard", "xsd",
];

/// The catalogue, or one page of it at an address to which `?page=` can be added, in a syntax.
fn written(
    snapshot: &Snapshot,
    flavour: Flavour,
    page: Option<(Page, &str)>,
    syntax: RdfFormat,
) -> Result<Vec<u8>, Error> {
    let catalog = catalog(snapshot)?;
    let items = match page {
        None => paging::all(&catalog),
        Some((page, _)) => paging::items(&catalog, page).ok_or(Error::NoSuchForm)?,
    };
    let sizes = measure(snapshot)?;
    let mut stream = serialize::Stream::begin_with(syntax, &PREFIXES, Vec::new())?;
    let mut write = |part: &Graph| stream.graph(GraphNameRef::DefaultGraph, part);
    if let Some((page, address)) = page {
        write(&paging::links(snapshot, &catalog, page, address))?;
    }
    graph::parts(snapshot, &catalog, &sizes, flavour, &items, write)?;
    Ok(stream.finish()?)
}

/// The catalogue, whole or a page of it, in a format that holds a graph.
///
/// # Errors
/// As for [`whole`]; also where there is no such page.
pub fn data(snapshot: &Snapshot, of: Option<Page>, format: Format) -> Result<Vec<u8>, Error> {
    let syntax = format.rdf_format().ok_or(Error::NoSuchForm)?;
    let stem = snapshot.base().node(CATALOG);
    let address = format!("{}.{}", stem.as_str(), format.suffix());
    let page = of.map(|page| (page, address.as_str()));
    written(snapshot, Flavour::Eu, page, syntax)
}

/// What the catalogue says of one thing in it, in a format that holds a graph. Its JSON-LD needs
/// no context, so a harvester need not fetch one.
///
/// # Errors
/// As for [`whole`].
pub fn data_about(snapshot: &Snapshot, path: &str, format: Format) -> Result<Vec<u8>, Error> {
    let syntax = format.rdf_format().ok_or(Error::NoSuchForm)?;
    let graph = about(snapshot, path)?;
    Ok(serialize::graphs(
        &[(GraphName::DefaultGraph, &graph)],
        syntax,
    )?)
}

/// The day on which the catalogue, or the thing in it at a path, last changed.
///
/// # Errors
/// As for [`catalog`].
pub fn modified(snapshot: &Snapshot, path: Option<&str>) -> Result<Option<String>, Error> {
    let catalog = catalog(snapshot)?;
    Ok(match path {
        Some(path) => modified_of(&catalog, path),
        None => catalog.modified().map(str::to_owned),
    })
}

/// The catalogue for dataportal.se, whole or a page of it: RDF/XML in the flavour of DCAT-AP-SE.
///
/// # Errors
/// As for [`whole`]; also where there is no such page.
pub fn for_dataportal(snapshot: &Snapshot, of: Option<Page>) -> Result<Vec<u8>, Error> {
    let address = snapshot.base().node(DCAT_SE);
    let page = of.map(|page| (page, address.as_str()));
    written(snapshot, Flavour::Se, page, RdfFormat::RdfXml)
}

/// The SHA-256 of every plan's canonical form (RDFC-1.0), a line each, as `sha256sum` reads it.
///
/// # Errors
/// As for [`whole`].
pub fn checksums(snapshot: &Snapshot) -> Result<String, Error> {
    let sizes = measure(snapshot)?;
    let lines = sizes
        .editions()
        .iter()
        .map(|(id, edition)| format!("{}  plan/{id}.c14n.nq\n", edition.canonical));
    Ok(lines.collect())
}

/// Whether the catalogue has a page.
///
/// # Errors
/// As for [`catalog`].
pub fn has_page(snapshot: &Snapshot, page: Page) -> Result<bool, Error> {
    Ok(page.is_in(&*catalog(snapshot)?))
}

/// The day on which something of the catalogue last changed.
fn modified_of(catalog: &Catalog, path: &str) -> Option<String> {
    if let Some((dataset, _)) = catalog.dataset_of(path) {
        return dataset.modified.clone();
    }
    if let Some(series) = catalog.series.get(path) {
        let members = series.members.iter();
        let days = members.filter_map(|path| catalog.datasets.get(path)?.modified.clone());
        return days.max();
    }
    catalog.modified.clone()
}

/// Whether something of the catalogue has an address of its own at that path.
///
/// # Errors
/// As for [`catalog`].
pub fn has(snapshot: &Snapshot, path: &str) -> Result<bool, Error> {
    let ours = ["dataset/", "series/", "catalog/"];
    if !ours.iter().any(|folder| path.starts_with(folder)) {
        return Ok(false);
    }
    let catalog = catalog(snapshot)?;
    match catalog.dataset_of(path) {
        Some((_, None)) => return Ok(true),
        Some((dataset, Some(key))) => {
            return Ok(dataset.distributions.iter().any(|own| own.key == key));
        }
        None => {}
    }
    if catalog.series.contains_key(path) || catalog.services.contains_key(path) {
        return Ok(true);
    }
    let iri = snapshot.base().node(path);
    let licences = catalog.licences.iter().any(|licence| licence.iri == iri);
    Ok(licences || catalog.contact.iri == iri || path == VOCABULARY)
}

/// The path of the standard that our data conform to.
pub(super) const VOCABULARY: &str = "catalog/vocabulary";

/// What the catalogue says of one thing in it and of what belongs to that.
///
/// # Errors
/// As for [`whole`].
pub fn about(snapshot: &Snapshot, path: &str) -> Result<Graph, Error> {
    let catalog = catalog(snapshot)?;
    graph::about(snapshot, &catalog, path)
}

/// The path of the dataset that a file for download belongs to.
pub fn dataset_of_download(content: super::download::Content) -> &'static str {
    use super::download::Content;

    match content {
        Content::Plans | Content::Everything => build::ALL_PLANS,
        Content::Frameworks => build::FRAMEWORKS,
    }
}

/// The path of a plan's dataset.
pub fn dataset_path(plan: &PlanId) -> String {
    format!("dataset/{plan}")
}
