//! What is behind the numbers: the activities that serve each goal, plan by plan.

use maud::{Markup, html};

use super::numbers::number;
use super::{View, anchor, best, goal_name, goal_path, plan_link};
use crate::compare::query::Number;
use crate::compare::request::Wanted;
use crate::compare::{ActivityFacts, Cell, Compared, Link, Progress, Row};
use crate::model::{Goal, PlanId};
use crate::views::Error;
use crate::views::page::{marks, words};

/// How many of the links of an activity with a goal are shown.
const GROUNDS: usize = 3;

/// How much of what a follow-up says is shown; the rest is on its page.
const EXCERPT: usize = 220;

pub(super) fn section(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut goals = Vec::new();
    for row in view
        .comparison
        .rows
        .iter()
        .filter(|row| row.served_by() > 0)
    {
        goals.push(of_goal(view, row)?);
    }
    Ok(html! {
        section.wide-text aria-labelledby="details" {
            h2 #details { (facts.pick("Aktiviteterna bakom talen", "The activities behind the numbers")) }
            @for goal in &goals { (goal) }
        }
    })
}

fn of_goal(view: View<'_>, row: &Row<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let name = goal_name(view, row.goal);
    let definition =
        (!row.goal.definition.is_empty()).then(|| best(&row.goal.definition, facts.language));
    let path = goal_path(view, row.goal);
    let mut plans = Vec::new();
    for (column, (id, ..)) in view.made.plans.iter().enumerate() {
        let (Some(cell), Some(plan)) = (row.cells.get(column), view.comparison.plans.get(column))
        else {
            continue;
        };
        if cell.is_served() {
            plans.push(of_plan(view, row.goal, cell, plan, id)?);
        }
    }
    Ok(html! {
        section.goal-details id=(row.goal.key) aria-labelledby={ (row.goal.key) "-heading" } {
            h3 id={ (row.goal.key) "-heading" } {
                a href=(facts.site.page(&path)) lang=[name.lang(facts.language)] { (name.text) }
            }
            @if let Some(definition) = &definition {
                p.quiet lang=[definition.lang(facts.language)] { (definition.text) }
            }
            @for plan in &plans { (plan) }
        }
    })
}

fn of_plan(
    view: View<'_>,
    goal: &Goal,
    cell: &Cell,
    plan: &Compared,
    id: &PlanId,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut items = Vec::new();
    // What serves a goal under it is listed there.
    let mut below = 0;
    for place in &cell.activities {
        let mut parts = plan.facts.parts(*place);
        let itself = parts.any(|(_, part)| part.links.iter().any(|link| link.goal == goal.iri));
        match plan.facts.activities.get(*place) {
            Some(activity) if itself => items.push(item(view, goal, plan, *place, activity)?),
            _ => below += 1,
        }
    }
    let mut areas = Vec::new();
    for area in &cell.areas {
        areas.push(facts.link(area.as_str())?);
    }
    let counts = counts(view, goal, cell, plan)?;
    Ok(html! {
        div.by-plan id=(anchor(goal, id)) {
            h4 { (plan_link(view, id, &plan.facts)) }
            (counts)
            @if cell.plan { p { (facts.pick("Planen som helhet bidrar till målet.", "The plan as a whole serves the goal.")) } }
            @for area in &areas { p { (facts.pick("Området bidrar som helhet: ", "The area serves it as a whole: ")) (area) } }
            @if below > 0 {
                p.quiet { (facts.pick("De som bidrar genom ett mål under det här står vid det målet.", "Those that serve it through a goal under it stand with that goal.")) }
            }
            @if !items.is_empty() { ul.plain.serving { @for item in &items { li { (item) } } } }
        }
    })
}

/// How many of the activities have which status.
fn counts(view: View<'_>, goal: &Goal, cell: &Cell, plan: &Compared) -> Result<Markup, Error> {
    let facts = view.facts;
    let activities = cell
        .activities
        .iter()
        .filter_map(|place| plan.facts.activities.get(*place));
    let statuses = crate::compare::reach::tally(activities);
    let of = |wanted| Number::ServingWithStatus(&plan.facts.iri, &goal.iri, wanted);
    let mut known = Vec::new();
    for (status, many) in &statuses.known {
        let sign = marks::status(facts, *status)?;
        known.push(html! { (sign) " " (number(view, *many, of(Wanted::Status(*status)))) });
    }
    Ok(html! {
        @if !cell.activities.is_empty() {
            ul.legend {
                @for status in &known { li { (status) } }
                @if statuses.unknown > 0 {
                    li { span.quiet { (unknown(view, plan)) } " " (number(view, statuses.unknown, of(Wanted::Unknown))) }
                }
            }
        }
    })
}

/// Why an activity of a plan has no status.
pub(super) fn unknown(view: View<'_>, plan: &Compared) -> &'static str {
    if plan.facts.has_statuses {
        view.facts
            .language
            .pick("status ej rapporterad", "status not reported")
    } else {
        view.facts
            .language
            .pick("planen anger ingen status", "the plan gives no status")
    }
}

fn item(
    view: View<'_>,
    goal: &Goal,
    plan: &Compared,
    place: usize,
    activity: &ActivityFacts,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let title = best(&activity.titles, facts.language);
    let progress = progress(view, plan, activity)?;
    let span = activity
        .span
        .map(|span| words::period(span.start, span.end, span.precision, facts.language));
    let mut responsible = Vec::new();
    for agent in activity.responsible.iter().take(4) {
        responsible.push(facts.link(agent.as_str())?);
    }
    let more = activity.responsible.len().saturating_sub(4);
    let grounds = grounds(view, goal, plan, place)?;
    let outcomes = outcomes(view, activity);
    Ok(html! {
        a href=(facts.leads(activity.iri.as_str())) lang=[title.lang(facts.language)] { (title.text) }
        br;
        (progress)
        @if let Some(span) = &span { " · " (span) } @else { " · " span.quiet { (facts.pick("ingen period angiven", "no period given")) } }
        " · "
        @if responsible.is_empty() { span.quiet { (facts.pick("ingen ansvarig angiven", "nobody named as responsible")) } }
        @for (index, agent) in responsible.iter().enumerate() { @if index > 0 { ", " } (agent) }
        @if more > 0 { " " span.quiet { (facts.pick("och ", "and ")) (more) (facts.pick(" till", " more")) } }
        (grounds)
        (outcomes)
    })
}

/// How far an activity has come: in the common scheme, and in the document's own words.
pub(super) fn progress(
    view: View<'_>,
    plan: &Compared,
    activity: &ActivityFacts,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let Progress::Known {
        status,
        word,
        layer,
        ..
    } = &activity.progress
    else {
        return Ok(html! { span.quiet { (unknown(view, plan)) } });
    };
    let sign = marks::status(facts, *status)?;
    let name = marks::status_name(facts, *status)?;
    let own = word
        .as_ref()
        .filter(|word| word.text.to_lowercase() != name.text.to_lowercase());
    let entry = own.and_then(|word| {
        let (entry, _) = view.made.reference.status_word(&word.text)?;
        Some(entry)
    });
    Ok(html! {
        (sign)
        @if let Some(word) = own {
            " "
            span.quiet lang=[facts.lang(word)] {
                (facts.quoted(&html! {
                    @match entry {
                        Some(entry) => a href=(facts.leads(entry.as_str())) { (word.text) },
                        None => (word.text),
                    }
                }))
            }
        }
        " " (marks::chip(facts, *layer))
    })
}

/// Who says that an activity, or a bullet of it, serves the goal, and how sure.
fn grounds(view: View<'_>, goal: &Goal, plan: &Compared, place: usize) -> Result<Markup, Error> {
    let below = |link: &&Link| view.comparison.is_under(&link.goal, &goal.iri);
    let parts = plan.facts.parts(place);
    let links: Vec<_> = parts
        .flat_map(|(_, part)| part.links.iter().filter(below).collect::<Vec<_>>())
        .collect();
    // Bullets often rest on the words of their activity.
    let mut different: Vec<&Link> = Vec::new();
    for link in links {
        let same = |other: &&Link| {
            (&other.words, &other.author, &other.confidence)
                == (&link.words, &link.author, &link.confidence)
        };
        if !different.iter().any(same) {
            different.push(link);
        }
    }
    let more = different.len() > GROUNDS;
    let mut shown = Vec::new();
    for link in different.into_iter().take(GROUNDS) {
        shown.push(ground(view, link)?);
    }
    Ok(html! {
        @for one in &shown { (one) }
        @if more { br; span.quiet { (view.facts.pick("Fler kopplingar står vid aktiviteten.", "More links stand with the activity.")) } }
    })
}

/// A link, with its words, who says so, and how sure.
fn ground(view: View<'_>, link: &Link) -> Result<Markup, Error> {
    let facts = view.facts;
    let Some(alignment) = &link.alignment else {
        return Ok(html! {});
    };
    let author = match &link.author {
        Some(author) => Some(facts.name(author.as_str())?.text),
        None => None,
    };
    let confidence = link.confidence.as_ref().map(|confidence| {
        let own = confidence.as_str();
        facts.language.pick(own.replace('.', ","), own.to_owned())
    });
    Ok(html! {
        br;
        span.quiet {
            a href=(facts.leads(alignment.as_str())) { (facts.pick("Kopplingen", "The link")) }
            @if let Some(words) = link.words.first() {
                (facts.pick(" vilar på ", " rests on "))
                (facts.quoted(&html! { span lang=[facts.lang(words)] { (excerpt(&words.text)) } }))
            }
            @if let Some(author) = &author { (facts.pick(", enligt ", ", according to ")) (author) }
            @if let Some(confidence) = &confidence { (facts.pick(", säkerhet ", ", confidence ")) (confidence) }
        }
    })
}

/// What came of an activity.
fn outcomes(view: View<'_>, activity: &ActivityFacts) -> Markup {
    let facts = view.facts;
    html! {
        @for outcome in &activity.outcomes {
            @let text = best(&outcome.texts, facts.language);
            p.outcome-line {
                a href=(facts.leads(outcome.iri.as_str())) { (facts.pick("Utfall", "Outcome")) } ": "
                span lang=[text.lang(facts.language)] { (excerpt(&text.text)) }
            }
        }
    }
}

/// The beginning of a text, up to the end of a word.
pub(in crate::views::page) fn excerpt(text: &str) -> String {
    if text.chars().count() <= EXCERPT {
        return text.to_owned();
    }
    let start: String = text.chars().take(EXCERPT).collect();
    let end = start.rfind(char::is_whitespace).unwrap_or(start.len());
    format!("{} …", start[..end].trim_end())
}
