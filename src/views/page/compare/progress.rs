//! How far what serves the goals has come, and who is responsible for it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::details::unknown;
use super::numbers::number;
use super::{View, plan_link};
use crate::compare::query::Number;
use crate::compare::reach::{self, Reach, Statuses};
use crate::compare::request::Wanted;
use crate::model::{Iri, Sector, Status};
use crate::views::Error;
use crate::views::page::{lists, marks};

/// How many of those responsible are listed by name.
const AGENTS: usize = 12;

/// The statuses of what serves some goal, plan by plan.
pub(super) fn statuses(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let plans = view.comparison.plans.iter();
    let all: Vec<_> = plans.map(reach::statuses).collect();
    let shown: Vec<Status> = Status::ALL
        .iter()
        .copied()
        .filter(|status| all.iter().any(|one| one.known.contains_key(status)))
        .collect();
    let mut heads = vec![facts.pick("Plan", "Plan").to_owned()];
    for status in &shown {
        heads.push(marks::status_name(facts, *status)?.text);
    }
    heads.push(facts.pick("Okänd", "Unknown").to_owned());
    heads.push(facts.pick("Med utfall", "With an outcome").to_owned());
    let mut rows = Vec::new();
    for (at, (id, plan, _)) in view.made.plans.iter().enumerate() {
        let (Some(of_plan), Some(compared)) = (all.get(at), view.comparison.plans.get(at)) else {
            continue;
        };
        let mut cells = vec![plan_link(view, id, plan)];
        for status in &shown {
            let many = of_plan.known.get(status).copied().unwrap_or(0);
            let what = Number::WithStatus(&plan.iri, Wanted::Status(*status));
            // A plan that says nothing of progress has not none of it.
            cells.push(if says(of_plan) || many > 0 {
                number(view, many, what)
            } else {
                html! { span.quiet { (facts.pick("anges inte", "not given")) } }
            });
        }
        let what = Number::WithStatus(&plan.iri, Wanted::Unknown);
        cells.push(html! {
            (number(view, of_plan.unknown, what))
            @if of_plan.unknown > 0 { br; span.quiet { (unknown(view, compared)) } }
        });
        cells.push(if plan.has_outcomes {
            number(view, of_plan.with_outcome, Number::WithOutcome(&plan.iri))
        } else {
            html! { span.quiet { (facts.pick("ej rapporterat", "not reported")) } }
        });
        rows.push(cells);
    }
    let name = facts.pick("Hur långt det har kommit", "How far it has come");
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    Ok(html! {
        section.wide-text aria-labelledby="statuses" {
            h2 #statuses { (name) }
            p.words { (facts.pick(
                "Aktiviteter som bidrar till något av målen. Statusen är den senaste uppföljningens, annars planens egen, översatt till den gemensamma skalan; dokumentets eget ord står vid varje aktivitet ovan.",
                "Activities that serve some of the goals. The status is that of the latest follow-up, else the plan's own, in the common scheme; the document's own word stands with each activity above.")) " "
                a href=(facts.site.page("status-word")) { (facts.pick("Så översätts orden", "How the words are translated")) } "."
            }
            (lists::table(&format!("{}: {name}", facts.pick("Tabell", "Table")), &heads, &rows))
        }
    })
}

/// Whether a plan says of anything how far it has come; an empty cell says nothing.
fn says(statuses: &Statuses) -> bool {
    let mut known = statuses.known.keys();
    known.any(|status| *status != Status::NotStated)
}

/// Who is responsible for what serves some goal.
pub(super) fn reach(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let plans = view.comparison.plans.iter();
    let all: Vec<_> = plans
        .map(|plan| reach::reach(plan, &view.made.reference))
        .collect();
    let heads = facts.language.pick(
        [
            "Plan",
            "Region",
            "Kommuner",
            "Staten",
            "Andra",
            "Ingen angiven",
        ],
        [
            "Plan",
            "Region",
            "Municipalities",
            "State",
            "Others",
            "Nobody named",
        ],
    );
    let mut rows = Vec::new();
    for ((id, plan, _), of_plan) in view.made.plans.iter().zip(&all) {
        let mut cells = vec![plan_link(view, id, plan)];
        for sector in Sector::ALL {
            let many = of_plan.sectors.get(&sector).copied().unwrap_or(0);
            let nobody_named = of_plan.nobody > 0 && of_plan.agents.is_empty();
            cells.push(if nobody_named {
                html! { span.quiet { (facts.pick("anges inte", "not given")) } }
            } else {
                number(view, many, Number::BySector(&plan.iri, sector))
            });
        }
        cells.push(number(view, of_plan.nobody, Number::ByNobody(&plan.iri)));
        rows.push(cells);
    }
    let name = facts.pick("Vem som ansvarar", "Who is responsible");
    Ok(html! {
        section.wide-text aria-labelledby="reach" {
            h2 #reach { (name) }
            p.words { (facts.pick(
                "Hur många av aktiviteterna som bidrar till något mål som har någon av varje slag som ansvarig. En aktivitet med flera ansvariga räknas på flera ställen.",
                "How many of the activities that serve some goal have somebody of each kind responsible. An activity with several counts in several places.")) }
            (lists::table(&format!("{}: {name}", facts.pick("Tabell", "Table")), &heads, &rows))
            (agents(view, &all)?)
        }
    })
}

/// Those responsible for most, each with the plans they stand in.
fn agents(view: View<'_>, all: &[Reach]) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut sums: BTreeMap<&Iri, usize> = BTreeMap::new();
    for of_plan in all {
        for (agent, many) in &of_plan.agents {
            *sums.entry(agent).or_default() += many;
        }
    }
    let mut sorted: Vec<_> = sums.into_iter().collect();
    sorted.sort_by_key(|(iri, many)| (std::cmp::Reverse(*many), *iri));
    let left = sorted.len().saturating_sub(AGENTS);
    let mut items = Vec::new();
    for (agent, _) in sorted.into_iter().take(AGENTS) {
        let link = facts.link(agent.as_str())?;
        let mut parts = Vec::new();
        for ((id, plan, _), of_plan) in view.made.plans.iter().zip(all) {
            if let Some(many) = of_plan.agents.get(agent) {
                let what = Number::ByAgent(&plan.iri, agent);
                parts.push(html! { (plan_link(view, id, plan)) " " (number(view, *many, what)) });
            }
        }
        items.push(html! {
            li { (link) ": " @for (index, part) in parts.iter().enumerate() { @if index > 0 { ", " } (part) } }
        });
    }
    Ok(html! {
        @if !items.is_empty() {
            details {
                summary { (facts.pick("De som ansvarar för flest", "Those responsible for most")) }
                ul { @for item in &items { (item) } }
                @if left > 0 { p.quiet { (facts.pick("Fler ansvarar för färre.", "More are responsible for fewer.")) } }
            }
        }
    })
}
