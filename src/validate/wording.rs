//! Whether the quoted words stand on the lines that a plan gives for them.
//!
//! The shapes cannot see the source text, so this stands beside them: the lines must be there,
//! and `plan:sourceText` and `plan:statusText` must be found on them. What people added stands on
//! no lines, and its status text is their own word, as is that of a status they told.

use crate::model::{
    Finding, Iri, Layer, LineRange, Owned, Participation, Period, Plan, Text, Values,
};

const SOURCE: &str = "plan:sourceText";
const STATUS: &str = "plan:statusText";

/// A node with the lines it stands on and the words quoted from them.
struct Quoted<'a> {
    node: &'a str,
    ranges: &'a Values<LineRange>,
    words: Vec<(&'static str, &'a Values<Text>)>,
}

/// A finding for each range beyond the end of the source and each quotation that is not found
/// on the lines of its own node. `iri` is the plan's.
pub(super) fn check(plan: &Plan, iri: &str, source: &str) -> Vec<Finding> {
    let lines: Vec<&str> = source.lines().collect();
    quoted(plan, iri)
        .iter()
        .flat_map(|quoted| {
            let beyond = beyond_the_end(quoted, lines.len());
            if beyond.is_empty() {
                not_found(quoted, &lines)
            } else {
                beyond
            }
        })
        .collect()
}

fn quoted<'a>(plan: &'a Plan, iri: &'a str) -> Vec<Quoted<'a>> {
    let mut all = vec![Quoted {
        node: iri,
        ranges: &plan.source_range,
        words: vec![(SOURCE, &plan.source_text)],
    }];
    let mut add = |node: &'a Iri, ranges, words| {
        all.push(Quoted {
            node: node.as_str(),
            ranges,
            words,
        });
    };
    let periods = plan.activities.values().map(|activity| &activity.temporal);
    for (iri, period) in periods.chain([&plan.temporal]).flat_map(nodes::<Period>) {
        add(
            iri,
            &period.source_range,
            vec![(SOURCE, &period.source_text)],
        );
    }
    let taking_part = plan
        .activities
        .values()
        .map(|activity| &activity.participation);
    for (iri, part) in taking_part
        .chain([&plan.participation])
        .flat_map(nodes::<Participation>)
    {
        add(iri, &part.source_range, vec![(SOURCE, &part.source_text)]);
    }
    for (iri, adoption) in nodes(&plan.adoption) {
        add(
            iri,
            &adoption.source_range,
            vec![(SOURCE, &adoption.source_text)],
        );
    }
    for (iri, approach) in nodes(&plan.approach) {
        add(iri, &approach.source_range, vec![]);
    }
    for (iri, activity) in &plan.activities {
        add(
            iri,
            &activity.source_range,
            vec![(STATUS, &activity.status_text)],
        );
    }
    for (iri, follow_up) in &plan.follow_ups {
        add(
            iri,
            &follow_up.source_range,
            vec![(STATUS, &follow_up.status_text)],
        );
    }
    for (iri, named) in &plan.named {
        add(iri, &named.source_range, vec![(SOURCE, &named.source_text)]);
    }
    for (iri, area) in &plan.areas {
        add(iri, &area.source_range, vec![]);
    }
    for (iri, section) in &plan.sections {
        add(iri, &section.source_range, vec![]);
    }
    for (iri, footnote) in &plan.footnotes {
        add(iri, &footnote.source_range, vec![]);
    }
    all
}

fn nodes<N>(owned: &Owned<N>) -> impl Iterator<Item = (&Iri, &N)> {
    owned.iter().map(|(iri, linked)| (iri, &*linked.node))
}

fn beyond_the_end(quoted: &Quoted<'_>, lines: usize) -> Vec<Finding> {
    quoted
        .ranges
        .iter()
        .filter(|range| range.last as usize > lines)
        .map(|range| {
            Finding::node(
                quoted.node,
                format!("Källtexten har {lines} rader. Rätta källpositionen."),
                format!("The source text has {lines} lines. Correct the source range."),
            )
            .property("plan:sourceRange")
            .value(range.to_string())
        })
        .collect()
}

fn not_found(quoted: &Quoted<'_>, lines: &[&str]) -> Vec<Finding> {
    let own: Vec<&str> = quoted
        .ranges
        .iter()
        .flat_map(|range| &lines[range.first as usize - 1..range.last as usize])
        .copied()
        .collect();
    let found = |text: &Text| stands_on(&text.text, &own);
    let added = quoted.ranges.first().is_none();
    let words = quoted.words.iter();
    words
        .filter(|(property, _)| !(added && *property == STATUS))
        .flat_map(|(property, texts)| texts.layered().map(move |text| (*property, text)))
        // What people say of how far something has come is in words of their own.
        .filter(|(property, text)| *property != STATUS || text.layer != Layer::Editorial)
        .map(|(property, text)| (property, &text.value))
        .filter(|(_, text)| !found(text))
        .map(|(property, text)| {
            Finding::node(
                quoted.node,
                "Orden står inte på de rader som anges. Rätta ordalydelsen så att den är exakt källans, eller källpositionen.",
                "These words do not stand on the lines given. Correct the wording to be exactly that of the source, or the source range.",
            )
            .property(property)
            .value(&text.text)
        })
        .collect()
}

/// Whether words stand on lines: white space aside, over line ends, also where a hyphen at the
/// end of a line only broke a word, and where columns stand side by side, so that on each line
/// other words stand between.
pub fn stands_on(words: &str, lines: &[&str]) -> bool {
    let text = dense([words]);
    dense(lines.iter().copied()).contains(&text)
        || unbroken(lines).contains(&text)
        || in_column(words, lines)
}

/// Whether words stand on lines in order, those on one line in as few pieces as can be.
fn in_column(words: &str, lines: &[&str]) -> bool {
    let mut left: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    for line in lines {
        let line = dense([*line]);
        let mut rest = line.as_str();
        while !left.is_empty() {
            let place = |count: usize| rest.find(&left[..count].concat());
            let count = (1..=left.len()).take_while(|n| place(*n).is_some()).count();
            let Some(at) = place(count).filter(|_| count > 0) else {
                break;
            };
            rest = &rest[at + left[..count].concat().len()..];
            left.drain(..count);
        }
        // The next word may be broken and go on on the next line.
        if let Some(word) = left.first_mut() {
            let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(2).collect();
            let cut = |at: &&usize| rest.contains(&format!("{}-", &word[..**at]));
            if let Some(at) = ends.iter().rev().find(cut).copied() {
                *word = word.split_off(at);
            }
        }
    }
    left.is_empty()
}

/// The text of lines without white space: how a document breaks its lines is not wording.
fn dense<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    lines
        .into_iter()
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// The same where a hyphen at the end of a line only broke a word.
fn unbroken(lines: &[&str]) -> String {
    dense(
        lines
            .iter()
            .map(|line| line.trim_end().trim_end_matches('-')),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_a_column_beside_others() {
        let lines = [
            "Ta fram en gemensam    Region Dalarna i   2025",
            "kompetens-             samverkan med",
            "plan                   Falu kommun",
        ];
        for words in [
            "i samverkan med Falu kommun",
            "Ta fram en gemensam kompetensplan",
            "2025",
        ] {
            assert!(stands_on(words, &lines), "{words}");
        }
        for words in [
            "Falu kommun i samverkan",
            "Region Skåne",
            "gemensam plan 2025",
        ] {
            assert!(!stands_on(words, &lines), "{words}");
        }
    }
}
