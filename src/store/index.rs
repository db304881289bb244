//! The quads of a snapshot, indexed.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;
use oxigraph::store::Store;

use super::Error;

/// The quads of a snapshot; never changes.
pub struct Index {
    store: Store,
}

impl Index {
    /// Indexes quads.
    pub fn build(quads: impl IntoIterator<Item = Quad>) -> Result<Self, Error> {
        let store = Store::new()?;
        store.extend(quads)?;
        Ok(Self { store })
    }

    /// A handle on the file that it lies in, for another process to open; none where it lies in
    /// this process's own memory.
    pub fn file(&self) -> Option<File> {
        let mut file = rustix::fs::memfd_create("samplan", rustix::fs::MemfdFlags::CLOEXEC)
            .map(File::from)
            .ok()?;
        let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
        for quad in &self.store {
            writer.serialize_quad(&quad.ok()?).ok()?;
        }
        file.write_all(&writer.finish().ok()?).ok()?;
        Some(file)
    }

    /// Opens the file of an index that another process made.
    pub fn open(mut file: File) -> io::Result<Self> {
        let mut bytes = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        let store = Store::new().map_err(io::Error::other)?;
        store
            .load_from_slice(RdfFormat::NQuads, &bytes)
            .map_err(io::Error::other)?;
        Ok(Self { store })
    }

    /// The embedded store.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }
}
