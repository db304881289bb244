//! Replacing the values that a cell shows, in the layer where they stand.

use std::collections::BTreeSet;

use super::tidy;
use crate::model::{Layer, Layers, Text, Values};

/// Replaces the value that a cell shows: the first public one of those it may show.
///
/// The new value stands in the layers where the old one stood, or in `otherwise` where there
/// was none. All other values stay.
pub(super) fn one<T: Ord + Clone>(
    values: &mut Values<T>,
    may_show: impl Fn(&T) -> bool,
    new: Option<T>,
    otherwise: Layer,
) {
    let Some(old) = values.iter().find(|value| may_show(value)).cloned() else {
        if let Some(new) = new {
            values.insert(new, otherwise);
        }
        return;
    };
    *values = values
        .layered()
        .filter_map(|layered| {
            let shown = layered.layer.is_public() && layered.value == old;
            let value = if shown {
                new.clone()
            } else {
                Some(layered.value.clone())
            };
            Some((value?, layered.layer))
        })
        .collect();
}

/// Replaces the one value of a property.
pub(super) fn value<T: Ord + Clone>(values: &mut Values<T>, new: Option<T>, otherwise: Layer) {
    one(values, |_| true, new, otherwise);
}

/// Replaces the text in Swedish; other languages stay. No text where `new` is empty.
pub(super) fn text(values: &mut Values<Text>, new: &str, otherwise: Layer) {
    let new = (!new.is_empty()).then(|| Text::sv(new));
    one(values, |text| text.language == "sv", new, otherwise);
}

/// Replaces the texts in Swedish by the lines of a cell; those that are there stay where they
/// stand, also those of several lines.
pub(super) fn texts(values: &mut Values<Text>, new: &str, otherwise: Layer) {
    let lines: Vec<String> = new.lines().map(tidy).collect();
    let mut left: &[String] = &lines;
    let there: Vec<(Vec<String>, &Text)> = values
        .iter()
        .filter(|text| text.language == "sv")
        .map(|text| (tidy(&text.text).lines().map(tidy).collect(), text))
        .collect();
    let mut new = BTreeSet::new();
    while let Some((line, rest)) = left.split_first() {
        let known = there
            .iter()
            .filter(|(own, _)| left.starts_with(own) && !own.is_empty());
        if let Some((own, text)) = known.max_by_key(|(own, _)| own.len()) {
            new.insert((*text).clone());
            left = &left[own.len()..];
        } else {
            if !line.is_empty() {
                new.insert(Text::sv(line));
            }
            left = rest;
        }
    }
    all(values, |text| text.language == "sv", &new, otherwise);
}

/// Replaces all values that a cell shows. A value that stays keeps its layers; a new one stands
/// where one that goes stood, else where the others stand, else in `otherwise`.
pub(super) fn all<T: Ord + Clone>(
    values: &mut Values<T>,
    may_show: impl Fn(&T) -> bool,
    new: &BTreeSet<T>,
    otherwise: Layer,
) {
    let (mut gone, mut others) = (Layers::new(), Layers::new());
    let mut after = Values::default();
    let mut there = BTreeSet::new();
    for layered in values.layered() {
        let shown = layered.layer.is_public() && may_show(&layered.value);
        if shown && !new.contains(&layered.value) {
            gone.insert(layered.layer);
            continue;
        }
        if shown {
            others.insert(layered.layer);
            there.insert(layered.value.clone());
        }
        after.insert(layered.value.clone(), layered.layer);
    }
    let layer = gone.first().or(others.first()).copied();
    for value in new.difference(&there) {
        after.insert(value.clone(), layer.unwrap_or(otherwise));
    }
    *values = after;
}
