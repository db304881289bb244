//! The published queries as an API: parameters, paging, formats, errors, pages. What each
//! query answers is tested in `queries`.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use oxrdf::{Literal, NamedNode, Term};
use samplan::model::Language;
use samplan::rdf::Format;
use samplan::sparql::named;
use samplan::sparql::named::parameter::Kind;
use spargebra::SparqlParser;

use crate::support::{ask, get, node, snapshot};

/// The links of an answer, by relation, first of each.
fn links(header: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for link in header.split(", <") {
        let (address, rest) = link.trim_start_matches('<').split_once('>').unwrap();
        let relation = rest.split('"').nth(1).unwrap();
        found
            .entry(relation.to_owned())
            .or_insert(address.to_owned());
    }
    found
}

#[tokio::test]
async fn a_query_is_answered_in_every_format_by_suffix_by_name_and_by_header() {
    for format in Format::ROWS.into_iter().chain(Format::RDF) {
        let suffix = get(&format!("/query/plans.{}", format.suffix()), None).await;
        assert_eq!(suffix.status, StatusCode::OK, "{format:?}");
        assert_eq!(suffix.header("content-type"), format.content_type());
        let header = get("/query/plans", Some(format.media_type())).await;
        let name = get(&format!("/query/plans?format={}", format.suffix()), None).await;
        assert_eq!(suffix.body, header.body, "{format:?}");
        assert_eq!(suffix.body, name.body, "{format:?}");
        assert_eq!(suffix.header("etag"), header.header("etag"));
        let known = suffix.header("etag");
        let path = format!("/query/plans.{}", format.suffix());
        let again = ask(&path, &[("if-none-match", known)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{format:?}");
    }
    let rows = get("/query/plans", None).await;
    assert_eq!(
        rows.header("content-type"),
        "application/sparql-results+json"
    );
    assert_eq!(
        rows.json()["results"]["bindings"].as_array().unwrap().len(),
        3
    );
    let wrong = get("/query/plans", Some("image/png")).await;
    assert_eq!(wrong.status, StatusCode::NOT_ACCEPTABLE);
    let wrong = get("/query/plans?format=pdf", None).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let whole = get("/query/activities.csv?plan=vasterbotten-2026", None).await;
    let mut expected: Vec<String> = whole.text().lines().map(str::to_owned).collect();
    let head = expected.remove(0);
    assert_eq!(expected.len(), 33);
    let first = "/query/activities.csv?plan=vasterbotten-2026&page-size=10";
    let mut next = Some(first.to_owned());
    let (mut rows, mut pages) = (Vec::new(), 0);
    while let Some(address) = next {
        let page = get(&address, None).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        pages += 1;
        let mut lines: Vec<String> = page.text().lines().map(str::to_owned).collect();
        assert_eq!(lines.remove(0), head);
        assert!(lines.len() <= 10);
        rows.extend(lines);
        let others = links(page.header("link"));
        assert_eq!(others.contains_key("prev"), pages > 1);
        assert!(others["last"].contains("page=4&"), "{others:?}");
        assert!(others["first"].contains("page=1&"), "{others:?}");
        let local = |address: &String| address.replace("http://localhost:8080", "");
        next = others.get("next").map(local);
    }
    assert_eq!((rows, pages), (expected, 4));
    let beyond = get(&format!("{first}&page=9"), None).await;
    assert_eq!(beyond.text().lines().count(), 1, "there is nothing there");
    assert!(!links(beyond.header("link")).contains_key("next"));
    for wrong in [
        "page=0",
        "page=x",
        "page-size=0",
        "page-size=10001",
        "page=-1",
    ] {
        let answer = get(&format!("/query/activities.csv?{wrong}"), None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn what_a_parameter_does_not_take_is_refused_with_the_way_to_mend_it() {
    let organisations = named::find("plans").unwrap().unwrap().parameters[0].instances(snapshot());
    let asked = |many: usize| {
        let mut asked = form_urlencoded::Serializer::new(String::new());
        let names = organisations
            .iter()
            .take(many)
            .map(|node| ("organisation", node.as_str()));
        asked.extend_pairs(names);
        format!("/query/plans.csv?{}", asked.finish())
    };
    assert_eq!(get(&asked(50), None).await.status, StatusCode::OK);
    let answer = get(&asked(51), None).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(
        answer.text().contains("at most 50 values"),
        "{}",
        answer.text()
    );
    for (asked, parameter, word) in [
        ("year=20261", "year", "from 1900 to 2200"),
        ("year=x", "year", "whole number"),
        ("year=2019&year=2020", "year", "one value only"),
        ("plan=nothing", "plan", "plan/vasterbotten-2026"),
        ("plan=2026%22%20%7D", "plan", "no such thing"),
        ("yaer=2026", "yaer", "year"),
        ("lang=xx", "lang", ""),
    ] {
        let answer = get(&format!("/query/activities-in-year?{asked}"), None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{asked}");
        if parameter == "lang" {
            continue;
        }
        let problem = answer.json();
        let wrong = &problem["parameters"][0];
        assert_eq!(wrong["name"], parameter, "{problem}");
        assert!(
            wrong["detail"].as_str().unwrap().contains(word),
            "{problem}"
        );
    }
    let answer = get("/query/activities-in-year?year=x&plan=y", None).await;
    let problem = answer.json();
    assert_eq!(
        problem["parameters"].as_array().unwrap().len(),
        2,
        "all at once"
    );
    let page = ask(
        "/query/activities-in-year?year=20261&lang=sv",
        &[("accept", "text/html")],
    )
    .await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let text = page.text();
    assert!(text.contains("År: ska vara ett heltal"), "{text}");
    assert!(
        text.contains("value=\"20261\""),
        "what was given can be mended"
    );
}

#[tokio::test]
async fn what_is_wrong_is_refused_in_every_format() {
    for wrong in [
        "year=2201",
        "page=0",
        "page-size=x",
        "timeout=soon",
        "lang=xx",
        "yaer=2021",
    ] {
        for format in Format::ROWS.into_iter().chain(Format::RDF) {
            let path = format!("/query/status-by-region?{wrong}");
            let answer = get(&path, Some(format.media_type())).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {format:?}");
        }
    }
    let path = "/query/status-by-region.ttl?year=2021&page=2&timeout=5s";
    assert_eq!(get(path, None).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_value_that_is_not_given_and_an_empty_one_restrict_nothing() {
    let all = get("/query/activities-in-year.csv", None).await;
    let empty = get("/query/activities-in-year.csv?year=&plan=", None).await;
    assert_eq!(all.body, empty.body);
}

#[tokio::test]
async fn a_thing_is_named_by_its_address_its_path_or_its_last_part() {
    let by = async |value: &str| {
        let path = format!("/query/activities.csv?plan={value}");
        let answer = get(&path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{value}");
        answer.body
    };
    let last = by("vasterbotten-2026").await;
    assert_eq!(by("plan/vasterbotten-2026").await, last);
    assert_eq!(
        by("http://localhost:8080/plan/vasterbotten-2026").await,
        last
    );
}

#[tokio::test]
async fn other_methods_and_names_are_refused() {
    for path in [
        "/query/nothing",
        "/query/plans.pdf",
        "/query/plans.txt",
        "/query/.csv",
    ] {
        assert_eq!(
            get(path, None).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let request = axum::http::Request::post("/query/plans")
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = crate::support::send(crate::support::app(), request).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
}

#[tokio::test]
async fn the_page_has_a_form_a_table_and_the_way_elsewhere() {
    let page = ask(
        "/query/activities?plan=vasterbotten-2026&lang=en",
        &[("accept", "text/html")],
    )
    .await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    let chosen = "<option value=\"plan/vasterbotten-2026\" selected>";
    for expected in [
        "<form class=\"parameters\" action=\"/query/activities\" method=\"get\">",
        chosen,
        "33 rows.",
        "<th scope=\"col\">Activity</th>",
        "/query/activities.csv?plan=vasterbotten-2026&amp;lang=en\"",
        "pandas.read_csv",
        "VALUES ?plan { &lt;http://localhost:8080/plan/vasterbotten-2026&gt; }",
        "href=\"?lang=sv&amp;plan=vasterbotten-2026\"",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    assert!(
        !text.contains("?planLabel</code></th>"),
        "names are in the cells"
    );
    let paged = ask(
        "/query/activities?page-size=5&page=2",
        &[("accept", "text/html")],
    )
    .await;
    assert!(
        paged.text().contains("Rad 6 till 10 av"),
        "{}",
        paged.text()
    );
    assert!(paged.text().contains("rel=\"next\""));
    let other = "href=\"?lang=en&amp;page=2&amp;page-size=5\"";
    assert!(
        paged.text().contains(other),
        "the other language shows the same rows"
    );
}

#[tokio::test]
async fn a_page_speaks_one_language_and_data_the_one_asked_for() {
    let of = async |path: &str, headers: &[(&str, &str)]| ask(path, headers).await.text();
    let page = of(
        "/query/status-by-region",
        &[("accept", "text/html"), ("accept-language", "en")],
    )
    .await;
    assert!(page.contains("Not stated") && !page.contains("Ej angiven"));
    let data = of("/query/status-by-region.csv", &[("accept-language", "en")]).await;
    assert!(
        data.contains("Ej angiven"),
        "data do not change with the browser"
    );
    let data = of("/query/status-by-region.csv?lang=en", &[]).await;
    assert!(data.contains("Not stated"));
}

/// A value that each kind of parameter takes.
fn some_value(name: &str, kind: &Kind) -> Option<Term> {
    match kind {
        Kind::Resource { .. } => None,
        Kind::Integer { least, .. } => Some(Literal::from(*least).into()),
        Kind::Text { .. } => Some(Literal::new_simple_literal("data \" } \\ å").into()),
        Kind::Choice(choices) => Some(Literal::new_simple_literal(&choices[0]).into()),
        Kind::Date => {
            let date = NamedNode::new("http://www.w3.org/2001/XMLSchema#date").unwrap();
            assert!(!name.is_empty());
            Some(Literal::new_typed_literal("2026-11-24", date).into())
        }
    }
}

#[test]
fn what_is_shown_as_text_is_what_is_run() {
    let by_chance = regex::Regex::new("[0-9a-f]{20,32}").unwrap();
    for query in named::all().unwrap() {
        let mut given = Vec::new();
        for parameter in &query.parameters {
            let value = match some_value(&parameter.name, &parameter.kind) {
                Some(Term::Literal(literal)) => literal.value().to_owned(),
                _ => match parameter.instances(snapshot()).first() {
                    Some(first) => first.as_str().to_owned(),
                    None => panic!("{}: nothing for {}", query.name, parameter.name),
                },
            };
            given.push((parameter.name.clone(), value));
        }
        let bound = query.bind(snapshot(), &given).unwrap();
        assert_eq!(bound.values.len(), query.parameters.len(), "{}", query.name);
        for (name, terms) in &bound.values {
            let block = format!("VALUES ?{name} {{ UNDEF }}");
            assert!(!bound.text.contains(&block), "{}: {block}", query.name);
            assert_eq!(terms.len(), 1);
        }
        // Aggregates and nodes without a name get one by chance each time a text is read, so
        // the two are compared without those.
        let again = SparqlParser::new().parse_query(&bound.text).unwrap();
        let plain = |text: String| by_chance.replace_all(&text, "…").into_owned();
        assert_eq!(
            plain(again.to_string()),
            plain(bound.query.to_string()),
            "{}",
            query.name
        );
    }
}

#[test]
fn every_query_says_everything_in_both_languages() {
    let queries = named::all().unwrap();
    assert!(queries.len() >= 15);
    for query in queries {
        for language in Language::ALL {
            let mut texts = vec![&query.title, &query.description];
            for parameter in &query.parameters {
                texts.extend([&parameter.title, &parameter.description]);
            }
            texts.extend(query.columns.iter().map(|column| &column.title));
            for text in texts {
                assert!(
                    !text.in_language(language).trim().is_empty(),
                    "{}",
                    query.name
                );
            }
        }
        let tested = include_str!("queries.rs").contains(&format!("\"{}\"", query.name));
        assert!(tested, "{} has no test in tests/it/queries.rs", query.name);
    }
}

#[tokio::test]
async fn the_list_names_every_query_for_people_and_programs() {
    let page = ask("/query", &[("accept", "text/html")]).await.text();
    let data = get("/query", None).await.text();
    for query in named::all().unwrap() {
        let address = node(&format!("query/{}", query.name));
        assert!(
            data.contains(&format!("{address} a sh:SPARQLExecutable")),
            "{}",
            query.name
        );
        assert!(
            page.contains(&format!("/query/{}?lang=sv", query.name)),
            "{}",
            query.name
        );
    }
}
