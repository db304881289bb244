//! The reference data and the vocabulary that come with the program.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use oxrdf::{Graph, NamedNode};

use super::Error;
use crate::rdf::{Base, parse};
use crate::vocab;

static REFERENCE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/reference");

/// `data/catalog.ttl`: who runs an instance, to be changed by whoever does.
pub const CATALOG: &str = include_str!("../../data/catalog.ttl");

/// The files of `data/reference/`, by their path below the data folder.
pub fn reference() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(&REFERENCE, &mut files);
    files
}

fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        // Addresses have forward slashes on every system.
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(format!("reference/{path}"), file.contents().to_vec());
    }
    for dir in dir.dirs() {
        collect(dir, files);
    }
}

/// Ontology, status scheme and role scheme, each with the IRI of its graph.
pub fn vocabulary() -> Result<Vec<(NamedNode, Graph)>, Error> {
    [
        (vocab::ONTOLOGY_IRI, vocab::ONTOLOGY, "vocab/ontology.ttl"),
        (vocab::STATUS_IRI, vocab::STATUS, "vocab/status.ttl"),
        (vocab::ROLE_IRI, vocab::ROLE, "vocab/role.ttl"),
    ]
    .into_iter()
    .map(|(iri, text, file)| {
        let (graph, findings) = parse::turtle(text.as_bytes(), &Base::default(), file);
        match findings.first() {
            Some(finding) => Err(Error::BuiltIn(finding.to_string())),
            None => Ok((NamedNode::new_unchecked(iri), graph)),
        }
    })
    .collect()
}
