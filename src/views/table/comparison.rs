//! A comparison as a table: a row for each activity that serves a goal, and one for each goal and
//! plan where none does, which says what is known of that.

use super::Error;
use super::cell::Cell;
use super::column::{Column, Columns, Holds};
use crate::compare::{ActivityFacts, Comparison, Link, PlanFacts, Progress, Row as Line};
use crate::model::{Iri, ReferenceData, Status, Text};
use crate::store::Snapshot;
use crate::views::comparison::{Made, short};
use crate::vocab::{dcterms, plan};

/// What a row is about: a goal, a plan, and what the plan does towards it.
pub(super) struct Row {
    iri: String,
    goal: Iri,
    goal_names: Vec<Text>,
    plan: Iri,
    plan_titles: Vec<Text>,
    revision: String,
    answer: &'static str,
    activity: Option<ActivityFacts>,
    links: Vec<Link>,
    names: Vec<Option<String>>,
}

/// The rows of a comparison.
///
/// # Errors
/// Where the store fails.
pub(super) fn rows(snapshot: &Snapshot, made: &Made) -> Result<Vec<Row>, Error> {
    let comparison = made.comparison()?;
    let set = snapshot.base().node(&made.cited(snapshot).address());
    let mut rows = Vec::new();
    for line in &comparison.rows {
        for (column, (id, facts, revision)) in made.plans.iter().enumerate() {
            let key = format!("{}#{}.{id}", set.as_str(), line.goal.key);
            let one = |iri: String, activity: Option<&ActivityFacts>, links: Vec<Link>| Row {
                iri,
                goal: line.goal.iri.clone(),
                goal_names: line.goal.names.clone(),
                plan: facts.iri.clone(),
                plan_titles: facts.titles.clone(),
                revision: short(revision).to_owned(),
                answer: comparison.answer(line, column).key(),
                names: activity
                    .map(|one| names(one, &made.reference))
                    .unwrap_or_default(),
                activity: activity.cloned(),
                links,
            };
            let Some(cell) = line.cells.get(column) else {
                continue;
            };
            if cell.activities.is_empty() {
                rows.push(one(key.clone(), None, whole(&comparison, line, facts)));
            }
            for place in &cell.activities {
                if let Some(activity) = facts.activities.get(*place) {
                    let last = activity.iri.last();
                    let parts = facts.parts(*place).flat_map(|(_, part)| &part.links);
                    let links = under(&comparison, line, parts);
                    rows.push(one(format!("{key}.{last}"), Some(activity), links));
                }
            }
        }
    }
    Ok(rows)
}

/// The links with a goal, or a goal under it.
fn under<'a>(
    comparison: &Comparison<'_>,
    line: &Line<'_>,
    links: impl Iterator<Item = &'a Link>,
) -> Vec<Link> {
    links
        .filter(|link| comparison.is_under(&link.goal, &line.goal.iri))
        .cloned()
        .collect()
}

/// The links of what serves a goal as a whole: the plan, its areas.
fn whole(comparison: &Comparison<'_>, line: &Line<'_>, facts: &PlanFacts) -> Vec<Link> {
    let links = facts.links.iter().chain(facts.areas.values().flatten());
    under(comparison, line, links)
}

fn names(activity: &ActivityFacts, reference: &ReferenceData) -> Vec<Option<String>> {
    let agents = activity.responsible.iter();
    let name = |iri: &Iri| {
        let names = &reference.agents.get(iri)?.names;
        let swedish = names.iter().find(|name| name.language == "sv");
        swedish.or(names.first()).map(|name| name.text.clone())
    };
    agents.map(name).collect()
}

impl Row {
    fn of_activity(&self, cell: impl Fn(&ActivityFacts) -> Cell) -> Cell {
        self.activity.as_ref().map(cell).unwrap_or_default()
    }

    fn of_links(&self, value: impl Fn(&Link) -> Option<String>) -> Cell {
        let cells = self.links.iter().map(|link| match value(link) {
            Some(value) => Cell::in_layer(value, link.layer),
            None => Cell::default(),
        });
        Cell::beside(cells)
    }
}

fn text(texts: &[Text], language: &str) -> Cell {
    let found = texts.iter().find(|text| text.language == language);
    found.map(|text| Cell::one(&text.text)).unwrap_or_default()
}

fn wording(texts: &[Text]) -> Cell {
    let swedish = texts.iter().find(|text| text.language == "sv");
    let found = swedish.or(texts.first());
    found.map(|text| Cell::one(&text.text)).unwrap_or_default()
}

/// What fills a cell of a row.
type Fill = fn(&Row) -> Result<Cell, Error>;

/// The columns, in their order.
pub(super) const COLUMNS: Columns<Fill> = &[
    (
        Column::new(
            "iri",
            Holds::Iri,
            ["Adress", "Address"],
            ["Radens adress i jämförelsen.", "The address of the row in the comparison."],
        )
        .required(),
        |row| Ok(Cell::one(&row.iri)),
    ),
    (
        Column::new(
            "goal",
            Holds::Iri,
            ["Mål", "Goal"],
            ["Målet.", "The goal."],
        )
        .says(plan::OBSERVED_GOAL)
        .required(),
        |row| Ok(Cell::one(&row.goal)),
    ),
    (
        Column::new(
            "goal_name",
            Holds::Text,
            ["Målets namn", "Name of the goal"],
            ["Målets namn på svenska.", "The name of the goal in Swedish."],
        ),
        |row| Ok(text(&row.goal_names, "sv")),
    ),
    (
        Column::new(
            "goal_name_en",
            Holds::Text,
            ["Målets namn på engelska", "Name of the goal in English"],
            ["Målets namn på engelska.", "The name of the goal in English."],
        ),
        |row| Ok(text(&row.goal_names, "en")),
    ),
    (
        Column::new("plan", Holds::Iri, ["Plan", "Plan"], ["Planen.", "The plan."])
            .says(plan::OBSERVED_PLAN)
            .required(),
        |row| Ok(Cell::one(&row.plan)),
    ),
    (
        Column::new(
            "plan_title",
            Holds::Text,
            ["Planens titel", "Title of the plan"],
            ["Planens titel.", "The title of the plan."],
        ),
        |row| Ok(wording(&row.plan_titles)),
    ),
    (
        Column::new(
            "revision",
            Holds::Text,
            ["Planens revision", "Revision of the plan"],
            [
                "De första tolv siffrorna i den revision av planen som jämförelsen bygger på (SHA-256 över RDFC-1.0).",
                "The first twelve digits of the revision of the plan that the comparison rests on (SHA-256 over RDFC-1.0).",
            ],
        )
        .required(),
        |row| Ok(Cell::one(&row.revision)),
    ),
    (
        Column::new(
            "answer",
            Holds::Text,
            ["Vad som är känt", "What is known"],
            [
                "Vad som är känt av om planen bidrar till målet: served (bidrar), not-served (alla aktiviteter är granskade och ingen bidrar), partly-reviewed (ingen av de granskade bidrar), not-reviewed (inga är granskade), no-activities (inga aktiviteter i urvalet).",
                "What is known of whether the plan serves the goal: served, not-served (all activities have been reviewed and none does), partly-reviewed (none of those reviewed does), not-reviewed (none has been), no-activities (no activity is selected).",
            ],
        )
        .required(),
        |row| Ok(Cell::one(row.answer)),
    ),
    (
        Column::new(
            "activity",
            Holds::Iri,
            ["Aktivitet", "Activity"],
            [
                "Aktiviteten som bidrar till målet, själv eller genom en delaktivitet. Tom där ingen gör det.",
                "The activity that serves the goal, by itself or by a sub-activity. Empty where none does.",
            ],
        ),
        |row| Ok(row.of_activity(|one| Cell::one(&one.iri))),
    ),
    (
        Column::new(
            "title",
            Holds::Text,
            ["Titel", "Title"],
            ["Aktivitetens titel.", "The title of the activity."],
        )
        .says(dcterms::TITLE)
        .of("activity"),
        |row| Ok(row.of_activity(|one| wording(&one.titles))),
    ),
    (
        Column::new(
            "status",
            Holds::Text,
            ["Status", "Status"],
            [
                "Aktivitetens status i den gemensamma skalan, enligt senaste uppföljning eller annars planen: nyckeln i /status. Tom där den inte är känd.",
                "The status of the activity in the common scheme, by the latest follow-up or else the plan: the key in /status. Empty where it is not known.",
            ],
        )
        .of("activity"),
        |row| {
            Ok(row.of_activity(|one| match &one.progress {
                Progress::Known { status, layer, .. } => Cell::in_layer(status.key(), *layer),
                Progress::NoStatuses | Progress::NotReported => Cell::default(),
            }))
        },
    ),
    (
        Column::new(
            "status_known",
            Holds::Text,
            ["Om statusen är känd", "Whether the status is known"],
            [
                "known (känd), not-stated (cellen är tom), not-reported (planen anger status för andra aktiviteter), no-statuses (planen anger ingen status alls).",
                "known, not-stated (the cell is empty), not-reported (the plan gives other activities a status), no-statuses (the plan gives no status at all).",
            ],
        ),
        |row| {
            Ok(row.of_activity(|one| {
                Cell::one(match &one.progress {
                    Progress::Known {
                        status: Status::NotStated,
                        ..
                    } => "not-stated",
                    Progress::Known { .. } => "known",
                    Progress::NotReported => "not-reported",
                    Progress::NoStatuses => "no-statuses",
                })
            }))
        },
    ),
    (
        Column::new(
            "status_text",
            Holds::Text,
            ["Dokumentets ord", "Word of the document"],
            ["Dokumentets eget ord för statusen.", "The document's own word for the status."],
        )
        .says(plan::STATUS_TEXT)
        .of("activity"),
        |row| {
            Ok(row.of_activity(|one| match &one.progress {
                Progress::Known {
                    word: Some(word),
                    layer,
                    ..
                } => Cell::in_layer(&word.text, *layer),
                _ => Cell::default(),
            }))
        },
    ),
    (
        Column::new(
            "responsible",
            Holds::Iri,
            ["Ansvariga", "Responsible"],
            ["De som ansvarar för aktiviteten.", "Those responsible for the activity."],
        )
        .says(plan::RESPONSIBLE)
        .of("activity")
        .list(),
        |row| Ok(row.of_activity(|one| Cell::list(one.responsible.iter().map(Iri::to_string)))),
    ),
    (
        Column::new(
            "responsible_names",
            Holds::Text,
            ["Ansvarigas namn", "Names of those responsible"],
            [
                "Namnen på dem i kolumnen responsible, i samma ordning.",
                "The names of those in the column responsible, in the same order.",
            ],
        )
        .list(),
        |row| {
            let cells = row.names.iter();
            Ok(Cell::beside(cells.map(|name| {
                name.as_ref().map(Cell::one).unwrap_or_default()
            })))
        },
    ),
    (
        Column::new(
            "start",
            Holds::Date,
            ["Första dag", "First day"],
            ["Aktivitetens första dag.", "The first day of the activity."],
        ),
        |row| Ok(row.of_activity(|one| one.span.and_then(|span| span.start).map(Cell::one).unwrap_or_default())),
    ),
    (
        Column::new(
            "end",
            Holds::Date,
            ["Sista dag", "Last day"],
            [
                "Aktivitetens sista dag; tom för ett öppet slut.",
                "The last day of the activity; empty for an open end.",
            ],
        ),
        |row| Ok(row.of_activity(|one| one.span.and_then(|span| span.end).map(Cell::one).unwrap_or_default())),
    ),
    (
        Column::new(
            "outcome",
            Holds::Text,
            ["Utfall", "Outcome"],
            [
                "Vad uppföljningar säger om aktiviteten, den tidigaste först.",
                "What follow-ups say of the activity, the earliest first.",
            ],
        )
        .list(),
        |row| {
            Ok(row.of_activity(|one| {
                let outcomes = one.outcomes.iter();
                Cell::beside(outcomes.map(|outcome| wording(&outcome.texts)))
            }))
        },
    ),
    (
        Column::new(
            "alignment",
            Holds::Iri,
            ["Målkoppling", "Alignment"],
            [
                "Målkopplingarna som säger att aktiviteten, eller där ingen finns planen eller ett område, bidrar.",
                "The alignments that say that the activity, or where there is none the plan or an area, serves the goal.",
            ],
        )
        .list(),
        |row| Ok(row.of_links(|link| link.alignment.as_ref().map(Iri::to_string))),
    ),
    (
        Column::new(
            "asserted_by",
            Holds::Iri,
            ["Enligt", "According to"],
            [
                "Vem som säger det, i samma ordning.",
                "Who says so, in the same order.",
            ],
        )
        .list(),
        |row| Ok(row.of_links(|link| link.author.as_ref().map(Iri::to_string))),
    ),
    (
        Column::new(
            "words",
            Holds::Text,
            ["Ord", "Words"],
            [
                "De första av de ord i dokumentet som varje koppling vilar på, i samma ordning.",
                "The first of the words of the document that each alignment rests on, in the same order.",
            ],
        )
        .list(),
        |row| Ok(row.of_links(|link| Some(link.words.first()?.text.clone()))),
    ),
    (
        Column::new(
            "confidence",
            Holds::Text,
            ["Säkerhet", "Confidence"],
            [
                "Hur säker den som säger det var, från 0 till 1, i samma ordning.",
                "How sure who says so was, from 0 to 1, in the same order.",
            ],
        )
        .list(),
        |row| Ok(row.of_links(|link| Some(link.confidence.as_ref()?.as_str().to_owned()))),
    ),
];
