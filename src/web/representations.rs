//! Representations rendered once per snapshot, encoded once per coding, and kept in memory
//! within a bound.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderValue;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::encoding::{Effort, Encoding};
use crate::rdf::canonical;
use crate::store::Snapshot;
use crate::views::Rendered;

/// Below this many bytes an encoded form saves nothing worth the work on both sides.
pub(super) const WORTH_ENCODING: usize = 256;

/// How many representations are expected; a hint, not a bound.
const EXPECTED: usize = 4096;

/// What a kept entry takes beside its bytes: keys, headers, book-keeping.
const OVERHEAD: u64 = 512;

/// The bytes of one representation in one content coding.
#[derive(Clone, Debug)]
pub(super) struct Representation {
    pub(super) bytes: Bytes,
    /// The strong validator: the hash of the bytes.
    pub(super) etag: HeaderValue,
    /// The coding of the bytes; plain where another would not have made them fewer.
    pub(super) encoding: Encoding,
    /// The day on which the data shown last changed, `YYYY-MM-DD`.
    pub(super) modified: Option<Arc<str>>,
}

impl Representation {
    fn new(bytes: Vec<u8>, encoding: Encoding, modified: Option<Arc<str>>) -> Self {
        Self {
            etag: etag(&bytes),
            bytes: Bytes::from(bytes),
            encoding,
            modified,
        }
    }

    /// The same in a content coding, where that makes it smaller.
    fn encoded<E: From<std::io::Error>>(&self, encoding: Encoding) -> Result<Self, E> {
        if self.bytes.len() < WORTH_ENCODING {
            return Ok(self.clone());
        }
        let effort = if self.bytes.len() < LARGE {
            Effort::Kept
        } else {
            Effort::Once
        };
        let encoded = encoding.encode(&self.bytes, effort)?;
        Ok(if encoded.len() < self.bytes.len() {
            Self::new(encoded, encoding, self.modified.clone())
        } else {
            self.clone()
        })
    }
}

/// The strong validator of some bytes: their hash.
pub(super) fn etag(bytes: &[u8]) -> HeaderValue {
    let tag = format!("\"{}\"", canonical::sha256(bytes));
    HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// From how many bytes on it does not pay to make the last per cent fewer: brotli and zstd take
/// half a minute for 40 MB at their best.
const LARGE: usize = 4 << 20;

/// A representation that is kept with its snapshot, whatever its size; made and encoded when it
/// is first asked for.
///
/// # Errors
/// What `render` says, or the encoder.
pub(super) fn whole<E: From<std::io::Error>>(
    snapshot: &Snapshot,
    location: &str,
    encoding: Encoding,
    render: impl FnOnce() -> Result<Rendered, E>,
) -> Result<Representation, E> {
    let name = |encoding: Encoding| format!("{location} {}", encoding.names()[0]);
    let plain = snapshot.once(&name(Encoding::Identity), || {
        render().map(|Rendered { bytes, modified }| {
            Representation::new(bytes, Encoding::Identity, modified.map(Arc::from))
        })
    })?;
    if encoding == Encoding::Identity {
        return Ok((*plain).clone());
    }
    let encoded = snapshot.once(&name(encoding), || plain.encoded(encoding))?;
    Ok((*encoded).clone())
}

/// What is kept: of which snapshot, at which address, in which coding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    revision: String,
    location: String,
    encoding: Encoding,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Representation> for Weight {
    fn weight(&self, key: &Key, representation: &Representation) -> u64 {
        let names = key.revision.len() + key.location.len();
        (representation.bytes.len() + names) as u64 + OVERHEAD
    }
}

/// The representations that are kept.
///
/// The revision of the snapshot is part of an entry's name, so a reload needs no clearing: what
/// is no longer asked for makes room by itself.
pub(super) struct Representations(Cache<Key, Representation, Weight>);

impl Representations {
    /// Keeps at most so many bytes.
    pub(super) fn new(most: u64) -> Self {
        Self(Cache::with_weighter(EXPECTED, most, Weight))
    }

    /// A representation that is there already.
    pub(super) fn kept(
        &self,
        revision: &str,
        location: &str,
        encoding: Encoding,
    ) -> Option<Representation> {
        self.0.get(&Key {
            revision: revision.to_owned(),
            location: location.to_owned(),
            encoding,
        })
    }

    /// A representation, made now where it is not there. Blocks; of several that ask at once
    /// one does the work.
    ///
    /// # Errors
    /// What `render` says, or the encoder.
    pub(super) fn get<E: From<std::io::Error>>(
        &self,
        revision: &str,
        location: &str,
        encoding: Encoding,
        render: impl FnOnce() -> Result<Rendered, E>,
    ) -> Result<Representation, E> {
        let key = |encoding| Key {
            revision: revision.to_owned(),
            location: location.to_owned(),
            encoding,
        };
        if let Some(kept) = self.0.get(&key(encoding)) {
            return Ok(kept);
        }
        let plain = self.0.get_or_insert_with(&key(Encoding::Identity), || {
            render().map(|Rendered { bytes, modified }| {
                Representation::new(bytes, Encoding::Identity, modified.map(Arc::from))
            })
        })?;
        if encoding == Encoding::Identity {
            return Ok(plain);
        }
        self.0
            .get_or_insert_with(&key(encoding), || plain.encoded(encoding))
    }

    /// The bytes kept now, book-keeping included.
    #[cfg(test)]
    fn weight(&self) -> u64 {
        self.0.weight()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::io;

    fn rendered(bytes: Vec<u8>) -> Rendered {
        Rendered {
            bytes,
            modified: None,
        }
    }

    #[test]
    fn a_representation_is_made_once_and_encoded_once() {
        let kept = Representations::new(1 << 20);
        let made = Cell::new(0);
        let ask = |revision: &str, encoding| {
            kept.get::<io::Error>(revision, "plan/x.ttl", encoding, || {
                made.set(made.get() + 1);
                Ok(rendered(b"<a> <b> <c> .\n".repeat(100)))
            })
            .unwrap()
        };
        let plain = ask("1", Encoding::Identity);
        let encoded: Vec<_> = Encoding::ALL.map(|encoding| ask("1", encoding)).into();
        assert_eq!(made.get(), 1);
        for (one, encoding) in encoded.iter().zip(Encoding::ALL) {
            assert_eq!(one.encoding, encoding);
            let again = ask("1", encoding);
            assert_eq!(again.bytes.as_ptr(), one.bytes.as_ptr(), "the same memory");
            let same = one.etag == plain.etag;
            assert_eq!(same, encoding == Encoding::Identity, "{encoding:?}");
        }
        ask("2", Encoding::Identity);
        assert_eq!(made.get(), 2, "another snapshot, another representation");
    }

    #[test]
    fn what_would_not_shrink_stays_plain() {
        let kept = Representations::new(1 << 20);
        let small = kept.get::<io::Error>("1", "a", Encoding::Gzip, || Ok(rendered(b"a".to_vec())));
        assert_eq!(small.unwrap().encoding, Encoding::Identity);
        let hashes = (0..20).map(|number| canonical::sha256([number]));
        let raw: Vec<u8> = hashes
            .flat_map(String::into_bytes)
            .collect::<Vec<_>>()
            .chunks(2)
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        assert!(raw.len() > WORTH_ENCODING);
        let noise = kept.get::<io::Error>("1", "b", Encoding::Gzip, || Ok(rendered(raw)));
        assert_eq!(noise.unwrap().encoding, Encoding::Identity);
    }

    #[test]
    fn the_bound_holds() {
        let most = 4 << 20;
        let kept = Representations::new(most);
        for number in 0..400 {
            let bytes = vec![0; 50_000];
            kept.get::<io::Error>("1", &format!("{number}"), Encoding::Identity, || {
                Ok(rendered(bytes))
            })
            .unwrap();
            assert!(kept.weight() <= most);
        }
        assert!(kept.weight() > most / 2, "it keeps what it may");
    }
}
