//! How long it takes to make the index of a nation's plans, and to answer from it, in process.

use std::path::Path;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use samplan::rdf::Base;
use samplan::store::{Folder, load};
use samplan::views::Language;
use samplan::views::search::{self, Asked, Form};

#[path = "nation.rs"]
mod nation;

use nation::{GOALS, Nation, Size, THEMES};

/// A whole nation as a data folder.
fn folder() -> anyhow::Result<Folder> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let nation = Nation::new(Size(10), &data.join("reference"))?;
    let dir = tempfile::tempdir()?;
    nation.write(&data, dir.path())?;
    Ok(Folder::read(dir.path())?)
}

/// What is asked: common words, rare ones, a phrase, choices, everything.
const QUESTIONS: [(&str, &[(&str, &str)]); 6] = [
    ("everything", &[]),
    ("a common word", &[("q", THEMES[0].0)]),
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
            ("goal", GOALS[0].0),
        ],
    ),
];

fn measure(criterion: &mut Criterion) -> anyhow::Result<()> {
    let (folder, base) = (folder()?, Base::default());
    let first = load::load(&folder, &base)?;
    anyhow::ensure!(first.refused.is_empty(), "{:?}", first.refused);
    let started = Instant::now();
    let things = search::index(&first.snapshot)?.len();
    eprintln!("index of {things} things: {:.1?}", started.elapsed());
    // A snapshot takes what is read of plans over from the one before it.
    let snapshot = load::load_after(&folder, &base, Some(&first.snapshot))?.snapshot;
    let started = Instant::now();
    let index = search::index(&snapshot)?;
    eprintln!("index where no plan has changed: {:.1?}", started.elapsed());
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
        std::process::exit(1);
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
