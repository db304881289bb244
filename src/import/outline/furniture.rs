//! What belongs to the page, not to the text: page numbers, running headers and footers, the
//! table of contents, addresses that stand alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::document::{Passage, TextLine};
use crate::import::lexicon::structure;
use crate::import::table::names_columns;

/// On how many pages the same line must stand to be a running header; on two of a short
/// document.
const PAGES: usize = 3;

/// How many pages a short document has at most.
const SHORT: u32 = 4;

/// The lines without furniture, and the addresses that stood alone.
pub(super) fn remove(lines: &[TextLine]) -> (Vec<TextLine>, Vec<Passage>) {
    let running = running(lines);
    let feet = feet(lines);
    let title = only_title(lines);
    let listed = listed(lines);
    let mut kept = Vec::new();
    let mut addresses = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        let edge = at_edge(lines, at) && title != Some(at);
        // The header of a table may head every page, and is what its columns are known by.
        let furniture = || is_page_number(text) || running.contains_key(&masked(text));
        if feet.contains(&at) || edge && furniture() && !names_columns(line) {
            continue;
        }
        if is_contents(text) || listed.contains(&at) {
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

/// "Words ........ 3": a line of a table of contents.
fn is_contents(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let leader = number.trim_end();
    let dots = leader.len() - leader.trim_end_matches(['.', '…', ' ', '_']).len();
    number.len() < text.len() && dots >= 4
}

/// The lines of a table of contents without leaders: its heading, and those below it that end in
/// the number of a page.
fn listed(lines: &[TextLine]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim().to_lowercase();
        if !structure::CONTENTS.contains(&text.as_str()) {
            continue;
        }
        let entries: Vec<usize> = lines
            .iter()
            .enumerate()
            .skip(at + 1)
            .filter(|(_, line)| !line.is_blank())
            .take_while(|(_, line)| is_entry(line.text.trim()))
            .map(|(at, _)| at)
            .collect();
        if entries.len() >= 2 {
            found.insert(at);
            found.extend(entries);
        }
    }
    found
}

/// "2 Mål 4", "Mål   4": words, then the number of a page.
fn is_entry(text: &str) -> bool {
    let number = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let words = text[..text.len() - number].trim_end();
    (1..=3).contains(&number)
        && words.contains(char::is_alphabetic)
        && !words.ends_with(['.', '-', '–'])
        || is_contents(text)
}

/// The line of the first page that alone calls the document a plan; it may be the running header
/// of the pages that follow, and is the title all the same.
fn only_title(lines: &[TextLine]) -> Option<usize> {
    let first = lines.first()?.page;
    let mut plans = lines.iter().enumerate().filter(|(_, line)| {
        let text = line.text.to_lowercase();
        line.page == first && structure::PLAN.iter().any(|word| text.contains(word))
    });
    let (at, _) = plans.next()?;
    plans.next().is_none().then_some(at)
}

/// Feet of pages in a text that has lost its pages: numbers on lines of their own that ascend
/// through the text, and the line beside them where it is the same each time.
fn feet(lines: &[TextLine]) -> BTreeSet<usize> {
    let blank = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .is_none_or(TextLine::is_blank)
    };
    let number = |at: usize| {
        lines[at]
            .text
            .trim()
            .parse::<u32>()
            .ok()
            .filter(|n| *n < 1000)
    };
    let mut beside: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    for at in 0..lines.len() {
        let Some(value) = number(at) else { continue };
        if !blank(at.checked_sub(1)) {
            continue;
        }
        let above = numbers.last().is_none_or(|(_, last)| value == last + 1);
        if above {
            numbers.push((at, value));
            if !blank(Some(at + 1)) {
                beside
                    .entry(masked(lines[at + 1].text.trim()))
                    .or_default()
                    .push(at + 1);
            }
        }
    }
    let same: BTreeSet<usize> = beside
        .into_values()
        .filter(|at| at.len() >= 2)
        .flatten()
        .collect();
    // A number above something else is no foot.
    let feet: Vec<usize> = numbers
        .into_iter()
        .map(|(at, _)| at)
        .filter(|at| blank(Some(at + 1)) || same.contains(&(at + 1)))
        .collect();
    if feet.len() < 2 {
        return BTreeSet::new();
    }
    feet.into_iter().chain(same).collect()
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
        structure::PAGE.contains(&word.as_str())
    };
    let numbers = words.iter().filter(|word| number(word)).count();
    (1..=2).contains(&numbers) && words.iter().all(|word| number(word) || around(word))
}

/// Lines that stand on several pages at the same edge, numbers aside.
fn running(lines: &[TextLine]) -> BTreeMap<String, usize> {
    let count = lines.last().map_or(1, |line| line.page);
    // On most pages: rows of a table that differ in a number may meet the edges of some.
    let most = count as usize * 3 / 5;
    let least = if count <= SHORT { 2 } else { PAGES.max(most) };
    let mut pages: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if !line.is_blank() && at_edge(lines, at) {
            let of = pages.entry(masked(line.text.trim())).or_default();
            of.insert(line.page);
        }
    }
    pages
        .into_iter()
        .filter(|(_, pages)| pages.len() >= least)
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
