//! What holds of every document that is imported, whatever stands in it: shared by the tests and
//! the fuzz targets in `fuzz/`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use oxrdf::Graph;
use samplan::import::document::{Document, Format, Passage};
use samplan::import::plans::{Given, Imported, Present, plans};
use samplan::import::value::Directory;
use samplan::import::{agents, read};
use samplan::model::{Date, Iri, Plan};
use samplan::rdf::{self, Base, parse, serialize};
use samplan::store::{Folder, load};
use samplan::validate::{Validator, stands_on};

/// A data folder with the reference data that come with the program.
static FOLDER: LazyLock<Folder> = LazyLock::new(|| Folder::from_files(BTreeMap::new()));

static DIRECTORY: LazyLock<Directory> = LazyLock::new(|| {
    let base = Base::default();
    let graphs: Vec<Graph> = FOLDER
        .reference()
        .iter()
        .map(|(file, bytes)| parse::turtle(bytes, &base, file).0)
        .collect();
    Directory::new(&graphs, &base)
});

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| load::folder_validator(&FOLDER, &Base::default()).unwrap());

/// The day of every import.
fn today() -> Date {
    Date::new(2026, 11, 25).unwrap()
}

/// What does not hold of a document: nothing, where it is refused or becomes a plan that the
/// validator takes, the same each time, whose titles stand on the lines it gives.
pub(crate) fn broken(bytes: &[u8]) -> Vec<String> {
    let Ok(document) = read::bytes("plan", bytes) else {
        return Vec::new();
    };
    let mut broken = nowhere(&document);
    // Markdown's own marks and escapes stand inside words.
    let plain = document.format != Format::Markdown;
    let Some(first) = imported(document) else {
        return broken;
    };
    let again = read::bytes("plan", bytes).ok().and_then(imported);
    if again.map(|again| format!("{again:?}")) != Some(format!("{first:?}")) {
        broken.push("it is another plan the second time".to_owned());
    }
    for (_, produced) in first.plans.iter().filter(|_| plain) {
        broken.extend(astray(&produced.plan, &first.source));
    }
    broken.extend(faults(&first));
    broken
}

/// The passages of a document on lines that it does not have.
fn nowhere(document: &Document) -> Vec<String> {
    let last = document.source.lines().count();
    let found = RefCell::new(Vec::new());
    let look = |passage: Passage| {
        let there = |line: &u32| (1..=last).contains(&(*line as usize));
        if !passage.lines.iter().all(there) {
            let (text, lines) = (&passage.text, &passage.lines);
            let message = format!("“{text}” stands on {lines:?} of {last} lines");
            found.borrow_mut().push(message);
        }
        passage
    };
    for block in document.blocks.clone() {
        drop(block.map(&look));
    }
    found.into_inner()
}

fn imported(document: Document) -> Option<Imported> {
    let present = Present {
        base: &Base::default(),
        directory: &DIRECTORY,
        plan: &|_| None,
        today: today(),
    };
    plans(document, &Given::default(), &present, &|_| {}).ok()
}

/// What the activities of a plan say of their lines that is not so.
fn astray(plan: &Plan, source: &str) -> Vec<String> {
    let lines: Vec<&str> = source.lines().collect();
    let mut astray = Vec::new();
    for (iri, activity) in &plan.activities {
        let ranges = activity.source_range.iter();
        let own: Option<Vec<&[&str]>> = ranges
            .map(|range| lines.get(range.first as usize - 1..range.last as usize))
            .collect();
        let Some(own) = own.map(|own| own.concat()).filter(|own| !own.is_empty()) else {
            astray.push(format!("{iri} stands on no lines"));
            continue;
        };
        for title in activity.title.iter() {
            // The marks of footnotes are taken out of words; a quote in a cell of separated values
            // is written twice.
            let bare = |line: &&str| without_digits(&line.replace("\"\"", "\""));
            let own: Vec<String> = own.iter().map(bare).collect();
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            let text = without_digits(&title.text.replace("\"\"", "\""));
            let mut words = text.split_whitespace();
            if let Some(word) = words.find(|word| !stands_on(word, &own)) {
                astray.push(format!("“{word}” of “{}” is not on {own:?}", title.text));
            }
        }
    }
    astray
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// The findings of the validator about the plans, in the company of what the import adds.
fn faults(imported: &Imported) -> Vec<String> {
    let base = Base::default();
    let with_agents = imported.plans.iter().any(|(_, p)| !p.agents.is_empty());
    let own = with_agents.then(|| load::folder_validator(&with_added(imported), &base).unwrap());
    let validator = own.as_ref().unwrap_or(&VALIDATOR);
    let mut faults = Vec::new();
    for (at, (id, produced)) in imported.plans.iter().enumerate() {
        let iri = Iri::parse(base.plan(id).as_str()).unwrap();
        let graph = rdf::write(&produced.plan, &iri);
        let judged = if at == 0 {
            validator.plan_with_source(graph, &imported.source)
        } else {
            validator.plan(graph)
        };
        let findings = judged.err().into_iter().flatten();
        faults.extend(findings.map(|finding| finding.to_string()));
    }
    faults
}

fn with_added(imported: &Imported) -> Folder {
    let base = Base::default();
    let mut files: BTreeMap<String, Vec<u8>> = FOLDER.reference().into_iter().collect();
    for (id, produced) in &imported.plans {
        let county = produced.plan.spatial.first();
        let graph = agents::graph(id, &produced.agents, county, &base, today());
        let bytes = serialize::relative_turtle(&graph, &base).unwrap();
        files.insert(agents::path(id), bytes);
    }
    Folder::from_files(files)
}
