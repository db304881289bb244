//! A document as its parts: a heading and what stands under it.

use super::draft::Section;
use super::place::Source;
use crate::import::document::{Block, Heading, Passage};

/// A heading and what stands under it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The heading; none for what stands before the first.
    pub(super) heading: Option<Heading>,
    /// The blocks under it.
    pub(super) body: Vec<Block>,
}

/// Cuts blocks at their headings.
pub(super) fn split(blocks: Vec<Block>) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    for block in blocks {
        match (block, parts.last_mut()) {
            (Block::Heading(heading), _) => parts.push(Part {
                heading: Some(heading),
                body: Vec::new(),
            }),
            (block, Some(part)) => part.body.push(block),
            (_, None) => {}
        }
    }
    parts.retain(|part| part.heading.is_some() || !part.body.is_empty());
    parts
}

/// Whether the heading of a part begins with one of these words.
pub(super) fn begins(part: &Part, words: &[&str]) -> bool {
    part.heading.as_ref().is_some_and(|heading| {
        let text = heading.text.text.to_lowercase();
        words.iter().any(|word| text.starts_with(word))
    })
}

/// A part as a passage kept whole: its points with the bullets they have in the source, after a
/// blank line where there is one.
pub(super) fn section(part: &Part, source: &Source<'_>) -> Section {
    let blank = |number: u32| source.line(number + 1).trim().is_empty();
    // Where blank lines stand within paragraphs too, they set nothing apart.
    let double = part.body.iter().any(|block| {
        matches!(block, Block::Paragraph(passage)
            if passage.lines.windows(2).any(|pair| (pair[0]..pair[1] - 1).any(blank)))
    });
    let mut text = Passage::default();
    for block in &part.body {
        match block {
            Block::Paragraph(passage) => {
                let apart = passage
                    .line()
                    .is_none_or(|first| first < 2 || blank(first - 2) || text.is_empty());
                // A line that ends in a colon and the next belong together.
                let separator = if apart || !text.text.ends_with(':') {
                    "\n\n"
                } else {
                    "\n"
                };
                text.append(separator, passage.clone());
            }
            Block::Item(item) => {
                let first = item.text.line().unwrap_or_default();
                let own = source.line(first.max(1)).trim().chars().next();
                let bullet = own.filter(|c| !c.is_alphanumeric()).unwrap_or('-');
                let mark = item
                    .number
                    .as_ref()
                    .map_or_else(|| format!("{bullet} "), |number| format!("{number}. "));
                let mut point = Passage {
                    text: mark,
                    ..Passage::default()
                };
                point.append("", item.text.clone());
                let apart = first >= 2 && blank(first - 2) && !double;
                text.append(if apart { "\n\n" } else { "\n" }, point);
            }
            _ => {}
        }
    }
    let heading = part.heading.clone().unwrap_or_default();
    Section {
        number: heading.number,
        title: heading.text,
        text,
        level: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::TextLine;
    use crate::import::outline::outline;

    fn text(source: &str) -> String {
        let body = outline(&TextLine::of(source)).blocks;
        section(
            &Part {
                heading: None,
                body,
            },
            &Source::new(source),
        )
        .text
        .text
    }

    #[test]
    fn points_stand_apart_where_the_source_sets_them_apart() {
        assert_eq!(
            text("Målen är:\n\n- Ett\n- Två"),
            "Målen är:\n\n- Ett\n- Två"
        );
        let double = "Planen är gjord för alla som bor och verkar i länet och utgår från det som\n\nhar beslutats om för alla kommuner och för regionen, och den gäller i länet.\n\nFrån och med nästa år är aktiviteterna ordnade efter målen i den regionala\n\nutvecklingsstrategin:\n\n• Ett\n\n• Två";
        assert_eq!(
            text(double),
            "Planen är gjord för alla som bor och verkar i länet och utgår från det som har beslutats om för alla kommuner och för regionen, och den gäller i länet.\n\nFrån och med nästa år är aktiviteterna ordnade efter målen i den regionala utvecklingsstrategin:\n• Ett\n• Två"
        );
    }
}
