//! What a plan, or the reference data, has to be found.
//!
//! A part knows its words as they stand and nothing of other parts: it can be kept for as long as
//! its plan stays the same, whatever becomes of the others.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::facet::{Facet, Kind, UNREPORTED};
use crate::model::{Activity, FollowUp, Iri, Nodes, Owned, Period, Plan, Text, Values};
use crate::text::{Tongue, fold, tokens};

/// Where in a thing a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// What it is called.
    Title,
    /// What else it is called.
    Other,
    /// What is said of it.
    Description,
    /// What follow-ups report of it; of a plan, its headings and the passages it keeps whole.
    Body,
}

impl Field {
    /// How much a word there counts.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Title => 3.0,
            Self::Other => 2.0,
            Self::Description => 1.0,
            Self::Body => 0.6,
        }
    }
}

/// Something to be found that is no part of a plan: a goal, a framework, an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its IRI.
    pub iri: String,
    /// What it is.
    pub kind: Kind,
    /// What it belongs to: the framework of a goal.
    pub within: Option<String>,
    /// What it is called, in some languages.
    pub title: Vec<Text>,
    /// What else it is called.
    pub other: Vec<Text>,
    /// What is said of it.
    pub description: Vec<Text>,
    /// The places it is about, by their IRIs.
    pub regions: Vec<String>,
}

/// Where the texts are.
#[derive(Debug)]
enum Source {
    Plan(Arc<Plan>),
    Things(Vec<Thing>),
}

/// What can be found in one plan, or in the reference data.
#[derive(Debug)]
pub struct Part {
    source: Source,
    pub(super) entries: Vec<Entry>,
    /// The words, each once, and how often they stand in it.
    pub(super) words: Vec<(Tongue, Box<str>, u32)>,
    /// All texts one after the other, as places in `words`.
    pub(super) tokens: Vec<u32>,
    /// What things can be chosen by, each once.
    pub(super) values: Vec<(Facet, Box<str>)>,
}

/// One thing that can be found.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) iri: Iri,
    pub(super) kind: Kind,
    pub(super) within: Option<Box<str>>,
    pub(super) spans: Box<[Span]>,
    /// What it can be chosen by, as places in the part's values.
    pub(super) values: Box<[u32]>,
}

/// Where one text of a thing stands among the tokens of its part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) field: Field,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Part {
    /// What can be found of a plan: itself, its activities and the bullets under them. `regions` are
    /// the places that the plan is about.
    pub fn of_plan(iri: &Iri, plan: &Arc<Plan>, regions: &[String]) -> Self {
        let mut reading = Reading::default();
        let years = years(&plan.temporal);
        let mut values: Vec<(Facet, String)> = about(Kind::Plan, regions, &years);
        let of_areas = plan
            .areas
            .values()
            .flat_map(|area| area.contributes_to.iter());
        let goals = plan.contributes_to.iter().chain(of_areas);
        values.extend(goals.map(|goal| (Facet::Goal, goal.as_str().to_owned())));
        reading.add(iri, Kind::Plan, None, texts_of_plan(plan), values);
        let reports = reports(plan);
        for (own, activity) in public(&plan.activities) {
            let reports = reports.get(own).map_or(&[][..], Vec::as_slice);
            let values = chosen_by(plan, activity, reports, regions, &years);
            let texts = texts_of_activity(activity, reports);
            reading.add(own, Kind::Activity, Some(iri.as_str()), texts, values);
        }
        reading.finish(Source::Plan(Arc::clone(plan)))
    }

    /// What can be found that is no part of a plan. What has an address that is none is left out.
    pub fn of_things(things: Vec<Thing>) -> Self {
        let mut reading = Reading::default();
        for thing in &things {
            if let Some(iri) = Iri::parse(thing.iri.as_str()) {
                let values = about(thing.kind, &thing.regions, &[]);
                let within = thing.within.as_deref();
                reading.add(&iri, thing.kind, within, texts_of_thing(thing), values);
            }
        }
        reading.finish(Source::Things(things))
    }

    /// The texts of a thing in it.
    pub(super) fn texts(&self, entry: &Entry) -> Vec<(Field, &Text)> {
        match &self.source {
            Source::Things(things) => {
                let found = things.iter().find(|thing| thing.iri == entry.iri.as_str());
                found.map(texts_of_thing).unwrap_or_default()
            }
            Source::Plan(plan) => match plan.activities.get(&entry.iri) {
                None => texts_of_plan(plan),
                Some(activity) => {
                    let own = |one: &&FollowUp| one.follow_up_of.iter().any(|of| *of == entry.iri);
                    let reports: Vec<_> = plan.follow_ups.values().filter(own).collect();
                    texts_of_activity(activity, &reports)
                }
            },
        }
    }
}

/// The activities that anybody but a machine declares.
fn public(activities: &Nodes<Activity>) -> impl Iterator<Item = (&Iri, &Activity)> {
    activities.iter().filter(|(_, activity)| {
        let mut layers = activity.declared.iter();
        layers.any(|layer| layer.is_public())
    })
}

/// What follow-ups report, by activity.
fn reports(plan: &Plan) -> BTreeMap<&Iri, Vec<&FollowUp>> {
    let mut reports: BTreeMap<&Iri, Vec<&FollowUp>> = BTreeMap::new();
    for follow_up in plan.follow_ups.values() {
        for of in follow_up.follow_up_of.iter() {
            reports.entry(of).or_default().push(follow_up);
        }
    }
    reports
}

type Texts<'a> = Vec<(Field, &'a Text)>;

fn all(field: Field, values: &Values<Text>) -> impl Iterator<Item = (Field, &Text)> {
    values.iter().map(move |text| (field, text))
}

fn texts_of_plan(plan: &Plan) -> Texts<'_> {
    let mut texts: Texts<'_> = all(Field::Title, &plan.title).collect();
    texts.extend(all(Field::Other, &plan.alternative));
    texts.extend(all(Field::Description, &plan.description));
    for area in plan.areas.values() {
        for values in [&area.label, &area.r#abstract, &area.description] {
            texts.extend(all(Field::Body, values));
        }
    }
    for section in plan.sections.values() {
        texts.extend(all(Field::Body, &section.title));
        texts.extend(all(Field::Body, &section.description));
    }
    texts
}

fn texts_of_activity<'a>(activity: &'a Activity, reports: &[&'a FollowUp]) -> Texts<'a> {
    let mut texts: Texts<'_> = all(Field::Title, &activity.title).collect();
    texts.extend(all(Field::Other, &activity.alternative));
    texts.extend(all(Field::Description, &activity.description));
    for report in reports {
        texts.extend(all(Field::Body, &report.description));
    }
    texts
}

fn texts_of_thing(thing: &Thing) -> Texts<'_> {
    let mut texts: Texts<'_> = thing
        .title
        .iter()
        .map(|text| (Field::Title, text))
        .collect();
    texts.extend(thing.other.iter().map(|text| (Field::Other, text)));
    texts.extend(
        thing
            .description
            .iter()
            .map(|text| (Field::Description, text)),
    );
    texts
}

/// What everything can be chosen by.
fn about(kind: Kind, regions: &[String], years: &[u16]) -> Vec<(Facet, String)> {
    let kind = std::iter::once((Facet::Kind, kind.key().to_owned()));
    let regions = regions.iter().map(|place| (Facet::Region, place.clone()));
    let years = years.iter().map(|year| (Facet::Year, year.to_string()));
    kind.chain(regions).chain(years).collect()
}

/// What an activity can be chosen by. One without a period is taken to be of its plan's; the goals
/// of its heading are its own too.
fn chosen_by(
    plan: &Plan,
    activity: &Activity,
    reports: &[&FollowUp],
    regions: &[String],
    of_plan: &[u16],
) -> Vec<(Facet, String)> {
    let own = years(&activity.temporal);
    let years = if own.is_empty() { of_plan } else { &own };
    let mut values = about(Kind::Activity, regions, years);
    let reported = reports.iter().flat_map(|report| report.status.iter());
    let statuses: BTreeSet<&str> = activity
        .status
        .iter()
        .chain(reported)
        .map(|s| s.key())
        .collect();
    if statuses.is_empty() {
        values.push((Facet::Status, UNREPORTED.to_owned()));
    }
    values.extend(
        statuses
            .into_iter()
            .map(|key| (Facet::Status, key.to_owned())),
    );
    let areas = activity
        .focus_area
        .iter()
        .filter_map(|area| plan.areas.get(area));
    let of_areas = areas.flat_map(|area| area.contributes_to.iter());
    let goals = activity.contributes_to.iter().chain(of_areas);
    values.extend(goals.map(|goal| (Facet::Goal, goal.as_str().to_owned())));
    let responsible = activity.responsible.iter();
    values.extend(responsible.map(|agent| (Facet::Responsible, agent.as_str().to_owned())));
    values
}

/// The most years that a period is taken to have.
const LONGEST: u16 = 60;

/// The years of some periods. Of one whose end is open only the year in which it begins is certain.
fn years(periods: &Owned<Period>) -> Vec<u16> {
    let mut years = BTreeSet::new();
    for period in periods.values() {
        let start = period.node.start.first().map(|date| date.year());
        let end = period.node.end.first().map(|date| date.year());
        if let Some(first) = start.or(end) {
            let last = end.unwrap_or(first).min(first.saturating_add(LONGEST));
            years.extend(first..=last);
        }
    }
    years.into_iter().collect()
}

/// A part in the making.
#[derive(Default)]
struct Reading {
    entries: Vec<Entry>,
    places: FxHashMap<(Tongue, Box<str>), u32>,
    words: Vec<(Tongue, Box<str>, u32)>,
    tokens: Vec<u32>,
    values: Vec<(Facet, Box<str>)>,
    known: FxHashMap<(Facet, Box<str>), u32>,
}

impl Reading {
    fn add(
        &mut self,
        iri: &Iri,
        kind: Kind,
        within: Option<&str>,
        texts: Texts<'_>,
        values: Vec<(Facet, String)>,
    ) {
        let spans = texts
            .into_iter()
            .map(|(field, text)| self.read(field, text))
            .collect();
        let mut own: Vec<u32> = values.into_iter().map(|value| self.value(value)).collect();
        own.sort_unstable();
        own.dedup();
        self.entries.push(Entry {
            iri: iri.clone(),
            kind,
            within: within.map(Box::from),
            spans,
            values: own.into(),
        });
    }

    fn read(&mut self, field: Field, text: &Text) -> Span {
        let start = place(self.tokens.len());
        let tongue = Tongue::of(&text.language);
        for token in tokens(&text.text) {
            let word = self.word(tongue, &fold(token.word));
            self.tokens.push(word);
        }
        let end = place(self.tokens.len());
        Span { field, start, end }
    }

    fn word(&mut self, tongue: Tongue, folded: &str) -> u32 {
        let key = (tongue, Box::from(folded));
        let new = place(self.words.len());
        let at = *self.places.entry(key).or_insert(new);
        if at == new {
            self.words.push((tongue, folded.into(), 0));
        }
        self.words[at as usize].2 += 1;
        at
    }

    fn value(&mut self, (facet, value): (Facet, String)) -> u32 {
        let value: Box<str> = value.into();
        let new = place(self.values.len());
        let at = *self.known.entry((facet, value.clone())).or_insert(new);
        if at == new {
            self.values.push((facet, value));
        }
        at
    }

    fn finish(self, source: Source) -> Part {
        Part {
            source,
            entries: self.entries,
            words: self.words,
            tokens: self.tokens,
            values: self.values,
        }
    }
}

/// A place in a list. More than four thousand million words do not fit in memory anyway.
pub(super) fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
