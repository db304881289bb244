//! Where queries run: processes that end with their deadline, their memory, their asker and
//! their parent; and answers that come from memory without them.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode};
use form_urlencoded::byte_serialize;
use http_body_util::BodyExt;
use samplan::config::Config;
use samplan::rdf::Base;
use samplan::store::Live;
use samplan::web::{App, router};
use tower::ServiceExt;

use crate::serve::Server;
use crate::support::{Answer, config, copy_of_data, root, send};

/// A join of everything with everything, which no machine comes to the end of.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";

/// A text that doubles until there is no more memory.
const HOG: &str = "SELECT (STRLEN(?h) AS ?n) { VALUES ?a { \"0123456789abcdef\" }
    BIND(CONCAT(?a,?a,?a,?a,?a,?a,?a,?a,?a,?a,?a,?a,?a,?a,?a,?a) AS ?b)
    BIND(CONCAT(?b,?b,?b,?b,?b,?b,?b,?b,?b,?b,?b,?b,?b,?b,?b,?b) AS ?c)
    BIND(CONCAT(?c,?c,?c,?c,?c,?c,?c,?c,?c,?c,?c,?c,?c,?c,?c,?c) AS ?d)
    BIND(CONCAT(?d,?d,?d,?d,?d,?d,?d,?d,?d,?d,?d,?d,?d,?d,?d,?d) AS ?e)
    BIND(CONCAT(?e,?e,?e,?e,?e,?e,?e,?e,?e,?e,?e,?e,?e,?e,?e,?e) AS ?f)
    BIND(CONCAT(?f,?f,?f,?f,?f,?f,?f,?f,?f,?f,?f,?f,?f,?f,?f,?f) AS ?g)
    BIND(CONCAT(?g,?g,?g,?g,?g,?g,?g,?g,?g,?g,?g,?g,?g,?g,?g,?g) AS ?h) }";

/// More rows than are waited for before an answer is begun.
const MANY: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000";

/// How much longer than it should a test may wait on a busy machine.
const MARGIN: u32 = 3;

/// An app over `data/` whose queries run in workers.
fn app(change: impl FnOnce(&mut Config)) -> App {
    let data = root().join("data");
    let mut config = config(data.clone());
    config.worker = Some(env!("CARGO_BIN_EXE_samplan").into());
    change(&mut config);
    App::new(Live::open(data, Base::default()).unwrap(), config)
}

fn get(query: &str) -> Request<Body> {
    let query: String = byte_serialize(query.as_bytes()).collect();
    let path = format!("/sparql?query={query}");
    Request::get(path).body(Body::empty()).unwrap()
}

fn post(query: &str) -> Request<Body> {
    Request::post("/sparql")
        .header("content-type", "application/sparql-query")
        .body(Body::from(query.to_owned()))
        .unwrap()
}

fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    let value = HeaderValue::from_str(value).unwrap();
    let name = HeaderName::from_static(name);
    request.headers_mut().insert(name, value);
    request
}

async fn works(router: &Router) {
    let answer = send(router.clone(), post("ASK { ?s ?p ?o }")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["boolean"], true);
}

#[tokio::test]
async fn an_endless_query_is_over_at_its_deadline() {
    let router = router(app(|config| {
        config.limits.time = Duration::from_millis(300);
        config.workers = 1;
    }));
    let started = Instant::now();
    let answer = send(router.clone(), post(ENDLESS)).await;
    assert!(started.elapsed() < MARGIN * Duration::from_millis(1300));
    let text = answer.text();
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{text}");
    assert!(text.contains("0.3 seconds"), "{text}");
    works(&router).await;
}

#[tokio::test]
async fn a_query_that_eats_memory_ends_only_its_worker() {
    let app = app(|config| {
        config.limits.memory = 64 << 20;
        config.workers = 1;
    });
    let router = router(app);
    works(&router).await;
    for _ in 0..2 {
        let answer = send(router.clone(), post(HOG)).await;
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{text}");
        assert!(text.contains("64 MiB"), "{text}");
        works(&router).await;
    }
}

#[tokio::test]
async fn an_answer_that_fails_after_it_was_begun_is_broken_off() {
    let router = router(app(|config| config.limits.rows = 20_000));
    let whole = send(router.clone(), post(MANY)).await;
    assert_eq!(
        whole.json()["results"]["bindings"][19_999]["a"]["type"],
        "uri"
    );
    for (accept, coding) in [("text/csv", "gzip"), ("application/json", "identity")] {
        let request = with(post(&MANY.replace("20000", "20001")), "accept", accept);
        let request = with(request, "accept-encoding", coding);
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(!response.headers().contains_key("content-length"));
        assert!(response.into_body().collect().await.is_err());
    }
    // One that fails sooner says so.
    let few = router_with_rows(100);
    let answer = send(few, post("SELECT * { ?s ?p ?o }")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("more than 100 rows"));
}

fn router_with_rows(rows: usize) -> Router {
    router(app(|config| config.limits.rows = rows))
}

#[tokio::test]
async fn a_broken_answer_never_ends_as_a_whole_one_does() {
    let dir = copy_of_data();
    let server = Server::start_with(dir.path(), &["--query-seconds", "1"]);
    let query: String = byte_serialize(b"SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }").collect();
    for version in ["1.1", "1.0"] {
        let answer = server_says(
            &server,
            &format!("GET /sparql?query={query} HTTP/{version}\r\nhost: a\r\n\r\n"),
        );
        let text = String::from_utf8_lossy(&answer);
        if version == "1.1" {
            assert!(text.starts_with("HTTP/1.1 200"), "{}", &text[..200]);
            assert!(!text.ends_with("\r\n0\r\n\r\n"), "a clean end");
        } else {
            // Whoever ends an answer by ending the connection cannot break it off.
            assert!(!text.contains(" 200 "), "{}", &text[..200]);
        }
    }
}

/// What a server says until it ends the connection or a while is over.
fn server_says(server: &Server, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

#[tokio::test]
async fn an_answer_in_parts_is_the_same_in_every_coding_and_from_memory() {
    let app = app(|config| config.kept_bytes = 1 << 30);
    let router = router(app.clone());
    let plain = send(router.clone(), post(MANY)).await;
    assert!(plain.body.len() > 1 << 20);
    for coding in ["gzip", "zstd", "br"] {
        let request = || with(post(MANY), "accept-encoding", coding);
        let first = send(router.clone(), request()).await;
        assert_eq!(first.header("content-encoding"), coding);
        assert_eq!(decoded(&first.body, coding), plain.body, "{coding}");
        let evaluated = app.evaluated();
        let again = send(router.clone(), request()).await;
        assert_eq!(app.evaluated(), evaluated, "{coding}");
        assert_eq!(again.body, first.body, "{coding}");
        assert_eq!(again.header("etag"), first.header("etag"));
        assert_eq!(again.header("content-length"), first.body.len().to_string());
    }
}

fn decoded(bytes: &[u8], coding: &str) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "gzip" => {
            let mut decoder = flate2::read::GzDecoder::new(bytes);
            decoder.read_to_end(&mut out).unwrap();
        }
        "zstd" => out = zstd::decode_all(bytes).unwrap(),
        _ => brotli::BrotliDecompress(&mut std::io::Cursor::new(bytes), &mut out).unwrap(),
    }
    out
}

#[tokio::test]
async fn the_same_query_is_evaluated_once_however_it_is_asked() {
    let app = app(|_| {});
    let router = router(app.clone());
    let query = "SELECT ?s { ?s a <https://w3id.org/samplan/ns#Plan> } ORDER BY ?s";
    let spaced = query.replace(' ', "\n  ") + " # the plans";
    let mut method = post(query);
    *method.method_mut() = "QUERY".parse().unwrap();
    let mut tags = BTreeSet::new();
    for request in [get(query), get(query), get(&spaced), post(&spaced), method] {
        let answer = send(router.clone(), request).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            answer.json()["results"]["bindings"]
                .as_array()
                .unwrap()
                .len(),
            3
        );
        tags.insert(answer.header("etag").to_owned());
        assert_eq!(app.evaluated(), 1);
    }
    assert_eq!(tags.len(), 1);
    send(router.clone(), with(get(query), "accept", "text/csv")).await;
    assert_eq!(app.evaluated(), 2, "another format, another answer");
}

#[tokio::test]
async fn who_has_the_answer_is_told_so_before_it_is_made() {
    let tag_of = async |app: &App| {
        let answer = send(router(app.clone()), get("SELECT * { ?s a ?c }")).await;
        answer.header("etag").to_owned()
    };
    let tag = tag_of(&app(|_| {})).await;
    let other = app(|_| {});
    for query in ["SELECT * { ?s a ?c }", "SELECT *\n{ ?s a ?c . }"] {
        for _ in 0..2 {
            let known = with(get(query), "if-none-match", &tag);
            let answer = send(router(other.clone()), known).await;
            assert_eq!(answer.status, StatusCode::NOT_MODIFIED);
            assert_eq!(
                (answer.header("etag"), answer.body.len()),
                (tag.as_str(), 0)
            );
        }
    }
    assert_eq!(other.evaluated(), 0);
    // Nor is more done for a head than it takes.
    let mut head = get("SELECT * { ?s a ?c }");
    *head.method_mut() = "HEAD".parse().unwrap();
    let answer = send(router(other.clone()), head).await;
    assert_eq!(
        (answer.status, answer.header("etag")),
        (StatusCode::OK, tag.as_str())
    );
    assert_eq!(other.evaluated(), 0);
    assert_eq!(tag_of(&other).await, tag, "the same after a restart");
}

#[tokio::test]
async fn the_validator_holds_all_that_the_bytes_depend_on() {
    let dir = copy_of_data();
    let live = Live::open(dir.path().to_owned(), Base::default()).unwrap();
    let mut config = config(dir.path().to_owned());
    config.worker = Some(env!("CARGO_BIN_EXE_samplan").into());
    let router = router(App::new(live.clone(), config));
    let query = "SELECT ?s { ?s a <https://w3id.org/samplan/ns#Activity> }";
    let graph = "default-graph-uri=http://localhost:8080/plan/vasterbotten-2026/stated";
    let encoded: String = byte_serialize(query.as_bytes()).collect();
    let in_graph = Request::get(format!("/sparql?query={encoded}&{graph}"));
    let page = Request::get(format!("/sparql?query={encoded}&format=html&lang=sv"));
    let english = Request::get(format!("/sparql?query={encoded}&format=html&lang=en"));
    let mut tags = BTreeSet::new();
    let requests = [
        get(query),
        with(get(query), "accept", "text/csv"),
        with(get(query), "accept-encoding", "gzip"),
        in_graph.body(Body::empty()).unwrap(),
        page.body(Body::empty()).unwrap(),
        english.body(Body::empty()).unwrap(),
    ];
    let many = requests.len();
    for request in requests {
        let answer = send(router.clone(), request).await;
        assert_eq!(answer.status, StatusCode::OK);
        tags.insert(answer.header("etag").to_owned());
    }
    assert_eq!(tags.len(), many);
    let file = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("lärlärokoncept", "lärokoncept")).unwrap();
    live.reload();
    let answer = send(router, get(query)).await;
    assert!(!tags.contains(answer.header("etag")), "other data");
}

#[tokio::test]
async fn what_is_different_each_time_has_no_validator_and_is_not_kept() {
    let app = app(|_| {});
    let router = router(app.clone());
    for query in [
        "SELECT (RAND() AS ?x) {}",
        "SELECT (NOW() AS ?x) {}",
        "SELECT (STRUUID() AS ?x) {}",
        "CONSTRUCT { [] a ?c } { ?s a ?c }",
    ] {
        let before = app.evaluated();
        for _ in 0..2 {
            let answer = send(router.clone(), with(get(query), "if-none-match", "*")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            assert!(!answer.headers.contains_key("etag"), "{query}");
            assert_eq!(answer.header("cache-control"), "no-store", "{query}");
        }
        assert_eq!(app.evaluated(), before + 2, "{query}");
    }
}

#[tokio::test]
async fn more_queries_than_workers_wait_for_their_turn() {
    let app = app(|config| {
        config.workers = 1;
        config.queries = 3;
    });
    let router = router(app.clone());
    let ask = |number: usize| send(router.clone(), post(&format!("ASK {{ FILTER({number}) }}")));
    let answers = tokio::join!(ask(1), ask(2), ask(3), ask(4), ask(5));
    let statuses = [answers.0, answers.1, answers.2, answers.3, answers.4].map(|own| own.status);
    let of = |status| statuses.iter().filter(|own| **own == status).count();
    assert_eq!(of(StatusCode::OK), 3, "{statuses:?}");
    assert_eq!(of(StatusCode::SERVICE_UNAVAILABLE), 2, "{statuses:?}");
    works(&router).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_query_is_said_as_well_by_a_worker() {
    let router = router(app(|_| {}));
    for (query, status, words) in [
        ("SELECT ?x { ?x a a:b }", 400, "not declared"),
        ("CLEAR ALL", 400, "only reads"),
        (
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            400,
            "SERVICE",
        ),
        (&"x".repeat(70_000), 413, "65536"),
    ] {
        let answer = send(router.clone(), post(query)).await;
        assert_eq!(answer.status, status, "{words}");
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    let answer: Answer = send(router, with(post("ASK {}"), "accept", "text/csv")).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn no_connection_is_made_for_a_query() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let router = router(app(|_| {}));
    for query in [
        format!("SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ VALUES ?e {{ <{address}> }} SERVICE ?e {{ ?s ?p ?o }} }}"),
        format!("SELECT * FROM <{address}> {{ ?s ?p ?o }}"),
        format!("SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"),
        format!("LOAD <{address}>"),
        format!("DESCRIBE <{address}>"),
    ] {
        let answer = send(router.clone(), post(&query)).await;
        assert!(answer.status.as_u16() < 500, "{query}: {}", answer.text());
        let came = listener.accept().unwrap_err();
        assert_eq!(came.kind(), ErrorKind::WouldBlock, "{query}");
    }
}

/// The processes that a process has started and that still live.
fn children(parent: u32) -> BTreeSet<u32> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|process| {
            let fields = stat(*process);
            let is_alive = fields.first().is_some_and(|state| state != "Z");
            is_alive && fields.get(1) == Some(&parent.to_string())
        })
        .collect()
}

/// What the system says of a process, from its state on; nothing where there is none.
fn stat(process: u32) -> Vec<String> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let (_, after) = text.rsplit_once(')').unwrap_or_default();
    after.split_whitespace().map(str::to_owned).collect()
}

/// How long some processes have worked, in the system's ticks.
fn worked(processes: &BTreeSet<u32>) -> u64 {
    let of = |process: &u32| {
        let fields = stat(*process);
        fields
            .get(11)
            .map_or(0, |ticks| ticks.parse::<u64>().unwrap())
    };
    processes.iter().map(of).sum()
}

#[track_caller]
fn wait(what: &str, most: Duration, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + most;
    while !done() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until a server has its workers and none of them works.
#[track_caller]
fn at_rest(server: u32) {
    wait("they rest", Duration::from_secs(60), || {
        let all = children(server);
        let before = worked(&all);
        std::thread::sleep(Duration::from_millis(500));
        all.len() >= 2 && worked(&children(server)) == before
    });
}

/// A server with a client that waits for the end of an endless query, which has begun.
fn with_an_endless_query(data: &std::path::Path) -> (Server, TcpStream) {
    let server = Server::start_with(data, &["--query-seconds", "600"]);
    let parent = server.id();
    at_rest(parent);
    let before = worked(&children(parent));
    let query: String = byte_serialize(ENDLESS.as_bytes()).collect();
    let mut client = TcpStream::connect(&server.address).unwrap();
    let request = format!("GET /sparql?query={query} HTTP/1.1\r\nhost: a\r\n\r\n");
    client.write_all(request.as_bytes()).unwrap();
    wait("the query begins", Duration::from_secs(60), || {
        worked(&children(parent)) >= before + 20
    });
    (server, client)
}

#[test]
fn a_client_that_goes_away_takes_its_query_with_it() {
    let dir = copy_of_data();
    let (server, client) = with_an_endless_query(dir.path());
    let before = children(server.id());
    let left = Instant::now();
    drop(client);
    wait("the query ends", MARGIN * Duration::from_secs(1), || {
        children(server.id()) != before
    });
    assert!(left.elapsed() < MARGIN * Duration::from_secs(1));
    // Another takes its place, and nobody works.
    at_rest(server.id());
    assert!(server.get("/sparql?query=ASK%7B%7D").contains("true"));
}

#[test]
fn a_worker_that_does_not_heed_its_deadline_is_ended() {
    let dir = copy_of_data();
    let server = Server::start_with(dir.path(), &["--query-seconds", "1"]);
    let workers = children(server.id());
    assert!(workers.len() >= 2, "they are there before the first query");
    // What is stopped heeds nothing.
    signal("STOP", &workers);
    let started = Instant::now();
    let query: String = byte_serialize(ENDLESS.as_bytes()).collect();
    let answer = server.get(&format!("/sparql?query={query}"));
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(started.elapsed() < MARGIN * Duration::from_secs(2));
    wait("it is gone", Duration::from_secs(10), || {
        !workers.is_subset(&children(server.id()))
    });
    signal("CONT", &workers);
    assert!(server.get("/sparql?query=ASK%7B%7D").contains("true"));
}

fn signal(name: &str, processes: &BTreeSet<u32>) {
    for process in processes {
        let mut kill = Command::new("kill");
        let _ = kill.args(["-s", name, &process.to_string()]).status();
    }
}

#[test]
fn workers_that_died_in_their_sleep_are_replaced_unnoticed() {
    let dir = copy_of_data();
    let server = Server::start(dir.path());
    let ask = |number: usize| {
        let answer = server.get(&format!("/sparql?query=ASK%7BFILTER({number})%7D"));
        assert!(answer.contains("true"), "{answer}");
    };
    ask(1);
    ask(2);
    signal("KILL", &children(server.id()));
    for number in 3..8 {
        ask(number);
    }
}

#[test]
fn workers_end_with_their_parent_whatever_they_do() {
    let dir = copy_of_data();
    let (server, _client) = with_an_endless_query(dir.path());
    let workers = children(server.id());
    server.signal("KILL");
    wait("all are gone", MARGIN * Duration::from_secs(1), || {
        workers.iter().all(|worker| {
            let state = stat(*worker);
            state.first().is_none_or(|state| state == "Z")
        })
    });
}

#[test]
fn a_reload_brings_other_workers() {
    let dir = copy_of_data();
    let server = Server::start(dir.path());
    let query: String =
        byte_serialize("ASK { ?s ?p ?o FILTER(CONTAINS(STR(?o), \"lärlärokoncept\")) }".as_bytes())
            .collect();
    let path = format!("/sparql?query={query}");
    assert!(server.get(&path).contains("true"));
    let before = children(server.id());
    let file = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("lärlärokoncept", "lärokoncept")).unwrap();
    server.wait_for("\"loaded\"");
    assert!(server.get(&path).contains("false"));
    wait("the old ones are gone", Duration::from_secs(10), || {
        let now = children(server.id());
        now.len() == before.len() && now.is_disjoint(&before)
    });
}

#[tokio::test]
async fn an_answer_to_a_body_is_kept_under_all_that_it_depends_on() {
    let app = app(|_| {});
    let router = router(app.clone());
    let form = |text: &str| {
        let text: String = byte_serialize(text.as_bytes()).collect();
        let body = format!("query={text}");
        Request::post("/sparql")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("content-length", body.len())
            .body(Body::from(body))
            .unwrap()
    };
    let text = "SELECT ?plan { ?plan a <https://w3id.org/samplan/ns#Plan> }";
    let first = send(router.clone(), with(form(text), "accept", "text/csv")).await;
    assert_eq!(first.status, StatusCode::OK);
    let etag = first.header("etag").to_owned();
    for _ in 0..2 {
        // A POST is no safe method, so what it has already is of no account.
        let again = with(form(text), "accept", "text/csv");
        let again = send(router.clone(), with(again, "if-none-match", &etag)).await;
        assert_eq!((again.status, again.text()), (StatusCode::OK, first.text()));
    }
    let json = send(
        router.clone(),
        with(form(text), "accept", "application/json"),
    )
    .await;
    assert!(json.text().starts_with('{'), "{}", json.text());
    let other = form(&text.replace("#Plan", "#Goal"));
    let other = send(router.clone(), with(other, "accept", "text/csv")).await;
    assert_ne!(other.text(), first.text());
    // The same bytes as another type are another question.
    let mut typed = with(form(text), "accept", "text/csv");
    let kind = HeaderValue::from_static("application/sparql-query");
    typed.headers_mut().insert("content-type", kind);
    assert_eq!(send(router, typed).await.status, StatusCode::BAD_REQUEST);
}
