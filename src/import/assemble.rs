//! Blocks → what the document says ([`Draft`]) → [`Plan`](crate::model::Plan).

pub mod draft;
mod emit;
mod front;
pub(crate) mod key;
pub(crate) mod likeness;
mod measures;
mod parts;
mod place;
mod references;
mod rows;

pub use emit::{Known, NewAgent, Produced, emit};
pub(crate) use front::is_metadata;

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
pub fn draft(document: &Document) -> Draft {
    let (blocks, links) = flat(document);
    let mut draft = Draft {
        links,
        ..Draft::default()
    };
    let (blocks, footnotes) = without_footnotes(blocks);
    draft.footnotes = footnotes;
    let mut parts = parts::split(blocks);
    front::take(document, &mut parts, &mut draft);
    draft.period = front::period(&draft, document);
    let mut matrices = Vec::new();
    let source = Source::new(&document.source);
    for part in parts {
        take(part, &source, &mut draft, &mut matrices);
    }
    for (grid, table) in &matrices {
        rows::matrix(grid, table, &mut draft);
    }
    draft.period = front::period(&draft, document);
    draft
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
            Block::Table(table) => {
                for table in table::apart(table) {
                    let (rows, words) = table::lead(&table);
                    blocks.extend(words.into_iter().map(Block::Paragraph));
                    let rows = table.rows[rows..].to_vec();
                    blocks.push(Block::Table(Table { rows }));
                }
            }
            other => blocks.push(other.clone()),
        }
    }
    // A mark with nothing behind it is no footnote.
    blocks.retain(|block| !matches!(block, Block::Footnote(found) if found.text.is_empty()));
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
        .map(|block| match block {
            // The text of a footnote begins with its own mark.
            Block::Footnote(_) => block,
            other => other.map(&|passage| footnote::take_marks(passage, &known)),
        })
        .collect();
    (blocks, stray)
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
    if let Some(heading) = &part.heading
        && let Some(activity) = measures::of_part(heading, &part.body)
    {
        let beside = draft.before.filter(|(level, _)| *level == heading.level);
        let area = match beside {
            Some((_, area)) => area,
            None => area_above(heading.level, draft),
        };
        draft.before = Some((heading.level, area));
        draft.activities.push(Activity { area, ..activity });
        return;
    }
    draft.before = None;
    let level = part.heading.as_ref().map(|heading| heading.level);
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
        let reports = !has(&Column::Status) || classified(&part) == Column::Outcome;
        let follow_up = has(&Column::Outcome) && reports && earlier(&part, draft);
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
            let section = parts::section(&part, source);
            draft.sections.push(Section { level, ..section });
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

/// The area that a heading one level up is: the last section, made one, or the area that the
/// measure before stands under. None where that heading only says "activities".
fn area_above(level: u8, draft: &mut Draft) -> Option<usize> {
    let above = draft
        .sections
        .last()
        .filter(|section| section.level.is_some_and(|own| (1..level).contains(&own)));
    let section = above?;
    if table::classify(&section.title.text) == Column::Activity {
        return None;
    }
    let section = draft.sections.pop()?;
    let mut texts = section.text.text.splitn(2, "\n\n");
    let passage = |text: Option<&str>| {
        let text = text.unwrap_or_default();
        Passage {
            text: text.to_owned(),
            lines: if text.is_empty() {
                Vec::new()
            } else {
                section.text.lines.clone()
            },
            ..Passage::default()
        }
    };
    let lead = Some(passage(texts.next())).filter(|lead| !lead.is_empty());
    draft.areas.push(Area {
        number: section.number.clone(),
        label: section.title.clone(),
        other: None,
        lead,
        body: passage(texts.next()),
    });
    Some(draft.areas.len() - 1)
}

/// What the heading of a part would be as that of a column.
fn classified(part: &Part) -> Column {
    let heading = part.heading.as_ref();
    heading.map_or(Column::Other, |heading| table::classify(&heading.text.text))
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
    let (caption, label) = captioned(&heading.text);
    draft.areas.push(Area {
        number: heading.number.clone().or(caption),
        label,
        other: None,
        lead,
        body,
    });
    Some(draft.areas.len() - 1)
}

/// "Tabell 2. Words" as the number of a caption, and the words.
fn captioned(heading: &Passage) -> (Option<String>, Passage) {
    let text = &heading.text;
    let number = structure::CAPTION.iter().find_map(|word| {
        let rest = text.to_lowercase();
        let rest = rest.strip_prefix(word)?.trim_start();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        (digits > 0).then(|| rest[..digits].to_owned())
    });
    let words = number.as_ref().and_then(|number| {
        let (_, rest) = text.split_once(number.as_str())?;
        let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        (!rest.is_empty()).then(|| rest.to_owned())
    });
    match words {
        Some(words) => (
            number,
            Passage {
                text: words,
                lines: heading.lines.clone(),
                ..Passage::default()
            },
        ),
        None => (None, heading.clone()),
    }
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
    let own = draft.period.as_ref();
    let own = own.and_then(|words| period::find(&words.text));
    own.is_none_or(|(_, own)| own.value.start > theirs.value.start)
}
