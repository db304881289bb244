//! How large a sheet of an `OpenDocument` file becomes when what it repeats is written out.

use quick_xml::events::BytesStart;

use super::super::xml::{Token, attribute, walk};
use super::super::{FILE_LIMIT, Refusal};
use super::CELL_LIMIT;

/// The most columns that a row may have up to its last cell with something in it.
const COLUMN_LIMIT: usize = 4096;

/// The most spaces that may be written as a number.
const SPACE_LIMIT: usize = 1000;

/// What was counted so far.
#[derive(Default)]
struct Size {
    /// How often the row is repeated.
    repeated: usize,
    /// The columns of the row so far.
    columns: usize,
    /// The columns of the row up to the last one that is used.
    used: usize,
    /// How often the cell is repeated.
    copies: usize,
    /// The rows up to the last one that is used.
    rows: usize,
    /// The rows after those.
    trailing: usize,
    /// The most columns of a row.
    width: usize,
    /// The bytes of text in all cells.
    text: usize,
}

/// Checks that no sheet is larger than a plan, before it is written out.
///
/// # Errors
/// A damaged part, or more than a plan holds.
pub(super) fn check(part: &str) -> Result<(), Refusal> {
    let mut size = Size::default();
    walk(part, |token| size.take(token))
}

impl Size {
    fn take(&mut self, token: Token<'_>) -> Result<(), Refusal> {
        match token {
            Token::Open("table-row", tag) => {
                self.repeated = count(tag, "number-rows-repeated")?;
                (self.columns, self.used) = (0, 0);
            }
            Token::Open("table-cell" | "covered-table-cell", tag) => {
                self.copies = count(tag, "number-columns-repeated")?;
                self.columns = self.columns.saturating_add(self.copies);
                let attributes = tag.attributes_raw();
                if attributes.contains("value") {
                    self.used = self.columns;
                    self.add(attributes.len());
                }
            }
            Token::Open("s", tag) if count(tag, "c")? > SPACE_LIMIT => {
                return Err(Refusal::too_large());
            }
            Token::Open("p", _) => self.used = self.columns,
            Token::Text(text) => self.add(text.len()),
            Token::Close("table-row") => {
                self.trailing = self.trailing.saturating_add(self.repeated);
                if self.used > 0 {
                    let rows = std::mem::take(&mut self.trailing);
                    self.rows = self.rows.saturating_add(rows);
                    self.width = self.width.max(self.used);
                }
                (self.repeated, self.copies) = (0, 0);
            }
            Token::Close("table") => self.trailing = 0,
            _ => {}
        }
        let cells = self.rows.saturating_mul(self.width);
        if self.width > COLUMN_LIMIT || cells > CELL_LIMIT || self.text as u64 > FILE_LIMIT {
            return Err(Refusal::too_large());
        }
        Ok(())
    }

    /// Adds text of the cell, as often as it is repeated.
    fn add(&mut self, length: usize) {
        let copies = self.copies.saturating_mul(self.repeated);
        self.text = self.text.saturating_add(length.saturating_mul(copies));
    }
}

/// How often something is repeated.
fn count(tag: &BytesStart<'_>, name: &str) -> Result<usize, Refusal> {
    attribute(tag, name).map_or(Ok(1), |count| {
        count.parse().map_err(|_| Refusal::damaged("ODS"))
    })
}
