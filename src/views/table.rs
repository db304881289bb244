//! Resources that are tables, as CSV and as workbooks, with documented columns.
//!
//! A column is declared once, with what it means and the function that fills it; the table
//! (RFC 4180) and its description (W3C: Metadata Vocabulary for Tabular Data) both follow from
//! that. The names of the columns are part of what an instance promises: they do not change.

mod activities;
mod cell;
mod column;
mod comparison;
mod goals;
mod metadata;
mod organisations;
mod plans;
mod workbook;

use std::collections::BTreeSet;
use std::io::{self, Seek, Write};

use self::cell::Cell;
use self::column::{Column, Columns, Holds};
use super::comparison::{Asked, Made};
use super::{Error, Resource, collection};
use crate::model::{Layer, PlanId};
use crate::store::Snapshot;
use crate::vocab::{plan, rdf};

/// Where a row rests on more than what the document states, last in the tables of what is in
/// plans: the columns whose value, in whole or in part, stands in a layer.
const LAYERS: [(Column, Layer); 2] = [
    (
        Column::new(
            "interpreted",
            Holds::Text,
            ["Tolkat", "Interpreted"],
            [
                "Namnen på de kolumner på raden vars värde, helt eller delvis, är en tolkning: det behöver mer än dokumentets egna ord.",
                "The names of the columns whose value in this row is, in whole or in part, an interpretation: it needs more than the document's own words.",
            ],
        )
        .list(),
        Layer::Interpreted,
    ),
    (
        Column::new(
            "editorial",
            Holds::Text,
            ["Redaktionellt", "Editorial"],
            [
                "Namnen på de kolumner på raden vars värde, helt eller delvis, har lagts till av människor i efterhand.",
                "The names of the columns whose value in this row was, in whole or in part, added by people afterwards.",
            ],
        )
        .list(),
        Layer::Editorial,
    ),
];

/// What a table lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `/plan`: the plans.
    Plans,
    /// `/plan/{id}`: the activities of a plan.
    Activities(PlanId),
    /// `/framework`: the goals of every framework.
    Goals,
    /// `/framework/{id}`: the goals of one.
    GoalsOf(oxrdf::NamedNode),
    /// `/organisation`: the organisations.
    Organisations,
    /// `/download/plans`: the activities of every plan.
    AllActivities,
    /// `/compare/{framework}`: what plans do towards its goals.
    Comparison(Box<Asked>),
}

/// What takes the rows of a table, the names of its columns first.
trait Sink {
    fn row(&mut self, cells: &mut dyn Iterator<Item = String>) -> io::Result<()>;
}

impl<W: Write> Sink for csv::Writer<W> {
    fn row(&mut self, cells: &mut dyn Iterator<Item = String>) -> io::Result<()> {
        Ok(self.write_record(cells.map(String::into_bytes))?)
    }
}

impl Kind {
    /// The table that a resource is, if it is one.
    pub fn of(snapshot: &Snapshot, resource: &Resource) -> Result<Option<Self>, Error> {
        Ok(match resource {
            Resource::Collection(collection::Kind::Plans) => Some(Self::Plans),
            Resource::Collection(collection::Kind::Frameworks) => Some(Self::Goals),
            Resource::Collection(collection::Kind::Organisations) => Some(Self::Organisations),
            Resource::Node(node) => match snapshot.plan_of(node.as_str()) {
                Some((entry, "")) => snapshot
                    .base()
                    .relative(entry.iri.as_str())
                    .and_then(|path| PlanId::parse(path.strip_prefix("plan/")?))
                    .map(Self::Activities),
                Some(_) => None,
                None => {
                    let classes = snapshot.objects(node.as_ref(), rdf::TYPE)?;
                    let framework = oxrdf::Term::from(plan::FRAMEWORK.into_owned());
                    classes
                        .contains(&framework)
                        .then(|| Self::GoalsOf(node.clone()))
                }
            },
            Resource::Comparison(asked) => Some(Self::Comparison(asked.clone())),
            _ => None,
        })
    }

    /// The table (RFC 4180, UTF-8, first row the names of the columns).
    ///
    /// # Errors
    /// Where the store fails.
    pub fn csv(&self, snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.write_csv(snapshot, &mut bytes)?;
        Ok(bytes)
    }

    /// The same, written row by row.
    ///
    /// # Errors
    /// Where the store or the writer fails.
    pub fn write_csv(&self, snapshot: &Snapshot, out: impl Write) -> Result<(), Error> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        self.rows(snapshot, &mut writer)?;
        Ok(writer.flush()?)
    }

    /// The table as an Excel workbook: a sheet with the rows, in text cells, and one that says
    /// what each column means. The same bytes for the same snapshot.
    ///
    /// # Errors
    /// Where the store fails, or the table is larger than a sheet can be.
    pub fn workbook(&self, snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
        let mut bytes = io::Cursor::new(Vec::new());
        self.write_book(snapshot, workbook::Rows::InMemory, &mut bytes)?;
        Ok(bytes.into_inner())
    }

    /// The same, into a file; rows wait on disk, not in memory, until it is written.
    ///
    /// # Errors
    /// As for [`Kind::workbook`], or where the writer fails.
    pub fn write_workbook(
        &self,
        snapshot: &Snapshot,
        out: impl Write + Seek + Send,
    ) -> Result<(), Error> {
        self.write_book(snapshot, workbook::Rows::OnDisk, out)
    }

    fn write_book(
        &self,
        snapshot: &Snapshot,
        rows: workbook::Rows,
        out: impl Write + Seek + Send,
    ) -> Result<(), Error> {
        let columns: Vec<_> = self.columns().collect();
        let mut book = workbook::Book::new(rows)?;
        self.rows(snapshot, &mut book.sheet(&columns)?)?;
        book.explain(&columns)?;
        Ok(book.write(out)?)
    }

    fn rows(&self, snapshot: &Snapshot, out: &mut dyn Sink) -> Result<(), Error> {
        let layers = self.layers();
        out.row(&mut self.columns().map(|column| column.name.to_owned()))?;
        match self {
            Self::Plans => write(plans::COLUMNS, layers, &plans::rows(snapshot), out),
            Self::Activities(plan) => {
                let rows = activities::rows(snapshot, plan)?;
                write(activities::COLUMNS, layers, &rows, out)
            }
            Self::AllActivities => {
                for plan in snapshot.plans().keys() {
                    let rows = activities::rows(snapshot, plan)?;
                    write(activities::COLUMNS, layers, &rows, out)?;
                }
                Ok(())
            }
            Self::Goals => write(goals::COLUMNS, layers, &goals::all(snapshot)?, out),
            Self::GoalsOf(framework) => {
                let rows = goals::of(snapshot, framework)?;
                write(goals::COLUMNS, layers, &rows, out)
            }
            Self::Comparison(asked) => {
                let rows = comparison::rows(snapshot, &Made::of(snapshot, asked)?)?;
                write(comparison::COLUMNS, layers, &rows, out)
            }
            Self::Organisations => {
                let rows = organisations::rows(snapshot)?;
                write(organisations::COLUMNS, layers, &rows, out)
            }
        }
    }

    /// What the columns mean: the description of the table (Metadata Vocabulary for Tabular
    /// Data, section 5.4), which is at the address of the resource.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn metadata(&self, snapshot: &Snapshot, resource: &Resource) -> Result<Vec<u8>, Error> {
        metadata::table(self, snapshot, resource)
    }

    /// The same, for a table that is a file of its own at that address, without suffix, and was
    /// last changed on that day.
    ///
    /// # Errors
    /// Always our fault.
    pub fn metadata_of_file(
        &self,
        snapshot: &Snapshot,
        stem: &str,
        licences: BTreeSet<String>,
        modified: Option<String>,
    ) -> Result<Vec<u8>, Error> {
        let of = metadata::Of {
            stem: stem.to_owned(),
            query: String::new(),
            licences,
            modified,
        };
        metadata::describe_table(self, snapshot, &of)
    }

    /// The columns that say on which layers a row rests, in the tables that need them:
    /// reference data have no layers.
    fn layers(&self) -> &'static [(Column, Layer)] {
        match self {
            Self::Plans | Self::Activities(_) | Self::AllActivities | Self::Comparison(_) => {
                &LAYERS
            }
            Self::Goals | Self::GoalsOf(_) | Self::Organisations => &[],
        }
    }

    fn columns(&self) -> impl Iterator<Item = &'static Column> {
        fn only<F>(columns: Columns<F>) -> Vec<&'static Column> {
            columns.iter().map(|(column, _)| column).collect()
        }
        let columns = match self {
            Self::Plans => only(plans::COLUMNS),
            Self::Activities(_) | Self::AllActivities => only(activities::COLUMNS),
            Self::Goals | Self::GoalsOf(_) => only(goals::COLUMNS),
            Self::Organisations => only(organisations::COLUMNS),
            Self::Comparison(_) => only(comparison::COLUMNS),
        };
        let layers = self.layers().iter().map(|(column, _)| column);
        columns.into_iter().chain(layers)
    }
}

/// Writes the rows of a table, after their header.
fn write<R, F>(
    columns: Columns<F>,
    layers: &[(Column, Layer)],
    rows: &[R],
    out: &mut dyn Sink,
) -> Result<(), Error>
where
    F: Fn(&R) -> Result<Cell, Error>,
{
    for row in rows {
        let mut cells = Vec::new();
        for (column, cell) in columns {
            cells.push((column, cell(row)?));
        }
        for (column, layer) in layers {
            let resting = cells.iter().filter(|(_, cell)| cell.rests_on(*layer));
            let names: Vec<_> = resting.map(|(column, _)| column.name.to_owned()).collect();
            cells.push((column, Cell::list(names)));
        }
        let mut texts = cells.iter().map(|(column, cell)| cell.write(column.list));
        out.row(&mut texts)?;
    }
    Ok(())
}
