//! The words of a text, and where they stand.

/// A word of a text: letters and digits, with the hyphens that stand inside it.
///
/// "e-arkiv" and "IT-arkitektur" are one word of two [`parts`](Token::parts).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word as it stands.
    pub word: &'a str,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl<'a> Token<'a> {
    /// What stands between its hyphens; nothing where it has none.
    pub fn parts(self) -> impl Iterator<Item = &'a str> {
        let joined = self.word.contains(is_hyphen);
        self.word.split(is_hyphen).filter(move |_| joined)
    }
}

/// The words of a text, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(char::is_alphanumeric)?;
        let end = start + length(&text[start..]);
        from = end;
        Some(Token {
            word: &text[start..end],
            start,
            end,
        })
    })
}

/// How long the word is that a text begins with. A hyphen belongs to it where a letter or digit
/// follows, a soft hyphen or a combining mark anywhere after its first character.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut hyphen = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || (!hyphen && is_mark(c)) {
            end = at + c.len_utf8();
            hyphen = false;
        } else if is_hyphen(c) && !hyphen {
            hyphen = true;
        } else {
            break;
        }
    }
    end
}

/// A character that joins two words to one.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A character that stands in a word and is no letter: a combining mark, as PDF files write
/// "ö" in two, or a soft hyphen, which is only seen where a line ends.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|token| token.word).collect()
    }

    #[test]
    fn words_keep_their_letters_and_the_hyphens_inside_them() {
        for (text, expected) in [
            (
                "Åtgärder för ökad säkerhet.",
                vec!["Åtgärder", "för", "ökad", "säkerhet"],
            ),
            ("e-arkiv, IT-arkitektur", vec!["e-arkiv", "IT-arkitektur"]),
            (
                "lednings- och nyckelfunktioner",
                vec!["lednings", "och", "nyckelfunktioner"],
            ),
            ("2026–2028 - SKR:s", vec!["2026", "2028", "SKR", "s"]),
            (
                "digi\u{ad}tal fo\u{308}rskola",
                vec!["digi\u{ad}tal", "fo\u{308}rskola"],
            ),
            ("a--b -c-", vec!["a", "b", "c"]),
            ("och/eller", vec!["och", "eller"]),
            ("– …\u{308}", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn parts_are_what_hyphens_join() {
        let parts = |text| -> Vec<_> { tokens(text).flat_map(Token::parts).collect() };
        assert_eq!(parts("Nya IT-arkitekturer"), ["IT", "arkitekturer"]);
        assert_eq!(parts("bredband"), [""; 0]);
    }
}
