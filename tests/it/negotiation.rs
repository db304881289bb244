//! Which representation a request gets: by the `Accept` headers that programs really send, by
//! language, by content coding.

use axum::http::StatusCode;

use crate::support::{ask, get};

/// A plan, which is to be had in every format.
const PLAN: &str = "/plan/vasterbotten-2026";

/// Who asks, what they send, the format they get. Measured, or read in the program's source or
/// documentation, in November 2026; the browsers' by Mozilla's list of default values.
#[rustfmt::skip]
const CLIENTS: &[(&str, &str, &str)] = &[
    // People: the page.
    ("Chrome 131", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7", "html"),
    ("Firefox 132", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    ("Firefox 128", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8", "html"),
    ("Firefox of long ago", "text/xml,application/xml,application/xhtml+xml,text/html;q=0.9,text/plain;q=0.8,image/png,*/*;q=0.5", "html"),
    ("Safari 18", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
    ("Edge before Chromium", "text/html, application/xhtml+xml, image/jxr, */*", "html"),
    ("Googlebot", "text/html,application/xhtml+xml,application/signed-exchange;v=b3,application/xml;q=0.9,*/*;q=0.8", "html"),
    // Programs that take anything: Turtle.
    ("curl, wget, requests, CKAN", "*/*", "ttl"),
    ("Googlebot once", "*/*;q=0.8,application/signed-exchange;v=b3", "ttl"),
    // Java's own client asks for pages first, whoever uses it.
    ("Java 8", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "html"),
    ("Java 17", "text/html, image/gif, image/jpeg, */*; q=0.2", "html"),
    ("axios", "application/json, text/plain, */*", "json"),
    // Readers of RDF.
    ("rdflib 7.6", "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads, application/trix, application/trig", "ttl"),
    ("rdflib 7.6, turtle", "text/turtle, application/x-turtle, */*;q=0.1", "ttl"),
    ("rdflib 7.6, xml", "application/rdf+xml, */*;q=0.1", "rdf"),
    ("rdflib 7.6, json-ld", "application/ld+json, application/json;q=0.9, */*;q=0.1", "jsonld"),
    ("rdflib 7.6, nt", "text/plain, */*;q=0.1", "plain"),
    ("rdflib 7.6, n3", "text/n3, */*;q=0.1", "ttl"),
    ("rdflib 7.6, trig", "application/trig, */*;q=0.1", "trig"),
    ("Jena 4, a file", "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,application/trig,application/n-quads;q=0.9,application/ld+json;q=0.8,*/*;q=0.5", "ttl"),
    ("Jena 4, a graph", "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3", "ttl"),
    ("Jena 4, a dataset", "application/trig,application/n-quads;q=0.9,application/ld+json;q=0.8,*/*;q=0.3", "trig"),
    // Comunica names TriG before JSON-LD, but looks for triples in the default graph, where
    // TriG has none.
    ("Comunica 5", "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,image/svg+xml;q=0.3,text/xml;q=0.3,text/html;q=0.2,application/xhtml+xml;q=0.18,application/json;q=0.135,text/shaclc;q=0.1,text/shaclc-ext;q=0.05", "jsonld"),
    ("jsonld.js 9", "application/ld+json, application/json", "jsonld"),
    ("PyLD 3", "application/ld+json, application/json;q=0.8, text/html;q=0.5, application/xhtml+xml;q=0.5", "jsonld"),
    ("PyLD 3, a context", "application/ld+json;profile=http://www.w3.org/ns/json-ld#context, application/ld+json, application/json;q=0.8, text/html;q=0.5, application/xhtml+xml;q=0.5", "jsonld"),
    ("SPARQLWrapper", "application/turtle,text/turtle", "ttl"),
    // A table.
    ("a spreadsheet", "text/csv", "csv"),
];

/// What a header means by the standard, whoever sends it (RFC 9110, section 12.5.1).
#[rustfmt::skip]
const RULES: &[(&str, &str)] = &[
    ("", "ttl"),
    (" ", "ttl"),
    ("text/*", "ttl"),
    ("application/*", "jsonld"),
    ("image/*, */*;q=0.1", "ttl"),
    ("APPLICATION/LD+JSON", "jsonld"),
    ("application/rdf+xml;q=0.5, text/turtle;q=0.4", "rdf"),
    ("text/turtle;q=0.001, */*;q=0", "ttl"),
    ("*/*;q=0.1, application/n-triples;q=0.2", "nt"),
    ("*/*, text/turtle;q=0", "jsonld"),
    ("text/*;q=0.5, text/html;q=0.4, text/turtle;q=0", "csv"),
    ("text/html;q=0, text/turtle", "ttl"),
    ("application/ld+json;charset=utf-8", "jsonld"),
    ("text/turtle;charset=iso-8859-1", "ttl"),
    ("application/ld+json; profile=\"http://www.w3.org/ns/json-ld#compacted\"", "jsonld"),
    ("application/ld+json; profile=\"http://www.w3.org/ns/json-ld#expanded\"", "jsonld"),
    ("text/html;level=1, text/html;q=0.3, text/turtle;q=0.5", "ttl"),
    ("text/turtle;charset=utf-8;q=0.2, text/turtle;q=0.9, text/html;q=0.5", "ttl"),
    ("text/turtle ; Q=0.2 , application/rdf+xml ; q=0.3", "rdf"),
    ("text/turtle;q=2, application/rdf+xml;q=0.1", "rdf"),
    ("text/turtle;q=nonsense, application/rdf+xml;q=0.1", "rdf"),
    ("application/trig;q=0.9, text/turtle;q=0.8", "trig"),
    ("application/trig, text/turtle", "ttl"),
    (";;;,,,", "ttl"),
    ("nonsense", "ttl"),
    ("text", "ttl"),
    ("\"text/turtle", "ttl"),
];

/// Headers that rule out everything there is.
const NOTHING: &[&str] = &[
    "image/png",
    "*/*;q=0",
    "application/pdf, image/*;q=0.5",
    "application/xhtml+xml",
    "text/html;q=0, application/*;q=0, text/*;q=0",
    "application/sparql-results+json",
];

fn content_type(suffix: &str) -> &'static str {
    match suffix {
        "html" => "text/html; charset=utf-8",
        "ttl" => "text/turtle; charset=utf-8",
        "jsonld" => "application/ld+json",
        "json" => "application/json",
        "nt" => "application/n-triples",
        "plain" => "text/plain; charset=utf-8",
        "rdf" => "application/rdf+xml",
        "trig" => "application/trig",
        "csv" => "text/csv; charset=utf-8; header=present",
        _ => panic!("{suffix} is no format"),
    }
}

#[tokio::test]
async fn every_program_gets_what_it_can_read() {
    for (client, accept, expected) in CLIENTS {
        let answer = get(PLAN, Some(accept)).await;
        assert_eq!(answer.status, StatusCode::OK, "{client}");
        assert_eq!(
            answer.header("content-type"),
            content_type(expected),
            "{client}: {accept}"
        );
    }
    let answer = get(PLAN, None).await;
    assert_eq!(answer.header("content-type"), content_type("ttl"), "urllib");
}

#[tokio::test]
async fn the_header_means_what_the_standard_says() {
    for (accept, expected) in RULES {
        let answer = get(PLAN, Some(accept)).await;
        assert_eq!(answer.status, StatusCode::OK, "{accept}");
        assert_eq!(
            answer.header("content-type"),
            content_type(expected),
            "{accept}"
        );
    }
    for accept in NOTHING {
        let answer = get(PLAN, Some(accept)).await;
        assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
        assert_eq!(
            answer.json()["formats"].as_array().unwrap().len(),
            9,
            "406 lists the formats"
        );
    }
}

#[tokio::test]
async fn a_header_in_several_lines_is_one() {
    let headers = [("accept", "text/turtle;q=0.5"), ("accept", "text/html")];
    let answer = ask(PLAN, &headers).await;
    assert_eq!(answer.header("content-type"), content_type("html"));
}

#[tokio::test]
async fn a_very_long_header_is_only_long() {
    let accept = "image/png;q=0.1,".repeat(2_000) + "application/rdf+xml";
    let answer = get(PLAN, Some(&accept)).await;
    assert_eq!(answer.header("content-type"), content_type("rdf"));
}

#[tokio::test]
async fn a_suffix_wins_over_the_header() {
    let answer = get(&format!("{PLAN}.ttl"), Some("text/html")).await;
    assert_eq!(answer.header("content-type"), content_type("ttl"));
    let answer = get(&format!("{PLAN}.html"), Some("text/turtle")).await;
    assert_eq!(answer.header("content-type"), content_type("html"));
}

#[tokio::test]
async fn the_language_is_that_of_the_link_else_of_the_header() {
    for (path, accept, expected) in [
        ("/plan", "en-US,en;q=0.5", "en"),
        ("/plan", "sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("/plan", "de", "en"),
        ("/plan", "*", "sv"),
        ("/plan?lang=sv", "en", "sv"),
        ("/plan?lang=en", "sv", "en"),
        ("/plan?lang=EN-gb&utm_source=x", "sv", "en"),
        // An empty one, as a form sends it, asks for none.
        ("/plan?lang=", "en", "en"),
        ("/plan?lang=&lang=en", "sv", "en"),
        ("/plan.html", "en", "en"),
        ("/about", "en", "en"),
    ] {
        let headers = [("accept", "text/html"), ("accept-language", accept)];
        let answer = ask(path, &headers).await;
        assert_eq!(
            answer.header("content-language"),
            expected,
            "{path} {accept}"
        );
        let tag = format!("<html lang=\"{expected}\">");
        assert!(answer.text().contains(&tag), "{path} {accept}");
    }
    let answer = get("/plan", Some("text/html")).await;
    assert_eq!(answer.header("content-language"), "sv", "without a header");
    let turtle = get("/plan.ttl", None).await;
    assert!(!turtle.headers.contains_key("content-language"));
}

#[tokio::test]
async fn an_unknown_language_is_refused_with_those_there_are() {
    for query in [
        "lang=de",
        "lang=&lang=de",
        "lang=%C3%A5",
        "lang=%ff",
        "lang=svenska",
    ] {
        let answer = get(&format!("/plan?{query}"), None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let problem = answer.json();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("lang=sv") && detail.contains("lang=en"));
    }
}

#[tokio::test]
async fn what_has_no_layers_is_given_in_quads_to_who_likes_them_best() {
    // As Comunica asks.
    let accept = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,\
                  application/n-triples;q=0.8,text/turtle;q=0.6";
    for (path, expected) in [
        ("/sparql", "application/n-quads"),
        ("/.well-known/void", "application/n-quads"),
        ("/query", "application/n-quads"),
        (PLAN, "application/ld+json"),
    ] {
        let answer = get(path, Some(accept)).await;
        assert_eq!(answer.header("content-type"), expected, "{path}");
    }
}

#[tokio::test]
async fn vary_names_what_the_choice_depended_on() {
    for (path, expected) in [
        ("/plan", "Accept, Accept-Language, Accept-Encoding"),
        ("/plan.ttl", "Accept-Encoding"),
        ("/plan.html", "Accept-Language, Accept-Encoding"),
        ("/style.css", "Accept-Encoding"),
        ("/sparql", "Accept, Accept-Language, Accept-Encoding"),
        (
            "/sparql?query=ASK%7B%7D",
            "Accept, Accept-Language, Accept-Encoding",
        ),
        ("/sparql?query=ASK%7B%7D&format=json", "Accept-Encoding"),
        ("/query/plans.csv", "Accept-Encoding"),
        ("/query/plans", "Accept, Accept-Language, Accept-Encoding"),
        ("/nothing", "Accept, Accept-Language"),
    ] {
        let answer = get(path, None).await;
        let vary: Vec<_> = answer.headers.get_all("vary").iter().collect();
        assert_eq!(vary, [expected], "{path}");
    }
}

#[tokio::test]
async fn one_address_never_gives_two_types_under_one_tag() {
    let mut tags = std::collections::BTreeMap::new();
    for accept in [
        "text/turtle",
        "application/ld+json",
        "application/json",
        "application/n-triples",
        "text/plain",
        "application/rdf+xml",
        "application/trig",
        "text/csv",
        "text/html",
    ] {
        let answer = get(PLAN, Some(accept)).await;
        let other = tags.insert(answer.header("etag").to_owned(), accept);
        assert_eq!(other, None, "{accept}");
        let again = ask(
            PLAN,
            &[("accept", accept), ("if-none-match", answer.header("etag"))],
        )
        .await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{accept}");
    }
}

#[tokio::test]
async fn a_catalogue_is_rdf_xml_to_who_asks_for_nothing_in_particular() {
    let answer = get("/catalog", None).await;
    assert_eq!(answer.header("content-type"), content_type("rdf"));
    let answer = get("/catalog", Some("text/turtle")).await;
    assert_eq!(answer.header("content-type"), content_type("ttl"));
}
