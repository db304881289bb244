//! What a cell holds, and on which layers of the plan it rests.

use std::collections::BTreeMap;
use std::fmt::Display;

use oxrdf::{NamedNodeRef, Term};

use super::Error;
use crate::model::{Layer, Layers, Linked, Text, Values};
use crate::store::Snapshot;

/// What stands between the values of a list.
///
/// No IRI can hold it (RFC 3987, section 2.2). A text can, and CSVW knows no way to escape it;
/// such a text is written with [`STAND_IN`] instead, as the descriptions of the columns say.
pub(super) const SEPARATOR: char = '|';

/// What is written for a [`SEPARATOR`] inside a value of a list.
pub(super) const STAND_IN: char = '¦';

/// One value, and the layer it stands in: the weakest of its premises. What is not in a plan
/// stands in no layer.
type Item = (String, Option<Layer>);

/// The values of a cell, in order. In a list beside another list an empty value keeps the
/// place of one that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell(Vec<Item>);

impl Cell {
    /// A value that stands in no layer: an address, a count.
    pub(super) fn one(value: impl Display) -> Self {
        Self(vec![(value.to_string(), None)])
    }

    /// Several such values.
    pub(super) fn list(values: impl IntoIterator<Item = String>) -> Self {
        Self(values.into_iter().map(|value| (value, None)).collect())
    }

    /// A value of a plan.
    pub(super) fn in_layer(value: impl Display, layer: Layer) -> Self {
        Self(vec![(value.to_string(), Some(layer))])
    }

    /// The values of a property.
    pub(super) fn all<T: Ord + Display>(values: &Values<T>) -> Self {
        Self::map(values, T::to_string)
    }

    /// The values of a property, each written in its own way.
    pub(super) fn map<T: Ord>(values: &Values<T>, write: impl Fn(&T) -> String) -> Self {
        let items = values.public();
        Self(
            items
                .map(|item| (write(&item.value), Some(item.layer)))
                .collect(),
        )
    }

    /// The texts in a language.
    pub(super) fn text(values: &Values<Text>, language: &str) -> Self {
        let items = values
            .public()
            .filter(|item| item.value.language == language);
        Self(
            items
                .map(|item| (item.value.text.clone(), Some(item.layer)))
                .collect(),
        )
    }

    /// One text, in Swedish where there is one, else in whatever language it is.
    pub(super) fn wording(values: &Values<Text>) -> Self {
        let swedish = Self::text(values, "sv");
        let any = || Self::map(values, |text| text.text.clone());
        let mut found = if swedish.0.is_empty() { any() } else { swedish };
        found.0.truncate(1);
        found
    }

    /// The first value of each of several cells, in one list; an empty value keeps the place
    /// of a cell without any.
    pub(super) fn beside(cells: impl IntoIterator<Item = Self>) -> Self {
        let items = cells.into_iter().map(|cell| {
            let first = cell.0.into_iter().next();
            first.unwrap_or_default()
        });
        Self(items.collect())
    }

    /// The same values, which hold no more than the layer through which they are reached.
    pub(super) fn through(self, link: Layer) -> Self {
        let items = self.0.into_iter();
        Self(
            items
                .map(|(value, layer)| (value, layer.max(Some(link))))
                .collect(),
        )
    }

    /// What the values, which are IRIs, are called: in a language, else in any.
    ///
    /// # Errors
    /// Where the store fails.
    pub(super) fn names(
        &self,
        snapshot: &Snapshot,
        property: NamedNodeRef<'_>,
        language: &str,
    ) -> Result<Self, Error> {
        let mut items = Vec::new();
        for (iri, layer) in &self.0 {
            let node = NamedNodeRef::new_unchecked(iri);
            let mut names = texts(snapshot, node, property)?;
            let wanted = names.remove(language);
            let any = names.into_values().next();
            let name = wanted.or(any).and_then(|names| names.into_iter().next());
            items.push((name.unwrap_or_default(), *layer));
        }
        Ok(Self(items))
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|(value, _)| value.is_empty())
    }

    /// Whether a value rests on a layer.
    pub(super) fn rests_on(&self, layer: Layer) -> bool {
        let mut items = self.0.iter();
        items.any(|(value, own)| !value.is_empty() && *own == Some(layer))
    }

    /// The cell as it is written, as a list or as a single value.
    pub(super) fn write(&self, list: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let values = self.0.iter().map(|(value, _)| value);
        if !list {
            return values.take(1).cloned().collect();
        }
        let stand_in = STAND_IN.to_string();
        let values: Vec<_> = values
            .map(|value| value.replace(SEPARATOR, &stand_in))
            .collect();
        values.join(&SEPARATOR.to_string())
    }
}

/// The strongest public layer among some; none where only suggestions say so.
pub(super) fn public(layers: &Layers) -> Option<Layer> {
    layers.iter().copied().find(|layer| layer.is_public())
}

/// The nodes that a public layer links to, each with that layer.
pub(super) fn linked<K, N>(
    nodes: &BTreeMap<K, Linked<N>>,
) -> impl Iterator<Item = (&K, Layer, &N)> {
    nodes
        .iter()
        .filter_map(|(iri, linked)| Some((iri, public(&linked.link)?, &*linked.node)))
}

/// The texts of a node's property in the default graph, by language.
///
/// # Errors
/// Where the store fails.
pub(super) fn texts(
    snapshot: &Snapshot,
    node: NamedNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for object in snapshot.objects(node, property)? {
        if let Term::Literal(literal) = object
            && let Some(language) = literal.language()
        {
            let texts = found.entry(language.to_owned()).or_default();
            texts.push(literal.value().to_owned());
        }
    }
    Ok(found)
}

/// The IRIs that a node's property has in the default graph, in order.
///
/// # Errors
/// Where the store fails.
pub(super) fn iris(
    snapshot: &Snapshot,
    node: NamedNodeRef<'_>,
    property: NamedNodeRef<'_>,
) -> Result<Vec<String>, Error> {
    let nodes = snapshot.nodes(node, property)?.into_iter();
    Ok(nodes.map(oxrdf::NamedNode::into_string).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separator_inside_a_value_does_not_divide_it() {
        let cell = Cell::list(["a | b".to_owned(), "c".to_owned()]);
        assert_eq!(cell.write(true), "a ¦ b|c");
        assert_eq!(Cell::one("a | b").write(false), "a | b");
    }

    #[test]
    fn a_list_beside_another_keeps_the_place_of_what_is_not_known() {
        let cells = [Cell::default(), Cell::one("x"), Cell::default()];
        assert_eq!(Cell::beside(cells).write(true), "|x|");
        assert_eq!(
            Cell::beside([Cell::default(), Cell::default()]).write(true),
            ""
        );
    }

    #[test]
    fn a_value_holds_no_more_than_what_it_is_reached_through() {
        let cell = Cell::in_layer("x", Layer::Stated).through(Layer::Interpreted);
        assert!(cell.rests_on(Layer::Interpreted) && !cell.rests_on(Layer::Stated));
        let cell = Cell::in_layer("x", Layer::Editorial).through(Layer::Interpreted);
        assert!(cell.rests_on(Layer::Editorial));
    }

    #[test]
    fn a_suggestion_is_never_written() {
        let text = |text: &str| Text::sv(text);
        let values: Values<Text> = [
            (text("a"), Layer::Suggested),
            (text("b"), Layer::Suggested),
            (text("b"), Layer::Editorial),
        ]
        .into_iter()
        .collect();
        assert_eq!(Cell::text(&values, "sv").write(true), "b");
        assert_eq!(public(&Layers::from([Layer::Suggested])), None);
    }
}
