//! The tables: what they list, that they say what the graph says, and that they say of
//! themselves what their columns mean.

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use oxrdf::{Graph, Literal, NamedNode, Term};
use samplan::model::Layer;
use samplan::rdf::Base;
use samplan::store::Live;
use samplan::web::{App, router};
use serde_json::Value;

use crate::support::{
    Answer, PLAN, app, config, copy_of_data, get, graph_of, node, plan, send, snapshot,
};

/// Every table.
fn paths() -> Vec<String> {
    let frameworks = snapshot()
        .referring(
            oxrdf::vocab::rdf::TYPE,
            NamedNode::new_unchecked(format!("{PLAN}Framework")).as_ref(),
        )
        .unwrap();
    let plans = snapshot().plans().keys().map(|id| format!("/plan/{id}"));
    let frameworks = frameworks
        .iter()
        .map(|framework| format!("/{}", Base::default().relative(framework.as_str()).unwrap()));
    ["/plan", "/framework", "/organisation"]
        .map(str::to_owned)
        .into_iter()
        .chain(plans)
        .chain(frameworks)
        .collect()
}

/// A row: its cells by the names of their columns.
type Row = BTreeMap<String, String>;

/// The names of the columns, and the rows.
fn parse(bytes: &[u8]) -> (Vec<String>, Vec<Row>) {
    // The reader refuses a row with another number of fields than the first has.
    let mut reader = csv::Reader::from_reader(bytes);
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let cells = record.iter().map(str::to_owned);
            header.iter().cloned().zip(cells).collect()
        })
        .collect();
    (header, rows)
}

async fn rows(path: &str) -> Vec<Row> {
    parse(&get(&format!("{path}.csv"), None).await.body).1
}

async fn row(path: &str, key: &str) -> Row {
    rows(path)
        .await
        .into_iter()
        .find(|row| row["key"] == key)
        .unwrap()
}

fn list(cell: &str) -> Vec<&str> {
    cell.split('|').filter(|value| !value.is_empty()).collect()
}

/// The columns as the description of a table gives them.
async fn columns(path: &str) -> Vec<Value> {
    let metadata = get(&format!("{path}.csv-metadata.json"), None).await;
    assert_eq!(metadata.status, StatusCode::OK, "{path}");
    let columns = metadata.json()["tableSchema"]["columns"].take();
    columns.as_array().unwrap().clone()
}

#[tokio::test]
async fn a_table_is_csv_that_names_its_description() {
    for path in paths() {
        let by_suffix = get(&format!("{path}.csv"), None).await;
        let by_header = get(&path, Some("text/csv")).await;
        assert_eq!(by_suffix.body, by_header.body, "{path}");
        let csv = "text/csv; charset=utf-8; header=present";
        assert_eq!(by_suffix.header("content-type"), csv);

        let address = format!("http://localhost:8080{path}.csv");
        let link = format!(
            "<{address}-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\""
        );
        assert!(by_suffix.header("link").contains(&link), "{path}");
        let metadata = get(&format!("{path}.csv-metadata.json"), None).await;
        assert_eq!(metadata.status, StatusCode::OK, "{path}");
        assert_eq!(metadata.header("content-type"), "application/csvm+json");
        assert_eq!(metadata.json()["url"], address);
    }
    let answer = get("/status.csv", None).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "no table, no file");
}

#[tokio::test]
async fn the_lines_end_as_the_rfc_says() {
    for path in paths() {
        let text = get(&format!("{path}.csv"), None).await.text();
        assert!(text.starts_with("iri,"), "{path}: no byte order mark");
        assert!(text.ends_with("\r\n"), "{path}");
        // A line break inside a value is in quotes; what is left ends rows.
        let outside: String = text.split('"').step_by(2).collect();
        assert!(!outside.replace("\r\n", "").contains('\n'), "{path}");
    }
}

#[tokio::test]
async fn every_column_is_described_and_every_description_is_of_a_column() {
    for path in paths() {
        let (header, _) = parse(&get(&format!("{path}.csv"), None).await.body);
        let columns = columns(&path).await;
        let names: Vec<_> = columns
            .iter()
            .map(|column| column["name"].as_str().unwrap())
            .collect();
        assert_eq!(header, names, "{path}");
        let distinct: BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{path}");
        for column in &columns {
            let name = column["name"].as_str().unwrap();
            let plain = |c: char| c.is_ascii_lowercase() || c == '_';
            assert!(name.chars().all(plain), "{path} {name}");
            for language in ["sv", "en"] {
                assert!(column["titles"][language].is_string(), "{path} {name}");
            }
            assert_eq!(column["dc:description"].as_array().unwrap().len(), 2);
            if let Some(about) = column["aboutUrl"].as_str() {
                let of = about.trim_matches(['{', '+', '}']);
                assert!(names.contains(&of), "{path} {name} is said of {of}");
            }
        }
    }
}

#[tokio::test]
async fn a_plan_has_a_row_for_each_activity_and_each_bullet() {
    let plans: BTreeMap<String, Row> = rows("/plan")
        .await
        .into_iter()
        .map(|row| (row["id"].clone(), row))
        .collect();
    for (id, activities, bullets, areas, follow_ups) in [
        ("vastmanland-2021-2022", 18, 2, 3, 0),
        ("vastmanland-2018-2020", 14, 5, 0, 14),
        ("vasterbotten-2026", 26, 7, 5, 0),
    ] {
        let rows = rows(&format!("/plan/{id}")).await;
        assert_eq!(rows.len(), activities + bullets, "{id}");
        let under = rows.iter().filter(|row| !row["parent"].is_empty());
        assert_eq!(under.count(), bullets, "{id}");
        for (column, expected) in [
            ("activities", activities),
            ("sub_activities", bullets),
            ("areas", areas),
            ("follow_ups", follow_ups),
        ] {
            assert_eq!(plans[id][column], expected.to_string(), "{id} {column}");
        }
        let reported = rows.iter().map(|row| list(&row["follow_ups"]).len());
        assert_eq!(reported.sum::<usize>(), follow_ups, "{id}");
        assert_eq!(plans[id]["revision"], plan(id).revision);
    }
}

#[tokio::test]
async fn the_rows_stand_in_the_order_of_the_document() {
    for id in snapshot().plans().keys() {
        let lines: Vec<u32> = rows(&format!("/plan/{id}"))
            .await
            .iter()
            .map(|row| {
                let first = row["source_lines"].split(['|', '-']).next().unwrap();
                first.trim_start_matches('L').parse().unwrap()
            })
            .collect();
        assert!(lines.is_sorted(), "{id}: {lines:?}");
    }
}

#[tokio::test]
async fn what_is_not_known_is_an_empty_cell() {
    let rows = rows("/plan/vasterbotten-2026").await;
    let not_stated = "https://w3id.org/samplan/status/not-stated";
    let count = |status: &str| rows.iter().filter(|row| row["status"] == status).count();
    assert_eq!(count(not_stated), 28, "the rows of the matrix");
    assert_eq!(count(""), 5, "the bullets without a row in it");
    let bullet = row("/plan/vasterbotten-2026", "delbara-resurser").await;
    for column in ["responsible", "start", "end", "status_label", "status_text"] {
        assert_eq!(bullet[column], "", "{column}");
    }
    let in_the_area = "http://localhost:8080/plan/vasterbotten-2026/area/";
    assert!(bullet["area"].starts_with(in_the_area), "{bullet:?}");
}

#[tokio::test]
async fn an_interpretation_is_marked() {
    for row in rows("/plan/vasterbotten-2026").await {
        let marked = list(&row["interpreted"]);
        for column in ["responsible", "responsible_names", "supporting"] {
            assert_eq!(marked.contains(&column), !row[column].is_empty(), "{row:?}");
        }
        for column in ["title", "status", "participants", "responsible_text"] {
            assert!(!marked.contains(&column), "{row:?}");
        }
    }
    let path = "/plan/vastmanland-2021-2022";
    let stated = row(path, "samverkan-inom-socialforvaltningarna").await;
    assert_eq!(stated["responsible_names"], "Region Västmanland");
    assert_eq!(
        stated["interpreted"],
        "area_contributes_to|area_contributes_to_labels|derived_from"
    );
    let read = row(path, "kulturarvsberattarna").await;
    assert!(list(&read["interpreted"]).contains(&"status"), "{read:?}");
}

/// What a cell says as RDF: the subject, and the terms that its property has.
struct Said {
    subject: NamedNode,
    property: NamedNode,
    terms: BTreeSet<String>,
}

/// What a cell says, where its column has a property and the cell is not empty.
fn said(column: &Value, row: &Row) -> Option<Said> {
    let property = NamedNode::new(column["propertyUrl"].as_str()?).unwrap();
    let of = column["aboutUrl"].as_str().unwrap_or("{+iri}");
    let subject = NamedNode::new(&row[of.trim_matches(['{', '+', '}'])]).ok()?;
    let cell = row[column["name"].as_str().unwrap()].as_str();
    let values = if column["separator"] == "|" {
        list(cell)
    } else {
        vec![cell]
    };
    let values = values.into_iter().filter(|value| !value.is_empty());
    Some(Said {
        subject,
        property,
        terms: values
            .map(|value| term(column, value).to_string())
            .collect(),
    })
}

/// The term that a value stands for.
fn term(column: &Value, value: &str) -> Term {
    let datatype = &column["datatype"];
    let typed = |datatype: &str| {
        let datatype = NamedNode::new(datatype).unwrap();
        Literal::new_typed_literal(value, datatype).into()
    };
    match datatype.as_str().or(datatype["base"].as_str()).unwrap() {
        "anyURI" => NamedNode::new(value).unwrap().into(),
        "string" => match (column["valueUrl"].as_str(), column["lang"].as_str()) {
            (Some(template), _) => {
                let start = template.split('{').next().unwrap();
                NamedNode::new(format!("{start}{value}")).unwrap().into()
            }
            (None, Some(lang)) => Literal::new_language_tagged_literal(value, lang)
                .unwrap()
                .into(),
            (None, None) => datatype["@id"]
                .as_str()
                .map_or_else(|| Literal::new_simple_literal(value).into(), typed),
        },
        known => typed(&format!("http://www.w3.org/2001/XMLSchema#{known}")),
    }
}

/// The values that the graph has, as far as a column is meant to hold them.
fn known(column: &Value, said: &Said) -> BTreeSet<String> {
    let values = snapshot().objects(said.subject.as_ref(), said.property.as_ref());
    let values = values.unwrap().into_iter().filter(|value| match value {
        Term::Literal(literal) => {
            let lang = column["lang"].as_str();
            let datatype = column["datatype"]["@id"].as_str();
            lang.is_none_or(|lang| literal.language() == Some(lang))
                && datatype.is_none_or(|datatype| literal.datatype().as_str() == datatype)
        }
        Term::NamedNode(node) => match column["name"].as_str() {
            Some(place @ ("wikidata" | "dataportal")) => node.as_str().contains(place),
            _ => true,
        },
        Term::BlankNode(_) => true,
    });
    values.map(|value| value.to_string()).collect()
}

#[tokio::test]
async fn a_column_with_a_property_holds_what_the_graph_says() {
    let mut compared = 0;
    for path in paths() {
        let columns = columns(&path).await;
        for row in rows(&path).await {
            for column in &columns {
                let Some(said) = said(column, &row) else {
                    continue;
                };
                // A value with a separator in it is written with another sign.
                let known: BTreeSet<_> = known(column, &said)
                    .into_iter()
                    .map(|value| match column["separator"].as_str() {
                        Some(separator) => value.replace(separator, "¦"),
                        None => value,
                    })
                    .collect();
                assert_eq!(
                    said.terms, known,
                    "{path} {} {}",
                    row["iri"], column["name"]
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 4000, "{compared}");
}

#[tokio::test]
async fn a_table_read_as_rdf_says_nothing_that_the_graph_does_not() {
    for path in paths() {
        for column in columns(&path).await {
            // A list of addresses would become one address, so it must be kept silent; what
            // stands for a node must say so.
            let silent = column["suppressOutput"] == true;
            let (list, iri) = (
                column["separator"].is_string(),
                column["datatype"] == "anyURI",
            );
            let speaks = column["propertyUrl"].is_string() && !(list && iri);
            assert_eq!(silent, !speaks, "{path} {column}");
            if speaks && iri {
                let template = format!("{{+{}}}", column["name"].as_str().unwrap());
                assert_eq!(column["valueUrl"], template, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn the_marks_are_those_of_the_layers() {
    for (id, entry) in snapshot().plans() {
        let path = format!("/plan/{id}");
        let layer = |layer| graph_of(entry).layer(layer).cloned();
        let stated = layer(Layer::Stated).unwrap();
        let interpreted = layer(Layer::Interpreted).unwrap();
        let holds = |graph: &Graph, said: &Said| {
            let triples = graph.iter().filter(|triple| {
                triple.subject == said.subject.as_ref().into()
                    && triple.predicate == said.property.as_ref()
            });
            let terms: BTreeSet<_> = triples.map(|triple| triple.object.to_string()).collect();
            said.terms.intersection(&terms).cloned().collect()
        };
        for row in rows(&path).await {
            for column in columns(&path).await {
                let Some(said) = said(&column, &row) else {
                    continue;
                };
                let by_document: BTreeSet<String> = holds(&stated, &said);
                let read: BTreeSet<String> = holds(&interpreted, &said);
                let name = column["name"].as_str().unwrap();
                let marked = list(&row["interpreted"]).contains(&name);
                let is_read = !read.is_subset(&by_document);
                assert_eq!(marked, is_read, "{} {name}", row["iri"]);
            }
        }
    }
}

/// A layer of the plan of Västerbotten, with what it says.
fn layer(name: &str, class: &str, says: &str) -> String {
    format!(
        "@prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix plan: <https://w3id.org/samplan/ns#> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <plan/vasterbotten-2026/{name}> a plan:{class} ;
            plan:inPlan <plan/vasterbotten-2026> ;
            dcterms:modified \"2026-11-23\"^^xsd:date ;
            dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .
        {says}"
    )
}

/// The service over `data/` with one more layer.
fn app_with(dir: &tempfile::TempDir, name: &str, text: &str) -> (Router, Live) {
    let file = format!("plans/vasterbotten-2026/{name}.ttl");
    std::fs::write(dir.path().join(file), text).unwrap();
    let live = Live::open(dir.path().to_owned(), Base::default()).unwrap();
    assert_eq!(*live.state().refused, []);
    let app = App::new(live.clone(), config(dir.path().to_owned()));
    (router(app), live)
}

async fn csv_of(app: &Router, path: &str) -> Answer {
    let request = Request::get(format!("{path}.csv")).body(Body::empty());
    send(app.clone(), request.unwrap()).await
}

#[tokio::test]
async fn a_suggestion_appears_in_no_table() {
    let dir = copy_of_data();
    let suggested = layer(
        "suggested",
        "SuggestedGraph",
        "<plan/vasterbotten-2026/activity/delbara-resurser> dcterms:title \"Suggested\"@en .
        <plan/vasterbotten-2026/activity/suggested> a plan:Activity ;
            dcterms:title \"Suggested\"@sv ;
            plan:inPlan <plan/vasterbotten-2026> ;
            plan:position 99 ;
            plan:sourceRange \"L1\" .",
    );
    let (suggesting, live) = app_with(&dir, "suggested", &suggested);
    let state = live.state();
    let mut plans = state.snapshot.plans().iter();
    let (_, entry) = plans
        .find(|(id, _)| id.as_str() == "vasterbotten-2026")
        .unwrap();
    assert_eq!(entry.plan.activities.len(), 34);
    for path in paths() {
        let with = csv_of(&suggesting, &path).await.text();
        let without = csv_of(&app(), &path).await.text();
        // The revision is that of all the files, suggestions too.
        let revision = &plan("vasterbotten-2026").revision;
        assert_eq!(with.replace(&entry.revision, revision), without, "{path}");
    }
}

#[tokio::test]
async fn what_people_link_afterwards_is_marked_too() {
    let dir = copy_of_data();
    let editorial = layer(
        "editorial",
        "EditorialGraph",
        "<plan/vasterbotten-2026/activity/delbara-resurser>
            plan:contributesTo <framework/un-sdg/goal/4> .
        <plan/vasterbotten-2026/alignment/delbara-resurser-un-sdg> a plan:Alignment ;
            plan:inPlan <plan/vasterbotten-2026> ;
            plan:aligned <plan/vasterbotten-2026/activity/delbara-resurser> ;
            plan:alignedWith <framework/un-sdg/goal/4> ;
            plan:reviewState plan:accepted ;
            plan:method plan:by-person ;
            prov:wasAttributedTo <organisation/samplan> ;
            dcterms:date \"2026-11-23\"^^xsd:date .",
    );
    let (linking, _) = app_with(&dir, "editorial", &editorial);
    let (_, rows) = parse(&csv_of(&linking, "/plan/vasterbotten-2026").await.body);
    for row in rows {
        let linked = row["key"] == "delbara-resurser";
        let marked = if linked {
            "contributes_to|contributes_to_labels"
        } else {
            ""
        };
        assert_eq!(row["editorial"], marked, "{row:?}");
    }
    let (_, goals) = parse(&csv_of(&linking, "/framework/un-sdg").await.body);
    let goal = goals.iter().find(|goal| goal["key"] == "4").unwrap();
    assert_eq!(goal["activities"], "1");
    let (_, plans) = parse(&csv_of(&linking, "/plan").await.body);
    assert!(plans.iter().any(|plan| plan["modified"] == "2026-11-23"));
}

#[tokio::test]
async fn a_framework_without_goals_is_a_table_without_rows() {
    let (header, rows) = parse(&get("/framework/skr-handslag.csv", None).await.body);
    assert!(header.len() > 10 && rows.is_empty());

    let all = self::rows("/framework").await;
    let mut apart = 0;
    for path in paths()
        .iter()
        .filter(|path| path.starts_with("/framework/"))
    {
        let goals = self::rows(path).await;
        apart += goals.len();
        assert!(goals.iter().all(|goal| all.contains(goal)), "{path}");
    }
    assert_eq!(all.len(), apart);
}

#[tokio::test]
async fn a_goal_comes_after_the_one_it_stands_under() {
    let mut seen = BTreeSet::new();
    for goal in rows("/framework").await {
        let parent = &goal["parent"];
        assert!(parent.is_empty() || seen.contains(parent), "{goal:?}");
        seen.insert(goal["iri"].clone());
    }
    let goals = rows("/framework/rus2030-vastmanland").await;
    let areas: Vec<_> = goals
        .iter()
        .filter(|goal| goal["areas"] == "1")
        .map(|goal| format!("{}{}", goal["exact_match_areas"], goal["close_match_areas"]))
        .collect();
    let area = |key| node(&format!("plan/vastmanland-2021-2022/area/{key}")).into_string();
    assert_eq!(areas, ["valmaende", "tillgangligt", "nyskapande"].map(area));
}

#[tokio::test]
async fn what_may_be_done_with_a_table_is_said() {
    let cc0 = "http://creativecommons.org/publicdomain/zero/1.0/";
    for path in ["/plan", "/framework", "/framework/ena", "/organisation"] {
        let metadata = get(&format!("{path}.csv-metadata.json"), None).await.json();
        assert_eq!(metadata["dc:license"], serde_json::json!([{ "@id": cc0 }]));
    }
    let path = "/plan/vasterbotten-2026.csv-metadata.json";
    let metadata = get(path, None).await.json();
    assert!(metadata["dc:license"].is_null());
    assert_eq!(
        metadata["dc:rights"][0]["@value"],
        "The source document states no licence."
    );
}

#[tokio::test]
async fn a_table_and_its_description_stay_what_they_are() {
    let path = "/plan/vastmanland-2021-2022.csv";
    insta::assert_snapshot!("activities", get(path, None).await.text());
    let path = format!("{path}-metadata.json");
    insta::assert_snapshot!("activities_metadata", get(&path, None).await.text());
}
