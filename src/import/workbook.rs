//! A plan as the workbook that a region's officer edits, without RDF.
//!
//! ```text
//! Plan ── show ──▶ Workbook ──▶ xlsx, csv
//!                                  │ an officer edits
//! Plan ◀─ patch ── Workbook ◀── xlsx, csv
//! ```
//!
//! A workbook shows only part of a plan, so one that was exported changes that plan. A cell is
//! an edit only where it differs from what the plan would show there now; an untouched workbook
//! changes nothing. A row without an address is a new part. A workbook that was filled in from
//! nothing is a document like any other: its rows are all new, and stand on lines of their own.

mod add;
mod alignments;
mod columns;
mod delimited;
mod edit;
mod filled;
mod follow;
mod labels;
mod origin;
mod patch;
mod period;
mod remarks;
mod show;
mod xlsx;

use std::collections::BTreeMap;

pub use columns::{Column, Part};
pub use filled::{Filled, filled};
pub(in crate::import) use follow::agents as follow_agents;
pub use origin::Origin;
pub use patch::{Organisations, patch};

use crate::model::{Iri, Plan};

/// The cells of a workbook that this program knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// The rows of each sheet there is.
    pub sheets: BTreeMap<Part, Vec<Row>>,
    /// Headers that name no column, with their sheets.
    pub unknown: Vec<(Part, String)>,
}

/// A row below the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet shows it; the header is row 1.
    pub number: usize,
    /// The cells, without the columns that the sheet does not have.
    pub cells: BTreeMap<Column, String>,
}

impl Row {
    /// The text of a cell; empty where the sheet has no such column.
    fn cell(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }

    /// Whether it is about something that has no address yet.
    fn is_new(&self) -> bool {
        self.cell(Column::Iri).is_empty()
    }

    /// The words by which a person finds the row again.
    fn own_words(&self, part: Part) -> &str {
        self.cell(match part {
            Part::Activities => Column::Title,
            Part::Participations => Column::Organisation,
            Part::FollowUps => Column::Text,
            Part::Alignments => Column::AlignedTitle,
        })
    }
}

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A text table cannot be written.
    #[error("the table cannot be written: {0}")]
    Csv(#[from] ::csv::Error),
    /// The bytes are no workbook.
    #[error(
        "this cannot be read as a workbook ({0}). Save it as an Excel workbook (.xlsx) or as CSV, and try again"
    )]
    Unreadable(String),
    /// None of the sheets or files is one of a plan's.
    #[error(
        "none of the sheets is called Aktiviteter, Medverkande, Uppföljningar or Målkopplingar. Start from an exported workbook, and keep the names of its sheets"
    )]
    NoSheets,
}

/// An xlsx workbook of a plan's public values. The same plan gives the same bytes.
///
/// `iri` is the plan's own; `names` gives the name of an organisation, a goal or a framework.
pub fn export_xlsx(
    plan: &Plan,
    iri: &str,
    names: impl Fn(&Iri) -> Option<String>,
) -> Result<Vec<u8>, Error> {
    Ok(xlsx::write(&show::plan(plan, iri, &names))?)
}

/// The same as CSV: the name and the bytes of one file a sheet.
pub fn export_csv(
    plan: &Plan,
    iri: &str,
    names: impl Fn(&Iri) -> Option<String>,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    delimited::write(&show::plan(plan, iri, &names))
}

/// An xlsx workbook without rows, to be filled in.
pub fn blank_xlsx() -> Result<Vec<u8>, Error> {
    Ok(xlsx::write(&show::blank())?)
}

/// Reads an xlsx workbook.
///
/// # Errors
/// Where the bytes are no workbook, or have none of the sheets.
pub fn read_xlsx(bytes: &[u8]) -> Result<Workbook, Error> {
    assemble(xlsx::read(bytes)?)
}

/// Reads CSV files, by name: those that [`export_csv`] gives, or the sheets saved as CSV.
///
/// # Errors
/// Where a file is no table, or none is called after a sheet.
pub fn read_csv(files: &[(String, Vec<u8>)]) -> Result<Workbook, Error> {
    let mut tables = Vec::new();
    for (name, bytes) in files {
        tables.push((name.clone(), delimited::read(bytes)?));
    }
    assemble(tables)
}

/// Rows by sheet, each row with its cells from the left, the first being the header.
type Tables = Vec<(String, Vec<Vec<String>>)>;

/// The workbook in sheets that were read, however they were written down.
fn assemble(tables: Tables) -> Result<Workbook, Error> {
    let mut workbook = Workbook::default();
    for (name, rows) in tables {
        let Some(part) = Part::from_name(&name) else {
            continue;
        };
        let mut rows = rows.into_iter();
        let header = rows.next().unwrap_or_default();
        let columns: Vec<_> = header
            .iter()
            .map(|name| Column::from_name(part, name))
            .collect();
        let unknown = header.iter().zip(&columns);
        let unknown = unknown.filter(|(name, column)| column.is_none() && !name.trim().is_empty());
        workbook
            .unknown
            .extend(unknown.map(|(name, _)| (part, name.clone())));
        let rows = rows.enumerate().map(|(at, cells)| Row {
            number: at + 2,
            cells: row_cells(&columns, cells),
        });
        let filled = rows.filter(|row| row.cells.values().any(|cell| !cell.is_empty()));
        workbook.sheets.entry(part).or_default().extend(filled);
    }
    if workbook.sheets.is_empty() {
        return Err(Error::NoSheets);
    }
    Ok(workbook)
}

/// The cells of a row by column; a row may be shorter than the header.
fn row_cells(columns: &[Option<Column>], mut cells: Vec<String>) -> BTreeMap<Column, String> {
    cells.resize(columns.len(), String::new());
    columns
        .iter()
        .zip(cells)
        .filter_map(|(column, cell)| Some(((*column)?, tidy(&cell))))
        .collect()
}

/// A text as far as cells can keep it: spreadsheets have their own line ends, and spaces at
/// the ends of a cell are seen by nobody.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests;

impl Workbook {
    /// Whether rows have addresses of parts, as they do where a plan was exported.
    pub fn has_addresses(&self) -> bool {
        let mut rows = self.sheets.values().flatten();
        rows.any(|row| row.cell(Column::Iri).contains("/plan/"))
    }

    /// Whether it is the form of [`blank_xlsx`], filled in or not: without addresses, and with
    /// most columns of activities, so that it is no table that only has a sheet of that name.
    pub fn is_form(&self) -> bool {
        let Some(activities) = self.sheets.get(&Part::Activities) else {
            return false;
        };
        let columns = Part::Activities.columns().len();
        let most =
            |row: &Row| 2 * row.cells.len() >= columns && row.cells.contains_key(&Column::Title);
        let like_a_form = match activities.first() {
            Some(row) => most(row),
            None => Part::FORM.iter().all(|part| self.sheets.contains_key(part)),
        };
        like_a_form && !self.has_addresses()
    }

    /// Whether no row is filled in.
    pub fn is_empty(&self) -> bool {
        self.sheets.values().all(Vec::is_empty)
    }

    /// The id of the plan whose workbook it is: the one that most rows of activities name, by
    /// their column of plans or their address; `None` where none does.
    pub fn plan_id(&self) -> Option<String> {
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for row in self.sheets.values().flatten() {
            let of_address = row.cell(Column::Iri).split("plan/").nth(1);
            let of_address = of_address.and_then(|path| path.split('/').next());
            let id = Some(row.cell(Column::Plan)).filter(|id| !id.is_empty());
            if let Some(id) = id.or(of_address) {
                *named.entry(id.to_owned()).or_default() += 1;
            }
        }
        named
            .into_iter()
            .max_by_key(|(_, times)| *times)
            .map(|(id, _)| id)
    }
}
