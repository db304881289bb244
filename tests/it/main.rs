//! The integration tests: one binary, modules by topic.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod support;

mod align;
mod align_quality;
mod architecture;
mod budget;
mod catalog;
mod check;
mod compare;
mod editorial;
#[cfg(target_os = "linux")]
mod engine;
mod folder;
mod hostile;
#[cfg(target_os = "linux")]
mod hostile_queries;
mod http;
mod import;
mod import_documents;
mod import_fuzz;
mod import_lexicon;
mod import_properties;
mod import_seeds;
mod jsonld;
mod named;
mod negotiation;
mod openapi;
mod pages;
mod precision;
mod queries;
mod resources;
mod round_trip;
mod search;
mod serve;
mod service;
mod shapes;
mod sparql;
mod table;
mod traps;
mod vocabulary;
mod w3c;
mod wording;
