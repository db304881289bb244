//! The strategies, laws and programmes that the data folder knows, by name.

use std::ops::Range;

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef};
use regex::Regex;

use super::directory::{iris, texts};
use crate::model::Iri;
use crate::vocab::rdf;

/// A framework.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Its IRI.
    pub iri: Iri,
    /// Who has laid it down (`dcterms:publisher`).
    pub publisher: Option<Iri>,
    /// Its names (`skos:prefLabel`, `skos:altLabel`) in a text.
    pattern: Option<Regex>,
}

impl Framework {
    /// Where a text names it: whatever the case of a name, but an abbreviation to the letter.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let found = self.pattern.iter();
        found.flat_map(move |pattern| pattern.find_iter(text).map(|found| found.range()))
    }
}

/// The frameworks of a graph.
pub(super) fn all(graph: &Graph) -> Vec<Framework> {
    let kind = NamedNodeRef::new_unchecked("https://w3id.org/samplan/ns#Framework");
    let subjects = graph.subjects_for_predicate_object(rdf::TYPE, kind);
    let one = |subject| {
        let NamedOrBlankNodeRef::NamedNode(node) = subject else {
            return None;
        };
        let values = |property| {
            graph.objects_for_subject_predicate(subject, NamedNodeRef::new_unchecked(property))
        };
        let names = ["prefLabel", "altLabel"].into_iter().flat_map(|property| {
            let property = format!("http://www.w3.org/2004/02/skos/core#{property}");
            let found = graph
                .objects_for_subject_predicate(subject, NamedNodeRef::new_unchecked(&property));
            texts(found)
        });
        let names = names.map(|(_, name)| name).collect::<Vec<_>>();
        let publishers = iris(values("http://purl.org/dc/terms/publisher"));
        Some(Framework {
            iri: Iri::parse(node.as_str())?,
            publisher: publishers.into_iter().next(),
            pattern: pattern(&names),
        })
    };
    subjects.filter_map(one).collect()
}

/// The pattern of several names: each whole, without an abbreviation in brackets at its end, and
/// without what follows a dash; and the abbreviations.
fn pattern(names: &[String]) -> Option<Regex> {
    let mut forms: Vec<String> = Vec::new();
    for name in names {
        let short = name
            .strip_suffix(')')
            .and_then(|name| name.rsplit_once(" ("));
        let (long, abbreviation) = match short {
            Some((long, short)) if is_abbreviation(short) => (long, Some(short)),
            _ => (name.as_str(), None),
        };
        let main = long.split(" – ").next().unwrap_or(long);
        for form in [long, main] {
            if is_abbreviation(form) {
                forms.push(regex::escape(form));
            } else if form.split(' ').count() > 2 {
                // Dashes of all lengths are the same.
                let form = regex::escape(form).replace('–', "-").replace("\\-", "-");
                forms.push(format!("(?i:{})", form.replace('-', "[–-]")));
            }
        }
        forms.extend(abbreviation.map(regex::escape));
    }
    if forms.is_empty() {
        return None;
    }
    // The longest first, since the first that fits counts.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    Regex::new(&format!(r"\b(?:{})(?:\b|$)", forms.join("|"))).ok()
}

/// Whether a name is an abbreviation: in capitals, at least three.
fn is_abbreviation(name: &str) -> bool {
    name.chars().count() > 2 && name.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(names: &[&str], text: &'t str) -> Vec<&'t str> {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let pattern = pattern(&names);
        let found = pattern.iter().flat_map(|pattern| pattern.find_iter(text));
        found.map(|found| found.as_str()).collect()
    }

    #[test]
    fn a_framework_is_known_by_its_names() {
        let sdk = ["Säker digital kommunikation (SDK)"];
        assert_eq!(
            found(&sdk, "SDK är säker digital kommunikation"),
            ["SDK", "säker digital kommunikation"]
        );
        assert_eq!(found(&sdk, "SDKn och sdk"), [""; 0]);
        assert_eq!(
            found(
                &["Regional strategi 2022–2030 – en framtid"],
                "Regional strategi 2022-2030"
            ),
            ["Regional strategi 2022-2030"]
        );
        assert_eq!(found(&["Ena – en sak"], "den ena"), [""; 0]);
    }
}
