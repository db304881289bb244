//! The canonical form of a graph (RDFC-1.0) and its hash.

use std::io::{self, Read};

use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxrdf::{Dataset, Graph, GraphNameRef};
use sha2::{Digest, Sha256};

const ALGORITHM: CanonicalizationAlgorithm = CanonicalizationAlgorithm::Rdfc10 {
    hash_algorithm: CanonicalizationHashAlgorithm::Sha256,
};

/// The RDFC-1.0 canonical form: sorted N-Quads with canonical blank node names.
pub fn canonical_nquads(dataset: &Dataset) -> String {
    let mut dataset = dataset.clone();
    dataset.canonicalize(ALGORITHM);
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.concat()
}

/// The canonical form of a graph without a name.
pub fn canonical_ntriples(graph: &Graph) -> String {
    let mut dataset = Dataset::new();
    for triple in graph {
        dataset.insert(triple.in_graph(GraphNameRef::DefaultGraph));
    }
    canonical_nquads(&dataset)
}

/// A SHA-256 hash in lower-case hexadecimal.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The same of what a reader gives, a part at a time, with how many bytes that is.
pub fn sha256_of(reader: &mut impl Read) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut part = vec![0; 1 << 16];
    loop {
        let read = reader.read(&mut part)?;
        if read == 0 {
            return Ok((bytes, hexadecimal(&hash.finalize())));
        }
        hash.update(part.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}

fn hexadecimal(hash: &[u8]) -> String {
    use std::fmt::Write;

    hash.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Gives the nodes without a name their canonical labels (RDFC-1.0), so that the same graph is
/// written the same every time.
pub fn relabel(graph: &mut Graph) {
    graph.canonicalize(ALGORITHM);
}
