//! What queries may take, as `schema:PropertyValue`; units are codes of UN/CEFACT.

use std::time::Duration;

use oxrdf::Literal;

use super::SPARQL;
use crate::sparql::named::Words;
use crate::sparql::{Bounds, size};
use crate::views::writer::{Writer, both};
use crate::vocab::{rdf, schema, xsd};

const MILLISECONDS: &str = "C26";
const SECONDS: &str = "SEC";
const BYTES: &str = "AD";
/// A number of things, or of something by the same.
const ONE: &str = "C62";

/// One limit.
struct Limit {
    key: &'static str,
    most: Literal,
    unit: &'static str,
    name: Words,
}

impl Limit {
    fn of(key: &'static str, most: u64, unit: &'static str, sv: &str, en: &str) -> Self {
        Self {
            key,
            most: Literal::from(i64::try_from(most).unwrap_or(i64::MAX)),
            unit,
            name: both(&format!("{sv}: {most}"), &format!("{en}: {most}")),
        }
    }
}

/// Writes down every limit.
pub(super) fn limits(out: &mut Writer<'_>, bounds: Bounds) {
    let service = out.node(SPARQL);
    let all = of_query(bounds).into_iter().chain(of_text());
    for limit in all.chain(of_client(bounds)) {
        let node = out.node(&format!("{SPARQL}#limit-{}", limit.key));
        out.link(&service, schema::ADDITIONAL_PROPERTY, &node);
        out.link(&node, rdf::TYPE, schema::PROPERTY_VALUE);
        let text = Literal::new_simple_literal;
        out.value(&node, schema::PROPERTY_ID, text(limit.key));
        out.words(&node, schema::NAME, limit.name);
        out.value(&node, schema::MAX_VALUE, limit.most);
        out.value(&node, schema::UNIT_CODE, text(limit.unit));
    }
}

/// What a query may take while it runs, and how many may.
fn of_query(bounds: Bounds) -> [Limit; 6] {
    let limits = bounds.limits;
    let seconds = limits.time.as_secs_f64();
    let time = Limit {
        name: both(
            &format!("Längsta körtid för en fråga: {seconds} sekunder; timeout= ger mindre"),
            &format!("Longest time a query may run: {seconds} seconds; timeout= gives less"),
        ),
        ..Limit::of("time", milliseconds(limits.time), MILLISECONDS, "", "")
    };
    [
        time,
        Limit::of(
            "result-rows",
            limits.rows as u64,
            ONE,
            "Rader eller tripplar i ett svar",
            "Rows or triples of an answer",
        ),
        Limit::of(
            "result-bytes",
            limits.bytes as u64,
            BYTES,
            "Största svar, i byte",
            "Largest answer, in bytes",
        ),
        Limit::of(
            "memory",
            limits.memory,
            BYTES,
            "Minne för en fråga, i byte",
            "Memory of a query, in bytes",
        ),
        Limit::of(
            "queries-at-once",
            bounds.at_once as u64,
            ONE,
            "Frågor som körs samtidigt",
            "Queries that run at once",
        ),
        Limit::of(
            "queries",
            bounds.queries as u64,
            ONE,
            "Frågor som körs eller väntar",
            "Queries that run or wait",
        ),
    ]
}

/// How long and how deep a query may be.
fn of_text() -> [Limit; 4] {
    [
        Limit::of(
            "query-bytes",
            size::LONGEST as u64,
            BYTES,
            "Längsta fråga, i byte",
            "Longest query, in bytes",
        ),
        Limit::of(
            "words",
            size::WORDIEST as u64,
            ONE,
            "Ord och tecken i en fråga",
            "Words and signs of a query",
        ),
        Limit::of(
            "patterns",
            size::PATTERNS as u64,
            ONE,
            "Trippelmönster och steg i sökvägar",
            "Triple patterns and path steps",
        ),
        Limit::of(
            "open-brackets",
            size::DEEPEST as u64,
            ONE,
            "Parenteser öppna på en gång",
            "Brackets open at once",
        ),
    ]
}

/// What the queries of one client may take, where that is bounded.
fn of_client(bounds: Bounds) -> Vec<Limit> {
    let client = bounds.client;
    let mut limits = vec![Limit::of(
        "client-queries",
        client.queries as u64,
        ONE,
        "Frågor från en klient som körs eller väntar",
        "Queries of one client that run or wait",
    )];
    if !client.seconds.is_zero() {
        limits.push(Limit::of(
            "client-seconds",
            client.seconds.as_secs(),
            SECONDS,
            "Sekunder som en klients frågor får köras innan den får vänta",
            "Seconds that the queries of one client may run before it has to wait",
        ));
        let rate = client.rate.as_secs_f64().to_string();
        limits.push(Limit {
            key: "client-rate",
            unit: ONE,
            name: both(
                &format!("Sekunder av dem som kommer tillbaka varje sekund: {rate}"),
                &format!("Seconds of those that come back each second: {rate}"),
            ),
            most: Literal::new_typed_literal(rate, xsd::DECIMAL),
        });
    }
    limits
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
