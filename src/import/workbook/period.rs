//! The period of an activity, whose cells make sense only together.

use std::collections::BTreeMap;

use super::columns::Column;
use super::edit;
use super::remarks::Why;
use super::show;
use crate::model::{
    Activity, Date, Iri, Layer, Layers, LineRange, Linked, Period, Precision, Text, Values,
};

/// Changes the period of an activity to what the changed cells say, and gives the cells that
/// cannot hold, which stay as they were.
///
/// Without dates and wording, the period goes; without one before, it becomes
/// `{activity}/period`: on the lines of the activity where its words are given, else as what
/// people added, with these notes.
pub(super) fn change(
    iri: &Iri,
    activity: &mut Activity,
    changes: &BTreeMap<Column, String>,
    layer: Layer,
    notes: &[Text],
) -> Vec<(Column, Why)> {
    let mut wrong = Vec::new();
    let mut day = |column| match changes.get(&column).map(String::as_str) {
        None => None,
        Some("") => Some(None),
        Some(text) => {
            let day = Date::parse(text);
            if day.is_none() {
                wrong.push((column, Why::no_date()));
            }
            day.map(Some)
        }
    };
    let (from, to) = (day(Column::From), day(Column::To));
    let wording = changes.get(&Column::PeriodWording);
    if from.is_none() && to.is_none() && wording.is_none() {
        return wrong;
    }
    let there = show::period(&activity.temporal).map(|(iri, node)| (iri.clone(), node.clone()));
    let before = there.as_ref().map(|(_, node)| node);
    let start = from.unwrap_or(before.and_then(|node| node.start.first().copied()));
    let end = to.unwrap_or(before.and_then(|node| node.end.first().copied()));
    let no_words = wording.map_or_else(
        || before.is_none_or(|node| node.source_text.first().is_none()),
        String::is_empty,
    );
    let Some(start) = start else {
        match there {
            Some((iri, _)) if end.is_none() && no_words => {
                activity.temporal.remove(&iri);
            }
            _ => wrong.extend(all_of(changes, Why::no_start)),
        }
        return wrong;
    };
    if end.is_some_and(|end| end < start) {
        wrong.extend(all_of(changes, Why::backwards));
        return wrong;
    }
    let key = there.map(|(iri, _)| iri);
    let key = key.or_else(|| Iri::parse(format!("{iri}/period")));
    let Some(key) = key else { return wrong };
    let quoted = !no_words && activity.source_range.first().is_some();
    let ranges = quoted.then(|| activity.source_range.clone());
    let linked = activity
        .temporal
        .entry(key)
        .or_insert_with(|| match ranges {
            Some(ranges) => on_lines(layer, ranges),
            None => added(notes),
        });
    let node = &mut linked.node;
    let layer = node.declared.first().copied().unwrap_or(layer);
    if from.is_some() {
        edit::value(&mut node.start, Some(start), layer);
    }
    if to.is_some() {
        edit::value(&mut node.end, end, layer);
    }
    if wording.is_some_and(|words| !words.is_empty()) && node.source_range.first().is_none() {
        wrong.push((Column::PeriodWording, Why::no_lines()));
    } else if let Some(wording) = wording {
        edit::text(&mut node.source_text, wording, layer);
    }
    let fits_still = node
        .precision
        .first()
        .is_some_and(|precision| fits(*precision, start, end));
    if !fits_still {
        edit::value(&mut node.precision, Some(coarsest(start, end)), layer);
    }
    wrong
}

/// A period whose words stand on these lines.
fn on_lines(layer: Layer, source_range: Values<LineRange>) -> Linked<Period> {
    Linked {
        link: Layers::from([layer]),
        node: Box::new(Period {
            declared: Layers::from([layer]),
            source_range,
            ..Period::default()
        }),
    }
}

/// A period that stands in no document.
fn added(notes: &[Text]) -> Linked<Period> {
    const LAYER: Layer = Layer::Editorial;
    let notes = notes.iter().map(|note| (note.clone(), LAYER));
    Linked {
        link: Layers::from([LAYER]),
        node: Box::new(Period {
            declared: Layers::from([LAYER]),
            editorial_note: notes.collect(),
            ..Period::default()
        }),
    }
}

/// The changed cells of the period, which are left together: none of them holds without the
/// others.
fn all_of(changes: &BTreeMap<Column, String>, why: fn() -> Why) -> Vec<(Column, Why)> {
    [Column::From, Column::To, Column::PeriodWording]
        .into_iter()
        .filter(|column| changes.contains_key(column))
        .map(|column| (column, why()))
        .collect()
}

/// The coarsest precision of which the dates are whole.
fn coarsest(start: Date, end: Option<Date>) -> Precision {
    [Precision::Year, Precision::Month]
        .into_iter()
        .find(|precision| fits(*precision, start, end))
        .unwrap_or(Precision::Day)
}

/// Whether a period with these ends can be given with that precision.
fn fits(precision: Precision, start: Date, end: Option<Date>) -> bool {
    let starts: &[&str] = match precision {
        Precision::Year => &["01"],
        Precision::HalfYear => &["01", "07"],
        Precision::Quarter => &["01", "04", "07", "10"],
        Precision::Season | Precision::Month => &[],
        Precision::Day => return true,
    };
    let ends: &[&str] = match precision {
        Precision::Year => &["12"],
        Precision::HalfYear => &["06", "12"],
        Precision::Quarter => &["03", "06", "09", "12"],
        _ => &[],
    };
    let within =
        |months: &[&str], day: Date| months.is_empty() || months.contains(&parts(day).1.as_str());
    let first = parts(start).2 == "01" && within(starts, start);
    first && end.is_none_or(|end| is_last_of_month(end) && within(ends, end))
}

/// Year, month and day as they are written.
fn parts(day: Date) -> (String, String, String) {
    let text = day.to_string();
    let mut parts = text.split('-').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    (next(), next(), next())
}

fn is_last_of_month(day: Date) -> bool {
    let (year, month, number) = parts(day);
    let next = number.parse().unwrap_or(0_u8) + 1;
    Date::parse(&format!("{year}-{month}-{next:02}")).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_precision_is_as_coarse_as_the_days_allow() {
        for (start, end, precision) in [
            ("2020-01-01", Some("2021-12-31"), Precision::Year),
            ("2020-01-01", None, Precision::Year),
            ("2020-02-01", Some("2020-02-29"), Precision::Month),
            ("2020-02-01", Some("2020-02-28"), Precision::Day),
        ] {
            let (start, end) = (Date::parse(start).unwrap(), end.and_then(Date::parse));
            assert_eq!(coarsest(start, end), precision);
        }
        let half = Date::parse("2020-06-30");
        assert!(fits(
            Precision::HalfYear,
            Date::parse("2020-01-01").unwrap(),
            half
        ));
    }
}
