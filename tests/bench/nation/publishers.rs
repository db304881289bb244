//! Who publishes: the regions and municipalities of the reference data, and made-up ones.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use samplan::rdf::{Base, parse};

const NAME: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://xmlns.com/foaf/0.1/name");
const SPATIAL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/spatial");

/// Who publishes plans.
#[derive(Clone, Debug)]
pub(crate) struct Publisher {
    /// The id: `region-uppsala`.
    pub(crate) id: String,
    /// The Swedish name.
    pub(crate) name: String,
    /// The address of the county.
    pub(crate) place: String,
    /// Whether the reference data do not have it.
    made_up: bool,
}

impl Publisher {
    /// The id of its edition of a year.
    pub(crate) fn plan(&self, year: u16) -> String {
        format!("{}-{year}", self.id)
    }
}

/// So many publishers: regions, municipalities, then made-up ones.
pub(super) fn of(count: usize, reference: &Path) -> anyhow::Result<Vec<Publisher>> {
    let mut found = read(&reference.join("organisations/regions.ttl"))?;
    found.extend(read(&reference.join("organisations/municipalities.ttl"))?);
    let real = found.len();
    anyhow::ensure!(real > 0, "the reference data have no organisations");
    for number in real..count {
        found.push(Publisher {
            id: format!("exempelkommun-{}", number + 1),
            name: format!("Exempelkommun {}", number + 1),
            place: found[number % real].place.clone(),
            made_up: true,
        });
    }
    found.truncate(count);
    Ok(found)
}

/// The organisations of a reference file, in its order of codes or names: by address.
fn read(file: &Path) -> anyhow::Result<Vec<Publisher>> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    let base = Base::default();
    let (graph, findings) = parse::turtle(&bytes, &base, &file.display().to_string());
    anyhow::ensure!(findings.is_empty(), "{findings:?}");
    let mut found: Vec<_> = graph
        .triples_for_predicate(SPATIAL)
        .filter_map(|triple| {
            let NamedOrBlankNodeRef::NamedNode(who) = triple.subject else {
                return None;
            };
            let TermRef::NamedNode(place) = triple.object else {
                return None;
            };
            let id = base.relative(who.as_str())?.strip_prefix("organisation/")?;
            Some(Publisher {
                id: id.to_owned(),
                name: swedish_name(&graph, who)?,
                place: place.as_str().to_owned(),
                made_up: false,
            })
        })
        .collect();
    found.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(found)
}

fn swedish_name(graph: &Graph, who: NamedNodeRef<'_>) -> Option<String> {
    graph
        .objects_for_subject_predicate(who, NAME)
        .find_map(|name| match name {
            TermRef::Literal(name) if name.language() == Some("sv") => {
                Some(name.value().to_owned())
            }
            _ => None,
        })
}

/// The reference file of the made-up ones, where there are any.
pub(super) fn made_up(publishers: &[Publisher]) -> Option<String> {
    let mut text = String::from(
        "@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix plan: <https://w3id.org/samplan/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<reference/organisations/made-up> a plan:ReferenceGraph ;
    dcterms:title \"Påhittade kommuner\"@sv , \"Made-up municipalities\"@en ;
    dcterms:modified \"2026-11-22\"^^xsd:date ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .
",
    );
    let mut some = false;
    for publisher in publishers.iter().filter(|publisher| publisher.made_up) {
        some = true;
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "
<organisation/{}> a foaf:Agent , m8g:PublicOrganisation ;
    foaf:name \"{}\"@sv ;
    dcterms:type <http://purl.org/adms/publishertype/LocalAuthority> ;
    dcterms:spatial <{}> .
",
            publisher.id, publisher.name, publisher.place
        );
    }
    some.then_some(text)
}
