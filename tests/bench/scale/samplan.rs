//! Our own server, and what it holds as N-Quads for the others.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;
use serde_json::Value;

use crate::engines::Running;
use crate::http::Endpoint;
use crate::process::{Process, free_port};

/// The program: the one that was named, or the one built beside this.
pub(crate) fn program(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let this = std::env::current_exe()?;
    let beside = this.parent().and_then(Path::parent);
    let program = beside.context("this program lies nowhere")?.join("samplan");
    anyhow::ensure!(
        program.is_file(),
        "{} is missing; run `cargo build --release` first, or name the program with --samplan",
        program.display()
    );
    Ok(program)
}

/// Starts it on a data folder and waits until it answers.
pub(crate) fn start(program: &Path, data: &Path, work: &Path) -> anyhow::Result<Running> {
    let port = free_port()?;
    let mut command = Command::new(program);
    command
        .arg("serve")
        .arg("--data")
        .arg(data)
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .args(["--query-seconds", "600"]);
    let started = Instant::now();
    let mut process = Process::start(&mut command, &work.join("samplan.log"))?;
    let endpoint = Endpoint::new(format!("http://127.0.0.1:{port}/sparql"));
    endpoint.wait(&mut process)?;
    Ok(Running {
        name: "samplan",
        process,
        endpoint,
        loading: started.elapsed(),
    })
}

/// Writes all its named graphs as N-Quads to that many files, and gives the number of quads.
///
/// Graph by graph, so that no answer meets a limit.
pub(crate) fn export(endpoint: &Endpoint, files: &[PathBuf]) -> anyhow::Result<usize> {
    let mut writers = files
        .iter()
        .map(|file| Ok(BufWriter::new(File::create(file)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let mut quads = 0;
    for (number, graph) in graphs(endpoint)?.iter().enumerate() {
        let query = format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}");
        let (body, _) = endpoint.ask(&query, "application/n-triples")?;
        let at = number % writers.len();
        for line in std::str::from_utf8(&body)?.lines() {
            let triple = line.strip_suffix('.').context("a triple without an end")?;
            writeln!(writers[at], "{triple}<{graph}> .")?;
            quads += 1;
        }
    }
    for mut writer in writers {
        writer.flush()?;
    }
    Ok(quads)
}

fn graphs(endpoint: &Endpoint) -> anyhow::Result<Vec<String>> {
    let query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g";
    let (body, _) = endpoint.ask(query, "application/sparql-results+json")?;
    let answer: Value = serde_json::from_slice(&body)?;
    let rows = answer["results"]["bindings"].as_array();
    Ok(rows
        .context("the answer has no rows")?
        .iter()
        .filter_map(|row| row["g"]["value"].as_str().map(str::to_owned))
        .collect())
}
