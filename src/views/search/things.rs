//! What can be found that is no part of a plan: goals, frameworks, organisations.

use oxrdf::{NamedNode, NamedNodeRef};

use crate::model::Text;
use crate::search::{Kind, Thing};
use crate::store::Snapshot;
use crate::views::Error;
use crate::vocab::{dcterms, foaf, plan, rdf, rdfs, skos};

/// One kind of thing: its class, and which properties hold its texts.
struct Shape {
    kind: Kind,
    class: NamedNodeRef<'static>,
    title: &'static [NamedNodeRef<'static>],
    other: &'static [NamedNodeRef<'static>],
    description: &'static [NamedNodeRef<'static>],
}

const SHAPES: [Shape; 3] = [
    Shape {
        kind: Kind::Goal,
        class: plan::GOAL,
        title: &[skos::PREF_LABEL],
        other: &[skos::ALT_LABEL, skos::NOTATION],
        description: &[skos::DEFINITION, skos::SCOPE_NOTE, dcterms::DESCRIPTION],
    },
    Shape {
        kind: Kind::Framework,
        class: plan::FRAMEWORK,
        title: &[skos::PREF_LABEL],
        other: &[skos::ALT_LABEL],
        description: &[dcterms::DESCRIPTION, rdfs::COMMENT],
    },
    Shape {
        kind: Kind::Organisation,
        class: foaf::AGENT,
        title: &[foaf::NAME],
        other: &[skos::ALT_LABEL],
        description: &[dcterms::DESCRIPTION, rdfs::COMMENT],
    },
];

/// All of them, in the order of their kinds and addresses.
pub(super) fn all(snapshot: &Snapshot) -> Result<Vec<Thing>, Error> {
    let mut things = Vec::new();
    for shape in &SHAPES {
        for node in snapshot.referring(rdf::TYPE, shape.class)? {
            // What was taken back has an address that says so, and is not to be found.
            if snapshot.withdrawn(node.as_str()).is_some() {
                continue;
            }
            things.push(thing(snapshot, shape, &node)?);
        }
    }
    Ok(things)
}

fn thing(snapshot: &Snapshot, shape: &Shape, node: &NamedNode) -> Result<Thing, Error> {
    let texts = |properties: &[NamedNodeRef<'_>]| -> Result<Vec<Text>, Error> {
        let mut texts = Vec::new();
        for property in properties {
            let literals = snapshot.literals(node.as_ref(), *property)?.into_iter();
            texts.extend(literals.map(|literal| Text {
                language: literal.language().unwrap_or_default().to_owned(),
                text: literal.value().to_owned(),
            }));
        }
        Ok(texts)
    };
    let within = snapshot.nodes(node.as_ref(), skos::IN_SCHEME)?;
    let places = snapshot.nodes(node.as_ref(), dcterms::SPATIAL)?.into_iter();
    Ok(Thing {
        iri: node.as_str().to_owned(),
        kind: shape.kind,
        within: within.into_iter().next().map(NamedNode::into_string),
        title: texts(shape.title)?,
        other: texts(shape.other)?,
        description: texts(shape.description)?,
        regions: places.map(NamedNode::into_string).collect(),
    })
}
