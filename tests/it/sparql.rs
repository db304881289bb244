//! `/sparql`: all forms of query, all standard formats, over the merge and the layers.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use form_urlencoded::byte_serialize;
use samplan::rdf::{Base, Format};
use samplan::sparql::run::on_a_large_stack;
use samplan::sparql::{
    Asker, Clock, End, Limits, Operation, Prepared, RunError, Source, Task, Wanted, Window, run,
};
use samplan::store::Live;
use samplan::web::{App, router};
use serde_json::json;

use crate::support::{Answer, app, config, get, root, send, snapshot};

const PREFIXES: &str = "PREFIX plan: <https://w3id.org/samplan/ns#>
PREFIX status: <https://w3id.org/samplan/status/>
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX dcterms: <http://purl.org/dc/terms/>
";

async fn ask(query: &str, accept: Option<&str>) -> Answer {
    let query = format!("{PREFIXES}{query}");
    let encoded: String = byte_serialize(query.as_bytes()).collect();
    get(&format!("/sparql?query={encoded}"), accept).await
}

/// The rows of a SELECT query as text.
async fn rows(query: &str) -> Vec<String> {
    let answer = ask(query, Some("text/csv")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.text().lines().skip(1).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_question_over_all_plans_is_answered() {
    let counts = rows(
        "SELECT ?plan (COUNT(?activity) AS ?n) WHERE {
           ?activity a plan:Activity ; plan:inPlan ?plan .
           FILTER NOT EXISTS { ?activity plan:subActivityOf ?parent }
         } GROUP BY ?plan ORDER BY ?plan",
    )
    .await;
    assert_eq!(
        counts,
        [
            "http://localhost:8080/plan/vasterbotten-2026,26",
            "http://localhost:8080/plan/vastmanland-2018-2020,14",
            "http://localhost:8080/plan/vastmanland-2021-2022,18",
        ]
    );
}

#[tokio::test]
async fn the_default_graph_counts_each_triple_once_and_the_layers_are_named_graphs() {
    let new =
        rows("SELECT (COUNT(*) AS ?n) WHERE { ?a adms:status status:new ; plan:inPlan ?p }").await;
    assert_eq!(new, ["6"]);
    let layers = rows(
        "SELECT DISTINCT ?layer WHERE {
           GRAPH ?layer { <plan/vasterbotten-2026> ?p ?o }
         } ORDER BY ?layer",
    )
    .await;
    assert_eq!(
        layers,
        [
            "http://localhost:8080/plan/vasterbotten-2026/editorial",
            "http://localhost:8080/plan/vasterbotten-2026/interpreted",
            "http://localhost:8080/plan/vasterbotten-2026/stated",
        ]
    );
    let stated = rows(
        "SELECT (COUNT(*) AS ?n) FROM <plan/vasterbotten-2026/stated> WHERE { ?a plan:responsible ?who }",
    )
    .await;
    assert_eq!(stated, ["0"], "who X means is an interpretation");
}

#[tokio::test]
async fn each_form_of_query_has_its_formats() {
    let select = "SELECT ?p WHERE { ?p a plan:Plan }";
    for (accept, content_type, word) in [
        (None, "application/sparql-results+json", "\"bindings\""),
        (
            Some("application/json"),
            "application/sparql-results+json",
            "\"bindings\"",
        ),
        (
            Some("application/sparql-results+xml"),
            "application/sparql-results+xml",
            "<sparql",
        ),
        (
            Some("text/csv"),
            "text/csv; charset=utf-8; header=present",
            "p\r\n",
        ),
        (
            Some("text/tab-separated-values"),
            "text/tab-separated-values; charset=utf-8",
            "?p\n",
        ),
    ] {
        let answer = ask(select, accept).await;
        assert_eq!(answer.header("content-type"), content_type);
        assert!(answer.text().contains(word), "{}", answer.text());
    }
    let yes = ask("ASK { ?p a plan:Plan }", None).await;
    assert_eq!(yes.json()["boolean"], true);
    let yes = ask(
        "ASK { ?p a plan:Plan }",
        Some("application/sparql-results+xml"),
    )
    .await;
    assert!(yes.text().contains("<boolean>true</boolean>"));
    let none = ask("ASK { ?p a plan:Plan }", Some("text/csv")).await;
    assert_eq!(none.status, StatusCode::NOT_ACCEPTABLE);
    for query in [
        "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p a plan:Plan ; dcterms:title ?t }",
        "DESCRIBE <plan/vasterbotten-2026>",
    ] {
        for (accept, content_type) in [
            (None, "text/turtle; charset=utf-8"),
            (Some("application/n-triples"), "application/n-triples"),
            (Some("application/rdf+xml"), "application/rdf+xml"),
            (Some("application/ld+json"), "application/ld+json"),
            (Some("application/trig"), "application/trig"),
        ] {
            let answer = ask(query, accept).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert_eq!(answer.header("content-type"), content_type);
            assert!(
                answer.text().contains("Handlingsplan 2026"),
                "{}",
                answer.text()
            );
        }
    }
}

async fn post(content_type: &str, body: &str) -> Answer {
    let request = Request::post("/sparql")
        .header("content-type", content_type)
        .body(Body::from(body.to_owned()));
    send(app(), request.unwrap()).await
}

#[tokio::test]
async fn a_query_can_be_posted_as_a_form_or_as_it_is() {
    let form = "application/x-www-form-urlencoded";
    assert_eq!(post(form, "query=ASK%7B%7D").await.json()["boolean"], true);
    assert_eq!(
        post("application/sparql-query", "ASK{}").await.json()["boolean"],
        true
    );
    let graph =
        "&default-graph-uri=http%3A%2F%2Flocalhost%3A8080%2Fplan%2Fvasterbotten-2026%2Fstated";
    let query =
        "query=ASK%7B%3Fa+%3Chttps%3A%2F%2Fw3id.org%2Fsamplan%2Fns%23responsible%3E+%3Fb%7D";
    assert_eq!(post(form, query).await.json()["boolean"], true);
    assert_eq!(
        post(form, &format!("{query}{graph}")).await.json()["boolean"],
        false
    );
}

#[tokio::test]
async fn nothing_can_be_changed() {
    for answer in [
        post("application/sparql-update", "CLEAR ALL").await,
        post("application/x-www-form-urlencoded", "update=CLEAR+ALL").await,
        post("application/sparql-query", "CLEAR ALL").await,
    ] {
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
    }
    assert_eq!(
        rows("SELECT (COUNT(*) AS ?n) WHERE { ?p a plan:Plan }").await,
        ["3"]
    );
}

#[tokio::test]
async fn no_other_endpoint_is_called() {
    // Nothing listens there; a build that called out would say so in other words.
    let answer = ask(
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        None,
    )
    .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("SERVICE"), "{}", answer.text());
}

#[tokio::test]
async fn a_wrong_query_says_where_it_is_wrong() {
    let answer = ask("SELECT ?p WHERE { ?p a plan:Plan", None).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("not valid SPARQL"), "{detail}");
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&json!(5), &json!(33))
    );
    let excerpt = problem["excerpt"].as_str().unwrap();
    assert!(
        excerpt.ends_with("plan:Plan\n                                ^"),
        "{excerpt}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_takes_too_long_is_stopped_and_others_go_on() {
    let data = root().join("data");
    let live = Live::open(data.clone(), Base::default()).unwrap();
    let mut config = config(data);
    config.limits.time = Duration::from_millis(300);
    config.queries = 1;
    let router = router(App::new(live, config));
    let ask = async |query: &str| {
        let request = Request::post("/sparql")
            .header("content-type", "application/sparql-query")
            .body(Body::from(query.to_owned()));
        send(router.clone(), request.unwrap()).await
    };
    let started = Instant::now();
    let slow =
        ask("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?b ?e . ?f ?b ?g . ?h ?b ?c }").await;
    assert_eq!(
        slow.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        slow.text()
    );
    assert!(slow.text().contains("LIMIT"), "{}", slow.text());
    // A deadline is the one thing whose time a test may judge.
    assert!(started.elapsed() < Duration::from_secs(5));
    // The one place for queries is free again once the stopped one has noticed.
    for _ in 0..100 {
        if ask("ASK {}").await.status == StatusCode::OK {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the stopped query still holds its place");
}

#[tokio::test]
async fn an_answer_that_grows_too_large_is_refused() {
    let data = root().join("data");
    let live = Live::open(data.clone(), Base::default()).unwrap();
    let mut config = config(data);
    config.limits.bytes = 1000;
    let router = router(App::new(live, config));
    for query in [
        "SELECT * WHERE { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
    ] {
        let request = Request::post("/sparql")
            .header("content-type", "application/sparql-query")
            .body(Body::from(query));
        let answer = send(router.clone(), request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text().contains("1000 bytes"), "{}", answer.text());
    }
}

#[tokio::test]
async fn the_first_query_of_the_readme_works() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let query = readme
        .split("```sparql\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let answer = ask(query, Some("text/csv")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().lines().count() > 1, "{}", answer.text());
}

/// Takes any answer, and forgets it.
struct Anybody;

impl Asker for Anybody {
    fn prepared(&mut self, _: &Prepared) -> bool {
        true
    }

    fn bytes(&mut self, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
}

/// Runs a query without the service around it.
fn answer(query: &str) -> Result<End, RunError> {
    let task = Task {
        source: Source::Request(Operation {
            query: query.to_owned(),
            ..Operation::default()
        }),
        wanted: Wanted::among(&[Format::SparqlJson, Format::Turtle]),
        window: Window::ALL,
    };
    let (limits, base) = (Limits::default(), snapshot().base());
    let clock = Clock::new(limits.time);
    on_a_large_stack(|| {
        let index = snapshot().index();
        run(index, base, &task, limits, &clock, &mut Anybody)
    })
    .unwrap()
}

#[test]
fn a_query_that_nests_deeply_does_not_overrun_the_stack() {
    // Each of these ended the process on a stack of usual size, which no handler can catch.
    // The first pattern matches nothing, so that the engine has only the query to work through.
    let long = |start: &str, step: &str, end: &str| {
        format!(
            "ASK {{ <nothing> <nothing> <nothing> . {start}{}{end} }}",
            step.repeat(LENGTH)
        )
    };
    for query in [
        long("", "{} UNION ", "{}"),
        long("FILTER(", "1 || ", "1)"),
        long("FILTER(", "1 + ", "1)"),
    ] {
        assert!(answer(&query).is_ok(), "{}", &query[..80]);
    }
    for (open, close) in [("{", "}"), ("FILTER((", "))"), ("?a <b> [ <c> ", "]")] {
        let query = format!("ASK {{ {}{} }}", open.repeat(5000), close.repeat(5000));
        assert!(
            matches!(answer(&query), Err(RunError::TooComplex(_))),
            "{open}"
        );
    }
}

/// Long enough to overrun two megabytes.
const LENGTH: usize = 2000;

#[tokio::test]
async fn a_prefix_that_is_not_declared_is_named_as_the_mistake() {
    let encoded: String = byte_serialize(b"SELECT * { ?a plan:inPlan ?p }").collect();
    let answer = get(&format!("/sparql?query={encoded}"), None).await;
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(
        detail.contains("not declared") && detail.len() < 200,
        "{detail}"
    );
}

#[tokio::test]
async fn what_is_not_acceptable_names_what_would_be() {
    let answer = ask("ASK {}", Some("text/csv")).await;
    assert!(!answer.text().contains("text/csv"), "{}", answer.text());
    let answer = ask(
        "DESCRIBE <plan/vasterbotten-2026>",
        Some("application/json"),
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK);
}

fn with_method(method: &str, body: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri("/sparql")
        .header("content-type", "application/sparql-query")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

#[tokio::test]
async fn a_query_can_be_asked_with_the_query_method() {
    let answer = send(app(), with_method("QUERY", "ASK {}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["boolean"], true);
    // It is a safe method, so what the asker has need not be sent again.
    let mut again = with_method("QUERY", "ASK {}");
    let etag = answer.headers["etag"].clone();
    again.headers_mut().insert("if-none-match", etag);
    assert_eq!(send(app(), again).await.status, StatusCode::NOT_MODIFIED);
    for method in ["PUT", "DELETE", "PATCH", "MADE-UP"] {
        let answer = send(app(), with_method(method, "ASK {}")).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(answer.header("allow"), "GET, HEAD, POST, QUERY, OPTIONS");
    }
    let preflight = Request::options("/sparql")
        .header("origin", "https://example.org")
        .header("access-control-request-method", "QUERY")
        .body(Body::empty());
    let answer = send(app(), preflight.unwrap()).await;
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("QUERY")
    );
}

#[tokio::test]
async fn several_graphs_make_one_default_graph_without_doubles() {
    let stated = "http://localhost:8080/plan/vasterbotten-2026/stated";
    let interpreted = "http://localhost:8080/plan/vasterbotten-2026/interpreted";
    let count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }";
    let one = rows(&count.replace("WHERE", &format!("FROM <{stated}> WHERE"))).await;
    let twice = format!("FROM <{stated}> FROM <{stated}> WHERE");
    assert_eq!(rows(&count.replace("WHERE", &twice)).await, one);
    let both = format!("FROM <{stated}> FROM <{interpreted}> WHERE");
    let both = rows(&count.replace("WHERE", &both)).await;
    let distinct = rows(&format!(
        "SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {{
           {{ GRAPH <{stated}> {{ ?s ?p ?o }} }} UNION {{ GRAPH <{interpreted}> {{ ?s ?p ?o }} }} }} }}"
    ))
    .await;
    assert_eq!(both, distinct);
    assert!(both[0].parse::<u32>().unwrap() > one[0].parse().unwrap());
    // By the protocol the same, and its graphs win over those of the query.
    let encoded: String = byte_serialize(count.as_bytes()).collect();
    let graphs = format!("default-graph-uri={stated}&default-graph-uri={interpreted}");
    let answer = get(
        &format!("/sparql?query={encoded}&{graphs}&format=csv"),
        None,
    )
    .await;
    assert_eq!(answer.text().lines().nth(1).unwrap(), both[0]);
    let other = count.replace("WHERE", "FROM <http://example.org/none> WHERE");
    let other: String = byte_serialize(other.as_bytes()).collect();
    let answer = get(&format!("/sparql?query={other}&{graphs}&format=csv"), None).await;
    assert_eq!(answer.text().lines().nth(1).unwrap(), both[0]);
    // Only the named graphs that are named are there.
    let named = format!("named-graph-uri={stated}");
    let query = "SELECT DISTINCT ?g WHERE { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }";
    let query: String = byte_serialize(query.as_bytes()).collect();
    let answer = get(&format!("/sparql?query={query}&{named}&format=csv"), None).await;
    assert_eq!(answer.text(), format!("g\r\n{stated}\r\n"));
}

#[tokio::test]
async fn the_format_in_the_address_wins_over_the_header() {
    let select: String = byte_serialize(b"SELECT * { ?s a ?c } LIMIT 1").collect();
    let construct: String = byte_serialize(b"CONSTRUCT WHERE { ?s a ?c }").collect();
    for (query, name, content_type) in [
        (&select, "json", "application/sparql-results+json"),
        (&select, "xml", "application/sparql-results+xml"),
        (&select, "csv", "text/csv; charset=utf-8; header=present"),
        (
            &select,
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
        ),
        (&select, "html", "text/html; charset=utf-8"),
        (&construct, "json", "application/ld+json"),
        (&construct, "xml", "application/rdf+xml"),
        (&construct, "nq", "application/n-quads"),
        (&construct, "turtle", "text/turtle; charset=utf-8"),
    ] {
        let path = format!("/sparql?query={query}&format={name}");
        let answer = get(&path, Some("image/png")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert_eq!(answer.header("content-type"), content_type);
    }
    let answer = get(&format!("/sparql?query={select}&format=turtle"), None).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert!(answer.text().contains("text/csv"), "{}", answer.text());
    let answer = get(&format!("/sparql?query={select}&format=pdf"), None).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("csv"), "{}", answer.text());
}

#[tokio::test]
async fn a_browser_gets_a_page_with_the_query_and_its_answer_or_what_is_wrong() {
    const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (query, status, words) in [
        (
            "SELECT ?s { ?s a <https://w3id.org/samplan/ns#Plan> } ORDER BY ?s",
            StatusCode::OK,
            vec![
                "3 rader.",
                "plan/vasterbotten-2026</span></a>",
                "format=csv&amp;query=SELECT",
            ],
        ),
        ("ASK {}", StatusCode::OK, vec!["<strong>Ja</strong>"]),
        (
            "DESCRIBE <plan/vasterbotten-2026/period>",
            StatusCode::OK,
            vec!["dcterms:PeriodOfTime", "format=jsonld"],
        ),
        (
            "SELECT * {\n  <x> a y:z }",
            StatusCode::BAD_REQUEST,
            vec![
                "Rad 2, tecken 9: prefixet y:",
                "  &lt;x&gt; a y:z }\n        ^",
            ],
        ),
        (
            "<script>alert(1)</script>",
            StatusCode::BAD_REQUEST,
            vec!["Rad 1, tecken 1"],
        ),
        (
            "",
            StatusCode::BAD_REQUEST,
            vec!["slutar innan den är fullständig"],
        ),
    ] {
        let encoded: String = byte_serialize(query.as_bytes()).collect();
        let answer = get(&format!("/sparql?query={encoded}"), Some(BROWSER)).await;
        assert_eq!(answer.status, status, "{query}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        let text = answer.text();
        for word in words {
            assert!(text.contains(word), "{query}: {word}");
        }
        assert!(!text.contains("<script>alert"), "{query}");
        // The language can be changed without losing the query.
        assert!(
            text.contains(&format!("href=\"?lang=en&amp;query={encoded}\"")),
            "{query}"
        );
    }
}

#[tokio::test]
async fn an_answer_is_compressed_for_who_takes_that() {
    let query: String = byte_serialize(b"SELECT * { ?s a ?c }").collect();
    let path = format!("/sparql?query={query}&format=csv");
    let plain = crate::support::ask(&path, &[]).await;
    let gzip = crate::support::ask(&path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert!(gzip.body.len() * 3 < plain.body.len());
    assert_ne!(gzip.header("etag"), plain.header("etag"));
    let mut back = Vec::new();
    let mut decoder = flate2::read::GzDecoder::new(gzip.body.as_slice());
    std::io::Read::read_to_end(&mut decoder, &mut back).unwrap();
    assert_eq!(back, plain.body);
}

#[tokio::test]
async fn the_columns_of_a_star_stand_as_they_are_written() {
    for (query, head) in [
        ("SELECT * { ?s ?p ?o } LIMIT 1", "s,p,o"),
        (
            "SELECT DISTINCT * { ?z a ?b . FILTER(?z != ?b) } LIMIT 1",
            "z,b",
        ),
        (
            "select # all\n * { { SELECT ?z ?a { ?z a ?a } } ?z ?y ?x } LIMIT 1",
            "z,a,y,x",
        ),
        ("SELECT ?o ?s { ?s ?p ?o } LIMIT 1", "o,s"),
    ] {
        let answer = ask(query, Some("text/csv")).await;
        assert_eq!(answer.text().lines().next(), Some(head), "{query}");
    }
}

#[tokio::test]
async fn a_query_that_would_take_too_long_to_plan_is_refused_before_it_runs() {
    let path = vec!["<a>"; 10_000].join("/");
    let started = Instant::now();
    let answer = post(
        "application/sparql-query",
        &format!("ASK {{ ?s {path} ?o }}"),
    )
    .await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("path steps") || answer.text().contains("words and signs"));
    let path = vec!["<a>"; 300].join("/");
    let answer = post(
        "application/sparql-query",
        &format!("ASK {{ ?s {path} ?o }}"),
    )
    .await;
    assert!(
        answer.text().contains("300 triple patterns"),
        "{}",
        answer.text()
    );
    // A deadline is the one thing whose time a test may judge.
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn every_column_of_an_answer_is_shown() {
    let query: String = byte_serialize(
        b"SELECT ?x ?xLabel { VALUES (?x ?xLabel) { (\"a\" \"beside\") (UNDEF <http://only/>) } }",
    )
    .collect();
    let page = get(&format!("/sparql?query={query}"), Some("text/html"))
        .await
        .text();
    for word in ["beside", "http://only/", "?xLabel"] {
        assert!(page.contains(word), "{word}");
    }
}

#[tokio::test]
async fn the_page_keeps_the_graphs_that_were_asked() {
    let graph = "http://localhost:8080/plan/vasterbotten-2026/stated";
    let query: String = byte_serialize(b"SELECT ?s { ?s ?p ?o } LIMIT 1").collect();
    let path = format!("/sparql?query={query}&default-graph-uri={graph}");
    let page = get(&path, Some("text/html")).await.text();
    let field = format!("<input type=\"hidden\" name=\"default-graph-uri\" value=\"{graph}\">");
    assert!(page.contains(&field), "{page}");
    assert!(
        page.contains("ställs bara till dessa grafer"),
        "the reader sees it"
    );
    let encoded: String = byte_serialize(graph.as_bytes()).collect();
    assert!(
        page.contains(&format!("&amp;default-graph-uri={encoded}\">CSV")),
        "{page}"
    );
}

#[tokio::test]
async fn what_xml_cannot_hold_is_refused_rather_than_written() {
    let construct = |property: &str, text: &str| {
        format!("CONSTRUCT {{ <a> <{property}> \"{text}\" }} WHERE {{}}")
    };
    let control = r"a\u0001b";
    for (query, format, word) in [
        (construct("http://x/1", "a"), "rdf", "http://x/1"),
        (construct("http://x/", "a"), "rdf", "http://x/"),
        (construct("http://x/a", control), "rdf", "U+0001"),
        (
            format!("SELECT (\"{control}\" AS ?x) {{}}"),
            "xml",
            "U+0001",
        ),
    ] {
        let query: String = byte_serialize(query.as_bytes()).collect();
        let path = format!("/sparql?query={query}&format={format}");
        let answer = get(&path, None).await;
        assert_eq!(
            answer.status,
            StatusCode::NOT_ACCEPTABLE,
            "{}",
            answer.text()
        );
        assert!(answer.text().contains(word), "{}", answer.text());
        let other = if format == "rdf" { "nt" } else { "json" };
        let path = format!("/sparql?query={query}&format={other}");
        assert_eq!(get(&path, None).await.status, StatusCode::OK);
    }
    for property in ["http://x/a", "http://x/1a", "http://x#é", "urn:a:b-1"] {
        let query: String = byte_serialize(construct(property, "å").as_bytes()).collect();
        let answer = get(&format!("/sparql?query={query}&format=rdf"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{property}");
        let parsed: Vec<_> = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::RdfXml)
            .for_slice(&answer.body)
            .map(|quad| quad.unwrap().predicate.into_string())
            .collect();
        assert_eq!(parsed, [property]);
    }
}

#[tokio::test]
async fn a_slash_at_the_end_of_the_address_changes_nothing() {
    let with = get("/sparql/?query=ASK%7B%7D&format=json", None).await;
    let without = get("/sparql?query=ASK%7B%7D&format=json", None).await;
    assert_eq!((with.status, &with.body), (StatusCode::OK, &without.body));
    let mut posted = with_method("POST", "ASK {}");
    *posted.uri_mut() = "/sparql/".parse().unwrap();
    assert_eq!(send(app(), posted).await.json()["boolean"], true);
    let page = get("/sparql/", Some("text/html")).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'"), "{policy}");
}

#[tokio::test]
async fn what_is_no_time_is_refused_also_where_nothing_is_asked() {
    for path in ["/sparql?timeout=null", "/sparql?query=ASK+{}&timeout=null"] {
        let answer = get(path, None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
    }
}

#[tokio::test]
async fn a_body_that_is_encoded_or_in_another_charset_is_refused() {
    for (name, value, status) in [
        (
            "content-encoding",
            "gzip",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "content-type",
            "application/sparql-query; charset=iso-8859-1",
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let mut request = with_method("POST", "ASK {}");
        request.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(send(app(), request).await.status, status, "{name}");
    }
}
