//! Workbook ↔ CSV, as a Swedish Excel writes and reads it.

use super::labels::Labels;
use super::{Error, Workbook, xlsx};

/// One CSV file a sheet, by name, and one that explains the columns.
///
/// With a byte order mark and semicolons, since a Swedish Excel opens nothing else as a table
/// with its letters whole.
pub(super) fn write(workbook: &Workbook) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    for (part, rows) in &workbook.sheets {
        let columns = part.columns();
        let header = columns.iter().map(|column| column.words().sv.to_owned());
        let mut table = vec![header.collect()];
        table.extend(rows.iter().map(|row| {
            let cells = columns.iter().map(|column| guarded(row.cell(*column)));
            cells.collect()
        }));
        files.push((part.file().to_owned(), file(&table)?));
    }
    let readme = file(&xlsx::readme(&Labels::new()))?;
    files.push(("las-mig.csv".to_owned(), readme));
    Ok(files)
}

/// What a cell must not begin with: a spreadsheet would run the rest as a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a cell, any apostrophes before it aside, begins like a formula.
fn like_a_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

/// A cell with an apostrophe before what looks like a formula, which makes it text. One that has
/// apostrophes there of its own gets one more, so that reading gives back what was written.
fn guarded(cell: &str) -> String {
    if like_a_formula(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A cell without the apostrophe of [`guarded`].
fn unguarded(cell: &str) -> String {
    let own = cell.strip_prefix('\'').filter(|_| like_a_formula(cell));
    own.unwrap_or(cell).to_owned()
}

fn file(table: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in table {
        writer.write_record(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::Csv(csv::Error::from(error.into_error())))
}

/// The rows of a CSV file, in whichever way it was saved: UTF-8 or Windows-1252, with
/// semicolons, commas or tabs.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, Error> {
    let text = decode(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Error::Unreadable(error.to_string()))?;
        rows.push(record.iter().map(unguarded).collect());
    }
    Ok(rows)
}

fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// The one that the header has most of; no header has any of them in a name.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |candidate: u8| header.bytes().filter(|byte| *byte == candidate).count();
    [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|candidate| count(*candidate))
        .unwrap_or(b';')
}
