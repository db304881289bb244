//! What a comparison is asked for: which plans, which of their activities, in which order.

use std::collections::BTreeSet;

use super::facts::{ActivityFacts, PlanFacts};
use crate::model::{Iri, Status};

/// What is asked of a comparison over one framework. Empty lists restrict nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Only plans that are about one of these places.
    pub places: BTreeSet<Iri>,
    /// Only plans, and activities, of which some day is in this year.
    pub year: Option<u16>,
    /// Only activities with one of these statuses.
    pub statuses: BTreeSet<Wanted>,
    /// Only activities for which one of these is responsible.
    pub responsible: BTreeSet<Iri>,
    /// In which order the goals come.
    pub order: Order,
}

/// A status that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wanted {
    /// Activities with that status.
    Status(Status),
    /// Activities without any.
    Unknown,
}

impl Wanted {
    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Status(status) => status.key(),
            Self::Unknown => "unknown",
        }
    }

    /// The one of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        // Search calls it by the other name.
        if key == Self::Unknown.key() || key == "unreported" {
            return Some(Self::Unknown);
        }
        Status::from_key(key).map(Self::Status)
    }

    /// Every one, in the order of the scheme.
    pub fn all() -> impl Iterator<Item = Self> {
        let statuses = Status::ALL.iter().map(|status| Self::Status(*status));
        statuses.chain([Self::Unknown])
    }
}

/// The order of the goals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// That of the framework.
    #[default]
    Framework,
    /// The most served first.
    Most,
    /// The least served first.
    Fewest,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Framework, Self::Most, Self::Fewest];

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Most => "most",
            Self::Fewest => "fewest",
        }
    }

    /// The order of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.key() == key)
    }
}

impl Request {
    /// Whether a plan is among those asked for, as far as its place and period say.
    pub fn takes_plan(&self, plan: &PlanFacts) -> bool {
        let place =
            self.places.is_empty() || plan.places.iter().any(|own| self.places.contains(own));
        let year = self.year.is_none_or(|year| {
            let of_plan = plan.span.is_some_and(|span| span.covers(year));
            of_plan
                || plan
                    .whole()
                    .any(|(_, activity)| takes_year(plan, activity, year))
        });
        place && year
    }

    /// Whether an activity is among those asked for. A bullet counts with its activity.
    pub fn takes(&self, plan: &PlanFacts, activity: &ActivityFacts) -> bool {
        let status = match activity.progress.status() {
            Some(status) => Wanted::Status(status),
            None => Wanted::Unknown,
        };
        let is_responsible = |one: &Iri| self.responsible.contains(one);
        (self.statuses.is_empty() || self.statuses.contains(&status))
            && (self.responsible.is_empty() || activity.responsible.iter().any(is_responsible))
            && self
                .year
                .is_none_or(|year| takes_year(plan, activity, year))
    }

    /// Whether it takes every activity of the plans it takes.
    pub fn takes_every_activity(&self) -> bool {
        self.statuses.is_empty() && self.responsible.is_empty() && self.year.is_none()
    }
}

/// Whether an activity is under way in a year; one without a period of its own has its plan's.
fn takes_year(plan: &PlanFacts, activity: &ActivityFacts, year: u16) -> bool {
    let span = activity.span.or(plan.span);
    span.is_some_and(|span| span.covers(year))
}
