//! Blocks → what the document says ([`Draft`]) → [`Plan`](crate::model::Plan).

pub mod draft;
mod emit;
pub(crate) mod key;
mod likeness;
mod measures;
mod parts;
mod place;
mod references;
mod rows;

pub use emit::{Known, NewAgent, Produced, emit};

use std::collections::BTreeSet;

use super::document::{Block, Document, Passage, Table};
use super::lexicon::structure;
use super::outline::outline;
use super::table::{self, Column, Grid};
use super::value::{footnote, period};
use draft::{Activity, Area, Draft, Earlier, Section};
use parts::Part;
use place::Source;

/// What a document says. Everything that could be read is in the draft; what was not is text of
/// a section.
pub fn draft(document: &Document) -> (Draft, Vec<Passage>) {
    let (blocks, stray) = flat(document);
    let mut draft = Draft::default();
    let (blocks, footnotes) = without_footnotes(blocks);
    draft.footnotes = footnotes;
    let mut parts = parts::split(blocks);
    parts::title(document, &mut parts, &mut draft);
    let mut matrices = Vec::new();
    let source = Source::new(&document.source);
    for part in parts {
        take(part, &source, &mut draft, &mut matrices);
    }
    for (grid, table) in &matrices {
        rows::matrix(grid, table, &mut draft);
    }
    draft.period = plan_period(&draft);
    (draft, stray)
}

/// The blocks of a document, those in plain lines found, with footnote marks taken out.
fn flat(document: &Document) -> (Vec<Block>, Vec<Passage>) {
    let mut blocks = Vec::new();
    let mut stray = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Lines(lines) => {
                let found = outline(lines);
                blocks.extend(found.blocks);
                stray.extend(found.stray_links);
            }
            other => blocks.push(other.clone()),
        }
    }
    let known: Vec<String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Footnote(footnote) => Some(footnote.marker.clone()),
            _ => None,
        })
        .collect();
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let blocks = blocks
        .into_iter()
        .map(|block| without_marks(block, &known))
        .collect();
    (blocks, stray)
}

fn without_marks(block: Block, known: &BTreeSet<&str>) -> Block {
    let clean = |passage: Passage| footnote::take_marks(passage, known);
    match block {
        Block::Heading(mut heading) => {
            heading.text = clean(heading.text);
            Block::Heading(heading)
        }
        Block::Paragraph(passage) => Block::Paragraph(clean(passage)),
        Block::Item(mut item) => {
            item.text = clean(item.text);
            Block::Item(item)
        }
        Block::Table(table) => Block::Table(table.map(&|block| without_marks(block, known))),
        other => other,
    }
}

fn without_footnotes(blocks: Vec<Block>) -> (Vec<Block>, Vec<super::document::Footnote>) {
    let mut rest = Vec::new();
    let mut footnotes = Vec::new();
    for block in blocks {
        match block {
            Block::Footnote(footnote) => footnotes.push(footnote),
            other => rest.push(other),
        }
    }
    (rest, footnotes)
}

/// Takes what a part says into the draft.
fn take(part: Part, source: &Source<'_>, draft: &mut Draft, matrices: &mut Vec<(Grid, Table)>) {
    if parts::begins(&part, structure::REFERENCES) {
        draft.references.extend(references::list(&part.body));
        draft.sections.push(parts::section(&part, source));
        return;
    }
    let tables: Vec<(Grid, Table)> = part
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => table::understand(table).map(|grid| (grid, table.clone())),
            _ => None,
        })
        .collect();
    let (about, points) = measures::split(&part.body, part.heading.as_ref());
    let appendix = parts::begins(&part, structure::APPENDIX);
    let mut rest: Vec<(Grid, Table)> = Vec::new();
    for (grid, table) in tables {
        let has = |column: &Column| grid.columns.contains(column);
        let follow_up = has(&Column::Outcome) && !has(&Column::Status) && earlier(&part, draft);
        if has(&Column::Actor) && (appendix || !draft.activities.is_empty()) {
            matrices.push((grid, table));
        } else if follow_up {
            let activities = rows::activities(&grid);
            let earlier = draft.earlier.get_or_insert_with(|| Earlier {
                heading: part.heading.clone(),
                ..Earlier::default()
            });
            earlier.activities.extend(activities);
        } else {
            rest.push((grid, table));
        }
    }
    measures::approaches(&about, draft);
    if rest.is_empty() && points.is_empty() {
        if part.heading.is_some() || !about.is_empty() {
            let part = Part {
                heading: part.heading,
                body: about,
            };
            draft.sections.push(parts::section(&part, source));
        }
        return;
    }
    let own = area_of(&part, &about, source, draft);
    for (grid, _) in &rest {
        rows::under(grid, own, draft);
    }
    draft
        .activities
        .extend(points.into_iter().map(|activity| Activity {
            area: own,
            ..activity
        }));
}

/// The area that a part's heading is, made; none where the heading only says "activities".
fn area_of(part: &Part, about: &[Block], source: &Source<'_>, draft: &mut Draft) -> Option<usize> {
    let heading = part.heading.as_ref()?;
    if table::classify(&heading.text.text) == Column::Activity || heading.level == 0 {
        let part = Part {
            heading: part.heading.clone(),
            body: about.to_vec(),
        };
        let section = parts::section(&part, source);
        draft.sections.push(section);
        return None;
    }
    let mut texts = about.iter().filter_map(|block| match block {
        Block::Paragraph(passage) => Some(passage.clone()),
        _ => None,
    });
    let lead = texts.next();
    let mut body = Passage::default();
    for text in texts {
        body.append("\n\n", text);
    }
    draft.areas.push(Area {
        number: heading.number.clone(),
        label: heading.text.clone(),
        other: None,
        lead,
        body,
    });
    Some(draft.areas.len() - 1)
}

/// Whether a part is about an earlier edition: its heading names a period that begins before the
/// document's own.
fn earlier(part: &Part, draft: &Draft) -> bool {
    let Some(heading) = &part.heading else {
        return false;
    };
    let Some((_, theirs)) = period::find(&heading.text.text) else {
        return false;
    };
    let own = plan_period(draft).and_then(|words| period::find(&words.text));
    own.is_none_or(|(_, own)| own.value.start > theirs.value.start)
}

/// The words that give the plan's period: those of the title, else the first in a sentence that
/// calls the document a plan.
fn plan_period(draft: &Draft) -> Option<Passage> {
    let in_title = draft
        .title
        .iter()
        .find(|title| period::find(&title.text).is_some());
    if let Some(title) = in_title {
        return Some(title.clone());
    }
    let is_plan = |sentence: &str| {
        let sentence = sentence.to_lowercase();
        structure::PLAN.iter().any(|word| sentence.contains(word))
    };
    let bodies = draft.sections.iter().map(|section: &Section| &section.text);
    bodies
        .chain(draft.sections.iter().map(|section| &section.title))
        .find_map(|text| {
            let sentence = text
                .text
                .split_inclusive(['.', '\n'])
                .find(|sentence| is_plan(sentence) && period::find(sentence).is_some())?;
            let (at, _) = period::find(sentence)?;
            Some(Passage {
                text: sentence.get(at)?.to_owned(),
                lines: text.lines.clone(),
                ..Passage::default()
            })
        })
}
