//! How large a sheet of an OpenDocument file becomes when what it repeats is written out.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::Refusal;
use super::CELL_LIMIT;

/// The most columns that a row may have up to its last cell with something in it.
const COLUMN_LIMIT: usize = 4096;

/// The most spaces that may be written as a number.
const SPACE_LIMIT: usize = 1000;

/// Checks that no sheet is larger than a plan, before it is written out.
///
/// # Errors
/// A damaged part, or more than a plan holds.
pub(super) fn check(part: &str) -> Result<(), Refusal> {
    let damaged = || Refusal::damaged("ODS");
    let mut reader = Reader::from_str(part);
    // Of the row: how often it is repeated, its columns so far and up to the last that is used.
    let (mut repeated, mut columns, mut used) = (1, 0_usize, 0);
    // Of the document: the rows up to the last that is used, and those after it.
    let (mut rows, mut trailing, mut width) = (0_usize, 0_usize, 0);
    loop {
        let event = reader.read_event().map_err(|_| damaged())?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "table-row" => {
                    repeated = count(tag, "number-rows-repeated")?;
                    (columns, used) = (0, 0);
                }
                "table-cell" | "covered-table-cell" => {
                    columns = columns.saturating_add(count(tag, "number-columns-repeated")?);
                    let valued = tag.attributes_raw().contains("value");
                    if valued || matches!(event, Event::Start(_)) {
                        used = columns;
                    }
                }
                "s" if count(tag, "c")? > SPACE_LIMIT => return Err(Refusal::too_large()),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "table-row" => {
                trailing = trailing.saturating_add(repeated);
                if used > 0 {
                    rows = rows.saturating_add(std::mem::take(&mut trailing));
                    width = width.max(used);
                }
                if width > COLUMN_LIMIT || rows.saturating_mul(width) > CELL_LIMIT {
                    return Err(Refusal::too_large());
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "table" => trailing = 0,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// How often something is repeated.
fn count(tag: &BytesStart<'_>, name: &str) -> Result<usize, Refusal> {
    let attribute = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name);
    match attribute {
        Some(attribute) => attribute.value.parse().map_err(|_| Refusal::damaged("ODS")),
        None => Ok(1),
    }
}
