//! How long it takes to make the index of a nation's plans, and to answer from it, in process.

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use samplan::rdf::Base;
use samplan::store::{Folder, Snapshot, load};
use samplan::views::Language;
use samplan::views::search::{self, Asked, Form};

#[path = "nation.rs"]
mod nation;

use nation::{Nation, Size};

/// A whole nation as a snapshot. Each has an index of its own to make.
fn snapshot() -> anyhow::Result<Snapshot> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let nation = Nation::new(Size(10), &data.join("reference"))?;
    let dir = tempfile::tempdir()?;
    nation.write(&data, dir.path())?;
    let loaded = load::load(&Folder::read(dir.path())?, &Base::default())?;
    anyhow::ensure!(loaded.refused.is_empty(), "{:?}", loaded.refused);
    Ok(loaded.snapshot)
}

/// What is asked: common words, rare ones, a phrase, choices, everything.
const QUESTIONS: [(&str, &[(&str, &str)]); 6] = [
    ("everything", &[]),
    ("a common word", &[("q", "kommun")]),
    ("three words", &[("q", "digital kompetens skolan")]),
    ("a compound", &[("q", "informationssäkerhetsarbete")]),
    ("a phrase", &[("q", "\"digital kompetens\"")]),
    (
        "choices",
        &[
            ("q", "bredband"),
            ("kind", "activity"),
            ("status", "ongoing"),
            ("year", "2026"),
        ],
    ),
];

fn measure(criterion: &mut Criterion) -> anyhow::Result<()> {
    let snapshot = snapshot()?;
    let started = std::time::Instant::now();
    let index = search::index(&snapshot)?;
    let first = started.elapsed();
    eprintln!("{} things; first index: {first:.1?}", index.len());
    let started = std::time::Instant::now();
    let again = index.again();
    eprintln!(
        "index where no plan has changed: {:.1?} ({} things)",
        started.elapsed(),
        again.len()
    );
    let mut group = criterion.benchmark_group("search");
    for (name, pairs) in QUESTIONS {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let asked = Asked::parse(&snapshot, &index, &pairs, Language::Sv);
        let asked = asked.map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
        let found = index.answer(&asked.question()).total;
        group.bench_function(format!("{name} ({found} found)"), |bencher| {
            bencher.iter(|| index.answer(&asked.question()).total);
        });
        group.bench_function(format!("{name}, as a page"), |bencher| {
            bencher.iter(|| search::render(&snapshot, &asked, Form::Page));
        });
    }
    group.finish();
    Ok(())
}

fn all(criterion: &mut Criterion) {
    if let Err(error) = measure(criterion) {
        eprintln!("{error:#}");
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
