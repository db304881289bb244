//! Pages for people, in Swedish and English: a rendering of the data, never more than it says.
//!
//! Every page is a function of the snapshot, the resource and the language. The words of both
//! languages stand side by side where they are used, so neither can be forgotten.

mod activity;
mod alignment;
mod answer;
mod area;
pub(super) mod catalog;
pub mod compare;
mod crosswalk;
mod editor;
mod facts;
mod framework;
mod holdings;
mod home;
mod kin;
mod layout;
mod lists;
mod marks;
mod node;
mod notes;
mod organisation;
mod origin;
mod overview;
mod parts;
mod people;
mod plan;
mod preview;
pub mod problem;
pub mod query;
mod readings;
pub mod search;
mod serving;
pub mod sparql;
mod terms;
mod text;
mod view;
mod vocabulary;
mod words;

use facts::Facts;
use layout::{Data, Page};
use oxrdf::NamedNode;
use view::PlanView;

use super::catalog::dataset_path;
use super::{Description, Error, Language, Resource, jsonld, offers};
use crate::model::{Iri, PlanId};
use crate::store::{STATUS_WORDS, Snapshot};
use crate::vocab::{self, foaf, plan as terms_of_plan, skos};

/// The page of a resource, as an HTML document, from its description and the day on which what
/// is described last changed.
pub fn page(
    snapshot: &Snapshot,
    resource: &Resource,
    description: &Description,
    modified: Option<String>,
    language: Language,
) -> Result<String, Error> {
    let facts = Facts::new(snapshot, language);
    let mut page = match resource {
        Resource::Home => home::page(facts)?,
        Resource::Collection(kind) => lists::page(facts, *kind)?,
        Resource::Shapes => vocabulary::shapes(facts, &description.graph),
        Resource::Text(which) => text::page(facts, *which)?,
        Resource::Service(_) => sparql::page(facts)?,
        Resource::Void => holdings::page(facts)?,
        Resource::Queries => query::list(facts)?,
        // A query is shown with its answer, by whoever runs it; the catalogue has a data block of
        // its own.
        Resource::Query(_)
        | Resource::Catalog(_)
        | Resource::Catalogued(_)
        | Resource::Comparison(_) => {
            return Err(Error::NoSuchForm);
        }
        Resource::Graph(name) => match name.as_str() {
            vocab::ONTOLOGY_IRI => vocabulary::ontology(facts)?,
            vocab::STATUS_IRI | vocab::ROLE_IRI => vocabulary::scheme(facts, name.as_str())?,
            name => node::graph(facts, name)?,
        },
        Resource::Node(node) => of_node(facts, node)?,
    };
    page.data = Some(data(facts, resource, description, modified, &page)?);
    Ok(layout::document(facts.site, &page))
}

/// The page of a node, by what it is.
fn of_node(facts: Facts<'_>, node: &NamedNode) -> Result<Page, Error> {
    let iri = node.as_str();
    if let Some(page) = of_plan(facts, iri)? {
        return Ok(page);
    }
    if facts.is_a(iri, terms_of_plan::FRAMEWORK)? {
        return framework::framework(facts, iri);
    }
    if facts.is_a(iri, terms_of_plan::GOAL)? {
        return framework::goal(facts, iri);
    }
    if facts.is_a(iri, foaf::AGENT)? {
        return organisation::page(facts, iri);
    }
    let of_scheme = [vocab::status::NS, vocab::role::NS]
        .iter()
        .any(|namespace| iri.starts_with(namespace));
    if of_scheme && facts.is_a(iri, skos::CONCEPT)? {
        return vocabulary::concept(facts, iri);
    }
    if *node == facts.snapshot.base().node(STATUS_WORDS) {
        return crosswalk::words_page(facts, iri);
    }
    node::page(facts, iri)
}

/// The page of a plan or of a part that has a page of its own shape.
fn of_plan(facts: Facts<'_>, iri: &str) -> Result<Option<Page>, Error> {
    let Some((entry, rest)) = facts.snapshot.plan_of(iri) else {
        return Ok(None);
    };
    let view = PlanView {
        facts,
        plan: &entry.plan,
        iri: entry.iri.as_str(),
    };
    if rest.is_empty() {
        return plan::plan(view).map(Some);
    }
    let Some(key) = Iri::parse(iri) else {
        return Ok(None);
    };
    if let Some((key, activity)) = view.plan.activities.get_key_value(&key) {
        return parts::activity(view, key, activity).map(Some);
    }
    if let Some((key, area)) = view.plan.areas.get_key_value(&key) {
        return area::area(view, key, area).map(Some);
    }
    if let Some((key, alignment)) = view.plan.alignments.get_key_value(&key) {
        return alignment::page(view, key, alignment).map(Some);
    }
    if let Some((key, follow_up)) = view.plan.follow_ups.get_key_value(&key) {
        return parts::follow_up(view, key, follow_up).map(Some);
    }
    Ok(None)
}

/// The data behind a page.
fn data(
    facts: Facts<'_>,
    resource: &Resource,
    description: &Description,
    modified: Option<String>,
    page: &Page,
) -> Result<Data, Error> {
    let snapshot = facts.snapshot;
    let formats = offers(snapshot, resource)?;
    let is_text = matches!(resource, Resource::Text(_));
    // What is said of the service is long, and a reader of the page has no use for it.
    let json = (!is_text && !resource.is_about_the_service())
        .then(|| jsonld::document(snapshot, description))
        .transpose()?;
    let revision = match resource {
        Resource::Node(node) => snapshot
            .plan_of(node.as_str())
            .filter(|(_, rest)| rest.is_empty())
            .map(|(entry, _)| entry.revision.clone()),
        _ => None,
    };
    // Without a catalogue there is no dataset to lead to.
    let dataset = match resource {
        Resource::Node(node) => snapshot
            .plan_of(node.as_str())
            .filter(|(_, rest)| rest.is_empty())
            .and_then(|(entry, _)| snapshot.base().relative(entry.iri.as_str()))
            .and_then(|path| PlanId::parse(path.strip_prefix("plan/")?))
            .map(|id| dataset_path(&id))
            .filter(|path| {
                let catalog = super::catalog::catalog(snapshot);
                catalog.is_ok_and(|catalog| catalog.datasets.contains_key(path))
            }),
        _ => None,
    };
    let originals = match resource {
        Resource::Node(node) | Resource::Graph(node) => origin::originals(facts, node.as_str())?,
        _ => Vec::new(),
    };
    let stem = if page.path.is_empty() {
        "index"
    } else {
        &page.path
    };
    Ok(Data {
        address: snapshot.base().node(&page.path).as_str().to_owned(),
        stem: snapshot.base().node(stem).as_str().to_owned(),
        formats,
        json,
        dataset,
        originals,
        modified,
        revision,
    })
}
