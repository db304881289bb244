//! A list of references, entry by entry.

use super::draft::Reference;
use crate::import::document::{Block, Passage};
use crate::import::lexicon::parties::OTHERS;
use crate::import::lexicon::references::{SEVERAL, SUCH_AS};
use crate::model::ReferenceKind;

/// The entries of a list: a paragraph or point each; an address may stand in it, as a link or
/// as text, or in the next.
pub(super) fn list(body: &[Block]) -> Vec<Reference> {
    let mut entries: Vec<Passage> = Vec::new();
    for block in body {
        let passage = match block {
            Block::Paragraph(passage) => passage,
            Block::Item(item) => &item.text,
            _ => continue,
        };
        match entries.last_mut() {
            Some(last) if last.text.ends_with(':') => last.append(" ", passage.clone()),
            _ => entries.push(passage.clone()),
        }
    }
    entries.iter().filter_map(entry).collect()
}

fn entry(wording: &Passage) -> Option<Reference> {
    let text = wording.text.as_str();
    let (name, rest) = match text.split_once(": ") {
        Some((name, rest)) if !name.contains("://") => (name, rest),
        _ => (text.trim_end_matches(':'), text),
    };
    let link = markdown_link(rest);
    let address = link
        .and_then(|(_, address)| address)
        .or_else(|| plain_address(rest))
        .map(str::to_owned)
        .or_else(|| wording.links.first().map(|link| link.address.clone()));
    let other = link.map(|(words, _)| words.replace("\\(", "(").replace("\\)", ")"));
    let name = match (name == text, &other) {
        (true, Some(words)) => words.clone(),
        (true, None) => without_address(name),
        (false, _) => name.to_owned(),
    };
    let (examples, kind) = examples(text);
    (!name.is_empty()).then(|| Reference {
        examples,
        kind,
        other: other.filter(|other| *other != name),
        name,
        address,
        wording: wording.clone(),
    })
}

/// The examples that an entry gives, and what kind of things they are: "Flera projekt:
/// exempelvis A, B m.fl.".
fn examples(text: &str) -> (Vec<String>, Option<ReferenceKind>) {
    let lower = text.to_lowercase();
    let before = SUCH_AS.iter().filter(|word| word.len() > 3);
    let found = before.filter_map(|word| Some((lower.find(&format!(" {word} "))?, word)));
    let Some((at, word)) = found.min() else {
        return (Vec::new(), None);
    };
    let of = |name: &str| SEVERAL.iter().find(|(word, _)| name.contains(word));
    let kind = lower.get(..at).and_then(of).and_then(|(_, kind)| *kind);
    let list = text.get(at + word.len() + 2..).unwrap_or_default();
    let list = list.split([':', ';', '[']).next().unwrap_or_default();
    let end = OTHERS.iter().filter_map(|others| list.find(others)).min();
    let list = list.get(..end.unwrap_or(list.len())).unwrap_or_default();
    let names = list.split(", ").flat_map(|names| names.split(" och "));
    let names = names.map(|name| name.trim_matches([' ', '.', ',']));
    let upper = |name: &&str| name.chars().next().is_some_and(char::is_uppercase);
    (names.filter(upper).map(str::to_owned).collect(), kind)
}

/// "[words](address)": the words, and the address where it is one.
fn markdown_link(text: &str) -> Option<(&str, Option<&str>)> {
    let (_, rest) = text.split_once('[')?;
    let (words, rest) = rest.split_once("](")?;
    let address = rest.split_once(')').map(|(address, _)| address);
    Some((words, address.filter(|address| address.contains("://"))))
}

fn plain_address(text: &str) -> Option<&str> {
    let at = text.find("http://").or_else(|| text.find("https://"))?;
    let end = text[at..]
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | ')' | ']'))
        .map_or(text.len(), |end| at + end);
    Some(text[at..end].trim_end_matches(['.', ',']))
}

fn without_address(text: &str) -> String {
    match plain_address(text) {
        Some(address) => text.replace(address, ""),
        None => text.to_owned(),
    }
    .trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | ',' | '.' | ':' | '(' | ')')
    })
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Reference {
        entry(&Passage::new(1, text)).unwrap()
    }

    #[test]
    fn an_entry_has_a_name_and_perhaps_an_address() {
        let found = one("Svenskt ramverk: <https://www.digg.se/ramverk>");
        assert_eq!(found.name, "Svenskt ramverk");
        assert_eq!(
            found.address.as_deref(),
            Some("https://www.digg.se/ramverk")
        );
        let found = one("Projektet AI: [AI i länet](#)");
        assert_eq!(
            (found.name.as_str(), found.other.as_deref()),
            ("Projektet AI", Some("AI i länet"))
        );
        assert_eq!(found.address, None);
        let found = one("Boverket, https://boverket.se/x.");
        assert_eq!(found.name, "Boverket");
        assert_eq!(found.address.as_deref(), Some("https://boverket.se/x"));
    }

    #[test]
    fn an_entry_may_give_examples() {
        let found = one(
            "Tidigare projekt: Exempelvis Förstudien nät, DV 2023, annat arbete och Arkinera mfl: [Arkiv](#)",
        );
        assert_eq!(found.name, "Tidigare projekt");
        assert_eq!(found.examples, ["Förstudien nät", "DV 2023", "Arkinera"]);
        assert_eq!(found.kind, Some(ReferenceKind::Project));
        let found = one("Ramverk för samverkan: <https://www.digg.se/ramverk>");
        assert_eq!((found.examples.len(), found.kind), (0, None));
    }
}
