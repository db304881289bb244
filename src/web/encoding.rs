//! Content codings (RFC 9110, section 8.4.1): how bytes are made fewer for the way.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

/// A content coding, the one that makes the fewest bytes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Zstandard (RFC 8878).
    Zstd,
    /// gzip (RFC 1952).
    Gzip,
    /// The bytes as they are.
    Identity,
}

impl Encoding {
    /// Every coding, best first.
    pub const ALL: [Self; 4] = [Self::Brotli, Self::Zstd, Self::Gzip, Self::Identity];

    /// The value of `Content-Encoding`, first, and other names that mean the same.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Brotli => &["br"],
            Self::Zstd => &["zstd"],
            Self::Gzip => &["gzip", "x-gzip"],
            Self::Identity => &["identity"],
        }
    }

    /// The value of `Content-Encoding`; none for the bytes as they are.
    pub fn content_encoding(self) -> Option<&'static str> {
        (self != Self::Identity).then(|| self.names()[0])
    }

    /// The bytes in this coding. The same bytes in give the same bytes out.
    pub fn encode(self, bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Gzip => {
                let level = effort.pick(9, 4);
                let mut out = GzEncoder::new(Vec::new(), Compression::new(level));
                out.write_all(bytes)?;
                out.finish()
            }
            Self::Zstd => zstd::bulk::compress(bytes, effort.pick(19, 3)),
            Self::Brotli => {
                let mut out = Vec::new();
                let parameters = brotli::enc::BrotliEncoderParams {
                    quality: effort.pick(9, 4),
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut io::Cursor::new(bytes), &mut out, &parameters)?;
                Ok(out)
            }
        }
    }
}

/// The window of a Brotli stream, as a power of two: as much of the past as pays for tables, at
/// a megabyte for each who is being answered.
const WINDOW: u32 = 19;

impl Encoding {
    /// An encoder of bytes that come little by little.
    pub fn encoder(self) -> io::Result<Encoder> {
        let quality = Effort::Once.pick(9, 4);
        Ok(match self {
            Self::Identity => Encoder::Identity,
            Self::Gzip => Encoder::Gzip(GzEncoder::new(Vec::new(), Compression::new(quality))),
            Self::Zstd => Encoder::Zstd(zstd::Encoder::new(Vec::new(), 3)?),
            Self::Brotli => {
                let writer = brotli::CompressorWriter::new(Vec::new(), 4096, quality, WINDOW);
                Encoder::Brotli(Box::new(writer))
            }
        })
    }
}

/// Encodes bytes that come little by little.
pub enum Encoder {
    /// The bytes as they are.
    Identity,
    /// gzip.
    Gzip(GzEncoder<Vec<u8>>),
    /// Zstandard.
    Zstd(zstd::Encoder<'static, Vec<u8>>),
    /// Brotli.
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
}

impl Encoder {
    /// What is sent for the next bytes, from which whoever has all until now can read them.
    pub fn more(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        fn through<W: Write>(
            mut writer: W,
            bytes: &[u8],
            out: impl FnOnce(&mut W) -> &mut Vec<u8>,
        ) -> io::Result<Vec<u8>> {
            writer.write_all(bytes)?;
            writer.flush()?;
            Ok(std::mem::take(out(&mut writer)))
        }
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Gzip(writer) => through(writer, bytes, |writer| writer.get_mut()),
            Self::Zstd(writer) => through(writer, bytes, |writer| writer.get_mut()),
            Self::Brotli(writer) => through(writer, bytes, |writer| writer.get_mut()),
        }
    }

    /// What is sent at the end.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(Vec::new()),
            Self::Gzip(writer) => writer.finish(),
            Self::Zstd(writer) => writer.finish(),
            Self::Brotli(writer) => Ok(writer.into_inner()),
        }
    }
}

/// How much work is put into making bytes fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// As much as pays: what is encoded is kept and given to many.
    Kept,
    /// Little: what is encoded is given to one, who waits for it.
    Once,
}

impl Effort {
    fn pick<T>(self, kept: T, once: T) -> T {
        match self {
            Self::Kept => kept,
            Self::Once => once,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn decode(encoding: Encoding, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        match encoding {
            Encoding::Identity => out.extend_from_slice(bytes),
            Encoding::Gzip => {
                flate2::read::GzDecoder::new(bytes)
                    .read_to_end(&mut out)
                    .unwrap();
            }
            Encoding::Zstd => out = zstd::decode_all(bytes).unwrap(),
            Encoding::Brotli => {
                brotli::BrotliDecompress(&mut io::Cursor::new(bytes), &mut out).unwrap();
            }
        }
        out
    }

    #[test]
    fn what_comes_little_by_little_can_be_read_as_it_comes() {
        let text = "Öka den digitala kompetensen hos länets invånare. ".repeat(2000);
        for encoding in Encoding::ALL {
            let mut encoder = encoding.encoder().unwrap();
            let mut out = Vec::new();
            for part in text.as_bytes().chunks(30_000) {
                let sent = encoder.more(part).unwrap();
                assert!(!sent.is_empty(), "{encoding:?}");
                out.extend(sent);
            }
            out.extend(encoder.finish().unwrap());
            assert_eq!(decode(encoding, &out), text.as_bytes(), "{encoding:?}");
            let fewer = out.len() * 10 < text.len();
            assert_eq!(fewer, encoding != Encoding::Identity, "{encoding:?}");
        }
    }

    #[test]
    fn every_coding_can_be_undone_and_is_the_same_twice() {
        let text = "Öka den digitala kompetensen hos länets invånare. ".repeat(200);
        for effort in [Effort::Kept, Effort::Once] {
            for encoding in Encoding::ALL {
                for bytes in [text.as_bytes(), b"", b"x"] {
                    let encoded = encoding.encode(bytes, effort).unwrap();
                    let again = encoding.encode(bytes, effort).unwrap();
                    assert_eq!(encoded, again, "{encoding:?}");
                    assert_eq!(decode(encoding, &encoded), bytes, "{encoding:?}");
                }
                let encoded = encoding.encode(text.as_bytes(), effort).unwrap();
                let fewer = encoded.len() * 10 < text.len();
                assert_eq!(fewer, encoding != Encoding::Identity, "{encoding:?}");
            }
        }
    }
}
