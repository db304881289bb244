//! Organisations that a document names and nobody knew, as reference data.

use std::collections::BTreeMap;

use oxrdf::{Graph, Literal, NamedNode, Triple};

use super::assemble::{NewAgent, Produced};
use crate::model::{Date, Iri, PlanId};
use crate::rdf::Base;

/// The path below the data folder of the file that describes them.
pub fn path(id: &PlanId) -> String {
    format!("reference/organisations/plan-{id}.ttl")
}

/// The file as it is to be: what it had, and the new agents with what says them; `None` where
/// there is nothing new to say.
pub fn beside(there: Option<Graph>, new: Graph, produced: &Produced) -> Option<Graph> {
    if produced.agents.is_empty() {
        return None;
    }
    let Some(mut all) = there else {
        return Some(new);
    };
    let known = |iri: &Iri| {
        let node = NamedNode::new_unchecked(iri.as_str());
        all.triples_for_subject(&node).next().is_some()
    };
    let fresh: Vec<NamedNode> = produced
        .agents
        .keys()
        .filter(|iri| !known(iri))
        .map(|iri| NamedNode::new_unchecked(iri.as_str()))
        .collect();
    for node in &fresh {
        for triple in new.triples_for_subject(node) {
            all.insert(triple);
        }
    }
    (!fresh.is_empty()).then_some(all)
}

/// The description of new agents, as one reference file.
pub fn graph(
    id: &PlanId,
    agents: &BTreeMap<Iri, NewAgent>,
    county: Option<&Iri>,
    base: &Base,
    today: Date,
) -> Graph {
    const DCTERMS: &str = "http://purl.org/dc/terms/";
    const FOAF: &str = "http://xmlns.com/foaf/0.1/";
    const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    let mut graph = Graph::new();
    let node = |iri: &str| NamedNode::new_unchecked(iri);
    let mut add = |subject: &NamedNode, predicate: String, object: oxrdf::Term| {
        graph.insert(&Triple::new(
            subject.clone(),
            NamedNode::new_unchecked(predicate),
            object,
        ));
    };
    let text = |text: String, language| {
        Literal::new_language_tagged_literal_unchecked(text, language).into()
    };
    let file = base.node(path(id).trim_end_matches(".ttl"));
    let reference = node("https://w3id.org/samplan/ns#ReferenceGraph");
    add(&file, RDF_TYPE.to_owned(), reference.into());
    let sv = format!("Aktörer som planen {id} namnger");
    let en = format!("Agents that the plan {id} names");
    add(&file, format!("{DCTERMS}title"), text(sv, "sv"));
    add(&file, format!("{DCTERMS}title"), text(en, "en"));
    let day = Literal::new_typed_literal(
        today.to_string(),
        NamedNode::new_unchecked("http://www.w3.org/2001/XMLSchema#date"),
    );
    add(&file, format!("{DCTERMS}modified"), day.into());
    let cc0 = node("http://creativecommons.org/publicdomain/zero/1.0/");
    add(&file, format!("{DCTERMS}license"), cc0.into());
    for agent in agents.values() {
        let subject = node(agent.iri.as_str());
        add(
            &subject,
            RDF_TYPE.to_owned(),
            node(&format!("{FOAF}Agent")).into(),
        );
        let kind = match (&agent.unit_of, agent.group) {
            (Some(_), _) => node("http://www.w3.org/ns/org#OrganizationalUnit"),
            (None, true) => node(&format!("{FOAF}Group")),
            (None, false) => node("http://www.w3.org/ns/org#Organization"),
        };
        add(&subject, RDF_TYPE.to_owned(), kind.into());
        add(
            &subject,
            format!("{FOAF}name"),
            text(agent.name.clone(), "sv"),
        );
        for member in &agent.members {
            let member = node(member.as_str());
            add(&subject, format!("{FOAF}member"), member.into());
        }
        if let Some(whole) = &agent.unit_of {
            let unit_of = "http://www.w3.org/ns/org#unitOf".to_owned();
            add(&subject, unit_of, node(whole.as_str()).into());
        }
        if let Some(county) = county {
            add(
                &subject,
                format!("{DCTERMS}spatial"),
                node(county.as_str()).into(),
            );
        }
    }
    graph
}
