//! Asking a SPARQL endpoint over HTTP.

use std::fs::File;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::Value;

use crate::process::Process;

/// How long one of the queries may take.
const ONE_QUERY: Duration = Duration::from_secs(90);
/// How long anything else may take.
const PATIENCE: Duration = Duration::from_secs(1800);
/// How long a server may take until it answers, its loading included.
const START: Duration = Duration::from_secs(3600);

/// An endpoint, asked over a new connection each time: on one that stays open, the system holds
/// back acknowledgements, and a server that waits for them (Virtuoso) seems 40 ms slower.
pub(crate) struct Endpoint {
    agent: ureq::Agent,
    address: String,
}

/// What an answer says, as far as engines are compared by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// How many rows.
    pub(crate) rows: usize,
    /// The sum of what was counted, in columns called `n`.
    pub(crate) counted: u64,
}

impl Endpoint {
    /// The endpoint at an address.
    pub(crate) fn new(address: String) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_idle_connections(0)
            .build();
        Self {
            agent: config.into(),
            address,
        }
    }

    /// Asks, and gives the whole answer and how long it took to come.
    pub(crate) fn ask(&self, query: &str, accept: &str) -> anyhow::Result<(Vec<u8>, Duration)> {
        self.ask_within(PATIENCE, query, accept)
    }

    fn ask_within(
        &self,
        patience: Duration,
        query: &str,
        accept: &str,
    ) -> anyhow::Result<(Vec<u8>, Duration)> {
        let started = Instant::now();
        let answer = self
            .agent
            .get(&self.address)
            .query("query", query)
            .header("Accept", accept)
            .config()
            .timeout_global(Some(patience))
            .build()
            .call()?;
        let status = answer.status();
        let body = answer
            .into_body()
            .into_with_config()
            .limit(u64::MAX)
            .read_to_vec()?;
        let took = started.elapsed();
        let start: String = String::from_utf8_lossy(&body).chars().take(300).collect();
        anyhow::ensure!(status.is_success(), "{status}: {start}");
        Ok((body, took))
    }

    /// Asks for rows, and gives what they say and how long it took.
    pub(crate) fn rows(&self, query: &str) -> anyhow::Result<(Said, Duration)> {
        let (body, took) = self.ask_within(ONE_QUERY, query, "application/sparql-results+json")?;
        Ok((said(&body)?, took))
    }

    /// Waits until it answers at all.
    pub(crate) fn wait(&self, process: &mut Process) -> anyhow::Result<()> {
        let started = Instant::now();
        while self
            .ask("ASK {}", "application/sparql-results+json")
            .is_err()
        {
            process.still_runs()?;
            anyhow::ensure!(started.elapsed() < START, "it does not answer");
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Sends a file.
    pub(crate) fn send(&self, address: &str, media_type: &str, file: &Path) -> anyhow::Result<()> {
        let file = File::open(file).with_context(|| file.display().to_string())?;
        let answer = self
            .agent
            .post(address)
            .header("Content-Type", media_type)
            .send(file)?;
        let status = answer.status();
        anyhow::ensure!(
            status.is_success(),
            "{status}: {}",
            answer.into_body().read_to_string()?
        );
        Ok(())
    }
}

fn said(body: &[u8]) -> anyhow::Result<Said> {
    let answer: Value = serde_json::from_slice(body)?;
    let rows = answer["results"]["bindings"].as_array();
    let rows = rows.context("the answer has no rows")?;
    let numbers = rows.iter().filter_map(Value::as_object).flat_map(|row| {
        let counted = row.iter().filter(|(name, _)| name.starts_with('n'));
        counted.filter_map(|(_, term)| term["value"].as_str()?.parse::<u64>().ok())
    });
    Ok(Said {
        rows: rows.len(),
        counted: numbers.sum(),
    })
}
