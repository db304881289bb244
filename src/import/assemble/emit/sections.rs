//! Passages kept whole, footnotes, approaches and areas.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::Draft;
use crate::model::{Approach, FocusArea, Footnote, Iri, Layer, Linked, Section};

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

impl Emit<'_> {
    pub(super) fn footnotes(&mut self, draft: &Draft) {
        let Some(plan) = self.plan_iri() else { return };
        for found in &draft.footnotes {
            let words: Vec<&str> = found.text.text.split_whitespace().take(5).collect();
            let previous = self.known.previous;
            let before = previous.into_iter().flat_map(|plan| &plan.footnotes);
            let before =
                before.filter_map(|(iri, old)| Some((iri, old.text.first()?.text.as_str())));
            let key = self.key_of("footnote", &found.text.text, &words.join(" "), before);
            let Some(iri) = self.node(&format!("footnote/{key}")) else {
                continue;
            };
            let mut node = Footnote {
                declared: [STATED].into(),
                ..Footnote::default()
            };
            node.marker.insert(found.marker.clone(), STATED);
            node.text.insert(self.text(found.text.text.clone()), STATED);
            node.in_plan.insert(plan.clone(), STATED);
            self.put_ranges(&mut node.source_range, &found.text.lines);
            for named in self.named(&found.text) {
                node.references.insert(named, STATED);
            }
            for body in self.bodies(&found.text) {
                node.references.insert(body, INTERPRETED);
            }
            self.footnotes.insert(found.marker.clone(), iri.clone());
            self.produced.plan.footnotes.insert(iri, node);
        }
    }

    pub(super) fn sections(&mut self, draft: &Draft) {
        let Some(plan) = self.plan_iri() else { return };
        let mut position = 0;
        for found in &draft.sections {
            if found.title.is_empty() {
                continue;
            }
            position += 1;
            let previous = self.known.previous;
            let before = previous.into_iter().flat_map(|plan| &plan.sections);
            let before =
                before.filter_map(|(iri, old)| Some((iri, old.title.first()?.text.as_str())));
            let title = &found.title.text;
            let key = self.key_of("section", title, title, before);
            let Some(iri) = self.node(&format!("section/{key}")) else {
                continue;
            };
            let mut node = Section {
                declared: [STATED].into(),
                ..Section::default()
            };
            node.title
                .insert(self.text(found.title.text.clone()), STATED);
            node.notation.extend_from(found.number.clone(), STATED);
            if !found.text.is_empty() {
                node.description
                    .insert(self.text(found.text.text.clone()), STATED);
            }
            node.in_plan.insert(plan.clone(), STATED);
            node.position.insert(position, STATED);
            for note in self.notes(&found.text) {
                node.note.insert(note, STATED);
            }
            let lines: Vec<u32> = found
                .title
                .lines
                .iter()
                .chain(&found.text.lines)
                .copied()
                .collect();
            self.put_ranges(&mut node.source_range, &lines);
            for named in self.named(&found.text) {
                node.references.insert(named, STATED);
            }
            for body in self.bodies(&found.text) {
                node.references.insert(body, INTERPRETED);
            }
            self.produced.plan.sections.insert(iri, node);
        }
        self.approaches(draft);
    }

    fn approaches(&mut self, draft: &Draft) {
        let Some(plan) = self.plan_iri() else { return };
        for (position, (number, words)) in (1..).zip(&draft.approaches) {
            let previous = self.known.previous;
            let before = previous.into_iter().flat_map(|plan| &plan.approach);
            let before =
                before.filter_map(|(iri, old)| Some((iri, old.node.label.first()?.text.as_str())));
            let key = self.key_of("approach", &words.text, &words.text, before);
            let Some(iri) = self.node(&format!("approach/{key}")) else {
                continue;
            };
            let mut node = Approach {
                declared: [STATED].into(),
                ..Approach::default()
            };
            node.label.insert(self.text(words.text.clone()), STATED);
            node.notation.extend_from(number.clone(), STATED);
            node.in_plan.insert(plan.clone(), STATED);
            node.position.insert(position, STATED);
            self.put_ranges(&mut node.source_range, &words.lines);
            let link = [STATED].into();
            self.produced
                .plan
                .approach
                .insert(iri, Linked::new(link, node));
        }
    }

    pub(super) fn areas(&mut self, draft: &Draft) {
        let Some(plan) = self.plan_iri() else { return };
        for (position, found) in (1..).zip(&draft.areas) {
            let iri = self.area_iri(&found.label.text);
            let Some(iri) = iri else { continue };
            let mut node = FocusArea {
                declared: [STATED].into(),
                ..FocusArea::default()
            };
            node.label
                .insert(self.text(found.label.text.clone()), STATED);
            node.notation.extend_from(found.number.clone(), STATED);
            node.in_plan.insert(plan.clone(), STATED);
            node.position.insert(position, STATED);
            let mut lines = found.label.lines.clone();
            if let Some(other) = &found.other {
                lines.extend(&other.lines);
                if other.text != found.label.text {
                    node.alt_label.insert(self.text(other.text.clone()), STATED);
                }
            }
            if let Some(lead) = &found.lead {
                node.r#abstract.insert(self.text(lead.text.clone()), STATED);
                lines.extend(&lead.lines);
            }
            if !found.body.is_empty() {
                node.description
                    .insert(self.text(found.body.text.clone()), STATED);
                lines.extend(&found.body.lines);
            }
            self.put_ranges(&mut node.source_range, &lines);
            for text in found.lead.iter().chain([&found.body]) {
                for named in self.named(text) {
                    node.references.insert(named, STATED);
                }
                for body in self.bodies(text) {
                    node.references.insert(body, INTERPRETED);
                }
            }
            self.produced.plan.areas.insert(iri, node);
        }
    }

    fn area_iri(&mut self, words: &str) -> Option<Iri> {
        let previous = self.known.previous;
        let before = previous.into_iter().flat_map(|plan| &plan.areas);
        let before =
            before.filter_map(|(iri, area)| Some((iri, area.label.first()?.text.as_str())));
        let key = self.key_of("area", words, words, before);
        self.node(&format!("area/{key}"))
    }
}
