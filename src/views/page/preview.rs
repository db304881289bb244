//! What harvesters will make of the catalogue: how each portal shows every dataset, and how
//! data.europa.eu scores it.

use maud::{Markup, html};

use super::facts::Facts;
use super::layout::{Crumb, Page};
use super::lists::table;
use crate::rdf::Format;
use crate::views::Error;
use crate::views::catalog::mqa::{self, Indicator};
use crate::views::catalog::{self, CATALOG, Catalog, Dataset, PREVIEW, Sizes};

/// How many datasets are shown.
const SHOWN: usize = 50;

pub(super) fn page(facts: Facts<'_>) -> Result<Page, Error> {
    let catalog = catalog::catalog(facts.snapshot)?;
    let sizes = catalog::measure(facts.snapshot)?;
    let indicators = mqa::of_catalog(&catalog, &sizes);
    let title = facts.pick(
        "Så läser portalerna katalogen",
        "How portals read the catalogue",
    );
    let description = facts.pick(
        "Vad dataportal.se, data.europa.eu och CKAN visar för varje datamängd, och vilket betyg data.europa.eu ger.",
        "What dataportal.se, data.europa.eu and CKAN show for every dataset, and how data.europa.eu scores it.",
    );
    let main = html! {
        header.title { h1 { (title) } p.lead { (description) } }
        (score(facts, &indicators))
        (warnings(facts, &catalog))
        h2 { (facts.pick("Varje datamängd hos portalerna", "Every dataset at the portals")) }
        @for (path, dataset) in catalog.datasets.iter().take(SHOWN) {
            (shown(facts, &catalog, &sizes, path, dataset))
        }
        @if catalog.datasets.len() > SHOWN {
            p { (facts.pick("Bara de första visas.", "Only the first are shown.")) }
        }
    };
    Ok(Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: PREVIEW.to_owned(),
        crumbs: vec![Crumb {
            path: CATALOG.to_owned(),
            text: facts.pick("Katalog", "Catalogue").to_owned(),
            language: None,
        }],
        data: None,
        main,
    })
}

/// A number of points without needless decimals.
fn points(value: f64, facts: Facts<'_>) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    facts.language.pick(text.replace('.', ","), text.to_owned())
}

/// What the portal calls a score.
fn rating(total: f64, facts: Facts<'_>) -> &'static str {
    match total {
        total if total >= f64::from(mqa::EXCELLENT) => facts.language.pick("utmärkt", "excellent"),
        total if total >= 221.0 => facts.language.pick("bra", "good"),
        total if total >= 120.0 => facts.language.pick("tillräckligt", "sufficient"),
        _ => facts.language.pick("dåligt", "bad"),
    }
}

fn score(facts: Facts<'_>, indicators: &[Indicator]) -> Markup {
    let total = mqa::total(indicators);
    let heads = facts.language.pick(
        ["Vad som mäts", "Dimension", "Poäng", "Vad som höjer den"],
        [
            "What is measured",
            "Dimension",
            "Points",
            "What would raise it",
        ],
    );
    let (full, lacking): (Vec<_>, Vec<_>) = indicators
        .iter()
        .partition(|indicator| indicator.share >= 1.0);
    let rows = |indicators: &[&Indicator]| -> Vec<_> {
        let of = |indicator: &&Indicator| {
            vec![
                html! { (indicator.name.in_language(facts.language)) br; span.quiet { (indicator.dimension) } },
                html! { (out_of(facts, indicator)) },
                html! { (indicator.advice.in_language(facts.language)) },
            ]
        };
        indicators.iter().map(of).collect()
    };
    html! {
        section aria-labelledby="score" {
            h2 #score { (facts.pick("Betyget hos data.europa.eu (MQA)", "The score at data.europa.eu (MQA)")) }
            p.numbers data-mqa-score=(format!("{total:.0}")) {
                strong { (points(total.round(), facts)) } " " (facts.pick("av", "of")) " " (mqa::MOST) ": " (rating(total, facts))
            }
            @if !lacking.is_empty() {
                (table(facts.pick("Mått med mindre än full poäng", "Measures with less than full points"), &heads, &rows(&lacking)))
            }
            details {
                summary { (facts.pick("Mått med full poäng", "Measures with full points")) " (" (full.len()) ")" }
                ul.tally {
                    @for indicator in full {
                        li { (indicator.name.in_language(facts.language)) " " span.quiet { (out_of(facts, indicator)) } }
                    }
                }
            }
        }
    }
}

/// The points of an indicator, and how many there could be.
fn out_of(facts: Facts<'_>, indicator: &Indicator) -> String {
    let of = facts.pick("av", "of");
    // On one line.
    format!(
        "{}\u{a0}{of}\u{a0}{}",
        points(indicator.points(), facts),
        indicator.weight
    )
}

/// What the operator should see to before portals come.
fn warnings(facts: Facts<'_>, catalog: &Catalog) -> Markup {
    let placeholder = facts.snapshot.has_placeholder_contact();
    let unknown = catalog.publisher.iri == catalog.publisher.page;
    let owners = catalog
        .datasets
        .values()
        .flat_map(|dataset| &dataset.creators);
    let nameless: std::collections::BTreeSet<_> = owners
        .filter(|owner| owner.kind.is_none())
        .map(|owner| catalog::name_of(owner, "sv"))
        .collect();
    let local = facts.snapshot.base().is_local();
    html! {
        @if placeholder || unknown || local || !nameless.is_empty() {
            section.why aria-labelledby="before" {
                h2 #before { (facts.pick("Innan någon skördar", "Before anyone harvests")) }
                ul {
                    @if placeholder { li { (facts.pick(
                        "Kontaktadressen är en platshållare. Byt den i catalog.ttl.",
                        "The contact's address is a placeholder. Replace it in catalog.ttl.")) } }
                    @if unknown { li { (facts.pick(
                        "Utgivaren har inget organisationsnummer här, så dataportal.se känner inte igen den. Ange i catalog.ttl den region, kommun eller myndighet som driver tjänsten.",
                        "The publisher has no organisation number here, so dataportal.se does not know it. Name in catalog.ttl the region, municipality or agency that runs the service.")) } }
                    @for owner in &nameless { li { (owner) ": " (facts.pick(
                        "slaget av organisation är inte angivet, så portalerna får inte veta vem som äger planen. Ange dcterms:type i referensdata.",
                        "the kind of organisation is not given, so portals are not told who owns the plan. Give dcterms:type in the reference data.")) } }
                    @if local { li { (facts.pick(
                        "Adresserna är lokala: ingen portal når dem. Starta med --base-url och den publika adressen.",
                        "The addresses are local: no portal reaches them. Start with --base-url and the public address.")) } }
                }
            }
        }
    }
}

fn shown(
    facts: Facts<'_>,
    catalog: &Catalog,
    sizes: &Sizes,
    path: &str,
    dataset: &Dataset,
) -> Markup {
    let own = mqa::indicators(&std::iter::once(dataset), sizes);
    let field = facts.pick("Uppgift", "Field");
    let heads = [field, "dataportal.se", "data.europa.eu", "CKAN"];
    let label = format!("{}: {path}", facts.pick("Hos portalerna", "At the portals"));
    let rows = at_the_portals(facts, catalog, path, dataset);
    let lacking: Vec<_> = own
        .iter()
        .filter(|indicator| indicator.share < 1.0)
        .collect();
    html! {
        div {
            h3 { a href=(facts.site.page(path)) { (dataset.title.in_language(facts.language)) } }
            p { "MQA: " strong { (points(mqa::total(&own).round(), facts)) } " " (facts.pick("av", "of")) " " (mqa::MOST)
                @if !lacking.is_empty() {
                    " " span.quiet { "(" (facts.pick("mindre än fullt", "less than full")) ": "
                        @for (at, indicator) in lacking.iter().enumerate() {
                            @if at > 0 { ", " }
                            (indicator.name.in_language(facts.language)) " −" (points(f64::from(indicator.weight) - indicator.points(), facts))
                        } ")" }
                }
            }
            (table(&label, &heads, &rows))
        }
    }
}

/// What each portal shows of a dataset, a row for each thing.
fn at_the_portals(
    facts: Facts<'_>,
    catalog: &Catalog,
    path: &str,
    dataset: &Dataset,
) -> Vec<Vec<Markup>> {
    let (sv, en) = (&dataset.title.sv, &dataset.title.en);
    let publisher = catalog::name_of(&catalog.publisher, "sv");
    let themes: Vec<_> = dataset
        .themes
        .iter()
        .map(|theme| theme_name(facts, theme))
        .collect();
    let formats = |of: fn(&catalog::Distribution) -> String| -> String {
        let mut names: Vec<_> = dataset.distributions.iter().map(of).collect();
        names.dedup();
        names.join(", ")
    };
    let media = formats(|own| own.source.format().media_type().to_owned());
    let codes = formats(|own| {
        own.source
            .format()
            .file_type()
            .unwrap_or_default()
            .to_owned()
    });
    let names = formats(|own| in_ckan(own.source.format()).to_owned());
    let licence = super::catalog::licence_name(facts, catalog, dataset);
    let in_list = catalog.licence_in_ckan(&dataset.licence);
    let keywords: Vec<_> = dataset
        .keywords
        .iter()
        .map(|(word, _)| word.as_str())
        .collect();
    let period = super::catalog::period(facts, dataset);
    let name = |sv: &'static str, en: &'static str| html! { (facts.pick(sv, en)) };
    let row = |head: Markup, se: Markup, eu: Markup, ckan: Markup| vec![head, se, eu, ckan];
    vec![
        row(
            name("Titel", "Title"),
            html! { span lang="sv" { (sv) } },
            html! { span lang="en" { (en) } },
            html! { span lang="sv" { (sv) } br; span.quiet { (facts.pick("eller, om den är engelsk:", "or, where it is English:")) } " " span lang="en" { (en) } },
        ),
        row(
            name("Utgivare", "Publisher"),
            html! { (publisher) },
            html! { (publisher) },
            html! { (publisher) },
        ),
        row(
            name("Format", "Formats"),
            html! { (media) },
            html! { (codes) },
            html! { (names) },
        ),
        row(
            name("Licens", "Licence"),
            html! { (in_list.unwrap_or(&licence)) },
            html! { (in_list.unwrap_or(&licence)) },
            html! { @match in_list {
                Some(name) => { (name) }
                None => { (licence) br; span.quiet { (facts.pick("som adress: finns inte i CKAN:s lista", "as an address: not in CKAN's list")) } }
            } },
        ),
        row(
            name("Kategori eller etikett", "Category or tag"),
            html! { (themes.join(", ")) },
            html! { (themes.join(", ")) },
            html! { (keywords.join(", ")) },
        ),
        row(
            name("Period", "Period"),
            html! { (period) },
            html! { (period) },
            html! { (period) },
        ),
        row(
            name("Serie", "Series"),
            html! { @if dataset.series.is_some() { (facts.pick("visas som serie; utgåvan nås genom den", "shown as a series; the edition is reached through it")) } @else { "–" } },
            html! { @if dataset.series.is_some() { (facts.pick("länk till serien", "a link to the series")) } @else { "–" } },
            html! { @if dataset.series.is_some() { (facts.pick("visas inte: CKAN läser inga serier", "not shown: CKAN reads no series")) } @else { "–" } },
        ),
        row(
            name("Känns igen på", "Known by"),
            html! { code.address { (dataset.uuid(catalog, path)) } },
            html! { code.address { (facts.snapshot.base().node(path).as_str()) } },
            html! { code.address { (facts.snapshot.base().node(path).as_str()) } },
        ),
    ]
}

/// What CKAN shows as a format.
fn in_ckan(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "XLSX",
        Format::RdfXml => "RDF",
        other => other.name(),
    }
}

/// What the EU calls a data theme.
fn theme_name(facts: Facts<'_>, theme: &str) -> String {
    match theme {
        "GOVE" => facts
            .pick(
                "Regeringen och den offentliga sektorn",
                "Government and public sector",
            )
            .to_owned(),
        "REGI" => facts
            .pick("Regioner och städer", "Regions and cities")
            .to_owned(),
        other => other.to_owned(),
    }
}
