//! The page of an alignment: what is said to serve which goal, by whom, and on which words.

use maud::{Markup, html};

use super::facts::Words;
use super::layout::Page;
use super::plan::crumbs;
use super::view::PlanView;
use super::{marks, words};
use crate::model::{Alignment, Iri, Layer, Quote, ReviewState, Target};
use crate::views::Error;
use crate::vocab;

/// The page of an alignment.
pub(super) fn page(view: PlanView<'_>, iri: &Iri, alignment: &Alignment) -> Result<Page, Error> {
    let facts = view.facts;
    let what = alignment.aligned.first().map(Iri::as_str);
    let goal = alignment.aligned_with.first();
    let to = goal.or_else(|| alignment.fits_no_goal_of.first());
    let (what, to) = (name(view, what)?, name(view, to.map(Iri::as_str))?);
    let joint = match (state(alignment), goal) {
        (Some(ReviewState::Rejected), _) => facts.pick("bidrar inte till", "does not serve"),
        (Some(ReviewState::Suggested), Some(_)) => facts.pick("bidrar kanske till", "may serve"),
        (_, Some(_)) => facts.pick("bidrar till", "serves"),
        (_, None) => facts.pick("passar inget mål i", "fits no goal of"),
    };
    let quotes = quotes(view, alignment)?;
    let reasons = marks::remarks(facts, &alignment.editorial_note);
    let main = html! {
        header.title {
            p.kind { (facts.pick("Målkoppling", "Alignment")) }
            h1 {
                (linked(view, alignment.aligned.first(), &what))
                " " (joint) " "
                (linked(view, to_iri(alignment), &to))
            }
        }
        div.text {
            (said(view, alignment)?)
            (quotes)
            @if !reasons.is_empty() {
                section.why aria-labelledby="why" {
                    h2 #why { (facts.pick("Varför", "Why")) }
                    @for reason in &reasons { p lang=[view.lang(reason)] { (reason.text) } }
                }
            }
        }
    };
    Ok(Page {
        title: format!(
            "{}: {} – {}",
            facts.pick("Målkoppling", "Alignment"),
            what.text,
            to.text
        ),
        description: format!("{} {joint} {}.", what.text, to.text),
        path: view.path(iri),
        crumbs: crumbs(view, true)?,
        data: None,
        main,
    })
}

fn to_iri(alignment: &Alignment) -> Option<&Iri> {
    let goal = alignment.aligned_with.first();
    goal.or_else(|| alignment.fits_no_goal_of.first())
}

fn state(alignment: &Alignment) -> Option<ReviewState> {
    alignment.review_state.first().copied()
}

fn name(view: PlanView<'_>, iri: Option<&str>) -> Result<Words, Error> {
    match iri {
        Some(iri) => view.facts.name(iri),
        None => Ok(Words {
            text: view.facts.pick("okänt", "unknown").to_owned(),
            language: None,
        }),
    }
}

fn linked(view: PlanView<'_>, iri: Option<&Iri>, name: &Words) -> Markup {
    let lang = name.lang(view.facts.language);
    html! {
        @if let Some(iri) = iri { a href=(view.facts.leads(iri.as_str())) lang=[lang] { (name.text) } }
        @else { span lang=[lang] { (name.text) } }
    }
}

/// Who says so, when, how, how sure, and whether anybody has accepted it.
fn said(view: PlanView<'_>, alignment: &Alignment) -> Result<Markup, Error> {
    let facts = view.facts;
    let concept = |key: &str| facts.link(&format!("{}{key}", vocab::plan::NS));
    let mut states = Vec::new();
    for state in alignment.review_state.public() {
        let name = concept(state.value.key())?;
        states.push(html! { (name) " " (chip(view, state.layer)) });
    }
    let mut methods = Vec::new();
    for method in alignment.method.iter() {
        methods.push(concept(method.key())?);
    }
    let days = alignment.date.iter();
    let days = days.map(|day| html! { (words::day(&day.to_string(), facts.language)) });
    let sure = alignment.confidence.iter().map(|confidence| {
        let own = confidence.as_str();
        let own = facts.language.pick(own.replace('.', ","), own.to_owned());
        html! { (own) " " span.quiet { (facts.pick("(av högst 1)", "(of 1 at most)")) } }
    });
    let iris = |values: &crate::model::Values<Iri>| facts.links(values.iter().map(Iri::as_str));
    Ok(marks::rows(&[
        (facts.pick("Granskning", "Review"), states),
        (
            facts.pick("Enligt", "According to"),
            iris(&alignment.attributed_to)?,
        ),
        (facts.pick("Datum", "Date"), days.collect()),
        (facts.pick("Metod", "Method"), methods),
        (facts.pick("Säkerhet", "Confidence"), sure.collect()),
        (
            facts.pick("Överförd från", "Carried over from"),
            iris(&alignment.derived_from)?,
        ),
    ]))
}

fn chip(view: PlanView<'_>, layer: Layer) -> Markup {
    marks::chip(view.facts, layer)
}

/// The words it rests on, each with the part of the plan that has them.
fn quotes(view: PlanView<'_>, alignment: &Alignment) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut shown = Vec::new();
    for target in alignment.target.values() {
        let place = place(view, &target.node)?;
        for quote in target.node.selector.values() {
            shown.push((words_of(view, &quote.node), place.clone()));
        }
    }
    Ok(html! {
        @if !shown.is_empty() {
            section aria-labelledby="words" {
                h2 #words { (facts.pick("Orden den vilar på", "The words it rests on")) }
                @for (words, place) in &shown {
                    blockquote.verbatim { p { (words) } }
                    @if let Some(place) = place { p.quiet { (facts.pick("Ur ", "From ")) (place) } }
                }
            }
        }
    })
}

fn place(view: PlanView<'_>, target: &Target) -> Result<Option<Markup>, Error> {
    let source = target.source.first();
    source
        .map(|source| view.facts.link(source.as_str()))
        .transpose()
}

/// The words, marked, with what stands around them.
fn words_of(view: PlanView<'_>, quote: &Quote) -> Markup {
    html! {
        @for text in quote.prefix.iter() { span lang=[view.lang(text)] { "… " (text.text) " " } }
        @for text in quote.exact.iter() { mark lang=[view.lang(text)] { (text.text) } }
        @for text in quote.suffix.iter() { span lang=[view.lang(text)] { " " (text.text) " …" } }
    }
}
