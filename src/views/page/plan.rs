//! The page of a plan.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::activity::{Shown, article};
use super::area::area_section;
use super::facts::Words;
use super::layout::{Crumb, Page};
use super::origin::{about, references};
use super::overview::{overview, size};
use super::people::role_name;
use super::view::{PlanView, areas, loose, owners, plan_period, sections, title};
use super::{marks, words};
use crate::model::{Activity, FocusArea, Iri, Role, Section};
use crate::views::Error;
use crate::vocab::dcterms;

/// The trail from the list of plans to a part of a plan.
pub(super) fn crumbs(view: PlanView<'_>, with_plan: bool) -> Result<Vec<Crumb>, Error> {
    let facts = view.facts;
    let mut crumbs = vec![Crumb {
        path: "plan".to_owned(),
        text: facts.pick("Planer", "Plans").to_owned(),
        language: None,
    }];
    if with_plan {
        let name = facts.name(view.iri)?;
        crumbs.push(Crumb {
            path: facts
                .snapshot
                .base()
                .relative(view.iri)
                .unwrap_or_default()
                .to_owned(),
            language: name.lang(facts.language).map(str::to_owned),
            text: name.text,
        });
    }
    Ok(crumbs)
}

/// The page of a plan.
pub(super) fn plan(view: PlanView<'_>) -> Result<Page, Error> {
    let facts = view.facts;
    let name = facts.name(view.iri)?;
    let areas = areas(view);
    let loose = loose(view);
    let main = html! {
        header.title {
            p.kind {
                (facts.pick("Handlingsplan", "Action plan"))
                @if let Some(period) = plan_period(view) { " " (period) }
            }
            h1 {
                span lang=[name.lang(facts.language)] { (name.text) }
                @if let Some((_, layer)) = view.text(&view.plan.title) { " " (marks::chip(facts, layer)) }
            }
            (summary(view)?)
        }
        div.with-contents {
            (contents(view, &areas, &loose)?)
            div.text {
                (overview(view)?)
                @for (_, section) in sections(view, true) { (passage(view, section)) }
                @for (iri, area) in &areas { (area_section(view, iri, area, Shown::Among(3))?) }
                @if !loose.is_empty() {
                    section #activities aria-labelledby="activities-heading" {
                        h2 #activities-heading { (facts.pick("Aktiviteter", "Activities")) }
                        @for (iri, activity) in &loose { (article(view, iri, activity, Shown::Among(3))?) }
                    }
                }
                @for (_, section) in sections(view, false) { (passage(view, section)) }
                (references(view)?)
                (about(view)?)
            }
        }
    };
    let owners: Vec<String> = owners(view)?.into_iter().map(|owner| owner.text).collect();
    let language = facts.language;
    Ok(Page {
        description: language.pick(
            format!("{}: {}. Vem som ansvarar, när, hur det går och vad det blev. Som sida och som öppna data.", owners.join(", "), size(view)),
            format!("{}: {}. Who is responsible, when, how it is going and what came of it. As a page and as open data.", owners.join(", "), size(view)),
        ),
        title: name.text,
        path: facts.snapshot.base().relative(view.iri).unwrap_or_default().to_owned(),
        crumbs: crumbs(view, false)?,
        data: None,
        main,
    })
}

/// Who, where, when: what a reader wants to know first.
fn summary(view: PlanView<'_>) -> Result<Markup, Error> {
    let (facts, plan) = (view.facts, view.plan);
    let linked = |values| marks::linked(facts, values);
    let word = |sv: &str, en: &str| facts.pick(sv, en).to_owned();
    let adopted = plan.date_accepted.iter();
    let adopted = adopted.map(|date| html! { (words::day(&date.to_string(), facts.language)) });
    let later = facts.referring(dcterms::REPLACES, view.iri)?;
    let mut rows = vec![
        (
            word("Planens ägare", "Owner of the plan"),
            linked(&plan.creator)?,
        ),
        (word("Område", "Place"), linked(&plan.spatial)?),
        (word("Antagen", "Adopted"), adopted.collect()),
        (word("Genomför", "Implements"), linked(&plan.implements)?),
        (
            word("Följs upp", "Followed up"),
            linked(&plan.follow_up_frequency)?,
        ),
        (word("Ersätter", "Replaces"), linked(&plan.replaces)?),
        (word("Ersätts av", "Replaced by"), facts.links(later)?),
    ];
    rows.extend(roles(view)?);
    Ok(marks::rows(&rows))
}

/// Who takes part in the plan as a whole, by role.
fn roles(view: PlanView<'_>) -> Result<Vec<(String, Vec<Markup>)>, Error> {
    let facts = view.facts;
    let mut roles: BTreeMap<Role, Vec<Markup>> = BTreeMap::new();
    for part in view.plan.participation.values().map(|part| &part.node) {
        let (Some(role), Some(agent)) =
            (part.role.public().next(), part.participant.public().next())
        else {
            continue;
        };
        let link = facts.link(agent.value.as_str())?;
        let layer = role.layer.max(agent.layer);
        let who = roles.entry(role.value).or_default();
        who.push(html! { (link) " " (marks::chip(facts, layer)) });
    }
    roles
        .into_iter()
        .map(|(role, who)| Ok((role_name(facts, Some(role))?, who)))
        .collect()
}

/// What stands on the page, as links.
fn contents(
    view: PlanView<'_>,
    areas: &[(&Iri, &FocusArea)],
    loose: &[(&Iri, &Activity)],
) -> Result<Markup, Error> {
    let facts = view.facts;
    let entry = |anchor: String, words: Words| {
        html! { li { a href={ "#" (anchor) } lang=[words.lang(facts.language)] { (words.text) } } }
    };
    let own = |sv: &str, en: &str| Words {
        text: facts.pick(sv, en).to_owned(),
        language: None,
    };
    let mut entries = vec![entry("overview".to_owned(), own("I korthet", "In brief"))];
    let section_entries = |before| -> Vec<Markup> {
        sections(view, before)
            .into_iter()
            .filter_map(|(iri, section)| {
                let (title, _) = view.text(&section.title)?;
                let words = Words {
                    text: title.text.clone(),
                    language: Some(title.language.clone()),
                };
                Some(entry(view.anchor(iri), words))
            })
            .collect()
    };
    entries.extend(section_entries(true));
    for (iri, _) in areas {
        let name = facts.name(iri.as_str())?;
        let inside = view.activities(|activity| activity.focus_area.iter().any(|own| own == *iri));
        let mut items = Vec::new();
        for (iri, activity) in inside {
            items.push(entry(view.anchor(iri), title(view, iri, activity)?));
        }
        entries.push(html! {
            li {
                a href={ "#" (view.anchor(iri)) } lang=[name.lang(facts.language)] { (name.text) }
                @if !items.is_empty() { ol { @for item in &items { (item) } } }
            }
        });
    }
    if !loose.is_empty() {
        let mut items = Vec::new();
        for (iri, activity) in loose {
            items.push(entry(view.anchor(iri), title(view, iri, activity)?));
        }
        entries.push(html! {
            li { a href="#activities" { (facts.pick("Aktiviteter", "Activities")) } ol { @for item in &items { (item) } } }
        });
    }
    entries.extend(section_entries(false));
    if !view.plan.named.is_empty() {
        entries.push(entry(
            "references".to_owned(),
            own("Hänvisningar", "References"),
        ));
    }
    entries.push(entry(
        "about".to_owned(),
        own("Om återgivningen", "About this rendering"),
    ));
    Ok(html! {
        nav.contents aria-labelledby="contents" {
            h2 #contents { (facts.pick("Innehåll", "Contents")) }
            ol { @for entry in &entries { (entry) } }
        }
    })
}

/// A passage of the document.
fn passage(view: PlanView<'_>, section: &Section) -> Markup {
    let facts = view.facts;
    let iri = view
        .plan
        .sections
        .iter()
        .find(|(_, own)| std::ptr::eq(*own, section))
        .map(|(iri, _)| iri);
    let anchor = iri.map(|iri| view.anchor(iri)).unwrap_or_default();
    html! {
        section id=(anchor) {
            @if let Some((title, layer)) = view.text(&section.title) {
                h2 lang=[view.lang(title)] {
                    @for number in section.notation.iter() { span.number { (number) } " " }
                    (title.text)
                }
                (marks::chip(facts, layer))
            }
            @for text in section.description.iter() { (marks::text(facts, text)) }
        }
    }
}
