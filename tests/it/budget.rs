//! What one client may take of the endpoint, and how long it says that it waits.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use samplan::config::Config;
use samplan::rdf::Base;
use samplan::sparql::{ClientBounds, Limits};
use samplan::store::Live;
use samplan::web::{App, router, serve};
use tokio::net::TcpListener;

use crate::support::{Answer, ask, config, get, root, send};

/// An app over `data/` in which every query uses up the budget of its client for minutes.
fn strict() -> App {
    static LIVE: OnceLock<Live> = OnceLock::new();
    let data = root().join("data");
    let live = LIVE.get_or_init(|| Live::open(data.clone(), Base::default()).unwrap());
    let client = ClientBounds {
        seconds: Duration::from_nanos(1),
        rate: Duration::from_nanos(10),
        queries: 2,
    };
    App::new(
        live.clone(),
        Config {
            client,
            ..config(data)
        },
    )
}

async fn asked(router: &Router, path: &str, accept: &str, language: &str) -> Answer {
    let request = Request::get(path)
        .header("accept", accept)
        .header("accept-language", language);
    send(router.clone(), request.body(Body::empty()).unwrap()).await
}

const QUERY: &str = "/sparql?query=SELECT*%7B?s%20a%20?o%7D";

#[tokio::test]
async fn who_has_used_up_its_budget_is_told_when_to_come_back() {
    let router = router(strict());
    let first = asked(&router, QUERY, "text/csv", "en").await;
    assert_eq!(first.status, StatusCode::OK);
    for path in [QUERY, "/query/plans"] {
        let refused = asked(&router, path, "application/json, text/csv;q=0.5", "en").await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert_eq!(refused.header("content-type"), "application/problem+json");
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!(seconds > 60, "{seconds}");
        let problem = refused.json();
        assert_eq!(problem["status"], 429);
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.contains(&format!("in {seconds} seconds")),
            "{detail}"
        );
        let exposed = refused.header("access-control-expose-headers");
        assert!(exposed.contains("retry-after"), "{exposed}");
    }
    let page = asked(&router, QUERY, "text/html", "sv").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.text().contains("Försök igen om"), "{}", page.text());
    let text = asked(&router, QUERY, "text/plain", "sv").await;
    assert!(text.text().contains("Försök igen om"), "{}", text.text());
}

#[tokio::test]
async fn what_is_no_query_costs_nothing() {
    let router = router(strict());
    let plain = "text/turtle";
    for path in [
        "/sparql",
        "/plan",
        "/query",
        "/query/plans",
        "/openapi.json",
    ] {
        for _ in 0..3 {
            let answer = asked(&router, path, plain, "en").await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
        }
    }
    let answer = asked(&router, QUERY, plain, "en").await;
    assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

/// Asks over a connection, as if from a proxy for somebody. Blocks.
fn through(address: SocketAddr, whom: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!(
        "GET {QUERY} HTTP/1.1\r\nhost: localhost\r\naccept: text/csv\r\n{whom}connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn clients_behind_a_proxy_have_a_budget_each() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async move {
        let _ = stopped.await;
    };
    let service = tokio::spawn(serve(strict(), listener, shutdown));
    for (whom, expected) in [
        ("", "200"),
        ("", "429"),
        ("x-forwarded-for: 203.0.113.1\r\n", "200"),
        ("x-forwarded-for: 203.0.113.1\r\n", "429"),
        ("x-forwarded-for: 198.51.100.9, 203.0.113.1\r\n", "429"),
        ("forwarded: for=198.51.100.9\r\n", "429"),
        ("x-forwarded-for: 2001:db8::1\r\n", "200"),
        ("x-forwarded-for: 2001:db8::2\r\n", "429"),
    ] {
        let ask = move || through(address, whom);
        let status = tokio::task::spawn_blocking(ask).await.unwrap();
        assert!(status.contains(expected), "{whom}: {status}");
    }
    let _ = stop.send(());
    service.await.unwrap().unwrap();
}

/// A query that takes minutes, and reads data all the while.
const LONG: &str = "/sparql?query=SELECT(COUNT(*)AS?n)%7B?a%20?b%20?c.?d%20?e%20?f%7D";

#[tokio::test]
async fn an_asker_can_wait_for_less() {
    let started = Instant::now();
    let answer = get(&format!("{LONG}&timeout=200ms"), None).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(started.elapsed() < Duration::from_secs(15));
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("0.2 seconds"), "{detail}");
}

#[tokio::test]
async fn an_asker_cannot_wait_for_more() {
    let data = root().join("data");
    let live = Live::open(data.clone(), Base::default()).unwrap();
    let limits = Limits {
        time: Duration::from_millis(100),
        ..Limits::default()
    };
    let app = App::new(
        live,
        Config {
            limits,
            ..config(data)
        },
    );
    let answer = asked(
        &router(app),
        &format!("{LONG}&timeout=600"),
        "text/csv",
        "en",
    )
    .await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("0.1 seconds"), "{}", answer.text());
}

#[tokio::test]
async fn how_long_an_asker_waits_is_no_part_of_the_answer() {
    for path in [QUERY, "/query/plans.csv?lang=sv"] {
        let headers = [("accept", "text/csv")];
        let plain = ask(path, &headers).await;
        assert_eq!(plain.status, StatusCode::OK, "{path}");
        for timeout in ["20", "20s", "20000ms", "0", ""] {
            let answer = ask(&format!("{path}&timeout={timeout}"), &headers).await;
            for name in ["etag", "content-type", "link"] {
                assert_eq!(answer.header(name), plain.header(name), "{path} {timeout}");
            }
            let location = |answer: &Answer| answer.headers.get("content-location").cloned();
            assert_eq!(location(&answer), location(&plain), "{path}");
            assert_eq!(answer.body, plain.body);
        }
        let wrong = ask(&format!("{path}&timeout=soon"), &[]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{path}");
        let detail = wrong.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("timeout=500ms"), "{detail}");
    }
}
