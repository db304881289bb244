//! The kinds of addresses that the data fill with names, and an example of each that is there.

use std::collections::BTreeMap;

use oxrdf::{GraphNameRef, NamedOrBlankNode};

use super::template::{Place, Takes, Template};
use super::{CATALOGUE, FRAMEWORKS, ORGANISATIONS, PLANS, VOCABULARY};
use crate::store::Snapshot;
use crate::views::describe::path_of;
use crate::views::{catalog, comparison};
use crate::vocab::rdf;

/// A kind of address that the data fill with names.
pub(super) struct Shape {
    path: &'static str,
    /// What it belongs to.
    pub(super) tag: &'static str,
    /// What is there.
    pub(super) summary: &'static str,
}

const fn shape(path: &'static str, tag: &'static str, summary: &'static str) -> Shape {
    Shape { path, tag, summary }
}

/// The kinds of addresses, each with as many parts as its path.
const SHAPES: [Shape; 21] = [
    shape(
        "plan/{id}",
        PLANS,
        "A plan with everything in it; as a table, its activities.",
    ),
    shape(
        "plan/{id}/{part}",
        PLANS,
        "One layer of a plan's description, or what a plan has one of.",
    ),
    shape(
        "plan/{id}/{part}/{key}",
        PLANS,
        "A part of a plan, with what belongs to it.",
    ),
    shape(
        "plan/{id}/{part}/{key}/{detail}",
        PLANS,
        "What a part of a plan has one of.",
    ),
    shape(
        "plan/{id}/{part}/{key}/{detail}/{name}",
        PLANS,
        "What a part of a plan has several of.",
    ),
    shape(
        "framework/{id}",
        FRAMEWORKS,
        "A framework with its goals; as a table, its goals.",
    ),
    shape(
        "framework/{id}/goal/{key}",
        FRAMEWORKS,
        "A goal of a framework.",
    ),
    shape(
        "compare/{id}",
        FRAMEWORKS,
        "Plans beside the goals of a framework; as a table, the activities behind each number.",
    ),
    shape(
        "mapping/{key}",
        VOCABULARY,
        "Which goal or word corresponds to which, with who says so and why.",
    ),
    shape(
        "status-word/{key}",
        VOCABULARY,
        "A word that documents use for a status.",
    ),
    shape("organisation/{id}", ORGANISATIONS, "An organisation."),
    shape(
        "status/{status}",
        VOCABULARY,
        "A status that an activity can have.",
    ),
    shape("role/{role}", VOCABULARY, "A role that somebody can have."),
    shape(
        "reference/{key}",
        VOCABULARY,
        "A file of the reference data, as a named graph.",
    ),
    shape(
        "reference/{folder}/{key}",
        VOCABULARY,
        "A file in a folder of the reference data, as a named graph.",
    ),
    shape("dataset/{id}", CATALOGUE, "The dataset of a plan."),
    shape(
        "dataset/{id}/{form}",
        CATALOGUE,
        "A way to get a plan's dataset.",
    ),
    shape(
        "series/{key}",
        CATALOGUE,
        "A series of datasets: the editions of a plan.",
    ),
    shape(
        "catalog/{item}",
        CATALOGUE,
        "Something else that the catalogue describes.",
    ),
    shape(
        "catalog/service/{service}",
        CATALOGUE,
        "A service that the catalogue lists.",
    ),
    shape(
        "catalog/{item}/{form}",
        CATALOGUE,
        "A way to get a dataset.",
    ),
];

/// The places of the shapes: what fills them, and whether all that can is known.
const PLACES: [(&str, &str, bool); 11] = [
    ("id", "Its id.", false),
    ("key", "Its key, as what it belongs to has it.", false),
    ("name", "Its name, as what it belongs to has it.", false),
    ("part", "Which layer or kind of part.", true),
    (
        "detail",
        "Which of the things that belong to the part.",
        true,
    ),
    ("folder", "Which folder.", true),
    ("form", "Which form, or which service.", true),
    ("item", "What it is.", true),
    ("service", "Which service.", true),
    ("status", "Which status.", true),
    ("role", "Which role.", true),
];

/// The kinds of addresses that there are, with the paths of some: one for each way to fill the
/// places of which all is known.
pub(super) fn found(snapshot: &Snapshot) -> Vec<(&'static Shape, Vec<String>)> {
    let mut found = Found::default();
    let typed = snapshot
        .index()
        .matching(None, Some(rdf::TYPE), None, GraphNameRef::DefaultGraph);
    for triple in typed {
        if let NamedOrBlankNode::NamedNode(node) = &triple.subject {
            found.take(snapshot, node.as_str());
        }
    }
    for graph in snapshot.graphs() {
        found.take(snapshot, graph.as_str());
    }
    // A comparison is no node of the data: it is made of them.
    // Without the reference data, or a catalogue, the rest is still there.
    let reference = snapshot.reference();
    for framework in reference.iter().flat_map(|known| known.frameworks.values()) {
        let path = format!("{}/{}", comparison::COMPARE, framework.id);
        if matches!(comparison::at(snapshot, &path), Ok(Some(_))) {
            found.take(snapshot, snapshot.base().node(&path).as_str());
        }
    }
    if let Ok(catalog) = catalog::catalog(snapshot) {
        for path in catalog.paths(snapshot) {
            found.take(snapshot, snapshot.base().node(&path).as_str());
        }
    }
    let shapes = SHAPES.iter().enumerate();
    let there = shapes.filter_map(|(index, shape)| Some((shape, found.0.remove(&index)?)));
    there
        .map(|(shape, paths)| (shape, paths.into_values().collect()))
        .collect()
}

/// By number of the shape: an address for each way to fill the places of which all is known.
#[derive(Default)]
struct Found(BTreeMap<usize, BTreeMap<Vec<String>, String>>);

impl Found {
    /// Keeps the first address of each way.
    fn take(&mut self, snapshot: &Snapshot, iri: &str) {
        // What has to be written in another way in an address is no example.
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
        let path = path_of(snapshot, iri).filter(|path| path.chars().all(plain));
        let Some(path) = path.filter(|_| snapshot.withdrawn(iri).is_none()) else {
            return;
        };
        let fitting = |(index, shape): (usize, &'static Shape)| Some((index, shape.filled(&path)?));
        let Some((index, filled)) = SHAPES.iter().enumerate().find_map(fitting) else {
            return;
        };
        let way = filled.into_iter().filter(|(name, _)| all_is_known(name));
        let way: Vec<String> = way.map(|(_, value)| value.to_owned()).collect();
        let kept = self.0.entry(index).or_default().entry(way);
        kept.and_modify(|kept| {
            if path < *kept {
                kept.clone_from(&path);
            }
        })
        .or_insert(path);
    }
}

impl Shape {
    /// The path with its places, filled with these examples.
    pub(super) fn template(&self, examples: &[String]) -> Template {
        Template::new(self.path, places(self, examples))
    }

    /// What stands in its places, in a path of this shape.
    fn filled<'p>(&self, path: &'p str) -> Option<Vec<(&'static str, &'p str)>> {
        let (own, given) = (self.path.split('/'), path.split('/'));
        if own.clone().count() != given.clone().count() {
            return None;
        }
        let mut filled = Vec::new();
        for (own, given) in own.zip(given) {
            match own.strip_prefix('{').and_then(|own| own.strip_suffix('}')) {
                Some(name) => filled.push((name, given)),
                None if own == given => {}
                None => return None,
            }
        }
        Some(filled)
    }
}

fn all_is_known(name: &str) -> bool {
    PLACES.iter().any(|(own, _, known)| *own == name && *known)
}

/// The places of a shape, filled with these examples.
fn places(shape: &Shape, examples: &[String]) -> Vec<Place> {
    let filled: Vec<_> = examples
        .iter()
        .filter_map(|path| shape.filled(path))
        .collect();
    let of = |name: &str| -> Vec<String> {
        let values = filled.iter().flatten().filter(|(own, _)| *own == name);
        values.map(|(_, value)| (*value).to_owned()).collect()
    };
    let named = shape.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        PLACES.iter().find(|(own, ..)| *own == name)
    });
    let place = |(name, what, known): &(&'static str, &'static str, bool)| Place {
        name,
        what,
        takes: if *known {
            Takes::These(of(name))
        } else {
            Takes::Any(of(name))
        },
    };
    named.map(place).collect()
}
