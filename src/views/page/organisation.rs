//! An organisation, and everything it is responsible for.

use std::collections::BTreeMap;

use maud::{Markup, html};
use oxrdf::NamedNodeRef;

use super::facts::Facts;
use super::framework::{mentioned, pointer, remarks};
use super::layout::{Crumb, Page};
use super::{marks, terms, words};
use crate::views::Error;
use crate::vocab::{dcterms, foaf, m8g, org, owl, plan, skos};

/// The page of an organisation.
pub(super) fn page(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let name = facts.name(iri)?;
    let responsible = facts.referring(plan::RESPONSIBLE, iri)?.len();
    let supporting = facts.referring(plan::SUPPORTING, iri)?.len();
    let owned = facts.referring(dcterms::CREATOR, iri)?;
    let count = |many: usize| {
        words::count(
            many,
            ("aktivitet", "aktiviteter"),
            ("activity", "activities"),
            facts.language,
        )
    };
    let description = if responsible + supporting == 0 {
        facts.language.pick(
            "Organisation som ingen plan här ännu ger ansvar för något.".to_owned(),
            "Organisation that no plan here makes responsible for anything yet.".to_owned(),
        )
    } else {
        facts.language.pick(
            format!(
                "Ansvarar för {} och medverkar i {} i handlingsplanerna här.",
                count(responsible),
                count(supporting)
            ),
            format!(
                "Responsible for {} and taking part in {} in the action plans here.",
                count(responsible),
                count(supporting)
            ),
        )
    };
    let main = html! {
        header.title {
            p.kind { (facts.pick("Organisation", "Organisation")) }
            h1 lang=[name.lang(facts.language)] { (name.text) }
            (own_facts(facts, iri)?)
        }
        div.text {
            (plans(facts, owned)?)
            (by_plan(facts, iri, ("responsible", facts.pick("Ansvarig för", "Responsible for")), plan::RESPONSIBLE)?)
            (by_plan(facts, iri, ("supporting", facts.pick("Medverkar i", "Takes part in")), plan::SUPPORTING)?)
            (roles(facts, iri)?)
            (members(facts, iri)?)
            (mentioned(facts, iri)?)
            (remarks(facts, iri)?)
        }
    };
    Ok(Page {
        title: name.text,
        description,
        path: facts.path(iri)?.unwrap_or_default(),
        crumbs: vec![Crumb {
            path: "organisation".to_owned(),
            text: facts.pick("Organisationer", "Organisations").to_owned(),
            language: None,
        }],
        data: None,
        main,
    })
}

fn own_facts(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let mut rows: Vec<(&str, Vec<Markup>)> = Vec::new();
    let kinds = facts.nodes(iri, dcterms::TYPE)?;
    let kinds = kinds
        .iter()
        .filter_map(|kind| terms::elsewhere(kind, facts.language));
    rows.push((
        facts.pick("Slag", "Kind"),
        kinds.map(|kind| html! { (kind) }).collect(),
    ));
    let also = facts.literals(iri, skos::ALT_LABEL)?;
    let also = also
        .iter()
        .map(|name| html! { span lang=[name.language()] { (name.value()) } });
    rows.push((facts.pick("Kallas även", "Also called"), also.collect()));
    let places = facts.links(facts.nodes(iri, dcterms::SPATIAL)?)?;
    rows.push((facts.pick("Län", "County"), places));
    let units = facts.nodes(iri, org::UNIT_OF)?;
    let wholes = facts.nodes(iri, dcterms::IS_PART_OF)?;
    let above = facts.links(units.into_iter().chain(wholes))?;
    rows.push((facts.pick("Del av", "Part of"), above));
    for number in facts.literals(iri, skos::NOTATION)? {
        let name = match number.datatype().as_str().rsplit('#').next() {
            Some("organisationNumber") => facts.pick("Organisationsnummer", "Organisation number"),
            Some("scbCode") => facts.pick("Kod hos SCB", "Code of Statistics Sweden"),
            _ => facts.pick("Beteckning", "Notation"),
        };
        rows.push((name, vec![html! { (number.value()) }]));
    }
    let same = facts.nodes(iri, owl::SAME_AS)?;
    let same = same.iter().map(|other| {
        let host = other.split('/').nth(2).unwrap_or(other);
        html! { a href=(other) { (host.trim_start_matches("www.")) } }
    });
    rows.push((facts.pick("Samma hos", "The same at"), same.collect()));
    Ok(marks::rows(&rows))
}

fn plans(facts: Facts<'_>, owned: Vec<String>) -> Result<Markup, Error> {
    let links = facts.links(facts.by_name(owned)?)?;
    Ok(html! {
        @if !links.is_empty() {
            section aria-labelledby="owned" {
                h2 #owned { (facts.pick("Egna handlingsplaner", "Its action plans")) }
                ul.plain { @for link in &links { li { (link) } } }
            }
        }
    })
}

/// The activities that point to an organisation by a property, below the plan they belong to.
fn by_plan(
    facts: Facts<'_>,
    iri: &str,
    (id, heading): (&str, &str),
    property: NamedNodeRef<'_>,
) -> Result<Markup, Error> {
    let activities = facts.referring(property, iri)?;
    if activities.is_empty() {
        return Ok(html! {});
    }
    let mut plans: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for activity in activities {
        let plan = facts
            .nodes(&activity, plan::IN_PLAN)?
            .into_iter()
            .next()
            .unwrap_or_default();
        plans.entry(plan).or_default().push(activity);
    }
    let mut groups = Vec::new();
    for (plan, activities) in plans {
        let mut lines = Vec::new();
        for activity in facts.by_name(activities)? {
            lines.push(pointer(facts, &activity, property, iri)?);
        }
        groups.push((facts.link(&plan)?, lines));
    }
    Ok(html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            @for (plan, lines) in &groups {
                h3 { (plan) }
                ul.plain { @for line in lines { li { (line) } } }
            }
        }
    })
}

/// Roles in plans as a whole: who steers, who has adopted.
fn roles(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let mut lines = Vec::new();
    for part in facts.referring(m8g::HAS_PARTICIPANT, iri)? {
        let roles = facts.nodes(&part, m8g::ROLE)?;
        for owner in facts.referring(m8g::HAS_PARTICIPATION, &part)? {
            if !facts.is_a(&owner, plan::PLAN)? {
                continue;
            }
            let role = match roles.first() {
                Some(role) => facts.name(role)?.text,
                None => facts.pick("Medverkar", "Takes part").to_owned(),
            };
            lines.push((role, facts.link(&owner)?));
        }
    }
    Ok(html! {
        @if !lines.is_empty() {
            section aria-labelledby="roles" {
                h2 #roles { (facts.pick("Roll i planer som helhet", "Role in plans as a whole")) }
                ul.plain { @for (role, plan) in &lines { li { (role) ": " (plan) } } }
            }
        }
    })
}

/// The members of a group, and the groups it is a member of.
fn members(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let mut sections = Vec::new();
    for (id, heading, iris) in [
        (
            "members",
            facts.pick("Medlemmar", "Members"),
            facts.nodes(iri, foaf::MEMBER)?,
        ),
        (
            "member-of",
            facts.pick("Ingår i", "Member of"),
            facts.referring(foaf::MEMBER, iri)?,
        ),
        (
            "units",
            facts.pick("Enheter", "Units"),
            facts.referring(org::UNIT_OF, iri)?,
        ),
    ] {
        let links = facts.links(facts.by_name(iris)?)?;
        if !links.is_empty() {
            sections.push((id, heading, links));
        }
    }
    Ok(html! {
        @for (id, heading, links) in &sections {
            section aria-labelledby=(id) {
                h2 id=(id) { (heading) }
                ul.inline { @for link in links { li { (link) } } }
            }
        }
    })
}
