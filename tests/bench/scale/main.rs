//! A nation's worth of plans, and eight queries over it: ours beside Oxigraph and Virtuoso.
//!
//! `cargo run --release --example scale` makes the plans as a data folder, starts
//! `samplan serve` on it, asks everything cold and warm over HTTP, and asks the same of the
//! engines that are installed, which are given exactly what our server holds. Numbers are only
//! comparable within one run.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;

mod engines;
mod http;
mod measure;
mod oxigraph;
mod process;
mod report;
mod samplan;
mod virtuoso;

#[path = "../comparison.rs"]
mod comparison;
#[path = "../nation.rs"]
mod nation;

use nation::{Nation, Size};
use report::Round;

/// Makes a nation's worth of plans and compares engines on it.
#[derive(Parser, Debug)]
struct Arguments {
    /// How large the nation is, in tenths of a whole one (311 publishers, 3 110 editions).
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    tenths: u32,
    /// Measure a tenth, a whole and ten nations, and how the times grow.
    #[arg(long, conflicts_with = "tenths")]
    growth: bool,
    /// Only write the plans to this folder, which is a new one.
    #[arg(long, value_name = "DIR")]
    only_data: Option<PathBuf>,
    /// Write what was measured to this file as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Our program; else the one built beside this.
    #[arg(long, value_name = "PROGRAM")]
    samplan: Option<PathBuf>,
    /// Oxigraph's server; else the one on the path.
    #[arg(long, value_name = "PROGRAM", env = "OXIGRAPH")]
    oxigraph: Option<PathBuf>,
    /// Virtuoso's server; else the one on the path.
    #[arg(long, value_name = "PROGRAM", env = "VIRTUOSO")]
    virtuoso: Option<PathBuf>,
    /// Virtuoso's command line; else the one on the path.
    #[arg(long, value_name = "PROGRAM", env = "ISQL")]
    isql: Option<PathBuf>,
    /// Ask only our own server.
    #[arg(long)]
    alone: bool,
}

/// The programs that are compared.
struct Programs {
    samplan: PathBuf,
    oxigraph: Option<PathBuf>,
    virtuoso: Option<virtuoso::Programs>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    if let Some(folder) = &arguments.only_data {
        anyhow::ensure!(!folder.exists(), "{} is there already", folder.display());
        let nation = Nation::new(Size(arguments.tenths as usize), &data.join("reference"))?;
        nation.write(&data, folder)?;
        eprintln!("{} editions in {}", editions(&nation), folder.display());
        return Ok(());
    }
    let programs = programs(&arguments)?;
    let sizes = if arguments.growth {
        vec![1, 10, 100]
    } else {
        vec![arguments.tenths as usize]
    };
    let mut rounds = Vec::new();
    for tenths in sizes {
        let round = round(&programs, Size(tenths), &data)?;
        write!(io::stdout(), "\n{}\n", round.table())?;
        rounds.push(round);
        // After each, so that what was measured stays when a larger size fails.
        if let Some(file) = &arguments.json {
            let rounds: Vec<_> = rounds.iter().map(Round::json).collect();
            fs::write(file, serde_json::to_string_pretty(&rounds)?)?;
        }
    }
    if rounds.len() > 1 {
        write!(io::stdout(), "{}", report::growth(&rounds))?;
    }
    Ok(())
}

fn editions(nation: &Nation) -> usize {
    nation.publishers.len() * nation::YEARS.len()
}

/// Finds the programs, and says which are missing.
fn programs(arguments: &Arguments) -> anyhow::Result<Programs> {
    let samplan = samplan::program(arguments.samplan.as_deref())?;
    if arguments.alone {
        return Ok(Programs {
            samplan,
            oxigraph: None,
            virtuoso: None,
        });
    }
    let oxigraph = engines::find(arguments.oxigraph.as_deref(), &["oxigraph"]);
    if oxigraph.is_none() {
        eprintln!("Oxigraph is not installed (pip install oxigraph): it is left out.");
    }
    let server = engines::find(arguments.virtuoso.as_deref(), &["virtuoso-t"]);
    let isql = engines::find(arguments.isql.as_deref(), &["isql-vt", "isql-v"]);
    let virtuoso = server
        .zip(isql)
        .map(|(server, isql)| virtuoso::Programs { server, isql });
    if virtuoso.is_none() {
        eprintln!(
            "Virtuoso is not installed (apt-get install virtuoso-opensource-7): it is left out."
        );
    }
    Ok(Programs {
        samplan,
        oxigraph,
        virtuoso,
    })
}

/// Makes data of one size and measures every engine on it, one after another.
fn round(programs: &Programs, size: Size, data: &Path) -> anyhow::Result<Round> {
    let work = tempfile::tempdir()?;
    let folder = work.path().join("data");
    let nation = Nation::new(size, &data.join("reference"))?;
    eprintln!("writing {} editions", editions(&nation));
    nation.write(data, &folder)?;
    let questions = comparison::questions(&nation);

    eprintln!("samplan: loading");
    let ours = samplan::start(&programs.samplan, &folder, work.path())?;
    let mut measured = vec![measure::measure(&ours, &questions)];
    let files = files(work.path())?;
    let started = Instant::now();
    let quads = samplan::export(&ours.endpoint, &files)?;
    eprintln!("{quads} quads exported in {:.1?}", started.elapsed());
    drop(ours);

    if let Some(program) = &programs.oxigraph {
        eprintln!("oxigraph: loading");
        let running = oxigraph::start(program, &files, work.path())?;
        measured.push(measure::measure(&running, &questions));
    }
    if let Some(programs) = &programs.virtuoso {
        eprintln!("virtuoso: loading");
        let running = virtuoso::start(programs, &files, work.path())?;
        measured.push(measure::measure(&running, &questions));
    }
    Ok(Round {
        tenths: size.0,
        quads,
        questions,
        engines: measured,
    })
}

/// The files that the data are handed on in: one for each processor, for who loads several at
/// once.
fn files(work: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let folder = work.join("quads");
    fs::create_dir_all(&folder)?;
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    Ok((0..count)
        .map(|number| folder.join(format!("{number}.nq")))
        .collect())
}
