//! What a document was understood to say, before it gets addresses and layers.

use crate::import::document::{Footnote, Heading, Passage};
use crate::import::value::status;
use crate::model::{ReferenceKind, Role};

/// What a document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its title.
    pub title: Option<Passage>,
    /// The line that says who adopted it and when.
    pub adoption: Option<Passage>,
    /// The words that give its period.
    pub period: Option<Passage>,
    /// Passages kept whole.
    pub sections: Vec<Section>,
    /// Headings that activities stand under.
    pub areas: Vec<Area>,
    /// Activities, in order.
    pub activities: Vec<Activity>,
    /// Approaches it singles out: number and words.
    pub approaches: Vec<(Option<String>, Passage)>,
    /// Footnotes.
    pub footnotes: Vec<Footnote>,
    /// Entries of its list of references.
    pub references: Vec<Reference>,
    /// Addresses that stood alone on a line: what they lead to is not said there.
    pub links: Vec<Passage>,
    /// The earlier edition whose follow-up it carries.
    pub earlier: Option<Earlier>,
    /// Of the part before, where it was a measure: the level of its heading and its area.
    pub before: Option<(u8, Option<usize>)>,
}

impl Draft {
    /// All running text, in the order of its parts.
    pub fn passages(&self) -> Vec<&Passage> {
        let sections = self.sections.iter().map(|section| &section.text);
        let areas = self.areas.iter();
        let areas = areas.flat_map(|area| area.lead.iter().chain([&area.body]));
        let activities = self.activities.iter().flat_map(Activity::passages);
        let footnotes = self.footnotes.iter().map(|footnote| &footnote.text);
        let all = sections.chain(areas).chain(activities).chain(footnotes);
        all.collect()
    }
}

/// A passage kept whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its number.
    pub number: Option<String>,
    /// Its heading.
    pub title: Passage,
    /// Its text; empty where only the heading stands.
    pub text: Passage,
    /// The level of its heading.
    pub level: Option<u8>,
}

/// A heading that activities stand under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its number.
    pub number: Option<String>,
    /// Its words.
    pub label: Passage,
    /// Another form of it, as in a matrix.
    pub other: Option<Passage>,
    /// The lead.
    pub lead: Option<Passage>,
    /// The body.
    pub body: Passage,
}

/// An activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Its number, as the document has it.
    pub number: Option<String>,
    /// What is to be done.
    pub title: Passage,
    /// Another wording, as in a matrix.
    pub other: Option<Passage>,
    /// How.
    pub description: Passage,
    /// The area it stands under, by its place among them.
    pub area: Option<usize>,
    /// Bullets under it.
    pub children: Vec<Activity>,
    /// The words for when.
    pub period: Passage,
    /// The words for the beginning alone, where it stands apart.
    pub start: Passage,
    /// The words for the end alone, where it stands apart.
    pub end: Passage,
    /// Words for when in a sentence about it, where it has no others.
    pub mentioned: Passage,
    /// The words for who, and in which role.
    pub parties: Vec<(Role, Passage)>,
    /// The marks of a responsibility matrix: the heading of the column and the cell.
    pub marks: Vec<(Passage, Passage)>,
    /// The words for how far, where there is a column for it.
    pub status: Option<Passage>,
    /// The word before a list of points that says how far they have come.
    pub announced: Option<Passage>,
    /// What came of it.
    pub outcome: Passage,
}

impl Activity {
    /// Takes what follows the status in a sentence of its own as the outcome ("Pågår. Tre av tio
    /// är klara."), where there is no other.
    pub fn part_status(&mut self) {
        let Some(status) = self.status.as_mut().filter(|_| self.outcome.is_empty()) else {
            return;
        };
        let Some((word, rest)) = status.text.split_once(". ") else {
            return;
        };
        if status::is_only(word) {
            self.outcome = Passage {
                text: rest.trim().to_owned(),
                lines: status.lines.clone(),
                ..Passage::default()
            };
            status.text = word.to_owned();
        }
    }

    /// Its running text and that of the points under it.
    pub fn passages(&self) -> Vec<&Passage> {
        let own = [&self.title, &self.description, &self.outcome];
        let under = self.children.iter().flat_map(Self::passages);
        own.into_iter().chain(under).collect()
    }

    /// All lines it stands on.
    pub fn lines(&self) -> Vec<u32> {
        let status = self.status.iter().flat_map(|status| &status.lines);
        let other = self.other.iter().chain(&self.announced);
        let other = other.flat_map(|other| &other.lines);
        self.title
            .lines
            .iter()
            .chain(&self.description.lines)
            .chain(status)
            .chain(other)
            .copied()
            .collect()
    }
}

/// An entry of a list of references.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Its name.
    pub name: String,
    /// What a link calls it, where that is something else.
    pub other: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// What it gives as examples.
    pub examples: Vec<String>,
    /// What kind of things these are.
    pub kind: Option<ReferenceKind>,
    /// The whole entry.
    pub wording: Passage,
}

/// An earlier edition, known by its follow-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// The heading that the follow-up stands under.
    pub heading: Option<Heading>,
    /// Its activities with what came of them.
    pub activities: Vec<Activity>,
}
