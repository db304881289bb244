//! [`Draft`] → [`Plan`]: addresses, layers, and a remark for everything that was assumed.

mod activity;
mod adoption;
mod bodies;
mod origin;
mod period;
mod plan;
mod references;
mod sections;
mod when;

use std::collections::BTreeMap;

use super::draft::Draft;
use super::key::{Keys, slug};
use super::likeness::{SAME, likeness};
use super::place::Source;
use crate::import::document::{Document, Passage};
use crate::import::progress::Tell;
use crate::import::remark::{Kind, Remark};
use crate::import::value::mention::Mentions;
use crate::import::value::party::{Party, Who};
use crate::import::value::{Directory, Note, Surroundings};
use crate::model::{Date, Iri, Layer, LayerGraph, LineRange, Plan, PlanId, Text, Values};
use crate::rdf::Base;

/// What an import knows beside the document.
pub struct Known<'a> {
    /// The address of the instance.
    pub base: &'a Base,
    /// The organisations.
    pub directory: &'a Directory,
    /// Whose plan it is, and where.
    pub surroundings: &'a Surroundings,
    /// The id of the plan.
    pub id: PlanId,
    /// A title, where the document has none or another is wanted.
    pub title: Option<String>,
    /// The words of a period, where the document has none or another is wanted.
    pub period: Option<String>,
    /// The plan with that id as it was, whose addresses stay.
    pub previous: Option<&'a Plan>,
    /// The edition that reports the follow-ups, where it is another.
    pub reported_in: Option<Iri>,
    /// The day of the import.
    pub today: Date,
    /// Takes what is done next.
    pub tell: Tell<'a>,
}

/// An organisation that the directory does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAgent {
    /// Its IRI.
    pub iri: Iri,
    /// Its name in the document.
    pub name: String,
    /// What it is a unit of.
    pub unit_of: Option<Iri>,
    /// Whether it is a group.
    pub group: bool,
    /// Its members.
    pub members: Vec<Iri>,
}

/// A plan, and what goes with it.
#[derive(Clone, Debug, Default)]
pub struct Produced {
    /// The plan.
    pub plan: Plan,
    /// Organisations to be added to the reference data.
    pub agents: BTreeMap<Iri, NewAgent>,
    /// What to look at.
    pub remarks: Vec<Remark>,
}

/// The plan that a draft is.
pub fn emit(draft: &Draft, document: &Document, known: &Known<'_>) -> Produced {
    let mut emit = Emit::new(document, known);
    emit.layers();
    emit.heading(draft);
    emit.references(draft);
    emit.footnotes(draft);
    emit.sections(draft);
    emit.areas(draft);
    emit.activities(draft);
    emit.produced
}

/// The state of making a plan.
struct Emit<'a> {
    known: &'a Known<'a>,
    document: &'a Document,
    source: Source<'a>,
    language: &'static str,
    iri: String,
    keys: BTreeMap<&'static str, Keys>,
    /// Footnotes by mark.
    footnotes: BTreeMap<String, Iri>,
    /// What the document names, by its names.
    mentions: Mentions<Iri>,
    /// The organisations that the document mentions, by their names.
    bodies: Mentions<Iri>,
    produced: Produced,
}

impl<'a> Emit<'a> {
    fn new(document: &'a Document, known: &'a Known<'a>) -> Self {
        Self {
            iri: known.base.plan(&known.id).as_str().to_owned(),
            source: Source::new(&document.source),
            language: language(&document.source),
            known,
            document,
            keys: BTreeMap::new(),
            footnotes: BTreeMap::new(),
            mentions: Mentions::default(),
            bodies: bodies::of(document, known.directory, known.surroundings),
            produced: Produced::default(),
        }
    }

    /// The address below the plan.
    fn node(&self, path: &str) -> Option<Iri> {
        Iri::parse(format!("{}/{path}", self.iri))
    }

    fn plan_iri(&self) -> Option<Iri> {
        Iri::parse(self.iri.clone())
    }

    /// The key that a part of the plan as it was has, where it is recognisably the same; else
    /// one made of `short`.
    fn key_of<'p>(
        &mut self,
        kind: &'static str,
        words: &str,
        short: &str,
        before: impl Iterator<Item = (&'p Iri, &'p str)> + Clone,
    ) -> String {
        let bare = words.trim_end_matches('.');
        let same = before.clone();
        let same = same.filter(|(_, old)| old.trim_end_matches('.') == bare);
        // Most of a plan is as it was, and to weigh each part against all takes long.
        let best = same.last().map(|(iri, _)| iri).or_else(|| {
            before
                .map(|(iri, old)| (likeness(old, words), iri))
                .filter(|(like, _)| *like > SAME + 0.2)
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .map(|(_, iri)| iri)
        });
        if let Some(iri) = best
            && let Some((_, key)) = iri.as_str().rsplit_once('/')
            && self.keys.entry(kind).or_default().take(key)
        {
            return key.to_owned();
        }
        self.keys.entry(kind).or_default().give(short, kind)
    }

    fn text(&self, text: impl Into<String>) -> Text {
        Text {
            language: self.language.to_owned(),
            text: text.into(),
        }
    }

    /// A text in the document's language.
    fn texts(&self, passage: &Passage) -> Text {
        self.text(passage.text.clone())
    }

    fn ranges(&self, lines: &[u32]) -> Vec<LineRange> {
        self.source.ranges(lines)
    }

    fn put_ranges(&self, values: &mut Values<LineRange>, lines: &[u32]) {
        for range in self.ranges(lines) {
            values.insert(range, Layer::Stated);
        }
    }

    /// The footnotes whose marks stood in a passage.
    fn notes(&self, passage: &Passage) -> Vec<Iri> {
        let marks = passage.marks.iter();
        marks
            .filter_map(|mark| self.footnotes.get(&mark.marker).cloned())
            .collect()
    }

    fn remark(&mut self, kind: Kind, line: Option<u32>, read: &str, note: &Note, about: &str) {
        let mut remark = Remark::new(kind, line, read, &note.sv, &note.en);
        remark.node = Some(about.to_owned());
        self.produced.remarks.push(remark);
    }

    /// The editorial notes that a note becomes.
    fn note_texts(note: &Note) -> [Text; 2] {
        [
            Text::sv(note.sv.clone()),
            Text {
                language: "en".to_owned(),
                text: note.en.clone(),
            },
        ]
    }

    /// The IRI of a party; an organisation that nobody knows is made.
    fn agent(&mut self, party: &Party) -> Option<Iri> {
        let (unit_of, group, members) = match &party.who {
            Who::Known(iri) => return Some(iri.clone()),
            Who::New {
                unit_of,
                group,
                members,
            } => (unit_of.clone(), *group, members.clone()),
        };
        let around = unit_of
            .as_ref()
            .or(self.known.surroundings.publisher.as_ref());
        let around = around
            .and_then(|iri| iri.as_str().rsplit('/').next())
            .filter(|_| members.is_empty())
            .unwrap_or_default();
        let whole = self
            .known
            .directory
            .all_municipalities(self.known.surroundings);
        let whole = whole.filter(|_| !members.is_empty()).map(|(full, _)| full);
        let name = whole.unwrap_or_else(|| party.name.clone());
        let key = slug(&format!("{name} {around}"));
        let iri = self.free(&key, &name)?;
        self.produced
            .agents
            .entry(iri.clone())
            .or_insert_with(|| NewAgent {
                iri: iri.clone(),
                name,
                unit_of,
                group,
                members,
            });
        Some(iri)
    }

    /// The IRI of a new organisation: not that of another, where letters that a key cannot have
    /// make the difference.
    fn free(&self, key: &str, name: &str) -> Option<Iri> {
        let base = self.known.base;
        let node = |key: &str| Iri::parse(base.node(&format!("organisation/{key}")).as_str());
        // How it is spelt makes no other.
        let letters_of = |name: &str| -> String {
            let own = name.chars().filter(|c| c.is_alphanumeric());
            own.flat_map(char::to_lowercase).collect()
        };
        let own = letters_of(name);
        let another = |iri: &Iri| {
            let known = self.known.directory.agent(iri);
            let new = self.produced.agents.get(iri);
            known.is_some_and(|known| known.names.iter().all(|other| letters_of(other) != own))
                || new.is_some_and(|new| letters_of(&new.name) != own)
        };
        let key = if key.is_empty() { "agent" } else { key };
        let numbered = (2..).map(|number| node(&format!("{key}-{number}")));
        std::iter::once(node(key))
            .chain(numbered)
            .find(|iri| !iri.as_ref().is_some_and(another))?
    }

    /// Whether a note about who a party is is for readers too: that nobody knew an organisation
    /// is only for who imports.
    fn for_readers(party: &Party) -> bool {
        match &party.who {
            Who::Known(_) => true,
            Who::New { members, .. } => !members.is_empty(),
        }
    }

    /// Who counts as taking part: the agent, and each member where each is for itself.
    fn with_members(&self, agent: &Iri, distributive: bool) -> Vec<Iri> {
        let new = self.produced.agents.get(agent).map(|agent| &agent.members);
        let known = self.known.directory.agent(agent);
        let members = known.map(|agent| &agent.members).or(new);
        let members = members
            .filter(|_| distributive)
            .into_iter()
            .flatten()
            .cloned();
        std::iter::once(agent.clone()).chain(members).collect()
    }

    /// The descriptions of the two layers that an import makes.
    fn layers(&mut self) {
        let plan = self.plan_iri();
        for layer in [Layer::Stated, Layer::Interpreted] {
            let mut graph = LayerGraph {
                declared: [layer].into(),
                ..LayerGraph::default()
            };
            graph.modified.insert(self.known.today, layer);
            if let Some(plan) = &plan {
                graph.in_plan.insert(plan.clone(), layer);
            }
            let rights = self.node("rights");
            let cc0 = Iri::parse("http://creativecommons.org/publicdomain/zero/1.0/");
            match layer {
                Layer::Stated => graph.rights.extend_from(rights, layer),
                _ => graph.license.extend_from(cc0, layer),
            }
            self.produced.plan.graphs.insert(layer, graph);
        }
    }
}

/// Adds a value that may not be there.
trait ExtendFrom<T> {
    fn extend_from(&mut self, value: Option<T>, layer: Layer);
}

impl<T: Ord> ExtendFrom<T> for Values<T> {
    fn extend_from(&mut self, value: Option<T>, layer: Layer) {
        if let Some(value) = value {
            self.insert(value, layer);
        }
    }
}

/// The language of a text, by the commonest small words: `sv` or `en`.
fn language(text: &str) -> &'static str {
    const SV: [&str; 6] = ["och", "att", "för", "som", "med", "är"];
    const EN: [&str; 6] = ["and", "the", "of", "to", "for", "with"];
    let count = |words: [&str; 6]| {
        text.split(|c: char| !c.is_alphabetic())
            .filter(|word| words.contains(&word.to_lowercase().as_str()))
            .count()
    };
    if count(EN) > count(SV) { "en" } else { "sv" }
}
