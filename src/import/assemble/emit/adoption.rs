//! Who adopted a plan, and when.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::Draft;
use crate::import::assemble::key::slug;
use crate::import::document::Passage;
use crate::import::remark::Kind;
use crate::import::value::{Note, party, period};
use crate::model::{Adoption, Iri, Layer, Linked, Participation, Role};

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

impl Emit<'_> {
    pub(super) fn adoption(&mut self, draft: &Draft) {
        let Some(words) = &draft.adoption else { return };
        let day = period::find_day(&words.text);
        let Some((at, date)) = day else {
            let note = Note::new(
                "Raden säger vem som antagit planen, men ingen dag kunde läsas. Kontrollera den.",
                "The line says who adopted the plan, but no day could be read. Check it.",
            );
            let iri = self.iri.clone();
            self.remark(Kind::Check, words.line(), &words.text, &note, &iri);
            return;
        };
        let (Some(iri), Some(plan)) = (self.node("adoption"), self.plan_iri()) else {
            return;
        };
        let mut adoption = Adoption {
            declared: [STATED].into(),
            ..Adoption::default()
        };
        adoption.label.insert(self.text(words.text.clone()), STATED);
        adoption.date.insert(date, STATED);
        adoption.in_plan.insert(plan, STATED);
        adoption
            .source_text
            .insert(self.text(words.text.clone()), STATED);
        self.put_ranges(&mut adoption.source_range, &words.lines);
        let ranges = self.ranges(&words.lines);
        for range in ranges {
            self.produced.plan.source_range.insert(range, STATED);
        }
        self.produced.plan.date_accepted.insert(date, STATED);
        // "Adopted by X on DAY": the body stands before the day.
        let before = words.text.get(..at.start).unwrap_or_default().trim();
        let name = before
            .split_once(" på ")
            .or_else(|| before.split_once(" av "))
            .or_else(|| before.split_once(" by "))
            .map(|(_, name)| name.trim_end_matches([',', ' ']).trim_end_matches(" den"));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let passage = Passage {
                text: name.to_owned(),
                lines: words.lines.clone(),
                ..Passage::default()
            };
            let parties = party::read(
                &passage,
                Role::AdoptingBody,
                self.known.directory,
                self.known.surroundings,
            );
            if let Some(party) = parties.first() {
                let agent = self.agent(party);
                adoption
                    .associated_with
                    .extend_from(agent.clone(), INTERPRETED);
                self.adopting_body(party, agent, before, &words.lines);
            }
        }
        let link = [STATED].into();
        self.produced.plan.adoption.insert(
            iri,
            Linked {
                link,
                node: Box::new(adoption),
            },
        );
    }

    fn adopting_body(
        &mut self,
        party: &party::Party,
        agent: Option<Iri>,
        wording: &str,
        lines: &[u32],
    ) {
        let key = slug(&party.name);
        let (Some(iri), Some(agent)) = (self.node(&format!("participation/{key}")), agent) else {
            return;
        };
        let mut part = Participation {
            declared: [STATED].into(),
            ..Participation::default()
        };
        part.identifier.insert(key, STATED);
        part.role.insert(Role::AdoptingBody, STATED);
        part.participant.insert(agent, party.layer);
        part.position.insert(1, STATED);
        part.source_text.insert(self.text(wording), STATED);
        self.put_ranges(&mut part.source_range, lines);
        if let Some(note) = &party.note {
            let known = Self::for_readers(party);
            for text in Self::note_texts(note).into_iter().filter(|_| known) {
                part.editorial_note.insert(text, INTERPRETED);
            }
            let node = iri.as_str().to_owned();
            self.remark(Kind::Assumed, lines.first().copied(), wording, note, &node);
        }
        let link = [STATED].into();
        self.produced
            .plan
            .participation
            .insert(iri, Linked::new(link, part));
    }
}
