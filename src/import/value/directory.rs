//! The organisations that the data folder knows, by name.

use oxrdf::Graph;

use crate::model::Iri;
use crate::rdf::Base;

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
}

impl Directory {
    /// Reads the agents (`foaf:Agent`) of the reference data.
    pub fn new<'a>(graphs: impl IntoIterator<Item = &'a Graph>, base: &Base) -> Self {
        let _ = (graphs.into_iter().count(), base);
        Self { agents: Vec::new() }
    }

    /// All agents.
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }

    /// The agent with that IRI.
    pub fn agent(&self, iri: &Iri) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.iri == *iri)
    }

    /// The agent that an id of the address `/organisation/{id}`, or an IRI, stands for.
    pub fn by_id(&self, id: &str) -> Option<&Agent> {
        self.agents.iter().find(|agent| {
            agent.iri.as_str() == id || agent.iri.as_str().ends_with(&format!("/organisation/{id}"))
        })
    }

    /// The organisations that a text names, in the order of the text: the bytes of each name and
    /// whom it names. Only full names, abbreviations and names that the surroundings make
    /// unambiguous; longest first where names overlap.
    pub fn mentions(
        &self,
        text: &str,
        surroundings: &Surroundings,
    ) -> Vec<(std::ops::Range<usize>, Iri)> {
        let _ = (text, surroundings);
        Vec::new()
    }
}
