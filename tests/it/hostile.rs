//! Requests that mean harm or make no sense: a right answer below 500, nothing given away,
//! nothing of the request given back.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use proptest::prelude::*;

use crate::support::{Answer, app, send};

/// A word that occurs nowhere in the data: where it comes back, the request does.
const MARK: &str = "zq9xkcd7";

/// What an answer to a stranger must never say: the machine's paths, Rust's words for a failure.
const SECRETS: &[&str] = &[
    env!("CARGO_MANIFEST_DIR"),
    "src/",
    ".rs:",
    "panicked",
    "unwrap",
    "backtrace",
    "/root/",
    "/home/",
];

#[track_caller]
fn harmless(answer: &Answer, asked: &str) {
    let head = format!("{:?}", answer.headers).to_lowercase();
    let body = String::from_utf8_lossy(&answer.body).to_lowercase();
    assert!(answer.status.as_u16() < 500, "{asked}: {}", answer.status);
    assert!(
        !head.contains(MARK),
        "{asked} comes back in a header: {head}"
    );
    if answer.status.is_client_error() || answer.status.is_redirection() {
        assert!(!body.contains(MARK), "{asked} comes back: {body}");
        for secret in SECRETS {
            assert!(!body.contains(secret), "{asked} gives away {secret}");
        }
    }
}

async fn get(path: &str) -> Answer {
    let request = Request::get(path).header("accept", "text/html");
    send(app(), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn paths_that_mean_harm_lead_nowhere() {
    for path in [
        "/../../etc/passwd",
        "/plan/../../Cargo.toml",
        "/plan/%2e%2e/%2e%2e/Cargo.toml",
        "/plan/..%2f..%2fCargo.toml",
        "/plan/%252e%252e%252fCargo.toml",
        "/plan/vasterbotten-2026%00.ttl",
        "/plan/vasterbotten-2026/source.txt%00",
        "/plan/vasterbotten-2026;.ttl",
        "/plan/vasterbotten-2026/",
        "/plan/vasterbotten%2D2026",
        "/plan/%C3%A5%CC%8A",
        "/plan/%E5",
        "/plan/%",
        "/plan/%zz",
        "/plan/\\..\\..",
        "/plan/<script>zq9xkcd7</script>",
        "/plan/%3Cscript%3Ezq9xkcd7%3C/script%3E",
        "/zq9xkcd7%0d%0aset-cookie:%20a=b",
        "/zq9xkcd7%0d%0aset-cookie:%20a=b/",
        "//zq9xkcd7.example/",
        "//zq9xkcd7.example/%2e%2e",
        "/.",
        "/..",
        "/.git/config",
        "/plan.ttl.ttl",
        "/plan.",
        "/plan.html/",
        "/style.css/../icon.svg",
        "/plan/vasterbotten-2026/stated.ttl/..",
        "/ns#zq9xkcd7",
        "/catalog/contact/zq9xkcd7",
    ] {
        let Ok(request) = Request::get(path)
            .header("accept", "text/html")
            .body(Body::empty())
        else {
            // What is no address at all is refused before it reaches a route.
            continue;
        };
        let answer = send(app(), request).await;
        harmless(&answer, path);
        let fine = ["/plan/vasterbotten-2026/", "/plan.html/", "/ns#zq9xkcd7"];
        if !fine.contains(&path) {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn a_very_long_path_is_not_found() {
    for length in [1_000, 60_000] {
        let path = format!("/plan/{}", "a".repeat(length));
        assert_eq!(get(&path).await.status, StatusCode::NOT_FOUND);
        let path = format!("/plan/{}", "a/".repeat(length / 2));
        assert_eq!(get(&path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_query_that_means_nothing_is_let_be() {
    let plain = get("/plan?lang=sv").await;
    for query in [
        "lang=sv&x=%3Cscript%3Ezq9xkcd7",
        "x=%ff&lang=sv",
        "&&&lang=sv&=&",
        "lang=sv&lang=en",
        "%00=%00&lang=sv",
    ] {
        let answer = get(&format!("/plan?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(answer.body, plain.body, "{query}");
        harmless(&answer, query);
    }
}

#[tokio::test]
async fn a_host_that_is_not_ours_changes_nothing() {
    let plain = get("/plan?lang=sv").await;
    for (name, value) in [
        ("host", "zq9xkcd7.example"),
        ("x-forwarded-host", "zq9xkcd7.example"),
        ("x-forwarded-proto", "zq9xkcd7"),
        ("forwarded", "host=zq9xkcd7.example;proto=https"),
        ("x-original-url", "/zq9xkcd7"),
        ("x-rewrite-url", "/zq9xkcd7"),
        ("referer", "https://zq9xkcd7.example/"),
        ("cookie", "a=zq9xkcd7"),
        ("user-agent", "<script>zq9xkcd7</script>"),
    ] {
        let request = Request::get("/plan?lang=sv")
            .header("accept", "text/html")
            .header(name, value);
        let answer = send(app(), request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert_eq!(answer.body, plain.body, "{name}");
        harmless(&answer, name);
    }
}

#[tokio::test]
async fn a_request_id_of_the_asker_s_comes_back_only_if_it_is_one() {
    // It is written to the log and sent back, so that both sides can find a request.
    let request = Request::get("/healthz").header("x-request-id", MARK);
    let answer = send(app(), request.body(Body::empty()).unwrap()).await;
    harmless(&answer, "x-request-id");
    assert_eq!(answer.header("x-request-id").len(), 36);
}

/// Paths made of what is there, what is not, and what does harm.
fn paths() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "plan",
        "vasterbotten-2026",
        "activity",
        "framework",
        "organisation",
        "ns",
        "status",
        "new",
        "sparql",
        "about",
        "index",
        "source.txt",
        "healthz",
        "..",
        ".",
        "%00",
        "%2e%2e",
        "%252f",
        "%ff",
        "%c3%28",
        "zq9xkcd7",
        "%3Cb%3Ezq9xkcd7",
        "~",
        "*",
        ":80",
        "@",
        "'",
        "(",
        "{x}",
    ]);
    let suffixes = prop::sample::select(vec![
        "",
        "",
        ".ttl",
        ".html",
        ".csv",
        ".jsonld",
        ".trig",
        ".csv-metadata.json",
        ".pdf",
        "/",
        ".",
        "%20",
        ".html.ttl",
    ]);
    (prop::collection::vec(pieces, 0..6), suffixes)
        .prop_map(|(pieces, suffix)| format!("/{}{suffix}", pieces.join("/")))
}

/// Queries: some that mean something, more that do not.
fn queries() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("?lang=sv".to_owned()),
        Just("?lang=en&lang=sv".to_owned()),
        Just("?lang=zq9xkcd7".to_owned()),
        Just("?query=ASK%7B%7D".to_owned()),
        Just("?query=zq9xkcd7".to_owned()),
        Just("?query=%ff&default-graph-uri=zq9xkcd7".to_owned()),
        "[a-z=&%0-9;+]{0,40}".prop_map(|text| format!("?{text}")),
    ]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    let names = prop::sample::select(vec![
        "accept",
        "accept-language",
        "accept-encoding",
        "if-none-match",
        "if-modified-since",
        "host",
        "origin",
        "content-type",
        "range",
        "x-request-id",
        "access-control-request-method",
        "content-length",
        "expect",
        "te",
    ]);
    let values = prop_oneof![
        Just(b"*/*".to_vec()),
        Just(b"text/html".to_vec()),
        Just(b"zq9xkcd7".to_vec()),
        Just(b"text/html;q=zq9xkcd7;;,\"".to_vec()),
        Just(b"application/sparql-query".to_vec()),
        Just(b"*;q=0".to_vec()),
        Just(b"bytes=0-1".to_vec()),
        // Any bytes that a header line can carry, of whatever charset.
        prop::collection::vec(prop_oneof![32_u8..127, 128_u8..=255], 0..60),
        prop::collection::vec(prop::sample::select(b"*/;,=q.0125\"W ".to_vec()), 0..200),
    ];
    prop::collection::vec((names, values), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_the_answer_is_right_and_gives_nothing_away(
        method in prop::sample::select(vec![
            "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT",
            "PATCH", "QUERY", "get", "X-ZQ",
        ]),
        path in paths(),
        query in queries(),
        headers in headers(),
        body in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let asked = format!("{method} {path}{query} {headers:?}");
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(format!("{path}{query}"));
        for (name, value) in headers {
            let name = HeaderName::from_static(name);
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                request = request.header(name, value);
            }
        }
        // What is no request is refused by the reader of requests.
        if let Ok(request) = request.body(Body::from(body)) {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            let answer = runtime.block_on(send(app(), request));
            // An error of the query language names the place in the query.
            if !(path.contains("sparql") && answer.status == StatusCode::BAD_REQUEST) {
                harmless(&answer, &asked);
            }
            prop_assert!(answer.status.as_u16() < 500, "{asked}: {}", answer.status);
            prop_assert!(answer.headers.contains_key("x-content-type-options"), "{asked}");
        }
    }
}
