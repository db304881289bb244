//! What a plan's page rests on: the document, its rights, the layers, what the plan refers to.

use maud::{Markup, html};

use super::facts::Facts;
use super::marks;
use super::view::PlanView;
use crate::model::{Iri, Layer};
use crate::views::Error;
use crate::vocab::{dcterms, plan, skos};

/// What this page is, and what it rests on.
pub(super) fn about(view: PlanView<'_>) -> Result<Markup, Error> {
    let (facts, plan) = (view.facts, view.plan);
    let remarks = marks::remarks(facts, &plan.editorial_note);
    let mut layers = Vec::new();
    for layer in plan
        .graphs
        .keys()
        .filter(|layer| **layer != Layer::Suggested)
    {
        let iri = crate::rdf::base::layer_graph(view.iri, *layer);
        layers.push((*layer, facts.link(iri.as_str())?));
    }
    Ok(html! {
        section #about aria-labelledby="about-heading" {
            h2 #about-heading { (facts.pick("Om återgivningen", "About this rendering")) }
            p { (facts.pick(
                "Sidan är Samplans återgivning av ett dokument. Orden i antikva är dokumentets egna. Det som är märkt ”tolkat” står inte så i dokumentet, och under varje sådant ställe står varför det har lästs så.",
                "This page is Samplan's rendering of a document. Words in serif type are the document's own. What is marked “interpreted” does not stand so in the document, and each such place says why it was read that way.")) }
            (original(view)?)
            @for rights in plan.rights.values() {
                @if let Some((label, _)) = view.text(&rights.node.label) { p lang=[view.lang(label)] { (label.text) } }
            }
            @for licence in plan.license.iter() { p { (facts.pick("Textens licens: ", "Licence of the text: ")) a href=(licence.as_str()) { (licence.as_str()) } } }
            @if !remarks.is_empty() {
                h3 { (facts.pick("Om tolkningen av planen som helhet", "On the interpretation of the plan as a whole")) }
                @for remark in &remarks { p lang=[view.lang(remark)] { (remark.text) } }
            }
            @if !layers.is_empty() {
                h3 { (facts.pick("Lager", "Layers")) }
                ul.plain { @for (layer, link) in &layers { li { (link) " " span.quiet { (layer_words(facts, *layer)) } } } }
            }
        }
    })
}

/// What the plan names, in the order of its own list.
pub(super) fn references(view: PlanView<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    if view.plan.named.is_empty() {
        return Ok(html! {});
    }
    let mut named: Vec<_> = view.plan.named.iter().collect();
    named.sort_by_key(|(iri, reference)| {
        let position = reference.position.first().copied();
        (position.is_none(), position, (*iri).clone())
    });
    let mut items = Vec::new();
    for (iri, reference) in named {
        let link = facts.link(iri.as_str())?;
        let relations = facts.links(reference.relation.iter().map(Iri::as_str))?;
        items.push(html! {
            li {
                (link)
                @for page in reference.page.iter() { " " a.quiet href=(page.as_str()) { (host(page.as_str())) } }
                @for relation in &relations { " " span.quiet { "→ " } (relation) }
            }
        });
    }
    Ok(html! {
        section #references aria-labelledby="references-heading" {
            h2 #references-heading { (facts.pick("Hänvisningar", "References")) }
            p.quiet { (facts.pick("Lagar, planer, projekt och system som planen nämner.", "Laws, plans, projects and systems that the plan names.")) }
            ul.plain { @for item in &items { (item) } }
        }
    })
}

/// Where the original document is, and the text that was read.
fn original(view: PlanView<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let source_page = view.source()?;
    let mut sources = Vec::new();
    for linked in view.plan.source.values() {
        let source = &linked.node;
        let pages: Vec<&str> = source.page.iter().map(Iri::as_str).collect();
        let publishers: Vec<Markup> = source
            .publisher
            .iter()
            .map(|publisher| facts.link(publisher.as_str()))
            .collect::<Result<_, _>>()?;
        sources.push((pages, publishers));
    }
    let known = sources.iter().any(|(pages, _)| !pages.is_empty());
    Ok(html! {
        ul.plain {
            @for (pages, publishers) in &sources {
                @for page in pages { li { a href=(page) rel="external" { (facts.pick("Originaldokumentet", "The original document")) } " " span.quiet { (host(page)) } } }
                @for publisher in publishers { li { (facts.pick("Utgivet av ", "Published by ")) (publisher) } }
            }
            @if let Some(source) = &source_page {
                li { a href=(source) { (facts.pick("Dokumentets text, rad för rad", "The text of the document, line by line")) } }
            }
            @if !known {
                li.quiet { (facts.pick("Originaldokumentets egen adress är inte känd.", "The original document's own address is not known.")) }
            }
        }
    })
}

/// What a layer holds, in a few words.
pub(super) fn layer_words(facts: Facts<'_>, layer: Layer) -> &'static str {
    let (sv, en) = match layer {
        Layer::Stated => (
            "det dokumentet säger, ordagrant",
            "what the document says, verbatim",
        ),
        Layer::Interpreted => (
            "det som kräver mer än de citerade orden",
            "what needs more than the quoted words",
        ),
        Layer::Editorial => (
            "det som har länkats i efterhand",
            "what was linked afterwards",
        ),
        Layer::Suggested => (
            "förslag som ingen har granskat",
            "suggestions that nobody has reviewed",
        ),
    };
    facts.language.pick(sv, en)
}

/// The host of an address, to show where a link leads.
fn host(address: &str) -> &str {
    address.split('/').nth(2).unwrap_or(address)
}

/// The documents that something rests on, each with its name and where it is: those a plan or
/// a part of one was read from, or that a framework or a goal of one comes from.
pub(super) fn originals(facts: Facts<'_>, iri: &str) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    if let Some((entry, _)) = facts.snapshot.plan_of(iri) {
        for (text, source) in &entry.plan.source {
            for page in source.node.page.iter() {
                found.push((host(page.as_str()).to_owned(), page.as_str().to_owned()));
            }
            if let Some(path) = facts.path(text.as_str())? {
                let words = facts.pick("texten, rad för rad", "the text, line by line");
                found.push((words.to_owned(), facts.site.page(&path)));
            }
        }
        return Ok(found);
    }
    let mut frameworks = facts.nodes(iri, skos::IN_SCHEME)?;
    frameworks.push(iri.to_owned());
    for framework in frameworks {
        if facts.is_a(&framework, plan::FRAMEWORK)? {
            for document in facts.nodes(&framework, dcterms::SOURCE)? {
                found.push((facts.name(&document)?.text, document));
            }
        }
    }
    Ok(found)
}
