//! Plain lines → headings, paragraphs, lists, tables, footnotes.

mod furniture;
mod heading;
mod paragraph;

use super::document::{Block, Item, Passage, TextLine};
use super::{table, value::footnote};

/// What plain lines hold, and the addresses that stood alone on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The content in reading order.
    pub blocks: Vec<Block>,
    /// Addresses that stood alone on a line, as extraction leaves links of a page behind.
    pub stray_links: Vec<Passage>,
}

/// Reads plain lines: page numbers, running headers and stray links are taken away, then
/// footnotes and tables found, and the rest cut into headings, paragraphs and points.
pub fn outline(lines: &[TextLine]) -> Outline {
    let (lines, stray_links) = furniture::remove(lines);
    let footnotes = footnote::find(&lines);
    let taken: std::collections::BTreeSet<usize> = footnotes
        .iter()
        .flat_map(|found| found.lines.iter().copied())
        .collect();
    let lines: Vec<TextLine> = lines
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !taken.contains(at))
        .map(|(_, line)| line)
        .collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    for found in table::find(&lines) {
        blocks.extend(prose(&lines[at..found.lines.start], true));
        blocks.push(Block::Table(found.table));
        at = found.lines.end;
    }
    blocks.extend(prose(&lines[at..], false));
    blocks.extend(
        footnotes
            .into_iter()
            .map(|found| Block::Footnote(found.footnote)),
    );
    Outline {
        blocks,
        stray_links,
    }
}

/// Lines without tables and footnotes; whether a table follows them.
fn prose(lines: &[TextLine], table_follows: bool) -> Vec<Block> {
    let spacing = paragraph::Spacing::of(lines, table_follows);
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].is_blank() {
            at += 1;
        } else if let Some(heading) = heading::read(lines, at, spacing) {
            blocks.push(Block::Heading(heading));
            at += 1;
        } else if let Some((depth, number, text)) = point(&lines[at].text) {
            let end = paragraph::end_of_point(lines, at, spacing);
            let mut passage = Passage::new(lines[at].number, text);
            for line in lines[at + 1..end].iter().filter(|line| !line.is_blank()) {
                passage.flow(Passage::new(line.number, &line.text));
            }
            blocks.push(Block::Item(Item {
                depth,
                number,
                text: passage,
            }));
            at = end;
        } else {
            let end = paragraph::end(lines, at, spacing);
            let mut passage = Passage::default();
            for line in lines[at..end].iter().filter(|line| !line.is_blank()) {
                passage.flow(Passage::new(line.number, &line.text));
            }
            blocks.push(Block::Paragraph(passage));
            at = end;
        }
    }
    blocks
}

/// The depth, number and words of a bullet or numbered point; `None` for any other line.
pub(crate) fn point(line: &str) -> Option<(u8, Option<String>, &str)> {
    const BULLETS: [char; 14] = [
        '-', '•', '–', '*', '▪', '◦', '●', '·', 'o', '‣', '○',
        // What the symbol fonts of word processors have for bullets.
        '\u{f0b7}', '\u{f0a7}', '\u{f0d8}',
    ];
    let indent = line.len() - line.trim_start().len();
    let depth = u8::try_from(line[..indent].chars().count()).unwrap_or(u8::MAX);
    let text = line.trim();
    let first = text.chars().next()?;
    if BULLETS.contains(&first) {
        let rest = &text[first.len_utf8()..];
        // An "o" alone is what extraction makes of a hollow bullet.
        let words = rest.trim_start();
        let spaced = rest.starts_with([' ', '\t']);
        return (spaced && !words.is_empty()).then_some((depth, None, words));
    }
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let rest = &text[digits..];
    let after = rest.strip_prefix(['.', ')'])?;
    let words = after.trim_start();
    (digits > 0 && digits <= 2 && after.starts_with([' ', '\t']) && !words.is_empty())
        .then(|| (depth, Some(text[..digits].to_owned()), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn lines(text: &str) -> Vec<TextLine> {
        TextLine::of(text)
    }

    fn shown(text: &str) -> Vec<String> {
        outline(&lines(text))
            .blocks
            .iter()
            .map(|block| match block {
                Block::Heading(heading) => format!(
                    "H{} {}|{}",
                    heading.level,
                    heading.number.as_deref().unwrap_or("-"),
                    heading.text.text
                ),
                Block::Paragraph(text) => format!("P {}", text.text),
                Block::Item(item) => format!(
                    "I{} {}|{}",
                    item.depth,
                    item.number.as_deref().unwrap_or("-"),
                    item.text.text
                ),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn numbered_headings_are_told_from_numbered_points() {
        assert_eq!(
            shown(
                "1. Inledning\n\nPlanen är årlig.\n\n1. Ett första angreppssätt\n2. Ett andra\n\n3.1 Delaktighet\n\nText."
            ),
            [
                "H1 1|Inledning",
                "P Planen är årlig.",
                "I0 1|Ett första angreppssätt",
                "I0 2|Ett andra",
                "H2 3.1|Delaktighet",
                "P Text.",
            ]
        );
    }

    #[test]
    fn double_spaced_text_is_paragraphs() {
        let text = "Bakgrund \nAvsikten med en agenda för länet är att få till stånd ett sammanhållet arbete \n\ninom länet och ta tillvara den potential och de möjligheter som finns, då vi ska \n\nmöta dem.  \n\nHandlingsplanen utgår från strategin som fullmäktige har beslutat om för hela länet \n\noch dess invånare. \nUppföljning \nPlanen följs upp. ";
        assert_eq!(
            shown(text),
            [
                "H1 -|Bakgrund",
                "P Avsikten med en agenda för länet är att få till stånd ett sammanhållet arbete inom länet och ta tillvara den potential och de möjligheter som finns, då vi ska möta dem.",
                "P Handlingsplanen utgår från strategin som fullmäktige har beslutat om för hela länet och dess invånare.",
                "H1 -|Uppföljning",
                "P Planen följs upp.",
            ]
        );
    }

    #[test]
    fn points_nest_and_go_on_over_lines() {
        assert_eq!(
            shown("- Ordna mötesplatser\n  för alla.\n - Prioritera forum.\n- Dra lärdomar."),
            [
                "I0 -|Ordna mötesplatser för alla.",
                "I1 -|Prioritera forum.",
                "I0 -|Dra lärdomar.",
            ]
        );
    }
}
