//! Resources that are tables, as CSV with documented columns.
//!
//! A column is declared once, with what it means and the function that fills it; the table
//! (RFC 4180) and its description (W3C: Metadata Vocabulary for Tabular Data) both follow from
//! that. The names of the columns are part of what an instance promises: they do not change.

mod activities;
mod cell;
mod column;
mod goals;
mod metadata;
mod organisations;
mod plans;

use std::io;

use self::cell::Cell;
use self::column::{Column, Columns, Holds};
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
            _ => None,
        })
    }

    /// The table (RFC 4180, UTF-8, first row the names of the columns).
    ///
    /// # Errors
    /// Where the store fails.
    pub fn csv(&self, snapshot: &Snapshot) -> Result<Vec<u8>, Error> {
        let layers = self.layers();
        match self {
            Self::Plans => write(plans::COLUMNS, layers, &plans::rows(snapshot)),
            Self::Activities(plan) => {
                let rows = activities::rows(snapshot, plan)?;
                write(activities::COLUMNS, layers, &rows)
            }
            Self::Goals => write(goals::COLUMNS, layers, &goals::all(snapshot)?),
            Self::GoalsOf(framework) => {
                write(goals::COLUMNS, layers, &goals::of(snapshot, framework)?)
            }
            Self::Organisations => write(
                organisations::COLUMNS,
                layers,
                &organisations::rows(snapshot)?,
            ),
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

    /// The columns that say on which layers a row rests, in the tables that need them:
    /// reference data have no layers.
    fn layers(&self) -> &'static [(Column, Layer)] {
        match self {
            Self::Plans | Self::Activities(_) => &LAYERS,
            Self::Goals | Self::GoalsOf(_) | Self::Organisations => &[],
        }
    }

    fn columns(&self) -> impl Iterator<Item = &'static Column> {
        fn only<F>(columns: Columns<F>) -> Vec<&'static Column> {
            columns.iter().map(|(column, _)| column).collect()
        }
        let columns = match self {
            Self::Plans => only(plans::COLUMNS),
            Self::Activities(_) => only(activities::COLUMNS),
            Self::Goals | Self::GoalsOf(_) => only(goals::COLUMNS),
            Self::Organisations => only(organisations::COLUMNS),
        };
        let layers = self.layers().iter().map(|(column, _)| column);
        columns.into_iter().chain(layers)
    }
}

/// The bytes of a table.
fn write<R, F>(
    columns: Columns<F>,
    layers: &[(Column, Layer)],
    rows: &[R],
) -> Result<Vec<u8>, Error>
where
    F: Fn(&R) -> Result<Cell, Error>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let own = columns.iter().map(|(column, _)| column.name);
    let header = own.chain(layers.iter().map(|(column, _)| column.name));
    writer.write_record(header).map_err(io::Error::from)?;
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
        writer
            .write_record(cells.iter().map(|(column, cell)| cell.write(column.list)))
            .map_err(io::Error::from)?;
    }
    let written = writer.into_inner();
    Ok(written.map_err(csv::IntoInnerError::into_error)?)
}
