//! Stems: what the inflections of a word have in common.
//!
//! Snowball's Swedish stemmer takes one ending off, so that "projekt" becomes "projek" and
//! "projektet" becomes "projekt", and knows no "förskolan". Here endings are taken off until there
//! is none left, by it and by the [`ENDINGS`] it lacks: then all forms end at the same stem.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// The language in which a word is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tongue {
    /// Swedish.
    Swedish,
    /// English.
    English,
    /// Another one; its words are taken as they stand.
    Other,
}

impl Tongue {
    /// The language of a tag (BCP 47); Swedish where it is empty.
    pub fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default() {
            "" | "sv" => Self::Swedish,
            "en" => Self::English,
            _ => Self::Other,
        }
    }
}

/// The longest word that is stemmed or split, in bytes; what is longer is no word.
pub(super) const LONGEST: usize = 80;

/// Endings that Snowball leaves, what is put in their place, and how many characters must stand
/// before. Longest first.
const ENDINGS: &[(&str, &str, usize)] = &[
    // To digitise, digitised, digitisation; to manage, management.
    ("isering", "is", 4),
    ("ering", "", 4),
    ("veckling", "veckl", 1),
    // What is done, and to do it: uppföljning, uppfölja.
    ("ning", "", 5),
    // The definite form of a word in -a, -i, -ö, -y, -el: skolan, strategin, miljön, policyn, regeln.
    ("an", "", 3),
    ("in", "i", 4),
    ("ön", "ö", 3),
    ("yn", "y", 4),
    ("eln", "el", 2),
    // Words from Latin: gymnasium, gymnasiet, gymnasier; centrum, centra.
    ("iet", "i", 3),
    ("ium", "i", 3),
    ("trum", "tr", 3),
    // An adjective in -t: digitalt, hållbart, proaktivt, gemensamt, ansvarsfullt; and gemensamma.
    ("ellt", "ell", 2),
    ("alt", "al", 4),
    ("bart", "bar", 2),
    ("ivt", "iv", 2),
    ("samt", "sam", 2),
    ("samma", "sam", 2),
    ("fullt", "full", 2),
    ("iskt", "isk", 2),
    // The definite form of a word in a consonant, and its genitive: projektet, nätverkets. What is
    // in -het is left to Snowball.
    ("hets", "het", 2),
    ("het", "het", 0),
    ("ets", "", 4),
    ("et", "", 4),
];

/// Words of their own, of which Snowball makes something else in some of their forms; whatever
/// stands before them.
const NOUNS: &[(&str, &[&str])] = &[
    ("band", &["", "et", "en", "ets", "ens", "s"]),
    ("land", &["", "et", "en", "ets", "ens", "s"]),
    ("strand", &["", "en", "ens", "s"]),
    ("stad", &["", "en", "ens", "s"]),
    ("ort", &["", "en", "er", "erna", "ens", "ers", "ernas", "s"]),
    ("internet", &["", "s"]),
    ("parkering", &["", "en", "ar", "arna", "ens", "s"]),
];

/// Forms that change more than the ending, and their stem; whatever stands before them.
const CHANGED: &[(&str, &str)] = &[
    ("städer", "stad"),
    ("städerna", "stad"),
    ("städernas", "stad"),
    ("länder", "land"),
    ("länderna", "land"),
    ("ländernas", "land"),
    ("stränder", "strand"),
    ("böcker", "bok"),
    ("böckerna", "bok"),
    ("ledamöter", "ledamot"),
    ("ledamöterna", "ledamot"),
];

/// The stem of a folded word.
pub fn stem(folded: &str, tongue: Tongue) -> Cow<'_, str> {
    if folded.len() > LONGEST || !folded.chars().all(char::is_alphabetic) {
        return Cow::Borrowed(folded);
    }
    match tongue {
        Tongue::Swedish => swedish(folded),
        Tongue::English => Stemmer::new(Algorithm::English).stem(folded),
        Tongue::Other => Cow::Borrowed(folded),
    }
}

fn swedish(word: &str) -> Cow<'_, str> {
    if let Some(stem) = as_a_noun(word) {
        return Cow::Owned(stem);
    }
    let stemmer = Stemmer::new(Algorithm::Swedish);
    let mut stem = Cow::Borrowed(word);
    // Each round makes it shorter.
    loop {
        if let Some(noun) = as_a_noun(&stem) {
            return Cow::Owned(noun);
        }
        let shorter = match mended(&stem) {
            Some(mended) => mended,
            None => stemmer.stem(&stem).into_owned(),
        };
        if shorter.len() >= stem.len() {
            return Cow::Owned(contracted(stem.into_owned()));
        }
        stem = Cow::Owned(shorter);
    }
}

/// The word without an ending of ours.
fn mended(word: &str) -> Option<String> {
    let (ending, instead, _) = ENDINGS.iter().find(|(ending, _, before)| {
        word.strip_suffix(ending)
            .is_some_and(|rest| rest.chars().count() >= *before)
    })?;
    let mended = format!("{}{instead}", word.strip_suffix(ending)?);
    (mended.len() < word.len()).then_some(mended)
}

fn as_a_noun(word: &str) -> Option<String> {
    for (form, stem) in CHANGED {
        if let Some(before) = word.strip_suffix(form) {
            return Some(format!("{before}{stem}"));
        }
    }
    for (noun, endings) in NOUNS {
        for ending in *endings {
            let rest = word.strip_suffix(ending);
            if let Some(before) = rest.and_then(|rest| rest.strip_suffix(noun)) {
                return Some(format!("{before}{noun}"));
            }
        }
    }
    None
}

/// A stem without the vowel that inflection drops: regel and regler, fiber and fibrer.
fn contracted(mut stem: String) -> String {
    let mut end = stem.chars().rev();
    match (end.next(), end.next(), end.next()) {
        (Some('l'), Some('e'), Some(c)) if !is_vowel(c) && end.any(is_vowel) => {
            stem.truncate(stem.len() - "el".len());
            stem.push('l');
        }
        (Some('r'), Some(c), _) if "bdfgkptv".contains(c) && stem.chars().count() > 3 => {
            stem.pop();
        }
        _ => {}
    }
    stem
}

pub(super) fn is_vowel(c: char) -> bool {
    "aeiouyåäö".contains(c)
}
