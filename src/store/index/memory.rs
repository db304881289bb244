//! The block of memory that an index lies in.

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Words of 32 bits that never change.
pub(super) enum Memory {
    /// A file, mapped; another process can map it too.
    Mapped { file: File, map: Mmap },
    /// This process's own.
    Own(Vec<u32>),
}

impl Memory {
    /// The words, in a file in memory where the system has such files.
    pub(super) fn hold(words: Vec<u32>) -> Self {
        match shared(&words) {
            Some(mapped) => mapped,
            None => Self::Own(words),
        }
    }

    /// Maps a file.
    pub(super) fn map(file: File) -> io::Result<Self> {
        if !is_sealed(&file) {
            let what = "the file of an index can still be changed";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        }
        #[expect(unsafe_code, reason = "a mapped file is how processes share an index")]
        // SAFETY: a map is sound as long as nobody shortens or changes the file. The kernel
        // has been told to let nobody do either, us included, and not to take that back:
        // `is_sealed` has just been asked.
        let map = unsafe { Mmap::map(&file)? };
        Ok(Self::Mapped { file, map })
    }

    pub(super) fn words(&self) -> &[u32] {
        match self {
            // A map begins at a page, and an index is written in whole words.
            Self::Mapped { map, .. } => bytemuck::try_cast_slice(map).unwrap_or_default(),
            Self::Own(words) => words,
        }
    }

    pub(super) fn file(&self) -> Option<File> {
        match self {
            Self::Mapped { file, .. } => file.try_clone().ok(),
            Self::Own(_) => None,
        }
    }
}

#[cfg(target_os = "linux")]
mod sealed {
    use std::fs::File;
    use std::io::Write;

    use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, fcntl_get_seals, memfd_create};

    use super::Memory;

    const SEALS: SealFlags = SealFlags::GROW
        .union(SealFlags::SHRINK)
        .union(SealFlags::WRITE)
        .union(SealFlags::SEAL);

    /// The words in a file that lies in memory and can be changed no more.
    pub(super) fn shared(words: &[u32]) -> Option<Memory> {
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        let mut file = File::from(memfd_create("samplan-index", flags).ok()?);
        file.write_all(bytemuck::cast_slice(words)).ok()?;
        fcntl_add_seals(&file, SEALS).ok()?;
        Memory::map(file).ok()
    }

    pub(super) fn is_sealed(file: &File) -> bool {
        fcntl_get_seals(file).is_ok_and(|seals| seals.contains(SEALS))
    }
}

#[cfg(not(target_os = "linux"))]
mod sealed {
    use std::fs::File;

    use super::Memory;

    /// None: other systems have no files that can be sealed.
    pub(super) fn shared(_: &[u32]) -> Option<Memory> {
        None
    }

    pub(super) fn is_sealed(_: &File) -> bool {
        false
    }
}

use sealed::{is_sealed, shared};
