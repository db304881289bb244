//! What an activity became in other editions, and who else does something like it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::compare::alike::{marked, shared_words};
use super::compare::best;
use super::compare::details::excerpt;
use super::facts::Facts;
use super::marks;
use crate::compare::editions::{Change, Editions, Part, Step};
use crate::compare::likeness::Similar;
use crate::compare::{ActivityFacts, PlanFacts, Progress};
use crate::model::{Iri, Layer, Text};
use crate::views::Error;
use crate::views::comparison;

/// How many similar activities are looked for, and how many are shown.
const LOOKED_FOR: usize = 40;
const SHOWN: usize = 5;

/// Of one owner so many are enough: a reader wants to know who else.
const OF_ONE: usize = 2;

/// The editions of an activity, and what others do that is like it.
pub(super) fn section(facts: Facts<'_>, iri: &Iri) -> Result<Markup, Error> {
    let editions = comparison::editions(facts.snapshot)?;
    let Some((plan, activity)) = editions.find(iri) else {
        return Ok(html! {});
    };
    let steps = editions.history(iri);
    let suggested = suggested(facts, activity)?;
    Ok(html! {
        (suggested)
        (through(facts, &editions, iri, &steps)?)
        @if activity.above.is_none() { (others(facts, &editions, plan, iri, &steps)?) }
    })
}

/// The goals that it is only suggested to serve.
fn suggested(facts: Facts<'_>, activity: &ActivityFacts) -> Result<Markup, Error> {
    let goals = facts.links(activity.suggested.iter().map(Iri::as_str))?;
    Ok(html! {
        @if !goals.is_empty() {
            section aria-labelledby="suggested" {
                h2 #suggested { (facts.pick("Föreslagna mål", "Suggested goals")) " " (marks::chip(facts, Layer::Suggested)) }
                p { (facts.pick("Ett program har föreslagit att aktiviteten bidrar till de här målen. Ingen har granskat det, och det räknas inte.", "A program has suggested that the activity serves these goals. Nobody has reviewed that, and it does not count.")) }
                ul { @for goal in &goals { li { (goal) } } }
            }
        }
    })
}

/// What became of it from edition to edition.
fn through(
    facts: Facts<'_>,
    editions: &Editions,
    iri: &Iri,
    steps: &[Step],
) -> Result<Markup, Error> {
    let dropped = editions.dropped_by(iri);
    if steps.is_empty() && dropped.is_empty() {
        return Ok(html! {});
    }
    let mut items = Vec::new();
    for step in steps {
        let (Some(from), Some(to)) = (editions.find(&step.from), editions.find(&step.to)) else {
            continue;
        };
        items.push(html! {
            (edition(facts, from)?) " → " (edition(facts, to)?)
            br; span.quiet { (change(facts, step)) }
        });
    }
    let mut gone = Vec::new();
    for plan in dropped {
        gone.push(facts.link(plan.as_str())?);
    }
    Ok(html! {
        section aria-labelledby="editions" {
            h2 #editions { (facts.pick("Genom utgåvorna", "Through the editions")) }
            @if !items.is_empty() { ul.plain { @for item in &items { li { (item) } } } }
            @for plan in &gone {
                p { (facts.pick("Ingen aktivitet är känd som fortsätter den här i ", "No activity is known that continues this one in ")) (plan) "." }
            }
        }
    })
}

fn edition(
    facts: Facts<'_>,
    (plan, activity): (&PlanFacts, &ActivityFacts),
) -> Result<Markup, Error> {
    let name = best(&activity.titles, facts.language);
    let years = plan
        .span
        .map(|span| super::words::period(span.start, span.end, span.precision, facts.language));
    let status = status(facts, activity)?;
    Ok(html! {
        @if let Some(years) = &years { strong { (years) } " " }
        a href=(facts.leads(activity.iri.as_str())) lang=[name.lang(facts.language)] { (name.text) }
        " " (status)
    })
}

/// How far an activity has come, with a sign where that is read between the lines.
fn status(facts: Facts<'_>, activity: &ActivityFacts) -> Result<Markup, Error> {
    let Progress::Known { status, layer, .. } = &activity.progress else {
        return Ok(html! {});
    };
    let sign = marks::status(facts, *status)?;
    Ok(html! { (sign) " " (marks::chip(facts, *layer)) })
}

/// What a step is, in words.
fn change(facts: Facts<'_>, step: &Step) -> String {
    let what = match step.change {
        Change::Continued => facts.pick("fortsätter oförändrad", "continued unchanged"),
        Change::Changed => facts.pick("fortsätter, ändrad", "continued, changed"),
        Change::Split => facts.pick("delad i flera", "split into several"),
        Change::Merged => facts.pick("sammanslagen av flera", "merged from several"),
        Change::Derived => facts.pick("utgår från den tidigare", "derived from the earlier"),
    };
    let parts: Vec<&str> = step
        .parts
        .iter()
        .map(|part| match part {
            Part::Title => facts.pick("titel", "title"),
            Part::Description => facts.pick("beskrivning", "description"),
            Part::Period => facts.pick("period", "period"),
            Part::Responsible => facts.pick("ansvariga", "who is responsible"),
        })
        .collect();
    if parts.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {}", parts.join(", "))
    }
}

/// Who else does something like it, why we think so, and what came of it there.
fn others(
    facts: Facts<'_>,
    editions: &Editions,
    plan: &PlanFacts,
    iri: &Iri,
    steps: &[Step],
) -> Result<Markup, Error> {
    let likeness = comparison::likeness(facts.snapshot)?;
    let mut by_owner: BTreeMap<Vec<Iri>, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for similar in likeness.similar(iri, LOOKED_FOR) {
        let is_edition = steps
            .iter()
            .any(|step| step.from == similar.iri || step.to == similar.iri);
        let Some((other, activity)) = editions.find(&similar.iri).filter(|_| !is_edition) else {
            continue;
        };
        let many = by_owner.entry(other.owners.clone()).or_default();
        *many += 1;
        if *many <= OF_ONE && shown.len() < SHOWN {
            shown.push(like(facts, plan, other, activity, &similar)?);
        }
    }
    Ok(html! {
        section aria-labelledby="others" {
            h2 #others { (facts.pick("Vilka fler gör det här?", "Who else does this?")) }
            @if shown.is_empty() {
                p { (facts.pick("Ingen aktivitet i andra planer här liknar den till orden.", "No activity of other plans here resembles it by its words.")) }
            } @else { ul.plain { @for one in &shown { li { (one) } } } }
        }
    })
}

fn like(
    facts: Facts<'_>,
    plan: &PlanFacts,
    other: &PlanFacts,
    activity: &ActivityFacts,
    similar: &Similar,
) -> Result<Markup, Error> {
    let lexicon = comparison::lexicon(facts.snapshot)?;
    let of = facts.link(other.iri.as_str())?;
    let status = status(facts, activity)?;
    let same_owner = other.owners == plan.owners;
    Ok(html! {
        @if let Some(title) = Text::best(&activity.titles, facts.language) {
            a href=(facts.leads(activity.iri.as_str())) lang=[facts.lang(title)] { (marked(title, &similar.shared, &lexicon)) }
        }
        " " (status)
        br;
        span.quiet {
            (facts.pick("i ", "in ")) (of)
            @if same_owner { (facts.pick(" (samma ägare)", " (same owner)")) }
        }
        @if let Some(outcome) = activity.outcomes.last() {
            @let text = best(&outcome.texts, facts.language);
            p.outcome-line {
                a href=(facts.leads(outcome.iri.as_str())) { (facts.pick("Utfall", "Outcome")) } ": "
                span lang=[text.lang(facts.language)] { (excerpt(&text.text)) }
            }
        } @else {
            p.quiet { (facts.pick("Inget utfall är rapporterat.", "No outcome has been reported.")) }
        }
        (shared_words(facts, activity, similar, &lexicon))
    })
}
