//! Two tables → one.

use oxrdf::Variable;

use super::table::{Numbering, Table};
use super::{Give, Run, UNBOUND};

/// The variables that both have, bound in every solution of either.
///
/// # Errors
/// One is not always bound: then solutions can agree without being the same, and that is left
/// to others.
fn shared(left: &Table, right: &Table) -> Result<Vec<Variable>, Give> {
    let shared: Vec<_> = left
        .names
        .iter()
        .filter(|name| right.place(name).is_some())
        .cloned()
        .collect();
    let sure = |name: &Variable| left.always_binds(name) && right.always_binds(name);
    if shared.iter().all(sure) {
        Ok(shared)
    } else {
        Err(Give::Other)
    }
}

/// Solutions by their values in some columns.
struct Keyed {
    numbering: Numbering,
    /// The first solution of each key, and the next of the same key after each solution.
    first: Vec<u32>,
    next: Vec<u32>,
}

const END: u32 = u32::MAX;

impl Keyed {
    fn new(table: &Table, names: &[Variable]) -> Self {
        let places: Vec<_> = names.iter().map(|name| table.place(name)).collect();
        let mut keyed = Self {
            numbering: Numbering::new(names.len()),
            first: Vec::new(),
            next: vec![END; table.rows],
        };
        let mut key = vec![UNBOUND; names.len()];
        // From the last, so that the solutions of a key come in order.
        for row in (0..table.rows).rev() {
            for (value, place) in key.iter_mut().zip(&places) {
                *value = table.value(*place, row);
            }
            let number = keyed.numbering.number(&key) as usize;
            let own = u32::try_from(row).unwrap_or(END);
            if number == keyed.first.len() {
                keyed.first.push(own);
            } else {
                keyed.next[row] = keyed.first[number];
                keyed.first[number] = own;
            }
        }
        keyed
    }

    fn of(&self, key: &[u32]) -> impl Iterator<Item = u32> + '_ {
        let first = self
            .numbering
            .known(key)
            .map(|number| self.first[number as usize]);
        std::iter::successors(first, |row| {
            let next = self.next[*row as usize];
            (next != END).then_some(next)
        })
    }
}

/// The values of a solution in some columns.
fn key(table: &Table, places: &[Option<usize>], row: usize, into: &mut [u32]) {
    for (value, place) in into.iter_mut().zip(places) {
        *value = table.value(*place, row);
    }
}

impl Run<'_> {
    /// The join of two tables (SPARQL 1.1 Query, section 18.5, Join).
    pub(super) fn join_tables(&self, left: &Table, right: &Table) -> Result<Table, Give> {
        let names = shared(left, right)?;
        if names.is_empty() {
            self.fits(
                left.rows.saturating_mul(right.rows),
                left.columns.len() + right.columns.len(),
            )?;
        }
        let keyed = Keyed::new(right, &names);
        let places: Vec<_> = names.iter().map(|name| left.place(name)).collect();
        let mut sought = vec![UNBOUND; names.len()];
        let (mut of_left, mut of_right) = (Vec::new(), Vec::new());
        for row in 0..left.rows {
            key(left, &places, row, &mut sought);
            for other in keyed.of(&sought) {
                self.look()?;
                of_left.push(u32::try_from(row).map_err(|_| Give::TooLarge)?);
                of_right.push(other);
            }
            self.fits(of_left.len(), left.columns.len() + right.columns.len())?;
        }
        let mut joined = left.select(&of_left);
        let mut others = right.clone();
        others.keep_columns(|name| left.place(name).is_none());
        let others = others.select(&of_right);
        joined.names.extend(others.names);
        joined.columns.extend(others.columns);
        Ok(joined)
    }
}

/// The solutions of one table that agree with one of the other in the columns that both have,
/// or those that do not.
pub(super) fn agreeing(table: Table, with: &Table, agree: bool) -> Result<Table, Give> {
    let names = shared(&table, with)?;
    let keyed = Keyed::new(with, &names);
    let places: Vec<_> = names.iter().map(|name| table.place(name)).collect();
    let mut sought = vec![UNBOUND; names.len()];
    Ok(table.retain(|table, row| {
        key(table, &places, row, &mut sought);
        keyed.numbering.known(&sought).is_some() == agree
    }))
}

/// The solutions that no solution of the other agrees with (SPARQL 1.1 Query, section 18.5,
/// Minus): with nothing in common nothing is taken away.
pub(super) fn minus(left: Table, right: &Table) -> Result<Table, Give> {
    let none_shared = left.names.iter().all(|name| right.place(name).is_none());
    if none_shared || left.rows == 0 || right.rows == 0 {
        return Ok(left);
    }
    agreeing(left, right, false)
}
