//! Datasets as search engines read them: schema.org, with what Google Dataset Search requires and
//! recommends.

use oxrdf::NamedNode;
use serde_json::{Map, Value, json};

use super::catalog::{Agent, CATALOG, Catalog, Dataset, Distribution, Holds, Sizes};
use super::{Error, Language, catalog};
use crate::store::Snapshot;

/// A dataset of the catalogue, in a language.
pub(super) fn dataset(
    snapshot: &Snapshot,
    path: &str,
    dataset: &Dataset,
    language: Language,
) -> Result<Value, Error> {
    let catalog = catalog::catalog(snapshot)?;
    let sizes = catalog::measure(snapshot)?;
    let base = snapshot.base();
    let address = base.node(path);
    let mut tree = Map::new();
    let mut say = |key: &str, value: Value| {
        tree.insert(key.to_owned(), value);
    };
    say("@context", json!("https://schema.org/"));
    say("@type", json!("Dataset"));
    say("@id", json!(address.as_str()));
    say("url", json!(dataset.landing.as_str()));
    say("name", json!(dataset.title.in_language(language)));
    say(
        "alternateName",
        json!(dataset.title.in_language(language.other())),
    );
    say(
        "description",
        json!(dataset.description.in_language(language)),
    );
    let uuid = dataset.uuid(&catalog, path);
    say(
        "identifier",
        json!([address.as_str(), format!("urn:uuid:{uuid}")]),
    );
    say("isAccessibleForFree", json!(true));
    let keywords = dataset.keywords.iter().map(|(word, _)| word.as_str());
    say("keywords", keywords.collect::<Vec<_>>().into());
    say("inLanguage", codes(&dataset.languages));
    if let Some(licence) = known_licence(dataset) {
        say("license", json!(licence));
    }
    let creators: Vec<_> = dataset.creators.iter().map(organisation).collect();
    if !creators.is_empty() {
        say("creator", creators.into());
    }
    say("publisher", organisation(&catalog.publisher));
    if let Some(day) = &dataset.issued {
        say("datePublished", json!(day));
    }
    if let Some(day) = &dataset.modified {
        say("dateModified", json!(day));
    }
    if let Some(period) = period(dataset) {
        say("temporalCoverage", json!(period));
    }
    let places = dataset
        .places
        .iter()
        .map(|place| json!({ "@type": "Place", "@id": place.as_str(), "sameAs": place.as_str() }));
    say("spatialCoverage", places.collect::<Vec<_>>().into());
    if let Holds::Plan(plan) = &dataset.holds
        && let Some(edition) = sizes.editions().get(plan)
    {
        say("version", json!(edition.canonical));
    }
    let catalogue = base.node(CATALOG);
    say(
        "includedInDataCatalog",
        json!({ "@type": "DataCatalog", "@id": catalogue.as_str(), "url": catalogue.as_str(), "name": name(&catalog, language) }),
    );
    let files = dataset.distributions.iter();
    let files = files.filter(|distribution| distribution.source.is_file());
    let files = files.map(|file| download(snapshot, file, &sizes, language));
    say("distribution", files.collect::<Vec<_>>().into());
    Ok(Value::Object(tree))
}

/// The catalogue itself.
pub(super) fn data_catalog(snapshot: &Snapshot, language: Language) -> Result<Value, Error> {
    let catalog = catalog::catalog(snapshot)?;
    let address = snapshot.base().node(CATALOG);
    let datasets = catalog.datasets.keys().take(MOST_LISTED);
    let datasets = datasets.map(|path| json!({ "@id": snapshot.base().node(path).as_str() }));
    Ok(json!({
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": address.as_str(),
        "url": address.as_str(),
        "name": name(&catalog, language),
        "publisher": organisation(&catalog.publisher),
        "dataset": datasets.collect::<Vec<_>>(),
    }))
}

/// How many datasets are listed in a page's head; the sitemap has them all.
const MOST_LISTED: usize = 100;

fn name(catalog: &Catalog, language: Language) -> String {
    catalog
        .title(language)
        .unwrap_or_else(|| "Samplan".to_owned())
}

/// The licence, where it is one: what says that there is none would be taken for one.
pub(super) fn known_licence(dataset: &Dataset) -> Option<&str> {
    let licence = dataset.licence.as_str();
    licence
        .starts_with("http://creativecommons.org/")
        .then_some(licence)
}

fn organisation(agent: &Agent) -> Value {
    json!({
        "@type": "Organization",
        "@id": agent.iri.as_str(),
        "name": catalog::name_of(agent, "sv"),
        "url": agent.page.as_str(),
    })
}

/// The days as ISO 8601 writes an interval, open where it is.
fn period(dataset: &Dataset) -> Option<String> {
    match dataset.period {
        (None, None) => None,
        (start, end) => {
            let day = |day: Option<crate::model::Date>| {
                day.map_or_else(|| "..".to_owned(), |day| day.to_string())
            };
            Some(format!("{}/{}", day(start), day(end)))
        }
    }
}

/// Languages of the EU's table as BCP 47 has them.
fn codes(languages: &[NamedNode]) -> Value {
    let code = |language: &NamedNode| match language.as_str().rsplit('/').next() {
        Some("SWE") => "sv",
        Some("ENG") => "en",
        Some("FIN") => "fi",
        Some("SME") => "se",
        _ => "und",
    };
    languages.iter().map(code).collect::<Vec<_>>().into()
}

fn download(snapshot: &Snapshot, file: &Distribution, sizes: &Sizes, language: Language) -> Value {
    let mut tree = json!({
        "@type": "DataDownload",
        "name": file.title.in_language(language),
        "contentUrl": snapshot.base().node(&file.source.path()).as_str(),
        "encodingFormat": file.source.media_type(),
    });
    if let Some(bytes) = sizes.bytes(&file.source) {
        tree["contentSize"] = json!(format!("{bytes} B"));
    }
    tree
}
