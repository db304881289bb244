//! What stands at the front of a document: its title, who adopted it and when, its period.

use super::draft::{Draft, Section};
use super::parts::Part;
use crate::import::document::{Block, Document, Passage};
use crate::import::lexicon::{parties, structure};
use crate::import::value::period;

/// In how many parts from the beginning the title is looked for.
const PARTS: usize = 3;

/// In how many blocks of a part the title is looked for.
const BLOCKS: usize = 6;

/// How many lines of the source belong to the front.
const LINES: usize = 80;

/// How many characters a title may have.
const LONGEST: usize = 160;

/// Takes the title out of the first parts, and the line of adoption.
pub(super) fn take(document: &Document, parts: &mut Vec<Part>, draft: &mut Draft) {
    draft.adoption = adoption(document);
    draft.title = parts
        .iter_mut()
        .take(PARTS)
        .find_map(|part| title(part, is_plan))
        .or_else(|| in_properties(document))
        .or_else(|| in_lines(document))
        .or_else(|| over_adoption(parts, draft.adoption.as_ref()));
    draft.title = draft.title.take().map(without_adoption);
    let adopted = draft.adoption.clone().unwrap_or_default();
    for part in parts.iter_mut().take(PARTS) {
        part.body.retain(|block| match block {
            Block::Paragraph(passage) => passage.text != adopted.text,
            _ => true,
        });
        let heading = part.heading.as_ref().map(|heading| &heading.text.text);
        if heading.is_some_and(|heading| *heading == adopted.text || names_a_body(heading)) {
            part.heading = None;
        }
    }
    parts.retain(|part| part.heading.is_some() || !part.body.is_empty());
}

/// A title without who adopted it, in brackets at its end.
fn without_adoption(mut title: Passage) -> Passage {
    if let Some((before, inside)) = title.text.rsplit_once('(')
        && adopted_at(inside) == Some(0)
    {
        title.text = before.trim_end().to_owned();
    }
    title
}

/// The first line of the front that calls itself a plan and names a period, wherever it stands.
fn in_lines(document: &Document) -> Option<Passage> {
    let mut lines = (1..).zip(document.source.lines().take(LINES));
    lines.find_map(|(number, line)| {
        let line = line.trim();
        let fits = names_plan(line)
            && !is_path(line)
            && !is_metadata(line)
            && line.chars().count() < LONGEST
            && !line.ends_with('.')
            && !line.contains(". ")
            && !line.starts_with(char::is_lowercase)
            && period::find(line).is_some();
        fits.then(|| Passage::new(number, line))
    })
}

/// Whether words name a plan, rather than speak of "the plan" as a sentence does.
fn names_plan(text: &str) -> bool {
    let text = text.to_lowercase();
    structure::PLAN.iter().any(|word| {
        let mut after = text
            .match_indices(word)
            .map(|(at, _)| &text[at + word.len()..]);
        after.any(|after| !after.starts_with(char::is_alphabetic))
    })
}

/// Whether a line is the path to a page of a web site ("Start / Miljö / Plan").
fn is_path(line: &str) -> bool {
    [" / ", " > ", " » "]
        .iter()
        .any(|mark| line.matches(mark).count() >= 2)
}

/// The title that the properties of the file carry.
fn in_properties(document: &Document) -> Option<Passage> {
    let title = document.title.as_ref().filter(|title| is_plan(title))?;
    Some(Passage {
        text: title.clone(),
        ..Passage::default()
    })
}

/// Whether words call something a plan.
fn is_plan(text: &str) -> bool {
    let text = text.to_lowercase();
    structure::PLAN.iter().any(|word| text.contains(word))
}

/// What stands right over the line of adoption, where that is not the name of a body.
fn over_adoption(parts: &mut [Part], adoption: Option<&Passage>) -> Option<Passage> {
    const NEAR: u32 = 3;
    let adopted = adoption?.line()?;
    let near = |words: &Passage| {
        let last = words.lines.last();
        last.is_some_and(|last| (last + 1..=last + NEAR).contains(&adopted))
    };
    let part = parts.iter_mut().take(PARTS).find(|part| {
        let heading = part.heading.iter().map(|heading| &heading.text);
        let body = part.body.iter().filter_map(|block| match block {
            Block::Paragraph(words) => Some(words),
            _ => None,
        });
        heading.chain(body).any(near)
    })?;
    title(part, is_title)
}

/// Whether words may be a title though they call nothing a plan.
fn is_title(text: &str) -> bool {
    text.split_whitespace().count() >= 2 && !is_metadata(text) && !names_a_body(text)
}

/// Whether words are nothing but the name of a region, a municipality or a county board.
fn names_a_body(text: &str) -> bool {
    let text = text.to_lowercase();
    let short = text.split_whitespace().count() <= 5;
    let begins = [parties::REGION, parties::COUNTY_BOARD]
        .concat()
        .iter()
        .any(|word| text.starts_with(word));
    short
        && (begins
            || parties::MUNICIPALITIES
                .iter()
                .any(|word| text.ends_with(word)))
}

/// Whether a line is about the document: who adopted it, its number in a register.
pub(crate) fn is_metadata(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let words = [structure::ADOPTED, structure::REGISTERED, structure::VALID].concat();
    words.iter().any(|word| line.starts_with(word))
}

/// The title in a part, taken out of it, with the lines that go on it.
fn title(part: &mut Part, is_title: fn(&str) -> bool) -> Option<Passage> {
    let fits = |text: &str| {
        is_title(text)
            && !is_path(text)
            && text.chars().count() < LONGEST
            && !text.ends_with('.')
            && !starts_with(text, structure::APPENDIX)
    };
    if let Some(heading) = &part.heading
        && (heading.level == 0 || (heading.number.is_none() && fits(&heading.text.text)))
    {
        let mut title = part.heading.take()?.text;
        continuation(part, 0, &mut title);
        return Some(title);
    }
    if part
        .heading
        .as_ref()
        .is_some_and(|heading| !names_a_body(&heading.text.text))
        && !over_table(&part.body)
    {
        return None;
    }
    let at = part
        .body
        .iter()
        .take(BLOCKS)
        .position(|block| matches!(block, Block::Paragraph(words) if fits(&words.text)))?;
    let Block::Paragraph(mut title) = part.body.remove(at) else {
        return None;
    };
    continuation(part, at, &mut title);
    Some(title)
}

/// Whether the blocks are a table with a few paragraphs over it, as on a sheet of a workbook.
fn over_table(body: &[Block]) -> bool {
    let over = body
        .iter()
        .take_while(|block| matches!(block, Block::Paragraph(_)))
        .count();
    (1..BLOCKS).contains(&over) && matches!(body.get(over), Some(Block::Table(_)))
}

/// Takes the paragraphs that go on a title: in lower case, without an end of sentence.
fn continuation(part: &mut Part, at: usize, title: &mut Passage) {
    while let Some(Block::Paragraph(next)) = part.body.get(at) {
        let lower = next.text.starts_with(char::is_lowercase) && !next.text.ends_with('.');
        let only_period = period::find(&title.text).is_none()
            && period::read(&next.text, &[])
                .is_some_and(|read| period::says_only(&next.text, &read));
        if !(lower || only_period) {
            break;
        }
        let next = next.clone();
        part.body.remove(at);
        title.flow(next);
    }
}

fn starts_with(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.starts_with(word))
}

/// The words that say who adopted the plan and when: from the word for it to the end of what
/// stands on the line about it. Where the line has no day, as over a box of such facts, the day
/// below it.
fn adoption(document: &Document) -> Option<Passage> {
    let lines: Vec<&str> = document.source.lines().take(LINES).collect();
    let mut without_day = None;
    for (at, line) in lines.iter().enumerate() {
        let Some(from) = adopted_at(line).or_else(|| was_adopted_at(line)) else {
            continue;
        };
        let words = line.get(from..).unwrap_or_default();
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        if let Some((day, _)) = period::find_day(words) {
            let rest = words.get(day.end..).unwrap_or_default();
            let end = day.end + rest.find([')', '.', '·', '|']).unwrap_or(rest.len());
            return Some(Passage::new(number, words.get(..end).unwrap_or(words)));
        }
        let below = lines.iter().enumerate().skip(at + 1).take(2);
        let mut below = below.filter_map(|(at, line)| {
            let (day, _) = period::find_day(line)?;
            let number = u32::try_from(at + 1).ok()?;
            Some(Passage::new(number, line.get(day)?))
        });
        if let Some(day) = below.next() {
            return Some(day);
        }
        without_day = without_day.or_else(|| Some(Passage::new(number, words)));
    }
    without_day
}

/// Where a sentence begins that says that the plan was adopted on a day.
fn was_adopted_at(line: &str) -> Option<usize> {
    let lower = line.to_lowercase();
    let says = structure::WAS_ADOPTED
        .iter()
        .any(|word| lower.contains(word));
    (says && is_short(line) && period::find_day(line).is_some())
        .then(|| line.len() - line.trim_start().len())
}

fn is_short(line: &str) -> bool {
    line.chars().count() < LONGEST
}

/// Where a word for "adopted" begins on a short line, or before a body in one.
fn adopted_at(line: &str) -> Option<usize> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    let found = structure::ADOPTED.iter().filter_map(|word| {
        let (at, _) = lower.match_indices(word).find(|(at, _)| {
            let before = lower[..*at].trim_end();
            // In a sentence the word is one among others.
            before.is_empty()
                || before.ends_with(['.', '(', '·', '|', ',', '/'])
                || line[*at..].starts_with(char::is_uppercase)
        })?;
        Some(at)
    });
    found.min()
}

/// The words that give the plan's period: those of the title, else of a line that says how long
/// it is valid, else the first in a sentence that calls the document a plan.
pub(super) fn period(draft: &Draft, document: &Document) -> Option<Passage> {
    draft
        .title
        .as_ref()
        .and_then(in_title)
        .or_else(|| valid(document))
        .or_else(|| in_sections(draft))
}

/// The period of a title: the first after the word for a plan, else the first.
fn in_title(title: &Passage) -> Option<Passage> {
    let lower = title.text.to_lowercase();
    let after = structure::PLAN
        .iter()
        .filter_map(|word| Some(lower.find(word)? + word.len()))
        .min()
        .filter(|_| lower.len() == title.text.len());
    let words = after
        .and_then(|from| {
            let (at, _) = period::find(title.text.get(from..)?)?;
            title.text.get(from + at.start..from + at.end)
        })
        .or_else(|| {
            let (at, _) = period::find(&title.text)?;
            title.text.get(at)
        })?;
    Some(Passage {
        text: words.to_owned(),
        lines: title.lines.clone(),
        ..Passage::default()
    })
}

fn valid(document: &Document) -> Option<Passage> {
    let mut lines = (1..).zip(document.source.lines().take(LINES));
    lines.find_map(|(number, line)| {
        let words = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        if !starts_with(words, structure::VALID) {
            return None;
        }
        // In a box of facts the period stands on the line below.
        let below = document.source.lines().nth(number as usize);
        let (number, line, (at, reading)) =
            period::find(line)
                .map(|found| (number, line, found))
                .or_else(|| Some((number + 1, below?, period::find(below?)?)))?;
        (reading.value.start? < reading.value.end?).then_some(())?;
        Some(Passage::new(number, line.get(at)?))
    })
}

fn in_sections(draft: &Draft) -> Option<Passage> {
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
