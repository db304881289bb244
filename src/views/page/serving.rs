//! Who serves a goal, over all plans: on the page of the goal, and of its framework with the gaps.

use maud::{Markup, html};

use super::compare::best;
use super::compare::details::excerpt;
use super::compare::numbers::over_all;
use super::facts::Facts;
use super::{marks, words};
use crate::compare::query::Number;
use crate::compare::request::Wanted;
use crate::compare::{ActivityFacts, PlanFacts, Progress};
use crate::model::{Framework, Goal, Iri, Layer, PlanId};
use crate::views::Error;
use crate::views::comparison::{self, COMPARE, Served};

/// How many plans are listed on the page of a goal; the comparison pages through all.
const PLANS: usize = 20;

/// How many activities of a plan are listed there.
const ACTIVITIES: usize = 12;

/// Who serves a goal, with status, and where to compare them.
pub(super) fn of_goal(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let reference = facts.snapshot.reference()?;
    let found = Iri::parse(iri);
    let Some((framework, goal)) = found.as_ref().and_then(|iri| reference.goal(iri)) else {
        return Ok(html! {});
    };
    let serving = comparison::serving_of(facts.snapshot)?;
    let served = serving.goals.get(&goal.iri);
    let reviewed = serving.frameworks.get(&framework.iri).map_or(0, Vec::len);
    let list = match served {
        Some(served) => list(facts, framework, goal, served)?,
        None => nobody(facts, &framework.iri, reviewed),
    };
    Ok(html! {
        section aria-labelledby="serving" {
            h2 #serving { (facts.pick("Bidrar till målet", "Contribute to the goal")) }
            (list)
        }
    })
}

fn nobody(facts: Facts<'_>, framework: &Iri, reviewed: usize) -> Markup {
    html! {
        p {
            (facts.pick("Ingen plan här är kopplad till målet. Det betyder inte att ingen arbetar mot det. ", "No plan here is linked to the goal. That does not mean that nobody works towards it. "))
            @if reviewed == 0 {
                (facts.pick("Ingen plan är granskad mot ramverket.", "No plan has been reviewed against the framework."))
            } @else {
                (facts.pick("Planer som är granskade mot ramverket: ", "Plans reviewed against the framework: ")) (over_all(facts, framework, reviewed, Number::ReviewedPlans))
            }
        }
    }
}

fn list(
    facts: Facts<'_>,
    framework: &Framework,
    goal: &Goal,
    served: &Served,
) -> Result<Markup, Error> {
    let number = |many, what| over_all(facts, &framework.iri, many, what);
    let mut statuses = Vec::new();
    for (status, many) in &served.statuses.known {
        let sign = marks::status(facts, *status)?;
        let what = Number::AllWithStatus(&goal.iri, Wanted::Status(*status));
        statuses.push(html! { (sign) " " (number(*many, what)) });
    }
    let unknown = served.statuses.unknown;
    if unknown > 0 {
        let what = Number::AllWithStatus(&goal.iri, Wanted::Unknown);
        statuses.push(html! { span.quiet { (facts.pick("status okänd", "status unknown")) } " " (number(unknown, what)) });
    }
    let mut plans = Vec::new();
    for (id, places) in served.plans.iter().take(PLANS) {
        if let Some(entry) = facts.snapshot.plans().get(id) {
            let plan = comparison::facts_of(entry)?;
            plans.push(of_plan(facts, goal, id, &plan, places)?);
        }
    }
    let all = served.plans.len();
    Ok(html! {
        p {
            (number(all, Number::AllPlans(&goal.iri))) " "
            (noun(facts, all, ("plan", "planer"), ("plan", "plans")))
            ", " (number(served.activities(), Number::AllServing(&goal.iri))) " "
            (noun(facts, served.activities(), ("aktivitet", "aktiviteter"), ("activity", "activities")))
            ". "
            a href=(compare(facts, framework, goal)) { (facts.pick("Jämför dem", "Compare them")) }
        }
        @if !statuses.is_empty() { ul.legend { @for status in &statuses { li { (status) } } } }
        @for plan in &plans { (plan) }
        @if all > PLANS {
            p { a href=(compare(facts, framework, goal)) { (facts.pick("Alla planer som bidrar, i jämförelsen", "All plans that serve it, in the comparison")) } }
        }
    })
}

/// A noun in the number that stands before it.
fn noun(facts: Facts<'_>, many: usize, sv: (&str, &str), en: (&str, &str)) -> String {
    let counted = words::count(many, sv, en, facts.language);
    counted.rsplit(' ').next().unwrap_or_default().to_owned()
}

fn compare(facts: Facts<'_>, framework: &Framework, goal: &Goal) -> String {
    facts
        .site
        .page(&format!("{COMPARE}/{}#{}", framework.id, goal.key))
}

fn of_plan(
    facts: Facts<'_>,
    goal: &Goal,
    id: &PlanId,
    plan: &PlanFacts,
    places: &[usize],
) -> Result<Markup, Error> {
    let title = best(&plan.titles, facts.language);
    let mut items = Vec::new();
    for place in places.iter().take(ACTIVITIES) {
        if let Some(activity) = plan.activities.get(*place) {
            let parts = plan.parts(*place).flat_map(|(_, part)| &part.links);
            let layer = parts.map(|link| link.layer).min();
            items.push(line(facts, activity, layer.unwrap_or(Layer::Stated))?);
        }
    }
    let left = places.len().saturating_sub(ACTIVITIES);
    let mut areas = Vec::new();
    for (area, links) in &plan.areas {
        if let Some(link) = links.iter().find(|link| link.goal == goal.iri) {
            let name = facts.link(area.as_str())?;
            areas.push(html! { (name) " " (marks::chip(facts, link.layer)) });
        }
    }
    let itself = plan.links.iter().any(|link| link.goal == goal.iri);
    Ok(html! {
        h3 { a href=(facts.site.page(&format!("plan/{id}"))) lang=[title.lang(facts.language)] { (title.text) } }
        @if itself { p { (facts.pick("Planen som helhet bidrar till målet.", "The plan as a whole serves the goal.")) } }
        @for area in &areas { p { (facts.pick("Området bidrar som helhet: ", "The area serves it as a whole: ")) (area) } }
        @if !items.is_empty() { ul.plain { @for item in &items { li { (item) } } } }
        @if left > 0 {
            p.quiet { (facts.pick("Fler aktiviteter i planen bidrar; de står i jämförelsen.", "More activities of the plan serve it; they stand in the comparison.")) }
        }
    })
}

/// An activity that serves a goal as a layer says, with its status, and the beginning of what came of it.
fn line(facts: Facts<'_>, activity: &ActivityFacts, layer: Layer) -> Result<Markup, Error> {
    let title = best(&activity.titles, facts.language);
    let status = match &activity.progress {
        Progress::Known { status, layer, .. } => {
            let sign = marks::status(facts, *status)?;
            html! { (sign) " " (marks::chip(facts, *layer)) }
        }
        Progress::NoStatuses | Progress::NotReported => {
            html! { span.quiet { (facts.pick("status okänd", "status unknown")) } }
        }
    };
    Ok(html! {
        a href=(facts.leads(activity.iri.as_str())) lang=[title.lang(facts.language)] { (title.text) }
        " " (marks::chip(facts, layer)) " " (status)
        @if let Some(outcome) = activity.outcomes.last() {
            @let text = best(&outcome.texts, facts.language);
            p.outcome-line {
                a href=(facts.leads(outcome.iri.as_str())) { (facts.pick("Utfall", "Outcome")) } ": "
                span lang=[text.lang(facts.language)] { (excerpt(&text.text)) }
            }
        }
    })
}

/// The goals of a framework by who serves them, and the gaps.
pub(super) fn of_framework(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let reference = facts.snapshot.reference()?;
    let found = Iri::parse(iri).and_then(|iri| reference.frameworks.get(&iri).cloned());
    let Some(framework) = found.filter(|framework| !framework.goals.is_empty()) else {
        return Ok(html! {});
    };
    let serving = comparison::serving_of(facts.snapshot)?;
    let reviewed = serving.frameworks.get(&framework.iri).map_or(0, Vec::len);
    let heads = facts.language.pick(
        ["Mål", "Planer", "Aktiviteter", "Status"],
        ["Goal", "Plans", "Activities", "Status"],
    );
    let mut rows = Vec::new();
    let mut gaps = Vec::new();
    for goal in &framework.goals {
        let link = facts.link(goal.iri.as_str())?;
        let Some(served) = serving.goals.get(&goal.iri) else {
            gaps.push(link);
            continue;
        };
        rows.push(row(facts, &framework, goal, served, link)?);
    }
    let name = facts.pick("Vilka som bidrar", "Who contributes");
    Ok(html! {
        section aria-labelledby="serving" {
            h2 #serving { (name) }
            @if reviewed == 0 {
                p { (facts.pick("Ingen plan här är granskad mot ramverket.", "No plan here has been reviewed against the framework.")) }
            } @else {
                p {
                    (facts.pick("Planer som är granskade mot ramverket: ", "Plans reviewed against the framework: ")) (over_all(facts, &framework.iri, reviewed, Number::ReviewedPlans)) " "
                    a href=(facts.site.page(&format!("{COMPARE}/{}", framework.id))) { (facts.pick("Jämför dem", "Compare them")) } "."
                }
                @if !rows.is_empty() { (super::lists::table(&format!("{}: {name}", facts.pick("Tabell", "Table")), &heads, &rows)) }
                @if !gaps.is_empty() {
                    h3 { (facts.pick("Mål som ingen plan är kopplad till", "Goals that no plan is linked to")) }
                    ul { @for gap in &gaps { li { (gap) } } }
                }
            }
        }
    })
}

fn row(
    facts: Facts<'_>,
    framework: &Framework,
    goal: &Goal,
    served: &Served,
    link: Markup,
) -> Result<Vec<Markup>, Error> {
    let number = |many, what| over_all(facts, &framework.iri, many, what);
    let mut statuses = Vec::new();
    for (status, many) in &served.statuses.known {
        let what = Number::AllWithStatus(&goal.iri, Wanted::Status(*status));
        let sign = marks::status(facts, *status)?;
        statuses.push(html! { (sign) " " (number(*many, what)) });
    }
    let unknown = served.statuses.unknown;
    Ok(vec![
        link,
        number(served.plans.len(), Number::AllPlans(&goal.iri)),
        number(served.activities(), Number::AllServing(&goal.iri)),
        html! {
            @for (index, status) in statuses.iter().enumerate() { @if index > 0 { br; } (status) }
            @if unknown > 0 {
                @if !statuses.is_empty() { br; }
                span.quiet { (facts.pick("okänd", "unknown")) } " "
                (number(unknown, Number::AllWithStatus(&goal.iri, Wanted::Unknown)))
            }
        },
    ])
}
