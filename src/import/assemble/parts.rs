//! A document as its parts: a heading and what stands under it.

use super::draft::{Draft, Section};
use super::place::Source;
use crate::import::document::{Block, Document, Heading, Passage};
use crate::import::lexicon::structure;

/// A heading and what stands under it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The heading; none for what stands before the first.
    pub(super) heading: Option<Heading>,
    /// The blocks under it.
    pub(super) body: Vec<Block>,
}

/// Cuts blocks at their headings.
pub(super) fn split(blocks: Vec<Block>) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for block in blocks {
        match (block, parts.last_mut()) {
            (Block::Heading(heading), _) => parts.push(Part {
                heading: Some(heading),
                body: Vec::new(),
            }),
            (block, Some(part)) => part.body.push(block),
            (_, None) => {}
        }
    }
    parts.retain(|part| part.heading.is_some() || !part.body.is_empty());
    parts
}

/// Whether the heading of a part begins with one of these words.
pub(super) fn begins(part: &Part, words: &[&str]) -> bool {
    part.heading.as_ref().is_some_and(|heading| {
        let text = heading.text.text.to_lowercase();
        words.iter().any(|word| text.starts_with(word))
    })
}

/// A part as a passage kept whole: its points with the bullets they have in the source, after a
/// blank line where there is one.
pub(super) fn section(part: &Part, source: &Source<'_>) -> Section {
    let mut text = Passage::default();
    for block in &part.body {
        match block {
            Block::Paragraph(passage) => {
                let apart = passage.line().is_none_or(|first| {
                    first < 2 || source.line(first - 1).trim().is_empty() || text.is_empty()
                });
                // A line that ends in a colon and the next belong together.
                let separator = if apart || !text.text.ends_with(':') {
                    "\n\n"
                } else {
                    "\n"
                };
                text.append(separator, passage.clone());
            }
            Block::Item(item) => {
                let first = item.text.line().unwrap_or_default();
                let own = source.line(first.max(1)).trim().chars().next();
                let bullet = own.filter(|c| !c.is_alphanumeric()).unwrap_or('-');
                let mark = item
                    .number
                    .as_ref()
                    .map_or_else(|| format!("{bullet} "), |number| format!("{number}. "));
                let mut point = Passage {
                    text: mark,
                    ..Passage::default()
                };
                point.append("", item.text.clone());
                let apart = first >= 2 && source.line(first - 1).trim().is_empty();
                text.append(if apart { "\n\n" } else { "\n" }, point);
            }
            _ => {}
        }
    }
    let heading = part.heading.clone().unwrap_or_default();
    Section {
        number: heading.number,
        title: heading.text,
        text,
    }
}

/// Takes the title and the line of adoption from the beginning of the document.
pub(super) fn title(document: &Document, parts: &mut [Part], draft: &mut Draft) {
    for part in parts.iter_mut().take(3) {
        adoption(part, draft);
        if draft.title.is_none() {
            draft.title = own_title(part);
        }
    }
    if draft.title.is_none()
        && let Some(title) = &document.title
        && is_plan(title)
    {
        draft.title = Some(Passage {
            text: title.clone(),
            ..Passage::default()
        });
    }
}

fn is_plan(text: &str) -> bool {
    let text = text.to_lowercase();
    structure::PLAN.iter().any(|word| text.contains(word))
}

/// The heading of a part as the document's title, with the lines that go on it; it is then no
/// longer the part's.
fn own_title(part: &mut Part) -> Option<Passage> {
    if part.heading.is_none() {
        // Before the first heading a title may be a paragraph of its own.
        let short = |text: &str| text.chars().count() < 120 && !text.ends_with('.');
        let title = matches!(
            part.body.first(),
            Some(Block::Paragraph(first)) if is_plan(&first.text) && short(&first.text)
        );
        if let (true, Block::Paragraph(mut title)) = (title, part.body.first()?.clone()) {
            part.body.remove(0);
            continuation(part, &mut title);
            return Some(title);
        }
    }
    let heading = part.heading.as_ref()?;
    let first = heading.level == 0 || (is_plan(&heading.text.text) && heading.number.is_none());
    if !first || starts_with(&heading.text.text, structure::APPENDIX) {
        return None;
    }
    let mut title = part.heading.take()?.text;
    continuation(part, &mut title);
    Some(title)
}

/// Takes the paragraphs that go on a title: in lower case, without an end of sentence.
fn continuation(part: &mut Part, title: &mut Passage) {
    while let Some(Block::Paragraph(next)) = part.body.first() {
        let goes_on =
            next.text.chars().next().is_some_and(char::is_lowercase) && !next.text.ends_with('.');
        if !goes_on {
            break;
        }
        let next = next.clone();
        part.body.remove(0);
        title.flow(next);
    }
}

fn starts_with(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.starts_with(word))
}

/// Takes the line of adoption out of a part, wherever it stands in it.
fn adoption(part: &mut Part, draft: &mut Draft) {
    if draft.adoption.is_some() {
        return;
    }
    let adopted = |text: &str| text.chars().count() < 160 && starts_with(text, structure::ADOPTED);
    if part
        .heading
        .as_ref()
        .is_some_and(|heading| adopted(&heading.text.text))
    {
        draft.adoption = part.heading.take().map(|heading| heading.text);
        return;
    }
    let at = part
        .body
        .iter()
        .position(|block| matches!(block, Block::Paragraph(passage) if adopted(&passage.text)));
    if let Some(at) = at
        && let Block::Paragraph(passage) = part.body.remove(at)
    {
        draft.adoption = Some(passage);
    }
}
