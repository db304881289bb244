//! A plan → its files in a data folder.
//!
//! Only what says something else than before is written: a layer whose content is the same
//! keeps its file to the byte, comments and order included, and its day of change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Triple};

use super::{Error, folder, load};
use crate::model::{Date, Finding, Layer, PlanId};
use crate::rdf::base::layer_graph;
use crate::rdf::{Base, LayeredGraph, canonical, parse, serialize};
use crate::validate::Validator;
use crate::vocab::{dcterms, xsd};

/// The files of a plan's folder, by name.
type Files = BTreeMap<String, Vec<u8>>;

/// What writing a plan changed: names of files in the plan's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have other bytes than before.
    pub changed: BTreeSet<String>,
    /// Files that are no longer there.
    pub removed: BTreeSet<String>,
}

/// Why nothing, or not everything, was written.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// The IRI is not that of a plan of this instance.
    #[error("{0} is not the address of a plan here; it must be the base URL, plan/ and a name")]
    NotHere(String),
    /// The plan does not hold; nothing was written.
    #[error("the plan does not hold: {}", list(.0))]
    Refused(Vec<Finding>),
    /// A file cannot be read or written.
    #[error(transparent)]
    Store(#[from] Error),
}

fn list(findings: &[Finding]) -> String {
    let lines: Vec<_> = findings.iter().map(Finding::to_string).collect();
    lines.join("; ")
}

/// A plan that holds, ready to be written into its folder.
#[derive(Debug)]
pub struct Prepared {
    dir: PathBuf,
    before: Files,
    after: Files,
}

impl Prepared {
    /// Writes the files that are to change, and says which did.
    ///
    /// # Errors
    /// A file that cannot be written; then the plan is as it was, or as it is to be.
    pub fn write(self) -> Result<Written, Error> {
        replace(&self.dir, &self.before, self.after)
    }
}

/// Judges a plan for a data folder without writing it.
///
/// `source` is the text that line ranges count in; without one, the text that is already there
/// stays and counts. A layer with other content than its file gets `today` as its day of change;
/// a layer without content loses its file.
///
/// What is judged are the bytes that will be in the folder, as loading it will judge them, so
/// that what is written is what will be served.
///
/// # Errors
/// Every finding, where the plan does not hold.
pub fn prepare(
    data: &Path,
    base: &Base,
    validator: &Validator,
    graph: LayeredGraph,
    source: Option<&str>,
    today: Date,
) -> Result<Prepared, PutError> {
    let id = plan_id(base, graph.plan())?;
    let dir = data.join("plans").join(id.as_str());
    let before = read(&dir)?;
    let mut after = Files::new();
    let mut lost = false;
    // What is stated comes last: it tells of the day on which another layer went.
    for layer in Layer::ALL.into_iter().rev() {
        let name = file_name(layer);
        let there = before.get(&name);
        let fresh = lost && layer == Layer::Stated;
        let bytes = file_of(layer, &graph, there, base, today, fresh)
            .map_err(|error| Error::io(&dir.join(&name), error))?;
        lost |= layer.is_public() && there.is_some() && bytes.is_none();
        after.extend(bytes.map(|bytes| (name, bytes)));
    }
    // A long plan is held twice as it is: as files and as what they say.
    drop(graph);
    let source = source.map(|text| text.as_bytes().to_vec());
    let source = source.or_else(|| before.get(SOURCE).cloned());
    after.extend(source.map(|bytes| (SOURCE.to_owned(), bytes)));
    let would_be = after
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    load::check_plan(validator, base, &id, &would_be).map_err(PutError::Refused)?;
    Ok(Prepared { dir, before, after })
}

/// Writes a plan into a data folder, as [`prepare`] judges it; says which files changed.
///
/// # Errors
/// Every finding, where the plan does not hold; then no file was touched.
pub fn plan(
    data: &Path,
    base: &Base,
    validator: &Validator,
    graph: LayeredGraph,
    source: Option<&str>,
    today: Date,
) -> Result<Written, PutError> {
    let prepared = prepare(data, base, validator, graph, source, today)?;
    Ok(prepared.write()?)
}

const SOURCE: &str = "source.txt";

fn file_name(layer: Layer) -> String {
    format!("{}.ttl", layer.key())
}

fn plan_id(base: &Base, plan: &NamedNode) -> Result<PlanId, PutError> {
    base.relative(plan.as_str())
        .and_then(|path| path.strip_prefix("plan/"))
        .and_then(PlanId::parse)
        .ok_or_else(|| PutError::NotHere(plan.as_str().to_owned()))
}

/// The files that make up a plan, as far as they are there.
fn read(dir: &Path) -> Result<Files, Error> {
    let names = Layer::ALL.map(file_name).into_iter();
    let mut files = Files::new();
    for name in names.chain([SOURCE.to_owned()]) {
        let path = dir.join(&name);
        match std::fs::read(&path) {
            Ok(bytes) => {
                files.insert(name, bytes);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io(&path, error)),
        }
    }
    Ok(files)
}

/// What the file of a layer is to hold; `None` where the layer has no content. It keeps its day of
/// change while it says the same, unless it is to have a fresh one.
fn file_of(
    layer: Layer,
    plan: &LayeredGraph,
    before: Option<&Vec<u8>>,
    base: &Base,
    today: Date,
    fresh: bool,
) -> std::io::Result<Option<Vec<u8>>> {
    let own = layer_graph(plan.plan().as_str(), layer);
    let mut graph = undated(plan.layer(layer).unwrap_or(&Graph::new()), &own);
    // Without a file before, what is stated is published now for the first time.
    let mut issued = (before.is_none() && layer == Layer::Stated).then(|| day(today).into());
    if let Some(bytes) = before {
        // A file that cannot be read as Turtle is never the same as anything.
        let (there, faults) = parse::turtle(bytes, base, &file_name(layer));
        if !fresh && faults.is_empty() && same(&undated(&there, &own), &graph) {
            return Ok(Some(bytes.clone()));
        }
        let first = there.object_for_subject_predicate(&own, dcterms::ISSUED);
        issued = first.map(oxrdf::TermRef::into_owned);
    }
    if graph.iter().all(|triple| is(triple.subject, &own)) {
        return Ok(None);
    }
    if let Some(issued) = issued {
        graph.insert(&Triple::new(own.clone(), dcterms::ISSUED, issued));
    }
    graph.insert(&Triple::new(own, dcterms::MODIFIED, day(today)));
    serialize::relative_turtle(&graph, base).map(Some)
}

fn day(day: Date) -> Literal {
    Literal::new_typed_literal(day.to_string(), xsd::DATE)
}

/// A layer's triples without its days: that of its change follows from whether they changed, and
/// that of its first publication stays.
fn undated(graph: &Graph, own: &NamedNode) -> Graph {
    let days = [dcterms::ISSUED, dcterms::MODIFIED];
    let day = |subject, predicate: NamedNodeRef<'_>| is(subject, own) && days.contains(&predicate);
    graph
        .iter()
        .filter(|triple| !day(triple.subject, triple.predicate))
        .collect()
}

fn is(subject: NamedOrBlankNodeRef<'_>, node: &NamedNode) -> bool {
    subject == NamedOrBlankNodeRef::NamedNode(node.as_ref())
}

fn same(a: &Graph, b: &Graph) -> bool {
    a == b || canonical::canonical_ntriples(a) == canonical::canonical_ntriples(b)
}

/// Brings a plan's folder from the files it has to those it is to have.
///
/// Everything is written aside before the first file is replaced, so that a full disk or a
/// crash while writing leaves the plan as it was; the source text goes first, because the
/// layers quote it.
fn replace(dir: &Path, before: &Files, after: Files) -> Result<Written, Error> {
    let mut written = Written::default();
    let mut new: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        written.removed.insert(name.clone());
    }
    for (name, bytes) in after {
        if before.get(&name) != Some(&bytes) {
            new.push((dir.join(&name), bytes));
            written.changed.insert(name);
        }
    }
    new.sort_by_key(|(path, _)| !path.ends_with(SOURCE));
    folder::write_files(&new)?;
    for name in &written.removed {
        let path = dir.join(name);
        std::fs::remove_file(&path).map_err(|error| Error::io(&path, error))?;
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Iri, Text};
    use crate::rdf::{read, write};
    use crate::store::Folder;

    const PLANS: [&str; 3] = [
        "vasterbotten-2026",
        "vastmanland-2018-2020",
        "vastmanland-2021-2022",
    ];

    fn own_data() -> Folder {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        Folder::read(&data).unwrap()
    }

    fn copy() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in own_data().files() {
            folder::write_file(&dir.path().join(path), bytes).unwrap();
        }
        dir
    }

    fn graph(data: &Folder, base: &Base, id: &str) -> LayeredGraph {
        let mut graph = LayeredGraph::new(base.plan(&PlanId::parse(id).unwrap()));
        for (name, bytes) in &data.plans()[id] {
            if let Some(layer) = name.strip_suffix(".ttl").and_then(Layer::from_key) {
                graph.extend(&parse::turtle(bytes, base, name).0, layer);
            }
        }
        graph
    }

    fn today() -> Date {
        Date::new(2031, 2, 3).unwrap()
    }

    #[test]
    fn a_plan_that_is_there_already_changes_nothing() {
        let (dir, base, data) = (copy(), Base::default(), own_data());
        let validator = load::folder_validator(&data, &base).unwrap();
        for id in PLANS {
            let graph = graph(&data, &base, id);
            let source = data.plans()[id]
                .get(SOURCE)
                .map(|bytes| String::from_utf8(bytes.to_vec()).unwrap());
            for source in [None, source.as_deref()] {
                let written = plan(
                    dir.path(),
                    &base,
                    &validator,
                    graph.clone(),
                    source,
                    today(),
                )
                .unwrap();
                assert_eq!(written, Written::default(), "{id}");
            }
        }
        assert_eq!(Folder::read(dir.path()).unwrap(), data);
    }

    #[test]
    fn one_title_changes_one_file_and_its_day() {
        let (dir, base, data) = (copy(), Base::default(), own_data());
        let validator = load::folder_validator(&data, &base).unwrap();
        let id = "vastmanland-2021-2022";
        let graph_before = graph(&data, &base, id);
        let (mut edited, _) = read(&graph_before);
        let iri = Iri::parse(graph_before.plan().as_str()).unwrap();
        edited.title = [
            (Text::sv("En annan titel"), Layer::Interpreted),
            (
                Text {
                    language: "en".to_owned(),
                    text: "Another title".to_owned(),
                },
                Layer::Interpreted,
            ),
        ]
        .into_iter()
        .collect();
        let graph_after = write(&edited, &iri);
        let written = plan(
            dir.path(),
            &base,
            &validator,
            graph_after.clone(),
            None,
            today(),
        )
        .unwrap();
        assert_eq!(
            written.changed,
            BTreeSet::from(["interpreted.ttl".to_owned()])
        );
        assert_eq!(written.removed, BTreeSet::new());
        let now = Folder::read(dir.path()).unwrap();
        let others = |folder: &Folder| -> Files {
            folder
                .files()
                .filter(|(path, _)| !path.ends_with(&format!("{id}/interpreted.ttl")))
                .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
                .collect()
        };
        assert_eq!(others(&now), others(&data));
        let (read_back, _) = read(&graph(&now, &base, id));
        let day = |layer| read_back.graphs[&layer].modified.first().copied();
        assert_eq!(day(Layer::Interpreted), Some(today()));
        assert_ne!(day(Layer::Stated), Some(today()));
        assert_eq!(read_back.title, edited.title);
    }

    #[test]
    fn what_does_not_hold_touches_no_file() {
        let (dir, base, data) = (copy(), Base::default(), own_data());
        let validator = load::folder_validator(&data, &base).unwrap();
        let graph_before = graph(&data, &base, "vastmanland-2021-2022");
        let (mut edited, _) = read(&graph_before);
        edited.title = crate::model::Values::default();
        let iri = Iri::parse(graph_before.plan().as_str()).unwrap();
        let refused = plan(
            dir.path(),
            &base,
            &validator,
            write(&edited, &iri),
            None,
            today(),
        );
        assert!(matches!(refused, Err(PutError::Refused(findings)) if !findings.is_empty()));
        assert_eq!(Folder::read(dir.path()).unwrap(), data);
    }

    #[test]
    fn a_layer_without_content_loses_its_file() {
        let (dir, base, data) = (copy(), Base::default(), own_data());
        let validator = load::folder_validator(&data, &base).unwrap();
        let id = "vastmanland-2021-2022";
        let before = graph(&data, &base, id);
        // A suggested layer that holds nothing but its own description.
        let name = layer_graph(before.plan().as_str(), Layer::Suggested);
        let path = dir.path().join(format!("plans/{id}/suggested.ttl"));
        let turtle = format!(
            "<{}> <http://purl.org/dc/terms/modified> \"2026-01-01\"^^<http://www.w3.org/2001/XMLSchema#date> ; <http://purl.org/dc/terms/license> <http://creativecommons.org/publicdomain/zero/1.0/> .",
            name.as_str()
        );
        folder::write_file(&path, turtle.as_bytes()).unwrap();
        let written = plan(dir.path(), &base, &validator, before.clone(), None, today()).unwrap();
        assert_eq!(
            written.removed,
            BTreeSet::from(["suggested.ttl".to_owned()])
        );
        assert_eq!(Folder::read(dir.path()).unwrap(), data);
    }

    /// Of a layer of a plan in a folder, the days on which it was first published and last changed.
    fn days(dir: &Path, base: &Base, id: &str, layer: Layer) -> [Option<Date>; 2] {
        let folder = Folder::read(dir).unwrap();
        let (plan, _) = read(&graph(&folder, base, id));
        let of = &plan.graphs[&layer];
        [of.issued.first().copied(), of.modified.first().copied()]
    }

    #[test]
    fn the_day_of_the_first_publication_stays_whatever_changes_later() {
        let (dir, base, data) = (copy(), Base::default(), own_data());
        let validator = load::folder_validator(&data, &base).unwrap();
        let id = "vastmanland-2021-2022";
        let first = graph(&data, &base, id);
        let source = data.plans()[id][SOURCE].to_vec();
        let source = String::from_utf8(source).unwrap();
        std::fs::remove_dir_all(dir.path().join("plans").join(id)).unwrap();
        let put = |graph: LayeredGraph, day| {
            plan(dir.path(), &base, &validator, graph, Some(&source), day).unwrap()
        };
        put(first.clone(), today());
        assert_eq!(
            days(dir.path(), &base, id, Layer::Stated),
            [Some(today()), Some(today())],
            "a new plan is published on the day it is put in"
        );
        assert_eq!(days(dir.path(), &base, id, Layer::Interpreted)[0], None);
        let later = Date::new(2032, 5, 6).unwrap();
        assert_eq!(put(first.clone(), later), Written::default());
        let (mut edited, _) = read(&first);
        let iri = Iri::parse(first.plan().as_str()).unwrap();
        let rights = edited.rights.values_mut().next().unwrap();
        rights.node.label = [("sv", "Fri användning."), ("en", "Free use.")]
            .map(|(language, text)| {
                let (language, text) = (language.to_owned(), text.to_owned());
                (Text { language, text }, Layer::Stated)
            })
            .into_iter()
            .collect();
        let written = put(write(&edited, &iri), later);
        assert_eq!(written.changed, ["stated.ttl".to_owned()].into());
        assert_eq!(
            days(dir.path(), &base, id, Layer::Stated),
            [Some(today()), Some(later)]
        );
    }

    #[test]
    fn a_plan_that_loses_a_layer_has_changed() {
        let (dir, base) = (copy(), Base::default());
        let id = "vastmanland-2021-2022";
        // As it was before people had linked anything.
        std::fs::remove_file(dir.path().join(format!("plans/{id}/editorial.ttl"))).unwrap();
        let data = Folder::read(dir.path()).unwrap();
        let validator = load::folder_validator(&data, &base).unwrap();
        let first = graph(&data, &base, id);
        let (mut edited, _) = read(&first);
        let iri = Iri::parse(first.plan().as_str()).unwrap();
        // An editorial layer with a note comes, and goes again.
        let note = |language: &str, text: &str| {
            let text = Text {
                language: language.to_owned(),
                text: text.to_owned(),
            };
            (text, Layer::Editorial)
        };
        let mut own = edited.graphs[&Layer::Interpreted].clone();
        own.declared = [Layer::Editorial].into();
        own.modified = [(today(), Layer::Editorial)].into_iter().collect();
        own.in_plan = [(iri.clone(), Layer::Editorial)].into_iter().collect();
        let terms = own.license.iter().cloned().collect::<Vec<_>>();
        own.license = terms
            .into_iter()
            .map(|terms| (terms, Layer::Editorial))
            .collect();
        edited.graphs.insert(Layer::Editorial, own);
        edited.alternative = [note("sv", "Digitala agendan")].into_iter().collect();
        let put = |graph, day| plan(dir.path(), &base, &validator, graph, None, day).unwrap();
        let came = put(write(&edited, &iri), today());
        assert_eq!(came.changed, ["editorial.ttl".to_owned()].into());
        let later = Date::new(2032, 5, 6).unwrap();
        let went = put(first, later);
        assert_eq!(went.removed, ["editorial.ttl".to_owned()].into());
        assert_eq!(went.changed, ["stated.ttl".to_owned()].into());
        assert_eq!(days(dir.path(), &base, id, Layer::Stated)[1], Some(later));
    }
}
