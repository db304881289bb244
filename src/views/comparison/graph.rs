//! A comparison as a graph: the RDF Data Cube Vocabulary (<https://www.w3.org/TR/vocab-data-cube/>),
//! one observation for each goal and plan.
//!
//! What is not known has no number, and says so by the observation status of SDMX.

use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::{Made, short};
use crate::compare::{Answer, Comparison};
use crate::model::{Iri, PlanId, Text};
use crate::store::Snapshot;
use crate::views::{Error, Language};
use crate::vocab::{dcat, dcterms, plan, prov, qb, rdf, rdfs, sdmx, skos, xsd};

/// The codes of SDMX for observation statuses.
const SDMX_CODE: &str = "http://purl.org/linked-data/sdmx/2009/code#";

/// Where what is said of the plans, and metadata, may be used under.
const LICENCE: &str = "http://creativecommons.org/publicdomain/zero/1.0/";

/// The graph of a comparison. Its subject is the address that names what it was made of.
///
/// # Errors
/// When the reference data do not have the framework.
pub fn graph(snapshot: &Snapshot, made: &Made) -> Result<Graph, Error> {
    let comparison = made.comparison()?;
    let cited = made.cited(snapshot);
    let mut loose = cited.clone();
    loose.reference = None;
    for picked in &mut loose.plans {
        picked.revision = None;
    }
    let base = snapshot.base();
    let mut writer = Writer {
        graph: Graph::new(),
        set: base.node(&cited.address()),
    };
    writer.set(&comparison, &base.node(&loose.address()));
    for (id, facts, revision) in &made.plans {
        writer.plan(id, &facts.iri, &facts.titles, revision);
    }
    for row in &comparison.rows {
        for (column, (id, ..)) in made.plans.iter().enumerate() {
            writer.observation(&comparison, row, column, id);
        }
    }
    Ok(writer.graph)
}

/// What a comparison is called.
pub fn title(names: &[Text], language: Language) -> String {
    let name = Text::best(names, language).map_or("", |name| name.text.as_str());
    language.pick(
        format!("Planer mot målen i {name}"),
        format!("Plans towards the goals of {name}"),
    )
}

struct Writer {
    graph: Graph,
    /// The address of the whole.
    set: NamedNode,
}

impl Writer {
    fn say(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, value: impl Into<Term>) {
        let triple = Triple::new(subject.clone(), property.into_owned(), value);
        self.graph.insert(&triple);
    }

    fn node(&self, local: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}#{local}", self.set.as_str()))
    }

    fn set(&mut self, comparison: &Comparison<'_>, loose: &NamedNode) {
        let set = self.set.clone();
        self.say(&set, rdf::TYPE, qb::DATA_SET.into_owned());
        self.say(&set, rdf::TYPE, prov::ENTITY.into_owned());
        for language in Language::ALL {
            let title = title(&comparison.framework.names, language);
            let title = Literal::new_language_tagged_literal_unchecked(title, language.tag());
            self.say(&set, dcterms::TITLE, title);
        }
        self.say(&set, dcterms::SUBJECT, iri(&comparison.framework.iri));
        self.say(&set, dcterms::IS_VERSION_OF, loose.clone());
        self.say(&set, qb::STRUCTURE, plan::COMPARISON.into_owned());
        self.say(&set, dcterms::LICENSE, NamedNode::new_unchecked(LICENCE));
        for goal in &comparison.framework.goals {
            let node = iri(&goal.iri);
            self.say(&node, rdf::TYPE, plan::GOAL.into_owned());
            for name in &goal.names {
                self.say(&node, skos::PREF_LABEL, literal(name));
            }
        }
    }

    /// A plan in the revision that was compared.
    fn plan(&mut self, id: &PlanId, address: &Iri, titles: &[Text], revision: &str) {
        let (set, node) = (self.set.clone(), self.node(id.as_str()));
        self.say(&set, prov::WAS_DERIVED_FROM, node.clone());
        self.say(&node, rdf::TYPE, prov::ENTITY.into_owned());
        self.say(&node, prov::SPECIALIZATION_OF, iri(address));
        self.say(&node, dcat::VERSION, Literal::from(short(revision)));
        for title in titles {
            self.say(&node, rdfs::LABEL, literal(title));
        }
    }

    fn observation(
        &mut self,
        comparison: &Comparison<'_>,
        row: &crate::compare::Row<'_>,
        column: usize,
        id: &PlanId,
    ) {
        let (Some(cell), Some(compared)) = (row.cells.get(column), comparison.plans.get(column))
        else {
            return;
        };
        let node = self.node(&format!("{}.{id}", row.goal.key));
        let set = self.set.clone();
        self.say(&node, rdf::TYPE, qb::OBSERVATION.into_owned());
        self.say(&node, qb::DATA_SET_OF, set);
        self.say(&node, plan::OBSERVED_PLAN, iri(&compared.facts.iri));
        self.say(&node, plan::OBSERVED_GOAL, iri(&row.goal.iri));
        // What nobody has looked at is missing, not zero, also where an area serves the goal.
        let (reviewed, all) = (compared.reviewed, compared.considered.len());
        let status = match comparison.answer(row, column) {
            Answer::Served if !cell.activities.is_empty() => "obsStatus-A",
            _ if reviewed == 0 => "obsStatus-M",
            _ if reviewed < all => "obsStatus-P",
            _ => "obsStatus-A",
        };
        let is_known = status != "obsStatus-M";
        let status = NamedNode::new_unchecked(format!("{SDMX_CODE}{status}"));
        self.say(&node, sdmx::OBS_STATUS, status);
        if is_known {
            let many = cell.activities.len().to_string();
            let many = Literal::new_typed_literal(many, xsd::INTEGER);
            self.say(&node, plan::ACTIVITY_COUNT, many);
        }
        let activities = cell.activities.iter();
        let activities = activities.filter_map(|at| compared.facts.activities.get(*at));
        for activity in activities {
            self.say(&node, prov::WAS_DERIVED_FROM, iri(&activity.iri));
        }
        for area in &cell.areas {
            self.say(&node, prov::WAS_DERIVED_FROM, iri(area));
        }
    }
}

fn iri(iri: &Iri) -> NamedNode {
    NamedNode::new_unchecked(iri.as_str())
}

fn literal(text: &Text) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text.text.as_str(), text.language.as_str())
}
