//! To the letter: what the data quotes stands in the source, and the source stands in the data.
//!
//! White space does not count, since lines are joined. Whatever else differs is listed, with
//! the reason, in `tests/fixtures/wording/{document}.json`:
//! `marks` are taken out of the text before it is compared (with `for`, before it is compared
//! with the texts of that property only), `left_out` is what no node holds, `own_words` are
//! texts that are not the document's, and `values` are lines that a node covers for a value
//! that is no text.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Graph, NamedOrBlankNodeRef, Term, TermRef};
use samplan::model::{
    Layer, LineRange, Method, Owned, Participation, Period, Plan, Precision, Text, Values,
};
use samplan::store::PlanEntry;
use samplan::vocab::{foaf, oa, plan, skos};
use serde_json::Value;

use crate::support::{graph_of, node, root, snapshot};
use crate::traps::short;

/// A character's line, from 1, and its place among the line's characters, from 0.
type Place = (usize, usize);

/// A source document with the editions that were read from it.
struct Document {
    id: String,
    lines: Vec<String>,
    editions: Vec<&'static PlanEntry>,
    exceptions: Value,
}

/// The texts and lines of one node.
#[derive(Default)]
struct Wording {
    /// Property and text.
    texts: BTreeSet<(String, String)>,
    ranges: BTreeSet<LineRange>,
}

/// What comes of comparing a graph with its document.
struct Comparison {
    /// What the graph says and the document does not.
    faults: Vec<String>,
    /// What the graph covers of the document.
    covered: BTreeSet<Place>,
}

impl Document {
    /// The documents of `data/`.
    fn all() -> Vec<Self> {
        let plans = snapshot().plans();
        let with_source = plans
            .iter()
            .filter_map(|(id, entry)| Some((id.as_str(), entry.source.as_ref()?)));
        with_source
            .map(|(id, bytes)| {
                let source = format!("plan/{id}/source");
                let from_it = |entry: &&PlanEntry| {
                    let sources = &entry.plan.source;
                    sources.keys().any(|iri| short(iri.as_str()) == source)
                };
                let text = std::str::from_utf8(bytes).unwrap();
                let fixture = root().join(format!("tests/fixtures/wording/{id}.json"));
                Self {
                    id: id.to_owned(),
                    lines: text.split('\n').map(compact).collect(),
                    editions: plans.values().filter(from_it).collect(),
                    exceptions: serde_json::from_slice(&std::fs::read(fixture).unwrap()).unwrap(),
                }
            })
            .collect()
    }

    /// The rows of a table of exceptions.
    fn table(&self, name: &str) -> &[Value] {
        self.exceptions[name].as_array().unwrap()
    }

    /// The line, from 1, without white space.
    fn line(&self, number: usize) -> &str {
        &self.lines[number - 1]
    }

    /// The places of the marks that are taken out before texts of a property are compared;
    /// of no property, those that are taken out for all.
    fn marks(&self, property: Option<&str>) -> BTreeSet<Place> {
        let mut places = BTreeSet::new();
        for row in self.table("marks") {
            let only = row["for"].as_str();
            if only.is_some() && only != property {
                continue;
            }
            let (number, mark) = (line_of(row), row["mark"].as_str().unwrap());
            let after = compact(row["after"].as_str().unwrap());
            let line = self.line(number);
            let pattern = format!("{after}{mark}");
            assert_eq!(line.matches(&pattern).count(), 1, "{row} in {line}");
            let start = line[..line.find(&pattern).unwrap() + after.len()]
                .chars()
                .count();
            places.extend((start..start + mark.chars().count()).map(|column| (number, column)));
        }
        places
    }

    /// The characters of the ranges, in order, without marks.
    fn characters(
        &self,
        ranges: &BTreeSet<LineRange>,
        marks: &BTreeSet<Place>,
    ) -> Vec<(Place, char)> {
        let numbers: BTreeSet<usize> = ranges.iter().flat_map(|range| lines(*range)).collect();
        numbers
            .into_iter()
            .flat_map(|number| {
                let characters = self.line(number).chars().enumerate();
                characters.map(move |(column, character)| ((number, column), character))
            })
            .filter(|(place, _)| !marks.contains(place))
            .collect()
    }

    /// Whether the text of a node is not the document's.
    fn is_own(&self, node: &str, property: &str, text: &str) -> bool {
        self.table("own_words")
            .iter()
            .any(|row| row["node"] == node && row["property"] == property && row["text"] == text)
    }

    /// Looks every text of the graph up in the lines of its node.
    fn compare(&self, graph: &Graph) -> Comparison {
        let mut faults = Vec::new();
        let mut covered = BTreeSet::new();
        for (node, Wording { texts, ranges }) in wordings(graph) {
            let mut own = BTreeSet::new();
            for (property, text) in texts {
                if self.is_own(&node, &property, &text) {
                    continue;
                }
                let characters = self.characters(&ranges, &self.marks(Some(&property)));
                let found = find(&characters, &compact(&text));
                if found.is_empty() {
                    faults.push(format!("{node} {property} not in its lines: {text}"));
                }
                own.extend(found);
            }
            faults.extend(self.spare_lines(&node, &ranges, &own));
            covered.extend(own);
        }
        Comparison { faults, covered }
    }

    /// What is not covered of each line, marks apart.
    fn left(&self, covered: &BTreeSet<Place>) -> BTreeMap<usize, String> {
        let marks = self.marks(None);
        let rest = |number: usize| {
            let characters = self.line(number).chars().enumerate();
            let left = characters.filter(|(column, _)| {
                let place = (number, *column);
                !covered.contains(&place) && !marks.contains(&place)
            });
            left.map(|(_, character)| character).collect::<String>()
        };
        (1..=self.lines.len())
            .map(|number| (number, rest(number)))
            .filter(|(_, rest)| !rest.is_empty())
            .collect()
    }

    /// What may be left of each line.
    fn left_out(&self) -> BTreeMap<usize, String> {
        self.table("left_out")
            .iter()
            .map(|row| (line_of(row), compact(row["words"].as_str().unwrap())))
            .collect()
    }

    /// The lines of a node's ranges that it says nothing with, and ranges with a blank end.
    fn spare_lines(
        &self,
        node: &str,
        ranges: &BTreeSet<LineRange>,
        own: &BTreeSet<Place>,
    ) -> Vec<String> {
        let used: BTreeSet<usize> = own.iter().map(|(number, _)| *number).collect();
        let holds_value = |number: usize| {
            self.table("values")
                .iter()
                .any(|row| row["node"] == node && line_of(row) == number)
        };
        let blank_end = ranges.iter().flat_map(|range| {
            let ends = [range.first as usize, range.last as usize];
            ends.into_iter().filter(|end| self.line(*end).is_empty())
        });
        let unused = ranges.iter().flat_map(|range| {
            lines(*range).filter(|number| {
                let (text, used) = (self.line(*number), used.contains(number));
                !text.is_empty() && !used && !holds_value(*number)
            })
        });
        blank_end
            .chain(unused)
            .map(|number| format!("{node} says nothing of line {number}"))
            .collect()
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn line_of(row: &Value) -> usize {
    row["line"].as_u64().unwrap().try_into().unwrap()
}

fn lines(range: LineRange) -> std::ops::RangeInclusive<usize> {
    range.first as usize..=range.last as usize
}

/// The places of every occurrence of a text.
fn find(characters: &[(Place, char)], text: &str) -> BTreeSet<Place> {
    let text: Vec<char> = text.chars().collect();
    characters
        .windows(text.len().max(1))
        .filter(|window| window.iter().map(|(_, c)| c).eq(&text))
        .flat_map(|window| window.iter().map(|(place, _)| *place))
        .collect()
}

/// What a graph quotes, by node: texts in a language, marks, numbers and addresses.
///
/// Not so the remarks of those who structured the data. The words that an alignment quotes
/// have no lines: they are looked up in the part they point at.
fn wordings(graph: &Graph) -> BTreeMap<String, Wording> {
    let mut found: BTreeMap<String, Wording> = BTreeMap::new();
    for triple in graph {
        let NamedOrBlankNodeRef::NamedNode(node) = triple.subject else {
            continue;
        };
        let property = triple.predicate;
        if [skos::EDITORIAL_NOTE, oa::EXACT, oa::PREFIX, oa::SUFFIX].contains(&property) {
            continue;
        }
        let quoted = match triple.object {
            TermRef::Literal(text) if property == plan::SOURCE_RANGE => {
                let range = LineRange::parse(text.value()).unwrap();
                let wording = found.entry(short(node.as_str())).or_default();
                wording.ranges.insert(range);
                continue;
            }
            TermRef::Literal(text)
                if text.language().is_some()
                    || [plan::MARKER, skos::NOTATION].contains(&property) =>
            {
                text.value()
            }
            TermRef::NamedNode(page) if property == foaf::PAGE => page.as_str(),
            _ => continue,
        };
        let wording = found.entry(short(node.as_str())).or_default();
        let text = (short(property.as_str()), quoted.to_owned());
        wording.texts.insert(text);
    }
    found
}

/// The union of the editions' graphs.
fn union(document: &Document, of: impl Fn(&PlanEntry) -> Graph) -> Graph {
    let mut all = Graph::new();
    for edition in &document.editions {
        all.extend(of(edition).iter());
    }
    all
}

fn stated(document: &Document) -> Graph {
    union(document, |edition| {
        let graph = graph_of(edition);
        graph.layer(Layer::Stated).unwrap().clone()
    })
}

fn merged(document: &Document) -> Graph {
    union(document, |edition| graph_of(edition).merged())
}

#[test]
fn the_documents_are_those_of_the_two_regions_and_carry_three_editions() {
    let documents: Vec<(String, usize)> = Document::all()
        .into_iter()
        .map(|document| (document.id, document.editions.len()))
        .collect();
    assert_eq!(
        documents,
        [
            ("vasterbotten-2026".to_owned(), 1),
            ("vastmanland-2021-2022".to_owned(), 2)
        ]
    );
}

#[test]
fn every_stated_text_stands_in_the_lines_of_its_node() {
    for document in Document::all() {
        let comparison = document.compare(&stated(&document));
        assert_eq!(comparison.faults, [""; 0], "{}", document.id);
    }
}

#[test]
fn what_is_read_out_of_the_prose_quotes_the_prose() {
    // Statuses, names and addresses of the interpreted layer are the document's words, too.
    for document in Document::all() {
        let comparison = document.compare(&merged(&document));
        assert_eq!(comparison.faults, [""; 0], "{}", document.id);
    }
}

#[test]
fn every_character_of_the_source_stands_in_the_data_or_on_the_list_of_exceptions() {
    for document in Document::all() {
        let comparison = document.compare(&merged(&document));
        let left = document.left(&comparison.covered);
        assert_eq!(left, document.left_out(), "{}", document.id);
    }
}

#[test]
fn every_exception_is_needed_and_has_its_reason() {
    // What is left out is compared as a whole, so that list cannot have too much on it.
    for mut document in Document::all() {
        let merged = merged(&document);
        for name in ["marks", "own_words", "values"] {
            for index in 0..document.table(name).len() {
                let rows = document.exceptions[name].as_array_mut().unwrap();
                let row = rows.remove(index);
                let Comparison { faults, covered } = document.compare(&merged);
                let needed = !faults.is_empty() || document.left(&covered) != document.left_out();
                assert!(needed, "{row}");
                let rows = document.exceptions[name].as_array_mut().unwrap();
                rows.insert(index, row);
            }
        }
        for name in ["marks", "left_out", "own_words", "values"] {
            for row in document.table(name) {
                assert!(!row["why"].as_str().unwrap().is_empty(), "{row}");
            }
        }
    }
}

#[test]
fn what_an_alignment_quotes_stands_in_the_section_it_points_at() {
    let mut quotes = 0;
    for entry in snapshot().plans().values() {
        let plan = &entry.plan;
        // What a person has judged may rest on any words: tests/it/editorial.rs.
        let by_document = plan
            .alignments
            .values()
            .filter(|alignment| alignment.method.first() == Some(&Method::ByDocument));
        let targets = by_document.flat_map(|alignment| {
            let targets = alignment.target.values();
            targets.map(move |target| (alignment, target))
        });
        for (alignment, target) in targets {
            let goal = node(&short(alignment.aligned_with.first().unwrap().as_str()));
            let labels = snapshot().objects(goal.as_ref(), skos::PREF_LABEL).unwrap();
            let section = &plan.sections[target.node.source.first().unwrap()];
            let description = &section.description.first().unwrap().text;
            for quote in target.node.selector.values() {
                let exact = &quote.node.exact.first().unwrap().text;
                assert_eq!(description.matches(exact.as_str()).count(), 1, "{exact}");
                // The quotation reaches the goal, by its name.
                let reached = |name: &Term| matches!(name, Term::Literal(name) if exact.ends_with(name.value()));
                assert!(labels.iter().any(reached), "{exact}: {labels:?}");
                quotes += 1;
            }
        }
    }
    assert_eq!(quotes, 3 + 5);
}

#[test]
fn every_mark_of_the_matrix_stands_in_the_column_it_is_named_for() {
    // A mark is a single letter, which is easily found somewhere in its line.
    let entry = crate::support::plan("vasterbotten-2026");
    let source = std::str::from_utf8(entry.source.as_ref().unwrap()).unwrap();
    let lines: Vec<Vec<&str>> = source
        .split('\n')
        .map(|line| line.split('\t').collect())
        .collect();
    let heads = lines.iter().find(|cells| cells.contains(&"Region"));
    let heads = heads.unwrap();
    let mut from_source = BTreeSet::new();
    let rows = (1..).zip(&lines).filter(|(_, cells)| cells.len() == 4);
    for (number, cells) in rows.filter(|(number, _)| *number > 144) {
        for (head, mark) in heads.iter().zip(cells).skip(1) {
            if !mark.is_empty() {
                from_source.insert((number, (*head).to_owned(), (*mark).to_owned()));
            }
        }
    }
    let activities = entry.plan.activities.values();
    let from_data: BTreeSet<(u32, String, String)> = activities
        .flat_map(|activity| activity.participation.values())
        .map(|participation| {
            let Participation {
                identifier,
                source_text,
                source_range,
                ..
            } = &*participation.node;
            (
                source_range.first().unwrap().first,
                identifier.first().unwrap().clone(),
                source_text.first().unwrap().text.clone(),
            )
        })
        .collect();
    assert_eq!(from_data.len(), 28 * 2 - 7);
    assert_eq!(from_data, from_source);
}

#[test]
fn the_source_texts_are_the_seeds_byte_for_byte() {
    let seeds = root().join("../shared/seeds");
    let Ok(files) = std::fs::read_dir(&seeds) else {
        // Not eprintln!, which the test runner keeps to itself when a test passes.
        let words = format!(
            "SKIPPED: the_source_texts_are_the_seeds_byte_for_byte: there is no {}\n",
            seeds.display()
        );
        std::io::Write::write_all(&mut std::io::stderr(), words.as_bytes()).unwrap();
        return;
    };
    let mut compared = 0;
    for file in files {
        let path = file.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap();
        let copy = root().join("data/plans").join(id).join("source.txt");
        let same = std::fs::read(&path).unwrap() == std::fs::read(&copy).unwrap();
        assert!(same, "{} differs from {}", copy.display(), path.display());
        compared += 1;
    }
    assert_eq!(compared, Document::all().len());
}

/// A node with a normalised value: its wording, and where that stands, in the value's layer.
fn assert_worded(node: &str, layer: Layer, wording: &Values<Text>, ranges: &Values<LineRange>) {
    assert!(
        wording.layered().any(|text| text.layer == layer),
        "{node} has no wording in its layer"
    );
    assert!(
        ranges.layered().any(|range| range.layer == layer),
        "{node} has no lines in its layer"
    );
}

/// Every period of a plan.
fn periods(plan: &Plan) -> impl Iterator<Item = (&str, &Period)> {
    let activities = plan.activities.values();
    let all = activities.map(|activity| &activity.temporal);
    nodes(all.chain([&plan.temporal]))
}

/// Every participation of a plan.
fn participations(plan: &Plan) -> impl Iterator<Item = (&str, &Participation)> {
    let activities = plan.activities.values();
    let all = activities.map(|activity| &activity.participation);
    nodes(all.chain([&plan.participation]))
}

fn nodes<'a, N: 'a>(
    all: impl Iterator<Item = &'a Owned<N>>,
) -> impl Iterator<Item = (&'a str, &'a N)> {
    all.flatten()
        .map(|(iri, linked)| (iri.as_str(), &*linked.node))
}

#[test]
fn every_normalised_value_has_its_wording_and_where_it_stands() {
    let (mut dated, mut taking_part, mut adopted) = (0, 0, 0);
    let mut followed = Vec::new();
    for entry in snapshot().plans().values() {
        let plan = &entry.plan;
        for (iri, period) in periods(plan) {
            assert_worded(
                iri,
                Layer::Stated,
                &period.source_text,
                &period.source_range,
            );
            dated += 1;
        }
        for (iri, participation) in participations(plan) {
            let Participation {
                source_text,
                source_range,
                ..
            } = participation;
            assert_worded(iri, Layer::Stated, source_text, source_range);
            taking_part += 1;
        }
        for (iri, adoption) in nodes([&plan.adoption].into_iter()) {
            let (words, lines) = (&adoption.source_text, &adoption.source_range);
            assert_worded(iri, Layer::Stated, words, lines);
            adopted += 1;
        }
        for frequency in plan.follow_up_frequency.layered() {
            let (words, lines) = (&plan.source_text, &plan.source_range);
            assert_worded(entry.iri.as_str(), frequency.layer, words, lines);
            followed.push((
                entry.plan.identifier.first().unwrap().clone(),
                frequency.layer,
            ));
        }
    }
    // One period a plan, 18 and 14 activities; the bullets and Västerbotten's have none.
    assert_eq!((dated, adopted), (3 + 18 + 14, 1));
    // The matrix has 49 marks, the other plan names 30 in its activities, and each names a body.
    assert_eq!(taking_part, 49 + 30 + 2);
    // “Handlingsplanen följs upp årligen” says it; that what is “också” followed up yearly
    // makes the plan so, too, does not.
    assert_eq!(
        followed,
        [
            ("vasterbotten-2026".to_owned(), Layer::Interpreted),
            ("vastmanland-2021-2022".to_owned(), Layer::Stated)
        ]
    );
}

#[test]
fn a_remark_is_one_text_in_swedish_and_one_in_english_and_an_interpretation() {
    let mut remarked = 0;
    for entry in snapshot().plans().values() {
        let mut remarks: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (layer, graph) in graph_of(entry).layers() {
            for triple in graph.triples_for_predicate(skos::EDITORIAL_NOTE) {
                // Whatever is said of the data is no part of the document.
                assert_ne!(layer, Layer::Stated, "{triple}");
                let TermRef::Literal(text) = triple.object else {
                    panic!("{triple}");
                };
                let languages = remarks.entry(triple.subject.to_string()).or_default();
                languages.push(text.language().unwrap().to_owned());
            }
        }
        for (node, mut languages) in remarks {
            languages.sort();
            assert_eq!(languages, ["en", "sv"], "{node}");
            remarked += 1;
        }
    }
    assert!(remarked > 50 + 20, "{remarked}");
}

#[test]
fn every_period_is_the_years_of_its_wording() {
    for entry in snapshot().plans().values() {
        for (iri, period) in periods(&entry.plan) {
            assert_eq!(period.precision.first(), Some(&Precision::Year), "{iri}");
            let wording = &period.source_text.first().unwrap().text;
            let years: Vec<&str> = wording
                .split(|c: char| !c.is_ascii_digit())
                .filter(|part| !part.is_empty())
                .collect();
            let (first, last) = (years[0], years[years.len() - 1]);
            let start = period.start.first().unwrap().to_string();
            let end = period.end.first().unwrap().to_string();
            assert_eq!(start, format!("{first}-01-01"), "{iri}");
            assert_eq!(end, format!("{last}-12-31"), "{iri}");
        }
    }
}
