//! `/search`: what is found, how it is narrowed, and that the answer is a page and JSON at an
//! address that lasts.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::Value;

use crate::support::{app_over, ask, copy_of_data, get, send, snapshot};

/// A path with parameters.
fn path(end: &str, pairs: &[(&str, &str)]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(pairs);
    format!("/search{end}?{}", text.finish())
}

/// The JSON that answers.
async fn search(pairs: &[(&str, &str)]) -> Value {
    let answer = get(&path(".json", pairs), None).await;
    assert_eq!(
        answer.status,
        StatusCode::OK,
        "{pairs:?}: {}",
        answer.text()
    );
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

async fn page(pairs: &[(&str, &str)]) -> String {
    let answer = get(&path("", pairs), Some("text/html")).await;
    assert_eq!(answer.status, StatusCode::OK, "{pairs:?}");
    assert!(answer.header("content-type").starts_with("text/html"));
    answer.text()
}

/// The paths of what is found, best first.
fn paths(tree: &Value) -> Vec<String> {
    let results = tree["results"].as_array().unwrap().iter();
    let iris = results.map(|result| result["iri"].as_str().unwrap());
    iris.map(|iri| {
        iri.strip_prefix("http://localhost:8080/")
            .unwrap()
            .to_owned()
    })
    .collect()
}

/// The values of a facet with their numbers.
fn counts(tree: &Value, facet: &str) -> Vec<(String, u64)> {
    let values = tree["facets"][facet].as_array().unwrap().iter();
    let pair = |value: &Value| {
        (
            value["value"].as_str().unwrap().to_owned(),
            value["count"].as_u64().unwrap(),
        )
    };
    values.map(pair).collect()
}

#[tokio::test]
async fn inflections_and_parts_of_compounds_are_found() {
    for (word, expected, form) in [
        (
            "säkerhet",
            "plan/vastmanland-2018-2020/activity/informationssakerhet-gdpr",
            "informationssäkerhetsarbete",
        ),
        (
            "sakerhet",
            "plan/vastmanland-2018-2020/activity/informationssakerhet-gdpr",
            "informationssäkerhetsarbete",
        ),
        (
            "kompetens",
            "plan/vastmanland-2021-2022/activity/oka-digital-kompetens",
            "kompetensen",
        ),
        (
            "utbyggnad",
            "plan/vastmanland-2018-2020/activity/kartlagga-bredbandsutbyggnad",
            "bredbandsutbyggnad",
        ),
        (
            "seminarium",
            "plan/vastmanland-2018-2020/activity/seminarier",
            "seminarier",
        ),
    ] {
        let tree = search(&[("q", word), ("page-size", "100")]).await;
        let results = tree["results"].as_array().unwrap().iter();
        let found = results
            .clone()
            .find(|result| result["iri"].as_str().unwrap().ends_with(expected));
        let found = found.unwrap_or_else(|| panic!("{word}: {:?}", paths(&tree)));
        let shown = format!("{} {}", found["titleHtml"], found["snippet"]["html"]);
        assert!(
            shown
                .to_lowercase()
                .contains(&format!("<mark>{form}</mark>")),
            "{word}: {shown}"
        );
    }
    let one = paths(&search(&[("q", "förskola")]).await);
    assert!(!one.is_empty());
    for other in ["förskolan", "förskolor", "FÖRSKOLORNAS", "forskola"] {
        let mut other = paths(&search(&[("q", other)]).await);
        let mut one = one.clone();
        one.sort_unstable();
        other.sort_unstable();
        assert_eq!(other, one);
    }
}

#[tokio::test]
async fn every_kind_of_thing_is_found_by_its_name() {
    for (text, kind, found) in [
        (
            "handlingsplan västerbotten 2026",
            "plan",
            "plan/vasterbotten-2026",
        ),
        ("guldmolnet", "activity", "plan/vasterbotten-2026/activity/"),
        (
            "resilient sustainable cities",
            "goal",
            "framework/un-sdg/goal/11",
        ),
        ("dataskyddsförordningen", "framework", "framework/gdpr"),
        (
            "köpings kommun",
            "organisation",
            "organisation/kopings-kommun",
        ),
        ("MSB", "organisation", "organisation/"),
    ] {
        let found_all = paths(&search(&[("q", text), ("kind", kind)]).await);
        assert!(
            found_all
                .first()
                .is_some_and(|first| first.starts_with(found)),
            "{text}: {found_all:?}"
        );
    }
}

#[tokio::test]
async fn what_follow_ups_report_belongs_to_the_activity() {
    // Words of a follow-up that stand nowhere else.
    let tree = search(&[("q", "\"LIKA Skola\" rapport")]).await;
    assert!(
        paths(&tree).contains(
            &"plan/vastmanland-2018-2020/activity/analys-av-skolans-digitalisering".to_owned()
        ),
        "{tree:#}"
    );
}

#[tokio::test]
async fn a_phrase_stands_just_so() {
    let total = |q: &'static str| async move { search(&[("q", q)]).await["total"].as_u64() };
    let words = total("länet kommuner").await;
    let phrase = total("\"länets kommuner\"").await;
    let other_form = total("\"länen kommunernas\"").await;
    assert!(phrase < words && phrase > Some(0), "{phrase:?} {words:?}");
    assert_eq!(other_form, Some(0));
}

/// How many activities the plans have, with the bullets under them.
fn all_activities() -> usize {
    let plans = snapshot().plans().values();
    plans.map(|entry| entry.plan.activities.len()).sum()
}

#[tokio::test]
async fn everything_is_there_before_anybody_chooses() {
    let tree = search(&[]).await;
    let kinds = counts(&tree, "kind");
    let all: u64 = kinds.iter().map(|(_, many)| many).sum();
    assert_eq!(tree["total"], all);
    let activities = kinds.iter().find(|(kind, _)| kind == "activity").unwrap();
    assert_eq!(activities.1, all_activities() as u64);
    assert!(kinds.contains(&("plan".to_owned(), 3)), "{kinds:?}");
}

#[tokio::test]
async fn choices_narrow_and_the_numbers_are_what_one_gets() {
    let all = search(&[]).await;
    for facet in ["kind", "region", "year", "status", "goal", "responsible"] {
        let values = counts(&all, facet);
        assert!(!values.is_empty(), "{facet}");
        for (value, many) in values.iter().take(3) {
            let tree = search(&[(facet, value)]).await;
            assert_eq!(tree["total"], *many, "{facet}={value}");
            // Its own numbers are those of the other choices.
            assert_eq!(counts(&tree, facet), values, "{facet}={value}");
            let chosen = tree["facets"][facet].as_array().unwrap().iter();
            let chosen: Vec<_> = chosen.filter(|one| one["chosen"] == true).collect();
            assert_eq!(chosen.len(), 1);
            assert!(!chosen[0]["label"].as_str().unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn several_values_are_alternatives_and_several_facets_are_not() {
    let total = |pairs: Vec<(&'static str, &'static str)>| async move {
        search(&pairs).await["total"].as_u64().unwrap()
    };
    let goals = total(vec![("kind", "goal")]).await;
    let plans = total(vec![("kind", "plan")]).await;
    assert_eq!(
        total(vec![("kind", "goal"), ("kind", "plan")]).await,
        goals + plans
    );
    let in_2021 = total(vec![("kind", "activity"), ("year", "2021")]).await;
    assert!(in_2021 > 0 && in_2021 < total(vec![("year", "2021")]).await);
    assert_eq!(
        total(vec![("kind", "goal"), ("status", "ongoing")]).await,
        0
    );
}

#[tokio::test]
async fn an_activity_of_which_nothing_is_reported_is_a_choice_of_its_own() {
    let tree = search(&[("status", "unreported")]).await;
    assert!(tree["total"].as_u64() > Some(0));
    assert!(paths(&tree).iter().all(|path| path.contains("/activity/")));
    let stated: u64 = counts(&tree, "status").iter().map(|(_, many)| many).sum();
    assert!(
        stated >= all_activities() as u64,
        "every activity has one status or another: {stated}"
    );
    let page = page(&[("status", "unreported"), ("lang", "sv")]).await;
    assert!(page.contains("Inte redovisad"));
}

#[tokio::test]
async fn things_are_chosen_by_the_end_of_their_address_too() {
    let long = search(&[(
        "responsible",
        "http://localhost:8080/organisation/region-vastmanland",
    )])
    .await;
    for short in ["organisation/region-vastmanland", "region-vastmanland"] {
        let tree = search(&[("responsible", short)]).await;
        assert_eq!(tree, long, "the same answer, at the same address");
    }
    assert!(long["total"].as_u64() > Some(0));
}

#[tokio::test]
async fn pages_follow_one_another_and_say_where_the_next_is() {
    let all = all_activities();
    let last = all.div_ceil(10);
    let mut seen = BTreeSet::new();
    let mut address = path(".json", &[("kind", "activity"), ("page-size", "10")]);
    for number in 1.. {
        let tree = get(&address, None).await.json();
        assert_eq!(tree["page"], number);
        assert_eq!(tree["pages"], last);
        assert_eq!(tree.get("previous").is_some(), number > 1);
        let new = paths(&tree);
        assert_eq!(new.len(), 10.min(all - seen.len()));
        assert!(
            new.into_iter().all(|path| seen.insert(path)),
            "page {number}"
        );
        match tree["next"].as_str() {
            Some(next) => address = next.replace("http://localhost:8080", ""),
            None => break,
        }
    }
    assert_eq!(seen.len(), all);
    let beyond = search(&[("kind", "activity"), ("page-size", "10"), ("page", "900")]).await;
    assert_eq!(paths(&beyond), [""; 0]);
    assert_eq!(beyond["total"], all);
    let previous = beyond["previous"].as_str().unwrap();
    assert!(
        previous.contains(&format!("page={last}&")),
        "the last that there is: {previous}"
    );
}

#[tokio::test]
async fn one_question_has_one_address() {
    let tangled = "/search.json?year=2021&q=%20digital%20%20kompetens&page=1&lang=&kind=goal&kind=activity&page-size=20&region=&kind=goal";
    let tidy = "http://localhost:8080/search.json?kind=activity&kind=goal&lang=sv&q=digital+kompetens&year=2021";
    let answer = get(tangled, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("content-location"), tidy);
    assert_eq!(answer.json()["self"], tidy);
    let again = get(&tidy.replace("http://localhost:8080", ""), None).await;
    assert_eq!(again.text(), answer.text());
    assert_eq!(again.header("etag"), answer.header("etag"));
    let other = tidy.replace("lang=sv", "lang=en");
    let other = format!("<{other}>; rel=\"alternate\"; type=\"application/json\"; hreflang=\"en\"");
    assert!(answer.header("link").contains(&other));
    let canonical = "<http://localhost:8080/search?kind=activity&kind=goal&q=digital+kompetens&year=2021>; rel=\"canonical\"";
    assert!(
        answer.header("link").contains(canonical),
        "{}",
        answer.header("link")
    );
}

#[tokio::test]
async fn the_form_is_chosen_as_everywhere() {
    for (path, accept, content_type, vary) in [
        (
            "/search?q=digital",
            None,
            "application/json",
            "Accept, Accept-Language, Accept-Encoding",
        ),
        (
            "/search?q=digital",
            Some("application/json"),
            "application/json",
            "Accept, Accept-Language, Accept-Encoding",
        ),
        (
            "/search?q=digital",
            Some("text/html,*/*;q=0.8"),
            "text/html; charset=utf-8",
            "Accept, Accept-Language, Accept-Encoding",
        ),
        (
            "/search?q=digital&format=html",
            None,
            "text/html; charset=utf-8",
            "Accept-Language, Accept-Encoding",
        ),
        (
            "/search.html?q=digital",
            Some("application/json"),
            "text/html; charset=utf-8",
            "Accept-Language, Accept-Encoding",
        ),
        (
            "/search.json?q=digital",
            Some("text/html"),
            "application/json",
            "Accept-Language, Accept-Encoding",
        ),
    ] {
        let answer = get(path, accept).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), content_type, "{path}");
        assert_eq!(answer.header("vary"), vary, "{path}");
        assert_eq!(answer.header("cache-control"), "public, no-cache");
        let etag = answer.header("etag").to_owned();
        let mut headers = vec![("if-none-match", etag.as_str())];
        headers.extend(accept.map(|accept| ("accept", accept)));
        assert_eq!(
            ask(path, &headers).await.status,
            StatusCode::NOT_MODIFIED,
            "{path}"
        );
    }
    for (path, accept) in [("/search", "text/turtle"), ("/search?format=ttl", "*/*")] {
        let answer = get(path, Some(accept)).await;
        assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{path}");
    }
    let other = get("/search.ttl", None).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_methods_are_refused_and_head_says_what_get_would() {
    use axum::body::Body;
    use axum::http::Request;
    let data = copy_of_data();
    let app = app_over(data.path());
    let request = |method: &str| {
        let request = Request::builder().method(method).uri("/search?q=digital");
        request.body(Body::empty()).unwrap()
    };
    let answer = send(app.clone(), request("POST")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    let head = send(app.clone(), request("HEAD")).await;
    let get = send(app, request("GET")).await;
    assert_eq!(head.header("etag"), get.header("etag"));
    assert!(head.text().is_empty());
}

#[tokio::test]
async fn what_is_wrong_is_said_with_how_to_mend_it() {
    let long = "a".repeat(201);
    for (name, value, sv, en) in [
        ("q", "digital \"kompetens", "citattecken", "quotation mark"),
        ("q", "?!", "inget ord", "no word"),
        ("q", "och för", "nästan alla texter", "nearly every text"),
        ("q", long.as_str(), "200 tecken", "200 characters"),
        ("kind", "measure", "plan, activity", "plan, activity"),
        ("status", "done", "unreported", "unreported"),
        ("year", "26", "fyra siffror", "four digits"),
        (
            "region",
            "atlantis",
            "med den adressen",
            "with that address",
        ),
        ("page", "0", "heltal från 1", "whole number from 1"),
        ("page-size", "101", "1 till 100", "1 to 100"),
        (
            "sort",
            "title",
            "ingen sådan parameter",
            "no such parameter",
        ),
    ] {
        for (language, words) in [("sv", sv), ("en", en)] {
            let path = path("", &[(name, value), ("lang", language)]);
            let problem = get(&path, Some("application/json")).await;
            assert_eq!(problem.status, StatusCode::BAD_REQUEST, "{path}");
            assert_eq!(problem.header("content-type"), "application/problem+json");
            let tree = problem.json();
            assert_eq!(tree["parameters"][0]["name"], name);
            let detail = tree["parameters"][0]["detail"].as_str().unwrap();
            assert!(detail.contains(words), "{path}: {detail}");
            let page = get(&path, Some("text/html")).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
            let html = page.text();
            assert!(html.contains("role=\"alert\"") && html.contains("id=\"search-form\""));
            assert!(html.contains("noindex"));
        }
    }
    let many: Vec<(&str, &str)> = (0..51).map(|_| ("kind", "plan")).collect();
    assert_eq!(
        get(&path("", &many), None).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        get("/search?lang=de", None).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn the_page_is_in_both_languages_and_keeps_what_was_asked() {
    let asked = [
        ("q", "digital \"kompetens\""),
        ("kind", "activity"),
        ("year", "2021"),
    ];
    for (language, title, other) in [("sv", "Sök", "en"), ("en", "Search", "sv")] {
        let html = page(&[&asked[..], &[("lang", language)]].concat()).await;
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
        assert!(html.contains(&format!("<h1>{title}</h1>")));
        assert!(html.contains("value=\"digital &quot;kompetens&quot;\""));
        assert!(html.contains("name=\"kind\" value=\"activity\" checked"));
        assert!(html.contains("name=\"year\" value=\"2021\" checked"));
        assert!(
            html.contains("noindex"),
            "results are no pages of their own to search engines"
        );
        let switch = format!(
            "href=\"?lang={other}&amp;kind=activity&amp;q=digital+%22kompetens%22&amp;year=2021\""
        );
        assert!(html.contains(&switch), "{html}");
        assert!(!html.contains("<script"), "it works without");
    }
}

#[tokio::test]
async fn the_page_shows_what_the_json_says() {
    let asked = [("q", "bredband"), ("lang", "sv")];
    let (html, tree) = (page(&asked).await, search(&asked).await);
    assert!(html.contains(&format!("{} träffar", tree["total"])));
    for path in paths(&tree) {
        assert!(
            html.contains(&format!("href=\"/{path}?lang=sv\"")),
            "{path}"
        );
    }
    for result in tree["results"].as_array().unwrap() {
        assert!(html.contains(result["titleHtml"].as_str().unwrap()));
        if let Some(snippet) = result["snippet"]["html"].as_str() {
            assert!(html.contains(snippet));
        }
    }
}

#[tokio::test]
async fn what_somebody_writes_is_never_markup() {
    let attack = "\"<script>alert(1)</script>\" '&";
    let html = page(&[("q", attack)]).await;
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    let wrong = get(
        &path("", &[("q", "\"<script>x"), ("<b>", "<i>")]),
        Some("text/html"),
    )
    .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(!wrong.text().contains("<script>x") && !wrong.text().contains("<b>"));
}

#[tokio::test]
async fn every_page_leads_to_the_search() {
    for (path, many) in [("/", 1), ("/plan", 1), ("/search", 1), ("/about", 1)] {
        let html = get(path, Some("text/html")).await.text();
        assert_eq!(html.matches("role=\"search\"").count(), many, "{path}");
        assert!(html.contains("action=\"/search\""), "{path}");
    }
    let robots = get("/robots.txt", None).await.text();
    assert!(robots.contains("Disallow: /search?"));
}

#[tokio::test]
async fn every_link_of_a_page_of_results_leads_somewhere() {
    for language in ["sv", "en"] {
        let asked = [
            ("q", "digital"),
            ("year", "2021"),
            ("page-size", "5"),
            ("lang", language),
        ];
        let html = page(&asked).await;
        let ids: Vec<_> = html
            .split(" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next())
            .collect();
        let different: BTreeSet<_> = ids.iter().collect();
        assert_eq!(different.len(), ids.len(), "an id twice");
        let mut links = 0;
        for href in html
            .split(" href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            let href = href
                .replace("&amp;", "&")
                .replace("http://localhost:8080", "");
            let target = match href.chars().next() {
                Some('?') => format!("/search{href}"),
                Some('/') => href,
                _ => continue,
            };
            assert_eq!(
                get(&target, Some("text/html,*/*;q=0.1")).await.status,
                200,
                "{target}"
            );
            links += 1;
        }
        assert!(links > 20, "{links}");
    }
}

#[tokio::test]
async fn what_changes_in_the_folder_is_found_and_what_goes_is_not() {
    use axum::body::Body;
    use axum::http::Request;
    let data = copy_of_data();
    let plan = data.path().join("plans/vasterbotten-2026");
    std::fs::remove_dir_all(plan).unwrap();
    let request = Request::get("/search.json?q=guldmolnet")
        .body(Body::empty())
        .unwrap();
    let answer = send(app_over(data.path()), request).await;
    assert_eq!(answer.json()["total"], 0);
    assert_eq!(search(&[("q", "guldmolnet")]).await["total"], 1);
}

#[tokio::test]
async fn the_answer_reads_the_same_every_time() {
    let text = get("/search.json?q=bredbandsst%C3%B6d&lang=sv", None)
        .await
        .text();
    insta::assert_snapshot!("search_json", text);
    let html = page(&[("q", "guldmolnet"), ("lang", "sv")]).await;
    let main = html
        .split("<main")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap();
    insta::assert_snapshot!("search_page", main.replace("><", ">\n<"));
}
