//! The endpoint's description of itself: the service (SPARQL 1.1 Service Description), what its
//! data hold (`VoID`), its prefixes and its published queries (SHACL), for editors, federating
//! engines and other programs that read such descriptions before they ask.
//!
//! The descriptions are about the data and not in them: a query sees the plans, not the counts
//! of them.

mod limits;
pub mod openapi;
mod queries;
mod void;

use oxrdf::{Graph, Literal};

use super::Error;
use super::writer::{Writer, both, iri};
use crate::rdf::Format;
use crate::sparql::{Bounds, NamedQuery, named};
use crate::store::Snapshot;
use crate::vocab::{self, dcterms, rdf, sd, sh, xsd};
pub use void::{graph_fragment, void};

/// The path of the endpoint.
pub const SPARQL: &str = "sparql";

/// The path of what the data hold.
pub const VOID: &str = ".well-known/void";

/// The path of the published queries.
pub const QUERIES: &str = "query";

/// The service: what it speaks, its limits, its data in brief, its prefixes and queries.
pub fn service(snapshot: &Snapshot, bounds: Bounds) -> Result<Graph, Error> {
    let mut graph = Graph::new();
    let mut out = Writer::new(snapshot, &mut graph);
    let service = out.node(SPARQL);
    out.link(&service, rdf::TYPE, sd::SERVICE);
    out.link(&service, sd::ENDPOINT, &service);
    out.link(&service, sd::SUPPORTED_LANGUAGE, sd::SPARQL_11_QUERY);
    for format in Format::ROWS.iter().chain(&Format::RDF) {
        if let Some(name) = format.iri() {
            out.link(&service, sd::RESULT_FORMAT, &iri(name));
        }
    }
    out.words(
        &service,
        dcterms::TITLE,
        both("Samplans SPARQL-tjänst", "The SPARQL endpoint of Samplan"),
    );
    out.words(
        &service,
        dcterms::DESCRIPTION,
        both(
            "Frågor till offentliga handlingsplaner, ramverk och organisationer. Bara läsning. Standardgrafen är alla grafer utom förslag (suggested), hopslagna som en mängd.",
            "Queries of public action plans, frameworks and organisations. Read-only. The default graph is the merge, as a set, of all graphs but suggestions (suggested).",
        ),
    );
    limits::limits(&mut out, bounds);
    prefixes(&mut out);
    let data = out.node(&format!("{VOID}#data"));
    out.link(&service, sd::DEFAULT_DATASET, &data);
    void::dataset(&mut out, &*snapshot.statistics()?, void::Depth::Default);
    for query in published()? {
        queries::query(&mut out, query);
    }
    Ok(graph)
}

/// The published queries, as a list.
pub fn all_queries(snapshot: &Snapshot) -> Result<Graph, Error> {
    let mut graph = Graph::new();
    let mut out = Writer::new(snapshot, &mut graph);
    prefixes(&mut out);
    for query in published()? {
        queries::query(&mut out, query);
    }
    Ok(graph)
}

/// One published query.
pub fn one_query(snapshot: &Snapshot, name: &str) -> Result<Graph, Error> {
    let mut graph = Graph::new();
    let mut out = Writer::new(snapshot, &mut graph);
    for query in published()?.iter().filter(|query| query.name == name) {
        queries::query(&mut out, query);
    }
    Ok(graph)
}

/// The published queries.
pub fn published() -> Result<&'static [NamedQuery], Error> {
    named::all().map_err(|broken| Error::Vocabulary(broken.to_string()))
}

/// The prefixes that our data use, declared as SHACL does (section 5.2.1).
fn prefixes(out: &mut Writer<'_>) {
    let service = out.node(SPARQL);
    for (prefix, namespace) in vocab::PREFIXES {
        let declaration = out.node(&format!("{SPARQL}#prefix-{prefix}"));
        out.link(&service, sh::DECLARE, &declaration);
        out.link(&declaration, rdf::TYPE, sh::PREFIX_DECLARATION);
        out.value(
            &declaration,
            sh::PREFIX,
            Literal::new_simple_literal(*prefix),
        );
        let namespace = Literal::new_typed_literal(*namespace, xsd::ANY_URI);
        out.value(&declaration, sh::NAMESPACE, namespace);
    }
}
