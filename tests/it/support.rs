//! What the tests share: the plans of `data/`, an app over them, requests without a socket.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use oxrdf::{Graph, NamedNode, Term, TermRef};
use samplan::config::{Config, Network};
use samplan::model::PlanId;
use samplan::rdf::{Base, LayeredGraph, canonical};
use samplan::sparql::{ClientBounds, Limits};
use samplan::store::{Folder, Live, PlanEntry, Snapshot, load};
use samplan::web::{App, router};
use tower::ServiceExt;

/// The namespace of the vocabulary.
pub(crate) const PLAN: &str = "https://w3id.org/samplan/ns#";

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of `data/`.
pub(crate) fn folder() -> &'static Folder {
    static FOLDER: LazyLock<Folder> = LazyLock::new(|| Folder::read(&root().join("data")).unwrap());
    &FOLDER
}

/// What `data/` says, at the local base.
pub(crate) fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
        let loaded = load::load(folder(), &Base::default()).unwrap();
        assert_eq!(loaded.refused, [], "data/ must hold");
        loaded.snapshot
    });
    &SNAPSHOT
}

/// A plan of `data/`.
pub(crate) fn plan(id: &str) -> &'static PlanEntry {
    &snapshot().plans()[&PlanId::parse(id).unwrap()]
}

/// The graphs of a plan of `data/`.
pub(crate) fn graph_of(entry: &PlanEntry) -> LayeredGraph {
    snapshot().layers_of(entry)
}

/// The IRI of a path below the local base.
pub(crate) fn node(path: &str) -> NamedNode {
    Base::default().node(path)
}

/// The objects of a property, as text, sorted.
pub(crate) fn objects(graph: &Graph, subject: &NamedNode, predicate: &str) -> Vec<String> {
    let predicate = NamedNode::new(predicate).unwrap();
    let mut found: Vec<String> = graph
        .objects_for_subject_predicate(subject, &predicate)
        .map(|object| match object {
            TermRef::NamedNode(node) => node.as_str().to_owned(),
            TermRef::Literal(literal) => literal.value().to_owned(),
            TermRef::BlankNode(node) => node.to_string(),
        })
        .collect();
    found.sort();
    found
}

/// The subjects of a class, sorted.
pub(crate) fn instances(graph: &Graph, class: &str) -> Vec<NamedNode> {
    let class = NamedNode::new(class).unwrap();
    let mut found: Vec<NamedNode> = graph
        .subjects_for_predicate_object(oxrdf::vocab::rdf::TYPE, &class)
        .filter_map(|subject| match Term::from(subject.into_owned()) {
            Term::NamedNode(node) => Some(node),
            _ => None,
        })
        .collect();
    found.sort();
    found
}

/// Fails with both graphs' canonical forms where they differ.
#[track_caller]
pub(crate) fn assert_same_graph(left: &Graph, right: &Graph, what: &str) {
    let (left, right) = (
        canonical::canonical_ntriples(left),
        canonical::canonical_ntriples(right),
    );
    if left != right {
        let missing: Vec<_> = left.lines().filter(|line| !right.contains(line)).collect();
        let extra: Vec<_> = right.lines().filter(|line| !left.contains(line)).collect();
        panic!("{what}: only left {missing:#?}, only right {extra:#?}");
    }
}

/// How the app of a test runs.
pub(crate) fn config(data: PathBuf) -> Config {
    Config {
        data,
        listen: "127.0.0.1:0".parse().unwrap(),
        base: Base::default(),
        limits: Limits::default(),
        queries: 4,
        workers: 2,
        worker: None,
        // All tests together are one client.
        client: ClientBounds {
            seconds: Duration::ZERO,
            queries: usize::MAX,
            ..ClientBounds::default()
        },
        trusted_proxies: Network::LOOPBACK.to_vec(),
        connections: 16,
        kept_bytes: 16 << 20,
    }
}

/// The service over `data/`.
pub(crate) fn app() -> Router {
    static APP: OnceLock<App> = OnceLock::new();
    let app = APP.get_or_init(|| {
        let data = root().join("data");
        let live = Live::open(data.clone(), Base::default()).unwrap();
        App::new(live, config(data))
    });
    router(app.clone())
}

/// The service over a folder of a test's own.
pub(crate) fn app_over(data: &Path) -> Router {
    let live = Live::open(data.to_owned(), Base::default()).unwrap();
    router(App::new(live, config(data.to_owned())))
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .unwrap_or_else(|| panic!("no header {name} in {self:?}"))
            .to_str()
            .unwrap()
    }
}

/// Sends a request through a router.
pub(crate) async fn send(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

/// Asks the app over `data/` for an address, with an `Accept` header where there is one.
pub(crate) async fn get(path: &str, accept: Option<&str>) -> Answer {
    let mut request = Request::get(path);
    if let Some(accept) = accept {
        request = request.header("accept", accept);
    }
    send(app(), request.body(Body::empty()).unwrap()).await
}

/// Asks the app over `data/` for an address, with these headers.
pub(crate) async fn ask(path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(Request::get(path), |request, (name, value)| {
            request.header(*name, *value)
        });
    send(app(), request.body(Body::empty()).unwrap()).await
}

/// A copy of `data/` that a test may change.
pub(crate) fn copy_of_data() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in folder().files() {
        let file = dir.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    dir
}

/// The rows that a published query gives for these parameters, as the cells of its CSV.
pub(crate) async fn named(name: &str, parameters: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut asked = form_urlencoded::Serializer::new(String::new());
    asked.extend_pairs(parameters);
    let answer = get(&format!("/query/{name}.csv?{}", asked.finish()), None).await;
    assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text());
    csv::Reader::from_reader(answer.body.as_slice())
        .into_records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}
