//! Which resource an address names, and how much is said of it.
//!
//! A resource is shown with what belongs to it: a plan with its areas, an area with its
//! activities, an activity with its participations, its bullets and its follow-ups. What
//! belongs to what stands once, in the table `NESTS`; the JSON-LD tree follows it too.

use std::collections::BTreeMap;

use oxrdf::{Graph, GraphName, NamedNode, NamedNodeRef, Term, Triple};

use super::{Error, catalog, collection, comparison, service};
use crate::rdf::{Base, Format, canonical, parse};
use crate::sparql::Bounds;
use crate::store::Snapshot;
use crate::vocab::{self, dcterms, foaf, m8g, oa, plan, prov, rdf, skos, spdx};

/// How a node is reached from the one it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// The owner's property points to it.
    Forward,
    /// Its property points to the owner.
    Backward,
}

/// One kind of node that belongs to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nest {
    /// The class of the owner.
    pub(super) owner: NamedNodeRef<'static>,
    /// The term of `vocab/context.jsonld` that holds the nested nodes.
    pub(super) term: &'static str,
    /// The property that connects the two.
    pub(super) property: NamedNodeRef<'static>,
    /// Its direction.
    pub(super) link: Link,
    /// The class of the nested node; any where there is none.
    pub(super) class: Option<NamedNodeRef<'static>>,
    /// A nested node with one of these properties belongs elsewhere.
    pub(super) unless: &'static [NamedNodeRef<'static>],
}

const fn forward(
    owner: NamedNodeRef<'static>,
    term: &'static str,
    property: NamedNodeRef<'static>,
) -> Nest {
    Nest {
        owner,
        term,
        property,
        link: Link::Forward,
        class: None,
        unless: &[],
    }
}

const fn backward(
    owner: NamedNodeRef<'static>,
    term: &'static str,
    property: NamedNodeRef<'static>,
    class: NamedNodeRef<'static>,
) -> Nest {
    Nest {
        owner,
        term,
        property,
        link: Link::Backward,
        class: Some(class),
        unless: &[],
    }
}

/// What belongs to what.
pub(super) const NESTS: &[Nest] = &[
    forward(plan::PLAN, "period", dcterms::TEMPORAL),
    forward(plan::PLAN, "adoption", prov::WAS_GENERATED_BY),
    forward(plan::PLAN, "source", dcterms::SOURCE),
    forward(plan::PLAN, "rights", dcterms::RIGHTS),
    forward(plan::PLAN, "participations", m8g::HAS_PARTICIPATION),
    forward(plan::PLAN, "approaches", plan::APPROACH),
    backward(plan::PLAN, "sections", plan::IN_PLAN, plan::SECTION),
    backward(plan::PLAN, "areas", plan::IN_PLAN, plan::FOCUS_AREA),
    Nest {
        unless: &[plan::FOCUS_AREA_OF, plan::SUB_ACTIVITY_OF],
        ..backward(
            plan::PLAN,
            "activitiesWithoutArea",
            plan::IN_PLAN,
            plan::ACTIVITY,
        )
    },
    backward(plan::PLAN, "footnotes", plan::IN_PLAN, plan::FOOTNOTE),
    backward(plan::PLAN, "named", plan::IN_PLAN, plan::REFERENCE),
    backward(plan::PLAN, "alignments", plan::IN_PLAN, plan::ALIGNMENT),
    backward(plan::PLAN, "layers", plan::IN_PLAN, plan::STATED_GRAPH),
    backward(plan::PLAN, "layers", plan::IN_PLAN, plan::INTERPRETED_GRAPH),
    backward(plan::PLAN, "layers", plan::IN_PLAN, plan::EDITORIAL_GRAPH),
    backward(
        plan::FOCUS_AREA,
        "activities",
        plan::FOCUS_AREA_OF,
        plan::ACTIVITY,
    ),
    forward(plan::ACTIVITY, "period", dcterms::TEMPORAL),
    forward(plan::ACTIVITY, "participations", m8g::HAS_PARTICIPATION),
    backward(
        plan::ACTIVITY,
        "subActivities",
        plan::SUB_ACTIVITY_OF,
        plan::ACTIVITY,
    ),
    backward(
        plan::ACTIVITY,
        "followUps",
        plan::FOLLOW_UP_OF,
        plan::FOLLOW_UP,
    ),
    forward(plan::ALIGNMENT, "quotes", oa::HAS_TARGET),
    forward(oa::SPECIFIC_RESOURCE, "selector", oa::HAS_SELECTOR),
    forward(foaf::DOCUMENT, "checksum", spdx::CHECKSUM),
    Nest {
        unless: &[skos::BROADER],
        ..backward(plan::FRAMEWORK, "goals", skos::IN_SCHEME, plan::GOAL)
    },
    backward(plan::GOAL, "subGoals", skos::BROADER, plan::GOAL),
    Nest {
        unless: &[skos::BROADER],
        ..backward(
            skos::CONCEPT_SCHEME,
            "concepts",
            skos::IN_SCHEME,
            skos::CONCEPT,
        )
    },
    backward(skos::CONCEPT, "narrower", skos::BROADER, skos::CONCEPT),
];

/// Lists whose members always stand in the JSON-LD of a class, empty or not, so that its
/// shape is the same for every plan.
pub(super) const ALWAYS: &[(NamedNodeRef<'static>, &[&str])] = &[
    (
        plan::PLAN,
        &[
            "participations",
            "approaches",
            "sections",
            "areas",
            "activitiesWithoutArea",
            "footnotes",
            "named",
            "alignments",
            "layers",
        ],
    ),
    (plan::FOCUS_AREA, &["activities"]),
    (
        plan::ACTIVITY,
        &["participations", "subActivities", "followUps"],
    ),
    (plan::FRAMEWORK, &["goals"]),
];

/// What an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A node of the default graph.
    Node(NamedNode),
    /// A named graph as a whole.
    Graph(NamedNode),
    /// All plans, frameworks or organisations.
    Collection(collection::Kind),
    /// The front page; as data, the catalogue.
    Home,
    /// The rules.
    Shapes,
    /// A page that is only words.
    Text(TextPage),
    /// The SPARQL endpoint, with what queries may take.
    Service(Bounds),
    /// What the data hold.
    Void,
    /// The published queries.
    Queries,
    /// The published query of that name.
    Query(String),
    /// The catalogue: the whole, or a page of it.
    Catalog(Option<catalog::Page>),
    /// Plans beside each other.
    Comparison(Box<comparison::Asked>),
    /// Something that the catalogue describes, by its path: a dataset, a series, a service.
    Catalogued(String),
}

/// A page that is only words, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPage {
    /// `/about`
    About,
    /// `/accessibility`
    Accessibility,
    /// `/catalog/preview`
    Preview,
    /// `/compare`
    Compare,
}

impl TextPage {
    /// Every such page.
    pub const ALL: [Self; 4] = [
        Self::About,
        Self::Accessibility,
        Self::Preview,
        Self::Compare,
    ];

    /// The path below the base.
    pub fn path(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Accessibility => "accessibility",
            Self::Preview => catalog::PREVIEW,
            Self::Compare => comparison::COMPARE,
        }
    }
}

impl Resource {
    /// The IRI of the resource.
    pub fn iri(&self, snapshot: &Snapshot) -> NamedNode {
        match self {
            Self::Node(node) | Self::Graph(node) => node.clone(),
            Self::Collection(kind) => snapshot.base().node(kind.path()),
            Self::Home | Self::Catalog(_) => snapshot.base().node(catalog::CATALOG),
            Self::Catalogued(path) => snapshot.base().node(path),
            Self::Shapes => NamedNode::new_unchecked(vocab::SHAPES_IRI),
            Self::Text(page) => snapshot.base().node(page.path()),
            Self::Service(_) => snapshot.base().node(service::SPARQL),
            Self::Void => snapshot.base().node(service::VOID),
            Self::Queries => snapshot.base().node(service::QUERIES),
            Self::Comparison(asked) => snapshot.base().node(&asked.path()),
            Self::Query(name) => snapshot
                .base()
                .node(&format!("{}/{name}", service::QUERIES)),
        }
    }

    /// How well a format stands for it, in thousandths: a description of the service has no
    /// layers, so none is the worse for keeping them apart.
    pub fn quality(&self, format: Format) -> u16 {
        if self.is_about_the_service() {
            Format::Turtle.quality()
        } else {
            format.quality()
        }
    }

    /// Whether it says something of the data or the service rather than being part of them.
    pub fn is_about_the_service(&self) -> bool {
        matches!(
            self,
            Self::Service(_) | Self::Void | Self::Queries | Self::Query(_)
        ) || self.is_of_the_catalogue()
    }

    /// What stands after the question mark of its address, without the language of a page.
    pub fn parameters(&self) -> String {
        match self {
            Self::Catalog(Some(page)) => page.query(),
            Self::Comparison(asked) => asked.query(),
            _ => String::new(),
        }
    }

    /// Whether it is the catalogue or something in it.
    pub fn is_of_the_catalogue(&self) -> bool {
        matches!(self, Self::Catalog(_) | Self::Catalogued(_))
    }

    /// The address at which it is to be had, below the base; the one to cite for what lies
    /// here.
    pub fn address(&self, snapshot: &Snapshot) -> NamedNode {
        let iri = self.iri(snapshot);
        match (self, path_of(snapshot, iri.as_str())) {
            (Self::Home, _) => snapshot.base().node(""),
            (_, Some(path)) => snapshot.base().node(&path),
            (_, None) => iri,
        }
    }
}

/// A resource with everything that is said of it here.
#[derive(Clone, Debug)]
pub struct Description {
    /// What is described.
    pub iri: NamedNode,
    /// Everything said of it and of what belongs to it, layers merged.
    pub graph: Graph,
    /// Whether the graph is the content of one named graph.
    pub named_graph: bool,
    /// Whether everything is said of the nodes in it; in a list only their names are.
    pub whole: bool,
}

/// The resource at a path below the base (`plan/vasterbotten-2026`), if there is one; but for
/// the endpoint, of whose limits the snapshot knows nothing, and the published queries, which
/// are run.
pub fn resolve(snapshot: &Snapshot, path: &str) -> Result<Option<Resource>, Error> {
    if path.is_empty() {
        return Ok(Some(Resource::Home));
    }
    if path == "ns/shapes" {
        return Ok(Some(Resource::Shapes));
    }
    if path == service::VOID {
        return Ok(Some(Resource::Void));
    }
    if path == service::QUERIES {
        return Ok(Some(Resource::Queries));
    }
    if let Some(kind) = collection::Kind::from_path(path) {
        return Ok(Some(Resource::Collection(kind)));
    }
    if let Some(page) = TextPage::ALL.into_iter().find(|page| page.path() == path) {
        return Ok(Some(Resource::Text(page)));
    }
    if let Some(asked) = comparison::at(snapshot, path)? {
        return Ok(Some(Resource::Comparison(Box::new(asked))));
    }
    if path == catalog::CATALOG {
        return Ok(Some(Resource::Catalog(None)));
    }
    if catalog::has(snapshot, path)? {
        return Ok(Some(Resource::Catalogued(path.to_owned())));
    }
    let node = match vocabulary_iri(path) {
        Some(iri) => NamedNode::new(iri),
        None => NamedNode::new(format!("{}{path}", snapshot.base().as_str())),
    };
    let Ok(node) = node else {
        return Ok(None);
    };
    if snapshot.has_graph(node.as_ref())? {
        return Ok(Some(Resource::Graph(node)));
    }
    Ok(snapshot
        .knows(node.as_ref())?
        .then_some(Resource::Node(node)))
}

/// The IRI of the vocabulary that an instance serves at a path of its own.
fn vocabulary_iri(path: &str) -> Option<String> {
    let served = path == "ns"
        || ["status", "role"].iter().any(|scheme| {
            path == *scheme
                || path
                    .strip_prefix(scheme)
                    .is_some_and(|rest| rest.starts_with('/'))
        });
    served.then(|| format!("https://w3id.org/samplan/{path}"))
}

/// The path below the base at which an instance serves an IRI, if it does.
pub fn path_of(snapshot: &Snapshot, iri: &str) -> Option<String> {
    if let Some(path) = snapshot.base().relative(iri) {
        return Some(path.to_owned());
    }
    let path = iri.strip_prefix("https://w3id.org/samplan/")?;
    Some(path.split('#').next().unwrap_or(path).to_owned())
}

/// Everything said of a resource and of what belongs to it.
pub fn describe(snapshot: &Snapshot, resource: &Resource) -> Result<Description, Error> {
    let iri = resource.iri(snapshot);
    let graph = match resource {
        Resource::Graph(name) => snapshot.named_graph(name.as_ref())?.unwrap_or_default(),
        Resource::Collection(kind) => collection::graph(snapshot, *kind)?,
        Resource::Home => home(snapshot)?,
        Resource::Shapes => shapes()?,
        Resource::Text(_) => Graph::new(),
        Resource::Service(bounds) => service::service(snapshot, *bounds)?,
        Resource::Void => service::void(snapshot)?,
        Resource::Queries => service::all_queries(snapshot)?,
        Resource::Query(name) => service::one_query(snapshot, name)?,
        Resource::Catalog(_) => catalog::whole(snapshot, catalog::Flavour::Eu)?,
        Resource::Catalogued(path) => catalog::about(snapshot, path)?,
        Resource::Comparison(asked) => {
            comparison::graph(snapshot, &comparison::Made::of(snapshot, asked)?)?
        }
        Resource::Node(node) => {
            let mut graph = Graph::new();
            gather(snapshot, node.as_ref(), &mut graph)?;
            graph
        }
    };
    Ok(Description {
        iri,
        graph,
        named_graph: matches!(resource, Resource::Graph(_)),
        whole: matches!(resource, Resource::Node(_)),
    })
}

/// The catalogue, and the plans it is about.
fn home(snapshot: &Snapshot) -> Result<Graph, Error> {
    let mut graph = collection::graph(snapshot, collection::Kind::Plans)?;
    let catalog = snapshot.base().node("catalog");
    gather(snapshot, catalog.as_ref(), &mut graph)?;
    Ok(graph)
}

/// The rules as a graph. Their nodes without a name get the same ones every time.
fn shapes() -> Result<Graph, Error> {
    let (mut graph, findings) = parse::turtle(
        vocab::SHAPES.as_bytes(),
        &Base::default(),
        "vocab/shapes.ttl",
    );
    if let Some(finding) = findings.first() {
        return Err(Error::Vocabulary(finding.to_string()));
    }
    canonical::relabel(&mut graph);
    Ok(graph)
}

fn gather(snapshot: &Snapshot, node: NamedNodeRef<'_>, into: &mut Graph) -> Result<(), Error> {
    // A node can belong to two others; a plan's whole is reached through inPlan as well.
    if into.triples_for_subject(node).next().is_some() {
        return Ok(());
    }
    let about = snapshot.about(node)?;
    into.extend(about.iter().map(Triple::as_ref));
    for nested in nested(snapshot, node, &about)? {
        gather(snapshot, nested.as_ref(), into)?;
    }
    Ok(())
}

/// The nodes that belong to a node, whatever their place.
fn nested(
    snapshot: &Snapshot,
    node: NamedNodeRef<'_>,
    about: &[Triple],
) -> Result<Vec<NamedNode>, Error> {
    let mut found = Vec::new();
    for nest in NESTS.iter().filter(|nest| is_a(about, nest.owner)) {
        let nodes = match nest.link {
            Link::Backward => snapshot.referring(nest.property, node)?,
            Link::Forward => snapshot
                .objects(node, nest.property)?
                .into_iter()
                .filter_map(|object| match object {
                    Term::NamedNode(object) => Some(object),
                    _ => None,
                })
                // The text of an appendix belongs to the plan it is appended to.
                .filter(|object| same_plan(snapshot, object.as_str(), node.as_str()))
                .collect(),
        };
        for nested in nodes {
            let about = snapshot.about(nested.as_ref())?;
            if nest.class.is_none_or(|class| is_a(&about, class)) {
                found.push(nested);
            }
        }
    }
    Ok(found)
}

fn same_plan(snapshot: &Snapshot, a: &str, b: &str) -> bool {
    match (snapshot.plan_of(a), snapshot.plan_of(b)) {
        (Some((a, _)), Some((b, _))) => a.iri.as_str() == b.iri.as_str(),
        _ => false,
    }
}

fn is_a(about: &[Triple], class: NamedNodeRef<'_>) -> bool {
    about.iter().any(|triple| {
        triple.predicate == rdf::TYPE
            && matches!(&triple.object, Term::NamedNode(object) if object.as_ref() == class)
    })
}

impl Description {
    /// Its canonical form (RDFC-1.0), its layers as named graphs: what is hashed to say what was
    /// published.
    pub fn canonical(&self, snapshot: &Snapshot) -> Result<String, Error> {
        let mut dataset = oxrdf::Dataset::new();
        for (name, graph) in self.layers(snapshot)? {
            for triple in &graph {
                dataset.insert(triple.in_graph(name.as_ref()));
            }
        }
        Ok(canonical::canonical_nquads(&dataset))
    }

    /// The same triples by the named graph they stand in, suggestions left out.
    pub fn layers(&self, snapshot: &Snapshot) -> Result<Vec<(GraphName, Graph)>, Error> {
        if self.named_graph {
            return Ok(vec![(self.iri.clone().into(), self.graph.clone())]);
        }
        let mut layers: BTreeMap<NamedNode, Graph> = BTreeMap::new();
        let mut rest = self.graph.clone();
        let subjects: std::collections::BTreeSet<_> = self
            .graph
            .iter()
            .filter_map(|triple| match triple.subject.into_owned() {
                oxrdf::NamedOrBlankNode::NamedNode(node) => Some(node),
                oxrdf::NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect();
        for subject in subjects {
            for (name, triples) in snapshot.layers_about(subject.as_ref())? {
                for triple in triples {
                    if self.graph.contains(&triple) {
                        rest.remove(&triple);
                        layers.entry(name.clone()).or_default().insert(&triple);
                    }
                }
            }
        }
        let mut all: Vec<(GraphName, Graph)> = layers
            .into_iter()
            .map(|(name, graph)| (name.into(), graph))
            .collect();
        // What a view adds, like the list of plans, stands in no file.
        if !rest.is_empty() {
            all.insert(0, (GraphName::DefaultGraph, rest));
        }
        Ok(all)
    }

    /// The latest date on which the data shown was changed, as its layers say.
    pub fn modified(&self, snapshot: &Snapshot) -> Result<Option<String>, Error> {
        let layers = self.layers(snapshot)?;
        let named = layers.iter().filter_map(|(name, _)| match name {
            GraphName::NamedNode(name) => Some(name),
            _ => None,
        });
        Ok(snapshot.modified(named)?)
    }
}

/// Whether the JSON-LD writer must nest a forward link here.
pub(super) fn nests_of(types: &[NamedNode]) -> impl Iterator<Item = &'static Nest> {
    NESTS
        .iter()
        .filter(move |nest| types.iter().any(|class| class.as_ref() == nest.owner))
}
