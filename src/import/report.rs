//! What came of an import, for a person and as JSON.

mod activities;
mod changes;

pub use activities::Name;
pub use changes::changes;

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::assemble::Produced;
use super::plans::Imported;
use super::remark::{Kind, Remark};
use crate::model::{Iri, Language, Plan};

/// How many of its parts a plan has, as a person counts them.
fn counts(plan: &Plan) -> Vec<(&'static str, usize)> {
    let activities = plan.activities.values();
    let with =
        |has: fn(&crate::model::Activity) -> bool| activities.clone().filter(|a| has(a)).count();
    vec![
        ("focus areas", plan.areas.len()),
        ("activities", with(|a| a.sub_activity_of.is_empty())),
        ("sub-activities", with(|a| !a.sub_activity_of.is_empty())),
        ("with a period", with(|a| !a.temporal.is_empty())),
        (
            "with somebody responsible",
            with(|a| !a.responsible.is_empty()),
        ),
        ("with a status", with(|a| !a.status.is_empty())),
        ("follow-ups", plan.follow_ups.len()),
        ("footnotes", plan.footnotes.len()),
        ("references", plan.named.len()),
        ("sections", plan.sections.len()),
    ]
}

/// The report for a terminal. `name` gives the name of an organisation that was known.
pub fn text(imported: &Imported, document: &str, name: Name<'_>) -> String {
    let mut out = String::new();
    for (id, produced) in &imported.plans {
        let name = named(produced, name);
        let plan = &produced.plan;
        let title = activities::some(&plan.title).unwrap_or_default();
        let _ = writeln!(out, "{id}: {}", shortened(&title));
        let owner = plan.creator.first().and_then(&name);
        let period = plan.temporal.values().next();
        let period = period.and_then(|linked| activities::some(&linked.node.source_text));
        let about: Vec<String> = owner.into_iter().chain(period).collect();
        let _ = writeln!(out, "  {}", about.join(", "));
        for (what, count) in counts(&produced.plan)
            .iter()
            .filter(|(_, count)| *count > 0)
        {
            let _ = writeln!(out, "  {count:>4} {what}");
        }
        let table = activities::table(plan, &name);
        if !table.is_empty() {
            let _ = writeln!(out, "\n{table}");
        }
    }
    if !imported.remarks.is_empty() {
        let count = imported.remarks.len();
        let words = if count == 1 { "thing" } else { "things" };
        let _ = writeln!(out, "{count} {words} to look at:");
    }
    // What is lost or odd first: what was merely assumed may fill pages.
    let mut remarks: Vec<&Remark> = imported.remarks.iter().collect();
    remarks.sort_by_key(|remark| remark.kind == Kind::Assumed);
    for remark in remarks {
        let _ = writeln!(out, "{}", line(remark, document));
    }
    out
}

/// The names of known organisations and of those that the import makes.
fn named<'a>(produced: &'a Produced, name: Name<'a>) -> impl Fn(&Iri) -> Option<String> + 'a {
    move |iri| name(iri).or_else(|| Some(produced.agents.get(iri)?.name.clone()))
}

/// `file:line: kind: “words” → what was made of them`.
pub fn line(remark: &Remark, document: &str) -> String {
    let at = remark
        .line
        .map_or_else(|| document.to_owned(), |line| format!("{document}:{line}"));
    let read = if remark.read.is_empty() {
        String::new()
    } else {
        format!("“{}” → ", shortened(&remark.read))
    };
    format!("{at}: {}: {read}{}", remark.kind.key(), remark.en)
}

/// Enough of the words to find them.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.replace('\n', " ");
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{}…", start.replace('\n', " "))
}

/// The report as JSON: `plans` with title, publisher, period, day of adoption, counts, new
/// organisations and activities (what was read of each), and `findings` with the line of the
/// source text, the kind, the words read, and what to check in both languages. `name` gives the
/// name of an organisation that was known.
pub fn json(imported: &Imported, document: &str, written: &[String], name: Name<'_>) -> Value {
    let plans: Vec<Value> = imported
        .plans
        .iter()
        .map(|(id, produced)| {
            let counts: serde_json::Map<String, Value> = counts(&produced.plan)
                .into_iter()
                .map(|(what, count)| (what.to_owned(), count.into()))
                .collect();
            let agents: Vec<Value> = produced
                .agents
                .values()
                .map(|agent| json!({ "iri": agent.iri.as_str(), "name": agent.name }))
                .collect();
            let name = named(produced, name);
            let plan = &produced.plan;
            let period = plan.temporal.values().next();
            json!({
                "id": id.as_str(),
                "title": activities::some(&plan.title),
                "publisher": plan.creator.first().and_then(&name),
                "period": period.map(|linked| activities::period(&linked.node)),
                "adopted": plan.date_accepted.first().map(ToString::to_string),
                "counts": counts,
                "newOrganisations": agents,
                "activities": activities::json(plan, &name),
            })
        })
        .collect();
    let findings: Vec<Value> = imported.remarks.iter().map(finding).collect();
    json!({
        "document": document,
        "plans": plans,
        "written": written,
        "findings": findings,
    })
}

/// A remark as JSON: the line of the source text, the kind, the words read, what to check.
pub fn finding(remark: &Remark) -> Value {
    let message = |language: Language| language.pick(remark.sv.as_str(), remark.en.as_str());
    json!({
        "line": remark.line,
        "kind": remark.kind.key(),
        "read": remark.read,
        "node": remark.node,
        "message": { "sv": message(Language::Sv), "en": message(Language::En) },
    })
}
