//! Whether two wordings name the same thing.

/// The words of a name without what Swedish adds at their end: "regionala strategin" is what
/// "Regional strategi" is.
fn stems(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect()
}

fn stem(word: &str) -> String {
    const ENDINGS: [&str; 10] = ["arna", "erna", "an", "en", "et", "na", "a", "n", "t", "s"];
    let word = word.to_lowercase();
    let bare = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|bare| bare.chars().count() >= 4)
        .unwrap_or(&word);
    // "programmet" doubles a letter that "program" has once.
    match bare.strip_suffix('m') {
        Some(single) if single.ends_with('m') => single.to_owned(),
        _ => bare.to_owned(),
    }
}

/// Whether the words of a description, at least two, all stand in a name.
pub fn describes(description: &str, name: &str) -> bool {
    let (words, name) = (stems(description), stems(name));
    words.len() > 1 && words.iter().all(|word| name.contains(word))
}

/// Where the words that an address ends in stand in a text, by byte; `None` where the address
/// ends in fewer than three words.
pub fn spelled(address: &str, text: &str) -> Option<std::ops::Range<usize>> {
    let path = address.split(['?', '#']).next()?.trim_end_matches('/');
    let (_, last) = path.split_once("://")?.1.rsplit_once('/')?;
    let last = last
        .rsplit_once('.')
        .filter(|(_, ending)| (2..=4).contains(&ending.len()))
        .map_or(last, |(name, _)| name);
    let plain = |word: String| crate::import::assemble::key::slug(&word);
    let wanted: Vec<String> = stems(last).into_iter().map(plain).collect();
    if wanted.len() < 3 {
        return None;
    }
    let words = words(text);
    words.windows(wanted.len()).find_map(|window| {
        let same = window
            .iter()
            .zip(&wanted)
            .all(|(at, wanted)| plain(stem(&text[at.clone()])) == *wanted);
        same.then(|| window[0].start..window[window.len() - 1].end)
    })
}

/// Where the words of a text stand.
fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_has_the_words_of_the_name() {
        for (description, name) in [
            (
                "regionala digitaliseringsstrategin",
                "Regional digitaliseringsstrategi för länet 2022-2030",
            ),
            ("regionala programmet", "Regional program"),
            ("regionala agendan", "strategin för Regional agenda"),
        ] {
            assert!(describes(description, name), "{description}");
        }
        assert!(!describes("nationella strategin", "Regional strategi"));
        assert!(!describes("strategin", "Regional strategi"));
    }

    #[test]
    fn an_address_spells_a_name() {
        let found = |address, text| spelled(address, text).map(|at| &text[at]);
        let text = "Digitalt först – med användaren i fokus. Regeringen";
        assert_eq!(
            found(
                "https://a.se/b/digitalt-forst-med-anvandaren-i-fokus/",
                text
            ),
            Some("Digitalt först – med användaren i fokus")
        );
        assert_eq!(
            found(
                "https://a.se/x/regional-digital-agenda.pdf?v=1",
                "en regional digital agenda för"
            ),
            Some("regional digital agenda")
        );
        assert_eq!(found("https://a.se/digitalt-forst/", text), None);
        assert_eq!(found("https://a.se", text), None);
    }
}
