//! What HTTP asks of every answer: validators, content codings, methods, errors.

use std::io::{Cursor, Read};

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::support::{Answer, app, app_over, ask, copy_of_data, get, send};

const PLAN: &str = "/plan/vasterbotten-2026.jsonld";

/// Something of every kind that is served.
const ALL: &[&str] = &[
    "/",
    "/plan",
    "/plan/vasterbotten-2026",
    "/plan/vasterbotten-2026.html",
    "/plan/vasterbotten-2026.csv",
    "/plan/vasterbotten-2026/source.txt",
    "/framework/ena/goal/adressregister",
    "/organisation.jsonld",
    "/ns",
    "/ns/shapes",
    "/ns/context.jsonld",
    "/status/new.rdf",
    "/about",
    "/style.css",
    "/icon.svg",
];

fn decoded(answer: &Answer) -> Vec<u8> {
    let mut out = Vec::new();
    match answer
        .headers
        .get("content-encoding")
        .map(|v| v.to_str().unwrap())
    {
        None => out.clone_from(&answer.body),
        Some("gzip") => {
            let mut reader = flate2::read::GzDecoder::new(answer.body.as_slice());
            reader.read_to_end(&mut out).unwrap();
        }
        Some("zstd") => out = zstd::decode_all(answer.body.as_slice()).unwrap(),
        Some("br") => brotli::BrotliDecompress(&mut Cursor::new(&answer.body), &mut out).unwrap(),
        Some(other) => panic!("{other} was not asked for"),
    }
    out
}

#[tokio::test]
async fn every_content_coding_holds_the_same_bytes_under_a_tag_of_its_own() {
    for path in ALL {
        let plain = get(path, None).await;
        assert_eq!(plain.status, StatusCode::OK, "{path}");
        let mut tags = vec![plain.header("etag").to_owned()];
        for coding in ["gzip", "br", "zstd"] {
            let answer = ask(path, &[("accept-encoding", coding)]).await;
            assert_eq!(decoded(&answer), plain.body, "{path} {coding}");
            if plain.body.len() >= 1000 {
                assert_eq!(answer.header("content-encoding"), coding, "{path}");
                assert!(
                    answer.body.len() * 10 < plain.body.len() * 9,
                    "{path} {coding}"
                );
                tags.push(answer.header("etag").to_owned());
            }
            assert!(answer.header("vary").ends_with("Accept-Encoding"), "{path}");
            assert_eq!(
                answer.header("content-type"),
                plain.header("content-type"),
                "{path}"
            );
        }
        let all = tags.len();
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), all, "{path}: strong tags differ with the bytes");
    }
}

#[tokio::test]
async fn who_rules_out_every_coding_is_told_what_there_is() {
    let answer = ask(PLAN, &[("accept-encoding", "identity;q=0, deflate")]).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert!(answer.json()["detail"].as_str().unwrap().contains("gzip"));
    assert!(answer.header("vary").ends_with("Accept-Encoding"));
}

#[tokio::test]
async fn what_the_asker_has_is_not_sent_again() {
    for path in ALL {
        for coding in ["identity", "gzip", "br"] {
            let coding = ("accept-encoding", coding);
            let first = ask(path, &[coding]).await;
            let tag = first.header("etag").to_owned();
            let weak = format!("W/{tag}");
            let several = format!("\"other\", {tag}");
            for known in [tag.as_str(), &weak, &several, "*"] {
                let again = ask(path, &[coding, ("if-none-match", known)]).await;
                assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path} {known}");
                assert!(again.body.is_empty());
                assert_eq!(again.header("etag"), tag);
                assert_eq!(again.header("vary"), first.header("vary"));
                assert_eq!(again.header("cache-control"), first.header("cache-control"));
                assert_eq!(
                    again.headers.get("content-location"),
                    first.headers.get("content-location")
                );
                // RFC 9110, section 15.4.5: not what describes the bytes; section 8.6: if their
                // number, then that of a 200.
                for absent in ["content-type", "content-encoding", "content-language"] {
                    assert!(!again.headers.contains_key(absent), "{path} {absent}");
                }
                assert_eq!(again.header("content-length"), first.body.len().to_string());
            }
            for other in ["\"other\"", "other", "\"", "W/", &tag[1..], "\"a,*,b\""] {
                let again = ask(path, &[coding, ("if-none-match", other)]).await;
                assert_eq!(again.status, StatusCode::OK, "{path} {other}");
            }
        }
    }
}

#[tokio::test]
async fn the_tag_of_one_coding_does_not_stand_for_another() {
    let gzip = ask(PLAN, &[("accept-encoding", "gzip")]).await;
    let tag = gzip.header("etag");
    let plain = ask(PLAN, &[("if-none-match", tag)]).await;
    assert_eq!(plain.status, StatusCode::OK);
}

#[tokio::test]
async fn a_day_is_known_only_once_it_is_over() {
    // The data give days: a plan that changed on a day may change again on it.
    let first = get(PLAN, None).await;
    assert_eq!(
        first.header("last-modified"),
        "Fri, 27 Nov 2026 00:00:00 GMT"
    );
    for (since, expected) in [
        ("Fri, 27 Nov 2026 00:00:00 GMT", StatusCode::OK),
        ("Fri, 27 Nov 2026 23:59:59 GMT", StatusCode::OK),
        ("Sat, 28 Nov 2026 00:00:00 GMT", StatusCode::NOT_MODIFIED),
        ("Fri, 01 Jan 2027 00:00:00 GMT", StatusCode::NOT_MODIFIED),
        ("Thu, 26 Nov 2026 00:00:00 GMT", StatusCode::OK),
        ("yesterday", StatusCode::OK),
        ("", StatusCode::OK),
    ] {
        let answer = ask(PLAN, &[("if-modified-since", since)]).await;
        assert_eq!(answer.status, expected, "{since}");
    }
    // The tag decides where both are sent (section 13.2.2).
    let both = [
        ("if-modified-since", "Fri, 01 Jan 2027 00:00:00 GMT"),
        ("if-none-match", "\"other\""),
    ];
    assert_eq!(ask(PLAN, &both).await.status, StatusCode::OK);
}

async fn with_method(method: &str, path: &str) -> Answer {
    let request = Request::builder()
        .method(Method::from_bytes(method.as_bytes()).unwrap())
        .uri(path)
        .body(Body::empty());
    send(app(), request.unwrap()).await
}

#[tokio::test]
async fn head_is_get_without_the_bytes_for_everything() {
    for path in ALL.iter().chain(&["/nothing", "/plan?lang=de", "/sparql"]) {
        let (get, head) = (get(path, None).await, with_method("HEAD", path).await);
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty(), "{path}");
        let names = |answer: &Answer| -> Vec<(String, String)> {
            answer
                .headers
                .iter()
                .filter(|(name, _)| *name != "x-request-id")
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect()
        };
        assert_eq!(names(&head), names(&get), "{path}");
    }
}

#[tokio::test]
async fn options_names_the_methods_of_what_is_there() {
    for path in ALL {
        let answer = with_method("OPTIONS", path).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{path}");
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    let answer = with_method("OPTIONS", "/sparql").await;
    assert_eq!(answer.header("allow"), "GET, HEAD, POST, QUERY, OPTIONS");
    assert_eq!(
        with_method("OPTIONS", "/nothing").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        with_method("OPTIONS", "*").await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn other_methods_are_refused_with_those_there_are() {
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "TRACE", "QUERY", "NONSENSE",
    ] {
        for path in ALL {
            let answer = with_method(method, path).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
        }
    }
    for path in ["/nothing", "/x/sparql"] {
        let answer = with_method("POST", path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = with_method("DELETE", "/sparql").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET, HEAD, POST, QUERY, OPTIONS");
}

#[tokio::test]
async fn any_page_of_the_web_may_read_everything() {
    for path in ALL.iter().chain(&["/nothing", "/sparql?query=ASK%7B%7D"]) {
        let answer = ask(path, &[("origin", "https://example.org")]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        let exposed = answer.header("access-control-expose-headers");
        for name in ["etag", "link", "content-location", "last-modified"] {
            assert!(exposed.contains(name), "{path} {name}");
        }
    }
}

#[tokio::test]
async fn an_error_is_a_page_or_a_problem_as_the_asker_accepts() {
    for (path, status) in [
        ("/nothing", 404),
        ("/plan?lang=de", 400),
        ("/sparql?update=x", 400),
    ] {
        for (accept, content_type) in [
            ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
            ("*/*", "application/problem+json"),
            ("application/json", "application/problem+json"),
            ("text/plain", "text/plain; charset=utf-8"),
            ("text/turtle", "application/problem+json"),
            ("image/png", "application/problem+json"),
        ] {
            let answer = ask(path, &[("accept", accept)]).await;
            assert_eq!(answer.status.as_u16(), status, "{path}");
            assert_eq!(
                answer.header("content-type"),
                content_type,
                "{path} {accept}"
            );
            assert_eq!(answer.header("cache-control"), "no-cache");
            if content_type == "application/problem+json" {
                let problem = answer.json();
                assert_eq!(problem["status"], status);
                assert!(!problem["title"].as_str().unwrap().is_empty());
                assert!(!problem["detail"].as_str().unwrap().is_empty());
            } else if content_type.starts_with("text/html") {
                assert!(answer.text().contains("<h1>"), "{path}");
            } else {
                assert!(answer.text().starts_with(&status.to_string()), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn an_error_speaks_the_asker_s_language() {
    for (accept, language, expected, word) in [
        ("text/html", None, "sv", "Det finns inget på den adressen"),
        (
            "text/html",
            Some("en"),
            "en",
            "There is nothing at that address",
        ),
        ("*/*", None, "en", "There is nothing at that address"),
        ("*/*", Some("sv"), "sv", "Det finns inget på den adressen"),
    ] {
        let mut headers = vec![("accept", accept)];
        headers.extend(language.map(|language| ("accept-language", language)));
        let answer = ask("/nothing", &headers).await;
        assert_eq!(answer.header("content-language"), expected);
        assert!(answer.text().contains(word), "{accept} {language:?}");
    }
    let answer = ask("/nothing?lang=en", &[("accept", "text/html")]).await;
    assert_eq!(answer.header("content-language"), "en");
}

#[tokio::test]
async fn what_was_withdrawn_is_gone_and_says_why() {
    let dir = copy_of_data();
    let withdrawn = dir.path().join("reference/withdrawn.ttl");
    std::fs::write(
        &withdrawn,
        r#"@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix plan: <https://w3id.org/samplan/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<reference/withdrawn> a plan:ReferenceGraph ;
    dcterms:title "Tillbakadraget"@sv , "Withdrawn"@en ;
    dcterms:modified "2026-11-24"^^xsd:date ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .

<plan/gammal-2015> adms:status <http://purl.org/adms/status/Withdrawn> ;
    dcterms:modified "2026-11-24"^^xsd:date ;
    rdfs:comment "Planen publicerades av misstag."@sv , "The plan was published by mistake."@en ;
    dcterms:isReplacedBy <plan/vastmanland-2021-2022> .
"#,
    )
    .unwrap();
    let router = app_over(dir.path());
    let ask = async |path: &str, accept: &str| {
        let request = Request::get(path).header("accept", accept);
        send(router.clone(), request.body(Body::empty()).unwrap()).await
    };
    for path in [
        "/plan/gammal-2015",
        "/plan/gammal-2015.ttl",
        "/plan/gammal-2015/activity/x",
        "/plan/gammal-2015/source.txt",
    ] {
        let answer = ask(path, "*/*").await;
        assert_eq!(answer.status, StatusCode::GONE, "{path}");
        assert_eq!(answer.json()["status"], 410);
    }
    let page = ask("/plan/gammal-2015", "text/html").await;
    assert_eq!(page.status, StatusCode::GONE);
    for words in [
        "Planen publicerades av misstag.",
        "24 november 2026",
        "/plan/vastmanland-2021-2022?lang=sv",
    ] {
        assert!(page.text().contains(words), "{words}");
    }
    assert_eq!(
        ask("/plan/gammal-20151", "*/*").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        ask("/plan/vastmanland-2021-2022", "*/*").await.status,
        StatusCode::OK
    );

    // A folder that is still there cannot be both.
    let text = std::fs::read_to_string(&withdrawn).unwrap();
    let text = text.replace("gammal-2015", "vasterbotten-2026");
    std::fs::write(&withdrawn, text).unwrap();
    let router = app_over(dir.path());
    let request = Request::get("/plan/vasterbotten-2026").body(Body::empty());
    assert_eq!(
        send(router.clone(), request.unwrap()).await.status,
        StatusCode::GONE
    );
    let request = Request::get("/readyz").body(Body::empty());
    let ready = send(router, request.unwrap()).await.json();
    let finding = ready["refused"][0]["findings"][0].as_str().unwrap();
    assert!(finding.contains("Remove the folder"), "{finding}");
}

#[tokio::test]
async fn a_change_of_the_data_changes_what_is_kept() {
    let dir = copy_of_data();
    let live = samplan::store::Live::open(dir.path().to_owned(), samplan::rdf::Base::default());
    let live = live.unwrap();
    let config = crate::support::config(dir.path().to_owned());
    let router = samplan::web::router(samplan::web::App::new(live.clone(), config));
    let ask = async |headers: &[(&str, &str)]| {
        let request = headers.iter().fold(
            Request::get("/plan/vasterbotten-2026.html?lang=sv"),
            |request, (name, value)| request.header(*name, *value),
        );
        send(router.clone(), request.body(Body::empty()).unwrap()).await
    };
    let before = ask(&[]).await;
    assert!(before.text().contains("lärlärokoncept"));
    let file = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    let text = std::fs::read_to_string(&file).unwrap();
    let source = dir.path().join("plans/vasterbotten-2026/source.txt");
    assert!(source.exists());
    std::fs::write(&file, text.replace("lärlärokoncept", "lärokoncept")).unwrap();
    live.reload();
    let after = ask(&[("if-none-match", before.header("etag"))]).await;
    assert_eq!(after.status, StatusCode::OK);
    assert!(!after.text().contains("lärlärokoncept"));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let request = Request::post("/sparql")
        .header("content-type", "application/sparql-query")
        .body(Body::from(vec![b' '; (1 << 20) + 1]));
    let answer = send(app(), request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["status"], 413);
}

#[tokio::test]
async fn a_query_that_is_posted_is_answered_whatever_the_asker_has() {
    // RFC 9110, section 13.1.2: 304 answers GET and HEAD only.
    let request = Request::post("/sparql")
        .header("content-type", "application/sparql-query")
        .header("if-none-match", "*")
        .body(Body::from("ASK {}"));
    let answer = send(app(), request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.body.is_empty());
}

/// Found by the check of the API: HEAD of a query that had not been answered yet said that there
/// are no bytes.
#[tokio::test]
async fn head_never_says_another_length_than_get() {
    for path in [
        "/query/plans-without-follow-up.csv",
        "/query/plans-without-follow-up",
        "/sparql?query=ASK%7B%7D",
        "/plan/vasterbotten-2026.csv",
        "/download/plans.csv",
        "/nothing",
        "/healthz",
    ] {
        let head = Request::head(path).body(Body::empty()).unwrap();
        let head = send(app(), head).await;
        let answer = get(path, None).await;
        assert_eq!(head.status, answer.status, "{path}");
        assert!(head.body.is_empty());
        if let Some(length) = head.headers.get("content-length") {
            let said = length.to_str().unwrap();
            assert_eq!(said, answer.body.len().to_string(), "{path}");
        }
    }
}

/// A plan can be taken away, or come later than its day, without the newest day changing.
#[tokio::test]
async fn what_is_gathered_of_many_things_is_not_known_by_its_day() {
    for path in [
        "/catalog.ttl",
        "/catalog.ttl?page=1",
        "/datasets/dcat",
        "/dataset/vasterbotten-2026",
        "/download/plans.nt",
        "/checksums.txt",
    ] {
        let since = [("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT")];
        let answer = ask(path, &since).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.headers.contains_key("last-modified"), "{path}");
        let tag = [("if-none-match", answer.header("etag"))];
        assert_eq!(ask(path, &tag).await.status, StatusCode::NOT_MODIFIED);
    }
}
