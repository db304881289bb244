//! What a catalogue is made of: plain types, and what can be asked of them.

use std::collections::BTreeMap;

use super::VOCABULARY;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term};

use crate::model::{Date, PlanId};
use crate::rdf::Format;
use crate::sparql::named::Words;
use crate::store::Snapshot;
use crate::views::Language;
use crate::views::download::Download;
use crate::vocab::dcterms;

/// The catalogue of an instance.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// What the instance says of its catalogue: titles, descriptions, languages, licence.
    pub(super) own: Vec<(NamedNode, Term)>,
    /// Who runs the instance.
    pub publisher: Agent,
    /// Whom to ask.
    pub(super) contact: Contact,
    /// The datasets, by path.
    pub datasets: BTreeMap<String, Dataset>,
    /// The series, by path.
    pub series: BTreeMap<String, Series>,
    /// The services, by path.
    pub services: BTreeMap<&'static str, Service>,
    /// Licences and rights that are not described elsewhere, by path or IRI.
    pub(super) licences: Vec<Licence>,
    /// When the catalogue's own description changed last.
    pub(super) modified: Option<String>,
    pub(super) issued: Option<String>,
    /// The namespace of the datasets' UUIDs.
    pub(super) namespace: uuid::Uuid,
}

/// A person or organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its IRI: the portal's where the organisation number is known, else ours.
    pub iri: NamedNode,
    /// Our page on it.
    pub page: NamedNode,
    /// Its names.
    pub names: Vec<Literal>,
    /// What kind of publisher it is, from the ADMS list.
    pub kind: Option<NamedNode>,
    /// Its organisation number.
    pub number: Option<String>,
    /// The place it answers for.
    pub place: Option<NamedNode>,
}

/// Whom to ask.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) iri: NamedNode,
    pub(super) said: Vec<(NamedNode, Term)>,
}

/// What a dataset holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One edition of a plan.
    Plan(PlanId),
    /// All plans.
    Plans,
    /// The frameworks and what is linked to them.
    Frameworks,
}

/// A dataset.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// What it holds.
    pub holds: Holds,
    /// Its title in each language.
    pub title: Words,
    /// What it is.
    pub description: Words,
    /// Its keywords, in lower case, with their language.
    pub keywords: Vec<(String, &'static str)>,
    /// Its themes, as the last part of the EU's data themes.
    pub themes: Vec<&'static str>,
    /// Whose content it is.
    pub creators: Vec<Agent>,
    /// When it was first published here.
    pub issued: Option<String>,
    /// When its content last changed.
    pub modified: Option<String>,
    /// The places it is about.
    pub places: Vec<NamedNode>,
    /// The days it is about: the first, the last.
    pub period: (Option<Date>, Option<Date>),
    /// The languages of its content.
    pub languages: Vec<NamedNode>,
    /// The page about its content.
    pub landing: NamedNode,
    /// The path of the series it belongs to, and of the edition before it.
    pub series: Option<String>,
    /// The dataset of the edition before it.
    pub previous: Option<String>,
    /// What it may be used under.
    pub licence: NamedNode,
    /// What is known of the rights.
    pub rights: NamedNode,
    /// The ways to get it.
    pub distributions: Vec<Distribution>,
}

/// A way to get a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The last part of its path.
    pub key: String,
    /// What is fetched.
    pub source: Source,
    /// What it is called.
    pub title: Words,
    /// What it is.
    pub description: Words,
    /// When it last changed, where that is not when its dataset did.
    pub modified: Option<String>,
}

/// What a distribution gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A representation of a plan.
    Representation(PlanId, Format),
    /// A file that holds everything of a kind.
    File(Download),
    /// A service.
    Service(&'static str, Format),
}

/// Editions of the same plan.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its title.
    pub title: Words,
    /// What it is.
    pub description: Words,
    /// Its members, the oldest first, by path.
    pub members: Vec<String>,
}

/// A service.
#[derive(Clone, Debug)]
pub struct Service {
    /// What it is called.
    pub title: Words,
    /// What it does.
    pub description: Words,
    /// The path of its endpoint.
    pub endpoint: &'static str,
    /// The protocol it speaks: an IRI, a title.
    pub(super) protocol: (&'static str, &'static str),
    /// Its kind, from Wikidata.
    pub(super) kind: &'static str,
}

/// A licence, or a statement of what is known where there is none.
#[derive(Clone, Debug)]
pub(super) struct Licence {
    pub(super) iri: NamedNode,
    pub(super) class: NamedNodeRef<'static>,
    /// Its title (a licence) or label (a statement of rights).
    pub(super) words: Vec<Literal>,
    /// What more is to be said of it.
    pub(super) description: Vec<Literal>,
    /// Its kind, from the ADMS list: an IRI, a name in English.
    pub(super) kind: Option<(&'static str, &'static str)>,
}

impl Source {
    /// The path of what is fetched, below the base.
    pub fn path(&self) -> String {
        match self {
            Self::Representation(plan, format) => format!("plan/{plan}.{}", format.suffix()),
            Self::File(download) => download.path(),
            Self::Service(path, _) => (*path).to_owned(),
        }
    }

    /// Its format; where it is packed, that of what is packed.
    pub fn format(&self) -> Format {
        match self {
            Self::Representation(_, format) | Self::Service(_, format) => *format,
            Self::File(download) => download.format,
        }
    }

    /// The media type of what is sent, without parameters.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Representation(_, format) | Self::Service(_, format) => format.media_type(),
            Self::File(download) => download.media_type(),
        }
    }

    /// Whether it is packed (gzip).
    pub fn is_packed(&self) -> bool {
        matches!(self, Self::File(download) if download.gzip)
    }

    /// Whether it is a file rather than a service.
    pub fn is_file(&self) -> bool {
        !matches!(self, Self::Service(..))
    }
}

impl Dataset {
    /// Its identity for portals that know datasets by UUID: it follows from where the dataset
    /// stands in the instance, whatever it is called.
    pub fn uuid(&self, catalog: &Catalog, path: &str) -> String {
        uuid::Uuid::new_v5(&catalog.namespace, path.as_bytes()).to_string()
    }
}

/// The licences of CKAN's own list that are used here, by their titles in it.
const IN_CKAN: [&str; 4] = [
    "Creative Commons CCZero",
    "Creative Commons Attribution",
    "Creative Commons Attribution Share-Alike",
    "License not specified",
];

impl Catalog {
    /// The dataset at a path, or the one whose distribution is there, with the distribution's
    /// key.
    pub fn dataset_of<'p>(&self, path: &'p str) -> Option<(&Dataset, Option<&'p str>)> {
        if let Some(dataset) = self.datasets.get(path) {
            return Some((dataset, None));
        }
        let (of, key) = path.rsplit_once('/')?;
        Some((self.datasets.get(of)?, Some(key)))
    }

    /// The path of everything in it that has an address of its own; [`has`](super::has) knows them too.
    pub fn paths(&self, snapshot: &Snapshot) -> Vec<String> {
        let distributions = self.datasets.iter().flat_map(|(path, dataset)| {
            let keys = dataset.distributions.iter();
            keys.map(move |own| format!("{path}/{}", own.key))
        });
        let named = self.licences.iter().map(|licence| &licence.iri);
        let named = named.chain([&self.contact.iri]);
        let named = named.filter_map(|iri| snapshot.base().relative(iri.as_str()));
        let datasets = self.datasets.keys().chain(self.series.keys()).cloned();
        datasets
            .chain(distributions)
            .chain(self.services.keys().map(|path| (*path).to_owned()))
            .chain(named.map(str::to_owned))
            .chain([VOCABULARY.to_owned()])
            .collect()
    }

    /// What a licence that it describes is called, in a language.
    pub fn licence_title(&self, licence: &NamedNode, language: Language) -> Option<String> {
        let mut all = self.licences.iter();
        let licence = all.find(|own| own.iri == *licence)?;
        let words = match licence.description.as_slice() {
            [] => &licence.words,
            said => said,
        };
        let mut own = words
            .iter()
            .filter(|text| text.language() == Some(language.tag()));
        let text = own.next().or(words.first())?;
        Some(text.value().to_owned())
    }

    /// What CKAN calls a licence, which it knows by a title in English that stands alone.
    pub fn licence_in_ckan(&self, licence: &NamedNode) -> Option<&str> {
        let licence = self.licences.iter().find(|own| own.iri == *licence)?;
        match licence.words.as_slice() {
            [title] if IN_CKAN.contains(&title.value()) => Some(title.value()),
            _ => None,
        }
    }

    /// Its title, in a language.
    pub fn title(&self, language: Language) -> Option<String> {
        self.said(dcterms::TITLE, language)
    }

    /// What it says that it is, in a language.
    pub fn description(&self, language: Language) -> Option<String> {
        self.said(dcterms::DESCRIPTION, language)
    }

    fn said(&self, property: NamedNodeRef<'_>, language: Language) -> Option<String> {
        let mut texts = self.own.iter().filter_map(|(own, value)| match value {
            Term::Literal(text) if own.as_ref() == property => Some(text),
            _ => None,
        });
        let text = texts.find(|text| text.language() == Some(language.tag()))?;
        Some(text.value().to_owned())
    }

    /// The day on which anything in it last changed.
    pub fn modified(&self) -> Option<&str> {
        let days = self.datasets.values().map(|dataset| &dataset.modified);
        let latest = days.chain([&self.modified]).flatten().max();
        latest.map(String::as_str)
    }
}

/// An agent's name, in a language where it has one in it.
pub fn name_of(agent: &Agent, language: &str) -> String {
    let own = agent
        .names
        .iter()
        .find(|name| name.language() == Some(language));
    let name = own.or(agent.names.first());
    name.map_or_else(
        || agent.iri.as_str().to_owned(),
        |name| name.value().to_owned(),
    )
}
