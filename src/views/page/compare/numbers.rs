//! Numbers, each with the query that gives it.

use maud::{Markup, html};

use super::View;
use crate::compare::Request;
use crate::compare::query::{Number, count};
use crate::model::Iri;
use crate::views::page::facts::Facts;
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
    link(view.facts, many, &text)
}

/// The link to a query that gives a number.
fn link(facts: Facts<'_>, many: usize, query: &str) -> Markup {
    html! {
        a.query href=(sparql::address(facts, query)) data-value=(many)
            aria-label=(facts.pick("SPARQL-frågan som ger talet", "The SPARQL query that gives the number")) { "?" }
    }
}

/// A number over all plans, with a link to the query that gives it.
pub(in crate::views::page) fn over_all(
    facts: Facts<'_>,
    framework: &Iri,
    many: usize,
    what: Number<'_>,
) -> Markup {
    let text = count(framework, &[], &Request::default(), what);
    html! { (words::number(many, facts.language)) (link(facts, many, &text)) }
}
