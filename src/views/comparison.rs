//! `/compare/{framework}`: plans beside the goals of a framework, as a resource.
//!
//! [`Asked`] is what an address asks for and the one address it has; [`Made`] is the comparison
//! that a snapshot gives for it. What is shown depends on the plans compared and the reference
//! data alone: an address that names their revisions is the same bytes for as long as they are
//! held.

mod asked;
mod graph;
mod plans;

use std::sync::Arc;

pub use asked::{Asked, AskedError, NotHeld, Picked, Unread};
pub use graph::{graph, title};
pub use plans::{
    Served, Serving, editions, facts_of, lexicon, likeness, prepare, serving_of, words_of,
};

use super::Error;
use crate::compare::{Comparison, PlanFacts, Request};
use crate::model::{Framework, PlanId, ReferenceData};
use crate::store::Snapshot;

/// The path of comparisons below the base.
pub const COMPARE: &str = "compare";

/// How many plans stand beside each other on a page.
pub const PAGE: usize = 25;

/// How many hexadecimal digits of a revision stand in an address.
pub const DIGITS: usize = 12;

/// A comparison, and what it was made of.
pub struct Made {
    /// What was asked.
    pub asked: Asked,
    /// The reference data.
    pub reference: Arc<ReferenceData>,
    /// The plans beside each other, in the order shown, with their ids.
    pub plans: Vec<(PlanId, Arc<PlanFacts>, String)>,
    /// How many plans there are in all, over all pages.
    pub total: usize,
}

impl Made {
    /// The comparison that is asked for.
    ///
    /// # Errors
    /// When the store fails.
    pub fn of(snapshot: &Snapshot, asked: &Asked) -> Result<Self, Error> {
        let reference = snapshot.reference()?;
        let ids = plans::chosen(snapshot, &reference, asked)?;
        let total = ids.len();
        let start = (asked.page - 1).saturating_mul(PAGE);
        let here = ids.into_iter().skip(start).take(PAGE);
        let mut compared = Vec::new();
        for id in here {
            if let Some(entry) = snapshot.plans().get(&id) {
                let facts = facts_of(entry)?;
                compared.push((id, facts, entry.revision.clone()));
            }
        }
        Ok(Self {
            asked: asked.clone(),
            reference,
            plans: compared,
            total,
        })
    }

    /// The framework.
    ///
    /// # Errors
    /// When the reference data do not have it, which an [`Asked`] does not let happen.
    pub fn framework(&self) -> Result<&Framework, Error> {
        let found = self.reference.framework(&self.asked.framework);
        found.ok_or(Error::NoSuchForm)
    }

    /// What is asked of the comparison, in the terms of the data.
    pub fn request(&self) -> Request {
        self.asked.request(&self.reference)
    }

    /// The comparison.
    ///
    /// # Errors
    /// As for [`Made::framework`].
    pub fn comparison(&self) -> Result<Comparison<'_>, Error> {
        let plans = self.plans.iter().map(|(_, facts, _)| Arc::clone(facts));
        Ok(Comparison::of(self.framework()?, plans, self.request()))
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.total.div_ceil(PAGE).max(1)
    }

    /// Whether there is anything to cite: without a plan nothing says what was asked.
    pub fn is_citable(&self) -> bool {
        !self.plans.is_empty()
    }

    /// The address that names the plans compared and the revision of each: the one to cite. What
    /// was asked, where no plan is left to name.
    pub fn cited(&self, snapshot: &Snapshot) -> Asked {
        if !self.is_citable() {
            return self.asked.clone();
        }
        let picked = self.plans.iter().map(|(id, _, revision)| Picked {
            id: id.clone(),
            revision: Some(short(revision).to_owned()),
        });
        let mut plans: Vec<_> = picked.collect();
        plans.sort();
        Asked {
            plans,
            regions: std::collections::BTreeSet::new(),
            reference: Some(short(snapshot.reference_revision()).to_owned()),
            page: 1,
            ..self.asked.clone()
        }
    }
}

/// The beginning of a revision, as it stands in addresses.
pub fn short(revision: &str) -> &str {
    revision.get(..DIGITS).unwrap_or(revision)
}

/// The comparison at a path below the base, without parameters: of a framework that has goals.
///
/// # Errors
/// When the store fails.
pub fn at(snapshot: &Snapshot, path: &str) -> Result<Option<Asked>, Error> {
    let Some(id) = path
        .strip_prefix(COMPARE)
        .and_then(|rest| rest.strip_prefix('/'))
    else {
        return Ok(None);
    };
    let reference = snapshot.reference()?;
    let framework = reference.framework(id);
    let framework = framework.filter(|framework| !framework.goals.is_empty());
    Ok(framework.map(|framework| Asked::plain(&framework.id)))
}

/// The day on which what is compared last changed, `YYYY-MM-DD`.
pub fn modified(snapshot: &Snapshot, made: &Made) -> Option<String> {
    let entries = made
        .plans
        .iter()
        .filter_map(|(id, ..)| snapshot.plans().get(id));
    let days = entries.filter_map(|entry| entry.plan.modified());
    days.max().map(|day| day.to_string())
}
