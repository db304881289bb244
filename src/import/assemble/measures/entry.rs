//! A point of a list as an activity.

use crate::import::assemble::draft::Activity;
use crate::import::document::{Block, Cell, Item, Passage};
use crate::import::field::{self, Field};
use crate::import::table::Column;
use crate::import::table::title::{numbered, title_and_description, without_period};
use crate::import::value::period;
use crate::model::Role;

/// A point, and the paragraphs that belong to it.
pub(super) struct Entry<'a> {
    pub(super) depth: u8,
    pub(super) number: Option<String>,
    pub(super) words: Passage,
    pub(super) more: Vec<&'a Passage>,
}

impl Entry<'_> {
    /// A point of a list.
    pub(super) fn new(item: &Item) -> Self {
        Self {
            depth: item.depth,
            number: item.number.clone(),
            ..Self::of(item.text.clone())
        }
    }

    /// Words that stand alone.
    pub(super) fn of(words: Passage) -> Self {
        Self {
            depth: 0,
            number: None,
            words,
            more: Vec::new(),
        }
    }

    /// Whether it has no words but those after labels.
    pub(super) fn only_fields(&self) -> bool {
        field::split(&self.words).0.is_empty()
    }

    /// Whether something is said of it after a label.
    pub(super) fn has_fields(&self) -> bool {
        let mut all = std::iter::once(&self.words).chain(self.more.iter().copied());
        all.any(|passage| !field::split(passage).1.is_empty())
    }
}

/// How many words a point may have that only says what the points under it are.
const LABEL: usize = 3;

/// Points as activities, those deeper than the first under the one before. Points of nothing but
/// fields are about the activity before them; those with none before are no activity.
pub(super) fn activities(entries: &[Entry<'_>]) -> Vec<Activity> {
    let numbers = entries
        .iter()
        .all(|entry| numbered(&entry.words).0.is_some());
    let mut activities: Vec<Activity> = Vec::new();
    // The depth of the last activity, and whether it is one under another.
    let mut last = 0;
    let top = entries.first().map_or(0, |entry| entry.depth);
    for entry in entries {
        let (words, mut fields) = field::split(&without_links(entry.words.clone()));
        if words.is_empty() {
            let Some(parent) = activities.last_mut() else {
                continue;
            };
            // "Responsible: X" under a measure is about it, not a measure.
            let about = match parent.children.last_mut() {
                Some(child) if last > top && entry.depth > last => child,
                _ => parent,
            };
            for more in &entry.more {
                let (rest, own) = field::split(more);
                if !rest.is_empty() {
                    about.description.append("\n\n", rest);
                }
                fields.extend(own);
            }
            take(about, fields);
            continue;
        }
        let label = words.text.split_whitespace().count() <= LABEL && words.text.ends_with(':');
        if label && entry.depth > top {
            continue;
        }
        let mut activity = titled(words, numbers);
        activity.number = activity.number.or_else(|| entry.number.clone());
        for more in &entry.more {
            let (rest, own) = field::split(more);
            if !rest.is_empty() {
                activity.description.append("\n\n", rest);
            }
            fields.extend(own);
        }
        take(&mut activity, fields);
        mention(&mut activity);
        activity.part_status();
        last = entry.depth;
        match activities.last_mut() {
            Some(parent) if entry.depth > top => parent.children.push(activity),
            _ => activities.push(activity),
        }
    }
    activities
}

/// The words of a point as an activity's title and description; a number before the words is
/// taken as such where all points have one.
fn titled(words: Passage, numbers: bool) -> Activity {
    let (number, words) = match numbered(&words) {
        (Some(number), rest) if numbers => (Some(number), rest),
        _ => (None, words),
    };
    let (title, rest) = title_and_description(&Cell::of(paragraphs(words)));
    let (title, period) = without_period(title);
    let mut activity = Activity {
        title,
        number,
        period: period.unwrap_or_default(),
        ..Activity::default()
    };
    for block in rest {
        if let Block::Paragraph(passage) = block {
            activity.description.append("\n\n", passage);
        }
    }
    activity
}

/// The words of a point as paragraphs: a line of its own that begins with a capital is one.
fn paragraphs(words: Passage) -> Vec<Passage> {
    let mut paragraphs: Vec<Passage> = Vec::new();
    for line in words.text.split('\n') {
        let line = Passage {
            text: line.trim().to_owned(),
            lines: words.lines.clone(),
            ..Passage::default()
        };
        match paragraphs.last_mut() {
            Some(last) if !line.text.starts_with(char::is_uppercase) => last.flow(line),
            _ => paragraphs.push(line),
        }
    }
    if paragraphs.len() > 1 {
        return paragraphs;
    }
    vec![words]
}

/// Puts fields where they belong; what has no place of its own stands in the description with
/// its label.
fn take(activity: &mut Activity, fields: Vec<Field>) {
    for Field { column, value } in fields {
        let role = match column {
            Column::Responsible => Role::Responsible,
            Column::Lead => Role::Lead,
            Column::Supporting => Role::Supporting,
            Column::Funder => Role::Funder,
            Column::Period => {
                activity.period = value;
                continue;
            }
            Column::Start => {
                activity.start = value;
                continue;
            }
            Column::End => {
                activity.end = value;
                continue;
            }
            Column::Status => {
                activity.status = Some(value);
                continue;
            }
            Column::Outcome => {
                activity.outcome = value;
                continue;
            }
            _ => {
                activity.description.append("\n\n", value);
                continue;
            }
        };
        activity.parties.push((role, value));
    }
}

/// Takes the words for when out of the sentences about an activity that has no others.
fn mention(activity: &mut Activity) {
    let given = [&activity.period, &activity.start, &activity.end];
    if given.iter().any(|words| !words.is_empty()) {
        return;
    }
    let found = [&activity.title, &activity.description]
        .into_iter()
        .find_map(|passage| {
            let at = match period::find_in_prose(&passage.text) {
                Some((at, _)) => at,
                None => period::continuous_in_prose(&passage.text)?,
            };
            let text = passage.text.get(at)?.to_owned();
            let lines = passage.lines.clone();
            Some(Passage {
                text,
                lines,
                ..Passage::default()
            })
        });
    activity.mentioned = found.unwrap_or_default();
}

/// The passage with Markdown's "[words](address)" as its words alone.
fn without_links(mut passage: Passage) -> Passage {
    while let Some((before, rest)) = passage.text.split_once('[')
        && let Some((words, rest)) = rest.split_once("](")
        && let Some((_, after)) = rest.split_once(')')
    {
        let words = words.replace("\\(", "(").replace("\\)", ")");
        passage.text = format!("{before}{words}{after}");
    }
    passage
}
