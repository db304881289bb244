//! The lists an instance has: plans, frameworks, organisations.

use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::Error;
use crate::store::Snapshot;
use crate::vocab::{dcmitype, dcterms, foaf, plan, rdf, rdfs, skos};

/// A list of everything of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `/plan`
    Plans,
    /// `/framework`
    Frameworks,
    /// `/organisation`
    Organisations,
}

impl Kind {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Plans, Self::Frameworks, Self::Organisations];

    /// The path below the base.
    pub fn path(self) -> &'static str {
        match self {
            Self::Plans => "plan",
            Self::Frameworks => "framework",
            Self::Organisations => "organisation",
        }
    }

    /// The list at a path.
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.path() == path)
    }

    fn class(self) -> NamedNodeRef<'static> {
        match self {
            Self::Plans => plan::PLAN,
            Self::Frameworks => plan::FRAMEWORK,
            Self::Organisations => foaf::AGENT,
        }
    }

    /// The property that names a member.
    fn name(self) -> NamedNodeRef<'static> {
        match self {
            Self::Plans => dcterms::TITLE,
            Self::Frameworks => skos::PREF_LABEL,
            Self::Organisations => foaf::NAME,
        }
    }

    fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Plans => ("Handlingsplaner", "Action plans"),
            Self::Frameworks => ("Ramverk", "Frameworks"),
            Self::Organisations => ("Organisationer", "Organisations"),
        }
    }
}

/// The list as a graph: the collection with its members (`dcterms:hasPart`), and of each
/// member its class and name.
pub(super) fn graph(snapshot: &Snapshot, kind: Kind) -> Result<Graph, Error> {
    let list = snapshot.base().node(kind.path());
    let mut graph = Graph::new();
    let mut say = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        graph.insert(&Triple::new(subject.clone(), predicate, object));
    };
    say(&list, rdf::TYPE, dcmitype::COLLECTION.into_owned().into());
    let (sv, en) = kind.labels();
    for (language, label) in [("sv", sv), ("en", en)] {
        let label = Literal::new_language_tagged_literal_unchecked(label, language);
        say(&list, rdfs::LABEL, label.into());
    }
    for member in snapshot.referring(rdf::TYPE, kind.class())? {
        say(&list, dcterms::HAS_PART, member.clone().into());
        say(&member, rdf::TYPE, kind.class().into_owned().into());
        for name in snapshot.objects(member.as_ref(), kind.name())? {
            say(&member, kind.name(), name);
        }
    }
    Ok(graph)
}
