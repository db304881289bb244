//! Stems with weights, and how alike two sets of them are.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Stems with weights. Ordered, so that sums come out the same every time.
pub(super) type Vector = BTreeMap<Arc<str>, f64>;

/// How much a stem says of what a text is about: the fewer texts have it, the more.
#[derive(Debug, Default)]
pub(super) struct Idf {
    texts: f64,
    with: BTreeMap<Arc<str>, f64>,
}

impl Idf {
    /// That of a body of texts, each as its stems.
    pub(super) fn of_texts<'a>(texts: impl IntoIterator<Item = &'a Vector>) -> Self {
        let mut idf = Self::default();
        for text in texts {
            idf.texts += 1.0;
            for stem in text.keys() {
                *idf.with.entry(Arc::clone(stem)).or_default() += 1.0;
            }
        }
        idf
    }

    /// That of one stem.
    pub(super) fn of(&self, stem: &str) -> f64 {
        let with = self.with.get(stem).copied().unwrap_or_default();
        ((self.texts + 1.0) / (with + 1.0)).ln().max(0.0)
    }

    /// A text with each stem weighed.
    pub(super) fn weigh(&self, text: &Vector) -> Vector {
        let weighed = text
            .iter()
            .map(|(stem, weight)| (Arc::clone(stem), weight * self.of(stem)));
        unit(weighed.collect())
    }
}

/// A vector of length 1, so that long texts count no more than short ones.
pub(super) fn unit(mut vector: Vector) -> Vector {
    let length = vector
        .values()
        .map(|weight| weight * weight)
        .sum::<f64>()
        .sqrt();
    if length > 0.0 {
        for weight in vector.values_mut() {
            *weight /= length;
        }
    }
    vector
}

/// Adds one vector to another, times a number.
pub(super) fn add(to: &mut Vector, vector: &Vector, times: f64) {
    for (stem, weight) in vector {
        *to.entry(Arc::clone(stem)).or_default() += weight * times;
    }
}

/// How alike two vectors of length 1 are, from 0 to 1.
pub(super) fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short
        .iter()
        .filter_map(|(stem, weight)| Some(weight * long.get(stem)?))
        .sum()
}
