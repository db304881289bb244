//! What machines find by themselves: sitemap, robots, schema.org, signposts.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use quick_xml::events::Event;
use samplan::rdf::Base;
use samplan::store::Live;
use samplan::web::{App, router};
use serde_json::Value;

use crate::support::{config, get, root, send};

/// The texts of the elements of a name.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => inside = start.name().as_ref() == name,
            Event::End(_) => inside = false,
            Event::Text(text) if inside => found.push(text.to_string()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// The day that a sitemap gives for a page.
fn lastmod(xml: &str, page: &str) -> Option<String> {
    let from = xml.find(&format!("<loc>{page}</loc>")).unwrap();
    let entry = &xml[from..from + xml[from..].find("</url>").unwrap()];
    texts(entry, "lastmod").pop()
}

#[tokio::test]
async fn the_sitemap_lists_pages_that_are_there_with_the_day_of_their_change() {
    let answer = get("/sitemap.xml", None).await;
    assert_eq!(answer.header("content-type"), "application/xml");
    let pages = texts(&answer.text(), "loc");
    assert!(pages.len() > 300, "{}", pages.len());
    for page in &pages {
        let path = page.replacen("http://localhost:8080", "", 1);
        let there = get(&path, Some("text/html")).await;
        assert_eq!(there.status, StatusCode::OK, "{page}");
        assert!(
            there.header("content-type").starts_with("text/html"),
            "{page}"
        );
        let Some(day) = lastmod(&answer.text(), page) else {
            assert!(!there.headers.contains_key("last-modified"), "{page}");
            continue;
        };
        // As the page itself says; of an activity at least that, since its plan may have changed
        // elsewhere.
        let said = there.header("last-modified");
        let said = format!("2026-11-{}", &said[5..7]);
        if page.contains("/activity/") {
            assert!(day >= said, "{page}: {day} {said}");
        } else {
            assert_eq!(day, said, "{page}");
        }
    }
    for expected in [
        "/plan/vasterbotten-2026",
        "/dataset/vastmanland-2018-2020",
        "/catalog",
        "/framework/digstrat-2017/goal/digital-kompetens",
    ] {
        assert!(pages.contains(&format!("http://localhost:8080{expected}")));
    }
    // One file is enough, so there are no parts.
    for part in ["/sitemap-1.xml", "/sitemap-0.xml", "/sitemap-x.xml"] {
        assert_eq!(get(part, None).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn robots_find_the_sitemap_at_the_root_of_the_host() {
    let text = get("/robots.txt", None).await.text();
    assert!(text.contains("Sitemap: http://localhost:8080/sitemap.xml"));
    let base = Base::parse("https://example.org/planer/").unwrap();
    let data = root().join("data");
    let live = Live::open(data.clone(), base).unwrap();
    let app = router(App::new(live, config(data)));
    let request = Request::get("/robots.txt").body(Body::empty()).unwrap();
    let answer = send(app, request).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer
            .text()
            .contains("Sitemap: https://example.org/planer/sitemap.xml")
    );
    assert!(answer.text().contains("Disallow: /planer/sparql?"));
}

async fn embedded(path: &str) -> Value {
    let html = get(path, Some("text/html")).await.text();
    let start = "<script type=\"application/ld+json\">";
    let from = html.find(start).unwrap() + start.len();
    let to = from + html[from..].find("</script>").unwrap();
    serde_json::from_str(&html[from..to]).unwrap()
}

#[tokio::test]
async fn a_dataset_page_has_what_google_dataset_search_asks_for() {
    let tree = embedded("/dataset/vastmanland-2021-2022?lang=en").await;
    insta::assert_snapshot!("schema-org", serde_json::to_string_pretty(&tree).unwrap());
    for path in [
        "/dataset/vasterbotten-2026",
        "/catalog/all-plans",
        "/catalog/frameworks",
    ] {
        let tree = embedded(path).await;
        assert_eq!(tree["@type"], "Dataset");
        // Required: a name, and a description of 50 to 5000 characters.
        assert!(tree["name"].is_string());
        let description = tree["description"].as_str().unwrap().chars().count();
        assert!((50..=5000).contains(&description), "{path}: {description}");
        for recommended in [
            "identifier",
            "keywords",
            "isAccessibleForFree",
            "includedInDataCatalog",
            "distribution",
            "spatialCoverage",
            "temporalCoverage",
            "url",
            "alternateName",
            "publisher",
        ] {
            assert!(!tree[recommended].is_null(), "{path}: {recommended}");
        }
        for file in tree["distribution"].as_array().unwrap() {
            assert!(file["contentUrl"].is_string() && file["encodingFormat"].is_string());
        }
    }
    // Where a document states no licence none is made up.
    assert!(embedded("/dataset/vasterbotten-2026").await["license"].is_null());
    assert!(embedded("/catalog/frameworks").await["license"].is_string());
}

#[tokio::test]
async fn signposts_lead_from_a_dataset_to_what_belongs_to_it_and_back() {
    for path in [
        "/dataset/vastmanland-2021-2022",
        "/plan/vastmanland-2021-2022",
    ] {
        let page = get(path, Some("text/html")).await;
        let links = page.header("link");
        for expected in [
            format!("<http://localhost:8080{path}>; rel=\"cite-as\""),
            "<https://schema.org/Dataset>; rel=\"type\"".to_owned(),
            "<https://schema.org/AboutPage>; rel=\"type\"".to_owned(),
            "<http://localhost:8080/organisation/region-vastmanland>; rel=\"author\"".to_owned(),
            "<http://localhost:8080/dataset/vastmanland-2021-2022.jsonld>; rel=\"describedby\"; type=\"application/ld+json\"".to_owned(),
            "<http://localhost:8080/plan/vastmanland-2021-2022.csv>; rel=\"item\"; type=\"text/csv\"".to_owned(),
        ] {
            assert!(links.contains(&expected), "{path}: {expected} in {links}");
        }
        assert!(!links.contains("rel=\"license\""), "no licence is stated");
    }
    let frameworks = get("/catalog/frameworks", Some("text/html")).await;
    assert!(
        frameworks
            .header("link")
            .contains("<http://creativecommons.org/publicdomain/zero/1.0/>; rel=\"license\"")
    );
    for (file, dataset) in [
        (
            "/plan/vastmanland-2021-2022.ttl",
            "dataset/vastmanland-2021-2022",
        ),
        ("/download/plans.ttl", "catalog/all-plans"),
        ("/download/frameworks.csv", "catalog/frameworks"),
    ] {
        let back = format!("<http://localhost:8080/{dataset}>; rel=\"collection\"");
        assert!(
            get(file, None).await.header("link").contains(&back),
            "{file}"
        );
    }
}
