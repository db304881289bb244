//! Small things that stand on many pages: status, texts, line numbers, the sign that something
//! is interpreted.

use maud::{Markup, html};

use super::facts::{Facts, Words};
use crate::model::{Iri, Layer, LineRange, Status, Text, Values};
use crate::views::Error;
use crate::vocab;

/// The group of a status, which decides its colour and the shape of its sign.
fn group(status: Status) -> &'static str {
    match status {
        Status::New | Status::NotStated => "unknown",
        Status::NotStarted => "planned",
        Status::Ongoing | Status::Continuous | Status::Paused => "under-way",
        Status::Completed | Status::PartlyCompleted | Status::Cancelled => "ended",
    }
}

/// The IRI of a status.
pub(super) fn status_iri(status: Status) -> String {
    format!("{}{}", vocab::status::NS, status.key())
}

/// What a status is called.
pub(super) fn status_name(facts: Facts<'_>, status: Status) -> Result<Words, Error> {
    facts.name(&status_iri(status))
}

/// A status: a sign of its own shape, and the word. Never colour alone.
pub(super) fn status(facts: Facts<'_>, status: Status) -> Result<Markup, Error> {
    let name = status_name(facts, status)?;
    Ok(html! {
        span class={ "status " (group(status)) } {
            (sign(status))
            span lang=[name.lang(facts.language)] { (name.text) }
        }
    })
}

/// The sign of a status.
pub(super) fn sign(status: Status) -> Markup {
    let shape = match status {
        Status::New => html! { path d="M8 2v12M2 8h12M4 4l8 8M12 4l-8 8" {} },
        Status::NotStated => html! { circle cx="8" cy="8" r="5.5" stroke-dasharray="2.2 2.2" {} },
        Status::NotStarted => html! { circle cx="8" cy="8" r="5.5" {} },
        Status::Ongoing => {
            html! { circle cx="8" cy="8" r="5.5" {} path class="full" d="M8 2.5a5.5 5.5 0 0 1 0 11z" {} }
        }
        Status::Continuous => html! { path d="M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3" {} },
        Status::Paused => html! { path d="M5.5 3v10M10.5 3v10" {} },
        Status::Completed => html! { path d="M2.5 8.5l3.5 3.5 7.5-8" {} },
        Status::PartlyCompleted => {
            html! { circle cx="8" cy="8" r="5.5" {} path d="M5 8.4l2.2 2.1L11 6" {} }
        }
        Status::Cancelled => html! { path d="M3.5 3.5l9 9M12.5 3.5l-9 9" {} },
    };
    html! {
        svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" { (shape) }
    }
}

/// How many have which status: a bar to see, and the numbers to read.
pub(super) fn distribution(facts: Facts<'_>, counts: &[(Status, usize)]) -> Result<Markup, Error> {
    let total: usize = counts.iter().map(|(_, many)| many).sum();
    let mut legend = Vec::new();
    let mut bars = Vec::new();
    let mut from = 0;
    for (status_, many) in counts {
        legend.push((status(facts, *status_)?, *many));
        bars.push((group(*status_), from, *many));
        from += many;
    }
    Ok(html! {
        div.distribution {
            svg.bar viewBox={ "0 0 " (total.max(1)) " 1" } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                @for (group, from, many) in &bars {
                    rect class=(group) x=(from) y="0" width=(many) height="1" {}
                }
            }
            ul.legend {
                @for (status, many) in &legend { li { (status) " " strong { (many) } } }
            }
        }
    })
}

/// Why something does not stand in the document as it is shown, or who added it.
pub(super) fn chip(facts: Facts<'_>, layer: Layer) -> Markup {
    let (sv, en) = match layer {
        Layer::Stated => return html! {},
        Layer::Interpreted => ("tolkat", "interpreted"),
        Layer::Editorial => ("tillagt", "added"),
        Layer::Suggested => ("förslag", "suggestion"),
    };
    html! { span class={ "chip " (layer.key()) } { (facts.pick(sv, en)) } }
}

/// Links to the values of a property of a plan, each with the sign of its layer.
pub(super) fn linked(facts: Facts<'_>, values: &Values<Iri>) -> Result<Vec<Markup>, Error> {
    values
        .public()
        .map(|layered| {
            let link = facts.link(layered.value.as_str())?;
            Ok(html! { (link) " " (chip(facts, layered.layer)) })
        })
        .collect()
}

/// Facts, each a name and its values; those without values are left out.
pub(super) fn rows<N: AsRef<str>>(rows: &[(N, Vec<Markup>)]) -> Markup {
    html! {
        @if rows.iter().any(|(_, values)| !values.is_empty()) {
            dl.facts {
                @for (name, values) in rows.iter().filter(|(_, values)| !values.is_empty()) {
                    div {
                        dt { (name.as_ref()) }
                        dd { ul.who { @for value in values { li { (value) } } } }
                    }
                }
            }
        }
    }
}

/// The remarks of those who structured the data, in the language of the page.
pub(super) fn remarks<'t>(facts: Facts<'_>, notes: &'t Values<Text>) -> Vec<&'t Text> {
    let own = |language: &str| -> Vec<&'t Text> {
        notes
            .iter()
            .filter(|text| text.language == language)
            .collect()
    };
    let found = own(facts.language.tag());
    if found.is_empty() { own("sv") } else { found }
}

/// A text of the document, with its paragraphs and lists as they stand.
pub(super) fn text(facts: Facts<'_>, text: &Text) -> Markup {
    let lang = facts.lang(text);
    html! { div.verbatim lang=[lang] { (blocks(&text.text)) } }
}

/// A block of a text.
#[derive(Debug, PartialEq, Eq)]
enum Block<'a> {
    Paragraph(Vec<&'a str>),
    Bullets(Vec<&'a str>),
    Numbers(Vec<&'a str>),
}

fn blocks(text: &str) -> Markup {
    html! {
        @for block in split(text) {
            @match block {
                Block::Paragraph(lines) => p {
                    @for (index, line) in lines.iter().enumerate() {
                        @if index > 0 { br; }
                        (words(line))
                    }
                },
                Block::Bullets(items) => ul { @for item in &items { li { (words(item)) } } },
                Block::Numbers(items) => ol { @for item in &items { li { (words(item)) } } },
            }
        }
    }
}

/// The paragraphs and lists of a text: an empty line, a bullet or a number begins one.
fn split(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut fresh = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            fresh = true;
            continue;
        }
        let bullet = ["• ", "- ", "– "]
            .iter()
            .find_map(|mark| line.strip_prefix(mark));
        let number = numbered(line, &blocks, fresh);
        match (bullet, number, blocks.last_mut()) {
            (Some(item), _, Some(Block::Bullets(items))) => items.push(item),
            (Some(item), _, _) => blocks.push(Block::Bullets(vec![item])),
            (_, Some(item), Some(Block::Numbers(items))) => items.push(item),
            (_, Some(item), _) => blocks.push(Block::Numbers(vec![item])),
            (_, _, Some(Block::Paragraph(lines))) if !fresh => lines.push(line),
            _ => blocks.push(Block::Paragraph(vec![line])),
        }
        fresh = false;
    }
    blocks
}

/// The item of a numbered line, where the number is the next one of its list: another number
/// belongs to the text, and must be shown as it stands.
fn numbered<'a>(line: &'a str, blocks: &[Block<'_>], fresh: bool) -> Option<&'a str> {
    let (number, item) = line.split_once(". ")?;
    let number: usize = number.parse().ok()?;
    let expected = match blocks.last() {
        Some(Block::Numbers(items)) if !fresh => items.len() + 1,
        _ => 1,
    };
    (number == expected).then_some(item)
}

/// The words of a line, with web addresses as links.
pub(super) fn words(line: &str) -> Markup {
    html! {
        @for (index, word) in line.split(' ').enumerate() {
            @if index > 0 { " " }
            @match address(word) {
                Some((before, address, after)) => { (before) a href=(address) { (address) } (after) }
                None => (word),
            }
        }
    }
}

/// A web address in a word, with what stands before and after it.
fn address(word: &str) -> Option<(&str, &str, &str)> {
    let start = word.find("https://").or_else(|| word.find("http://"))?;
    let (before, rest) = word.split_at(start);
    let end = rest
        .trim_end_matches(['.', ',', ';', ':', ')', '>', '”', '"'])
        .len();
    let (address, after) = rest.split_at(end);
    Some((before, address, after))
}

/// Where a passage stands in its source, as a link to the lines there.
pub(super) fn lines(facts: Facts<'_>, source: Option<&str>, ranges: &Values<LineRange>) -> Markup {
    let ranges: Vec<&LineRange> = ranges.iter().collect();
    if ranges.is_empty() {
        return html! {};
    }
    html! {
        span.lines {
            (facts.pick("rad ", "lines "))
            @for (index, range) in ranges.iter().enumerate() {
                @if index > 0 { ", " }
                @let shown = if range.first == range.last {
                    range.first.to_string()
                } else {
                    format!("{}–{}", range.first, range.last)
                };
                @match source {
                    Some(source) => a href={ (source) "#L" (range.first) } { (shown) },
                    None => (shown),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_paragraphs_and_lists() {
        assert_eq!(
            split("Ett.\nTvå.\n\nTre:\n• a\n• b\n1. c\n2. d\n4. e"),
            [
                Block::Paragraph(vec!["Ett.", "Två."]),
                Block::Paragraph(vec!["Tre:"]),
                Block::Bullets(vec!["a", "b"]),
                Block::Numbers(vec!["c", "d"]),
                Block::Paragraph(vec!["4. e"]),
            ]
        );
        assert_eq!(split(""), []);
        assert_eq!(
            blocks("Ett.\nTvå.\n• a <b>\n1. c").into_string(),
            "<p>Ett.<br>Två.</p><ul><li>a &lt;b&gt;</li></ul><ol><li>c</li></ol>"
        );
    }

    #[test]
    fn an_address_in_a_text_is_a_link() {
        assert_eq!(
            address("<https://example.org/a>."),
            Some(("<", "https://example.org/a", ">."))
        );
        assert_eq!(address("example.org"), None);
        let html = words("se https://example.org/?a=b&c, här").into_string();
        assert_eq!(
            html,
            "se <a href=\"https://example.org/?a=b&amp;c\">https://example.org/?a=b&amp;c</a>, här"
        );
    }
}
