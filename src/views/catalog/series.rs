//! Which editions are of the same plan.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Iri, Plan, PlanId};
use crate::store::{PlanEntry, Snapshot};

/// How many members a series can have (DCAT-AP-SE, recommendation 16); of more, the newest.
const MOST: usize = 50;

/// The series that plans make up: by key, their editions, the oldest first.
///
/// Editions are of the same plan where one replaces or continues the other. A key must stay when an
/// edition is added: it is what the ids of all members have in common before their years, or else
/// the id of the member that was first published here. Where two series would have the same, the
/// one that was here first has it.
pub(super) fn series(snapshot: &Snapshot) -> BTreeMap<String, Vec<PlanId>> {
    let plans = snapshot.plans();
    let first_here = |group: &[PlanId]| {
        let issued = |id: &&PlanId| {
            let day = plans.get(*id).and_then(|entry| entry.plan.issued());
            // One of which it is not known is from before the days were written down.
            (day, (*id).clone())
        };
        group
            .iter()
            .min_by_key(issued)
            .map(|id| (issued(&id), id.clone()))
    };
    let mut groups: Vec<_> = groups(plans)
        .into_iter()
        .filter(|group| group.len() > 1)
        .filter_map(|group| Some((first_here(&group)?, group)))
        .collect();
    groups.sort();
    let mut series = BTreeMap::new();
    for ((_, first), mut group) in groups {
        let own = [stem_of_all(&group), Some(first.to_string())];
        let Some(key) = own
            .into_iter()
            .flatten()
            .find(|key| !series.contains_key(key))
        else {
            continue;
        };
        let old = group.len().saturating_sub(MOST);
        group.drain(..old);
        series.insert(key, group);
    }
    series
}

/// The edition before one, among these.
pub(super) fn previous<'a>(members: &'a [PlanId], id: &PlanId) -> Option<&'a PlanId> {
    let place = members.iter().position(|member| member == id)?;
    members.get(place.checked_sub(1)?)
}

/// Plans that are linked to each other, each group in the order of time.
fn groups(plans: &BTreeMap<PlanId, PlanEntry>) -> Vec<Vec<PlanId>> {
    let by_iri: BTreeMap<&str, &PlanId> = plans
        .iter()
        .map(|(id, entry)| (entry.iri.as_str(), id))
        .collect();
    let mut linked: BTreeMap<&PlanId, BTreeSet<&PlanId>> = BTreeMap::new();
    for (id, entry) in plans {
        let earlier = before(&entry.plan).filter_map(|iri| by_iri.get(iri.as_str()));
        for other in earlier {
            linked.entry(id).or_default().insert(other);
            linked.entry(other).or_default().insert(id);
        }
    }
    let mut seen = BTreeSet::new();
    let mut groups = Vec::new();
    for start in linked.keys() {
        let (mut group, mut open) = (Vec::new(), vec![*start]);
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                group.push(id.clone());
                open.extend(linked.get(id).into_iter().flatten());
            }
        }
        group.sort_by_key(|id| (plans.get(id).and_then(start_of), id.clone()));
        groups.push(group);
    }
    groups
}

/// The editions that a plan says it replaces or continues.
fn before(plan: &Plan) -> impl Iterator<Item = &Iri> {
    plan.replaces.iter().chain(plan.revision_of.iter())
}

fn start_of(entry: &PlanEntry) -> Option<crate::model::Date> {
    let period = entry.plan.temporal.values().next()?;
    period.node.start.first().copied()
}

/// What ids have in common before their years: `vastmanland` of `vastmanland-2018-2020` and
/// `vastmanland-2021-2022`.
fn stem_of_all(ids: &[PlanId]) -> Option<String> {
    let mut stems = ids.iter().map(|id| stem(id.as_str()));
    let first = stems.next()?;
    (!first.is_empty() && stems.all(|stem| stem == first)).then(|| first.to_owned())
}

fn stem(id: &str) -> &str {
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut rest = id;
    while let Some((before, last)) = rest.rsplit_once('-') {
        if !is_year(last) {
            break;
        }
        rest = before;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_an_id_without_its_years() {
        for (id, expected) in [
            ("vastmanland-2018-2020", "vastmanland"),
            ("vasterbotten-2026", "vasterbotten"),
            ("klimat-2030", "klimat"),
            ("agenda-2030-plan", "agenda-2030-plan"),
            ("2026", "2026"),
        ] {
            assert_eq!(stem(id), expected);
        }
        let ids = |ids: &[&str]| -> Vec<PlanId> {
            ids.iter().filter_map(|id| PlanId::parse(id)).collect()
        };
        assert_eq!(
            stem_of_all(&ids(&["a-2020", "a-2021"])).as_deref(),
            Some("a")
        );
        assert_eq!(stem_of_all(&ids(&["a-2020", "b-2021"])), None);
    }
}
