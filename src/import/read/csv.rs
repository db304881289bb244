//! Separated values: records → a table.

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};

use super::super::document::{Block, Cell, Passage, Row, Table};
use super::words::Words;
use super::{Content, LINE_LIMIT, Refusal};

/// What separates values, the likeliest first.
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// How many lines of words may stand above and below the records.
const AROUND: usize = 5;

/// The delimiter that gives every record of a text the same number of columns, two or more, if
/// there is one. A title above the records and notes below them may have one.
///
/// Prose has commas and semicolons too, with a space after them; it is no table.
pub(super) fn delimiter(text: &str) -> Option<u8> {
    DELIMITERS.into_iter().find(|&delimiter| {
        let mut reader = reader(text, delimiter);
        let mut record = ByteRecord::new();
        let mut columns: Vec<usize> = Vec::new();
        let mut spaced = 0;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => return false,
            }
            columns.push(record.len());
            spaced += usize::from(record.iter().skip(1).any(|field| field.starts_with(b" ")));
        }
        let single = |columns: &&usize| **columns == 1;
        let above = columns.iter().take_while(single).count();
        let below = columns.iter().rev().take_while(single).count();
        let records = columns.get(above..columns.len() - below.min(columns.len() - above));
        let records = records.unwrap_or_default();
        let least = if above + below > 0 { 3 } else { 2 };
        let first = records.first().copied().unwrap_or(0);
        above.max(below) <= AROUND
            && records.len() >= 2
            && first >= least
            && records.iter().all(|columns| *columns == first)
            && (delimiter == b'\t' || spaced * 2 <= records.len())
    })
}

/// The records of a text as one table.
///
/// # Errors
/// Too many records.
pub(super) fn read(source: String) -> Result<Content, Refusal> {
    let delimiter = delimiter(&source).unwrap_or(b',');
    let mut reader = reader(&source, delimiter);
    let mut table = Table::default();
    let mut record = StringRecord::new();
    let (mut at, mut line) = (0, 1);
    let mut cells = 0;
    while reader
        .read_record(&mut record)
        .map_err(|_| Refusal::damaged("CSV"))?
    {
        let end = usize::try_from(reader.position().byte()).unwrap_or(source.len());
        let text = source.get(at..end).unwrap_or_default();
        // Empty lines before a record belong to none.
        let blank = text.len() - text.trim_start_matches(['\r', '\n']).len();
        let mut number = line + feeds(&text[..blank]);
        (at, line) = (end.max(at), line + feeds(text));
        let mut row = Row::default();
        for field in &record {
            row.cells.push(cell(field, number));
            number += feeds(field);
        }
        cells += row.cells.len();
        if number as usize > LINE_LIMIT || cells > 2 * LINE_LIMIT {
            return Err(Refusal::too_large());
        }
        // Spreadsheets write so which character parts the columns.
        let separator = number == 1 && record.get(0).is_some_and(|cell| cell.starts_with("sep="));
        if !separator && row.cells.iter().any(|cell| !cell.content.is_empty()) {
            table.rows.push(row);
        }
    }
    Ok(Content {
        title: None,
        source,
        blocks: vec![Block::Table(table)],
    })
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// A value that begins on a line; lines of their own stay so.
fn cell(field: &str, first: u32) -> Cell {
    let mut words = Words::default();
    for (number, line) in (first..).zip(field.split('\n')) {
        if !line.trim().is_empty() {
            words.text(line);
            words.stand_on([number]);
        }
        words.line_break();
    }
    if words.is_empty() {
        return Cell::default();
    }
    let text: Passage = words.finish();
    Cell::of([text])
}

fn feeds(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}
