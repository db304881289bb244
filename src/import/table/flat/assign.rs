//! Which of the lines between two anchors belong to which cell.
//!
//! Between the period of one row and that of the next stand the last cells of the one and the
//! first of the other. Every way to cut the lines has a cost: lines too wide for their column,
//! breaks in the middle of a sentence, words that are not of the column. The cheapest is taken.

use crate::import::table::Column;

use super::words::{begins_lower, begins_upper, had_room, is_finished, is_open, point, width};
use super::{Gap, Line, anchor, status};

/// A cell that lines may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// Which column it is of.
    pub(super) column: usize,
    /// Whether it goes on a cell that a page break cut off.
    pub(super) goes_on: bool,
    /// What the column holds.
    pub(super) holds: Column,
    /// How many characters the column has, once known.
    pub(super) room: Option<usize>,
}

/// Costs are in tenths.
type Cost = u32;

/// The slot of each line, by index; slots ascend. Empty where there are no slots.
///
/// `tight`: nothing but the words tells one cell of the table from the next, no blank line.
pub(super) fn assign(
    lines: &[&Line],
    slots: &[Slot],
    first_cell_cut: bool,
    tight: bool,
) -> Vec<usize> {
    if slots.is_empty() || lines.is_empty() {
        return Vec::new();
    }
    let rules = Rules {
        slots,
        first_cell_cut,
        tight,
    };
    let mut costs: Vec<Cost> = Vec::with_capacity(slots.len());
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(lines.len());
    for slot in 0..slots.len() {
        costs.push(rules.skip(0..slot) + rules.line(lines[0], slot) + rules.first(lines[0], slot));
    }
    from.push(vec![0; slots.len()]);
    for pair in lines.windows(2) {
        let (line, next) = (pair[0], pair[1]);
        let mut new = Vec::with_capacity(slots.len());
        let mut back = Vec::with_capacity(slots.len());
        for slot in 0..slots.len() {
            let best = (0..=slot)
                .map(|old| {
                    let step = if old == slot {
                        rules.within(line, next, slot)
                    } else {
                        rules.skip(old + 1..slot) + rules.between(line, next, old, slot)
                    };
                    (costs[old].saturating_add(step), old)
                })
                .min()
                .unwrap_or_default();
            new.push(best.0.saturating_add(rules.line(next, slot)));
            back.push(best.1);
        }
        costs = new;
        from.push(back);
    }
    let last = (0..slots.len())
        .min_by_key(|slot| costs[*slot].saturating_add(rules.skip(slot + 1..slots.len())))
        .unwrap_or_default();
    let mut found = vec![last; lines.len()];
    for at in (1..lines.len()).rev() {
        found[at - 1] = from[at][found[at]];
    }
    found
}

/// Out of the question.
const NEVER: Cost = 100_000;

struct Rules<'a> {
    slots: &'a [Slot],
    /// Whether the first cell of the row before the lines ended in the middle of a sentence.
    first_cell_cut: bool,
    /// Whether no blank line stands between cells.
    tight: bool,
}

impl Rules<'_> {
    /// What it costs to leave cells empty.
    fn skip(&self, slots: std::ops::Range<usize>) -> Cost {
        slots
            .map(|slot| match self.slots[slot] {
                Slot { goes_on: true, .. } => 0,
                ref slot if slot.holds == Column::Activity => 80,
                ref slot if slot.holds == Column::Status => 40,
                _ => 20,
            })
            .sum()
    }

    /// What it costs that a line belongs to a cell.
    fn line(&self, line: &Line, slot: usize) -> Cost {
        let slot = &self.slots[slot];
        let text = &line.text;
        let words = text.split_whitespace().count();
        let wide = slot.room.is_some_and(|room| width(text) > room + 2);
        let of_status = status::is_status(text);
        let mut cost = 0;
        match &slot.holds {
            Column::Status => {
                cost += match words {
                    _ if of_status => 0,
                    1..=3 if width(text) <= 25 => 30,
                    _ => 100,
                };
            }
            Column::Number => {
                let number = text.chars().all(|c| c.is_numeric() || c == '.');
                cost += if number { 0 } else { 100 };
            }
            column => {
                cost += if wide { 30 } else { 0 };
                cost += if of_status { 40 } else { 0 };
                if anchor::is_actor(column) {
                    cost += if words > 5 { 20 } else { 0 };
                    cost += if text.ends_with('.') { 40 } else { 0 };
                    cost += if point(text).is_some() { 20 } else { 0 };
                }
            }
        }
        cost
    }

    /// What it costs that a cell begins with the first of the lines.
    fn first(&self, line: &Line, slot: usize) -> Cost {
        let slot = &self.slots[slot];
        if slot.goes_on {
            return if self.cut_before(line) { 0 } else { NEVER };
        }
        0
    }

    /// What it costs that a cell goes on from a line to the next.
    fn within(&self, line: &Line, next: &Line, slot: usize) -> Cost {
        let slot = &self.slots[slot];
        let goes_on = begins_lower(&next.text) && !is_finished(&line.text);
        let apart = next.gap != Gap::None;
        let unlike = begins_upper(&next.text) && !is_finished(&line.text);
        if self.tight && unlike && !is_open(&line.text) {
            return if anchor::is_actor(&slot.holds) {
                10
            } else {
                45
            };
        }
        match &slot.holds {
            Column::Status => 30,
            column if anchor::is_actor(column) => match next.gap {
                Gap::None => 0,
                Gap::Cell => 40,
                _ if goes_on => 5,
                _ => 15,
            },
            _ if next.gap == Gap::Cell => 40,
            _ if next.gap == Gap::Page && self.cut_before(next) && goes_on && !slot.goes_on => 30,
            _ if apart && (goes_on || point(&next.text).is_some()) => 0,
            column if apart => {
                // Outcomes are told in paragraphs more often than activities are.
                let first = *column == Column::Activity;
                (if first { 25 } else { 10 }) + if first && unlike { 10 } else { 0 }
            }
            _ => {
                let early = slot
                    .room
                    .is_some_and(|room| had_room(&line.text, &next.text, room.saturating_sub(3)));
                if early && !is_finished(&line.text) {
                    10
                } else {
                    0
                }
            }
        }
    }

    /// What it costs that a cell ends with a line and another begins with the next.
    fn between(&self, line: &Line, next: &Line, old: usize, new: usize) -> Cost {
        let (old, new) = (&self.slots[old], &self.slots[new]);
        if new.goes_on && !old.goes_on {
            let here = next.gap == Gap::Page && self.cut_before(next);
            return if here && new.holds == Column::Activity {
                0
            } else {
                NEVER
            };
        }
        let set_apart = match next.gap {
            Gap::None if self.tight && is_open(&line.text) => 50,
            Gap::None if !self.tight => 40,
            _ => 0,
        };
        let short = anchor::is_actor(&old.holds) || old.holds == Column::Status;
        let cut_off = if short || old.goes_on || is_finished(&line.text) {
            0
        } else {
            5
        };
        let beginning = if new.goes_on {
            if begins_lower(&next.text) { 0 } else { 10 }
        } else if point(&next.text).is_some() {
            40
        } else if !begins_lower(&next.text) {
            0
        } else if anchor::is_actor(&new.holds) || new.holds == Column::Status {
            10
        } else {
            50
        };
        set_apart + cut_off + beginning
    }

    /// Whether a line goes on the first cell of the row before: on a new page, in the middle of
    /// the sentence that was cut off.
    fn cut_before(&self, line: &Line) -> bool {
        self.first_cell_cut && begins_lower(&line.text)
    }
}
