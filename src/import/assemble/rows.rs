//! Rows of grids as activities.

use super::draft::{Activity, Area, Draft};
use super::likeness::{self, likeness};
use crate::import::document::{Block, Cell, Passage, Table};
use crate::import::outline::point;
use crate::import::table::title::title_and_description;
use crate::import::table::{Column, Grid, GridRow};
use crate::import::value::status;
use crate::model::Role;

/// How alike a row of a matrix and a measure must at least be to be paired.
const LEAST: f64 = 0.25;

/// The rows of a grid as activities, groups left out.
pub(super) fn activities(grid: &Grid) -> Vec<Activity> {
    grid.rows
        .iter()
        .filter_map(|row| match row {
            GridRow::Cells(cells) => activity(grid, cells),
            GridRow::Group(_) => None,
        })
        .collect()
}

/// Takes the rows of a grid into the draft: under the areas that its groups and its column of
/// areas name, else under `own`.
pub(super) fn under(grid: &Grid, own: Option<usize>, draft: &mut Draft) {
    let mut area = own;
    for row in &grid.rows {
        match row {
            GridRow::Group(words) => area = Some(area_named(words, draft)),
            GridRow::Cells(cells) => {
                let Some(mut activity) = activity(grid, cells) else {
                    continue;
                };
                if let Some(part) = part(grid, cells) {
                    if cells[activity_column(grid)].is_empty() {
                        under_last(part, draft);
                        continue;
                    }
                    activity = Activity {
                        title: cells[activity_column(grid)].text(),
                        children: vec![part],
                        ..Activity::default()
                    };
                }
                if let Some(parent) = numbered_parent(&activity, draft) {
                    parent.children.push(activity);
                    continue;
                }
                let column = grid.columns.iter().position(|c| *c == Column::Area);
                let named = column
                    .map(|at| cells[at].text())
                    .filter(|words| !words.is_empty());
                if let Some(words) = named {
                    // An empty cell below means the same area.
                    area = Some(area_named(&words, draft));
                }
                activity.area = area;
                draft.activities.push(activity);
            }
        }
    }
}

fn activity_column(grid: &Grid) -> usize {
    let at = grid.columns.iter().position(|c| *c == Column::Activity);
    at.unwrap_or(0)
}

/// The part of an activity that a row is about, where a column of parts names one.
fn part(grid: &Grid, cells: &[Cell]) -> Option<Activity> {
    let at = grid
        .columns
        .iter()
        .position(|c| *c == Column::SubActivity)?;
    if cells.get(at)?.is_empty() {
        return None;
    }
    let mut own = cells.to_vec();
    own[activity_column(grid)] = cells[at].clone();
    activity(grid, &own)
}

/// Puts a part under the last activity.
fn under_last(part: Activity, draft: &mut Draft) {
    match draft.activities.last_mut() {
        Some(parent) => parent.children.push(part),
        None => draft.activities.push(part),
    }
}

/// The activity that the number of another says it is part of: 2 for 2.1.
fn numbered_parent<'d>(activity: &Activity, draft: &'d mut Draft) -> Option<&'d mut Activity> {
    let (parent, _) = activity.number.as_ref()?.rsplit_once('.')?;
    draft
        .activities
        .last_mut()
        .filter(|last| last.number.as_deref() == Some(parent))
}

/// The area with these words, made where there is none.
fn area_named(words: &Passage, draft: &mut Draft) -> usize {
    let (number, label) = numbered(words);
    let known = draft
        .areas
        .iter()
        .position(|area| area.label.text == label.text);
    known.unwrap_or_else(|| {
        draft.areas.push(Area {
            number,
            label,
            ..Area::default()
        });
        draft.areas.len() - 1
    })
}

/// "1. Words" as number and words.
fn numbered(words: &Passage) -> (Option<String>, Passage) {
    let end = words
        .text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(0);
    let number = words.text[..end].trim_end_matches('.');
    let rest = words.text[end..].trim_start();
    if number.is_empty() || rest.is_empty() {
        return (None, words.clone());
    }
    let label = Passage {
        text: rest.to_owned(),
        lines: words.lines.clone(),
        ..Passage::default()
    };
    (Some(number.to_owned()), label)
}

/// One row; `None` where it names no activity.
fn activity(grid: &Grid, cells: &[Cell]) -> Option<Activity> {
    let mut activity = Activity::default();
    for ((column, heading), cell) in grid.columns.iter().zip(&grid.headings).zip(cells) {
        put(&mut activity, column, heading, cell);
    }
    if activity.title.is_empty()
        && let Some(at) = grid.columns.iter().position(|c| *c == Column::SubActivity)
    {
        activity.title = cells[at].text();
    }
    status_of_points(&mut activity);
    activity.part_status();
    (!activity.title.is_empty()).then_some(activity)
}

/// A row of a matrix may repeat the bullet of its measure.
fn without_bullet(mut words: Passage) -> Passage {
    if let Some((_, None, rest)) = point(&words.text) {
        words.text = rest.to_owned();
    }
    words
}

/// The words before a list may say how far its points have come ("Among others ongoing").
fn status_of_points(activity: &mut Activity) {
    let Some(word) = activity.description.text.split_whitespace().next_back() else {
        return;
    };
    let last = activity.description.lines.last().copied();
    if word.ends_with(char::is_alphabetic) && status::read(word).is_some() {
        for child in &mut activity.children {
            child.announced = last.map(|line| Passage::new(line, word));
        }
    }
}

fn put(activity: &mut Activity, column: &Column, heading: &Passage, cell: &Cell) {
    let text = cell.text();
    if *column == Column::Number {
        let number = text.text.trim_end_matches('.');
        activity.number = Some(number.to_owned()).filter(|number| !number.is_empty());
        return;
    }
    match column {
        Column::Activity if activity.title.is_empty() => {
            let (title, rest) = title_and_description(cell);
            activity.title = title;
            for block in rest {
                match block {
                    Block::Item(item) => activity.children.push(Activity {
                        title: item.text,
                        ..Activity::default()
                    }),
                    Block::Paragraph(passage) => activity.description.append("\n\n", passage),
                    _ => {}
                }
            }
        }
        Column::Status => activity.status = Some(text),
        _ if text.is_empty() => {}
        Column::Activity | Column::Description => activity.description.append("\n\n", text),
        Column::Period => activity.period = text,
        Column::Start => activity.start = text,
        Column::End => activity.end = text,
        Column::Responsible => activity.parties.push((Role::Responsible, text)),
        Column::Lead => activity.parties.push((Role::Lead, text)),
        Column::Supporting => activity.parties.push((Role::Supporting, text)),
        Column::Funder => activity.parties.push((Role::Funder, text)),
        Column::Outcome if activity.outcome.is_empty() => activity.outcome = text,
        Column::Outcome => activity.outcome.append("\n\n", text),
        Column::Actor => activity.marks.push((heading.clone(), text)),
        Column::Goal | Column::Indicator | Column::Comment | Column::Other => {
            let mut named = Passage {
                text: format!("{}: ", heading.text),
                ..Passage::default()
            };
            named.append("", text);
            activity.description.append("\n\n", named);
        }
        Column::Number | Column::Area | Column::SubActivity => {}
    }
}

/// Matches the rows of a matrix to the measures of the draft, by order and likeness; rows that
/// match none become activities.
pub(super) fn matrix(grid: &Grid, _: &Table, draft: &mut Draft) {
    if draft.activities.is_empty() {
        under(grid, None, draft);
        return;
    }
    let mut groups: Vec<(Option<&Passage>, Vec<Activity>)> = vec![(None, Vec::new())];
    for row in &grid.rows {
        match row {
            GridRow::Group(words) => groups.push((Some(words), Vec::new())),
            GridRow::Cells(cells) => {
                if let (Some(activity), Some(group)) = (activity(grid, cells), groups.last_mut()) {
                    group.1.push(activity);
                }
            }
        }
    }
    for (words, rows) in groups {
        let area = words.map(|words| same_area(words, draft));
        pair(area, rows, draft);
    }
}

/// Pairs the rows of a matrix that have nothing but the numbers of the measures: which measure
/// goes with which row. `None` where they have more.
fn by_number(own: &[Option<String>], rows: &[Activity]) -> Option<Vec<(usize, usize)>> {
    let pairs = rows.iter().enumerate().map(|(at, row)| {
        let named = row.title.text.trim_end_matches('.');
        let short = named.chars().count() <= 5 && named.ends_with(|c: char| c.is_ascii_digit());
        let measure = own
            .iter()
            .position(|number| number.as_deref() == Some(named));
        Some((measure.filter(|_| short)?, at))
    });
    pairs.collect()
}

/// The area of the draft that a group of a matrix is, with its other form kept.
fn same_area(words: &Passage, draft: &mut Draft) -> usize {
    let (_, label) = numbered(words);
    let best = (0..draft.areas.len()).max_by(|a, b| {
        let like = |at: usize| likeness(&draft.areas[at].label.text, &label.text);
        like(*a).total_cmp(&like(*b))
    });
    match best {
        Some(at) if likeness(&draft.areas[at].label.text, &label.text) >= likeness::SAME => {
            draft.areas[at].other = Some(words.clone());
            at
        }
        _ => area_named(words, draft),
    }
}

fn pair(area: Option<usize>, rows: Vec<Activity>, draft: &mut Draft) {
    // Measures and the bullets under them, in the order of the document.
    let mut places: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, activity) in draft.activities.iter().enumerate() {
        if area.is_none() || activity.area == area {
            places.push((at, None));
            places.extend((0..activity.children.len()).map(|child| (at, Some(child))));
        }
    }
    let title = |(at, child): (usize, Option<usize>)| {
        let activity = &draft.activities[at];
        let named = child.map_or(activity, |child| &activity.children[child]);
        named.title.text.clone()
    };
    let number = |(at, child): (usize, Option<usize>)| {
        let activity = &draft.activities[at];
        child
            .map_or(activity, |child| &activity.children[child])
            .number
            .clone()
    };
    let own: Vec<String> = places.iter().map(|place| title(*place)).collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let theirs: Vec<&str> = rows.iter().map(|row| row.title.text.as_str()).collect();
    let numbers: Vec<Option<String>> = places.iter().map(|place| number(*place)).collect();
    let pairs = by_number(&numbers, &rows).unwrap_or_else(|| likeness::pair(&own, &theirs, LEAST));
    let mut rows: Vec<Option<Activity>> = rows.into_iter().map(Some).collect();
    for (own, row) in pairs {
        let (at, child) = places[own];
        let Some(row) = rows[row].take() else {
            continue;
        };
        let activity = &mut draft.activities[at];
        let target = match child {
            Some(child) => &mut activity.children[child],
            None => activity,
        };
        target.marks = row.marks;
        target.parties.extend(row.parties);
        target.status = row.status;
        if target.period.is_empty() {
            target.period = row.period;
            target.start = row.start;
            target.end = row.end;
        }
        if target.number.as_deref() == Some(row.title.text.trim_end_matches('.')) {
            continue;
        }
        let mut other = without_bullet(row.title);
        if !row.description.is_empty() {
            other.append(" ", row.description);
        }
        target.other = Some(other);
    }
    for row in rows.into_iter().flatten() {
        draft.activities.push(Activity { area, ..row });
    }
}
