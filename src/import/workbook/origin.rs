//! Where rows without an address come from, and what that makes of the parts they become.

use std::collections::BTreeMap;

use super::columns::{Column, Part};
use super::{Row, show};
use crate::model::{Date, Iri, Layer, LineRange, Plan, Text, Values};

/// Where the rows without an address come from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// People add them on this day to a plan that was read from something else. They do not
    /// stand in its document, so they go to the editorial layer, with a note instead of lines.
    Added(Date),
    /// The workbook is the plan's document, and each row stands on these lines of its text.
    Document(BTreeMap<(Part, usize), LineRange>),
}

impl Origin {
    /// The layer of a new part.
    pub(super) fn layer(&self) -> Layer {
        match self {
            Self::Added(_) => Layer::Editorial,
            Self::Document(_) => Layer::Stated,
        }
    }

    /// What a new part says of itself where it stands in no document.
    pub(super) fn notes(&self) -> Vec<Text> {
        match self {
            Self::Added(day) => vec![
                Text::sv(format!("Tillagd i arbetsboken {day}.")),
                Text {
                    language: "en".to_owned(),
                    text: format!("Added in the workbook on {day}."),
                },
            ],
            Self::Document(_) => Vec::new(),
        }
    }

    /// The lines of the plan's document that a row stands on.
    pub(super) fn lines(&self, part: Part, row: &Row) -> Option<LineRange> {
        match self {
            Self::Added(_) => None,
            Self::Document(lines) => lines.get(&(part, row.number)).copied(),
        }
    }

    /// What carries a new follow-up of the plan with that IRI.
    pub(super) fn report(&self, plan: &str) -> Option<Iri> {
        match self {
            Self::Added(_) => Iri::parse(format!("{plan}/{}", Layer::Editorial.key())),
            Self::Document(_) => Iri::parse(plan),
        }
    }

    /// The row as it is to be taken over. In a document, the cells themselves are the words that
    /// values rest on, where no others are given.
    pub(super) fn read(&self, row: &Row) -> Row {
        let mut row = row.clone();
        if matches!(self, Self::Document(_)) {
            let word = |row: &Row, columns: &[Column]| {
                let cells = columns.iter().map(|column| row.cell(*column));
                let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
                cells.join(" ")
            };
            for (wording, of) in [
                (Column::StatusWording, &[Column::Status][..]),
                (Column::PeriodWording, &[Column::From, Column::To]),
            ] {
                if row.cell(wording).is_empty() {
                    let words = word(&row, of);
                    row.cells.insert(wording, words);
                }
            }
        }
        // An empty cell of a new row says nothing.
        row.cells.retain(|_, cell| !cell.is_empty());
        row
    }
}

/// Describes the editorial layer of a plan that now has one, under the terms of the plan's text.
pub(super) fn describe_editorial(plan: &mut Plan, iri: &str, origin: &Origin) {
    const LAYER: Layer = Layer::Editorial;
    let Origin::Added(day) = origin else { return };
    if plan.graphs.contains_key(&LAYER) || !show::has_editorial(plan) {
        return;
    }
    let mut graph = plan.graphs.get(&Layer::Stated).cloned().unwrap_or_default();
    graph.declared = [LAYER].into();
    graph.in_plan = Iri::parse(iri)
        .map(|iri| (iri, LAYER))
        .into_iter()
        .collect();
    graph.issued = Values::default();
    graph.modified = [(*day, LAYER)].into_iter().collect();
    for terms in [&mut graph.license, &mut graph.rights] {
        *terms = terms.iter().map(|terms| (terms.clone(), LAYER)).collect();
    }
    plan.graphs.insert(LAYER, graph);
}
