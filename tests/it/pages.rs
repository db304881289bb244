//! Pages for people: complete in both languages, every link leads somewhere, what is
//! interpreted is marked, the data are in them.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use serde_json::Value;

use crate::support::{ask, get, graph_of, plan, snapshot};

/// A page of every kind.
const KINDS: &[&str] = &[
    "/",
    "/plan",
    "/plan/vastmanland-2021-2022",
    "/plan/vastmanland-2018-2020",
    "/plan/vasterbotten-2026",
    "/plan/vastmanland-2021-2022/activity/oka-digital-kompetens",
    "/plan/vastmanland-2021-2022/activity/kulturarvsberattarna",
    "/plan/vastmanland-2018-2020/activity/digital-informationstjanst-om-bredband",
    "/plan/vastmanland-2021-2022/area/valmaende",
    "/plan/vastmanland-2018-2020/follow-up/seminarier",
    "/plan/vastmanland-2021-2022/footnote/coronapandemin",
    "/plan/vasterbotten-2026/section/referenser",
    "/plan/vasterbotten-2026/reference/ena",
    "/plan/vasterbotten-2026/alignment/digital-kompetens-rds-vasterbotten",
    "/plan/vasterbotten-2026/interpreted",
    "/plan/vasterbotten-2026/source",
    "/plan/vasterbotten-2026/adoption",
    "/framework",
    "/framework/digstrat-2017",
    "/framework/oppna-datalagen",
    "/framework/rds-vasterbotten/goal/1",
    "/framework/digstrat-2017/goal/digital-kompetens",
    "/organisation",
    "/organisation/region-vasterbotten",
    "/organisation/kommunerna-i-vastmanlands-lan",
    "/ns",
    "/ns/shapes",
    "/status",
    "/status/ongoing",
    "/role",
    "/query",
    "/.well-known/void",
    "/role/lead",
    "/catalog",
    "/catalog/all-plans",
    "/catalog/frameworks",
    "/catalog/all-plans/csv",
    "/catalog/service/sparql",
    "/catalog/contact",
    "/catalog/no-licence",
    "/catalog/vocabulary",
    "/catalog/preview",
    "/dataset/vasterbotten-2026",
    "/series/vastmanland",
    "/reference/counties",
    "/compare",
    "/compare/digstrat-2017",
    "/compare/digstrat-2025",
    "/status-word",
    "/status-word/pagar",
    "/about",
    "/accessibility",
];

async fn page(path: &str, language: &str) -> String {
    let address = format!("{path}?lang={language}");
    let answer = get(&address, Some("text/html")).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    assert_eq!(answer.header("content-language"), language);
    answer.text()
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start)
        .skip(1)
        .filter_map(|rest| rest.split(end).next())
        .collect()
}

/// What a reader sees of a page or of a part of one, in one line: no tags, and not the data in
/// its head, which hold the same words.
fn words(html: &str) -> String {
    let mut text = String::new();
    let seen = html.split("<body>").nth(1).unwrap_or(html);
    for part in seen.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
        text.push(' ');
    }
    let text = text
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Comparisons are cited by the revisions they rest on, and have a block of their own for that;
/// the tests of comparisons look at it.
fn is_comparison(path: &str) -> bool {
    path.starts_with("/compare/")
}

#[tokio::test]
async fn every_page_says_what_it_is_and_where_its_data_are() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in KINDS {
        for language in ["sv", "en"] {
            let html = page(path, language).await;
            let title = between(&html, "<title>", "</title>")[0].to_owned();
            let description = between(&html, "name=\"description\" content=\"", "\"")[0];
            assert!(title.chars().count() > 8, "{path}: {title}");
            assert!(description.chars().count() > 15, "{path}: {description}");
            assert!(!description.contains(['{', '}']), "{path}: {description}");
            if let Some(other) = seen.insert(format!("{language} {title} {description}"), path) {
                assert_eq!(other, *path, "two pages look the same in a search result");
            }
            let address = format!("http://localhost:8080{path}");
            let cited = format!("<code class=\"address\">{address}</code>");
            let shown = html.contains(&cited) || is_comparison(path);
            assert!(shown, "{path} shows its address to cite");
            let canonical = between(&html, "rel=\"canonical\" href=\"", "\"")[0];
            let expected = match language {
                "sv" => address.clone(),
                _ => format!("{address}?lang=en"),
            };
            assert_eq!(canonical, expected);
            let header = get(&format!("{path}?lang={language}"), Some("text/html")).await;
            let link = format!("<{expected}>; rel=\"canonical\"");
            assert!(
                header.header("link").contains(&link),
                "{path} says the same in its head"
            );
            assert_eq!(html.matches("<h1").count(), 1, "{path}");
        }
    }
}

#[tokio::test]
async fn every_page_links_to_its_data_in_every_format() {
    for path in KINDS.iter().filter(|path| {
        ![
            "/about",
            "/accessibility",
            "/catalog/preview",
            "/compare",
            "/query",
            "/.well-known/void",
        ]
        .contains(path)
            && !is_comparison(path)
    }) {
        let html = page(path, "sv").await;
        let answer = get(path, Some("text/html")).await;
        let stem = if *path == "/" { "/index" } else { path };
        let mut formats = vec!["ttl", "jsonld", "nt", "rdf", "trig"];
        if get(&format!("{stem}.csv"), None).await.status == StatusCode::OK {
            formats.push("csv");
        }
        for suffix in formats {
            let link = format!("href=\"{stem}.{suffix}\"");
            assert!(html.contains(&link), "{path}: {link}");
            let header = format!("<http://localhost:8080{stem}.{suffix}>; rel=\"alternate\"");
            assert!(answer.header("link").contains(&header), "{path}: {header}");
        }
    }
}

#[tokio::test]
async fn the_json_ld_in_a_page_is_that_of_the_resource() {
    // In the catalogue it is what search engines read; see the tests of the catalogue.
    let without = [
        "/about",
        "/accessibility",
        "/compare",
        "/query",
        "/.well-known/void",
    ];
    let of_the_catalogue = ["/catalog", "/dataset/", "/series/"];
    for path in KINDS.iter().filter(|path| {
        !without.contains(path)
            && !is_comparison(path)
            && !of_the_catalogue.iter().any(|own| path.starts_with(own))
    }) {
        let html = page(path, "en").await;
        let scripts = between(&html, "<script type=\"application/ld+json\">", "</script>");
        assert_eq!(scripts.len(), 1, "{path}");
        let stem = if *path == "/" { "/index" } else { path };
        let embedded: Value = serde_json::from_str(scripts[0]).unwrap();
        let served = get(&format!("{stem}.jsonld"), None).await.json();
        assert_eq!(embedded, served, "{path}");
    }
}

#[tokio::test]
async fn every_link_of_ours_on_every_page_leads_somewhere() {
    // From the front page on, in both languages, like a reader who clicks on everything.
    let mut open = vec!["/?lang=sv".to_owned(), "/?lang=en".to_owned()];
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut anchors: Vec<(String, String, String)> = Vec::new();
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(path) = open.pop() {
        let answer = get(&path, Some("text/html,*/*;q=0.1")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let html = answer.text();
        let own: BTreeSet<String> = between(&html, " id=\"", "\"")
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(
            own.len(),
            html.matches(" id=\"").count(),
            "{path}: an id twice"
        );
        ids.insert(path.clone(), own);
        for href in between(&html, " href=\"", "\"") {
            let href = href.replace("&amp;", "&");
            let (target, anchor) = match href.split_once('#') {
                Some((target, anchor)) => (target.to_owned(), Some(anchor.to_owned())),
                None => (href, None),
            };
            let target = match target.as_str() {
                "" => path.clone(),
                query if query.starts_with('?') => {
                    format!("{}{query}", path.split('?').next().unwrap_or_default())
                }
                other => match other.strip_prefix("http://localhost:8080") {
                    Some(own) => own.to_owned(),
                    None => other.to_owned(),
                },
            };
            if !target.starts_with('/') {
                let elsewhere = ["https://", "http://", "mailto:"];
                assert!(
                    elsewhere.iter().any(|start| target.starts_with(start)),
                    "{path}: {target}"
                );
                continue;
            }
            if let Some(anchor) = anchor {
                anchors.push((path.clone(), target.clone(), anchor));
            }
            // That every page is to be had as data is tested elsewhere.
            let data = [".ttl", ".jsonld", ".nt", ".rdf", ".trig"];
            let is_data = data.iter().any(|suffix| target.ends_with(suffix));
            if !is_data && seen.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    assert!(ids.len() > 1000, "{} pages", ids.len());
    for (path, target, anchor) in anchors {
        let there = ids.get(&target).is_some_and(|ids| ids.contains(&anchor));
        assert!(
            there,
            "{path} links to {target}#{anchor}, which is not there"
        );
    }
}

#[tokio::test]
async fn a_plan_s_page_has_all_its_words() {
    for id in [
        "vastmanland-2021-2022",
        "vastmanland-2018-2020",
        "vasterbotten-2026",
    ] {
        let plan = &plan(id).plan;
        for language in ["sv", "en"] {
            let html = page(&format!("/plan/{id}"), language).await;
            let shown = words(&html);
            let activities = plan.activities.values();
            let texts = activities
                .clone()
                .flat_map(|activity| activity.title.iter().chain(activity.description.iter()))
                .chain(
                    plan.follow_ups
                        .values()
                        .flat_map(|one| one.description.iter()),
                )
                .chain(
                    plan.sections
                        .values()
                        .flat_map(|one| one.description.iter()),
                )
                .chain(
                    plan.areas
                        .values()
                        .flat_map(|one| one.description.iter().chain(one.r#abstract.iter())),
                )
                .chain(plan.footnotes.values().flat_map(|one| one.text.iter()));
            for text in texts {
                // Bullets and numbers become lists, whose signs the browser draws.
                for line in text.text.lines() {
                    let line = line.trim().trim_start_matches(['•', '-', '–', ' ']);
                    let line = line
                        .split_once(". ")
                        .filter(|(number, _)| number.parse::<u8>().is_ok())
                        .map_or(line, |(_, rest)| rest);
                    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                    let without_spaces = shown.replace(' ', "");
                    assert!(
                        without_spaces.contains(&line.replace(' ', "")),
                        "{id} {language}: {line}"
                    );
                }
            }
            let articles = html.matches("<article class=\"activity\"").count();
            let bullets = activities
                .filter(|activity| !activity.sub_activity_of.is_empty())
                .count();
            assert_eq!(articles + bullets, plan.activities.len(), "{id}");
        }
    }
}

#[tokio::test]
async fn footnotes_stand_where_they_belong() {
    let html = page("/plan/vastmanland-2021-2022", "sv").await;
    let article = between(
        &html,
        "<article class=\"activity\" id=\"activity-oka-digital-kompetens\">",
        "</article>",
    );
    assert!(article[0].contains("class=\"footnotes\""));
    assert!(words(article[0]).contains("På grund av Coronapandemin har studiecirklarna"));
    assert_eq!(
        html.matches("På grund av Coronapandemin").count(),
        2,
        "there, and in the data"
    );
}

#[tokio::test]
async fn what_is_interpreted_is_marked_and_says_why() {
    for (path, language, marked) in [
        (
            "/plan/vasterbotten-2026/activity/sprida-exempel-pa-anvandarperspektiv",
            "sv",
            [
                "Region Västerbotten tolkat",
                "X är läst som huvudansvarig och kolumnen ”Region” som Region Västerbotten",
            ],
        ),
        (
            "/plan/vasterbotten-2026/activity/sprida-exempel-pa-anvandarperspektiv",
            "en",
            [
                "Region Västerbotten interpreted",
                "X is read as lead and the column “Region” as Region Västerbotten",
            ],
        ),
        (
            "/plan/vastmanland-2018-2020/activity/tillstandshantering-pa-verksamt-se",
            "sv",
            ["tolkat", "Läst ur att kommunerna fortsätter att kartlägga"],
        ),
        // The status of a bullet has its reason where the bullet stands, too.
        (
            "/plan/vastmanland-2021-2022/activity/digitalisering-av-kulturutbud",
            "sv",
            ["Pågår tolkat", "Statusen är läst ur orden före punktlistan"],
        ),
        (
            "/plan/vastmanland-2021-2022/activity/kulturarvsberattarna",
            "sv",
            ["Pågår tolkat", "Statusen är läst ur orden före punktlistan"],
        ),
        (
            "/plan/vastmanland-2021-2022",
            "sv",
            ["Region Västmanland tolkat", "Titeln är Samplans"],
        ),
        (
            "/organisation/region-vasterbotten",
            "sv",
            ["tolkat", "Ansvarig för"],
        ),
        (
            "/framework/rds-vasterbotten/goal/1",
            "sv",
            ["Digital delaktighet tolkat", "Bidrar till målet"],
        ),
        (
            "/plan/vastmanland-2018-2020/follow-up/seminarier",
            "sv",
            [
                "Delvis genomförd tolkat",
                "Därav ”delvis genomförd” för raden som helhet",
            ],
        ),
    ] {
        let shown = words(&page(path, language).await);
        for words in marked {
            assert!(shown.contains(words), "{path} {language}: {words}\n{shown}");
        }
    }
    // What the document itself says bears no mark.
    let stated = words(
        &page(
            "/plan/vastmanland-2021-2022/activity/samverkan-inom-socialforvaltningarna",
            "sv",
        )
        .await,
    );
    assert!(stated.contains("Region Västmanland") && !stated.contains("Region Västmanland tolkat"));
}

#[tokio::test]
async fn what_is_unknown_is_not_shown_as_known() {
    let shown = words(&page("/plan/vastmanland-2018-2020", "sv").await);
    assert!(shown.contains("För 9 av dem säger texten inte hur långt arbetet har kommit"));
    assert!(shown.contains("Dokumentet anger inte vem som ansvarar"));
    let shown = words(&page("/plan/vasterbotten-2026", "sv").await);
    assert!(shown.contains("Ej angiven 26"));
    let shown = words(&page("/framework/digstrat-2025/goal/valfard", "sv").await);
    assert!(shown.contains("Det betyder inte att ingen arbetar mot det"));
}

#[tokio::test]
async fn numbers_dates_and_order_are_those_of_the_language() {
    let sv = words(&page("/plan/vasterbotten-2026", "sv").await);
    let en = words(&page("/plan/vasterbotten-2026", "en").await);
    assert!(sv.contains("Antagen 21 maj 2026"));
    assert!(en.contains("Adopted 21 May 2026"));
    let order = |html: &str| -> Vec<usize> {
        let html = html.split("</script>").nth(1).unwrap_or_default();
        ["Arboga kommun", "Ystads kommun", "Åmåls kommun"]
            .map(|name| html.find(name).unwrap())
            .into()
    };
    let sv = order(&page("/organisation", "sv").await);
    assert!(sv.is_sorted(), "Å stands last in Swedish");
}

#[tokio::test]
async fn no_page_has_words_of_the_other_language_in_its_frame() {
    for path in KINDS {
        let html = page(path, "en").await;
        let body = html.split("<body>").nth(1).unwrap();
        for swedish in [
            "Huvudmeny",
            "Ladda ner",
            "Hoppa till",
            "Adress att",
            "Du är här",
            "tolkat</span>",
        ] {
            assert!(!body.contains(swedish), "{path}: {swedish}");
        }
        let html = page(path, "sv").await;
        let body = html.split("<body>").nth(1).unwrap();
        for english in [
            "Main menu",
            "Download as",
            "Skip to",
            "Address to cite",
            "You are here",
            "interpreted</span>",
        ] {
            assert!(!body.contains(english), "{path}: {english}");
        }
    }
}

#[tokio::test]
async fn every_property_in_the_data_has_a_name_in_both_languages() {
    // Every node's page, where the generic ones show properties by name: none may show the
    // short form of an address.
    let prefixes: Vec<String> = samplan::vocab::PREFIXES
        .iter()
        .map(|(name, _)| format!(">{name}:"))
        .collect();
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for entry in snapshot().plans().values() {
        for triple in &graph_of(entry).merged() {
            let subject = triple.subject.to_string();
            let iri = subject.trim_matches(['<', '>']);
            paths.extend(
                snapshot()
                    .base()
                    .relative(iri)
                    .map(|path| format!("/{path}")),
            );
        }
    }
    for path in paths {
        let html = page(&path, "en").await;
        let terms = between(&html, "<dt", "</dt>");
        for term in terms {
            let term = format!(
                ">{}",
                term.split_once('>')
                    .map_or(term, |(_, rest)| rest)
                    .to_lowercase()
            );
            assert!(
                !prefixes.iter().any(|prefix| term.starts_with(prefix)),
                "{path}: {term}"
            );
        }
    }
}

#[tokio::test]
async fn a_page_loads_nothing_from_elsewhere_and_runs_nothing() {
    for path in KINDS.iter().chain(&["/nothing"]) {
        let answer = ask(path, &[("accept", "text/html")]).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(
            answer.header("referrer-policy"),
            "strict-origin-when-cross-origin"
        );
        let html = answer.text();
        for loads in [" src=", "@import", " style=", " onclick=", "javascript:"] {
            assert!(!html.contains(loads), "{path}: {loads}");
        }
        for stylesheet in between(&html, "rel=\"stylesheet\" href=\"", "\"") {
            assert!(stylesheet.starts_with("/style.css?v="), "{stylesheet}");
        }
        let scripts = html.matches("<script").count();
        let data = html
            .matches("<script type=\"application/ld+json\">")
            .count();
        assert_eq!(scripts, data, "{path}");
    }
}

#[tokio::test]
async fn the_page_of_queries_runs_our_own_script_and_nothing_else() {
    for path in [
        "/sparql",
        "/sparql?query=ASK%7B%7D",
        "/sparql?query=nonsense",
    ] {
        let answer = ask(path, &[("accept", "text/html")]).await;
        let policy = answer.header("content-security-policy");
        for expected in [
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
        ] {
            assert!(policy.contains(expected), "{policy}");
        }
        assert!(
            !policy.contains("unsafe") && !policy.contains("http"),
            "{policy}"
        );
        let html = answer.text();
        for address in between(&html, " src=\"", "\"") {
            assert!(address.starts_with("/editor.js?v="), "{address}");
        }
        for address in between(&html, "rel=\"stylesheet\" href=\"", "\"") {
            let ours = ["/style.css?v=", "/editor.css?v="];
            assert!(ours.iter().any(|own| address.starts_with(own)), "{address}");
        }
        assert!(
            html.contains("<textarea id=\"query\""),
            "it works without the script"
        );
    }
    let elsewhere = ask("/query/plans", &[("accept", "text/html")]).await;
    assert!(
        !elsewhere
            .header("content-security-policy")
            .contains("script-src")
    );
}

#[tokio::test]
async fn an_instance_below_a_path_links_below_it() {
    use samplan::rdf::Base;
    use samplan::store::Live;
    use samplan::web::{App, router};

    let data = crate::support::root().join("data");
    let base = Base::parse("https://example.org/planer/").unwrap();
    let live = Live::open(data.clone(), base.clone()).unwrap();
    let mut config = crate::support::config(data);
    config.base = base;
    let router = router(App::new(live, config));
    for path in [
        "/planer/",
        "/planer/plan/vasterbotten-2026",
        "/planer/sparql?query=ASK%7B%7D",
        "/planer/query",
        "/planer/query/plans",
        "/planer/.well-known/void",
        "/planer/nothing",
        "/nothing",
    ] {
        let request = axum::http::Request::get(path)
            .header("accept", "text/html")
            .body(axum::body::Body::empty());
        let answer = crate::support::send(router.clone(), request.unwrap()).await;
        let html = answer.text();
        for href in between(&html, " href=\"", "\"") {
            let ours = href.starts_with("/planer/")
                || href.starts_with(['#', '?'])
                || href.starts_with("http")
                || href.starts_with("mailto:");
            assert!(ours, "{path}: {href}");
        }
    }
}

#[tokio::test]
async fn an_activity_s_page_reads_the_same_every_time() {
    let html = page(
        "/plan/vastmanland-2021-2022/activity/oka-digital-kompetens",
        "sv",
    )
    .await;
    // The version of the stylesheet changes with every touch of it.
    let version = between(&html, "style.css?v=", "\"")[0].to_owned();
    let html = html.replace(&version, "VERSION");
    // One tag a line, so that a change is seen where it is.
    insta::assert_snapshot!(html.replace("><", ">\n<"));
}
