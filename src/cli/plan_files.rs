//! What commands about one plan read of a data folder.

use oxrdf::Graph;

use crate::import::value::Directory;
use crate::model::{Date, Layer, Plan, PlanId};
use crate::rdf::{self, Base, LayeredGraph, parse};
use crate::store::Folder;

/// The organisations of the reference data.
pub(super) fn directory(folder: &Folder, base: &Base) -> Directory {
    let graphs: Vec<Graph> = folder
        .reference()
        .iter()
        .map(|(file, bytes)| parse::turtle(bytes, base, file).0)
        .collect();
    Directory::new(&graphs, base)
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
