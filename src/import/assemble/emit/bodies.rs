//! Organisations that a text mentions.

use super::Emit;
use crate::import::document::{Document, Passage};
use crate::import::lexicon::parties::COUNTY_BOARD;
use crate::import::value::mention::Mentions;
use crate::import::value::{AgentKind, Directory, Surroundings};
use crate::model::Iri;

/// The organisations of the reference data that a document mentions, by their names.
pub(super) fn of(
    document: &Document,
    directory: &Directory,
    surroundings: &Surroundings,
) -> Mentions<Iri> {
    let words: Vec<&str> = document.source.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    // Few of all names stand in one document.
    let names = directory.names_near(surroundings).into_iter();
    let names = names.filter(|(name, _)| text.contains(&name.to_lowercase()));
    let names = names.map(|(name, iri)| (name.to_owned(), iri.clone()));
    // There is one in a county, which a plan calls by what it is.
    let board = directory.of_county(AgentKind::CountyBoard, surroundings);
    let board = COUNTY_BOARD.iter().zip(board.iter().cycle());
    let board = board.map(|(name, board)| ((*name).to_owned(), board.iri.clone()));
    Mentions::new(names.chain(board), true)
}

impl Emit<'_> {
    /// The organisations that a text mentions, each once.
    pub(super) fn bodies(&self, passage: &Passage) -> Vec<Iri> {
        let places = self.bodies.places(&passage.text);
        let mut found: Vec<Iri> = places.into_iter().map(|(iri, _)| iri).collect();
        found.sort();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::Format;
    use crate::import::value::Agent;

    #[test]
    fn a_text_mentions_those_who_are_near() {
        let iri = |text: &str| Iri::parse(format!("https://example.org/{text}")).unwrap();
        let agent = |key: &str, name: &str, other: &str, kind, place: Option<&str>| Agent {
            iri: iri(key),
            names: vec![name.to_owned()],
            other_names: vec![other.to_owned()],
            kind,
            place: place.map(iri),
            members: Vec::new(),
            unit_of: None,
        };
        let directory = Directory::of(vec![
            agent(
                "a",
                "Post- och telestyrelsen",
                "PTS",
                AgentKind::Other,
                None,
            ),
            agent("b", "Norra rådet", "Rådet", AgentKind::Group, Some("north")),
            agent("c", "Södra rådet", "Forum", AgentKind::Group, Some("south")),
            agent(
                "d",
                "Länsstyrelsen i norr",
                "",
                AgentKind::CountyBoard,
                Some("north"),
            ),
        ]);
        let document = Document {
            name: String::new(),
            format: Format::Text,
            sha256: String::new(),
            title: None,
            source: "PTS stöd, rådets forum, södra\nrådet och länsstyrelsen".to_owned(),
            blocks: Vec::new(),
        };
        let surroundings = Surroundings {
            publisher: None,
            county: Some(iri("north")),
        };
        let text = "PTS stöd, rådets forum, södra rådet och länsstyrelsen";
        let found = of(&document, &directory, &surroundings).places(text);
        let found: Vec<(Iri, &str)> = found
            .into_iter()
            .map(|(iri, at)| (iri, &text[at]))
            .collect();
        assert_eq!(
            found,
            [
                (iri("a"), "PTS"),
                (iri("b"), "rådet"),
                (iri("c"), "södra rådet"),
                (iri("d"), "länsstyrelsen"),
            ]
        );
    }
}
