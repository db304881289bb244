//! What a text names: strategies, laws, projects, services, documents.

mod alike;
mod forms;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Directory, Surroundings};
use crate::import::document::Passage;
use crate::model::ReferenceKind;

pub use alike::{describes, spelled};

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
    /// Whether the words say what it is instead of naming it ("den regionala kulturplanen"): it
    /// may have a name elsewhere.
    pub described: bool,
}

/// A domain name: a letter or digit on both sides would make it part of something else.
static DOMAIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[a-zåäö0-9-]{3,}\.(?:se|nu|eu|org)\b").ok());

/// How many words a description may go on over, up to a footnote mark.
const UP_TO_MARK: usize = 3;

/// What a running text names, in order, without overlap. The names of organisations are none of
/// them; a framework that the directory knows is.
pub fn find(passage: &Passage, directory: &Directory, surroundings: &Surroundings) -> Vec<Named> {
    let text = passage.text.as_str();
    let mut found: Vec<Named> = Vec::new();
    let known = |name: &str| directory.named(name, surroundings).is_some();
    let forms = forms::FORMS.iter().flat_map(|form| {
        let fits = form.pattern.captures_iter(text);
        fits.filter(|fit| {
            let owner = fit.name("owner");
            owner.is_none_or(|owner| known(owner.as_str()))
        })
        .flat_map(|fit| (form.read)(&fit))
    });
    let frameworks = frameworks(text, directory, surroundings);
    for named in forms.chain(frameworks).chain(domains(text)) {
        let free = found
            .iter()
            .all(|other| named.at.end <= other.at.start || other.at.end <= named.at.start);
        if free && !known(&named.name) {
            found.push(to_mark(named, passage));
        }
    }
    found.sort_by_key(|named| named.at.start);
    found
}

/// Frameworks that the directory knows.
fn frameworks(text: &str, directory: &Directory, surroundings: &Surroundings) -> Vec<Named> {
    let found = directory.frameworks_in(text, surroundings).into_iter();
    found
        .filter_map(|(_, at)| {
            Some(Named {
                name: text.get(at.clone())?.to_owned(),
                at,
                other_name: None,
                kind: Some(ReferenceKind::Framework),
                described: false,
            })
        })
        .collect()
}

/// Domain names: services that go by their address.
fn domains(text: &str) -> Vec<Named> {
    let Some(pattern) = DOMAIN.as_ref() else {
        return Vec::new();
    };
    let alone = |domain: &regex::Match<'_>| {
        // Part of an address or a link's words, it names nothing of its own.
        let before = text[..domain.start()].chars().next_back();
        let mut after = text[domain.end()..].chars();
        let ends = match after.next() {
            Some('.') => after.next().is_none_or(char::is_whitespace),
            Some(c) => !matches!(c, '/' | '@'),
            None => true,
        };
        !matches!(before, Some('/' | '.' | '@' | '(')) && ends
    };
    pattern
        .find_iter(text)
        .filter(alone)
        .map(|domain| Named {
            at: domain.range(),
            name: domain.as_str().to_owned(),
            other_name: None,
            kind: Some(ReferenceKind::Service),
            described: false,
        })
        .collect()
}

/// A description with the words "för …" up to a footnote mark, which stands after what it
/// explains.
fn to_mark(mut named: Named, passage: &Passage) -> Named {
    let rest = passage.text.get(named.at.end..).unwrap_or_default();
    if !named.described || !rest.starts_with(" för ") {
        return named;
    }
    let ends = passage.marks.iter().map(|mark| mark.at);
    let Some(end) = ends.filter(|end| *end > named.at.end).min() else {
        return named;
    };
    let more = passage.text.get(named.at.end..end).unwrap_or_default();
    if more.split_whitespace().count() <= UP_TO_MARK && !more.contains(['.', ',', '\n']) {
        named.at.end = end;
        named.name.push_str(more);
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let passage = Passage::new(1, text);
        let found = find(&passage, &Directory::default(), &Surroundings::default());
        found.into_iter().map(|named| named.name).collect()
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
            ("till exempel ”Pedagog Norr”.", "Pedagog Norr"),
            (
                "en nationell strategi ”För ett hållbart land” med",
                "För ett hållbart land",
            ),
            ("som GSIM (Gemensamt samlat invånarmöte) och", "GSIM"),
            ("XYZ står för något annat", "XYZ"),
            ("länets utvecklingsstrategi, RUS 2030, är", "RUS 2030"),
            (
                "utgår från strategin för Regional agenda som",
                "strategin för Regional agenda",
            ),
            ("ur den regionala kulturplanen.", "regionala kulturplanen"),
            (
                "Resultatet står i en rapport: Skola och nät - Region Norr (norr.se)",
                "Skola och nät - Region Norr (norr.se)",
            ),
            (
                "enligt lagen (2018:1937) om tillgänglighet",
                "lagen (2018:1937) om tillgänglighet",
            ),
            ("finns på verksamt.se", "verksamt.se"),
            ("finns på verksamt.se.", "verksamt.se"),
        ] {
            assert_eq!(names(text), [expected], "{text}");
        }
        for text in [
            "se https://www.verksamt.se/x",
            "a.b@region.se",
            "Projektet är klart",
            "det ger ”en väg in” för alla",
            "den regionala handlingsplanen följs upp",
            "SKR:s cybersäkerhetsstrategi",
            "kurser, möten och andra verktyg",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_members_of_a_list_are_named() {
        assert_eq!(
            names("med initiativ som GSIM, SDK och digital post."),
            ["GSIM", "SDK", "digital post"]
        );
        assert_eq!(
            names("använda e-blomman, LIKA eller annat verktyg"),
            ["e-blomman", "LIKA"]
        );
        assert_eq!(
            names("med initiativ som GSIM och nya former för möten."),
            [""; 0]
        );
    }

    #[test]
    fn a_description_goes_on_to_a_footnote_mark() {
        let mut passage = Passage::new(1, "det nationella bredbandsmålet för god täckning söka");
        let find = |passage: &Passage| {
            let found = find(passage, &Directory::default(), &Surroundings::default());
            found.into_iter().next().unwrap().name
        };
        assert_eq!(find(&passage), "nationella bredbandsmålet");
        passage.marks.push(crate::import::document::Mark {
            at: passage.text.find(" söka").unwrap(),
            marker: "1".to_owned(),
        });
        assert_eq!(find(&passage), "nationella bredbandsmålet för god täckning");
    }
}
