//! How long the parts of the program take on a tenth of a nation, in process: loading a data
//! folder, and each of the eight comparison queries.

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use oxigraph::sparql::CancellationToken;
use samplan::rdf::{Base, Format};
use samplan::sparql::{Limits, Operation, Source, Task, Wanted, Window, run};
use samplan::store::{Folder, Snapshot, load};

#[path = "comparison.rs"]
mod comparison;
#[path = "nation.rs"]
mod nation;

use nation::{Nation, Size};

/// A tenth of a nation as a data folder.
fn folder() -> anyhow::Result<(Nation, Folder)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let nation = Nation::new(Size(1), &data.join("reference"))?;
    let dir = tempfile::tempdir()?;
    nation.write(&data, dir.path())?;
    let folder = Folder::read(dir.path())?;
    Ok((nation, folder))
}

fn snapshot(folder: &Folder) -> anyhow::Result<Snapshot> {
    let loaded = load::load(folder, &Base::default())?;
    anyhow::ensure!(loaded.refused.is_empty(), "{:?}", loaded.refused);
    Ok(loaded.snapshot)
}

/// Asks a snapshot; the only place that knows how that is done.
fn ask(snapshot: &Snapshot, query: &str) -> anyhow::Result<Option<usize>> {
    let task = Task {
        source: Source::Request(Operation {
            query: query.to_owned(),
            ..Operation::default()
        }),
        wanted: Wanted::among(&[Format::SparqlJson]),
        window: Window::ALL,
    };
    let answer = run(
        snapshot,
        &task,
        Limits::default(),
        &CancellationToken::new(),
    );
    let answer = answer.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(answer.total)
}

fn measure(criterion: &mut Criterion) -> anyhow::Result<()> {
    let (nation, folder) = folder()?;
    let snapshot = snapshot(&folder)?;
    let mut queries = criterion.benchmark_group("query");
    for question in comparison::questions(&nation) {
        // In turns, so that no cache of answers answers.
        let mut variants = question.variants.iter().cycle();
        for variant in &question.variants {
            ask(&snapshot, variant)?;
        }
        queries.bench_function(question.name, |bencher| {
            bencher.iter(|| variants.next().map(|query| ask(&snapshot, query)));
        });
    }
    queries.finish();
    let mut loading = criterion.benchmark_group("load");
    loading.sample_size(10);
    loading.bench_function("a folder", |bencher| {
        bencher.iter(|| load::load(&folder, &Base::default()));
    });
    loading.finish();
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
