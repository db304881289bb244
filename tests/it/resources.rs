//! Resources over HTTP: every format, by `Accept` and by suffix, with the right headers.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{Graph, GraphName, Triple};
use samplan::rdf::{Base, Format};
use samplan::store::Live;
use samplan::web::{App, router};

use crate::support::{
    app, assert_same_graph, config, copy_of_data, get, graph_of, node, plan, root, send, snapshot,
};

/// A path of every kind of resource.
const PATHS: &[&str] = &[
    "/plan",
    "/plan/vastmanland-2021-2022",
    "/plan/vastmanland-2018-2020",
    "/plan/vasterbotten-2026",
    "/plan/vasterbotten-2026/stated",
    "/plan/vasterbotten-2026/area/digital-delaktighet",
    "/plan/vastmanland-2021-2022/activity/oka-digital-kompetens",
    "/plan/vastmanland-2021-2022/activity/oka-digital-kompetens/period",
    "/plan/vastmanland-2021-2022/footnote/coronapandemin",
    "/plan/vasterbotten-2026/source",
    "/plan/vasterbotten-2026/adoption",
    "/framework",
    "/framework/ena",
    "/framework/un-sdg/goal/9.c",
    "/organisation",
    "/organisation/kopings-kommun",
    "/catalog",
    "/reference/counties",
    "/",
    "/ns",
    "/ns/shapes",
    "/status",
    "/status/new",
    "/role",
    "/role/lead",
];

/// The address of a resource in a format.
fn with_suffix(path: &str, suffix: &str) -> String {
    let stem = if path == "/" { "/index" } else { path };
    format!("{stem}.{suffix}")
}

fn parse(bytes: &[u8], format: RdfFormat) -> Vec<oxrdf::Quad> {
    RdfParser::from_format(format)
        .for_slice(bytes)
        .map(Result::unwrap)
        .collect()
}

fn merged(quads: Vec<oxrdf::Quad>) -> Graph {
    let mut graph = Graph::new();
    for quad in quads {
        graph.insert(&Triple::from(quad));
    }
    graph
}

#[tokio::test]
async fn every_format_of_every_kind_of_resource_says_the_same() {
    for path in PATHS {
        let turtle = get(&with_suffix(path, "ttl"), None).await;
        assert_eq!(turtle.status, StatusCode::OK, "{path}");
        let expected = merged(parse(&turtle.body, RdfFormat::Turtle));
        assert!(!expected.is_empty(), "{path}");
        for (suffix, format) in [
            ("nt", RdfFormat::NTriples),
            ("rdf", RdfFormat::RdfXml),
            ("trig", RdfFormat::TriG),
            ("nq", RdfFormat::NQuads),
        ] {
            let answer = get(&with_suffix(path, suffix), None).await;
            let graph = merged(parse(&answer.body, format));
            assert_same_graph(&expected, &graph, &format!("{path}.{suffix}"));
        }
    }
}

#[tokio::test]
async fn the_suffix_and_the_accept_header_give_the_same_bytes() {
    for path in PATHS {
        for format in Format::RDF {
            let by_suffix = get(&with_suffix(path, format.suffix()), None).await;
            let by_header = get(path, Some(format.media_type())).await;
            assert_eq!(by_suffix.status, StatusCode::OK, "{path} {format:?}");
            assert_eq!(by_suffix.body, by_header.body, "{path} {format:?}");
            assert_eq!(by_header.header("content-type"), format.content_type());
            assert_eq!(by_suffix.header("etag"), by_header.header("etag"));
            let location = with_suffix(path, format.suffix());
            let location = format!("http://localhost:8080{location}");
            assert_eq!(by_header.header("content-location"), location);
        }
    }
}

#[tokio::test]
async fn a_plan_is_its_layers_merged_and_trig_keeps_them_apart() {
    let entry = plan("vasterbotten-2026");
    let answer = get("/plan/vasterbotten-2026", None).await;
    assert_eq!(answer.header("content-type"), "text/turtle; charset=utf-8");
    let whole = merged(parse(&answer.body, RdfFormat::Turtle));
    assert_same_graph(&graph_of(entry).merged(), &whole, "the plan");

    let answer = get("/plan/vasterbotten-2026.trig", None).await;
    for (layer, graph) in graph_of(entry).layers() {
        let name = GraphName::from(node(&format!("plan/vasterbotten-2026/{}", layer.key())));
        let quads = parse(&answer.body, RdfFormat::TriG);
        let own = merged(
            quads
                .into_iter()
                .filter(|quad| quad.graph_name == name)
                .collect(),
        );
        assert_same_graph(graph, &own, layer.key());
    }
}

#[tokio::test]
async fn an_activity_comes_with_what_belongs_to_it() {
    let path = "/plan/vastmanland-2018-2020/activity/informationstjanst-om-bredband";
    let activity = &plan("vastmanland-2018-2020")
        .plan
        .follow_ups
        .values()
        .find(|follow_up| {
            follow_up
                .description
                .iter()
                .any(|text| text.text.contains("pausats"))
        })
        .and_then(|follow_up| follow_up.follow_up_of.first())
        .unwrap();
    let path = Base::default()
        .relative(activity.as_str())
        .map_or(path.to_owned(), |p| format!("/{p}"));
    let answer = get(&path, Some("application/ld+json")).await.json();
    assert_eq!(answer["type"], serde_json::json!(["Activity"]));
    let follow_up = &answer["followUps"][0];
    assert!(
        follow_up["description"]["sv"]
            .as_str()
            .unwrap()
            .contains("har pausats")
    );
    assert_eq!(
        follow_up["status"],
        "https://w3id.org/samplan/status/paused"
    );
    assert_eq!(answer["period"]["startDate"], "2019-01-01");
}

#[tokio::test]
async fn the_bytes_are_the_same_for_every_building_of_the_store() {
    let dir = copy_of_data();
    let live = Live::open(dir.path().to_owned(), Base::default()).unwrap();
    let other = router(App::new(live, config(dir.path().to_owned())));
    for path in PATHS {
        for format in Format::RDF.into_iter().chain([Format::Html]) {
            let path = with_suffix(path, format.suffix());
            let request = Request::get(&path).body(Body::empty()).unwrap();
            let again = send(other.clone(), request).await;
            assert!(get(&path, None).await.body == again.body, "{path}");
        }
    }
}

#[tokio::test]
async fn every_name_in_a_plan_that_lies_here_answers_here() {
    let base = snapshot().base();
    let mut names: Vec<String> = snapshot()
        .plans()
        .values()
        .flat_map(|entry| {
            let graph = graph_of(entry).merged();
            let subjects = graph.iter().map(|triple| triple.subject.to_string());
            let objects = graph.iter().map(|triple| triple.object.to_string());
            subjects.chain(objects).collect::<Vec<_>>()
        })
        .filter_map(|term| {
            let iri = term.strip_prefix('<')?.strip_suffix('>')?.to_owned();
            base.relative(&iri).map(|path| format!("/{path}"))
        })
        .collect();
    names.sort();
    names.dedup();
    assert!(names.len() > 300, "{}", names.len());
    for name in names {
        assert_eq!(get(&name, None).await.status, StatusCode::OK, "{name}");
    }
}

#[tokio::test]
async fn the_source_text_of_a_plan_is_served_as_it_is() {
    let answer = get("/plan/vasterbotten-2026/source.txt", None).await;
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    let file = root().join("data/plans/vasterbotten-2026/source.txt");
    assert_eq!(answer.body, std::fs::read(file).unwrap());
}

#[tokio::test]
async fn plain_json_is_answered_under_its_own_name() {
    let answer = get("/plan/vasterbotten-2026", Some("application/json")).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json()["identifier"], "vasterbotten-2026");
}

#[tokio::test]
async fn a_known_representation_is_not_sent_again() {
    let first = get("/plan/vasterbotten-2026", None).await;
    for (known, status) in [
        (first.header("etag"), StatusCode::NOT_MODIFIED),
        ("\"something else\"", StatusCode::OK),
        ("*", StatusCode::NOT_MODIFIED),
    ] {
        let request = Request::get("/plan/vasterbotten-2026")
            .header("if-none-match", known)
            .body(Body::empty());
        let answer = send(app(), request.unwrap()).await;
        assert_eq!(answer.status, status, "{known}");
        assert_eq!(answer.body.is_empty(), status == StatusCode::NOT_MODIFIED);
        assert_eq!(answer.header("etag"), first.header("etag"));
    }
    assert_eq!(
        first.header("last-modified"),
        "Fri, 27 Nov 2026 00:00:00 GMT"
    );
}

#[tokio::test]
async fn links_name_every_other_format() {
    let answer = get("/framework/ena", None).await;
    let links = answer.header("link");
    for format in Format::RDF
        .iter()
        .chain(&[Format::Csv, Format::Html])
        .filter(|format| **format != Format::Turtle)
    {
        let link = format!(
            "<http://localhost:8080/framework/ena.{}>; rel=\"alternate\"; type=\"{}\"",
            format.suffix(),
            format.media_type()
        );
        assert!(links.contains(&link), "{links}");
    }
    assert!(links.contains("<http://localhost:8080/framework/ena>; rel=\"canonical\""));
}

#[tokio::test]
async fn head_says_what_get_would_without_the_body() {
    let full = get("/plan/vasterbotten-2026", None).await;
    let request = Request::head("/plan/vasterbotten-2026")
        .body(Body::empty())
        .unwrap();
    let head = send(app(), request).await;
    assert_eq!(head.status, StatusCode::OK);
    assert!(head.body.is_empty());
    for name in [
        "etag",
        "content-type",
        "content-location",
        "vary",
        "link",
        "last-modified",
    ] {
        assert_eq!(head.header(name), full.header(name));
    }
}

#[tokio::test]
async fn what_is_not_there_not_acceptable_or_not_possible_says_so() {
    for path in [
        "/nothing",
        "/.ttl",
        "/index",
        "//plan",
        "/plan/nothing",
        "/plan/nothing/",
        "/plan/vasterbotten-2026.pdf",
        "/plan/vasterbotten-2026/stated.csv",
        "/about.ttl",
        "/plan/vasterbotten-2026/nothing",
        "/plan/..%2f..%2fetc/passwd",
        "/status/made-up",
        "/%ff",
        "/plan/vastmanland-2018-2020/source.txt",
    ] {
        let answer = get(path, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["status"], 404);
    }
    let answer = get("/plan/vasterbotten-2026", Some("image/png")).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(
        answer.json()["formats"].as_array().unwrap().len(),
        Format::RDF.len() + Format::TABLE.len() + 1,
        "the graphs, the tables and the page"
    );
    for method in [Method::PUT, Method::DELETE, Method::POST] {
        let request = Request::builder()
            .method(method)
            .uri("/plan/vasterbotten-2026")
            .body(Body::empty());
        let answer = send(app(), request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
    }
}

#[tokio::test]
async fn a_final_slash_leads_to_the_resource() {
    let answer = get("/plan/vasterbotten-2026/?lang=sv", None).await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    let to = "http://localhost:8080/plan/vasterbotten-2026?lang=sv";
    assert_eq!(answer.header("location"), to);
}

#[tokio::test]
async fn links_follow_the_base_url_and_never_the_host_header() {
    let request = Request::get("/plan/vasterbotten-2026")
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example")
        .body(Body::empty());
    let answer = send(app(), request.unwrap()).await;
    assert!(!answer.text().contains("evil.example"));
    assert!(!format!("{:?}", answer.headers).contains("evil.example"));
}

#[tokio::test]
async fn an_instance_below_a_path_lives_there_only() {
    let data = root().join("data");
    let base = Base::parse("https://example.org/planer/").unwrap();
    let live = Live::open(data.clone(), base.clone()).unwrap();
    let mut config = config(data);
    config.base = base;
    let router = router(App::new(live, config));
    let ask = async |path: &str| {
        send(
            router.clone(),
            Request::get(path).body(Body::empty()).unwrap(),
        )
        .await
    };
    let answer = ask("/planer/plan/vasterbotten-2026").await;
    assert_eq!(answer.status, StatusCode::OK);
    let location = "https://example.org/planer/plan/vasterbotten-2026.ttl";
    assert_eq!(answer.header("content-location"), location);
    assert_eq!(
        ask("/planer/status/new.jsonld").await.status,
        StatusCode::OK
    );
    assert_eq!(
        ask("/planer/sparql?query=ASK%7B%7D").await.status,
        StatusCode::OK
    );
    assert_eq!(
        ask("/plan/vasterbotten-2026").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(ask("/healthz").await.status, StatusCode::OK);
    assert_eq!(ask("/planer/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn any_web_page_may_read() {
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri("/plan/vasterbotten-2026")
        .header("origin", "https://example.org")
        .header("access-control-request-method", "GET")
        .body(Body::empty());
    let answer = send(app(), request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let answer = get("/plan/vasterbotten-2026", None).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn health_and_readiness_say_what_is_served() {
    assert_eq!(get("/healthz", None).await.text(), "ok\n");
    let ready = get("/readyz", None).await;
    assert_eq!(ready.status, StatusCode::OK);
    let ready = ready.json();
    assert_eq!(ready["revision"], snapshot().revision());
    assert_eq!(ready["plans"].as_object().unwrap().len(), 3);
    assert_eq!(ready["refused"], serde_json::json!([]));

    let dir = copy_of_data();
    std::fs::write(
        dir.path().join("plans/vasterbotten-2026/stated.ttl"),
        "oops",
    )
    .unwrap();
    let live = Live::open(dir.path().to_owned(), Base::default()).unwrap();
    let router = router(App::new(live.clone(), config(dir.path().to_owned())));
    let ask = async || {
        let request = Request::get("/readyz").body(Body::empty()).unwrap();
        send(router.clone(), request).await.json()
    };
    let ready = ask().await;
    assert_eq!(ready["refused"][0]["what"], "plans/vasterbotten-2026");
    assert_ne!(ready["status"], "ready");
    std::fs::write(
        dir.path().join("plans/vastmanland-2018-2020/stated.ttl"),
        "oops",
    )
    .unwrap();
    live.reload();
    let ready = ask().await;
    assert!(
        ready["not_taken_up"]
            .as_str()
            .unwrap()
            .contains("vastmanland-2018-2020")
    );
    assert_eq!(ready["plans"].as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn the_files_of_the_vocabulary_are_served() {
    for (path, content_type, word) in [
        ("/ns/context.jsonld", "application/ld+json", "@context"),
        ("/ns/plan.schema.json", "application/schema+json", "$schema"),
        ("/style.css", "text/css; charset=utf-8", "color-scheme"),
        ("/icon.svg", "image/svg+xml", "<svg"),
        ("/ns/shapes", "text/turtle; charset=utf-8", "sh:NodeShape"),
        (
            "/ns/shapes.ttl",
            "text/turtle; charset=utf-8",
            "sh:NodeShape",
        ),
    ] {
        let answer = get(path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), content_type);
        assert!(answer.text().contains(word), "{path}");
    }
}

#[tokio::test]
async fn a_small_plan_reads_the_same_every_time() {
    // One whole representation of each text format, so that a change of it is seen.
    let activity = "/plan/vastmanland-2021-2022/activity/oka-digital-kompetens";
    for suffix in ["ttl", "nt", "rdf", "trig", "nq"] {
        let answer = get(&format!("{activity}.{suffix}"), None).await;
        insta::assert_snapshot!(format!("activity_{suffix}"), answer.text());
    }
}

#[tokio::test]
async fn the_front_door_is_a_page_for_people_and_the_catalogue_for_machines() {
    let page = get("/", Some("text/html")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(
        page.header("content-location"),
        "http://localhost:8080/index.html?lang=sv"
    );
    let data = get("/", None).await;
    assert_eq!(
        data.header("content-location"),
        "http://localhost:8080/index.ttl"
    );
    let graph = merged(parse(&data.body, RdfFormat::Turtle));
    for (subject, class) in [
        ("catalog", "http://www.w3.org/ns/dcat#Catalog"),
        ("plan/vasterbotten-2026", "https://w3id.org/samplan/ns#Plan"),
    ] {
        let classes =
            crate::support::objects(&graph, &node(subject), oxrdf::vocab::rdf::TYPE.as_str());
        assert_eq!(classes, [class]);
    }
    assert_eq!(get("/index.ttl", None).await.body, data.body);
}

#[tokio::test]
async fn what_is_only_words_is_to_be_had_as_a_page_only() {
    let page = get("/about", None).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let answer = get("/about", Some("text/turtle")).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(answer.json()["formats"], serde_json::json!(["text/html"]));
}
