//! What belongs to the page, not to the text: page numbers, running headers and footers,
//! addresses that stand alone.

use std::collections::BTreeMap;

use crate::import::document::{Passage, TextLine};
use crate::import::table::names_columns;

/// On how many pages the same line must stand to be a running header.
const PAGES: usize = 3;

/// The lines without furniture, and the addresses that stood alone.
pub(super) fn remove(lines: &[TextLine]) -> (Vec<TextLine>, Vec<Passage>) {
    let running = running(lines);
    let mut kept = Vec::new();
    let mut addresses = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        let edge = at_edge(lines, at);
        // The header of a table may head every page, and is what its columns are known by.
        let furniture = || is_page_number(text) || running.contains_key(&masked(text));
        if edge && furniture() && !names_columns(line) {
            continue;
        }
        if is_address(text) {
            addresses.push(Passage::new(line.number, text));
            continue;
        }
        kept.push(line.clone());
    }
    (kept, addresses)
}

/// Whether a line is the first or last two of its page; every line where there is one page.
fn at_edge(lines: &[TextLine], at: usize) -> bool {
    let page = lines[at].page;
    let outside = |mut others: Box<dyn Iterator<Item = &TextLine> + '_>| {
        let mut near = 0;
        loop {
            match others.next() {
                Some(line) if line.page != page => return true,
                None => return true,
                Some(line) if line.is_blank() => {}
                Some(_) => {
                    near += 1;
                    if near == 2 {
                        return false;
                    }
                }
            }
        }
    };
    outside(Box::new(lines[..at].iter().rev())) || outside(Box::new(lines[at + 1..].iter()))
}

/// "7", "– 7 –", "7 (12)", "Sida 7 av 12", "Page 7".
fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &&str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let around = |word: &&str| {
        let word = word.to_lowercase();
        crate::import::lexicon::structure::PAGE.contains(&word.as_str())
    };
    let numbers = words.iter().filter(|word| number(word)).count();
    (1..=2).contains(&numbers) && words.iter().all(|word| number(word) || around(word))
}

/// Lines that stand on several pages at the same edge, numbers aside.
fn running(lines: &[TextLine]) -> BTreeMap<String, usize> {
    let mut pages: BTreeMap<String, std::collections::BTreeSet<u32>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if !line.is_blank() && at_edge(lines, at) {
            let of = pages.entry(masked(line.text.trim())).or_default();
            of.insert(line.page);
        }
    }
    pages
        .into_iter()
        .filter(|(_, pages)| pages.len() >= PAGES)
        .map(|(text, pages)| (text, pages.len()))
        .collect()
}

/// The line with every number as "#", since a running header may hold the page's.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_ascii_digit() {
            masked.push(c);
        } else if !masked.ends_with('#') {
            masked.push('#');
        }
    }
    masked
}

/// Whether a line is an address and nothing else.
fn is_address(text: &str) -> bool {
    let address = text.trim_matches(['<', '>']);
    let scheme = ["http://", "https://", "www."]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    // In angle brackets it was written to be read.
    scheme && !text.starts_with('<') && !address.contains(char::is_whitespace)
}
