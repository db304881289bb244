//! Where a text mentions what has a name.

use std::collections::HashMap;
use std::ops::Range;

use regex::{Regex, RegexBuilder};

/// How large the pattern of all names may become, in bytes.
const LARGEST: usize = 64 << 20;

/// Names, and what has them.
#[derive(Clone, Debug)]
pub struct Mentions<T> {
    pattern: Option<Regex>,
    what: HashMap<String, T>,
}

impl<T> Default for Mentions<T> {
    fn default() -> Self {
        Self {
            pattern: None,
            what: HashMap::new(),
        }
    }
}

impl<T: Clone> Mentions<T> {
    /// Looks for these names; where two are the same, the first has it. With `any_case` a name
    /// in lower case counts too, but for an abbreviation.
    pub fn new(names: impl IntoIterator<Item = (String, T)>, any_case: bool) -> Self {
        let mut what = HashMap::new();
        for (name, thing) in names.into_iter().filter(|(name, _)| !name.is_empty()) {
            what.entry(name.to_lowercase()).or_insert((name, thing));
        }
        let mut forms: Vec<&str> = what.values().map(|(name, _)| name.as_str()).collect();
        // The longest first, since the first that fits counts.
        forms.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
        let forms: Vec<String> = forms.into_iter().map(|name| form(name, any_case)).collect();
        let pattern = RegexBuilder::new(&forms.join("|"))
            .size_limit(LARGEST)
            .build();
        Self {
            pattern: pattern.ok().filter(|_| !forms.is_empty()),
            what: what
                .into_iter()
                .map(|(name, (_, thing))| (name, thing))
                .collect(),
        }
    }

    /// The places of the names in a text, as whole words or in the genitive, in order and without
    /// overlap; where one name begins another, the longer counts. The places leave the genitive
    /// out.
    pub fn places(&self, text: &str) -> Vec<(T, Range<usize>)> {
        let found = self.pattern.iter();
        let found = found.flat_map(|pattern| pattern.find_iter(text));
        found
            .filter(|found| !text[..found.start()].ends_with('-'))
            .filter_map(|found| {
                let words = found.as_str();
                let bare = words.strip_suffix('s').unwrap_or(words);
                let name = [words, bare, bare.trim_end_matches(':')]
                    .into_iter()
                    .find_map(|name| Some((name.len(), self.what.get(&name.to_lowercase())?)));
                let (len, what) = name?;
                Some((what.clone(), found.start()..found.start() + len))
            })
            .collect()
    }
}

/// The pattern of one name: whole words, where its ends are letters or digits.
fn form(name: &str, any_case: bool) -> String {
    let edge = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = if edge(name.chars().next()) { r"\b" } else { "" };
    let after = if edge(name.chars().next_back()) {
        r"(?::?s)?\b"
    } else {
        ""
    };
    let case = if any_case && name.chars().any(char::is_lowercase) {
        "i"
    } else {
        "-i"
    };
    format!("{before}(?{case}:{}){after}", regex::escape(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_whole_words_and_the_longest_name() {
        let names = || vec![("LIKA".to_owned(), 1), ("LIKA Skola".to_owned(), 2)];
        let places = |any_case, text| Mentions::new(names(), any_case).places(text);
        assert_eq!(
            places(false, "LIKA Skola, LIKAs och LIKA:s"),
            [(2, 0..10), (1, 12..16), (1, 22..26)]
        );
        assert_eq!(places(false, "LIKASÅ lika lika skola e-LIKA"), []);
        assert_eq!(places(true, "lika skola"), [(2, 0..10)]);
        assert_eq!(Mentions::<()>::default().places("LIKA"), []);
    }
}
