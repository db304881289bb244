//! What a column holds, by its heading.

use crate::import::lexicon::columns as words;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The number of the activity.
    Number,
    /// What is to be done; also title and description in one.
    Activity,
    /// A part of what is to be done, below the activity of a row above.
    SubActivity,
    /// How, where it has a column of its own.
    Description,
    /// The heading that the activity stands under.
    Area,
    /// The goal it serves.
    Goal,
    /// How it is measured.
    Indicator,
    /// When: from and to in one.
    Period,
    /// From when.
    Start,
    /// Until when.
    End,
    /// Who answers for it.
    Responsible,
    /// Who leads it, where others are responsible too.
    Lead,
    /// Who takes part.
    Supporting,
    /// Who pays.
    Funder,
    /// How far it has come.
    Status,
    /// What came of it.
    Outcome,
    /// Remarks.
    Comment,
    /// An actor, whose cells say in which way it takes part; the heading is its name.
    Actor,
    /// Something else.
    Other,
}

/// What a heading of a column says it holds; [`Column::Other`] where it is none we know.
///
/// The heading may be in upper case, hyphenated over lines, or have more words around the one
/// that counts ("Ansvarig förvaltning", "Tidplan (år)"). An [`Column::Actor`] is never found
/// here: which columns are actors follows from their cells.
pub fn classify(heading: &str) -> Column {
    let heading = plain(heading);
    if heading.is_empty() {
        return Column::Other;
    }
    let whole = words::WHOLE
        .iter()
        .chain(words::HEADINGS)
        .find(|(word, _)| heading == *word)
        .map(|(_, column)| column);
    let within = || {
        // The longest word that begins a word of the heading, the earliest where two are equal.
        let mut best: Option<(usize, usize, &Column)> = None;
        for (word, column) in words::HEADINGS {
            let short = word.chars().count() <= 3;
            let at = heading.match_indices(word).map(|(at, _)| at).find(|at| {
                let begins = *at == 0 || !heading[..*at].ends_with(char::is_alphanumeric);
                let ends = !heading[at + word.len()..].starts_with(char::is_alphabetic);
                begins && (ends || !short)
            });
            if let Some(at) = at {
                let better = best.is_none_or(|(length, first, _)| {
                    word.len() > length || (word.len() == length && at < first)
                });
                if better {
                    best = Some((word.len(), at, column));
                }
            }
        }
        best.map(|(_, _, column)| column)
    };
    let found = whole.or_else(within).cloned().unwrap_or(Column::Other);
    // "Insats/delinsats" holds both.
    let both = found == Column::SubActivity
        && heading.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let activity = |(own, column): &(&str, Column)| {
                *column == Column::Activity && word.starts_with(own)
            };
            words::HEADINGS.iter().any(activity)
        });
    // "Start–slut" and "Start/end" hold both too.
    let span = found == Column::Start
        && heading.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let end = |(own, column): &(&str, Column)| *column == Column::End && word == *own;
            words::WHOLE.iter().chain(words::HEADINGS).any(end)
        });
    match (both, span) {
        (true, _) => Column::Activity,
        (_, true) => Column::Period,
        _ => found,
    }
}

/// Lower case, no soft or line-end hyphens, single spaces, no punctuation at the ends.
fn plain(heading: &str) -> String {
    let joined = heading.replace('\u{ad}', "").replace("-\n", "");
    let words: Vec<&str> = joined.split_whitespace().collect();
    words
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_by_many_names() {
        for (heading, column) in [
            ("Aktivitet", Column::Activity),
            ("NYCKELÅTGÄRDER OCH AKTIVITETER", Column::Activity),
            ("Åtgärd/insats", Column::Activity),
            ("Insats / delinsats", Column::Activity),
            ("Delåtgärd", Column::SubActivity),
            ("Vad ska göras?", Column::Activity),
            ("När ska det vara klart?", Column::End),
            ("Tidplan (år)", Column::Period),
            ("När", Column::Period),
            ("Start", Column::Start),
            ("Start–slut", Column::Period),
            ("Startdatum", Column::Start),
            ("Slut", Column::End),
            ("Ansvarig förvaltning", Column::Responsible),
            ("Huvudansvarig", Column::Lead),
            ("Samverkansparter", Column::Supporting),
            ("Läge", Column::Status),
            ("Utfall", Column::Outcome),
            ("Uppföljning 2023", Column::Outcome),
            ("Mål", Column::Goal),
            ("Målområde", Column::Area),
            ("Indikator", Column::Indicator),
            ("Nr", Column::Number),
            ("Budget", Column::Other),
            ("Norra regionen", Column::Other),
            ("Tidigare insatser", Column::Activity),
            ("", Column::Other),
        ] {
            assert_eq!(classify(heading), column, "{heading}");
        }
    }
}
