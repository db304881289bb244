//! The answer of a query as a table, a word or a text.

use maud::{Markup, html};
use oxrdf::{Graph, GraphName, Literal, Term};

use super::facts::Facts;
use crate::rdf::{Format, serialize};
use crate::sparql::Rows;
use crate::views::Error;
use crate::vocab::{compact, xsd};

/// The heading of a column; the variable's name where a query says nothing of it.
pub(super) struct Head {
    pub(super) variable: String,
    pub(super) title: Option<String>,
}

/// The rows. Of a published query a column `planLabel` beside a column `plan` holds the name of
/// what that one holds the address of, and the two become one; in other answers every column
/// stands by itself.
pub(super) fn table(
    facts: Facts<'_>,
    name: &str,
    heads: &[Head],
    rows: &Rows,
) -> Result<Markup, Error> {
    let position = |variable: &str| rows.variables.iter().position(|own| own == variable);
    let columns: Vec<(&Head, Option<usize>, Option<usize>)> = heads
        .iter()
        .filter(|head| {
            let of = head.variable.strip_suffix("Label");
            head.title.is_none() || of.is_none_or(|of| position(of).is_none())
        })
        .map(|head| {
            let label = head.title.as_ref();
            let label = label.and_then(|_| position(&format!("{}Label", head.variable)));
            (head, position(&head.variable), label)
        })
        .collect();
    let value = |row: &[Option<Term>], at: Option<usize>| at.and_then(|at| row.get(at)?.clone());
    let mut body = Vec::with_capacity(rows.rows.len());
    for row in &rows.rows {
        let mut cells = Vec::with_capacity(columns.len());
        for (_, term, label) in &columns {
            let (term, label) = (value(row, *term), value(row, *label));
            let number = matches!(&term, Some(Term::Literal(literal)) if is_number(literal));
            cells.push((number, cell(facts, term.as_ref(), label.as_ref())?));
        }
        body.push(cells);
    }
    Ok(html! {
        section.scroll tabindex="0" aria-label=(name) {
            table.answer {
                thead { tr { @for (head, _, _) in &columns {
                    th scope="col" { @match &head.title {
                        Some(title) => (title),
                        None => code { "?" (head.variable) },
                    } }
                } } }
                tbody {
                    @for cells in &body {
                        tr { @for (number, cell) in cells { td class=[number.then_some("number")] { (cell) } } }
                    }
                }
            }
        }
    })
}

/// The headings of an answer to a query of which nothing is known but its variables.
pub(super) fn plain_heads(rows: &Rows) -> Vec<Head> {
    let of = |variable: &String| Head {
        variable: variable.clone(),
        title: None,
    };
    rows.variables.iter().map(of).collect()
}

fn is_number(literal: &Literal) -> bool {
    [xsd::INTEGER, xsd::DECIMAL].contains(&literal.datatype())
}

fn cell(facts: Facts<'_>, term: Option<&Term>, label: Option<&Term>) -> Result<Markup, Error> {
    let words = |literal: &Literal| {
        let lang = literal
            .language()
            .filter(|own| *own != facts.language.tag());
        let date = (literal.datatype() == xsd::DATE).then_some("date");
        html! { span class=[date] lang=[lang] { (literal.value()) } }
    };
    Ok(match (term, label) {
        (Some(Term::NamedNode(node)), label) => {
            let shown = if let Some(Term::Literal(literal)) = label {
                words(literal)
            } else {
                html! { span.address { (short(facts, node.as_str())) } }
            };
            match facts.href(node.as_str())? {
                Some(href) => html! { a href=(href) { (shown) } },
                None => shown,
            }
        }
        (Some(Term::Literal(literal)), _) => words(literal),
        (Some(Term::BlankNode(node)), _) => html! { (node.to_string()) },
        (None, Some(Term::Literal(label))) => words(label),
        (None, _) => html! {},
    })
}

/// An address as short as it can be told from others.
fn short(facts: Facts<'_>, iri: &str) -> String {
    match facts.snapshot.base().relative(iri) {
        Some(path) if !path.is_empty() => path.to_owned(),
        _ => {
            let compact = compact(iri);
            let bare = compact
                .strip_prefix('<')
                .and_then(|rest| rest.strip_suffix('>'));
            bare.map_or(compact.clone(), str::to_owned)
        }
    }
}

/// How much of a graph is shown, in bytes.
const SHOWN: usize = 200 << 10;

/// A graph, in Turtle.
pub(super) fn graph(facts: Facts<'_>, graph: &Graph) -> Result<Markup, Error> {
    let Some(turtle) = Format::Turtle.rdf_format() else {
        return Err(Error::NoSuchForm);
    };
    let bytes = serialize::graphs(&[(GraphName::DefaultGraph, graph)], turtle)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut end = SHOWN.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if graph.is_empty() {
        return Ok(html! { p { (facts.pick("Grafen är tom.", "The graph is empty.")) } });
    }
    Ok(html! {
        pre tabindex="0" { code { (&text[..end]) } }
        @if end < text.len() {
            p { (facts.pick("Här visas bara början. Hämta hela svaret i något av formaten.", "Only the beginning is shown. Download the whole answer in one of the formats.")) }
        }
    })
}
