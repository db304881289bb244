//! A table and a pattern of quads → the table of both.

use oxrdf::Variable;

use super::table::{Table, UNBOUND};
use super::{Give, Run};
use crate::store::index::{Id, Pattern, Scan, Scope, first_not};

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

    /// What is sought if nothing is known of the variables.
    pub(super) fn open(&self) -> Pattern {
        Sources::of(self, &Table::unit()).pattern(0)
    }
}

/// Where what is known of a position comes from.
#[derive(Clone, Copy)]
enum Source<'a> {
    Term(Id),
    Column(&'a [Id]),
    Nowhere,
}

impl<'a> Source<'a> {
    fn of(position: &Position, table: &'a Table) -> Self {
        match position {
            Position::Term(id) => Self::Term(*id),
            Position::Variable(name) => match table.place(name) {
                Some(place) => Self::Column(&table.columns[place]),
                None => Self::Nowhere,
            },
        }
    }

    fn value(self, row: usize) -> Option<Id> {
        match self {
            Self::Term(id) => Some(id),
            Self::Column(values) => Some(values[row]),
            Self::Nowhere => None,
        }
    }
}

/// Where what is known of each position of a pattern comes from.
struct Sources<'a> {
    triple: [Source<'a>; 3],
    /// None in the default graph.
    graph: Option<Source<'a>>,
}

impl<'a> Sources<'a> {
    fn of(pattern: &QuadPattern, table: &'a Table) -> Self {
        Self {
            triple: pattern
                .triple
                .each_ref()
                .map(|position| Source::of(position, table)),
            graph: match &pattern.graph {
                Where::Default => None,
                Where::Named(position) => Some(Source::of(position, table)),
            },
        }
    }

    /// What is sought for a solution.
    fn pattern(&self, row: usize) -> Pattern {
        let [subject, predicate, object] = self.triple.map(|source| source.value(row));
        Pattern {
            subject,
            predicate,
            object,
            scope: match self.graph.map(|source| source.value(row)) {
                None => Scope::Default,
                Some(Some(graph)) => Scope::Named(graph),
                Some(None) => Scope::AnyNamed,
            },
        }
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

/// How many places there may be for each row that has one; more are not worth their memory.
const SPARSE: usize = 128;

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
        if span / SPARSE > rows.len() {
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
                &rows[..first_not(rows, |[_, own, _]| *own == key)]
            }
            _ => &[],
        }
    }
}

/// What a join gives, while it is made.
struct Output<'a> {
    table: &'a Table,
    /// The columns of the table that stay.
    kept: Vec<usize>,
    /// The solution of the table that each solution comes from.
    of_row: Vec<u32>,
    /// The variables that the pattern binds.
    new: Vec<New>,
    /// Those of them that are wanted, by their position in a quad.
    written: Vec<usize>,
    names: Vec<Variable>,
    columns: Vec<Vec<Id>>,
    rows: usize,
}

impl<'a> Output<'a> {
    fn new(table: &'a Table, pattern: &QuadPattern, wanted: &dyn Fn(&Variable) -> bool) -> Self {
        let new = new_variables(table, pattern);
        let kept: Vec<_> = (0..table.names.len())
            .filter(|place| wanted(&table.names[*place]))
            .collect();
        let written: Vec<_> = new.iter().filter(|new| wanted(&new.name)).collect();
        let names = written.iter().map(|new| new.name.clone()).collect();
        let written: Vec<_> = written.iter().map(|new| new.place).collect();
        Self {
            table,
            kept,
            of_row: Vec::new(),
            columns: vec![Vec::new(); written.len()],
            new,
            written,
            names,
            rows: 0,
        }
    }

    /// Takes the quads that were found for a solution, which agree with it.
    fn take(&mut self, row: usize, quads: impl Iterator<Item = [Id; 4]>) {
        let before = self.rows;
        for quad in quads {
            for (column, place) in self.columns.iter_mut().zip(&self.written) {
                column.push(quad[*place]);
            }
            self.rows += 1;
        }
        self.come_from(row, self.rows - before);
    }

    /// Takes what a scan finds, in which a variable may stand twice.
    fn take_scan(&mut self, row: usize, scan: Scan<'_>) {
        if self.new.iter().any(|new| !new.again.is_empty()) {
            let new = std::mem::take(&mut self.new);
            self.take(
                row,
                scan.filter(|quad| new.iter().all(|new| new.agrees(*quad))),
            );
            self.new = new;
        } else if self.written.is_empty() {
            self.rows += scan.len();
            self.come_from(row, scan.len());
        } else {
            self.take(row, scan);
        }
    }

    fn come_from(&mut self, row: usize, many: usize) {
        if !self.kept.is_empty() {
            // `Run::fits` has seen to it that there are no more.
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            self.of_row.resize(self.of_row.len() + many, row);
        }
    }

    fn finish(self) -> Table {
        let of_row = &self.of_row;
        let keep = |place: &usize| {
            let values = &self.table.columns[*place];
            of_row.iter().map(|row| values[*row as usize]).collect()
        };
        let names = self
            .kept
            .iter()
            .map(|place| self.table.names[*place].clone());
        Table {
            names: names.chain(self.names).collect(),
            columns: self.kept.iter().map(keep).chain(self.columns).collect(),
            rows: self.rows,
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
        let shared = |(_, name): (usize, &Variable)| table.place(name).is_some();
        if !pattern.variables().any(shared) {
            let many = self.index.scan(pattern.open()).len();
            self.fits(table.rows.saturating_mul(many), 1)?;
        }
        let sure = |(_, name)| table.place(name).is_none() || table.always_binds(name);
        if !pattern.variables().all(sure) {
            return Err(Give::Other);
        }
        let way = self.way(table, pattern);
        let sources = Sources::of(pattern, table);
        let mut output = Output::new(table, pattern, wanted);
        for row in 0..table.rows {
            self.look()?;
            let sought = sources.pattern(row);
            match &way {
                Way::Index => {
                    let scan = self.index.scan(sought);
                    self.fits(output.rows.saturating_add(scan.len()), output.columns.len())?;
                    output.take_scan(row, scan);
                }
                Way::Subject(starts) => {
                    let mut found = starts.of(sought.subject.unwrap_or(UNBOUND));
                    if let Some(object) = sought.object {
                        let from = found.partition_point(|[_, _, own]| *own < object);
                        let has = found.get(from).is_some_and(|[_, _, own]| *own == object);
                        found = &found[from..from + usize::from(has)];
                    }
                    let quads = found.iter();
                    let quads = quads.map(|[p, s, o]| [*s, *p, *o, Scan::DEFAULT_GRAPH]);
                    output.take(row, quads);
                }
                Way::Object(starts) => {
                    let found = starts.of(sought.object.unwrap_or(UNBOUND)).iter();
                    let quads = found.map(|[p, o, s]| [*s, *p, *o, Scan::DEFAULT_GRAPH]);
                    output.take(row, quads);
                }
            }
            self.fits(output.rows, output.kept.len() + output.columns.len())?;
        }
        Ok(output.finish())
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
