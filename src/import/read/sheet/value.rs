//! The value of a cell as text, without regard to how the workbook shows it.

use calamine::{Data, ExcelDateTime};

/// The text of a value: dates as 2025-12-31, whole numbers without decimals; none for an empty
/// cell and for an error.
pub(super) fn text(value: &Data) -> Option<String> {
    let text = match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(time) => point(time),
        Data::DateTimeIso(text) => iso(text),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(_) | Data::Empty => return None,
    };
    let shown = text.chars().any(|letter| !letter.is_whitespace());
    shown.then_some(text)
}

/// A date, with its time unless that is midnight; a time alone has no date.
fn point(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, _, _) = time.to_ymd_hms_milli();
    if time.is_duration() || time.as_f64() < 1.0 {
        format!("{hour:02}:{minute:02}")
    } else if (hour, minute) == (0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}

/// The same for a date as `OpenDocument` writes it.
fn iso(text: &str) -> String {
    match text.split_once('T') {
        Some((date, time)) if time.starts_with("00:00") => date.to_owned(),
        Some((date, time)) => format!("{date} {}", time.get(..5).unwrap_or(time)),
        None => text.to_owned(),
    }
}
