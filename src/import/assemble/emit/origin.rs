//! Where a plan comes from: its source document and the rights in it.

use super::{Emit, ExtendFrom};
use crate::import::document::Format;
use crate::import::value::Note;
use crate::model::{Checksum, Hex, Iri, Layer, Linked, Rights, Source};
use crate::rdf::canonical;

const STATED: Layer = Layer::Stated;
const INTERPRETED: Layer = Layer::Interpreted;

impl Emit<'_> {
    /// The source document and its rights.
    pub(super) fn origin(&mut self) {
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
            source.checksum.insert(checksum, Linked::new(link, node));
        }
        let linked = Linked {
            link: [STATED].into(),
            node: Box::new(source),
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
            .insert(rights, Linked::new(link, node));
    }
}
