//! A workbook that was filled in from nothing, as the document of its plan.

use std::collections::BTreeMap;

use super::columns::Part;
use super::remarks;
use super::{Row, Workbook};
use crate::import::document::{Document, Format};
use crate::import::mask;
use crate::import::{Block, Passage, Remark};
use crate::model::LineRange;

/// A workbook read as a document.
#[derive(Debug)]
pub struct Filled {
    /// Its text and where it comes from. It has no blocks: what the rows say is read from them.
    pub document: Document,
    /// The rows, without the names and addresses of persons.
    pub workbook: Workbook,
    /// The lines of the text that each row stands on.
    pub lines: BTreeMap<(Part, usize), LineRange>,
    /// Where persons stood.
    pub remarks: Vec<Remark>,
}

/// The document that the rows without an address are: each row with its cells on lines of their
/// own. `name` and `sha256` are those of the file.
pub fn filled(workbook: &Workbook, name: &str, format: Format, sha256: &str) -> Filled {
    let mut text = Text::default();
    for (part, row) in new_rows(workbook) {
        text.row(part, row);
    }
    let document = Document {
        name: name.to_owned(),
        format,
        sha256: sha256.to_owned(),
        title: None,
        source: text.source,
        blocks: text.cells,
    };
    let (mut document, mut remarks) = mask::persons(document);
    for remark in &mut remarks {
        remarks::in_row(remark, &text.lines);
    }
    let cells = std::mem::take(&mut document.blocks);
    Filled {
        workbook: with_cells(workbook.clone(), cells),
        document,
        lines: text.lines,
        remarks,
    }
}

fn new_rows(workbook: &Workbook) -> impl Iterator<Item = (Part, &Row)> {
    let sheets = workbook.sheets.iter();
    let rows = sheets.flat_map(|(part, rows)| rows.iter().map(|row| (*part, row)));
    rows.filter(|(_, row)| row.is_new())
}

/// The text of rows as it comes to be.
#[derive(Default)]
struct Text {
    source: String,
    /// How many lines that is.
    count: u32,
    /// Every cell for itself, in the order of the rows.
    cells: Vec<Block>,
    lines: BTreeMap<(Part, usize), LineRange>,
}

impl Text {
    fn row(&mut self, part: Part, row: &Row) {
        let first = self.count + 1;
        self.line(&format!("{}, rad {}", part.name(), row.number));
        for (column, cell) in &row.cells {
            self.cells.push(Block::Paragraph(Passage {
                text: cell.clone(),
                ..Passage::default()
            }));
            if !cell.is_empty() {
                self.line(&format!("{}: {cell}", column.words().sv));
            }
        }
        let last = self.count;
        self.lines
            .insert((part, row.number), LineRange { first, last });
        self.line("");
    }

    fn line(&mut self, text: &str) {
        self.source.push_str(text);
        self.source.push('\n');
        let lines = text.matches('\n').count() + 1;
        self.count = self
            .count
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }
}

/// The workbook with other texts in the cells of its new rows, in the same order.
fn with_cells(mut workbook: Workbook, cells: Vec<Block>) -> Workbook {
    let mut cells = cells.into_iter();
    let rows = workbook.sheets.values_mut().flatten();
    for row in rows.filter(|row| row.is_new()) {
        for cell in row.cells.values_mut() {
            if let Some(Block::Paragraph(passage)) = cells.next() {
                *cell = passage.text;
            }
        }
    }
    workbook
}
