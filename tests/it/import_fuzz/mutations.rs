//! The committed documents, with parts flipped, left out, repeated or moved.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A document, and whether it is a package of files.
type Document = (Vec<u8>, bool);

/// The documents that are read from bytes, by name.
static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let files = folder.read_dir().unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter_map(|file| {
            let package = match file.extension()?.to_str()? {
                "docx" | "xlsx" | "ods" => true,
                "md" | "csv" | "txt" => false,
                _ => return None,
            };
            Some((file, package))
        })
        .filter(|(file, _)| file.file_stem().is_some_and(|name| name != "README"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|(file, package)| (std::fs::read(file).unwrap(), package))
        .collect()
});

/// What is done at a place: to a byte, or to what stands between two separators.
#[derive(Clone, Copy, Debug)]
enum Change {
    Flip(u8),
    Remove,
    Repeat,
    Swap,
}

fn change() -> impl Strategy<Value = (Index, Change)> {
    let change = prop_oneof![
        1 => (0..8_u8).prop_map(Change::Flip),
        3 => Just(Change::Remove),
        2 => Just(Change::Repeat),
        2 => Just(Change::Swap),
    ];
    (any::<Index>(), change)
}

/// Makes changes to parts of bytes: `separator` ends a part; where there is none, each is one.
fn apply(bytes: &[u8], separator: Option<u8>, changes: &[(Index, Change)]) -> Vec<u8> {
    let mut parts: Vec<Vec<u8>> = match separator {
        Some(separator) => bytes
            .split_inclusive(|byte| *byte == separator)
            .map(<[u8]>::to_vec)
            .collect(),
        None => bytes.chunks(1).map(<[u8]>::to_vec).collect(),
    };
    for (index, change) in changes.iter().filter(|_| !bytes.is_empty()) {
        if parts.is_empty() {
            break;
        }
        let at = index.index(parts.len());
        match change {
            Change::Flip(bit) => {
                let within = index.index(parts[at].len());
                parts[at][within] ^= 1 << bit;
            }
            Change::Remove => drop(parts.remove(at)),
            Change::Repeat => parts.insert(at, parts[at].clone()),
            Change::Swap => {
                let other = parts.len() - 1 - at;
                parts.swap(at, other);
            }
        }
    }
    parts.concat()
}

/// A package whose file with the text has changes.
fn repacked(package: &[u8], change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let text = [
            "document.xml",
            "content.xml",
            "sharedStrings.xml",
            "sheet1.xml",
        ];
        if text.iter().any(|text| name.ends_with(text)) {
            bytes = change(&bytes);
        }
        written
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        written.write_all(&bytes).unwrap();
    }
    written.finish().unwrap().into_inner()
}

/// A document with lines, words or bytes changed; of a package, the elements or bytes within.
pub(super) fn changed() -> impl Strategy<Value = Vec<u8>> {
    let document = (0..DOCUMENTS.len()).prop_map(|at| &DOCUMENTS[at]);
    let changes = prop::collection::vec(change(), 0..12);
    (document, any::<bool>(), select(vec![b'\n', b' ']), changes).prop_map(
        |((bytes, package), single, text, changes)| {
            let separator = if *package { b'>' } else { text };
            let separator = (!single).then_some(separator);
            if *package {
                repacked(bytes, |bytes| apply(bytes, separator, &changes))
            } else {
                apply(bytes, separator, &changes)
            }
        },
    )
}

/// A package of files with bytes changed, or cut off.
pub(super) fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let packages: Vec<usize> = (0..DOCUMENTS.len()).filter(|at| DOCUMENTS[*at].1).collect();
    let changes = prop::collection::vec(change(), 0..6);
    (select(packages), changes, any::<Index>(), any::<bool>()).prop_map(
        |(at, changes, end, whole)| {
            let mut bytes = apply(&DOCUMENTS[at].0, None, &changes);
            if !whole && !bytes.is_empty() {
                bytes.truncate(end.index(bytes.len()));
            }
            bytes
        },
    )
}
