//! How large every download is, which a catalogue has to say.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use oxrdf::NamedNode;

use super::distributions::OF_A_PLAN;
use super::{Catalog, Source, catalog};
use crate::model::PlanId;
use crate::rdf::{Format, canonical};
use crate::store::Snapshot;
use crate::views::{Error, Resource, data, describe, download, table};

/// What is measured of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// How many bytes each of its representations has.
    bytes: BTreeMap<Format, u64>,
    /// The SHA-256 of the canonical form (RDFC-1.0) of its public layers, in hexadecimal.
    pub canonical: String,
}

/// How large the downloads of a snapshot are.
#[derive(Clone, Debug, Default)]
pub struct Sizes {
    editions: BTreeMap<PlanId, Arc<Edition>>,
    files: BTreeMap<String, u64>,
}

impl Sizes {
    /// How many bytes a distribution has; none for a service.
    pub fn bytes(&self, source: &Source) -> Option<u64> {
        match source {
            Source::Representation(plan, format) => {
                self.editions.get(plan)?.bytes.get(format).copied()
            }
            Source::File(download) => self.files.get(&download.path()).copied(),
            Source::Service(..) => None,
        }
    }

    /// How many bytes there are in all.
    pub fn total(&self) -> u64 {
        let editions = self.editions.values().flat_map(|own| own.bytes.values());
        editions.chain(self.files.values()).sum()
    }

    /// What was measured of each edition.
    pub fn editions(&self) -> &BTreeMap<PlanId, Arc<Edition>> {
        &self.editions
    }
}

/// The sizes of everything that the catalogue of a snapshot lists, measured when first asked for.
///
/// # Errors
/// As for [`catalog`], and where a download cannot be made.
pub fn measure(snapshot: &Snapshot) -> Result<Arc<Sizes>, Error> {
    let catalog = catalog(snapshot)?;
    snapshot.once("sizes", || {
        Ok(Sizes {
            editions: editions(snapshot)?,
            files: files(snapshot, &catalog)?,
        })
    })
}

fn files(snapshot: &Snapshot, catalog: &Catalog) -> Result<BTreeMap<String, u64>, Error> {
    let distributions = catalog
        .datasets
        .values()
        .flat_map(|dataset| &dataset.distributions);
    let files: Vec<_> = distributions
        .filter_map(|distribution| match &distribution.source {
            Source::File(file) => Some(*file),
            _ => None,
        })
        .collect();
    each(&files, |file| {
        let made = download::file(snapshot, *file)?;
        Ok((file.path(), made.bytes))
    })
}

/// Measures the editions. What was measured of a plan stays as long as its files and the reference
/// data do: nothing else stands in its representations.
fn editions(snapshot: &Snapshot) -> Result<BTreeMap<PlanId, Arc<Edition>>, Error> {
    let plans: Vec<_> = snapshot.plans().iter().collect();
    each(&plans, |(id, entry)| {
        let measured = entry.once("edition", || edition(snapshot, id, &entry.iri))?;
        Ok(((*id).clone(), measured))
    })
}

/// Does some work for each of many things, on as many threads as there are processors.
fn each<T: Sync, K: Ord + Send, V: Send>(
    things: &[T],
    work: impl Fn(&T) -> Result<(K, V), Error> + Sync,
) -> Result<BTreeMap<K, V>, Error> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let share = || -> Result<Vec<(K, V)>, Error> {
            let mut done = Vec::new();
            while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push(work(thing)?);
            }
            Ok(done)
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
        let mut all = BTreeMap::new();
        for worker in workers {
            let done = worker.join().map_err(|_| Error::Broken("a measurement"))?;
            all.extend(done?);
        }
        Ok(all)
    })
}

fn edition(snapshot: &Snapshot, id: &PlanId, iri: &NamedNode) -> Result<Edition, Error> {
    let description = describe(snapshot, &Resource::Node(iri.clone()))?;
    let table = table::Kind::Activities(id.clone());
    let mut bytes = BTreeMap::new();
    for format in OF_A_PLAN {
        let size = match format {
            Format::Csv => table.csv(snapshot)?.len(),
            Format::Xlsx => table.workbook(snapshot)?.len(),
            format => data(snapshot, &description, format)?.len(),
        };
        bytes.insert(format, size as u64);
    }
    let canonical = canonical::sha256(description.canonical(snapshot)?);
    Ok(Edition { bytes, canonical })
}
