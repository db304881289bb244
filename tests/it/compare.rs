//! Comparisons: what is counted, what is unknown, that every number has the query that gives it,
//! and that a comparison can be cited.

use std::collections::BTreeSet;
use std::fs;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use oxrdf::NamedNode;
use samplan::rdf::{Base, parse};

use crate::support::{app_over, assert_same_graph, copy_of_data, get, plan, root, send, snapshot};

/// A number on a page, and the address of the query that gives it.
fn numbers(html: &str) -> Vec<(usize, String)> {
    let links = html.split("<a class=\"query\" href=\"").skip(1);
    let links = links.map(|rest| {
        let href = rest.split('"').next().unwrap().replace("&amp;", "&");
        let value = rest.split("data-value=\"").nth(1).unwrap();
        let value = value.split('"').next().unwrap().parse().unwrap();
        (value, href)
    });
    links.collect()
}

/// The query in the address of the editor.
fn query_in(href: &str) -> String {
    let (path, query) = href.split_once('?').unwrap();
    assert_eq!(path, "/sparql");
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(name, _)| name == "query")
        .unwrap()
        .1
        .into_owned()
}

async fn count(query: &str) -> usize {
    let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let answer = get(&format!("/sparql?query={encoded}"), Some("text/csv")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}\n{}", answer.text());
    answer
        .text()
        .lines()
        .nth(1)
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

/// Every number on these pages is what its query gives.
async fn are_given_by_their_queries(pages: &[&str], at_least: usize) {
    let mut seen = BTreeSet::new();
    for page in pages {
        let answer = get(page, Some("text/html")).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.text());
        for (value, href) in numbers(&answer.text()) {
            let query = query_in(&href);
            if seen.insert((value, query.clone())) {
                assert_eq!(count(&query).await, value, "{page}\n{query}");
            }
        }
    }
    assert!(seen.len() >= at_least, "{} numbers", seen.len());
}

#[tokio::test]
async fn every_number_of_a_comparison_is_what_its_query_gives() {
    are_given_by_their_queries(
        &[
            "/compare/digstrat-2017",
            "/compare/digstrat-2025",
            "/compare/rus2030-vastmanland",
            "/compare/rds-vasterbotten",
            "/compare/bredband-2025",
            "/compare/ramverk-digital-samverkan?plan=vasterbotten-2026&plan=vastmanland-2021-2022",
        ],
        150,
    )
    .await;
}

#[tokio::test]
async fn so_is_every_number_of_a_selection() {
    are_given_by_their_queries(
        &[
            "/compare/digstrat-2017?status=ongoing",
            "/compare/digstrat-2017?status=unknown&status=paused",
            "/compare/digstrat-2017?status=not-stated",
            "/compare/digstrat-2017?responsible=region-vastmanland",
            "/compare/digstrat-2017?responsible=kopings-kommun&responsible=sala-kommun",
            "/compare/digstrat-2017?year=2020",
            "/compare/digstrat-2017?year=2026",
            "/compare/digstrat-2017?year=2021&status=ongoing&responsible=region-vastmanland",
            "/compare/digstrat-2017?region=19",
        ],
        150,
    )
    .await;
}

/// What the matrix says, row by row: the name of the goal, then the cells.
fn matrix(html: &str) -> Vec<Vec<String>> {
    let table = html.split("<table class=\"matrix\">").nth(1).unwrap();
    let table = table.split("</table>").next().unwrap();
    let rows = table.split("<tr>").skip(1);
    rows.map(|row| {
        let cells = row.split("<t").skip(1);
        cells
            .filter_map(|cell| cell.split_once('>'))
            .map(|(_, cell)| {
                let mut text = String::new();
                let mut rest = cell;
                while let Some((before, after)) = rest.split_once('<') {
                    text.push_str(before);
                    text.push(' ');
                    rest = after.split_once('>').map_or("", |(_, rest)| rest);
                }
                text.push_str(rest);
                text.split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .replace(" ?", "")
            })
            .collect()
    })
    .collect()
}

#[tokio::test]
async fn the_matrix_of_the_three_plans() {
    let html = get("/compare/digstrat-2017?lang=en", Some("text/html"))
        .await
        .text();
    let rows: Vec<String> = matrix(&html)
        .into_iter()
        .map(|row| row.join(" | "))
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
}

#[tokio::test]
async fn what_nobody_has_reviewed_is_not_zero() {
    // The framework is reviewed for one of the two plans only.
    let query = "plan=vastmanland-2021-2022&plan=vasterbotten-2026";
    let path = &format!("/compare/rus2030-vastmanland?{query}");
    let html = get(path, Some("text/html")).await.text();
    assert!(html.contains("not reviewed") || html.contains("ej granskad"));
    let csv = get(&format!("/compare/rus2030-vastmanland.csv?{query}"), None)
        .await
        .text();
    let of_vasterbotten: Vec<&str> = csv
        .lines()
        .filter(|line| line.contains("/plan/vasterbotten-2026,"))
        .collect();
    assert_eq!(of_vasterbotten.len(), 3);
    assert!(
        of_vasterbotten
            .iter()
            .all(|line| line.contains(",not-reviewed,")),
        "{csv}"
    );
    let turtle = get(&format!("/compare/rus2030-vastmanland.ttl?{query}"), None)
        .await
        .text();
    let cells = turtle.split(" a qb:Observation").skip(1);
    let (known, missing): (Vec<_>, Vec<_>) =
        cells.partition(|cell| cell.contains("plan:activityCount"));
    assert!(known.iter().all(|cell| cell.contains("obsStatus-A")) && known.len() == 3);
    assert!(missing.iter().all(|cell| cell.contains("obsStatus-M")) && missing.len() == 3);
}

#[tokio::test]
async fn a_gap_is_a_goal_without_plans_and_a_lone_one_has_one() {
    let html = get("/compare/digstrat-2025?lang=sv", Some("text/html"))
        .await
        .text();
    let gaps = html
        .split("id=\"gaps\"")
        .nth(1)
        .unwrap()
        .split("id=\"details\"")
        .next()
        .unwrap();
    let (nobody, lone) = gaps.split_once("bara en plan").unwrap();
    for goal in ["naringsliv", "valfard"] {
        assert!(nobody.contains(&format!("goal/{goal}?")), "{goal}");
        assert!(!lone.contains(&format!("goal/{goal}?")), "{goal}");
    }
    assert!(lone.contains("goal/digital-kompetens?"));
}

#[tokio::test]
async fn a_comparison_has_one_address_whatever_order_it_is_asked_in() {
    let one = get("/compare/digstrat-2017.csv?plan=vasterbotten-2026&plan=vastmanland-2021-2022&sort=framework&status=", None).await;
    let other = get(
        "/compare/digstrat-2017.csv?status=&plan=vastmanland-2021-2022&plan=vasterbotten-2026",
        None,
    )
    .await;
    assert_eq!(one.body, other.body);
    assert_eq!(
        one.header("content-location"),
        other.header("content-location")
    );
    assert_eq!(
        one.header("content-location"),
        "http://localhost:8080/compare/digstrat-2017.csv?plan=vasterbotten-2026&plan=vastmanland-2021-2022"
    );
}

#[tokio::test]
async fn a_county_is_asked_for_by_its_code_or_its_address() {
    let by_code = get("/compare/digstrat-2017.csv?region=19", None).await;
    let place = "https%3A%2F%2Fsws.geonames.org%2F2664179%2F";
    let by_address = get(&format!("/compare/digstrat-2017.csv?region={place}"), None).await;
    assert_eq!(by_code.body, by_address.body);
    assert!(by_code.header("content-location").ends_with("?region=19"));
    assert!(!by_code.text().contains("/plan/vasterbotten-2026,"));
}

/// The address that a comparison is cited by, as a path.
fn cited(link: &str) -> String {
    let end = link.split(">; rel=\"cite-as\"").next().unwrap();
    let address = end.rsplit('<').next().unwrap();
    address
        .strip_prefix("http://localhost:8080")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_cited_comparison_is_the_same_bytes_whatever_else_is_there() {
    let data = copy_of_data();
    let asked = "/compare/digstrat-2017?plan=vastmanland-2018-2020&plan=vastmanland-2021-2022";
    let link = get(asked, Some("text/html")).await;
    let cited = cited(link.header("link"));
    let (path, query) = cited.split_once('?').unwrap();
    assert!(query.matches("plan=").count() == 2 && query.contains("&reference="));
    // Another plan goes: what was cited rests on the two others.
    fs::remove_dir_all(data.path().join("plans/vasterbotten-2026")).unwrap();
    let router = app_over(data.path());
    for suffix in ["html", "csv", "xlsx", "jsonld", "ttl", "nt"] {
        let address = format!("{path}.{suffix}?{query}");
        let here = get(&address, None).await;
        assert_eq!(here.status, StatusCode::OK, "{address}");
        let request = axum::http::Request::get(&address).body(axum::body::Body::empty());
        let there = send(router.clone(), request.unwrap()).await;
        assert_eq!(there.status, StatusCode::OK, "{address}");
        assert!(here.body == there.body, "{address}");
    }
}

#[tokio::test]
async fn a_cited_comparison_that_is_not_held_says_so_and_offers_todays() {
    let cited =
        "/compare/digstrat-2017?plan=vastmanland-2021-2022.000000000000&reference=000000000000";
    let answer = get(cited, Some("application/problem+json")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    let revision = &plan("vastmanland-2021-2022").revision[..12];
    for part in [
        "000000000000",
        revision,
        "http://localhost:8080/compare/digstrat-2017?plan=vastmanland-2021-2022",
    ] {
        assert!(detail.contains(part), "{detail}");
    }
    let page = get(cited, Some("text/html")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        page.text()
            .contains("<a href=\"/compare/digstrat-2017?plan=vastmanland-2021-2022")
    );
    // The reference data are part of what was cited.
    let cited = format!("/compare/digstrat-2017?plan=vastmanland-2021-2022.{revision}");
    assert_eq!(get(&cited, None).await.status, StatusCode::OK);
    let reference = get(&format!("{cited}&reference=000000000000"), None).await;
    assert_eq!(reference.status, StatusCode::NOT_FOUND);
    // A plan that is gone is told of as such, not as a slip.
    let gone = get(
        "/compare/digstrat-2017?plan=nagon-2019.000000000000",
        Some("application/json"),
    )
    .await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_asked_wrongly_is_told_with_the_mend() {
    for (query, word) in [
        ("plan=finns-inte", "finns-inte"),
        ("plan=../x", "/plan"),
        ("region=99", "99"),
        ("year=26", "26"),
        ("status=klar", "completed"),
        ("responsible=ingen", "/organisation"),
        ("sort=best", "fewest"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("pla=x", "responsible"),
    ] {
        let answer = get(
            &format!("/compare/digstrat-2017?lang=en&{query}"),
            Some("application/json"),
        )
        .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(word), "{query}: {detail}");
    }
    for path in [
        "/compare/finns-inte",
        "/compare/oppna-datalagen",
        "/compare?framework=finns-inte",
        "/compare/digstrat-2017?page=2",
    ] {
        assert_eq!(
            get(path, None).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_form_leads_to_the_one_address() {
    let answer = get(
        "/compare?framework=digstrat-2025&lang=en&region=&year=2026&plan=vasterbotten-2026&status=&responsible=&sort=framework",
        Some("text/html"),
    )
    .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(
        answer.headers[LOCATION],
        "http://localhost:8080/compare/digstrat-2025?plan=vasterbotten-2026&year=2026&lang=en"
    );
}

#[tokio::test]
async fn the_forms_of_a_comparison_hold_the_same() {
    let path = "/compare/digstrat-2017";
    let read = |bytes: &[u8]| {
        let (graph, findings) = parse::turtle(bytes, &Base::default(), "comparison");
        assert_eq!(findings, []);
        graph
    };
    let turtle = read(&get(&format!("{path}.ttl"), None).await.body);
    let triples = read(&get(&format!("{path}.nt"), None).await.body);
    assert_same_graph(&turtle, &triples, "Turtle and N-Triples");
    let observation = NamedNode::new("http://purl.org/linked-data/cube#Observation").unwrap();
    let cells = turtle
        .subjects_for_predicate_object(oxrdf::vocab::rdf::TYPE, &observation)
        .count();
    assert_eq!(cells, 6 * snapshot().plans().len());
    let json = get(&format!("{path}.jsonld"), None).await.json();
    assert!(json["@context"].is_string() || json["@context"].is_array());
    let csv = get(&format!("{path}.csv"), None).await.text();
    insta::assert_snapshot!(csv.lines().take(3).collect::<Vec<_>>().join("\n"));
    let metadata = get(
        &format!("{path}.csv-metadata.json?plan=vasterbotten-2026"),
        None,
    )
    .await
    .json();
    assert_eq!(
        metadata["url"],
        "http://localhost:8080/compare/digstrat-2017.csv?plan=vasterbotten-2026"
    );
    let named: Vec<&str> = metadata["tableSchema"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["name"].as_str().unwrap())
        .collect();
    assert_eq!(named.join(","), csv.lines().next().unwrap());
}

#[tokio::test]
async fn the_page_says_in_both_languages_who_says_what_on_which_words() {
    for (language, words) in [
        (
            "sv",
            [
                "vilar på",
                "Aktiviteter som liknar varandra",
                "När",
                "Vem som ansvarar",
            ],
        ),
        (
            "en",
            [
                "rests on",
                "Activities that resemble each other",
                "When",
                "Who is responsible",
            ],
        ),
    ] {
        let html = get(
            &format!("/compare/digstrat-2017?lang={language}"),
            Some("text/html"),
        )
        .await
        .text();
        for word in words {
            assert!(html.contains(word), "{language}: {word}");
        }
        // The drawing has words beside it, and a name.
        assert!(
            html.contains("<svg class=\"timeline\"") && html.contains("role=\"img\" aria-label=")
        );
        assert!(html.contains("<mark>"));
    }
    // The words of documents stand beside those of the common scheme, and lead to why.
    let html = get("/compare/digstrat-2017?lang=en", Some("text/html"))
        .await
        .text();
    assert!(
        html.contains("href=\"/status-word/"),
        "the crosswalk is linked"
    );
}

#[test]
fn the_stylesheet_prints_comparisons_without_what_only_screens_have() {
    let css = fs::read_to_string(root().join("src/views/page/style.css")).unwrap();
    let print = css.split("@media print").nth(1).unwrap();
    assert!(print.contains(".choose, .query"));
}

#[tokio::test]
async fn so_is_every_number_of_a_goal_and_of_a_framework() {
    are_given_by_their_queries(
        &[
            "/compare",
            "/framework/digstrat-2017",
            "/framework/digstrat-2025",
            "/framework/bredband-2025",
            "/framework/digstrat-2017/goal/overgripande-mal",
            "/framework/digstrat-2017/goal/digital-infrastruktur",
            "/framework/rds-vasterbotten/goal/1",
            "/framework/ramverk-digital-samverkan/goal/1",
        ],
        60,
    )
    .await;
}

async fn words_of(path: &str) -> String {
    let html = get(path, Some("text/html")).await.text();
    let html = html.split("<main").nth(1).unwrap();
    let html = html.split("</main>").next().unwrap();
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_goal_says_who_serves_it_and_how_it_went_and_a_framework_has_its_gaps() {
    let goal = words_of("/framework/digstrat-2017/goal/digital-infrastruktur?lang=en").await;
    for part in [
        "3 ? plans, 13 ? activities",
        "Paused",
        "Outcome : Arbetet med en digital informationstjänst har pausats",
    ] {
        assert!(goal.contains(part), "{part}: {goal}");
    }
    let framework = words_of("/framework/digstrat-2025?lang=en").await;
    let gaps = framework
        .split("Goals that no plan is linked to")
        .nth(1)
        .unwrap();
    assert!(
        gaps.starts_with(" Digitisation of business Digitisation of welfare"),
        "{gaps}"
    );
    // A goal that nobody is linked to is not said to be nobody's.
    let none = words_of("/framework/digstrat-2025/goal/valfard?lang=en").await;
    assert!(
        none.contains("That does not mean that nobody works towards it"),
        "{none}"
    );
}

#[tokio::test]
async fn an_activity_shows_its_editions_and_who_else_does_it() {
    let path = "/plan/vastmanland-2021-2022/activity/kartlaggning-av-fibertillgang?lang=en";
    let continued = words_of(path).await;
    let editions = continued.split("Through the editions").nth(1).unwrap();
    let editions = editions.split("Who else does this?").next().unwrap();
    assert!(
        editions.contains("2018–2020 Kartlägga återstående bredbandsutbyggnad"),
        "{editions}"
    );
    assert!(
        editions.contains("continued, changed: title, description, period, who is responsible"),
        "{editions}"
    );
    // Another edition of it is nobody else.
    let path = "/plan/vastmanland-2021-2022/activity/samverkan-inom-digitalisering?lang=en";
    let html = get(path, Some("text/html")).await.text();
    let (own, others) = html.split_once("id=\"others\"").unwrap();
    assert!(own.contains("/activity/samordna-natverk?"));
    assert!(!others.contains("/activity/samordna-natverk?"), "{others}");
    // What the next edition does not take up is said not to be known to go on, not to be dropped.
    let path = "/plan/vastmanland-2018-2020/activity/presidiekonferens?lang=en";
    let dropped = words_of(path).await;
    assert!(
        dropped.contains("No activity is known that continues this one"),
        "{dropped}"
    );
    let path = "/plan/vasterbotten-2026/activity/systematiskt-informationssakerhetsarbete?lang=en";
    let others = words_of(path).await;
    let others = others
        .split("Who else does this?")
        .nth(1)
        .unwrap_or_default();
    assert!(
        others.contains("seminarier") && others.contains("Shared words:"),
        "{others}"
    );
    assert!(others.contains("Outcome : Kommunerna erbjöds"), "{others}");
}

#[test]
fn the_matrix_in_a_terminal() {
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_samplan"));
        command
            .arg("compare")
            .args(arguments)
            .arg("--data")
            .arg(root().join("data"));
        let output = command.output().unwrap();
        let text =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code(), text)
    };
    let (code, text) = run(&["digstrat-2017"]);
    assert_eq!(code, Some(0));
    // Revisions change with every correction of the data.
    let table = text.split("\n[1]").next().unwrap();
    insta::assert_snapshot!(table);
    let (code, text) = run(&[
        "rus2030-vastmanland",
        "--plan",
        "vasterbotten-2026",
        "--lang",
        "en",
    ]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains('?') && text.contains("Not reviewed"),
        "{text}"
    );
    let (code, text) = run(&["digstrat-2017", "--format", "csv", "--status", "paused"]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains("digital-informationstjanst-om-bredband"),
        "{text}"
    );
    let (code, text) = run(&["finns-inte"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("digstrat-2017"), "{text}");
    let (code, text) = run(&["digstrat-2017", "--year", "26"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("four digits"), "{text}");
}

#[tokio::test]
async fn an_alignment_says_in_words_what_it_says_in_data() {
    let at = |key: &str| format!("/plan/vastmanland-2021-2022/alignment/{key}?lang=en");
    let path = at("kartlaggning-av-fibertillgang-digstrat-2017-digital-infrastruktur");
    let words = words_of(&path).await;
    for part in [
        "serves Digital infrastructure",
        "Review accepted added According to Samplan Date 27 November 2026 Method judged by a person",
        "The words it rests on",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let html = get(&path, Some("text/html")).await.text();
    let quoted = html.split("<blockquote").nth(1).unwrap();
    assert!(
        quoted
            .split("</blockquote>")
            .next()
            .unwrap()
            .contains("<mark lang=\"sv\">")
    );
    // That no goal fits is said in words too, with the reason.
    let turtle = get("/plan/vastmanland-2021-2022.nt", None).await.text();
    let none = turtle
        .lines()
        .find(|line| line.contains("#fitsNoGoalOf>"))
        .unwrap();
    let none = none.split('>').next().unwrap().rsplit('/').next().unwrap();
    let words = words_of(&at(none)).await;
    assert!(
        words.contains("fits no goal of A Sustainable Digitalised Sweden"),
        "{words}"
    );
    assert!(words.contains("Why"), "{words}");
}

#[tokio::test]
async fn a_comparison_of_nothing_is_not_cited_and_tells_no_gaps() {
    // No plan of that county has been reviewed: nothing would say what was asked.
    let empty = get(
        "/compare/digstrat-2017?region=01&lang=en",
        Some("text/html"),
    )
    .await;
    assert!(!empty.header("link").contains("cite-as"));
    assert!(!empty.text().contains("Address to cite"));
    let turtle = get("/compare/digstrat-2017.ttl?region=01", None)
        .await
        .text();
    assert!(
        turtle.contains("/compare/digstrat-2017?region=01> a qb:DataSet"),
        "{turtle}"
    );
    // A selection that leaves nothing shows no goal as nobody's, and no area counts for it.
    for framework in ["digstrat-2017", "rds-vasterbotten"] {
        let path = format!("/compare/{framework}?status=cancelled&lang=en");
        let html = get(&path, Some("text/html")).await.text();
        assert!(
            html.contains("Only the activities selected count"),
            "{framework}"
        );
        let rows = matrix(&html);
        let goals = rows
            .iter()
            .skip(1)
            .take_while(|row| row[0] != "Serve some goal");
        for row in goals {
            assert!(
                row[1..row.len() - 1]
                    .iter()
                    .all(|cell| cell == "nothing selected" || cell.is_empty()),
                "{row:?}"
            );
        }
        let turtle = get(&format!("/compare/{framework}.ttl?status=cancelled"), None)
            .await
            .text();
        assert!(
            !turtle.contains("activityCount") && turtle.contains("obsStatus-M"),
            "{framework}"
        );
    }
}

#[tokio::test]
async fn an_address_says_one_thing_in_one_way() {
    let revision = &plan("vasterbotten-2026").revision;
    let (long, short) = (&revision[..40], &revision[..12]);
    let reference = &snapshot().reference_revision()[..20];
    let path = format!(
        "/compare/digstrat-2017.csv?plan=vasterbotten-2026&plan=vasterbotten-2026.{long}&reference={reference}"
    );
    let answer = get(&path, None).await;
    let expected = format!(
        "?plan=vasterbotten-2026.{short}&reference={}",
        &reference[..12]
    );
    assert!(
        answer.header("content-location").ends_with(&expected),
        "{answer:?}"
    );
    for query in [
        "year=2025&year=2026",
        "reference=000000000000&reference=111111111111",
    ] {
        let answer = get(
            &format!("/compare/digstrat-2017?{query}&lang=en"),
            Some("application/json"),
        )
        .await;
        assert!(!answer.status.is_success(), "{query}");
    }
    // A county is asked of plans that are named, too.
    let path =
        "/compare/digstrat-2017.csv?plan=vasterbotten-2026&plan=vastmanland-2021-2022&region=19";
    let csv = get(path, None).await.text();
    assert!(
        !csv.contains("/plan/vasterbotten-2026,") && csv.contains("/plan/vastmanland-2021-2022,")
    );
    // The same county in search.
    let by_code = get("/search.json?q=digital&region=19&lang=sv", None)
        .await
        .json();
    let by_address = get(
        "/search.json?q=digital&region=https%3A%2F%2Fsws.geonames.org%2F2664179%2F&lang=sv",
        None,
    )
    .await
    .json();
    assert_eq!(by_code, by_address);
}

#[tokio::test]
async fn todays_comparison_is_one_that_is_there() {
    let detail = async |query: &str| {
        let answer = get(
            &format!("/compare/digstrat-2017?{query}&lang=en"),
            Some("application/json"),
        )
        .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{query}");
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    let gone = detail("plan=nagon-2019.000000000000").await;
    assert!(
        gone.contains("None of the plans is here today. A comparison of all plans is at"),
        "{gone}"
    );
    let paged = detail("plan=vasterbotten-2026.000000000000&page=3").await;
    assert!(
        paged.ends_with("/compare/digstrat-2017?plan=vasterbotten-2026."),
        "{paged}"
    );
    // An organisation that has left the reference data since may have been right in its time.
    let left =
        detail("plan=vasterbotten-2026&reference=000000000000&responsible=nagon-som-fanns").await;
    assert!(
        left.contains("the reference data in revision 000000000000"),
        "{left}"
    );
    let beyond = detail("page=9").await;
    assert!(beyond.contains("only 1 pages"), "{beyond}");
}

#[tokio::test]
async fn another_method_is_told_so_whatever_is_asked() {
    let request = axum::http::Request::delete("/compare/digstrat-2017?plan=0");
    let request = request.body(axum::body::Body::empty()).unwrap();
    let answer = send(crate::support::app(), request).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// Suggestions are counted apart, by a query over their own graph.
#[tokio::test]
async fn suggested_links_are_shown_as_such_and_have_their_query() {
    let data = copy_of_data();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_samplan"));
    command.args([
        "align",
        "vastmanland-2021-2022",
        "--framework",
        "digstrat-2025",
        "--write",
    ]);
    let output = command.arg("--data").arg(data.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let router = app_over(data.path());
    let fetch = async |path: String, accept: &str| {
        let request = axum::http::Request::get(path).header("accept", accept);
        let request = request.body(axum::body::Body::empty()).unwrap();
        send(router.clone(), request).await
    };
    let path = "/compare/digstrat-2025?plan=vastmanland-2021-2022&lang=en";
    let html = fetch(path.to_owned(), "text/html").await.text();
    assert!(html.contains("suggested "), "suggestions are told");
    assert!(html.contains("not reviewed"), "and count for nothing");
    let mut asked = 0;
    for (value, href) in numbers(&html) {
        let query = query_in(&href);
        if query.contains("/suggested>") {
            let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
            let csv = fetch(format!("/sparql?query={encoded}"), "text/csv")
                .await
                .text();
            assert_eq!(
                csv.lines().nth(1).unwrap().trim(),
                value.to_string(),
                "{query}"
            );
            asked += 1;
        }
    }
    assert!(asked >= 3, "{asked}");
}
