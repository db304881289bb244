//! Workbook ↔ xlsx.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Worksheet, XlsxError,
};

use super::alignments;
use super::columns::{Column, Part};
use super::labels::Labels;
use super::{Error, Row, Tables, Workbook};

/// How many rows below the header offer the lists of statuses and roles.
const ROWS_TO_FILL: u32 = 2000;

/// The last row and column of a sheet that are read, from 0.
const MOST_ROWS: u32 = 50_000;
const MOST_COLUMNS: u32 = 200;

/// How large a workbook may be when unpacked.
const MOST_BYTES: u64 = 128 << 20;

/// The name of the sheet that explains the others.
pub(super) const README: &str = "Läs mig";

/// The bytes of a workbook, the same for the same cells.
pub(super) fn write(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let labels = Labels::new();
    let mut file = rust_xlsxwriter::Workbook::new();
    // The day of writing would make every export another file.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    file.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for (part, rows) in &workbook.sheets {
        let sheet = file.add_worksheet();
        sheet.set_name(part.name())?;
        write_part(sheet, *part, rows, &labels)?;
    }
    let sheet = file.add_worksheet();
    sheet.set_name(README)?;
    write_readme(sheet, &labels)?;
    file.save_to_buffer()
}

fn header() -> Format {
    Format::new().set_bold().set_align(FormatAlign::Top)
}

/// Cells are text, so that what is typed stays as typed: a spreadsheet would make a day of
/// "1-2" and lose the zeros of "001".
fn body() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_num_format("@")
}

fn write_part(
    sheet: &mut Worksheet,
    part: Part,
    rows: &[Row],
    labels: &Labels,
) -> Result<(), XlsxError> {
    let (header, body) = (header(), body());
    for (at, column) in (0_u16..).zip(part.columns()) {
        let words = column.words();
        sheet.set_column_width(at, words.width)?;
        sheet.set_column_format(at, &body)?;
        sheet.write_string_with_format(0, at, words.sv, &header)?;
        if let Some(list) = list(*column, labels)? {
            sheet.add_data_validation(1, at, ROWS_TO_FILL, at, &list)?;
        }
        for (line, row) in (1_u32..).zip(rows) {
            let cell = row.cell(*column);
            if !cell.is_empty() {
                sheet.write_string_with_format(line, at, cell, &body)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The values that a column offers, where they are a closed list.
fn list(column: Column, labels: &Labels) -> Result<Option<DataValidation>, XlsxError> {
    let values = match column {
        Column::Status => labels.statuses(),
        Column::Role => labels.roles(),
        Column::EachForItself => vec!["Ja"],
        Column::Decision => alignments::decisions(),
        _ => return Ok(None),
    };
    let list = DataValidation::new()
        .allow_list_strings(&values)?
        .set_error_title("Inte i listan")?
        .set_error_message("Välj ett av värdena i listan. / Choose one of the listed values.")?;
    Ok(Some(list))
}

fn write_readme(sheet: &mut Worksheet, labels: &Labels) -> Result<(), XlsxError> {
    let (header, body) = (header(), body());
    for (at, width) in (0_u16..).zip([16, 22, 18, 70, 70, 60]) {
        sheet.set_column_width(at, width)?;
    }
    for (line, cells) in (0_u32..).zip(readme(labels)) {
        for (at, cell) in (0_u16..).zip(cells) {
            let format = if line == 0 { &header } else { &body };
            sheet.write_string_with_format(line, at, cell, format)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The columns of all sheets and what may stand in them.
pub(super) fn readme(labels: &Labels) -> Vec<Vec<String>> {
    let own = |cells: [&str; 6]| cells.map(str::to_owned).to_vec();
    let mut rows = vec![own([
        "Blad / Sheet",
        "Kolumn",
        "Column",
        "Innehåll",
        "What it holds",
        "Tillåtna värden / Allowed values",
    ])];
    for part in Part::ALL {
        for column in part.columns() {
            let words = column.words();
            let allowed = match column {
                Column::Status => labels.statuses().join(", "),
                Column::Role => labels.roles().join(", "),
                Column::EachForItself => "Ja".to_owned(),
                Column::Decision => alignments::decisions().join(", "),
                _ => String::new(),
            };
            rows.push(own([
                part.name(),
                words.sv,
                words.en,
                words.holds_sv,
                words.holds_en,
                &allowed,
            ]));
        }
    }
    rows
}

/// The cells of every sheet of a plan, from the first cell on.
pub(super) fn read(bytes: &[u8]) -> Result<Tables, Error> {
    check_size(bytes)?;
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let names = file.sheet_names();
    let mut tables = Vec::new();
    for name in names
        .into_iter()
        .filter(|name| Part::from_name(name).is_some())
    {
        let table = read_sheet(&mut file, &name)?;
        tables.push((name, table));
    }
    Ok(tables)
}

fn unreadable(error: &impl ToString) -> Error {
    Error::Unreadable(error.to_string())
}

/// A small file can unpack to one that fills the memory; no plan does.
fn check_size(bytes: &[u8]) -> Result<(), Error> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let mut unpacked = 0_u64;
    for at in 0..archive.len() {
        let file = archive
            .by_index_raw(at)
            .map_err(|error| unreadable(&error))?;
        unpacked = unpacked.saturating_add(file.size());
    }
    if unpacked > MOST_BYTES {
        let most = MOST_BYTES >> 20;
        return Err(Error::Unreadable(format!(
            "it unpacks to more than {most} MiB"
        )));
    }
    Ok(())
}

/// The cells of a sheet, row by row. They are taken one by one: a single cell in the far corner
/// would make a table of thousands of millions.
fn read_sheet(file: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Vec<String>>, Error> {
    let mut cells = file
        .worksheet_cells_reader(name)
        .map_err(|error| unreadable(&error))?;
    let mut table: Vec<Vec<String>> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? {
        let (row, column) = cell.get_position();
        let text = text(&Data::from(cell.get_value().clone()));
        if text.is_empty() {
            continue;
        }
        if row > MOST_ROWS || column > MOST_COLUMNS {
            return Err(Error::Unreadable(format!(
                "the sheet {name} has a value in row {}, column {}, far from the table; remove it",
                row + 1,
                column + 1
            )));
        }
        let (row, column) = (row as usize, column as usize);
        table.resize(table.len().max(row + 1), Vec::new());
        let cells = &mut table[row];
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
    }
    Ok(table)
}

/// A cell as the text that an officer sees in it.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(time) => time.split('T').next().unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}
