//! The cases about what the service says of itself (SPARQL 1.1 Service Description), asked of
//! the service as it is, with the plans of `data/`.

use axum::http::StatusCode;
use oxrdf::{Graph, NamedNodeRef, Term, Triple};
use samplan::rdf::Base;

use super::manifest::Said;
use super::value::{self, Value};
use crate::support::get;
use oxigraph::io::RdfFormat;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// The classes of the vocabulary (section 3.2).
const CLASSES: [&str; 11] = [
    "Service",
    "Feature",
    "Language",
    "Function",
    "Aggregate",
    "EntailmentRegime",
    "EntailmentProfile",
    "GraphCollection",
    "Dataset",
    "Graph",
    "NamedGraph",
];

/// The properties of the vocabulary (section 3.4), each with the class of what has it and,
/// where the vocabulary describes it, that of its values.
const PROPERTIES: [(&str, &str, Option<&str>); 19] = [
    ("endpoint", "Service", None),
    ("feature", "Service", Some("Feature")),
    (
        "defaultEntailmentRegime",
        "Service",
        Some("EntailmentRegime"),
    ),
    ("entailmentRegime", "NamedGraph", Some("EntailmentRegime")),
    (
        "defaultSupportedEntailmentProfile",
        "Service",
        Some("EntailmentProfile"),
    ),
    (
        "supportedEntailmentProfile",
        "NamedGraph",
        Some("EntailmentProfile"),
    ),
    ("extensionFunction", "Service", Some("Function")),
    ("extensionAggregate", "Service", Some("Aggregate")),
    ("languageExtension", "Service", Some("Feature")),
    ("supportedLanguage", "Service", Some("Language")),
    ("propertyFeature", "Service", Some("Feature")),
    ("defaultDataset", "Service", Some("Dataset")),
    ("availableGraphs", "Service", Some("GraphCollection")),
    ("resultFormat", "Service", None),
    ("inputFormat", "Service", None),
    ("defaultGraph", "Dataset", Some("Graph")),
    ("namedGraph", "GraphCollection", Some("NamedGraph")),
    ("name", "NamedGraph", None),
    ("graph", "NamedGraph", Some("Graph")),
];

/// Asks the service what it is, and looks at one side of the answer.
pub(super) async fn holds(case: &str) -> Result<(), String> {
    let answer = get("/sparql", Some("text/turtle")).await;
    if answer.status != StatusCode::OK {
        return Err(answer.status.to_string());
    }
    let Value::Graph(graph) = value::graph(&answer.body, RdfFormat::Turtle)? else {
        return Err("no graph".to_owned());
    };
    match case {
        "returns-rdf" if graph.is_empty() => Err("it says nothing".to_owned()),
        "returns-rdf" => Ok(()),
        "has-endpoint-triple" => has_endpoint(&graph),
        "conforms-to-schema" => conforms(&graph),
        other => panic!("{other} is a case that is not known"),
    }
}

fn services(graph: &Graph) -> Vec<Term> {
    let class = format!("{SD}Service");
    let class = NamedNodeRef::new_unchecked(&class);
    graph
        .subjects_for_predicate_object(oxrdf::vocab::rdf::TYPE, class)
        .map(|subject| Term::from(subject.into_owned()))
        .collect()
}

fn has_endpoint(graph: &Graph) -> Result<(), String> {
    let services = services(graph);
    let [service] = services.as_slice() else {
        return Err(format!("{} services", services.len()));
    };
    let endpoint = graph.all(service, &format!("{SD}endpoint"));
    let own = Term::from(Base::default().node("sparql"));
    if endpoint == [own] {
        Ok(())
    } else {
        Err(format!("the endpoint is {endpoint:?}"))
    }
}

/// Every term of the vocabulary in the description is one of it and stands where it may.
fn conforms(graph: &Graph) -> Result<(), String> {
    let mut used = 0;
    for triple in graph {
        let triple = triple.into_owned();
        if let Term::NamedNode(object) = &triple.object
            && triple.predicate.as_str() == TYPE
            && let Some(class) = object.as_str().strip_prefix(SD)
            && !CLASSES.contains(&class)
        {
            return Err(format!("there is no class sd:{class}"));
        }
        if let Some(property) = triple.predicate.as_str().strip_prefix(SD) {
            used += 1;
            stands_right(graph, property, &triple)?;
        }
    }
    if used == 0 {
        return Err("it uses no property of the vocabulary".to_owned());
    }
    Ok(())
}

fn stands_right(graph: &Graph, property: &str, triple: &Triple) -> Result<(), String> {
    let known = PROPERTIES.iter().find(|(name, _, _)| *name == property);
    let Some((_, of, to)) = known else {
        return Err(format!("there is no property sd:{property}"));
    };
    let wrong = |what: &str| Err(format!("{what} of sd:{property}: {triple}"));
    let subject = Term::from(triple.subject.clone());
    if !may_be(graph, &subject, of) {
        return wrong("the subject");
    }
    match (&triple.object, to) {
        (Term::Literal(_), _) => wrong("a literal as the object"),
        (object, Some(class)) if !may_be(graph, object, class) => wrong("the object"),
        _ => Ok(()),
    }
}

/// Whether nothing speaks against a node being of a class. Some are not described but named by
/// an IRI of the vocabulary or elsewhere, and a dataset is a collection of graphs as well.
fn may_be(graph: &Graph, node: &Term, class: &str) -> bool {
    let classes = graph.texts(node, TYPE);
    let own: Vec<&str> = classes
        .iter()
        .filter_map(|class| class.strip_prefix(SD))
        .collect();
    own.is_empty() || own.contains(&class) || (class == "GraphCollection" && own == ["Dataset"])
}
