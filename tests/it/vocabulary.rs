//! The constants in the code and the files in `vocab/` say the same.

use std::collections::BTreeSet;

use oxrdf::Graph;
use samplan::model::{Method, Precision, ReviewState, Role, Status};
use samplan::rdf::{Base, parse};
use samplan::vocab;

use crate::support::{PLAN, instances, objects};

fn file(text: &str) -> Graph {
    let (graph, findings) = parse::turtle(text.as_bytes(), &Base::default(), "vocab");
    assert_eq!(findings, []);
    graph
}

const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";

/// The terms that a file declares in a namespace.
fn declared(graph: &Graph, namespace: &str) -> BTreeSet<String> {
    graph
        .iter()
        .filter(|triple| triple.predicate == oxrdf::vocab::rdf::TYPE)
        .map(|triple| triple.subject.to_string())
        .filter_map(|subject| {
            let iri = subject.trim_matches(['<', '>']);
            iri.strip_prefix(namespace).map(str::to_owned)
        })
        .collect()
}

#[test]
fn every_constant_is_declared_in_the_ontology() {
    let declared = declared(&file(vocab::ONTOLOGY), PLAN);
    for term in vocab::plan::ALL {
        let local = term.as_str().strip_prefix(PLAN).unwrap();
        assert!(
            declared.contains(local),
            "plan:{local} is not in vocab/ontology.ttl"
        );
    }
}

#[test]
fn every_class_and_property_of_the_ontology_is_a_constant() {
    let ontology = file(vocab::ONTOLOGY);
    let constants: BTreeSet<&str> = vocab::plan::ALL.iter().map(|term| term.as_str()).collect();
    for kind in ["Class", "ObjectProperty", "DatatypeProperty"] {
        for term in instances(&ontology, &format!("{OWL}{kind}")) {
            // The superclass of the layers is never written.
            let fine = constants.contains(term.as_str()) || term.as_str().ends_with("#Graph");
            assert!(fine, "{term} is not in src/vocab.rs");
        }
    }
}

#[test]
fn the_lists_of_the_model_are_those_of_the_schemes() {
    let keys = |keys: Vec<&str>| keys.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let groups = keys(vec!["planned", "under-way", "ended", "unknown"]);
    let statuses = declared(&file(vocab::STATUS), vocab::status::NS);
    let leaves: BTreeSet<_> = statuses.difference(&groups).cloned().collect();
    assert_eq!(
        leaves,
        keys(Status::ALL.iter().map(|status| status.key()).collect())
    );
    assert_eq!(
        declared(&file(vocab::ROLE), vocab::role::NS),
        keys(Role::ALL.iter().map(|role| role.key()).collect())
    );
    let ontology = file(vocab::ONTOLOGY);
    for (scheme, expected) in [
        (
            "precisions",
            keys(Precision::ALL.iter().map(|p| p.key()).collect()),
        ),
        (
            "review-states",
            keys(ReviewState::ALL.iter().map(|s| s.key()).collect()),
        ),
        (
            "methods",
            keys(Method::ALL.iter().map(|m| m.key()).collect()),
        ),
    ] {
        let concepts: BTreeSet<String> = instances(&ontology, &format!("{SKOS}Concept"))
            .into_iter()
            .filter(|concept| {
                objects(&ontology, concept, &format!("{SKOS}inScheme"))
                    .contains(&format!("{PLAN}{scheme}"))
            })
            .map(|concept| concept.as_str().strip_prefix(PLAN).unwrap().to_owned())
            .collect();
        assert_eq!(concepts, expected, "{scheme}");
    }
}

#[test]
fn every_term_has_a_label_in_swedish_and_english() {
    for text in [vocab::ONTOLOGY, vocab::STATUS, vocab::ROLE] {
        let graph = file(text);
        let named: Vec<_> = ["Class", "ObjectProperty", "DatatypeProperty"]
            .iter()
            .flat_map(|kind| instances(&graph, &format!("{OWL}{kind}")))
            .map(|term| (term, format!("{RDFS}label")))
            .chain(
                instances(&graph, &format!("{SKOS}Concept"))
                    .into_iter()
                    .map(|term| (term, format!("{SKOS}prefLabel"))),
            )
            .collect();
        assert!(!named.is_empty());
        for (term, property) in named {
            let predicate = oxrdf::NamedNode::new(property).unwrap();
            let languages: BTreeSet<String> = graph
                .objects_for_subject_predicate(&term, &predicate)
                .filter_map(|label| match label {
                    oxrdf::TermRef::Literal(label) => label.language().map(str::to_owned),
                    _ => None,
                })
                .collect();
            assert_eq!(
                languages,
                BTreeSet::from(["en".to_owned(), "sv".to_owned()]),
                "{term}"
            );
        }
    }
}

#[test]
fn every_file_has_a_version_and_the_licence_cc0() {
    for text in [vocab::ONTOLOGY, vocab::STATUS, vocab::ROLE, vocab::SHAPES] {
        assert!(text.contains("owl:versionInfo \""), "{}", &text[..200]);
        assert!(
            text.contains("dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/>")
        );
    }
}
