//! Anything else that has an address: its properties, by their names, and where each was read.

use std::collections::BTreeMap;

use maud::{Markup, html};
use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::facts::Facts;
use super::layout::{Crumb, Page};
use super::marks;
use super::origin::layer_words;
use super::{crosswalk, terms, words};
use crate::model::Layer;
use crate::views::Error;
use crate::views::order::Order;
use crate::vocab::{dcterms, plan, rdf, xsd};

/// The page of a node.
pub(super) fn page(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let name = facts.name(iri)?;
    let kind = kind(facts, iri)?;
    let of = facts
        .nodes(iri, plan::IN_PLAN)?
        .into_iter()
        .next()
        .or_else(|| owner(facts, iri));
    let mut crumbs = Vec::new();
    let mut about = String::new();
    if let Some(plan) = of.filter(|plan| plan != iri) {
        let words = facts.name(&plan)?;
        about.clone_from(&words.text);
        crumbs.push(Crumb {
            path: "plan".to_owned(),
            text: facts.pick("Planer", "Plans").to_owned(),
            language: None,
        });
        crumbs.push(Crumb {
            path: facts.path(&plan)?.unwrap_or_default(),
            language: words.lang(facts.language).map(str::to_owned),
            text: words.text,
        });
    }
    let rows = properties(facts, iri)?;
    let shown_by = pointing(facts, iri)?;
    let source = source_lines(facts, iri);
    let title = words::first_upper(&name.text);
    let main = html! {
        header.title {
            p.kind { (kind) }
            h1 lang=[name.lang(facts.language)] { (title) }
        }
        div.text {
            (table(facts, &rows))
            (crosswalk::of(facts, iri)?)
            (shown_by)
            @if let Some(source) = source { (source) }
        }
    };
    let path = facts.path(iri)?.unwrap_or_default();
    // Parts without a name of their own are told apart by where they stand.
    let place = path.rsplit('/').take(2).collect::<Vec<_>>();
    let place = place.into_iter().rev().collect::<Vec<_>>().join("/");
    Ok(Page {
        description: if about.is_empty() {
            format!("{kind}: {title} ({place}).")
        } else {
            facts.language.pick(
                format!("{kind} ({place}) i {about}."),
                format!("{kind} ({place}) of {about}."),
            )
        },
        title: if title.to_lowercase() == kind.to_lowercase() {
            format!("{title} ({place})")
        } else {
            format!("{kind}: {title}")
        },
        path,
        crumbs,
        data: None,
        main,
    })
}

/// The plan that a part lies below, by its address.
fn owner(facts: Facts<'_>, iri: &str) -> Option<String> {
    let (entry, rest) = facts.snapshot.plan_of(iri)?;
    (!rest.is_empty()).then(|| entry.iri.as_str().to_owned())
}

/// What kind of thing a node is.
fn kind(facts: Facts<'_>, iri: &str) -> Result<String, Error> {
    let mut classes = facts.nodes(iri, rdf::TYPE)?;
    // Our own classes say more than those they build on.
    classes.sort_by_key(|class| !class.starts_with(plan::NS));
    for class in &classes {
        if let Some(name) = terms::name(facts, class)? {
            return Ok(words::first_upper(&name));
        }
    }
    Ok(facts.pick("Sak", "Thing").to_owned())
}

/// A property with its values, each with the layer it stands in.
struct Row {
    name: String,
    values: Vec<Markup>,
}

/// What is said of a node, by property, in the order of the properties' names.
fn properties(facts: Facts<'_>, iri: &str) -> Result<Vec<Row>, Error> {
    let node = NamedNodeRef::new_unchecked(iri);
    let mut by_property: BTreeMap<String, Vec<(Term, Option<Layer>)>> = BTreeMap::new();
    for (graph, triples) in facts.snapshot.layers_about(node)? {
        let layer = layer(facts, &graph);
        for triple in triples {
            let values = by_property
                .entry(triple.predicate.into_string())
                .or_default();
            match values
                .iter_mut()
                .find(|(object, _)| *object == triple.object)
            {
                Some((_, own)) => *own = (*own).min(layer),
                None => values.push((triple.object, layer)),
            }
        }
    }
    let mut rows = Vec::new();
    for (property, mut values) in by_property {
        if property == rdf::TYPE.as_str() {
            continue;
        }
        values.sort_by_cached_key(|(object, _)| object.to_string());
        let name = terms::name(facts, &property)?;
        let name = name.unwrap_or_else(|| crate::vocab::compact(&property));
        let mut shown = Vec::new();
        for (object, layer) in only_own_language(facts, values) {
            shown.push(html! {
                (value(facts, &property, &object)?)
                @if let Some(layer) = layer { " " (marks::chip(facts, layer)) }
            });
        }
        rows.push(Row {
            name: words::first_upper(&name),
            values: shown,
        });
    }
    let order = Order::of(facts.language);
    rows.sort_by(|a, b| order.compare(&a.name, &b.name));
    Ok(rows)
}

/// Texts that are there in the page's language are shown in that language only.
fn only_own_language(
    facts: Facts<'_>,
    values: Vec<(Term, Option<Layer>)>,
) -> Vec<(Term, Option<Layer>)> {
    let own = |object: &Term| matches!(object, Term::Literal(literal) if literal.language() == Some(facts.language.tag()));
    let tagged =
        |object: &Term| matches!(object, Term::Literal(literal) if literal.language().is_some());
    let has_own = values.iter().any(|(object, _)| own(object));
    values
        .into_iter()
        .filter(|(object, _)| !has_own || own(object) || !tagged(object))
        .collect()
}

/// The layer of a plan that a graph is; none for reference data and vocabulary.
fn layer(facts: Facts<'_>, graph: &NamedNode) -> Option<Layer> {
    let (_, rest) = facts.snapshot.plan_of(graph.as_str())?;
    Layer::from_key(rest)
}

fn value(facts: Facts<'_>, property: &str, object: &Term) -> Result<Markup, Error> {
    Ok(match object {
        Term::NamedNode(node) => facts.link(node.as_str())?,
        Term::BlankNode(_) => {
            html! { span.quiet { (facts.pick("(utan namn)", "(without a name)")) } }
        }
        Term::Literal(literal) => {
            let lang = literal
                .language()
                .filter(|own| *own != facts.language.tag());
            if literal.datatype() == xsd::DATE {
                html! { (words::day(literal.value(), facts.language)) }
            } else if literal.datatype() == xsd::BOOLEAN {
                html! { @if literal.value() == "true" { (facts.pick("ja", "yes")) } @else { (facts.pick("nej", "no")) } }
            } else if property == plan::SOURCE_RANGE.as_str() {
                html! { (literal.value().replace('L', "").replace('-', "–")) }
            } else {
                let text = crate::model::Text {
                    language: literal
                        .language()
                        .unwrap_or(facts.language.tag())
                        .to_owned(),
                    text: literal.value().to_owned(),
                };
                if text.text.contains('\n') {
                    marks::text(facts, &text)
                } else {
                    html! { span lang=[lang] { (marks::words(&text.text)) } }
                }
            }
        }
    })
}

fn table(facts: Facts<'_>, rows: &[Row]) -> Markup {
    html! {
        @if rows.is_empty() {
            p.quiet { (facts.pick("Inget mer sägs om det här.", "Nothing more is said of this.")) }
        } @else {
            dl.facts.properties {
                @for row in rows {
                    div { dt { (row.name) } dd { ul.who { @for value in &row.values { li { (value) } } } } }
                }
            }
        }
    }
}

/// What points to the node, by the property it does so with.
fn pointing(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let mut rows = Vec::new();
    for (property, sv, en) in terms::BACKWARD {
        let property = NamedNodeRef::new_unchecked(property);
        let links = facts.links(facts.by_name(facts.referring(property, iri)?)?)?;
        rows.push((facts.language.pick(*sv, *en), links));
    }
    Ok(html! {
        @if rows.iter().any(|(_, links)| !links.is_empty()) {
            section aria-labelledby="pointing" {
                h2 #pointing { (facts.pick("Pekar hit", "Pointing here")) }
                (marks::rows(&rows))
            }
        }
    })
}

/// The text that a plan was read from, with numbered lines, for the page of a source.
fn source_lines(facts: Facts<'_>, iri: &str) -> Option<Markup> {
    let (entry, rest) = facts.snapshot.plan_of(iri)?;
    let text = entry.source.as_ref().filter(|_| rest == "source")?;
    let text = String::from_utf8_lossy(text).into_owned();
    let plan = facts.snapshot.base().relative(entry.iri.as_str())?;
    let lang = facts.language.pick(None, Some("sv"));
    Some(html! {
        section aria-labelledby="lines" {
            h2 #lines { (facts.pick("Texten, rad för rad", "The text, line by line")) }
            p { (facts.pick("Radnumren är de som planens delar hänvisar till.", "The line numbers are those that the parts of the plan refer to.")) " "
                a href=(facts.site.file(&format!("{plan}/source.txt"))) { (facts.pick("Texten som fil", "The text as a file")) } }
            ol.source lang=[lang] {
                @for (index, line) in text.lines().enumerate() {
                    li id={ "L" (index + 1) } { (line) }
                }
            }
        }
    })
}

/// The page of a layer of a plan, or of a file of reference data.
pub(super) fn graph(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let mut page = page(facts, iri)?;
    let layer = facts
        .snapshot
        .plan_of(iri)
        .and_then(|(_, rest)| Layer::from_key(rest));
    let graph = facts
        .snapshot
        .named_graph(NamedNodeRef::new_unchecked(iri))?
        .unwrap_or_default();
    let subjects: std::collections::BTreeSet<String> = graph
        .iter()
        .map(|triple| triple.subject.to_string())
        .collect();
    let title = facts.text(iri, dcterms::TITLE)?;
    let size = facts.language.pick(
        format!(
            "{} uppgifter om {} saker.",
            words::number(graph.len(), facts.language),
            words::number(subjects.len(), facts.language)
        ),
        format!(
            "{} statements about {} things.",
            words::number(graph.len(), facts.language),
            words::number(subjects.len(), facts.language)
        ),
    );
    let rows = properties(facts, iri)?;
    let mut heading = page.title.clone();
    if let (Some(layer), Some((entry, _))) = (layer, facts.snapshot.plan_of(iri)) {
        let words = layer_words(facts, layer);
        heading = facts
            .language
            .pick(format!("Lager: {words}"), format!("Layer: {words}"));
        page.title = format!("{heading} – {}", facts.name(entry.iri.as_str())?.text);
    }
    page.main = html! {
        header.title {
            p.kind { (kind(facts, iri)?) }
            h1 lang=[title.as_ref().and_then(|title| title.lang(facts.language))] { (heading) }
            p.lead { (size) }
        }
        div.text {
            (table(facts, &rows))
            p { (facts.pick("Innehållet finns som data nedan.", "The content is there as data below.")) }
        }
    };
    Ok(page)
}
