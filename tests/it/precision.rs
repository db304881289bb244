//! How much of what stands in documents the importer reads: precision and recall by kind.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use oxrdf::Graph;
use samplan::import::plans::{Given, Imported, Present, plans};
use samplan::import::read;
use samplan::import::value::Directory;
use samplan::model::Date;
use samplan::rdf::{Base, parse};

use crate::support::folder;

/// Elements of one kind, each a text that holds all that must agree.
pub(crate) type Elements = BTreeMap<&'static str, Vec<String>>;

/// The organisations of the built-in reference data.
pub(crate) fn directory() -> Directory {
    let base = Base::default();
    let graphs: Vec<Graph> = folder()
        .reference()
        .iter()
        .map(|(file, bytes)| parse::turtle(bytes, &base, file).0)
        .collect();
    Directory::new(&graphs, &base)
}

/// The plans of a document, read as if nothing were there.
pub(crate) fn plans_of(path: &Path) -> Result<Imported, read::Refusal> {
    let base = Base::default();
    let directory = directory();
    let present = Present {
        base: &base,
        directory: &directory,
        plan: &|_| None,
        today: Date::new(2026, 11, 25).unwrap(),
    };
    plans(read::file(path)?, &Given::default(), &present, &|_| {})
}

/// Counts of elements: wanted, found, both.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    wanted: usize,
    found: usize,
    both: usize,
}

impl Counts {
    fn ratios(self) -> (f64, f64) {
        let ratio = |of: usize| match of {
            0 => 1.0,
            #[expect(clippy::cast_precision_loss, reason = "counts of elements")]
            of => self.both as f64 / of as f64,
        };
        (ratio(self.found), ratio(self.wanted))
    }
}

/// What was wanted and found, by kind.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<&'static str, Counts>);

impl Tally {
    /// Adds what one document has. With `SAMPLAN_SHOW` set, what is missing or too much is
    /// printed, under `heading`.
    pub(crate) fn add(&mut self, wanted: &Elements, found: &Elements, heading: &str) {
        let empty = Vec::new();
        let kinds: std::collections::BTreeSet<_> = wanted.keys().chain(found.keys()).collect();
        for kind in kinds {
            let wanted = wanted.get(kind).unwrap_or(&empty);
            let found = found.get(kind).unwrap_or(&empty);
            let (both, missing, extra) = shared(wanted, found);
            let counts = self.0.entry(kind).or_default();
            counts.wanted += wanted.len();
            counts.found += found.len();
            counts.both += both;
            let show = std::env::var_os("SAMPLAN_SHOW").is_some() && !heading.is_empty();
            if show && !(missing.is_empty() && extra.is_empty()) {
                eprintln!("{heading}: {kind}");
                for text in &missing {
                    eprintln!("  - {text}");
                }
                for text in &extra {
                    eprintln!("  + {text}");
                }
            }
        }
    }

    /// The table of all kinds.
    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "{:<22}{:>7}{:>7}{:>11}{:>8}\n",
            "", "data", "read", "precision", "recall"
        );
        for (kind, counts) in &self.0 {
            let (precision, recall) = counts.ratios();
            let _ = writeln!(
                table,
                "{kind:<22}{:>7}{:>7}{precision:>11.2}{recall:>8.2}",
                counts.wanted, counts.found
            );
        }
        table
    }

    /// Everything together: precision and recall.
    pub(crate) fn all(&self) -> (f64, f64) {
        let mut all = Counts::default();
        for counts in self.0.values() {
            all.wanted += counts.wanted;
            all.found += counts.found;
            all.both += counts.both;
        }
        all.ratios()
    }
}

/// The elements that both have, a text as often as it stands in both.
fn shared(truth: &[String], found: &[String]) -> (usize, Vec<String>, Vec<String>) {
    let mut left = truth.to_vec();
    let mut extra = Vec::new();
    let mut hits = 0;
    for element in found {
        if let Some(at) = left.iter().position(|other| other == element) {
            left.swap_remove(at);
            hits += 1;
        } else {
            extra.push(element.clone());
        }
    }
    (hits, left, extra)
}
