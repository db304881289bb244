//! A plan in numbers: how large it is, how far it has come, who answers for how much.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::view::PlanView;
use super::{marks, words};
use crate::model::{Iri, Role, Status};
use crate::views::Error;

/// How many activities, without the bullets under them, have which status.
pub(super) fn statuses(view: PlanView<'_>) -> Vec<(Status, usize)> {
    let activities = view.activities(|activity| activity.sub_activity_of.is_empty());
    tally(
        activities
            .iter()
            .filter_map(|(_, activity)| activity.status.first().copied()),
    )
}

fn tally<T: Ord>(items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

/// How large a plan is: “18 aktiviteter i 3 områden”.
pub(super) fn size(view: PlanView<'_>) -> String {
    let language = view.facts.language;
    let activities = view
        .activities(|activity| activity.sub_activity_of.is_empty())
        .len();
    let activities = words::count(
        activities,
        ("aktivitet", "aktiviteter"),
        ("activity", "activities"),
        language,
    );
    if view.plan.areas.is_empty() {
        return activities;
    }
    let areas = words::count(
        view.plan.areas.len(),
        ("område", "områden"),
        ("area", "areas"),
        language,
    );
    format!("{activities} {} {areas}", language.pick("i", "in"))
}

/// The plan in numbers.
pub(super) fn overview(view: PlanView<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let statuses = statuses(view);
    let outcomes = tally(
        view.plan
            .follow_ups
            .values()
            .filter_map(|follow_up| follow_up.status.first().copied()),
    );
    let followed: usize = outcomes.iter().map(|(_, many)| many).sum();
    let without = view.plan.follow_ups.len() - followed;
    let bullets = view.plan.activities.len()
        - view
            .activities(|activity| activity.sub_activity_of.is_empty())
            .len();
    Ok(html! {
        section #overview aria-labelledby="overview-heading" {
            h2 #overview-heading { (facts.pick("I korthet", "In brief")) }
            p.lead {
                (size(view))
                @if bullets > 0 {
                    ", " (facts.pick("med ", "with "))
                    (words::count(bullets, ("underpunkt", "underpunkter"), ("sub-activity", "sub-activities"), facts.language))
                }
                "."
            }
            @if !statuses.is_empty() {
                h3 { (facts.pick("Aktiviteternas status", "Status of the activities")) }
                (marks::distribution(facts, &statuses)?)
            } @else if view.plan.follow_ups.is_empty() {
                p { (facts.pick("Dokumentet anger ingen status.", "The document states no status.")) }
            }
            @if !view.plan.follow_ups.is_empty() {
                h3 { (facts.pick("Vad det blev", "What came of it")) }
                p {
                    (words::count(view.plan.follow_ups.len(), ("utfall är redovisat", "utfall är redovisade"), ("outcome is reported", "outcomes are reported"), facts.language)) "."
                    @if without > 0 {
                        " " (facts.language.pick(
                            format!("För {without} av dem säger texten inte hur långt arbetet har kommit."),
                            format!("For {without} of them the text does not say how far the work has come.")))
                    }
                }
                @if !outcomes.is_empty() { (marks::distribution(facts, &outcomes)?) }
            }
            (leaders(view)?)
        }
    })
}

/// Who answers for how many activities.
fn leaders(view: PlanView<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut counts: BTreeMap<&Iri, usize> = BTreeMap::new();
    let mut unnamed = 0;
    for (_, activity) in view.activities(|activity| activity.sub_activity_of.is_empty()) {
        let mut agents: Vec<&Iri> = activity
            .participation
            .values()
            .filter(|part| {
                part.node
                    .role
                    .iter()
                    .any(|role| matches!(role, Role::Lead | Role::Responsible))
            })
            .filter_map(|part| part.node.participant.first())
            .collect();
        agents.sort_unstable();
        agents.dedup();
        unnamed += usize::from(agents.is_empty());
        for agent in agents {
            *counts.entry(agent).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return Ok(html! {
            p { (facts.pick("Dokumentet anger inte vem som ansvarar för aktiviteterna.", "The document does not say who is responsible for the activities.")) }
        });
    }
    let mut rows = Vec::new();
    for iri in facts.by_name(counts.keys().map(|iri| iri.as_str().to_owned()).collect())? {
        let many = counts
            .iter()
            .find(|(agent, _)| agent.as_str() == iri)
            .map_or(0, |(_, many)| *many);
        rows.push((many, facts.link(&iri)?));
    }
    rows.sort_by_key(|(many, _)| std::cmp::Reverse(*many));
    Ok(html! {
        h3 { (facts.pick("Vem som ansvarar", "Who is responsible")) }
        ul.tally {
            @for (many, link) in &rows {
                li { (link) " " span.quiet { (words::count(*many, ("aktivitet", "aktiviteter"), ("activity", "activities"), facts.language)) } }
            }
            @if unnamed > 0 {
                li { (facts.pick("Ingen angiven", "Nobody named")) " " span.quiet { (words::count(unnamed, ("aktivitet", "aktiviteter"), ("activity", "activities"), facts.language)) } }
            }
        }
    })
}
