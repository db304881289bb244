//! The catalogue for people: what there is to get, and a page for each thing in it.

mod dataset;

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::{self, Crumb, Data, Page};
use super::lists::table;
use super::words;
use crate::store::Snapshot;
use crate::views::catalog::{self, CATALOG, Catalog, DCAT_SE, Holds, PREVIEW};
use crate::views::{Error, Language, Resource, describe, jsonld, offers, schema_org};

pub(super) use dataset::{licence_name, period};

/// The page of the catalogue or of something in it.
pub(in crate::views) fn page(
    snapshot: &Snapshot,
    resource: &Resource,
    modified: Option<String>,
    language: Language,
) -> Result<String, Error> {
    let facts = Facts::new(snapshot, language);
    let catalog = catalog::catalog(snapshot)?;
    let (mut page, own) = match resource {
        Resource::Catalogued(path) => dataset::page(facts, &catalog, path)?,
        _ => (
            whole(facts, &catalog)?,
            Some(schema_org::data_catalog(snapshot, language)?),
        ),
    };
    // What search engines know no type for has the same as its data.
    let json = match own {
        Some(json) => json,
        None => jsonld::document(snapshot, &describe(snapshot, resource)?)?,
    };
    let stem = snapshot.base().node(&page.path);
    page.data = Some(Data {
        address: stem.as_str().to_owned(),
        stem: stem.into_string(),
        formats: offers(snapshot, resource)?,
        json: Some(json),
        dataset: None,
        originals: Vec::new(),
        modified,
        revision: None,
    });
    Ok(layout::document(facts.site, &page))
}

/// The way to the catalogue, above the pages below it.
fn crumb(facts: Facts<'_>) -> Crumb {
    Crumb {
        path: CATALOG.to_owned(),
        text: facts.pick("Katalog", "Catalogue").to_owned(),
        language: None,
    }
}

fn whole(facts: Facts<'_>, catalog: &Catalog) -> Result<Page, Error> {
    let title = facts.pick("Katalog över data att hämta", "Catalogue of data to get");
    let description = catalog.description(facts.language).unwrap_or_default();
    let main = html! {
        header.title { h1 { (title) } p.lead { (description) } }
        (datasets(facts, catalog)?)
        div.text {
            (series(facts, catalog))
            (services(facts, catalog))
            (harvesting(facts))
        }
    };
    Ok(Page {
        title: title.to_owned(),
        description,
        path: CATALOG.to_owned(),
        crumbs: Vec::new(),
        data: None,
        main,
    })
}

/// How many datasets the page lists; a list of all plans stands elsewhere.
const LISTED: usize = 100;

fn datasets(facts: Facts<'_>, catalog: &Catalog) -> Result<Markup, Error> {
    // What holds everything comes first.
    let mut all: Vec<_> = catalog.datasets.iter().collect();
    all.sort_by_key(|(_, dataset)| matches!(dataset.holds, Holds::Plan(_)));
    let row = |(path, dataset): &(&String, &catalog::Dataset)| -> Result<Vec<Markup>, Error> {
        let owners = dataset.creators.iter();
        let owners: Vec<_> = owners.map(|owner| catalog::name_of(owner, "sv")).collect();
        Ok(vec![
            html! { a href=(facts.site.page(path)) { (dataset.title.in_language(facts.language)) } },
            html! { (owners.join(", ")) },
            html! { (period(facts, dataset)) },
            html! { @if let Some(day) = &dataset.modified { (words::day(day, facts.language)) } },
            dataset::licence(facts, catalog, dataset),
        ])
    };
    let rows: Vec<_> = all.iter().take(LISTED).map(row).collect::<Result<_, _>>()?;
    let heads = facts.language.pick(
        ["Datamängd", "Ägare", "Period", "Ändrad", "Licens"],
        ["Dataset", "Owner", "Period", "Modified", "Licence"],
    );
    let name = facts.pick("Datamängder", "Datasets");
    Ok(html! {
        section aria-labelledby="datasets" {
            h2 #datasets { (name) " " span.quiet { (words::number(all.len(), facts.language)) } }
            (table(name, &heads, &rows))
            @if all.len() > LISTED {
                p { (facts.pick("De första visas. Alla finns i", "The first are shown. All are in")) " "
                    a href=(facts.site.file("catalog.ttl")) { (facts.pick("katalogen som data", "the catalogue as data")) } "; "
                    a href=(facts.site.page("plan")) { (facts.pick("alla planer", "all plans")) } "." }
            }
        }
    })
}

fn series(facts: Facts<'_>, catalog: &Catalog) -> Markup {
    html! {
        @if !catalog.series.is_empty() {
            section aria-labelledby="series" {
                h2 #series { (facts.pick("Planer med flera utgåvor", "Plans with several editions")) }
                ul {
                    @for (path, series) in catalog.series.iter().take(LISTED) {
                        li {
                            a href=(facts.site.page(path)) { (series.title.in_language(facts.language)) }
                            " " span.quiet { "(" (words::count(series.members.len(), ("utgåva", "utgåvor"), ("edition", "editions"), facts.language)) ")" }
                        }
                    }
                }
            }
        }
    }
}

fn services(facts: Facts<'_>, catalog: &Catalog) -> Markup {
    html! {
        section aria-labelledby="services" {
            h2 #services { (facts.pick("Tjänster", "Services")) }
            ul {
                @for (path, service) in &catalog.services {
                    li {
                        a href=(facts.site.page(path)) { (service.title.in_language(facts.language)) }
                        ": " (service.description.in_language(facts.language))
                    }
                }
            }
        }
    }
}

/// What a portal is to be told.
fn harvesting(facts: Facts<'_>) -> Markup {
    let address = |path: &str| facts.snapshot.base().node(path).into_string();
    html! {
        section aria-labelledby="harvesting" {
            h2 #harvesting { (facts.pick("För portaler som skördar", "For portals that harvest")) }
            dl.facts {
                div {
                    dt { "dataportal.se" }
                    dd { code.address { (address(DCAT_SE)) }
                         br; span.quiet { (facts.pick("DCAT-AP-SE 3.0.1, RDF/XML", "DCAT-AP-SE 3.0.1, RDF/XML")) } }
                }
                div {
                    dt { (facts.pick("Andra portaler", "Other portals")) }
                    dd { code.address { (address("catalog.rdf")) } ", "
                         code { ".ttl" } ", " code { ".jsonld" } ", " code { ".nt" }
                         br; span.quiet { (facts.pick("DCAT-AP 3.0.1; hela katalogen i ett svar, eller sidvis med", "DCAT-AP 3.0.1; the whole catalogue in one answer, or in pages with")) " " code { "?page=1" } } }
                }
                div {
                    dt { (facts.pick("Kontrollsummor", "Checksums")) }
                    dd { a href=(facts.site.file("checksums.txt")) { "checksums.txt" }
                         " " span.quiet { (facts.pick("SHA-256 över varje plans kanoniska form (RDFC-1.0)", "SHA-256 of the canonical form of every plan (RDFC-1.0)")) } }
                }
            }
            p { a href=(facts.site.page(PREVIEW)) { (facts.pick("Så visas katalogen av portalerna, och vad de betygsätter", "How portals will show the catalogue, and how they score it")) } }
        }
    }
}
