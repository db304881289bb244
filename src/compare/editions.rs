//! An activity over the editions of its plan: continued, changed, split, merged, dropped.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::facts::{ActivityFacts, PlanFacts};
use crate::model::Iri;

/// What became of an activity from one edition to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It goes on in the same words, with the same people, in the same time.
    Continued,
    /// It goes on, and something of it is another.
    Changed,
    /// It became several.
    Split,
    /// It and others became one.
    Merged,
    /// The later one comes from it in a way that is not told.
    Derived,
}

/// What is another in the later edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What it is called.
    Title,
    /// How.
    Description,
    /// When.
    Period,
    /// Who is responsible.
    Responsible,
}

/// A step from an activity to one of a later edition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The earlier activity.
    pub from: Iri,
    /// The later one.
    pub to: Iri,
    /// What became of it.
    pub change: Change,
    /// What is another, where it goes on.
    pub parts: Vec<Part>,
}

/// The activities of all plans, and which comes from which.
#[derive(Clone, Debug, Default)]
pub struct Editions {
    plans: Vec<Arc<PlanFacts>>,
    places: BTreeMap<Iri, (usize, usize)>,
    /// The later activities that come from an earlier one.
    later: BTreeMap<Iri, Vec<Iri>>,
    /// The plans that replace a plan.
    replaced_by: BTreeMap<Iri, Vec<Iri>>,
}

impl Editions {
    /// Of some plans.
    pub fn of(plans: impl IntoIterator<Item = Arc<PlanFacts>>) -> Self {
        let mut editions = Self::default();
        for (at, plan) in plans.into_iter().enumerate() {
            for earlier in &plan.replaces {
                let by = editions.replaced_by.entry(earlier.clone()).or_default();
                by.push(plan.iri.clone());
            }
            for (place, activity) in plan.activities.iter().enumerate() {
                editions.places.insert(activity.iri.clone(), (at, place));
                for earlier in activity.continues.iter().chain(&activity.derived_from) {
                    let later = editions.later.entry(earlier.clone()).or_default();
                    later.push(activity.iri.clone());
                }
            }
            editions.plans.push(plan);
        }
        editions
    }

    /// An activity and its plan.
    pub fn find(&self, iri: &Iri) -> Option<(&PlanFacts, &ActivityFacts)> {
        let (at, place) = self.places.get(iri)?;
        let plan = self.plans.get(*at)?;
        Some((plan, plan.activities.get(*place)?))
    }

    /// Every step that leads to an activity or on from it, the earlier first.
    pub fn history(&self, iri: &Iri) -> Vec<Step> {
        let mut seen = std::collections::BTreeSet::from([iri.clone()]);
        let mut open = vec![iri.clone()];
        let mut steps = Vec::new();
        while let Some(next) = open.pop() {
            let Some((_, activity)) = self.find(&next) else {
                continue;
            };
            let earlier = activity.continues.iter().chain(&activity.derived_from);
            let later = self.later.get(&next).into_iter().flatten();
            let pairs = earlier
                .map(|earlier| (earlier.clone(), next.clone()))
                .chain(later.map(|later| (next.clone(), later.clone())));
            for (from, to) in pairs {
                let other = if from == next { &to } else { &from };
                if seen.insert(other.clone()) {
                    open.push(other.clone());
                }
                steps.extend(self.step(&from, &to));
            }
        }
        steps.sort_by_key(|step| (self.begins(&step.from), step.clone()));
        steps.dedup();
        steps
    }

    /// The plans that replace an activity's plan and have no activity that comes from it: it was
    /// dropped, or nobody has said what became of it.
    pub fn dropped_by(&self, iri: &Iri) -> Vec<&Iri> {
        let Some((plan, activity)) = self.find(iri) else {
            return Vec::new();
        };
        if activity.above.is_some() {
            return Vec::new();
        }
        let later = self.later.get(iri).into_iter().flatten();
        let taken_up: Vec<_> = later
            .filter_map(|later| self.find(later))
            .map(|(plan, _)| &plan.iri)
            .collect();
        let replacing = self.replaced_by.get(&plan.iri).into_iter().flatten();
        replacing.filter(|plan| !taken_up.contains(plan)).collect()
    }

    fn begins(&self, iri: &Iri) -> Option<crate::model::Date> {
        self.find(iri).and_then(|(plan, _)| plan.span?.start)
    }

    fn step(&self, from: &Iri, to: &Iri) -> Option<Step> {
        let ((_, earlier), (_, later)) = (self.find(from)?, self.find(to)?);
        let (change, parts) = if later.continues.contains(from) {
            let parts = changed(earlier, later);
            let change = if parts.is_empty() {
                Change::Continued
            } else {
                Change::Changed
            };
            (change, parts)
        } else {
            let siblings = self.later.get(from).map_or(0, Vec::len);
            let change = match (later.derived_from.len(), siblings) {
                (2.., _) => Change::Merged,
                (_, 2..) => Change::Split,
                _ => Change::Derived,
            };
            (change, Vec::new())
        };
        Some(Step {
            from: from.clone(),
            to: to.clone(),
            change,
            parts,
        })
    }
}

/// What of an activity is another in the later edition.
fn changed(earlier: &ActivityFacts, later: &ActivityFacts) -> Vec<Part> {
    let checks = [
        (Part::Title, earlier.titles != later.titles),
        (
            Part::Description,
            earlier.descriptions != later.descriptions,
        ),
        (Part::Period, earlier.span != later.span),
        (Part::Responsible, earlier.responsible != later.responsible),
    ];
    let changed = checks.into_iter().filter(|(_, is)| *is);
    changed.map(|(part, _)| part).collect()
}
