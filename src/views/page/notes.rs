//! Footnotes: their marks, and their texts where they belong.

use maud::{Markup, html};

use super::marks;
use super::view::PlanView;
use crate::model::{Activity, Footnote, Iri, Values};

/// The footnotes that an activity, its period, its participants and its bullets point to.
pub(super) fn all_notes<'a>(view: PlanView<'a>, iri: &Iri, activity: &'a Activity) -> Vec<&'a Iri> {
    let periods = activity
        .temporal
        .values()
        .flat_map(|period| period.node.note.iter());
    let people = activity
        .participation
        .values()
        .flat_map(|part| part.node.note.iter());
    let bullets = view
        .bullets(iri)
        .into_iter()
        .flat_map(|(_, bullet)| bullet.note.iter());
    let outcomes = view
        .follow_ups(iri)
        .into_iter()
        .flat_map(|(_, outcome)| outcome.note.iter());
    let all = activity
        .note
        .iter()
        .chain(periods)
        .chain(people)
        .chain(bullets)
        .chain(outcomes);
    let mut seen = Vec::new();
    for note in all {
        if !seen.contains(&note) {
            seen.push(note);
        }
    }
    seen.sort_by_key(|note| {
        let footnote = view.plan.footnotes.get(*note);
        footnote.and_then(|footnote| footnote.source_range.first().copied())
    });
    seen
}

/// The mark of each footnote, as a link to its page.
pub(super) fn note_marks(view: PlanView<'_>, notes: &Values<Iri>) -> Markup {
    let facts = view.facts;
    html! {
        @for note in notes.iter() {
            @if let Some(footnote) = view.plan.footnotes.get(note) {
                @let mark = mark(footnote);
                sup { a href=(facts.site.page(&view.path(note)))
                    aria-label={ (facts.pick("Fotnot ", "Footnote ")) (mark) } { (mark) } }
            }
        }
    }
}

fn mark(footnote: &Footnote) -> &str {
    footnote.marker.first().map_or("*", String::as_str)
}

/// Footnotes where they belong: below what points to them.
pub(super) fn footnotes(view: PlanView<'_>, notes: &[&Iri]) -> Markup {
    let facts = view.facts;
    let notes: Vec<&Footnote> = notes
        .iter()
        .filter_map(|note| view.plan.footnotes.get(*note))
        .collect();

    html! {
        @if !notes.is_empty() {
            dl.footnotes {
                @for note in &notes {
                    div {
                        dt { span.sr { (facts.pick("Fotnot ", "Footnote ")) } (mark(note)) }
                        dd {
                            @for text in note.text.iter() { (marks::text(facts, text)) }
                        }
                    }
                }
            }
        }
    }
}
