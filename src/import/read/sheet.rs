//! Workbooks (XLSX, ODS): every sheet that is shown → a heading, if there are several, and a
//! table without empty rows and columns.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Dimensions, Ods, OdsError, Reader, Sheet, SheetVisible, Xlsx, XlsxError};

use super::super::document::{Block, Heading, Passage};
use super::lines::Lines;
use super::package::Package;
use super::words::Words;
use super::{Content, FILE_LIMIT, Refusal, xml};

mod grid;
mod size;
mod value;

/// The most cells with something in them that a workbook may have.
const CELL_LIMIT: usize = 1_000_000;

/// The cells of a sheet that have something in them, by row and column.
type Cells = BTreeMap<(u32, u32), String>;

/// A sheet as it was read.
struct Read {
    name: String,
    cells: Cells,
    merges: Vec<Dimensions>,
}

/// Reads an XLSX workbook.
///
/// # Errors
/// A damaged or encrypted workbook, or more than a plan holds.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Content, Refusal> {
    let mut package = Package::open(bytes)?;
    package.check()?;
    let title = title(&mut package, "docProps/core.xml")?;
    let refuse = |error: XlsxError| match error {
        XlsxError::Password => Refusal::encrypted(),
        _ => Refusal::damaged("XLSX"),
    };
    let sheets = guarded("XLSX", || {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(refuse)?;
        let mut sheets = Vec::new();
        let (mut count, mut length) = (0, 0);
        for name in shown(workbook.sheets_metadata()) {
            let mut cells = Cells::new();
            let mut reader = match workbook.worksheet_cells_reader(&name) {
                Ok(reader) => reader,
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(refuse(error)),
            };
            // Cell by cell: the reader's own range of cells is as large as two cells are apart.
            while let Some(cell) = reader.next_cell().map_err(refuse)? {
                if let Some(text) = value::text(&cell.get_value().clone().into()) {
                    count += 1;
                    length += text.len();
                    if count > CELL_LIMIT || length as u64 > FILE_LIMIT {
                        return Err(Refusal::too_large());
                    }
                    cells.insert(cell.get_position(), text);
                }
            }
            drop(reader);
            let merges = workbook.merge_cells_by_sheet_name(&name).map_err(refuse)?;
            sheets.push(Read {
                name,
                cells,
                merges,
            });
        }
        Ok(sheets)
    })?;
    content(title, sheets)
}

/// Reads an ODS workbook.
///
/// # Errors
/// A damaged or encrypted workbook, or more than a plan holds.
pub(super) fn ods(bytes: &[u8]) -> Result<Content, Refusal> {
    let mut package = Package::open(bytes)?;
    package.check()?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Refusal::encrypted());
    }
    let title = title(&mut package, "meta.xml")?;
    size::check(&package.text("content.xml")?.unwrap_or_default())?;
    let refuse = |error: OdsError| match error {
        OdsError::Password => Refusal::encrypted(),
        OdsError::CellLimitExceeded { .. } => Refusal::too_large(),
        _ => Refusal::damaged("ODS"),
    };
    let sheets = guarded("ODS", || {
        let mut workbook = Ods::new(Cursor::new(bytes)).map_err(refuse)?;
        let mut sheets = Vec::new();
        for name in shown(workbook.sheets_metadata()) {
            let range = workbook.worksheet_range(&name).map_err(refuse)?;
            let (row, column) = range.start().unwrap_or_default();
            let mut cells = Cells::new();
            for (down, right, data) in range.used_cells() {
                if let Some(text) = value::text(data) {
                    let shift = |by: usize| u32::try_from(by).unwrap_or(u32::MAX);
                    let place = (
                        row.saturating_add(shift(down)),
                        column.saturating_add(shift(right)),
                    );
                    cells.insert(place, text);
                }
            }
            sheets.push(Read {
                name,
                cells,
                merges: Vec::new(),
            });
        }
        Ok(sheets)
    })?;
    content(title, sheets)
}

/// The title in a part with the properties of a workbook; such a part may be damaged.
fn title(package: &mut Package<'_>, part: &str) -> Result<Option<String>, Refusal> {
    let part = package.text(part)?.unwrap_or_default();
    Ok(xml::title(&part).unwrap_or_default())
}

/// Runs a reader that was not written for what it is given here: a panic is a damaged file.
fn guarded<T>(kind: &str, read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Refusal::damaged(kind)))
}

/// The names of the sheets that are shown: what its author hid is not published.
fn shown(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The blocks and the source text of sheets.
fn content(title: Option<String>, sheets: Vec<Read>) -> Result<Content, Refusal> {
    let mut lines = Lines::default();
    let mut blocks = Vec::new();
    let sheets: Vec<Read> = sheets
        .into_iter()
        .filter(|sheet| !sheet.cells.is_empty())
        .collect();
    let several = sheets.len() > 1;
    for sheet in sheets {
        if several {
            let mut text = passage(&sheet.name);
            lines.write("", &mut text)?;
            blocks.push(Block::Heading(Heading {
                level: 1,
                number: None,
                text,
            }));
        }
        let table = grid::table(sheet.cells, &sheet.merges, &mut lines)?;
        blocks.push(Block::Table(table));
    }
    Ok(Content {
        title,
        source: lines.finish(),
        blocks,
    })
}

/// The words of a cell; line breaks in it are kept.
fn passage(text: &str) -> Passage {
    let mut words = Words::default();
    for line in text.split('\n') {
        words.text(line);
        words.line_break();
    }
    words.finish()
}
