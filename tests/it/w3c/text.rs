//! The cases about CSV and TSV: our bytes, read by what the recommendation says of the formats
//! and not by the library that wrote them.

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{BlankNode, Literal, Term};

use super::compare::{Rule, differ};
use super::manifest;
use super::service::Service;
use super::value::{Row, Table, Value};

/// Compares our text with the expected one: both say the same rows, in the order that all of
/// these queries ask for. Below which heading the columns of `SELECT *` come first is free
/// (SPARQL Query Results XML Format, section 2.2, and the others follow it).
pub(super) async fn holds(service: &Service, query: &str, file: &str) -> Result<(), String> {
    let (media_type, read): (_, fn(&str) -> _) = if manifest::ending(file) == "csv" {
        ("text/csv", csv)
    } else {
        ("text/tab-separated-values", tsv)
    };
    let ours = service.ask(query, "", media_type).await.text();
    let expected = manifest::text(file);
    if media_type == "text/csv" && ours.matches('\n').count() != ours.matches("\r\n").count() {
        return Err("a line of CSV ends in CR LF".to_owned());
    }
    let (expected, ours) = (Value::Table(read(&expected)), Value::Table(read(&ours)));
    differ(&expected, &ours, Rule::Sequence).map_err(|error| format!("as {media_type}: {error}"))
}

/// CSV says the text of a value and not its kind, so all are texts but nodes without a name.
/// Whether a field stands in quotation marks says nothing.
fn csv(text: &str) -> Table {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records = reader.into_records().map(|record| {
        let record = record.unwrap();
        record.iter().map(str::to_owned).collect()
    });
    table(records, |field| match field.strip_prefix("_:") {
        Some(label) => BlankNode::new(label).unwrap().into(),
        None => Literal::from(field).into(),
    })
}

/// TSV has terms as in Turtle, so one number can be written in several ways.
fn tsv(text: &str) -> Table {
    let records = text
        .lines()
        .map(|line| line.split('\t').map(str::to_owned).collect());
    table(records, |field| match field.strip_prefix("_:") {
        Some(label) => BlankNode::new(label).unwrap().into(),
        None => turtle(field),
    })
}

/// The rows below the heading; an empty field is a variable without a value.
fn table(records: impl Iterator<Item = Vec<String>>, term: impl Fn(&str) -> Term) -> Table {
    let mut records = records;
    let heading = records.next().unwrap();
    let row = |record: Vec<String>| -> Row {
        assert_eq!(record.len(), heading.len(), "{record:?}");
        let fields = heading.iter().zip(&record);
        fields
            .filter(|(_, field)| !field.is_empty())
            .map(|(name, field)| (name.clone(), term(field)))
            .collect()
    };
    let rows = records.map(row).collect();
    let mut variables = heading.clone();
    variables.sort();
    Table {
        variables,
        rows,
        numbered: true,
    }
}

fn turtle(term: &str) -> Term {
    let statement = format!("<urn:s> <urn:p> {term} .");
    let mut quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(&statement);
    quads.next().unwrap().unwrap().object
}
