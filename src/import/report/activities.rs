//! What was read of each activity, for the person who reviews it: as a table and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::model::{
    Activity, Date, FollowUp, Iri, Linked, Participation, Period, Plan, Text, Values,
};

/// Gives the name of an organisation.
pub type Name<'a> = &'a dyn Fn(&Iri) -> Option<String>;

/// How many characters the columns of the table have: activity, when, status, who.
const WIDTHS: [usize; 4] = [52, 22, 16, 34];

/// The activities of a plan in the order of the document, those under another after it.
fn in_order(plan: &Plan) -> Vec<(&Iri, &Activity, bool)> {
    let line = |activity: &Activity| activity.source_range.iter().map(|range| range.first).min();
    let mut tops: Vec<(&Iri, &Activity)> = plan
        .activities
        .iter()
        .filter(|(_, activity)| activity.sub_activity_of.is_empty())
        .collect();
    let place =
        |(_, activity): &(&Iri, &Activity)| (line(activity), activity.position.first().copied());
    tops.sort_by_key(place);
    let mut all = Vec::new();
    for (iri, activity) in tops {
        all.push((iri, activity, false));
        let under = plan
            .activities
            .iter()
            .filter(|(_, other)| other.sub_activity_of.iter().any(|of| of == iri));
        let mut under: Vec<(&Iri, &Activity)> = under.collect();
        under.sort_by_key(|(_, activity)| activity.position.first().copied());
        all.extend(
            under
                .into_iter()
                .map(|(iri, activity)| (iri, activity, true)),
        );
    }
    all
}

/// The table of a plan's activities: the line of the source text, what, when, how far, who. A
/// cell that is too long is cut; what is not known is empty.
pub(super) fn table(plan: &Plan, name: Name<'_>) -> String {
    let mut out = String::new();
    let activities = in_order(plan);
    if activities.is_empty() {
        return out;
    }
    let row = |line: &str, cells: [&str; 4]| {
        let mut row = format!("{line:>6}");
        for (cell, width) in cells.into_iter().zip(WIDTHS) {
            let _ = write!(row, "  {:<width$}", cut(cell, width));
        }
        row.trim_end().to_owned()
    };
    let _ = writeln!(
        out,
        "{}",
        row("line", ["activity", "when", "status", "who"])
    );
    for (_, activity, under) in activities {
        let title = text(&activity.title);
        let title = if under { format!("└ {title}") } else { title };
        let line = activity.source_range.iter().map(|range| range.first).min();
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        let when = activity.temporal.values().next();
        let when = when
            .map(|linked| text(&linked.node.source_text))
            .unwrap_or_default();
        let status = activity.status.first().map_or("", |status| status.key());
        let who: Vec<String> = parties(activity)
            .filter_map(|part| part.participant.first().and_then(name))
            .collect();
        let who = who.join("; ");
        let _ = writeln!(out, "{}", row(&line, [&title, &when, status, &who]));
    }
    out
}

/// Words on one line, cut at a width with an ellipsis.
fn cut(words: &str, width: usize) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= width {
        return words;
    }
    let start: String = words.chars().take(width - 1).collect();
    format!("{}…", start.trim_end())
}

/// The activities as JSON: `id`, `lines` of the source text, `title`, `description`, `area`,
/// `partOf`, `period` (`start`, `end`, `text`), `status` (`key`, `text`), `participants` (`role`,
/// `organisation`, `name`, `text`), `outcomes` (`text`, `status`). What is not known is null.
pub(super) fn json(plan: &Plan, name: Name<'_>) -> Value {
    let activities = in_order(plan).into_iter().map(|(iri, activity, _)| {
        let area = activity.focus_area.first().and_then(|area| plan.areas.get(area));
        let area = area.map(|area| text(&area.label));
        let outcomes = plan
            .follow_ups
            .values()
            .filter(|follow_up| follow_up.follow_up_of.iter().any(|of| of == iri));
        json!({
            "id": iri.as_str(),
            "lines": strings(activity.source_range.iter()),
            "title": text(&activity.title),
            "description": some(&activity.description),
            "area": area,
            "partOf": activity.sub_activity_of.first().map(Iri::as_str),
            "period": activity.temporal.values().next().map(|linked| period(&linked.node)),
            "status": {
                "key": activity.status.first().map(|status| status.key()),
                "text": some(&activity.status_text),
            },
            "participants": parties(activity).map(|part| participant(part, name)).collect::<Vec<_>>(),
            "outcomes": outcomes.map(outcome).collect::<Vec<_>>(),
        })
    });
    activities.collect()
}

/// The participations in the order of the document.
fn parties(activity: &Activity) -> impl Iterator<Item = &Participation> {
    let mut parts: Vec<&Linked<Participation>> = activity.participation.values().collect();
    parts.sort_by_key(|part| part.node.position.first().copied());
    parts.into_iter().map(|part| &*part.node)
}

pub(super) fn period(period: &Period) -> Value {
    let day = |days: &Values<Date>| days.first().map(ToString::to_string);
    json!({
        "start": day(&period.start),
        "end": day(&period.end),
        "text": some(&period.source_text),
    })
}

fn participant(part: &Participation, name: Name<'_>) -> Value {
    let organisation = part.participant.first();
    json!({
        "role": part.role.first().map(|role| role.key()),
        "organisation": organisation.map(Iri::as_str),
        "name": organisation.and_then(name),
        "text": some(&part.source_text),
    })
}

fn outcome(follow_up: &FollowUp) -> Value {
    json!({
        "text": some(&follow_up.description),
        "status": follow_up.status.first().map(|status| status.key()),
    })
}

fn strings<T: ToString>(values: impl Iterator<Item = T>) -> Vec<String> {
    values.map(|value| value.to_string()).collect()
}

/// The text of the plan's own language, where there is one.
pub(super) fn some(values: &Values<Text>) -> Option<String> {
    values.first().map(|text| text.text.clone())
}

fn text(values: &Values<Text>) -> String {
    some(values).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Layer;

    fn plan() -> Plan {
        let iri = |key: &str| Iri::parse(format!("http://x/plan/p/activity/{key}")).unwrap();
        let mut plan = Plan::default();
        for (key, title, line, of) in [
            ("a", "Andra", 9, None),
            (
                "b",
                "Första med en titel som är så lång att den inte får plats i sin kolumn",
                3,
                None,
            ),
            ("c", "Del", 4, Some("b")),
        ] {
            let mut activity = Activity::default();
            activity.title.insert(Text::sv(title), Layer::Stated);
            let range = crate::model::LineRange {
                first: line,
                last: line,
            };
            activity.source_range.insert(range, Layer::Stated);
            if let Some(of) = of {
                activity.sub_activity_of.insert(iri(of), Layer::Stated);
            }
            plan.activities.insert(iri(key), activity);
        }
        plan
    }

    #[test]
    fn activities_stand_in_the_order_of_the_document() {
        let table = table(&plan(), &|_| None);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 4, "{table}");
        assert!(
            lines[1].starts_with("     3  Första med") && lines[1].ends_with('…'),
            "{table}"
        );
        assert_eq!(lines[2], "     4  └ Del");
        assert_eq!(lines[3], "     9  Andra");
    }

    #[test]
    fn json_says_what_is_not_known() {
        let json = json(&plan(), &|_| None);
        assert_eq!(json[2]["title"], "Andra");
        assert_eq!(json[1]["partOf"], "http://x/plan/p/activity/b");
        assert_eq!(json[0]["period"], Value::Null);
        assert_eq!(json[0]["status"]["key"], Value::Null);
    }
}
