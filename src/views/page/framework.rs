//! A framework with its goals, and a goal with those who serve it.

use maud::{Markup, html};
use oxrdf::NamedNodeRef;

use super::facts::Facts;
use super::layout::{Crumb, Page};
use super::{crosswalk, marks, serving, words};
use crate::model::Status;
use crate::views::Error;
use crate::vocab::{self, adms, dcterms, plan, rdfs, skos};

/// The goals of a framework, parts of goals among them.
pub(super) fn goals(facts: Facts<'_>, framework: &str) -> Result<Vec<String>, Error> {
    let mut goals = Vec::new();
    for concept in facts.referring(skos::IN_SCHEME, framework)? {
        if facts.is_a(&concept, plan::GOAL)? {
            goals.push(concept);
        }
    }
    Ok(goals)
}

/// Goals in the order of their framework.
fn ordered(facts: Facts<'_>, goals: Vec<String>) -> Result<Vec<String>, Error> {
    let mut placed = Vec::new();
    for goal in goals {
        let position = facts.literals(&goal, plan::POSITION)?;
        let position: u32 = position
            .first()
            .and_then(|position| position.value().parse().ok())
            .unwrap_or(u32::MAX);
        placed.push((position, goal));
    }
    placed.sort();
    Ok(placed.into_iter().map(|(_, goal)| goal).collect())
}

fn crumb(facts: Facts<'_>) -> Crumb {
    Crumb {
        path: "framework".to_owned(),
        text: facts.pick("Ramverk", "Frameworks").to_owned(),
        language: None,
    }
}

/// The page of a framework.
pub(super) fn framework(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let name = facts.name(iri)?;
    let all = goals(facts, iri)?;
    let mut top = Vec::new();
    for goal in &all {
        if facts.nodes(goal, skos::BROADER)?.is_empty() {
            top.push(goal.clone());
        }
    }
    let tree = tree(facts, top)?;
    let comment = facts.text(iri, rdfs::COMMENT)?;
    let many = words::count(
        all.len(),
        ("mål eller del", "mål och delar"),
        ("goal or part", "goals and parts"),
        facts.language,
    );
    let main = html! {
        header.title {
            p.kind { (facts.pick("Ramverk", "Framework")) }
            h1 lang=[name.lang(facts.language)] { (name.text) }
            @if let Some(comment) = &comment { p.lead lang=[comment.lang(facts.language)] { (comment.text) } }
        }
        div.text {
            (framework_facts(facts, iri)?)
            section aria-labelledby="goals" {
                h2 #goals { (facts.pick("Mål", "Goals")) }
                @if all.is_empty() {
                    p { (facts.pick("Ramverket har inga mål som en plan kan kopplas till. Planer hänvisar till det som helhet.", "The framework has no goals that a plan can be linked to. Plans refer to it as a whole.")) }
                } @else { (tree) }
            }
            (serving::of_framework(facts, iri)?)
            (mentioned(facts, iri)?)
            (remarks(facts, iri)?)
        }
    };
    Ok(Page {
        description: if all.is_empty() {
            facts.language.pick(
                "Ramverk som planer kan hänvisa till, utan mål för sig.".to_owned(),
                "Framework that plans can refer to, without goals of its own.".to_owned(),
            )
        } else {
            facts.language.pick(
                format!("{many}, och vilka handlingsplaner som bidrar till dem."),
                format!("{many}, and which action plans contribute to them."),
            )
        },
        title: name.text,
        path: facts.path(iri)?.unwrap_or_default(),
        crumbs: vec![crumb(facts)],
        data: None,
        main,
    })
}

fn framework_facts(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let issued = facts.literals(iri, dcterms::ISSUED)?;
    let issued = issued.iter();
    let issued = issued.map(|day| html! { (words::day(day.value(), facts.language)) });
    Ok(marks::rows(&[
        (facts.pick("Utgivet", "Issued"), issued.collect()),
        (
            facts.pick("Originaldokumentet", "The original document"),
            facts.links(facts.nodes(iri, dcterms::SOURCE)?)?,
        ),
        (
            facts.pick("Se även", "See also"),
            facts.links(facts.nodes(iri, rdfs::SEE_ALSO)?)?,
        ),
    ]))
}

/// Goals as a list in a list, each with how many serve it.
fn tree(facts: Facts<'_>, goals: Vec<String>) -> Result<Markup, Error> {
    let mut items = Vec::new();
    for goal in ordered(facts, goals)? {
        let name = facts.link(&goal)?;
        let number = facts.literals(&goal, skos::NOTATION)?;
        let words_ = facts.text(&goal, skos::DEFINITION)?;
        let below = tree(facts, facts.referring(skos::BROADER, &goal)?)?;
        items.push(html! {
            li {
                @for number in &number { span.number { (number.value()) } " " }
                (name)
                @if let Some(definition) = words_ { p.verbatim lang=[definition.lang(facts.language)] { (definition.text) } }
                (below)
            }
        });
    }
    Ok(html! { @if !items.is_empty() { ul.goal-tree { @for item in &items { (item) } } } })
}

/// What names a framework or an organisation without more.
pub(super) fn mentioned(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let mut items = Vec::new();
    for property in [dcterms::REFERENCES, dcterms::RELATION] {
        for part in facts.by_name(facts.referring(property, iri)?)? {
            items.push(pointer_in_plan(facts, &part, property, iri)?);
        }
    }
    Ok(html! {
        @if !items.is_empty() {
            section aria-labelledby="mentioned" {
                h2 #mentioned { (facts.pick("Nämns av", "Mentioned by")) }
                ul.plain { @for item in &items { li { (item) } } }
            }
        }
    })
}

/// The remarks on a node of the reference data.
pub(super) fn remarks(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let mut texts = Vec::new();
    for property in [skos::NOTE, skos::EDITORIAL_NOTE] {
        texts.extend(facts.text(iri, property)?);
    }
    Ok(html! {
        @if !texts.is_empty() {
            section.why aria-labelledby="remarks" {
                h2 #remarks { (facts.pick("Anmärkningar", "Remarks")) }
                @for text in &texts { p lang=[text.lang(facts.language)] { (text.text) } }
            }
        }
    })
}

/// Something in a plan that points to a thing by a property: its name, its status where it has
/// one, and a sign where the pointing is not the document's own.
pub(super) fn pointer(
    facts: Facts<'_>,
    part: &str,
    property: NamedNodeRef<'_>,
    to: &str,
) -> Result<Markup, Error> {
    let link = facts.link(part)?;
    // Where the status is what points, it need not be said again.
    let status = if property == adms::STATUS {
        None
    } else {
        status(facts, part)?
    };
    let layer = facts.layer(part, property, to)?;
    Ok(html! {
        (link) " " (marks::chip(facts, layer))
        @if let Some(status) = status { " " (status) }
    })
}

/// The same, with the plan it stands in.
pub(super) fn pointer_in_plan(
    facts: Facts<'_>,
    part: &str,
    property: NamedNodeRef<'_>,
    to: &str,
) -> Result<Markup, Error> {
    let line = pointer(facts, part, property, to)?;
    let plans = facts.nodes(part, plan::IN_PLAN)?;
    let plan = match plans.first() {
        Some(plan) => Some(facts.link(plan)?),
        None => None,
    };
    Ok(html! {
        (line)
        @if let Some(plan) = plan { br; span.quiet { (facts.pick("i ", "in ")) (plan) } }
    })
}

/// How far a part of a plan has come, with a sign where that is read between the lines.
fn status(facts: Facts<'_>, part: &str) -> Result<Option<Markup>, Error> {
    let found = facts.nodes(part, adms::STATUS)?;
    let Some((iri, status)) = found
        .iter()
        .find_map(|iri| Some((iri, Status::from_key(iri.strip_prefix(vocab::status::NS)?)?)))
    else {
        return Ok(None);
    };
    let badge = marks::status(facts, status)?;
    let layer = facts.layer(part, adms::STATUS, iri)?;
    Ok(Some(html! { (badge) " " (marks::chip(facts, layer)) }))
}

/// The page of a goal.
pub(super) fn goal(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let name = facts.name(iri)?;
    let frameworks = facts.nodes(iri, skos::IN_SCHEME)?;
    let definition = facts.text(iri, skos::DEFINITION)?;
    let mut crumbs = vec![crumb(facts)];
    let mut of = String::new();
    if let Some(framework) = frameworks.first() {
        let words = facts.name(framework)?;
        of.clone_from(&words.text);
        crumbs.push(Crumb {
            path: facts.path(framework)?.unwrap_or_default(),
            language: words.lang(facts.language).map(str::to_owned),
            text: words.text,
        });
    }
    let main = html! {
        header.title {
            p.kind { (facts.pick("Mål", "Goal")) }
            h1 lang=[name.lang(facts.language)] { (name.text) }
            @if let Some(definition) = &definition {
                p.lead.verbatim lang=[definition.lang(facts.language)] { (definition.text) }
            }
        }
        div.text {
            (relatives(facts, iri)?)
            (serving::of_goal(facts, iri)?)
            (crosswalk::of(facts, iri)?)
            (remarks(facts, iri)?)
        }
    };
    Ok(Page {
        description: facts.language.pick(
            format!("Mål i {of}, och vilka handlingsplaner som bidrar till det."),
            format!("Goal of {of}, and which action plans contribute to it."),
        ),
        title: format!("{} – {of}", name.text),
        path: facts.path(iri)?.unwrap_or_default(),
        crumbs,
        data: None,
        main,
    })
}

/// What a goal is part of, its own parts, and what is the same elsewhere.
fn relatives(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let parts = ordered(facts, facts.referring(skos::BROADER, iri)?)?;
    let to = |property| facts.links(facts.nodes(iri, property)?);
    Ok(marks::rows(&[
        (facts.pick("Ramverk", "Framework"), to(skos::IN_SCHEME)?),
        (facts.pick("Del av", "Part of"), to(skos::BROADER)?),
        (facts.pick("Delar", "Parts"), facts.links(parts)?),
        (facts.pick("Samma som", "Same as"), to(skos::EXACT_MATCH)?),
        (facts.pick("Nära", "Close to"), to(skos::CLOSE_MATCH)?),
    ]))
}
