//! The activities of a plan with the bullets under them, in the order of the document.

mod columns;

pub(super) use columns::COLUMNS;

use std::collections::BTreeMap;

use super::Error;
use super::cell::{Cell, linked, public};
use crate::model::{
    Activity, FocusArea, FollowUp, Iri, Layer, Participation, Period, Plan, PlanId, Values,
};
use crate::store::Snapshot;

/// What a row is about: an activity, and where it stands in its plan.
pub(super) struct Row<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    iri: &'a Iri,
    activity: &'a Activity,
    /// The activity, the one it stands under, and so on, each with the weakest layer on the way
    /// there.
    lineage: Vec<(&'a Iri, &'a Activity, Layer)>,
    follow_ups: Vec<(&'a Iri, &'a FollowUp, Layer)>,
}

/// A place in a list, and what decides between two at the same place.
type Place<'a> = (u32, Option<&'a Iri>);

/// The rows of a plan's table.
///
/// # Errors
/// Where there is no such plan.
pub(super) fn rows<'a>(snapshot: &'a Snapshot, id: &PlanId) -> Result<Vec<Row<'a>>, Error> {
    let entry = snapshot.plans().get(id).ok_or(Error::NoSuchForm)?;
    let plan = &*entry.plan;
    let mut follow_ups = follow_ups(plan);
    let mut rows: Vec<_> = plan
        .activities
        .iter()
        .filter(|(_, activity)| public(&activity.declared).is_some())
        .map(|(iri, activity)| Row {
            snapshot,
            plan,
            iri,
            activity,
            lineage: lineage(plan, iri, activity),
            follow_ups: follow_ups.remove(iri).unwrap_or_default(),
        })
        .collect();
    rows.sort_by_cached_key(Row::place);
    Ok(rows)
}

/// The follow-ups of each activity, the earlier first.
fn follow_ups(plan: &Plan) -> BTreeMap<&Iri, Vec<(&Iri, &FollowUp, Layer)>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (iri, follow_up) in &plan.follow_ups {
        let Some(declared) = public(&follow_up.declared) else {
            continue;
        };
        for activity in follow_up.follow_up_of.public() {
            let of: &mut Vec<_> = found.entry(&activity.value).or_default();
            of.push((iri, follow_up, activity.layer.max(declared)));
        }
    }
    for of in found.values_mut() {
        of.sort_by_key(|(iri, follow_up, _)| {
            let date = follow_up.date.first();
            (date, place(&follow_up.position, iri))
        });
    }
    found
}

fn lineage<'a>(
    plan: &'a Plan,
    iri: &'a Iri,
    activity: &'a Activity,
) -> Vec<(&'a Iri, &'a Activity, Layer)> {
    let mut lineage = vec![(iri, activity, Layer::Stated)];
    let mut last = (activity, Layer::Stated);
    while let Some(parent) = last.0.sub_activity_of.public().next()
        && let Some((iri, activity)) = plan.activities.get_key_value(&parent.value)
        // The shapes forbid that an activity stands under itself; a view must end all the same.
        && lineage.iter().all(|(known, ..)| *known != iri)
    {
        last = (activity, last.1.max(parent.layer));
        lineage.push((iri, activity, last.1));
    }
    lineage
}

/// What has no place comes last.
fn place<'a>(position: &Values<u32>, iri: &'a Iri) -> Place<'a> {
    (position.first().copied().unwrap_or(u32::MAX), Some(iri))
}

impl<'a> Row<'a> {
    /// The order of the document: the area, the activity, the bullets under it.
    fn place(&self) -> (Place<'a>, Vec<Place<'a>>) {
        let area = self.area().map(|(iri, area, _)| place(&area.position, iri));
        let path = self.lineage.iter().rev();
        (
            area.unwrap_or((u32::MAX, None)),
            path.map(|(iri, activity, _)| place(&activity.position, iri))
                .collect(),
        )
    }

    /// The area that the activity stands under; a bullet stands where its activity does.
    fn area(&self) -> Option<(&'a Iri, &'a FocusArea, Layer)> {
        let (_, root, layer) = self.lineage.last()?;
        let area = root.focus_area.public().next()?;
        let (iri, node) = self.plan.areas.get_key_value(&area.value)?;
        Some((iri, node, area.layer.max(*layer)))
    }

    /// Something of the area.
    fn of_area(&self, cell: impl Fn(&FocusArea) -> Cell) -> Cell {
        self.area()
            .map(|(_, area, layer)| cell(area).through(layer))
            .unwrap_or_default()
    }

    fn period(&self) -> Option<(&'a Iri, Layer, &'a Period)> {
        linked(&self.activity.temporal).next()
    }

    /// Something of the period.
    fn of_period(&self, cell: impl Fn(&Period) -> Cell) -> Cell {
        self.period()
            .map(|(_, layer, period)| cell(period).through(layer))
            .unwrap_or_default()
    }

    /// Something of each who takes part, in the order of the document.
    fn of_participations(&self, cell: impl Fn(&Participation) -> Cell) -> Cell {
        let mut all: Vec<_> = linked(&self.activity.participation).collect();
        all.sort_by_key(|(iri, _, node)| place(&node.position, iri));
        let cells = all.into_iter();
        Cell::beside(cells.map(|(_, layer, node)| cell(node).through(layer)))
    }

    /// Something of each follow-up.
    fn of_follow_ups(&self, cell: impl Fn(&FollowUp) -> Cell) -> Cell {
        let all = self.follow_ups.iter();
        Cell::beside(all.map(|(_, follow_up, layer)| cell(follow_up).through(*layer)))
    }

    /// The footnotes to the activity, to its period and to those who take part, in the order
    /// of the document.
    fn footnotes(&self) -> Cell {
        let of_period = linked(&self.activity.temporal).map(|(_, link, node)| (link, &node.note));
        let of_participations =
            linked(&self.activity.participation).map(|(_, link, node)| (link, &node.note));
        let mut notes = BTreeMap::new();
        for (link, note) in std::iter::once((Layer::Stated, &self.activity.note))
            .chain(of_period)
            .chain(of_participations)
        {
            for note in note.public() {
                let Some(footnote) = self.plan.footnotes.get(&note.value) else {
                    continue;
                };
                let key = (footnote.source_range.first(), &note.value);
                notes.insert(key, (note.layer.max(link), footnote));
            }
        }
        let notes = notes.into_values();
        Cell::beside(notes.map(|(layer, footnote)| Cell::wording(&footnote.text).through(layer)))
    }
}
