//! Virtuoso (Debian's `virtuoso-opensource-7`), with buffers for 4 GB.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::engines::Running;
use crate::http::Endpoint;
use crate::process::{Process, free_port};

/// Where its programs are.
pub(crate) struct Programs {
    /// The server.
    pub(crate) server: PathBuf,
    /// Its command line, which loads.
    pub(crate) isql: PathBuf,
}

/// Starts it with an empty database and bulk-loads the data, with a loader for each file.
pub(crate) fn start(
    programs: &Programs,
    files: &[PathBuf],
    work: &Path,
) -> anyhow::Result<Running> {
    let work = work.join("virtuoso");
    let (sql, web) = (free_port()?, free_port()?);
    let data = files.first().and_then(|file| file.parent());
    let data = data.context("there is nothing to load")?;
    fs::create_dir_all(&work)?;
    fs::write(work.join("virtuoso.ini"), settings(&work, data, sql, web))?;
    let mut command = Command::new(&programs.server);
    command
        .args(["+foreground", "+configfile"])
        .arg(work.join("virtuoso.ini"))
        .current_dir(&work);
    let mut process = Process::start(&mut command, &work.join("virtuoso.out"))?;
    let endpoint = Endpoint::new(format!("http://127.0.0.1:{web}/sparql"));
    endpoint.wait(&mut process)?;
    // An empty database is made at the first start, which no owner of one would count.
    let started = Instant::now();
    load(&programs.isql, sql, data, files.len())?;
    Ok(Running {
        name: "virtuoso",
        process,
        endpoint,
        loading: started.elapsed(),
    })
}

fn load(isql: &Path, port: u16, data: &Path, loaders: usize) -> anyhow::Result<()> {
    let folder = data.display();
    run(
        isql,
        port,
        &format!("ld_dir('{folder}', '*.nq', 'urn:none');"),
    )?;
    let mut running = (0..loaders)
        .map(|_| spawn(isql, port, "rdf_loader_run();"))
        .collect::<anyhow::Result<Vec<_>>>()?;
    for loader in &mut running {
        anyhow::ensure!(loader.wait()?.success(), "a loader failed");
    }
    run(isql, port, "checkpoint;")?;
    let failed =
        "select 'FAILED', ll_file, ll_error from DB.DBA.load_list where ll_error is not null;";
    let said = run(isql, port, failed)?;
    anyhow::ensure!(!said.contains("FAILED "), "not all was loaded: {said}");
    Ok(())
}

fn command(isql: &Path, port: u16, statement: &str) -> Command {
    let mut command = Command::new(isql);
    command
        .args([&format!("127.0.0.1:{port}"), "dba", "dba"])
        .args(["ERRORS=STDOUT", "VERBOSE=OFF", "PROMPT=OFF"])
        .arg(format!("exec={statement}"))
        .stdin(Stdio::null());
    command
}

fn spawn(isql: &Path, port: u16, statement: &str) -> anyhow::Result<Child> {
    let mut command = command(isql, port, statement);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    // Two loaders that ask for the list of files at the same moment wait for each other.
    sleep(Duration::from_millis(200));
    child.with_context(|| isql.display().to_string())
}

fn run(isql: &Path, port: u16, statement: &str) -> anyhow::Result<String> {
    let output = command(isql, port, statement)
        .output()
        .with_context(|| isql.display().to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    anyhow::ensure!(output.status.success(), "{statement} failed: {said}");
    Ok(said)
}

/// Its settings: as its manual has them for 4 GB, and without limits on what it answers (it
/// cuts every answer at 10 000 rows without a word, as Debian installs it).
fn settings(work: &Path, data: &Path, sql: u16, web: u16) -> String {
    let (work, data) = (work.display(), data.display());
    format!(
        "[Database]
DatabaseFile = {work}/virtuoso.db
ErrorLogFile = {work}/virtuoso.log
LockFile = {work}/virtuoso.lck
TransactionFile = {work}/virtuoso.trx
xa_persistent_file = {work}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {work}/virtuoso-temp.db
TransactionFile = {work}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 20
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {work}, {data}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
AdjustVectorSize = 1
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10
IndexTreeMaps = 64

[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = {work}
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 60

[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = 1800
"
    )
}
