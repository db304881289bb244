//! What happens to the catalogue when the data change, break or go away.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use oxigraph::io::RdfFormat;
use oxrdf::Graph;
use samplan::rdf::Base;
use samplan::store::Live;
use samplan::web::{App, router};

use super::{DCAT, DCTERMS, graph};
use crate::support::{Answer, app_over, config, copy_of_data, instances, node, objects, send};

async fn ask(app: &Router, path: &str) -> Answer {
    let request = Request::get(path).body(Body::empty()).unwrap();
    send(app.clone(), request).await
}

async fn catalogue(app: &Router) -> Graph {
    graph(&ask(app, "/catalog.ttl").await, RdfFormat::Turtle)
}

fn edit(dir: &Path, file: &str, from: &str, to: &str) {
    let path = dir.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file}: {from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

/// Of every dataset its IRI, its UUID and the day of its last change.
fn datasets(graph: &Graph) -> BTreeMap<String, [String; 2]> {
    instances(graph, &format!("{DCAT}Dataset"))
        .into_iter()
        .map(|dataset| {
            let of =
                |property: &str| objects(graph, &dataset, &format!("{DCTERMS}{property}")).concat();
            let row = [of("identifier"), of("modified")];
            (dataset.into_string(), row)
        })
        .collect()
}

#[tokio::test]
async fn names_survive_a_new_title_and_only_what_changed_has_changed() {
    let dir = copy_of_data();
    let before = datasets(&catalogue(&app_over(dir.path())).await);
    edit(
        dir.path(),
        "plans/vasterbotten-2026/interpreted.ttl",
        "Action plan 2026",
        "Another name for the plan of 2026",
    );
    edit(
        dir.path(),
        "plans/vasterbotten-2026/interpreted.ttl",
        "dcterms:modified \"2026-11-22\"",
        "dcterms:modified \"2027-02-03\"",
    );
    let after = datasets(&catalogue(&app_over(dir.path())).await);
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    let changed: Vec<_> = after
        .iter()
        .filter(|(iri, row)| before[*iri] != **row)
        .map(|(iri, [uuid, day])| {
            assert_eq!(*uuid, before[iri][0]);
            (iri.as_str(), day.as_str())
        })
        .collect();
    assert_eq!(
        changed,
        [
            ("http://localhost:8080/catalog/all-plans", "2027-02-03"),
            (
                "http://localhost:8080/dataset/vasterbotten-2026",
                "2027-02-03"
            ),
        ]
    );
}

#[tokio::test]
async fn another_address_keeps_the_uuids() {
    let dir = copy_of_data();
    let local = datasets(&catalogue(&app_over(dir.path())).await);
    let base = Base::parse("https://example.org/planer/").unwrap();
    let live = Live::open(dir.path().to_owned(), base).unwrap();
    let app = router(App::new(live, config(dir.path().to_owned())));
    let answer = ask(&app, "/planer/catalog.ttl").await;
    let moved = datasets(&graph(&answer, RdfFormat::Turtle));
    let uuids = |datasets: &BTreeMap<String, [String; 2]>| -> Vec<String> {
        datasets.values().map(|[uuid, _]| uuid.clone()).collect()
    };
    assert_eq!(uuids(&local), uuids(&moved));
    assert!(
        moved
            .keys()
            .all(|iri| iri.starts_with("https://example.org/planer/"))
    );
}

#[tokio::test]
async fn a_broken_plan_is_left_out_and_said_to_be() {
    let dir = copy_of_data();
    let whole = datasets(&catalogue(&app_over(dir.path())).await);
    edit(
        dir.path(),
        "plans/vasterbotten-2026/stated.ttl",
        "status:not-stated",
        "status:finished",
    );
    let app = app_over(dir.path());
    let left = datasets(&catalogue(&app).await);
    let gone: Vec<_> = whole
        .keys()
        .filter(|iri| !left.contains_key(*iri))
        .collect();
    assert_eq!(gone, ["http://localhost:8080/dataset/vasterbotten-2026"]);
    let ready = ask(&app, "/readyz").await.json();
    assert_eq!(ready["refused"][0]["what"], "plans/vasterbotten-2026");
    assert_eq!(ready["catalog"]["datasets"], 4);
}

#[tokio::test]
async fn an_owner_that_is_refused_is_not_told_of() {
    let dir = copy_of_data();
    edit(
        dir.path(),
        "reference/organisations/regions.ttl",
        "foaf:name \"Region Stockholm\"@sv",
        "foaf:name \"Region Stockholm\"",
    );
    let whole = catalogue(&app_over(dir.path())).await;
    let dataset = node("dataset/vastmanland-2021-2022");
    assert_eq!(
        objects(&whole, &dataset, &format!("{DCTERMS}creator")),
        [""; 0]
    );
    for property in ["description", "title"] {
        let words = objects(&whole, &dataset, &format!("{DCTERMS}{property}"));
        assert!(
            words.iter().all(|words| !words.contains("http")),
            "{words:?}"
        );
    }
    let keywords = objects(&whole, &dataset, &format!("{DCAT}keyword"));
    assert!(
        keywords.iter().all(|word| !word.contains("http")),
        "{keywords:?}"
    );
}

#[tokio::test]
async fn a_removed_plan_is_gone_and_so_is_its_series_when_one_edition_is_left() {
    let dir = copy_of_data();
    fs::remove_dir_all(dir.path().join("plans/vastmanland-2021-2022")).unwrap();
    fs::remove_dir_all(dir.path().join("plans/vastmanland-2018-2020")).unwrap();
    let app = app_over(dir.path());
    let left = catalogue(&app).await;
    assert_eq!(datasets(&left).len(), 3);
    assert!(instances(&left, &format!("{DCAT}DatasetSeries")).is_empty());
    let gone = ask(&app, "/dataset/vastmanland-2021-2022").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_a_plan_or_its_own_description_there_is_no_catalogue_rather_than_an_empty_one() {
    let empty = copy_of_data();
    for plan in fs::read_dir(empty.path().join("plans")).unwrap() {
        fs::remove_dir_all(plan.unwrap().path()).unwrap();
    }
    let nameless = copy_of_data();
    edit(
        nameless.path(),
        "catalog.ttl",
        "dcterms:publisher <organisation/samplan> ;",
        "",
    );
    // The publisher's file is refused for another fault in it; plans may still refer to it.
    let unknown = copy_of_data();
    edit(
        unknown.path(),
        "reference/organisations/others.ttl",
        "foaf:name \"Samplan\"@sv , \"Samplan\"@en ;",
        "foaf:name \"Samplan\" ;",
    );
    for dir in [empty, nameless, unknown] {
        let app = app_over(dir.path());
        for path in [
            "/catalog",
            "/catalog.ttl",
            "/catalog.html",
            "/catalog.ttl?page=1",
            "/datasets/dcat",
            "/datasets/dcat?page=1",
            "/catalog/all-plans",
            "/catalog/preview",
            "/checksums.txt",
        ] {
            let answer = ask(&app, path).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert!(answer.headers.contains_key("retry-after"));
        }
        // The rest of the service goes on, and says why.
        assert_eq!(ask(&app, "/plan").await.status, StatusCode::OK);
        assert_eq!(ask(&app, "/sitemap.xml").await.status, StatusCode::OK);
        let ready = ask(&app, "/readyz").await.json();
        assert!(ready["catalog"]["missing"].is_string(), "{ready}");
    }
}

#[tokio::test]
async fn editions_of_one_plan_are_a_series_with_what_they_have_in_common() {
    let dir = copy_of_data();
    let whole = catalogue(&app_over(dir.path())).await;
    let series = node("series/vastmanland");
    assert_eq!(
        instances(&whole, &format!("{DCAT}DatasetSeries")),
        std::slice::from_ref(&series)
    );
    let members = [
        "dataset/vastmanland-2018-2020",
        "dataset/vastmanland-2021-2022",
    ]
    .map(node);
    for member in &members {
        assert_eq!(
            objects(&whole, member, &format!("{DCAT}inSeries")),
            [series.as_str()]
        );
        for property in ["publisher", "conformsTo"] {
            let property = format!("{DCTERMS}{property}");
            assert_eq!(
                objects(&whole, member, &property),
                objects(&whole, &series, &property)
            );
        }
        for property in ["keyword", "theme", "contactPoint"] {
            let property = format!("{DCAT}{property}");
            assert_eq!(
                objects(&whole, member, &property),
                objects(&whole, &series, &property)
            );
        }
    }
    assert_eq!(
        objects(&whole, &members[1], &format!("{DCAT}prev")),
        [members[0].as_str()]
    );
}

#[test]
fn a_new_instance_has_an_identifier_of_its_own() {
    let identifier = || {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new");
        samplan::store::folder::init(&path).unwrap();
        let text = fs::read_to_string(path.join("catalog.ttl")).unwrap();
        text.lines()
            .find(|line| line.trim_start().starts_with("dcterms:identifier"))
            .unwrap()
            .to_owned()
    };
    let (one, other) = (identifier(), identifier());
    assert_ne!(one, other);
    let ours = fs::read_to_string(crate::support::root().join("data/catalog.ttl")).unwrap();
    assert!(!ours.contains(one.trim()));
}
