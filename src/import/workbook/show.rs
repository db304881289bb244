//! Plan → cells: the public values of a plan as they stand in the workbook.

use std::collections::BTreeMap;

use super::alignments;
use super::columns::{Column, Part};
use super::labels::Labels;
use super::{Row, Workbook, tidy};
use crate::model::{
    Activity, FollowUp, Iri, Layer, Owned, Participation, Period, Plan, Text, Values,
};

/// The sheets of a plan. `iri` is the plan's own; `names` gives the name of an organisation, a goal
/// or a framework.
pub(super) fn plan(plan: &Plan, iri: &str, names: &dyn Fn(&Iri) -> Option<String>) -> Workbook {
    let show = Show {
        plan,
        iri,
        names,
        labels: Labels::new(),
    };
    let activities = show.in_reading_order();
    let parts = activities.iter().flat_map(|(iri, activity)| {
        let parts = shown(&activity.participation);
        parts.map(|(part, node)| show.participation(part, iri.as_str(), node))
    });
    let whole = shown(&plan.participation).map(|(part, node)| show.participation(part, iri, node));
    let follow_ups = plan
        .follow_ups
        .iter()
        .filter(|(_, node)| node.declared.iter().any(|layer| layer.is_public()));
    let sheets = [
        (
            Part::Activities,
            activities
                .iter()
                .map(|(iri, activity)| show.activity(iri, activity))
                .collect(),
        ),
        (Part::Participations, whole.chain(parts).collect()),
        (
            Part::FollowUps,
            follow_ups
                .map(|(iri, node)| show.follow_up(iri, node))
                .collect(),
        ),
        (Part::Alignments, alignments::rows(plan, iri, names)),
    ];
    Workbook {
        sheets: sheets
            .into_iter()
            .map(|(part, rows)| (part, numbered(rows)))
            .collect(),
        unknown: Vec::new(),
    }
}

/// The sheets without rows.
pub(super) fn blank() -> Workbook {
    Workbook {
        sheets: Part::FORM.map(|part| (part, Vec::new())).into(),
        unknown: Vec::new(),
    }
}

/// Whether people added something to the plan that its sheets show.
pub(super) fn has_editorial(plan: &Plan) -> bool {
    const LAYER: Layer = Layer::Editorial;
    let of_activity = |activity: &Activity| {
        let told = activity
            .status
            .layered()
            .any(|status| status.layer == LAYER);
        told || activity.declared.contains(&LAYER)
            || activity
                .temporal
                .values()
                .any(|part| part.link.contains(&LAYER))
            || activity
                .participation
                .values()
                .any(|part| part.link.contains(&LAYER))
    };
    plan.activities.values().any(of_activity)
        || plan
            .participation
            .values()
            .any(|part| part.link.contains(&LAYER))
        || plan.follow_ups.values().any(|node| {
            node.declared.contains(&LAYER)
                || node.status.layered().any(|status| status.layer == LAYER)
        })
}

/// Where the organisations of the instance are, that the plan with that IRI belongs to.
pub(super) fn organisations(iri: &str) -> String {
    let instance = iri.rsplit_once("/plan/").map_or("", |(base, _)| base);
    format!("{instance}/organisation/")
}

/// The text in Swedish that a cell shows.
pub(super) fn swedish(values: &Values<Text>) -> Option<&Text> {
    values.iter().find(|text| text.language == "sv")
}

/// The period that cells show: the first public one.
pub(super) fn period(owned: &Owned<Period>) -> Option<(&Iri, &Period)> {
    shown(owned).next()
}

/// The nodes that a public layer links to.
fn shown<N>(owned: &Owned<N>) -> impl Iterator<Item = (&Iri, &N)> {
    owned
        .iter()
        .filter(|(_, linked)| linked.link.iter().any(|layer| layer.is_public()))
        .map(|(iri, linked)| (iri, &*linked.node))
}

/// The label that a focus area goes by in cells.
pub(super) fn area_label(plan: &Plan, area: &Iri) -> String {
    let label = plan
        .areas
        .get(area)
        .and_then(|node| swedish(&node.label).or_else(|| node.label.first()));
    tidy(label.map_or(area.as_str(), |label| &label.text))
}

fn numbered(rows: Vec<BTreeMap<Column, String>>) -> Vec<Row> {
    let rows = rows.into_iter().enumerate();
    rows.map(|(at, cells)| Row {
        number: at + 2,
        cells,
    })
    .collect()
}

struct Show<'a> {
    plan: &'a Plan,
    iri: &'a str,
    names: &'a dyn Fn(&Iri) -> Option<String>,
    labels: Labels,
}

impl Show<'_> {
    /// The activities as a reader meets them: by focus area, each before the bullets under it.
    fn in_reading_order(&self) -> Vec<(&Iri, &Activity)> {
        let mut all: Vec<_> = self
            .plan
            .activities
            .iter()
            .filter(|(_, node)| node.declared.iter().any(|layer| layer.is_public()))
            .collect();
        all.sort_by_key(|(iri, activity)| {
            let parent = activity.sub_activity_of.first();
            let top = parent.and_then(|parent| self.plan.activities.get(parent));
            let under = top.unwrap_or(activity);
            let area = under.focus_area.first();
            let area = area.and_then(|area| self.plan.areas.get(area));
            (
                area.and_then(|area| area.position.first().copied()),
                under.position.first().copied(),
                parent.unwrap_or(iri).clone(),
                parent.is_some(),
                activity.position.first().copied(),
            )
        });
        all
    }

    fn activity(&self, iri: &Iri, activity: &Activity) -> BTreeMap<Column, String> {
        let period = period(&activity.temporal).map(|(_, period)| period);
        let area = activity.focus_area.first();
        let plan = self.iri.rsplit('/').next().unwrap_or_default();
        BTreeMap::from([
            (Column::Iri, iri.to_string()),
            (Column::Plan, plan.to_owned()),
            (
                Column::Area,
                area.map_or_else(String::new, |area| area_label(self.plan, area)),
            ),
            (Column::Parent, first(&activity.sub_activity_of)),
            (Column::Position, first(&activity.position)),
            (Column::Title, text(&activity.title)),
            (Column::OtherTitles, texts(&activity.alternative)),
            (Column::Description, text(&activity.description)),
            (
                Column::From,
                period.map_or_else(String::new, |period| first(&period.start)),
            ),
            (
                Column::To,
                period.map_or_else(String::new, |period| first(&period.end)),
            ),
            (
                Column::PeriodWording,
                period.map_or_else(String::new, |period| text(&period.source_text)),
            ),
            (Column::Status, self.status(&activity.status)),
            (Column::StatusWording, text(&activity.status_text)),
            (Column::Lines, lines(activity)),
        ])
    }

    fn participation(
        &self,
        iri: &Iri,
        owner: &str,
        part: &Participation,
    ) -> BTreeMap<Column, String> {
        let organisation = part.participant.first();
        let short = organisation.map_or("", |organisation| {
            let whole = organisation.as_str();
            whole
                .strip_prefix(&organisations(self.iri))
                .unwrap_or(whole)
        });
        let each = match part.distributive.first() {
            Some(true) => "Ja",
            Some(false) => "Nej",
            None => "",
        };
        let role = part.role.first().map(|role| self.labels.role(*role));
        let name = organisation.and_then(|organisation| (self.names)(organisation));
        BTreeMap::from([
            (Column::Iri, iri.to_string()),
            (Column::Activity, owner.to_owned()),
            (Column::Role, role.unwrap_or_default().to_owned()),
            (Column::Organisation, short.to_owned()),
            (Column::OrganisationName, tidy(&name.unwrap_or_default())),
            (Column::EachForItself, each.to_owned()),
            (Column::Wording, text(&part.source_text)),
        ])
    }

    fn follow_up(&self, iri: &Iri, follow_up: &FollowUp) -> BTreeMap<Column, String> {
        BTreeMap::from([
            (Column::Iri, iri.to_string()),
            (Column::Activity, first(&follow_up.follow_up_of)),
            (Column::Text, text(&follow_up.description)),
            (Column::Status, self.status(&follow_up.status)),
            (Column::StatusWording, text(&follow_up.status_text)),
            (Column::Date, first(&follow_up.date)),
        ])
    }

    fn status(&self, values: &Values<crate::model::Status>) -> String {
        let status = values.first().map(|status| self.labels.status(*status));
        status.unwrap_or_default().to_owned()
    }
}

fn first<T: Ord + ToString>(values: &Values<T>) -> String {
    values.first().map(ToString::to_string).unwrap_or_default()
}

fn text(values: &Values<Text>) -> String {
    tidy(swedish(values).map_or("", |text| &text.text))
}

fn texts(values: &Values<Text>) -> String {
    let swedish = values.iter().filter(|text| text.language == "sv");
    let lines: Vec<_> = swedish.map(|text| tidy(&text.text)).collect();
    lines.join("\n")
}

fn lines(activity: &Activity) -> String {
    let ranges: Vec<_> = activity
        .source_range
        .iter()
        .map(ToString::to_string)
        .collect();
    ranges.join(", ")
}
