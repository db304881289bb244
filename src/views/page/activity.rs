//! An activity: an article among others, or alone on its page.

use maud::{Markup, html};

use super::marks;
use super::notes::{all_notes, footnotes, note_marks};
use super::people::people;
use super::readings::{Reading, gather_remarks, why};
use super::view::{PlanView, period_text, title};
use super::words;
use crate::model::{Activity, Iri, Layer, Status, Text, Values};
use crate::views::Error;
use crate::vocab::prov;

/// How an activity is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Among others, below a heading of this level.
    Among(u8),
    /// On a page of its own, whose heading stands already.
    Alone,
}

/// An activity with everything that is said of it.
pub(super) fn article(
    view: PlanView<'_>,
    iri: &Iri,
    activity: &Activity,
    shown: Shown,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let title = title(view, iri, activity)?;
    let mut readings = Vec::new();
    let facts_list = facts_list(view, activity, &mut readings)?;
    let bullets = bullets(view, iri, shown, &mut readings)?;
    let follow_ups = outcomes(view, iri, &mut readings)?;
    let kin = kin(view, iri, activity, &mut readings)?;
    gather_remarks(view, activity, &mut readings);
    let notes = footnotes(view, &all_notes(view, iri, activity));
    let source = view.source()?;
    let heading = html! {
        a href=(facts.site.page(&view.path(iri))) lang=[title.lang(facts.language)] { (title.text) }
    };
    Ok(html! {
        article.activity id=[(shown != Shown::Alone).then(|| view.anchor(iri))] {
            @match shown {
                Shown::Among(3) => h3 { (heading) },
                Shown::Among(2) => h2 { (heading) },
                Shown::Among(_) => h4 { (heading) },
                Shown::Alone => {}
            }
            (facts_list)
            @for text in activity.description.iter() { (marks::text(facts, text)) }
            (bullets)
            (follow_ups)
            (kin)
            (notes)
            @if shown == Shown::Alone { (wordings(view, activity)) }
            (why(facts, &readings, shown))
            p.quiet { (marks::lines(facts, source.as_deref(), &activity.source_range)) }
        }
    })
}

/// Status, period and who, as a list of facts.
fn facts_list<'a>(
    view: PlanView<'a>,
    activity: &'a Activity,
    readings: &mut Vec<Reading<'a>>,
) -> Result<Markup, Error> {
    let facts = view.facts;
    // The remarks on an activity are gathered at its end: they may be about more than this.
    let status = status(view, &activity.status, &activity.status_text, &[], readings)?;
    let period = periods(view, activity, readings);
    let people = people(view, activity, readings)?;
    if status.is_none() && period.is_none() && people.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        dl.facts {
            @if let Some(status) = status {
                div { dt { (facts.pick("Status", "Status")) } dd { (status) } }
            }
            @if let Some(period) = period {
                div { dt { (facts.pick("Period", "Period")) } dd { (period) } }
            }
            @for (role, who) in &people {
                div { dt { (role) } dd { ul.who { @for one in who { li { (one) } } } } }
            }
        }
    })
}

/// A status with the document's own word, where that says it otherwise.
fn status<'a>(
    view: PlanView<'a>,
    statuses: &'a Values<Status>,
    texts: &'a Values<Text>,
    why: &[&'a Text],
    readings: &mut Vec<Reading<'a>>,
) -> Result<Option<Markup>, Error> {
    let facts = view.facts;
    let mut shown = Vec::new();
    for layered in statuses.public() {
        let badge = marks::status(facts, layered.value)?;
        let name = marks::status_name(facts, layered.value)?;
        let own = texts.iter().next();
        let differs = own.filter(|own| own.text.to_lowercase() != name.text.to_lowercase());
        if layered.layer != Layer::Stated {
            readings.push(Reading {
                what: html! { (facts.pick("Status", "Status")) ": " (name.text) },
                words: own,
                layer: layered.layer,
                why: why.to_vec(),
            });
        }
        shown.push(html! {
            (badge)
            @if let Some(own) = differs {
                " " span.quiet { (facts.quoted(&html! { span lang=[view.lang(own)] { (own.text) } })) }
            }
            " " (marks::chip(facts, layered.layer))
        });
    }
    Ok((!shown.is_empty()).then(|| html! { @for one in &shown { (one) } }))
}

fn periods<'a>(
    view: PlanView<'a>,
    activity: &'a Activity,
    readings: &mut Vec<Reading<'a>>,
) -> Option<Markup> {
    let mut shown = Vec::new();
    for linked in activity.temporal.values() {
        let period = &linked.node;
        let layer = linked.link.iter().next().copied().unwrap_or(Layer::Stated);
        let text = period_text(view.facts, period);
        let remarks = marks::remarks(view.facts, &period.editorial_note);
        if layer != Layer::Stated || !remarks.is_empty() {
            readings.push(Reading {
                what: html! { (view.facts.pick("Period", "Period")) ": " (text) },
                words: period.source_text.first(),
                layer,
                why: remarks,
            });
        }
        shown.push(html! {
            (text) (note_marks(view, &period.note)) " " (marks::chip(view.facts, layer))
        });
    }
    (!shown.is_empty()).then(|| html! { @for one in &shown { (one) } })
}

fn bullets<'a>(
    view: PlanView<'a>,
    iri: &Iri,
    shown: Shown,
    readings: &mut Vec<Reading<'a>>,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut items = Vec::new();
    for (iri, bullet) in view.bullets(iri) {
        let title = title(view, iri, bullet)?;
        let why = marks::remarks(facts, &bullet.editorial_note);
        let status = status(view, &bullet.status, &bullet.status_text, &why, readings)?;
        let id = (shown != Shown::Alone).then(|| view.anchor(iri));
        items.push(html! {
            li id=[id] {
                a href=(facts.site.page(&view.path(iri))) lang=[title.lang(facts.language)] { (title.text) }
                (note_marks(view, &bullet.note))
                @if let Some(status) = status { " " (status) }
                @for text in bullet.description.iter() { (marks::text(facts, text)) }
            }
        });
    }
    Ok(html! { @if !items.is_empty() { ul.bullets { @for item in &items { (item) } } } })
}

/// What came of an activity.
fn outcomes<'a>(
    view: PlanView<'a>,
    iri: &Iri,
    readings: &mut Vec<Reading<'a>>,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut shown = Vec::new();
    for (iri, follow_up) in view.follow_ups(iri) {
        let why = marks::remarks(facts, &follow_up.editorial_note);
        let (found, texts) = (&follow_up.status, &follow_up.status_text);
        let status = status(view, found, texts, &why, readings)?;
        let reported = facts.links(follow_up.reported_in.iter().map(Iri::as_str))?;
        shown.push(html! {
            div.outcome {
                p.label {
                    a href=(facts.site.page(&view.path(iri))) { (facts.pick("Utfall", "Outcome")) }
                    @if let Some(status) = &status { " " (status) }
                }
                @for text in follow_up.description.iter() { (marks::text(facts, text)) }
                @if !reported.is_empty() {
                    p.quiet {
                        (facts.pick("Redovisat i ", "Reported in "))
                        @for (index, report) in reported.iter().enumerate() { @if index > 0 { ", " } (report) }
                        @if let Some(date) = follow_up.date.first() { ", " (words::day(&date.to_string(), facts.language)) }
                    }
                }
            }
        });
    }
    Ok(html! { @for one in &shown { (one) } })
}

/// What it continues, and what continues it.
fn kin<'a>(
    view: PlanView<'a>,
    iri: &Iri,
    activity: &'a Activity,
    readings: &mut Vec<Reading<'a>>,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut before = Vec::new();
    let earlier = activity
        .revision_of
        .public()
        .chain(activity.derived_from.public());
    for layered in earlier {
        let link = facts.link(layered.value.as_str())?;
        if layered.layer != Layer::Stated {
            readings.push(Reading {
                what: html! { (facts.pick("Fortsätter", "Continues")) ": " (link) },
                words: None,
                layer: layered.layer,
                why: Vec::new(),
            });
        }
        before.push(html! { (link) " " (marks::chip(facts, layered.layer)) });
    }
    let mut after = Vec::new();
    for property in [prov::WAS_REVISION_OF, prov::WAS_DERIVED_FROM] {
        after.extend(facts.links(facts.referring(property, iri.as_str())?)?);
    }
    Ok(marks::rows(&[
        (
            facts.pick("Bidrar till", "Contributes to"),
            marks::linked(facts, &activity.contributes_to)?,
        ),
        (facts.pick("Fortsätter", "Continues"), before),
        (facts.pick("Fortsätts av", "Continued by"), after),
    ]))
}

/// Other wordings of the document, as in a responsibility matrix.
fn wordings(view: PlanView<'_>, activity: &Activity) -> Markup {
    html! {
        @if !activity.alternative.is_empty() {
            section aria-labelledby="wordings" {
                h2 #wordings { (view.facts.pick("Andra ordalydelser i dokumentet", "Other wordings in the document")) }
                ul { @for text in activity.alternative.iter() { li.verbatim lang=[view.lang(text)] { (text.text) } } }
            }
        }
    }
}
