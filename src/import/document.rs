//! A document as its reader gives it: numbered lines, and what the format says of them.

use std::ops::Range;

/// What kind of file a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Portable Document Format, through `pdftotext -layout`.
    Pdf,
    /// Office Open XML text.
    Docx,
    /// Office Open XML workbook.
    Xlsx,
    /// A spreadsheet of the Open Document Format.
    Ods,
    /// Comma-, semicolon- or tab-separated values.
    Csv,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

impl Format {
    /// The media type of such a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv",
            Self::Markdown => "text/markdown",
            Self::Text => "text/plain",
        }
    }
}

/// A document, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name of the file, without folders.
    pub name: String,
    /// What kind of file it is.
    pub format: Format,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// The title that the file carries in its properties, if any.
    pub title: Option<String>,
    /// The text of the document, as it is published: what line numbers count in. For a text
    /// file the file itself, in UTF-8; for other formats what was extracted, with every
    /// paragraph and every table cell on a line of its own.
    pub source: String,
    /// The content in reading order. A format that says nothing about its lines (plain text,
    /// PDF) gives one [`Block::Lines`] with all of them.
    pub blocks: Vec<Block>,
}

/// A line of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// Its number in the source text, from 1.
    pub number: u32,
    /// The page it stands on, from 1; 1 throughout where pages are not known.
    pub page: u32,
    /// The line with its indentation, without line end and form feed.
    pub text: String,
}

impl TextLine {
    /// The lines of a text on one page.
    #[cfg(test)]
    pub(super) fn of(text: &str) -> Vec<Self> {
        (1..)
            .zip(text.lines())
            .map(|(number, text)| Self {
                number,
                page: 1,
                text: text.to_owned(),
            })
            .collect()
    }

    /// Whether nothing stands on the line.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Passage),
    /// A bullet or a numbered point.
    Item(Item),
    /// A table.
    Table(Table),
    /// The text of a footnote.
    Footnote(Footnote),
    /// Lines of which the format says nothing.
    Lines(Vec<TextLine>),
}

impl Block {
    /// The block with every passage in it changed: also those of a table's cells. Lines of which
    /// the format says nothing are no passages.
    #[must_use]
    pub fn map(self, change: &dyn Fn(Passage) -> Passage) -> Self {
        match self {
            Self::Heading(heading) => Self::Heading(Heading {
                text: change(heading.text),
                ..heading
            }),
            Self::Paragraph(passage) => Self::Paragraph(change(passage)),
            Self::Item(item) => Self::Item(Item {
                text: change(item.text),
                ..item
            }),
            Self::Table(table) => Self::Table(table.map(&|block| block.map(change))),
            Self::Footnote(footnote) => Self::Footnote(Footnote {
                text: change(footnote.text),
                ..footnote
            }),
            Self::Lines(lines) => Self::Lines(lines),
        }
    }
}

/// A heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// 0 for the document's title, 1 for the highest level below it.
    pub level: u8,
    /// Its number, without a final period ("3.1").
    pub number: Option<String>,
    /// Its words, without the number.
    pub text: Passage,
}

/// A bullet or a numbered point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// How deep it is nested, from 0.
    pub depth: u8,
    /// Its number, as written without punctuation; none for a bullet.
    pub number: Option<String>,
    /// Its words, without bullet or number.
    pub text: Passage,
}

/// The text of a footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// Its mark.
    pub marker: String,
    /// Its words.
    pub text: Passage,
}

/// Words, and the lines they stand on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The words: white space is one space, paragraphs are two line feeds apart, lines that are
    /// lines of their own (points of a list) one.
    pub text: String,
    /// The numbers of the lines, ascending, each once.
    pub lines: Vec<u32>,
    /// Footnote marks that stood in the text and were taken out.
    pub marks: Vec<Mark>,
    /// Links in the text.
    pub links: Vec<Link>,
}

/// Where a footnote mark stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The byte of the text before which it stood.
    pub at: usize,
    /// The mark.
    pub marker: String,
}

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The bytes of the text that are linked.
    pub at: Range<usize>,
    /// The address it leads to.
    pub address: String,
}

impl Passage {
    /// Words on one line; white space becomes single spaces.
    pub fn new(line: u32, text: &str) -> Self {
        Self {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            lines: vec![line],
            ..Self::default()
        }
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The first line.
    pub fn line(&self) -> Option<u32> {
        self.lines.first().copied()
    }

    /// Goes on in the next line: with a space between, or without where a hyphen broke a word.
    ///
    /// A hyphen at the end of a line is dropped where a lower-case letter follows that is not
    /// the word "och", "eller", "and" or "or" ("nätverks-/forum", but "lednings- och").
    pub fn flow(&mut self, next: Self) {
        let first_word = next.text.split(' ').next().unwrap_or_default();
        let joins = ["och", "eller", "samt", "and", "or"].contains(&first_word);
        let letter_before = |text: &str| {
            let mut back = text.chars().rev();
            back.next() == Some('-') && back.next().is_some_and(char::is_alphabetic)
        };
        // What stands beside it on the same line is another cell.
        let below = self.lines.last() < next.lines.first();
        let broken = below
            && letter_before(&self.text)
            && !joins
            && next.text.chars().next().is_some_and(char::is_lowercase);
        if broken {
            self.text.pop();
            self.append("", next);
        } else if self.text.ends_with('/') || is_range(&self.text, &next.text) {
            self.append("", next);
        } else {
            self.append(" ", next);
        }
    }

    /// Adds more words after a separator.
    pub fn append(&mut self, separator: &str, next: Self) {
        if self.text.is_empty() {
            let lines = std::mem::take(&mut self.lines);
            *self = next;
            self.lines.extend(lines);
            self.lines.sort_unstable();
            self.lines.dedup();
        } else {
            if !next.text.is_empty() {
                self.text.push_str(separator);
            }
            let shift = self.text.len();
            self.text.push_str(&next.text);
            let after = self.lines.last() < next.lines.first();
            self.lines.extend(next.lines);
            if !after {
                self.lines.sort_unstable();
                self.lines.dedup();
            }
            self.marks.extend(next.marks.into_iter().map(|mark| Mark {
                at: mark.at + shift,
                ..mark
            }));
            self.links.extend(next.links.into_iter().map(|link| Link {
                at: link.at.start + shift..link.at.end + shift,
                ..link
            }));
        }
    }
}

/// Whether a dash at the end of a line joins what stands on both sides of it: two numbers or
/// two words without space before the dash ("2024–" "2026", "Start–" "slut").
fn is_range(line: &str, next: &str) -> bool {
    let mut back = line.chars().rev();
    let dash = back.next();
    let before = back.next();
    let after = next.chars().next();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    match dash {
        Some('-' | '–') if digit(before) => digit(after),
        Some('–') => letter(before) && after.is_some_and(char::is_lowercase),
        _ => false,
    }
}

/// A table, row by row as it stands, headers and all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// The table with every block of every cell changed.
    #[must_use]
    pub fn map(self, change: &dyn Fn(Block) -> Block) -> Self {
        let cell = |cell: Cell| Cell {
            content: cell.content.into_iter().map(change).collect(),
            ..cell
        };
        let row = |row: Row| Row {
            cells: row.cells.into_iter().map(cell).collect(),
            ..row
        };
        Self {
            rows: self.rows.into_iter().map(row).collect(),
        }
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The cells, from the left.
    pub cells: Vec<Cell>,
    /// Whether the format says that it is a header.
    pub header: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Paragraphs and items.
    pub content: Vec<Block>,
    /// How many columns it spans, from 1.
    pub span: usize,
    /// Whether it only goes on the cell above it.
    pub merged: bool,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            content: Vec::new(),
            span: 1,
            merged: false,
        }
    }
}

impl Cell {
    /// A cell of paragraphs.
    pub fn of(paragraphs: impl IntoIterator<Item = Passage>) -> Self {
        let content = paragraphs.into_iter().map(Block::Paragraph).collect();
        Self {
            content,
            ..Self::default()
        }
    }

    /// All its words as one passage: paragraphs two line feeds apart, items one, with a number
    /// as written or "•" before them.
    pub fn text(&self) -> Passage {
        let mut all = Passage::default();
        for block in &self.content {
            match block {
                Block::Paragraph(passage) => all.append("\n\n", passage.clone()),
                Block::Item(item) => {
                    let mark = match &item.number {
                        Some(number) => format!("{number}. "),
                        None => "• ".to_owned(),
                    };
                    let mut point = Passage {
                        text: mark,
                        ..Passage::default()
                    };
                    point.append("", item.text.clone());
                    all.append("\n", point);
                }
                _ => {}
            }
        }
        all
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flowed(lines: &[&str]) -> String {
        let mut all = Passage::default();
        for (number, line) in (1..).zip(lines) {
            all.flow(Passage::new(number, line));
        }
        all.text
    }

    #[test]
    fn a_word_broken_over_lines_is_whole_again() {
        assert_eq!(flowed(&["nätverks-", "träffar med"]), "nätverksträffar med");
        assert_eq!(flowed(&["lednings-", "och stöd"]), "lednings- och stöd");
        assert_eq!(flowed(&["2018 -", "2021"]), "2018 - 2021");
        assert_eq!(flowed(&["IT-", "Strategi"]), "IT- Strategi");
        assert_eq!(flowed(&["2025–", "2028"]), "2025–2028");
        assert_eq!(flowed(&["2025–", "Löpande"]), "2025– Löpande");
    }

    #[test]
    fn a_hyphen_before_the_next_cell_of_a_line_breaks_no_word() {
        let mut all = Passage::new(1, "nätverks-");
        all.flow(Passage::new(1, "ord"));
        assert_eq!(all.text, "nätverks- ord");
    }

    #[test]
    fn marks_and_links_move_with_their_words() {
        let mut all = Passage::new(1, "ett");
        all.flow(Passage {
            text: "två".to_owned(),
            lines: vec![2],
            marks: vec![Mark {
                at: 4,
                marker: "1".to_owned(),
            }],
            links: vec![Link {
                at: 0..4,
                address: "https://example.org/".to_owned(),
            }],
        });
        assert_eq!(all.marks[0].at, 8);
        assert_eq!(&all.text[all.links[0].at.clone()], "två");
    }
}
