//! The plan itself, and its sections, areas, footnotes and references.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::Draft;
use crate::import::document::{Format, Passage};
use crate::import::remark::{Kind, Remark};
use crate::import::value::{Note, Reading, party, period, reference};
use crate::model::{
    Adoption, Approach, Checksum, FocusArea, Footnote, Hex, Iri, Layer, Linked, Participation,
    Period, ReferenceKind, Rights, Role, Section, Source, Text,
};
use crate::rdf::canonical;

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

impl Emit<'_> {
    /// Title, period, adoption, creator, source and rights.
    pub(super) fn heading(&mut self, draft: &Draft) {
        let id = self.known.id.as_str().to_owned();
        self.produced.plan.declared.insert(STATED);
        self.produced.plan.identifier.insert(id, STATED);
        let language = if self.language == "en" { "ENG" } else { "SWE" };
        let language = Iri::parse(format!(
            "http://publications.europa.eu/resource/authority/language/{language}"
        ));
        self.produced.plan.language.extend_from(language, STATED);
        let surroundings = self.known.surroundings;
        self.produced
            .plan
            .creator
            .extend_from(surroundings.publisher.clone(), INTERPRETED);
        self.produced
            .plan
            .spatial
            .extend_from(surroundings.county.clone(), INTERPRETED);
        self.title(draft);
        self.plan_period(draft);
        self.adoption(draft);
        self.origin();
    }

    fn title(&mut self, draft: &Draft) {
        let read = draft.title.as_ref().filter(|title| !title.is_empty());
        let (title, layer) = match (&self.known.title, read) {
            (None, Some(title)) => (title.text.clone(), STATED),
            (Some(given), Some(title)) if *given == title.text => (given.clone(), STATED),
            (Some(given), _) => (given.clone(), INTERPRETED),
            (None, None) if self.previous_title().is_some() => {
                // Somebody gave it one before.
                (self.previous_title().unwrap_or_default(), INTERPRETED)
            }
            (None, None) => {
                let title = format!("Handlingsplan {}", self.known.id);
                let note = Note::new(
                    format!(
                        "Dokumentet har ingen egen titel. Titeln är gjord av planens id: ”{title}”. Ange en med --title."
                    ),
                    format!(
                        "The document has no title of its own. The title is made of the plan's id: “{title}”. Give one with --title."
                    ),
                );
                let iri = self.iri.clone();
                self.remark(Kind::Derived, None, "", &note, &iri);
                (title, INTERPRETED)
            }
        };
        if let Some(read) = read.filter(|_| layer == STATED) {
            let lines = read.lines.clone();
            let ranges = self.ranges(&lines);
            for range in ranges {
                self.produced.plan.source_range.insert(range, STATED);
            }
        }
        let text = self.text(title);
        self.produced.plan.title.insert(text, layer);
    }

    fn previous_title(&self) -> Option<String> {
        let titles = self.known.previous?.title.iter();
        let mut own = titles.filter(|title| title.language == self.language);
        own.next().map(|title| title.text.clone())
    }

    fn plan_period(&mut self, draft: &Draft) {
        let given = self.known.period.clone();
        let words = draft.period.clone();
        let found = words.as_ref().and_then(|words| {
            let (_, reading) = period::find(&words.text)?;
            Some((reading, words.clone()))
        });
        let wanted = given.as_deref().and_then(period::find);
        let Some((mut reading, words)) = found.or_else(|| period_of_activities(draft)) else {
            return;
        };
        let mut layer = reading.layer;
        if let Some((_, wanted)) = wanted
            && wanted.value != reading.value
        {
            // The words stay those of the document; what was given is an interpretation.
            reading.value = wanted.value;
            layer = INTERPRETED;
            reading.note = Some(Note::new(
                format!(
                    "Perioden är angiven vid inläsningen: {}.",
                    given.clone().unwrap_or_default()
                ),
                format!(
                    "The period was given when the document was read: {}.",
                    given.unwrap_or_default()
                ),
            ));
        } else if draft.period.is_none() {
            layer = INTERPRETED;
            reading.note = Some(Note::new(
                "Dokumentet anger ingen period för planen. Den är läst ur aktiviteterna, från den första till den sista. Ange en annan med --period.",
                "The document gives no period for the plan. It was read from the activities, from the first to the last. Give another with --period.",
            ));
        }
        let Some(iri) = self.node("period") else {
            return;
        };
        self.quote(&mut reading, &words);
        let lines = self.source.lines_of(&reading.wording, &words);
        if let Some(period) = self.period(&reading, layer, &lines, &[]) {
            if let Some(note) = &reading.note {
                let node = iri.as_str().to_owned();
                self.remark(
                    Kind::Derived,
                    lines.first().copied(),
                    &reading.wording,
                    note,
                    &node,
                );
            }
            let link = [STATED].into();
            self.produced
                .plan
                .temporal
                .insert(iri, Linked { link, node: period });
        }
    }

    /// Makes the wording of a period what stands in the source: from and to in columns of their
    /// own have no dash between them.
    pub(super) fn quote(&self, reading: &mut Reading<period::When>, words: &Passage) {
        let apart = reading.wording.replace(" – ", " ");
        if !self.source.has(&reading.wording, &words.lines) && self.source.has(&apart, &words.lines)
        {
            reading.wording = apart;
        }
    }

    /// A period node; `None` where the words give no beginning.
    pub(super) fn period(
        &self,
        reading: &Reading<period::When>,
        layer: Layer,
        lines: &[u32],
        notes: &[Iri],
    ) -> Option<Period> {
        if !self.source.has(&reading.wording, lines) {
            return None;
        }
        let mut period = Period {
            declared: [STATED].into(),
            ..Period::default()
        };
        period.start.insert(reading.value.start?, layer);
        period.end.extend_from(reading.value.end, layer);
        period.precision.insert(reading.value.precision, layer);
        period
            .source_text
            .insert(self.text(reading.wording.clone()), STATED);
        self.put_ranges(&mut period.source_range, lines);
        for note in notes {
            period.note.insert(note.clone(), STATED);
        }
        if let Some(note) = &reading.note {
            for text in Self::note_texts(note) {
                period.editorial_note.insert(text, INTERPRETED);
            }
        }
        Some(period)
    }

    fn adoption(&mut self, draft: &Draft) {
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
                node: adoption,
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
        let key = crate::import::assemble::key::slug(&party.name);
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
            .insert(iri, Linked { link, node: part });
    }

    /// The source document and its rights.
    fn origin(&mut self) {
        let (Some(plan), Some(iri), Some(rights)) =
            (self.plan_iri(), self.node("source"), self.node("rights"))
        else {
            return;
        };
        self.rights(&plan, rights);
        if let Some(reporting) = &self.known.reported_in {
            // Known by another edition's document only.
            if let Some(source) = Iri::parse(format!("{reporting}/source")) {
                let linked = Linked {
                    link: [STATED].into(),
                    ..Linked::default()
                };
                self.produced.plan.source.insert(source, linked);
            }
            return;
        }
        let mut source = Source {
            declared: [STATED].into(),
            ..Source::default()
        };
        for title in self.produced.plan.title.layered() {
            source.title.insert(title.value.clone(), title.layer);
        }
        let media_type = Iri::parse("https://www.iana.org/assignments/media-types/text/plain");
        source.media_type.extend_from(media_type, STATED);
        source.download.extend_from(self.node("source.txt"), STATED);
        source.in_plan.insert(plan.clone(), STATED);
        source.retrieved.insert(self.known.today, INTERPRETED);
        if self.document.format != Format::Text {
            let (name, sha) = (&self.document.name, &self.document.sha256);
            let kind = self.document.format.media_type();
            let note = Note::new(
                format!("Texten är utdragen ur filen ”{name}” ({kind}, SHA-256 {sha})."),
                format!("The text was extracted from the file “{name}” ({kind}, SHA-256 {sha})."),
            );
            for text in Self::note_texts(&note) {
                source.editorial_note.insert(text, INTERPRETED);
            }
        }
        if let Some(checksum) = self.node("source/checksum") {
            let mut node = Checksum {
                declared: [STATED].into(),
                ..Checksum::default()
            };
            let sha256 = Iri::parse("http://spdx.org/rdf/terms#checksumAlgorithm_sha256");
            node.algorithm.extend_from(sha256, STATED);
            let value = Hex::parse(&canonical::sha256(self.document.source.as_bytes()));
            node.value.extend_from(value, STATED);
            let link = [STATED].into();
            source.checksum.insert(checksum, Linked { link, node });
        }
        let linked = Linked {
            link: [STATED].into(),
            node: source,
        };
        self.produced.plan.source.insert(iri, linked);
    }

    fn rights(&mut self, plan: &Iri, rights: Iri) {
        let mut node = Rights {
            declared: [STATED].into(),
            ..Rights::default()
        };
        node.in_plan.insert(plan.clone(), STATED);
        let label = Note::new(
            "Källdokumentet anger ingen licens.",
            "The source document states no licence.",
        );
        for text in Self::note_texts(&label) {
            node.label.insert(text, STATED);
        }
        let link = [STATED].into();
        self.produced
            .plan
            .rights
            .insert(rights, Linked { link, node });
    }

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
                .insert(iri, Linked { link, node });
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
                // Listed twice, it stands where it is first.
                if node.position.is_empty() {
                    node.position.insert(position, STATED);
                }
            }
            self.produced.plan.references.insert(iri, STATED);
        }
    }

    /// A text in the document's language.
    pub(super) fn texts(&self, passage: &Passage) -> Text {
        self.text(passage.text.clone())
    }
}

/// The period from the first activity to the last, with the words of the first.
fn period_of_activities(draft: &Draft) -> Option<(Reading<period::When>, Passage)> {
    let passages = draft.activities.iter().map(|activity| &activity.period);
    let mut all: Vec<(Reading<period::When>, Passage)> = passages
        .filter_map(|words| {
            let (_, reading) = period::find(&words.text)?;
            Some((reading, words.clone()))
        })
        .filter(|(reading, _)| reading.value.start.is_some())
        .collect();
    all.sort_by_key(|(reading, _)| (reading.value.start, reading.value.end));
    let last = all.iter().map(|(reading, _)| reading.value.end).max();
    let open = all.iter().any(|(reading, _)| reading.value.end.is_none());
    let (mut reading, words) = all.into_iter().next()?;
    reading.value.end = last.flatten().filter(|_| !open);
    Some((reading, words))
}
