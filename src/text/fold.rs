//! Letters that count as one.

use std::borrow::Cow;

use super::token::is_mark;

/// A word in lower case, without hyphens and soft hyphens, its letters composed and without
/// accents: "idé" is "ide". Å, ä and ö are letters of their own and stay.
pub fn fold(word: &str) -> Cow<'_, str> {
    let simple = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if word.bytes().all(simple) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        if is_mark(c) {
            compose(&mut folded, c);
        } else if c.is_alphanumeric() {
            for c in c.to_lowercase() {
                match base(c) {
                    _ if is_mark(c) => compose(&mut folded, c),
                    Some(letters) => folded.push_str(letters),
                    None => folded.push(c),
                }
            }
        }
    }
    Cow::Owned(folded)
}

/// A folded word as it is written on a keyboard without å, ä and ö.
pub fn plain(folded: &str) -> Cow<'_, str> {
    if folded.is_ascii() {
        return Cow::Borrowed(folded);
    }
    let letters = folded.chars().map(|c| match c {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        _ => c,
    });
    Cow::Owned(letters.collect())
}

/// Puts a combining mark on the last letter, where Swedish has a letter for the two.
fn compose(word: &mut String, mark: char) {
    let letter = match (word.chars().last(), mark) {
        (Some('a'), '\u{30a}') => 'å',
        (Some('a'), '\u{308}') => 'ä',
        (Some('o'), '\u{308}') => 'ö',
        _ => return,
    };
    word.pop();
    word.push(letter);
}

/// The letters without accent that a small letter of a Western language stands for.
fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ä",
        'ø' => "ö",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'þ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_folded_to_letters_of_its_own() {
        for (word, folded) in [
            ("Idéer", "ideer"),
            ("FÖRSKOLAN", "förskolan"),
            ("fo\u{308}rskola\u{30a}", "förskolå"),
            ("e\u{301}", "e"),
            ("Digi\u{ad}tal", "digital"),
            ("e-Tjänst", "etjänst"),
            ("İ", "i"),
            ("ﬁber", "fiber"),
            ("2026", "2026"),
        ] {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn a_keyboard_without_the_letters_will_do() {
        assert_eq!(plain("välfärdsmålåö"), "valfardsmalao");
    }
}
