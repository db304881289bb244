//! What the data hold, for people: how many of what, graph by graph.

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::Page;
use super::words;
use crate::store::statistics::{GraphCounts, GraphKey};
use crate::views::Error;
use crate::views::service::{SPARQL, VOID, graph_fragment};
use crate::vocab::compact;

pub(super) fn page(facts: Facts<'_>) -> Result<Page, Error> {
    let statistics = facts.snapshot.statistics()?;
    let title = facts.pick("Vad data innehåller", "What the data hold");
    let description = facts.pick(
        "Antal sakpåståenden, saker, klasser och egenskaper i varje graf som SPARQL-tjänsten frågar, räknade ur data.",
        "How many statements, things, classes and properties are in each graph that the SPARQL endpoint queries, counted from the data.",
    );
    let mut rows = Vec::new();
    for (key, counts) in statistics.iter() {
        rows.push(row(facts, key, counts)?);
    }
    let default = statistics.get(&GraphKey::Default);
    let classes = default.map(|counts| classes(facts, counts)).transpose()?;
    let main = html! {
        header.title { h1 { (title) } p.lead { (description) } }
        section.wide-text aria-labelledby="graphs" {
            h2 #graphs { (facts.pick("Grafer", "Graphs")) }
            section.scroll tabindex="0" aria-label=(facts.pick("Tabell över grafer", "Table of graphs")) {
                table {
                    thead { tr {
                        th scope="col" { (facts.pick("Graf", "Graph")) }
                        th.number scope="col" { (facts.pick("Påståenden", "Statements")) }
                        th.number scope="col" { (facts.pick("Saker med klass", "Things with a class")) }
                        th.number scope="col" { (facts.pick("Klasser", "Classes")) }
                        th.number scope="col" { (facts.pick("Egenskaper", "Properties")) }
                    } }
                    tbody { @for row in &rows { (row) } }
                }
            }
        }
        @if let Some(classes) = classes { (classes) }
        p { a href=(facts.site.page(SPARQL)) { (facts.pick("Fråga data med SPARQL", "Query the data with SPARQL")) } }
    };
    Ok(Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: VOID.to_owned(),
        crumbs: Vec::new(),
        data: None,
        main,
    })
}

fn row(facts: Facts<'_>, key: &GraphKey, counts: &GraphCounts) -> Result<Markup, Error> {
    let name = match key {
        GraphKey::Default => {
            html! { (facts.pick("Standardgrafen: allt utom förslag", "The default graph: all but suggestions")) }
        }
        GraphKey::Named(name) => {
            let text = facts
                .snapshot
                .base()
                .relative(name.as_str())
                .unwrap_or(name.as_str());
            let href = facts.href(name.as_str())?;
            html! {
                @if let Some(href) = href { a.address href=(href) { (text) } }
                @else { span.address { (text) } }
            }
        }
    };
    let number =
        |many: u64| words::number(usize::try_from(many).unwrap_or(usize::MAX), facts.language);
    Ok(html! {
        tr id=(graph_fragment(facts.snapshot, key)) {
            th scope="row" { (name) }
            td.number { (number(counts.all.triples)) }
            td.number { (number(counts.entities)) }
            td.number { (number(counts.classes.len() as u64)) }
            td.number { (number(counts.properties.len() as u64)) }
        }
    })
}

/// The classes of a graph, the largest first.
fn classes(facts: Facts<'_>, counts: &GraphCounts) -> Result<Markup, Error> {
    let mut classes: Vec<_> = counts.classes.iter().collect();
    classes.sort_by_key(|(class, counts)| (std::cmp::Reverse(counts.entities), class.as_str()));
    let mut items = Vec::new();
    for (class, counts) in classes {
        let many = usize::try_from(counts.entities).unwrap_or(usize::MAX);
        let name = compact(class.as_str());
        let href = facts.href(class.as_str())?;
        items.push(html! {
            li {
                @match href { Some(href) => { a href=(href) { (name) } }, None => { (name) } }
                " " span.quiet { (words::number(many, facts.language)) }
            }
        });
    }
    Ok(html! {
        section.wide-text aria-labelledby="classes" {
            h2 #classes { (facts.pick("Klasser i standardgrafen", "Classes in the default graph")) }
            ul.tally { @for item in &items { (item) } }
        }
    })
}
