//! The plan itself: title, language, whose it is and where.

use super::{Emit, ExtendFrom};
use crate::import::assemble::draft::Draft;
use crate::import::remark::Kind;
use crate::import::value::Note;
use crate::model::{Iri, Layer};

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

    /// A title without the name of the body whose plan it is, where that only stands beside it.
    fn without_owner<'t>(&self, title: &'t str) -> &'t str {
        let owner = self.known.surroundings.publisher.as_ref();
        let agent = owner.and_then(|owner| self.known.directory.agent(owner));
        let names = || agent.into_iter().flat_map(|agent| &agent.names);
        let rest = names().filter_map(|name| title.strip_suffix(name.as_str()));
        let ends = [", ", "– ", "- ", "| ", "· ", ". "];
        let mut rest = rest.filter(|rest| ends.iter().any(|end| rest.ends_with(end)));
        let begins = [" – ", " - ", ": ", " | ", " · "];
        let mut after = names().filter_map(|name| {
            let rest = title.strip_prefix(name.as_str())?;
            begins.iter().find_map(|begin| rest.strip_prefix(begin))
        });
        rest.next().or_else(|| after.next()).map_or(title, |rest| {
            rest.trim_end_matches(|c: char| c.is_whitespace() || ",–-|·.".contains(c))
        })
    }

    fn title(&mut self, draft: &Draft) {
        let read = draft.title.as_ref().filter(|title| !title.is_empty());
        let (title, layer) = match (&self.known.title, read) {
            (None, Some(title)) => (self.without_owner(&title.text).to_owned(), STATED),
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
}
