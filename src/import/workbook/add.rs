//! Rows without an address → new parts of the plan.

use super::columns::{Column, Part};
use super::origin::Origin;
use super::patch::{Patch, ranges};
use super::remarks::{self, Why};
use super::{Row, show, tidy};
use crate::import::Remark;
use crate::import::assemble::key::Keys;
use crate::model::{Activity, FocusArea, FollowUp, Iri, Linked, Participation, Plan, Text, Values};

/// What is wrong with a cell without which a row is nothing.
type Wrong = (Column, Why);

/// Why a row becomes no part.
enum NoPart {
    /// A cell that it cannot do without is missing or wrong.
    Wrong(Wrong),
    /// It is a part that the plan has already.
    There(Iri),
}

impl From<Wrong> for NoPart {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

impl Patch<'_> {
    /// Adds the parts that rows are, and says which address each got or why it got none.
    ///
    /// A row that says of the same thing what a part says is that part, so that a workbook that
    /// is taken over twice adds nothing the second time.
    pub(super) fn add(&mut self, part: Part, rows: &[&Row]) {
        let mut made = Vec::new();
        for row in rows {
            let mut row = self.origin.read(row);
            let done = match part {
                Part::Activities => self.new_activity(&row),
                Part::Participations => self.new_participation(&mut row),
                Part::FollowUps => self.new_follow_up(&mut row),
                Part::Alignments => {
                    Err(NoPart::Wrong((Column::AlignedTitle, Why::no_suggestion())))
                }
            };
            match done {
                Ok((iri, taken)) => {
                    row.cells.insert(Column::Iri, iri.to_string());
                    self.report_new(part, &row, &iri);
                    let now = self.already(&row, &taken);
                    made.push((iri, now, row));
                }
                Err(why) => self.remarks.push(no_part(part, &row, &why)),
            }
        }
        // Only now, since a row may name one that stands below it.
        for (iri, now, row) in &made {
            self.row(part, now, row);
            self.put_last(iri);
        }
    }

    fn report_new(&mut self, part: Part, row: &Row, iri: &Iri) {
        if matches!(self.origin, Origin::Added(_)) {
            let remark = remarks::added(part, row.number, row.own_words(part), iri.as_str());
            self.remarks.push(remark);
        }
    }

    /// What a new part shows: the cells that were taken over when it was made.
    fn already(&self, row: &Row, taken: &[Column]) -> Row {
        let columns = [Column::Iri, Column::Activity, Column::OrganisationName];
        let cells = columns.iter().chain(taken);
        let mut cells: std::collections::BTreeMap<_, _> = cells
            .map(|column| (*column, row.cell(*column).to_owned()))
            .collect();
        cells.insert(Column::Plan, self.plan_id().to_owned());
        Row {
            number: row.number,
            cells,
        }
    }

    fn plan_id(&self) -> &str {
        self.iri.rsplit('/').next().unwrap_or_default()
    }

    fn new_activity(&mut self, row: &Row) -> Result<(Iri, Vec<Column>), NoPart> {
        const TITLE: Column = Column::Title;
        let title = required(row, TITLE)?;
        if let Some(there) = titled(self.plan, title).next() {
            return Err(NoPart::There(there.clone()));
        }
        let iri = free(self.iri, "activity", title, &self.plan.activities)
            .ok_or_else(|| (TITLE, Why::no_key()))?;
        let layer = self.origin.layer();
        let mut node = Activity {
            declared: [layer].into(),
            title: one(Text::sv(title), layer),
            in_plan: Iri::parse(self.iri)
                .map(|plan| (plan, layer))
                .into_iter()
                .collect(),
            editorial_note: self.notes(),
            ..Activity::default()
        };
        let mut taken = vec![TITLE, Column::Lines];
        let lines = row.cell(Column::Lines);
        if let Some(own) = self.origin.lines(Part::Activities, row) {
            node.source_range.insert(own, layer);
            self.new_area(row);
            if !lines.is_empty() {
                self.left(row, Column::Lines, &iri, &Why::fixed());
            }
        } else if !lines.is_empty() {
            // A row that the import overlooked: it does stand in the document.
            match ranges(lines) {
                Ok(ranges) => {
                    node.source_range = ranges.into_iter().map(|range| (range, layer)).collect();
                }
                Err(_) => drop(taken.pop()),
            }
        }
        if !row.cell(Column::Parent).is_empty() && !row.cell(Column::Area).is_empty() {
            taken.push(Column::Area);
            self.left(row, Column::Area, &iri, &Why::area_of_parent());
        }
        self.plan.activities.insert(iri.clone(), node);
        Ok((iri, taken))
    }

    /// Says that a cell of a new activity was left out.
    fn left(&mut self, row: &Row, column: Column, iri: &Iri, why: &Why) {
        let (part, read) = (Part::Activities, row.cell(column));
        let remark = remarks::cell(part, row.number, column, read, iri.as_str(), why);
        self.remarks.push(remark);
    }

    /// The focus area that a row of the plan's own document names, where it is the first to.
    fn new_area(&mut self, row: &Row) {
        let label = row.cell(Column::Area);
        let areas = &self.plan.areas;
        let known = |area: &Iri| show::area_label(self.plan, area) == label;
        if label.is_empty() || !row.cell(Column::Parent).is_empty() || areas.keys().any(known) {
            return;
        }
        let Some(iri) = free(self.iri, "area", label, areas) else {
            return;
        };
        let layer = self.origin.layer();
        let lines = self.origin.lines(Part::Activities, row);
        let area = FocusArea {
            declared: [layer].into(),
            label: one(Text::sv(label), layer),
            in_plan: Iri::parse(self.iri)
                .map(|plan| (plan, layer))
                .into_iter()
                .collect(),
            position: one(after(areas.values().map(|area| &area.position)), layer),
            source_range: lines.map(|lines| (lines, layer)).into_iter().collect(),
            ..FocusArea::default()
        };
        self.plan.areas.insert(iri, area);
    }

    /// Gives an activity without a position the last one among its siblings.
    fn put_last(&mut self, iri: &Iri) {
        let Some(own) = self.plan.activities.get(iri) else {
            return;
        };
        if own.position.first().is_some() {
            return;
        }
        let place = |activity: &Activity| {
            let parent = activity.sub_activity_of.first().cloned();
            (parent, activity.focus_area.first().cloned())
        };
        let own = place(own);
        let siblings = self.plan.activities.values();
        let siblings = siblings.filter(|activity| place(activity) == own);
        let position = after(siblings.map(|activity| &activity.position));
        let layer = self.origin.layer();
        if let Some(activity) = self.plan.activities.get_mut(iri) {
            activity.position.insert(position, layer);
        }
    }

    fn new_participation(&mut self, row: &mut Row) -> Result<(Iri, Vec<Column>), NoPart> {
        let owner = self.owner(row)?;
        let role = self.labels.read_role(required(row, Column::Role)?);
        let role = role.ok_or_else(|| (Column::Role, Why::not_listed(&self.labels.roles())))?;
        let name = required(row, Column::Organisation)?.to_owned();
        let agent = self.organisation(&name);
        let agent = agent.map_err(|why| (Column::Organisation, why))?;
        let base = owner.as_ref().map_or(self.iri, Iri::as_str).to_owned();
        let layer = self.origin.layer();
        let notes = self.notes();
        let parts = match owner
            .as_ref()
            .and_then(|iri| self.plan.activities.get_mut(iri))
        {
            Some(activity) => &mut activity.participation,
            None => &mut self.plan.participation,
        };
        let there = parts.iter().find(|(_, part)| {
            part.node.role.first() == Some(&role) && part.node.participant.first() == Some(&agent)
        });
        if let Some((there, _)) = there {
            return Err(NoPart::There(there.clone()));
        }
        let id = agent.last();
        let iri = free(&base, "participation", id, parts)
            .ok_or_else(|| (Column::Organisation, Why::no_key()))?;
        let key = iri.last().to_owned();
        let mut node = Participation {
            declared: [layer].into(),
            identifier: one(key, layer),
            role: one(role, layer),
            participant: one(agent, layer),
            position: one(after(parts.values().map(|part| &part.node.position)), layer),
            editorial_note: notes,
            ..Participation::default()
        };
        let mut taken = vec![Column::Role, Column::Organisation];
        if let Some(lines) = self.origin.lines(Part::Participations, row) {
            let words = [
                Column::Wording,
                Column::OrganisationName,
                Column::Organisation,
            ];
            let words = words.map(|column| row.cell(column));
            let words = words.into_iter().find(|cell| !cell.is_empty());
            node.source_text = one(Text::sv(words.unwrap_or_default()), layer);
            node.source_range = one(lines, layer);
            taken.push(Column::Wording);
        }
        let link = [layer].into();
        parts.insert(iri.clone(), Linked::new(link, node));
        row.cells.insert(Column::Activity, base);
        self.recast.extend(owner);
        Ok((iri, taken))
    }

    /// The activity that a row names; none where it names the plan as a whole.
    fn owner(&self, row: &Row) -> Result<Option<Iri>, Wrong> {
        let named = required(row, Column::Activity)?;
        if named == self.iri || named == self.plan_id() {
            return Ok(None);
        }
        let owner = self.activity_named(named);
        owner.map(Some).map_err(|why| (Column::Activity, why))
    }

    fn new_follow_up(&mut self, row: &mut Row) -> Result<(Iri, Vec<Column>), NoPart> {
        let activity = self.activity_named(required(row, Column::Activity)?);
        let activity = activity.map_err(|why| (Column::Activity, why))?;
        let text = required(row, Column::Text)?;
        let said = |node: &FollowUp| {
            let text_of = show::swedish(&node.description);
            node.follow_up_of.first() == Some(&activity)
                && text_of.is_some_and(|own| tidy(&own.text) == text)
        };
        let all = &self.plan.follow_ups;
        if let Some((there, _)) = all.iter().find(|(_, node)| said(node)) {
            return Err(NoPart::There(there.clone()));
        }
        let key = activity.last();
        let iri = free(self.iri, "follow-up", key, all)
            .ok_or_else(|| (Column::Activity, Why::no_key()))?;
        let layer = self.origin.layer();
        let within = |iri: Option<Iri>| iri.map(|iri| (iri, layer)).into_iter().collect();
        let lines = self.origin.lines(Part::FollowUps, row);
        let node = FollowUp {
            declared: [layer].into(),
            follow_up_of: one(activity.clone(), layer),
            reported_in: within(self.origin.report(self.iri)),
            in_plan: within(Iri::parse(self.iri)),
            position: one(after(all.values().map(|node| &node.position)), layer),
            description: one(Text::sv(text), layer),
            editorial_note: self.notes(),
            source_range: lines.map(|lines| (lines, layer)).into_iter().collect(),
            ..FollowUp::default()
        };
        self.plan.follow_ups.insert(iri.clone(), node);
        row.cells.insert(Column::Activity, activity.to_string());
        Ok((iri, vec![Column::Text]))
    }

    fn notes(&self) -> Values<Text> {
        let notes = self.origin.notes().into_iter();
        notes.map(|note| (note, self.origin.layer())).collect()
    }

    /// The activity with that address or, where there is only one, that title.
    pub(super) fn activity_named(&self, cell: &str) -> Result<Iri, Why> {
        let by_address = Iri::parse(cell).filter(|iri| self.plan.activities.contains_key(iri));
        if let Some(iri) = by_address {
            return Ok(iri);
        }
        let mut titled = titled(self.plan, cell);
        match (titled.next(), titled.next()) {
            (Some(iri), None) => Ok(iri.clone()),
            (Some(_), Some(_)) => Err(Why::several_activities()),
            (None, _) => Err(Why::no_activity()),
        }
    }
}

/// The activities with a title.
fn titled<'p>(plan: &'p Plan, title: &str) -> impl Iterator<Item = &'p Iri> {
    plan.activities
        .iter()
        .filter(move |(_, activity)| {
            let own = show::swedish(&activity.title);
            own.is_some_and(|own| tidy(&own.text) == title)
        })
        .map(|(iri, _)| iri)
}

fn required(row: &Row, column: Column) -> Result<&str, Wrong> {
    let cell = Some(row.cell(column)).filter(|cell| !cell.is_empty());
    cell.ok_or_else(|| (column, Why::required()))
}

/// An address below `base` that no part has yet.
fn free<N>(
    base: &str,
    kind: &'static str,
    words: &str,
    there: &std::collections::BTreeMap<Iri, N>,
) -> Option<Iri> {
    let mut keys = Keys::default();
    for key in there
        .keys()
        .filter_map(|iri| iri.as_str().rsplit('/').next())
    {
        keys.take(key);
    }
    Iri::parse(format!("{base}/{kind}/{}", keys.give(words, kind)))
}

fn one<T: Ord>(value: T, layer: crate::model::Layer) -> Values<T> {
    [(value, layer)].into_iter().collect()
}

/// The position after all others.
fn after<'p>(positions: impl Iterator<Item = &'p Values<u32>>) -> u32 {
    let last = positions.filter_map(|position| position.first()).max();
    last.map_or(1, |last| last.saturating_add(1))
}

fn no_part(part: Part, row: &Row, why: &NoPart) -> Remark {
    match why {
        NoPart::Wrong((column, why)) => {
            remarks::left_out_row(part, row.number, *column, row.cell(*column), why)
        }
        NoPart::There(iri) => {
            remarks::there_already(part, row.number, row.own_words(part), iri.as_str())
        }
    }
}
