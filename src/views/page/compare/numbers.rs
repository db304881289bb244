//! Numbers, each with the query that gives it.

use maud::{Markup, html};

use super::View;
use crate::compare::query::{Number, count};
use crate::model::Iri;
use crate::views::page::{sparql, words};

/// A number with a link to the query that gives it, in the editor.
pub(super) fn number(view: View<'_>, many: usize, what: Number<'_>) -> Markup {
    html! { (words::number(many, view.facts.language)) (query(view, many, what)) }
}

/// A number that leads to a place on the page, with a link to the query that gives it.
pub(super) fn leading(view: View<'_>, many: usize, to: &str, what: Number<'_>) -> Markup {
    html! {
        a.count-link href={ "#" (to) } { (words::number(many, view.facts.language)) }
        (query(view, many, what))
    }
}

/// The link to the query that gives a number.
fn query(view: View<'_>, many: usize, what: Number<'_>) -> Markup {
    let plans: Vec<&Iri> = view
        .comparison
        .plans
        .iter()
        .map(|plan| &plan.facts.iri)
        .collect();
    let text = count(
        &view.comparison.framework.iri,
        &plans,
        &view.comparison.request,
        what,
    );
    html! {
        a.query href=(sparql::address(view.facts, &text)) data-value=(many)
            aria-label=(view.facts.pick("SPARQL-frågan som ger talet", "The SPARQL query that gives the number")) { "?" }
    }
}
