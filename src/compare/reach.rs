//! Who is responsible for what serves the goals, and how widely it is carried.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{ActivityFacts, Progress};
use super::matrix::Compared;
use crate::model::{Iri, ReferenceData, Sector, Status};

/// Who carries what a plan does towards the goals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// How many of the activities that serve a goal have somebody of each kind responsible.
    pub sectors: BTreeMap<Sector, usize>,
    /// For how many nobody is named.
    pub nobody: usize,
    /// For how many of them each agent is responsible.
    pub agents: BTreeMap<Iri, usize>,
}

/// Who carries what a plan does towards the goals of the framework.
pub fn reach(plan: &Compared, reference: &ReferenceData) -> Reach {
    let mut reach = Reach::default();
    for activity in serving(plan) {
        let mut sectors = BTreeSet::new();
        for agent in &activity.responsible {
            *reach.agents.entry(agent.clone()).or_default() += 1;
            match reference.agents.get(agent) {
                Some(known) => sectors.extend(known.sectors.iter().copied()),
                None => sectors.extend([Sector::Other]),
            }
        }
        for sector in &sectors {
            *reach.sectors.entry(*sector).or_default() += 1;
        }
        if activity.responsible.is_empty() {
            reach.nobody += 1;
        }
    }
    reach
}

/// How far the activities of a plan that serve a goal have come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statuses {
    /// How many have each status.
    pub known: BTreeMap<Status, usize>,
    /// How many have none.
    pub unknown: usize,
    /// Of how many something is reported.
    pub with_outcome: usize,
}

impl Statuses {
    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        for (status, many) in &other.known {
            *self.known.entry(*status).or_default() += many;
        }
        self.unknown += other.unknown;
        self.with_outcome += other.with_outcome;
    }
}

/// How far the activities of a plan that serve a goal of the framework have come.
pub fn statuses(plan: &Compared) -> Statuses {
    tally(serving(plan))
}

/// How far some activities have come.
pub fn tally<'a>(activities: impl IntoIterator<Item = &'a ActivityFacts>) -> Statuses {
    let mut found = Statuses::default();
    for activity in activities {
        match &activity.progress {
            Progress::Known { status, .. } => *found.known.entry(*status).or_default() += 1,
            Progress::NoStatuses | Progress::NotReported => found.unknown += 1,
        }
        if !activity.outcomes.is_empty() {
            found.with_outcome += 1;
        }
    }
    found
}

/// The activities of a plan that serve some goal of the framework.
pub fn serving(plan: &Compared) -> impl Iterator<Item = &ActivityFacts> {
    let activities = &plan.facts.activities;
    plan.serving
        .iter()
        .filter_map(|place| activities.get(*place))
}
