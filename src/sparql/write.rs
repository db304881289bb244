//! Results → bytes in a format, given to the asker as they are made, within limits.

use std::io::{self, Write};

use oxigraph::model::{Graph, GraphName};
use oxigraph::sparql::results::QueryResultsSerializer;
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};

use super::clock::Clock;
use super::results::{Kind, Window, carrier, library};
use super::run::{Asker, End, Limits, RunError};
use super::xml;
use crate::rdf::{Format, serialize};

/// How many bytes the asker is given at once.
const CHUNK: usize = 64 << 10;

/// Gives the asker the results of a query in a format.
pub(super) fn answer(
    results: QueryResults<'_>,
    format: Format,
    window: Window,
    limits: Limits,
    clock: &Clock,
    asker: &mut dyn Asker,
) -> Result<End, RunError> {
    let mut out = Chunks {
        asker,
        waiting: Vec::new(),
        given: 0,
        most: limits.bytes,
    };
    let total = match results {
        QueryResults::Boolean(truth) => {
            let bytes = serializer(carrier(format, Kind::Truth))?
                .serialize_boolean_to_writer(Vec::new(), truth)
                .map_err(RunError::Internal)?;
            out.write_all(&bytes).map_err(|error| out.failed(error))?;
            None
        }
        QueryResults::Solutions(solutions) => {
            let format = carrier(format, Kind::Rows);
            Some(rows(solutions, format, window, limits, clock, &mut out)?)
        }
        QueryResults::Graph(triples) => {
            let format = carrier(format, Kind::Graph);
            let bytes = graph(triples, format, limits, clock)?;
            out.write_all(&bytes).map_err(|error| out.failed(error))?;
            None
        }
    };
    out.give().map_err(|error| out.failed(error))?;
    Ok(End { total })
}

fn serializer(format: Format) -> Result<QueryResultsSerializer, RunError> {
    let syntax = library(format);
    let syntax = syntax.ok_or_else(|| RunError::NotAcceptable(Format::ROWS.to_vec()))?;
    Ok(QueryResultsSerializer::from_format(syntax))
}

/// Writes the rows within the window, and counts all.
fn rows(
    solutions: QuerySolutionIter<'_>,
    format: Format,
    window: Window,
    limits: Limits,
    clock: &Clock,
    out: &mut Chunks<'_>,
) -> Result<usize, RunError> {
    let most = out.most;
    let full = |error| failed(error, most);
    let mut writer = serializer(format)?
        .serialize_solutions_to_writer(out, solutions.variables().to_vec())
        .map_err(full)?;
    let (mut total, mut given) = (0, 0);
    for solution in solutions {
        let solution = solution?;
        if clock.expired() {
            return Err(RunError::Timeout(limits.time));
        }
        if window.holds(total) {
            given += 1;
            if given > limits.rows {
                return Err(RunError::TooManyRows(limits.rows));
            }
            for value in solution.values().iter().flatten() {
                xml::holds(format, value)?;
            }
            writer.serialize(&solution).map_err(full)?;
        }
        total += 1;
    }
    writer.finish().map_err(full)?;
    Ok(total)
}

/// The bytes of a graph, which is a set and in order, so that all of it comes before any.
fn graph(
    triples: QueryTripleIter<'_>,
    format: Format,
    limits: Limits,
    clock: &Clock,
) -> Result<Vec<u8>, RunError> {
    let syntax = format.rdf_format();
    let syntax = syntax.ok_or_else(|| RunError::NotAcceptable(Format::RDF.to_vec()))?;
    let mut graph = Graph::new();
    // What is held in memory, about: the texts, without what goes with them.
    let mut held = 0;
    for triple in triples {
        let triple = triple?;
        if clock.expired() {
            return Err(RunError::Timeout(limits.time));
        }
        xml::fits(format, &triple)?;
        let size = triple.object.to_string().len() + triple.subject.to_string().len();
        if graph.insert(&triple) {
            held += size;
        }
        if held > limits.bytes {
            return Err(RunError::TooLarge(limits.bytes));
        }
        if graph.len() > limits.rows {
            return Err(RunError::TooManyRows(limits.rows));
        }
    }
    let graphs = [(GraphName::DefaultGraph, &graph)];
    serialize::graphs(&graphs, syntax).map_err(RunError::Internal)
}

/// What is to be given to the asker, many bytes at once, and never more than the bound.
struct Chunks<'a> {
    asker: &'a mut dyn Asker,
    waiting: Vec<u8>,
    given: usize,
    most: usize,
}

impl Chunks<'_> {
    fn give(&mut self) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.asker.bytes(&self.waiting)?;
            self.given += self.waiting.len();
            self.waiting.clear();
        }
        Ok(())
    }

    fn failed(&self, error: io::Error) -> RunError {
        failed(error, self.most)
    }
}

fn failed(error: io::Error, most: usize) -> RunError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => RunError::TooLarge(most),
        _ => RunError::Internal(error),
    }
}

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    /// What serializers call, with a few bytes each time.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.given + self.waiting.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        for part in bytes.chunks(CHUNK) {
            self.waiting.extend_from_slice(part);
            if self.waiting.len() >= CHUNK {
                self.give()?;
            }
        }
        Ok(())
    }

    /// Does nothing: what serializers call when a row ends is no reason to send it alone.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
