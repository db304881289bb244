//! `/openapi.json` leaves nothing out: whatever the program serves has a path in it.
//!
//! Whether it also answers as the description says is for `tests/conformance/openapi.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use oxrdf::{GraphNameRef, NamedOrBlankNode};
use samplan::rdf::Format;
use samplan::sparql::named;
use samplan::views::collection::Kind;
use samplan::views::describe::{TextPage, path_of};
use samplan::views::download::{Content, Download};
use samplan::views::{self, Document, Resource, catalog};
use serde_json::Value;

use crate::support::{app_over, copy_of_data, get, node, root, send, snapshot};

const BASE: &str = "http://localhost:8080/";

/// The values that each parameter of each path takes, where the description says so.
type Templates = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn templates(tree: &Value) -> Templates {
    let of = |item: &Value| {
        let all = item["get"]["parameters"].as_array().unwrap().iter();
        let listed = all.filter(|parameter| parameter["in"] == "path");
        let listed = listed.filter_map(|parameter| {
            let values = parameter["schema"]["enum"].as_array()?.iter();
            let values = values.map(|value| value.as_str().unwrap().to_owned());
            let name = parameter["name"].as_str().unwrap();
            Some((name.to_owned(), values.collect()))
        });
        listed.collect()
    };
    let paths = tree["paths"].as_object().unwrap().iter();
    paths.map(|(path, item)| (path.clone(), of(item))).collect()
}

/// Whether a path is one of a template's. A dot in a name would hide the end of a file's name, so
/// there are none but in names that the data have.
fn fits(template: &str, path: &str, takes: &dyn Fn(&str, &str) -> bool) -> bool {
    let Some((literal, rest)) = template.split_once('{') else {
        return template == path;
    };
    let Some(path) = path.strip_prefix(literal) else {
        return false;
    };
    let (name, rest) = rest.split_once('}').unwrap();
    (1..=path.len())
        .filter(|end| path.is_char_boundary(*end))
        .any(|end| takes(name, &path[..end]) && fits(rest, &path[end..], takes))
}

fn is_described(templates: &Templates, path: &str, with_dots: bool) -> bool {
    templates.iter().any(|(template, listed)| {
        fits(template, path, &|name, value| match listed.get(name) {
            Some(values) => values.iter().any(|own| own == value),
            None => !value.contains('/') && (with_dots || !value.contains('.')),
        })
    })
}

/// The paths of our own addresses that stand in a text between these marks.
fn addresses(text: &str, before: &str, after: char) -> BTreeSet<String> {
    let all = text.split(before).skip(1);
    let all = all.filter_map(|rest| rest.split(after).next());
    let own = all.filter_map(|address| match address.strip_prefix(BASE) {
        Some(path) => Some(format!("/{path}")),
        None => address.starts_with('/').then(|| address.to_owned()),
    });
    own.map(|path| path.split(['?', '#']).next().unwrap().to_owned())
        .collect()
}

/// What the data give an address to.
fn named_by_the_data() -> BTreeSet<String> {
    let default = GraphNameRef::DefaultGraph;
    let all = snapshot().index().matching(None, None, None, default);
    let nodes = all.filter_map(|triple| match triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    });
    let nodes = nodes.collect::<BTreeSet<_>>().into_iter();
    let served = nodes.chain(snapshot().graphs()).filter_map(|node| {
        let path = path_of(snapshot(), node.as_str())?;
        views::resolve(snapshot(), &path).unwrap()?;
        Some(format!("/{path}"))
    });
    served.collect()
}

/// The files: those that have one address each, those of plans, those for download.
fn files() -> BTreeSet<String> {
    let fixed = Document::FIXED.iter().filter(|(_, one)| one.is_there());
    let mut paths: BTreeSet<String> = fixed.map(|(path, _)| (*path).to_owned()).collect();
    let metadata = |table: &str| format!("{table}.csv-metadata.json");
    for (id, entry) in snapshot().plans() {
        paths.extend([
            format!("plan/{id}.c14n.nq"),
            metadata(&format!("plan/{id}")),
        ]);
        paths.extend(
            entry
                .source
                .as_ref()
                .map(|_| format!("plan/{id}/source.txt")),
        );
    }
    paths.extend(Kind::ALL.map(|kind| metadata(kind.path())));
    paths.insert(metadata("framework/digstrat-2017"));
    paths.extend(Content::ALL.map(|content| metadata(&format!("download/{}", content.key()))));
    paths.remove(&metadata("download/everything"));
    for path in &paths {
        let there = Document::at(snapshot(), path).unwrap();
        assert!(there.is_some(), "{path}");
    }
    paths.extend(Download::all().map(Download::path));
    paths.iter().map(|path| format!("/{path}")).collect()
}

/// The routes of the router, but for the pattern that stands for every published query.
fn routes() -> BTreeSet<String> {
    let code = fs::read_to_string(root().join("src/web.rs")).unwrap();
    let routes = addresses(&code, ".route(\"", '"');
    assert!(routes.contains("/query/{file}") && routes.contains("/healthz"));
    let routes = routes.iter().map(|path| path.trim_end_matches('/'));
    routes
        .filter(|path| *path != "/query/{file}")
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn whatever_is_served_has_a_path_in_the_description() {
    let templates = templates(&get("/openapi.json", None).await.json());
    let mut paths = files();
    paths.extend(routes());
    paths.extend(Kind::ALL.map(|kind| format!("/{}", kind.path())));
    paths.extend(TextPage::ALL.map(|page| format!("/{}", page.path())));
    for query in named::all().unwrap() {
        let path = format!("/query/{}", query.name);
        let resource = Resource::Query(query.name.clone());
        let offers = views::offers(snapshot(), &resource).unwrap();
        paths.extend(
            offers
                .iter()
                .map(|format| format!("{path}.{}", format.suffix())),
        );
        paths.insert(path);
    }
    let sitemap = get("/sitemap.xml", None).await.text();
    paths.extend(addresses(&sitemap, "<loc>", '<'));
    let turtle = get("/catalog.ttl", None).await.text();
    paths.extend(addresses(&turtle, "<", '>'));
    for page in [
        "/",
        "/catalog",
        "/catalog/all-plans",
        "/plan",
        "/plan/vasterbotten-2026",
        "/query",
        "/query/plans",
        "/sparql",
        "/ns",
        "/about",
    ] {
        let text = get(page, Some("text/html")).await.text();
        for before in ["href=\"", "src=\"", "action=\""] {
            paths.extend(addresses(&text, before, '"'));
        }
    }
    let data = named_by_the_data();
    let missing: Vec<&String> = paths
        .iter()
        .filter(|path| !is_described(&templates, path, data.contains(*path)))
        .chain(
            data.iter()
                .filter(|path| !is_described(&templates, path, true)),
        )
        .collect();
    assert_eq!(missing, [""; 0]);
    assert!(paths.len() > 500 && data.len() > 700);
}

#[test]
fn a_path_fits_its_template_and_no_other() {
    let takes = |name: &str, value: &str| match name {
        "suffix" => ["ttl", "nq.gz"].contains(&value),
        _ => !value.contains(['/', '.']),
    };
    for (template, path, expected) in [
        ("/plan/{id}", "/plan/a", true),
        ("/plan/{id}", "/plan/a/b", false),
        ("/plan/{id}", "/plan/a.ttl", false),
        ("/plan/{id}.{suffix}", "/plan/a.ttl", true),
        ("/plan/{id}.{suffix}", "/plan/a.pdf", false),
        ("/all.{suffix}", "/all.nq.gz", true),
        ("/plan/{id}/{part}", "/plan/a/", false),
        ("/plan/{id}/source.txt", "/plan/a/source.txt", true),
    ] {
        assert_eq!(fits(template, path, &takes), expected, "{template} {path}");
    }
}

#[tokio::test]
async fn each_resource_has_the_suffixes_of_its_formats() {
    let templates = templates(&get("/openapi.json", None).await.json());
    for (path, resource) in [
        ("/index", Resource::Home),
        ("/plan/{id}", Resource::Node(node("plan/vasterbotten-2026"))),
        ("/about", Resource::Text(TextPage::About)),
        ("/catalog", Resource::Catalog(None)),
    ] {
        let mut suffixes: Vec<&str> = views::offers(snapshot(), &resource)
            .unwrap()
            .into_iter()
            .map(Format::suffix)
            .collect();
        suffixes.sort_unstable();
        let described = &templates[&format!("{path}.{{suffix}}")]["suffix"];
        assert_eq!(*described, suffixes, "{path}");
    }
}

#[tokio::test]
async fn an_instance_without_a_plan_describes_what_it_has() {
    let data = copy_of_data();
    fs::remove_dir_all(data.path().join("plans")).unwrap();
    fs::create_dir(data.path().join("plans")).unwrap();
    let request = Request::get("/openapi.json").body(Body::empty()).unwrap();
    let answer = send(app_over(data.path()), request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let templates = templates(&answer.json());
    assert!(templates.contains_key("/plan") && templates.contains_key("/framework/{id}"));
    assert!(!templates.contains_key("/plan/{id}"), "there is no example");
}

#[test]
fn whatever_the_catalogue_lists_has_an_address_where_something_is_said_of_it() {
    let catalog = catalog::catalog(snapshot()).unwrap();
    let paths = catalog.paths(snapshot());
    assert!(paths.len() > 30);
    for path in paths {
        let resource = views::resolve(snapshot(), &path).unwrap();
        let resource = resource.unwrap_or_else(|| panic!("nothing at {path}"));
        let graph = views::describe(snapshot(), &resource).unwrap().graph;
        assert!(!graph.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_reader_of_the_catalogue_sees_it_whole() {
    for path in ["/catalog?page=1&page-size=1", "/catalog.html?page=1"] {
        let page = get(path, Some("text/html")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains("/dataset/vasterbotten-2026"));
    }
    let data = get("/catalog?page=1&page-size=1", Some("text/turtle")).await;
    assert!(data.text().contains("PartialCollectionView"));
}

/// Clients that are made from the description name their functions after the operations.
#[tokio::test]
async fn every_operation_has_a_name_of_its_own() {
    let tree = get("/openapi.json", None).await.json();
    let mut seen = BTreeSet::new();
    for (path, item) in tree["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(seen.insert(id.to_owned()), "{method} {path}: {id}");
        }
    }
    assert!(seen.len() > 100);
}
