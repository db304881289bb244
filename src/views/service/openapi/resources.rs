//! What has an address and several forms: plans, their parts, frameworks, organisations, the
//! vocabulary, the catalogue, lists, pages.

use super::answers::{Headers, media_types, of_get, own_types};
use super::template::Template;
use super::{
    CATALOGUE, FRAMEWORKS, Get, ORGANISATIONS, PLANS, Paths, QUERIES, SERVICE, VOCABULARY,
    documents, parameters, shapes,
};
use crate::rdf::Format;
use crate::sparql::Bounds;
use crate::store::Snapshot;
use crate::views::catalog::{self, Page};
use crate::views::collection::Kind;
use crate::views::describe::TextPage;
use crate::views::{Error, Resource, offers, resolve, service};

/// Adds every resource but the endpoint and the published queries.
pub(super) fn describe(snapshot: &Snapshot, paths: &mut Paths) -> Result<(), Error> {
    for path in fixed() {
        if let Some(resource) = resolve(snapshot, &path)? {
            let (tag, summary) = said_of(&path, &resource);
            let one = One {
                template: Template::fixed(&path),
                tag,
                summary,
            };
            add(snapshot, &one, &[resource], paths)?;
        }
    }
    // The endpoint itself is another thing; its description has forms as any resource has.
    let template = Template::fixed(service::SPARQL);
    let one = One {
        template,
        tag: QUERIES,
        summary: "The description of the SPARQL endpoint.",
    };
    let endpoint = Resource::Service(Bounds::default());
    by_suffix(&one, &endpoint, &offers(snapshot, &endpoint)?, paths);
    of_the_data(snapshot, paths)
}

/// The addresses that every instance has.
fn fixed() -> Vec<String> {
    let fixed = [
        "",
        "ns",
        "ns/shapes",
        "status",
        "role",
        "status-word",
        service::VOID,
        service::QUERIES,
    ];
    let lists = Kind::ALL.map(Kind::path);
    let pages = TextPage::ALL.map(TextPage::path);
    let all = fixed
        .into_iter()
        .chain(lists)
        .chain([catalog::CATALOG])
        .chain(pages);
    all.map(str::to_owned).collect()
}

/// Where what every instance has belongs, and what it is.
fn said_of(path: &str, resource: &Resource) -> (&'static str, &'static str) {
    match resource {
        Resource::Home => (
            SERVICE,
            "The front page; as data, the catalogue with its plans.",
        ),
        Resource::Collection(Kind::Plans) => (PLANS, "All plans."),
        Resource::Collection(Kind::Frameworks) => {
            (FRAMEWORKS, "All frameworks; as a table, the goals of all.")
        }
        Resource::Collection(Kind::Organisations) => (ORGANISATIONS, "All organisations."),
        Resource::Shapes => (VOCABULARY, "The rules that plans keep (SHACL)."),
        Resource::Text(TextPage::About) => (SERVICE, "About the instance, for people."),
        Resource::Text(TextPage::Accessibility) => {
            (SERVICE, "The accessibility statement, for people.")
        }
        Resource::Text(TextPage::Preview) => (
            CATALOGUE,
            "What harvesters will make of the catalogue, for people.",
        ),
        Resource::Text(TextPage::Compare) => (
            FRAMEWORKS,
            "The frameworks by which plans can be compared, for people; with `framework`, leads to its comparison.",
        ),
        Resource::Comparison(_) => (FRAMEWORKS, "Plans beside the goals of a framework."),
        Resource::Service(_) => (QUERIES, "The description of the SPARQL endpoint."),
        Resource::Void => (SERVICE, "What the data hold (VoID)."),
        Resource::Queries | Resource::Query(_) => (QUERIES, "The published queries, described."),
        Resource::Catalog(_) | Resource::Catalogued(_) => (
            CATALOGUE,
            "The catalogue that portals harvest (DCAT-AP 3.0.1).",
        ),
        Resource::Node(_) | Resource::Graph(_) => match path {
            "status" => (VOCABULARY, "Every status that an activity can have."),
            "role" => (VOCABULARY, "Every role that somebody can have."),
            "status-word" => (VOCABULARY, "The words that documents use for a status."),
            _ => (VOCABULARY, "The vocabulary: every class and property."),
        },
    }
}

/// Adds what the data fill with names.
fn of_the_data(snapshot: &Snapshot, paths: &mut Paths) -> Result<(), Error> {
    for (shape, examples) in shapes::found(snapshot) {
        let (mut there, mut resources) = (Vec::new(), Vec::new());
        for path in examples {
            match resolve(snapshot, &path) {
                Ok(Some(resource)) => {
                    there.push(path);
                    resources.push(resource);
                }
                // What the catalogue would describe is not there without it.
                Ok(None) | Err(Error::NoCatalogue(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let one = One {
            template: shape.template(&there),
            tag: shape.tag,
            summary: shape.summary,
        };
        add(snapshot, &one, &resources, paths)?;
    }
    Ok(())
}

/// What is said of a path.
struct One {
    template: Template,
    tag: &'static str,
    summary: &'static str,
}

/// Adds a resource, its forms by suffix, and what the columns mean where it is a table.
fn add(
    snapshot: &Snapshot,
    one: &One,
    resources: &[Resource],
    paths: &mut Paths,
) -> Result<(), Error> {
    let Some((resource, others)) = resources.split_first() else {
        return Ok(());
    };
    let mut formats = offers(snapshot, resource)?;
    for other in others {
        let offered = offers(snapshot, other)?;
        formats.retain(|format| offered.contains(format));
    }
    let is_catalogue = *resource == Resource::Catalog(None);
    let mut errors = errors(one.template.has_places(), resource);
    errors.push("406");
    if is_catalogue {
        // There are not so many pages.
        errors.push("404");
    }
    paths.get(Get {
        template: &one.template,
        tag: one.tag,
        summary: one.summary,
        query: query(resource),
        responses: of_get(&media_types(&formats), Headers::Representation, &errors),
    });
    by_suffix(one, resource, &formats, paths);
    if formats.contains(&Format::Csv) {
        documents::columns(&one.template, one.tag, paths);
    }
    Ok(())
}

fn by_suffix(one: &One, resource: &Resource, formats: &[Format], paths: &mut Paths) {
    let suffixes = formats.iter().map(|format| format.suffix().to_owned());
    let mut errors = errors(one.template.has_places(), resource);
    errors.push("404");
    paths.get(Get {
        template: &one.template.with_suffix(suffixes),
        tag: one.tag,
        summary: &format!("{} In one form.", one.summary),
        query: query(resource),
        responses: of_get(&own_types(formats), Headers::Representation, &errors),
    });
}

fn query(resource: &Resource) -> Vec<serde_json::Value> {
    let mut query = vec![parameters::language()];
    if matches!(resource, Resource::Comparison(_)) {
        query.extend(parameters::comparison());
    }
    if *resource == Resource::Catalog(None) {
        query.extend(parameters::paging("datasets", Page::MOST_PAGES, Page::MOST));
    }
    query
}

fn errors(has_places: bool, resource: &Resource) -> Vec<&'static str> {
    let mut errors = vec!["400"];
    if has_places {
        errors.extend(["404", "410"]);
    }
    if resource.is_of_the_catalogue() {
        errors.push("503");
    }
    errors
}
