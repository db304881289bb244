//! The lists: plans, frameworks, organisations.

use maud::{Markup, html};

use super::facts::Facts;
use super::home::newest;
use super::layout::Page;
use super::view::{owners, plan_period};
use super::words;
use crate::views::Error;
use crate::views::collection::Kind;
use crate::vocab::{dcterms, foaf, plan, rdf};

/// The page of a list.
pub(super) fn page(facts: Facts<'_>, kind: Kind) -> Result<Page, Error> {
    let (title, description, main) = match kind {
        Kind::Plans => plans(facts)?,
        Kind::Frameworks => frameworks(facts)?,
        Kind::Organisations => organisations(facts)?,
    };
    Ok(Page {
        main: html! {
            header.title { h1 { (title) } p.lead { (description) } }
            (main)
        },
        title: title.to_owned(),
        description,
        path: kind.path().to_owned(),
        crumbs: Vec::new(),
        data: None,
    })
}

type List = (&'static str, String, Markup);

/// A table that can be scrolled sideways, by keyboard too, where it does not fit.
pub(super) fn table(name: &str, heads: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        section.scroll tabindex="0" aria-label=(name) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (index, cell) in row.iter().enumerate() {
                                @if index == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn plans(facts: Facts<'_>) -> Result<List, Error> {
    let mut rows = Vec::new();
    for view in newest(facts) {
        let owners: Vec<String> = owners(view)?.into_iter().map(|owner| owner.text).collect();
        let mut places = Vec::new();
        for place in view.plan.spatial.iter() {
            places.push(facts.name(place.as_str())?.text);
        }
        let activities = view
            .activities(|activity| activity.sub_activity_of.is_empty())
            .len();
        let outcomes = view.plan.follow_ups.len();
        rows.push(vec![
            facts.link(view.iri)?,
            html! { (plan_period(view).unwrap_or_default()) },
            html! { (owners.join(", ")) },
            html! { (places.join(", ")) },
            html! { (words::number(activities, facts.language)) },
            html! { @if outcomes > 0 { (words::number(outcomes, facts.language)) } @else { span.quiet { (facts.pick("inga än", "none yet")) } } },
        ]);
    }
    let heads = facts.language.pick(
        ["Plan", "Period", "Ägare", "Område", "Aktiviteter", "Utfall"],
        ["Plan", "Period", "Owner", "Place", "Activities", "Outcomes"],
    );
    let title = facts.language.pick("Handlingsplaner", "Action plans");
    let many = words::count(
        rows.len(),
        ("utgåva", "utgåvor"),
        ("edition", "editions"),
        facts.language,
    );
    let description = facts.language.pick(
        format!("{many} av handlingsplaner, den nyaste först."),
        format!("{many} of action plans, the newest first."),
    );
    Ok((title, description, table(title, &heads, &rows)))
}

fn frameworks(facts: Facts<'_>) -> Result<List, Error> {
    let all = facts.by_name(facts.referring(rdf::TYPE, plan::FRAMEWORK.as_str())?)?;
    let mut rows = Vec::new();
    for framework in &all {
        let goals = super::framework::goals(facts, framework)?;
        let mut serving = 0;
        for goal in &goals {
            serving += facts.referring(plan::CONTRIBUTES_TO, goal)?.len();
        }
        let issued = facts.literals(framework, dcterms::ISSUED)?;
        rows.push(vec![
            facts.link(framework)?,
            html! { @if let Some(day) = issued.first() { (day.value().get(..4).unwrap_or_default()) } },
            html! { @if goals.is_empty() { span.quiet { "–" } } @else { (words::number(goals.len(), facts.language)) } },
            html! { @if serving == 0 { span.quiet { "–" } } @else { (words::number(serving, facts.language)) } },
        ]);
    }
    let heads = facts.language.pick(
        ["Ramverk", "År", "Mål och delar", "Kopplingar från planer"],
        ["Framework", "Year", "Goals and parts", "Links from plans"],
    );
    let title = facts
        .language
        .pick("Ramverk och mål", "Frameworks and goals");
    let description = facts.language.pick(
        "Strategier, program och lagar som handlingsplanerna kan bidra till, med deras mål."
            .to_owned(),
        "Strategies, programmes and laws that action plans can contribute to, with their goals."
            .to_owned(),
    );
    Ok((title, description, table(title, &heads, &rows)))
}

/// The kinds of organisations, in the order they are listed.
const KINDS: [(&str, &str, &str); 4] = [
    ("RegionalAuthority", "Regioner", "Regions"),
    (
        "NationalAuthority",
        "Statliga myndigheter",
        "National agencies",
    ),
    (
        "",
        "Nätverk, grupper och andra",
        "Networks, groups and others",
    ),
    ("LocalAuthority", "Kommuner", "Municipalities"),
];

fn organisations(facts: Facts<'_>) -> Result<List, Error> {
    let all = facts.by_name(facts.referring(rdf::TYPE, foaf::AGENT.as_str())?)?;
    let mut groups: Vec<Vec<Markup>> = KINDS.iter().map(|_| Vec::new()).collect();
    for iri in &all {
        let kinds = facts.nodes(iri, dcterms::TYPE)?;
        let place = KINDS
            .iter()
            .position(|(kind, _, _)| {
                !kind.is_empty() && kinds.iter().any(|own| own.ends_with(kind))
            })
            .unwrap_or(2);
        let many = facts.referring(plan::RESPONSIBLE, iri)?.len();
        let link = facts.link(iri)?;
        groups[place].push(html! {
            li {
                (link)
                @if many > 0 {
                    " " span.quiet { (words::count(many, ("aktivitet", "aktiviteter"), ("activity", "activities"), facts.language)) }
                }
            }
        });
    }
    let title = facts.language.pick("Organisationer", "Organisations");
    let description = facts.language.pick(
        format!("{} organisationer: de som ansvarar för eller medverkar i planerna, och landets alla regioner och kommuner.", words::number(all.len(), facts.language)),
        format!("{} organisations: those responsible for or taking part in the plans, and every region and municipality of Sweden.", words::number(all.len(), facts.language)),
    );
    let main = html! {
        @for ((_, sv, en), items) in KINDS.iter().zip(&groups) {
            @if !items.is_empty() {
                section.wide-text {
                    h2 { (facts.pick(sv, en)) }
                    ul.many { @for item in items { (item) } }
                }
            }
        }
    };
    Ok((title, description, main))
}
