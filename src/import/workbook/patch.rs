//! Workbook → changes of a plan.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, Part};
use super::labels::Labels;
use super::origin::{self, Origin};
use super::remarks::{self, Why};
use super::{Row, Workbook, edit, follow, period, show, tidy};
use crate::import::Remark;
use crate::model::{
    Date, FollowUp, Iri, Layer, Layers, LineRange, Participation, Plan, Text, Values,
};

/// What the reference data say of organisations.
pub struct Organisations<'a> {
    /// The name of an organisation; `None` where there is no such organisation.
    pub name: &'a dyn Fn(&Iri) -> Option<String>,
    /// The members of a group.
    pub members: &'a dyn Fn(&Iri) -> Vec<Iri>,
    /// The name of a goal or a framework.
    pub goals: &'a dyn Fn(&Iri) -> Option<String>,
}

/// Changes a plan where a workbook differs from what an export of it would show now, and says
/// what was added and what was not taken over. `iri` is the plan's own.
///
/// A changed value stands in the layer where the old one stood. A row without an address is a
/// new part, unless the plan has such a part already. What the workbook does not show is
/// untouched; rows that are missing are reported, not removed. Whether the changed plan holds is
/// for the validator to say.
pub fn patch(
    plan: &mut Plan,
    iri: &str,
    workbook: &Workbook,
    organisations: &Organisations<'_>,
    origin: &Origin,
) -> Vec<Remark> {
    let named = |iri: &Iri| (organisations.name)(iri).or_else(|| (organisations.goals)(iri));
    let now = show::plan(plan, iri, &named);
    let unknown = workbook.unknown.iter();
    // One that was filled in from the start says nothing of the parts it does not show.
    let of_this_plan = workbook.has_addresses();
    let mut patch = Patch {
        plan,
        iri,
        origin,
        agents: show::organisations(iri),
        organisations,
        labels: Labels::new(),
        remarks: unknown
            .map(|(part, header)| remarks::unknown_column(*part, header))
            .collect(),
        recast: BTreeSet::new(),
    };
    for (part, rows) in &now.sheets {
        let given = workbook.sheets.get(part).filter(|given| {
            let keyed = |row: &Row| row.cells.contains_key(&Column::Iri);
            !of_this_plan || given.iter().all(keyed)
        });
        match given {
            Some(given) => patch.sheet(*part, rows, given, of_this_plan),
            // Without the sheet nobody decides; a workbook from before there were suggestions has none.
            None if *part == Part::Alignments => {}
            None if of_this_plan => patch.remarks.push(remarks::missing_sheet(*part)),
            None => {}
        }
    }
    for activity in std::mem::take(&mut patch.recast) {
        if let Some(activity) = patch.plan.activities.get_mut(&activity) {
            follow::agents(activity, organisations.members);
        }
    }
    let remarks = patch.remarks;
    origin::describe_editorial(plan, iri, origin);
    remarks
}

/// The cells of a row that differ from what the plan shows.
struct Edits<'a> {
    part: Part,
    row: usize,
    node: &'a str,
    cells: BTreeMap<Column, String>,
}

/// The state of changing a plan.
pub(super) struct Patch<'a> {
    pub(super) plan: &'a mut Plan,
    /// The plan's own IRI.
    pub(super) iri: &'a str,
    /// Where rows without an address come from.
    pub(super) origin: &'a Origin,
    /// What the addresses of organisations begin with.
    agents: String,
    organisations: &'a Organisations<'a>,
    pub(super) labels: Labels,
    pub(super) remarks: Vec<Remark>,
    /// The activities whose participations changed.
    pub(super) recast: BTreeSet<Iri>,
}

impl Patch<'_> {
    fn sheet(&mut self, part: Part, now: &[Row], given: &[Row], whole: bool) {
        let by_iri: BTreeMap<_, _> = now.iter().map(|row| (row.cell(Column::Iri), row)).collect();
        let (mut seen, mut new) = (BTreeSet::new(), Vec::new());
        for row in given {
            let iri = row.cell(Column::Iri);
            if row.is_new() {
                new.push(row);
                continue;
            }
            let remark = match by_iri.get(iri) {
                None => remarks::unknown_row(part, row.number, iri),
                Some(_) if !seen.insert(iri) => remarks::repeated_row(part, row.number, iri),
                Some(now) if part == Part::Alignments => {
                    self.decide(now, row);
                    continue;
                }
                Some(now) => {
                    self.row(part, now, row);
                    continue;
                }
            };
            self.remarks.push(remark);
        }
        // A suggestion without a row is one without a decision.
        let whole = whole && part != Part::Alignments;
        let missing = by_iri.keys().filter(|iri| whole && !seen.contains(*iri));
        self.remarks
            .extend(missing.map(|iri| remarks::missing_row(part, iri)));
        self.add(part, &new);
    }

    /// Takes over the cells that differ from those that a part shows now.
    pub(super) fn row(&mut self, part: Part, now: &Row, given: &Row) {
        let mut edits = Edits {
            part,
            row: given.number,
            node: now.cell(Column::Iri),
            cells: BTreeMap::new(),
        };
        for (column, cell) in &given.cells {
            if cell == now.cell(*column) {
                continue;
            }
            if column.is_fixed() {
                self.leave(&edits, *column, cell, &Why::fixed());
            } else if cell.is_empty() && column.is_required() {
                self.leave(&edits, *column, cell, &Why::required());
            } else {
                edits.cells.insert(*column, cell.clone());
            }
        }
        let Some(node) = Iri::parse(edits.node).filter(|_| !edits.cells.is_empty()) else {
            return;
        };
        if part == Part::Activities {
            self.period(&edits, &node);
        }
        for (column, cell) in &edits.cells {
            let done = match part {
                Part::Activities => self.activity(&node, *column, cell),
                Part::Participations => {
                    let owner = Iri::parse(now.cell(Column::Activity));
                    owner.map_or(Ok(()), |owner| {
                        self.participation(&owner, &node, *column, cell)
                    })
                }
                Part::FollowUps => self.follow_up(&node, *column, cell),
                Part::Alignments => Ok(()),
            };
            if let Err(why) = done {
                self.leave(&edits, *column, cell, &why);
            }
        }
    }

    fn leave(&mut self, edits: &Edits<'_>, column: Column, read: &str, why: &Why) {
        let remark = remarks::cell(edits.part, edits.row, column, read, edits.node, why);
        self.remarks.push(remark);
    }

    fn period(&mut self, edits: &Edits<'_>, node: &Iri) {
        let Some(activity) = self.plan.activities.get_mut(node) else {
            return;
        };
        let layer = own_layer(&activity.declared);
        let notes = self.origin.notes();
        for (column, why) in period::change(node, activity, &edits.cells, layer, &notes) {
            let read = edits.cells.get(&column).map_or("", String::as_str);
            self.leave(edits, column, read, &why);
        }
    }

    fn activity(&mut self, node: &Iri, column: Column, cell: &str) -> Result<(), Why> {
        let area = match column {
            Column::Area => optional(cell, |cell| self.area(cell))?,
            _ => None,
        };
        let parent = match column {
            Column::Parent => optional(cell, |cell| self.parent(node, cell))?,
            _ => None,
        };
        let Some(activity) = self.plan.activities.get_mut(node) else {
            return Ok(());
        };
        let layer = own_layer(&activity.declared);
        match column {
            Column::Area => edit::value(&mut activity.focus_area, area, layer),
            Column::Parent => edit::value(&mut activity.sub_activity_of, parent, layer),
            Column::Position => {
                edit::value(&mut activity.position, optional(cell, position)?, layer);
            }
            Column::Title => edit::text(&mut activity.title, cell, layer),
            Column::OtherTitles => edit::texts(&mut activity.alternative, cell, layer),
            Column::Description => edit::text(&mut activity.description, cell, layer),
            Column::Status => {
                let status = optional(cell, |cell| status(&self.labels, cell))?;
                let words = &mut activity.status_text;
                match self.origin {
                    Origin::Added(_) => {
                        self.labels.tell(&mut activity.status, words, status, layer);
                    }
                    Origin::Document(_) => edit::value(&mut activity.status, status, layer),
                }
            }
            // A workbook from before somebody told the status knows no word for it.
            Column::StatusWording if cell.is_empty() && told(&activity.status_text) => {}
            Column::StatusWording => edit::text(&mut activity.status_text, cell, layer),
            Column::Lines => {
                let ranges = ranges(cell)?;
                edit::all(&mut activity.source_range, |_| true, &ranges, layer);
            }
            // The cells of the period are changed together.
            _ => {}
        }
        Ok(())
    }

    fn area(&self, label: &str) -> Result<Iri, Why> {
        let named = |area: &&Iri| show::area_label(self.plan, area) == label;
        let mut areas = self.plan.areas.keys().filter(named);
        match (areas.next(), areas.next()) {
            (Some(area), None) => Ok(area.clone()),
            (Some(_), Some(_)) => Err(Why::new(
                "är namnet på flera av planens fokusområden. Ändra det där planen redigeras i sin helhet.",
                "is the name of several of the plan's focus areas. Change it where the whole plan is edited.",
            )),
            (None, _) => {
                let areas = self.plan.areas.keys();
                let labels: Vec<_> = areas
                    .map(|area| show::area_label(self.plan, area))
                    .collect();
                let labels = labels.join("; ");
                Err(Why::new(
                    format!("är inget av planens fokusområden. Skriv ett av dem: {labels}."),
                    format!("is none of the plan's focus areas. Write one of them: {labels}."),
                ))
            }
        }
    }

    fn parent(&self, node: &Iri, cell: &str) -> Result<Iri, Why> {
        let parent = self.activity_named(cell)?;
        if parent == *node {
            return Err(Why::own_parent());
        }
        Ok(parent)
    }

    fn participation(
        &mut self,
        owner: &Iri,
        node: &Iri,
        column: Column,
        cell: &str,
    ) -> Result<(), Why> {
        let role = match column {
            Column::Role => {
                let role = self.labels.read_role(cell);
                Some(role.ok_or_else(|| Why::not_listed(&self.labels.roles()))?)
            }
            _ => None,
        };
        let organisation = match column {
            Column::Organisation => Some(self.organisation(cell)?),
            _ => None,
        };
        let parts = match self.plan.activities.get_mut(owner) {
            Some(activity) => &mut activity.participation,
            None => &mut self.plan.participation,
        };
        let Some(linked) = parts.get_mut(node) else {
            return Ok(());
        };
        let part: &mut Participation = &mut linked.node;
        let layer = own_layer(&part.declared);
        match column {
            Column::Role => edit::value(&mut part.role, role, layer),
            Column::Organisation => edit::value(&mut part.participant, organisation, layer),
            Column::EachForItself => edit::value(&mut part.distributive, each(cell)?, layer),
            Column::Wording if !cell.is_empty() && part.source_range.first().is_none() => {
                return Err(Why::no_lines());
            }
            Column::Wording => edit::text(&mut part.source_text, cell, layer),
            _ => {}
        }
        if column != Column::Wording {
            self.recast.insert(owner.clone());
        }
        Ok(())
    }

    pub(super) fn organisation(&self, cell: &str) -> Result<Iri, Why> {
        let whole = if cell.contains("://") {
            cell.to_owned()
        } else {
            format!("{}{cell}", self.agents)
        };
        Iri::parse(whole)
            .filter(|organisation| (self.organisations.name)(organisation).is_some())
            .ok_or_else(|| {
                Why::new(
                    "är ingen organisation här. Skriv id:t för en som finns, eller lägg först till organisationen i referensdata.",
                    "is no organisation here. Write the id of one that exists, or add the organisation to the reference data first.",
                )
            })
    }

    fn follow_up(&mut self, node: &Iri, column: Column, cell: &str) -> Result<(), Why> {
        let Some(follow_up) = self.plan.follow_ups.get_mut(node) else {
            return Ok(());
        };
        let follow_up: &mut FollowUp = follow_up;
        let layer = own_layer(&follow_up.declared);
        match column {
            Column::Text => edit::text(&mut follow_up.description, cell, layer),
            Column::Status => {
                let status = optional(cell, |cell| status(&self.labels, cell))?;
                let words = &mut follow_up.status_text;
                match self.origin {
                    Origin::Added(_) => {
                        self.labels
                            .tell(&mut follow_up.status, words, status, layer);
                    }
                    Origin::Document(_) => edit::value(&mut follow_up.status, status, layer),
                }
            }
            // A workbook from before somebody told the status knows no word for it.
            Column::StatusWording if cell.is_empty() && told(&follow_up.status_text) => {}
            Column::StatusWording => edit::text(&mut follow_up.status_text, cell, layer),
            Column::Date => edit::value(&mut follow_up.date, optional(cell, date)?, layer),
            _ => {}
        }
        Ok(())
    }
}

/// Where a value stands that the plan did not have: with the part it is about.
fn own_layer(declared: &Layers) -> Layer {
    declared.first().copied().unwrap_or(Layer::Stated)
}

/// Whether the words for a status are those of who told it, not of the document.
fn told(words: &Values<Text>) -> bool {
    words.layered().any(|words| words.layer == Layer::Editorial)
}

/// No value for an empty cell.
fn optional<T>(cell: &str, read: impl FnOnce(&str) -> Result<T, Why>) -> Result<Option<T>, Why> {
    if cell.is_empty() {
        return Ok(None);
    }
    read(cell).map(Some)
}

fn status(labels: &Labels, cell: &str) -> Result<crate::model::Status, Why> {
    labels
        .read_status(cell)
        .ok_or_else(|| Why::not_listed(&labels.statuses()))
}

fn date(cell: &str) -> Result<Date, Why> {
    Date::parse(cell).ok_or_else(Why::no_date)
}

fn position(cell: &str) -> Result<u32, Why> {
    let position = cell.parse().ok().filter(|position| *position > 0);
    position.ok_or_else(|| {
        Why::new(
            "är inget heltal från 1. Skriv platsen med siffror.",
            "is not a whole number from 1. Write the place in digits.",
        )
    })
}

fn each(cell: &str) -> Result<Option<bool>, Why> {
    match cell.to_lowercase().as_str() {
        "ja" | "yes" | "x" | "sant" | "true" => Ok(Some(true)),
        "" | "nej" | "no" | "falskt" | "false" => Ok(None),
        _ => Err(Why::not_listed(&["Ja"])),
    }
}

pub(super) fn ranges(cell: &str) -> Result<BTreeSet<LineRange>, Why> {
    let wrong = || {
        Why::new(
            "är inga rader. Skriv L12 eller L12-L15, flera med komma emellan; minst en måste finnas.",
            "are no lines. Write L12 or L12-L15, several with commas between; there must be one at least.",
        )
    };
    cell.split([',', ';', '\n'])
        .map(|range| LineRange::parse(&tidy(range)).ok_or_else(wrong))
        .collect()
}
