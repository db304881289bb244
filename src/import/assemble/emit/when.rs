//! When an activity takes place.

use super::Emit;
use crate::import::assemble::draft;
use crate::import::document::Passage;
use crate::import::remark::Kind;
use crate::import::value::period::{self, When};
use crate::import::value::{Note, Reading};
use crate::model::{Activity, Iri, Layer, Linked, Period, Status};

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

impl Emit<'_> {
    /// Puts the period of an activity: with dates where the words give any, else the words alone.
    pub(super) fn when(&mut self, node: &mut Activity, iri: &Iri, found: &draft::Activity) {
        let words = words(found);
        let marks: Vec<String> = self.footnotes.keys().cloned().collect();
        let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
        let Some(read) = read(found, &words, &marks) else {
            return;
        };
        let Some(at) = Iri::parse(format!("{iri}/period")) else {
            return;
        };
        let period = match read {
            period::Period::When(reading) => self.dated(iri, reading, &words),
            period::Period::Undated {
                wording,
                continuous,
            } => {
                if continuous && self.source.has(&wording, &words.lines) {
                    self.continuous(node, iri, &wording, &words);
                }
                self.undated(iri, wording, &words, continuous)
            }
        };
        if let Some(period) = period {
            let link = [STATED].into();
            node.temporal.insert(at, Linked::new(link, period));
        } else {
            let why = Note::new(
                "Perioden står inte ordagrant så i källtexten och är utelämnad. Skriv den i arbetsboken.",
                "The period does not stand so in the source text and is left out. Write it in the workbook.",
            );
            self.remark(Kind::LeftOut, words.line(), &words.text, &why, iri.as_str());
        }
    }

    fn dated(&mut self, iri: &Iri, mut reading: Reading<When>, words: &Passage) -> Option<Period> {
        self.quote(&mut reading, words);
        let lines = self.source.lines_of(&reading.wording, words);
        let notes = self.notes(words);
        if let Some(note) = &reading.note {
            let line = lines.first().copied();
            self.remark(Kind::Assumed, line, &words.text, note, iri.as_str());
        }
        self.period(&reading, reading.layer, &lines, &notes)
    }

    fn undated(
        &mut self,
        iri: &Iri,
        mut wording: String,
        words: &Passage,
        continuous: bool,
    ) -> Option<Period> {
        wording = self.as_it_stands(&wording, words);
        let lines = self.source.lines_of(&wording, words);
        if !self.source.has(&wording, &lines) {
            return None;
        }
        if !continuous {
            let why = Note::new(
                "Orden om tid nämner ingen dag; de står kvar som de är. Skriv dagarna i arbetsboken om de är kända.",
                "The words for when name no day; they are kept as they are. Write the days in the workbook where they are known.",
            );
            let line = words.line();
            self.remark(Kind::Check, line, &words.text, &why, iri.as_str());
        }
        let mut period = Period {
            declared: [STATED].into(),
            ..Period::default()
        };
        period.source_text.insert(self.text(wording), STATED);
        self.put_ranges(&mut period.source_range, &lines);
        for note in self.notes(words) {
            period.note.insert(note, STATED);
        }
        Some(period)
    }

    /// Words for all the time tell a status, which one of its own outranks.
    fn continuous(&mut self, node: &mut Activity, iri: &Iri, wording: &str, words: &Passage) {
        node.status.insert(Status::Continuous, INTERPRETED);
        node.status_text
            .insert(self.text(wording.to_owned()), INTERPRETED);
        self.put_ranges(
            &mut node.source_range,
            &self.source.lines_of(wording, words),
        );
        let why = Note::new(
            format!(
                "Perioden är ”{wording}”, utan början och slut. Aktiviteten är läst som löpande."
            ),
            format!(
                "The period is “{wording}”, without beginning and end. The activity was read as continuous."
            ),
        );
        for text in Self::note_texts(&why) {
            node.editorial_note.insert(text, INTERPRETED);
        }
        let line = words.line();
        self.remark(Kind::Assumed, line, &words.text, &why, iri.as_str());
    }
}

/// All words for when: from and to in places of their own have a dash between them.
fn words(found: &draft::Activity) -> Passage {
    if !found.period.is_empty() {
        return found.period.clone();
    }
    let mut words = found.start.clone();
    words.append(" – ", found.end.clone());
    if words.is_empty() {
        return found.mentioned.clone();
    }
    words
}

/// What a sentence about the activity says of when.
fn mentioned(words: &Passage, marks: &[&str]) -> Option<period::Period> {
    let mut read = period::read(&words.text, marks)?;
    if let period::Period::When(reading) = &mut read {
        let wording = &words.text;
        reading.layer = INTERPRETED;
        reading.note = Some(Note::new(
            format!(
                "Perioden är läst ur en mening om aktiviteten: ”{wording}”. Meningen kan handla om något annat."
            ),
            format!(
                "The period was read from a sentence about the activity: “{wording}”. The sentence may be about something else."
            ),
        ));
    }
    Some(read)
}

fn read(found: &draft::Activity, words: &Passage, marks: &[&str]) -> Option<period::Period> {
    if *words == found.mentioned && !words.is_empty() {
        return mentioned(words, marks);
    }
    let whole = || period::read(&words.text, marks);
    if !found.period.is_empty() {
        return whole();
    }
    let apart = |passage: &Passage| match period::read(&passage.text, marks) {
        Some(period::Period::When(reading)) => Some(reading),
        _ => None,
    };
    let joined = match (apart(&found.start), apart(&found.end)) {
        (Some(start), Some(end)) => joined(start, end, words),
        (Some(mut start), None) if found.end.is_empty() || goes_on(&found.end, marks) => {
            start.wording.clone_from(&words.text);
            if start.value.single {
                start.value.end = None;
            }
            Some(start)
        }
        (None, Some(mut end)) if found.start.is_empty() => {
            if end.value.single {
                end.value.start = None;
            }
            Some(end)
        }
        _ => None,
    };
    joined.map(period::Period::When).or_else(|| {
        let wording = words.text.trim().to_owned();
        let continuous = matches!(
            whole(),
            Some(period::Period::Undated {
                continuous: true,
                ..
            })
        );
        wording
            .contains(char::is_alphanumeric)
            .then_some(period::Period::Undated {
                wording,
                continuous,
            })
    })
}

/// Whether words for the end say that there is none ("tills vidare").
fn goes_on(words: &Passage, marks: &[&str]) -> bool {
    matches!(
        period::read(&words.text, marks),
        Some(period::Period::Undated {
            continuous: true,
            ..
        })
    )
}

/// From the one to the other; `None` where that would be backwards.
fn joined(start: Reading<When>, end: Reading<When>, words: &Passage) -> Option<Reading<When>> {
    let value = When {
        start: start.value.start.or(start.value.end),
        end: end.value.end.or(end.value.start),
        // As precise as the less precise of the two.
        precision: start.value.precision.min(end.value.precision),
        single: false,
    };
    let layer = if start.layer == end.layer {
        start.layer
    } else {
        INTERPRETED
    };
    (value.start <= value.end).then(|| Reading {
        value,
        wording: words.text.clone(),
        layer,
        note: start.note.or(end.note),
    })
}
