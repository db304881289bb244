//! Results → answer: bytes in a format, or values for a page, within limits.

use std::io::{self, Write};

use oxigraph::model::{Graph, GraphName, Variable};
use oxigraph::sparql::results::QueryResultsSerializer;
use oxigraph::sparql::{QueryResults, QuerySolutionIter};

use super::results::{Answer, Body, Rows, Window, library};
use super::run::{Limits, RunError, Task};
use super::xml;
use crate::rdf::{Format, serialize};

/// The answer that the results of a query make, in the format that was wanted.
pub(super) fn answer(
    results: QueryResults<'_>,
    task: &Task,
    limits: Limits,
) -> Result<Answer, RunError> {
    let wanted = task.wanted;
    match results {
        QueryResults::Boolean(truth) => {
            let format = acceptable(wanted.truth, &Format::TRUTH)?;
            Ok(Answer {
                format,
                body: write_truth(truth, format)?,
                total: None,
            })
        }
        QueryResults::Solutions(solutions) => {
            let format = acceptable(wanted.rows, &Format::ROWS)?;
            let (body, total) = match format {
                Format::Html => values(solutions, task.window, limits)?,
                _ => write_rows(solutions, format, task.window, limits)?,
            };
            Ok(Answer {
                format,
                body,
                total: Some(total),
            })
        }
        QueryResults::Graph(triples) => {
            let format = acceptable(wanted.graph, &Format::RDF)?;
            let mut graph = Graph::new();
            let mut held = Held::new(limits);
            for triple in triples {
                let triple = triple?;
                xml::fits(format, &triple)?;
                held.add(triple.object.to_string().len() + triple.subject.to_string().len())?;
                graph.insert(&triple);
            }
            Ok(Answer {
                format,
                body: write_graph(graph, format, limits)?,
                total: None,
            })
        }
    }
}

fn acceptable(wanted: Option<Format>, able: &[Format]) -> Result<Format, RunError> {
    wanted.ok_or_else(|| RunError::NotAcceptable(able.to_vec()))
}

fn write_truth(truth: bool, format: Format) -> Result<Body, RunError> {
    let Some(syntax) = library(format) else {
        return Ok(Body::Truth(truth));
    };
    let serializer = QueryResultsSerializer::from_format(syntax);
    let bytes = serializer
        .serialize_boolean_to_writer(Vec::new(), truth)
        .map_err(RunError::Internal)?;
    Ok(Body::Bytes(bytes))
}

/// The rows within the window as values, and the number of all.
fn values(
    solutions: QuerySolutionIter<'_>,
    window: Window,
    limits: Limits,
) -> Result<(Body, usize), RunError> {
    let variables = solutions.variables().to_vec();
    let mut held = Held::new(limits);
    let mut rows = Vec::new();
    let mut total = 0;
    for solution in solutions {
        let solution = solution?;
        if window.holds(total) {
            for value in solution.values().iter().flatten() {
                held.add(value.to_string().len())?;
            }
            rows.push(solution.values().to_vec());
        }
        total += 1;
    }
    let variables = variables.into_iter().map(Variable::into_string);
    let rows = Rows {
        variables: variables.collect(),
        rows,
    };
    Ok((Body::Rows(rows), total))
}

/// The rows within the window as bytes, and the number of all.
fn write_rows(
    solutions: QuerySolutionIter<'_>,
    format: Format,
    window: Window,
    limits: Limits,
) -> Result<(Body, usize), RunError> {
    let syntax = library(format).ok_or_else(|| RunError::NotAcceptable(Format::ROWS.to_vec()))?;
    let full = |error: io::Error| match error.kind() {
        io::ErrorKind::FileTooLarge => RunError::TooLarge(limits.bytes),
        _ => RunError::Internal(error),
    };
    let out = Bounded {
        bytes: Vec::new(),
        most: limits.bytes,
    };
    let mut writer = QueryResultsSerializer::from_format(syntax)
        .serialize_solutions_to_writer(out, solutions.variables().to_vec())
        .map_err(full)?;
    let mut total = 0;
    for solution in solutions {
        let solution = solution?;
        if window.holds(total) {
            for value in solution.values().iter().flatten() {
                xml::holds(format, value)?;
            }
            writer.serialize(&solution).map_err(full)?;
        }
        total += 1;
    }
    let out = writer.finish().map_err(full)?;
    Ok((Body::Bytes(out.bytes), total))
}

fn write_graph(graph: Graph, format: Format, limits: Limits) -> Result<Body, RunError> {
    let Some(syntax) = format.rdf_format() else {
        return Ok(Body::Graph(graph));
    };
    let graphs = [(GraphName::DefaultGraph, &graph)];
    let bytes = serialize::graphs(&graphs, syntax).map_err(RunError::Internal)?;
    if bytes.len() > limits.bytes {
        return Err(RunError::TooLarge(limits.bytes));
    }
    Ok(Body::Bytes(bytes))
}

/// What is held in memory of an answer, about: its texts, without what goes with them.
struct Held {
    bytes: usize,
    most: usize,
}

impl Held {
    fn new(limits: Limits) -> Self {
        Self {
            bytes: 0,
            most: limits.bytes,
        }
    }

    fn add(&mut self, bytes: usize) -> Result<(), RunError> {
        self.bytes += bytes;
        if self.bytes > self.most {
            return Err(RunError::TooLarge(self.most));
        }
        Ok(())
    }
}

/// A buffer that refuses to grow beyond a size.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
