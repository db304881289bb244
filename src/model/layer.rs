//! The layers that keep what a document says apart from what others make of it.

use std::collections::BTreeSet;

/// Which of a plan's four graphs a value stands in, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Verbatim text, structure, and normalisations that need nothing but the quoted words.
    Stated,
    /// Whatever needs more than the quoted words.
    Interpreted,
    /// What people link afterwards.
    Editorial,
    /// What a machine proposes and nobody has accepted.
    Suggested,
}

impl Layer {
    /// All layers, strongest first.
    pub const ALL: [Self; 4] = [
        Self::Stated,
        Self::Interpreted,
        Self::Editorial,
        Self::Suggested,
    ];

    /// The layer's name in file names and addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Interpreted => "interpreted",
            Self::Editorial => "editorial",
            Self::Suggested => "suggested",
        }
    }

    /// The layer of that name, if there is one.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.key() == key)
    }

    /// Whether the layer is part of what an instance says by default.
    pub fn is_public(self) -> bool {
        self != Self::Suggested
    }
}

/// The layers a node is declared in, or a link stands in.
pub type Layers = BTreeSet<Layer>;

/// A value and the layer it stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Layered<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub layer: Layer,
}

/// The values of one property: a set, in the order of the values.
///
/// How many there may be is for the shapes to say, not for this type: a plan with two
/// titles is a faulty plan, and still a plan whose faults can be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values<T: Ord>(BTreeSet<Layered<T>>);

impl<T: Ord> Default for Values<T> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<T: Ord> Values<T> {
    /// Adds a value in a layer.
    pub fn insert(&mut self, value: T, layer: Layer) {
        self.0.insert(Layered { value, layer });
    }

    /// All values with their layers, in order.
    pub fn layered(&self) -> impl Iterator<Item = &Layered<T>> {
        self.0.iter()
    }

    /// The values of the public layers, each once, with the strongest layer it stands in.
    pub fn public(&self) -> impl Iterator<Item = &Layered<T>> {
        let mut last: Option<&T> = None;
        self.0
            .iter()
            .filter(|layered| layered.layer.is_public())
            .filter(move |layered| {
                let new = last != Some(&layered.value);
                last = Some(&layered.value);
                new
            })
    }

    /// The values of the public layers, each once.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.public().map(|layered| &layered.value)
    }

    /// The first value of the public layers: the value, where the shapes allow only one.
    pub fn first(&self) -> Option<&T> {
        self.iter().next()
    }

    /// Whether no layer has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Ord> FromIterator<(T, Layer)> for Values<T> {
    fn from_iter<I: IntoIterator<Item = (T, Layer)>>(values: I) -> Self {
        let mut all = Self::default();
        for (value, layer) in values {
            all.insert(value, layer);
        }
        all
    }
}
