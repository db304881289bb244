//! The forms in which things are named.

use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::Named;
use crate::import::lexicon::references::{
    AFTER, ANNOUNCE, LAID_DOWN, LAID_DOWN_TOO, LAW, OR_OTHER, SEVERAL, STANDS_FOR, SUCH_AS, USED,
    WHOSE,
};
use crate::import::lexicon::structure::PLAN;
use crate::model::ReferenceKind;

/// A form: where its pattern fits, what is named. A group called "owner" must be somebody whom
/// the reference data know.
pub(super) struct Form {
    pub(super) pattern: Regex,
    pub(super) read: Read,
}

/// What the words that fit a pattern name.
type Read = fn(&Captures<'_>) -> Vec<Named>;

/// A name that goes on while its words begin in upper case.
const NAME: &str = r"\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)*";

/// All forms; where two fit the same words, the first counts.
pub(super) static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let any = |words: Vec<&str>| {
        let words: Vec<String> = words.into_iter().map(regex::escape).collect();
        words.join("|")
    };
    let announce = any(ANNOUNCE.iter().map(|(word, _)| *word).collect());
    let laid_down = || LAID_DOWN.iter().chain(LAID_DOWN_TOO);
    let bare = any(laid_down().map(|(word, _)| *word).collect());
    let the = any(laid_down().map(|(_, word)| *word).collect());
    let named_for = any(LAID_DOWN.iter().map(|(_, word)| *word).collect());
    let law = any(LAW.to_vec());
    let used = any(USED.to_vec());
    let whose = any(WHOSE.to_vec());
    let several = any(SEVERAL.iter().map(|(word, _)| *word).collect());
    let such_as = any(SUCH_AS.to_vec());
    let or_other = any(OR_OTHER.to_vec());
    let stands_for = any(STANDS_FOR.to_vec());
    let item = format!(r"{NAME}(?:\s\([^()]{{2,80}}\))?");
    let forms: [(String, Read); 13] = [
        (
            format!(r"\b(?:(?:{whose})\s)?\w*(?:{bare}|{the})\s+[”“»]([^”“»«]{{2,120}})[”“«]"),
            |found| one(found, 1, Some(ReferenceKind::Framework)),
        ),
        (
            format!(r"(?i:\b({announce}))\s+(?:[”“»]([^”“»«]{{2,80}})[”“«]|({NAME}))"),
            announced,
        ),
        // As a page is called where a link to it was pasted.
        (
            r"\b(\p{Lu}[^.:;()\n]{4,100}\s\((?:www\.)?[\w-]+\.(?:se|nu|eu|org)\))".to_owned(),
            |found| one(found, 1, Some(ReferenceKind::Document)),
        ),
        (
            format!(
                r"\b(?P<owner>{NAME})(?::s)?\s(?:(?:{whose})\s)?\p{{Ll}}{{3,}}(?:{bare})(?:\s(?:19|20)\d\d)?\b"
            ),
            owned,
        ),
        (
            format!(
                r"\b((?:\p{{Lu}}\p{{L}}+\s)?(?:(?:{whose})\s)?\p{{Ll}}*(?:{bare}|{the}))(?:,\s(\p{{Lu}}{{3,8}}(?:\s\d{{4}})?)\b|\s\((\p{{Lu}}{{3,8}}(?:\s\d{{4}})?)\))"
            ),
            shortened,
        ),
        (
            r"\b(\p{Lu}{3,8})\s\((\p{Lu}[^()]{4,80})\)".to_owned(),
            |found| one(found, 1, None),
        ),
        (
            format!(r"\b(\p{{Lu}}{{3,8}})\s(?:{stands_for})\s([^.,;()\n]{{4,80}})"),
            |found| one(found, 1, None),
        ),
        (
            format!(r"(?i:\b(?:{law}))\s\(\d{{4}}:\d{{1,4}}\)(?:\som\s[\p{{L}} ]{{4,80}})?"),
            |found| one(found, 0, Some(ReferenceKind::Framework)),
        ),
        (
            format!(
                r"(?i:\b[\p{{L}}-]*?({several})\s(?:{such_as})\s)({item}(?:,\s{item})*)(?:\s(?:och|samt|eller)\s(?:({item})|(\p{{Ll}}+(?:\s\p{{Ll}}+)?)(?:[.,;:]|$)))?"
            ),
            listed,
        ),
        (
            format!(
                r"([\p{{L}}\d-]+)((?:,\s[\p{{L}}\d-]+)*),?\s(?:eller|och|samt)\s(?:{or_other})\s(?:\p{{Ll}}+\s)?\p{{Ll}}*?({several})\b"
            ),
            with_others,
        ),
        (
            format!(
                r"\b(?:(?:{whose})\s(?:\p{{Ll}}+a\s(?:{the})|(?:\p{{Ll}}+a\s)?\p{{Ll}}{{3,}}(?:{the}|{used}))\b)(?:\sför\s{NAME}(?:\slän)?)?"
            ),
            described,
        ),
        (
            format!(r"\b(?:{named_for})\sför\s\p{{Lu}}\p{{L}}+(?:\s\p{{L}}+){{0,4}}"),
            laid_down_for,
        ),
        // Without a word that announces it, a name is what begins in upper case throughout.
        (
            r"[”“»](\p{Lu}[\p{L}\d]*(?:\s\p{Lu}[\p{L}\d]*)+)[”“«]".to_owned(),
            |found| one(found, 1, None),
        ),
    ];
    let forms = forms.into_iter().filter_map(|(pattern, read)| {
        let pattern = Regex::new(&pattern).ok()?;
        Some(Form { pattern, read })
    });
    forms.collect()
});

fn named(at: Match<'_>, name: &str, kind: Option<ReferenceKind>) -> Named {
    Named {
        at: at.range(),
        name: name.trim().to_owned(),
        other_name: None,
        kind,
        described: false,
    }
}

/// The words of one group; those of the next are another name.
fn one(found: &Captures<'_>, group: usize, kind: Option<ReferenceKind>) -> Vec<Named> {
    let (Some(all), Some(name)) = (found.get(0), found.get(group)) else {
        return Vec::new();
    };
    vec![Named {
        other_name: found
            .get(group + 1)
            .filter(|_| group > 0)
            .map(|other| other.as_str().trim().to_owned()),
        ..named(all, name.as_str(), kind)
    }]
}

fn announced(found: &Captures<'_>) -> Vec<Named> {
    let word = found[1].to_lowercase();
    let kind = ANNOUNCE.iter().find(|(own, _)| *own == word);
    let kind = kind.and_then(|(_, kind)| *kind);
    let name = found.get(2).or_else(|| found.get(3));
    match (found.get(0), name) {
        (Some(all), Some(name)) => vec![named(all, name.as_str(), kind)],
        _ => Vec::new(),
    }
}

/// "SKR:s cybersäkerhetsstrategi"; whether somebody has the name is for who asks.
fn owned(found: &Captures<'_>) -> Vec<Named> {
    let kind = Some(ReferenceKind::Framework);
    let all = found.get(0).into_iter();
    all.filter(|all| !is_plan(all.as_str()))
        .map(|all| named(all, all.as_str(), kind))
        .collect()
}

/// "länets utvecklingsstrategi, RUS 2030": the short name, and the long one beside it.
fn shortened(found: &Captures<'_>) -> Vec<Named> {
    let short = found.get(2).or_else(|| found.get(3));
    match (found.get(0), found.get(1), short) {
        (Some(all), Some(long), Some(short)) if !is_plan(long.as_str()) => vec![Named {
            other_name: Some(long.as_str().to_owned()),
            ..named(all, short.as_str(), Some(ReferenceKind::Framework))
        }],
        _ => Vec::new(),
    }
}

/// The names of a list after the word for what they are: "verktyg som A, B och C".
fn listed(found: &Captures<'_>) -> Vec<Named> {
    let kind = kind_of_several(&found[1]);
    let (Some(first), last) = (found.get(2), found.get(3)) else {
        return Vec::new();
    };
    let mut names = members(first);
    names.extend(last.map(|last| (last.range(), last.as_str())));
    if names.len() > 1 {
        // After several names also what is written in lower case is one.
        names.extend(found.get(4).map(|last| (last.range(), last.as_str())));
        return of(names, kind);
    }
    Vec::new()
}

/// The names of a list before the word for what they are: "A, B eller annat verktyg".
fn with_others(found: &Captures<'_>) -> Vec<Named> {
    let kind = kind_of_several(&found[3]);
    let (Some(first), Some(rest)) = (found.get(1), found.get(2)) else {
        return Vec::new();
    };
    let mut names = vec![(first.range(), first.as_str())];
    names.extend(members(rest));
    // A list of common words says what else there is, not what it is called.
    let upper = |(_, name): &(_, &str)| name.chars().any(char::is_uppercase);
    if names.iter().any(upper) {
        of(names, kind)
    } else {
        Vec::new()
    }
}

/// The members of a list with commas, with where they stand.
fn members(list: Match<'_>) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut at = list.start();
    let mut members = Vec::new();
    for member in list.as_str().split(", ") {
        if !member.is_empty() {
            members.push((at..at + member.len(), member));
        }
        at += member.len() + 2;
    }
    members
}

fn of(names: Vec<(std::ops::Range<usize>, &str)>, kind: Option<ReferenceKind>) -> Vec<Named> {
    let one = |(at, words): (_, &str)| {
        let (name, other) = match words.split_once(" (") {
            Some((name, other)) => (name, Some(other.trim_end_matches(')').to_owned())),
            None => (words, None),
        };
        Named {
            at,
            name: name.to_owned(),
            other_name: other,
            kind,
            described: false,
        }
    };
    names.into_iter().map(one).collect()
}

fn kind_of_several(word: &str) -> Option<ReferenceKind> {
    let word = word.to_lowercase();
    let kind = SEVERAL.iter().find(|(own, _)| *own == word);
    kind.and_then(|(_, kind)| *kind)
}

/// "den regionala kulturplanen": what it is, and whose, instead of a name.
fn described(found: &Captures<'_>) -> Vec<Named> {
    let Some(all) = found.get(0) else {
        return Vec::new();
    };
    let kind = if USED.iter().any(|word| all.as_str().ends_with(word)) {
        ReferenceKind::Service
    } else {
        ReferenceKind::Framework
    };
    let mut found = named(all, all.as_str(), Some(kind));
    found.described = true;
    // The plan speaks of itself so too.
    if is_plan(all.as_str()) {
        Vec::new()
    } else {
        vec![found]
    }
}

/// "strategin för Regional digital agenda", up to the word that goes on the sentence.
fn laid_down_for(found: &Captures<'_>) -> Vec<Named> {
    let Some(all) = found.get(0) else {
        return Vec::new();
    };
    let mut end = 0;
    for (place, word) in all.as_str().split(' ').enumerate() {
        if place > 2 && AFTER.contains(&word) {
            break;
        }
        end += word.len() + usize::from(place > 0);
    }
    let name = &all.as_str()[..end];
    vec![Named {
        at: all.start()..all.start() + end,
        name: name.to_owned(),
        other_name: None,
        kind: Some(ReferenceKind::Framework),
        described: false,
    }]
}

fn is_plan(words: &str) -> bool {
    let words = words.to_lowercase();
    PLAN.iter().any(|plan| words.contains(plan))
}
