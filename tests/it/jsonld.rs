//! The JSON-LD says what the N-Triples say, and keeps its shape.
//!
//! Here another parser reads it, that of Oxigraph, which has all of JSON-LD 1.1 that the
//! context uses. `tests/conformance/jsonld` has more parsers read it, and checks that the JSON
//! Schema describes it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use oxigraph::io::{JsonLdProfileSet, LoadedDocument, RdfFormat, RdfParser};
use oxrdf::{Graph, GraphName, Triple};
use samplan::rdf::{Base, Format, parse};
use samplan::views::{self, Description};
use samplan::vocab;
use serde_json::{Value, json};

use crate::support::{assert_same_graph, folder, node, root, snapshot};

/// A JSON-LD document as a graph; the context is the one that comes with the program.
fn read_json_ld(bytes: &[u8]) -> Graph {
    let format = || RdfFormat::JsonLd {
        profile: JsonLdProfileSet::empty(),
    };
    let context = node("ns/context.jsonld");
    let parser = RdfParser::from_format(format())
        .for_reader(bytes)
        .with_document_loader(move |url| {
            assert_eq!(url, context.as_str(), "nothing else may be loaded");
            Ok(LoadedDocument {
                url: url.to_owned(),
                content: vocab::CONTEXT.as_bytes().to_vec(),
                format: format(),
            })
        });
    let mut graph = Graph::new();
    for quad in parser {
        let quad = quad.unwrap();
        assert_eq!(quad.graph_name, GraphName::DefaultGraph);
        graph.insert(&Triple::from(quad));
    }
    graph
}

fn read_n_triples(bytes: &[u8]) -> Graph {
    RdfParser::from_format(RdfFormat::NTriples)
        .for_reader(bytes)
        .map(|quad| Triple::from(quad.unwrap()))
        .collect()
}

fn description(path: &str) -> Description {
    let resource = views::resolve(snapshot(), path)
        .unwrap()
        .unwrap_or_else(|| panic!("there is nothing at {path}"));
    views::describe(snapshot(), &resource).unwrap()
}

fn rendered(description: &Description, format: Format) -> Vec<u8> {
    views::data(snapshot(), description, format).unwrap()
}

#[track_caller]
fn assert_same_in_both(description: &Description, what: &str) {
    let json_ld = read_json_ld(&rendered(description, Format::JsonLd));
    let n_triples = read_n_triples(&rendered(description, Format::NTriples));
    assert!(!n_triples.is_empty(), "{what} is empty");
    assert_same_graph(&json_ld, &n_triples, what);
}

#[test]
fn json_ld_and_n_triples_of_a_resource_are_the_same_graph() {
    for path in [
        "plan/vasterbotten-2026",
        "plan/vastmanland-2018-2020",
        "plan/vastmanland-2021-2022",
        "plan/vastmanland-2021-2022/activity/digitalisering-av-kulturutbud",
        "framework/un-sdg",
        "framework",
        "organisation",
        "plan",
        "catalog",
        "plan/vasterbotten-2026/stated",
        "reference/counties",
        "ns",
        "status",
        "role/lead",
    ] {
        assert_same_in_both(&description(path), path);
    }
}

#[test]
fn the_json_of_an_activity() {
    let path = "plan/vastmanland-2021-2022/activity/digitalisering-av-kulturutbud";
    let json = String::from_utf8(rendered(&description(path), Format::JsonLd)).unwrap();
    insta::assert_snapshot!(json);
}

/// Some triples, in Turtle, as the description of one node.
fn said_of(path: &str, turtle: &str) -> Description {
    let mut text = String::new();
    for (prefix, namespace) in vocab::PREFIXES {
        writeln!(text, "@prefix {prefix}: <{namespace}> .").unwrap();
    }
    text.push_str(turtle);
    let (graph, findings) = parse::turtle(text.as_bytes(), &Base::default(), "made up");
    assert_eq!(findings, []);
    Description {
        iri: node(path),
        graph,
        named_graph: false,
        whole: true,
    }
}

fn json_of(description: &Description) -> Value {
    serde_json::from_slice(&rendered(description, Format::JsonLd)).unwrap()
}

#[test]
fn a_value_that_its_term_cannot_carry_is_written_in_full() {
    for (turtle, term, carried, full, in_full) in [
        // A term for texts by language: no language, an address.
        (
            "dcterms:title \"ja\"@sv , \"nej\" , <y>",
            "title",
            json!({ "sv": "ja" }),
            "dcterms:title",
            json!([
                { "@value": "nej", "@type": "xsd:string" },
                { "id": "http://localhost:8080/y" },
            ]),
        ),
        // A term for addresses: a text, a node without an address.
        (
            "dcterms:creator <y> , \"nej\"@sv , _:b",
            "creator",
            json!(["http://localhost:8080/y"]),
            "dcterms:creator",
            json!([{ "@value": "nej", "@language": "sv" }, { "id": "_:b" }]),
        ),
        // A term for days: a year, a text.
        (
            "dcterms:date \"2026-11-22\"^^xsd:date , \"2026\"^^xsd:gYear , \"nej\"",
            "date",
            json!("2026-11-22"),
            "dcterms:date",
            json!([
                { "@value": "2026", "@type": "xsd:gYear" },
                { "@value": "nej", "@type": "xsd:string" },
            ]),
        ),
        // A term without a datatype: what JSON has no form for, or reads as something else.
        (
            "plan:position 7 , 9007199254740992 , \"07\"^^xsd:integer , \"nej\"@sv , 1.5",
            "position",
            json!(7),
            "plan:position",
            json!([
                { "@value": "07", "@type": "xsd:integer" },
                { "@value": "1.5", "@type": "xsd:decimal" },
                { "@value": "9007199254740992", "@type": "xsd:integer" },
                { "@value": "nej", "@language": "sv" },
            ]),
        ),
        (
            "plan:distributive true , \"1\"^^xsd:boolean",
            "distributive",
            json!(true),
            "plan:distributive",
            json!([{ "@value": "1", "@type": "xsd:boolean" }]),
        ),
        // A notation of a kind of its own beside a plain one.
        (
            "skos:notation \"19\" , \"19\"^^plan:scbCode",
            "notation",
            json!(["19"]),
            "skos:notation",
            json!([{ "@value": "19", "@type": "plan:scbCode" }]),
        ),
    ] {
        let description = said_of("x", &format!("<x> {turtle} ."));
        let json = json_of(&description);
        assert_eq!(json[term], carried, "{turtle}");
        let sorted = |value: &Value| -> BTreeSet<String> {
            let values = value.as_array().unwrap();
            values.iter().map(Value::to_string).collect()
        };
        assert_eq!(sorted(&json[full]), sorted(&in_full), "{turtle}");
        assert_same_in_both(&description, turtle);
    }
}

#[test]
fn what_is_no_term_and_no_tree_is_not_lost() {
    for turtle in [
        // A property and a class without a term.
        "<x> a <http://example.org/Kind> ; <http://example.org/p> <y> , \"text\" .",
        // A class that is no IRI can only be a mistake, but is said.
        "<x> a plan:Plan , _:b . _:b a plan:Goal .",
        // Nodes without an address, in a list and in a ring.
        "<x> dcterms:spatial ( 1 \"två\"@sv <x> ) ; dcterms:creator [ foaf:name \"a\"@sv ] .",
        "<x> skos:broader _:a . _:a skos:broader _:b . _:b skos:broader _:a ; a skos:Concept .",
        // A link of a plan that cannot be nested, beside one that can.
        "<x> a plan:Plan ; dcterms:source <x/source> , <y> , \"text\" .
         <x/source> a foaf:Document ; spdx:checksum <x/sum> , _:b .
         <x/sum> a spdx:Checksum ; spdx:checksumValue \"00\"^^xsd:hexBinary .
         _:b a spdx:Checksum .",
        // Activities under each other, and one under two.
        "<x> a plan:Plan .
         <x/a> a plan:Activity ; plan:inPlan <x> ; plan:subActivityOf <x/b> , <x/c> .
         <x/b> a plan:Activity ; plan:inPlan <x> ; plan:subActivityOf <x/a> .
         <x/c> a plan:Activity ; plan:inPlan <x> ; plan:subActivityOf <x/c> .",
        // Two plans that share a period.
        "<x> a plan:Plan ; dcterms:temporal <x/period> .
         <x/a> a plan:Activity ; plan:inPlan <x> ; dcterms:temporal <x/period> .
         <x/period> a dcterms:PeriodOfTime ; dcat:startDate \"2026-01-01\"^^xsd:date .",
    ] {
        assert_same_in_both(&said_of("x", turtle), turtle);
    }
}

#[test]
fn a_named_graph_with_odd_values_is_not_lost() {
    let text = std::fs::read_to_string(root().join("tests/fixtures/odd-values.ttl")).unwrap();
    let description = Description {
        named_graph: true,
        ..said_of("reference/odd-values", &text)
    };
    assert!(description.graph.iter().any(|t| t.subject.is_blank_node()));
    assert_same_in_both(&description, "odd-values.ttl");
}

/// The terms of the context with what they stand for, prefixes and keywords left out: name,
/// compact IRI, whether backward.
fn terms() -> Vec<(String, String, bool)> {
    entries()
        .into_iter()
        .filter_map(|(name, definition)| {
            if let Some(iri) = definition["@reverse"].as_str() {
                return Some((name, iri.to_owned(), true));
            }
            let iri = definition.as_str().or(definition["@id"].as_str())?;
            let is_term = !iri.starts_with('@') && !iri.contains("://");
            is_term.then(|| (name, iri.to_owned(), false))
        })
        .collect()
}

fn entries() -> Vec<(String, Value)> {
    let context: Value = serde_json::from_str(vocab::CONTEXT).unwrap();
    let entries = context["@context"].as_object().unwrap();
    entries.clone().into_iter().collect()
}

#[test]
fn no_two_entries_of_the_context_clash() {
    // A JSON parser takes the last of two entries with the same name and says nothing.
    let written = vocab::CONTEXT
        .lines()
        .filter(|line| line.starts_with("    \""))
        .count();
    assert_eq!(written, entries().len(), "a name stands twice");
    let mut seen = BTreeSet::new();
    for (name, iri, backward) in terms() {
        assert!(
            backward || seen.insert(iri.clone()),
            "{name}: {iri} has two terms"
        );
    }
    for (name, iri, _) in terms() {
        let (prefix, _) = iri.split_once(':').unwrap();
        assert!(
            entries().iter().any(|(own, value)| own == prefix
                && value.as_str().is_some_and(|iri| iri.contains("://"))),
            "{name}: there is no prefix {prefix}"
        );
    }
}

#[test]
fn every_term_is_used() {
    let mut written: String = folder()
        .files()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for file in [vocab::ONTOLOGY, vocab::STATUS, vocab::ROLE, vocab::SHAPES] {
        written.push_str(file);
    }
    let words: BTreeSet<&str> = written
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-')))
        .collect();
    // The views add these to what the files say.
    let added = [
        "dcmitype:Collection",
        "dcterms:hasPart",
        // Comparisons are made of the files, and stand in none.
        "dcterms:isVersionOf",
        "dcterms:subject",
        "prov:specializationOf",
        "qb:DataSet",
        "qb:dataSet",
        "qb:structure",
    ];
    for (name, iri, _) in terms() {
        assert!(
            words.contains(iri.as_str()) || added.contains(&iri.as_str()),
            "{name} ({iri}) is used nowhere; remove it from vocab/context.jsonld"
        );
    }
}

#[test]
fn the_prefixes_of_the_context_are_those_of_the_vocabulary() {
    for (name, value) in entries() {
        let Some(namespace) = value.as_str().filter(|iri| iri.contains("://")) else {
            continue;
        };
        assert!(
            namespace.ends_with(['#', '/']),
            "JSON-LD 1.1 does not take {name} for a prefix"
        );
        if let Some((_, own)) = vocab::PREFIXES.iter().find(|(own, _)| *own == name) {
            assert_eq!(namespace, *own, "{name}");
        }
    }
}

/// Every key that the JSON Schema has a description for.
fn schema_keys(schema: &Value, into: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        into.extend(properties.keys().cloned());
    }
    match schema {
        Value::Object(entries) => entries.values().for_each(|value| schema_keys(value, into)),
        Value::Array(values) => values.iter().for_each(|value| schema_keys(value, into)),
        _ => {}
    }
}

#[test]
fn the_json_schema_describes_terms_of_the_context() {
    let schema: Value = serde_json::from_str(vocab::SCHEMA).unwrap();
    assert_eq!(
        schema["$id"],
        format!("{}/plan.schema.json", vocab::ONTOLOGY_IRI)
    );
    let mut keys = BTreeSet::new();
    schema_keys(&schema, &mut keys);
    assert!(keys.len() > 40, "{keys:?}");
    let known: BTreeSet<String> = entries().into_iter().map(|(name, _)| name).collect();
    // The context itself, and the languages in which rights are told.
    let other = ["@context", "en", "sv"].map(str::to_owned);
    for key in keys {
        assert!(
            known.contains(&key) || other.contains(&key),
            "{key} is no term of vocab/context.jsonld"
        );
    }
}

#[tokio::test]
async fn what_is_described_elsewhere_has_the_shape_of_what_is_described_here() {
    // The older edition was read from the same document as the newer one, which describes it.
    for id in ["vastmanland-2018-2020", "vastmanland-2021-2022"] {
        let plan = crate::support::get(&format!("/plan/{id}.jsonld"), None)
            .await
            .json();
        let source = "http://localhost:8080/plan/vastmanland-2021-2022/source";
        assert_eq!(plan["source"]["id"], source, "{id}");
    }
}
