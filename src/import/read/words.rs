//! Words as they come, piece by piece, with marks and links → [`Passage`].

use super::super::document::{Link, Mark, Passage};

/// A passage in the making: white space becomes single spaces as it comes in.
#[derive(Debug, Default)]
pub(super) struct Words {
    passage: Passage,
    gap: Option<char>,
    link: Option<(Option<usize>, String)>,
}

impl Words {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        for letter in text.chars() {
            if letter.is_whitespace() {
                self.gap = self.gap.or(Some(' '));
            } else {
                self.letter(letter);
            }
        }
    }

    /// Ends the line, not the paragraph.
    pub(super) fn line_break(&mut self) {
        self.gap = Some('\n');
    }

    /// A reference to a footnote stands here.
    pub(super) fn mark(&mut self, marker: String) {
        self.passage.marks.push(Mark {
            at: self.passage.text.len(),
            marker,
        });
    }

    /// A link to an address begins here; one that is open ends.
    pub(super) fn open_link(&mut self, address: &str) {
        self.close_link();
        self.link = Some((None, address.to_owned()));
    }

    /// The link that is open ends here.
    pub(super) fn close_link(&mut self) {
        if let Some((Some(start), address)) = self.link.take() {
            self.passage.links.push(Link {
                at: start..self.passage.text.len(),
                address,
            });
        }
    }

    /// Notes lines that the words stand on.
    pub(super) fn stand_on(&mut self, lines: impl IntoIterator<Item = u32>) {
        self.passage.lines.extend(lines);
    }

    /// Whether no word came yet.
    pub(super) fn is_empty(&self) -> bool {
        self.passage.text.is_empty()
    }

    /// The passage.
    pub(super) fn finish(mut self) -> Passage {
        self.close_link();
        self.passage.lines.sort_unstable();
        self.passage.lines.dedup();
        self.passage
    }

    fn letter(&mut self, letter: char) {
        if let Some(gap) = self.gap.take()
            && !self.passage.text.is_empty()
        {
            self.passage.text.push(gap);
        }
        if let Some((start @ None, _)) = &mut self.link {
            *start = Some(self.passage.text.len());
        }
        self.passage.text.push(letter);
    }
}

/// Whether a text is an address on the web that a link in a plan may lead to.
pub(super) fn is_address(text: &str) -> bool {
    text.len() <= 2048
        && ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| text.starts_with(scheme))
}

/// The words as one line: a heading has no line breaks.
pub(super) fn one_line(mut passage: Passage) -> Passage {
    passage.text = passage.text.replace('\n', " ");
    passage
}

/// A heading's own number and its words, from how it is written ("3.1 Mål").
///
/// A number alone counts up to 99, so that "2025 års plan" has none.
pub(super) fn numbered(mut passage: Passage) -> (Option<String>, Passage) {
    let Some((first, rest)) = passage.text.split_once(' ') else {
        return (None, passage);
    };
    let number = first.strip_suffix('.').unwrap_or(first);
    let part = |part: &str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let begins = rest.chars().next().is_some_and(char::is_uppercase);
    let counted = number != first || number.contains('.') || begins;
    if !counted || !number.split('.').all(part) {
        return (None, passage);
    }
    let (number, cut) = (number.to_owned(), first.len() + 1);
    passage.text = rest.to_owned();
    for mark in &mut passage.marks {
        mark.at = mark.at.saturating_sub(cut);
    }
    for link in &mut passage.links {
        link.at = link.at.start.saturating_sub(cut)..link.at.end.saturating_sub(cut);
    }
    passage.links.retain(|link| !link.at.is_empty());
    (Some(number), passage)
}
