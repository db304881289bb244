//! What is taken out of the plans of a snapshot for comparing them, once, and which plans are
//! compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Asked, Error};
use crate::compare::editions::Editions;
use crate::compare::likeness::{Likeness, PlanWords};
use crate::compare::reach::{Statuses, tally};
use crate::compare::{Comparison, PlanFacts, Request};
use crate::model::{Date, Framework, Iri, PlanId, ReferenceData, Text};
use crate::store::{PlanEntry, Snapshot};
use crate::text::Lexicon;
use crate::views::Language;
use crate::views::order::Order;

/// What is compared of a plan; kept with it.
///
/// # Errors
/// Where the address of the plan is none, which the store does not let happen.
pub fn facts_of(entry: &PlanEntry) -> Result<Arc<PlanFacts>, Error> {
    entry.once("comparison", || {
        let iri = Iri::parse(entry.iri.as_str()).ok_or(Error::NoSuchForm)?;
        Ok(PlanFacts::of(&iri, &entry.plan))
    })
}

/// The words of the frameworks: by them the texts of plans are read, so that what is found in a
/// plan does not depend on which others there are.
///
/// # Errors
/// When the store fails.
pub fn lexicon(snapshot: &Snapshot) -> Result<Arc<Lexicon>, Error> {
    snapshot.once("comparison", || {
        let reference = snapshot.reference()?;
        let goals = reference
            .frameworks
            .values()
            .flat_map(|framework| &framework.goals);
        let texts = goals.flat_map(|goal| {
            let all = goal.names.iter().chain(&goal.other_names);
            all.chain(&goal.definition)
        });
        Ok(Lexicon::learn(texts.map(|Text { language, text }| {
            (text.as_str(), language.as_str())
        })))
    })
}

/// The words of the activities of a plan; kept with it.
///
/// # Errors
/// When the store fails.
pub fn words_of(snapshot: &Snapshot, entry: &PlanEntry) -> Result<Arc<PlanWords>, Error> {
    let (facts, lexicon) = (facts_of(entry)?, lexicon(snapshot)?);
    entry.once("words", || Ok(PlanWords::of(&facts, &lexicon)))
}

/// The activities of every plan by their words.
///
/// # Errors
/// When the store fails.
pub fn likeness(snapshot: &Snapshot) -> Result<Arc<Likeness>, Error> {
    snapshot.once("likeness", || {
        let mut words = Vec::new();
        for entry in snapshot.plans().values() {
            words.push(words_of(snapshot, entry)?);
        }
        Ok(Likeness::of(words.iter().map(|words| &**words)))
    })
}

/// The activities of every plan, and which comes from which.
///
/// # Errors
/// When the store fails.
pub fn editions(snapshot: &Snapshot) -> Result<Arc<Editions>, Error> {
    snapshot.once("editions", || {
        let mut plans = Vec::new();
        for entry in snapshot.plans().values() {
            plans.push(facts_of(entry)?);
        }
        Ok(Editions::of(plans))
    })
}

/// Who serves which goal, over all plans.
#[derive(Debug, Default)]
pub struct Serving {
    /// By goal: who serves it, or a goal under it.
    pub goals: BTreeMap<Iri, Served>,
    /// The plans with anything that serves a goal of a framework or of which it is said that none
    /// fits, by the framework, in the order in which plans stand.
    pub frameworks: BTreeMap<Iri, Vec<PlanId>>,
}

/// Who serves a goal.
#[derive(Debug, Default)]
pub struct Served {
    /// The plans, in the order in which plans stand, with the places of their activities that do.
    pub plans: Vec<(PlanId, Vec<usize>)>,
    /// How far these activities have come.
    pub statuses: Statuses,
}

impl Served {
    /// How many activities there are.
    pub fn activities(&self) -> usize {
        self.plans.iter().map(|(_, places)| places.len()).sum()
    }
}

/// Who serves what.
///
/// # Errors
/// When the store fails.
pub fn serving_of(snapshot: &Snapshot) -> Result<Arc<Serving>, Error> {
    snapshot.once("serving", || {
        let reference = snapshot.reference()?;
        let mut home: BTreeMap<&Iri, &Framework> = BTreeMap::new();
        for framework in reference.frameworks.values() {
            home.extend(framework.goals.iter().map(|goal| (&goal.iri, framework)));
        }
        let mut serving = Serving::default();
        for id in &*in_order(snapshot)? {
            let Some(entry) = snapshot.plans().get(id) else {
                continue;
            };
            let facts = facts_of(entry)?;
            let (goals, none) = touched(&facts);
            let of_goals = goals.iter().filter_map(|goal| home.get(*goal).copied());
            let of_none = none.iter().filter_map(|iri| reference.frameworks.get(*iri));
            let mut frameworks: BTreeMap<&Iri, &Framework> = BTreeMap::new();
            frameworks.extend(of_goals.chain(of_none).map(|one| (&one.iri, one)));
            for (iri, framework) in frameworks {
                let by = serving.frameworks.entry(iri.clone()).or_default();
                by.push(id.clone());
                serving.take(framework, id, &facts);
            }
        }
        Ok(serving)
    })
}

impl Serving {
    /// Adds what a plan does towards the goals of a framework.
    fn take(&mut self, framework: &Framework, id: &PlanId, facts: &Arc<PlanFacts>) {
        let comparison = Comparison::of(framework, [Arc::clone(facts)], Request::default());
        for row in &comparison.rows {
            let Some(cell) = row.cells.first().filter(|cell| cell.is_served()) else {
                continue;
            };
            let served = self.goals.entry(row.goal.iri.clone()).or_default();
            let activities = cell.activities.iter();
            let activities = activities.filter_map(|place| facts.activities.get(*place));
            served.statuses.add(&tally(activities));
            served.plans.push((id.clone(), cell.activities.clone()));
        }
    }
}

/// The goals that anything in a plan serves, and the frameworks of which no goal fits something.
fn touched(facts: &PlanFacts) -> (BTreeSet<&Iri>, BTreeSet<&Iri>) {
    let links = facts
        .activities
        .iter()
        .flat_map(|activity| &activity.links)
        .chain(facts.areas.values().flatten())
        .chain(&facts.links);
    let none = facts
        .activities
        .iter()
        .flat_map(|activity| &activity.fits_none);
    (links.map(|link| &link.goal).collect(), none.collect())
}

/// The order in which plans stand: by place, then by period, then by id.
///
/// # Errors
/// When the store fails.
pub(super) fn in_order(snapshot: &Snapshot) -> Result<Arc<Vec<PlanId>>, Error> {
    snapshot.once("order of plans", || {
        let reference = snapshot.reference()?;
        let mut keyed = Vec::new();
        for (id, entry) in snapshot.plans() {
            let facts = facts_of(entry)?;
            keyed.push((place(&facts, &reference), begins(&facts), id));
        }
        let order = Order::of(Language::Sv);
        keyed.sort_by(|one, other| {
            order
                .compare(&one.0, &other.0)
                .then_with(|| (&one.1, &one.2).cmp(&(&other.1, &other.2)))
        });
        Ok(keyed.into_iter().map(|(_, _, id)| id.clone()).collect())
    })
}

/// Makes what comparisons are made of, so that nobody who asks has to wait for it.
///
/// # Errors
/// When the store fails.
pub fn prepare(snapshot: &Snapshot) -> Result<(), Error> {
    lexicon(snapshot)?;
    let entries: Vec<_> = snapshot.plans().values().collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = entries.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for entries in entries.chunks(share) {
            scope.spawn(move || {
                for entry in entries {
                    // What fails here fails again, and is told, where it is asked for.
                    let _ = words_of(snapshot, entry);
                }
            });
        }
    });
    serving_of(snapshot)?;
    editions(snapshot)?;
    likeness(snapshot)?;
    Ok(())
}

/// The plans that are compared, in the order in which they stand: by place, then by period.
pub(super) fn chosen(
    snapshot: &Snapshot,
    reference: &ReferenceData,
    asked: &Asked,
) -> Result<Vec<PlanId>, Error> {
    let named: Vec<PlanId> = asked.plans.iter().map(|plan| plan.id.clone()).collect();
    let candidates = if named.is_empty() {
        let serving = serving_of(snapshot)?;
        let framework = reference.framework(&asked.framework);
        let found = framework.and_then(|framework| serving.frameworks.get(&framework.iri));
        found.cloned().unwrap_or_default()
    } else {
        named
    };
    let mut request = asked.request(reference);
    if !asked.plans.is_empty() {
        // Of plans that are named the year chooses activities, not plans.
        request.year = None;
    }
    let mut kept = BTreeSet::new();
    for id in candidates {
        let Some(entry) = snapshot.plans().get(&id) else {
            continue;
        };
        if request.takes_plan(&*facts_of(entry)?) {
            kept.insert(id);
        }
    }
    // A citation must not depend on what else is there, and neither does the order of some plans.
    let order = in_order(snapshot)?;
    Ok(order
        .iter()
        .filter(|id| kept.contains(*id))
        .cloned()
        .collect())
}

/// The name of the first place a plan is about, by which plans are ordered.
fn place(facts: &PlanFacts, reference: &ReferenceData) -> String {
    let place = facts.places.first();
    let county = place.and_then(|place| reference.places.get(place));
    let name = county.and_then(|county| county.names.first());
    name.map(|name| name.text.clone()).unwrap_or_default()
}

fn begins(facts: &PlanFacts) -> Option<Date> {
    facts.span.and_then(|span| span.start)
}
