//! What is served at one time, and how it is read.
//!
//! Everything that reads goes through this type, so that what lies behind it can be replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oxigraph::model::{
    Graph, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef,
    Triple,
};

use super::Error;
use super::index::{self, Index};
use super::memo::Memo;
use super::statistics::{self, Statistics};
use crate::model::{Layer, Plan, PlanId};
use crate::rdf::{Base, LayeredGraph, base::layer_graph, canonical};
use crate::validate::CheckedGraph;
use crate::vocab::{adms, adms_status, dcterms};

/// A plan that is served.
#[derive(Clone, Debug)]
pub struct PlanEntry {
    /// The plan.
    pub plan: Arc<Plan>,
    /// Its IRI.
    pub iri: NamedNode,
    /// The hash of its canonical form, layers included.
    pub revision: String,
    /// The hash of its files, by which a reload knows that nothing changed.
    pub(super) files: String,
    /// The text that its line ranges count in.
    pub source: Option<Vec<u8>>,
    /// What others have made of it; it stays for as long as neither the plan nor the reference data
    /// change, from one snapshot to the next.
    pub(super) memo: Memo,
}

impl PlanEntry {
    /// What follows from the plan and the reference data alone, under a name: made when it is first
    /// asked for, and kept for as long as neither changes.
    ///
    /// # Errors
    /// What `make` says; then whoever asks next tries again.
    pub fn once<T: std::any::Any + Send + Sync, E>(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        self.memo.once(name, make)
    }
}

/// A snapshot in the making: takes checked graphs one after the other and keeps none of them,
/// only their quads.
pub(super) struct Builder {
    base: Base,
    index: index::Builder,
    hashes: Vec<String>,
    plans: BTreeMap<PlanId, PlanEntry>,
}

impl Builder {
    /// Takes a graph of the vocabulary.
    pub(super) fn vocabulary(&mut self, name: &NamedNode, graph: &Graph) {
        self.add(name, graph, true);
        let hash = canonical::sha256(canonical::canonical_ntriples(graph));
        self.hashes.push(format!("{} {hash}\n", name.as_str()));
    }

    /// Takes a graph of the reference data.
    pub(super) fn reference(&mut self, name: &NamedNode, graph: &CheckedGraph) {
        self.vocabulary(name, graph.graph());
    }

    /// Takes a plan: each layer by its name, and all but suggestions merged, as a set, in the
    /// default graph.
    pub(super) fn plan(&mut self, id: PlanId, entry: PlanEntry, graph: &LayeredGraph) {
        for (layer, graph) in graph.layers() {
            self.add(
                &layer_graph(entry.iri.as_str(), layer),
                graph,
                layer.is_public(),
            );
        }
        self.plans.insert(id, entry);
    }

    /// Takes a plan over from another snapshot.
    pub(super) fn plan_from(&mut self, id: PlanId, entry: PlanEntry, other: &Snapshot) {
        let graph = other.layers_of(&entry);
        self.plan(id, entry, &graph);
    }

    fn add(&mut self, name: &NamedNode, graph: &Graph, merge: bool) {
        for triple in graph {
            self.index.add(triple.in_graph(name));
            if merge {
                self.index.add(triple.in_graph(GraphNameRef::DefaultGraph));
            }
        }
    }

    /// The snapshot of what was taken, beside these reference files.
    pub(super) fn finish(mut self, reference_hash: String) -> Result<Snapshot, Error> {
        let plans = self.plans.values();
        let of_plans = plans.map(|entry| format!("{} {}\n", entry.iri.as_str(), entry.revision));
        self.hashes.extend(of_plans);
        let mut snapshot = Snapshot {
            base: self.base,
            index: Arc::new(self.index.finish().map_err(Error::Index)?),
            plans: self.plans,
            reference_hash,
            revision: canonical::sha256(self.hashes.concat()),
            withdrawn: BTreeSet::new(),
            memo: Memo::default(),
        };
        let withdrawn = snapshot.referring(adms::STATUS, adms_status::WITHDRAWN)?;
        snapshot.withdrawn = withdrawn.into_iter().collect();
        Ok(snapshot)
    }
}

/// One state of an instance's data; never changes.
#[derive(Clone)]
pub struct Snapshot {
    base: Base,
    index: Arc<Index>,
    plans: BTreeMap<PlanId, PlanEntry>,
    /// The hash of the reference files that the plans were judged beside.
    reference_hash: String,
    revision: String,
    /// What has been taken back: it and everything below its address is gone.
    withdrawn: BTreeSet<NamedNode>,
    /// What others have made of it.
    memo: Memo,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot")
            .field("base", &self.base)
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Begins a snapshot.
    pub(super) fn builder(base: Base) -> Builder {
        Builder {
            base,
            index: index::Builder::default(),
            hashes: Vec::new(),
            plans: BTreeMap::new(),
        }
    }

    /// A snapshot of any quads, without plans and unchecked: for the test cases of standards,
    /// each of which has data of its own. Nothing in the program makes one.
    #[doc(hidden)]
    pub fn unchecked(base: Base, quads: impl IntoIterator<Item = Quad>) -> Result<Self, Error> {
        Ok(Self {
            base,
            index: Arc::new(Index::build(quads).map_err(Error::Index)?),
            plans: BTreeMap::new(),
            reference_hash: String::new(),
            revision: canonical::sha256("unchecked"),
            withdrawn: BTreeSet::new(),
            memo: Memo::default(),
        })
    }

    /// The withdrawn thing that an IRI names or that it lies below, if there is one.
    pub fn withdrawn(&self, iri: &str) -> Option<&NamedNode> {
        self.withdrawn.iter().find(|gone| {
            iri.strip_prefix(gone.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        })
    }

    /// The public address.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The hash of the canonical forms of all graphs.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// The hash of the reference files that the plans were judged beside, by which whoever cites what was made of them names them.
    pub fn reference_revision(&self) -> &str {
        &self.reference_hash
    }

    /// The plans, by id.
    pub fn plans(&self) -> &BTreeMap<PlanId, PlanEntry> {
        &self.plans
    }

    /// The graphs of a plan, suggestions included.
    pub fn layers_of(&self, entry: &PlanEntry) -> LayeredGraph {
        let mut graph = LayeredGraph::new(entry.iri.clone());
        for layer in Layer::ALL {
            let name = layer_graph(entry.iri.as_str(), layer);
            let triples = self.index.matching(None, None, None, name.as_ref().into());
            graph.extend(&triples.collect(), layer);
        }
        graph
    }

    /// The plan whose IRI is or contains this one, with the path below the plan's IRI.
    pub fn plan_of<'a>(&self, iri: &'a str) -> Option<(&PlanEntry, &'a str)> {
        let path = iri
            .strip_prefix(self.base.as_str())?
            .strip_prefix("plan/")?;
        let (id, rest) = path.split_once('/').unwrap_or((path, ""));
        Some((self.plans.get(&PlanId::parse(id)?)?, rest))
    }

    /// Its quads, for the SPARQL endpoint.
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// The default graph's triples about a subject.
    pub fn about(&self, subject: NamedNodeRef<'_>) -> Result<Vec<Triple>, Error> {
        Ok(self.pattern(Some(subject), None, None).collect())
    }

    /// The subjects of the default graph that have a property with that object, in order.
    pub fn referring(
        &self,
        predicate: NamedNodeRef<'_>,
        object: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedNode>, Error> {
        let mut found: Vec<_> = self
            .pattern(None, Some(predicate), Some(object.into()))
            .filter_map(|triple| match triple.subject {
                NamedOrBlankNode::NamedNode(node) => Some(node),
                NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The objects of a subject's property in the default graph, in order.
    pub fn objects(
        &self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Vec<Term>, Error> {
        let mut found: Vec<_> = self
            .pattern(Some(subject), Some(predicate), None)
            .map(|triple| triple.object)
            .collect();
        found.sort_by_cached_key(Term::to_string);
        Ok(found)
    }

    /// The IRIs among the objects of a subject's property in the default graph, in order.
    pub fn nodes(
        &self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedNode>, Error> {
        let objects = self.objects(subject, predicate)?.into_iter();
        Ok(objects
            .filter_map(|object| match object {
                Term::NamedNode(node) => Some(node),
                _ => None,
            })
            .collect())
    }

    /// The literals among them, in order.
    pub fn literals(
        &self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Vec<Literal>, Error> {
        let objects = self.objects(subject, predicate)?.into_iter();
        Ok(objects
            .filter_map(|object| match object {
                Term::Literal(literal) => Some(literal),
                _ => None,
            })
            .collect())
    }

    /// The latest day, `YYYY-MM-DD`, on which one of these graphs was changed, as the data say.
    pub fn modified<'g>(
        &self,
        graphs: impl IntoIterator<Item = &'g NamedNode>,
    ) -> Result<Option<String>, Error> {
        let mut latest: Option<String> = None;
        for graph in graphs {
            let days = self.literals(graph.as_ref(), dcterms::MODIFIED)?;
            latest = latest.max(days.iter().map(|day| day.value().to_owned()).max());
        }
        Ok(latest)
    }

    /// Whether the default graph says anything about a subject.
    pub fn knows(&self, subject: NamedNodeRef<'_>) -> Result<bool, Error> {
        let mut found = self
            .index
            .matching(Some(subject), None, None, GraphNameRef::DefaultGraph);
        Ok(found.next().is_some())
    }

    /// The named graphs that say something about a subject, suggestions left out, with what
    /// they say.
    pub fn layers_about(
        &self,
        subject: NamedNodeRef<'_>,
    ) -> Result<BTreeMap<NamedNode, Vec<Triple>>, Error> {
        let mut layers: BTreeMap<NamedNode, Vec<Triple>> = BTreeMap::new();
        for (name, triple) in self.index.about(subject) {
            if !self.is_suggested(&name) {
                layers.entry(name).or_default().push(triple);
            }
        }
        Ok(layers)
    }

    /// Whether there is a named graph of that name.
    pub fn has_graph(&self, name: NamedNodeRef<'_>) -> Result<bool, Error> {
        Ok(self.index.has_graph(name))
    }

    /// The content of a named graph; `None` where there is no such graph.
    pub fn named_graph(&self, name: NamedNodeRef<'_>) -> Result<Option<Graph>, Error> {
        if !self.has_graph(name)? {
            return Ok(None);
        }
        let triples = self.index.matching(None, None, None, name.into());
        let mut graph = Graph::new();
        for triple in triples {
            graph.insert(&triple);
        }
        Ok(Some(graph))
    }

    /// Whether the catalogue's contact is the address that a new folder comes with.
    pub fn has_placeholder_contact(&self) -> bool {
        let contact = self.base.node("catalog/contact");
        let email = NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasEmail");
        self.objects(contact.as_ref(), email).is_ok_and(|found| {
            found
                .iter()
                .any(|email| email.to_string().contains("@example.org>"))
        })
    }

    /// The number of triples in the default graph.
    pub fn triples(&self) -> usize {
        self.index.triples().len()
    }

    /// What follows from the snapshot alone, under a name: made when it is first asked for, kept
    /// for as long as the snapshot is. Of several who ask at once one makes it.
    ///
    /// # Errors
    /// What `make` says; then whoever asks next tries again.
    pub fn once<T: std::any::Any + Send + Sync, E>(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        self.memo.once(name, make)
    }

    /// The names of the named graphs, in order.
    pub fn graphs(&self) -> Vec<NamedNode> {
        let ids = self.index.graphs().iter();
        let names = ids.filter_map(|id| match self.index.term(*id) {
            Some(Term::NamedNode(name)) => Some(name),
            _ => None,
        });
        names.collect()
    }

    /// What is in every graph, counted.
    pub fn statistics(&self) -> Result<Arc<Statistics>, Error> {
        self.once("statistics", || Ok(statistics::of(&self.index)))
    }

    fn is_suggested(&self, name: &NamedNode) -> bool {
        self.plan_of(name.as_str())
            .is_some_and(|(_, rest)| rest == Layer::Suggested.key())
    }

    fn pattern(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
    ) -> impl Iterator<Item = Triple> {
        let graph = GraphNameRef::DefaultGraph;
        self.index.matching(subject, predicate, object, graph)
    }
}
