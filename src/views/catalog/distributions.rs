//! The ways to get a dataset, and the services.

use std::collections::BTreeMap;

use super::{Distribution, Service, Source};
use crate::model::PlanId;
use crate::rdf::Format;
use crate::views::download::{Content, Download};
use crate::views::writer::both;

/// The formats of a plan, in the order in which a portal lists them.
pub(super) const OF_A_PLAN: [Format; 6] = [
    Format::Csv,
    Format::Xlsx,
    Format::JsonLd,
    Format::Turtle,
    Format::RdfXml,
    Format::NTriples,
];

/// The services, by path.
pub(super) fn services() -> BTreeMap<&'static str, Service> {
    let sparql = Service {
        title: both(
            "SPARQL-tjänst för handlingsplaner",
            "SPARQL endpoint for action plans",
        ),
        description: both(
            "Frågor i SPARQL 1.1 mot planer, ramverk och organisationer. Bara läsning, ingen nyckel.",
            "Queries in SPARQL 1.1 over plans, frameworks and organisations. Read-only, without a key.",
        ),
        endpoint: "sparql",
        protocol: (
            "https://www.w3.org/TR/sparql11-protocol/",
            "SPARQL 1.1 Protocol",
        ),
        kind: "http://www.wikidata.org/entity/Q62270",
    };
    let query = Service {
        title: both(
            "Färdiga frågor om handlingsplaner",
            "Ready-made questions about action plans",
        ),
        description: both(
            "Färdiga frågor med parametrar över HTTP; svaren som tabeller (CSV, JSON) eller länkade data.",
            "Ready-made questions with parameters over HTTP; the answers as tables (CSV, JSON) or linked data.",
        ),
        endpoint: "query",
        protocol: (
            "https://spec.openapis.org/oas/v3.1.0",
            "OpenAPI Specification 3.1",
        ),
        kind: "http://www.wikidata.org/entity/Q749568",
    };
    BTreeMap::from([
        ("catalog/service/sparql", sparql),
        ("catalog/service/query", query),
    ])
}

pub(super) fn of_representation(plan: &PlanId, format: Format) -> Distribution {
    let description = match format {
        Format::Csv => both(
            "Aktiviteterna som tabell, en rad var; kolumnerna är beskrivna.",
            "The activities as a table, a row each; its columns are described.",
        ),
        Format::Xlsx => both(
            "Aktiviteterna som arbetsbok, en rad var.",
            "The activities as a workbook, a row each.",
        ),
        _ => both("Hela planen.", "The whole plan."),
    };
    Distribution {
        key: format.suffix().to_owned(),
        source: Source::Representation(plan.clone(), format),
        title: both(format.name(), format.name()),
        description,
        modified: None,
    }
}

pub(super) fn of_file(file: Download) -> Distribution {
    let name = file.format.name();
    let (title, key) = if file.gzip {
        (
            format!("{name} (gzip)"),
            format!("{}.gz", file.format.suffix()),
        )
    } else {
        (name.to_owned(), file.format.suffix().to_owned())
    };
    let description = match (file.content, file.format) {
        (Content::Plans, Format::Csv | Format::Xlsx) => both(
            "Alla planers aktiviteter som tabell.",
            "The activities of all plans as a table.",
        ),
        (Content::Plans, _) => both("Alla planer.", "All plans."),
        (Content::Frameworks, Format::Csv | Format::Xlsx) => {
            both("Alla mål som tabell.", "All goals as a table.")
        }
        (Content::Frameworks, _) => both(
            "Alla ramverk, mål och kopplingar.",
            "All frameworks, goals and links.",
        ),
        (Content::Everything, _) => both(
            "Allt som finns här, med sina lager som namngivna grafer: planer, förslag, ramverk, organisationer, vokabulär.",
            "Everything that is here, with its layers as named graphs: plans, suggestions, frameworks, organisations, vocabulary.",
        ),
    };
    Distribution {
        key,
        source: Source::File(file),
        title: both(&title, &title),
        description,
        modified: None,
    }
}

/// The services as ways to get the plans.
pub(super) fn of_services() -> [Distribution; 2] {
    [
        ("catalog/service/sparql", "sparql", Format::SparqlJson),
        ("catalog/service/query", "query", Format::Csv),
    ]
    .map(|(service, key, format)| Distribution {
        key: key.to_owned(),
        source: Source::Service(service, format),
        title: match key {
            "sparql" => both("SPARQL-tjänst", "SPARQL endpoint"),
            _ => both("Färdiga frågor (API)", "Ready-made questions (API)"),
        },
        description: both(
            "Delar av datamängden, genom frågor.",
            "Parts of the dataset, by queries.",
        ),
        modified: None,
    })
}
