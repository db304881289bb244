//! Persons' names and addresses out of a document, before anything else reads it.
//!
//! The source text is published too, so it is not enough to leave them out of the plan.

use super::document::{Block, Document};
use super::remark::{Kind, Remark};
use super::value::person;

/// The document with every name of a person, e-mail address and telephone number replaced by a
/// word in brackets, and a remark for each, which names the line and not the person.
#[must_use]
pub fn persons(mut document: Document) -> (Document, Vec<Remark>) {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    let mut remarks = Vec::new();
    for (number, line) in (1..).zip(document.source.lines()) {
        for (at, kind) in person::find(line) {
            let Some(words) = line.get(at) else { continue };
            let mask = match kind {
                person::Kind::Name => "[namn]",
                person::Kind::Email => "[e-post]",
                person::Kind::Telephone => "[telefon]",
            };
            found.push((words.to_owned(), mask));
            remarks.push(Remark::new(
                Kind::Person,
                Some(number),
                mask,
                format!("En persons uppgifter står här och är ersatta med {mask}. Personer blir aldrig data; ange den organisation eller enhet som ansvarar."),
                format!("A person's name or address stands here and is replaced by {mask}. Persons never become data; give the organisation or unit that is responsible."),
            ));
        }
    }
    if found.is_empty() {
        return (document, remarks);
    }
    // The longest first, so that a name within an address does not spoil it.
    found.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    found.dedup();
    let clean = |text: &str| {
        found.iter().fold(text.to_owned(), |text, (words, mask)| {
            text.replace(words, mask)
        })
    };
    document.source = clean(&document.source);
    document.title = document.title.map(|title| clean(&title));
    document.blocks = document
        .blocks
        .into_iter()
        .map(|block| masked(block, &clean))
        .collect();
    (document, remarks)
}

fn masked(block: Block, clean: &dyn Fn(&str) -> String) -> Block {
    if let Block::Lines(mut lines) = block {
        for line in &mut lines {
            line.text = clean(&line.text);
        }
        return Block::Lines(lines);
    }
    block.map(&|mut passage| {
        let text = clean(&passage.text);
        if text != passage.text {
            // Places in the old text mean nothing in the new one.
            passage.links.clear();
            passage.marks.iter_mut().for_each(|mark| mark.at = 0);
            passage.text = text;
        }
        passage
    })
}
