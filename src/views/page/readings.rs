//! What does not stand in the document as it is shown: on which words it rests, and why.

use maud::{Markup, html};

use super::activity::Shown;
use super::facts::Facts;
use super::marks;
use super::view::PlanView;
use crate::model::{Activity, Layer, Text};

/// Something on the page that does not stand in the document as it is shown.
pub(super) struct Reading<'a> {
    pub(super) what: Markup,
    /// The document's own words.
    pub(super) words: Option<&'a Text>,
    pub(super) layer: Layer,
    pub(super) why: Vec<&'a Text>,
}

/// The remarks on the activity itself say why what is said of it was read so.
pub(super) fn gather_remarks<'a>(
    view: PlanView<'a>,
    activity: &'a Activity,
    readings: &mut Vec<Reading<'a>>,
) {
    let remarks = marks::remarks(view.facts, &activity.editorial_note);
    if !remarks.is_empty() {
        readings.push(Reading {
            what: html! { (view.facts.pick("Om läsningen", "On the reading")) },
            words: None,
            layer: Layer::Interpreted,
            why: remarks,
        });
    }
}

/// What is interpreted, on which words, and why.
pub(super) fn why(facts: Facts<'_>, readings: &[Reading<'_>], shown: Shown) -> Markup {
    if readings.is_empty() {
        return html! {};
    }
    let list = html! {
        ul {
            @for reading in readings {
                li {
                    (reading.what)
                    @if let Some(own) = reading.words {
                        @let lang = facts.lang(own);
                        " – " (facts.pick("i dokumentet", "in the document")) ": " (facts.quoted(&html! { span.verbatim lang=[lang] { (own.text) } })) "."
                    }
                    @for reason in &reading.why {
                        " " @let lang = facts.lang(reason);
                        span lang=[lang] { (reason.text) }
                    }
                    @if reading.why.is_empty() && reading.words.is_none() && reading.layer == Layer::Interpreted {
                        " – " (facts.pick("läst ur sammanhanget.", "read from the context."))
                    }
                }
            }
        }
    };
    let name = facts.pick("Tolkat, och varför", "Interpreted, and why");
    match shown {
        Shown::Alone => html! { section.why aria-labelledby="why" { h2 #why { (name) } (list) } },
        Shown::Among(_) => html! { details.why { summary { (name) } (list) } },
    }
}
