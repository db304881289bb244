//! Markdown: headings, paragraphs, items, tables, links and footnotes.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::super::document::{Block, Cell, Footnote, Heading, Item, Passage, Row, Table};
use super::words::{Words, is_address, numbered, one_line};
use super::{Content, LINE_LIMIT, Refusal};

/// Whether a text is Markdown: it has headings after `#`, or tables of pipes with a ruled line.
/// Bullets and links alone are plain text.
pub(super) fn is_markdown(text: &str) -> bool {
    let mut before = "";
    text.lines().any(|line| {
        let ruled = before.contains('|') && is_rule(line);
        before = line;
        ruled || is_heading(line)
    })
}

fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len()))
        && words.starts_with(' ')
        && words.contains(char::is_alphanumeric)
}

fn is_rule(line: &str) -> bool {
    line.contains("--")
        && line.contains('|')
        && line
            .chars()
            .all(|letter| matches!(letter, '|' | '-' | ':' | ' ' | '\t'))
}

/// Reads Markdown.
///
/// # Errors
/// Too many lines.
pub(super) fn read(source: String) -> Result<Content, Refusal> {
    let ends: Vec<usize> = source.match_indices('\n').map(|(at, _)| at).collect();
    if ends.len() > LINE_LIMIT {
        return Err(Refusal::too_large());
    }
    let mut builder = Builder {
        ends,
        ..Builder::default()
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, at) in Parser::new_ext(&source, options).into_offset_iter() {
        builder.take(event, &at);
    }
    let title = builder.title.take();
    let mut blocks = builder.blocks;
    level(&mut blocks);
    Ok(Content {
        title,
        source,
        blocks,
    })
}

/// The title in front matter (YAML): what stands after its key, without quotes.
fn title(block: &str) -> Option<String> {
    let mut lines = block.lines();
    let title = lines.find_map(|line| line.strip_prefix("title:"))?;
    let title = title.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| title.to_owned())
}

/// Makes the first heading the title where it is the only one of the highest level; the highest
/// level below the title is 1.
fn level(blocks: &mut [Block]) {
    let mut levels = Vec::new();
    for block in blocks.iter() {
        if let Block::Heading(heading) = block {
            levels.push(heading.level);
        }
    }
    let (Some(&first), Some(&top)) = (levels.first(), levels.iter().min()) else {
        return;
    };
    let titled = first == top && !levels[1..].contains(&top);
    let rest = levels
        .iter()
        .filter(|level| !titled || **level != top)
        .min();
    let shift = rest.map_or(0, |rest| rest - 1);
    for block in blocks {
        if let Block::Heading(heading) = block {
            heading.level = if titled && heading.level == top {
                0
            } else {
                heading.level - shift
            };
        }
    }
}

/// A point of a list, with its number if it has one.
#[derive(Debug)]
struct Point(Option<u64>);

/// What the words that come in belong to.
#[derive(Debug, Default)]
struct Builder {
    /// The places of the line feeds of the source.
    ends: Vec<usize>,
    blocks: Vec<Block>,
    words: Words,
    /// The lists that are open, with the number of the next point.
    lists: Vec<Option<u64>>,
    /// The point that the next words begin.
    point: Option<Point>,
    note: Option<(String, Passage)>,
    table: Option<Table>,
    row: Row,
    /// The front matter, while it is open.
    metadata: Option<String>,
    /// The title that the front matter gives.
    title: Option<String>,
    /// Whether the words so far are in bold, from the first.
    begins_bold: bool,
    /// Whether the words so far were, up to the event before.
    bold: bool,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, at: &Range<usize>) {
        let ends_bold = matches!(event, Event::End(TagEnd::Strong)) && self.begins_bold;
        if matches!(event, Event::Start(Tag::Strong)) && self.words.is_empty() {
            self.begins_bold = true;
        } else if !matches!(event, Event::Text(_)) {
            self.begins_bold = false;
        }
        self.event(event, at);
        self.bold = ends_bold;
    }

    fn event(&mut self, event: Event<'_>, at: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text, at),
            // A line in bold is a title; what follows on the next is a paragraph of its own.
            Event::SoftBreak if self.bold => self.words.line_break(),
            Event::SoftBreak => self.words.text(" "),
            Event::HardBreak => self.words.line_break(),
            Event::InlineHtml(tag) if tag.to_lowercase().starts_with("<br") => {
                self.words.line_break();
            }
            Event::FootnoteReference(label) => self.words.mark(label.into_string()),
            _ => {}
        }
    }

    fn text(&mut self, text: &CowStr<'_>, at: &Range<usize>) {
        if let Some(block) = &mut self.metadata {
            block.push_str(text);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.words.line_break();
            }
            self.words.text(line);
        }
        let line = |at: usize| {
            let before = self.ends.partition_point(|end| *end < at);
            u32::try_from(before + 1).unwrap_or(u32::MAX)
        };
        let lines = line(at.start)..=line(at.end.saturating_sub(1).max(at.start));
        self.words.stand_on(lines);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::MetadataBlock(_) => self.metadata = Some(String::new()),
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                let number = self.lists.last_mut().and_then(|next| {
                    let number = *next;
                    *next = next.map(|next| next.saturating_add(1));
                    number
                });
                self.point = Some(Point(number));
            }
            Tag::Link { dest_url, .. } if is_address(&dest_url) => self.words.open_link(&dest_url),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.note = Some((label.into_string(), Passage::default()));
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Table::default());
            }
            Tag::TableHead => self.row.header = true,
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::MetadataBlock(_) => {
                let block = self.metadata.take().unwrap_or_default();
                self.title = title(&block);
            }
            TagEnd::Heading(level) => {
                let (number, text) = numbered(one_line(std::mem::take(&mut self.words).finish()));
                if !text.is_empty() {
                    self.blocks.push(Block::Heading(Heading {
                        level: level as u8,
                        number,
                        text,
                    }));
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.point = None;
            }
            TagEnd::Paragraph | TagEnd::CodeBlock => self.flush(),
            TagEnd::Link => self.words.close_link(),
            TagEnd::FootnoteDefinition => {
                self.flush();
                if let Some((marker, text)) = self.note.take() {
                    self.blocks.push(Block::Footnote(Footnote { marker, text }));
                }
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.words).finish();
                let words = Some(text).filter(|text| !text.is_empty());
                self.row.cells.push(Cell::of(words));
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => self.blocks.extend(self.table.take().map(Block::Table)),
            _ => {}
        }
    }

    /// Makes a block of the words so far.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.words).finish();
        if text.is_empty() {
            return;
        }
        if let Some((_, note)) = &mut self.note {
            note.append("\n\n", text);
        } else if let Some(Point(number)) = self.point.take() {
            self.blocks.push(Block::Item(Item {
                depth: u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX),
                number: number.map(|number| number.to_string()),
                text,
            }));
        } else {
            self.blocks.push(Block::Paragraph(text));
        }
    }
}
