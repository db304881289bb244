//! How far something has come, in words.

use super::{Note, Reading};
use crate::import::lexicon::statuses::{CELLS, NEAR, NOT, PROSE, TOOK_PLACE};
use crate::model::{Layer, Status};

/// Reads the words of a status cell; `None` where they say nothing that the scheme knows.
pub fn read(words: &str) -> Option<Reading<Status>> {
    let plain = words.trim().to_lowercase();
    let (word, status) = CELLS
        .iter()
        .chain(NEAR)
        .filter(|(word, _)| begins(&plain, word))
        .max_by_key(|(word, _)| word.len())?;
    // More words than the known one may say something else besides.
    let rest = plain.get(word.len()..).unwrap_or_default();
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let near = NEAR.iter().any(|(own, _)| own == word);
    let note = near.then(|| {
        Note::new(
            format!("”{word}” är inget av statusskalans lägen. Aktiviteten är läst som pågående; den kan också vara ej påbörjad."),
            format!("“{word}” is no status of the scheme. The activity was read as ongoing; it may also not have been started."),
        )
    });
    let more = || {
        (rest.split_whitespace().count() > 2).then(|| {
            Note::new(
                format!("Statusen är läst ur ”{word}”; cellen säger mer."),
                format!("The status was read from “{word}”; the cell says more."),
            )
        })
    };
    let note = note.or_else(more);
    Some(Reading {
        value: *status,
        wording: words.trim().to_owned(),
        layer: if note.is_some() {
            Layer::Interpreted
        } else {
            Layer::Stated
        },
        note,
    })
}

/// How many words a cell may have that says nothing but a status.
const ONLY: usize = 3;

/// Whether words say how far something has come and nothing else.
pub fn is_only(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let stop = words
        .trim_end()
        .trim_end_matches('.')
        .contains(['.', ',', ':']);
    count <= ONLY
        && !stop
        && read(words).is_some_and(|reading| reading.note.is_none() || count == 1)
}

/// Whether a text begins with a word, or with a form of it: "klar", "klart", "påbörjade".
fn begins(text: &str, word: &str) -> bool {
    let stem = word.strip_suffix('d').unwrap_or(word);
    text.strip_prefix(stem).is_some_and(|rest| {
        let ending = rest.chars().take_while(|c| c.is_alphabetic()).count();
        ending <= if word.chars().count() > 3 { 2 } else { 0 }
    })
}

/// The status that an outcome in prose tells; always interpreted. `None` where it tells none, or
/// several that disagree.
pub fn in_prose(text: &str) -> Option<Reading<Status>> {
    let lower = text.to_lowercase();
    // Lower case may have other lengths; then the words cannot be quoted.
    let mut found = PROSE
        .iter()
        .filter_map(|(words, status)| {
            let at = lower.find(words)?;
            let quoted = text.get(at..at + words.len())?;
            (quoted.to_lowercase() == *words).then_some((quoted, *status))
        })
        .collect::<Vec<_>>();
    found.dedup_by_key(|(_, status)| *status);
    if found.is_empty() {
        found.extend(in_part(text).map(|quoted| (quoted, Status::PartlyCompleted)));
    }
    let [(quoted, status)] = found.as_slice() else {
        return None;
    };
    Some(Reading {
        value: *status,
        wording: (*quoted).to_owned(),
        layer: Layer::Interpreted,
        note: Some(Note::new(
            format!("Statusen är läst ur orden ”{quoted}” i utfallet."),
            format!("The status was read from the words “{quoted}” in the outcome."),
        )),
    })
}

/// The sentence that says that something did not take place, where another says that something
/// did.
fn in_part(text: &str) -> Option<&str> {
    let says = |sentence: &str, words: &[&str]| {
        sentence
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words.contains(&word.to_lowercase().as_str()))
    };
    let (denied, told): (Vec<&str>, Vec<&str>) = text
        .split(['.', '\n'])
        .filter(|sentence| says(sentence, TOOK_PLACE))
        .partition(|sentence| says(sentence, NOT));
    let denied = denied.first().filter(|_| !told.is_empty())?;
    Some(denied.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_plans_are_known() {
        for (words, status) in [
            ("Ny", Some(Status::New)),
            ("Pågår", Some(Status::Ongoing)),
            ("Klart", Some(Status::Completed)),
            ("Genomförd", Some(Status::Completed)),
            ("Delvis genomförd", Some(Status::PartlyCompleted)),
            ("Ej påbörjat", Some(Status::NotStarted)),
            ("Nytt läge", None),
            ("", None),
        ] {
            assert_eq!(read(words).map(|reading| reading.value), status, "{words}");
        }
    }

    #[test]
    fn prose_tells_a_status_only_where_it_is_clear() {
        let read = |text| in_prose(text).map(|reading| (reading.wording, reading.value));
        assert_eq!(
            read("Arbetet har pausats då finansieringen uteblev."),
            Some(("har pausats".to_owned(), Status::Paused))
        );
        assert_eq!(read("Kartan är genomförd. Resten har pausats."), None);
        assert_eq!(read("Möten hölls."), None);
        assert_eq!(read("Inga möten hölls."), None);
        assert_eq!(
            read("Två möten hölls i maj.\n\nInga möten arrangerades i juni"),
            Some((
                "Inga möten arrangerades i juni".to_owned(),
                Status::PartlyCompleted
            ))
        );
    }
}
