//! What commands about one plan read of a data folder.

use std::collections::BTreeMap;

use oxrdf::{Graph, NamedOrBlankNodeRef, TermRef};

use crate::import::value::Directory;
use crate::model::{Date, Iri, Layer, Plan, PlanId};
use crate::rdf::{self, Base, LayeredGraph, parse};
use crate::store::Folder;
use crate::vocab::skos;

/// The organisations of the reference data.
pub(super) fn directory(folder: &Folder, base: &Base) -> Directory {
    let graphs: Vec<Graph> = folder
        .reference()
        .iter()
        .map(|(file, bytes)| parse::turtle(bytes, base, file).0)
        .collect();
    Directory::new(&graphs, base)
}

/// The names of the frameworks and goals of the reference data: in Swedish, and of those without a
/// name in Swedish the working name.
pub(super) fn goal_names(folder: &Folder, base: &Base) -> BTreeMap<Iri, String> {
    let mut names = BTreeMap::new();
    for (file, bytes) in folder.reference() {
        let graph = parse::turtle(&bytes, base, &file).0;
        for property in [skos::PREF_LABEL, skos::ALT_LABEL] {
            for triple in graph.triples_for_predicate(property) {
                let (NamedOrBlankNodeRef::NamedNode(node), TermRef::Literal(label)) =
                    (triple.subject, triple.object)
                else {
                    continue;
                };
                let swedish = label.language() == Some("sv");
                if let Some(iri) = Iri::parse(node.as_str()).filter(|_| swedish) {
                    names.entry(iri).or_insert_with(|| label.value().to_owned());
                }
            }
        }
    }
    names
}

/// A plan that the folder has: its graphs and what they say. `None` where there is none, or a
/// file of it cannot be read.
pub(super) fn plan(folder: &Folder, base: &Base, id: &PlanId) -> Option<(LayeredGraph, Plan)> {
    let plans = folder.plans();
    let files = plans.get(id.as_str())?;
    let mut graph = LayeredGraph::new(base.plan(id));
    for layer in Layer::ALL {
        let name = format!("{}.ttl", layer.key());
        if let Some(bytes) = files.get(name.as_str()) {
            let (triples, findings) = parse::turtle(bytes, base, &name);
            if !findings.is_empty() {
                return None;
            }
            graph.extend(&triples, layer);
        }
    }
    let (plan, uncarried) = rdf::read(&graph);
    uncarried.is_empty().then_some((graph, plan))
}

/// The day it is (UTC).
pub(super) fn today() -> anyhow::Result<Date> {
    let now = time::OffsetDateTime::now_utc();
    u16::try_from(now.year())
        .ok()
        .and_then(|year| Date::new(year, now.month().into(), now.day()))
        .ok_or_else(|| anyhow::anyhow!("the clock of this machine shows no year from 1 to 9999"))
}
