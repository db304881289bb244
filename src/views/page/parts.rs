//! The pages of an activity and of a follow-up.

use maud::html;

use super::activity::{Shown, article};
use super::facts::Words;
use super::layout::{Crumb, Page};
use super::notes::{footnotes, note_marks};
use super::plan::crumbs;
use super::view::{PlanView, period_text, title};
use super::{kin, marks, words};
use crate::model::{Activity, FollowUp, Iri};
use crate::views::Error;

/// The page of an activity.
pub(super) fn activity(view: PlanView<'_>, iri: &Iri, activity: &Activity) -> Result<Page, Error> {
    let facts = view.facts;
    let name = title(view, iri, activity)?;
    let plan = facts.name(view.iri)?;
    let mut trail = crumbs(view, true)?;
    let above = activity
        .focus_area
        .first()
        .or_else(|| activity.sub_activity_of.first());
    if let Some(above) = above {
        let words = facts.name(above.as_str())?;
        trail.push(Crumb {
            path: view.path(above),
            language: words.lang(facts.language).map(str::to_owned),
            text: words.text,
        });
    }
    let (sv, en) = if activity.sub_activity_of.is_empty() {
        ("Aktivitet", "Activity")
    } else {
        ("Underpunkt", "Sub-activity")
    };
    Ok(Page {
        description: description(view, activity, &plan)?,
        main: html! {
            header.title {
                p.kind { (facts.pick(sv, en)) }
                h1.verbatim lang=[name.lang(facts.language)] { (name.text) (note_marks(view, &activity.note)) }
            }
            div.text {
                (article(view, iri, activity, Shown::Alone)?)
                (kin::section(facts, iri)?)
            }
        },
        title: name.text,
        path: view.path(iri),
        crumbs: trail,
        data: None,
    })
}

/// What a search result says of an activity.
fn description(view: PlanView<'_>, activity: &Activity, plan: &Words) -> Result<String, Error> {
    let facts = view.facts;
    let mut parts = vec![facts.language.pick(
        format!("Aktivitet i {}", plan.text),
        format!("Activity in {}", plan.text),
    )];
    if let Some(status) = activity.status.first() {
        let name = marks::status_name(facts, *status)?.text;
        parts.push(format!("{}: {name}", facts.pick("Status", "Status")));
    }
    if let Some(period) = activity.temporal.values().next() {
        parts.push(format!(
            "{}: {}",
            facts.pick("Period", "Period"),
            period_text(facts, &period.node)
        ));
    }
    let mut who = Vec::new();
    for agent in activity.responsible.iter() {
        who.push(facts.name(agent.as_str())?.text);
    }
    if !who.is_empty() {
        let more = who.len().saturating_sub(3);
        who.truncate(3);
        let mut who = who.join(", ");
        if more > 0 {
            who.push_str(
                &facts
                    .language
                    .pick(format!(" och {more} till"), format!(" and {more} more")),
            );
        }
        parts.push(format!("{}: {who}", facts.pick("Ansvarig", "Responsible")));
    }
    Ok(format!("{}.", parts.join(". ")))
}

/// The page of a follow-up.
pub(super) fn follow_up(
    view: PlanView<'_>,
    iri: &Iri,
    follow_up: &FollowUp,
) -> Result<Page, Error> {
    let facts = view.facts;
    let of = follow_up.follow_up_of.first();
    let name = match of {
        Some(of) => facts.name(of.as_str())?,
        None => facts.name(iri.as_str())?,
    };
    let about = facts.pick("Utfall: ", "Outcome: ");
    let status = match follow_up.status.public().next() {
        Some(layered) => Some(
            html! { (marks::status(facts, layered.value)?) " " (marks::chip(facts, layered.layer)) },
        ),
        None => None,
    };
    let reports = facts.links(follow_up.reported_in.iter().map(Iri::as_str))?;
    let remarks = marks::remarks(facts, &follow_up.editorial_note);
    let notes: Vec<&Iri> = follow_up.note.iter().collect();
    let source = view.source()?;
    Ok(Page {
        title: format!("{about}{}", name.text),
        description: facts.language.pick(
            format!("Vad uppföljningen säger om ”{}”.", name.text),
            format!("What the follow-up says of “{}”.", name.text),
        ),
        main: html! {
            header.title {
                p.kind { (facts.pick("Utfall av", "Outcome of")) }
                h1 {
                    @match of {
                        Some(of) => a href=(facts.site.page(&view.path(of))) lang=[name.lang(facts.language)] { (name.text) },
                        None => (name.text),
                    }
                }
            }
            div.text {
                dl.facts {
                    div { dt { (facts.pick("Status", "Status")) }
                          dd { @if let Some(status) = &status { (status) } @else { span.quiet { (facts.pick("sägs inte", "not said")) } } } }
                    @if !reports.is_empty() {
                        div { dt { (facts.pick("Redovisat i", "Reported in")) } dd { ul.who { @for report in &reports { li { (report) } } } } }
                    }
                    @for date in follow_up.date.iter() {
                        div { dt { (facts.pick("Datum", "Date")) } dd { (words::day(&date.to_string(), facts.language)) } }
                    }
                }
                @for text in follow_up.description.iter() { (marks::text(facts, text)) }
                (footnotes(view, &notes))
                @if !follow_up.status_text.is_empty() || !remarks.is_empty() {
                    section.why aria-labelledby="why" {
                        h2 #why { (facts.pick("Tolkat, och varför", "Interpreted, and why")) }
                        ul {
                            @for text in follow_up.status_text.iter() {
                                li { (facts.pick("Statusen är läst ur orden ", "The status is read from the words ")) (facts.quoted(&html! { span.verbatim lang=[view.lang(text)] { (text.text) } })) "." }
                            }
                            @for remark in &remarks { li lang=[view.lang(remark)] { (remark.text) } }
                        }
                    }
                }
                p.quiet { (marks::lines(facts, source.as_deref(), &follow_up.source_range)) }
            }
        },
        path: view.path(iri),
        crumbs: crumbs(view, true)?,
        data: None,
    })
}
