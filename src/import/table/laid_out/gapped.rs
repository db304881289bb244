//! Tables whose rows stand between blank lines. What lies on which line of a row then says
//! nothing: cells may be centred in their rows.

use super::{Header, cells, is_other_time, is_time};
use crate::import::document::{Passage, TextLine};
use crate::import::table::Column;
use crate::import::value::status;

/// Whether blank lines stand between the rows and nowhere else: what lies between two of them
/// begins an activity nearly each time, and holds one.
pub(super) fn is_gapped(lines: &[TextLine], header: &Header) -> bool {
    let groups: Vec<&[TextLine]> = lines
        .split(TextLine::is_blank)
        .filter(|group| !group.is_empty())
        .collect();
    let several = groups.iter().filter(|group| group.len() > 1).count();
    let begun = groups.iter().filter(|group| begins(group, header)).count();
    groups.len() >= 2
        && several > 0
        // The rest of a row may stand on the next page, or in a paragraph of its own.
        && begun * 4 >= groups.len() * 3
        && groups.iter().all(|group| is_one(group, header))
}

/// Whether the lines up to the next blank one begin a row: the first words of the activity begin
/// in upper case or with a number.
pub(super) fn begins(lines: &[TextLine], header: &Header) -> bool {
    let Some(activity) = header.activity() else {
        return false;
    };
    let group = lines.iter().take_while(|line| !line.is_blank());
    let mut words = group.filter_map(|line| {
        let cell = cells(line, &header.begins).into_iter().nth(activity)?;
        cell.text.chars().next()
    });
    words.next().is_some_and(|first| !first.is_lowercase())
}

/// Whether lines hold one row at most: no column of theirs says twice when, how far, or which
/// number.
fn is_one(group: &[TextLine], header: &Header) -> bool {
    let mut last: Vec<Passage> = vec![Passage::default(); header.columns.len()];
    for line in group {
        for ((column, above), below) in header
            .columns
            .iter()
            .zip(&mut last)
            .zip(cells(line, &header.begins))
        {
            if below.is_empty() {
                continue;
            }
            let again = !above.is_empty()
                && match column {
                    column if is_time(column) => is_other_time(above, &below),
                    Column::Status => status::is_only(&above.text) && status::is_only(&below.text),
                    Column::Number => true,
                    _ => false,
                };
            if again && !above.text.ends_with(['-', '–']) {
                return false;
            }
            above.flow(below);
        }
    }
    true
}
