//! Measures as bullets and numbered points under a heading.

mod entry;

use super::draft::{Activity, Draft};
use crate::import::document::{Block, Heading, Item, Passage};
use crate::import::field;
use crate::import::lexicon::structure;
use crate::import::table::{Column, classify, title};
use entry::Entry;

/// How many words a line may have that announces measures.
const LEAD_IN: usize = 10;

/// How many paragraphs may stand between two points of a list.
const BETWEEN: usize = 4;

/// What stands in a part beside its measures, and the measures: the points after a line that
/// announces activities, of a list whose points say what to do, or that have fields.
pub(super) fn split(body: &[Block], heading: Option<&Heading>) -> (Vec<Block>, Vec<Activity>) {
    let announced_by_heading =
        heading.is_some_and(|heading| classify(&heading.text.text) == Column::Activity);
    let mut about = Vec::new();
    let mut measures = Vec::new();
    let mut at = 0;
    let mut announced = announced_by_heading;
    // Whether the next list is of the parts of the measure before it.
    let mut parts = false;
    while at < body.len() {
        match &body[at] {
            Block::Item(_) => {
                let (end, entries) = run(body, at);
                let items: Vec<&Item> = body[at..end].iter().filter_map(item).collect();
                let fields = entries.iter().any(Entry::has_fields);
                match measures.last_mut() {
                    Some(measure) if parts => {
                        let measure: &mut Activity = measure;
                        measure.children.extend(entry::activities(&entries));
                        parts = false;
                        at = end;
                        continue;
                    }
                    _ => {}
                }
                if announced || fields || say_what_to_do(&items) {
                    // Fields that are about no measure stay words.
                    let lead = entries.iter().take_while(|entry| entry.only_fields());
                    let lead = lead.map(|entry| 1 + entry.more.len()).sum::<usize>();
                    about.extend(body[at..at + lead].iter().cloned());
                    measures.extend(entry::activities(&entries));
                } else {
                    about.extend(body[at..end].iter().cloned());
                }
                at = end;
                continue;
            }
            Block::Paragraph(passage) if announces(&passage.text, &Column::Activity) => {
                announced = true;
            }
            Block::Paragraph(passage)
                if announces(&passage.text, &Column::SubActivity) && !measures.is_empty() =>
            {
                parts = true;
            }
            Block::Paragraph(passage) if says_much(passage, &body[at + 1..]) => {
                let (end, entry) = with_fields(body, at, passage);
                measures.extend(entry::activities(&[entry]));
                at = end;
                continue;
            }
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

/// How many fields make a paragraph a measure.
const FIELDS: usize = 2;

/// Whether a paragraph is a measure with what is said of it: fields stand in it after its words,
/// or the next paragraphs have nothing but fields.
fn says_much(passage: &Passage, next: &[Block]) -> bool {
    let (words, own) = field::split(passage);
    if words.is_empty() {
        return false;
    }
    let below: usize = of_fields(next)
        .map(|fields| field::split(fields).1.len())
        .sum();
    own.len() >= FIELDS || (below >= FIELDS && own.is_empty())
}

/// The paragraphs of fields that blocks begin with.
fn of_fields(blocks: &[Block]) -> impl Iterator<Item = &Passage> {
    blocks.iter().map_while(|block| match block {
        Block::Paragraph(words) if field::begins(&words.text) => Some(words),
        _ => None,
    })
}

/// A measure in a paragraph, with the paragraphs of fields below it, and the block after it.
fn with_fields<'a>(body: &'a [Block], at: usize, words: &Passage) -> (usize, Entry<'a>) {
    let mut entry = Entry::of(words.clone());
    entry.more.extend(of_fields(&body[at + 1..]));
    (at + 1 + entry.more.len(), entry)
}

/// The measure that a part is: its heading, where nothing stands below it but words about it and
/// fields.
pub(super) fn of_part(heading: &Heading, body: &[Block]) -> Option<Activity> {
    let mut entry = Entry::of(heading.text.clone());
    for block in body {
        match block {
            Block::Paragraph(passage) => entry.more.push(passage),
            // A list of nothing but fields, known and other ("Kostnad: …").
            Block::Item(item) if is_labelled(&item.text.text) => entry.more.push(&item.text),
            _ => return None,
        }
    }
    let fields: usize = entry
        .more
        .iter()
        .map(|more| field::split(more).1.len())
        .sum();
    let labelled = entry.more.iter().any(|more| field::begins(&more.text));
    if fields < FIELDS || !labelled || !says_one_thing(&entry.more) {
        return None;
    }
    entry.number.clone_from(&heading.number);
    entry::activities(&[entry]).into_iter().next()
}

/// Whether words begin with a label, known or not: a capital, a word or two, a colon.
fn is_labelled(words: &str) -> bool {
    let label = words.split_once(": ").map(|(label, _)| label);
    field::begins(words)
        || label.is_some_and(|label| {
            label.starts_with(char::is_uppercase) && label.split_whitespace().count() <= 2
        })
}

/// Whether each field stands once among paragraphs: those of several measures do not.
fn says_one_thing(passages: &[&Passage]) -> bool {
    let mut seen = Vec::new();
    for found in passages.iter().flat_map(|passage| field::split(passage).1) {
        if seen.contains(&found.column) {
            return false;
        }
        seen.push(found.column);
    }
    true
}

/// The list that begins at a block: the block after it, and its points with the paragraphs that
/// belong to them.
fn run(body: &[Block], start: usize) -> (usize, Vec<Entry<'_>>) {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut at = start;
    while at < body.len() {
        match (&body[at], entries.last_mut()) {
            (Block::Item(item), _) => entries.push(Entry::new(item)),
            (Block::Paragraph(passage), Some(entry)) if goes_on(body, at, entry) => {
                entry.more.push(passage);
            }
            _ => break,
        }
        at += 1;
    }
    (at, entries)
}

/// Whether a paragraph belongs to the point before it: it has fields, or fields or the next
/// number of the list follow. What says that it is a measure is one of its own.
fn goes_on(body: &[Block], at: usize, entry: &Entry<'_>) -> bool {
    if matches!(&body[at], Block::Paragraph(words) if title::is_announced(&words.text)) {
        return false;
    }
    let mut between = body[at..]
        .iter()
        .take(BETWEEN)
        .take_while(|block| matches!(block, Block::Paragraph(_)));
    if between.any(|block| matches!(block, Block::Paragraph(words) if field::begins(&words.text))) {
        return true;
    }
    let number = |item: &Item| item.number.as_ref()?.parse::<u32>().ok();
    let next = body[at..]
        .iter()
        .take(BETWEEN)
        .find_map(|block| match block {
            Block::Item(item) => Some(item),
            _ => None,
        });
    let this = entry
        .number
        .as_ref()
        .and_then(|number| number.parse::<u32>().ok());
    let follows = next.and_then(number).zip(this);
    follows.is_some_and(|(next, this)| next == this + 1)
}

fn item(block: &Block) -> Option<&Item> {
    match block {
        Block::Item(item) => Some(item),
        _ => None,
    }
}

/// A short line that ends in a colon and names activities, or parts of them.
fn announces(text: &str, what: &Column) -> bool {
    text.ends_with(':')
        && text.split_whitespace().count() <= LEAD_IN
        && classify(text.trim_end_matches(':')) == *what
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
