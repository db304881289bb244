//! Snapshot → catalogue.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::NamedNode;

use super::agents::agent;
use super::described::Described;
use super::distributions::{OF_A_PLAN, of_file, of_representation, of_services, services};
use super::licences::{
    CC0, NO_LICENCE, RIGHTS, RIGHTS_OF_ALL, SEVERAL_LICENCES, licences, rights_of,
};
use super::series::{previous, series};
use super::words;
use super::{Agent, Catalog, Dataset, Distribution, Holds, Series, dataset_path, name_of};
use crate::model::{Date, PlanId};
use crate::sparql::named::Words;
use crate::store::{PlanEntry, Snapshot};
use crate::views::Error;
use crate::views::download::{self, Content, Download};
use crate::views::writer::{both, iri};
use crate::vocab::{dcterms, plan, rdf, skos};

/// The path of the dataset of all plans.
pub(super) const ALL_PLANS: &str = "catalog/all-plans";

/// The path of the dataset of frameworks.
pub(super) const FRAMEWORKS: &str = "catalog/frameworks";

/// Sweden, at `GeoNames`.
const SWEDEN: &str = "https://sws.geonames.org/2661886/";

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
            let days = snapshot.literals(framework.as_ref(), dcterms::ISSUED)?;
            issued.extend(days.iter().filter_map(|day| Date::parse(day.value())));
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
        let mut licences = download::licences_of_frameworks(self.snapshot)?;
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
        let names = self.snapshot.literals(place.as_ref(), skos::PREF_LABEL)?;
        Ok(names.first().map(|name| name.value().to_owned()))
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
