//! What the reader chooses: plans, framework, county, year, status, who is responsible, order.
//! A plain form, which sends what is chosen in the address.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::{View, best, plan_link, short_name};
use crate::compare::Order;
use crate::compare::request::Wanted;
use crate::model::{Iri, PlanId};
use crate::store::Snapshot;
use crate::views::Error;
use crate::views::comparison::{self, Asked, COMPARE, PAGE};
use crate::views::page::facts::Facts;
use crate::views::page::marks;

/// Beyond so many plans a list of them to tick is no help; county and year narrow it first.
const MOST_PLANS: usize = 60;

/// The most of those responsible that are offered.
const MOST_AGENTS: usize = 200;

pub(super) fn form(view: View<'_>) -> Result<Markup, Error> {
    if view.made.asked.is_cited() {
        return Ok(cited(view));
    }
    let facts = view.facts;
    let asked = &view.made.asked;
    let plans = plans(view)?;
    let frameworks = frameworks(facts, &asked.framework)?;
    let statuses = statuses(view)?;
    let responsible = responsible(view)?;
    Ok(html! {
        form.choose action=(facts.site.file(COMPARE)) method="get" {
            input type="hidden" name="lang" value=(facts.language.tag());
            div.parameters {
                div.field {
                    label for="framework" { (facts.pick("Ramverk", "Framework")) }
                    select #framework name="framework" { (frameworks) }
                }
                div.field {
                    label for="region" { (facts.pick("Län", "County")) }
                    select #region name="region" { (counties(view)) }
                }
                div.field {
                    label for="year" { (facts.pick("År", "Year")) }
                    input #year type="number" name="year" min="1000" max="9999" value=[asked.year];
                }
                div.field {
                    label for="responsible" { (facts.pick("Ansvarig", "Responsible")) }
                    select #responsible name="responsible" { (responsible) }
                }
                div.field {
                    label for="sort" { (facts.pick("Målens ordning", "Order of the goals")) }
                    select #sort name="sort" { (orders(view)) }
                }
            }
            (plans)
            (statuses)
            button type="submit" { (facts.pick("Jämför", "Compare")) }
            @if !asked.is_plain() {
                " " a href=(facts.site.page(&asked.path())) { (facts.pick("Rensa urvalet", "Clear the selection")) }
            }
        }
        (pager(view))
    })
}

/// A cited comparison stands as it is; who wants another goes on from today's.
fn cited(view: View<'_>) -> Markup {
    let facts = view.facts;
    let mut today = view.made.asked.clone();
    today.reference = None;
    for picked in &mut today.plans {
        picked.revision = None;
    }
    let href = format!(
        "{}&lang={}",
        facts.site.file(&today.address()),
        facts.language.tag()
    );
    html! {
        p.words {
            (facts.pick("Den här adressen namnger de revisioner som jämförelsen bygger på. ", "This address names the revisions that the comparison rests on. "))
            a href=(href) { (facts.pick("Ändra urvalet", "Change the selection")) } "."
        }
    }
}

fn option(value: &str, chosen: bool, text: &str, lang: Option<&str>) -> Markup {
    html! { option value=(value) selected[chosen] lang=[lang] { (text) } }
}

/// The frameworks that plans are reviewed against, and the one shown.
fn frameworks(facts: Facts<'_>, shown: &str) -> Result<Markup, Error> {
    let mut options = Vec::new();
    for (id, name) in compared_frameworks(facts.snapshot)? {
        let name = best(&name, facts.language);
        let lang = name.lang(facts.language).map(str::to_owned);
        options.push(option(&id, id == shown, &name.text, lang.as_deref()));
    }
    Ok(html! { @for one in &options { (one) } })
}

/// The ids and names of the frameworks with goals, those that plans have to do with first.
pub(super) fn compared_frameworks(
    snapshot: &Snapshot,
) -> Result<Vec<(String, Vec<crate::model::Text>)>, Error> {
    let reference = snapshot.reference()?;
    let serving = comparison::serving_of(snapshot)?;
    let mut found: Vec<_> = reference
        .frameworks
        .values()
        .filter(|framework| !framework.goals.is_empty())
        .map(|framework| {
            let plans = serving.frameworks.get(&framework.iri).map_or(0, Vec::len);
            (
                std::cmp::Reverse(plans),
                framework.id.clone(),
                framework.names.clone(),
            )
        })
        .collect();
    found.sort();
    Ok(found
        .into_iter()
        .map(|(_, id, names)| (id, names))
        .collect())
}

fn counties(view: View<'_>) -> Markup {
    let facts = view.facts;
    let asked = &view.made.asked.regions;
    let mut counties: Vec<_> = view
        .made
        .reference
        .places
        .values()
        .filter_map(|county| Some((county.code.clone()?, best(&county.names, facts.language))))
        .collect();
    counties.sort_by(|one, other| one.0.cmp(&other.0));
    html! {
        option value="" { (facts.pick("Alla", "All")) }
        @for (code, name) in &counties { (option(code, asked.contains(code), &name.text, name.lang(facts.language))) }
    }
}

fn orders(view: View<'_>) -> Markup {
    let facts = view.facts;
    let names = |order| match order {
        Order::Framework => facts.pick("Ramverkets", "That of the framework"),
        Order::Most => facts.pick("Flest planer först", "Most plans first"),
        Order::Fewest => facts.pick("Färst planer först", "Fewest plans first"),
    };
    html! {
        @for order in Order::ALL { (option(order.key(), view.made.asked.order == order, names(order), None)) }
    }
}

/// The plans to tick; none ticked means all.
fn plans(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let asked = &view.made.asked;
    let serving = comparison::serving_of(facts.snapshot)?;
    let found = serving.frameworks.get(&view.comparison.framework.iri);
    let named: BTreeSet<&PlanId> = asked.plans.iter().map(|plan| &plan.id).collect();
    let mut offered: BTreeSet<&PlanId> = named.clone();
    let candidates = found.into_iter().flatten();
    offered.extend(candidates.take(MOST_PLANS + 1));
    if offered.len() > MOST_PLANS {
        offered.clone_from(&named);
        offered.extend(view.made.plans.iter().map(|(id, ..)| id));
    }
    let mut boxes = Vec::new();
    for id in offered {
        let Some(entry) = facts.snapshot.plans().get(id) else {
            continue;
        };
        let name = short_name(view, &*comparison::facts_of(entry)?);
        boxes.push(html! {
            li {
                label {
                    input type="checkbox" name="plan" value=(id) checked[named.contains(id)];
                    " " span lang=[name.lang(facts.language)] { (name.text) }
                }
            }
        });
    }
    Ok(html! {
        fieldset {
            legend { (facts.pick("Planer (ingen vald: alla som är granskade mot ramverket)", "Plans (none chosen: all that have been reviewed against the framework)")) }
            ul.boxes { @for one in &boxes { (one) } }
        }
    })
}

fn statuses(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let asked = &view.made.asked.statuses;
    let mut boxes = Vec::new();
    for wanted in Wanted::all() {
        let name = match wanted {
            Wanted::Status(status) => marks::status_name(facts, status)?.text,
            Wanted::Unknown => facts.pick("Okänd", "Unknown").to_owned(),
        };
        boxes.push(html! {
            li { label { input type="checkbox" name="status" value=(wanted.key()) checked[asked.contains(&wanted)]; " " (name) } }
        });
    }
    Ok(html! {
        fieldset {
            legend { (facts.pick("Status (ingen vald: alla)", "Status (none chosen: all)")) }
            ul.boxes { @for one in &boxes { (one) } }
        }
    })
}

/// Those responsible for something in the plans shown.
fn responsible(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let activities = view
        .made
        .plans
        .iter()
        .flat_map(|(_, plan, _)| &plan.activities);
    let mut agents: BTreeSet<&Iri> = activities.flat_map(|one| &one.responsible).collect();
    agents.extend(view.made.asked.responsible.iter().map(|(_, iri)| iri));
    let below = facts.snapshot.base().node("organisation/");
    let agents = agents.into_iter().take(MOST_AGENTS);
    let agents = facts.by_name(agents.map(|iri| iri.as_str().to_owned()).collect())?;
    let mut options = Vec::new();
    for iri in &agents {
        let Some(id) = iri.strip_prefix(below.as_str()) else {
            continue;
        };
        let chosen = view.made.asked.responsible.iter().any(|(own, _)| own == id);
        let name = facts.name(iri)?;
        options.push(option(id, chosen, &name.text, name.lang(facts.language)));
    }
    Ok(html! {
        option value="" { (facts.pick("Alla", "All")) }
        @for one in &options { (one) }
    })
}

/// The pages, where there are more plans than stand beside each other.
fn pager(view: View<'_>) -> Markup {
    let facts = view.facts;
    let (page, pages) = (view.made.asked.page, view.made.pages());
    let to = |page: usize| {
        let asked = Asked {
            page,
            ..view.made.asked.clone()
        };
        facts.site.also(&asked.address())
    };
    let first = (page - 1) * PAGE + 1;
    let last = (first + view.made.plans.len()).saturating_sub(1);
    html! {
        @if pages > 1 {
            nav.pager aria-label=(facts.pick("Planer", "Plans")) {
                span { (facts.pick("Plan ", "Plans ")) (first) "–" (last) (facts.pick(" av ", " of ")) (view.made.total) }
                @if page > 1 { a rel="prev" href=(to(page - 1)) { (facts.pick("Föregående", "Previous")) } }
                @if page < pages { a rel="next" href=(to(page + 1)) { (facts.pick("Nästa", "Next")) } }
            }
        }
        @if let Some((id, plan, _)) = view.made.plans.first().filter(|_| view.made.plans.len() == 1) {
            p.quiet { (facts.pick("Bara en plan är vald: ", "A single plan is chosen: ")) (plan_link(view, id, plan)) }
        }
    }
}
