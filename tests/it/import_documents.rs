//! Documents of other kinds than those that `data/` was made from, each with what a careful
//! reader says is in it. Those up to 31 were written without knowledge of the importer.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use samplan::import::plans::Imported;
use samplan::import::read::Refusal;
use samplan::model::{Activity, Date, Iri, Plan, Text, Values};
use serde_json::Value;

use crate::precision::{Elements, Tally, directory, plans_of};
use crate::support::root;

/// The documents, with what stands beside each.
pub(crate) fn documents() -> Vec<(PathBuf, Value)> {
    let folder = root().join("tests/documents");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "json"))
        .filter(|path| path.with_extension("json").exists())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let truth = fs::read(path.with_extension("json")).unwrap();
            (path, serde_json::from_slice(&truth).unwrap())
        })
        .collect()
}

fn words(value: &Value) -> Option<String> {
    value.as_str().map(tidy).filter(|text| !text.is_empty())
}

/// The words without what is punctuation at their end.
fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        // From and to may stand in columns of their own.
        .replace(" – ", " ")
        .trim_end_matches(['.', ';', ',', ':', ' ', '–'])
        .to_owned()
}

fn expected(truth: &Value) -> Elements {
    let mut all = Elements::new();
    for (kind, field) in [
        ("title", "title"),
        ("publisher", "publisher"),
        ("adopted", "adopted"),
    ] {
        if let Some(text) = words(&truth[field]) {
            all.entry(kind).or_default().push(text);
        }
    }
    let day = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    if truth["start"].is_string() {
        all.entry("plan's period").or_default().push(format!(
            "{} {}",
            day(&truth["start"]),
            day(&truth["end"])
        ));
    }
    for activity in truth["activities"].as_array().unwrap() {
        let title = words(&activity["title"]).unwrap();
        let mut add = |kind, text: String| all.entry(kind).or_default().push(text);
        add("activities", title.clone());
        for (kind, field) in [
            ("areas", "area"),
            ("part of", "parent"),
            ("wordings of periods", "period"),
            ("wordings of statuses", "status"),
            ("outcomes", "outcome"),
        ] {
            // What stands under an activity stands under its area.
            let inherited = kind == "areas" && activity["parent"].is_string();
            if let Some(text) = words(&activity[field]).filter(|_| !inherited) {
                add(kind, format!("{title} | {text}"));
            }
        }
        if activity["start"].is_string() || activity["end"].is_string() {
            add(
                "periods",
                format!(
                    "{title} | {} {}",
                    day(&activity["start"]),
                    day(&activity["end"])
                ),
            );
        }
        for party in activity["parties"].as_array().unwrap() {
            add(
                "responsibles",
                format!("{title} | {}", words(party).unwrap()),
            );
        }
    }
    all
}

fn first(values: &Values<Text>) -> Option<String> {
    values.first().map(|text| tidy(&text.text))
}

fn title(activity: &Activity) -> String {
    first(&activity.title).unwrap_or_default()
}

/// What was read, in the same form. `wanted` are the words expected of responsibles: they count
/// as read where all of them stand in the wordings of the activity's parties.
fn elements(
    imported: &Imported,
    name: &dyn Fn(&Iri) -> Option<String>,
    wanted: &Elements,
) -> Elements {
    let mut all = Elements::new();
    let Some((_, produced)) = imported.plans.first() else {
        return all;
    };
    let plan = &produced.plan;
    let mut add = |kind, text: String| all.entry(kind).or_default().push(text);
    // A document that has no title or period of its own gets one derived.
    let has = |kind| wanted.contains_key(kind);
    if let Some(text) = first(&plan.title).filter(|_| has("title")) {
        add("title", text);
    }
    if let Some(name) = plan.creator.first().and_then(name) {
        add("publisher", name);
    }
    if let Some(date) = plan.date_accepted.first() {
        add("adopted", date.to_string());
    }
    let day = |date: Option<&Date>| date.map_or_else(|| "-".to_owned(), ToString::to_string);
    for linked in plan.temporal.values().filter(|_| has("plan's period")) {
        add(
            "plan's period",
            format!(
                "{} {}",
                day(linked.node.start.first()),
                day(linked.node.end.first())
            ),
        );
    }
    let empty = Vec::new();
    let wanted = wanted.get("responsibles").unwrap_or(&empty);
    for (_, produced) in &imported.plans {
        activities(&produced.plan, name, wanted, &mut add);
    }
    all
}

fn activities(
    plan: &Plan,
    name: &dyn Fn(&Iri) -> Option<String>,
    wanted: &[String],
    add: &mut dyn FnMut(&'static str, String),
) {
    for (iri, activity) in &plan.activities {
        let title = title(activity);
        add("activities", title.clone());
        let area = activity
            .focus_area
            .first()
            .and_then(|area| plan.areas.get(area));
        if let Some(label) = area.and_then(|area| first(&area.label)) {
            add("areas", format!("{title} | {label}"));
        }
        let parent = activity
            .sub_activity_of
            .first()
            .and_then(|parent| plan.activities.get(parent));
        if let Some(parent) = parent {
            add("part of", format!("{title} | {}", self::title(parent)));
        }
        let day = |date: Option<&Date>| date.map_or_else(|| "-".to_owned(), ToString::to_string);
        for linked in activity.temporal.values() {
            let period = &linked.node;
            if let Some(text) = first(&period.source_text) {
                add("wordings of periods", format!("{title} | {text}"));
            }
            if !period.start.is_empty() || !period.end.is_empty() {
                add(
                    "periods",
                    format!(
                        "{title} | {} {}",
                        day(period.start.first()),
                        day(period.end.first())
                    ),
                );
            }
        }
        let when = activity.temporal.values().next();
        let when = when.and_then(|linked| first(&linked.node.source_text));
        // "Löpande" in the column of periods tells a status too.
        if let Some(text) = first(&activity.status_text).filter(|text| Some(text) != when.as_ref())
        {
            add("wordings of statuses", format!("{title} | {text}"));
        }
        for follow_up in plan.follow_ups.values() {
            if follow_up.follow_up_of.iter().any(|of| of == iri)
                && let Some(text) = first(&follow_up.description)
            {
                add("outcomes", format!("{title} | {text}"));
            }
        }
        let mut read = String::new();
        let mut count = 0;
        for linked in activity.participation.values() {
            let text = first(&linked.node.source_text).unwrap_or_default();
            let who = linked
                .node
                .participant
                .first()
                .and_then(name)
                .unwrap_or_default();
            let _ = write!(read, " {text} {who}");
            count += 1;
        }
        let own: Vec<&String> = wanted
            .iter()
            .filter(|text| text.starts_with(&format!("{title} | ")))
            .collect();
        if own.is_empty() && count > 0 {
            add("responsibles", format!("{title} | {read}"));
        }
        for text in own {
            let words = text.split(" | ").nth(1).unwrap_or_default();
            // Words between names are in no name.
            let all = words
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| {
                    word.chars().count() > 2 && !["och", "samt", "and", "mfl"].contains(word)
                })
                .all(|word| read.contains(word));
            if all {
                add("responsibles", text.clone());
            }
        }
    }
}

/// What was read of a document, beside what is wanted of it.
fn read(path: &Path, truth: &Value) -> Result<(Elements, Elements), Refusal> {
    let imported = plans_of(path)?;
    let names = directory();
    let agents = imported
        .plans
        .iter()
        .flat_map(|(_, produced)| produced.agents.values());
    let new: BTreeMap<Iri, String> = agents
        .map(|agent| (agent.iri.clone(), agent.name.clone()))
        .collect();
    let name = |iri: &Iri| {
        let known = names.agent(iri).and_then(|agent| agent.names.first());
        known.or_else(|| new.get(iri)).cloned()
    };
    let wanted = expected(truth);
    let found = elements(&imported, &name, &wanted);
    Ok((wanted, found))
}

/// How much was read of each document of some formats, and of all by kind.
pub(crate) fn report(of: &dyn Fn(&str) -> bool) -> (String, Tally) {
    let mut total = Tally::default();
    let mut report = String::new();
    for (path, truth) in documents() {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let ending = path.extension().unwrap().to_string_lossy().into_owned();
        if !of(&ending) {
            continue;
        }
        let (wanted, found) = match read(&path, &truth) {
            Ok(both) => both,
            Err(refusal) => panic!("{file}: {}", refusal.en),
        };
        let mut tally = Tally::default();
        tally.add(&wanted, &found, &file);
        let (precision, recall) = tally.all();
        let _ = writeln!(report, "{file:<42}{precision:>10.2}{recall:>8.2}");
        total.add(&wanted, &found, "");
    }
    (format!("{report}\n{}", total.table()), total)
}

#[test]
fn documents_of_other_kinds_are_read() {
    let (report, _) = report(&|ending| ending != "pdf");
    eprintln!("{report}");
    insta::assert_snapshot!("import_documents", report);
}

/// Which words stand where is for `pdftotext` to say, and its versions differ a little.
#[test]
fn pdf_documents_of_other_kinds_are_read() {
    let (path, truth) = documents()
        .into_iter()
        .find(|(path, _)| path.extension().is_some_and(|ending| ending == "pdf"))
        .unwrap();
    if read(&path, &truth).is_err_and(|refusal| refusal.en.contains("which is missing")) {
        eprintln!("SKIPPED: pdftotext is not installed, so documents in PDF are not read");
        return;
    }
    let (report, total) = report(&|ending| ending == "pdf");
    eprintln!("{report}");
    let (precision, recall) = total.all();
    assert!(precision > 0.9 && recall > 0.9, "{report}");
}
