//! The columns of the table of activities.

use super::Row;
use crate::views::table::Error;
use crate::views::table::cell::{Cell, public};
use crate::views::table::column::{Column, Columns, Holds};
use crate::vocab::{adms, dcat, dcterms, foaf, plan, prov, skos, status};

/// What fills a cell of a row.
pub(in crate::views::table) type Fill = fn(&Row<'_>) -> Result<Cell, Error>;

/// The columns, in their order.
pub(in crate::views::table) const COLUMNS: Columns<Fill> = &[
    (
        Column::new(
            "iri",
            Holds::Iri,
            ["Adress", "Address"],
            ["Aktivitetens adress.", "The address of the activity."],
        )
        .required(),
        |row| {
            let declared = public(&row.activity.declared);
            Ok(declared.map_or_else(Cell::default, |layer| Cell::in_layer(row.iri, layer)))
        },
    ),
    (
        Column::new(
            "key",
            Holds::Text,
            ["Nyckel", "Key"],
            [
                "Aktivitetens namn i adressen, som inte ändras.",
                "The name of the activity in its address, which does not change.",
            ],
        )
        .required(),
        |row| Ok(Cell::one(last(row.iri.as_str()))),
    ),
    (
        Column::new(
            "plan",
            Holds::Iri,
            ["Plan", "Plan"],
            ["Planens adress.", "The address of the plan."],
        )
        .says(plan::IN_PLAN)
        .required(),
        |row| Ok(Cell::all(&row.activity.in_plan)),
    ),
    (
        Column::new(
            "area",
            Holds::Iri,
            ["Fokusområde", "Focus area"],
            [
                "Adressen till det fokusområde som aktiviteten står under; för en delaktivitet det som dess aktivitet står under.",
                "The address of the focus area that the activity stands under; for a sub-activity the one that its activity stands under.",
            ],
        ),
        |row| {
            Ok(row.area().map_or_else(Cell::default, |(iri, _, layer)| {
                Cell::in_layer(iri, layer)
            }))
        },
    ),
    (
        Column::new(
            "area_title",
            Holds::Text,
            ["Fokusområdets rubrik", "Heading of the focus area"],
            ["Fokusområdets rubrik.", "The heading of the focus area."],
        ),
        |row| Ok(row.of_area(|area| Cell::wording(&area.label))),
    ),
    (
        Column::new(
            "parent",
            Holds::Iri,
            ["Delaktivitet i", "Sub-activity of"],
            [
                "För en delaktivitet: adressen till aktiviteten som den står under.",
                "For a sub-activity: the address of the activity it stands under.",
            ],
        )
        .says(plan::SUB_ACTIVITY_OF),
        |row| Ok(Cell::all(&row.activity.sub_activity_of)),
    ),
    (
        Column::new(
            "position",
            Holds::Integer,
            ["Ordning", "Position"],
            [
                "Plats bland syskonen i dokumentet, från 1.",
                "Place among its siblings in the document, from 1.",
            ],
        )
        .says(plan::POSITION),
        |row| Ok(Cell::all(&row.activity.position)),
    ),
    (
        Column::new(
            "title",
            Holds::Text,
            ["Titel", "Title"],
            [
                "Vad som ska göras, med dokumentets ord.",
                "What is to be done, in the words of the document.",
            ],
        )
        .says(dcterms::TITLE)
        .language("sv"),
        |row| Ok(Cell::text(&row.activity.title, "sv")),
    ),
    (
        Column::new(
            "title_en",
            Holds::Text,
            ["Titel på engelska", "Title in English"],
            ["Titeln på engelska.", "The title in English."],
        )
        .says(dcterms::TITLE)
        .language("en"),
        |row| Ok(Cell::text(&row.activity.title, "en")),
    ),
    (
        Column::new(
            "alternative",
            Holds::Text,
            ["Andra ordalydelser", "Other wordings"],
            [
                "Andra ordalydelser i dokumentet, som i en ansvarstabell.",
                "Other wordings in the document, as in a table of responsibilities.",
            ],
        )
        .says(dcterms::ALTERNATIVE)
        .language("sv")
        .list(),
        |row| Ok(Cell::text(&row.activity.alternative, "sv")),
    ),
    (
        Column::new(
            "description",
            Holds::Text,
            ["Beskrivning", "Description"],
            [
                "Beskrivningen, med dokumentets ord.",
                "The description, in the words of the document.",
            ],
        )
        .says(dcterms::DESCRIPTION)
        .language("sv"),
        |row| Ok(Cell::text(&row.activity.description, "sv")),
    ),
    (
        Column::new(
            "period",
            Holds::Iri,
            ["Period", "Period"],
            [
                "Adressen till aktivitetens period.",
                "The address of the period of the activity.",
            ],
        )
        .says(dcterms::TEMPORAL),
        |row| {
            Ok(row.period().map_or_else(Cell::default, |(iri, layer, _)| {
                Cell::in_layer(iri, layer)
            }))
        },
    ),
    (
        Column::new(
            "start",
            Holds::Date,
            ["Första dag", "First day"],
            [
                "Periodens första dag; hur noga den är känd står i precision.",
                "The first day of the period; how precisely it is known stands in precision.",
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
                "Periodens sista dag; tom när slutet är öppet eller inte angivet.",
                "The last day of the period; empty where the end is open or not stated.",
            ],
        )
        .says(dcat::END_DATE)
        .of("period"),
        |row| Ok(row.of_period(|period| Cell::all(&period.end))),
    ),
    (
        Column::new(
            "precision",
            Holds::Precision,
            ["Precision", "Precision"],
            [
                "Hur noga dokumentet anger perioden.",
                "How precisely the document gives the period.",
            ],
        )
        .says(plan::PRECISION)
        .of("period"),
        |row| {
            Ok(row.of_period(|period| {
                Cell::map(&period.precision, |known| known.key().to_owned())
            }))
        },
    ),
    (
        Column::new(
            "period_text",
            Holds::Text,
            ["Period i dokumentet", "Period as written"],
            [
                "Perioden med dokumentets egna ord.",
                "The period in the document's own words.",
            ],
        )
        .says(plan::SOURCE_TEXT)
        .of("period")
        .language("sv"),
        |row| Ok(row.of_period(|period| Cell::text(&period.source_text, "sv"))),
    ),
    (
        Column::new(
            "status",
            Holds::Iri,
            ["Status", "Status"],
            [
                "Hur långt aktiviteten har kommit enligt planen. Tom när planen inte anger status alls; not-stated när statuskolumnen är tom.",
                "How far the activity has come, by the plan. Empty where the plan gives no status at all; not-stated where its status column is empty.",
            ],
        )
        .says(adms::STATUS),
        |row| Ok(status_of(row)),
    ),
    (
        Column::new(
            "status_label",
            Holds::Text,
            ["Status i ord", "Status in words, Swedish"],
            [
                "Vad statusen heter på svenska.",
                "What the status is called in Swedish.",
            ],
        ),
        |row| status_of(row).names(row.snapshot, skos::PREF_LABEL, "sv"),
    ),
    (
        Column::new(
            "status_label_en",
            Holds::Text,
            ["Status i ord, på engelska", "Status in words"],
            [
                "Vad statusen heter på engelska.",
                "What the status is called in English.",
            ],
        ),
        |row| status_of(row).names(row.snapshot, skos::PREF_LABEL, "en"),
    ),
    (
        Column::new(
            "status_text",
            Holds::Text,
            ["Statustext", "Status text"],
            [
                "Dokumentets eget ord för statusen.",
                "The document's own word for the status.",
            ],
        )
        .says(plan::STATUS_TEXT)
        .language("sv"),
        |row| Ok(Cell::text(&row.activity.status_text, "sv")),
    ),
    (
        Column::new(
            "responsible",
            Holds::Iri,
            ["Ansvariga", "Responsible"],
            [
                "Adresserna till de huvudansvariga och ansvariga; även varje medlem när en grupp ansvarar var och en för sig.",
                "The addresses of those who lead or are responsible; also each member where a group is responsible each for itself.",
            ],
        )
        .says(plan::RESPONSIBLE)
        .list(),
        |row| Ok(Cell::all(&row.activity.responsible)),
    ),
    (
        Column::new(
            "responsible_names",
            Holds::Text,
            ["Ansvariga, namn", "Responsible, names"],
            [
                "Namnen på de ansvariga, i samma ordning som adresserna.",
                "The names of those responsible, in the order of the addresses.",
            ],
        )
        .list(),
        |row| names(row, &Cell::all(&row.activity.responsible)),
    ),
    (
        Column::new(
            "supporting",
            Holds::Iri,
            ["Medverkande", "Supporting"],
            [
                "Adresserna till dem som samverkar eller stödjer.",
                "The addresses of those who collaborate or support.",
            ],
        )
        .says(plan::SUPPORTING)
        .list(),
        |row| Ok(Cell::all(&row.activity.supporting)),
    ),
    (
        Column::new(
            "supporting_names",
            Holds::Text,
            ["Medverkande, namn", "Supporting, names"],
            [
                "Namnen på de medverkande, i samma ordning som adresserna.",
                "The names of those supporting, in the order of the addresses.",
            ],
        )
        .list(),
        |row| names(row, &Cell::all(&row.activity.supporting)),
    ),
    (
        Column::new(
            "participants",
            Holds::Text,
            ["Deltagare", "Participants"],
            [
                "Vad var och en som deltar kallas i planen, till exempel en kolumn i dess ansvarstabell; i dokumentets ordning.",
                "What each who takes part is called in the plan, for instance a column of its table of responsibilities; in the order of the document.",
            ],
        )
        .list(),
        |row| Ok(row.of_participations(|taking_part| Cell::all(&taking_part.identifier))),
    ),
    (
        Column::new(
            "responsible_text",
            Holds::Text,
            ["Ansvar i dokumentet", "Responsibility as written"],
            [
                "Dokumentets egna ord för vars och ens deltagande, i samma ordning som deltagarna.",
                "The document's own words for the part of each, in the order of the participants.",
            ],
        )
        .list(),
        |row| Ok(row.of_participations(|taking_part| Cell::wording(&taking_part.source_text))),
    ),
    (
        Column::new(
            "contributes_to",
            Holds::Iri,
            ["Bidrar till", "Contributes to"],
            [
                "Adresserna till de mål som aktiviteten själv bidrar till.",
                "The addresses of the goals that the activity itself serves.",
            ],
        )
        .says(plan::CONTRIBUTES_TO)
        .list(),
        |row| Ok(Cell::all(&row.activity.contributes_to)),
    ),
    (
        Column::new(
            "contributes_to_labels",
            Holds::Text,
            ["Bidrar till, i ord", "Contributes to, in words"],
            [
                "Vad målen heter, i samma ordning som adresserna.",
                "What the goals are called, in the order of the addresses.",
            ],
        )
        .list(),
        |row| goals(row, &Cell::all(&row.activity.contributes_to)),
    ),
    (
        Column::new(
            "area_contributes_to",
            Holds::Iri,
            ["Fokusområdet bidrar till", "The focus area contributes to"],
            [
                "Adresserna till de mål som aktivitetens fokusområde bidrar till.",
                "The addresses of the goals that the focus area of the activity serves.",
            ],
        )
        .list(),
        |row| Ok(row.of_area(|area| Cell::all(&area.contributes_to))),
    ),
    (
        Column::new(
            "area_contributes_to_labels",
            Holds::Text,
            [
                "Fokusområdet bidrar till, i ord",
                "The focus area contributes to, in words",
            ],
            [
                "Vad de målen heter, i samma ordning som adresserna.",
                "What those goals are called, in the order of the addresses.",
            ],
        )
        .list(),
        |row| goals(row, &row.of_area(|area| Cell::all(&area.contributes_to))),
    ),
    (
        Column::new(
            "follow_ups",
            Holds::Iri,
            ["Uppföljningar", "Follow-ups"],
            [
                "Adresserna till vad som har rapporterats om aktiviteten, det äldsta först.",
                "The addresses of what has been reported of the activity, the oldest first.",
            ],
        )
        .list(),
        |row| {
            let all = row.follow_ups.iter();
            Ok(Cell::beside(all.map(|(iri, _, layer)| Cell::in_layer(iri, *layer))))
        },
    ),
    (
        Column::new(
            "follow_up_text",
            Holds::Text,
            ["Utfall", "What was reported"],
            [
                "Vad varje uppföljning säger, i samma ordning som adresserna.",
                "What each follow-up says, in the order of the addresses.",
            ],
        )
        .list(),
        |row| Ok(row.of_follow_ups(|follow_up| Cell::wording(&follow_up.description))),
    ),
    (
        Column::new(
            "follow_up_status",
            Holds::Iri,
            ["Status enligt uppföljningen", "Status by the follow-up"],
            [
                "Hur långt aktiviteten har kommit enligt varje uppföljning, i samma ordning som adresserna; tom plats när den inte säger det.",
                "How far the activity has come by each follow-up, in the order of the addresses; an empty place where it does not say.",
            ],
        )
        .list(),
        |row| {
            Ok(row.of_follow_ups(|follow_up| {
                Cell::map(&follow_up.status, |known| concept(known.key()))
            }))
        },
    ),
    (
        Column::new(
            "follow_up_status_text",
            Holds::Text,
            ["Uppföljningens statustext", "Status text of the follow-up"],
            [
                "Uppföljningens egna ord för statusen, i samma ordning som adresserna.",
                "The follow-up's own words for the status, in the order of the addresses.",
            ],
        )
        .list(),
        |row| Ok(row.of_follow_ups(|follow_up| Cell::wording(&follow_up.status_text))),
    ),
    (
        Column::new(
            "footnotes",
            Holds::Text,
            ["Fotnoter", "Footnotes"],
            [
                "Fotnoterna till aktiviteten, dess period och dem som deltar.",
                "The footnotes to the activity, to its period and to those who take part.",
            ],
        )
        .list(),
        |row| Ok(row.footnotes()),
    ),
    (
        Column::new(
            "source_lines",
            Holds::Text,
            ["Rader i källan", "Lines of the source"],
            [
                "Var aktiviteten står i källdokumentets text: L12 eller L12-L15, räknat från 1.",
                "Where the activity stands in the text of the source document: L12 or L12-L15, counted from 1.",
            ],
        )
        .says(plan::SOURCE_RANGE)
        .list(),
        |row| Ok(Cell::all(&row.activity.source_range)),
    ),
    (
        Column::new(
            "continues",
            Holds::Iri,
            ["Fortsätter", "Continues"],
            [
                "Adressen till den aktivitet i en tidigare plan som aktiviteten fortsätter.",
                "The address of the activity of an earlier plan that the activity continues.",
            ],
        )
        .says(prov::WAS_REVISION_OF)
        .list(),
        |row| Ok(Cell::all(&row.activity.revision_of)),
    ),
    (
        Column::new(
            "derived_from",
            Holds::Iri,
            ["Delad eller sammanslagen ur", "Split or merged from"],
            [
                "Adresserna till de aktiviteter i en tidigare plan som aktiviteten är delad eller sammanslagen ur.",
                "The addresses of the activities of an earlier plan that the activity was split or merged from.",
            ],
        )
        .says(prov::WAS_DERIVED_FROM)
        .list(),
        |row| Ok(Cell::all(&row.activity.derived_from)),
    ),
];

/// The last part of an address.
fn last(iri: &str) -> &str {
    iri.rsplit('/').next().unwrap_or(iri)
}

fn concept(key: &str) -> String {
    format!("{}{key}", status::NS)
}

fn status_of(row: &Row<'_>) -> Cell {
    Cell::map(&row.activity.status, |known| concept(known.key()))
}

fn names(row: &Row<'_>, agents: &Cell) -> Result<Cell, Error> {
    agents.names(row.snapshot, foaf::NAME, "sv")
}

fn goals(row: &Row<'_>, goals: &Cell) -> Result<Cell, Error> {
    goals.names(row.snapshot, skos::PREF_LABEL, "sv")
}
