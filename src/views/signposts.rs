//! Where machines that follow links find what belongs to a dataset (FAIR Signposting, level 1):
//! what to cite, the metadata, the files, the licence, who made it.

use super::catalog::{self, Catalog, Dataset, dataset_path};
use super::{Resource, comparison, schema_org};
use crate::model::PlanId;
use crate::rdf::Format;
use crate::store::Snapshot;

/// A typed link (RFC 8288): where to, how it is related, the media type of what is there.
pub struct Signpost {
    /// Where it leads.
    pub href: String,
    /// The relation.
    pub rel: &'static str,
    /// The media type of what is there.
    pub media_type: Option<&'static str>,
}

/// The signposts of a page or of data about a dataset, or about the plan that it holds.
pub fn signposts(snapshot: &Snapshot, resource: &Resource, format: Format) -> Vec<Signpost> {
    if let Resource::Comparison(asked) = resource {
        let made = comparison::Made::of(snapshot, asked).ok();
        let Some(made) = made.filter(comparison::Made::is_citable) else {
            return Vec::new();
        };
        let cited = snapshot.base().node(&made.cited(snapshot).address());
        return vec![link(cited.as_str(), "cite-as", None)];
    }
    // Without a catalogue there is nothing to point to, and the page is there all the same.
    let Ok(catalog) = catalog::catalog(snapshot) else {
        return Vec::new();
    };
    let path = match resource {
        Resource::Catalogued(path) => Some(path.clone()),
        Resource::Node(node) => {
            let path = snapshot.base().relative(node.as_str());
            let plan = path.and_then(|path| PlanId::parse(path.strip_prefix("plan/")?));
            plan.map(|plan| dataset_path(&plan))
        }
        _ => None,
    };
    let Some((path, dataset)) =
        path.and_then(|path| Some((path.clone(), catalog.datasets.get(&path)?)))
    else {
        return Vec::new();
    };
    if format == Format::Html {
        of_page(snapshot, &catalog, &path, dataset, resource)
    } else {
        // Data lead back to what they are data of.
        let address = snapshot.base().node(&path);
        vec![link(address.as_str(), "collection", None)]
    }
}

fn of_page(
    snapshot: &Snapshot,
    catalog: &Catalog,
    path: &str,
    dataset: &Dataset,
    resource: &Resource,
) -> Vec<Signpost> {
    let base = snapshot.base();
    let cited = resource.iri(snapshot);
    let mut links = vec![link(cited.as_str(), "cite-as", None)];
    for class in ["https://schema.org/Dataset", "https://schema.org/AboutPage"] {
        links.push(link(class, "type", None));
    }
    for author in &dataset.creators {
        links.push(link(author.iri.as_str(), "author", None));
    }
    if dataset.creators.is_empty() {
        links.push(link(catalog.publisher.iri.as_str(), "author", None));
    }
    if let Some(licence) = schema_org::known_licence(dataset) {
        links.push(link(licence, "license", None));
    }
    for format in [Format::JsonLd, Format::Turtle, Format::RdfXml] {
        let address = format!("{}.{}", base.node(path).as_str(), format.suffix());
        links.push(link(&address, "describedby", Some(format.media_type())));
    }
    for file in &dataset.distributions {
        let source = &file.source;
        if source.is_file() {
            let address = base.node(&source.path());
            links.push(link(address.as_str(), "item", Some(source.media_type())));
        }
    }
    links
}

fn link(href: &str, rel: &'static str, media_type: Option<&'static str>) -> Signpost {
    Signpost {
        href: href.to_owned(),
        rel,
        media_type,
    }
}
