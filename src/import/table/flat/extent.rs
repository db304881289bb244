//! Where a table ends.

use crate::import::table::Column;

use super::anchor::{Anchor, is_actor};
use super::words::{begins_lower, is_finished, point, width};
use super::{Gap, Line, status};

/// The anchors that are of the table: one after text as wide as the page is of something else,
/// as no cell is so wide.
pub(super) fn rows(body: &[Line], anchors: Vec<Anchor>, page: usize) -> Vec<Anchor> {
    let widest = |from: usize, to: usize| {
        let lines = body.get(from..to).unwrap_or_default();
        lines
            .iter()
            .map(|line| width(&line.text))
            .max()
            .unwrap_or_default()
    };
    // The first row is of the table whatever its width, and so shows how wide cells are.
    let first = anchors
        .get(1)
        .or(anchors.first())
        .map_or(0, |anchor| anchor.start);
    let most = (page * 3 / 4).max(widest(0, first) * 5 / 4);
    let mut at = 0;
    let mut kept: Vec<Anchor> = Vec::new();
    for anchor in anchors {
        let to = if kept.is_empty() {
            anchor.start
        } else {
            anchor.end
        };
        if widest(at, to) > most {
            break;
        }
        at = anchor.end;
        kept.push(anchor);
    }
    kept
}

/// The line after the last of the last row, whose anchor it is given with the columns after it.
pub(super) fn last_row(body: &[Line], anchor: &Anchor, after: &[Column]) -> usize {
    let Some(last) = after.last() else {
        return anchor.end;
    };
    if *last == Column::Status {
        return status_end(body, anchor);
    }
    // Every cell is at least one stretch of lines, the first of them maybe on the anchor's line.
    let mut wanted = after.len() - usize::from(anchor.after.is_some());
    let mut at = anchor.end;
    let mut widest = anchor.after.as_ref().map_or(0, |line| width(&line.text));
    let mut open = anchor.after.is_some();
    while at < body.len() {
        let stretch = stretch(body, at);
        let first = &body[at];
        let joined = open && at == anchor.end && first.gap == Gap::None;
        if !joined {
            let before = &body[at - 1].text;
            let cut = begins_lower(&first.text) && !is_finished(before);
            let goes_on = !is_actor(last) && last_goes_on(body, at, stretch, widest);
            if wanted > 0 {
                wanted -= 1;
            } else if !cut && (first.gap == Gap::Page || !goes_on) {
                break;
            }
        }
        open = false;
        let lines = &body[at..stretch];
        widest = lines
            .iter()
            .map(|line| width(&line.text))
            .fold(widest, usize::max);
        at = stretch;
    }
    at
}

/// Whether lines after the last cell may be another paragraph of it: no heading, and no wider.
fn last_goes_on(body: &[Line], at: usize, end: usize, widest: usize) -> bool {
    let lines = &body[at..end];
    let alone = lines.len() == 1 && !is_finished(&lines[0].text) && point(&lines[0].text).is_none();
    let wide = lines.iter().any(|line| width(&line.text) > widest + 3);
    !alone && !wide
}

/// The line after the next lines that no blank line parts.
fn stretch(body: &[Line], at: usize) -> usize {
    let more = body.iter().skip(at + 1);
    at + 1 + more.take_while(|line| line.gap == Gap::None).count()
}

/// Behind the status: one by its words before the first blank line but one, else the first line
/// that stands alone, else the lines up to the first blank line.
fn status_end(body: &[Line], anchor: &Anchor) -> usize {
    if anchor
        .after
        .as_ref()
        .is_some_and(|line| status::is_status(&line.text) || status::at_end(&line.text).is_some())
    {
        return anchor.end;
    }
    let mut at = anchor.end;
    let mut ends = Vec::new();
    while at < body.len() && ends.len() < 3 {
        let end = stretch(body, at);
        let known = (at..end).find(|at| status::is_status(&body[*at].text));
        if let Some(known) = known {
            return known + 1;
        }
        ends.push((at, end));
        at = end;
    }
    let short = |(at, end): &(usize, usize)| end - at == 1 && width(&body[*at].text) <= 25;
    let alone = ends.iter().skip(1).find(|stretch| short(stretch));
    alone.or(ends.first()).map_or(anchor.end, |(_, end)| *end)
}
