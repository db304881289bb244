//! Oxigraph's server (`oxigraph` of the Python packages), in memory, which is its faster form.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::engines::Running;
use crate::http::Endpoint;
use crate::process::{Process, free_port};

/// Starts it and gives it the data.
pub(crate) fn start(program: &Path, files: &[PathBuf], work: &Path) -> anyhow::Result<Running> {
    let port = free_port()?;
    let mut command = Command::new(program);
    command
        .args(["serve", "--union-default-graph"])
        .args(["--bind", &format!("127.0.0.1:{port}")]);
    let started = Instant::now();
    let mut process = Process::start(&mut command, &work.join("oxigraph.log"))?;
    let endpoint = Endpoint::new(format!("http://127.0.0.1:{port}/query"));
    endpoint.wait(&mut process)?;
    for file in files {
        let store = format!("http://127.0.0.1:{port}/store");
        endpoint.send(&store, "application/n-quads", file)?;
    }
    Ok(Running {
        name: "oxigraph",
        process,
        endpoint,
        loading: started.elapsed(),
    })
}
