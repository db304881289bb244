//! What the importer alone makes of the two documents that `data/` was made from by hand,
//! element by element.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use oxrdf::Graph;
use proptest::prelude::*;
use samplan::import::plans::{Given, Imported, Present, plans};
use samplan::import::read;
use samplan::import::value::Directory;
use samplan::model::{Activity, Date, Plan, PlanId};
use samplan::rdf::{Base, parse};

use crate::support::{folder, plan, root};

/// Elements of one kind, each a text that holds all that must agree.
type Elements = BTreeMap<&'static str, Vec<String>>;

fn directory() -> Directory {
    let base = Base::default();
    let graphs: Vec<Graph> = folder()
        .reference()
        .iter()
        .map(|(file, bytes)| parse::turtle(bytes, &base, file).0)
        .collect();
    Directory::new(&graphs, &base)
}

/// The plans of a source text of `data/`, read as if nothing were there.
fn imported(id: &str) -> Imported {
    plans_of(&root().join(format!("data/plans/{id}/source.txt"))).unwrap()
}

/// The plans of a document, read as if nothing were there.
fn plans_of(path: &Path) -> Result<Imported, read::Refusal> {
    let base = Base::default();
    let directory = directory();
    let present = Present {
        base: &base,
        directory: &directory,
        plan: &|_| None,
        today: Date::new(2026, 11, 25).unwrap(),
    };
    plans(read::file(path)?, &Given::default(), &present, &|_| {})
}

fn first_line(activity: &Activity) -> String {
    let first = activity.source_range.iter().next();
    first
        .map(|range| format!("L{}", range.first))
        .unwrap_or_default()
}

fn elements(plan: &Plan) -> Elements {
    let mut all = Elements::new();
    let mut add = |kind, element: String| all.entry(kind).or_default().push(element);
    for activity in plan.activities.values() {
        let at = first_line(activity);
        add("activities", at.clone());
        for title in activity.title.iter().filter(|title| title.language == "sv") {
            add("titles", format!("{at} {}", title.text));
        }
        for text in activity.alternative.iter() {
            add("other wordings", format!("{at} {}", text.text));
        }
        for text in activity.description.iter() {
            add("descriptions", format!("{at} {}", text.text));
        }
        for linked in activity.temporal.values() {
            let period = &linked.node;
            let day = |date: Option<&Date>| date.map(ToString::to_string).unwrap_or_default();
            let words = period.source_text.first().map(|text| text.text.clone());
            add(
                "periods",
                format!(
                    "{at} {} {} {}",
                    day(period.start.first()),
                    day(period.end.first()),
                    words.unwrap_or_default()
                ),
            );
        }
        for linked in activity.participation.values() {
            let part = &linked.node;
            let words = part.source_text.first().map(|text| text.text.clone());
            let words = words.unwrap_or_default();
            if words.eq_ignore_ascii_case("x") {
                let column = part.identifier.first().cloned().unwrap_or_default();
                add("matrix marks", format!("{at} {column} {words}"));
            }
            let role = part.role.first().map_or("-", |role| role.key());
            let who = part.participant.first().map(ToString::to_string);
            add(
                "responsibles",
                format!("{at} {role} {}", who.unwrap_or_default()),
            );
        }
        for status in activity.status.iter() {
            add("statuses", format!("{at} {}", status.key()));
        }
    }
    for follow_up in plan.follow_ups.values() {
        let text = follow_up.description.first();
        add(
            "outcomes",
            text.map(|text| text.text.clone()).unwrap_or_default(),
        );
        for status in follow_up.status.iter() {
            let text = text.map(|text| text.text.chars().take(30).collect::<String>());
            add(
                "statuses of outcomes",
                format!("{} {}", text.unwrap_or_default(), status.key()),
            );
        }
    }
    for footnote in plan.footnotes.values() {
        let text = footnote.text.first().map(|text| text.text.clone());
        let mark = footnote.marker.first().cloned().unwrap_or_default();
        add("footnotes", format!("{mark} {}", text.unwrap_or_default()));
    }
    for area in plan.areas.values() {
        let label = area
            .label
            .first()
            .map(|text| text.text.clone())
            .unwrap_or_default();
        for (kind, texts) in [("areas", &area.r#abstract), ("areas", &area.description)] {
            for text in texts.iter() {
                add(kind, format!("{label}: {}", text.text));
            }
        }
    }
    for section in plan.sections.values() {
        let title = section.title.first().map(|text| text.text.clone());
        let text = section.description.first().map(|text| text.text.clone());
        add(
            "sections",
            format!("{} {}", title.unwrap_or_default(), text.unwrap_or_default()),
        );
    }
    for named in plan.named.values() {
        let title = named.title.first().map(|text| text.text.clone());
        add("references", title.unwrap_or_default());
    }
    all
}

/// The elements that both have, a text as often as it stands in both.
fn shared(truth: &[String], found: &[String]) -> (usize, Vec<String>, Vec<String>) {
    let mut left = truth.to_vec();
    let mut extra = Vec::new();
    let mut hits = 0;
    for element in found {
        if let Some(at) = left.iter().position(|other| other == element) {
            left.swap_remove(at);
            hits += 1;
        } else {
            extra.push(element.clone());
        }
    }
    (hits, left, extra)
}

#[test]
fn the_importer_alone_yields_what_data_holds() {
    let mut truth = Elements::new();
    let mut found = Elements::new();
    let add = |into: &mut Elements, plan: &Plan| {
        for (kind, elements) in elements(plan) {
            into.entry(kind).or_default().extend(elements);
        }
    };
    for id in [
        "vastmanland-2021-2022",
        "vastmanland-2018-2020",
        "vasterbotten-2026",
    ] {
        add(&mut truth, &plan(id).plan);
    }
    for id in ["vastmanland-2021-2022", "vasterbotten-2026"] {
        for (_, produced) in imported(id).plans {
            add(&mut found, &produced.plan);
        }
    }
    let mut table = format!(
        "{:<22}{:>7}{:>7}{:>11}{:>8}\n",
        "", "data", "read", "precision", "recall"
    );
    let empty = Vec::new();
    for (kind, truth) in &truth {
        let found = found.get(kind).unwrap_or(&empty);
        let (hits, missing, extra) = shared(truth, found);
        let ratio = |of: usize| match of {
            0 => 0.0,
            #[expect(clippy::cast_precision_loss, reason = "counts of elements")]
            of => hits as f64 / of as f64,
        };
        let _ = writeln!(
            table,
            "{kind:<22}{:>7}{:>7}{:>11.2}{:>8.2}",
            truth.len(),
            found.len(),
            ratio(found.len()),
            ratio(truth.len())
        );
        if std::env::var_os("SAMPLAN_SHOW").is_some() {
            eprintln!("{kind}\n  missing {missing:#?}\n  extra {extra:#?}");
        }
    }
    eprintln!("{table}");
    insta::assert_snapshot!("import_seeds", table);
}

#[test]
fn both_editions_of_a_follow_up_are_found() {
    let ids: Vec<PlanId> = imported("vastmanland-2021-2022")
        .plans
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let ids: Vec<&str> = ids.iter().map(PlanId::as_str).collect();
    assert_eq!(ids, ["vastmanland-2021-2022", "vastmanland-2018-2020"]);
}

/// Lines of a source text, some left out, doubled, cut or joined.
fn mutated() -> impl Strategy<Value = String> {
    let text = |id: &str| fs::read_to_string(root().join(format!("data/plans/{id}/source.txt")));
    let texts = ["vastmanland-2021-2022", "vasterbotten-2026"].map(|id| text(id).unwrap());
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..5_u8), 0..60);
    (prop::sample::select(texts.to_vec()), edits).prop_map(|(text, edits)| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (at, edit) in edits {
            let at = at.index(lines.len());
            let other = lines[(at * 7 + 3) % lines.len()].clone();
            match edit {
                0 => lines[at].clear(),
                1 => lines[at] = format!("{}\t{other}", lines[at]),
                2 => lines[at] = lines[at].chars().rev().collect(),
                3 => lines[at] = lines[at].chars().skip(3).collect(),
                _ => lines.insert(at, other),
            }
        }
        lines.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever becomes of a document, it is read or refused; and what is read is a plan.
    #[test]
    fn a_mutated_document_never_panics(text in mutated()) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plan.txt");
        fs::write(&path, text).unwrap();
        if let Ok(imported) = plans_of(&path) {
            prop_assert!(!imported.plans.is_empty());
        }
    }
}
