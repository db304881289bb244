//! Activities with their periods, parties, statuses and outcomes.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::{self, Draft};
use crate::import::assemble::key::Keys;
use crate::import::document::Passage;
use crate::import::progress::Step;
use crate::import::remark::Kind;
use crate::import::value::party::{self, Party};
use crate::import::value::{Note, status};
use crate::model::{Activity, FollowUp, Iri, Layer, Linked, Participation, Role, Status};

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

/// Where an activity stands.
struct Place {
    area: Option<Iri>,
    parent: Option<Iri>,
    position: u32,
}

impl Emit<'_> {
    pub(super) fn activities(&mut self, draft: &Draft) {
        let areas: Vec<Option<Iri>> = draft
            .areas
            .iter()
            .map(|area| self.area_with(&area.label.text))
            .collect();
        let mut positions: std::collections::BTreeMap<Option<usize>, u32> =
            std::collections::BTreeMap::new();
        let of = draft.activities.len();
        for (done, activity) in (1..).zip(&draft.activities) {
            (self.known.tell)(Step::Making { done, of });
            let position = positions.entry(activity.area).or_default();
            *position += 1;
            let place = Place {
                area: activity
                    .area
                    .and_then(|at| areas.get(at).cloned().flatten()),
                parent: None,
                position: *position,
            };
            self.activity(activity, &place);
        }
        if draft.activities.is_empty() && !self.document.blocks.is_empty() {
            let why = Note::new(
                "Inga aktiviteter hittades. Planen är skriven utan; kontrollera om dokumentet har en tabell eller punktlista som borde ha lästs.",
                "No activities were found. The plan is written without any; check whether the document has a table or a list that should have been read.",
            );
            let iri = self.iri.clone();
            self.remark(Kind::Check, None, "", &why, &iri);
        }
    }

    fn area_with(&self, label: &str) -> Option<Iri> {
        let areas = self.produced.plan.areas.iter();
        areas
            .filter(|(_, area)| area.label.first().is_some_and(|own| own.text == label))
            .map(|(iri, _)| iri.clone())
            .next()
    }

    fn activity(&mut self, found: &draft::Activity, place: &Place) {
        let Some(plan) = self.plan_iri() else { return };
        let title = found.title.text.clone();
        let previous = self.known.previous;
        let before = previous.into_iter().flat_map(|plan| &plan.activities);
        let before = before.filter_map(|(iri, old)| Some((iri, old.title.first()?.text.as_str())));
        let key = self.key_of("activity", &title, &title, before);
        let Some(iri) = self.node(&format!("activity/{key}")) else {
            return;
        };
        let mut node = Activity {
            declared: [STATED].into(),
            ..Activity::default()
        };
        node.title.insert(self.texts(&found.title), STATED);
        if let Some(other) = &found.other
            && other.text != title
        {
            node.alternative.insert(self.texts(other), STATED);
        }
        if !found.description.is_empty() {
            node.description
                .insert(self.texts(&found.description), STATED);
        }
        node.in_plan.insert(plan, STATED);
        node.focus_area.extend_from(place.area.clone(), STATED);
        node.sub_activity_of
            .extend_from(place.parent.clone(), STATED);
        node.position.insert(place.position, STATED);
        self.put_ranges(&mut node.source_range, &found.lines());
        for passage in [&found.title, &found.description] {
            for note in self.notes(passage) {
                node.note.insert(note, STATED);
            }
            for named in self.named(passage) {
                node.references.insert(named, STATED);
            }
        }
        self.when(&mut node, &iri, found);
        self.how_far(&mut node, &iri, found.status.as_ref());
        self.announced(&mut node, &iri, found.announced.as_ref());
        self.who(&mut node, &iri, found);
        self.mentioned(&mut node, found);
        self.produced.plan.activities.insert(iri.clone(), node);
        if !found.outcome.is_empty() {
            self.follow_up(&key, &iri, &found.outcome);
        }
        for (position, child) in (1..).zip(&found.children) {
            let place = Place {
                area: None,
                parent: Some(iri.clone()),
                position,
            };
            self.activity(child, &place);
        }
    }

    /// The organisations that its text mentions beside those that take part.
    fn mentioned(&self, node: &mut Activity, found: &draft::Activity) {
        let texts = [&found.title, &found.description].into_iter();
        let taking_part: Vec<Iri> = node
            .participation
            .values()
            .flat_map(|part| part.node.participant.iter().cloned())
            .collect();
        for body in texts.flat_map(|text| self.bodies(text)) {
            if !taking_part.contains(&body) {
                node.references.insert(body, INTERPRETED);
            }
        }
    }

    fn how_far(&mut self, node: &mut Activity, iri: &Iri, words: Option<&Passage>) {
        let Some(words) = words else { return };
        let node_iri = iri.as_str().to_owned();
        if words.is_empty() {
            if node.status.is_empty() {
                node.status.insert(Status::NotStated, STATED);
            }
            return;
        }
        let reading = status::read(&words.text);
        let quoted = reading
            .as_ref()
            .map_or(words.text.trim(), |reading| &reading.wording);
        if !self.source.has(quoted, &words.lines) {
            let why = Note::new(
                "Statusen står inte ordagrant så i källtexten och är utelämnad. Skriv den i arbetsboken.",
                "The status does not stand so in the source text and is left out. Write it in the workbook.",
            );
            self.remark(Kind::LeftOut, words.line(), &words.text, &why, &node_iri);
            return;
        }
        let Some(reading) = reading else {
            let why = Note::new(
                "Statusen är inget ord som statusskalan känner; bara ordet är med. Välj en status i arbetsboken.",
                "The status is no word that the status scheme knows; only the word is kept. Choose a status in the workbook.",
            );
            self.remark(Kind::LeftOut, words.line(), &words.text, &why, &node_iri);
            node.status_text = [(self.text(words.text.trim()), STATED)]
                .into_iter()
                .collect();
            return;
        };
        // A status of its own outranks one read from the period.
        node.status = [(reading.value, reading.layer)].into_iter().collect();
        node.status_text = [(self.text(reading.wording.clone()), STATED)]
            .into_iter()
            .collect();
        if let Some(note) = &reading.note {
            for text in Self::note_texts(note) {
                node.editorial_note.insert(text, INTERPRETED);
            }
            self.remark(Kind::Assumed, words.line(), &words.text, note, &node_iri);
        }
    }

    /// A status that the words before a list give its points.
    fn announced(&mut self, node: &mut Activity, iri: &Iri, word: Option<&Passage>) {
        let Some(word) = word.filter(|word| self.source.has(&word.text, &word.lines)) else {
            return;
        };
        let Some(reading) = status::read(&word.text) else {
            return;
        };
        node.status.insert(reading.value, INTERPRETED);
        node.status_text.insert(self.texts(word), INTERPRETED);
        let why = Note::new(
            format!(
                "Statusen är läst ur ordet före punktlistan, ”{}”. Punkten har ingen egen status.",
                word.text
            ),
            format!(
                "The status was read from the word before the list, “{}”. The point has no status of its own.",
                word.text
            ),
        );
        for text in Self::note_texts(&why) {
            node.editorial_note.insert(text, INTERPRETED);
        }
        let node_iri = iri.as_str().to_owned();
        self.remark(Kind::Assumed, word.line(), &word.text, &why, &node_iri);
    }

    fn who(&mut self, node: &mut Activity, iri: &Iri, found: &draft::Activity) {
        let mut keys = Keys::default();
        let mut position = 0;
        let directory = self.known.directory;
        let surroundings = self.known.surroundings;
        let mut parties: Vec<Party> = Vec::new();
        for (role, words) in &found.parties {
            let read = party::read(words, *role, directory, surroundings);
            if read.is_empty() {
                let why = Note::new(
                    "Ingen ansvarig kunde läsas här. Ange den i arbetsboken.",
                    "Nobody responsible could be read here. Give them in the workbook.",
                );
                let node_iri = iri.as_str().to_owned();
                self.remark(Kind::LeftOut, words.line(), &words.text, &why, &node_iri);
            }
            parties.extend(read);
        }
        parties.extend(party::funders(&found.description, directory, surroundings));
        for party in parties {
            position += 1;
            let mut name = party.name.clone();
            if party.role == Role::Funder {
                name.push_str(" finansiar");
            }
            let key = keys.give(&name, "party");
            let lines = self.source.lines_of(&party.wording.text, &party.wording);
            self.party(node, iri, &party, &key, position, &lines);
        }
        for (heading, cell) in &found.marks {
            position += 1;
            self.mark(node, iri, heading, cell, position, &mut keys);
        }
    }

    fn party(
        &mut self,
        node: &mut Activity,
        iri: &Iri,
        party: &Party,
        key: &str,
        position: u32,
        lines: &[u32],
    ) {
        if !self.source.has(&party.wording.text, lines) {
            let why = Note::new(
                "Namnet står inte ordagrant så i källtexten och är utelämnat. Ange det i arbetsboken.",
                "The name does not stand so in the source text and is left out. Give it in the workbook.",
            );
            let read = party.wording.text.clone();
            let node_iri = iri.as_str().to_owned();
            self.remark(
                Kind::LeftOut,
                lines.first().copied(),
                &read,
                &why,
                &node_iri,
            );
            return;
        }
        let before = self.produced.agents.len();
        let Some(agent) = self.agent(party) else {
            return;
        };
        let first = self.produced.agents.len() > before;
        let Some(at) = Iri::parse(format!("{iri}/participation/{key}")) else {
            return;
        };
        let mut part = Participation {
            declared: [STATED].into(),
            ..Participation::default()
        };
        part.identifier.insert(key.to_owned(), STATED);
        part.role.insert(party.role, STATED);
        part.participant.insert(agent.clone(), party.layer);
        part.position.insert(position, STATED);
        if party.distributive {
            part.distributive.insert(true, STATED);
        }
        part.source_text.insert(self.texts(&party.wording), STATED);
        self.put_ranges(&mut part.source_range, lines);
        if let Some(note) = &party.note {
            let known = Self::for_readers(party);
            for text in Self::note_texts(note).into_iter().filter(|_| known) {
                part.editorial_note.insert(text, INTERPRETED);
            }
            // That an organisation is new is said once.
            if known || first {
                let line = lines.first().copied();
                self.remark(Kind::Assumed, line, &party.wording.text, note, at.as_str());
            }
        }
        self.shortcuts(node, &agent, party.role, party.distributive, party.layer);
        let link = [STATED].into();
        node.participation.insert(at, Linked::new(link, part));
    }

    /// What follows from a participation: who is responsible, who takes part.
    fn shortcuts(
        &self,
        node: &mut Activity,
        agent: &Iri,
        role: Role,
        distributive: bool,
        layer: Layer,
    ) {
        let values = match role {
            Role::Lead | Role::Responsible => &mut node.responsible,
            Role::Collaborating | Role::Supporting => &mut node.supporting,
            _ => return,
        };
        let layer = if distributive { INTERPRETED } else { layer };
        for agent in self.with_members(agent, distributive) {
            values.insert(agent, layer);
        }
    }

    /// A mark of a responsibility matrix: that somebody takes part is stated, how is not.
    fn mark(
        &mut self,
        node: &mut Activity,
        iri: &Iri,
        heading: &Passage,
        cell: &Passage,
        position: u32,
        keys: &mut Keys,
    ) {
        let key = keys.give(&heading.text, "party");
        let Some(at) = Iri::parse(format!("{iri}/participation/{key}")) else {
            return;
        };
        let read = party::read(
            heading,
            Role::Responsible,
            self.known.directory,
            self.known.surroundings,
        );
        let Some(party) = read.into_iter().next() else {
            return;
        };
        let Some(agent) = self.agent(&party) else {
            return;
        };
        let capital = cell.text.chars().any(char::is_uppercase) || !cell.text.contains('x');
        let role = if capital {
            Role::Lead
        } else {
            Role::Supporting
        };
        let mark = &cell.text;
        let name = &heading.text;
        let role_sv = if capital {
            "huvudansvarig"
        } else {
            "stödjande"
        };
        let role_en = if capital { "lead" } else { "supporting" };
        let why = Note::new(
            format!("{mark} i kolumnen ”{name}” är läst som {role_sv}; dokumentet förklarar det kanske inte. {}", party.note.as_ref().map_or("", |note| note.sv.as_str())).trim().to_owned(),
            format!("{mark} in the column “{name}” was read as {role_en}; the document may not explain it. {}", party.note.as_ref().map_or("", |note| note.en.as_str())).trim().to_owned(),
        );
        let mut part = Participation {
            declared: [STATED].into(),
            ..Participation::default()
        };
        part.identifier.insert(heading.text.clone(), STATED);
        part.position.insert(position, STATED);
        part.source_text.insert(self.texts(cell), STATED);
        self.put_ranges(&mut part.source_range, &cell.lines);
        part.role.insert(role, INTERPRETED);
        part.participant.insert(agent.clone(), INTERPRETED);
        for text in Self::note_texts(&why) {
            part.editorial_note.insert(text, INTERPRETED);
        }
        let node_iri = at.as_str().to_owned();
        self.remark(Kind::Assumed, cell.line(), mark, &why, &node_iri);
        self.shortcuts(node, &agent, role, false, INTERPRETED);
        let link = [STATED].into();
        node.participation.insert(at, Linked::new(link, part));
    }

    fn follow_up(&mut self, key: &str, activity: &Iri, words: &Passage) {
        let (Some(iri), Some(plan)) = (self.node(&format!("follow-up/{key}")), self.plan_iri())
        else {
            return;
        };
        let other = self.known.reported_in.clone();
        let reported = other.unwrap_or_else(|| plan.clone());
        let mut node = FollowUp {
            declared: [STATED].into(),
            ..FollowUp::default()
        };
        node.follow_up_of.insert(activity.clone(), STATED);
        node.reported_in.insert(reported, STATED);
        node.in_plan.insert(plan, STATED);
        let position = u32::try_from(self.produced.plan.follow_ups.len()).unwrap_or(0) + 1;
        node.position.insert(position, STATED);
        node.description.insert(self.texts(words), STATED);
        for note in self.notes(words) {
            node.note.insert(note, STATED);
        }
        for named in self.named(words) {
            node.references.insert(named, STATED);
        }
        for body in self.bodies(words) {
            node.references.insert(body, INTERPRETED);
        }
        self.put_ranges(&mut node.source_range, &words.lines);
        let reading = status::in_prose(&words.text);
        let quoted = |wording: &str| self.source.has(wording, &words.lines);
        if let Some(reading) = reading.filter(|reading| quoted(&reading.wording)) {
            node.status.insert(reading.value, INTERPRETED);
            node.status_text
                .insert(self.text(reading.wording.clone()), INTERPRETED);
            if let Some(note) = &reading.note {
                for text in Self::note_texts(note) {
                    node.editorial_note.insert(text, INTERPRETED);
                }
                let at = iri.as_str().to_owned();
                self.remark(Kind::Assumed, words.line(), &reading.wording, note, &at);
            }
        }
        self.produced.plan.follow_ups.insert(iri, node);
    }
}
