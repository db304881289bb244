//! An area with its activities: a section of its plan's page, and a page of its own.

use maud::{Markup, html};

use super::activity::{Shown, article};
use super::layout::Page;
use super::notes::note_marks;
use super::plan::crumbs;
use super::view::PlanView;
use super::{marks, words};
use crate::model::{FocusArea, Iri};
use crate::views::Error;

/// The page of an area.
pub(super) fn area(view: PlanView<'_>, iri: &Iri, area: &FocusArea) -> Result<Page, Error> {
    let facts = view.facts;
    let name = facts.name(iri.as_str())?;
    let many = view
        .activities(|activity| activity.focus_area.iter().any(|own| own == iri))
        .len();
    let plan = facts.name(view.iri)?;
    let many = words::count(
        many,
        ("aktivitet", "aktiviteter"),
        ("activity", "activities"),
        facts.language,
    );
    Ok(Page {
        description: facts.language.pick(
            format!("Fokusområde med {many} i {}.", plan.text),
            format!("Focus area with {many} in {}.", plan.text),
        ),
        main: html! {
            header.title {
                p.kind { (facts.pick("Fokusområde", "Focus area")) }
                h1.verbatim lang=[name.lang(facts.language)] { (name.text) }
            }
            div.text { (area_section(view, iri, area, Shown::Among(2))?) }
        },
        title: format!("{} – {}", name.text, plan.text),
        path: view.path(iri),
        crumbs: crumbs(view, true)?,
        data: None,
    })
}

/// An area with its activities.
pub(super) fn area_section(
    view: PlanView<'_>,
    iri: &Iri,
    area: &FocusArea,
    shown: Shown,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let name = facts.name(iri.as_str())?;
    let activities = view.activities(|activity| activity.focus_area.iter().any(|own| own == iri));
    let text = area_text(view, area)?;
    let mut articles = Vec::new();
    for (iri, activity) in activities {
        articles.push(article(view, iri, activity, shown)?);
    }
    Ok(html! {
        section.area id=[(shown == Shown::Among(3)).then(|| view.anchor(iri))] {
            @if shown == Shown::Among(3) {
                h2 {
                    a href=(facts.site.page(&view.path(iri))) lang=[name.lang(facts.language)] {
                        @for number in area.notation.iter() { span.number { (number) } " " }
                        (name.text)
                    }
                }
            }
            (text)
            @for article in &articles { (article) }
        }
    })
}

/// What the document says of an area, and which goals it is or serves.
fn area_text(view: PlanView<'_>, area: &FocusArea) -> Result<Markup, Error> {
    let facts = view.facts;
    let mut goals = Vec::new();
    for (layered, sv, en) in area
        .exact_match
        .public()
        .map(|layered| (layered, "är målet", "is the goal"))
        .chain(
            area.close_match
                .public()
                .map(|layered| (layered, "ligger nära målet", "is close to the goal")),
        )
        .chain(
            area.contributes_to
                .public()
                .filter(|goal| {
                    !area
                        .exact_match
                        .iter()
                        .chain(area.close_match.iter())
                        .any(|own| *own == goal.value)
                })
                .map(|layered| (layered, "bidrar till målet", "contributes to the goal")),
        )
    {
        let link = facts.link(layered.value.as_str())?;
        let goal_of = facts.nodes(layered.value.as_str(), crate::vocab::skos::IN_SCHEME)?;
        let framework = match goal_of.first() {
            Some(framework) => Some(facts.link(framework)?),
            None => None,
        };
        goals.push(html! {
            li {
                (facts.pick("Området ", "The area ")) (facts.pick(sv, en)) " " (link)
                @if let Some(framework) = framework { " " (facts.pick("i", "of")) " " (framework) }
                " " (marks::chip(facts, layered.layer))
            }
        });
    }
    let remarks = marks::remarks(facts, &area.editorial_note);
    Ok(html! {
        @for text in area.r#abstract.iter() { div.abstract { (marks::text(facts, text)) } }
        @for text in area.description.iter() { (marks::text(facts, text)) }
        (note_marks(view, &area.note))
        @if !goals.is_empty() { ul.goals { @for goal in &goals { (goal) } } }
        @if !remarks.is_empty() {
            details.why {
                summary { (facts.pick("Tolkat, och varför", "Interpreted, and why")) }
                @for remark in &remarks { p lang=[view.lang(remark)] { (remark.text) } }
            }
        }
    })
}
