//! A comparison for people: the matrix of goals and plans, what is behind each number, gaps, who
//! is responsible, when, what came of it, which activities resemble each other.

pub(super) mod alike;
pub(super) mod details;
mod form;
mod index;
mod matrix;
pub(super) mod numbers;
mod progress;
mod timeline;

use maud::{Markup, html};

pub(super) use index::page as index;

use super::facts::{Facts, Words};
use super::layout::{Asked as Framed, Crumb, Page, framed};
use super::words;
use crate::compare::{Comparison, PlanFacts};
use crate::model::{Goal, PlanId, Text};
use crate::rdf::Format;
use crate::store::Snapshot;
use crate::views::comparison::{self, Made};
use crate::views::{Error, Language, Resource, offers};

/// What the parts of the page are made of.
#[derive(Clone, Copy)]
struct View<'a> {
    facts: Facts<'a>,
    made: &'a Made,
    comparison: &'a Comparison<'a>,
}

/// The page of a comparison, as an HTML document.
///
/// # Errors
/// Where the store fails.
pub fn page(snapshot: &Snapshot, made: &Made, language: Language) -> Result<String, Error> {
    let facts = Facts::new(snapshot, language);
    let comparison = made.comparison()?;
    let view = View {
        facts,
        made,
        comparison: &comparison,
    };
    let framework = best(&comparison.framework.names, language);
    let title = comparison::title(&comparison.framework.names, language);
    let page = Page {
        description: language.pick(
            format!("Vilka handlingsplaner som bidrar till målen i {}, med aktiviteter, ansvar, status och luckor.", framework.text),
            format!("Which action plans serve the goals of {}, with activities, responsibility, status and gaps.", framework.text),
        ),
        path: made.asked.path(),
        crumbs: vec![
            Crumb {
                path: comparison::COMPARE.to_owned(),
                text: facts.pick("Jämför", "Compare").to_owned(),
                language: None,
            },
            Crumb {
                path: format!("framework/{}", made.asked.framework),
                language: framework.lang(language).map(str::to_owned),
                text: framework.text,
            },
        ],
        data: None,
        main: main(view, &title)?,
        title,
    };
    let query = made.asked.query();
    let parameters = if query.is_empty() {
        query
    } else {
        format!("&{query}")
    };
    Ok(framed(
        facts.site,
        &page,
        Framed {
            parameters: &parameters,
            listed: made.asked.is_plain(),
        },
    ))
}

fn main(view: View<'_>, title: &str) -> Result<Markup, Error> {
    let facts = view.facts;
    let empty = view.comparison.plans.is_empty();
    Ok(html! {
        header.title {
            p.kind { (facts.pick("Jämförelse", "Comparison")) }
            h1 { (title) }
            p.lead { (lead(view)) }
        }
        (form::form(view)?)
        @if empty {
            p { (facts.pick(
                "Ingen plan här är granskad mot ramverket med det urvalet. Det betyder inte att ingen arbetar mot målen. Välj ett annat urval, eller ett annat ramverk.",
                "No plan here has been reviewed against the framework with that selection. That does not mean that nobody works towards the goals. Choose another selection, or another framework.")) }
        } @else {
            (matrix::section(view))
            (matrix::gaps(view))
            (details::section(view)?)
            (progress::statuses(view)?)
            (progress::reach(view)?)
            (timeline::section(view))
            (alike::section(view)?)
        }
        (cite(view)?)
    })
}

fn lead(view: View<'_>) -> &'static str {
    view.facts.language.pick(
        "Vilka planer bidrar till vilka mål, och hur går det? Bakom varje tal finns aktiviteterna, vem som har sagt att de bidrar och på vilka ord, och frågan som ger talet.",
        "Which plans serve which goals, and how is it going? Behind each number stand the activities, who says that they serve the goal and on which words, and the query that gives the number.",
    )
}

/// How to cite the comparison, and its other forms.
fn cite(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let cited = view.made.cited(facts.snapshot);
    let base = facts.snapshot.base();
    let resource = Resource::Comparison(Box::new(cited.clone()));
    let query = cited.query();
    let path = facts.site.file(&cited.path());
    Ok(html! {
        section.behind-compare aria-labelledby="cite" {
            h2 #cite { (facts.pick("Hänvisa till och hämta jämförelsen", "Cite and download the comparison")) }
            dl.facts {
                @if view.made.is_citable() { div {
                    dt { (facts.pick("Adress att hänvisa till", "Address to cite")) }
                    dd {
                        a.address href=(facts.site.also(&cited.address())) rel="cite-as" { (base.node(&cited.address()).as_str()) }
                        p.quiet { (facts.pick(
                            "Adressen namnger den revision av varje plan, och av referensdata, som jämförelsen bygger på. Den ger samma svar så länge de finns här, och säger annars att de inte gör det.",
                            "The address names the revision of each plan, and of the reference data, that the comparison rests on. It gives the same answer for as long as they are held here, and else says that they are not.")) }
                    }
                } }
                div {
                    dt { (facts.pick("Ladda ner som", "Download as")) }
                    dd {
                        ul.formats {
                            @for format in offers(facts.snapshot, &resource)?.into_iter().filter(|format| *format != Format::Html) {
                                li { a href={ (path) "." (format.suffix()) "?" (query) } { (format.name()) } }
                            }
                            li { a href={ (path) ".csv-metadata.json?" (query) } { (facts.pick("Kolumnernas innebörd (CSVW)", "What the columns mean (CSVW)")) } }
                        }
                    }
                }
                div {
                    dt { (facts.pick("Planer och revisioner", "Plans and revisions")) }
                    dd {
                        ul.who {
                            @for (id, plan, revision) in &view.made.plans {
                                li { (plan_link(view, id, plan)) " " code { (comparison::short(revision)) } }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// One of several texts, for readers of a language.
pub(super) fn best(texts: &[Text], language: Language) -> Words {
    let found = Text::best(texts, language);
    Words {
        text: found.map(|text| text.text.clone()).unwrap_or_default(),
        language: found.map(|text| text.language.clone()),
    }
}

/// The name of a goal, with its place among others as a link.
fn goal_name(view: View<'_>, goal: &Goal) -> Words {
    best(&goal.names, view.facts.language)
}

/// The path of the page of a goal.
fn goal_path(view: View<'_>, goal: &Goal) -> String {
    format!("framework/{}/goal/{}", view.made.asked.framework, goal.key)
}

/// What a plan is called where there is little room: its place and its years.
fn short_name(view: View<'_>, plan: &PlanFacts) -> Words {
    let language = view.facts.language;
    let county = plan
        .places
        .first()
        .and_then(|place| view.made.reference.places.get(place));
    let years = plan
        .span
        .map(|span| words::period(span.start, span.end, span.precision, language));
    match (county, years) {
        (Some(county), Some(years)) => {
            let name = best(&county.names, language);
            Words {
                text: format!("{} {years}", name.text),
                language: name.language,
            }
        }
        _ => best(&plan.titles, language),
    }
}

/// A link to the page of a plan, by its short name.
fn plan_link(view: View<'_>, id: &PlanId, plan: &PlanFacts) -> Markup {
    let name = short_name(view, plan);
    let title = best(&plan.titles, view.facts.language);
    html! {
        a href=(view.facts.site.page(&format!("plan/{id}"))) title=(title.text)
            lang=[name.lang(view.facts.language)] { (name.text) }
    }
}

/// The place on the page of what a plan does towards a goal.
fn anchor(goal: &Goal, id: &PlanId) -> String {
    format!("{}.{id}", goal.key)
}
