//! The catalogue in pages (Hydra), for those who ask for it so.

use std::collections::BTreeSet;

use oxrdf::{Graph, Literal, NamedNode};

use super::{CATALOG, Catalog};
use crate::store::Snapshot;
use crate::views::writer::Writer;
use crate::vocab::{hydra, rdf, xsd};

/// A page of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Which, from 1.
    pub number: usize,
    /// How many datasets and series a page has.
    pub size: usize,
}

impl Page {
    /// How many datasets and series a page has, unless asked otherwise.
    pub const SIZE: usize = 100;

    /// The most that a page can have.
    pub const MOST: usize = 1000;

    /// The largest number of a page that is looked for.
    pub const MOST_PAGES: usize = 1_000_000;

    /// What asks for it in an address.
    pub fn query(self) -> String {
        let Self { number, size } = self;
        if size == Self::SIZE {
            format!("page={number}")
        } else {
            format!("page={number}&page-size={size}")
        }
    }

    /// Whether the catalogue has it.
    pub fn is_in(self, catalog: &Catalog) -> bool {
        (1..=self.last(catalog)).contains(&self.number)
    }

    /// The number of the last page of that size.
    fn last(self, catalog: &Catalog) -> usize {
        all(catalog).len().div_ceil(self.size.max(1)).max(1)
    }
}

/// Everything that the catalogue lists: datasets and series, by path.
pub(super) fn all(catalog: &Catalog) -> BTreeSet<&str> {
    let datasets = catalog.datasets.keys().map(String::as_str);
    datasets
        .chain(catalog.series.keys().map(String::as_str))
        .collect()
}

/// What is on a page; none where there are not so many.
pub(super) fn items(catalog: &Catalog, page: Page) -> Option<BTreeSet<&str>> {
    let skipped = page.number.checked_sub(1)?.checked_mul(page.size)?;
    page.is_in(catalog).then(|| {
        let all = all(catalog).into_iter();
        all.skip(skipped).take(page.size).collect()
    })
}

/// Where a page stands among the others (Hydra Core Vocabulary, section 4.3).
pub(super) fn links(snapshot: &Snapshot, catalog: &Catalog, page: Page, address: &str) -> Graph {
    let mut graph = Graph::new();
    let mut out = Writer::new(snapshot, &mut graph);
    let node = out.node(CATALOG);
    let Page { number, size } = page;
    let of = |number: usize| {
        let query = Page { number, size }.query();
        NamedNode::new_unchecked(format!("{address}?{query}"))
    };
    let (this, last) = (of(number), page.last(catalog));
    out.link(&node, rdf::TYPE, hydra::COLLECTION);
    out.link(&node, hydra::VIEW, &this);
    let total = Literal::new_typed_literal(all(catalog).len().to_string(), xsd::INTEGER);
    out.value(&node, hydra::TOTAL_ITEMS, total);
    out.link(&this, rdf::TYPE, hydra::PARTIAL_COLLECTION_VIEW);
    out.link(&this, hydra::FIRST, &of(1));
    out.link(&this, hydra::LAST, &of(last));
    if number > 1 {
        out.link(&this, hydra::PREVIOUS, &of(number - 1));
    }
    if number < last {
        out.link(&this, hydra::NEXT, &of(number + 1));
    }
    graph
}
