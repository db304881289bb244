//! A long PDF, imported by the program as a person runs it.
//!
//! `cargo run --release --example import` makes a plan of 300 pages, imports it into a new data
//! folder, and says how long that took and how much memory, beside `pdftotext` alone, which every
//! import of a PDF has to wait for.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Parser;

mod pdf;
mod plan;

#[expect(dead_code, reason = "shared with the benchmark of the endpoint")]
#[path = "../scale/process.rs"]
mod process;

/// Imports a long PDF and measures it.
#[derive(Parser, Debug)]
struct Arguments {
    /// How many pages it has.
    #[arg(long, default_value_t = 300)]
    pages: usize,
    /// Only write the PDF to this file.
    #[arg(long, value_name = "FILE")]
    only_pdf: Option<PathBuf>,
    /// Our program; else the one built beside this.
    #[arg(long, value_name = "PROGRAM")]
    samplan: Option<PathBuf>,
}

/// What running a program took.
struct Taken {
    time: Duration,
    /// The most memory that it and its children had at one time, in KiB.
    memory: u64,
    output: Vec<u8>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (pages, measures) = plan::pages(arguments.pages);
    let file = pdf::file(&pages);
    if let Some(path) = &arguments.only_pdf {
        return Ok(fs::write(path, file)?);
    }
    let samplan = program(arguments.samplan)?;
    let work = tempfile::tempdir()?;
    let document = work.path().join("plan.pdf");
    fs::write(&document, file)?;
    let data = work.path().join("data");
    run(Command::new(&samplan).arg("init").arg(&data), work.path())?;

    let alone = run(
        Command::new("pdftotext")
            .arg("-layout")
            .arg(&document)
            .arg("-"),
        work.path(),
    )?;
    let import = run(
        Command::new(&samplan)
            .arg("import")
            .arg(&document)
            .arg("--data")
            .arg(&data)
            .arg("--json"),
        work.path(),
    )?;
    let report: serde_json::Value = serde_json::from_slice(&import.output)?;
    let read = &report["plans"][0]["counts"]["activities"];
    let pages = arguments.pages;
    let ratio = import.time.as_secs_f64() / alone.time.as_secs_f64();
    write!(
        io::stdout(),
        "{pages} pages, {measures} measures, of which {read} were read\n\
         {:<20}{:>8.2} s {:>6} MB\n{:<20}{:>8.2} s {:>6} MB  ({ratio:.1} times as long)\n",
        "pdftotext -layout",
        alone.time.as_secs_f64(),
        alone.memory / 1024,
        "samplan import",
        import.time.as_secs_f64(),
        import.memory / 1024,
    )?;
    Ok(())
}

/// Our program: the one that was named, or the one built beside this.
fn program(named: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named);
    }
    let this = std::env::current_exe()?;
    let beside = this
        .parent()
        .and_then(Path::parent)
        .context("this program lies nowhere")?;
    let program = beside.join("samplan");
    anyhow::ensure!(
        program.is_file(),
        "{} is missing; run `cargo build --release` first, or name the program with --samplan",
        program.display()
    );
    Ok(program)
}

/// Runs a program to its end, looking at its memory all the while.
fn run(command: &mut Command, work: &Path) -> anyhow::Result<Taken> {
    let name = command.get_program().to_owned();
    let name = Path::new(&name).display();
    let (output, said) = (work.join("output"), work.join("said"));
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(fs::File::create(&output)?)
        .stderr(fs::File::create(&said)?)
        .spawn()
        .with_context(|| format!("{name} cannot be started"))?;
    let mut memory = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        memory = memory.max(held(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    };
    let time = start.elapsed();
    anyhow::ensure!(status.success(), "{name}: {}", fs::read_to_string(&said)?);
    Ok(Taken {
        time,
        memory,
        output: fs::read(output)?,
    })
}

/// The most memory that a process and its children held so far, in KiB. Linux only; elsewhere 0.
fn held(pid: u32) -> u64 {
    let of = |pid: &u32| -> Option<u64> {
        let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let rest = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        rest.split_whitespace().next()?.parse().ok()
    };
    process::with_children(pid).iter().filter_map(of).sum()
}
