//! Measures as bullets and numbered points under a heading.

use super::draft::{Activity, Draft};
use crate::import::document::{Block, Cell, Heading, Item, Passage};
use crate::import::lexicon::structure;
use crate::import::table::title::title_and_description;
use crate::import::table::{Column, classify};
use crate::model::Role;

/// How many words a line may have that announces measures.
const LEAD_IN: usize = 10;

/// What stands in a part beside its measures, and the measures: the points after a line that
/// announces activities, or of a list whose points say what to do.
pub(super) fn split(body: &[Block], heading: Option<&Heading>) -> (Vec<Block>, Vec<Activity>) {
    let announced_by_heading =
        heading.is_some_and(|heading| classify(&heading.text.text) == Column::Activity);
    let mut about = Vec::new();
    let mut measures = Vec::new();
    let mut at = 0;
    let mut announced = announced_by_heading;
    while at < body.len() {
        match &body[at] {
            Block::Item(_) => {
                let end = at + body[at..].iter().take_while(|b| is_item(b)).count();
                let items: Vec<&Item> = body[at..end].iter().filter_map(item).collect();
                if announced || say_what_to_do(&items) {
                    measures.extend(nested(&items));
                } else {
                    about.extend(body[at..end].iter().cloned());
                }
                at = end;
                continue;
            }
            Block::Paragraph(passage) if announces(&passage.text) => announced = true,
            Block::Table(_) => {}
            other => {
                // A list may go on after a page break or a stray paragraph; a new paragraph
                // that ends in a colon begins another.
                let text = match other {
                    Block::Paragraph(passage) => passage.text.as_str(),
                    _ => "",
                };
                if text.ends_with(':') {
                    announced = announced_by_heading;
                }
                about.push(other.clone());
            }
        }
        at += 1;
    }
    (about, measures)
}

fn is_item(block: &Block) -> bool {
    matches!(block, Block::Item(_))
}

fn item(block: &Block) -> Option<&Item> {
    match block {
        Block::Item(item) => Some(item),
        _ => None,
    }
}

/// A short line that ends in a colon and names activities.
fn announces(text: &str) -> bool {
    text.ends_with(':')
        && text.split_whitespace().count() <= LEAD_IN
        && classify(text.trim_end_matches(':')) == Column::Activity
}

/// Whether most points begin with a verb in the infinitive, as measures do and lists of things
/// do not: several words, the first of which ends as Swedish infinitives end.
fn say_what_to_do(items: &[&Item]) -> bool {
    let top = items.iter().map(|item| item.depth).min().unwrap_or(0);
    let own: Vec<_> = items.iter().filter(|item| item.depth == top).collect();
    let verbs = own
        .iter()
        .filter(|item| {
            let mut words = item.text.text.split_whitespace();
            let first = words.next().unwrap_or_default();
            first.chars().count() > 3
                && first.ends_with('a')
                && first.chars().next().is_some_and(char::is_uppercase)
                && words.count() >= 2
        })
        .count();
    own.len() >= 2 && verbs * 10 >= own.len() * 7
}

/// Items as activities, those deeper than the one before under it.
fn nested(items: &[&Item]) -> Vec<Activity> {
    let mut activities: Vec<Activity> = Vec::new();
    let top = items.first().map_or(0, |item| item.depth);
    for item in items {
        let cell = Cell::of([without_links(item.text.clone())]);
        let (title, rest) = title_and_description(&cell);
        let mut activity = Activity {
            title,
            ..Activity::default()
        };
        for block in rest {
            if let Block::Paragraph(passage) = block {
                activity.description.append("\n\n", passage);
            }
        }
        fields(&mut activity);
        match activities.last_mut() {
            Some(parent) if item.depth > top && field(&activity.title.text).is_some() => {
                // "Responsible: X" under a measure is about it, not a measure.
                parent.description.append(" ", activity.title);
                fields(parent);
            }
            Some(parent) if item.depth > top => parent.children.push(activity),
            _ => activities.push(activity),
        }
    }
    activities
}

/// How many words the name of a field may have.
const FIELD: usize = 3;

/// "Responsible: X." as the meaning of its label and what stands after it.
fn field(sentence: &str) -> Option<(Column, &str)> {
    let (label, value) = sentence.split_once(':')?;
    let column = classify(label);
    let known = matches!(
        column,
        Column::Responsible
            | Column::Lead
            | Column::Supporting
            | Column::Period
            | Column::End
            | Column::Status
            | Column::Outcome
    );
    let value = value.trim().trim_end_matches('.');
    let short = label.split_whitespace().count() <= FIELD;
    (known && short && !value.is_empty() && !value.starts_with('/')).then_some((column, value))
}

/// Takes the fields that stand in an activity's description as sentences of their own.
fn fields(activity: &mut Activity) {
    let lines = activity.description.lines.clone();
    let passage = |text: &str| Passage {
        text: text.to_owned(),
        lines: lines.clone(),
        ..Passage::default()
    };
    let mut rest: Vec<&str> = Vec::new();
    let text = activity.description.text.clone();
    for sentence in text
        .split_inclusive(". ")
        .flat_map(|s| s.split_inclusive('\n'))
    {
        match field(sentence.trim()) {
            Some((Column::Responsible, value)) => {
                activity.parties.push((Role::Responsible, passage(value)));
            }
            Some((Column::Lead, value)) => activity.parties.push((Role::Lead, passage(value))),
            Some((Column::Supporting, value)) => {
                activity.parties.push((Role::Supporting, passage(value)));
            }
            Some((Column::Status, value)) => activity.status = Some(passage(value)),
            Some((Column::Outcome, value)) => activity.outcome = passage(value),
            Some((_, value)) => activity.period = passage(value),
            None => rest.push(sentence),
        }
    }
    let left = rest.concat().trim().to_owned();
    if left.is_empty() {
        activity.description = Passage::default();
    } else {
        activity.description.text = left;
    }
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

/// Takes the approaches that a section singles out: the numbered points after a line that
/// names approaches.
pub(super) fn approaches(about: &[Block], draft: &mut Draft) {
    let mut announced = false;
    for block in about {
        match block {
            Block::Paragraph(Passage { text, .. }) => {
                let lower = text.to_lowercase();
                announced = text.ends_with(':')
                    && text.split_whitespace().count() <= LEAD_IN
                    && structure::APPROACHES
                        .iter()
                        .any(|word| lower.contains(word));
            }
            Block::Item(item) if announced => draft
                .approaches
                .push((item.number.clone(), item.text.clone())),
            _ => {}
        }
    }
}
