//! Snapshot → catalogue.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use uuid::Uuid;

use super::agents::agent;
use super::series::{previous, series};
use super::words::{self, KEYWORDS};
use super::{
    Agent, CATALOG, Catalog, Contact, Dataset, Distribution, Holds, Licence, Series, Service,
    Source, dataset_path, name_of,
};
use crate::model::{Date, PlanId};
use crate::rdf::Format;
use crate::sparql::named::Words;
use crate::store::{PlanEntry, Snapshot};
use crate::views::Error;
use crate::views::download::{self, Content, Download};
use crate::views::writer::{both, iri};
use crate::vocab::{dcat, dcterms, foaf, plan, rdf, vcard};

/// The path of the dataset of all plans.
pub(super) const ALL_PLANS: &str = "catalog/all-plans";

/// The path of the dataset of frameworks.
pub(super) const FRAMEWORKS: &str = "catalog/frameworks";

/// The path of what stands for a licence where a document states none.
pub(super) const NO_LICENCE: &str = "catalog/no-licence";

/// The path of what stands for a licence where the parts of a dataset have different ones.
const SEVERAL_LICENCES: &str = "catalog/licence-of-each-plan";

/// The path of what is known of the rights where there is a licence.
const RIGHTS: &str = "catalog/rights";

/// The path of what is known of the rights to all plans together.
const RIGHTS_OF_ALL: &str = "catalog/rights-of-all-plans";

/// CC0 1.0, as portals write it.
const CC0: &str = "http://creativecommons.org/publicdomain/zero/1.0/";

/// What ADMS calls a licence of which nothing is known: an IRI, a name.
const UNKNOWN: (&str, &str) = ("http://purl.org/adms/licencetype/UnknownIPR", "Unknown IPR");

/// Sweden, at `GeoNames`.
const SWEDEN: &str = "https://sws.geonames.org/2661886/";

/// The formats of a plan, in the order in which a portal lists them.
const OF_A_PLAN: [Format; 6] = [
    Format::Csv,
    Format::Xlsx,
    Format::JsonLd,
    Format::Turtle,
    Format::RdfXml,
    Format::NTriples,
];

/// The services, by path.
fn services() -> BTreeMap<&'static str, Service> {
    let sparql = Service {
        title: both(
            "SPARQL-tjänst för handlingsplaner",
            "SPARQL endpoint for action plans",
        ),
        description: both(
            "Frågor i SPARQL 1.1 mot planer, ramverk och organisationer. Bara läsning, ingen nyckel.",
            "Queries in SPARQL 1.1 over plans, frameworks and organisations. Read-only, without a key.",
        ),
        endpoint: "sparql",
        protocol: (
            "https://www.w3.org/TR/sparql11-protocol/",
            "SPARQL 1.1 Protocol",
        ),
        kind: "http://www.wikidata.org/entity/Q62270",
    };
    let query = Service {
        title: both(
            "Färdiga frågor om handlingsplaner",
            "Ready-made questions about action plans",
        ),
        description: both(
            "Färdiga frågor med parametrar över HTTP; svaren som tabeller (CSV, JSON) eller länkade data.",
            "Ready-made questions with parameters over HTTP; the answers as tables (CSV, JSON) or linked data.",
        ),
        endpoint: "query",
        protocol: (
            "https://spec.openapis.org/oas/v3.1.0",
            "OpenAPI Specification 3.1",
        ),
        kind: "http://www.wikidata.org/entity/Q749568",
    };
    BTreeMap::from([
        ("catalog/service/sparql", sparql),
        ("catalog/service/query", query),
    ])
}

impl Catalog {
    /// The catalogue of a snapshot.
    ///
    /// # Errors
    /// Where the description of the catalogue is not there, or no plan is.
    pub fn of(snapshot: &Snapshot) -> Result<Self, Error> {
        let described = Described::read(snapshot)?;
        if snapshot.plans().is_empty() {
            return Err(Error::NoCatalogue(
                "no plan can be served, and a portal that read an empty catalogue would delete what it has",
            ));
        }
        let mut catalog = Self {
            publisher: described.publisher,
            contact: described.contact,
            own: described.said,
            datasets: BTreeMap::new(),
            series: BTreeMap::new(),
            services: services(),
            licences: licences(snapshot),
            modified: described.modified,
            issued: described.issued,
            namespace: described.namespace,
        };
        let mut makers = Makers {
            snapshot,
            agents: BTreeMap::new(),
            keywords: described.keywords,
        };
        for (id, entry) in snapshot.plans() {
            let dataset = makers.of_plan(id, entry)?;
            catalog.licences.extend(rights_of(entry));
            catalog.datasets.insert(dataset_path(id), dataset);
        }
        for (key, members) in series(snapshot) {
            catalog.put_in_series(&key, &members);
        }
        let (plans, frameworks) = (makers.of_all(&catalog)?, makers.of_frameworks(&catalog)?);
        catalog.datasets.insert(ALL_PLANS.to_owned(), plans);
        catalog.datasets.insert(FRAMEWORKS.to_owned(), frameworks);
        catalog.keep_used_licences();
        Ok(catalog)
    }

    /// Leaves out the licences that nothing has: the catalogue says nothing of them, so their
    /// addresses would be empty.
    fn keep_used_licences(&mut self) {
        let datasets = self.datasets.values();
        let used = datasets.flat_map(|dataset| [dataset.licence.clone(), dataset.rights.clone()]);
        let mut used: BTreeSet<NamedNode> = used.collect();
        // That of the catalogue itself.
        used.insert(iri(CC0));
        self.licences.retain(|licence| used.contains(&licence.iri));
    }

    /// Makes a series of editions. What a series and its members have in common is the same in all
    /// of them (DCAT-AP-SE, recommendation 17): it is taken from the newest.
    fn put_in_series(&mut self, key: &str, members: &[PlanId]) {
        let Some(newest) = members
            .last()
            .and_then(|id| self.datasets.get(&dataset_path(id)))
        else {
            return;
        };
        let (keywords, themes) = (newest.keywords.clone(), newest.themes.clone());
        let series = Series {
            title: words::without_years(&newest.title),
            description: both(
                &format!("{} utgåvor av samma handlingsplan.", members.len()),
                &format!("{} editions of the same action plan.", members.len()),
            ),
            members: members.iter().map(dataset_path).collect(),
        };
        let path = format!("series/{key}");
        for id in members {
            if let Some(dataset) = self.datasets.get_mut(&dataset_path(id)) {
                dataset.series = Some(path.clone());
                dataset.previous = previous(members, id).map(dataset_path);
                dataset.keywords.clone_from(&keywords);
                dataset.themes.clone_from(&themes);
            }
        }
        self.series.insert(path, series);
    }
}

/// What `catalog.ttl` says.
struct Described {
    said: Vec<(NamedNode, Term)>,
    publisher: Agent,
    contact: Contact,
    keywords: Vec<(String, &'static str)>,
    issued: Option<String>,
    modified: Option<String>,
    namespace: Uuid,
}

impl Described {
    fn read(snapshot: &Snapshot) -> Result<Self, Error> {
        let node = snapshot.base().node(CATALOG);
        let about = snapshot.about(node.as_ref())?;
        let first = |property: NamedNodeRef<'_>| {
            let mut found = about.iter().filter(|triple| triple.predicate == property);
            found.next().map(|triple| triple.object.clone())
        };
        let (Some(Term::NamedNode(publisher)), Some(Term::NamedNode(contact))) =
            (first(dcterms::PUBLISHER), first(dcat::CONTACT_POINT))
        else {
            return Err(Error::NoCatalogue(
                "catalog.ttl is refused, or names no publisher or contact; `samplan check` says what is wrong",
            ));
        };
        let text = |property| match first(property) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        };
        let publisher = agent(snapshot, publisher.as_ref())?;
        if publisher.names.is_empty() || publisher.kind.is_none() {
            return Err(Error::NoCatalogue(
                "the publisher that catalog.ttl names is not described, or its file is refused; `samplan check` says what is wrong",
            ));
        }
        let uuid = text(dcterms::IDENTIFIER).and_then(|uuid| Uuid::parse_str(&uuid).ok());
        // Without one of its own, an instance is known by its address.
        let namespace =
            uuid.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, node.as_str().as_bytes()));
        Ok(Self {
            publisher,
            contact: Contact {
                said: said(snapshot, contact.as_ref(), OF_CONTACT)?,
                iri: contact,
            },
            keywords: keywords(&about),
            issued: text(dcterms::ISSUED),
            modified: text(dcterms::MODIFIED),
            namespace,
            said: said(snapshot, node.as_ref(), OF_CATALOG)?,
        })
    }
}

/// What is taken over of what `catalog.ttl` says of the catalogue.
const OF_CATALOG: &[NamedNodeRef<'static>] = &[
    dcterms::TITLE,
    dcterms::DESCRIPTION,
    dcterms::LANGUAGE,
    dcterms::LICENSE,
    dcterms::SPATIAL,
    dcterms::ISSUED,
];

/// What is taken over of what it says of the contact.
const OF_CONTACT: &[NamedNodeRef<'static>] =
    &[rdf::TYPE, vcard::FN, vcard::HAS_EMAIL, vcard::HAS_URL];

fn said(
    snapshot: &Snapshot,
    node: NamedNodeRef<'_>,
    properties: &[NamedNodeRef<'static>],
) -> Result<Vec<(NamedNode, Term)>, Error> {
    let mut said = Vec::new();
    for property in properties {
        let objects = snapshot.objects(node, *property)?;
        said.extend(
            objects
                .into_iter()
                .map(|object| (property.into_owned(), object)),
        );
    }
    Ok(said)
}

/// The keywords of the instance, for each of its datasets.
fn keywords(about: &[Triple]) -> Vec<(String, &'static str)> {
    let own = about.iter().filter_map(|triple| match &triple.object {
        Term::Literal(literal) if triple.predicate == dcat::KEYWORD => {
            let language = if literal.language() == Some("en") {
                "en"
            } else {
                "sv"
            };
            Some((literal.value().to_lowercase(), language))
        }
        _ => None,
    });
    let ours = KEYWORDS
        .iter()
        .map(|(word, language)| ((*word).to_owned(), *language));
    let all: BTreeSet<_> = ours.chain(own).collect();
    all.into_iter().collect()
}

/// What makes datasets.
struct Makers<'a> {
    snapshot: &'a Snapshot,
    agents: BTreeMap<NamedNode, Agent>,
    keywords: Vec<(String, &'static str)>,
}

impl Makers<'_> {
    fn agent(&mut self, node: NamedNode) -> Result<Agent, Error> {
        if let Some(known) = self.agents.get(&node) {
            return Ok(known.clone());
        }
        let agent = agent(self.snapshot, node.as_ref())?;
        self.agents.insert(node, agent.clone());
        Ok(agent)
    }

    fn of_plan(&mut self, id: &PlanId, entry: &PlanEntry) -> Result<Dataset, Error> {
        let plan = &entry.plan;
        let mut creators = Vec::new();
        for creator in plan.creator.iter() {
            creators.push(self.agent(iri(creator.as_str()))?);
        }
        // One whose file is refused has no name, and cannot be told of.
        creators.retain(|creator| !creator.names.is_empty());
        let period = plan.temporal.values().next().map(|period| &period.node);
        let start = period.and_then(|period| period.start.first().copied());
        let end = period.and_then(|period| period.end.first().copied());
        let years = years(start, end);
        let owner = |language| creators.first().map(|owner| name_of(owner, language));
        let owner = Words {
            sv: owner("sv").unwrap_or_default(),
            en: owner("en").unwrap_or_default(),
        };
        let mut places: Vec<_> = plan
            .spatial
            .iter()
            .map(|place| iri(place.as_str()))
            .collect();
        if places.is_empty() {
            places.extend(creators.iter().filter_map(|creator| creator.place.clone()));
        }
        let mut keywords = self.keywords.clone();
        keywords.extend(
            creators
                .iter()
                .map(|owner| (keyword(&name_of(owner, "sv")), "sv")),
        );
        for place in &places {
            keywords.extend(self.place_name(place)?.map(|name| (keyword(&name), "sv")));
        }
        keywords.sort();
        keywords.dedup();
        let licence = plan.license.first().map(|licence| iri(licence.as_str()));
        let rights = plan.rights.keys().next().map(|rights| iri(rights.as_str()));
        Ok(Dataset {
            holds: Holds::Plan(id.clone()),
            title: words::title(&plan.title, words::untitled(&owner, &years)),
            description: words::of_plan(plan, &owner, &years),
            keywords,
            themes: themes(&creators),
            issued: plan.issued().map(|day| day.to_string()),
            modified: plan.modified().map(|day| day.to_string()),
            places: if places.is_empty() {
                vec![iri(SWEDEN)]
            } else {
                places
            },
            period: (start, end),
            languages: plan.language.iter().map(|own| iri(own.as_str())).collect(),
            landing: entry.iri.clone(),
            series: None,
            previous: None,
            licence: licence.unwrap_or_else(|| self.node(NO_LICENCE)),
            rights: rights.unwrap_or_else(|| self.node(RIGHTS)),
            distributions: OF_A_PLAN.map(|format| of_representation(id, format)).into(),
            creators,
        })
    }

    fn of_all(&self, catalog: &Catalog) -> Result<Dataset, Error> {
        let plans = || catalog.datasets.values();
        let licences: BTreeSet<_> = plans().map(|dataset| &dataset.licence).collect();
        let licence = match licences.first() {
            Some(licence) if licences.len() == 1 => (*licence).clone(),
            _ => self.node(SEVERAL_LICENCES),
        };
        let places: BTreeSet<_> = plans().flat_map(|dataset| dataset.places.clone()).collect();
        let languages: BTreeSet<_> = plans()
            .flat_map(|dataset| dataset.languages.clone())
            .collect();
        let starts = plans().filter_map(|dataset| dataset.period.0);
        // Where one plan has no end there is none of them all.
        let ends: Option<Vec<_>> = plans().map(|dataset| dataset.period.1).collect();
        let many = plans().count();
        let mut distributions = self.files(Content::Plans)?;
        distributions.extend(self.files(Content::Everything)?);
        let modified = distributions.iter().filter_map(|own| own.modified.clone());
        let modified = modified.max();
        distributions.extend(of_services());
        Ok(Dataset {
            holds: Holds::Plans,
            title: both("Alla handlingsplaner", "All action plans"),
            description: both(
                &format!(
                    "{many} utgåvor av handlingsplaner som länkade data: aktiviteter, ansvariga, tidplan, status, uppföljning och de mål som de bidrar till."
                ),
                &format!(
                    "{many} editions of action plans as linked data: activities, who is responsible, when, status, follow-up and the goals that they serve."
                ),
            ),
            keywords: self.keywords.clone(),
            themes: vec!["GOVE"],
            creators: Vec::new(),
            issued: plans().filter_map(|dataset| dataset.issued.clone()).min(),
            modified,
            places: places.into_iter().collect(),
            period: (starts.min(), ends.and_then(|ends| ends.into_iter().max())),
            languages: languages.into_iter().collect(),
            landing: self.node("plan"),
            series: None,
            previous: None,
            licence,
            rights: self.node(RIGHTS_OF_ALL),
            distributions,
        })
    }

    fn of_frameworks(&self, catalog: &Catalog) -> Result<Dataset, Error> {
        let snapshot = self.snapshot;
        let frameworks = snapshot.referring(rdf::TYPE, plan::FRAMEWORK)?;
        let goals = snapshot.referring(rdf::TYPE, plan::GOAL)?.len();
        let mut issued = BTreeSet::new();
        for framework in &frameworks {
            for day in snapshot.objects(framework.as_ref(), dcterms::ISSUED)? {
                if let Term::Literal(day) = day {
                    issued.extend(Date::parse(day.value()));
                }
            }
        }
        let many = frameworks.len();
        Ok(Dataset {
            holds: Holds::Frameworks,
            title: both(
                "Ramverk, mål och kopplingar",
                "Frameworks, goals and links to them",
            ),
            description: both(
                &format!(
                    "{many} nationella, regionala och europeiska ramverk med {goals} mål och delmål, och vilka handlingsplaner och aktiviteter som bidrar till dem."
                ),
                &format!(
                    "{many} national, regional and European frameworks with {goals} goals and targets, and which action plans and activities serve them."
                ),
            ),
            keywords: self.keywords.clone(),
            themes: vec!["GOVE"],
            creators: Vec::new(),
            issued: catalog.issued.clone(),
            modified: download::modified(snapshot, Content::Frameworks)?,
            places: vec![iri(SWEDEN)],
            period: (issued.first().copied(), None),
            languages: vec![language("SWE"), language("ENG")],
            landing: self.node("framework"),
            series: None,
            previous: None,
            licence: self.licence_of_frameworks()?,
            rights: self.node(RIGHTS),
            distributions: self.files(Content::Frameworks)?,
        })
    }

    /// The licence of the files that describe frameworks, if they agree on one.
    fn licence_of_frameworks(&self) -> Result<NamedNode, Error> {
        let mut licences = BTreeSet::new();
        for graph in download::graphs_of_frameworks(self.snapshot)? {
            let found = self.snapshot.objects(graph.as_ref(), dcterms::LICENSE)?;
            licences.extend(found.into_iter().filter_map(|licence| match licence {
                Term::NamedNode(licence) => Some(licence),
                _ => None,
            }));
        }
        let only = licences.pop_first().filter(|_| licences.is_empty());
        Ok(only.unwrap_or_else(|| self.node(SEVERAL_LICENCES)))
    }

    /// The files of a content, each with the day on which it last changed.
    fn files(&self, content: Content) -> Result<Vec<Distribution>, Error> {
        let modified = download::modified(self.snapshot, content)?;
        let files = Download::of(content).map(of_file);
        Ok(files
            .map(|file| Distribution {
                modified: modified.clone(),
                ..file
            })
            .collect())
    }

    fn node(&self, path: &str) -> NamedNode {
        self.snapshot.base().node(path)
    }

    fn place_name(&self, place: &NamedNode) -> Result<Option<String>, Error> {
        let names = self
            .snapshot
            .objects(place.as_ref(), crate::vocab::skos::PREF_LABEL)?;
        Ok(names.into_iter().find_map(|name| match name {
            Term::Literal(name) => Some(name.value().to_owned()),
            _ => None,
        }))
    }
}

fn language(code: &str) -> NamedNode {
    iri(&format!(
        "http://publications.europa.eu/resource/authority/language/{code}"
    ))
}

/// A name as a keyword: lower case, and only what CKAN takes in a tag, which refuses the whole
/// dataset for anything else: letters, digits, spaces and `-_.`, a hundred at most.
fn keyword(name: &str) -> String {
    let allowed = |c: &char| c.is_alphanumeric() || [' ', '-', '_', '.'].contains(c);
    name.to_lowercase()
        .chars()
        .filter(allowed)
        .take(100)
        .collect()
}

/// The years of a period: `2026`, `2018–2020`, `2026–`.
fn years(start: Option<Date>, end: Option<Date>) -> String {
    let year = |day: Date| {
        day.to_string()
            .split('-')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    match (start.map(year), end.map(year)) {
        (Some(start), Some(end)) if start == end => start,
        (Some(start), Some(end)) => format!("{start}–{end}"),
        (Some(start), None) => format!("{start}–"),
        (None, Some(end)) => format!("–{end}"),
        (None, None) => String::new(),
    }
}

/// Government and public sector; with a region among the owners, regions and cities too.
fn themes(creators: &[Agent]) -> Vec<&'static str> {
    let is_regional = |agent: &Agent| {
        let kind = agent.kind.as_ref().map(NamedNode::as_str);
        kind.is_some_and(|kind| kind.ends_with("/RegionalAuthority"))
    };
    let mut themes = vec!["GOVE"];
    if creators.iter().any(is_regional) {
        themes.push("REGI");
    }
    themes
}

fn of_representation(plan: &PlanId, format: Format) -> Distribution {
    let description = match format {
        Format::Csv => both(
            "Aktiviteterna som tabell, en rad var; kolumnerna är beskrivna.",
            "The activities as a table, a row each; its columns are described.",
        ),
        Format::Xlsx => both(
            "Aktiviteterna som arbetsbok, en rad var.",
            "The activities as a workbook, a row each.",
        ),
        _ => both("Hela planen.", "The whole plan."),
    };
    Distribution {
        key: format.suffix().to_owned(),
        source: Source::Representation(plan.clone(), format),
        title: both(format.name(), format.name()),
        description,
        modified: None,
    }
}

fn of_file(file: Download) -> Distribution {
    let name = file.format.name();
    let (title, key) = if file.gzip {
        (
            format!("{name} (gzip)"),
            format!("{}.gz", file.format.suffix()),
        )
    } else {
        (name.to_owned(), file.format.suffix().to_owned())
    };
    let description = match (file.content, file.format) {
        (Content::Plans, Format::Csv | Format::Xlsx) => both(
            "Alla planers aktiviteter som tabell.",
            "The activities of all plans as a table.",
        ),
        (Content::Plans, _) => both("Alla planer.", "All plans."),
        (Content::Frameworks, Format::Csv | Format::Xlsx) => {
            both("Alla mål som tabell.", "All goals as a table.")
        }
        (Content::Frameworks, _) => both(
            "Alla ramverk, mål och kopplingar.",
            "All frameworks, goals and links.",
        ),
        (Content::Everything, _) => both(
            "Allt som finns här, med sina lager som namngivna grafer: planer, förslag, ramverk, organisationer, vokabulär.",
            "Everything that is here, with its layers as named graphs: plans, suggestions, frameworks, organisations, vocabulary.",
        ),
    };
    Distribution {
        key,
        source: Source::File(file),
        title: both(&title, &title),
        description,
        modified: None,
    }
}

/// The services as ways to get the plans.
fn of_services() -> [Distribution; 2] {
    [
        ("catalog/service/sparql", "sparql", Format::SparqlJson),
        ("catalog/service/query", "query", Format::Csv),
    ]
    .map(|(service, key, format)| Distribution {
        key: key.to_owned(),
        source: Source::Service(service, format),
        title: match key {
            "sparql" => both("SPARQL-tjänst", "SPARQL endpoint"),
            _ => both("Färdiga frågor (API)", "Ready-made questions (API)"),
        },
        description: both(
            "Delar av datamängden, genom frågor.",
            "Parts of the dataset, by queries.",
        ),
        modified: None,
    })
}

/// Licences and statements that datasets refer to.
fn licences(snapshot: &Snapshot) -> Vec<Licence> {
    let own = |path: &str, class, words: Words, kind| Licence {
        iri: snapshot.base().node(path),
        class,
        words: texts(&words),
        description: Vec::new(),
        kind,
    };
    let known = |iri_of: &str, title: &str| Licence {
        iri: iri(iri_of),
        class: dcterms::LICENSE_DOCUMENT,
        words: vec![Literal::new_language_tagged_literal_unchecked(title, "en")],
        description: Vec::new(),
        kind: None,
    };
    // CKAN knows a licence by its title; the first three are those of its own list.
    let common = [
        ("publicdomain/zero/1.0", "Creative Commons CCZero"),
        ("licenses/by/4.0", "Creative Commons Attribution"),
        (
            "licenses/by-sa/4.0",
            "Creative Commons Attribution Share-Alike",
        ),
        (
            "licenses/by-nd/4.0",
            "Creative Commons Attribution-NoDerivatives 4.0",
        ),
        (
            "licenses/by-nc/4.0",
            "Creative Commons Attribution-NonCommercial 4.0",
        ),
        (
            "licenses/by-nc-sa/4.0",
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
        ),
        (
            "licenses/by-nc-nd/4.0",
            "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0",
        ),
    ]
    .map(|(path, title)| known(&format!("http://creativecommons.org/{path}/"), title));
    let ours = [
        Licence {
            description: texts(&both(
                "Ingen licens angiven: se rättigheterna",
                "No licence stated: see the rights",
            )),
            kind: Some(UNKNOWN),
            ..known(
                snapshot.base().node(NO_LICENCE).as_str(),
                "License not specified",
            )
        },
        own(
            SEVERAL_LICENCES,
            dcterms::LICENSE_DOCUMENT,
            both(
                "Olika för olika planer: se varje plan",
                "Different for different plans: see each plan",
            ),
            Some(UNKNOWN),
        ),
        own(
            RIGHTS,
            dcterms::RIGHTS_STATEMENT,
            both(
                "Texten har den licens som anges. Metadata och kopplingar är CC0.",
                "The text has the licence that is given. Metadata and links are CC0.",
            ),
            None,
        ),
        own(
            RIGHTS_OF_ALL,
            dcterms::RIGHTS_STATEMENT,
            both(
                "Varje plans text har den licens som anges för planen; för vissa är ingen angiven. Metadata och kopplingar är CC0.",
                "The text of each plan has the licence that is given for the plan; for some none is. Metadata and links are CC0.",
            ),
            None,
        ),
    ];
    common.into_iter().chain(ours).collect()
}

fn texts(words: &Words) -> Vec<Literal> {
    [(&words.sv, "sv"), (&words.en, "en")]
        .map(|(text, language)| Literal::new_language_tagged_literal_unchecked(text, language))
        .into()
}

/// What a plan says of the rights to its text.
fn rights_of(entry: &PlanEntry) -> impl Iterator<Item = Licence> {
    let rights = entry.plan.rights.iter().take(1);
    rights.map(|(node, rights)| Licence {
        iri: iri(node.as_str()),
        class: dcterms::RIGHTS_STATEMENT,
        words: rights
            .node
            .label
            .iter()
            .map(|text| {
                Literal::new_language_tagged_literal_unchecked(&*text.text, &*text.language)
            })
            .collect(),
        description: Vec::new(),
        kind: None,
    })
}

/// The address of the standard that our data conform to.
pub(super) fn standard(snapshot: &Snapshot) -> NamedNode {
    snapshot.base().node(super::VOCABULARY)
}

/// The front page.
pub(super) fn homepage(snapshot: &Snapshot) -> NamedNode {
    snapshot.base().node("")
}

/// A page.
pub(super) const PAGE: NamedNodeRef<'static> = foaf::DOCUMENT;
