//! Solutions by column: numbers of terms, a column a variable.

use std::collections::hash_map::Entry;

use oxrdf::Variable;
use rustc_hash::FxHashMap;

use crate::store::index::Id;

/// What stands in a column where the variable is not bound; no term has that number.
pub(in crate::sparql) const UNBOUND: Id = Id::MAX;

/// Solutions. A variable without a column is bound in none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::sparql) struct Table {
    pub(in crate::sparql) names: Vec<Variable>,
    pub(in crate::sparql) columns: Vec<Vec<Id>>,
    /// How many solutions there are; also where there are no columns.
    pub(in crate::sparql) rows: usize,
}

impl Table {
    /// The one solution that binds nothing.
    pub(in crate::sparql) fn unit() -> Self {
        Self {
            rows: 1,
            ..Self::default()
        }
    }

    /// No solutions.
    pub(in crate::sparql) fn none() -> Self {
        Self::default()
    }

    /// A table with these columns and as yet no solutions.
    pub(in crate::sparql) fn with(names: Vec<Variable>) -> Self {
        Self {
            columns: vec![Vec::new(); names.len()],
            names,
            rows: 0,
        }
    }

    pub(in crate::sparql) fn place(&self, name: &Variable) -> Option<usize> {
        self.names.iter().position(|own| own == name)
    }

    /// The value of a variable in a solution.
    pub(in crate::sparql) fn value(&self, place: Option<usize>, row: usize) -> Id {
        place.map_or(UNBOUND, |place| self.columns[place][row])
    }

    /// How many values it holds.
    pub(in crate::sparql) fn cells(&self) -> usize {
        self.rows * self.columns.len()
    }

    pub(in crate::sparql) fn push(&mut self, row: &[Id]) {
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.push(*value);
        }
        self.rows += 1;
    }

    /// Whether a variable has a value in every solution.
    pub(in crate::sparql) fn always_binds(&self, name: &Variable) -> bool {
        self.place(name).map_or(self.rows == 0, |place| {
            !self.columns[place].contains(&UNBOUND)
        })
    }

    /// Without the columns that are not wanted.
    pub(in crate::sparql) fn keep_columns(&mut self, wanted: impl Fn(&Variable) -> bool) {
        for place in (0..self.names.len()).rev() {
            if !wanted(&self.names[place]) {
                self.names.remove(place);
                self.columns.remove(place);
            }
        }
    }

    /// These solutions of it, in this order.
    pub(in crate::sparql) fn select(&self, rows: &[u32]) -> Self {
        let select = |column: &Vec<Id>| rows.iter().map(|row| column[*row as usize]).collect();
        Self {
            names: self.names.clone(),
            columns: self.columns.iter().map(select).collect(),
            rows: rows.len(),
        }
    }

    /// The solutions that hold.
    pub(in crate::sparql) fn retain(self, mut holds: impl FnMut(&Self, usize) -> bool) -> Self {
        let rows: Vec<u32> = (0..self.rows)
            .filter(|row| holds(&self, *row))
            .filter_map(|row| u32::try_from(row).ok())
            .collect();
        if rows.len() == self.rows {
            return self;
        }
        self.select(&rows)
    }

    /// Some solutions, from one on.
    pub(in crate::sparql) fn slice(mut self, start: usize, length: Option<usize>) -> Self {
        let start = start.min(self.rows);
        let end = length.map_or(self.rows, |length| {
            self.rows.min(start.saturating_add(length))
        });
        for column in &mut self.columns {
            column.truncate(end);
            column.drain(..start);
        }
        self.rows = end - start;
        self
    }

    /// The solutions of both.
    pub(in crate::sparql) fn union(mut self, other: &Self) -> Self {
        for name in &other.names {
            if self.place(name).is_none() {
                self.names.push(name.clone());
                self.columns.push(vec![UNBOUND; self.rows]);
            }
        }
        for (name, column) in self.names.iter().zip(&mut self.columns) {
            match other.place(name) {
                Some(place) => column.extend_from_slice(&other.columns[place]),
                None => column.resize(self.rows + other.rows, UNBOUND),
            }
        }
        self.rows += other.rows;
        self
    }

    /// Gives solutions that agree in these columns the same number, from 0 in the order in
    /// which they come; with the first solution of each number.
    pub(in crate::sparql) fn groups(&self, places: &[Option<usize>]) -> Groups {
        let mut numbering = Numbering::new(places.len());
        let mut groups = Groups::default();
        let mut key = vec![UNBOUND; places.len()];
        for row in 0..self.rows {
            for (value, place) in key.iter_mut().zip(places) {
                *value = self.value(*place, row);
            }
            let number = numbering.number(&key);
            if number as usize == groups.first.len() {
                groups.first.push(u32::try_from(row).unwrap_or(u32::MAX));
            }
            groups.of_row.push(number);
        }
        groups
    }

    /// Each solution once, the first of those that are the same.
    pub(in crate::sparql) fn distinct(self) -> Self {
        let places: Vec<_> = (0..self.names.len()).map(Some).collect();
        let first = self.groups(&places).first;
        if first.len() == self.rows {
            return self;
        }
        self.select(&first)
    }
}

/// Solutions in groups.
#[derive(Debug, Default)]
pub(in crate::sparql) struct Groups {
    /// The number of the group of each solution.
    pub(in crate::sparql) of_row: Vec<u32>,
    /// The first solution of each group.
    pub(in crate::sparql) first: Vec<u32>,
}

/// Numbers for keys of one length, from 0 in the order in which they come.
pub(in crate::sparql) struct Numbering {
    /// By the number of what came before and the next value. All but the last give numbers to
    /// beginnings.
    steps: Vec<FxHashMap<(u32, Id), u32>>,
    /// For keys of no length: whether the one that there is has come.
    seen: bool,
}

impl Numbering {
    pub(in crate::sparql) fn new(length: usize) -> Self {
        Self {
            steps: vec![FxHashMap::default(); length],
            seen: false,
        }
    }

    /// The number of a key, given now if it has none.
    pub(in crate::sparql) fn number(&mut self, key: &[Id]) -> u32 {
        let mut number = 0;
        for (step, value) in self.steps.iter_mut().zip(key) {
            let next = u32::try_from(step.len()).unwrap_or(u32::MAX);
            number = match step.entry((number, *value)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(next),
            };
        }
        self.seen = true;
        number
    }

    /// The number of a key that has one.
    pub(in crate::sparql) fn known(&self, key: &[Id]) -> Option<u32> {
        let mut number = 0;
        for (step, value) in self.steps.iter().zip(key) {
            number = *step.get(&(number, *value))?;
        }
        self.seen.then_some(number)
    }
}
