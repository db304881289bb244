//! Rules must be general: every word that a recogniser knows stands in documents of at least two
//! bodies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use samplan::import::lexicon;
use samplan::import::read;

use crate::import_documents::documents;
use crate::support::root;

/// How many bodies must use a word.
const BODIES: usize = 2;

/// The text of each body's plans, in lower case. What an extractor makes of a PDF is not counted:
/// it need not be installed.
fn texts() -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for entry in fs::read_dir(root().join("data/plans")).unwrap() {
        let path = entry.unwrap().path();
        // The editions of a plan, "vastmanland-2018-2020", are of one body.
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let body = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        if let Ok(text) = fs::read_to_string(path.join("source.txt")) {
            let all = texts.entry(body.to_owned()).or_default();
            all.push_str(&text.to_lowercase());
        }
    }
    for (path, truth) in documents() {
        if path.extension().is_some_and(|ending| ending == "pdf") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy();
        let body = truth["publisher"].as_str().unwrap_or(&name);
        let all = texts.entry(body.to_owned()).or_default();
        all.push('\n');
        all.push_str(&read::file(&path).unwrap().source.to_lowercase());
    }
    texts
}

/// Whether a word stands in a text as the recognisers of its list match it: at the beginning of a
/// word, and a short one, other than a month, as a whole word that digits may follow ("vt25").
/// Words for parties and for what is laid down also begin or end words ("kulturstrategin"), those
/// for units and groups are any part of one, and a status may be inflected ("genomfört"). A single
/// letter has a number after it ("v. 20", "h1").
fn stands(list: &str, word: &str, text: &str) -> bool {
    let short = word.chars().count() <= 3;
    let month = list == "periods" && lexicon::periods::MONTHS.iter().any(|(own, _)| *own == word);
    let within = [lexicon::parties::UNIT, lexicon::parties::GROUP].concat();
    let within = list == "parties" && within.contains(&word);
    let part = ["parties", "references"].contains(&list);
    let inflected = list == "statuses" && !short;
    let stem = if inflected {
        word.strip_suffix('d').unwrap_or(word)
    } else {
        word
    };
    text.match_indices(stem).any(|(at, _)| {
        let before = text[..at].ends_with(char::is_alphabetic);
        let after = text[at + stem.len()..].chars();
        let after = after.take_while(|c| c.is_alphabetic()).count();
        if within {
            true
        } else if list == "periods" && word.len() == 1 {
            let next = text[at + 1..].trim_start_matches([' ', '.']).chars().next();
            !before && next.is_some_and(|c| c.is_ascii_digit())
        } else if short && !month {
            !before && after == 0
        } else if part {
            !before || after == 0
        } else {
            !before && (!inflected || after <= 2)
        }
    })
}

#[test]
fn every_word_of_a_rule_stands_in_documents_of_two_bodies() {
    let texts = texts();
    assert!(!stands("periods", "vt", "avtal") && stands("periods", "vt", "från vt25"));
    let mut rare = Vec::new();
    for (list, words) in lexicon::all() {
        for word in words.into_iter().collect::<BTreeSet<_>>() {
            let bodies: Vec<&str> = texts
                .iter()
                .filter(|(_, text)| stands(list, word, text))
                .map(|(body, _)| body.as_str())
                .collect();
            if bodies.len() < BODIES {
                rare.push(format!("{list}: {word:?} only in {bodies:?}"));
            }
        }
    }
    assert!(rare.is_empty(), "{}", rare.join("\n"));
}
