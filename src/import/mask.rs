//! Persons' names and addresses out of a document, before anything else reads it.
//!
//! The source text is published too, so it is not enough to leave them out of the plan.

use aho_corasick::{AhoCorasick, MatchKind};

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
            // In a passage white space is one space, whatever it is on the line.
            found.push((words.split_whitespace().collect::<Vec<_>>().join(" "), mask));
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
    found.sort();
    found.dedup();
    let clean = replacer(&found);
    document.source = clean(&document.source);
    document.title = document.title.map(|title| clean(&title));
    document.name = clean(&document.name);
    document.blocks = document
        .blocks
        .into_iter()
        .map(|block| masked(block, &clean))
        .collect();
    (document, remarks)
}

/// What replaces the words by their masks, the longest where several begin at the same place, so
/// that a name within an address does not spoil it. In one pass over the text: a document may name
/// as many persons as it has lines.
fn replacer<'a>(found: &'a [(String, &'static str)]) -> Box<dyn Fn(&str) -> String + 'a> {
    let words = found.iter().map(|(words, _)| words);
    let masks: Vec<&str> = found.iter().map(|(_, mask)| *mask).collect();
    let matcher = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words);
    match matcher {
        Ok(matcher) => Box::new(move |text| matcher.replace_all(text, &masks)),
        // More words than it can hold: slowly, then, but never not.
        Err(_) => Box::new(move |text| {
            found
                .iter()
                .rev()
                .fold(text.to_owned(), |text, (words, mask)| {
                    text.replace(words, mask)
                })
        }),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read;

    #[test]
    fn a_name_is_replaced_in_passages_whatever_white_space_is_in_it() {
        let text = "# Plan\n\nAnsvarig: Falu kommun\nAnna Berg\tLöpande\n\n## Mål\n";
        let (document, remarks) = persons(read::bytes("plan.md", text.as_bytes()).unwrap());
        assert!(!remarks.is_empty());
        let blocks = format!("{:?}", document.blocks);
        for name in ["Anna", "Berg"] {
            assert!(!document.source.contains(name), "{}", document.source);
            assert!(!blocks.contains(name), "{blocks}");
        }
    }
}
