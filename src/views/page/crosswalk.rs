//! Which concept corresponds to which, with who says so and why: the documents' own words for a
//! status beside the common scheme, and the goals of a strategy beside those of the next.

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::{Crumb, Page};
use super::{lists, words};
use crate::model::{Iri, Mapping, Match, Text};
use crate::views::Error;

/// What a kind of match is called.
fn kind(facts: Facts<'_>, kind: Match) -> &'static str {
    let (sv, en) = match kind {
        Match::Exact => ("samma som", "the same as"),
        Match::Close => ("nära", "close to"),
        Match::Broad => ("en del av", "part of"),
        Match::Narrow => ("omfattar", "includes"),
        Match::Related => ("har samband med", "related to"),
    };
    facts.language.pick(sv, en)
}

/// Who says so and when.
fn said(facts: Facts<'_>, mapping: &Mapping) -> Result<Markup, Error> {
    let author = facts.link(mapping.author.as_str())?;
    let day = words::day(&mapping.date.to_string(), facts.language);
    Ok(html! { (author) ", " (day) })
}

/// What corresponds to a concept, or to what it corresponds, with the reason.
pub(super) fn of(facts: Facts<'_>, iri: &str) -> Result<Markup, Error> {
    let reference = facts.snapshot.reference()?;
    let mut items = Vec::new();
    for mapping in reference.mappings.values() {
        if mapping.from.as_str() != iri && mapping.to.as_str() != iri {
            continue;
        }
        let (from, to) = (
            facts.link(mapping.from.as_str())?,
            facts.link(mapping.to.as_str())?,
        );
        let said = said(facts, mapping)?;
        let reason = Text::best(&mapping.reason, facts.language);
        items.push(html! {
            (from) " " (kind(facts, mapping.kind)) " " (to)
            @if let Some(reason) = reason { p lang=[facts.lang(reason)] { (reason.text) } }
            p.quiet { (facts.pick("Enligt ", "According to ")) (said) }
        });
    }
    Ok(html! {
        @if !items.is_empty() {
            section aria-labelledby="mappings" {
                h2 #mappings { (facts.pick("Motsvarar, och varför", "Corresponds to, and why")) }
                ul.plain { @for item in &items { li { (item) } } }
            }
        }
    })
}

/// The page of the documents' words for a status.
pub(super) fn words_page(facts: Facts<'_>, iri: &str) -> Result<Page, Error> {
    let reference = facts.snapshot.reference()?;
    let name = facts.name(iri)?;
    let mut rows = Vec::new();
    for word in reference.words.keys() {
        rows.push(row(facts, word)?);
    }
    let heads = facts.language.pick(
        [
            "Dokumentets ord",
            "Förhållande",
            "Gemensam status",
            "Skäl",
            "Enligt",
        ],
        [
            "Word of the document",
            "Relation",
            "Common status",
            "Reason",
            "According to",
        ],
    );
    let description = facts.pick(
        "Hur de ord som planer och uppföljningar själva använder för status förhåller sig till den gemensamma skalan, som jämförelser räknar i.",
        "How the words that plans and follow-ups themselves use for a status relate to the common scheme, in which comparisons count.",
    );
    Ok(Page {
        description: description.to_owned(),
        path: facts.path(iri)?.unwrap_or_default(),
        crumbs: vec![Crumb {
            path: "status".to_owned(),
            text: facts.pick("Status", "Status").to_owned(),
            language: None,
        }],
        data: None,
        main: html! {
            header.title {
                h1 lang=[name.lang(facts.language)] { (name.text) }
                p.lead { (description) }
            }
            (lists::table(&name.text, &heads, &rows))
        },
        title: name.text,
    })
}

fn row(facts: Facts<'_>, word: &Iri) -> Result<Vec<Markup>, Error> {
    let reference = facts.snapshot.reference()?;
    let link = facts.link(word.as_str())?;
    let mut mappings = reference.mappings.values();
    let Some(mapping) = mappings.find(|mapping| mapping.from == *word) else {
        let none = facts.pick("inget sagt", "nothing said");
        return Ok(vec![link, html! { (none) }, html! {}, html! {}, html! {}]);
    };
    let reason = Text::best(&mapping.reason, facts.language);
    Ok(vec![
        link,
        html! { (kind(facts, mapping.kind)) },
        facts.link(mapping.to.as_str())?,
        html! { @if let Some(reason) = reason { span lang=[facts.lang(reason)] { (reason.text) } } },
        said(facts, mapping)?,
    ])
}
