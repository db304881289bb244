//! The plans: what each is, whose it is, and how much there is in it.

use super::Error;
use super::cell::{Cell, linked, public};
use super::column::{Column, Columns, Holds};
use crate::model::{Activity, Layers, Period, Plan};
use crate::store::{PlanEntry, Snapshot};
use crate::vocab::{dcat, dcterms, foaf, skos};

/// What a row is about: a plan.
pub(super) struct Row<'a> {
    snapshot: &'a Snapshot,
    entry: &'a PlanEntry,
}

/// A row for each plan, in the order of their ids.
pub(super) fn rows(snapshot: &Snapshot) -> Vec<Row<'_>> {
    let entries = snapshot.plans().values();
    entries.map(|entry| Row { snapshot, entry }).collect()
}

impl Row<'_> {
    fn plan(&self) -> &Plan {
        &self.entry.plan
    }

    fn of_period(&self, cell: impl Fn(&Period) -> Cell) -> Cell {
        linked(&self.plan().temporal)
            .next()
            .map(|(_, layer, period)| cell(period).through(layer))
            .unwrap_or_default()
    }

    fn rights(&self, language: &str) -> Cell {
        let rights = linked(&self.plan().rights);
        let texts = rights
            .map(|(_, layer, rights)| Cell::text(&rights.label, language).through(layer))
            .filter(|text| !text.is_empty());
        Cell::beside(texts)
    }

    /// How many activities or, where `bullets`, bullets under them.
    fn activities(&self, bullets: bool) -> Cell {
        let activities = self.plan().activities.values();
        let is_bullet = |activity: &Activity| activity.sub_activity_of.first().is_some();
        count(
            activities
                .filter(|activity| is_bullet(activity) == bullets)
                .map(|activity| &activity.declared),
        )
    }

    /// The day on which a layer last changed.
    fn modified(&self) -> Cell {
        self.plan().modified().map(Cell::one).unwrap_or_default()
    }
}

/// How many nodes are declared in a public layer.
fn count<'a>(declared: impl Iterator<Item = &'a Layers>) -> Cell {
    Cell::one(declared.filter_map(public).count())
}

/// What fills a cell of a row.
type Fill = fn(&Row<'_>) -> Result<Cell, Error>;

/// The columns, in their order.
pub(super) const COLUMNS: Columns<Fill> = &[
    (
        Column::new(
            "iri",
            Holds::Iri,
            ["Adress", "Address"],
            ["Planens adress.", "The address of the plan."],
        )
        .required(),
        |row| Ok(Cell::one(row.entry.iri.as_str())),
    ),
    (
        Column::new(
            "id",
            Holds::Text,
            ["Id", "Id"],
            ["Planens id i adresser.", "The id of the plan in addresses."],
        )
        .says(dcterms::IDENTIFIER)
        .required(),
        |row| Ok(Cell::all(&row.plan().identifier)),
    ),
    (
        Column::new(
            "title",
            Holds::Text,
            ["Titel", "Title"],
            ["Planens titel.", "The title of the plan."],
        )
        .says(dcterms::TITLE)
        .language("sv"),
        |row| Ok(Cell::text(&row.plan().title, "sv")),
    ),
    (
        Column::new(
            "title_en",
            Holds::Text,
            ["Titel på engelska", "Title in English"],
            [
                "Planens titel på engelska.",
                "The title of the plan in English.",
            ],
        )
        .says(dcterms::TITLE)
        .language("en"),
        |row| Ok(Cell::text(&row.plan().title, "en")),
    ),
    (
        Column::new(
            "owner",
            Holds::Iri,
            ["Planens ägare", "Owner"],
            [
                "Adressen till den organisation som planen är av.",
                "The address of the organisation whose plan it is.",
            ],
        )
        .says(dcterms::CREATOR)
        .list(),
        |row| Ok(Cell::all(&row.plan().creator)),
    ),
    (
        Column::new(
            "owner_name",
            Holds::Text,
            ["Ägarens namn", "Name of the owner"],
            [
                "Organisationens namn, i samma ordning som adresserna.",
                "The name of the organisation, in the order of the addresses.",
            ],
        )
        .list(),
        |row| Cell::all(&row.plan().creator).names(row.snapshot, foaf::NAME, "sv"),
    ),
    (
        Column::new(
            "county",
            Holds::Iri,
            ["Län", "County"],
            [
                "Adressen till det län som planen gäller.",
                "The address of the county that the plan is about.",
            ],
        )
        .says(dcterms::SPATIAL)
        .list(),
        |row| Ok(Cell::all(&row.plan().spatial)),
    ),
    (
        Column::new(
            "county_name",
            Holds::Text,
            ["Länets namn", "Name of the county"],
            [
                "Länets namn, i samma ordning som adresserna.",
                "The name of the county, in the order of the addresses.",
            ],
        )
        .list(),
        |row| Cell::all(&row.plan().spatial).names(row.snapshot, skos::PREF_LABEL, "sv"),
    ),
    (
        Column::new(
            "period",
            Holds::Iri,
            ["Period", "Period"],
            [
                "Adressen till planens period.",
                "The address of the period of the plan.",
            ],
        )
        .says(dcterms::TEMPORAL),
        |row| {
            let period = linked(&row.plan().temporal).next();
            Ok(period.map_or_else(Cell::default, |(iri, layer, _)| Cell::in_layer(iri, layer)))
        },
    ),
    (
        Column::new(
            "start",
            Holds::Date,
            ["Första dag", "First day"],
            [
                "Planperiodens första dag.",
                "The first day of the period of the plan.",
            ],
        )
        .says(dcat::START_DATE)
        .of("period"),
        |row| Ok(row.of_period(|period| Cell::all(&period.start))),
    ),
    (
        Column::new(
            "end",
            Holds::Date,
            ["Sista dag", "Last day"],
            [
                "Planperiodens sista dag; tom när slutet är öppet.",
                "The last day of the period of the plan; empty where the end is open.",
            ],
        )
        .says(dcat::END_DATE)
        .of("period"),
        |row| Ok(row.of_period(|period| Cell::all(&period.end))),
    ),
    (
        Column::new(
            "adopted",
            Holds::Date,
            ["Antagen", "Adopted"],
            [
                "Dagen då planen antogs; tom när dokumentet inte anger den.",
                "The day the plan was adopted; empty where the document does not say.",
            ],
        )
        .says(dcterms::DATE_ACCEPTED),
        |row| Ok(Cell::all(&row.plan().date_accepted)),
    ),
    (
        Column::new(
            "activities",
            Holds::Integer,
            ["Aktiviteter", "Activities"],
            [
                "Antalet aktiviteter, delaktiviteter oräknade.",
                "The number of activities, sub-activities not counted.",
            ],
        )
        .required(),
        |row| Ok(row.activities(false)),
    ),
    (
        Column::new(
            "sub_activities",
            Holds::Integer,
            ["Delaktiviteter", "Sub-activities"],
            [
                "Antalet delaktiviteter: punkter under en aktivitet.",
                "The number of sub-activities: bullets under an activity.",
            ],
        )
        .required(),
        |row| Ok(row.activities(true)),
    ),
    (
        Column::new(
            "areas",
            Holds::Integer,
            ["Fokusområden", "Focus areas"],
            ["Antalet fokusområden.", "The number of focus areas."],
        )
        .required(),
        |row| Ok(count(row.plan().areas.values().map(|area| &area.declared))),
    ),
    (
        Column::new(
            "follow_ups",
            Holds::Integer,
            ["Uppföljningar", "Follow-ups"],
            [
                "Antalet uppföljningar av planens aktiviteter.",
                "The number of follow-ups of the activities of the plan.",
            ],
        )
        .required(),
        |row| {
            let follow_ups = row.plan().follow_ups.values();
            Ok(count(follow_ups.map(|follow_up| &follow_up.declared)))
        },
    ),
    (
        Column::new(
            "licence",
            Holds::Iri,
            ["Licens", "Licence"],
            [
                "Licensen för planens text; tom när ingen är känd.",
                "The licence of the text of the plan; empty where none is known.",
            ],
        )
        .says(dcterms::LICENSE)
        .list(),
        |row| Ok(Cell::all(&row.plan().license)),
    ),
    (
        Column::new(
            "rights",
            Holds::Text,
            ["Rättigheter", "Rights"],
            [
                "Vad som är känt om rättigheterna till planens text.",
                "What is known of the rights to the text of the plan, in Swedish.",
            ],
        )
        .list(),
        |row| Ok(row.rights("sv")),
    ),
    (
        Column::new(
            "rights_en",
            Holds::Text,
            ["Rättigheter, på engelska", "Rights, in English"],
            [
                "Vad som är känt om rättigheterna till planens text, på engelska.",
                "What is known of the rights to the text of the plan.",
            ],
        )
        .list(),
        |row| Ok(row.rights("en")),
    ),
    (
        Column::new(
            "modified",
            Holds::Date,
            ["Ändrad", "Modified"],
            [
                "Dagen då uppgifterna om planen senast ändrades.",
                "The day on which what is said of the plan last changed.",
            ],
        ),
        |row| Ok(row.modified()),
    ),
    (
        Column::new(
            "revision",
            Holds::Text,
            ["Revision", "Revision"],
            [
                "Kontrollsumman för planens innehåll i kanonisk form; ändras bara när innehållet gör det.",
                "The hash of the plan's content in canonical form; changes only when the content does.",
            ],
        )
        .required(),
        |row| Ok(Cell::one(&row.entry.revision)),
    ),
];
