//! What plans refer to and are compared by: frameworks with their goals, organisations, places,
//! and which concept corresponds to which.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Date, Iri, Text};

/// What the reference data hold, by IRI.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReferenceData {
    /// The frameworks.
    pub frameworks: BTreeMap<Iri, Framework>,
    /// Who takes part in plans.
    pub agents: BTreeMap<Iri, Agent>,
    /// The counties.
    pub places: BTreeMap<Iri, County>,
    /// Which concept or goal corresponds to which.
    pub mappings: BTreeMap<Iri, Mapping>,
    /// The words that documents use for a status, by IRI.
    pub words: BTreeMap<Iri, StatusWord>,
}

impl ReferenceData {
    /// The framework and the goal with that IRI.
    pub fn goal(&self, iri: &Iri) -> Option<(&Framework, &Goal)> {
        self.frameworks.values().find_map(|framework| {
            let goal = framework.goals.iter().find(|goal| goal.iri == *iri)?;
            Some((framework, goal))
        })
    }

    /// The framework with that id.
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks
            .values()
            .find(|framework| framework.id == id)
    }

    /// What is said of a document's own word for a status: its entry and how it corresponds to the
    /// common scheme. Words are the same in capitals or not.
    pub fn status_word(&self, text: &str) -> Option<(&Iri, &Mapping)> {
        let text = text.to_lowercase();
        let is = |word: &StatusWord| {
            word.names
                .iter()
                .any(|name| name.text.to_lowercase() == text)
        };
        self.words.iter().find_map(|(iri, word)| {
            let mut mappings = self.mappings.values();
            let mapping = mappings.find(|mapping| is(word) && mapping.from == *iri)?;
            Some((iri, mapping))
        })
    }
}

/// A framework: a strategy, a programme or a law with its goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    /// Its address.
    pub iri: Iri,
    /// The last part of its address.
    pub id: String,
    /// Its names, one a language.
    pub names: Vec<Text>,
    /// Its goals, each followed by the goals under it, in the order of the framework.
    pub goals: Vec<Goal>,
}

/// A goal of a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its address.
    pub iri: Iri,
    /// The last part of its address.
    pub key: String,
    /// Its names, one a language; without an official name in a language, the working name.
    pub names: Vec<Text>,
    /// Other names.
    pub other_names: Vec<Text>,
    /// What it says.
    pub definition: Vec<Text>,
    /// Remarks of those who structured the data, such as that the wording is not verified.
    pub remarks: Vec<Text>,
    /// The goal it is under.
    pub broader: Option<Iri>,
    /// How many goals it is under.
    pub depth: usize,
}

/// What kind of body an agent is, as far as it matters for how widely a plan is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sector {
    /// A region.
    Region,
    /// A municipality, or a body or group of municipalities.
    Municipality,
    /// An authority of the state.
    State,
    /// Anybody else.
    Other,
}

impl Sector {
    /// Every sector.
    pub const ALL: [Self; 4] = [Self::Region, Self::Municipality, Self::State, Self::Other];

    /// Its code among the publisher types of ADMS; anybody else has none here.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Region => Some("RegionalAuthority"),
            Self::Municipality => Some("LocalAuthority"),
            Self::State => Some("NationalAuthority"),
            Self::Other => None,
        }
    }

    /// The sector of a code, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|sector| sector.code() == Some(code))
    }
}

/// Who takes part in plans: an organisation, a unit, a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its names, one a language.
    pub names: Vec<Text>,
    /// Other names.
    pub other_names: Vec<Text>,
    /// What kinds of body it is, or its members are; a group can be of several.
    pub sectors: BTreeSet<Sector>,
    /// The place it is in or answers for.
    pub places: Vec<Iri>,
    /// Its members, where it is a group.
    pub members: Vec<Iri>,
}

/// A county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct County {
    /// Its names, one a language.
    pub names: Vec<Text>,
    /// Its code at Statistics Sweden: two digits.
    pub code: Option<String>,
}

/// How one concept corresponds to another: the mapping properties of SKOS
/// (<https://www.w3.org/TR/skos-reference/#mapping>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// The same.
    Exact,
    /// Nearly the same.
    Close,
    /// The other is wider.
    Broad,
    /// The other is narrower.
    Narrow,
    /// The two have something to do with each other.
    Related,
}

/// The statement that one concept or goal corresponds to another, with who says so and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// From which.
    pub from: Iri,
    /// How.
    pub kind: Match,
    /// To which.
    pub to: Iri,
    /// Who says so.
    pub author: Iri,
    /// When.
    pub date: Date,
    /// Why, one a language.
    pub reason: Vec<Text>,
}

/// A word that documents use for a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusWord {
    /// The word, and other forms of it.
    pub names: Vec<Text>,
}
