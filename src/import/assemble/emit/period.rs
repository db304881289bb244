//! Periods: the plan's own, and the nodes of all.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::Draft;
use crate::import::document::Passage;
use crate::import::remark::Kind;
use crate::import::value::{Note, Reading, period};
use crate::model::{Iri, Layer, Linked, Period};

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

impl Emit<'_> {
    pub(super) fn plan_period(&mut self, draft: &Draft) {
        let given = self.known.period.clone();
        let words = draft.period.clone();
        let found = words.as_ref().and_then(|words| {
            let (_, reading) = period::find(&words.text)?;
            reading.value.start?;
            Some((reading, words.clone()))
        });
        let wanted = given.as_deref().and_then(period::find);
        let Some((mut reading, words)) = found.or_else(|| period_of_activities(draft)) else {
            self.period_given(wanted.map(|(_, wanted)| wanted.value));
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
                .insert(iri, Linked::new(link, period));
        }
    }

    /// The period of a plan whose document gives none.
    fn period_given(&mut self, given: Option<period::When>) {
        let given = given.and_then(|given| Some((given.start?, given)));
        let (Some((start, given)), Some(iri)) = (given, self.node("period")) else {
            return;
        };
        let mut period = Period {
            declared: [INTERPRETED].into(),
            ..Period::default()
        };
        period.start.insert(start, INTERPRETED);
        period.end.extend_from(given.end, INTERPRETED);
        period.precision.insert(given.precision, INTERPRETED);
        let note = Note::new(
            "Dokumentet anger ingen period för planen. Den är angiven vid inläsningen.",
            "The document gives no period for the plan. It was given when the document was read.",
        );
        for text in Self::note_texts(&note) {
            period.editorial_note.insert(text, INTERPRETED);
        }
        let link = [INTERPRETED].into();
        let linked = Linked::new(link, period);
        self.produced.plan.temporal.insert(iri, linked);
    }

    /// Makes the wording of a period what stands in the source: from and to in columns of their
    /// own have no dash between them.
    pub(super) fn quote(&self, reading: &mut Reading<period::When>, words: &Passage) {
        reading.wording = self.as_it_stands(&reading.wording, words);
    }

    /// The wording of a period with its dash as the source has it: none between columns, a space
    /// after it where the line is broken there.
    pub(super) fn as_it_stands(&self, wording: &str, words: &Passage) -> String {
        let forms = [
            wording.to_owned(),
            wording.replace(" – ", " "),
            wording.replace('–', "– "),
            wording.replace('-', "- "),
        ];
        let mut stands = forms.into_iter();
        let stands = stands.find(|form| self.source.has(form, &words.lines));
        stands.unwrap_or_else(|| wording.to_owned())
    }

    /// A period node; `None` where the words do not stand on the lines.
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
        period.start.extend_from(reading.value.start, layer);
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
}

/// The period from the first activity to the last, with the words of the first.
fn period_of_activities(draft: &Draft) -> Option<(Reading<period::When>, Passage)> {
    let activities = draft.activities.iter();
    let passages =
        activities.flat_map(|activity| [&activity.period, &activity.start, &activity.end]);
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
