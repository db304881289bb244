//! Files for download: what they hold, their true sizes, parts of them, their checksums.

use std::collections::BTreeSet;
use std::io::Read;

use axum::http::StatusCode;
use calamine::{Reader, Xlsx};
use oxigraph::io::{JsonLdProfileSet, LoadedDocument, RdfFormat, RdfParser};
use oxrdf::{Graph, Triple};
use samplan::rdf::canonical;
use samplan::views::catalog::{self, Source};
use samplan::views::download::{Content, Download};
use samplan::views::{Resource, describe};

use super::graph;
use crate::support::{ask, assert_same_graph, get, graph_of, snapshot};

#[tokio::test]
async fn every_distribution_has_the_size_that_the_catalogue_says() {
    let snapshot = snapshot();
    let (catalog, sizes) = (
        catalog::catalog(snapshot).unwrap(),
        catalog::measure(snapshot).unwrap(),
    );
    let mut files = 0;
    let all = catalog
        .datasets
        .values()
        .flat_map(|dataset| &dataset.distributions);
    for distribution in all.filter(|distribution| distribution.source.is_file()) {
        let path = format!("/{}", distribution.source.path());
        let answer = get(&path, None).await;
        let bytes = sizes.bytes(&distribution.source).unwrap();
        assert_eq!(answer.body.len() as u64, bytes, "{path}");
        assert_eq!(answer.header("content-length"), bytes.to_string());
        assert_eq!(answer.header("accept-ranges"), "bytes");
        assert!(
            answer.headers.contains_key("etag") && answer.headers.contains_key("last-modified")
        );
        let kind = if distribution.source.is_packed() {
            "application/gzip"
        } else {
            distribution.source.format().media_type()
        };
        assert!(answer.header("content-type").starts_with(kind), "{path}");
        let known = ask(&path, &[("if-none-match", answer.header("etag"))]).await;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED, "{path}");
        files += 1;
    }
    assert_eq!(files, 3 * 6 + 6 + 4 + 6);
}

#[tokio::test]
async fn a_part_can_be_had_of_every_kind_of_answer() {
    for path in [
        "/plan/vasterbotten-2026.ttl",
        "/download/everything.nq",
        "/datasets/dcat",
    ] {
        let whole = get(path, None).await;
        let bytes = whole.body.len();
        for (range, expected) in [
            ("bytes=0-99", Some((0, 99))),
            ("bytes=100-", Some((100, bytes - 1))),
            ("bytes=-7", Some((bytes - 7, bytes - 1))),
            ("bytes=5-99999999999", Some((5, bytes - 1))),
            // In other units, of several parts, or not to be read: the whole.
            ("lines=1-2", None),
            ("bytes=0-1,4-5", None),
            ("bytes=9-2", None),
            ("bytes=x", None),
        ] {
            // From memory too: the first answer may be made, the second is kept.
            for _ in 0..2 {
                let answer = ask(path, &[("range", range)]).await;
                if let Some((from, to)) = expected {
                    assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT, "{path} {range}");
                    assert_eq!(answer.body, whole.body[from..=to], "{path} {range}");
                    let said = format!("bytes {from}-{to}/{bytes}");
                    assert_eq!(answer.header("content-range"), said);
                    assert_eq!(answer.header("etag"), whole.header("etag"));
                } else {
                    assert_eq!(answer.status, StatusCode::OK, "{path} {range}");
                    assert_eq!(answer.body, whole.body);
                }
            }
        }
        let beyond = ask(path, &[("range", "bytes=99999999999-")]).await;
        assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE, "{path}");
        assert_eq!(beyond.header("content-range"), format!("bytes */{bytes}"));
        let (tag, day) = (whole.header("etag"), whole.header("last-modified"));
        for (condition, status) in [
            (tag, StatusCode::PARTIAL_CONTENT),
            // Two versions of one day, or two codings, have the same date.
            (day, StatusCode::OK),
            ("\"another\"", StatusCode::OK),
            ("Wed, 21 Oct 2015 07:28:00 GMT", StatusCode::OK),
        ] {
            let asked = [("range", "bytes=0-9"), ("if-range", condition)];
            assert_eq!(ask(path, &asked).await.status, status, "{path} {condition}");
        }
    }
}

fn json() -> RdfFormat {
    RdfFormat::JsonLd {
        profile: JsonLdProfileSet::empty(),
    }
}

async fn json_ld(path: &str) -> Graph {
    let body = get(path, None).await.body;
    let parser = RdfParser::from_format(json())
        .for_slice(&body)
        .with_document_loader(|_| {
            Ok(LoadedDocument {
                url: "http://localhost:8080/ns/context.jsonld".to_owned(),
                content: samplan::vocab::CONTEXT.as_bytes().to_vec(),
                format: json(),
            })
        });
    parser
        .map(|quad| Triple::from(quad.unwrap()))
        .fold(Graph::new(), |mut graph, triple| {
            graph.insert(&triple);
            graph
        })
}

#[tokio::test]
async fn all_plans_are_the_plans_in_every_format() {
    let mut expected = Graph::new();
    for entry in snapshot().plans().values() {
        for public in graph_of(entry).public() {
            expected.extend(public);
        }
    }
    for (path, format) in [
        ("/download/plans.ttl", RdfFormat::Turtle),
        ("/download/plans.nt", RdfFormat::NTriples),
        ("/download/plans.rdf", RdfFormat::RdfXml),
    ] {
        assert_same_graph(&graph(&get(path, None).await, format), &expected, path);
    }
    assert_same_graph(
        &json_ld("/download/plans.jsonld").await,
        &expected,
        "jsonld",
    );
}

/// On this rests that what was measured of a plan is kept while its own files stay.
#[test]
fn what_is_said_of_a_plan_stands_in_its_own_files() {
    for entry in snapshot().plans().values() {
        let said = describe(snapshot(), &Resource::Node(entry.iri.clone())).unwrap();
        let mut own = Graph::new();
        for public in graph_of(entry).public() {
            own.extend(public);
        }
        assert_same_graph(&said.graph, &own, entry.iri.as_str());
    }
}

#[tokio::test]
async fn frameworks_come_with_what_serves_them_in_every_format() {
    let turtle = graph(
        &get("/download/frameworks.ttl", None).await,
        RdfFormat::Turtle,
    );
    let framework = graph(
        &get("/framework/digstrat-2017.ttl", None).await,
        RdfFormat::Turtle,
    );
    assert!(framework.iter().all(|triple| turtle.contains(triple)));
    let serving = "https://w3id.org/samplan/ns#contributesTo";
    assert!(
        turtle
            .iter()
            .any(|triple| triple.predicate.as_str() == serving)
    );
    for (path, format) in [
        ("/download/frameworks.nt", RdfFormat::NTriples),
        ("/download/frameworks.rdf", RdfFormat::RdfXml),
    ] {
        assert_same_graph(&graph(&get(path, None).await, format), &turtle, path);
    }
    assert_same_graph(
        &json_ld("/download/frameworks.jsonld").await,
        &turtle,
        "jsonld",
    );
}

#[tokio::test]
async fn everything_is_every_graph_packed_or_not() {
    let quads = |bytes: &[u8], format| -> BTreeSet<String> {
        let quads = RdfParser::from_format(format).for_slice(bytes);
        quads.map(|quad| quad.unwrap().to_string()).collect()
    };
    let plain = get("/download/everything.nq", None).await.body;
    let all = quads(&plain, RdfFormat::NQuads);
    let trig = get("/download/everything.trig", None).await.body;
    assert!(quads(&trig, RdfFormat::TriG) == all);
    let graphs = snapshot().graphs();
    for name in &graphs {
        let graph = snapshot().named_graph(name.as_ref()).unwrap().unwrap();
        for triple in &graph {
            assert!(all.contains(&triple.in_graph(name).to_string()));
        }
    }
    let sizes = graphs.iter().map(|name| {
        let graph = snapshot().named_graph(name.as_ref()).unwrap();
        graph.unwrap().len()
    });
    assert_eq!(sizes.sum::<usize>(), all.len());
    for (path, plain) in [
        ("/download/everything.nq.gz", plain),
        ("/download/everything.trig.gz", trig),
    ] {
        let packed = get(path, None).await;
        assert!(!packed.headers.contains_key("content-encoding"));
        let mut unpacked = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(packed.body.as_slice());
        reader.read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == plain, "{path}");
    }
}

#[tokio::test]
async fn a_workbook_holds_what_the_table_holds() {
    for stem in [
        "/plan/vasterbotten-2026",
        "/download/plans",
        "/download/frameworks",
        "/organisation",
    ] {
        let csv = get(&format!("{stem}.csv"), None).await;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(csv.body.as_slice());
        let rows: Vec<Vec<String>> = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let xlsx = get(&format!("{stem}.xlsx"), None).await;
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(xlsx.body)).unwrap();
        let sheet = book.worksheet_range("Data").unwrap();
        assert_eq!(sheet.height(), rows.len(), "{stem}");
        for (line, row) in rows.iter().enumerate() {
            for (at, cell) in row.iter().enumerate() {
                let held = sheet.get((line, at)).map(ToString::to_string);
                assert_eq!(held.unwrap_or_default(), *cell, "{stem} {line} {at}");
            }
        }
        let meaning = book.worksheet_range("Kolumner – Columns").unwrap();
        assert_eq!(meaning.height(), rows[0].len() + 1);
        if stem.starts_with("/download") {
            let columns = get(&format!("{stem}.csv-metadata.json"), None).await.json();
            let described = columns["tableSchema"]["columns"].as_array().unwrap();
            assert_eq!(described.len(), rows[0].len());
            assert_eq!(columns["url"], format!("http://localhost:8080{stem}.csv"));
            assert!(csv.header("link").contains("rel=\"describedby\""));
        }
    }
}

#[tokio::test]
async fn a_checksum_is_that_of_the_canonical_form_which_anyone_can_make() {
    let list = get("/checksums.txt", None).await.text();
    assert_eq!(list.lines().count(), 3);
    for line in list.lines() {
        let (hash, path) = line.split_once("  ").unwrap();
        let canonical = get(&format!("/{path}"), None).await;
        assert_eq!(canonical.header("content-type"), "application/n-quads");
        assert_eq!(canonical::sha256(&canonical.body), hash);
        // From the layers as they are served, in another order and syntax.
        let plan = path.strip_suffix(".c14n.nq").unwrap();
        let trig = get(&format!("/{plan}.trig"), None).await.body;
        let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&trig);
        let dataset = quads.map(Result::unwrap).collect();
        let made = canonical::canonical_nquads(&dataset);
        assert_eq!(canonical::sha256(&made), hash);
    }
    assert_eq!(
        get("/plan/nothing.c14n.nq", None).await.status,
        StatusCode::NOT_FOUND
    );
}

#[test]
fn every_file_has_one_path() {
    let paths: BTreeSet<String> = Download::all().map(Download::path).collect();
    assert_eq!(paths.len(), Download::all().count());
    for download in Download::all() {
        assert_eq!(Download::at(&download.path()), Some(download));
        let source = Source::File(download);
        assert_eq!(source.path(), download.path());
    }
    assert_eq!(Content::ALL.len(), 3);
    assert_eq!(Download::at("download/everything.ttl"), None);
}
