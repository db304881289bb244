//! The cases about requests and answers (SPARQL 1.1 Protocol).

use axum::body::Body;
use axum::http::Request;
use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::QueryResultsFormat;
use oxrdf::{Graph, NamedNode, Quad, Term};

use super::manifest::{self, MF, Said};
use super::service::Service;
use super::value::{self, Value};
use crate::support::Answer;

const HT: &str = "http://www.w3.org/2011/http#";
const CNT: &str = "http://www.w3.org/2011/content#";
const UT: &str = "http://www.w3.org/2009/sparql/tests/test-update#";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";

/// Sends the requests of a case, one after the other, and looks at each answer.
pub(super) async fn holds(base: &str, manifest: &Graph, case: &Term) -> Result<(), String> {
    let service = Service::over(base, dataset(manifest, case));
    for request in requests(manifest, case) {
        let answer = service.send(build(manifest, &request, &service)).await;
        let response = manifest.one(&request, &format!("{HT}resp")).unwrap();
        judge(manifest, &response, &answer)?;
    }
    Ok(())
}

/// Whether every update in a case is refused. A case without one says so.
pub(super) async fn updates_refused(
    base: &str,
    manifest: &Graph,
    case: &Term,
) -> Option<Result<(), String>> {
    let service = Service::over(base, dataset(manifest, case));
    let mut outcome = None;
    for request in requests(manifest, case) {
        if is_update(manifest, &request) {
            let answer = service.send(build(manifest, &request, &service)).await;
            let refused = answer.status.is_client_error();
            let said = refused.then_some(()).ok_or(answer.status.to_string());
            outcome = Some(outcome.unwrap_or(Ok(())).and(said));
        }
    }
    outcome
}

/// The graphs that the requests name by address. A service that fetches nothing has them
/// already, or not at all.
fn dataset(manifest: &Graph, case: &Term) -> Vec<Quad> {
    manifest
        .all(case, &format!("{UT}graphData"))
        .iter()
        .flat_map(|graph| {
            let file = manifest.texts(graph, &format!("{UT}graph")).remove(0);
            let name = manifest.texts(graph, LABEL).remove(0);
            manifest::quads(&file, NamedNode::new(name).unwrap())
        })
        .collect()
}

fn requests(manifest: &Graph, case: &Term) -> Vec<Term> {
    let action = manifest.one(case, &format!("{MF}action")).unwrap();
    let requests = manifest.members(manifest.one(&action, &format!("{HT}requests")));
    assert!(!requests.is_empty(), "{case} requests nothing");
    requests
}

fn is_update(manifest: &Graph, request: &Term) -> bool {
    let (path, body) = (path(manifest, request), body(manifest, request));
    let headers = headers(manifest, request);
    let direct = headers
        .iter()
        .any(|(_, value)| value.starts_with("application/sparql-update"));
    direct || path.contains("?update=") || body.starts_with(b"update=")
}

fn path(manifest: &Graph, request: &Term) -> String {
    let path = manifest.texts(request, &format!("{HT}absolutePath"));
    path.into_iter().next().unwrap()
}

fn headers(manifest: &Graph, request: &Term) -> Vec<(String, String)> {
    let headers = manifest.members(manifest.one(request, &format!("{HT}headers")));
    let of = |header: &Term, name: &str| manifest.texts(header, &format!("{HT}{name}")).remove(0);
    let pairs = headers.iter();
    pairs
        .map(|header| (of(header, "fieldName"), of(header, "fieldValue")))
        .collect()
}

fn body(manifest: &Graph, request: &Term) -> Vec<u8> {
    let Some(body) = manifest.one(request, &format!("{HT}body")) else {
        return Vec::new();
    };
    let of = |name: &str| manifest.texts(&body, &format!("{CNT}{name}")).remove(0);
    let text = of("chars");
    match of("characterEncoding").as_str() {
        "UTF-8" => text.into_bytes(),
        // With the mark that says so (RFC 2781, section 3.3).
        "UTF-16" => "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect(),
        other => panic!("{other} is not known"),
    }
}

/// A request of the manifest, to our endpoint: a tester puts the address of that in place of
/// `/sparql/`, as the manifest says.
fn build(manifest: &Graph, request: &Term, service: &Service) -> Request<Body> {
    let method = manifest
        .texts(request, &format!("{HT}methodName"))
        .remove(0);
    let path = path(manifest, request);
    let rest = path.strip_prefix("/sparql/").unwrap();
    let address = format!("{}{rest}", service.endpoint());
    let mut built = Request::builder().method(method.as_str()).uri(address);
    for (name, value) in headers(manifest, request) {
        built = built.header(name, value);
    }
    built.body(Body::from(body(manifest, request))).unwrap()
}

fn judge(manifest: &Graph, response: &Term, answer: &Answer) -> Result<(), String> {
    let expected = |name: &str| manifest.texts(response, &format!("{MF}{name}"));
    let class = format!("{}xx", answer.status.as_u16() / 100);
    let statuses = expected("expectedStatus");
    if !statuses.iter().any(|status| status.ends_with(&class)) {
        return Err(format!("{}: {}", answer.status, answer.text()));
    }
    if !answer.status.is_success() {
        return Ok(());
    }
    let value = read(answer)?;
    let kind = match value {
        Value::Truth(_) => "boolean",
        Value::Table(_) => "tabular",
        Value::Graph(_) => "RDF",
    };
    if expected("expectedFormat")
        .iter()
        .any(|format| format != kind)
    {
        return Err(format!("the answer is {kind}"));
    }
    for truth in expected("expectedBoolean") {
        if !matches!(value, Value::Truth(value) if value.to_string() == truth) {
            return Err(format!("the answer is not {truth}: {}", answer.text()));
        }
    }
    Ok(())
}

/// What an answer says, by the format that it says it is in.
fn read(answer: &Answer) -> Result<Value, String> {
    let content_type = answer.header("content-type");
    if let Some(format) = QueryResultsFormat::from_media_type(content_type) {
        return value::results(&answer.body, format);
    }
    match RdfFormat::from_media_type(content_type) {
        Some(format) => value::graph(&answer.body, format),
        None => Err(format!("{content_type} is no format of an answer")),
    }
}
