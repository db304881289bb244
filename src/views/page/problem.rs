//! The page of an error: what is wrong, how to mend it, where to go on.

use maud::html;

use super::facts::Facts;
use super::layout::{Page, document};
use crate::store::Snapshot;
use crate::views::{Error, Language};
use crate::vocab::{dcterms, rdfs};

/// What went wrong. Nothing of the request is in it.
pub struct Problem<'a> {
    /// The HTTP status.
    pub status: u16,
    /// What is wrong and how to mend it.
    pub detail: String,
    /// What has been withdrawn, where that is the matter.
    pub withdrawn: Option<&'a str>,
    /// Where what is there instead lies, below the base.
    pub instead: Option<&'a str>,
}

/// The page of an error.
pub fn page(snapshot: &Snapshot, problem: &Problem<'_>, language: Language) -> String {
    let facts = Facts::new(snapshot, language);
    let title = title(problem.status, language);
    // A page about a failure must not fail for want of what it could say beside.
    let about = problem
        .withdrawn
        .map(|what| withdrawn(facts, what).unwrap_or_default());
    let main = html! {
        header.title {
            p.kind { (facts.pick("Fel", "Error")) " " (problem.status) }
            h1 { (title) }
        }
        div.words {
            p.lead { (problem.detail) }
            @if let Some(about) = about { (about) }
            @if let Some(path) = problem.instead {
                p { a href=(facts.site.also(path)) { (facts.pick("Visa dagens jämförelse", "Show today's comparison")) } }
            }
            ul {
                li { a href=(facts.site.page("")) { (facts.pick("Till startsidan", "To the front page")) } }
                li { a href=(facts.site.page("plan")) { (facts.pick("Alla planer", "All plans")) } }
            }
        }
    };
    let page = Page {
        title: title.to_owned(),
        description: problem.detail.clone(),
        path: String::new(),
        crumbs: Vec::new(),
        data: None,
        main,
    };
    document(facts.site, &page)
}

/// Why and when something was withdrawn, and what replaces it, as the data say.
fn withdrawn(facts: Facts<'_>, what: &str) -> Result<maud::Markup, Error> {
    let reason = facts.text(what, rdfs::COMMENT)?;
    let date = facts.literals(what, dcterms::MODIFIED)?;
    let links = facts.links(facts.nodes(what, dcterms::IS_REPLACED_BY)?)?;
    Ok(html! {
        @if let Some(reason) = reason {
            p lang=[reason.lang(facts.language)] { (reason.text) }
        }
        @if let Some(date) = date.first() {
            p { (facts.pick("Tillbakadraget", "Withdrawn")) " " (super::words::day(date.value(), facts.language)) "." }
        }
        @for link in &links {
            p { (facts.pick("Ersätts av", "Replaced by")) " " (link) "." }
        }
    })
}

fn title(status: u16, language: Language) -> &'static str {
    let (sv, en) = match status {
        400 => (
            "Anropet går inte att förstå",
            "The request cannot be understood",
        ),
        404 => ("Sidan finns inte", "There is no such page"),
        405 => ("Det går inte att göra så här", "That cannot be done here"),
        406 => ("Finns inte i det formatet", "Not to be had in that format"),
        408 => ("Det tog för lång tid", "It took too long"),
        410 => ("Tillbakadraget", "Withdrawn"),
        413 => ("För stort", "Too large"),
        415 => ("Fel slags innehåll", "The wrong kind of content"),
        503 => ("Just nu går det inte", "Not possible right now"),
        _ => ("Något gick fel hos oss", "Something went wrong on our side"),
    };
    language.pick(sv, en)
}
