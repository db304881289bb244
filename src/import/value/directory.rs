//! The organisations that the data folder knows, by name.

use std::collections::BTreeMap;
use std::ops::Range;

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};

use super::framework::{self, Framework};
use crate::model::Iri;
use crate::rdf::Base;
use crate::vocab::rdf;

/// What kind of agent it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgentKind {
    /// A region (of the 21).
    Region,
    /// A municipality.
    Municipality,
    /// A county administrative board.
    CountyBoard,
    /// A group of agents.
    Group,
    /// A unit of another organisation.
    Unit,
    /// Anything else.
    Other,
}

/// An organisation, group or unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its IRI.
    pub iri: Iri,
    /// Its names (`foaf:name`), Swedish first.
    pub names: Vec<String>,
    /// Former names, short forms, abbreviations (`skos:altLabel`).
    pub other_names: Vec<String>,
    /// What kind it is.
    pub kind: AgentKind,
    /// The county it lies in or works for (`dcterms:spatial`).
    pub place: Option<Iri>,
    /// Its members, of a group.
    pub members: Vec<Iri>,
    /// What it is a unit of.
    pub unit_of: Option<Iri>,
}

/// What is known around a name: whose plan it stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The body whose plan it is.
    pub publisher: Option<Iri>,
    /// The county that the plan is about.
    pub county: Option<Iri>,
}

/// The organisations, with what is needed to find them by name.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    agents: Vec<Agent>,
    frameworks: Vec<Framework>,
}

/// How a name was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The agent.
    pub agent: &'a Agent,
    /// Whether the words name it by themselves, without what stands around them.
    pub by_itself: bool,
}

impl Directory {
    /// Reads the agents (`foaf:Agent`) and frameworks (`plan:Framework`) of the reference data.
    pub fn new<'a>(graphs: impl IntoIterator<Item = &'a Graph>, _: &Base) -> Self {
        let graphs: Vec<&Graph> = graphs.into_iter().collect();
        let mut agents: Vec<Agent> = graphs.iter().copied().flat_map(agents).collect();
        let mut frameworks: Vec<Framework> = graphs.into_iter().flat_map(framework::all).collect();
        frameworks.sort_by(|a, b| a.iri.cmp(&b.iri));
        agents.sort_by(|a, b| a.iri.cmp(&b.iri));
        agents.dedup_by(|a, b| a.iri == b.iri);
        Self { agents, frameworks }
    }

    /// A directory of these agents.
    #[cfg(test)]
    pub(crate) fn of(mut agents: Vec<Agent>) -> Self {
        agents.sort_by(|a, b| a.iri.cmp(&b.iri));
        Self {
            agents,
            frameworks: Vec::new(),
        }
    }

    /// All agents, in the order of their IRIs.
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }

    /// The frameworks that a text names, and by which bytes. What a region has laid down is not
    /// meant in a plan of another county.
    pub fn frameworks_in(
        &self,
        text: &str,
        surroundings: &Surroundings,
    ) -> Vec<(&Framework, Range<usize>)> {
        let near = |framework: &&Framework| {
            let publisher = framework.publisher.as_ref().and_then(|iri| self.agent(iri));
            let place = publisher.and_then(|publisher| publisher.place.as_ref());
            place.is_none_or(|place| surroundings.county.as_ref() == Some(place))
        };
        let mut found: Vec<(&Framework, Range<usize>)> = self
            .frameworks
            .iter()
            .filter(near)
            .flat_map(|framework| framework.places(text).map(move |at| (framework, at)))
            .collect();
        found.sort_by_key(|(_, at)| (at.start, std::cmp::Reverse(at.end)));
        found
    }

    /// The names by which a text in these surroundings mentions an agent: those that nobody else
    /// nearby has. What goes by another name than its own is only meant in its own county.
    pub fn names_near(&self, surroundings: &Surroundings) -> Vec<(&str, &Iri)> {
        let county = surroundings.county.as_ref();
        let mut names: BTreeMap<&str, Vec<&Iri>> = BTreeMap::new();
        for agent in &self.agents {
            let near = agent.place.is_none() || agent.place.as_ref() == county;
            let others = agent.other_names.iter().filter(|_| near);
            for name in agent.names.iter().chain(others) {
                names.entry(name).or_default().push(&agent.iri);
            }
        }
        let alone = |(name, agents): (_, Vec<_>)| (agents.len() == 1).then(|| (name, agents[0]));
        names.into_iter().filter_map(alone).collect()
    }

    /// The agent with that IRI.
    pub fn agent(&self, iri: &Iri) -> Option<&Agent> {
        let at = self.agents.binary_search_by(|agent| agent.iri.cmp(iri));
        at.ok().map(|at| &self.agents[at])
    }

    /// The agent that an id of the address `/organisation/{id}`, or an IRI, stands for.
    pub fn by_id(&self, id: &str) -> Option<&Agent> {
        let path = format!("/organisation/{id}");
        self.agents
            .iter()
            .find(|agent| agent.iri.as_str() == id || agent.iri.as_str().ends_with(&path))
    }

    /// The agent that has a name, whatever its case and a genitive at its end.
    pub fn named(&self, name: &str, surroundings: &Surroundings) -> Option<Known<'_>> {
        let name = plain(name);
        if name.is_empty() {
            return None;
        }
        let with = |fits: &dyn Fn(&Agent) -> bool| {
            let mut found: Vec<&Agent> = self.agents.iter().filter(|agent| fits(agent)).collect();
            if found.len() > 1 {
                found.retain(|agent| agent.place.is_some() && agent.place == surroundings.county);
            }
            (found.len() == 1).then(|| found[0])
        };
        let full = |agent: &Agent| agent.names.iter().any(|own| same(own, &name));
        if let Some(agent) = with(&full) {
            return Some(Known {
                agent,
                by_itself: true,
            });
        }
        let short = |agent: &Agent| {
            agent.kind == AgentKind::Municipality
                && agent
                    .names
                    .iter()
                    .any(|own| begins_alike(own, &name) && short_forms(own).contains(&name))
        };
        if let Some(agent) = with(&short) {
            return Some(Known {
                agent,
                by_itself: true,
            });
        }
        let other = |agent: &Agent| agent.other_names.iter().any(|own| same(own, &name));
        with(&other).map(|agent| Known {
            agent,
            by_itself: false,
        })
    }

    /// The one agent of a kind in the county of the plan.
    pub fn of_county(&self, kind: AgentKind, surroundings: &Surroundings) -> Option<&Agent> {
        let county = surroundings.county.as_ref()?;
        let mut found = self
            .agents
            .iter()
            .filter(|agent| agent.kind == kind && agent.place.as_ref() == Some(county));
        let agent = found.next()?;
        found.next().is_none().then_some(agent)
    }

    /// What the municipalities of the county of the plan are together, and who they are.
    pub fn all_municipalities(&self, surroundings: &Surroundings) -> Option<(String, Vec<Iri>)> {
        let board = self.of_county(AgentKind::CountyBoard, surroundings)?;
        let county = board.names.first()?.strip_prefix("Länsstyrelsen i ")?;
        let members: Vec<Iri> = self
            .agents
            .iter()
            .filter(|agent| agent.kind == AgentKind::Municipality)
            .filter(|agent| agent.place.is_some() && agent.place == surroundings.county)
            .map(|agent| agent.iri.clone())
            .collect();
        (!members.is_empty()).then(|| (format!("Kommunerna i {county}"), members))
    }

    /// The group of all municipalities of the county of the plan.
    pub fn municipalities(&self, surroundings: &Surroundings) -> Option<&Agent> {
        let county = surroundings.county.as_ref()?;
        self.agents.iter().find(|agent| {
            agent.kind == AgentKind::Group
                && agent.place.as_ref() == Some(county)
                && !agent.members.is_empty()
                && agent.members.iter().all(|member| {
                    let member = self.agent(member);
                    member.is_some_and(|member| member.kind == AgentKind::Municipality)
                })
        })
    }
}

/// The names by which a municipality goes beside its own: "Köping", "Köpings stad".
fn short_forms(name: &str) -> Vec<String> {
    let Some(place) = plain(name).strip_suffix(" kommun").map(str::to_owned) else {
        return Vec::new();
    };
    let bare = place.strip_suffix('s').unwrap_or(&place).to_owned();
    vec![
        format!("{place} stad"),
        format!("{bare} kommun"),
        place.clone(),
        bare,
    ]
}

fn same(own: &str, name: &str) -> bool {
    if !begins_alike(own, name) {
        return false;
    }
    let own = plain(own);
    own == *name || name.strip_suffix('s').is_some_and(|bare| own == bare)
}

/// Whether a name can be the plain one: most are told apart by a letter, and a long plan asks
/// for thousands of names among hundreds of agents.
fn begins_alike(own: &str, plain: &str) -> bool {
    let first = own.chars().find(|c| c.is_alphanumeric() || *c == ')');
    first.and_then(|c| c.to_lowercase().next()) == plain.chars().next()
}

/// Lower case, single spaces, nothing but letters, digits and brackets at the ends.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric() && c != ')')
        .to_lowercase()
}

fn agents(graph: &Graph) -> Vec<Agent> {
    let node = |iri: &'static str| NamedNodeRef::new_unchecked(iri);
    let agent = node("http://xmlns.com/foaf/0.1/Agent");
    graph
        .subjects_for_predicate_object(rdf::TYPE, agent)
        .filter_map(|subject| agent_of(graph, subject))
        .collect()
}

fn agent_of(graph: &Graph, subject: NamedOrBlankNodeRef<'_>) -> Option<Agent> {
    let NamedOrBlankNodeRef::NamedNode(node) = subject else {
        return None;
    };
    let values = |property: &'static str| {
        graph.objects_for_subject_predicate(subject, NamedNodeRef::new_unchecked(property))
    };
    let mut names = texts(values("http://xmlns.com/foaf/0.1/name"));
    names.sort_by_key(|(language, name)| (language != "sv", name.clone()));
    let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
    let mut other_names: Vec<String> =
        texts(values("http://www.w3.org/2004/02/skos/core#altLabel"))
            .into_iter()
            .map(|(_, name)| name)
            .collect();
    other_names.sort();
    let mut members = iris(values("http://xmlns.com/foaf/0.1/member"));
    members.sort();
    let unit_of = iris(values("http://www.w3.org/ns/org#unitOf"))
        .into_iter()
        .next();
    let types: Vec<String> = values("http://purl.org/dc/terms/type")
        .chain(values("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))
        .map(|value| value.to_string())
        .collect();
    let is = |ending: &str| types.iter().any(|of| of.ends_with(ending));
    let board = names
        .first()
        .is_some_and(|name| name.starts_with("Länsstyrelsen"));
    let kind = if is("RegionalAuthority>") {
        AgentKind::Region
    } else if is("LocalAuthority>") {
        AgentKind::Municipality
    } else if board {
        AgentKind::CountyBoard
    } else if is("/Group>") {
        AgentKind::Group
    } else if unit_of.is_some() {
        AgentKind::Unit
    } else {
        AgentKind::Other
    };
    Some(Agent {
        iri: Iri::parse(node.as_str())?,
        names,
        other_names,
        kind,
        place: iris(values("http://purl.org/dc/terms/spatial"))
            .into_iter()
            .next(),
        members,
        unit_of,
    })
}

pub(super) fn texts<'a>(values: impl Iterator<Item = TermRef<'a>>) -> Vec<(String, String)> {
    values
        .filter_map(|value| match value {
            TermRef::Literal(literal) => Some((
                literal.language().unwrap_or_default().to_owned(),
                literal.value().to_owned(),
            )),
            _ => None,
        })
        .collect()
}

pub(super) fn iris<'a>(values: impl Iterator<Item = TermRef<'a>>) -> Vec<Iri> {
    values
        .filter_map(|value| match value {
            TermRef::NamedNode(node) => Iri::parse(node.as_str()),
            _ => None,
        })
        .collect()
}
