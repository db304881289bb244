//! Keys of parts: short ASCII slugs from their words, given once.

use std::collections::BTreeMap;

/// How long a key may be, in bytes.
const LONGEST: usize = 60;

/// The words as a slug: lower-case ASCII letters and digits, hyphens between words; as many whole
/// words as fit. Never only digits; empty only where the words have no letter or digit we can
/// write.
pub(crate) fn slug(words: &str) -> String {
    let mut slug = String::new();
    for word in words.split(|c: char| !c.is_alphanumeric()) {
        let word: String = word
            .chars()
            .flat_map(char::to_lowercase)
            .map(ascii)
            .collect();
        if word.is_empty() {
            continue;
        }
        if slug.len() + word.len() + 1 > LONGEST && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST));
    }
    slug
}

/// A letter without its marks; nothing for what has no ASCII form.
fn ascii(c: char) -> &'static str {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    match c {
        'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' => "a",
        'ö' | 'ø' | 'ó' | 'ò' | 'ô' => "o",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'ü' | 'ú' | 'ù' | 'û' => "u",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'æ' => "ae",
        'ñ' => "n",
        'ç' => "c",
        'ß' => "ss",
        _ => PLAIN.find(c).map_or("", |at| &PLAIN[at..=at]),
    }
}

/// Keys already given among one kind of part, each with the number that the next of the same words
/// gets: a document may say the same a hundred thousand times.
#[derive(Debug, Default)]
pub(crate) struct Keys(BTreeMap<String, u32>);

impl Keys {
    /// A key for these words that nobody has yet; `fallback` where the words give none.
    pub(crate) fn give(&mut self, words: &str, fallback: &str) -> String {
        let mut key = slug(words);
        if !key.bytes().any(|byte| byte.is_ascii_lowercase()) {
            key = if key.is_empty() {
                fallback.to_owned()
            } else {
                format!("{fallback}-{key}")
            };
        }
        if self.take(&key) {
            return key;
        }
        let mut number = self.0.get(&key).copied().unwrap_or(2);
        loop {
            let free = format!("{key}-{number}");
            number += 1;
            if self.take(&free) {
                self.0.insert(key, number);
                return free;
            }
        }
    }

    /// Takes a key that was given before; whether it was free.
    pub(crate) fn take(&mut self, key: &str) -> bool {
        let free = !self.0.contains_key(key);
        if free {
            self.0.insert(key.to_owned(), 2);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_short_slug_and_nobody_elses() {
        let mut keys = Keys::default();
        assert_eq!(
            keys.give("Öka den digitala kompetensen.", "x"),
            "oka-den-digitala-kompetensen"
        );
        assert_eq!(
            keys.give("Öka den digitala kompetensen", "x"),
            "oka-den-digitala-kompetensen-2"
        );
        assert_eq!(keys.give("2025", "activity"), "activity-2025");
        assert_eq!(keys.give("…", "activity"), "activity");
        assert!(keys.give(&"långt ord ".repeat(30), "x").len() <= LONGEST);
    }
}
