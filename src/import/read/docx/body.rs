//! The body of a document: tags and texts → blocks.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::super::document::{Block, Cell, Heading, Item, Passage, Row, Table};
use super::super::Refusal;
use super::super::lines::Lines;
use super::super::words::{Words, is_address, numbered, one_line};
use super::super::xml::{Token, attribute, number, on, walk};
use super::numbering::Numbering;
use super::styles::{Style, Styles, outline};

/// The most columns that Word lets a cell span.
const SPAN_LIMIT: usize = 63;

/// A reference to a note, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Note {
    /// At the foot of the page.
    Footnote(String),
    /// At the end of the document.
    Endnote(String),
}

/// Reads parts that hold paragraphs, one after another, into one source text.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    lines: Lines,
    references: Vec<Note>,
    marks: HashMap<Note, String>,
}

impl<'a> Body<'a> {
    /// A reader that has read nothing.
    pub(super) fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            lines: Lines::default(),
            references: Vec::new(),
            marks: HashMap::new(),
        }
    }

    /// The blocks of `document.xml`; `links` are the addresses by id.
    pub(super) fn read(
        &mut self,
        part: &str,
        links: HashMap<String, String>,
    ) -> Result<Vec<Block>, Refusal> {
        let mut walker = Walker::new(self, links, true);
        walk(part, |token| walker.take(token))?;
        Ok(walker.blocks)
    }

    /// The texts of `footnotes.xml` or `endnotes.xml`, by id; they are not yet in the source.
    pub(super) fn read_notes(
        &mut self,
        part: &str,
        links: HashMap<String, String>,
    ) -> Result<HashMap<String, Passage>, Refusal> {
        let mut walker = Walker::new(self, links, false);
        let mut notes = HashMap::new();
        let mut open: Option<String> = None;
        walk(part, |token| {
            match &token {
                Token::Open("footnote" | "endnote", tag) => open = attribute(tag, "id"),
                Token::Close("footnote" | "endnote") => {
                    let mut text = Passage::default();
                    for block in std::mem::take(&mut walker.blocks) {
                        if let Block::Paragraph(passage) = block {
                            text.append(" ", passage);
                        }
                    }
                    notes.extend(open.take().map(|id| (id, text)));
                }
                _ => {}
            }
            walker.take(token)
        })?;
        Ok(notes)
    }

    /// The mark of a note, which is the same wherever it is referred to.
    fn mark(&mut self, note: Note) -> String {
        let next = self.references.len() + 1;
        let references = &mut self.references;
        let mark = self.marks.entry(note).or_insert_with_key(|note| {
            references.push(note.clone());
            next.to_string()
        });
        mark.clone()
    }

    /// The notes that are referred to, in the order of the document.
    pub(super) fn references(&self) -> Vec<Note> {
        self.references.clone()
    }

    /// The source text so far.
    pub(super) fn lines(self) -> Lines {
        self.lines
    }
}

/// A paragraph in the making.
#[derive(Default)]
struct Paragraph {
    words: Words,
    /// The instruction of a field that began, until its words begin.
    field: Option<String>,
    style: Style,
    own: Style,
}

/// A table in the making.
#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Row,
    cell: Cell,
    dropped: bool,
}

/// What text that comes in is.
#[derive(Clone, Copy)]
enum Text {
    /// Words of the paragraph.
    Words,
    /// The instruction of a field.
    Field,
    /// White space between elements.
    Other,
}

/// Where the reader stands in a part.
struct Walker<'b, 'a> {
    body: &'b mut Body<'a>,
    links: HashMap<String, String>,
    /// Whether what is read is the document itself, not its notes.
    whole: bool,
    blocks: Vec<Block>,
    paragraphs: Vec<Paragraph>,
    table: Option<OpenTable>,
    /// How many tables are open; a table within a table is paragraphs of its cell.
    tables: usize,
    /// How many elements are open whose content is left out.
    hidden: usize,
    text: Text,
    in_row_properties: bool,
}

impl<'b, 'a> Walker<'b, 'a> {
    fn new(body: &'b mut Body<'a>, links: HashMap<String, String>, whole: bool) -> Self {
        Self {
            body,
            links,
            whole,
            blocks: Vec::new(),
            paragraphs: Vec::new(),
            table: None,
            tables: 0,
            hidden: 0,
            text: Text::Other,
            in_row_properties: false,
        }
    }

    fn take(&mut self, token: Token<'_>) -> Result<(), Refusal> {
        match token {
            Token::Open("trPr", _) => self.in_row_properties = true,
            Token::Close("trPr") => self.in_row_properties = false,
            // Within the properties of a row, the same name says that the row is deleted.
            Token::Open("del", _) if self.in_row_properties => {
                if let (Some(table), 1) = (&mut self.table, self.tables) {
                    table.dropped = true;
                }
            }
            Token::Open(name, _) if is_hidden(name) => self.hidden += 1,
            Token::Close(name) if is_hidden(name) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Token::Open(name, tag) => {
                if self.tables == 1 {
                    self.cell_tag(name, tag);
                }
                self.open(name, tag);
            }
            Token::Close(name) => self.close(name)?,
            Token::Text(text) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    match (self.text, &mut paragraph.field) {
                        (Text::Words, _) => paragraph.words.text(text),
                        (Text::Field, Some(field)) => field.push_str(text),
                        _ => {}
                    }
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "p" => {
                self.paragraphs.push(Paragraph::default());
                return;
            }
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.table = Some(OpenTable::default());
                }
                return;
            }
            "t" => self.text = Text::Words,
            "instrText" => self.text = Text::Field,
            _ => {}
        }
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let words = &mut paragraph.words;
        match name {
            "tab" | "ptab" => words.text(" "),
            "br" | "cr" => words.line_break(),
            "noBreakHyphen" => words.text("-"),
            "pStyle" => {
                let style = attribute(tag, "val").unwrap_or_default();
                paragraph.style = self.body.styles.get(&style);
            }
            "numId" => paragraph.own.list = attribute(tag, "val"),
            "ilvl" => paragraph.own.depth = number(tag),
            "outlineLvl" => paragraph.own.heading = outline(number(tag)),
            "hyperlink" => {
                let id = attribute(tag, "id");
                if let Some(address) = id.and_then(|id| self.links.get(&id)) {
                    words.open_link(address);
                }
            }
            "fldChar" => match attribute(tag, "fldCharType").as_deref() {
                Some("begin") => paragraph.field = Some(String::new()),
                Some("separate") => {
                    let field = paragraph.field.take().unwrap_or_default();
                    if let Some(address) = field_address(&field) {
                        words.open_link(address);
                    }
                }
                _ => words.close_link(),
            },
            "footnoteReference" | "endnoteReference" if self.whole => {
                if let Some(id) = attribute(tag, "id") {
                    let note = if name == "footnoteReference" {
                        Note::Footnote(id)
                    } else {
                        Note::Endnote(id)
                    };
                    words.mark(self.body.mark(note));
                }
            }
            _ => {}
        }
    }

    /// Takes what a tag says of the rows and cells of the outermost table.
    fn cell_tag(&mut self, name: &str, tag: &BytesStart<'_>) {
        let Some(table) = &mut self.table else {
            return;
        };
        let span = || number::<usize>(tag).unwrap_or(1).clamp(1, SPAN_LIMIT);
        match name {
            "tblHeader" => table.row.header = on(tag),
            "gridBefore" if number::<usize>(tag) > Some(0) => table.row.cells.push(Cell {
                span: span(),
                ..Cell::default()
            }),
            "gridSpan" => table.cell.span = span(),
            "vMerge" => {
                table.cell.merged = attribute(tag, "val").is_none_or(|val| val == "continue");
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "t" | "instrText" => self.text = Text::Other,
            "hyperlink" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.words.close_link();
                }
            }
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.end(paragraph)?;
                }
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0
                    && let Some(open) = self.table.take()
                    && !open.table.rows.is_empty()
                {
                    self.blocks.push(Block::Table(open.table));
                }
            }
            "tc" | "tr" if self.tables == 1 => {
                if let Some(open) = &mut self.table {
                    if name == "tc" {
                        open.row.cells.push(std::mem::take(&mut open.cell));
                    } else {
                        let row = std::mem::take(&mut open.row);
                        if !std::mem::take(&mut open.dropped) && !row.cells.is_empty() {
                            open.table.rows.push(row);
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Makes a block of a paragraph that ended.
    fn end(&mut self, paragraph: Paragraph) -> Result<(), Refusal> {
        let Paragraph {
            words, style, own, ..
        } = paragraph;
        if words.is_empty() {
            return Ok(());
        }
        let text = words.finish();
        if !self.whole {
            self.blocks.push(Block::Paragraph(text));
            return Ok(());
        }
        let heading = own.heading.or(style.heading).filter(|_| self.tables == 0);
        let list = own.list.or(style.list).filter(|list| list != "0");
        let depth = own.depth.or(style.depth).unwrap_or(0).min(8);
        let number = list
            .as_deref()
            .map(|list| self.body.numbering.next(list, depth));
        let mut text = if heading.is_some() {
            one_line(text)
        } else {
            text
        };
        let prefix = match &number {
            Some(Some(number)) => format!("{number}. "),
            Some(None) if heading.is_none() => "• ".to_owned(),
            _ => String::new(),
        };
        if self.table.as_ref().is_some_and(|table| table.dropped) {
            return Ok(());
        }
        self.body.lines.write(&prefix, &mut text)?;
        let block = if let Some(level) = heading {
            let (number, text) = match number.flatten() {
                Some(number) => (Some(number), text),
                None => numbered(text),
            };
            Block::Heading(Heading {
                level,
                number,
                text,
            })
        } else if let Some(number) = number {
            Block::Item(Item {
                depth: u8::try_from(depth + style.deeper).unwrap_or(0),
                number,
                text,
            })
        } else {
            Block::Paragraph(text)
        };
        match &mut self.table {
            Some(table) => table.cell.content.push(block),
            None if style.contents => {}
            None => self.blocks.push(block),
        }
        Ok(())
    }
}

/// Whether the content of an element is left out: deleted or moved away, an older way to say the
/// same again, or how something was before it was changed.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "del" | "moveFrom" | "Fallback" | "rPrChange" | "pPrChange" | "tcPrChange" | "trPrChange"
    )
}

/// The address that a field leads to (`HYPERLINK "https://example.org/"`).
fn field_address(field: &str) -> Option<&str> {
    let rest = field.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = rest.strip_prefix('"')?.split('"').next()?;
    is_address(address).then_some(address)
}
