//! A table as an Excel workbook (Office Open XML, ISO/IEC 29500).

use std::io::{self, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::Sink;
use super::column::Column;

/// How many characters a cell can hold (Excel's limit is 32 767 UTF-16 units), less what says
/// that there are more.
const LONGEST: usize = 32_000;

/// What stands at the end of a text that a cell cannot hold.
const CUT: &str = " […] (hela texten finns i CSV / the CSV has the whole text)";

/// How wide a column is, in characters.
const WIDTH: f64 = 24.0;

/// Where the rows of a workbook wait until it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// In memory.
    InMemory,
    /// In a temporary file.
    OnDisk,
}

/// A workbook in the making.
pub(super) struct Book {
    file: Workbook,
    rows: Rows,
    sheet: Option<Worksheet>,
}

/// The sheet that holds the rows.
pub(super) struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    line: u32,
}

impl Book {
    pub(super) fn new(rows: Rows) -> io::Result<Self> {
        let mut file = Workbook::new();
        // The day of writing would make every download another file.
        let day = ExcelDateTime::from_ymd(2026, 1, 1).map_err(wrong)?;
        file.set_properties(&DocProperties::new().set_creation_datetime(&day));
        Ok(Self {
            file,
            rows,
            sheet: None,
        })
    }

    /// The sheet for the rows.
    pub(super) fn sheet(&mut self, columns: &[&Column]) -> io::Result<Sheet<'_>> {
        let mut sheet = match self.rows {
            Rows::InMemory => Worksheet::new(),
            Rows::OnDisk => self
                .file
                .new_worksheet_with_constant_memory()
                .map_err(wrong)?,
        };
        sheet.set_name("Data").map_err(wrong)?;
        for at in (0_u16..).take(columns.len()) {
            sheet.set_column_width(at, WIDTH).map_err(wrong)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(wrong)?;
        let sheet = self.sheet.insert(sheet);
        Ok(Sheet { sheet, line: 0 })
    }

    /// Adds the sheet that says what the columns mean.
    pub(super) fn explain(&mut self, columns: &[&Column]) -> io::Result<()> {
        if let Some(rows) = self.sheet.take() {
            self.file.push_worksheet(rows);
        }
        let sheet = self.file.add_worksheet();
        sheet.set_name("Kolumner – Columns").map_err(wrong)?;
        let head = ["Column", "Titel", "Title", "Betydelse", "Meaning"];
        let of = |column: &&Column| {
            let ([sv, en], [what_sv, what_en]) = (column.titles, column.description);
            [column.name, sv, en, what_sv, what_en]
        };
        let rows = std::iter::once(head).chain(columns.iter().map(of));
        let wrapped = Format::new().set_text_wrap();
        for (line, cells) in (0_u32..).zip(rows) {
            for (at, cell) in (0_u16..).zip(cells) {
                sheet
                    .write_string_with_format(line, at, cell, &wrapped)
                    .map_err(wrong)?;
            }
        }
        for (at, width) in (0_u16..).zip([22.0, 24.0, 24.0, 70.0, 70.0]) {
            sheet.set_column_width(at, width).map_err(wrong)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(wrong)?;
        Ok(())
    }

    pub(super) fn write(mut self, out: impl Write + Seek + Send) -> io::Result<()> {
        self.file.save_to_writer(out).map_err(wrong)
    }
}

impl Sink for Sheet<'_> {
    /// Cells are text, so that what stands in them stays as it is: a spreadsheet would make a day
    /// of "1-2" and lose the zeros of "001".
    fn row(&mut self, cells: &mut dyn Iterator<Item = String>) -> io::Result<()> {
        for (at, cell) in (0_u16..).zip(cells) {
            if !cell.is_empty() {
                self.sheet
                    .write_string(self.line, at, fitting(cell))
                    .map_err(wrong)?;
            }
        }
        self.line += 1;
        Ok(())
    }
}

fn fitting(text: String) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut room = LONGEST;
    let kept: String = text
        .chars()
        .take_while(|c| {
            room = room.saturating_sub(c.len_utf16());
            room > 0
        })
        .collect();
    kept + CUT
}

fn wrong(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_says_that_it_goes_on() {
        assert_eq!(fitting("kort".to_owned()), "kort");
        let long = fitting("å😀".repeat(20_000));
        assert!(long.ends_with(CUT) && long.encode_utf16().count() <= 32_767);
    }
}
