//! What `catalog.ttl` says of the catalogue, its publisher and its contact.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedNodeRef, Term, Triple};
use uuid::Uuid;

use super::agents::agent;
use super::{Agent, CATALOG, Contact, words};
use crate::store::Snapshot;
use crate::views::Error;
use crate::vocab::{dcat, dcterms, rdf, vcard};

/// What `catalog.ttl` says.
pub(super) struct Described {
    pub(super) said: Vec<(NamedNode, Term)>,
    pub(super) publisher: Agent,
    pub(super) contact: Contact,
    pub(super) keywords: Vec<(String, &'static str)>,
    pub(super) issued: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) namespace: Uuid,
}

impl Described {
    pub(super) fn read(snapshot: &Snapshot) -> Result<Self, Error> {
        let node = snapshot.base().node(CATALOG);
        let about = snapshot.about(node.as_ref())?;
        let first = |property: NamedNodeRef<'_>| {
            let mut found = about.iter().filter(|triple| triple.predicate == property);
            found.next().map(|triple| triple.object.clone())
        };
        let (Some(Term::NamedNode(publisher)), Some(Term::NamedNode(contact))) =
            (first(dcterms::PUBLISHER), first(dcat::CONTACT_POINT))
        else {
            return Err(Error::NoCatalogue(
                "catalog.ttl is refused, or names no publisher or contact; `samplan check` says what is wrong",
            ));
        };
        let text = |property| match first(property) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        };
        let publisher = agent(snapshot, publisher.as_ref())?;
        if publisher.names.is_empty() || publisher.kind.is_none() {
            return Err(Error::NoCatalogue(
                "the publisher that catalog.ttl names is not described, or its file is refused; `samplan check` says what is wrong",
            ));
        }
        let uuid = text(dcterms::IDENTIFIER).and_then(|uuid| Uuid::parse_str(&uuid).ok());
        // Without one of its own, an instance is known by its address.
        let namespace =
            uuid.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, node.as_str().as_bytes()));
        Ok(Self {
            publisher,
            contact: Contact {
                said: said(snapshot, contact.as_ref(), OF_CONTACT)?,
                iri: contact,
            },
            keywords: keywords(&about),
            issued: text(dcterms::ISSUED),
            modified: text(dcterms::MODIFIED),
            namespace,
            said: said(snapshot, node.as_ref(), OF_CATALOG)?,
        })
    }
}

/// What is taken over of what `catalog.ttl` says of the catalogue.
const OF_CATALOG: &[NamedNodeRef<'static>] = &[
    dcterms::TITLE,
    dcterms::DESCRIPTION,
    dcterms::LANGUAGE,
    dcterms::LICENSE,
    dcterms::SPATIAL,
    dcterms::ISSUED,
];

/// What is taken over of what it says of the contact.
const OF_CONTACT: &[NamedNodeRef<'static>] =
    &[rdf::TYPE, vcard::FN, vcard::HAS_EMAIL, vcard::HAS_URL];

fn said(
    snapshot: &Snapshot,
    node: NamedNodeRef<'_>,
    properties: &[NamedNodeRef<'static>],
) -> Result<Vec<(NamedNode, Term)>, Error> {
    let mut said = Vec::new();
    for property in properties {
        let objects = snapshot.objects(node, *property)?;
        said.extend(
            objects
                .into_iter()
                .map(|object| (property.into_owned(), object)),
        );
    }
    Ok(said)
}

/// The keywords of the instance, for each of its datasets.
fn keywords(about: &[Triple]) -> Vec<(String, &'static str)> {
    let own = about.iter().filter_map(|triple| match &triple.object {
        Term::Literal(literal) if triple.predicate == dcat::KEYWORD => {
            let language = if literal.language() == Some("en") {
                "en"
            } else {
                "sv"
            };
            Some((literal.value().to_lowercase(), language))
        }
        _ => None,
    });
    let all: BTreeSet<_> = words::keywords().chain(own).collect();
    all.into_iter().collect()
}
