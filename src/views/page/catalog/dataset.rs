//! The page of a dataset, and of whatever else the catalogue describes.

use maud::{Markup, html};
use serde_json::Value;

use super::crumb;
use crate::views::catalog::{self, Catalog, Dataset, Distribution, Holds, Series, Service};
use crate::views::page::facts::Facts;
use crate::views::page::layout::{Crumb, Page};
use crate::views::page::lists::table;
use crate::views::page::{marks, words};
use crate::views::{Error, schema_org};

/// The page, and what search engines read of it.
pub(super) fn page(
    facts: Facts<'_>,
    catalog: &Catalog,
    path: &str,
) -> Result<(Page, Option<Value>), Error> {
    if let Some(dataset) = catalog.datasets.get(path) {
        let json = schema_org::dataset(facts.snapshot, path, dataset, facts.language)?;
        return Ok((of_dataset(facts, catalog, path, dataset)?, Some(json)));
    }
    let page = if let Some(series) = catalog.series.get(path) {
        of_series(facts, catalog, path, series)
    } else if let Some(service) = catalog.services.get(path) {
        of_service(facts, path, service)
    } else if let Some((dataset, Some(key))) = catalog.dataset_of(path) {
        let (of, _) = path.rsplit_once('/').unwrap_or_default();
        let mut all = dataset.distributions.iter();
        match all.find(|own| own.key == key) {
            Some(distribution) => of_distribution(facts, path, (of, dataset), distribution)?,
            None => return Err(Error::NoSuchForm),
        }
    } else {
        of_other(facts, path)?
    };
    Ok((page, None))
}

/// The days that a dataset is about.
pub(in crate::views::page) fn period(facts: Facts<'_>, dataset: &Dataset) -> String {
    let (start, end) = dataset.period;
    // Whole years are said as years.
    let ends = |day: Option<crate::model::Date>, at: &str| {
        day.is_none_or(|day| day.to_string().ends_with(at))
    };
    let whole = ends(start, "-01-01") && ends(end, "-12-31");
    let precision = whole.then_some(crate::model::Precision::Year);
    words::period(start, end, precision, facts.language)
}

/// What the licence of a dataset is called, in a word or two.
pub(in crate::views::page) fn licence_name(
    facts: Facts<'_>,
    catalog: &Catalog,
    dataset: &Dataset,
) -> String {
    let iri = dataset.licence.as_str();
    let known = [
        ("publicdomain/zero/1.0/", "CC0 1.0"),
        ("licenses/by/4.0/", "CC BY 4.0"),
        ("licenses/by-sa/4.0/", "CC BY-SA 4.0"),
    ];
    let known = known.iter().find(|(end, _)| iri.ends_with(end));
    match known {
        Some((_, name)) => (*name).to_owned(),
        None => catalog
            .licence_title(&dataset.licence, facts.language)
            .unwrap_or_else(|| iri.to_owned()),
    }
}

/// The licence of a dataset, with a link to what it says.
pub(super) fn licence(facts: Facts<'_>, catalog: &Catalog, dataset: &Dataset) -> Markup {
    let name = licence_name(facts, catalog, dataset);
    html! { a href=(facts.leads(dataset.licence.as_str())) { (name) } }
}

fn of_dataset(
    facts: Facts<'_>,
    catalog: &Catalog,
    path: &str,
    dataset: &Dataset,
) -> Result<Page, Error> {
    let sizes = catalog::measure(facts.snapshot)?;
    let title = dataset.title.in_language(facts.language);
    let description = dataset.description.in_language(facts.language);
    let files: Vec<_> = dataset
        .distributions
        .iter()
        .map(|distribution| file_row(facts, distribution, sizes.bytes(&distribution.source)))
        .collect();
    let heads = facts
        .language
        .pick(["Format", "Vad", "Storlek"], ["Format", "What", "Size"]);
    let checksum = match &dataset.holds {
        Holds::Plan(plan) => sizes
            .editions()
            .get(plan)
            .map(|edition| (plan, &edition.canonical)),
        _ => None,
    };
    let landing = facts.leads(dataset.landing.as_str());
    let main = html! {
        header.title {
            p.kind { (facts.pick("Datamängd", "Dataset")) }
            h1 { (title) }
            p.lead { (description) }
        }
        p { a href=(landing) {
            @match dataset.holds {
                Holds::Plan(_) => { (facts.pick("Läs planen", "Read the plan")) }
                Holds::Plans => { (facts.pick("Se alla planer", "See all plans")) }
                Holds::Frameworks => { (facts.pick("Se alla ramverk", "See all frameworks")) }
            }
        } }
        section aria-labelledby="files" {
            h2 #files { (facts.pick("Hämta", "Get it")) }
            (table(facts.pick("Filer och tjänster", "Files and services"), &heads, &files))
        }
        div.text {
            h2 { (facts.pick("Om datamängden", "About the dataset")) }
            (marks::rows(&about(facts, catalog, path, dataset)))
            @if let Some((plan, hash)) = checksum {
                section aria-labelledby="proof" {
                    h2 #proof { (facts.pick("Visa att inget är ändrat", "Prove that nothing was changed")) }
                    p { (facts.pick(
                        "Kontrollsumman är SHA-256 över utgåvans kanoniska form (RDFC-1.0). Samma innehåll ger samma summa, vilket program som än räknar.",
                        "The checksum is the SHA-256 of the edition's canonical form (RDFC-1.0). The same content gives the same sum, whichever program computes it.")) }
                    p { code.address { (hash) } }
                    p { a href={ (facts.site.file("plan/")) (plan) ".c14n.nq" } { (facts.pick("Den kanoniska formen", "The canonical form")) } ", "
                        a href=(facts.site.file("checksums.txt")) { (facts.pick("alla kontrollsummor", "all checksums")) } }
                }
            }
        }
    };
    Ok(Page {
        title: format!("{title} ({})", facts.pick("datamängd", "dataset")),
        description: description.to_owned(),
        path: path.to_owned(),
        crumbs: vec![crumb(facts)],
        data: None,
        main,
    })
}

fn file_row(facts: Facts<'_>, distribution: &Distribution, bytes: Option<u64>) -> Vec<Markup> {
    let source = &distribution.source;
    let path = source.path();
    let href = if source.is_file() {
        facts.site.file(&path)
    } else {
        facts.site.page(&path)
    };
    let columns = source.is_file() && source.format() == crate::rdf::Format::Csv;
    vec![
        html! { a href=(href) { (distribution.title.in_language(facts.language)) } },
        html! {
            (distribution.description.in_language(facts.language))
            @if columns {
                " " a href={ (facts.site.file(&path)) "-metadata.json" } { (facts.pick("Vad kolumnerna betyder (CSVW)", "What the columns mean (CSVW)")) }
            }
        },
        html! { @match bytes {
            Some(bytes) => { (words::bytes(bytes, facts.language)) }
            None => { span.quiet { "–" } }
        } },
    ]
}

fn about<'w>(
    facts: Facts<'w>,
    catalog: &Catalog,
    path: &str,
    dataset: &Dataset,
) -> Vec<(&'w str, Vec<Markup>)> {
    let agents = |agents: &[catalog::Agent]| -> Vec<Markup> {
        agents
            .iter()
            .map(|agent| html! { a href=(facts.leads(agent.page.as_str())) { (catalog::name_of(agent, facts.language.tag())) } })
            .collect()
    };
    let day = |day: &Option<String>| -> Vec<Markup> {
        day.iter()
            .map(|day| html! { (words::day(day, facts.language)) })
            .collect()
    };
    let period = period(facts, dataset);
    let series = dataset.series.iter().filter_map(|path| {
        let series = catalog.series.get(path)?;
        Some(
            html! { a href=(facts.site.page(path)) { (series.title.in_language(facts.language)) } },
        )
    });
    let places = dataset
        .places
        .iter()
        .filter_map(|place| facts.link(place.as_str()).ok());
    let keywords = dataset
        .keywords
        .iter()
        .filter(|(_, language)| *language == facts.language.tag())
        .map(|(word, _)| html! { (word) });
    vec![
        (facts.pick("Ägare", "Owner"), agents(&dataset.creators)),
        (
            facts.pick("Utgivare av data", "Publisher of the data"),
            agents(std::slice::from_ref(&catalog.publisher)),
        ),
        (facts.pick("Period", "Period"), vec![html! { (period) }]),
        (facts.pick("Plats", "Place"), places.collect()),
        (
            facts.pick("Licens", "Licence"),
            vec![licence(facts, catalog, dataset)],
        ),
        (
            facts.pick("Först publicerad här", "First published here"),
            day(&dataset.issued),
        ),
        (
            facts.pick("Senast ändrad", "Last changed"),
            day(&dataset.modified),
        ),
        (facts.pick("Serie", "Series"), series.collect()),
        (facts.pick("Nyckelord", "Keywords"), keywords.collect()),
        (
            facts.pick("Id för portaler", "Id for portals"),
            vec![html! { code.address { (dataset.uuid(catalog, path)) } }],
        ),
    ]
}

fn of_series(facts: Facts<'_>, catalog: &Catalog, path: &str, series: &Series) -> Page {
    let title = series.title.in_language(facts.language);
    let description = series.description.in_language(facts.language);
    let members = series
        .members
        .iter()
        .rev()
        .filter_map(|path| Some((path, catalog.datasets.get(path)?)));
    let main = html! {
        header.title {
            p.kind { (facts.pick("Dataserie", "Dataset series")) }
            h1 { (title) }
            p.lead { (description) }
        }
        div.text {
            h2 { (facts.pick("Utgåvor, den nyaste först", "Editions, the newest first")) }
            ul {
                @for (path, dataset) in members {
                    li { a href=(facts.site.page(path)) { (dataset.title.in_language(facts.language)) }
                         " " span.quiet { (period(facts, dataset)) } }
                }
            }
        }
    };
    Page {
        title: format!("{title} ({})", facts.pick("dataserie", "dataset series")),
        description: description.to_owned(),
        path: path.to_owned(),
        crumbs: vec![crumb(facts)],
        data: None,
        main,
    }
}

fn of_service(facts: Facts<'_>, path: &str, service: &Service) -> Page {
    let title = service.title.in_language(facts.language);
    let description = service.description.in_language(facts.language);
    let main = html! {
        header.title {
            p.kind { (facts.pick("Datatjänst", "Data service")) }
            h1 { (title) }
            p.lead { (description) }
        }
        div.text {
            dl.facts {
                div { dt { (facts.pick("Adress", "Address")) }
                      dd { a href=(facts.site.page(service.endpoint)) { (facts.snapshot.base().node(service.endpoint).as_str()) } } }
                div { dt { (facts.pick("Beskrivning", "Description")) }
                      dd { a href=(facts.site.file("openapi.json")) { "OpenAPI 3.1" } } }
            }
        }
    };
    Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: path.to_owned(),
        crumbs: vec![crumb(facts)],
        data: None,
        main,
    }
}

fn of_distribution(
    facts: Facts<'_>,
    path: &str,
    (of, dataset): (&str, &Dataset),
    distribution: &Distribution,
) -> Result<Page, Error> {
    let sizes = catalog::measure(facts.snapshot)?;
    let name = dataset.title.in_language(facts.language);
    let title = format!("{name}: {}", distribution.title.in_language(facts.language));
    let row = file_row(facts, distribution, sizes.bytes(&distribution.source));
    let heads = facts
        .language
        .pick(["Format", "Vad", "Storlek"], ["Format", "What", "Size"]);
    let description = distribution.description.in_language(facts.language);
    let main = html! {
        header.title {
            p.kind { (facts.pick("Distribution", "Distribution")) }
            h1 { (title) }
        }
        (table(&title, &heads, &[row]))
    };
    Ok(Page {
        description: description.to_owned(),
        path: path.to_owned(),
        crumbs: vec![
            crumb(facts),
            Crumb {
                path: of.to_owned(),
                text: name.to_owned(),
                language: None,
            },
        ],
        title,
        data: None,
        main,
    })
}

/// What datasets share: the contact, a statement of rights, the standard. Its texts, in the
/// language of the page.
fn of_other(facts: Facts<'_>, path: &str) -> Result<Page, Error> {
    let graph = catalog::about(facts.snapshot, path)?;
    let node = facts.snapshot.base().node(path);
    let mut texts = Vec::new();
    let mut links = Vec::new();
    for triple in graph.triples_for_subject(&node) {
        match triple.object {
            oxrdf::TermRef::Literal(text)
                if text
                    .language()
                    .is_none_or(|own| own == facts.language.tag()) =>
            {
                texts.push(text.value().to_owned());
            }
            oxrdf::TermRef::NamedNode(other) if triple.predicate != crate::vocab::rdf::TYPE => {
                links.push(other.as_str().to_owned());
            }
            _ => {}
        }
    }
    texts.sort_by_key(String::len);
    let title = texts.first().cloned().unwrap_or_else(|| path.to_owned());
    let rest = texts.get(1..).unwrap_or_default();
    links.sort();
    let main = html! {
        header.title { h1 { (title) } }
        div.text {
            @for text in rest { p { (text) } }
            @if !links.is_empty() {
                ul.plain { @for link in &links { li { a href=(facts.leads(link)) { (link.strip_prefix("mailto:").unwrap_or(link)) } } } }
            }
        }
    };
    Ok(Page {
        description: match rest.first() {
            Some(said) => said.clone(),
            None => format!(
                "{}: {title}",
                facts.pick("Ur katalogen", "From the catalogue")
            ),
        },
        title,
        path: path.to_owned(),
        crumbs: vec![crumb(facts)],
        data: None,
        main,
    })
}
