//! The front page: what this is, what can be done here, the newest plans, the regions.

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::{Page, search_field};
use super::overview::{size, statuses};
use super::view::{PlanView, owners, plan_period};
use super::{marks, sparql, words};
use crate::views::Error;
use crate::views::search::SEARCH;
use crate::vocab::{dcterms, foaf, publisher_type};

/// How many plans the front page shows.
const NEWEST: usize = 6;

pub(super) fn page(facts: Facts<'_>) -> Result<Page, Error> {
    let plans = newest(facts);
    let activities: usize = plans
        .iter()
        .map(|view| {
            view.activities(|activity| activity.sub_activity_of.is_empty())
                .len()
        })
        .sum();
    let outcomes: usize = plans.iter().map(|view| view.plan.follow_ups.len()).sum();
    let mut cards = Vec::new();
    for view in plans.iter().take(NEWEST) {
        cards.push(card(*view)?);
    }
    let description = facts.pick(
        "Svenska regioners och kommuners handlingsplaner, med vem som gör vad, när, och vad det blev. Att läsa, jämföra och hämta som öppna data.",
        "The action plans of Swedish regions and municipalities, with who does what, when, and what came of it. To read, compare and download as open data.",
    );
    let main = html! {
        header.title.front {
            h1 { (facts.pick("Offentliga handlingsplaner som går att läsa, jämföra och bygga på", "Public action plans to read, compare and build on")) }
            p.lead { (description) }
            form.search.large role="search" action=(facts.site.file(SEARCH)) method="get" {
                (search_field(facts.site, "search", "", false))
                button type="submit" { (facts.pick("Sök", "Search")) }
            }
            p.numbers {
                strong { (words::number(plans.len(), facts.language)) } " " (facts.pick("planer", "plans")) " · "
                strong { (words::number(activities, facts.language)) } " " (facts.pick("aktiviteter", "activities")) " · "
                strong { (words::number(outcomes, facts.language)) } " " (facts.pick("redovisade utfall", "reported outcomes"))
            }
        }
        section.wide-text aria-labelledby="newest" {
            h2 #newest { (facts.pick("Senaste planerna", "Newest plans")) }
            ul.cards { @for card in &cards { (card) } }
            @if plans.len() > NEWEST {
                p { a href=(facts.site.page("plan")) { (facts.pick("Alla planer", "All plans")) } }
            }
        }
        (doing(facts))
        (regions(facts, &plans)?)
    };
    Ok(Page {
        title: facts
            .pick(
                "Samplan: offentliga handlingsplaner som öppna data",
                "Samplan: public action plans as open data",
            )
            .to_owned(),
        description: description.to_owned(),
        path: String::new(),
        crumbs: Vec::new(),
        data: None,
        main,
    })
}

/// All plans, the one that begins last first.
pub(super) fn newest(facts: Facts<'_>) -> Vec<PlanView<'_>> {
    let mut plans: Vec<PlanView<'_>> = facts
        .snapshot
        .plans()
        .values()
        .map(|entry| PlanView {
            facts,
            plan: &entry.plan,
            iri: entry.iri.as_str(),
        })
        .collect();
    plans.sort_by_key(|view| {
        let start = view.plan.temporal.values().next();
        std::cmp::Reverse(start.and_then(|period| period.node.start.first().copied()))
    });
    plans
}

/// A plan in a few words.
fn card(view: PlanView<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let name = facts.name(view.iri)?;
    let path = facts.snapshot.base().relative(view.iri).unwrap_or_default();
    let owners: Vec<String> = owners(view)?.into_iter().map(|owner| owner.text).collect();
    let statuses = statuses(view);
    Ok(html! {
        li.card {
            p.kind { (owners.join(", ")) @if let Some(period) = plan_period(view) { " · " (period) } }
            h3 { a href=(facts.site.page(path)) lang=[name.lang(facts.language)] { (name.text) } }
            p { (size(view))
                @if !view.plan.follow_ups.is_empty() {
                    ", " (words::count(view.plan.follow_ups.len(), ("utfall", "utfall"), ("outcome", "outcomes"), facts.language))
                }
            }
            @if !statuses.is_empty() { (marks::distribution(facts, &statuses)?) }
        }
    })
}

/// What can be done here, by whom.
fn doing(facts: Facts<'_>) -> Markup {
    html! {
        section.wide-text aria-labelledby="doing" {
            h2 #doing { (facts.pick("Vad du kan göra här", "What you can do here")) }
            div.columns {
                div {
                    h3 { (facts.pick("Läsa och följa upp", "Read and follow up")) }
                    p { (facts.pick(
                        "Varje plan, aktivitet, ansvarig och mål har en egen sida med en adress som består. Det som är tolkat är märkt, och varför.",
                        "Every plan, activity, body and goal has a page of its own with an address that lasts. What is interpreted is marked, with the reason.")) }
                    p { a href=(facts.site.page("framework")) { (facts.pick("Vilka mål bidrar planerna till?", "Which goals do the plans contribute to?")) } br;
                        a href=(facts.site.page("organisation")) { (facts.pick("Vem ansvarar för vad?", "Who is responsible for what?")) } }
                }
                div {
                    h3 { (facts.pick("Jämföra", "Compare")) }
                    p { (facts.pick(
                        "Ställ planer bredvid varandra mot samma nationella mål: vem gör vad, hur går det, och vilka mål tar ingen upp?",
                        "Set plans beside each other towards the same national goals: who does what, how is it going, and which goals does nobody take up?")) }
                    p { a href=(facts.site.page("compare")) { (facts.pick("Jämför planer", "Compare plans")) } }
                }
                div {
                    h3 { (facts.pick("Hämta data", "Download data")) }
                    p { (facts.pick(
                        "Planer, aktiviteter, organisationer och mål finns som Turtle, JSON-LD, N-Triples, RDF/XML, TriG och N-Quads, planer och listor också som CSV och Excel: lägg till ändelsen på sidans adress.",
                        "Plans, activities, organisations and goals are there as Turtle, JSON-LD, N-Triples, RDF/XML, TriG and N-Quads, plans and lists as CSV and Excel too: add the ending to a page's address.")) }
                    p { a href=(facts.site.page("catalog")) { (facts.pick("Katalogen: allt att hämta", "The catalogue: everything to get")) } br;
                        a href=(facts.site.file("plan.csv")) { (facts.pick("Alla planer som CSV", "All plans as CSV")) } }
                }
                div {
                    h3 { (facts.pick("Ställa frågor", "Ask questions")) }
                    p { (facts.pick("En öppen SPARQL-tjänst svarar på frågor över alla planer, till exempel vem som ansvarar för flest aktiviteter.", "An open SPARQL endpoint answers questions over all plans, such as who is responsible for the most activities.")) }
                    p { (facts.pick("Tjänsten finns på ", "The endpoint is at ")) code.address { (facts.snapshot.base().node("sparql").as_str()) } "." }
                    p { a href=(sparql::address(facts, sparql::FIRST_QUERY)) { (facts.pick("Ställ den frågan", "Ask that question")) } br;
                        a href=(facts.site.page("query")) { (facts.pick("Färdiga frågor, utan SPARQL", "Ready-made questions, without SPARQL")) } }
                }
            }
        }
    }
}

/// A region and the plans about its county.
struct Region<'a> {
    iri: String,
    plans: Vec<PlanView<'a>>,
}

/// Every region, those with plans first.
fn regions(facts: Facts<'_>, plans: &[PlanView<'_>]) -> Result<Markup, Error> {
    let kind = publisher_type::REGIONAL_AUTHORITY.as_str();
    let mut regions = Vec::new();
    for iri in facts.by_name(facts.referring(dcterms::TYPE, kind)?)? {
        if !facts.is_a(&iri, foaf::AGENT)? {
            continue;
        }
        let county = facts.nodes(&iri, dcterms::SPATIAL)?;
        let own = plans
            .iter()
            .copied()
            .filter(|view| {
                view.plan
                    .spatial
                    .iter()
                    .any(|place| county.iter().any(|own| own == place.as_str()))
            })
            .collect();
        regions.push(Region { iri, plans: own });
    }
    let (with, without): (Vec<_>, Vec<_>) = regions
        .into_iter()
        .partition(|region| !region.plans.is_empty());
    let mut rows = Vec::new();
    for region in &with {
        let link = facts.link(&region.iri)?;
        let mut plans = Vec::new();
        for view in &region.plans {
            let label = plan_period(*view).unwrap_or_default();
            let name = facts.name(view.iri)?;
            let path = facts.snapshot.base().relative(view.iri).unwrap_or_default();
            plans.push(html! {
                li { a href=(facts.site.page(path)) lang=[name.lang(facts.language)] { (name.text) } " " span.quiet { (label) } }
            });
        }
        rows.push(html! { div { dt { (link) } dd { ul.who { @for plan in &plans { (plan) } } } } });
    }
    let others = facts.links(without.iter().map(|region| &region.iri))?;
    Ok(html! {
        section.wide-text aria-labelledby="regions" {
            h2 #regions { (facts.pick("Regioner", "Regions")) }
            @if !rows.is_empty() { dl.facts.regions { @for row in &rows { (row) } } }
            @if !others.is_empty() {
                h3 { (facts.pick("Ännu utan plan här", "Without a plan here yet")) }
                ul.inline { @for other in &others { li { (other) } } }
            }
        }
    })
}
