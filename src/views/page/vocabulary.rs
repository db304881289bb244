//! The vocabulary: its terms, the schemes of statuses and roles with their concepts, the rules.

use maud::{Markup, html};
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};

use super::facts::{Facts, Words, best};
use super::framework::pointer_in_plan;
use super::layout::{Crumb, Page};
use super::marks;
use super::words;
use crate::model::Status;
use crate::views::Error;
use crate::views::order::Order;
use crate::vocab::{self, adms, compact, dcterms, m8g, owl, plan, rdf, rdfs, sh, skos};

fn crumb(facts: Facts<'_>) -> Crumb {
    Crumb {
        path: "ns".to_owned(),
        text: facts.pick("Vokabulär", "Vocabulary").to_owned(),
        language: None,
    }
}

/// The page of the ontology.
pub(super) fn ontology(facts: Facts<'_>) -> Result<Page, Error> {
    let iri = vocab::ONTOLOGY_IRI;
    let description = facts.text(iri, dcterms::DESCRIPTION)?;
    let description = description.map(|words| words.text).unwrap_or_default();
    let mut properties = facts.referring(rdf::TYPE, owl::OBJECT_PROPERTY.as_str())?;
    properties.extend(facts.referring(rdf::TYPE, owl::DATATYPE_PROPERTY.as_str())?);
    let mut values = Vec::new();
    for class in [skos::CONCEPT_SCHEME, skos::CONCEPT, rdfs::DATATYPE] {
        values.extend(facts.referring(rdf::TYPE, class.as_str())?);
    }
    let groups = [
        (
            "classes",
            facts.pick("Klasser", "Classes"),
            facts.referring(rdf::TYPE, owl::CLASS.as_str())?,
        ),
        (
            "properties",
            facts.pick("Egenskaper", "Properties"),
            properties,
        ),
        ("values", facts.pick("Fasta värden", "Fixed values"), values),
    ];
    let mut sections = Vec::new();
    for (id, heading, terms) in groups {
        let own: Vec<String> = terms
            .into_iter()
            .filter(|term| term.starts_with(plan::NS))
            .collect();
        let mut entries = Vec::new();
        for term in facts.by_name(own)? {
            entries.push(entry(facts, &term)?);
        }
        sections.push((id, heading, entries));
    }
    let version = facts.literals(iri, owl::VERSION_INFO)?;
    let main = html! {
        header.title {
            p.kind { (facts.pick("Vokabulär", "Vocabulary")) @if let Some(version) = version.first() { " " (version.value()) } }
            h1 { (facts.pick("Vokabulären för handlingsplaner", "The vocabulary for action plans")) }
            p.lead { (description) }
        }
        div.text {
            dl.facts {
                div { dt { (facts.pick("Namnrymd", "Namespace")) } dd { code.address { (plan::NS) } } }
                div { dt { (facts.pick("Hör ihop med", "Goes with")) } dd { ul.who {
                    li { a href=(facts.site.page("status")) { (facts.pick("Statusar", "Statuses")) } }
                    li { a href=(facts.site.page("role")) { (facts.pick("Roller", "Roles")) } }
                    li { a href=(facts.site.page("ns/shapes")) { (facts.pick("Regler (SHACL)", "Rules (SHACL)")) } }
                    li { a href=(facts.site.file("ns/context.jsonld")) { (facts.pick("JSON-LD-kontext", "JSON-LD context")) } }
                    li { a href=(facts.site.file("ns/plan.schema.json")) { "JSON Schema" } }
                } } }
            }
            @for (id, heading, entries) in &sections {
                section aria-labelledby=(id) {
                    h2 id=(id) { (heading) }
                    dl.terms { @for entry in entries { (entry) } }
                }
            }
        }
    };
    Ok(Page {
        title: facts
            .pick(
                "Vokabulären för handlingsplaner",
                "The vocabulary for action plans",
            )
            .to_owned(),
        description,
        path: "ns".to_owned(),
        crumbs: Vec::new(),
        data: None,
        main,
    })
}

/// A term of the ontology. Its place on the page is its address.
fn entry(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let name = facts.name(iri)?;
    let mut about = facts.text(iri, rdfs::COMMENT)?;
    if about.is_none() {
        about = facts.text(iri, skos::SCOPE_NOTE)?;
    }
    let mut rows: Vec<(&str, Vec<Markup>)> = Vec::new();
    for (property, heading) in [
        (rdfs::SUB_CLASS_OF, facts.pick("Slag av", "Kind of")),
        (rdfs::DOMAIN, facts.pick("Från", "From")),
        (rdfs::RANGE, facts.pick("Till", "To")),
        (skos::IN_SCHEME, facts.pick("I", "In")),
    ] {
        let mut links = Vec::new();
        for other in facts.nodes(iri, property)? {
            links.push(term_link(facts, &other)?);
        }
        rows.push((heading, links));
    }
    let local = iri.rsplit('#').next().unwrap_or_default();
    Ok(html! {
        div id=(local) {
            dt {
                span lang=[name.lang(facts.language)] { (name.text) }
                " " code { (compact(iri)) }
            }
            dd {
                @if let Some(about) = about { p lang=[about.lang(facts.language)] { (about.text) } }
                @for (heading, links) in rows.iter().filter(|(_, links)| !links.is_empty()) {
                    p.quiet { (heading) ": " @for (index, link) in links.iter().enumerate() { @if index > 0 { ", " } (link) } }
                }
            }
        }
    })
}

/// A term, by its short name where it is not one of ours.
fn term_link(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    if facts.path(iri)?.is_some() {
        return facts.link(iri);
    }
    Ok(html! { a href=(iri) { code { (compact(iri)) } } })
}

/// The page of the scheme of statuses or of roles.
pub(super) fn scheme(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let name = facts.name(iri)?;
    let top = facts.referring(skos::TOP_CONCEPT_OF, iri)?;
    let tree = concepts(facts, top)?;
    let status = iri == vocab::STATUS_IRI;
    let description = if status {
        facts.pick(
            "Hur långt en aktivitet har kommit, i gemensamma ord. Planens egna ord står alltid kvar bredvid.",
            "How far an activity has come, in common words. The plan's own word always stands beside.",
        )
    } else {
        facts.pick(
            "I vilken roll någon medverkar i en aktivitet eller en plan.",
            "In which role somebody takes part in an activity or a plan.",
        )
    };
    Ok(Page {
        main: html! {
            header.title {
                p.kind { (facts.pick("Begreppsschema", "Concept scheme")) }
                h1 lang=[name.lang(facts.language)] { (name.text) }
                p.lead { (description) }
            }
            div.text { (tree) }
        },
        title: name.text,
        description: description.to_owned(),
        path: facts.path(iri)?.unwrap_or_default(),
        crumbs: vec![crumb(facts)],
        data: None,
    })
}

fn sign(iri: &str) -> Option<Markup> {
    let key = iri.strip_prefix(vocab::status::NS)?;
    Status::from_key(key).map(|status| html! { span.status { (marks::sign(status)) } " " })
}

fn concepts(facts: Facts<'_>, iris: Vec<String>) -> Result<Markup, Error> {
    let mut items = Vec::new();
    for iri in iris {
        let link = facts.link(&iri)?;
        let note = facts.text(&iri, skos::SCOPE_NOTE)?;
        let below = concepts(facts, facts.referring(skos::BROADER, &iri)?)?;
        items.push(html! {
            li {
                @if let Some(sign) = sign(&iri) { (sign) }
                (link)
                @if let Some(note) = note { p lang=[note.lang(facts.language)] { (note.text) } }
                (below)
            }
        });
    }
    Ok(html! { @if !items.is_empty() { ul.goal-tree { @for item in &items { (item) } } } })
}

/// The page of a status or a role.
pub(super) fn concept(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let name = facts.name(iri)?;
    let note = facts.text(iri, skos::SCOPE_NOTE)?;
    let schemes = facts.nodes(iri, skos::IN_SCHEME)?;
    let mut crumbs = vec![crumb(facts)];
    if let Some(scheme) = schemes.first() {
        let words = facts.name(scheme)?;
        crumbs.push(Crumb {
            path: facts.path(scheme)?.unwrap_or_default(),
            language: words.lang(facts.language).map(str::to_owned),
            text: words.text,
        });
    }
    let mut rows: Vec<(&str, Vec<Markup>)> = Vec::new();
    for (heading, iris) in [
        (
            facts.pick("Hör till", "Belongs to"),
            facts.nodes(iri, skos::BROADER)?,
        ),
        (
            facts.pick("Omfattar", "Covers"),
            facts.referring(skos::BROADER, iri)?,
        ),
        (
            facts.pick("Samma som", "Same as"),
            facts.nodes(iri, skos::EXACT_MATCH)?,
        ),
        (
            facts.pick("Nära", "Close to"),
            facts.nodes(iri, skos::CLOSE_MATCH)?,
        ),
    ] {
        let links = iris
            .iter()
            .map(|iri| term_link(facts, iri))
            .collect::<Result<Vec<_>, _>>()?;
        rows.push((heading, links));
    }
    let used = facts.referring(adms::STATUS, iri)?;
    let taken = facts.referring(m8g::ROLE, iri)?.len();
    let mut lines = Vec::new();
    for part in facts.by_name(used)? {
        lines.push(pointer_in_plan(facts, &part, adms::STATUS, iri)?);
    }
    let description = note
        .as_ref()
        .map(|note| note.text.clone())
        .unwrap_or_default();
    Ok(Page {
        main: html! {
            header.title {
                p.kind { (facts.pick("Begrepp", "Concept")) " " code { (compact(iri)) } }
                h1 { @if let Some(sign) = sign(iri) { (sign) } span lang=[name.lang(facts.language)] { (name.text) } }
                p.lead { (description) }
            }
            div.text {
                (marks::rows(&rows))
                @if taken > 0 {
                    p { (words::count(taken, ("medverkan har rollen", "medverkanden har rollen"), ("participation has this role", "participations have this role"), facts.language)) "." }
                }
                @if !lines.is_empty() {
                    section aria-labelledby="used" {
                        h2 #used { (facts.pick("Aktiviteter och utfall med statusen", "Activities and outcomes with this status")) }
                        ul.plain { @for line in &lines { li { (line) } } }
                    }
                }
            }
        },
        title: name.text,
        description,
        path: facts.path(iri)?.unwrap_or_default(),
        crumbs,
        data: None,
    })
}

/// The rules, each as the sentence that whoever breaks it gets to read.
pub(super) fn shapes(facts: Facts<'_>, graph: &Graph) -> Page {
    let title = facts.pick("Regler för planer", "Rules for plans");
    let description = facts.pick(
        "Vad en handlingsplan ska uppfylla för att publiceras. Varje regel är den mening som den får läsa som bryter mot den.",
        "What an action plan must fulfil to be published. Each rule is the sentence that whoever breaks it gets to read.",
    );
    let mut groups: Vec<(Words, Vec<Words>)> = Vec::new();
    for shape in graph.subjects_for_predicate_object(rdf::TYPE, sh::NODE_SHAPE) {
        let mut messages: Vec<Words> = message(facts, graph, shape).into_iter().collect();
        for property in graph.objects_for_subject_predicate(shape, sh::PROPERTY) {
            if let TermRef::NamedNode(property) = property {
                messages.extend(message(facts, graph, property.into()));
            }
        }
        if let (Some(name), false) = (text(facts, graph, shape, sh::NAME), messages.is_empty()) {
            groups.push((name, messages));
        }
    }
    let order = Order::of(facts.language);
    groups.sort_by(|(a, _), (b, _)| order.compare(&a.text, &b.text));
    // Several shapes are about the same thing.
    let mut merged: Vec<(Words, Vec<Words>)> = Vec::new();
    for (name, messages) in groups {
        match merged.last_mut() {
            Some((last, all)) if *last == name => all.extend(messages),
            _ => merged.push((name, messages)),
        }
    }
    for (_, messages) in &mut merged {
        messages.sort_by(|a, b| order.compare(&a.text, &b.text));
        messages.dedup();
    }
    Page {
        main: html! {
            header.title {
                p.kind { "SHACL" }
                h1 { (title) }
                p.lead { (description) }
            }
            div.text {
                @for (name, messages) in &merged {
                    section {
                        h2 { (words::first_upper(&name.text)) }
                        ul { @for message in messages { li lang=[message.lang(facts.language)] { (message.text) } } }
                    }
                }
            }
        },
        title: title.to_owned(),
        description: description.to_owned(),
        path: "ns/shapes".to_owned(),
        crumbs: vec![crumb(facts)],
        data: None,
    }
}

fn message(facts: Facts<'_>, graph: &Graph, shape: NamedOrBlankNodeRef<'_>) -> Option<Words> {
    text(facts, graph, shape, sh::MESSAGE)
}

fn text(
    facts: Facts<'_>,
    graph: &Graph,
    node: NamedOrBlankNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Option<Words> {
    let literals = graph
        .objects_for_subject_predicate(node, property)
        .filter_map(|object| match object {
            TermRef::Literal(literal) => Some(literal.into_owned()),
            _ => None,
        })
        .collect();
    best(literals, facts.language)
}
