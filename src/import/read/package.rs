//! ZIP packages: parts by name, within limits.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::{Refusal, text};

/// The most bytes that the parts of a package may unpack to.
const UNPACKED_LIMIT: u64 = 256 << 20;

/// The most parts that a package may have.
const PART_LIMIT: usize = 20_000;

/// How many times larger than packed a part of more than [`RATIO_FROM`] bytes may be.
const RATIO_LIMIT: u64 = 300;

/// The size from which the ratio counts.
const RATIO_FROM: u64 = 16 << 20;

/// A package of which every byte that is unpacked is counted.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// A damaged package, one with too many parts, or one that says that it unpacks to too much.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let damaged = |_| Refusal::damaged("ZIP");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > PART_LIMIT {
            return Err(Refusal::too_large());
        }
        let mut total = 0_u64;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(damaged)?;
            if part.encrypted() {
                return Err(Refusal::encrypted());
            }
            total = total.saturating_add(part.size());
            let ratio = part.size() / part.compressed_size().max(1);
            if total > UNPACKED_LIMIT || (part.size() > RATIO_FROM && ratio > RATIO_LIMIT) {
                return Err(Refusal::too_large());
            }
        }
        Ok(Self {
            archive,
            left: UNPACKED_LIMIT,
        })
    }

    /// Whether there is a part of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part, if there is one of the name.
    ///
    /// # Errors
    /// A damaged part, or more than may be unpacked.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        self.unpack(index, &mut bytes)?;
        text::decode(&bytes)
            .map(Some)
            .map_err(|_| Refusal::damaged("ZIP"))
    }

    /// Unpacks all parts to nowhere: whoever unpacks them again stays within the limits.
    ///
    /// # Errors
    /// A damaged part, or more than may be unpacked.
    pub(super) fn check(&mut self) -> Result<(), Refusal> {
        (0..self.archive.len()).try_for_each(|index| self.unpack(index, &mut io::sink()))?;
        self.left = UNPACKED_LIMIT;
        Ok(())
    }

    fn unpack(&mut self, index: usize, to: &mut impl io::Write) -> Result<(), Refusal> {
        let part = self
            .archive
            .by_index(index)
            .map_err(|_| Refusal::damaged("ZIP"))?;
        let read =
            io::copy(&mut part.take(self.left + 1), to).map_err(|_| Refusal::damaged("ZIP"))?;
        self.left = self.left.checked_sub(read).ok_or_else(Refusal::too_large)?;
        Ok(())
    }
}
