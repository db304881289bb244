//! The catalogue: what portals are given, and that it stays what it was.

mod downloads;
mod machines;
mod mutations;
mod stays;

use std::collections::HashSet;

use axum::http::StatusCode;
use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{Graph, NamedNode, Term, Triple};
use samplan::views::catalog::{self, mqa};

use crate::support::{Answer, ask, assert_same_graph, get, instances, node, objects, snapshot};

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCTERMS: &str = "http://purl.org/dc/terms/";
const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";

/// The graph in an answer.
fn graph(answer: &Answer, format: RdfFormat) -> Graph {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let quads = RdfParser::from_format(format).for_slice(&answer.body);
    let mut graph = Graph::new();
    for quad in quads {
        graph.insert(&Triple::from(quad.unwrap()));
    }
    graph
}

async fn turtle(path: &str) -> Graph {
    graph(&get(path, None).await, RdfFormat::Turtle)
}

async fn swedish(path: &str) -> Graph {
    graph(&get(path, None).await, RdfFormat::RdfXml)
}

fn without_formats(graph: &Graph) -> Graph {
    let format = format!("{DCTERMS}format");
    graph
        .iter()
        .filter(|triple| triple.predicate.as_str() != format)
        .collect()
}

#[tokio::test]
async fn the_catalogue_is_the_one_in_the_snapshot() {
    insta::assert_snapshot!("catalog", get("/catalog.ttl", None).await.text());
}

#[tokio::test]
async fn the_two_flavours_differ_in_formats_only() {
    let (eu, se) = (
        turtle("/catalog.ttl").await,
        swedish("/datasets/dcat").await,
    );
    assert_same_graph(&without_formats(&eu), &without_formats(&se), "flavours");
    let formats = |graph: &Graph| -> HashSet<Term> {
        let format = NamedNode::new(format!("{DCTERMS}format")).unwrap();
        let triples = graph.iter().filter(|triple| triple.predicate == format);
        triples.map(|triple| triple.object.into_owned()).collect()
    };
    assert!(formats(&se).iter().all(Term::is_literal));
    assert!(formats(&eu).iter().all(Term::is_named_node));
    assert_eq!(formats(&se).len(), formats(&eu).len());
}

#[tokio::test]
async fn it_is_the_same_graph_in_every_syntax_and_the_same_bytes_every_time() {
    let expected = turtle("/catalog.ttl").await;
    let json = RdfFormat::JsonLd {
        profile: oxigraph::io::JsonLdProfileSet::empty(),
    };
    for (path, format, kind) in [
        ("/catalog.rdf", RdfFormat::RdfXml, "application/rdf+xml"),
        ("/catalog.nt", RdfFormat::NTriples, "application/n-triples"),
        ("/catalog.jsonld", json, "application/ld+json"),
        (
            "/catalog.ttl",
            RdfFormat::Turtle,
            "text/turtle; charset=utf-8",
        ),
    ] {
        let answer = get(path, Some("text/html")).await;
        assert_eq!(answer.header("content-type"), kind, "the suffix decides");
        assert_same_graph(&graph(&answer, format), &expected, path);
        assert_eq!(answer.body, get(path, None).await.body);
        assert!(answer.headers.contains_key("last-modified"));
        let known = ask(path, &[("if-none-match", answer.header("etag"))]).await;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn dataportal_gets_rdf_xml_whatever_it_accepts() {
    let plain = get("/datasets/dcat", None).await;
    for accept in ["*/*", "text/html", "application/ld+json", "image/png"] {
        let answer = get("/datasets/dcat", Some(accept)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "application/rdf+xml");
        assert_eq!(answer.body, plain.body);
    }
    // And who asks for the catalogue without saying how gets RDF, not a page.
    for accept in [None, Some("*/*")] {
        let answer = get("/catalog", accept).await;
        assert_eq!(answer.header("content-type"), "application/rdf+xml");
    }
    let page = get("/catalog", Some("text/html")).await;
    assert!(page.header("content-type").starts_with("text/html"));
    let none = get("/catalog", Some("image/png")).await;
    assert_eq!(none.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn pages_make_up_the_whole() {
    for (path, whole, format) in [
        (
            "/catalog.ttl",
            turtle("/catalog.ttl").await,
            RdfFormat::Turtle,
        ),
        (
            "/datasets/dcat",
            swedish("/datasets/dcat").await,
            RdfFormat::RdfXml,
        ),
        ("/catalog", swedish("/catalog.rdf").await, RdfFormat::RdfXml),
    ] {
        let (mut all, mut number) = (Graph::new(), 0);
        let mut next = Some(format!("{path}?page=1&page-size=2"));
        while let Some(page) = next {
            number += 1;
            let graph = graph(&get(&page, None).await, format);
            assert_eq!(
                instances(&graph, &format!("{DCAT}Catalog")),
                [node("catalog")]
            );
            let view = instances(&graph, &format!("{HYDRA}PartialCollectionView"));
            let [view] = view.as_slice() else {
                panic!("one view: {view:?}");
            };
            assert_eq!(objects(&graph, view, &format!("{HYDRA}first")).len(), 1);
            assert_eq!(
                objects(&graph, &node("catalog"), &format!("{HYDRA}totalItems")),
                ["6"]
            );
            let links = objects(&graph, view, &format!("{HYDRA}next"));
            next = links.first().map(|link| {
                assert!(link.starts_with("http://localhost:8080/"), "{link}");
                link.replacen("http://localhost:8080", "", 1)
            });
            let own = graph.iter().filter(|triple| {
                let hydra = |iri: &str| iri.starts_with(HYDRA);
                let class = matches!(triple.object, oxrdf::TermRef::NamedNode(node) if hydra(node.as_str()));
                !hydra(triple.predicate.as_str()) && !class
            });
            all.extend(own);
        }
        assert_eq!(number, 3, "{path}");
        assert_same_graph(&all, &whole, path);
    }
    for (query, status) in [
        ("page=1", 200),
        ("page=2", 404),
        ("page=0", 404),
        ("page=99999999999999999999999", 404),
        ("page=x", 400),
        ("page=-1", 400),
        ("page-size=0", 400),
        ("page-size=5000", 400),
        ("page=", 200),
    ] {
        let answer = get(&format!("/catalog.ttl?{query}"), None).await;
        assert_eq!(answer.status.as_u16(), status, "{query}");
    }
}

#[tokio::test]
async fn everything_that_it_names_here_is_there_and_says_the_same() {
    let whole = turtle("/catalog.ttl").await;
    let mut seen = 0;
    for class in ["Dataset", "DatasetSeries", "Distribution", "DataService"] {
        for thing in instances(&whole, &format!("{DCAT}{class}")) {
            let path = thing.as_str().replacen("http://localhost:8080", "", 1);
            let said = turtle(&path).await;
            let own: Graph = whole.triples_for_subject(&thing).collect();
            let there: Graph = said.triples_for_subject(&thing).collect();
            assert_same_graph(&there, &own, &path);
            let page = get(&path, Some("text/html")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
    for path in [
        "catalog/contact",
        "catalog/no-licence",
        "catalog/vocabulary",
    ] {
        let own: Graph = whole.triples_for_subject(&node(path)).collect();
        assert!(!own.is_empty());
        assert_same_graph(&turtle(&format!("/{path}.ttl")).await, &own, path);
    }
    for path in [
        "/dataset/nothing",
        "/series/x",
        "/dataset/vasterbotten-2026/tsv",
        "/catalog/x",
    ] {
        assert_eq!(
            get(path, None).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_plan_without_a_licence_gets_none() {
    let whole = turtle("/catalog.ttl").await;
    let csv = node("dataset/vasterbotten-2026/csv");
    let licence = objects(&whole, &csv, &format!("{DCTERMS}license"));
    assert_eq!(licence, [node("catalog/no-licence").as_str()]);
    let kind = objects(
        &whole,
        &node("catalog/no-licence"),
        &format!("{DCTERMS}type"),
    );
    assert_eq!(kind, ["http://purl.org/adms/licencetype/UnknownIPR"]);
}

#[test]
fn the_score_is_high_and_says_what_would_raise_it() {
    let snapshot = snapshot();
    let (catalog, sizes) = (
        catalog::catalog(snapshot).unwrap(),
        catalog::measure(snapshot).unwrap(),
    );
    let indicators = mqa::of_catalog(&catalog, &sizes);
    let most: u32 = indicators.iter().map(|indicator| indicator.weight).sum();
    assert_eq!(most, mqa::MOST);
    assert!(mqa::total(&indicators) >= 380.0);
    for indicator in indicators {
        let explained = !indicator.advice.sv.is_empty() && !indicator.advice.en.is_empty();
        assert!(indicator.share >= 1.0 || explained, "{}", indicator.name.en);
    }
}

#[tokio::test]
async fn the_preview_shows_the_score_and_each_portal() {
    let page = get("/catalog/preview?lang=en", Some("text/html"))
        .await
        .text();
    for expected in [
        "data-mqa-score=\"39",
        "dataportal.se",
        "data.europa.eu",
        "CKAN",
        "application/vnd.openxmlformats",
        "License not specified",
        "Excel does not count as free",
        "Before anyone harvests",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
}
