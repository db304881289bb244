//! The endpoint's description of itself: service description, `VoID`, `OpenAPI`.

use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::store::Store;
use oxrdf::Graph;
use samplan::sparql::named;
use samplan::vocab;

use crate::support::{get, instances, node, objects};

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const VOID: &str = "http://rdfs.org/ns/void#";
const SH: &str = "http://www.w3.org/ns/shacl#";
const SCHEMA: &str = "https://schema.org/";

async fn graph(path: &str) -> Graph {
    let answer = get(path, Some("text/turtle")).await;
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&answer.body)
        .map(|quad| oxrdf::Triple::from(quad.unwrap()))
        .collect()
}

#[tokio::test]
async fn a_machine_that_asks_nothing_gets_the_service_description() {
    let graph = graph("/sparql").await;
    let service = node("sparql");
    assert_eq!(
        instances(&graph, &format!("{SD}Service")),
        std::slice::from_ref(&service)
    );
    let of = |property: &str| objects(&graph, &service, property);
    assert_eq!(
        of(&format!("{SD}endpoint")),
        ["http://localhost:8080/sparql"]
    );
    assert_eq!(
        of(&format!("{SD}supportedLanguage")),
        [format!("{SD}SPARQL11Query")]
    );
    assert_eq!(of(&format!("{SD}resultFormat")).len(), 10);
    let limits: BTreeMap<String, String> = of(&format!("{SCHEMA}additionalProperty"))
        .into_iter()
        .map(|limit| {
            let limit = oxrdf::NamedNode::new(limit).unwrap();
            let one = |property: &str| objects(&graph, &limit, &format!("{SCHEMA}{property}"));
            (one("propertyID").remove(0), one("maxValue").remove(0))
        })
        .collect();
    assert_eq!(limits["time"], "30000");
    assert_eq!(limits["result-rows"], "1000000");
    assert_eq!(limits["memory"], (1 << 30).to_string());
    // How the app of the tests runs, whose clients have no budget.
    assert_eq!(limits["queries-at-once"], "4");
    assert_eq!(limits["queries"], "4");
    assert_eq!(limits["client-queries"], i64::MAX.to_string());
    assert!(!limits.contains_key("client-seconds") && !limits.contains_key("client-rate"));
    assert_eq!(limits["result-bytes"], (64 << 20).to_string());
    assert_eq!(limits["query-bytes"], (64 << 10).to_string());
    assert_eq!(limits["open-brackets"], "100");
    assert_eq!(limits["patterns"], "200");
    assert_eq!(limits["words"], "16384");
    // What editors look for: prefixes, and queries with their text.
    assert_eq!(of(&format!("{SH}declare")).len(), vocab::PREFIXES.len());
    for query in named::all().unwrap() {
        let one = node(&format!("query/{}", query.name));
        assert_eq!(
            objects(&graph, &one, &format!("{SH}select")),
            std::slice::from_ref(&query.text)
        );
        // Editors list a query once for each comment.
        let comments = objects(&graph, &one, "http://www.w3.org/2000/01/rdf-schema#comment");
        assert_eq!(comments, std::slice::from_ref(&query.description.en));
        let descriptions = objects(&graph, &one, "http://purl.org/dc/terms/description");
        assert_eq!(descriptions.len(), 2, "{}", query.name);
    }
}

#[tokio::test]
async fn the_description_is_to_be_had_by_suffix_by_name_and_by_header() {
    let first = get("/sparql", None).await;
    assert_eq!(first.header("content-type"), "text/turtle; charset=utf-8");
    assert_eq!(
        first.header("content-location"),
        "http://localhost:8080/sparql.ttl"
    );
    for path in [
        "/sparql.ttl",
        "/sparql?format=turtle",
        "/sparql?lang=sv&ac=1",
    ] {
        assert_eq!(get(path, None).await.body, first.body, "{path}");
    }
    let page = get("/sparql", Some("text/html")).await;
    assert!(
        page.text().contains("<form id=\"query-form\""),
        "{}",
        page.text()
    );
    let wrong = get("/sparql?format=csv", None).await;
    assert_eq!(wrong.status.as_u16(), 406);
}

/// The rows of a query as a map from everything but the last column to that.
async fn counted(query: &str) -> BTreeMap<String, String> {
    let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let answer = get(&format!("/sparql?query={encoded}&format=csv"), None).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    answer
        .text()
        .lines()
        .skip(1)
        .map(|line| {
            let (key, count) = line.rsplit_once(',').unwrap();
            (key.to_owned(), count.to_owned())
        })
        .collect()
}

/// The same out of the description.
fn described(store: &Store, query: &str) -> BTreeMap<String, String> {
    let text = format!(
        "PREFIX void: <{VOID}> PREFIX void-ext: <http://ldf.fi/void-ext#> PREFIX sd: <{SD}> {query}"
    );
    let results = oxigraph::sparql::SparqlEvaluator::new()
        .parse_query(&text)
        .unwrap()
        .on_store(store)
        .execute()
        .unwrap();
    let oxigraph::sparql::QueryResults::Solutions(solutions) = results else {
        panic!("it is a SELECT");
    };
    solutions
        .map(|solution| {
            let solution = solution.unwrap();
            let text: Vec<String> = solution
                .values()
                .iter()
                .map(|term| match term.as_ref().unwrap() {
                    oxrdf::Term::NamedNode(node) => node.as_str().to_owned(),
                    oxrdf::Term::Literal(literal) => literal.value().to_owned(),
                    oxrdf::Term::BlankNode(node) => node.to_string(),
                })
                .collect();
            let (count, key) = text.split_last().unwrap();
            (key.join(","), count.clone())
        })
        .collect()
}

#[tokio::test]
async fn the_counts_of_the_data_are_what_queries_give() {
    let store = Store::new().unwrap();
    let graph = graph("/.well-known/void").await;
    let default = oxrdf::GraphNameRef::DefaultGraph;
    store
        .extend(
            graph
                .iter()
                .map(|triple| triple.in_graph(default).into_owned()),
        )
        .unwrap();
    let dataset = node(".well-known/void#default");
    let cases = [
        ("?d void:triples ?n", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (
            "?d void:distinctSubjects ?n",
            "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        ),
        (
            "?d void:distinctObjects ?n",
            "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        ),
        (
            "?d void:properties ?n",
            "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        ),
        (
            "?d void:classes ?n",
            "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
        ),
        (
            "?d void:entities ?n",
            "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }",
        ),
    ];
    for (pattern, query) in cases {
        let own = described(
            &store,
            &format!("SELECT (1 AS ?one) ?n {{ VALUES ?d {{ {dataset} }} {pattern} }}"),
        );
        let query = query.replace("SELECT (", "SELECT (1 AS ?one) (");
        assert_eq!(own, counted(&query).await, "{pattern}");
        assert_eq!(own.len(), 1);
    }
    let cases = [
        (
            "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }",
            "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c",
        ),
        (
            "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:triples ?n ] }",
            "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c",
        ),
        (
            "SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ] }",
            "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        ),
        (
            "SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:distinctObjects ?n ] }",
            "SELECT ?p (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o } GROUP BY ?p",
        ),
        (
            "SELECT ?c ?p ?n { ?d void:classPartition [ void:class ?c ; void:propertyPartition [ void:property ?p ; void:distinctSubjects ?n ] ] }",
            "SELECT ?c ?p (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p",
        ),
        (
            "SELECT ?c ?p ?k ?n { ?d void:classPartition [ void:class ?c ; void:propertyPartition [ void:property ?p ; void:classPartition [ void:class ?k ; void:triples ?n ] ] ] }",
            "SELECT ?c ?p ?k (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . ?o a ?k } GROUP BY ?c ?p ?k",
        ),
        (
            "SELECT ?c ?p ?t ?n { ?d void:classPartition [ void:class ?c ; void:propertyPartition [ void:property ?p ; void-ext:datatypePartition [ void-ext:datatype ?t ; void:triples ?n ] ] ] }",
            "SELECT ?c ?p ?t (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?t) } GROUP BY ?c ?p ?t",
        ),
    ];
    for (description, query) in cases {
        let own = described(
            &store,
            &description.replacen("{ ?d", &format!("{{ VALUES ?d {{ {dataset} }} ?d"), 1),
        );
        assert!(own.len() > 20, "{description}");
        assert_eq!(own, counted(query).await, "{description}");
    }
    for (count, query) in [
        (
            "triples",
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        ),
        (
            "entities",
            "SELECT ?g (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?c } } GROUP BY ?g",
        ),
        (
            "distinctSubjects",
            "SELECT ?g (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        ),
    ] {
        let of_graphs = format!("SELECT ?g ?n {{ [] sd:name ?g ; sd:graph [ void:{count} ?n ] }}");
        let own = described(&store, &of_graphs);
        assert!(own.len() > 20, "{count}");
        assert_eq!(own, counted(query).await, "{count}");
    }
}

#[tokio::test]
async fn the_api_is_described_with_every_query_and_its_parameters() {
    let answer = get("/openapi.json", None).await;
    assert_eq!(answer.header("content-type"), "application/openapi+json");
    let tree = answer.json();
    assert_eq!(tree["openapi"], "3.1.0");
    for query in named::all().unwrap() {
        let own = &tree["paths"][format!("/query/{}", query.name)]["get"];
        assert_eq!(own["summary"], query.title.en, "{}", query.name);
        let names: Vec<&str> = own["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        for parameter in &query.parameters {
            assert!(
                names.contains(&parameter.name.as_str()),
                "{}: {names:?}",
                query.name
            );
        }
        assert!(names.contains(&"page") && names.contains(&"lang") && names.contains(&"format"));
    }
    insta::assert_snapshot!("openapi_sparql", format!("{:#}", tree["paths"]["/sparql"]));
    insta::assert_snapshot!(
        "openapi_query",
        format!("{:#}", tree["paths"]["/query/activities-in-year"])
    );
}
