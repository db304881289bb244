//! `samplan export`, and `samplan import` of what it gave.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::plan_files;
use crate::import::value::Directory;
use crate::import::workbook::{self, Organisations, Workbook};
use crate::import::{Remark, report};
use crate::model::{Iri, PlanId};
use crate::rdf::{self, Base};
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
        let name = |iri: &Iri| name(&directory, iri);
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

/// The workbook that a file or a folder of CSV files is, with the id of its plan; `None` where
/// it is none that `export` gave.
pub(super) fn read(path: &Path) -> Option<(Workbook, String)> {
    let workbook = if path.is_dir() {
        let files = std::fs::read_dir(path).ok()?;
        let mut read = Vec::new();
        for file in files.flatten().map(|entry| entry.path()) {
            if file.extension().is_some_and(|ending| ending == "csv") {
                let name = file.file_name()?.to_str()?.to_owned();
                read.push((name, std::fs::read(&file).ok()?));
            }
        }
        workbook::read_csv(&read).ok()?
    } else {
        let size = std::fs::metadata(path).ok()?.len();
        if size > 64 << 20 {
            return None;
        }
        workbook::read_xlsx(&std::fs::read(path).ok()?).ok()?
    };
    let id = workbook.plan_id()?;
    Some((workbook, id))
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
    workbook: &Workbook,
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
    let organisations = Organisations {
        name: &|iri| name(&directory, iri),
        members: &|iri| {
            directory
                .agent(iri)
                .map(|agent| agent.members.clone())
                .unwrap_or_default()
        },
    };
    let iri = graph.plan().as_str().to_owned();
    let remarks = workbook::patch(&mut plan, &iri, workbook, &organisations);
    let iri = Iri::parse(iri).context("the address of the plan is no IRI")?;
    let changed = rdf::write(&plan, &iri);
    let validator = load::folder_validator(&folder, into.base)?;
    let written = if into.dry_run {
        validator.plan(changed).map(|_| Vec::new())
    } else {
        let today = plan_files::today()?;
        match put::plan(into.data, into.base, &validator, &changed, None, today) {
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
