//! What a text names: strategies, laws, projects, services, documents.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::import::lexicon::references::{ANNOUNCE, QUOTED};
use crate::model::ReferenceKind;

/// Something that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The bytes of the words that name it, with those that announce it ("verktyget LIKA
    /// Skola").
    pub at: Range<usize>,
    /// Its name ("LIKA Skola").
    pub name: String,
    /// Another form of its name ("GSIM (Gemensamt samlat invånarmöte)").
    pub other_name: Option<String>,
    /// What kind of thing it is, where the words say so.
    pub kind: Option<ReferenceKind>,
}

/// The forms in which things are named.
struct Forms {
    announced: Regex,
    quoted: Regex,
    expanded: Regex,
    law: Regex,
    domain: Regex,
}

static FORMS: LazyLock<Option<Forms>> = LazyLock::new(|| {
    let join = |words: Vec<&str>| words.join("|");
    let announce = join(ANNOUNCE.iter().map(|(word, _)| *word).collect());
    let quoted = join(QUOTED.iter().map(|(word, _)| *word).collect());
    // A name goes on while its words begin in upper case.
    let name = r"(?:\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)*)";
    Some(Forms {
        announced: Regex::new(&format!(
            r"(?i:\b({announce}))\s+(?:[”“»]([^”“»«]{{2,80}})[”“«]|({name}))"
        ))
        .ok()?,
        quoted: Regex::new(&format!(r"\b\w*(?:{quoted})\s+[”“»]([^”“»«]{{2,120}})[”“«]")).ok()?,
        expanded: Regex::new(r"\b(\p{Lu}{2,8})\s\((\p{Lu}[^()]{4,80})\)").ok()?,
        law: Regex::new(r"(?i:\b(?:lagen|förordningen|lag|förordning))\s\(\d{4}:\d{1,4}\)(?:\som\s[\p{L} ]{4,80})?").ok()?,
        domain: Regex::new(r"\b[a-zåäö0-9-]{3,}\.(?:se|nu|eu|org)\b").ok()?,
    })
});

/// What a running text names, in order, without overlap.
pub fn find(text: &str) -> Vec<Named> {
    let Some(forms) = FORMS.as_ref() else {
        return Vec::new();
    };
    let mut found: Vec<Named> = Vec::new();
    let mut add = |at: Range<usize>, name: &str, other: Option<&str>, kind| {
        let free = found
            .iter()
            .all(|named| at.end <= named.at.start || named.at.end <= at.start);
        if free {
            found.push(Named {
                at,
                name: name.trim().to_owned(),
                other_name: other.map(str::to_owned),
                kind,
            });
        }
    };
    for captures in forms.quoted.captures_iter(text) {
        if let (Some(all), Some(name)) = (captures.get(0), captures.get(1)) {
            add(
                all.range(),
                name.as_str(),
                None,
                Some(ReferenceKind::Framework),
            );
        }
    }
    for captures in forms.announced.captures_iter(text) {
        let word = captures[1].to_lowercase();
        let kind = ANNOUNCE.iter().find(|(own, _)| *own == word);
        let name = captures.get(2).or_else(|| captures.get(3));
        if let (Some(all), Some(name)) = (captures.get(0), name) {
            add(
                all.range(),
                name.as_str(),
                None,
                kind.and_then(|(_, kind)| *kind),
            );
        }
    }
    for captures in forms.expanded.captures_iter(text) {
        if let (Some(all), Some(name), Some(long)) =
            (captures.get(0), captures.get(1), captures.get(2))
        {
            add(all.range(), name.as_str(), Some(long.as_str()), None);
        }
    }
    for law in forms.law.find_iter(text) {
        add(
            law.range(),
            law.as_str(),
            None,
            Some(ReferenceKind::Framework),
        );
    }
    for domain in forms.domain.find_iter(text) {
        // Part of an address or a link's words, it names nothing of its own.
        let before = text[..domain.start()].chars().next_back();
        let after = text[domain.end()..].chars().next();
        if !matches!(before, Some('/' | '.' | '@' | '(')) && !matches!(after, Some('/' | '.' | '@'))
            || after == Some('.') && text[domain.end() + 1..].starts_with([' ', '\n'])
        {
            add(
                domain.range(),
                domain.as_str(),
                None,
                Some(ReferenceKind::Service),
            );
        }
    }
    found.sort_by_key(|named| named.at.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        find(text).into_iter().map(|named| named.name).collect()
    }

    #[test]
    fn things_are_named_in_several_ways() {
        for (text, expected) in [
            ("med hjälp av verktyget LIKA Skola samt", "LIKA Skola"),
            ("via priset Guldmolnet.", "Guldmolnet"),
            (
                "utbildningsinsatsen ”Leda Digitalisering” för",
                "Leda Digitalisering",
            ),
            (
                "en nationell strategi ”För ett hållbart land” med",
                "För ett hållbart land",
            ),
            ("som GSIM (Gemensamt samlat invånarmöte) och", "GSIM"),
            (
                "enligt lagen (2018:1937) om tillgänglighet",
                "lagen (2018:1937) om tillgänglighet",
            ),
            ("finns på verksamt.se", "verksamt.se"),
        ] {
            assert_eq!(names(text), [expected], "{text}");
        }
        for text in [
            "se https://www.verksamt.se/x",
            "a.b@region.se",
            "Projektet är klart",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }
}
