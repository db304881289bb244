//! `samplan export`, and `samplan import` of what it gave.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::plan_files;
use crate::import::plans::{Given, Imported, Present, plans};
use crate::import::progress::Tell;
use crate::import::read::Refusal;
use crate::import::value::Directory;
use crate::import::workbook::{self, Filled, Organisations, Origin, Workbook};
use crate::import::{Remark, document, report};
use crate::model::{Iri, Plan, PlanId};
use crate::rdf::{self, Base, canonical};
use crate::store::{Folder, folder, load, put};

/// Write a plan as a workbook that can be edited without RDF.
///
/// `samplan import` takes the edited workbook back: the plan with the edits, everything else
/// untouched.
#[derive(Args, Debug)]
pub(super) struct Export {
    /// The id of the plan, as in /plan/ID.
    #[arg(required_unless_present = "blank")]
    plan: Option<String>,
    /// xlsx: one file. csv: a folder with a file a sheet.
    #[arg(long, default_value = "xlsx")]
    format: Format,
    /// Where to write; else PLAN.xlsx, or the folder PLAN-csv, here. `-` is the standard output
    /// (xlsx only).
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// An empty workbook, to be filled in.
    #[arg(long, conflicts_with = "plan")]
    blank: bool,
    /// The data folder.
    #[arg(long, default_value = "data", env = "SAMPLAN_DATA")]
    data: PathBuf,
    /// The address of the instance.
    #[arg(long, default_value = Base::LOCAL, env = "SAMPLAN_BASE_URL", value_parser = super::base)]
    base_url: Base,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Xlsx,
    Csv,
}

impl Export {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let Some(id) = &self.plan else {
            let path = self.output.clone().unwrap_or_else(|| "samplan.xlsx".into());
            return save(&path, &workbook::blank_xlsx()?);
        };
        let folder = Folder::read(&self.data)?;
        let base = &self.base_url;
        let plan = PlanId::parse(id)
            .and_then(|id| plan_files::plan(&folder, base, &id))
            .with_context(|| {
                let plans: Vec<&str> = folder.plans().into_keys().collect();
                format!(
                    "there is no plan {id} that holds in {}; there are: {}",
                    self.data.display(),
                    plans.join(", ")
                )
            })?;
        let (graph, plan) = plan;
        let directory = plan_files::directory(&folder, base);
        let goals = plan_files::goal_names(&folder, base);
        let name = |iri: &Iri| name(&directory, iri).or_else(|| goals.get(iri).cloned());
        let iri = graph.plan().as_str();
        match self.format {
            Format::Xlsx => {
                let path = self.output.clone();
                let path = path.unwrap_or_else(|| format!("{id}.xlsx").into());
                save(&path, &workbook::export_xlsx(&plan, iri, name)?)
            }
            Format::Csv => {
                let dir = self.output.clone();
                let dir = dir.unwrap_or_else(|| format!("{id}-csv").into());
                for (file, bytes) in workbook::export_csv(&plan, iri, name)? {
                    folder::write_file(&dir.join(file), &bytes)?;
                }
                writeln!(io::stderr(), "{} written", dir.display())?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<ExitCode> {
    if path == Path::new("-") {
        let mut out = io::stdout().lock();
        anyhow::ensure!(
            !out.is_terminal(),
            "a workbook is no text for a terminal; send it to a file"
        );
        out.write_all(bytes)?;
    } else {
        folder::write_file(path, bytes)?;
        writeln!(io::stderr(), "{} written", path.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn name(directory: &Directory, iri: &Iri) -> Option<String> {
    directory.agent(iri)?.names.first().cloned()
}

/// A workbook of ours, as it lies on disk.
pub(super) struct Book {
    pub(super) workbook: Workbook,
    /// The name of the file or folder.
    pub(super) name: String,
    pub(super) format: document::Format,
    /// The hash of its bytes.
    pub(super) sha256: String,
}

impl Book {
    fn filled(&self) -> Filled {
        workbook::filled(&self.workbook, &self.name, self.format, &self.sha256)
    }

    /// The id of the plan that it changes: the one it was exported from, or the one of `given`
    /// or of its own cells where `there` is such a plan; `None` where it is to be a new plan.
    pub(super) fn changes(
        &self,
        given: Option<&str>,
        there: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let own = self.workbook.plan_id();
        if self.workbook.has_addresses() {
            return own;
        }
        let id = given.map(str::to_owned).or(own)?;
        there(&id).then_some(id)
    }
}

/// The workbook that a file or a folder of CSV files is; `None` where it is none that `export`
/// gave.
pub(super) fn read(path: &Path) -> Option<Book> {
    let (workbook, format, bytes) = if path.is_dir() {
        let mut files: Vec<PathBuf> = std::fs::read_dir(path)
            .ok()?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        files.sort();
        let mut read = Vec::new();
        for file in files {
            if file.extension().is_some_and(|ending| ending == "csv") {
                let name = file.file_name()?.to_str()?.to_owned();
                read.push((name, std::fs::read(&file).ok()?));
            }
        }
        let workbook = workbook::read_csv(&read).ok()?;
        let bytes = read.into_iter().flat_map(|(_, bytes)| bytes).collect();
        (workbook, document::Format::Csv, bytes)
    } else {
        let metadata = std::fs::metadata(path).ok()?;
        if !metadata.is_file() || metadata.len() > 64 << 20 {
            return None;
        }
        let bytes: Vec<u8> = std::fs::read(path).ok()?;
        let workbook = workbook::read_xlsx(&bytes).ok()?;
        (workbook, document::Format::Xlsx, bytes)
    };
    let ours = workbook.has_addresses() || workbook.is_form();
    ours.then(|| Book {
        workbook,
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        format,
        sha256: canonical::sha256(&bytes),
    })
}

/// Changes a plan by a workbook, with the organisations of a folder and the names of its goals.
fn patch(
    plan: &mut Plan,
    iri: &str,
    workbook: &Workbook,
    (directory, goals): (&Directory, &BTreeMap<Iri, String>),
    origin: &Origin,
) -> Vec<Remark> {
    let members = |iri: &Iri| {
        let agent = directory.agent(iri);
        agent.map(|agent| agent.members.clone()).unwrap_or_default()
    };
    let organisations = Organisations {
        name: &|iri| name(directory, iri),
        members: &members,
        goals: &|iri| goals.get(iri).cloned(),
    };
    workbook::patch(plan, iri, workbook, &organisations, origin)
}

/// The plan that a form is, which was filled in from nothing.
///
/// # Errors
/// Where nothing is filled in, or what was given beside it is not enough for a plan.
pub(super) fn new_plan(
    book: &Book,
    given: &Given,
    present: &Present<'_>,
    tell: Tell<'_>,
) -> Result<Imported, Refusal> {
    if book.workbook.is_empty() {
        return Err(Refusal::new(
            "Arbetsboken har inga ifyllda rader. Fyll i minst en aktivitet på bladet Aktiviteter, från rad 2.",
            "The workbook has no rows that are filled in. Fill in at least one activity on the sheet Aktiviteter, from row 2.",
        ));
    }
    let given = Given {
        id: given.id.clone().or_else(|| book.workbook.plan_id()),
        ..given.clone()
    };
    let filled = book.filled();
    let mut imported = plans(filled.document, &given, present, tell)?;
    imported.remarks.extend(filled.remarks);
    if let Some((id, produced)) = imported.plans.first_mut() {
        let iri = present.base.plan(id);
        let origin = Origin::Document(filled.lines);
        let plan = &mut produced.plan;
        let remarks = patch(
            plan,
            iri.as_str(),
            &filled.workbook,
            // A new plan has no links to goals yet.
            (present.directory, &BTreeMap::new()),
            &origin,
        );
        imported.remarks.extend(remarks);
    }
    Ok(imported)
}

/// Where a workbook is to be taken back.
pub(super) struct Into<'a> {
    /// The data folder.
    pub(super) data: &'a Path,
    /// The address of the instance.
    pub(super) base: &'a Base,
    /// Whether to judge only.
    pub(super) dry_run: bool,
    /// Whether to report as JSON.
    pub(super) json: bool,
}

/// Changes a plan by an edited workbook. The exit code is 1 where the changed plan does not hold
/// or there is no such plan; then nothing was written.
pub(super) fn take_back(
    path: &Path,
    book: &Book,
    id: &str,
    into: &Into<'_>,
) -> anyhow::Result<ExitCode> {
    let folder = Folder::read(into.data)?;
    let plan_id = PlanId::parse(id);
    let found = plan_id.and_then(|id| plan_files::plan(&folder, into.base, &id));
    let Some((graph, mut plan)) = found else {
        let data = into.data.display();
        writeln!(
            io::stderr(),
            "samplan: the workbook is of the plan {id}, which is not in {data} or does not hold there"
        )?;
        return Ok(ExitCode::from(1));
    };
    let directory = plan_files::directory(&folder, into.base);
    let today = plan_files::today()?;
    // Persons' names stay out of what is added too.
    let filled = book.filled();
    let mut remarks = filled.remarks;
    let iri = graph.plan().as_str().to_owned();
    let origin = Origin::Added(today);
    remarks.extend(patch(
        &mut plan,
        &iri,
        &filled.workbook,
        (&directory, &plan_files::goal_names(&folder, into.base)),
        &origin,
    ));
    // The lines are those of a text that is not published.
    for remark in &mut remarks {
        remark.line = None;
    }
    let iri = Iri::parse(iri).context("the address of the plan is no IRI")?;
    let changed = rdf::write(&plan, &iri);
    let validator = load::folder_validator(&folder, into.base)?;
    let written = if into.dry_run {
        validator.plan(changed).map(|_| Vec::new())
    } else {
        match put::plan(into.data, into.base, &validator, changed, None, today) {
            Ok(written) => {
                let files = written.changed.into_iter().chain(written.removed);
                Ok(files.map(|file| format!("plans/{id}/{file}")).collect())
            }
            Err(put::PutError::Refused(findings)) => Err(findings),
            Err(error) => return Err(error.into()),
        }
    };
    match written {
        Ok(written) => {
            report_back(path, &remarks, &written, into)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(findings) => {
            for finding in findings {
                writeln!(io::stderr(), "{finding}")?;
            }
            writeln!(
                io::stderr(),
                "samplan: the plan would not hold with these edits; nothing was written"
            )?;
            Ok(ExitCode::from(1))
        }
    }
}

fn report_back(
    path: &Path,
    remarks: &[Remark],
    written: &[String],
    into: &Into<'_>,
) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let document = path.display().to_string();
    if into.json {
        let findings: Vec<_> = remarks.iter().map(report::finding).collect();
        let report = serde_json::json!({
            "document": document, "written": written, "findings": findings,
        });
        writeln!(out, "{report:#}")?;
        return Ok(());
    }
    for remark in remarks {
        writeln!(out, "{}", report::line(remark, &document))?;
    }
    match (into.dry_run, written) {
        (true, _) => writeln!(
            out,
            "The plan holds with these edits. Nothing was written (--dry-run)."
        )?,
        (false, []) => writeln!(out, "Nothing changed.")?,
        (false, files) => writeln!(out, "Written: {}", files.join(", "))?,
    }
    Ok(())
}
