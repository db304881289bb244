//! The command line.

mod align;
mod compare;
mod import;
mod plan_files;
mod progress;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use tokio::net::TcpListener;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

use crate::config::{Config, Network};
use crate::model::{Finding, Layer, PlanId};
use crate::rdf::{Base, LayeredGraph, parse};
#[cfg(unix)]
use crate::sparql::worker;
use crate::sparql::{ClientBounds, Limits};
use crate::store::live::Outcome;
use crate::store::{Folder, Live, folder, load, watch};
use crate::validate::{Validator, plans_described};
use crate::web::{self, App};

/// Publishes public action plans as linked open data.
#[derive(Parser, Debug)]
#[command(name = "samplan", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the plans of a data folder.
    Serve(Serve),
    /// Check plans, and say what is wrong with them and how to mend it.
    ///
    /// The exit code is the verdict: 0 holds, 1 does not hold, 2 could not be checked.
    Check(Check),
    Import(import::Import),
    Export(workbook::Export),
    Compare(compare::Compare),
    Align(align::Align),
    /// Make the data folder of a new instance.
    Init {
        /// The folder: a new or an empty one.
        dir: PathBuf,
    },
    /// Evaluate queries for a server that starts this process; for nobody else.
    #[cfg(unix)]
    #[command(hide = true)]
    Worker {
        /// How many bytes of memory a query may take.
        #[arg(long)]
        memory: u64,
    },
}

#[derive(Args, Debug)]
struct Serve {
    /// The data folder.
    #[arg(long, default_value = "data", env = "SAMPLAN_DATA")]
    data: PathBuf,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080", env = "SAMPLAN_LISTEN")]
    listen: SocketAddr,
    /// The public address of the instance; may have a path.
    #[arg(long, default_value = Base::LOCAL, env = "SAMPLAN_BASE_URL", value_parser = base)]
    base_url: Base,
    /// How many seconds one query may run.
    #[arg(long, default_value_t = 30, env = "SAMPLAN_QUERY_SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    query_seconds: u64,
    /// How many rows or triples an answer may have.
    #[arg(long, default_value_t = 1_000_000, env = "SAMPLAN_QUERY_ROWS", value_parser = clap::value_parser!(u32).range(1..))]
    query_rows: u32,
    /// How many MiB an answer may have.
    #[arg(long, default_value_t = 64, env = "SAMPLAN_QUERY_MIB", value_parser = clap::value_parser!(u32).range(1..))]
    query_mib: u32,
    /// How many MiB of memory one query may take while it runs.
    #[arg(long, default_value_t = 1024, env = "SAMPLAN_QUERY_MEMORY_MIB", value_parser = clap::value_parser!(u32).range(1..))]
    query_memory_mib: u32,
    /// How many queries run at once, each in a process of its own; else one a processor, and at
    /// least two.
    #[arg(long, env = "SAMPLAN_WORKERS", value_parser = clap::value_parser!(u32).range(1..=1024))]
    workers: Option<u32>,
    /// How many queries may be running or waiting; more are turned away.
    #[arg(long, default_value_t = 64, env = "SAMPLAN_QUERIES", value_parser = clap::value_parser!(u32).range(1..))]
    queries: u32,
    /// How many seconds the queries of one client may run in total before it has to wait; 0 for
    /// as many as it likes.
    #[arg(long, default_value_t = 120, env = "SAMPLAN_CLIENT_SECONDS")]
    client_seconds: u32,
    /// How many of those seconds come back each second.
    #[arg(long, default_value = "1", env = "SAMPLAN_CLIENT_RATE", value_parser = rate)]
    client_rate: Duration,
    /// How many queries of one client may be running or waiting.
    #[arg(long, default_value_t = 16, env = "SAMPLAN_CLIENT_QUERIES", value_parser = clap::value_parser!(u32).range(1..))]
    client_queries: u32,
    /// A proxy that is believed when it says in X-Forwarded-For for whom it asks: an address, or
    /// a range such as 10.0.0.0/8. May be given several times, and then replaces the default.
    #[arg(long, value_name = "ADDRESS", default_values = ["127.0.0.0/8", "::1"], value_delimiter = ',', env = "SAMPLAN_TRUSTED_PROXY")]
    trusted_proxy: Vec<Network>,
    /// How many connections may be open at once; more wait.
    #[arg(long, default_value_t = Config::CONNECTIONS, env = "SAMPLAN_CONNECTIONS", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    connections: u32,
    /// How many MiB of rendered pages and data are kept in memory.
    #[arg(long, default_value_t = Config::KEPT_MIB, env = "SAMPLAN_CACHE_MIB")]
    cache_mib: u32,
    /// Write the log as JSON, one object a line.
    #[arg(long, env = "SAMPLAN_LOG_JSON")]
    log_json: bool,
}

#[derive(Args, Debug)]
struct Check {
    /// Files or folders of one plan each; the whole data folder where none is named.
    files: Vec<PathBuf>,
    /// The data folder, whose reference data plans refer to.
    #[arg(long, default_value = "data", env = "SAMPLAN_DATA")]
    data: PathBuf,
    /// The address against which relative addresses in the files are resolved.
    #[arg(long, default_value = Base::LOCAL, env = "SAMPLAN_BASE_URL", value_parser = base)]
    base_url: Base,
}

fn base(text: &str) -> Result<Base, String> {
    Base::parse(text).map_err(|error| error.to_string())
}

/// The rate at which a budget comes back. With none, whoever has used it up could never ask
/// again; with very much there is no bound.
fn rate(text: &str) -> Result<Duration, String> {
    let rate = text
        .parse()
        .ok()
        .filter(|rate| (0.001..=1000.0).contains(rate));
    rate.map(Duration::from_secs_f64)
        .ok_or_else(|| "give a number from 0.001 to 1000".to_owned())
}

impl Cli {
    /// Does what was asked for.
    pub fn run(self) -> ExitCode {
        let result = match self.command {
            Command::Serve(serve) => serve.run(),
            Command::Check(check) => check.run(),
            Command::Import(import) => import.run(),
            Command::Export(export) => export.run(),
            Command::Compare(compare) => compare.run(),
            Command::Align(align) => align.run(),
            Command::Init { dir } => init(&dir),
            #[cfg(unix)]
            Command::Worker { memory } => worker::child::main(memory)
                .context("a worker cannot work")
                .map(|()| ExitCode::SUCCESS),
        };
        result.unwrap_or_else(|error| {
            // The last word of a failed command; a closed pipe has nobody to tell.
            let _ = writeln!(io::stderr(), "samplan: {error:#}");
            ExitCode::from(2)
        })
    }
}

impl Serve {
    fn run(self) -> anyhow::Result<ExitCode> {
        let _until_all_is_written = log(self.log_json);
        let config = self.config();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("the runtime could not be started")?;
        runtime.block_on(serve(config))?;
        // A query that does not look at its deadline must not keep the process.
        runtime.shutdown_timeout(Duration::from_secs(1));
        Ok(ExitCode::SUCCESS)
    }

    fn config(self) -> Config {
        Config {
            data: self.data,
            listen: self.listen,
            base: self.base_url,
            limits: Limits {
                time: Duration::from_secs(self.query_seconds),
                rows: self.query_rows as usize,
                bytes: (self.query_mib as usize) << 20,
                memory: u64::from(self.query_memory_mib) << 20,
            },
            queries: self.queries as usize,
            workers: self
                .workers
                .map_or_else(Config::workers, |workers| workers as usize),
            worker: own_program(),
            client: ClientBounds {
                seconds: Duration::from_secs(self.client_seconds.into()),
                rate: self.client_rate,
                queries: self.client_queries as usize,
            },
            trusted_proxies: self.trusted_proxy,
            connections: self.connections as usize,
            kept_bytes: u64::from(self.cache_mib) << 20,
        }
    }
}

/// This program, which is a worker too.
fn own_program() -> Option<PathBuf> {
    if cfg!(unix) {
        std::env::current_exe().ok()
    } else {
        None
    }
}

/// Starts the log. Lines are written by a thread of their own, many at once where many come, so
/// that whoever reads the log slowly holds up nobody who asks for a page. What is still to be
/// written is when the guard is dropped.
fn log(json: bool) -> WorkerGuard {
    let filter = EnvFilter::try_from_env("SAMPLAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let (writer, guard) = tracing_appender::non_blocking(BufWriter::new(io::stderr()));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer);
    if json {
        builder.json().init();
    } else {
        builder.with_ansi(io::stderr().is_terminal()).init();
    }
    guard
}

async fn serve(config: Config) -> anyhow::Result<()> {
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let live = Live::open(config.data.clone(), config.base.clone())?;
    report(&live);
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; choose another with --listen",
            config.listen
        )
    })?;
    let (data, base) = (config.data.clone(), config.base.clone());
    let app = App::new(live.clone(), config);
    prepare_catalogue(&app, &live);
    let changed = live.clone();
    if let Err(error) = watch::watch(&data, move || reload(&changed)) {
        tracing::warn!(
            error,
            "changes of the data folder are not noticed; send SIGHUP instead"
        );
    }
    reload_on_hangup(live)?;
    tracing::info!(
        address = %listener.local_addr()?,
        base = base.as_str(),
        "serving"
    );
    web::serve(app, listener, stopped()).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Makes the catalogue ready, now and each time when something else is served. Whoever asks
/// meanwhile waits for it; the rest of the service does not.
fn prepare_catalogue(app: &App, live: &Live) {
    let (sender, changes) = std::sync::mpsc::channel();
    let app = app.clone();
    // A thread of its own: it works for as long as a nation's plans take, on one change at a time,
    // and what changed meanwhile it takes up together.
    std::thread::spawn(move || {
        while changes.recv().is_ok() {
            while changes.try_recv().is_ok() {}
            report_catalogue(&app);
        }
    });
    // The thread ends with the last sender, so sending cannot fail while there is one.
    let _ = sender.send(());
    live.when_taken_up(move || {
        let _ = sender.send(());
    });
}

fn report_catalogue(app: &App) {
    let started = std::time::Instant::now();
    match app.prepare() {
        Ok(made) => tracing::info!(
            datasets = made.datasets,
            download_bytes = made.bytes,
            milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(0),
            "the catalogue is ready"
        ),
        Err(error) => tracing::error!("there is no catalogue to harvest: {error:#}"),
    }
}

fn report(live: &Live) {
    let state = live.state();
    tracing::info!(
        data = %live.folder().display(),
        plans = state.snapshot.plans().len(),
        triples = state.snapshot.triples(),
        revision = state.snapshot.revision(),
        "loaded"
    );
    if state.snapshot.has_placeholder_contact() {
        tracing::warn!(
            "the catalogue still has a placeholder as contact; put the operator's own address in \
             catalog.ttl before portals harvest it"
        );
    }
    for refusal in state.refused.iter() {
        for finding in &refusal.findings {
            tracing::error!(what = refusal.what, "refused: {finding}");
        }
    }
}

fn reload(live: &Live) {
    match live.reload() {
        Outcome::Unchanged => {}
        Outcome::TakenUp => report(live),
        Outcome::NotTakenUp(reason) => {
            tracing::error!(
                "the changed data folder is not taken up; the old data is served on: {reason}"
            );
        }
    }
}

#[cfg(unix)]
fn reload_on_hangup(live: Live) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            let live = live.clone();
            // Loading takes a while; requests go on meanwhile.
            let _ = tokio::task::spawn_blocking(move || reload(&live)).await;
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn reload_on_hangup(_: Live) -> io::Result<()> {
    Ok(())
}

/// Ready when the process is asked to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}

fn init(dir: &Path) -> anyhow::Result<ExitCode> {
    let written = folder::init(dir)?;
    let dir = dir.display();
    writeln!(
        io::stdout(),
        "{dir} is a data folder now ({} files).\n\
         1. Say who runs the instance: {dir}/catalog.ttl\n\
         2. Put a plan in {dir}/plans/NAME/stated.ttl and check it: samplan check --data {dir}\n\
         3. Serve it: samplan serve --data {dir}",
        written.len()
    )?;
    Ok(ExitCode::SUCCESS)
}

impl Check {
    fn run(self) -> anyhow::Result<ExitCode> {
        let folder = Folder::read(&self.data)?;
        let findings = if self.files.is_empty() {
            let loaded = load::load(&folder, &self.base_url)?;
            let plans = loaded.snapshot.plans().len();
            let words = if plans == 1 {
                "plan holds"
            } else {
                "plans hold"
            };
            writeln!(io::stderr(), "{}: {plans} {words}", self.data.display())?;
            loaded
                .refused
                .into_iter()
                .flat_map(|refusal| refusal.findings)
                .collect()
        } else {
            let validator = load::folder_validator(&folder, &self.base_url)?;
            let mut findings = Vec::new();
            for group in groups(&self.files)? {
                findings.extend(check_group(&validator, &self.base_url, &group)?);
            }
            findings
        };
        let mut out = io::stdout().lock();
        for finding in &findings {
            writeln!(out, "{finding}")?;
        }
        Ok(if findings.is_empty() {
            ExitCode::SUCCESS
        } else {
            let count = findings.len();
            let words = if count == 1 { "finding" } else { "findings" };
            writeln!(io::stderr(), "{count} {words}")?;
            ExitCode::from(1)
        })
    }
}

/// The files that make up one plan.
#[derive(Debug)]
enum Group {
    /// The folder of a plan.
    Folder(PathBuf),
    /// A file that holds a whole plan.
    File(PathBuf),
}

/// Files are judged with the other layers of their folder, since the shapes are about the
/// merge; a file that is not called after a layer is a plan of its own.
fn groups(paths: &[PathBuf]) -> anyhow::Result<Vec<Group>> {
    let mut folders = BTreeSet::new();
    let mut groups = Vec::new();
    for path in paths {
        anyhow::ensure!(path.exists(), "there is no {}", path.display());
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let folder = if path.is_dir() {
            path.clone()
        } else if Layer::from_key(stem).is_some() {
            path.parent().map(Path::to_path_buf).unwrap_or_default()
        } else {
            groups.push(Group::File(path.clone()));
            continue;
        };
        if folders.insert(folder.clone()) {
            groups.push(Group::Folder(folder));
        }
    }
    Ok(groups)
}

fn check_group(validator: &Validator, base: &Base, group: &Group) -> anyhow::Result<Vec<Finding>> {
    match group {
        Group::Folder(dir) => {
            let name = dir
                .canonicalize()?
                .file_name()
                .and_then(|name| name.to_str())
                .map(str::to_owned)
                .unwrap_or_default();
            let id = PlanId::parse(&name).with_context(|| {
                format!(
                    "{name} cannot be the name of a plan; use the letters a–z, digits and hyphens"
                )
            })?;
            let mut files = BTreeMap::new();
            for entry in std::fs::read_dir(dir)? {
                let path = entry?.path();
                let name = path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .unwrap_or_default();
                if Path::new(name).extension().is_some_and(|e| e == "ttl") || name == "source.txt" {
                    files.insert(name.to_owned(), std::fs::read(&path)?);
                }
            }
            let files = files
                .iter()
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
                .collect();
            Ok(load::check_plan(validator, base, &id, &files)
                .err()
                .unwrap_or_default())
        }
        Group::File(path) => {
            let file = path.display().to_string();
            let bytes = std::fs::read(path).with_context(|| file.clone())?;
            let (graph, mut findings) = parse::turtle(&bytes, base, &file);
            if !findings.is_empty() {
                return Ok(findings);
            }
            let plans = plans_described([&graph]);
            if plans.len() != 1 {
                findings.push(not_one_plan(&file));
            }
            if let Some(plan) = plans.first() {
                let mut layered = LayeredGraph::new(oxrdf::NamedNode::new_unchecked(plan.as_str()));
                layered.extend(&graph, Layer::Stated);
                let more = validator.plan(layered).err().unwrap_or_default();
                findings.extend(more.into_iter().map(|finding| finding.in_file(&file)));
            }
            Ok(findings)
        }
    }
}

fn not_one_plan(file: &str) -> Finding {
    Finding::file(
        file,
        "Filen ska beskriva precis en plan, en nod med egen adress och typen plan:Plan. Lägg \
         varje plan i en egen fil eller mapp.",
        "The file must describe exactly one plan, a node with an address of its own and the \
         type plan:Plan. Put each plan in a file or folder of its own.",
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// What `samplan serve` with these words does, or why it does nothing.
    fn config(words: &[&str]) -> Result<Config, String> {
        let words = ["samplan", "serve"].iter().chain(words);
        match Cli::try_parse_from(words).map(|cli| cli.command) {
            Ok(Command::Serve(serve)) => Ok(serve.config()),
            Ok(other) => Err(format!("{other:?}")),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_is_not_said_is_the_default() {
        let config = config(&[]).unwrap();
        assert_eq!(config.limits, Limits::default());
        assert_eq!(config.client, ClientBounds::default());
        assert_eq!(config.queries, 64);
        assert_eq!(config.trusted_proxies, Network::LOOPBACK);
    }

    #[test]
    fn every_bound_can_be_set() {
        let config = config(&[
            "--query-seconds=5",
            "--query-rows=6",
            "--query-mib=7",
            "--query-memory-mib=8",
            "--queries=9",
            "--client-seconds=0",
            "--client-rate=0.25",
            "--client-queries=10",
            "--trusted-proxy=10.0.0.0/8,192.0.2.1",
            "--trusted-proxy=::1",
        ])
        .unwrap();
        let limits = Limits {
            time: Duration::from_secs(5),
            rows: 6,
            bytes: 7 << 20,
            memory: 8 << 20,
        };
        assert_eq!(config.limits, limits);
        let client = ClientBounds {
            seconds: Duration::ZERO,
            rate: Duration::from_millis(250),
            queries: 10,
        };
        assert_eq!(config.client, client);
        assert_eq!(config.queries, 9);
        assert_eq!(config.trusted_proxies.len(), 3);
    }

    #[test]
    fn what_is_no_bound_is_refused_by_name() {
        for (flag, value) in [
            ("--query-seconds", "0"),
            ("--query-rows", "0"),
            ("--query-mib", "x"),
            ("--query-memory-mib", "-1"),
            ("--queries", "0"),
            ("--client-seconds", "1.5"),
            ("--client-rate", "0"),
            ("--client-rate", "NaN"),
            ("--client-rate", "inf"),
            ("--client-rate", "x"),
            ("--client-queries", "0"),
            ("--trusted-proxy", "10.0.0.1/8"),
            ("--trusted-proxy", "localhost"),
        ] {
            let error = config(&[&format!("{flag}={value}")]).unwrap_err();
            assert!(error.contains(flag) && error.contains(value), "{error}");
        }
    }
}
