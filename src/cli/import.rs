//! `samplan import`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

use clap::Args;

use super::progress::Progress;
use super::{plan_files, workbook};
use crate::import::leave_out::leave_out;
use crate::import::plans::{Given, Imported, Present, plans};
use crate::import::progress::{Step, Tell};
use crate::import::value::Directory;
use crate::import::{agents, gone, keep, read, report};
use crate::model::{Date, Finding, Iri, Plan, PlanId};
use crate::rdf::{self, Base, LayeredGraph, parse, serialize};
use crate::store::{Folder, folder, load, put};
use crate::validate::Validator;

/// Read a document and write its plan into the data folder.
///
/// PDF, DOCX, XLSX, ODS, CSV, Markdown and plain text; or a workbook that `samplan export` gave,
/// whose edits and new rows are taken into the plan. An empty one (`export --blank`) that was
/// filled in makes a plan, or adds to the one with that --id. What was assumed, left out or looks odd
/// is listed for the person who reviews it. The exit code is 0 when a plan was written (or would
/// be, with --dry-run), 1 when the document was refused.
#[derive(Args, Debug)]
pub(super) struct Import {
    /// The document.
    document: PathBuf,
    /// The data folder.
    #[arg(long, default_value = "data", env = "SAMPLAN_DATA")]
    data: PathBuf,
    /// The id of the plan, for its address: lower case a–z, digits and hyphens.
    #[arg(long)]
    id: Option<String>,
    /// Whose plan it is: the id of an organisation, as in /organisation/ID, or its IRI.
    #[arg(long)]
    publisher: Option<String>,
    /// The period of the plan, where the document does not say it: 2024-2026.
    #[arg(long)]
    period: Option<String>,
    /// The title of the plan, where the document has none.
    #[arg(long)]
    title: Option<String>,
    /// Take away the links to goals of activities that the document no longer has. Without this such
    /// a document is refused, so that nobody's judgements are lost by accident.
    #[arg(long)]
    drop_links: bool,
    /// Read and judge, but write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the report as JSON.
    #[arg(long)]
    json: bool,
    /// The address of the instance.
    #[arg(long, default_value = Base::LOCAL, env = "SAMPLAN_BASE_URL", value_parser = super::base)]
    base_url: Base,
}

/// What came of an import.
enum Outcome {
    /// It cannot be a plan.
    Refused(read::Refusal),
    /// The plan does not hold.
    Faulty(Vec<Finding>),
    /// The plans, and the files written.
    Written(Imported, Vec<String>),
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let folder = Folder::read(&self.data)?;
        let book = workbook::read(&self.document);
        let there = |id: &str| folder.plans().contains_key(id);
        let of_plan = book
            .as_ref()
            .and_then(|book| book.changes(self.id.as_deref(), there));
        if let (Some(book), Some(id)) = (&book, &of_plan) {
            let into = workbook::Into {
                data: &self.data,
                base: &self.base_url,
                dry_run: self.dry_run,
                json: self.json,
            };
            return workbook::take_back(&self.document, book, id, &into);
        }
        let directory = plan_files::directory(&folder, &self.base_url);
        let progress = Progress::start();
        let outcome = self.import(&folder, &directory, book.as_ref(), &|step| {
            progress.tell(step);
        })?;
        drop(progress);
        match outcome {
            Outcome::Refused(refusal) => self.refused(&refusal),
            Outcome::Faulty(findings) => self.faulty(&findings),
            Outcome::Written(imported, files) => {
                let name = |iri: &Iri| directory.agent(iri)?.names.first().cloned();
                self.report(&imported, &files, &name)?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }

    fn import(
        &self,
        folder: &Folder,
        directory: &Directory,
        book: Option<&workbook::Book>,
        tell: Tell<'_>,
    ) -> anyhow::Result<Outcome> {
        tell(Step::Reading);
        let today = plan_files::today()?;
        // To read a long plan takes a second, and several ask for it.
        let stored = RefCell::new(BTreeMap::new());
        let previous = |id: &PlanId| -> Option<Rc<Plan>> {
            let mut stored = stored.borrow_mut();
            let read = || plan_files::plan(folder, &self.base_url, id);
            let plan = stored.entry(id.clone());
            plan.or_insert_with(|| read().map(|(_, plan)| Rc::new(plan)))
                .clone()
        };
        let present = Present {
            base: &self.base_url,
            directory,
            plan: &previous,
            today,
        };
        let given = Given {
            id: self.id.clone(),
            publisher: self.publisher.clone(),
            period: self.period.clone(),
            title: self.title.clone(),
        };
        let read = match book {
            Some(book) => workbook::new_plan(book, &given, &present, tell),
            None => read::file(&self.document)
                .and_then(|document| plans(document, &given, &present, tell)),
        };
        let mut imported = match read {
            Ok(imported) => imported,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        let mut changes = Vec::new();
        for (id, produced) in &imported.plans {
            if let Some(before) = previous(id) {
                changes.extend(report::changes(&before, &produced.plan));
            }
        }
        imported.remarks.extend(changes);
        drop(stored);
        Ok(
            match self.write(folder, &mut imported, directory, today, tell)? {
                Ok(files) => Outcome::Written(imported, files),
                Err(findings) => Outcome::Faulty(findings),
            },
        )
    }

    fn faulty(&self, findings: &[Finding]) -> anyhow::Result<ExitCode> {
        for finding in findings {
            writeln!(io::stderr(), "{finding}")?;
        }
        writeln!(
            io::stderr(),
            "samplan: the plan read from {} does not hold; nothing was written",
            self.document.display()
        )?;
        Ok(ExitCode::from(1))
    }

    fn refused(&self, refusal: &read::Refusal) -> anyhow::Result<ExitCode> {
        let document = self.document.display();
        if self.json {
            let refused = serde_json::json!({
                "document": document.to_string(),
                "refused": { "sv": refusal.sv, "en": refusal.en },
            });
            writeln!(io::stdout(), "{refused:#}")?;
        }
        writeln!(
            io::stderr(),
            "samplan: {document}: {} / {}",
            refusal.en,
            refusal.sv
        )?;
        Ok(ExitCode::from(1))
    }

    fn report(
        &self,
        imported: &Imported,
        written: &[String],
        name: report::Name<'_>,
    ) -> anyhow::Result<()> {
        let document = self.document.display().to_string();
        let mut out = io::stdout().lock();
        if self.json {
            writeln!(
                out,
                "{:#}",
                report::json(imported, &document, written, name)
            )?;
            return Ok(());
        }
        write!(out, "{}", report::text(imported, &document, name))?;
        match (self.dry_run, written) {
            (true, _) => writeln!(out, "\nNothing was written (--dry-run).")?,
            (false, []) => writeln!(out, "\nNothing changed.")?,
            (false, files) => writeln!(out, "\nWritten: {}", files.join(", "))?,
        }
        Ok(())
    }

    /// Judges every plan, then writes them all; the files written, or why there are none.
    fn write(
        &self,
        folder: &Folder,
        imported: &mut Imported,
        directory: &Directory,
        today: Date,
        tell: Tell<'_>,
    ) -> anyhow::Result<Result<Vec<String>, Vec<Finding>>> {
        tell(Step::Checking);
        let base = &self.base_url;
        let mut files: BTreeMap<String, Vec<u8>> = folder
            .files()
            .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
            .collect();
        let mut added = Vec::new();
        for (id, produced) in &imported.plans {
            let path = agents::path(id);
            let county = produced.plan.spatial.first();
            let there = files
                .get(&path)
                .map(|bytes| parse::turtle(bytes, base, &path).0);
            let graph = agents::graph(id, &produced.agents, county, base, today);
            if let Some(graph) = agents::beside(there, graph, produced) {
                added.push((path, serialize::relative_turtle(&graph, base)?));
            }
        }
        if !added.is_empty() && !files.keys().any(|path| path.starts_with("reference/")) {
            // Own reference data replace the built-in ones, so these go along.
            added.extend(folder.reference());
        }
        files.extend(added.iter().cloned());
        let validator = load::folder_validator(&Folder::from_files(files), base)?;
        let prepared = match self.prepare(folder, imported, &validator, directory, today)? {
            Ok(prepared) => prepared,
            Err(findings) => return Ok(Err(findings)),
        };
        let mut written = Vec::new();
        if self.dry_run {
            return Ok(Ok(written));
        }
        tell(Step::Writing);
        for (path, bytes) in added {
            folder::write_file(&self.data.join(&path), &bytes)?;
            written.push(path);
        }
        for ((id, _), prepared) in imported.plans.iter().zip(prepared) {
            let done = prepared.write()?;
            let names = done.changed.iter().chain(&done.removed);
            written.extend(names.map(|name| format!("plans/{id}/{name}")));
        }
        Ok(Ok(written))
    }

    /// Judges every plan. What does not hold is left out, with a remark, as long as that helps.
    fn prepare(
        &self,
        folder: &Folder,
        imported: &mut Imported,
        validator: &Validator,
        directory: &Directory,
        today: Date,
    ) -> anyhow::Result<Result<Vec<put::Prepared>, Vec<Finding>>> {
        let members = |group: &Iri| {
            let agent = directory.agent(group);
            agent.map_or_else(Vec::new, |agent| agent.members.clone())
        };
        let mut all = Vec::new();
        for at in 0..imported.plans.len() {
            let source = (at == 0).then_some(imported.source.as_str());
            let mut rounds = 0;
            if let Some(graph) = self.graph(folder, imported, at) {
                let gone = gone::gone(&graph);
                if !gone.is_empty() && !self.drop_links {
                    return Ok(Err(gone::findings(&graph, &gone)));
                }
                imported.remarks.extend(gone::remarks(&graph, &gone));
            }
            while let Some(graph) = self.graph(folder, imported, at) {
                let graph = gone::without(&graph, &gone::gone(&graph));
                let base = &self.base_url;
                match put::prepare(&self.data, base, validator, graph, source, today) {
                    Ok(prepared) => {
                        all.push(prepared);
                        break;
                    }
                    Err(put::PutError::Refused(findings)) => {
                        rounds += 1;
                        let plan = &mut imported.plans[at].1.plan;
                        let remarks = leave_out(plan, &findings, &members);
                        if remarks.is_empty() || rounds > ROUNDS {
                            return Ok(Err(findings));
                        }
                        imported.remarks.extend(remarks);
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(Ok(all))
    }

    /// The graph of an imported plan, with what people had added to it.
    fn graph(&self, folder: &Folder, imported: &Imported, at: usize) -> Option<LayeredGraph> {
        let base = &self.base_url;
        let (id, produced) = imported.plans.get(at)?;
        let plans = folder.plans();
        let first = imported.plans.first().map(|(id, _)| id.as_str());
        let source = first.and_then(|first| plans.get(first)?.get("source.txt").copied());
        let same_source = source == Some(imported.source.as_bytes());
        let iri = Iri::parse(base.plan(id).as_str())?;
        let mut graph = rdf::write(&produced.plan, &iri);
        if let Some((before, _)) = plan_files::plan(folder, base, id) {
            keep::additions(&mut graph, &before, same_source);
        }
        Some(graph)
    }
}

/// How often what does not hold is left out before the plan is refused.
const ROUNDS: usize = 4;
