//! A table and a pattern of quads → the table of both.

use oxrdf::Variable;

use super::table::{Table, UNBOUND};
use super::{Give, Run};
use crate::store::index::{Id, Pattern, Scan, Scope};

/// A position of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sparql) enum Position {
    /// This term.
    Term(Id),
    /// Whatever stands there.
    Variable(Variable),
}

/// A pattern of quads: subject, predicate, object, and where they are sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QuadPattern {
    pub(super) triple: [Position; 3],
    pub(super) graph: Where,
}

/// Where quads are sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sparql) enum Where {
    /// In the default graph.
    Default,
    /// In a named graph.
    Named(Position),
}

impl QuadPattern {
    /// Its variables, by the position in a quad: subject 0, predicate 1, object 2, graph 3.
    pub(super) fn variables(&self) -> impl Iterator<Item = (usize, &Variable)> {
        let graph = match &self.graph {
            Where::Named(position) => Some(position),
            Where::Default => None,
        };
        let positions = self.triple.iter().chain(graph).enumerate();
        positions.filter_map(|(place, position)| match position {
            Position::Variable(name) => Some((place, name)),
            Position::Term(_) => None,
        })
    }

    /// What is sought if the variables have these values.
    fn with(&self, value: impl Fn(&Variable) -> Option<Id>) -> Pattern {
        let of = |position: &Position| match position {
            Position::Term(id) => Some(*id),
            Position::Variable(name) => value(name),
        };
        let [subject, predicate, object] = self.triple.each_ref().map(of);
        Pattern {
            subject,
            predicate,
            object,
            scope: match &self.graph {
                Where::Default => Scope::Default,
                Where::Named(position) => match of(position) {
                    Some(graph) => Scope::Named(graph),
                    None => Scope::AnyNamed,
                },
            },
        }
    }

    /// What is sought if nothing is known of the variables.
    pub(super) fn open(&self) -> Pattern {
        self.with(|_| None)
    }
}

/// How the quads for one solution are found.
enum Way<'a> {
    /// In the index, solution by solution.
    Index,
    /// By subject, in all triples of a predicate.
    Subject(Starts<'a>),
    /// By object, likewise.
    Object(Starts<'a>),
}

/// Where the rows of each key begin in rows that are sorted by it.
struct Starts<'a> {
    rows: &'a [[Id; 3]],
    lowest: Id,
    first: Vec<u32>,
}

impl<'a> Starts<'a> {
    /// None where the keys lie too far apart to have a place each.
    fn new(rows: &'a [[Id; 3]]) -> Option<Self> {
        let (lowest, highest) = (rows.first()?[1], rows.last()?[1]);
        let span = (highest - lowest) as usize + 1;
        if span / 16 > rows.len() {
            return None;
        }
        let mut first = vec![u32::MAX; span];
        for (row, [_, key, _]) in rows.iter().enumerate().rev() {
            first[(key - lowest) as usize] = u32::try_from(row).ok()?;
        }
        Some(Self {
            rows,
            lowest,
            first,
        })
    }

    /// The rows of a key.
    fn of(&self, key: Id) -> &'a [[Id; 3]] {
        let place = key.checked_sub(self.lowest);
        let start = place.and_then(|place| self.first.get(place as usize));
        match start {
            Some(start) if *start != u32::MAX => {
                let rows = &self.rows[*start as usize..];
                let other = rows.iter().position(|[_, own, _]| *own != key);
                &rows[..other.unwrap_or(rows.len())]
            }
            _ => &[],
        }
    }
}

impl Run<'_> {
    /// Joins a table with a pattern of quads. Of the columns, those that are wanted stay.
    pub(super) fn join_pattern(
        &self,
        table: &Table,
        pattern: &QuadPattern,
        wanted: &dyn Fn(&Variable) -> bool,
    ) -> Result<Table, Give> {
        let shared =
            |(_, name): (usize, &Variable)| table.place(name).is_none() || table.always_binds(name);
        if !pattern.variables().all(shared) {
            return Err(Give::Other);
        }
        let new = new_variables(table, pattern);
        let kept: Vec<usize> = (0..table.names.len())
            .filter(|place| wanted(&table.names[*place]))
            .collect();
        let written: Vec<&New> = new.iter().filter(|new| wanted(&new.name)).collect();
        let mut names: Vec<Variable> = kept
            .iter()
            .map(|place| table.names[*place].clone())
            .collect();
        names.extend(written.iter().map(|new| new.name.clone()));
        let mut joined = Table::with(names);
        let simple = new.iter().all(|new| new.again.is_empty());
        let way = self.way(table, pattern);
        let mut of_row: Vec<u32> = Vec::new();
        for row in 0..table.rows {
            self.look(row)?;
            let before = joined.rows;
            let mut add = |quad: [Id; 4]| {
                for (column, new) in joined.columns[kept.len()..].iter_mut().zip(&written) {
                    column.push(quad[new.place]);
                }
                joined.rows += 1;
            };
            let open =
                pattern.with(|name| table.place(name).map(|place| table.columns[place][row]));
            match &way {
                Way::Index => {
                    let scan = self.index.scan(open);
                    if written.is_empty() && simple {
                        joined.rows += scan.len();
                    } else {
                        for (many, quad) in scan.enumerate() {
                            self.look(many)?;
                            if new.iter().all(|new| new.agrees(quad)) {
                                add(quad);
                            }
                        }
                    }
                }
                Way::Subject(starts) => {
                    let rows = starts.of(open.subject.unwrap_or(UNBOUND));
                    for [p, s, o] in rows {
                        if open.object.is_none_or(|object| object == *o) {
                            add([*s, *p, *o, Scan::DEFAULT_GRAPH]);
                        }
                    }
                }
                Way::Object(starts) => {
                    let rows = starts.of(open.object.unwrap_or(UNBOUND));
                    for [p, o, s] in rows {
                        add([*s, *p, *o, Scan::DEFAULT_GRAPH]);
                    }
                }
            }
            if !kept.is_empty() {
                let row = u32::try_from(row).map_err(|_| Give::TooLarge)?;
                of_row.resize(of_row.len() + joined.rows - before, row);
            }
            self.fits(joined.rows, joined.names.len())?;
        }
        for (column, place) in joined.columns.iter_mut().zip(&kept) {
            let values = &table.columns[*place];
            column.extend(of_row.iter().map(|row| values[*row as usize]));
        }
        Ok(joined)
    }

    fn way(&self, table: &Table, pattern: &QuadPattern) -> Way<'_> {
        let [subject, Position::Term(predicate), object] = &pattern.triple else {
            return Way::Index;
        };
        if pattern.graph != Where::Default {
            return Way::Index;
        }
        let bound = |position: &Position| match position {
            Position::Variable(name) => table.place(name).is_some(),
            Position::Term(_) => false,
        };
        let triples = self.index.triples();
        let worth = |many: usize| table.rows > many / 32;
        if bound(subject) {
            let rows = triples.by_subject(*predicate);
            // The triples of a term and a predicate are few as a rule; those of a common object
            // are not, and there the index is asked for both.
            let starts = worth(rows.len()).then(|| Starts::new(rows)).flatten();
            return starts.map_or(Way::Index, Way::Subject);
        }
        if bound(object) && matches!(subject, Position::Variable(_)) {
            let rows = triples.by_object(*predicate);
            let starts = worth(rows.len()).then(|| Starts::new(rows)).flatten();
            return starts.map_or(Way::Index, Way::Object);
        }
        Way::Index
    }
}

/// A variable that a pattern binds.
struct New {
    name: Variable,
    /// Its position in a quad.
    place: usize,
    /// Its other positions, where the same must stand.
    again: Vec<usize>,
}

impl New {
    fn agrees(&self, quad: [Id; 4]) -> bool {
        self.again
            .iter()
            .all(|place| quad[*place] == quad[self.place])
    }
}

fn new_variables(table: &Table, pattern: &QuadPattern) -> Vec<New> {
    let mut new: Vec<New> = Vec::new();
    for (place, name) in pattern.variables() {
        if table.place(name).is_some() {
            continue;
        }
        match new.iter_mut().find(|new| new.name == *name) {
            Some(known) => known.again.push(place),
            None => new.push(New {
                name: name.clone(),
                place,
                again: Vec::new(),
            }),
        }
    }
    new
}
