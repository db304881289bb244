//! Things that a document names, as nodes of the plan.
//!
//! All names are found before anything is emitted, so that a thing is known also where it is
//! mentioned before the words that name it.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::{self, Draft};
use crate::import::document::Passage;
use crate::import::remark::{Kind, Remark};
use crate::import::value::Note;
use crate::import::value::mention::Mentions;
use crate::import::value::reference::{self, Named};
use crate::model::{Iri, Layer, LineRange, Reference, ReferenceKind};

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

impl Emit<'_> {
    /// Everything that the document names: the entries of its list of references, and what the
    /// texts name.
    pub(super) fn references(&mut self, draft: &Draft) {
        for (position, entry) in (1..).zip(&draft.references) {
            self.entry(entry, position);
        }
        let listed: Vec<u32> = draft
            .references
            .iter()
            .flat_map(|entry| entry.wording.lines.iter().copied())
            .collect();
        let mut passages = draft.passages();
        // What the list names, its entries are already.
        passages.retain(|passage| !passage.lines.iter().any(|line| listed.contains(line)));
        let found: Vec<(Named, &Passage)> = passages
            .iter()
            .flat_map(|passage| {
                let (directory, around) = (self.known.directory, self.known.surroundings);
                let found = reference::find(passage, directory, around).into_iter();
                found.map(|named| (named, *passage))
            })
            .collect();
        // What is only described may have its name further on.
        for described in [false, true] {
            let found = found.iter().filter(|(own, _)| own.described == described);
            for (named, passage) in found {
                self.name(short_domain(named.clone(), &passages), passage);
            }
        }
        self.addresses(draft, &passages);
        self.relate();
        self.mentions = self.mentions();
    }

    /// An entry of the list of references, and the examples it gives.
    fn entry(&mut self, entry: &draft::Reference, position: u32) {
        let lines = entry.wording.lines.clone();
        let kind = self.kind_of(&entry.name);
        let iri = self.reference(
            &entry.name,
            entry.other.clone(),
            kind,
            &entry.wording.text,
            &lines,
        );
        let Some(iri) = iri else { return };
        let page = entry.address.as_deref().and_then(Iri::parse);
        if let (Some(address), None) = (&entry.address, &page) {
            self.produced.remarks.push(Remark::new(
                Kind::LeftOut,
                lines.first().copied(),
                address,
                "Adressen går inte att läsa som en webbadress och är utelämnad.",
                "The address cannot be read as a web address and is left out.",
            ));
        }
        if let Some(node) = self.produced.plan.named.get_mut(&iri) {
            node.page.extend_from(page, STATED);
            // Listed twice, it stands where it is first.
            if node.position.is_empty() {
                node.position.insert(position, STATED);
            }
        }
        self.produced.plan.references.insert(iri, STATED);
        for example in &entry.examples {
            let lines = self.source.lines_of(example, &entry.wording);
            self.reference(example, None, entry.kind, example, &lines);
        }
    }

    /// What kind of thing a name of its own says that it is.
    fn kind_of(&self, name: &str) -> Option<ReferenceKind> {
        let passage = Passage {
            text: name.to_owned(),
            ..Passage::default()
        };
        let (directory, around) = (self.known.directory, self.known.surroundings);
        let found = reference::find(&passage, directory, around);
        found.first().and_then(|named| named.kind)
    }

    /// The node of something that a text names; where the plan has it already, with the name as
    /// another of its names.
    fn name(&mut self, named: Named, passage: &Passage) {
        let Some(wording) = passage.text.get(named.at.clone()) else {
            return;
        };
        let lines = self.source.lines_of(wording, passage);
        let Some(iri) = self.same(&named) else {
            self.reference(&named.name, named.other_name, named.kind, wording, &lines);
            return;
        };
        let new = |node: &Reference, name: &str| names(node).all(|own| !equal(own, name));
        let text = self.text(named.name.clone());
        let other = named.other_name.map(|other| self.text(other));
        let ranges = self.ranges(&lines);
        let Some(node) = self.produced.plan.named.get_mut(&iri) else {
            return;
        };
        if let Some(other) = other.filter(|other| new(node, &other.text)) {
            node.alternative.insert(other, STATED);
        }
        if new(node, &named.name) {
            let title = node.title.first().map(|title| title.text.clone());
            let title = title.unwrap_or_default();
            node.alternative.insert(text, INTERPRETED);
            for range in ranges {
                node.source_range.insert(range, INTERPRETED);
            }
            let why = Note::new(
                format!("Att ”{}” är ”{title}” är läst ur orden.", named.name),
                format!("That “{}” is “{title}” is read from the words.", named.name),
            );
            for text in Self::note_texts(&why) {
                node.editorial_note.insert(text, INTERPRETED);
            }
            let line = lines.first().copied();
            self.remark(Kind::Assumed, line, &named.name, &why, iri.as_str());
        }
    }

    /// The node of the same thing: one that has the name, or that the words describe alone.
    fn same(&self, named: &Named) -> Option<Iri> {
        let all = || self.produced.plan.named.iter();
        let exact = all().find(|(_, node)| names(node).any(|own| equal(own, &named.name)));
        if let Some((iri, _)) = exact {
            return Some(iri.clone());
        }
        let what = named.name.split(" för ").next().filter(|_| named.described);
        let words = what.or(named.other_name.as_deref())?;
        let mut alike =
            all().filter(|(_, node)| names(node).any(|own| reference::describes(words, own)));
        let (iri, _) = alike.next()?;
        alike.next().is_none().then(|| iri.clone())
    }

    /// The node of something named, made or gone on with.
    fn reference(
        &mut self,
        name: &str,
        other: Option<String>,
        kind: Option<ReferenceKind>,
        wording: &str,
        lines: &[u32],
    ) -> Option<Iri> {
        let plan = self.plan_iri()?;
        let mut all = self.produced.plan.named.iter();
        let same = all.find(|(_, node)| node.title.first().is_some_and(|title| title.text == name));
        if let Some((iri, _)) = same {
            return Some(iri.clone());
        }
        // A wording is quoted to the letter or not at all.
        let wording = [wording, name]
            .into_iter()
            .find(|words| self.source.has(words, lines))?;
        let previous = self.known.previous;
        let before = previous.into_iter().flat_map(|plan| &plan.named);
        let before = before.filter_map(|(iri, old)| Some((iri, old.title.first()?.text.as_str())));
        let key = self.key_of("reference", name, name, before);
        let iri = self.node(&format!("reference/{key}"))?;
        let mut node = Reference {
            declared: [STATED].into(),
            ..Reference::default()
        };
        node.kind.extend_from(kind, STATED);
        node.title.insert(self.text(name), STATED);
        node.alternative
            .extend_from(other.map(|other| self.text(other)), STATED);
        node.in_plan.insert(plan, STATED);
        node.source_text.insert(self.text(wording), STATED);
        self.put_ranges(&mut node.source_range, lines);
        self.produced.plan.named.insert(iri.clone(), node);
        Some(iri)
    }

    /// Everything that is named from here on, by all its names.
    fn mentions(&self) -> Mentions<Iri> {
        let all = self.produced.plan.named.iter().flat_map(|(iri, node)| {
            let title = node.title.iter().map(|title| title.text.clone());
            let others = node.alternative.iter().map(|other| other.text.clone());
            // One common word that a link goes by names nothing elsewhere.
            let others = others
                .filter(|other| other.contains(' ') || !other.chars().any(char::is_lowercase));
            title.chain(others).map(|name| (name, iri.clone()))
        });
        Mentions::new(all, false)
    }

    /// The things that a text mentions by one of their names, which then stand there too.
    pub(super) fn named(&mut self, passage: &Passage) -> Vec<Iri> {
        let mut found: Vec<Iri> = Vec::new();
        for (iri, at) in self.mentions.places(&passage.text) {
            let words = passage.text.get(at).unwrap_or_default();
            let lines = self.source.lines_of(words, passage);
            let ranges = self.ranges(&lines);
            if let Some(node) = self.produced.plan.named.get_mut(&iri) {
                for range in ranges {
                    // A range within one that is there says nothing more.
                    let around =
                        |own: &LineRange| own.first <= range.first && range.last <= own.last;
                    let within = node.source_range.iter().any(around);
                    if !within {
                        node.source_range.insert(range, STATED);
                    }
                }
            }
            if !found.contains(&iri) {
                found.push(iri);
            }
        }
        found
    }

    /// Gives addresses that stood alone to what they spell the name of.
    fn addresses(&mut self, draft: &Draft, passages: &[&Passage]) {
        let mut links: Vec<Passage> = Vec::new();
        for link in &draft.links {
            match links.iter_mut().find(|own| own.text == link.text) {
                Some(own) => own.lines.extend(&link.lines),
                None => links.push(link.clone()),
            }
        }
        for link in links {
            let page = Iri::parse(link.text.clone());
            let (Some(iri), Some(page)) = (self.spelled(&link.text, passages), page) else {
                continue;
            };
            let ranges = self.ranges(&link.lines);
            let at: Vec<String> = ranges.iter().map(ToString::to_string).collect();
            let at = at.join(", ");
            let why = Note::new(
                format!("Att den lösa adressen på {at} hör hit är läst ur adressen."),
                format!("That the bare address on {at} belongs here is read from the address."),
            );
            let Some(node) = self.produced.plan.named.get_mut(&iri) else {
                continue;
            };
            node.page.insert(page, INTERPRETED);
            for range in ranges {
                node.source_range.insert(range, INTERPRETED);
            }
            for text in Self::note_texts(&why) {
                node.editorial_note.insert(text, INTERPRETED);
            }
            let line = link.lines.first().copied();
            self.remark(Kind::Assumed, line, &link.text, &why, iri.as_str());
        }
    }

    /// The node whose name an address spells, made where a text has the name.
    fn spelled(&mut self, address: &str, passages: &[&Passage]) -> Option<Iri> {
        let mut all = self.produced.plan.named.iter();
        let own = all
            .find(|(_, node)| names(node).any(|name| reference::spelled(address, name).is_some()));
        if let Some((iri, _)) = own {
            return Some(iri.clone());
        }
        let (passage, at) = passages
            .iter()
            .find_map(|passage| Some((*passage, reference::spelled(address, &passage.text)?)))?;
        let name = passage.text.get(at.clone())?;
        let named = Named {
            at,
            name: name.to_owned(),
            other_name: None,
            kind: None,
            described: true,
        };
        if let Some(iri) = self.same(&named) {
            return Some(iri);
        }
        // In lower case the words may be about anything.
        let upper = name.chars().next().is_some_and(char::is_uppercase);
        let lines = self.source.lines_of(name, passage);
        self.reference(name, None, None, name, &lines)
            .filter(|_| upper)
    }

    /// Says which things are frameworks of the reference data.
    fn relate(&mut self) {
        let (directory, around) = (self.known.directory, self.known.surroundings);
        for node in self.produced.plan.named.values_mut() {
            let framework = names(node).find_map(|name| {
                let found = directory.frameworks_in(name, around);
                found.first().map(|(framework, _)| framework.iri.clone())
            });
            node.relation.extend_from(framework, INTERPRETED);
        }
    }
}

/// All wordings that name a thing.
fn names(node: &Reference) -> impl Iterator<Item = &str> {
    let texts = node.title.iter().chain(node.alternative.iter());
    let texts = texts.chain(node.source_text.iter());
    texts.map(|text| text.text.as_str())
}

fn equal(a: &str, b: &str) -> bool {
    let lower = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    a == b || a.chars().count() == b.chars().count() && lower(a) == lower(b)
}

/// A service that goes by its domain, with the name without its ending where the document uses
/// that too.
fn short_domain(named: Named, passages: &[&Passage]) -> Named {
    let is_domain = named.kind == Some(ReferenceKind::Service) && !named.name.contains(' ');
    let Some((short, _)) = named.name.rsplit_once('.').filter(|_| is_domain) else {
        return named;
    };
    let used = passages.iter().any(|passage| {
        let mut words = passage.text.split(|c: char| c.is_whitespace() || c == ',');
        words.any(|word| word.trim_end_matches('.') == short)
    });
    if used {
        Named {
            name: short.to_owned(),
            other_name: Some(named.name.clone()),
            ..named
        }
    } else {
        named
    }
}
