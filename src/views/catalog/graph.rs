//! Catalogue → triples.

use std::collections::BTreeSet;

use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef};

use super::words::keywords;
use super::{
    Agent, CATALOG, Catalog, Dataset, Distribution, Flavour, Licence, Service, Sizes, Source,
    VOCABULARY, measure,
};
use crate::rdf::Format;
use crate::sparql::named::Words;
use crate::store::Snapshot;
use crate::views::Error;
use crate::views::download::GZIP;
use crate::views::writer::{Writer, both, iri};
use crate::vocab::{dcat, dcatap, dcterms, foaf, odrs, rdf, rdfs, skos, vcard, xsd};

/// The EU's authority tables.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority/";

/// The list of licence types of ADMS.
const LICENCE_TYPES: &str = "http://purl.org/adms/licencetype/1.0";

/// IANA's list of media types.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// An entry of one of the EU's authority tables.
fn authority(table: &str, code: &str) -> NamedNode {
    iri(&format!("{AUTHORITY}{table}/{code}"))
}

fn media_type(name: &str) -> NamedNode {
    iri(&format!("{MEDIA_TYPES}{name}"))
}

/// The catalogue with these of its datasets and series, part by part: itself, each dataset or
/// series, each service, and what they share. No part holds more than one of them, so that a
/// nation's catalogue is never in memory as a whole.
pub(super) fn parts<E>(
    snapshot: &Snapshot,
    catalog: &Catalog,
    sizes: &Sizes,
    flavour: Flavour,
    items: &BTreeSet<&str>,
    mut take: impl FnMut(&Graph) -> Result<(), E>,
) -> Result<(), E> {
    let mut shared = Shared::default();
    let mut part = |write: &dyn Fn(&mut Out<'_>)| {
        let mut graph = Graph::new();
        let mut out = Out {
            writer: Writer::new(snapshot, &mut graph),
            catalog,
            sizes,
            flavour,
            shared: std::mem::take(&mut shared),
        };
        write(&mut out);
        shared = out.shared;
        take(&graph)
    };
    part(&|out| out.catalog(items))?;
    for path in items {
        part(&|out| out.item(path))?;
    }
    for path in catalog.services.keys() {
        part(&|out| out.service(path))?;
    }
    part(&|out| out.what_is_shared())
}

/// What is said of one thing of the catalogue, with what belongs to it: to a dataset its
/// distributions.
pub(super) fn about(snapshot: &Snapshot, catalog: &Catalog, path: &str) -> Result<Graph, Error> {
    let sizes = measure(snapshot)?;
    let mut whole = Graph::new();
    let mut out = Out {
        writer: Writer::new(snapshot, &mut whole),
        catalog,
        sizes: &sizes,
        flavour: Flavour::Eu,
        shared: Shared::default(),
    };
    let node = out.writer.node(path);
    match catalog.dataset_of(path) {
        Some((_, None)) => out.item(path),
        Some((_, Some(_))) => {
            let (of, _) = path.rsplit_once('/').unwrap_or((path, ""));
            out.item(of);
            return Ok(only(&whole, &node));
        }
        None if catalog.series.contains_key(path) => out.item(path),
        None if catalog.services.contains_key(path) => out.service(path),
        None => {
            // What datasets share: the contact, licences, the vocabulary.
            let licences = catalog.licences.iter();
            out.shared
                .licences
                .extend(licences.map(|licence| licence.iri.clone()));
            out.what_is_shared();
            return Ok(only(&whole, &node));
        }
    }
    Ok(whole)
}

/// The triples about a node.
fn only(graph: &Graph, node: &NamedNode) -> Graph {
    graph.triples_for_subject(node).collect()
}

/// What has been referred to and is described at the end, once each.
#[derive(Default)]
struct Shared {
    agents: BTreeSet<NamedNode>,
    licences: BTreeSet<NamedNode>,
    places: BTreeSet<NamedNode>,
    formats: BTreeSet<Format>,
    packed: bool,
}

struct Out<'a> {
    writer: Writer<'a>,
    catalog: &'a Catalog,
    sizes: &'a Sizes,
    flavour: Flavour,
    shared: Shared,
}

impl Out<'_> {
    fn day(&mut self, node: &NamedNode, property: NamedNodeRef<'_>, day: Option<&str>) {
        if let Some(day) = day {
            self.writer
                .value(node, property, Literal::new_typed_literal(day, xsd::DATE));
        }
    }

    fn catalog(&mut self, items: &BTreeSet<&str>) {
        let catalog = self.catalog;
        let node = self.writer.node(CATALOG);
        let out = &mut self.writer;
        out.link(&node, rdf::TYPE, dcat::CATALOG);
        for (property, value) in &catalog.own {
            out.term(&node, property.as_ref(), value);
        }
        out.link(&node, dcterms::PUBLISHER, &catalog.publisher.iri);
        out.link(&node, dcat::CONTACT_POINT, &catalog.contact.iri);
        let themes = iri(&format!("{AUTHORITY}data-theme"));
        out.link(&node, dcat::THEME_TAXONOMY, &themes);
        out.link(&themes, rdf::TYPE, skos::CONCEPT_SCHEME);
        out.value(
            &themes,
            dcterms::TITLE,
            Literal::new_language_tagged_literal_unchecked("Data theme", "en"),
        );
        let home = out.node("");
        out.link(&node, foaf::HOMEPAGE, &home);
        out.link(&home, rdf::TYPE, foaf::DOCUMENT);
        for path in items {
            let item = out.node(path);
            out.link(&node, dcat::DATASET, &item);
        }
        for path in catalog.services.keys() {
            let service = out.node(path);
            out.link(&node, dcat::SERVICE, &service);
        }
        self.day(&node, dcterms::MODIFIED, catalog.modified());
        self.shared.agents.insert(catalog.publisher.iri.clone());
    }

    /// A dataset or a series.
    fn item(&mut self, path: &str) {
        let catalog = self.catalog;
        if let Some(dataset) = catalog.datasets.get(path) {
            self.dataset(path, dataset);
        } else if let Some(series) = catalog.series.get(path) {
            self.series(path, series);
        }
    }

    /// What datasets, series and services have alike.
    fn head(&mut self, node: &NamedNode, title: &Words, description: &Words) {
        let out = &mut self.writer;
        out.words(node, dcterms::TITLE, title);
        out.words(node, dcterms::DESCRIPTION, description);
        out.link(node, dcterms::PUBLISHER, &self.catalog.publisher.iri);
        out.link(node, dcat::CONTACT_POINT, &self.catalog.contact.iri);
    }

    fn sorting(&mut self, node: &NamedNode, keywords: &[(String, &str)], themes: &[&str]) {
        for (keyword, language) in keywords {
            let keyword = Literal::new_language_tagged_literal_unchecked(keyword, *language);
            self.writer.value(node, dcat::KEYWORD, keyword);
        }
        for theme in themes {
            self.writer
                .link(node, dcat::THEME, &authority("data-theme", theme));
        }
    }

    fn coverage(
        &mut self,
        node: &NamedNode,
        path: &str,
        places: &BTreeSet<NamedNode>,
        (start, end): (Option<&str>, Option<&str>),
    ) {
        for place in places {
            self.writer.link(node, dcterms::SPATIAL, place);
            self.shared.places.insert(place.clone());
        }
        if start.or(end).is_some() {
            let period = self.writer.node(&format!("{path}#period"));
            self.writer.link(node, dcterms::TEMPORAL, &period);
            self.writer
                .link(&period, rdf::TYPE, dcterms::PERIOD_OF_TIME);
            self.day(&period, dcat::START_DATE, start);
            self.day(&period, dcat::END_DATE, end);
        }
    }

    fn dataset(&mut self, path: &str, dataset: &Dataset) {
        let node = self.writer.node(path);
        self.writer.link(&node, rdf::TYPE, dcat::DATASET_CLASS);
        self.head(&node, &dataset.title, &dataset.description);
        self.sorting(&node, &dataset.keywords, &dataset.themes);
        let (start, end) = dataset.period;
        let (start, end) = (
            start.map(|day| day.to_string()),
            end.map(|day| day.to_string()),
        );
        let places = dataset.places.iter().cloned().collect();
        self.coverage(&node, path, &places, (start.as_deref(), end.as_deref()));
        self.day(&node, dcterms::ISSUED, dataset.issued.as_deref());
        self.day(&node, dcterms::MODIFIED, dataset.modified.as_deref());
        let uuid = dataset.uuid(self.catalog, path);
        let standard = self.writer.node(VOCABULARY);
        let out = &mut self.writer;
        out.value(&node, dcterms::IDENTIFIER, uuid);
        out.link(&node, dcterms::CONFORMS_TO, &standard);
        out.link(
            &node,
            dcterms::ACCESS_RIGHTS,
            &authority("access-right", "PUBLIC"),
        );
        out.link(&node, dcat::LANDING_PAGE, &dataset.landing);
        out.link(&dataset.landing, rdf::TYPE, foaf::DOCUMENT);
        for language in &dataset.languages {
            out.link(&node, dcterms::LANGUAGE, language);
        }
        if let super::Holds::Plan(plan) = &dataset.holds
            && let Some(edition) = self.sizes.editions().get(plan)
        {
            out.value(&node, dcat::VERSION, edition.canonical.as_str());
        }
        if let Some(series) = &dataset.series {
            let series = out.node(series);
            out.link(&node, dcat::IN_SERIES, &series);
        }
        if let Some(previous) = &dataset.previous {
            let previous = out.node(previous);
            out.link(&node, dcat::PREV, &previous);
        }
        // Whose kind is not known, DCAT-AP-SE takes for no agent.
        let known = |creator: &&Agent| creator.kind.is_some();
        for creator in dataset.creators.iter().filter(known) {
            out.link(&node, dcterms::CREATOR, &creator.iri);
            self.shared.agents.insert(creator.iri.clone());
        }
        for distribution in &dataset.distributions {
            self.distribution(path, dataset, distribution);
        }
    }

    fn distribution(&mut self, of: &str, dataset: &Dataset, distribution: &Distribution) {
        let (node, parent) = (
            self.writer.node(&format!("{of}/{}", distribution.key)),
            self.writer.node(of),
        );
        let source = &distribution.source;
        let out = &mut self.writer;
        out.link(&parent, dcat::DISTRIBUTION, &node);
        out.link(&node, rdf::TYPE, dcat::DISTRIBUTION_CLASS);
        out.words(&node, dcterms::TITLE, &distribution.title);
        out.words(&node, dcterms::DESCRIPTION, &distribution.description);
        if let Source::Service(service, _) = source {
            let endpoint = self.catalog.services.get(service);
            let endpoint = out.node(endpoint.map_or("", |service| service.endpoint));
            let service = out.node(service);
            out.link(&node, dcat::ACCESS_URL, &endpoint);
            out.link(&node, dcat::ACCESS_SERVICE, &service);
        } else {
            let file = out.node(&source.path());
            out.link(&node, dcat::ACCESS_URL, &file);
            out.link(&node, dcat::DOWNLOAD_URL, &file);
        }
        out.link(&node, dcterms::LICENSE, &dataset.licence);
        out.link(&node, dcterms::RIGHTS, &dataset.rights);
        let availability = authority("planned-availability", "STABLE");
        out.link(&node, dcatap::AVAILABILITY, &availability);
        if let Some(bytes) = self.sizes.bytes(source) {
            let bytes = Literal::new_typed_literal(bytes.to_string(), xsd::NON_NEGATIVE_INTEGER);
            out.value(&node, dcat::BYTE_SIZE, bytes);
        }
        self.day(&node, dcterms::ISSUED, dataset.issued.as_deref());
        let modified = distribution.modified.as_ref().or(dataset.modified.as_ref());
        self.day(&node, dcterms::MODIFIED, modified.map(String::as_str));
        self.format(&node, source);
        self.columns(&node, source);
        self.shared.licences.insert(dataset.licence.clone());
        self.shared.licences.insert(dataset.rights.clone());
    }

    fn format(&mut self, node: &NamedNode, source: &Source) {
        let format = source.format();
        let out = &mut self.writer;
        match (self.flavour, format.file_type()) {
            (Flavour::Eu, Some(code)) => {
                out.link(node, dcterms::FORMAT, &authority("file-type", code));
            }
            (Flavour::Eu, None) => {}
            (Flavour::Se, _) => out.value(node, dcterms::FORMAT, format.media_type()),
        }
        out.link(node, dcat::MEDIA_TYPE, &media_type(format.media_type()));
        if source.is_packed() {
            out.link(node, dcat::COMPRESS_FORMAT, &media_type(GZIP));
            self.shared.packed = true;
        }
        self.shared.formats.insert(format);
    }

    /// What the columns of a table mean, beside it.
    fn columns(&mut self, node: &NamedNode, source: &Source) {
        if source.format() != Format::Csv || !source.is_file() {
            return;
        }
        let columns = self
            .writer
            .node(&format!("{}-metadata.json", source.path()));
        self.writer.link(node, dcterms::CONFORMS_TO, &columns);
        self.writer.link(&columns, rdf::TYPE, dcterms::STANDARD);
    }

    fn series(&mut self, path: &str, series: &super::Series) {
        let catalog = self.catalog;
        let node = self.writer.node(path);
        self.writer.link(&node, rdf::TYPE, dcat::DATASET_SERIES);
        self.head(&node, &series.title, &series.description);
        let members: Vec<&Dataset> = series
            .members
            .iter()
            .filter_map(|member| catalog.datasets.get(member))
            .collect();
        let Some(newest) = members.last() else {
            return;
        };
        self.sorting(&node, &newest.keywords, &newest.themes);
        let places = members
            .iter()
            .flat_map(|member| member.places.clone())
            .collect();
        let start = members.iter().filter_map(|member| member.period.0).min();
        let ends: Option<Vec<_>> = members.iter().map(|member| member.period.1).collect();
        let end = ends.and_then(|ends| ends.into_iter().max());
        let (start, end) = (
            start.map(|day| day.to_string()),
            end.map(|day| day.to_string()),
        );
        self.coverage(&node, path, &places, (start.as_deref(), end.as_deref()));
        let issued = members.iter().filter_map(|member| member.issued.as_deref());
        self.day(&node, dcterms::ISSUED, issued.min());
        let modified = members
            .iter()
            .filter_map(|member| member.modified.as_deref());
        self.day(&node, dcterms::MODIFIED, modified.max());
        let standard = self.writer.node(VOCABULARY);
        self.writer.link(&node, dcterms::CONFORMS_TO, &standard);
    }

    fn service(&mut self, path: &str) {
        let catalog = self.catalog;
        let Some(service) = catalog.services.get(path) else {
            return;
        };
        let Service {
            title,
            description,
            endpoint,
            protocol: (protocol, name),
            kind,
        } = service;
        let node = self.writer.node(path);
        self.writer.link(&node, rdf::TYPE, dcat::DATA_SERVICE);
        self.head(&node, title, description);
        let keywords: Vec<_> = keywords().collect();
        self.sorting(&node, &keywords, &["GOVE"]);
        let out = &mut self.writer;
        let (endpoint, openapi) = (out.node(endpoint), out.node("openapi.json"));
        out.link(&node, dcat::ENDPOINT_URL, &endpoint);
        out.link(&node, dcat::ENDPOINT_DESCRIPTION, &openapi);
        let protocol = iri(protocol);
        out.link(&node, dcterms::CONFORMS_TO, &protocol);
        out.link(&protocol, rdf::TYPE, dcterms::STANDARD);
        let name = Literal::new_language_tagged_literal_unchecked(*name, "en");
        out.value(&protocol, dcterms::TITLE, name);
        out.link(&node, dcterms::TYPE, &iri(kind));
        out.link(
            &node,
            dcterms::ACCESS_RIGHTS,
            &authority("access-right", "PUBLIC"),
        );
        for (path, dataset) in &catalog.datasets {
            let (all, licence) = (out.node(path), &dataset.licence);
            match dataset.holds {
                super::Holds::Plan(_) => {}
                super::Holds::Plans => {
                    out.link(&node, dcat::SERVES_DATASET, &all);
                    out.link(&node, dcterms::LICENSE, licence);
                    self.shared.licences.insert(licence.clone());
                }
                super::Holds::Frameworks => out.link(&node, dcat::SERVES_DATASET, &all),
            }
        }
    }

    /// What has been referred to, each once.
    fn what_is_shared(&mut self) {
        let catalog = self.catalog;
        let known = catalog
            .datasets
            .values()
            .flat_map(|dataset| &dataset.creators);
        let known: Vec<&Agent> = known.chain([&catalog.publisher]).collect();
        for agent in known {
            if self.shared.agents.remove(&agent.iri) {
                self.agent(agent);
            }
        }
        let contact = &catalog.contact;
        for (property, value) in &contact.said {
            self.writer.term(&contact.iri, property.as_ref(), value);
            if let (true, oxrdf::Term::NamedNode(email)) = (property == &vcard::HAS_EMAIL, value) {
                self.writer.link(email, rdf::TYPE, vcard::EMAIL);
            }
        }
        for licence in &catalog.licences {
            if self.shared.licences.contains(&licence.iri) || licence.iri == cc0() {
                self.licence(licence);
            }
        }
        for place in std::mem::take(&mut self.shared.places) {
            self.writer.link(&place, rdf::TYPE, dcterms::LOCATION);
        }
        for format in std::mem::take(&mut self.shared.formats) {
            self.media_type(format.media_type());
            if let Some(code) = format.file_type() {
                self.file_type(&authority("file-type", code), format.name());
            }
        }
        if self.shared.packed {
            self.media_type(GZIP);
        }
        self.vocabulary();
    }

    /// CKAN shows an IRI where a media type has no label.
    fn media_type(&mut self, name: &str) {
        let node = media_type(name);
        self.writer
            .link(&node, rdf::TYPE, dcterms::MEDIA_TYPE_CLASS);
        self.writer.value(&node, rdfs::LABEL, name);
    }

    /// CKAN shows the label of a file type that it does not know, if the first of its classes is
    /// that of the media types; the other is the one that DCAT-AP asks for.
    fn file_type(&mut self, node: &NamedNode, name: &str) {
        self.writer.link(node, rdf::TYPE, dcterms::IMT);
        self.writer
            .link(node, rdf::TYPE, dcterms::MEDIA_TYPE_OR_EXTENT);
        self.writer.value(node, rdfs::LABEL, name);
    }

    fn agent(&mut self, agent: &Agent) {
        let out = &mut self.writer;
        let node = &agent.iri;
        out.link(node, rdf::TYPE, foaf::AGENT);
        for name in &agent.names {
            out.term(node, foaf::NAME, name);
        }
        if let Some(kind) = &agent.kind {
            out.link(node, dcterms::TYPE, kind);
            out.link(kind, rdf::TYPE, skos::CONCEPT);
        }
        if agent.iri != agent.page {
            out.link(node, rdf::TYPE, foaf::ORGANIZATION);
            if let Some(number) = &agent.number {
                out.value(node, dcterms::IDENTIFIER, number.as_str());
            }
        }
    }

    fn licence(&mut self, licence: &Licence) {
        let out = &mut self.writer;
        out.link(&licence.iri, rdf::TYPE, licence.class);
        let property = if licence.class == dcterms::LICENSE_DOCUMENT {
            dcterms::TITLE
        } else {
            rdfs::LABEL
        };
        for words in &licence.words {
            out.term(&licence.iri, property, words);
        }
        for words in &licence.description {
            out.term(&licence.iri, dcterms::DESCRIPTION, words);
        }
        if licence.class == dcterms::RIGHTS_STATEMENT {
            // DCAT-AP-SE asks for this class beside that of DCAT-AP.
            out.link(&licence.iri, rdf::TYPE, odrs::RIGHTS_STATEMENT);
        }
        if let Some((kind, name)) = licence.kind {
            let (kind, scheme) = (iri(kind), iri(LICENCE_TYPES));
            out.link(&licence.iri, dcterms::TYPE, &kind);
            out.link(&kind, rdf::TYPE, skos::CONCEPT);
            out.link(&kind, skos::IN_SCHEME, &scheme);
            let name = Literal::new_language_tagged_literal_unchecked(name, "en");
            out.value(&kind, skos::PREF_LABEL, name);
        }
    }

    fn vocabulary(&mut self) {
        let out = &mut self.writer;
        let (node, page) = (out.node(VOCABULARY), out.node("ns"));
        out.link(&node, rdf::TYPE, dcterms::STANDARD);
        out.words(
            &node,
            dcterms::TITLE,
            both(
                "Vokabulär för handlingsplaner",
                "Vocabulary of action plans",
            ),
        );
        out.words(
            &node,
            dcterms::DESCRIPTION,
            both(
                "Klasser, egenskaper och regler för handlingsplaner som länkade data.",
                "Classes, properties and rules of action plans as linked data.",
            ),
        );
        out.link(&node, foaf::PAGE, &page);
        out.link(&page, rdf::TYPE, foaf::DOCUMENT);
        out.link(&node, rdfs::SEE_ALSO, &iri(crate::vocab::plan::NS));
    }
}

/// The licence of the catalogue itself, which is always described.
fn cc0() -> NamedNode {
    iri("http://creativecommons.org/publicdomain/zero/1.0/")
}
