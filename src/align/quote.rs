//! The words of a plan that carried a suggestion.

use std::ops::Range;

use super::reading::{PART, Passage};
use crate::model::Iri;
use crate::text::Lexicon;

/// How many words a quotation has at most.
const LONGEST: usize = 12;

/// How many characters stand before and after a quotation at most.
const CONTEXT: usize = 32;

/// How much of the strongest word another one must do to be quoted with it.
const SHARE: f64 = 0.25;

/// Words quoted from a part of a plan, to the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The part that has them.
    pub part: Iri,
    /// The language of the text.
    pub language: String,
    /// The words.
    pub exact: String,
    /// What stands before them; empty where they begin the text.
    pub prefix: String,
    /// What stands after them; empty where they end the text.
    pub suffix: String,
}

/// A word of a text with how much it does.
struct Strength {
    range: Range<usize>,
    position: usize,
    does: f64,
}

/// The words of the passages that do most, by how much each stem does: those of the passage that
/// has the strongest, and those of one more where they do at least half as much.
pub(super) fn words(
    lexicon: &Lexicon,
    passages: &[Passage<'_>],
    does: &dyn Fn(&str) -> f64,
) -> Vec<Words> {
    let mut found: Vec<(f64, Words)> = Vec::new();
    for passage in passages {
        let strengths = strengths(lexicon, passage, does);
        let Some((does, range)) = strongest(&strengths, &passage.text.text) else {
            continue;
        };
        let words = quoted(passage, range);
        if !found.iter().any(|(_, other)| other.exact == words.exact) {
            found.push((does, words));
        }
    }
    // What stands first wins where two do the same.
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let most = found.first().map_or(0.0, |(does, _)| *does);
    found.retain(|(does, _)| *does >= most / 2.0);
    found.into_iter().take(2).map(|(_, words)| words).collect()
}

/// The words of a passage that do something, in order.
fn strengths(
    lexicon: &Lexicon,
    passage: &Passage<'_>,
    does: &dyn Fn(&str) -> f64,
) -> Vec<Strength> {
    let mut all: Vec<Strength> = Vec::new();
    for term in lexicon.terms(&passage.text.text, &passage.text.language) {
        let part = if term.part { PART } else { 1.0 };
        let does = passage.weight * part * does(&term.stem);
        match all.last_mut() {
            Some(last) if last.position == term.position => last.does = last.does.max(does),
            _ if does > 0.0 => all.push(Strength {
                range: term.range,
                position: term.position,
                does,
            }),
            _ => {}
        }
    }
    all
}

/// The strongest words of a text that stand together: the strongest of all, with those around it
/// in its sentence.
fn strongest(all: &[Strength], text: &str) -> Option<(f64, Range<usize>)> {
    let mut best = 0;
    for (at, word) in all.iter().enumerate() {
        if word.does > all[best].does {
            best = at;
        }
    }
    let top = all.get(best)?;
    let mut sum = top.does;
    let (mut first, mut last) = (top, top);
    let joins = |from: &Strength, to: &Strength, other: &Strength| {
        let between = text.get(from.range.end..to.range.start).unwrap_or("\n");
        other.does >= SHARE * top.does && !between.contains(['.', '!', '?', ':', '\n'])
    };
    for word in &all[best + 1..] {
        if word.position - first.position >= LONGEST || !joins(last, word, word) {
            break;
        }
        sum += word.does;
        last = word;
    }
    for word in all[..best].iter().rev() {
        if last.position - word.position >= LONGEST || !joins(word, first, word) {
            break;
        }
        sum += word.does;
        first = word;
    }
    Some((sum, first.range.start..last.range.end))
}

fn quoted(passage: &Passage<'_>, range: Range<usize>) -> Words {
    let text = passage.text.text.as_str();
    Words {
        part: passage.part.clone(),
        language: passage.text.language.clone(),
        prefix: before(&text[..range.start]).to_owned(),
        suffix: after(&text[range.end..]).to_owned(),
        exact: text[range].to_owned(),
    }
}

/// The last whole words of a text.
fn before(text: &str) -> &str {
    let Some((cut, _)) = text.char_indices().rev().nth(CONTEXT) else {
        return text;
    };
    let kept = &text[cut..];
    let whole = kept.find(char::is_whitespace).map(|at| &kept[at..]);
    whole.map_or(kept, str::trim_start)
}

/// The first whole words of a text.
fn after(text: &str) -> &str {
    let Some((cut, _)) = text.char_indices().nth(CONTEXT) else {
        return text;
    };
    let kept = &text[..cut];
    let whole = kept.rfind(char::is_whitespace).map(|at| &kept[..at]);
    whole.map_or(kept, str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn words_of(text: &str) -> Vec<Words> {
        let (part, text) = (Iri::parse("http://x/a").unwrap(), Text::sv(text));
        let passages = [Passage {
            part: &part,
            text: &text,
            weight: 1.0,
        }];
        words(&Lexicon::default(), &passages, &|stem| {
            f64::from(u8::from(
                stem.starts_with("bredband") || stem.starts_with("snabb"),
            ))
        })
    }

    #[test]
    fn the_words_that_do_something_are_quoted_with_what_stands_around_them() {
        let found = words_of("Kommunen bygger snabbt och billigt bredband i hela länet.");
        let [words] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(words.exact, "snabbt och billigt bredband");
        assert_eq!(words.prefix, "Kommunen bygger ");
        assert_eq!(words.suffix, " i hela länet.");
    }

    #[test]
    fn a_quotation_stays_in_its_sentence() {
        let found = words_of("Allt ska gå snabbt. Bredband byggs.");
        assert_eq!(found[0].exact, "snabbt");
    }

    #[test]
    fn what_says_nothing_is_not_quoted() {
        assert_eq!(words_of("Utreda frågan."), []);
    }

    #[test]
    fn context_is_whole_words() {
        let long = "ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton ";
        let found = words_of(&format!("{long}bredband {long}"));
        assert!(found[0].prefix.chars().count() <= 33, "{found:?}");
        let whole = format!("{}{}{}", found[0].prefix, found[0].exact, found[0].suffix);
        assert!(format!("{long}bredband {long}").contains(&whole));
        assert!(long.contains(&format!(" {}", found[0].prefix)), "{found:?}");
    }
}
