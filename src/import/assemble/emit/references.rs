//! Things that a document names, as nodes of the plan.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::Draft;
use crate::import::document::Passage;
use crate::import::remark::{Kind, Remark};
use crate::import::value::reference;
use crate::model::{Iri, Layer, ReferenceKind};

const STATED: Layer = Layer::Stated;

impl Emit<'_> {
    /// The things that a text names, as nodes of the plan.
    pub(super) fn named(&mut self, passage: &Passage) -> Vec<Iri> {
        let found = reference::find(&passage.text);
        found
            .into_iter()
            .filter_map(|named| {
                let wording = passage.text.get(named.at.clone())?.to_owned();
                let lines = self.source.lines_of(&wording, passage);
                let name = named.name.clone();
                self.reference(&name, named.other_name, named.kind, &wording, &lines, None)
            })
            .collect()
    }

    /// The node of something named, made or gone on with.
    fn reference(
        &mut self,
        name: &str,
        other: Option<String>,
        kind: Option<ReferenceKind>,
        wording: &str,
        lines: &[u32],
        position: Option<u32>,
    ) -> Option<Iri> {
        let plan = self.plan_iri()?;
        let same = self
            .produced
            .plan
            .named
            .iter()
            .find(|(_, node)| node.title.first().is_some_and(|title| title.text == name))
            .map(|(iri, _)| iri.clone());
        if let Some(iri) = same {
            let ranges = self.ranges(lines);
            if let Some(node) = self.produced.plan.named.get_mut(&iri) {
                for range in ranges {
                    node.source_range.insert(range, STATED);
                }
            }
            return Some(iri);
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
        let mut node = crate::model::Reference {
            declared: [STATED].into(),
            ..crate::model::Reference::default()
        };
        node.kind.extend_from(kind, STATED);
        node.title.insert(self.text(name), STATED);
        node.alternative
            .extend_from(other.map(|other| self.text(other)), STATED);
        node.in_plan.insert(plan, STATED);
        node.position.extend_from(position, STATED);
        node.source_text.insert(self.text(wording), STATED);
        self.put_ranges(&mut node.source_range, lines);
        self.produced.plan.named.insert(iri.clone(), node);
        Some(iri)
    }

    /// The list of references.
    pub(super) fn references(&mut self, draft: &Draft) {
        for (position, entry) in (1..).zip(&draft.references) {
            let lines = entry.wording.lines.clone();
            let wording = entry.wording.text.clone();
            let kind = reference::find(&entry.name)
                .first()
                .and_then(|named| named.kind);
            let iri = self.reference(
                &entry.name,
                entry.other.clone(),
                kind,
                &wording,
                &lines,
                Some(position),
            );
            let Some(iri) = iri else { continue };
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
                node.position.insert(position, STATED);
            }
            self.produced.plan.references.insert(iri, STATED);
        }
    }
}
