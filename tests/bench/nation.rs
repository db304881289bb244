//! A nation's worth of plans, made up: a data folder as `samplan serve` loads it.
//!
//! Every publisher (the regions and municipalities of `data/reference`, and made-up ones beyond
//! them) has ten yearly editions of forty activities. Everything follows from the number of
//! publishers: two runs write the same bytes.

use std::fs;
use std::path::Path;

use anyhow::Context;

#[path = "nation/plan.rs"]
mod plan;
#[path = "nation/publishers.rs"]
mod publishers;
#[path = "nation/random.rs"]
mod random;
#[path = "nation/words.rs"]
mod words;

pub(crate) use publishers::Publisher;
pub(crate) use words::{GOALS, THEMES};

/// The years that have an edition.
pub(crate) const YEARS: std::ops::Range<u16> = 2017..2027;

/// The publishers of a whole nation: 21 regions and 290 municipalities.
const WHOLE: usize = 311;

/// How large the nation is, in tenths of a whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) usize);

impl Size {
    /// How many publishers it has.
    pub(crate) fn publishers(self) -> usize {
        (WHOLE * self.0 / 10).max(2)
    }
}

/// A nation, as far as queries must know it.
#[derive(Clone, Debug)]
pub(crate) struct Nation {
    /// Its publishers, regions first.
    pub(crate) publishers: Vec<Publisher>,
}

impl Nation {
    /// The nation of that size beside the reference data of a data folder.
    pub(crate) fn new(size: Size, reference: &Path) -> anyhow::Result<Self> {
        let publishers = publishers::of(size.publishers(), reference)?;
        Ok(Self { publishers })
    }

    /// Writes it to a folder, with a copy of the catalogue and reference data of `data`.
    pub(crate) fn write(&self, data: &Path, into: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(into).with_context(|| into.display().to_string())?;
        fs::copy(data.join("catalog.ttl"), into.join("catalog.ttl"))?;
        copy(&data.join("reference"), &into.join("reference"))?;
        if let Some(file) = publishers::made_up(&self.publishers) {
            fs::write(into.join("reference/organisations/made-up.ttl"), file)?;
        }
        for (number, publisher) in self.publishers.iter().enumerate() {
            for year in YEARS {
                let folder = into.join("plans").join(publisher.plan(year));
                fs::create_dir_all(&folder)?;
                let text = plan::turtle(publisher, number, year);
                fs::write(folder.join("stated.ttl"), text)?;
            }
        }
        Ok(())
    }
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
