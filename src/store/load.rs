//! Folder → snapshot: parse, judge, keep what holds, name what does not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef};

use super::folder::Folder;
use super::memo::Memo;
use super::snapshot::{PlanEntry, Snapshot};
use super::{Error, built_in};
use crate::model::{Finding, Layer, PlanId};
use crate::rdf::{Base, LayeredGraph, canonical, parse};
use crate::validate::{CheckedGraph, CheckedPlan, Validator, built_in_shapes, plans_described};
use crate::vocab::{adms, adms_status, compact, dcat, spdx};

/// Part of a folder that is not served, with the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The plan's folder or the reference file, relative to the data folder.
    pub what: String,
    /// Everything wrong with it.
    pub findings: Vec<Finding>,
}

/// A snapshot, and what was left out of it.
#[derive(Debug)]
pub struct Loaded {
    /// What holds.
    pub snapshot: Snapshot,
    /// What does not.
    pub refused: Vec<Refusal>,
}

/// A parsed reference file.
struct Parsed {
    file: String,
    name: NamedNode,
    graph: Graph,
    findings: Vec<Finding>,
}

/// Makes a snapshot of a folder at a base address. The same folder and base always give the
/// same snapshot with the same revision.
pub fn load(folder: &Folder, base: &Base) -> Result<Loaded, Error> {
    load_after(folder, base, None)
}

/// The same, without judging again the plans that the previous snapshot of the folder already
/// holds: those whose files, and whose reference data, are byte for byte what they were.
pub fn load_after(
    folder: &Folder,
    base: &Base,
    previous: Option<&Snapshot>,
) -> Result<Loaded, Error> {
    let vocabulary = built_in::vocabulary()?;
    let mut refused = Vec::new();
    let mut reference = Vec::new();
    let beside = files_beside_plans(folder);
    let reference_hash = hash_of_files(
        beside
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
    );
    let previous = previous.filter(|previous| previous.reference_revision() == reference_hash);
    let parsed = parse_reference(&beside, base);
    let validator = validator(&vocabulary, &parsed)?;
    for file in parsed {
        match judge_reference(&validator, file) {
            Ok(checked) => reference.push(checked),
            Err(refusal) => refused.push(refusal),
        }
    }
    let withdrawn = withdrawn(&reference, base);
    let mut builder = Snapshot::builder(base.clone());
    for (name, graph) in &vocabulary {
        builder.vocabulary(name, graph);
    }
    for (name, graph) in &reference {
        builder.reference(name, graph);
    }
    let mut refused_plans = BTreeMap::new();
    judge_plans(&validator, base, folder, previous, |name, judged| {
        let findings = match judged {
            _ if withdrawn.contains(name) => vec![withdrawn_and_there(name)],
            Ok(Judged::New(id, entry, checked)) => {
                builder.plan(id, entry, checked.graph());
                return;
            }
            Ok(Judged::Known(id, entry, from)) => {
                builder.plan_from(id, entry, from);
                return;
            }
            Err(findings) => findings,
        };
        let what = format!("plans/{name}");
        refused_plans.insert(name.to_owned(), Refusal { what, findings });
    });
    refused.extend(refused_plans.into_values());
    let snapshot = builder.finish(reference_hash)?;
    Ok(Loaded { snapshot, refused })
}

/// The plans that the reference data say have been taken back.
fn withdrawn(reference: &[(NamedNode, CheckedGraph)], base: &Base) -> BTreeSet<String> {
    reference
        .iter()
        .flat_map(|(_, graph)| {
            graph
                .graph()
                .subjects_for_predicate_object(adms::STATUS, adms_status::WITHDRAWN)
        })
        .filter_map(|subject| match subject {
            NamedOrBlankNodeRef::NamedNode(node) => {
                let path = base.relative(node.as_str())?;
                path.strip_prefix("plan/").map(str::to_owned)
            }
            NamedOrBlankNodeRef::BlankNode(_) => None,
        })
        .collect()
}

fn withdrawn_and_there(name: &str) -> Finding {
    Finding::file(
        format!("plans/{name}"),
        "Referensdata säger att planen är tillbakadragen, men dess mapp finns kvar. Ta bort mappen, eller uppgiften om att planen är tillbakadragen.",
        "The reference data say that the plan is withdrawn, but its folder is still there. Remove the folder, or the statement that the plan is withdrawn.",
    )
}

/// A plan that holds.
enum Judged<'a> {
    /// Judged now.
    New(PlanId, PlanEntry, Box<CheckedPlan>),
    /// Judged before, for that snapshot.
    Known(PlanId, PlanEntry, &'a Snapshot),
}

/// How many judged plans may wait to be taken.
const WAITING: usize = 16;

/// Judges every plan of a folder, on as many threads as there are processors, and hands each on
/// as soon as it is judged, so that not all are held in memory at once.
fn judge_plans<'a>(
    validator: &Validator,
    base: &Base,
    folder: &Folder,
    previous: Option<&'a Snapshot>,
    mut take: impl FnMut(&str, Result<Judged<'a>, Vec<Finding>>),
) {
    let plans: Vec<_> = folder.plans().into_iter().collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = plans.len().div_ceil(threads).max(1);
    let (sender, judged) = std::sync::mpsc::sync_channel(WAITING);
    std::thread::scope(|scope| {
        for plans in plans.chunks(share) {
            let sender = sender.clone();
            scope.spawn(move || {
                for (name, files) in plans {
                    let judged = load_plan(validator, base, name, files, previous);
                    if sender.send((*name, judged)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (name, judged) in judged {
            take(name, judged);
        }
    });
}

/// One hash of names and contents.
fn hash_of_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let hashes: Vec<String> = files
        .into_iter()
        .map(|(name, bytes)| format!("{name} {}\n", canonical::sha256(bytes)))
        .collect();
    canonical::sha256(hashes.concat())
}

/// A validator for plans beside this folder's reference data.
///
/// Reference files with faults of their own still count as what plans may refer to: one
/// misspelt framework must not take every plan down with it.
pub fn folder_validator(folder: &Folder, base: &Base) -> Result<Validator, Error> {
    let parsed = parse_reference(&files_beside_plans(folder), base);
    validator(&built_in::vocabulary()?, &parsed)
}

fn validator(vocabulary: &[(NamedNode, Graph)], reference: &[Parsed]) -> Result<Validator, Error> {
    let (shapes, findings) = built_in_shapes();
    if let Some(finding) = findings.first() {
        return Err(Error::BuiltIn(finding.to_string()));
    }
    let context = vocabulary.iter().map(|(_, graph)| graph);
    let context = context.chain(reference.iter().map(|file| &file.graph));
    Ok(Validator::new(&shapes, context)?)
}

/// The catalogue and the reference files: what plans are judged beside.
fn files_beside_plans(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let mut files = folder.reference();
    files.insert("catalog.ttl".to_owned(), folder.catalog().to_vec());
    files
}

fn parse_reference(files: &BTreeMap<String, Vec<u8>>, base: &Base) -> Vec<Parsed> {
    files
        .iter()
        .map(|(file, bytes)| {
            let (graph, findings) = parse::turtle(bytes, base, file);
            Parsed {
                name: base.node(&reference_graph(file)),
                file: file.clone(),
                graph,
                findings,
            }
        })
        .collect()
}

/// The path of a reference file's graph: `reference/counties` for `reference/counties.ttl`.
fn reference_graph(file: &str) -> String {
    let name = file.strip_suffix(".ttl").unwrap_or(file);
    if name.starts_with("reference/") {
        name.to_owned()
    } else {
        format!("reference/{name}")
    }
}

fn judge_reference(
    validator: &Validator,
    file: Parsed,
) -> Result<(NamedNode, CheckedGraph), Refusal> {
    let mut findings = file.findings;
    if findings.is_empty() {
        match validator.reference(file.graph) {
            Ok(checked) => return Ok((file.name, checked)),
            Err(more) => findings = more,
        }
    }
    let findings = findings
        .into_iter()
        .map(|finding| finding.in_file(&file.file))
        .collect();
    Err(Refusal {
        what: file.file,
        findings,
    })
}

fn load_plan<'a>(
    validator: &Validator,
    base: &Base,
    name: &str,
    files: &BTreeMap<&str, &[u8]>,
    previous: Option<&'a Snapshot>,
) -> Result<Judged<'a>, Vec<Finding>> {
    let Some(id) = PlanId::parse(name) else {
        return Err(vec![Finding::file(
            format!("plans/{name}"),
            "Mappens namn blir planens adress och får bara ha små bokstäver a–z, siffror och bindestreck. Byt namn på mappen.",
            "The folder's name becomes the plan's address and may only have the letters a–z, digits and hyphens. Rename the folder.",
        )]);
    };
    let hash = hash_of_files(files.iter().map(|(name, bytes)| (*name, *bytes)));
    if let Some(previous) = previous {
        let known = previous.plans().get(&id);
        if let Some(known) = known.filter(|known| known.files == hash) {
            return Ok(Judged::Known(id, known.clone(), previous));
        }
    }
    let checked = check_plan(validator, base, &id, files)?;
    let source = files.get("source.txt").map(|bytes| bytes.to_vec());
    let revision = canonical::sha256(canonical::canonical_nquads(&checked.graph().dataset()));
    let entry = PlanEntry {
        plan: Arc::new(checked.plan().clone()),
        iri: base.plan(&id),
        revision,
        files: hash,
        source,
        memo: Memo::default(),
    };
    Ok(Judged::New(id, entry, Box::new(checked)))
}

/// Judges the files of one plan's folder, by file name.
///
/// # Errors
/// Every finding, with file and line where they are known. Where a file cannot be read as
/// Turtle, or describes another plan, only that: what would follow is its consequence.
pub fn check_plan(
    validator: &Validator,
    base: &Base,
    id: &PlanId,
    files: &BTreeMap<&str, &[u8]>,
) -> Result<CheckedPlan, Vec<Finding>> {
    let folder = format!("plans/{id}");
    let mut graph = LayeredGraph::new(base.plan(id));
    let mut unreadable = Vec::new();
    for (name, bytes) in files {
        let file = format!("{folder}/{name}");
        let Some(layer) = name.strip_suffix(".ttl").and_then(Layer::from_key) else {
            if *name != "source.txt" {
                unreadable.push(unknown_layer(&file));
            }
            continue;
        };
        let (triples, mut faults) = parse::turtle(bytes, base, &file);
        graph.extend(&triples, layer);
        unreadable.append(&mut faults);
    }
    unreadable.extend(another_plan(&graph, base, &folder));
    if !unreadable.is_empty() {
        return Err(unreadable);
    }
    let mut findings: Vec<_> = source_findings(&graph, files, &folder)
        .into_iter()
        .collect();
    let places = Places {
        graph: graph.clone(),
        base,
        folder: &folder,
        files,
    };
    let source = files.get("source.txt").filter(|_| findings.is_empty());
    let judged = match source {
        Some(source) => validator.plan_with_source(graph, &String::from_utf8_lossy(source)),
        None => validator.plan(graph),
    };
    match judged {
        Ok(checked) if findings.is_empty() => return Ok(checked),
        Ok(_) => {}
        Err(more) => findings.extend(more.into_iter().map(|finding| places.put(finding))),
    }
    Err(findings)
}

/// A copied or renamed folder: its files describe a plan, but not the one it is called after.
fn another_plan(graph: &LayeredGraph, base: &Base, folder: &str) -> Option<Finding> {
    let own = graph.plan().as_str();
    let plans = plans_described(graph.public());
    if plans.is_empty() || plans.iter().any(|plan| plan.as_str() == own) {
        return None;
    }
    let described = plans
        .iter()
        .map(|plan| base.relative(plan.as_str()).unwrap_or(plan.as_str()))
        .collect::<Vec<_>>()
        .join(", ");
    let expected = base.relative(own).unwrap_or(own);
    Some(Finding::file(
        folder,
        format!(
            "Filerna beskriver {described}, men mappen hör till {expected}. Byt namn på mappen eller ersätt adressen i filerna."
        ),
        format!(
            "The files describe {described}, but the folder belongs to {expected}. Rename the folder or replace the address in the files."
        ),
    ))
}

/// Where the nodes of a plan stand in its files.
struct Places<'a> {
    graph: LayeredGraph,
    base: &'a Base,
    folder: &'a str,
    files: &'a BTreeMap<&'a str, &'a [u8]>,
}

impl Places<'_> {
    /// The finding with the file it is in, the line on which its node begins there, and the
    /// node's address as the file writes it.
    fn put(&self, mut finding: Finding) -> Finding {
        let Some(node) = finding.place.node.clone() else {
            return finding.in_file(self.folder);
        };
        let relative = self.base.relative(&node).map(str::to_owned);
        if let Some(layer) = self.layer_of(&node, finding.place.property.as_deref()) {
            let name = format!("{}.ttl", layer.key());
            let starts =
                [relative.as_deref().unwrap_or(&node), &node].map(|iri| format!("<{iri}>"));
            let text = self
                .files
                .get(name.as_str())
                .and_then(|bytes| std::str::from_utf8(bytes).ok());
            let line = text.and_then(|text| {
                text.lines().position(|line| {
                    starts
                        .iter()
                        .any(|start| line.trim_start().starts_with(start))
                })
            });
            finding.place.file = Some(format!("{}/{name}", self.folder));
            finding.place.line = line.map(|line| (line as u64 + 1, 1));
        }
        finding.place.node = Some(relative.unwrap_or(node));
        finding.in_file(self.folder)
    }

    /// The first layer that says something of the node, by that property where one does.
    fn layer_of(&self, node: &str, property: Option<&str>) -> Option<Layer> {
        let subject = NamedNode::new(node).ok()?;
        let layers = |by: &dyn Fn(&Graph) -> bool| {
            let mut found = self.graph.layers().filter(|(_, graph)| by(graph));
            found.next().map(|(layer, _)| layer)
        };
        let with_property = |graph: &Graph| {
            graph
                .triples_for_subject(&subject)
                .any(|triple| Some(compact(triple.predicate.as_str()).as_str()) == property)
        };
        layers(&with_property)
            .or_else(|| layers(&|graph| graph.triples_for_subject(&subject).next().is_some()))
    }
}

fn unknown_layer(file: &str) -> Finding {
    let names: Vec<_> = Layer::ALL
        .iter()
        .map(|layer| format!("{}.ttl", layer.key()))
        .collect();
    let names = names.join(", ");
    Finding::file(
        file,
        format!(
            "Filen hör inte till något lager. En plans filer heter {names}. Byt namn eller flytta filen."
        ),
        format!("The file is no layer. The files of a plan are called {names}. Rename or move it."),
    )
}

/// The text that line ranges count in must be there, where the plan says that it is, and be
/// the one whose hash the plan gives.
fn source_findings(
    graph: &LayeredGraph,
    files: &BTreeMap<&str, &[u8]>,
    folder: &str,
) -> Option<Finding> {
    let file = format!("{folder}/source.txt");
    let source = format!("{}/source", graph.plan().as_str());
    let values = |subject: &str, property: NamedNodeRef<'_>| -> BTreeSet<String> {
        let subject = NamedNode::new_unchecked(subject);
        graph
            .public()
            .flat_map(|graph| graph.objects_for_subject_predicate(&subject, property))
            .map(|value| match value {
                TermRef::Literal(literal) => literal.value().to_owned(),
                TermRef::NamedNode(node) => node.as_str().to_owned(),
                TermRef::BlankNode(node) => node.to_string(),
            })
            .collect()
    };
    let Some(bytes) = files.get("source.txt") else {
        let promised = values(&source, dcat::DOWNLOAD_URL).contains(&format!("{source}.txt"));
        return promised.then(|| {
            Finding::file(
                file,
                "Planen säger att källtexten finns här, men filen saknas. Lägg dit den, eller ange i dcat:downloadURL var den ligger.",
                "The plan says that its source text is here, but the file is missing. Put it there, or say in dcat:downloadURL where it lies.",
            )
        });
    };
    let actual = canonical::sha256(bytes);
    let stated = values(&format!("{source}/checksum"), spdx::CHECKSUM_VALUE);
    (!stated.contains(&actual)).then(|| {
        let stated: Vec<_> = stated.into_iter().collect();
        let stated = stated.join(", ");
        Finding::file(
            file,
            format!("Källtexten är inte den som planen beskriver: dess kontrollsumma är {actual}, planens {stated}. Återställ filen, även dess radslut, eller rätta kontrollsumman."),
            format!("The source text is not the one the plan describes: its checksum is {actual}, the plan's {stated}. Restore the file, its line ends too, or correct the checksum."),
        )
    })
}
